"""Lines among an article's paragraphs that are no body for certain, by how they are made: each says so itself, whatever the model thinks.

Known phrases that are all of a segment are sure as well; ``label`` asks for those itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsparse.body.features import ENDS, word_units
from newsparse.body.kinds import lead_of
from newsparse.body.places import LISTS, POINTERS
from newsparse.document.segments import EMPHASIS, HIDDEN, STRONG, RawSegment
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind as Kind

# In the cells of a table and in quotations such lines may be what is told of.
_TOLD_OF = frozenset(("td", "th", "blockquote", "pre", "code"))
_LONGEST_CREDIT, _CREDIT_SPACES = 100, 9
_LONGEST_POINTER, _LINKED, _ALL_LINKED = 90, 0.6, 0.9
_ARROWS = frozenset("►▶▸➤➔→»›>")
_PROMOTED = frozenset((Kind.NEWSLETTER, Kind.PAYWALL, Kind.DONATION, Kind.APP_PROMO))
_MOST_PROMOTING, _MOST_ASKING = 45, 6


def asides(segments: Sequence[RawSegment], matches: Sequence[Match | None], asked: Iterable[int]) -> Iterator[int]:
    """Those of the ``asked`` segments that are one, by index."""
    for index in asked:
        segment, match = segments[index], matches[index]
        text = segment.text
        if not text or segment.tag in _TOLD_OF or segment.node.facts & HIDDEN:
            continue
        if match is not None:
            is_one = _announces(segments, index, match) or _points(segment, match)
        else:
            is_one = bool(segment.links) and ((text[0] in _ARROWS and _is_arrow(segment)) or _promotes(segment))
        if is_one or (match is None and text[0] == "©" and _is_credit(text)):
            yield index


def _announces(segments: Sequence[RawSegment], index: int, match: Match) -> bool:
    """Whether a known heading of lists stands above a link, as in running text it never does."""
    if match.place is not Place.HEADING or match.kind not in LISTS or index + 1 == len(segments):
        return False
    following = segments[index + 1]
    return bool(following.links) and following.link_chars > _LINKED * len(following.text)


def _points(segment: RawSegment, match: Match) -> bool:
    """Whether a line begins with "Also read:" or the like, and goes on with a link, or with what is no sentence."""
    text = segment.text
    if match.place is not Place.START or match.kind not in POINTERS or len(text) > _LONGEST_POINTER:
        return False
    if segment.links:
        return segment.link_chars > _LINKED * (len(text) - len(match.phrase)) and not _is_sentence(text)
    return (" " in match.phrase or not match.phrase.isascii()) and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return text[-1] in ENDS and text[-1] not in "?!？！"


def _is_arrow(segment: RawSegment) -> bool:
    """Whether a line that begins with an arrow is a link otherwise."""
    return segment.link_chars > _ALL_LINKED * (len(segment.text) - 2) and len({link.href for link in segment.links}) == 1


def _is_credit(text: str) -> bool:
    """Whether a line says whose picture it is."""
    return len(text) < _LONGEST_CREDIT and text.count(" ") <= _CREDIT_SPACES


def _promotes(segment: RawSegment) -> bool:
    """Whether a short paragraph ends in a link that asks to subscribe or donate, as a request of its own or with all of it set apart."""
    last = segment.links[-1]
    text, asked = segment.text, last.text.strip()
    if not asked or not text.endswith(asked) or word_units(text) > _MOST_PROMOTING:
        return False
    before = text[: -len(asked)].rstrip()
    is_request = word_units(asked) <= _MOST_ASKING and (not before or before[-1] in ENDS or before[-1] in ":：-–—")
    # Most links are no request, and need not be asked where they lead.
    if not (before or is_request) or lead_of(last.href) not in _PROMOTED:
        return False
    return is_request or all(style & (STRONG | EMPHASIS) or not piece.strip() for piece, _, style in segment.pieces)
