"""The lead image, as the metadata name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsparse.document.urls import is_page_link, resolve
from newsparse.fields.evidence import Candidate, Found, Page, Rule, find, meta_source, texts
from newsparse.model import EvidenceSource, Image
from newsparse.text import clean

_OPEN_GRAPH = ("og:image", "og:image:secure_url", "og:image:url")
_TWITTER = ("twitter:image", "twitter:image:src")
_OTHER_META = ("sailthru.image.full", "parsely-image-url", "thumbnail", "msvalidate.image")
_MOST_IMAGES = 20
_LARGEST_SIDE = 100_000


def find_image(page: Page) -> Found[Image] | None:
    """The article's lead image, with its size and alternative text where they are stated."""
    return find("image", page, _RULES)


def _open_graph(page: Page) -> Iterator[Candidate[Image]]:
    first = page.metadata.first
    size = _side(first("og:image:width")), _side(first("og:image:height"))
    for name in _OPEN_GRAPH:
        yield from _meta_image(page, name, first("og:image:alt"), *size)


def _twitter(page: Page) -> Iterator[Candidate[Image]]:
    for name in _TWITTER:
        yield from _meta_image(page, name, page.metadata.first("twitter:image:alt"))


def _other_meta(page: Page) -> Iterator[Candidate[Image]]:
    for name in _OTHER_META:
        yield from _meta_image(page, name)


def _meta_image(
    page: Page, name: str, alt: str | None = None, width: int | None = None, height: int | None = None
) -> Iterator[Candidate[Image]]:
    for raw in page.metadata.meta.get(name, ()):
        if url := _image_url(raw, page):
            yield Candidate(Image(url, alt=clean(alt) if alt else None, width=width, height=height), meta_source(name), f"meta.{name}", raw)
            return


def _json_ld(page: Page) -> Iterator[Candidate[Image]]:
    for article in page.articles:
        for key in ("image", "thumbnailUrl"):
            image = _json_image(article.get(key), page)
            if image:
                yield Candidate(image, EvidenceSource.JSON_LD, f"json_ld.{key}", image.url)


def _json_image(value: Any, page: Page) -> Image | None:
    items = value if isinstance(value, list) else [value]
    for item in map(page.metadata.resolve, items[:_MOST_IMAGES]):
        if isinstance(item, str) and (url := _image_url(item, page)):
            return Image(url)
        if isinstance(item, dict):
            for raw in (*texts(item.get("url")), *texts(item.get("contentUrl")), *texts(item.get("@id"))):
                if url := _image_url(raw, page):
                    caption = next((value for raw in texts(item.get("caption")) if (value := clean(raw))), None)
                    return Image(url, caption=caption, width=_side(item.get("width")), height=_side(item.get("height")))
    return None


def _microdata(page: Page) -> Iterator[Candidate[Image]]:
    for item in page.metadata.properties:
        raw = item.href or item.value
        if item.name == "image" and item.scope == 0 and (url := _image_url(raw, page)):
            yield Candidate(Image(url), EvidenceSource.MICRODATA, "microdata.image", raw)


def _image_src(page: Page) -> Iterator[Candidate[Image]]:
    for raw in page.metadata.links.get("image_src", ()):
        if url := _image_url(raw, page):
            yield Candidate(Image(url), EvidenceSource.LINK, "link.image_src", raw)


_RULES: tuple[Rule[Image], ...] = (_open_graph, _json_ld, _twitter, _image_src, _microdata, _other_meta)


def _image_url(raw: str, page: Page) -> str | None:
    raw = clean(raw)
    if not raw or " " in raw or not is_page_link(raw):
        return None
    url = resolve(raw, page.base)
    return url if url and url.startswith(("http://", "https://")) else None


def _side(value: Any) -> int | None:
    """A width or height in pixels, from a number, a text such as ``1200px``, or a schema.org quantity."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str):
        digits = value.strip().lower().removesuffix("px").strip()
        value = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _LARGEST_SIDE:
        return None
    return int(value)
