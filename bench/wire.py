"""What a first visit to a page brings over the wire: the page, its style sheets, scripts, icon and their own files."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.browser import Browser

_LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')
_IN_STYLE = re.compile(r"""(?:url\(|@import )["']?([^"')]+)""")
_NOT_FETCHED = re.compile(r'rel="(?:canonical|alternate)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """kB are 1,000 bytes; headers count."""

    kb: float
    script_kb: float
    n_requests: int


def weigh(browser: Browser, path: str) -> Weight:
    """Raises ValueError for a page or file that does not answer 200."""
    total = scripts = 0
    waiting, seen = [path], set()
    while waiting:
        at = waiting.pop()
        if at in seen or at.startswith("data:"):
            continue
        seen.add(at)
        answer = browser.get(at)
        if answer.status != 200:
            raise ValueError(f"{at} answered {answer.status}")
        total += answer.n_wire
        kind = answer.headers.get("content-type", "")
        scripts += answer.n_wire if "javascript" in kind else 0
        waiting += [urljoin(at, found) for found in _files_in(answer.text, kind)]
    return Weight(total / 1000, scripts / 1000, len(seen))


def _files_in(text: str, kind: str) -> list[str]:
    if kind.startswith("text/html"):
        tags = re.finditer(r"<(?:link|script|img)\b[^>]*>", text)
        return [found[1] for tag in tags if not _NOT_FETCHED.search(tag[0]) and (found := _LINKED.match(tag[0]))]
    return _IN_STYLE.findall(text) if kind.startswith("text/css") else []
