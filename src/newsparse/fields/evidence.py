"""What every field is made from and made of: a ``Page`` in, ``Found`` values with their evidence out.

A field is an ordered tuple of rules. A rule looks at the page and gives candidates; the first candidate of the first rule wins,
and those that say something else are kept as its losers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import attrs

from newsparse.document.metadata import JsonObject, Metadata
from newsparse.document.segments import ASIDE, FOOTER, HEADING, HIDDEN, NAV, RawSegment
from newsparse.document.urls import Base, base_of
from newsparse.model import Certainty, Evidence, EvidenceSource
from newsparse.text import clean, fold, squash

T = TypeVar("T")

# schema.org types of what a page is about, the likeliest first. A type is compared by its ending, so NewsArticle is an article.
_ARTICLE_TYPES = (
    ("article", "posting", "report"),
    ("review", "recipe", "howto", "medicalwebpage", "creativework", "newsmediaobject"),
    ("webpage", "itempage", "aboutpage", "qapage", "videoobject"),
)
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "twitter:site", "copyright")
_SITE_TYPES = ("website", "organization", "newsmediaorganization", "corporation")
# Some sites put the headline where the site's name belongs.
_LONGEST_SITE_NAME = 60
# By-lines and dates stand close to the headline; further down are those of other articles.
_BEFORE_TITLE, _AFTER_TITLE = 8, 25
# By-line and date stand before the text; but a first paragraph may stand before them.
_FEWEST_LINES = 3
_LONG_PARAGRAPH = 200
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 12, 400
_MOST_LINES_BEFORE_TITLE = 400
# Pages that say more are lists; without a bound, comparing all with all would take quadratic time.
_MOST_ARTICLES = 50
_MOST_OBJECTS = 200
_MOST_ITEMS = 200
_MOST_LOSERS = 20
# A value in evidence is there to be recognised, not to be read whole.
_LONGEST_RAW = 500


@attrs.frozen
class Candidate(Generic[T]):
    """A value that a rule found.

    Attributes:
        value: as the field would have it.
        source, rule: where it was found, and by which rule, such as ``json_ld.headline`` or ``meta.og:title``.
        raw: as the page has it.
        certainty: how sure it is.
    """

    value: T
    source: EvidenceSource
    rule: str
    raw: str
    certainty: Certainty = Certainty.STATED


@attrs.frozen
class Found(Generic[T]):
    """A field's value, and why it has it."""

    value: T
    evidence: Evidence


@attrs.frozen
class Page:
    """What the fields are found in.

    Attributes:
        metadata: what the markup says about the page.
        segments: the page's text in reading order.
        url: of the page, as the caller gave it.
        base: what links are resolved against.
        articles: the JSON-LD objects that describe the page's article, the likeliest first.
        site_names: the names that the site goes by, squashed.
        headings: the segments that are, or are in, a heading.
        title_place: which segment is, or begins, the visible headline.
        near_title: the segments around the headline, those after it first, and no further than the first paragraphs of the text.
        retrieved: when the page was fetched, if the caller says so.
    """

    metadata: Metadata
    segments: Sequence[RawSegment]
    url: str | None
    base: Base | None
    articles: tuple[JsonObject, ...]
    site_names: frozenset[str] = frozenset()
    headings: tuple[RawSegment, ...] = ()
    title_place: int | None = None
    near_title: tuple[RawSegment, ...] = ()
    retrieved: datetime | None = None


Rule = Callable[[Page], Iterable[Candidate[T]]]


def read_page(metadata: Metadata, segments: Sequence[RawSegment], url: str | None = None, retrieved: datetime | None = None) -> Page:
    """The page that the fields are found in."""
    base = base_of(url, metadata.base_href)
    articles = _articles(metadata.objects)
    headings = {index: segment for index, segment in enumerate(segments) if segment.node.facts & HEADING and segment.text}
    place = _title_place(metadata, segments, headings, articles)
    near_title = () if place is None else tuple(_near(segments, place))
    names = _site_names(metadata, base)
    return Page(metadata, segments, url, base, articles, names, tuple(headings.values()), place, near_title, retrieved)


def choose(field: str, candidates: Iterable[Candidate[T]]) -> Found[T] | None:
    """The first candidate, with those of another value as its losers; ``None`` where there is none."""
    winner: Candidate[T] | None = None
    losers: list[Candidate[T]] = []
    for candidate in candidates:
        if winner is None:
            winner = candidate
        elif candidate.value != winner.value and all(candidate.value != loser.value for loser in losers):
            losers.append(candidate)
            if len(losers) == _MOST_LOSERS:
                break
    if winner is None:
        return None
    return Found(winner.value, _evidence(field, winner, tuple(_evidence(field, loser) for loser in losers)))


def find(field: str, page: Page, rules: Iterable[Rule[T]], fallbacks: Iterable[Rule[T]] = ()) -> Found[T] | None:
    """What ``rules`` find; ``fallbacks``, which cost more or are less sure, are asked only where they find nothing."""
    return choose(field, candidates(page, rules)) or choose(field, candidates(page, fallbacks))


def candidates(page: Page, rules: Iterable[Rule[T]]) -> Iterator[Candidate[T]]:
    """What ``rules`` find, in their order."""
    for rule in rules:
        yield from rule(page)


