"""A page whose body is known, as the rules look at it that name its other pieces: where a segment stands, what the elements around it
say, and what heads it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import attrs

from newsparse.body.boxes import headed
from newsparse.document import segments as facts
from newsparse.document.segments import Node, RawMedia, RawSegment, Walked
from newsparse.lexicon import kind_terms, kind_words
from newsparse.lexicon.phrases import Match
from newsparse.lexicon.phrases import Place as Stands
from newsparse.model import BoilerplateKind as Kind


class Place(NamedTuple):
    """What the elements around a segment say, up to the nearest that holds the article's text.

    ``kind`` and ``word`` are of the nearest element whose class words name a kind; ``zone`` has a bit for each zone.
    """

    kind: Kind | None
    word: str
    zone: int


# Where a segment stands, with respect to the article's text.
BEFORE, INSIDE, AFTER = range(3)

# Zones: facts of elements, and words of classes that say the same.
NAV, FOOTER, SIDE, HEADER, DIALOG, FORM, BUTTON = (
    facts.NAV,
    facts.FOOTER,
    facts.ASIDE,
    facts.HEADER,
    facts.DIALOG,
    facts.FORM,
    facts.BUTTON,
)
ZONES = NAV | FOOTER | SIDE | HEADER | DIALOG | FORM | BUTTON
_ZONE_WORDS = {"footer": FOOTER, "navigation": NAV, "header": HEADER, "sidebar": SIDE}
# What words name another kind than that of their own name; "social" is either, as its links say.
_KIND_OF_WORDS = {"category": Kind.BREADCRUMBS, "social": Kind.SHARE}
# Words that mean something only there: a date or a section's name above the text is the article's, elsewhere a teaser's.
_ONLY = {"category": (BEFORE,), "byline": (BEFORE,), "breadcrumbs": (BEFORE, AFTER)}
WORDS = tuple(
    (bit, name, _KIND_OF_WORDS.get(name) or Kind(name), _ONLY.get(name, (BEFORE, INSIDE, AFTER)))
    for name, bit in kind_words().items()
    if name not in _ZONE_WORDS
)
_ZONE_BITS = tuple((kind_words()[name], zone) for name, zone in _ZONE_WORDS.items())
_NAMED = sum(kind_words().values())
# In a box of these kinds all is of that kind, whatever its parts are called ...
BOXES = frozenset(
    (Kind.COMMENTS, Kind.RELATED, Kind.MOST_READ, Kind.NEWSLETTER, Kind.COOKIE, Kind.PREVIOUS_NEXT, Kind.PAYWALL, Kind.FORM, Kind.DONATION)
)
# ... if they are of these.
_PARTS = frozenset(
    (
        *(Kind.TAGS, Kind.BREADCRUMBS, Kind.BYLINE, Kind.MEDIA_CHROME, Kind.AUTHOR_BIO, Kind.COPYRIGHT, Kind.MOST_READ, Kind.RELATED),
        *(Kind.PAYWALL, Kind.SHARE, Kind.FOLLOW, Kind.COMMENTS, Kind.NEWSLETTER),
    )
)
NOWHERE = Place(None, "", 0)
# What is never so large a part of a page as to have more segments than this; a word that says so there means something else.
_SMALL = 100
_OF_SMALL = sum(
    kind_words()[word]
    for word in ("skip_link", "donation", "paywall", "app_promo", "listen", "summary_prompt", "share", "follow", "social", "copyright")
)

LISTS, POINTERS = frozenset((Kind.RELATED, Kind.MOST_READ)), frozenset((Kind.RELATED, Kind.INLINE_TEASER))
# What is around a picture and its caption is so deep at most, and has at most so many segments.
_PICTURE_LEVELS, _PICTURE_SEGMENTS = 4, 3
# How many segments the foot of a page has at most, where no element says that it is one.
_FOOT = 80
LONGEST_RIGHTS = 400


@attrs.define
class Page:
    """A page whose body is known, as the rules look at it.

    Attributes:
        segments, matches: the page's segments, and each one's phrase, if it is one.
        title: the index of the title, or of the first segment of the body.
        body: the indices of the segments of the body, in order.
        article: the smallest element that holds nearly all of the body.
        headings: for a segment in the box of a heading, the heading's index.
        span: from a little before the first segment of the body to a little after the last.
        around: the elements that are around the article's text, by their index.
        places: what the elements around a segment say, by their index and where the segment stands, as far as it was asked.
        pictured: the elements of few segments that hold a picture.
        feet: the elements that are the foot of the page by what is said in them.
    """

    segments: Sequence[RawSegment]
    matches: Sequence[Match | None]
    title: int
    body: Sequence[int]
    article: Node | None
    headings: Mapping[int, int]
    span: range
    around: Collection[int]
    places: tuple[dict[int, Place], dict[int, Place], dict[int, Place]]
    pictured: frozenset[int]
    feet: frozenset[int]


def see(walked: Walked, matches: Sequence[Match | None], title: int, body: Sequence[int]) -> Page:
    """The page as the rules look at it."""
    segments = walked.segments
    after = body[-1] if body else 0
    matches = [
        _heading_match(segments[index]) if match is None and index > after and segments[index].tag in HEADING_TAGS else match
        for index, match in enumerate(matches)
    ]
    headings = headed(segments, [index for index, match in enumerate(matches) if match is not None and _is_heading(match)])
    span = range(max(0, body[0] - 8), min(len(segments), body[-1] + 3)) if body else range(0)
    around = _around(segments, body)
    places = (dict.fromkeys(around, NOWHERE), dict.fromkeys(around, NOWHERE), dict.fromkeys(around, NOWHERE))
    return Page(
        segments=segments,
        matches=matches,
        title=title,
        body=body,
        article=_article(segments, body),
        headings=headings,
        span=span,
        around=around,
        places=places,
        pictured=frozenset(_pictures(walked.media, span)),
        feet=frozenset(node.index for node in _feet(segments, body)),
    )


# How headings begin that promise more of the same, whatever follows.
_MORE = (
    *("more", "weitere", "mehr", "más", "mais", "plus de", "plus d'", "plus d’", "altri", "altre", "ancora"),
    *("meer", "mer", "mere", "flere", "fler", "lisää", "więcej", "další", "ещё", "еще", "больше"),
    *("ще", "daha", "περισσότερα", "עוד", "المزيد", "بیشتر", "और", "selengkapnya", "lainnya", "thêm", "もっと"),
    *("更多", "더"),
)
_MORE_WORDS = 7


def _heading_match(segment: RawSegment) -> Match | None:
    """What a short heading below the text names, by how it begins or by a word in it."""
    if segment.text.count(" ") >= _MORE_WORDS:
        return None
    text = segment.text.lower()
    if text.startswith(_MORE) and any(text.startswith(more) and _is_word(more[-1], text[len(more) :]) for more in _MORE):
        return MORE_MATCH
    return _match_by_term(text)


@lru_cache(maxsize=1_024)
def _match_by_term(text: str) -> Match | None:
    for kind, pattern in kind_terms("heading"):
        if found := pattern.search(text):
            return Match(Kind(kind), Stands.HEADING, found[0], None)
    return None


def _is_word(last: str, rest: str) -> bool:
    """Whether a word ends between ``last`` and ``rest``, or there are no spaces between words."""
    return last >= "\u3040" or not (last.isalnum() and rest[:1].isalnum())


MORE_MATCH = Match(Kind.RELATED, Stands.HEADING, "more ...", None)
HEADING_TAGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def _is_heading(match: Match) -> bool:
    return match.place is Stands.HEADING or (match.kind is Kind.MOST_READ and match.place is Stands.START)


def stands_at(page: Page, index: int) -> int:
    """Whether a segment stands before, among or after the article's text; among it where there is none."""
    body = page.body
    if not body:
        return INSIDE
    if index > body[-1]:
        return AFTER
    # A by-line may follow a standfirst that counts as the first of the body.
    return BEFORE if index < body[0] or (index == body[0] + 1 and page.segments[index].link_chars == 0) else INSIDE


