"""Fills any form with anything: one word, something too long, something that no field expects. Pure but for the upload."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages import Field, Form

Value = str | SimpleUploadedFile
TYPED = {"text", "search", "textarea", "password", "tel", "url"}
PEOPLE = "Id;Namn;Organ;Roll\n1;{word} {word};Kommunstyrelsen;Ledamot\n"
KEPT = "csrfmiddlewaretoken"


def plausible(word: str, *, today: date) -> Callable[[Field], Value]:
    """As a person would: something is chosen, the word stands wherever one types; an upload beside a text stays empty."""

    def value(field: Field) -> Value:
        if "register_number" in field.name:  # meant for the trail
            return ""
        if "phone" in field.name:
            return f"0555-{sum(map(ord, word))}"
        if field.kind in TYPED:
            return word
        if field.kind == "email":
            return f"{word}@granvik.example"
        if field.kind == "date":
            return field.value or (today + timedelta(days=365 if "end" in field.name else 0)).isoformat()
        if field.kind == "file":
            return SimpleUploadedFile(f"{word}.csv", PEOPLE.format(word=word).encode(), "text/csv")
        if field.kind == "select" and not field.value:
            chosen = [option for option in field.options if option]
            return chosen[sum(map(ord, field.name)) % len(chosen)] if chosen else ""
        return field.value or ("1" if field.kind == "number" else "")

    return value


def everywhere(text: str, *, content: bytes | None = None) -> Callable[[Field], Value]:
    """The text in every field, hidden ones, choices and dates too."""

    def value(field: Field) -> Value:
        if field.kind == "file":
            return SimpleUploadedFile(f"{text[:200]}.xlsx", text.encode() if content is None else content)
        return text

    return value


def filled(form: Form, value: Callable[[Field], Value]) -> dict[str, list[Value]]:
    """What is sent: of a group of buttons the chosen one, or the first; of an agenda its text or its file."""
    sent: dict[str, list[Value]] = {}
    has_area = any(field.kind == "textarea" for field in form.fields)
    for field in form.fields:
        others = [it for it in form.fields if it.name == field.name and it.is_on]
        is_first = field.name not in sent
        if field.name == KEPT or (field.kind == "file" and has_area):
            continue
        if field.is_on or (field.kind == "radio" and not others and is_first):
            sent.setdefault(field.name, []).append(value(field))
    return sent
