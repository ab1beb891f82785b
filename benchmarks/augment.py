"""Pages with more boilerplate than they have: what the labeller learns from besides the pages themselves.

Sites put boxes of all kinds between the paragraphs of an article, and few pages show many of them. Boxes are therefore cut out of
pages and planted between the paragraphs of others, so that the model sees each page also with what other sites would put on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import accumulate
from random import Random

from lxml import etree

from newsparse.document.segments import DIALOG, FOOTER, HIDDEN, NAV, RawSegment, Walked

# So many boxes are planted into a page, where it has room for them.
_PLANTED = 4
_MOST_SEGMENTS, _LEAST_WORDS, _MOST_WORDS, _MOST_MARKUP = 10, 2, 150, 20_000
_LEAST_HEADLINE, _MOST_HEADLINE, _LEAST_BLURB, _MOST_BLURB = 4, 18, 7, 45
_NOT_BETWEEN = NAV | FOOTER | DIALOG | HIDDEN
# Pieces of larger things, which make no sense elsewhere.
_PIECES = frozenset(("li", "dt", "dd", "tr", "tbody", "td", "th", "option", "label", "h1", "figcaption", "a", "span"))
# Elements that a box may stand before. Between items of a list or cells of a table no site puts one.
_BLOCKS = frozenset(("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "pre", "section"))


def boxes(root: etree._Element, walked: Walked, labels: Sequence[float]) -> list[str]:
    """The markup of the outermost elements after the body's beginning that hold no body and are no larger than what sites put in one."""
    body_sum = [0, *accumulate(label > 0 for label in labels)]
    taken: set[int] = set()
    found = []
    for node in walked.nodes:
        if node.parent is not None and node.parent.index in taken:
            taken.add(node.index)
            continue
        inside = walked.segments[node.first : node.end]
        if not 0 < len(inside) <= _MOST_SEGMENTS or body_sum[node.end] > body_sum[node.first] or not body_sum[node.first]:
            continue
        words = sum(len(segment.text.split()) for segment in inside)
        if node.facts & _NOT_BETWEEN or node.tag in _PIECES or not _LEAST_WORDS <= words <= _MOST_WORDS:
            continue
        taken.add(node.index)
        markup = etree.tostring(_at(root, node.path), encoding="unicode", with_tail=False)
        if len(markup) <= _MOST_MARKUP:
            found.append(markup)
    return found


def spare_texts(segments: Sequence[RawSegment], labels: Sequence[float]) -> tuple[list[str], list[str]]:
    """Headlines of other articles that a page links to, and sentences beside its body: what boxes for other pages are made of."""
    headlines, blurbs = [], []
    for segment, label in zip(segments, labels, strict=True):
        words = segment.text.count(" ") + 1
        if label or segment.node.facts & HIDDEN:
            continue
        if _LEAST_HEADLINE <= words <= _MOST_HEADLINE and segment.link_chars >= 0.9 * len(segment.text):
            headlines.append(segment.text)
        elif _LEAST_BLURB <= words <= _MOST_BLURB and segment.link_chars < 0.2 * len(segment.text) and segment.tag in ("p", "div"):
            blurbs.append(segment.text)
    return headlines, blurbs


def planted(root: etree._Element, walked: Walked, labels: Sequence[float], pool: Sequence[str], seed: str) -> etree._Element | None:
    """A copy of the page with boxes of the ``pool`` before some of its body's elements; ``None`` where there is no room or no box."""
    paths = dict.fromkeys(segment.path for segment, label in zip(walked.segments, labels, strict=True) if label)
    changed = deepcopy(root)
    spots = [element for element in (_at(changed, path) for path in [*paths][1:]) if element.tag in _BLOCKS]
    if not spots or not pool:
        return None
    random = Random(seed)
    for spot in random.sample(spots, min(_PLANTED, len(spots))):
        for element in etree.HTML(f"<body>{random.choice(pool)}")[0][:]:
            spot.addprevious(element)
    return changed


def _at(root: etree._Element, path: str) -> etree._Element:
    element: etree._Element = root.xpath(path)[0]
    return element