def _around(segments: Sequence[RawSegment], body: Sequence[int]) -> set[int]:
    """The elements around more than a tenth of the article's text, or around more than half of a page that has none."""
    share = 10 if body else 2
    whole = body or range(len(segments))
    step = len(whole) // share + 1
    found: set[int] = set()
    # Such an element holds one of each so many segments in a row.
    for index in whole[step - 1 :: step]:
        here: Node | None = segments[index].node
        while here is not None and here.index not in found:
            if share * (bisect_left(whole, here.end) - bisect_left(whole, here.first)) > len(whole):
                found.add(here.index)
            here = here.parent
    return found


def place_of(page: Page, node: Node, stands: int) -> Place:
    """What the elements around a segment say, of which ``node`` is the innermost; ``page.places`` keeps what was found."""
    places, feet, title = page.places[stands], page.feet, page.title
    passed = []
    here: Node | None = node
    while here is not None and here.index not in places:
        passed.append(here)
        here = here.parent
    place = NOWHERE if here is None else places[here.index]
    for inner in reversed(passed):
        around = inner.parent.facts if inner.parent is not None else 0
        own, zone, is_foot = inner.own & _NAMED, inner.facts & ~around & ZONES, inner.index in feet
        if inner.end - inner.first > _SMALL:
            own &= ~_OF_SMALL
        # Most elements say nothing of their own.
        if own or zone or is_foot:
            place = _told(place, zone, own, stands, around & facts.ARTICLE, inner.first <= title < inner.end, is_foot)
        places[inner.index] = place
    return place


