"""Boxes: elements of their own beside the article's text, and what their headings, forms and class words say of all that is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newsparse.document.segments import Node, RawSegment, last_inside
from newsparse.lexicon import topic_bit
from newsparse.model import BoilerplateKind as Kind

# A kind of boilerplate, and the reason in words.
Named = tuple[Kind, str]

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

    A heading's box is the element around the element that holds the heading; it ends at the next heading.
    """
    last = last_inside(nodes)
    found = []
    heading, first, end = -1, 0, -1
    for index, segment in enumerate(segments):
        if not first <= segment.node.index <= end:
            heading, end = -1, -1
        found.append(heading)
        if is_heading[index]:
            around = segment.node.parent
            first = around.index if around is not None and around.index >= 0 else segment.node.index
            heading, end = index, last[first]
    return found


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
