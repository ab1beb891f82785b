"""What a generated page is made of, and what is true of it: places, widgets and the truth that an article can be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from html.parser import HTMLParser
from types import MappingProxyType

import attrs

from newsparse.model import Block, BoilerplateKind, DatePrecision, Link

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "input",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
        "path",
        "use",
        "circle",
        "source",
    ]
)
_NO_TEXT = frozenset(("script", "style", "template", "noscript", "head"))


class Place(StrEnum):
    """Where on a page a widget can stand, in page order. None of them is within a block of the article."""

    TOP = "top"
    HEADER = "header"
    ABOVE = "above"
    BYLINE = "byline"
    LEAD = "lead"
    BODY = "body"
    TAIL = "tail"
    BELOW = "below"
    AFTER = "after"
    SIDE = "side"
    FOOT = "foot"
    END = "end"


@attrs.frozen
class Widget:
    """A piece of boilerplate.

    Attributes:
        kind: what kind of boilerplate it is.
        shape: the markup it was made after, such as ``"newsletter/form"``; see ``SHAPES``.
        language: of its labels.
        html: its markup, complete elements only.
        places: where sites put such a widget.
        links: the articles that it leads to, where it is a list of them, a teaser or a previous/next navigation.
        authors: the names that it gives as the article's authors.
        published: when it says that the article was published.
        precision: how exactly it says that.
    """

    kind: BoilerplateKind
    shape: str
    language: str
    html: str
    places: tuple[Place, ...]
    links: tuple[Link, ...] = ()
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    precision: DatePrecision | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines of text."""
        return lines_of(self.html)


@attrs.frozen
class Placed:
    """A widget in its place. ``at`` counts, for ``Place.BODY``, the blocks of the article before it."""

    widget: Widget
    place: Place
    at: int = 0


@attrs.frozen
class Truth:
    """What is true of a page, whatever its markup, its metadata and its widgets make of it.

    Attributes:
        title: the headline.
        subtitle: the standfirst, where the page has one.
        blocks: the article's body.
        authors: those that the page names, in a by-line or in its metadata.
        published: when, as the page says.
        published_precision: how exactly it says that.
        previous: the previous article, where a navigation offers it.
        next: the next article.
        related: the articles that lists of related articles and teasers in the body lead to, in page order.
        kinds: what kind of boilerplate a text is, for each line of text that is nothing else on this page.
    """

    title: str
    subtitle: str | None
    blocks: tuple[Block, ...]
    authors: tuple[str, ...]
    published: datetime | None
    published_precision: DatePrecision | None
    previous: Link | None
    next: Link | None
    related: tuple[Link, ...]
    kinds: Mapping[str, BoilerplateKind] = attrs.field(hash=False)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts of the body in order: paragraphs, headings, quotes, lists and tables; no captions."""
        return tuple(text for block in self.blocks if (text := block.text))

    @property
    def text(self) -> str:
        """The body as ``Article.text`` has it where it is exactly right."""
        return "\n\n".join(self.paragraphs)


def kinds_of(widgets: Iterable[Widget], others: Iterable[str]) -> Mapping[str, BoilerplateKind]:
    """What kind each line of the widgets is. A line of two kinds, and one that stands among ``others`` too, is left out."""
    kinds: dict[str, BoilerplateKind | None] = dict.fromkeys(others)
    for widget in widgets:
        for text in widget.texts:
            kinds[text] = widget.kind if kinds.get(text, widget.kind) is widget.kind else None
    return MappingProxyType({text: kind for text, kind in kinds.items() if kind is not None})


def lines_of(html: str) -> tuple[str, ...]:
    """The lines of text in markup as a reader sees them: cut at the ends of block elements and at ``<br>``, white space folded.

    >>> lines_of("<p>One <b>line</b></p><p>and<br>two</p>")
    ('One line', 'and', 'two')
    """
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return reader.lines()


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._texts = [""]
        self._skipped = 0

    def lines(self) -> tuple[str, ...]:
        return tuple(line for text in self._texts if (line := " ".join(text.split())))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's signature
        self._skipped += tag in _NO_TEXT
        if tag not in _INLINE:
            self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _NO_TEXT
        if tag not in _INLINE:
            self._texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._texts[-1] += data
