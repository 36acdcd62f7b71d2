"""What is measured, each as rows of the table. Product and floor are asked in turn (A B A B …), so that a drift of the
machine's speed hits both; ratios are medians over the rounds."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median
from uuid import UUID

from bench import bulk
from bench.browser import Browser
from bench.load import Load, ask, per_second
from bench.sites import Demo, Floor
from bench.table import Row
from bench.wire import weigh

ROUNDS = 5
SECONDS = 2.0  # of load per round on a public page
N_SAVED = 60  # answers saved per round
STALLED = 40
LIST_MS = 100.0


def start(folder: Path, port: int, times: int) -> list[Row]:
    """Starts the demo, set up before, over and over."""
    seconds = []
    for _ in range(times):
        demo = Demo(folder, port)
        demo.stop()
        seconds.append(demo.seconds_to_first_page)
    found = median(seconds)
    raw = {"seconds": found, "slowest": max(seconds)}
    return [Row("start to first page, set up before", f"{found:.2f} s", "–", "≤ 2 s", found <= 2, raw)]


def public_page(demo: Demo, floor: Floor) -> list[Row]:
    rows = []
    for what, path, budget in (("public page /", "/", 0.8), ("the same, not from memory", "/?a=1", None)):
        pairs = []
        for _ in range(ROUNDS):
            theirs = per_second(floor.port, "/", Browser(floor.port).raw("GET", "/"), seconds=SECONDS)
            pairs.append((per_second(demo.port, path, Browser(demo.port).raw("GET", path), seconds=SECONDS), theirs))
        ours, theirs, ratio = _medians(pairs)
        kept = None if budget is None else ratio >= budget
        figure, said = f"{ours:.0f}/s = {ratio:.2f} ×", f"≥ {budget} ×" if budget else "–"
        rows.append(Row(what, figure, f"{theirs:.0f}/s", said, kept, {"ours": ours, "floor": theirs, "ratio": ratio}))
    return rows


def saving(demo: Demo, floor: Floor, agenda: UUID) -> list[Row]:
    """One answer of the sorting table: session, rights, token, row-level security, trail, against a bare insert. And
    against the insert as Django's own session, log-in and token guard it, for comparison."""
    ours = changes(demo, agenda, 12)
    bare = cycle([Browser(floor.port).raw("POST", "/spara", {"value": "high"})])
    rows = []
    for what, connections, theirs, budget in (
        ("saving one answer, one at a time", 1, bare, 3),
        ("saving one answer, 8 at once", 8, bare, 3),
        ("one at a time, against Django's log-in", 1, _logged_in(floor), None),
        ("8 at once, against Django's log-in", 8, _logged_in(floor), None),
    ):
        n = N_SAVED * connections
        ask(demo.port, ours, n=2 * n, connections=connections)  # every thread has its connection
        ask(floor.port, theirs, n=2 * n, connections=connections)
        pairs = []
        for _ in range(ROUNDS):
            their_load = ask(floor.port, theirs, n=n, connections=connections).all_are(200)
            load = ask(demo.port, ours, n=n, connections=connections).all_are(200)
            pairs.append((_each(load, connections), _each(their_load, connections)))
        mine, lowest, ratio = _medians(pairs)
        raw = {"ours_ms": mine, "floor_ms": lowest, "ratio": ratio}
        kept = None if budget is None else ratio <= budget
        said = f"≤ {budget} ×" if budget else "–"
        rows.append(Row(what, f"{mine:.1f} ms = {ratio:.2f} ×", f"{lowest:.1f} ms", said, kept, raw))
    return rows


def _logged_in(floor: Floor) -> Iterator[bytes]:
    browser = Browser(floor.port)
    token = browser.get("/in").text
    return cycle([browser.raw("POST", "/spara-inloggad", {"value": "high"}, X_CSRFToken=token)])


def _each(load: Load, connections: int) -> float:
    """Milliseconds per answer: the median one at a time, else the whole round's time shared by all."""
    return load.ms if connections == 1 else 1000 / load.per_second


