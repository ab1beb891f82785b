"""Boxes: elements of their own beside the article's text, and what their headings, forms and class words say of all that is in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from newsparse.document.segments import HEADING_TAGS, Node, RawSegment
from newsparse.lexicon import kind_words, topic_bit
from newsparse.model import BoilerplateKind as Kind

# A kind of boilerplate, and the reason in words.
Named = tuple[Kind, str]

# A heading is wrapped this deep at most, and never heads the page or the article itself.
_BOX_LEVELS = 5
_PAGE_TAGS = ("html", "body", "main", "article")

_TOPICS: tuple[tuple[int, Named], ...] = (
    (topic_bit("newsletter"), (Kind.NEWSLETTER, "class words: newsletter")),
    (topic_bit("comments"), (Kind.COMMENTS, "class words: comments")),
    (topic_bit("author"), (Kind.AUTHOR_BIO, "class words: author")),
    (kind_words()["cookie"], (Kind.COOKIE, "class words: cookie")),
)


def headed(segments: Sequence[RawSegment], headings: Iterable[int], prose: Sequence[int] = ()) -> dict[int, int]:
    """For each segment that is in the box of a heading, the heading's index; ``headings`` and ``prose`` are indices, in order.

    A heading's box is the smallest element around it that holds the next segment too; it ends at the next heading that has a box. Where
    there is prose before the heading in that element, the heading stands in the midst of text, and heads nothing beyond the next prose.
    """
    boxes = []
    for heading in headings:
        box = _around_both(segments[heading].node, heading + 1)
        if box is not None:
            end = box.end
            following = bisect_right(prose, heading)
            before = bisect_left(prose, heading)
            if before and prose[before - 1] >= box.first and following < len(prose):
                end = min(end, prose[following])
            boxes.append((heading, end))
    found: dict[int, int] = {}
    for position, (heading, end) in enumerate(boxes):
        stop = min(end, boxes[position + 1][0] + 1) if position + 1 < len(boxes) else end
        found.update(dict.fromkeys(range(heading + 1, stop), heading))
    return found


def _around_both(node: Node, following: int) -> Node | None:
    here = node.parent
    for _ in range(_BOX_LEVELS):
        if here is None or here.tag in _PAGE_TAGS:
            return None
        if following < here.end:
            return here
        here = here.parent
    return None


def boxed(
    nodes: Iterable[Node], core: Iterable[Node], named: Iterable[tuple[Node, Named]], asked: Iterable[tuple[int, Node]]
) -> Mapping[int, Named]:
    """What the boxes are that the ``asked`` elements are in, by the number that each is asked under.

    A box is an outermost element that holds none of the ``core`` elements; a named element, a form or a class word in it says what it is.
    """
    holds_core: set[int] = set()
    for node in core:
        here: Node | None = node
        while here is not None and here.index not in holds_core:
            holds_core.add(here.index)
            here = here.parent
    outermost: dict[int, int] = {}
    names: dict[int, Named] = {}
    for node, name in (*named, *((node, (Kind.NEWSLETTER, "a form")) for node in nodes if node.tag == "form")):
        names.setdefault(_outermost(node, holds_core, outermost), name)
    result: dict[int, Named] = {}
    topics: dict[int, Named | None] = {}
    for number, node in asked:
        if node.index not in holds_core:
            found = names.get(_outermost(node, holds_core, outermost)) or _topic(node, holds_core, topics)
            if found is not None:
                result[number] = found
    return result


def _outermost(node: Node, holds_core: Collection[int], known: dict[int, int]) -> int:
    """The index of the box around ``node``, or of ``node`` itself where it holds core elements; ``known`` keeps what was found."""
    passed = []
    here = node
    while here.index not in holds_core and here.index not in known:
        passed.append(here.index)
        if here.parent is None:
            break
        here = here.parent
    box = known.get(here.index, passed[-1] if passed else here.index)
    known.update(dict.fromkeys(passed, box))
    return box


def _topic(node: Node, holds_core: Collection[int], known: dict[int, Named | None]) -> Named | None:
    """What the nearest class words on the way from ``node`` out of its box say; ``known`` keeps what was found."""
    passed = []
    here: Node | None = node
    found = None
    while here is not None and here.index not in holds_core and found is None:
        if here.index in known:
            found = known[here.index]
            break
        passed.append(here.index)
        # A heading's id is made of its words, which say nothing of the box.
        found = next((name for bit, name in _TOPICS if here.own & bit), None) if here.tag not in HEADING_TAGS else None
        here = here.parent
    known.update(dict.fromkeys(passed, found))
    return found
