"""Load: requests as bytes over kept-alive connections, one thread, so that the client takes little of the machine."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Load:
    """What a round gave. `seconds`: each answer's time as the client saw it, in the order they came."""

    seconds: list[float]
    elapsed: float
    statuses: dict[int, int]

    @property
    def ms(self) -> float:
        """Median, milliseconds."""
        return median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return quantiles(self.seconds, n=20, method="inclusive")[-1] * 1000

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed

    def all_are(self, status: int) -> "Load":
        """Raises ValueError when some answer had another status: a fast refusal is no measure."""
        if set(self.statuses) != {status}:
            raise ValueError(f"answers were {self.statuses}, not {status}")
        return self


def ask(port: int, requests: Iterator[bytes], *, n: int, connections: int = 1) -> Load:
    """Sends `n` requests, one at a time on each connection, and times each from the first byte out to the last in."""
    begun: dict[socket.socket, float] = {}
    seconds: list[float] = []
    statuses: dict[int, int] = {}
    n_sent = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            stream = socket.create_connection(("127.0.0.1", port), timeout=60)
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(stream, selectors.EVENT_READ, _Answer())
        start = time.perf_counter()
        for key in list(selector.get_map().values()):
            n_sent += _send(key.fileobj, requests, begun)
        while len(seconds) < n:
            for key, _events in selector.select(60) or _silent():
                answer: _Answer = key.data
                status = answer.take(key.fileobj.recv(262_144))  # type: ignore[union-attr]
                if status is None:
                    continue
                seconds.append(time.perf_counter() - begun[key.fileobj])  # type: ignore[index]
                statuses[status] = statuses.get(status, 0) + 1
                if n_sent < n:
                    n_sent += _send(key.fileobj, requests, begun)
        elapsed = time.perf_counter() - start
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
    return Load(seconds, elapsed, statuses)


class _Answer:
    """Bytes of one answer as they come."""

    def __init__(self) -> None:
        self.got = b""
        self.whole = 0

    def take(self, more: bytes) -> int | None:
        """The status when the answer is whole."""
        if not more:
            raise ConnectionResetError
        self.got += more
        if not self.whole:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return None
            length = re.search(rb"\r\ncontent-length: *(\d+)", self.got[:end].lower())
            self.whole = end + 4 + (int(length[1]) if length else 0)
        if len(self.got) < self.whole:
            return None
        status = int(self.got[9:12])
        self.got, self.whole = b"", 0
        return status


def _send(stream: object, requests: Iterator[bytes], begun: dict[socket.socket, float]) -> int:
    assert isinstance(stream, socket.socket)
    request = next(requests)
    begun[stream] = time.perf_counter()
    stream.sendall(request)
    return 1


def _silent() -> list[tuple[selectors.SelectorKey, int]]:
    raise TimeoutError("no answer in a minute")


def per_second(port: int, path: str, request: bytes, *, seconds: float, connections: int = 8) -> float:
    """Requests per second of one page: by wrk where it is installed, else by `ask`."""
    if shutil.which("wrk") is None:
        n = max(50, int(ask(port, _again(request), n=50).per_second * seconds))
        return ask(port, _again(request), n=n, connections=connections).all_are(200).per_second
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", f"http://localhost:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise ValueError(said)
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if found is None:
        raise ValueError(said)
    return float(found[1])


def _again(request: bytes) -> Iterator[bytes]:
    while True:
        yield request
