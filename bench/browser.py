"""A small browser: keep-alive over one socket, cookies, forms by their hidden token. Counts what comes over the wire."""

import gzip
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli  # type: ignore[import-untyped]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """`n_wire` counts bytes: status line, headers and body as sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    n_wire: int
    cookies: Mapping[str, str]

    @property
    def text(self) -> str:
        """The body, unpacked: files come in brotli, pages in gzip."""
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("content-encoding", ""), bytes)
        return bytes(unpack(self.body)).decode("utf-8", "replace")


class Browser:
    """One visitor of one server on the loopback address."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.socket: socket.socket | None = None

    def raw(self, method: str, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> bytes:
        """The request as bytes, to be sent as often as one likes. Underscores in header names are hyphens."""
        body = urlencode(fields or {}).encode() if method == "POST" else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Encoding: gzip, br"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [
                f"Origin: http://localhost:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send(self, request: bytes) -> Answer:
        """Sends and waits. Raises OSError for a server that hangs up in the middle."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        answer = received(self.socket)
        self.cookies |= answer.cookies
        return answer

    def get(self, path: str) -> Answer:
        return self.send(self.raw("GET", path))

    def token(self, path: str) -> str:
        """The hidden token of the first form on a page. Raises ValueError where there is none."""
        found = TOKEN.search(self.get(path).text)
        if found is None:
            raise ValueError(f"{path} has no form")
        return found[1]

    def log_in(self, account: Mapping[str, object]) -> "Browser":
        """As an account of demo.json that needs no second factor. Raises ValueError when that fails."""
        fields = {
            "csrfmiddlewaretoken": self.token("/logga-in/"),
            "login": str(account["email"]),
            "password": str(account["password"]),
        }
        answer = self.send(self.raw("POST", "/logga-in/", fields))
        if answer.status != 302:
            raise ValueError(f"log-in answered {answer.status}")
        return self


def received(stream: socket.socket) -> Answer:
    """Reads one answer with Content-Length; whoever asked is not HEAD."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(stream)
    head = got[:end].decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in head[1:])]
    headers = dict(pairs)
    whole = end + 4 + int(headers.get("content-length", "0"))
    while len(got) < whole:
        got += _more(stream)
    cookies = dict(value.split(";", 1)[0].split("=", 1) for name, value in pairs if name == "set-cookie")
    return Answer(int(head[0].split(" ")[1]), headers, got[end + 4 :], len(got), cookies)


def _more(stream: socket.socket) -> bytes:
    got = stream.recv(262_144)
    if not got:
        raise ConnectionResetError
    return got
