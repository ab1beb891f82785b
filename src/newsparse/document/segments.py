"""One walk over the tree gives the page's segments: the text between two block boundaries, in reading order.

The walk is the hot loop of the library. What it does at each element was measured: attributes are asked for only where they
matter, a leaf costs no stack frame, white space is folded once, and XPath steps are counted on the way (``getpath`` is quadratic).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from newsparse.lexicon import tags, token_mask
from newsparse.text import fold

STRONG, EMPHASIS, CODE = 1, 2, 4

# How an element's text flows: below _BLOCK it is within a line and the number is its style; the others are blocks, or no text at all.
_BLOCK, _PRE, _MEDIA, _SVG, _SKIP, _COMMENT = 8, 9, 10, 11, 12, 13
_STYLES = {"inline": 0, "strong": STRONG, "emphasis": EMPHASIS, "code": CODE, "skipped": _SKIP, "media": _MEDIA}
_FLOWS: Mapping[str, int] = {tag: flow for name, flow in _STYLES.items() for tag in tags()[name]} | {"pre": _PRE, "svg": _SVG}
# In a tree that an XML parser made, "p" is called "{http://www.w3.org/1999/xhtml}p".
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LINKS, _IMAGES = ("a", f"{_XHTML}a"), ("img", f"{_XHTML}img")

# Facts about an element that its descendants share, one bit each.
(
    HIDDEN,
    ARTICLE,
    MAIN,
    NAV,
    ASIDE,
    HEADER,
    FOOTER,
    FIGURE,
    CAPTION,
    QUOTE,
    LIST,
    TABLE,
    FORM,
    BUTTON,
    HEADING,
    LINK,
    ARTICLE_BODY,
    PRE,
    DIALOG,
    DRAWING,
) = (1 << n for n in range(20))
FACTS = 20  # how many there are
_TAG_FACTS = {
    "article": ARTICLE,
    "main": MAIN,
    "nav": NAV,
    "menu": NAV,
    "aside": ASIDE,
    "header": HEADER,
    "footer": FOOTER,
    "figure": FIGURE,
    "figcaption": CAPTION,
    "blockquote": QUOTE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
    "form": FORM,
    "select": FORM,
    "textarea": FORM,
    "fieldset": FORM,
    "button": BUTTON,
    "h1": HEADING,
    "h2": HEADING,
    "h3": HEADING,
    "h4": HEADING,
    "h5": HEADING,
    "h6": HEADING,
    "pre": PRE,
    "dialog": DIALOG,
    "svg": DRAWING,
}
_ROLE_FACTS = {
    "navigation": NAV,
    "menu": NAV,
    "menubar": NAV,
    "complementary": ASIDE,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "main": MAIN,
    "article": ARTICLE,
    "dialog": DIALOG,
    "alertdialog": DIALOG,
    "search": FORM,
    "form": FORM,
    "button": BUTTON,
    "figure": FIGURE,
    "heading": HEADING,
}
_HAS_TEXT = etree.XPath("boolean(.//text()[normalize-space()])")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# An XPath is begun anew from the document after this many levels, else the paths of a deep page would grow with the square of its size.
_ANCHOR_LEVELS = 256
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


class RawLink(NamedTuple):
    """A link as the page has it: ``href`` not resolved, ``text`` with white space folded (the image's alt where there is no text)."""

    href: str
    text: str
    rel: str


class Piece(NamedTuple):
    """Text in one style, white space as in the source. ``style`` is a sum of ``STRONG``, ``EMPHASIS`` and ``CODE``."""

    text: str
    href: str | None
    style: int


class Node:
    """The facts of a block element that the walk has passed.

    Attributes:
        index: position among the walk's nodes; a parent comes before its children.
        parent: the block element around it; ``None`` for the root.
        depth: how many blocks are around it.
        facts: bits such as ``NAV`` and ``HIDDEN`` of this element and all around it.
        own: topics of its class and id words (``lexicon.topics`` gives the bits).
        tokens: the same of this element and all around it.
        signature: a number that elements share whose tags and classes, and those of their ancestors, are the same.
    """

    __slots__ = ("depth", "facts", "index", "own", "parent", "signature", "tag", "tokens")

    def __init__(self, index: int, parent: Node | None, depth: int, tag: str, facts: int, own: int, tokens: int, signature: int) -> None:
        self.index = index
        self.parent = parent
        self.depth = depth
        self.tag = tag
        self.facts = facts
        self.own = own
        self.tokens = tokens
        self.signature = signature


class RawSegment:
    """A segment before it has a role.

    Attributes:
        text: with white space folded; empty only for a link without text.
        tag: of the block element that holds it.
        path: XPath of that element, or ``line:N``.
        node: the facts of that element.
        links: the links in it, in order.
        link_chars: how many characters of ``text`` are link text.
        pieces: the text by style, where there is more than one style; else empty.
    """

    __slots__ = ("_folded", "link_chars", "links", "node", "path", "pieces", "tag", "text")

    def __init__(
        self,
        text: str,
        tag: str,
        path: str,
        node: Node,
        links: tuple[RawLink, ...] = (),
        link_chars: int = 0,
        pieces: tuple[Piece, ...] = (),
    ) -> None:
        self.text = text
        self.tag = tag
        self.path = path
        self.node = node
        self.links = links
        self.link_chars = link_chars
        self.pieces = pieces
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """The text for comparison: letter case, punctuation and spacing aside. Several fields ask for it, so it is kept."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded


class RawMedia(NamedTuple):
    """An image, frame or player, and how many segments stand before it."""

    before: int
    tag: str
    attributes: dict[str, str]
    node: Node


class Walked(NamedTuple):
    """What one walk over the tree gives."""

    segments: list[RawSegment]
    nodes: list[Node]
    media: list[RawMedia]


def last_inside(nodes: Sequence[Node]) -> list[int]:
    """For each element, the index of the last element in it, so that an element is in another when its index is within two bounds."""
    last = list(range(len(nodes)))
    for node in reversed(nodes):
        above = node.parent
        if above is not None and above.index >= 0 and last[above.index] < last[node.index]:
            last[above.index] = last[node.index]
    return last


class _OpenLink:
    """A link during the walk, until it is known whether it holds text."""

    __slots__ = ("href", "rel", "used")

    def __init__(self, href: str, rel: str) -> None:
        self.href = href
        self.rel = rel
        self.used = False


_Part = tuple[str, _OpenLink | None, int]
# What to go on with when an element's children are done.
_Frame = tuple[Iterator[Any], Any, str, str, dict[str, int], Node, bool, _OpenLink | None, int]
_NO_PARTS: tuple[Piece, ...] = ()


@lru_cache(maxsize=4096)
def _step(tag: str) -> str:
    """The XPath step for an element name; names that are no plain XPath names are compared as strings."""
    if _PLAIN_NAME.match(tag):
        return tag
    if tag.startswith("{"):
        space, _, name = tag[1:].partition("}")
        return f"*[local-name()={_literal(name)} and namespace-uri()={_literal(space)}]"
    return f"*[name()={_literal(tag)}]"


def _literal(text: str) -> str:
    """An XPath string literal; XPath 1.0 has no escapes in them."""
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return "concat(" + ", '\"', ".join(f'"{part}"' for part in text.split('"')) + ")"


def _flow(tag: object) -> int:
    """How the text of an element flows whose name is not in the table: a comment's or instruction's tag is a function."""
    if not isinstance(tag, str):
        return _COMMENT
    return _FLOWS.get(tag.removeprefix(_XHTML), _BLOCK)


def walk(root: etree._Element) -> Walked:  # noqa: C901, PLR0912, PLR0915 -- the hot loop: calls cost more than lines here
    """The page's segments in reading order, with the block elements around them. ``root`` is not changed."""
    segments: list[RawSegment] = []
    nodes: list[Node] = []
    media: list[RawMedia] = []
    masks: dict[str, int] = {}
    tag_facts = _TAG_FACTS.get
    signatures: dict[tuple[int, str, str | None], int] = {}
    flows: dict[Any, int] = dict(_FLOWS)
    order: dict[etree._Element, int] = {}
    parts: list[_Part] = []
    link: _OpenLink | None = None
    style = 0
    closed = False  # whether an inline element has just ended, with no text since

    def anchor(element: etree._Element) -> str:
        """A short XPath of a deep element: its number among all elements of the document."""
        if not order:
            order.update((found, number) for number, found in enumerate(root.getroottree().iter("*"), 1))
        return f"(//*)[{order[element]}]"

    def enter(element: etree._Element, tag: str, parent: Node) -> Node:
        own = 0
        names = None
        tag = tag.removeprefix(_XHTML)
        facts = parent.facts | tag_facts(tag, 0)
        if present := element.keys():
            get = element.get
            if "class" in present:
                names = get("class", "")
                mask = masks.get(names)
                own = mask if mask is not None else masks.setdefault(names, token_mask(names))
            if "id" in present:
                own |= token_mask(get("id", ""))
            if "style" in present and _HIDING.search(get("style", "")):
                facts |= HIDDEN
            if "role" in present:
                facts |= _ROLE_FACTS.get(get("role", ""), 0)
            if "hidden" in present:
                facts |= HIDDEN
            if "itemprop" in present and get("itemprop") == "articleBody":
                facts |= ARTICLE_BODY
        key = (parent.signature, tag, names)
        signature = signatures.get(key)
        if signature is None:
            signature = signatures[key] = len(signatures) + 1
        node = Node(len(nodes), parent, parent.depth + 1, tag, facts, own, own | parent.tokens, signature)
        nodes.append(node)
        return node

    def flush(node: Node, path: str) -> None:
        if len(parts) == 1:
            raw, opened, look = parts[0]
            text = " ".join(raw.split())
            if text and opened is not None:
                opened.used = True
                links = (RawLink(opened.href, text, opened.rel),)
                segments.append(RawSegment(text, node.tag, path, node, links, len(text), (Piece(raw, opened.href, look),)))
            elif text:
                segments.append(RawSegment(text, node.tag, path, node, (), 0, (Piece(raw, None, look),) if look else _NO_PARTS))
        else:
            text = " ".join("".join([part[0] for part in parts]).split())
            if text:
                segments.append(_styled(text, node, path, parts))
        parts.clear()

    stack: list[_Frame] = []
    path = block_path = root.getroottree().getpath(root)
    node = enter(root, str(root.tag), Node(-1, None, -1, "", 0, 0, 0, 0))
    if root.text and not root.text.isspace():
        parts.append((root.text, None, 0))
    children: Iterator[Any] = iter(root[:])
    counts: dict[str, int] = {}
    current: Any = root
    is_block = True
    while True:
        for element in children:
            tag = element.tag
            flow = flows.get(tag)
            if flow is None:
                flow = flows[tag] = _flow(tag)
            if flow < _BLOCK:
                count = counts[tag] = counts.get(tag, 0) + 1
                opened = link
                hides = False
                if present := element.keys():
                    if tag in _IMAGES:
                        media.append(RawMedia(len(segments) + bool(parts), tag, dict(element.attrib), node))
                    elif "href" in present and tag in _LINKS:
                        opened = _OpenLink(element.get("href", ""), element.get("rel", ""))
                    hides = "hidden" in present or ("style" in present and _HIDING.search(element.get("style", "")) is not None)
                text = element.text
                if len(element) or hides:
                    stack.append((children, current, path, block_path, counts, node, is_block, link, style))
                    path = f"{path}/{_step(tag)}[{count}]" if len(stack) % _ANCHOR_LEVELS else anchor(element)
                    if hides:
                        flush(node, block_path)
                        node = enter(element, tag, node)
                        block_path = path
                    current, is_block, counts, link, style = element, hides, {}, opened, style | flow
                    if text and (parts or not text.isspace()):
                        parts.append((_apart(parts, text, opened) if closed and parts else text, link, style))
                        closed = False
                    children = iter(element[:])
                    break
                if text and not text.isspace():
                    parts.append((_apart(parts, text, opened) if closed and parts else text, opened, style | flow))
                else:
                    if text and parts:
                        parts.append((text, link, style))
                    if opened is not link and opened is not None:
                        segments.append(_textless(opened, element, f"{path}/{_step(tag)}[{count}]", node))
                closed = True
            elif flow < _COMMENT:
                count = counts[tag] = counts.get(tag, 0) + 1
                # A drawing without text does not end the line that it stands in, as icons do.
                if flow != _SKIP and (flow != _SVG or node.facts & DRAWING or _HAS_TEXT(element)):
                    if parts:
                        flush(node, block_path)
                    if flow == _MEDIA:
                        media.append(RawMedia(len(segments), tag, dict(element.attrib), node))
                    text = element.text
                    if len(element) or flow == _PRE:
                        stack.append((children, current, path, block_path, counts, node, is_block, link, style))
                        path = block_path = f"{path}/{_step(tag)}[{count}]" if len(stack) % _ANCHOR_LEVELS else anchor(element)
                        node = enter(element, tag, node)
                        current, is_block, counts = element, True, {}
                        if flow == _PRE:
                            style |= CODE
                        if text and not text.isspace():
                            parts.append((text, link, style))
                        children = iter(element[:])
                        break
                    if text and not text.isspace():
                        parts.append((text, link, style))
                        flush(enter(element, tag, node), f"{path}/{_step(tag)}[{count}]")
            tail = element.tail
            if tail and (parts or not tail.isspace()):
                parts.append((tail, link, style))
                closed = False
        else:
            if is_block and parts:
                flush(node, block_path)
            if not stack:
                while order:  # the innermost first: lxml searches all elements around one that is freed, up to the next that is held
                    order.popitem()
                return Walked(segments, nodes, media)
            ended, closing, opened, closed = path, current, link, not is_block
            children, current, path, block_path, counts, node, is_block, link, style = stack.pop()
            if opened is not link and opened is not None and not opened.used and not _holds(parts, opened):
                segments.append(_textless(opened, closing, ended, node))
            tail = closing.tail
            if tail and (parts or not tail.isspace()):
                parts.append((tail, link, style))
                closed = False


def _apart(parts: list[_Part], text: str, link: _OpenLink | None) -> str:
    """``text`` of an inline element that begins right where another ended, with a space before it where a style sheet sets them apart.

    Two links side by side, or "label" and "Title" in two spans, are not one word; the letters of a name in two spans are.
    """
    before, opened, style = parts[-1]
    last, first = before[-1], text[0]
    apart = last.isalnum() and first.isalnum() and not style & CODE and (opened is not link or (last.islower() and first.isupper()))
    return f" {text}" if apart else text


def _holds(parts: list[_Part], link: _OpenLink) -> bool:
    """Whether the open line holds text of a link that has just ended: its parts are the last ones."""
    for text, opened, _ in reversed(parts):
        if opened is not link:
            return False
        if not text.isspace():
            return True
    return False


def _styled(text: str, node: Node, path: str, parts: list[_Part]) -> RawSegment:
    """A segment of several parts: which of its text is linked, and how it is styled."""
    links = []
    link_chars = 0
    pieces = []
    linked: _OpenLink | None = None
    words: list[str] = []
    for raw, opened, look in parts:
        if opened is not linked:
            if linked is not None:
                links.append(RawLink(linked.href, " ".join("".join(words).split()), linked.rel))
            linked, words = opened, []
        if opened is not None:
            opened.used = opened.used or not raw.isspace()
            words.append(raw)
        pieces.append(Piece(raw, opened.href if opened is not None else None, look))
    if linked is not None:
        links.append(RawLink(linked.href, " ".join("".join(words).split()), linked.rel))
    links = [found for found in links if found.text]
    for found in links:
        link_chars += len(found.text)
    plain = not links and not any(piece.style for piece in pieces)
    return RawSegment(text, node.tag, path, node, tuple(links), min(link_chars, len(text)), _NO_PARTS if plain else tuple(pieces))


def _textless(opened: _OpenLink, element: etree._Element, path: str, node: Node) -> RawSegment:
    """A link without text, such as an image's or an icon's: its title is what a reader would hear."""
    image = next(element.iter("img"), None)
    title = (image.get("alt") if image is not None else None) or element.get("aria-label") or element.get("title") or ""
    return RawSegment("", "a", path, node, (RawLink(opened.href, " ".join(title.split()), opened.rel),))
