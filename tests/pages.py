"""What a page holds, read as a browser would: its forms, what it loads, what stands inline. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("input", "src"),
    ("use", "href"),
    ("image", "href"),
    ("form", "action"),
    ("button", "formaction"),
    ("base", "href"),
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Field:
    """One control. `is_on`: a browser would send it as it stands; `options`: what may be chosen, of a select."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = True
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """`hook` is its data-contract. `fields` holds what a browser would send, its first submit button included."""

    action: str
    method: str
    hook: str
    fields: list[Field] = field(default_factory=list)

    def value(self, name: str) -> str:
        return next(it.value for it in self.fields if it.name == name)


class Page(HTMLParser):
    """`hooks`: data-contract → the element's text. `loads`: addresses that the browser fetches or sends to by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.links: list[str] = []
        self.hooks: dict[str, str] = {}
        self._named: dict[str, Form] = {}
        self._open: list[tuple[str, str]] = []
        self._select: Field | None = None
        self._form: Form | None = None
        self._area: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._look_for_inline(tag, has)
        self.loads += [value for name, value in has.items() if (tag, name) in LOADS and value]
        self.loads += [value for name, value in has.items() if name.startswith("hx-") and value.startswith(("/", "http"))]
        if tag == "a" and has.get("href"):
            self.links.append(has["href"])
        if tag not in VOID:
            self._open.append((tag, has.get("data-contract", "")))
        for hook in [has.get("data-contract", "")]:
            if hook:
                self.hooks.setdefault(hook, "")
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower(), has.get("data-contract", ""))
            self.forms.append(self._form)
            self._named[has.get("id", "")] = self._form
        else:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        form = self._named.get(has["form"]) if has.get("form") else self._form
        if tag == "option" and self._select is not None:
            self._select.options.append(has.get("value", ""))
            if "selected" in has:
                self._select.value = has.get("value", "")
        if form is None or "name" not in has or "disabled" in has or tag not in {"input", "select", "textarea", "button"}:
            return
        kind = has.get("type", "text").lower() if tag == "input" else has.get("type", "submit") if tag == "button" else tag
        found = Field(has["name"], kind, has.get("value", ""), "checked" in has or kind not in {"radio", "checkbox"})
        if kind == "submit" and any(it.kind == "submit" for it in form.fields):
            return
        form.fields.append(found)
        if tag == "select":
            self._select = found
        if tag == "textarea":
            self._area = found

    def _look_for_inline(self, tag: str, has: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in has):
            self.inline.append(f"<{tag}>")
        self.inline += [f"<{tag} {name}>" for name in has if name == "style" or name.startswith("on")]
        self.inline += [
            f"<{tag} {name}={value}>" for name, value in has.items() if value.strip().lower().startswith("javascript:")
        ]

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        for _tag, hook in self._open:
            if hook:
                self.hooks[hook] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            if self._select is not None and not self._select.value and self._select.options:
                self._select.value = self._select.options[0]
            self._select = None
        elif tag == "textarea":
            self._area = None
        if any(name == tag for name, _hook in self._open):
            while self._open.pop()[0] != tag:
                pass
