"""A second article below the first, as pages that scroll without end have it: it has a headline, a by-line and an element of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from newsparse.body.features import word_units
from newsparse.body.label import Label
from newsparse.document.segments import ARTICLE, HIDDEN, Node, RawSegment
from newsparse.document.urls import is_page_link
from newsparse.lexicon import topic_bit
from newsparse.model import BoilerplateKind, Role

_HEADINGS = ("h1", "h2", "h3")
_LINKED_SHARE = 0.8
# So much text, in so many paragraphs, is an article and no teaser.
_LEAST_WORDS, _LEAST_PARAGRAPHS, _PARAGRAPH_WORDS = 25, 1, 12
# A linked headline with no more than a paragraph below it is a teaser, unless that is long.
_TEASER_WORDS = 100
# A by-line or date stands so near the headline.
_NEAR_HEADLINE = 8

# How far an article's element is looked for around its headline, and its text after it: a bound on the work of pages with many headings.
_LEVELS, _MOST_SEGMENTS = 40, 200
_LONGEST_DATE_LINE, _YEAR = 80, re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AUTHOR = topic_bit("author")
_SIGNED = (BoilerplateKind.BYLINE, BoilerplateKind.AUTHOR_BIO)
# What stands in any article is not the other article's text.
_KEPT = frozenset((BoilerplateKind.SHARE, BoilerplateKind.ADVERTISEMENT, BoilerplateKind.COMMENTS, BoilerplateKind.NEWSLETTER))


def mark_appended(segments: Sequence[RawSegment], labels: Sequence[Label]) -> list[Label]:
    """The labels with all that belongs to a second article as boilerplate of that kind."""
    result = list(labels)
    roles = [item.role for item in labels]
    tag = segments[roles.index(Role.TITLE)].tag if Role.TITLE in roles else "h1"
    if tag not in _HEADINGS or Role.BODY not in roles:
        return result
    first = roles.index(Role.BODY)
    at, depths = first + 1, set[int]()
    while at < len(segments):
        box = _box_of(segments, labels, at, first, depths) if segments[at].tag == tag else None
        if box is None:
            at += 1
            continue
        depths.add(segments[at].node.depth)
        reason = f"belongs to another article: '{segments[at].text[:40]}'"
        for index in range(box.first, box.end):
            if segments[index].text and not segments[index].node.facts & HIDDEN and labels[index].kind not in _KEPT:
                result[index] = Label(Role.BOILERPLATE, BoilerplateKind.APPENDED_ARTICLE, reason)
        at = max(at + 1, box.end)
    return result


def _box_of(segments: Sequence[RawSegment], labels: Sequence[Label], headline: int, first: int, depths: Collection[int]) -> Node | None:
    """The element of the article that the heading is the headline of, if it is one's that is not the page's own.

    ``depths`` are those of other articles' headlines before it: one like them is no teaser, though only its beginning is there.
    """
    segment = segments[headline]
    is_linked = segment.link_chars > _LINKED_SHARE * len(segment.text) and is_page_link(segment.links[0].href)
    if labels[headline].role is Role.TITLE or labels[headline].kind in _SIGNED or not (is_linked or segment.tag == "h1"):
        return None
    box: Node | None = segment.node
    found = None
    for _ in range(_LEVELS):
        if box is None or box.first <= first < box.end:
            break
        found, box = box, box.parent
    if found is None or not (found.facts & ARTICLE or segment.tag == "h1"):
        return None
    # The element may hold several articles; each begins at an <article> of its own.
    box = segment.node
    while box is not found and box.tag != "article" and box.parent is not None:
        box = box.parent
    if not is_linked and box.tag != "article" and box.parent is not None and box.parent.facts & ARTICLE:
        return None  # a section of the article, which has a headline of its own
    end = min(box.end, headline + _MOST_SEGMENTS)
    own = range(headline + 1, next((at for at in range(headline + 1, end) if segments[at].tag == segment.tag), end))
    paragraphs = [word_units(segments[index].text) for index in own if segments[index].link_chars < 0.3 * len(segments[index].text)]
    paragraphs = [words for words in paragraphs if words >= _PARAGRAPH_WORDS]
    if is_linked and len(paragraphs) < 2 and sum(paragraphs) < _TEASER_WORDS and segment.node.depth not in depths:
        return None
    near = (*range(max(box.first, headline - _NEAR_HEADLINE), headline), *own[:_NEAR_HEADLINE])
    is_signed = any(_is_signed(segments[index], labels[index]) for index in near)
    return box if is_signed and len(paragraphs) >= _LEAST_PARAGRAPHS and sum(paragraphs) >= _LEAST_WORDS else None


def _is_signed(segment: RawSegment, item: Label) -> bool:
    """Whether a segment is a by-line or a date, by its label, its own class words or its text."""
    is_named = item.role is Role.BYLINE or item.kind in _SIGNED or bool(segment.node.own & _AUTHOR and segment.text)
    return is_named or _is_dated(segment.text)


def _is_dated(text: str) -> bool:
    """Whether a short line holds a year, as those with an author's name and a date do."""
    return len(text) <= _LONGEST_DATE_LINE and _YEAR.search(text) is not None