def changes(demo: Demo, agenda: UUID, n: int) -> Iterator[bytes]:
    """Keystrokes as the page sends them, over and over the `n` rows, each another level than the last time."""
    clerk = Browser(demo.port).log_in(demo.account("clerk", bulk.SMALL))
    page = f"/{bulk.SMALL}/riskguide/{agenda}/"
    token = clerk.token(page)
    return cycle(
        [
            clerk.raw("POST", f"{page}rad/", {"set": f"{row}:{level}::0"}, X_Part="1", X_CSRFToken=token)
            for level in ("low", "high")
            for row in range(1, n + 1)
        ]
    )


def large_table(demo: Demo, agenda: UUID) -> list[Row]:
    load = ask(demo.port, changes(demo, agenda, 200), n=400).all_are(200)
    figure = f"p95 {load.p95_ms:.0f} ms (median {load.ms:.1f})"
    raw = {"p95_ms": load.p95_ms, "ms": load.ms}
    clerk = Browser(demo.port).log_in(demo.account("clerk", bulk.SMALL))
    table = _page(clerk, f"/{bulk.SMALL}/riskguide/{agenda}/", "the table of 200 matters, read", n=30)
    return [Row("a change in a table of 200 matters", figure, "–", "p95 < 50 ms", load.p95_ms < 50, raw), table]


def lists(demo: Demo) -> list[Row]:
    """Pages over a national data set, all of it in one organisation."""
    clerk = Browser(demo.port).log_in(demo.account("clerk", bulk.LARGE))
    auditor = Browser(demo.port).log_in(demo.account("auditor", bulk.LARGE))
    people, guide, trail = (f"/{bulk.LARGE}/{part}/" for part in ("installningar/personer", "riskguide", "logg"))
    return [
        _page(clerk, people, f"list of {bulk.N_PEOPLE:,} people", budget=LIST_MS),
        _page(clerk, f"{people}?sida=400", "the same, page 400", budget=LIST_MS),
        _page(clerk, f"{people}?q=provnamn7+efternamn12", "the same, narrowed by name", budget=LIST_MS),
        _page(clerk, guide, f"list of {bulk.N_AGENDAS:,} agendas", budget=LIST_MS),
        _page(clerk, f"/{bulk.LARGE}/", "start page of a clerk there", budget=LIST_MS),
        _page(clerk, f"/{bulk.LARGE}/sok/?q=provnamn7", "search there", budget=LIST_MS),
        _page(auditor, trail, f"trail of {bulk.N_ENTRIES:,} entries", budget=LIST_MS),
    ]


def plan(demo: Demo) -> list[Row]:
    """Every list of the action plan, in an organisation that has promised a great deal."""
    clerk = Browser(demo.port).log_in(demo.account("clerk", bulk.LARGE))
    manager = Browser(demo.port).log_in(demo.account("management", bulk.LARGE))
    mine, whole, promised = (f"/{bulk.LARGE}/atgarder/{part}" for part in ("", "alla/", "vad-vi-har-lovat/"))
    return [
        _page(clerk, whole, f"plan of {bulk.N_MEASURES:,} measures", budget=LIST_MS),
        _page(clerk, f"{whole}?sida=20", "the same, page 20", budget=LIST_MS),
        _page(clerk, f"{whole}?lage=overdue", "the same, overdue", budget=LIST_MS),
        _page(clerk, f"{whole}?ansvarig=nobody", "the same, without an owner", budget=LIST_MS),
        _page(clerk, f"{whole}?lage=all&q=vanlig", "the same, narrowed by word", budget=LIST_MS),
        _page(manager, promised, "what was promised, and whether it helped", budget=LIST_MS),
        _page(clerk, mine, "one's own measures there", budget=LIST_MS),
    ]


def _page(browser: Browser, path: str, what: str, *, n: int = 40, budget: float | None = None) -> Row:
    request = browser.raw("GET", path)
    ask(browser.port, cycle([request]), n=5)
    load = ask(browser.port, cycle([request]), n=n).all_are(200)
    kept = None if budget is None else load.p95_ms < budget
    said = f"p95 < {budget:.0f} ms" if budget else "–"
    figure = f"p95 {load.p95_ms:.0f} ms (median {load.ms:.1f})"
    return Row(what, figure, "–", said, kept, {"p95_ms": load.p95_ms, "ms": load.ms})


