"""The lead image: as the metadata name it, else as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from newsparse.document.images import image_source, picture_name
from newsparse.document.segments import ASIDE, FOOTER, NAV, RawMedia
from newsparse.document.urls import Base, is_page_link, resolve
from newsparse.fields.evidence import Candidate, Found, Page, Rule, choose, find, meta_source, texts
from newsparse.model import Certainty, EvidenceSource, Image
from newsparse.text import clean, fold

_OPEN_GRAPH = ("og:image", "og:image:secure_url", "og:image:url")
_TWITTER = ("twitter:image", "twitter:image:src")
_OTHER_META = ("sailthru.image.full", "parsely-image-url", "thumbnail", "msvalidate.image")
_MOST_IMAGES = 20
_LARGEST_SIDE = 100_000


def find_image(page: Page) -> Found[Image] | None:
    """The article's lead image, with its size and alternative text where they are stated."""
    return find("image", page, _RULES)


def find_shown_image(media: Iterable[RawMedia], figures: Sequence[Image], title: str | None, base: Base | None) -> Found[Image] | None:
    """The lead image of a page whose data name none: one that has the headline as its description, else the first in the body."""
    return choose("image", (*_titled(media, title, base), *_first(figures)))


def with_caption(found: Found[Image], figures: Iterable[Image]) -> Found[Image]:
    """The lead image with the caption, credit, description and size that it has where the page shows it."""
    lead = found.value
    shown = next((figure for figure in figures if is_same_image(figure, lead)), None)
    if shown is None:
        return found
    known = {name: getattr(lead, name) or getattr(shown, name) for name in ("caption", "credit", "alt")}
    if shown.url == lead.url and lead.width is None and lead.height is None:
        known |= {"width": shown.width, "height": shown.height}
    return attrs.evolve(found, value=attrs.evolve(lead, **known))


def shown_images(lead: Image | None, figures: Sequence[Image]) -> tuple[Image, ...]:
    """The pictures that the page shows with the article, the lead image first, in the version that is shown; without any, the lead alone.

    A lead that the page states, but shows none of among its pictures, is a card for social media.
    """
    if lead is None or not figures:
        return (lead,) if lead else tuple(figures)
    name = picture_name(lead.url)
    same = [figure for figure in figures if figure.url == lead.url or _have_same_name(name, figure)]
    exact = next((figure for figure in same if _without_query(figure) == _without_query(lead)), None)
    shown = exact or next(iter(same), None)
    others = [figure for figure in figures if figure is not shown]
    return (lead if exact else shown, *others) if shown else tuple(others)


def _without_query(image: Image) -> str:
    return image.url.split("?", 1)[0]


def is_same_image(one: Image, other: Image) -> bool:
    """Whether two images are the same file, in whatever size their URLs ask for."""
    return one.url == other.url or _have_same_name(picture_name(one.url), other)


def _have_same_name(name: str, other: Image) -> bool:
    return name != "" and name == picture_name(other.url)


def _titled(media: Iterable[RawMedia], title: str | None, base: Base | None) -> Iterator[Candidate[Image]]:
    wanted = fold(title or "")
    for item in media:
        alt = item.element.get("alt") if item.tag == "img" else None
        if wanted and alt and fold(clean(alt)) == wanted and not item.node.facts & (NAV | ASIDE | FOOTER):
            url = resolve(source, base) if (source := image_source(item.element)) else None
            if url:
                yield Candidate(Image(url, alt=clean(alt)), EvidenceSource.MARKUP, "markup.img.alt", url, Certainty.INFERRED)
                return


def _first(figures: Sequence[Image]) -> Iterator[Candidate[Image]]:
    for figure in figures[:1]:
        yield Candidate(figure, EvidenceSource.MARKUP, "markup.figure", figure.url or "", Certainty.GUESSED)


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
