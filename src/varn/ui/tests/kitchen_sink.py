"""A page with every component on it, and a small server that sends it as Värn sends pages: same policy, own static files."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.utils.translation import override

from varn.ui.forms import CardRadio, DayInput
from varn.ui.middleware import HEADERS

STATIC = Path(__file__).parents[1] / "static"


class SampleForm(forms.Form):
    name = forms.CharField(label="Namn", help_text="Som det står i registret.")
    email = forms.EmailField(label="E-post", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(label="Lösenord", widget=forms.PasswordInput, required=False)
    day = forms.DateField(label="Från och med", widget=DayInput)
    share = forms.IntegerField(label="Andel av heltid", required=False)
    story = forms.CharField(label="Vad hände?", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Organ", choices=[("council", "Fullmäktige"), ("board", "Styrelse")])
    way = forms.ChoiceField(label="Hur hände det?", choices=[("phone", "Telefon"), ("mail", "E-post")], widget=forms.RadioSelect)
    safe = forms.ChoiceField(
        label="Är du trygg?", choices=[("no", "Nej"), ("yes", "Ja")], widget=CardRadio(hints={"no": "Ring 112 först."})
    )
    who = forms.MultipleChoiceField(
        label="Vilka är med?",
        choices=[("a", "Alva"), ("b", "Bo")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Välj alla som stämmer.",
    )
    told = forms.BooleanField(label="Jag har berättat för någon", required=False)
    sure = forms.BooleanField(label="Jag har läst texten ovan")
    proof = forms.FileField(label="Underlag", required=False)


ROWS = [("§ 41 Ny skolstruktur", "high"), ("§ 42 Detaljplan för Hamnparken", "moderate"), ("§ 43 Vindkraft på Storhöjden", "")]
STEPS = ("Vägledning", "Utbildning", "Stöd", "Uppföljning", "Utveckling")


def context(*, bound: bool) -> dict[str, Any]:
    """What a view and the shell would hand over; `bound` gives a form sent empty, with all its errors."""
    return {
        "form": SampleForm({"email": "fel"} if bound else None),
        "organisation": {"name": "Granviks kommun"},
        "strip": [
            {"label": "Fara nu", "value": "112", "href": "tel:112", "urgent": True},
            {"label": "Polisen", "value": "114 14", "href": "tel:11414"},
            {"label": "Kommunens jour", "value": "0555-123 45", "href": "tel:055512345", "note": "dygnet runt"},
        ],
        "steps": [{"label": label, "url": "#n", "current": label == STEPS[-1]} for label in STEPS],
        "languages": [
            {"code": "sv", "label": "Svenska", "url": "/", "current": True},
            {"code": "en", "label": "English", "url": "/en/", "current": False},
        ],
        "account_links": [{"label": "Mitt konto", "url": "/konto/"}],
        "logout_url": "/logga-ut/",
        "search_url": "/sok/",
        "about_url": "/om/",
        "accessibility_url": "/tillganglighet/",
        "quick_exit": True,
        "csrf_token": "abc",
        "messages": [],
        "rows": [{"title": title, "note": "Yttrande", "name": f"m{n}", "level": level} for n, (title, level) in enumerate(ROWS)],
        "facts": [("Utsatt", "Förtroendevald"), ("Sätt", "Telefon"), ("Sekretess", "Prövas vid begäran")],
        "page": Paginator(range(200), 10).page(9),
    }


def page(*, language: str = "sv", bound: bool = False) -> str:
    """The kitchen sink as HTML."""
    source = Path(__file__).with_name("kitchen_sink.html").read_text("utf-8")
    with override(language):
        return engines["django"].from_string(source).render(context(bound=bound))


class _Handler(BaseHTTPRequestHandler):
    pages: dict[str, str] = {}

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        file = STATIC / path.removeprefix("/static/")
        if path in self.pages:
            self._send(self.pages[path].encode(), "text/html; charset=utf-8")
        elif path.startswith("/static/") and file.is_file():
            self._send(file.read_bytes(), guess_type(path)[0] or "")
        else:
            self._send(b"<!doctype html><html lang=sv><title>-</title>", "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection early is no news."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """Serve pages by path, and the static files; yields the address."""
    handler = type("Handler", (_Handler,), {"pages": pages})
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
