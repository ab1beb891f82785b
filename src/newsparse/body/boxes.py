"""Boxes: elements of their own beside the article's text, and what their headings, forms and class words say of all that is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newsparse.document.segments import Node, RawSegment, last_inside
from newsparse.lexicon import topic_bit
from newsparse.model import BoilerplateKind as Kind

# A kind of boilerplate, and the reason in words.
Named = tuple[Kind, str]

# A heading is wrapped this deep at most, and never heads the page or the article itself.
_BOX_LEVELS = 5
_PAGE_TAGS = ("html", "body", "main", "article")

_TOPICS = tuple(
    (topic_bit(topic), (kind, f"class words: {topic}"))
    for topic, kind in (
        ("newsletter", Kind.NEWSLETTER),
        ("comments", Kind.COMMENTS),
        ("author", Kind.AUTHOR_BIO),
        ("cookie", Kind.COOKIE),
    )
)


def headed(segments: Sequence[RawSegment], nodes: Sequence[Node], is_heading: Sequence[bool]) -> list[int]:
    """For each segment, the index of the heading of the box that it is in, or -1.

    A heading's box is the smallest element around it that holds the next segment too; it ends at the next heading.
    """
    last = last_inside(nodes)
    found = []
    heading, first, end = -1, 0, -1
    for index, segment in enumerate(segments):
        if not first <= segment.node.index <= end:
            heading, end = -1, -1
        found.append(heading)
        if is_heading[index] and index + 1 < len(segments):
            box = _around_both(segment.node, segments[index + 1].node.index, last)
            if box is not None:
                heading, first, end = index, box.index, last[box.index]
    return found


def _around_both(node: Node, other: int, last: Sequence[int]) -> Node | None:
    here = node.parent
    for _ in range(_BOX_LEVELS):
        if here is None or here.index < 0 or here.tag in _PAGE_TAGS:
            return None
        if other <= last[here.index]:
            return here
        here = here.parent
    return None


def boxed(nodes: Sequence[Node], core: Iterable[Node], named: Iterable[tuple[Node, Named]]) -> Mapping[int, Named]:
    """What the boxes are, by the index of each element in one: outermost elements that hold none of the ``core`` elements, where a named
    element, a form or a class word in them says it.
    """
    holds_core: set[int] = set()
    for node in core:
        here: Node | None = node
        while here is not None and here.index not in holds_core:
            holds_core.add(here.index)
            here = here.parent
    names: dict[int, Named] = {}
    forms = ((node, (Kind.NEWSLETTER, "a form")) for node in nodes if node.tag == "form")
    for node, name in (*named, *forms):
        here = node
        while here is not None and here.index not in holds_core and here.index not in names:
            names[here.index] = name
            here = here.parent
    outermost: dict[int, int] = {}
    topics: dict[int, Named] = {}
    result: dict[int, Named] = {}
    for node in nodes:
        at = node.index
        if at in holds_core:
            continue
        above = node.parent.index if node.parent is not None else -1
        outermost[at] = outermost.get(above, at)
        topic = next((name for bit, name in _TOPICS if node.own & bit), None) or topics.get(above)
        if topic is not None:
            topics[at] = topic
        found = names.get(outermost[at]) or topic
        if found is not None:
            result[at] = found
    return result
