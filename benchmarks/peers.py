"""Other extractors under one signature: ``extract(html, url)`` to the names that ``benchmarks.measures`` scores.

Each library is given the page's bytes as it documents it, finds the encoding by its own means, and is imported when it is first used.
An adapter only renames; a key that a library has nothing for is left out.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

import attrs

from benchmarks.corpus import BenchmarkError

Output = dict[str, Any]
Extract = Callable[[bytes, str | None], Output]


@attrs.frozen
class Peer:
    """A library: what it is called on PyPI, the module it installs, its adapter, and what else it needs to read pages in every language."""

    package: str
    module: str
    extract: Extract
    extras: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured here."""
        return find_spec(self.module) is not None

    @property
    def version(self) -> str:
        """The installed version."""
        return metadata.version(self.package)


@cache
def _module(name: str) -> Any:
    with warnings.catch_warnings(action="ignore"):  # of features that are not used here
        return import_module(name)


def _lines(text: str) -> list[str]:
    """The blocks of a body that comes as text."""
    return [line for line in text.splitlines() if line.strip()]


def trafilatura(html: bytes, url: str | None) -> Output:
    """Trafilatura with its metadata; without the comments that it adds to the body unless told."""
    found = _module("trafilatura").bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {"body": "", "blocks": [], "title": None, "authors": [], "date": None, "image": None}
    body = found.text or ""
    return {
        "body": body,
        "blocks": _lines(body),
        "title": found.title,
        "authors": [name.strip() for name in (found.author or "").split(";") if name.strip()],
        "date": found.date,
        "image": found.image,
    }


def resiliparse(html: bytes, url: str | None) -> Output:
    """Resiliparse's main content as text; it has no fields."""
    del url
    encodings = _module("resiliparse.parse.encoding")
    text = encodings.bytes_to_str(html, encodings.detect_encoding(html))
    body = _module("resiliparse.extract.html2text").extract_plain_text(text, main_content=True, alt_texts=False)
    return {"body": body, "blocks": _lines(body)}


def readability(html: bytes, url: str | None) -> Output:
    """readability-lxml; its result is HTML, which is read as text."""
    document = _module("readability").Document(html, url=url)
    fragment = _module("lxml.html").fromstring(document.summary(html_partial=True))
    return {"body": " ".join(fragment.itertext()), "title": document.short_title()}


def newspaper4k(html: bytes, url: str | None) -> Output:
    """newspaper4k, kept from fetching anything."""
    library = _module("newspaper")
    config = library.Config()
    config.fetch_images = False
    article = library.Article(url or "http://example.com/", config=config)
    article.download(input_html=_module("newspaper.parsers").get_unicode_html(html))
    article.parse()
    return {
        "body": article.text,
        "blocks": _lines(article.text),
        "title": article.title,
        "authors": article.authors,
        "date": article.publish_date,
        "image": article.top_image,
    }


def turbohtml(html: bytes, url: str | None) -> Output:
    """The article that turbohtml thinks is the page's best."""
    del url
    article = _module("turbohtml").parse(html, detect_encoding=True).article()
    return {
        "body": article.text,
        "blocks": _lines(article.text),
        "title": article.title,
        "authors": [article.byline] if article.byline else [],
        "date": article.date,
        "image": article.image,
    }


PEERS: Mapping[str, Peer] = {
    "trafilatura": Peer("trafilatura", "trafilatura", trafilatura),
    # Without its extras it fails on every page in Japanese, Korean, Arabic and Hindi.
    "newspaper4k": Peer("newspaper4k", "newspaper", newspaper4k, "[all]"),
    "readability": Peer("readability-lxml", "readability", readability),
    "resiliparse": Peer("resiliparse", "resiliparse", resiliparse),
    "turbohtml": Peer("turbohtml", "turbohtml", turbohtml),
}


def find_peers(names: Iterable[str]) -> list[str]:
    """The peers that are asked for by name; ``all`` are those that are installed.

    Raises:
        BenchmarkError: one is unknown or not installed.
    """
    found: list[str] = []
    for name in names:
        if name == "all":
            found += [peer for peer, item in PEERS.items() if item.is_installed]
        elif name not in PEERS:
            raise BenchmarkError(f"no adapter for {name!r}; there are {', '.join(PEERS)}, and 'all' for those that are installed")
        elif not PEERS[name].is_installed:
            raise BenchmarkError(f"{name} is not installed: pip install '{PEERS[name].package}{PEERS[name].extras}'")
        else:
            found.append(name)
    return list(dict.fromkeys(found))