@lru_cache(maxsize=4_096)
def _told(around: Place, zone: int, own: int, stands: int, in_article: int, holds_title: bool, is_foot: bool) -> Place:
    """What an element in a place says by its own ``zone`` and class words (``own``)."""
    zone |= around.zone
    if holds_title:
        zone &= ~HEADER
    if in_article and not around.zone & FOOTER:
        zone &= ~FOOTER  # the foot of an article holds its tags and author
    if is_foot:
        zone |= FOOTER
    # Articles and teasers have heads and feet, too, that class words may call so.
    counted = ZONES & ~FOOTER if in_article or stands != AFTER else ZONES
    if holds_title or stands != BEFORE:
        counted &= ~HEADER
    zone |= sum(part for bit, part in _ZONE_BITS if own & bit) & counted
    words = next(((word, kind) for bit, word, kind, where in WORDS if own & bit and stands in where), None)
    if words is not None:
        word, kind = words
        is_part = kind in _PARTS and around.kind in BOXES and not (kind in LISTS and around.kind is Kind.COMMENTS)
        if not is_part:
            return Place(kind, word, zone)
    return around if zone == around.zone else around._replace(zone=zone)


def _article(segments: Sequence[RawSegment], body: Sequence[int]) -> Node | None:
    here: Node | None = segments[body[len(body) // 2]].node if body else None
    while here is not None and 10 * (bisect_left(body, here.end) - bisect_left(body, here.first)) < 9 * len(body):
        here = here.parent
    return here


def _pictures(media: Iterable[RawMedia], span: range) -> Iterator[int]:
    """The elements around pictures that hold little besides them, where they may hold some of the ``span``."""
    for item in media:
        if item.tag != "img" or not span.start - _PICTURE_SEGMENTS <= item.before <= span.stop + _PICTURE_SEGMENTS:
            continue
        here: Node | None = item.node
        for _ in range(_PICTURE_LEVELS):
            if here is None or here.end - here.first > _PICTURE_SEGMENTS:
                break
            yield here.index
            here = here.parent


def _feet(segments: Sequence[RawSegment], body: Sequence[int]) -> Iterator[Node]:
    """The elements around lines after the body that claim rights, if they are small enough: the foot of a page that is not called one."""
    after = body[-1] + 1 if body else len(segments) // 2
    for index in range(after, len(segments)):
        text = segments[index].text
        if ("©" in text or (text[:1] in "cC" and text[:9].lower() == "copyright")) and len(text) < LONGEST_RIGHTS:
            foot = None
            here: Node | None = segments[index].node
            while here is not None and here.end - here.first <= _FOOT and here.first >= after and here.tag != "body":
                foot = here
                here = here.parent
            if foot is not None and not foot.facts & (facts.FOOTER | facts.FIGURE):
                yield foot
