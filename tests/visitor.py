"""A browser without a script, for real processes: cookies, forms with their tokens, no redirects followed."""

import hashlib
import hmac
import http.client
import secrets
import struct
import time
from base64 import b32decode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.pages import Form, Page


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def location(self) -> str:
        return self.header("location")

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def page(self) -> Page:
        return Page(self.text)

    def alike(self) -> tuple[Any, ...]:
        """What must not differ between answers that tell nothing: all but the clock."""
        return self.status, sorted((key.lower(), value) for key, value in self.headers if key.lower() != "date"), self.body


@dataclass
class Visitor:
    """`origin` is where the process answers; a cookie of any other path than its own is not sent."""

    origin: str
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)  # name → value, path
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """`url` is a path here, or an address at this origin."""
        path = url.removeprefix(self.origin) or "/"
        sent = {"Host": urlsplit(self.origin).netloc, "Cookie": self._cookies(path), **(headers or {})}
        for is_last in (False, True):
            connection = self._connection or http.client.HTTPConnection("127.0.0.1", urlsplit(self.origin).port, timeout=60)
            self._connection = connection
            try:
                connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
                for name, value in sent.items():
                    if value:
                        connection.putheader(name, value)
                if body or method == "POST":
                    connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body or None)
                return self._read(connection)
            except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):
                self._connection = None  # the server closes what has been idle
                if is_last:
                    raise
        raise AssertionError

    def _read(self, connection: http.client.HTTPConnection) -> Answer:
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        for key, value in answer.headers:
            if key.lower() == "set-cookie":
                self._keep(value)
        return answer

    def _keep(self, line: str) -> None:
        pair, *attributes = (part.strip() for part in line.split(";"))
        name, _, value = pair.partition("=")
        has = {key.lower(): rest for key, _, rest in (part.partition("=") for part in attributes)}
        if has.get("max-age") == "0" or not value.strip('"'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = (value, has.get("path", "/"))

    def _cookies(self, path: str) -> str:
        return "; ".join(f"{name}={value}" for name, (value, at) in self.cookies.items() if path.split("?")[0].startswith(at))

    def get(self, url: str, **headers: str) -> Answer:
        return self.ask("GET", url, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, url: str, data: dict[str, str], **headers: str) -> Answer:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        body = urlencode(data).encode()
        return self.ask("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded", **more})

    def send(self, url: str, hook: str, **typed: str) -> Answer:
        """Opens the page and sends its form with this hook, filled in."""
        form = self.form(url, hook)
        sent = {it.name: it.value for it in form.fields if it.is_on} | typed
        return self.post(form.action or url, sent)

    def form(self, url: str, hook: str) -> Form:
        return next(form for form in self.get(url).page.forms if form.hook == hook)

    def token(self, url: str = "/logga-in/") -> str:
        return self.get(url).page.forms[0].value("csrfmiddlewaretoken")

    def session(self) -> str:
        """The value of the session's cookie, whatever it is called."""
        return next((value for name, (value, _at) in self.cookies.items() if name.startswith("varn_") and "csrf" not in name), "")

    def log_in(self, email: str, password: str, seed: str | None) -> Answer:
        answer = self.send("/logga-in/", "login-form", login=email, password=password)
        if seed and "/steg-2/" in answer.location:
            answer = self.send(answer.location, "code-form", code=totp(seed))
        return answer

    def is_somebody(self) -> bool:
        return self.get("/konto/").status == 200


def totp(seed: str, *, steps: int = 0) -> str:
    """RFC 6238, by itself. `steps`: half minutes from now."""
    digest = hmac.new(b32decode(seed), struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def made_up() -> str:
    return secrets.token_urlsafe(24)