def verify(organisation: UUID) -> list[Row]:
    seconds = bulk.seconds_to_verify(organisation)
    return [Row(f"verify, {bulk.N_ENTRIES:,} entries", f"{seconds:.1f} s", raw={"seconds": seconds})]


def on_the_wire(demo: Demo, agenda: UUID) -> list[Row]:
    """A first visit, so nothing is remembered; each page by somebody who may read it."""
    slug, nobody = bulk.SMALL, Browser(demo.port)
    clerk = _somebody(demo, "clerk")
    pages = [
        (nobody, "/"),
        (nobody, "/en/"),
        (nobody, "/om/"),
        (nobody, "/logga-in/"),
        (clerk, f"/{slug}/"),
        (clerk, f"/{slug}/riskguide/"),
        (clerk, f"/{slug}/riskguide/ny/"),
        (clerk, f"/{slug}/riskguide/{agenda}/"),
        (clerk, f"/{slug}/riskguide/{agenda}/1/fragor/"),
        (clerk, f"/{slug}/riskguide/{agenda}/klart/"),
        (clerk, f"/{slug}/installningar/personer/"),
        (clerk, f"/{slug}/kontakt/"),
        (clerk, f"/{slug}/sok/?q=skola"),
        (clerk, "/konto/"),
        (_somebody(demo, "representative"), f"/{slug}/"),
        (_somebody(demo, "auditor"), f"/{slug}/logg/"),
    ]
    return [_weighed(browser, path, path.replace(str(agenda), "12 matters")) for browser, path in pages]


def _somebody(demo: Demo, role: str) -> Browser:
    return Browser(demo.port).log_in(demo.account(role, bulk.SMALL))


def _weighed(browser: Browser, path: str, name: str) -> Row:
    weight = weigh(browser, path)
    figure = f"{weight.kb:.1f} kB, JS {weight.script_kb:.1f} kB ({weight.n_requests} requests)"
    kept = weight.kb <= 40 and weight.script_kb <= 20
    raw = {"kb": weight.kb, "script_kb": weight.script_kb}
    return Row(f"on the wire {name}", figure, "–", "≤ 40 kB, JS ≤ 20", kept, raw)


def half_sent(demo: Demo) -> list[Row]:
    """The same pages with and without visitors who stopped in the middle of a form."""
    clerk = _somebody(demo, "clerk")
    rows = []
    for what, request in (
        ("public page", Browser(demo.port).raw("GET", "/?a=1")),
        ("start page", clerk.raw("GET", f"/{bulk.SMALL}/")),
    ):
        before = ask(demo.port, cycle([request]), n=60).all_are(200)
        with _stalled(demo.port):
            during = ask(demo.port, cycle([request]), n=60).all_are(200)
        figure, floor = f"p95 {during.p95_ms:.0f} ms", f"p95 {before.p95_ms:.0f} ms without"
        raw = {"p95_ms": during.p95_ms, "without_ms": before.p95_ms}
        rows.append(Row(f"{what}, {STALLED} half-sent requests open", figure, floor, "< 1 s", during.p95_ms < 1000, raw))
    return rows


@contextmanager
def _stalled(port: int) -> Iterator[None]:
    head = f"POST /logga-in/ HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    streams = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(STALLED)]
    for stream in streams:
        stream.sendall(f"{head}Content-Length: 100000\r\n\r\nlogin=".encode())
    time.sleep(0.5)
    try:
        yield
    finally:
        for stream in streams:
            stream.close()


def memory(demo: Demo, floor: Floor, what: str) -> Row:
    """Of the web worker, now."""
    (ours, ours_pss), (theirs, _pss) = demo.worker_memory(), floor.worker_memory()
    figure, floors = f"{ours:.0f} MB (PSS {ours_pss:.0f})", f"{theirs:.0f} MB"
    raw = {"rss_mb": ours, "pss_mb": ours_pss, "floor_rss_mb": theirs}
    return Row(f"web worker, resident, {what}", figure, floors, "≤ 110 MB", ours <= 110, raw)


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Ours, the floor's, and their ratio, each the median over the rounds."""
    return median(a for a, _b in pairs), median(b for _a, b in pairs), median(a / b for a, b in pairs)
