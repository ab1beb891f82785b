"""Corpora: folders of pages with a known truth.

A corpus is a folder with ``truth.jsonl``, one page a line with at least ``id``, and ``pages/<id>.html.gz``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

# Where the corpora are, when no argument says it: folders, separated as in PATH.
VARIABLE = "NEWSPARSE_CORPORA"
FOLDS = 5
_UNSTATED = Path(__file__).with_name("unstated.jsonl")

# For pages as text: the tags that do not end a line, and those whose text nobody sees.
_WITHIN_LINES = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label"),
        *("mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea", "object", "math"))
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)")

Truth = dict[str, Any]


class BenchmarkError(ValueError):
    """What the user has to put right before anything can be measured; the message says what."""


def find_corpora(given: Sequence[Path], environment: Mapping[str, str]) -> list[Path]:
    """The corpora that the arguments name, or else the environment.

    Raises:
        BenchmarkError: there are none, or one of them is no corpus.
    """
    corpora = list(given) or [Path(name) for name in environment.get(VARIABLE, "").split(os.pathsep) if name]
    if not corpora:
        raise BenchmarkError(f"no corpora: name folders that hold truth.jsonl and pages/, as arguments or in {VARIABLE}")
    for directory in corpora:
        if not (directory / "truth.jsonl").is_file():
            raise BenchmarkError(f"{directory} is no corpus: it has no truth.jsonl")
    names = [directory.name for directory in corpora]
    if len(set(names)) < len(names):
        raise BenchmarkError(f"corpora are told apart by their folders' names, which must differ: {', '.join(names)}")
    return corpora


def read_truths(directory: Path) -> list[Truth]:
    """The truths of a corpus, in order."""
    with (directory / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    unstated = _unstated(directory.name)
    return [truth | {"unstated": unstated[truth["id"]]} if truth["id"] in unstated else truth for truth in truths]


@cache
def _unstated(corpus: str) -> Mapping[str, Sequence[str]]:
    """By page, the fields that it was found not to state: whatever an extractor gives for them is invented."""
    with _UNSTATED.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["page"]: row["unstated"] for row in rows if row["corpus"] == corpus}


def read_page(directory: Path, page: str) -> bytes:
    """The bytes of a page, as the site sent them."""
    return gzip.decompress((directory / "pages" / f"{page}.html.gz").read_bytes())


def read_corpus(directory: Path) -> Iterator[tuple[Truth, bytes]]:
    """The truths and pages of a corpus."""
    for truth in read_truths(directory):
        yield truth, read_page(directory, truth["id"])


def write_corpus(directory: Path, pages: Iterable[tuple[Truth, bytes]]) -> None:
    """Write a corpus that the functions above read."""
    (directory / "pages").mkdir(parents=True)
    with (directory / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for truth, html in pages:
            lines.write(json.dumps(truth, ensure_ascii=False) + "\n")
            (directory / "pages" / f"{truth['id']}.html.gz").write_bytes(gzip.compress(html))


class _Dump(HTMLParser):
    """The visible text of a page, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if self._inside is None and tag in _UNSEEN:
            self._inside = tag
        self._break_at(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _break_at(self, tag: str) -> None:
        if tag not in _WITHIN_LINES:
            self.parts.append("\n")


def visible_text(html: bytes) -> str:
    r"""The text of a page as a simple scraper saves it: a line a block, no markup.

    >>> visible_text(b"<head><title>T</title></head><p>One <b>line</b>.<p>Another.<script>x</script>")
    'One line.\nAnother.'
    """
    declared = _CHARSET.search(html, 0, 4000)
    try:
        text = html.decode(declared[1].decode() if declared else "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = html.decode("utf-8", "replace")
    dump = _Dump()
    dump.feed(text)
    dump.close()
    lines = (" ".join(line.split()) for line in "".join(dump.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def site(url: str | None, page: str) -> str:
    """The registered domain of a page, roughly: the host's last two labels, three where the last but one is short as in ``co.uk``."""
    host = (url or "").partition("://")[2].partition("/")[0].lower().partition(":")[0]
    labels = host.split(".")
    if len(labels) < 2:
        return page
    keep = 3 if len(labels) > 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-keep:])


def fold_of(url: str | None, page: str, folds: int = FOLDS) -> int:
    """Which fold a page is in; all pages of a site are in one."""
    return int(hashlib.sha256(site(url, page).encode()).hexdigest(), 16) % folds
