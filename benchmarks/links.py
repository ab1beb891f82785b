"""The truth about links: that of the corpora, and that of the pages that were read for this project."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks.corpus import Truth, read_truths

_READ = Path(__file__).parent / "links.jsonl"
_LISTS = ("related", "inline", "unsure")


def read_links(corpus: str) -> dict[str, dict[str, Any]]:
    """What was read of a corpus's pages, by page: ``previous``, ``next``, ``related``, ``inline`` and ``unsure``, as paths."""
    with _READ.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: row for row in rows if row["corpus"] == corpus}


def with_links(corpus: Path, truths: Sequence[Truth]) -> list[Truth]:
    """The truths of a corpus, with the links of the pages that were read."""
    read = read_links(corpus.name)
    return [
        {**truth, "links": _absolute(read[truth["id"]], truth.get("url"))} if truth["id"] in read and "links" not in truth else truth
        for truth in truths
    ]


def truths_with_links(corpus: Path) -> dict[str, Truth]:
    """The truths of a corpus's pages whose links are known, by page, with absolute URLs."""
    return {truth["id"]: truth for truth in with_links(corpus, read_truths(corpus)) if "links" in truth}


def _absolute(links: Mapping[str, Any], url: str | None) -> dict[str, Any]:
    absolute: dict[str, Any] = {name: [urljoin(url or "", href) for href in links[name]] for name in _LISTS}
    return absolute | {side: urljoin(url or "", links[side]) if links[side] else None for side in ("previous", "next")}
