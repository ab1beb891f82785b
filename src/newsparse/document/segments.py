"""One walk over the tree gives the page's segments: the text between two block boundaries, in reading order.

The walk is the hot loop of the library. What it does at each element was measured: attributes are asked for only where they
matter, a leaf costs no stack frame, white space is folded once, and XPath steps are counted on the way (``getpath`` is quadratic).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import attrs
from lxml import etree

from newsparse.lexicon import tags, token_mask
from newsparse.text import fold, unescape

STRONG, EMPHASIS, CODE = 1, 2, 4

# How an element's text flows: below _BLOCK it is within a line, and a number above 0 is its style; the others are blocks, or no text
# at all. A custom element is what stands around it.
_FRACTION, _LETTERS, _LINK, _IMAGE = -4, -3, -2, -1
_BLOCK, _CUSTOM, _PRE, _MEDIA, _SVG, _SKIP, _COMMENT = 8, 9, 10, 11, 12, 13, 14
_STYLES = {"inline": 0, "strong": STRONG, "emphasis": EMPHASIS, "code": CODE, "skipped": _SKIP, "media": _MEDIA}
_FLOWS: Mapping[str, int] = {
    **{tag: flow for name, flow in _STYLES.items() for tag in tags()[name]},
    **{"a": _LINK, "img": _IMAGE, "pre": _PRE, "svg": _SVG, "mfrac": _FRACTION, "tspan": _LETTERS},
}
# In a tree that an XML parser made, "p" is called "{http://www.w3.org/1999/xhtml}p".
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SPACES = (_XHTML, "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}")

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
FACT_NAMES = (
    *("hidden", "article", "main", "nav", "aside", "header", "footer", "figure", "caption", "quote", "list", "table"),
    *("form", "button", "heading", "link", "articleBody", "pre", "dialog", "drawing"),
)
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
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
    **dict.fromkeys(HEADING_TAGS, HEADING),
    "pre": PRE,
    "dialog": DIALOG,
    "svg": DRAWING,
    "datalist": HIDDEN,
    "annotation": HIDDEN,
    "annotation-xml": HIDDEN,
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
# What a style attribute says: nothing is shown; nothing but what is made visible again; it is; as lines of their own; within a line.
_GONE, _UNSEEN, _SEEN, _AS_BLOCK, _AS_INLINE, _SHOWN = 1, 2, 4, 8, 16, 32
_HIDES = _GONE | _UNSEEN
_APART = _HIDES | _AS_BLOCK
_LOOKS = {
    **{("display", value): _AS_BLOCK | _SHOWN for value in ("block", "flex", "grid", "flow-root", "list-item", "table")},
    **{("display", value): _SHOWN for value in ("inline-block", "inline-flex", "inline-grid", "inline-table", "contents", "-webkit-box")},
    **{("display", f"table-{part}"): _SHOWN for part in ("cell", "row", "row-group", "header-group", "footer-group", "caption")},
    **{("display", "none"): _GONE, ("display", "inline"): _AS_INLINE | _SHOWN},
    **{("visibility", "hidden"): _UNSEEN, ("visibility", "collapse"): _UNSEEN, ("visibility", "visible"): _SEEN},
    **{("content-visibility", "hidden"): _GONE, ("content-visibility", "visible"): 0, ("content-visibility", "auto"): 0},
}
_DECLARATION = re.compile(r"(?<![\w-])(display|(?:content-)?visibility)\s*:\s*([a-z-]+)(\s*!\s*important)?", re.IGNORECASE)
# How far up it is looked for what hides an element that is visible itself; each of many deep elements would ask.
_HIDING_LEVELS = 40
# Between two of these letters a line feed is no space: kana, Chinese characters and their punctuation. The line feed is sought first,
# which most texts do not have.
_WIDE = "[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]"
_WIDE_BREAK = re.compile(rf"\n(?<={_WIDE}\n)\s*(?={_WIDE})")
# The attributes that say something about an element. Most elements have none but "class".
_TELLING = frozenset(("id", "role", "itemprop"))

# An XPath is begun anew from the document after this many levels, else the paths of a deep page would grow with the square of its size.
_ANCHOR_LEVELS = 64
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


@attrs.define(weakref_slot=False)
class RawLink:
    """A link as the page has it: ``href`` not resolved, ``text`` with white space folded (the image's alt where there is no text).

    A link around several segments is an object of its own in each of them, with the text that it has there.
    """

    href: str
    text: str
    rel: str


# Text in one style, white space as in the source: the text, the link that it stands in, and a sum of STRONG, EMPHASIS and CODE.
Piece = tuple[str, RawLink | None, int]


@attrs.define(eq=False, weakref_slot=False)
class Node:
    """The facts of a block element that the walk has passed.

    Attributes:
        index: position among the walk's nodes; a parent comes before its children.
        parent: the block element around it; ``None`` for the root.
        depth: how many blocks are around it.
        tag: its name.
        path: XPath of the element, or ``line:N``.
        facts: bits such as ``NAV`` and ``HIDDEN`` of this element and all around it.
        own: topics of its class and id words (``lexicon.topics`` gives the bits).
        tokens: the same of this element and all around it.
        signature: a number that elements share whose tags and classes, and those of their ancestors, are the same.
        chosen: bits of those of the caller's selections that hold this element or one around it.
        first, end: the segments in it are those from ``first`` up to, but not including, ``end``.
    """

    index: int
    parent: Node | None
    depth: int
    tag: str
    path: str
    facts: int
    own: int
    tokens: int
    signature: int
    chosen: int = 0
    first: int = 0
    end: int = 0


@attrs.define(eq=False, weakref_slot=False)
class RawSegment:
    """A segment before it has a role.

    Attributes:
        text: with white space folded; empty only for a link without text.
        tag: of the block element that holds it; ``a`` for a link without text.
        path: XPath of that element, or ``line:N``.
        node: the facts of that element.
        links: the links in it, in order.
        link_chars: how many characters of ``text`` are link text.
        pieces: the text by style, where there is a style or link; else empty.
    """

    text: str
    tag: str
    path: str
    node: Node
    links: Sequence[RawLink] = ()
    link_chars: int = 0
    pieces: Sequence[Piece] = ()
    _folded: str | None = attrs.field(default=None, init=False)

    @property
    def folded(self) -> str:
        """The text for comparison: letter case, punctuation and spacing aside. Several fields ask for it, so it is kept."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded


class RawMedia(NamedTuple):
    """An image, frame or player, and how many segments stand before it.

    The ``tag`` of an image for readers without scripts is ``noscript``.
    """

    before: int
    tag: str
    element: etree._Element
    node: Node


class Walked(NamedTuple):
    """What one walk over the tree gives."""

    segments: list[RawSegment]
    nodes: list[Node]
    media: list[RawMedia]


# What to go on with when an element's children are done.
_Frame = tuple[Iterator[Any], Any, str, dict[str, int], Node, bool, RawLink | None, int]
# What an element's name says: how its text flows, its name without a namespace, its XPath step up to the number, its facts.
_Kind = tuple[int, str, str, int]


def _kind(tag: Any) -> _Kind:
    if not isinstance(tag, str):  # a comment's or instruction's tag is a function
        return _COMMENT, "", "", 0
    name = next((tag.removeprefix(space) for space in _SPACES if tag.startswith(space)), tag)
    return _FLOWS.get(name, _CUSTOM if "-" in name else _BLOCK), name, f"/{_step(tag)}[", _TAG_FACTS.get(name, 0)


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


_KINDS: Mapping[Any, _Kind] = {tag: _kind(tag) for tag in (*_FLOWS, *_TAG_FACTS, "p", "div", "li", "section")}


def walk(root: etree._Element, selected: dict[etree._Element, int] | None = None) -> Walked:  # noqa: C901, PLR0912, PLR0915 -- the hot loop: calls cost more than lines here
    """The page's segments in reading order, with the block elements around them. ``root`` is not changed.

    ``selected`` are elements with bits for ``Node.chosen``; it is emptied.
    """
    segments: list[RawSegment] = []
    nodes: list[Node] = []
    media: list[RawMedia] = []
    kinds: dict[Any, _Kind] = dict(_KINDS)
    looks: dict[str, int] = {}
    hiding: dict[int, int] = {}  # what the elements that hide text look like, by Node.index
    styled: dict[tuple[int, str, str | None], tuple[int, int]] = {}  # signature and topics, by the parent's signature, name and classes
    order: dict[etree._Element, int] = {}
    parts: list[Piece] = []
    link: RawLink | None = None
    style = 0
    closed = False  # whether an inline element has just ended, with no text since
    add, piece = segments.append, parts.append

    def anchor(element: etree._Element) -> str:
        """A short XPath of a deep element: its number among all elements of the document."""
        if not order:
            order.update((found, number) for number, found in enumerate(root.getroottree().iter("*"), 1))
        return f"(//*)[{order[element]}]"

    def look_of(element: etree._Element, present: Sequence[str]) -> int:
        """What the attributes "style" and "hidden" say."""
        look = 0
        if "style" in present:
            declared = element.get("style", "")
            known = looks.get(declared)
            look = known if known is not None else looks.setdefault(declared, _look(declared))
        return look | _GONE if "hidden" in present and not look & _SHOWN else look

    def enter(element: etree._Element, tag: str, path: str, facts: int, parent: Node, present: Sequence[str], look: int) -> Node:
        own = 0
        names = None
        around = parent.facts
        if present:
            if "class" in present:
                names = element.get("class")
            if (names is None or len(present) > 1) and not _TELLING.isdisjoint(present):
                told, own = _told(element, present)
                facts |= told
            if look:
                if look & _HIDES:
                    facts |= HIDDEN
                    hiding[len(nodes)] = look
                elif look & _SEEN and around & HIDDEN and _is_undone(parent, hiding):
                    around &= ~HIDDEN
        key = (parent.signature, tag, names)
        known = styled.get(key)
        if known is None:
            known = styled[key] = (len(styled) + 1, token_mask(names) if names else 0)
        signature, mask = known
        own |= mask
        at = len(segments)
        chosen = parent.chosen | selected.get(element, 0) if selected else 0
        tokens = own | parent.tokens if own else parent.tokens
        around = facts | around if facts else around
        node = Node(len(nodes), parent, parent.depth + 1, tag, path, around, own, tokens, signature, chosen, at, at)
        nodes.append(node)
        return node

    def flush(node: Node) -> None:
        while len(parts) > 1 and not parts[-1][2] and parts[-1][0].isspace():  # what stands before the next block
            parts.pop()
        if len(parts) == 1:
            raw, opened, look = parts[0]
            if text := " ".join(raw.split()):
                if "\n" in raw and not text.isascii() and _WIDE_BREAK.search(raw):
                    parts[:] = _without_wide_breaks(parts)
                    text = " ".join(parts[0][0].split())
                if opened is None:
                    add(RawSegment(text, node.tag, node.path, node, (), 0, tuple(parts) if look else ()))
                else:
                    if opened.text:  # the link stands around this segment and the one before
                        opened = RawLink(opened.href, text, opened.rel)
                    else:
                        opened.text = text
                    add(RawSegment(text, node.tag, node.path, node, (opened,), len(text), tuple(parts)))
        elif text := " ".join((raw := "".join([part[0] for part in parts])).split()):
            if "\n" in raw and not text.isascii() and _WIDE_BREAK.search(raw):
                parts[:] = _without_wide_breaks(parts)
                text = " ".join("".join([part[0] for part in parts]).split())
            add(_styled(text, node, tuple(parts)))
        parts.clear()

    def add_textless(opened: RawLink, element: etree._Element, path: str, node: Node) -> None:
        if selected and element in selected:
            node = enter(element, "a", path, 0, node, (), 0)
            node.end += 1
        add(_textless(opened, element, path, node))

    def unscripted(element: etree._Element, node: Node) -> None:
        before = len(segments) + bool(parts)
        media.extend([RawMedia(before, "noscript", image, node) for image in element.iter("img")])

    stack: list[_Frame] = []
    path = root.getroottree().getpath(root)
    _, name, _, fact = kinds.get(root.tag) or _kind(root.tag)
    node = enter(root, name, path, fact, Node(-1, None, -1, "", "", 0, 0, 0, 0), root.keys(), look_of(root, root.keys()))
    node.parent = None
    if root.text and not root.text.isspace():
        piece((root.text, None, 0))
    children: Iterator[Any] = iter(root[:])
    counts: dict[str, int] = {}
    current: Any = root
    is_block = True
    while True:
        for element in children:
            tag = element.tag
            flow, name, step, fact = kinds[tag] if tag in kinds else kinds.setdefault(tag, _kind(tag))
            count = counts[step] = counts[step] + 1 if step in counts else 1
            if flow < _SKIP:
                present = element.keys()
                shown = look_of(element, present) if "style" in present or "hidden" in present else 0
                if flow >= _BLOCK:
                    if flow == _CUSTOM:
                        flow = 0 if _is_within_line(element, parts) else _BLOCK
                    elif shown & _AS_INLINE and flow == _BLOCK:
                        flow = 0
            if flow < _BLOCK:
                opened = link
                shown &= _APART
                look = style | flow if flow > 0 else style
                if flow == _LINK:
                    if "href" in present:
                        opened = RawLink(element.get("href", ""), "", element.get("rel", "") if "rel" in present else "")
                elif flow == _IMAGE and present:
                    media.append(RawMedia(len(segments) + bool(parts), name, element, node))
                    if parts and parts[-1][0][-1].isalnum() and (element.tail or " ")[0].isalnum():
                        piece((" ", link, style))
                text = element.text
                if flow < _LINK:
                    if flow == _LETTERS and parts and ("x" in present or "y" in present):
                        flush(node)
                    elif flow == _FRACTION:
                        text = _fraction(element)
                if (len(element) and flow != _FRACTION) or (
                    shown and (not shown & _HIDES or opened is not link or (text and not text.isspace()))
                ):
                    stack.append((children, current, path, counts, node, is_block, link, style))
                    path = f"{path}{step}{count}]" if len(stack) % _ANCHOR_LEVELS else anchor(element)
                    if shown:
                        flush(node)
                        node = enter(element, name, path, fact, node, present, shown)
                    current, is_block, counts, link, style = element, shown > 0, {}, opened, look
                    if text and (parts or not text.isspace()):
                        piece((_apart(parts, text, opened, element) if closed and parts else text, link, style))
                        closed = False
                    children = iter(element[:])
                    break
                if text and not text.isspace():
                    piece((_apart(parts, text, opened, element) if closed and parts else text, opened, look))
                else:
                    if text and parts:
                        piece((text, link, style))
                    if opened is not link and opened is not None:
                        add_textless(opened, element, f"{path}{step}{count}]", node)
                closed = True
            elif flow < _SKIP:
                # A drawing without text does not end the line that it stands in, as icons do.
                if flow != _SVG or node.facts & DRAWING or _has_text(element):
                    text = element.text
                    within = element[:]
                    if parts and not (shown & _HIDES and not text and not within):
                        flush(node)
                    if flow == _MEDIA:
                        media.append(RawMedia(len(segments), name, element, node))
                    if within or flow == _PRE:
                        stack.append((children, current, path, counts, node, is_block, link, style))
                        path = f"{path}{step}{count}]" if len(stack) % _ANCHOR_LEVELS else anchor(element)
                        node = enter(element, name, path, fact, node, present, shown)
                        current, is_block, counts = element, True, {}
                        if flow == _PRE:
                            style |= CODE
                        if text and (flow == _PRE or not text.isspace()):
                            piece((text, link, style))
                        children = iter(within)
                        break
                    if text and not text.isspace():
                        leaf = enter(element, name, f"{path}{step}{count}]", fact, node, present, shown)
                        leaf.end += 1
                        if link is None and not style and ("\n" not in text or text.isascii()):
                            add(RawSegment(" ".join(text.split()), name, leaf.path, leaf))
                        else:
                            piece((text, link, style))
                            flush(leaf)
            elif name == "noscript":
                unscripted(element, node)
            elif tag is etree.Entity:
                piece((unescape(element.text), link, style))
            tail = element.tail
            if tail and (parts or not tail.isspace()):
                piece((tail, link, style))
                closed = False
        else:
            if is_block:
                if parts:
                    flush(node)
                node.end = len(segments)
            if not stack:
                for held in (order, selected or {}):
                    while held:  # the innermost first: lxml searches all elements around one that is freed, up to the next that is held
                        held.popitem()
                return Walked(segments, nodes, media)
            ended, closing, opened, within, closed = path, current, link, node, not is_block
            children, current, path, counts, node, is_block, link, style = stack.pop()
            if opened is not link and opened is not None and not opened.text and not _holds(parts, opened):
                add_textless(opened, closing, ended, within)
                within.end = len(segments)
            tail = closing.tail
            if tail and (parts or not tail.isspace()):
                piece((tail, link, style))
                closed = False


def _told(element: etree._Element, present: Sequence[str]) -> tuple[int, int]:
    """What the less common attributes say of an element: its facts, and the topics of its id."""
    facts = mask = 0
    if "id" in present:
        mask = token_mask(element.get("id", ""))
    if "role" in present:
        facts |= _ROLE_FACTS.get(element.get("role", ""), 0)
    if "itemprop" in present and element.get("itemprop") == "articleBody":
        facts |= ARTICLE_BODY
    return facts, mask


def _look(declared: str) -> int:
    """What a style attribute says about how an element is shown. The last declaration counts, an important one before the others."""
    declared = declared.lower()
    if "display" not in declared and "visibility" not in declared:
        return 0
    looks: dict[str, int] = {}
    important: dict[str, int] = {}
    for name, value, sign in _DECLARATION.findall(declared):
        look = _LOOKS.get((name, value))
        if look is not None:
            (important if sign else looks)[name] = look
    return sum((looks | important).values()) if looks or important else 0


def _is_undone(node: Node, hiding: Mapping[int, int]) -> bool:
    """Whether ``node`` is hidden in the one way that an element in it can undo."""
    here: Node | None = node
    for _ in range(_HIDING_LEVELS):
        if here is None or not here.facts & HIDDEN:
            return False
        look = hiding.get(here.index, 0)
        if look:
            return not look & _GONE and (here.parent is None or not here.parent.facts & HIDDEN or _is_undone(here.parent, hiding))
        here = here.parent
    return False


def _has_text(element: etree._Element) -> bool:
    """Whether there is text in an element; so asked, since other ways to ask take several times as long."""
    return bool(etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip())


def _is_within_line(element: etree._Element, parts: Sequence[Piece]) -> bool:
    """Whether a custom element stands in a line of text; others are boxes on most pages, whatever browsers take them for."""
    tail = element.tail
    return not len(element) and (len(parts) > 0 or (tail is not None and not tail.isspace()))


def _fraction(element: etree._Element) -> str:
    """Numerator and denominator, which are two numbers."""
    return " ".join("".join(part.itertext()) for part in element.iterchildren("*"))


def _without_wide_breaks(parts: Sequence[Piece]) -> list[Piece]:
    """The parts without the line feeds that only break the source's lines, as East Asian pages have them between two characters."""
    return [(text if look & CODE else _WIDE_BREAK.sub("", text), link, look) for text, link, look in parts]


def _apart(parts: Sequence[Piece], text: str, link: RawLink | None, element: etree._Element) -> str:
    """``text`` of an inline element that begins right where another ended, with a space before it where a style sheet sets them apart.

    Two links side by side, or "label" and "Title" in two spans, are not one word; the letters of a name in two spans are, and so are
    those in two elements that only style them.
    """
    before, opened, style = parts[-1]
    last, first = before[-1], text[0]
    if not (last.isalnum() and first.isalnum()) or style & CODE:
        return text
    apart = opened is not link or (
        last.islower() and first.isupper() and not (_only_styles(element) and _only_styles(element.getprevious()))
    )
    return f" {text}" if apart else text


def _only_styles(element: etree._Element | None) -> bool:
    return element is not None and 0 < _kind(element.tag)[0] < _BLOCK


def _holds(parts: Sequence[Piece], link: RawLink) -> bool:
    """Whether the open line holds text of a link that has just ended: its parts are the last ones."""
    for text, opened, _ in reversed(parts):
        if opened is not link:
            return False
        if not text.isspace():
            return True
    return False


def _styled(text: str, node: Node, parts: tuple[Piece, ...]) -> RawSegment:
    """A segment of several parts: which of its text is linked, and how it is styled."""
    links = []
    link_chars = styles = 0
    linked: RawLink | None = None
    words: list[str] = []
    for raw, opened, look in (*parts, _NO_PIECE):
        styles |= look
        if opened is not linked:
            if linked is not None and (label := " ".join("".join(words).split())):
                link_chars += len(label)
                if linked.text:
                    linked = RawLink(linked.href, label, linked.rel)
                else:
                    linked.text = label
                links.append(linked)
            linked, words = opened, []
        if opened is not None:
            words.append(raw)
    if not links:
        return RawSegment(text, node.tag, node.path, node, (), 0, parts if styles else ())
    return RawSegment(text, node.tag, node.path, node, tuple(links), min(link_chars, len(text)), parts)


_NO_PIECE: Piece = ("", None, 0)


def _textless(opened: RawLink, element: etree._Element, path: str, node: Node) -> RawSegment:
    """A link without text, such as an image's or an icon's: its title is what a reader would hear."""
    image = next(element.iter("img", f"{_XHTML}img"), None)
    title = (image.get("alt") if image is not None else None) or element.get("aria-label") or element.get("title") or ""
    opened.text = " ".join(title.split())
    return RawSegment("", "a", path, node, (opened,))
