"""What several exports need: how dates and captions are written, which URLs are safe to link, how a list nests."""

import re
from collections.abc import Iterator
from datetime import datetime, time

from newsparse.model import Article, DatePrecision, Image, Link, ListItem
from newsparse.text import unescape

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_IGNORED_IN_SCHEME = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


def iso_date(moment: datetime, precision: DatePrecision | None) -> str:
    """``moment`` in ISO 8601, no more exact than ``precision`` but without losing anything that is there.

    >>> iso_date(datetime(2024, 5, 3), DatePrecision.DAY)
    '2024-05-03'
    >>> iso_date(datetime(2024, 5, 3, 10, 20), DatePrecision.MINUTE)
    '2024-05-03T10:20'
    """
    # A bare date stands for midnight without a zone; an aware midnight must keep its offset.
    if precision is DatePrecision.DAY and moment.timetz() == time():
        return moment.date().isoformat()
    if precision is DatePrecision.MINUTE and not (moment.second or moment.microsecond):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()


def dates(article: Article) -> list[tuple[str, str]]:
    """The dates that there are: what to call each, and the date in ISO 8601."""
    published = ("Published", article.published, article.published_precision)
    modified = ("Updated", article.modified, article.modified_precision)
    return [(label, iso_date(moment, precision)) for label, moment, precision in (published, modified) if moment]


def date_lines(article: Article) -> list[str]:
    """The dates to read, each with its name."""
    return [f"{label}: {moment.replace('T', ' ')}" for label, moment in dates(article)]


def adjacent(article: Article) -> list[tuple[str, str, Link]]:
    """The previous and next articles that there are: what to call each, its ``rel`` and the link."""
    links = (("Previous", "prev", article.previous), ("Next", "next", article.next))
    return [(label, rel, link) for label, rel, link in links if link]


def safe_url(url: str | None) -> str | None:
    r"""``url`` where it is relative or of a scheme that cannot run anything (http, https, mailto), else ``None``.

    >>> safe_url("/news/1"), safe_url("java\nscript:alert(1)"), safe_url("")
    ('/news/1', None, None)
    """
    # Browsers drop tabs and line breaks inside a scheme, and a careless reader may decode entities once more.
    compact = _IGNORED_IN_SCHEME.sub("", unescape(url or ""))
    scheme = _SCHEME.match(compact)
    return url if compact and (scheme is None or scheme[1].lower() in _SAFE_SCHEMES) else None


def nested(items: tuple[ListItem, ...]) -> Iterator[tuple[int, int, ListItem]]:
    """Each item that has text, with its depth and its number among the items beside it.

    An item more than one level below the item before it is raised, so that no level is left out.
    """
    counts: list[int] = []
    for item in (item for item in items if item.text.strip()):
        depth = min(max(item.depth, 0), len(counts))
        counts[depth:] = [counts[depth] + 1 if depth < len(counts) else 1]
        yield depth, counts[depth], item


def heading_level(level: int) -> int:
    """The level at which a body heading stands below the title, which is the only heading of level 1."""
    return min(max(level, 2), 6)


def caption(image: Image) -> str:
    """The image's caption, with the credit in parentheses."""
    return " ".join(part for part in (image.caption, image.credit and f"({image.credit})") if part)
