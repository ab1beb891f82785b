"""One walk over the tree gives the page's segments: the text between two block boundaries, in reading order."""

from __future__ import annotations

from typing import NamedTuple


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
    """The facts of a block element that the walk has passed."""

    __slots__ = ("depth", "index", "own", "parent", "signature", "tag", "tokens")


class RawSegment:
    """A segment before it has a role.

    Attributes:
        text: with white space folded; empty only for a link without text.
        tag: of the block element that holds it.
        path: XPath of that element, or ``line:N``.
        links: the links in it, in order.
        link_chars: how many characters of ``text`` are link text.
    """

    __slots__ = ("hidden", "link_chars", "links", "node", "path", "pieces", "tag", "text")

    text: str
    tag: str
    path: str
    links: tuple[RawLink, ...]
    link_chars: int