def meta_text(page: Page, names: Iterable[str]) -> Iterator[Candidate[str]]:
    """The first non-empty content of each meta name, cleaned."""
    for name in names:
        for raw in page.metadata.meta.get(name, ()):
            if value := clean(raw):
                yield Candidate(value, meta_source(name), f"meta.{name}", raw)
                break


def json_text(page: Page, key: str) -> Iterator[Candidate[str]]:
    """The text under ``key`` of each JSON-LD article, cleaned."""
    for article in page.articles:
        for raw in texts(article.get(key)):
            if value := clean(raw):
                yield Candidate(value, EvidenceSource.JSON_LD, f"json_ld.{key}", raw)
                break


def meta_source(name: str) -> EvidenceSource:
    """Which kind of source a meta name is."""
    return EvidenceSource.OPEN_GRAPH if name.startswith(("og:", "article:")) else EvidenceSource.META


def texts(value: Any) -> list[str]:
    """The strings in a JSON-LD value: itself, or those of a list, or an object's ``@value`` or ``name``."""
    items = value[:_MOST_ITEMS] if isinstance(value, list) else [value]
    plain = [(item.get("@value") or item.get("name")) if isinstance(item, dict) else item for item in items]
    return [item for item in plain if isinstance(item, str)]


def kinds(item: JsonObject) -> tuple[str, ...]:
    """The types of a JSON-LD object in lower case, without their vocabulary's address."""
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str))


def _articles(objects: Iterable[JsonObject]) -> tuple[JsonObject, ...]:
    ranked: list[list[JsonObject]] = [[] for _ in _ARTICLE_TYPES]
    for item in objects:
        for endings, rank in zip(_ARTICLE_TYPES, ranked, strict=True):
            if any(kind.endswith(endings) for kind in kinds(item)):
                rank.append(item)
                break
    return tuple(item for rank in ranked for item in rank)[:_MOST_ARTICLES]


def _evidence(field: str, candidate: Candidate[Any], losers: tuple[Evidence, ...] = ()) -> Evidence:
    return Evidence(field, candidate.source, candidate.rule, candidate.raw[:_LONGEST_RAW], candidate.certainty, losers)


def _near(segments: Sequence[RawSegment], place: int) -> Iterator[RawSegment]:
    start = place + 1
    for distance, segment in enumerate(segments[start : start + _AFTER_TITLE]):
        if segment.tag == "p" and distance > _FEWEST_LINES and len(segment.text) - segment.link_chars > _LONG_PARAGRAPH:
            break
        yield segment
    yield from reversed(segments[max(0, place - _BEFORE_TITLE) : place])


def _site_names(metadata: Metadata, base: Base | None) -> frozenset[str]:
    """As the metadata state them, and as the host is called."""
    names = [value for name in _SITE_NAMES for value in metadata.meta.get(name, ())]
    for item in metadata.objects[:_MOST_OBJECTS]:
        if any(kind.endswith(_SITE_TYPES) for kind in kinds(item)):
            names += texts(item.get("name")) + texts(item.get("alternateName"))
        names += texts(metadata.resolve(item.get("publisher")))
    if base:
        labels = base.host.split(".")
        names += [base.host.removeprefix("www."), *(label for label in labels[:-1] if len(label) > 3)]
    return frozenset(squashed for name in names if len(name) <= _LONGEST_SITE_NAME and (squashed := squash(clean(name))))


def _title_place(
    metadata: Metadata, segments: Sequence[RawSegment], headings: Mapping[int, RawSegment], articles: Iterable[JsonObject]
) -> int | None:
    """The ``<h1>`` or other heading that the page's metadata repeat, else the first ``<h1>``, else a line that they repeat."""
    stated = [raw for raw in (metadata.first("og:title"), metadata.title_tag) if raw]
    stated += [raw for article in articles for raw in texts(article.get("headline"))]
    titles = {fold(clean(raw)) for raw in stated}
    first = None
    for place, segment in headings.items():
        if _SHORTEST_HEADLINE <= len(segment.text) <= _LONGEST_HEADLINE:
            is_h1 = "/h1[" in segment.path
            if (is_h1 or _is_heading_like(segment)) and _is_most_of_one(segment.folded, titles):
                return place
            if is_h1 and first is None:
                first = place
    if first is not None and any(_is_alike(segments[first].folded, title) for title in titles):
        return first
    plain = _plain_title(segments, titles)
    return first if plain is None else plain


def _is_alike(text: str, title: str) -> bool:
    """Whether a third of the words of the shorter of two titles are in the other."""
    one, other = frozenset(text.split()), frozenset(title.split())
    return 3 * len(one & other) >= min(len(one), len(other))


def _plain_title(segments: Sequence[RawSegment], titles: Iterable[str]) -> int | None:
    """The line that repeats a stated title, on a page without any heading for it."""
    longest = max(map(len, titles), default=0)
    for place, segment in enumerate(segments[:_MOST_LINES_BEFORE_TITLE]):
        is_plain = _SHORTEST_HEADLINE <= len(segment.text) <= 2 * longest and not segment.node.facts & (HIDDEN | NAV | ASIDE | FOOTER)
        if is_plain and segment.link_chars == 0 and _is_most_of_one(segment.folded, titles):
            return place
    return None


def _is_most_of_one(text: str, titles: Iterable[str]) -> bool:
    return any(text in title and len(text) > 0.5 * len(title) for title in titles)


def _is_heading_like(segment: RawSegment) -> bool:
    return segment.tag in ("h2", "h3") and not segment.node.facts & (NAV | ASIDE | FOOTER)
