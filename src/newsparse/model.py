"""The records that newsparse returns: frozen, slotted, hashable attrs classes, compared by value.

Enumerations are ``StrEnum``; their values are what the JSON form carries.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import attrs


class Role(StrEnum):
    """What a segment of the page is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SUMMARY = "summary"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    RELATED = "related"
    BOILERPLATE = "boilerplate"


class BoilerplateKind(StrEnum):
    """What kind of boilerplate a segment is."""

    SUMMARY_PROMPT = "summary_prompt"
    LISTEN = "listen"
    PREVIOUS_NEXT = "previous_next"
    PAGINATION = "pagination"
    RELATED = "related"
    INLINE_TEASER = "inline_teaser"
    MOST_READ = "most_read"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    FOLLOW = "follow"
    COMMENTS = "comments"
    COOKIE = "cookie"
    ADVERTISEMENT = "advertisement"
    PAYWALL = "paywall"
    BYLINE = "byline"
    AUTHOR_BIO = "author_bio"
    BREADCRUMBS = "breadcrumbs"
    TAGS = "tags"
    COPYRIGHT = "copyright"
    APP_PROMO = "app_promo"
    DONATION = "donation"
    NAVIGATION = "navigation"
    SKIP_LINK = "skip_link"
    SIDEBAR = "sidebar"
    FOOTER = "footer"
    FORM = "form"
    MEDIA_CHROME = "media_chrome"
    APPENDED_ARTICLE = "appended_article"
    HIDDEN = "hidden"
    DROPPED = "dropped"
    OTHER = "other"


class PageKind(StrEnum):
    """What kind of page it is. ``wall`` is a consent, login or captcha page; ``empty`` has no text."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    GALLERY = "gallery"
    VIDEO = "video"
    LISTING = "listing"
    WALL = "wall"
    ERROR = "error"
    OTHER = "other"
    EMPTY = "empty"


class Relation(StrEnum):
    """How a link's target relates to the article."""

    PREVIOUS = "previous"
    NEXT = "next"
    NEXT_PAGE = "next_page"
    RELATED = "related"
    INLINE_TEASER = "inline_teaser"
    BODY = "body"
    AUTHOR = "author"
    BREADCRUMB = "breadcrumb"
    TAG = "tag"
    SHARE = "share"
    FOLLOW = "follow"
    MOST_READ = "most_read"
    COMMENTS = "comments"
    NAVIGATION = "navigation"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How exactly the page states a date."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class AuthorType(StrEnum):
    """Whether an author is a person or, where the page names only that, an organization such as an agency."""

    PERSON = "person"
    ORGANIZATION = "organization"


class Note(StrEnum):
    """What an editorial paragraph in the body is."""

    CORRECTION = "correction"
    EDITORS_NOTE = "editors_note"


class Certainty(StrEnum):
    """How sure a value is: stated by the page, inferred from its structure, or guessed from its text."""

    STATED = "stated"
    INFERRED = "inferred"
    GUESSED = "guessed"


class EvidenceSource(StrEnum):
    """Where on the page, or outside it, a value was found."""

    JSON_LD = "json_ld"
    OPEN_GRAPH = "open_graph"
    META = "meta"
    MICRODATA = "microdata"
    LINK = "link"
    MARKUP = "markup"
    TEXT = "text"
    URL = "url"
    BYTES = "bytes"
    ARGUMENT = "argument"
    MODEL = "model"


class NoticeCode(StrEnum):
    """What the caller should know about a result."""

    LOOKS_LIKE_PATH = "looks_like_path"
    BODY_FROM_DATA = "body_from_data"
    NO_BODY = "no_body"
    ENCODING_UNKNOWN = "encoding_unknown"
    ENCODING_ERRORS = "encoding_errors"
    METADATA_UNREADABLE = "metadata_unreadable"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_SUSPICIOUS = "date_suspicious"


@attrs.frozen(weakref_slot=False)
class Link:
    """A link of the page.

    Attributes:
        url: absolute where the base is known; ``None`` in plain text.
        title: the text of the link or of the heading that it stands for.
        relation: how the target relates to the article.
    """

    url: str | None
    title: str
    relation: Relation = Relation.OTHER


@attrs.frozen
class Author:
    """An author, as the page spells the name."""

    name: str
    url: str | None = None
    type: AuthorType = AuthorType.PERSON


@attrs.frozen
class Image:
    """An image. ``width`` and ``height`` are in pixels, as the page states them."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@attrs.frozen(weakref_slot=False)
class Run:
    """A stretch of text in one style. ``href`` is absolute where the base is known."""

    text: str
    href: str | None = None
    strong: bool = False
    emphasis: bool = False
    code: bool = False


def runs_text(runs: tuple[Run, ...]) -> str:
    """The text of ``runs``, joined as they stand."""
    return "".join(run.text for run in runs)


@attrs.frozen
class Paragraph:
    """A paragraph. ``note`` says that it is a correction or an editor's note."""

    runs: tuple[Run, ...]
    note: Note | None = None

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return runs_text(self.runs)


@attrs.frozen
class Heading:
    """A heading in the body; ``level`` is 1 to 6."""

    runs: tuple[Run, ...]
    level: int

    @property
    def text(self) -> str:
        """The heading's text."""
        return runs_text(self.runs)


@attrs.frozen
class ListItem:
    """An item of a list; ``depth`` is 0 for the outermost list."""

    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def text(self) -> str:
        """The item's text, without bullet or number."""
        return runs_text(self.runs)


@attrs.frozen
class ListBlock:
    """A list in the body."""

    items: tuple[ListItem, ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        """The items' texts, one a line."""
        return "\n".join(item.text for item in self.items)


@attrs.frozen
class Quote:
    """A quoted paragraph, set apart from the text; ``attribution`` is who said it, where the markup tells."""

    runs: tuple[Run, ...]
    attribution: str | None = None

    @property
    def text(self) -> str:
        """The quoted text."""
        return runs_text(self.runs)


@attrs.frozen
class TableCell:
    """A cell of a table; ``header`` for ``<th>``."""

    runs: tuple[Run, ...]
    header: bool = False

    @property
    def text(self) -> str:
        """The cell's text."""
        return runs_text(self.runs)


@attrs.frozen
class Table:
    """A table in the body, row by row. Empty cells are left out."""

    rows: tuple[tuple[TableCell, ...], ...]

    @property
    def text(self) -> str:
        """The rows' texts, one a line, cells separated by a tab."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)


@attrs.frozen
class Figure:
    """An image in the body. Its caption is no body text: ``text`` is empty, the caption is in ``image``."""

    image: Image

    @property
    def text(self) -> str:
        """Always empty."""
        return ""


@attrs.frozen
class Embed:
    """Something of another site shown in the body, such as a social-media post, with the text that the page holds of it."""

    url: str | None
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The text that the page holds of it."""
        return runs_text(self.runs)


@attrs.frozen
class Code:
    """Preformatted text, with its line breaks."""

    code: str

    @property
    def text(self) -> str:
        """The preformatted text."""
        return self.code


Block = Paragraph | Heading | ListBlock | Quote | Table | Figure | Embed | Code


@attrs.frozen(weakref_slot=False)
class Segment:
    """A stretch of the page's text between two block boundaries.

    Attributes:
        text: with white space folded.
        role: what it is in the article.
        kind: what kind of boilerplate; ``None`` unless ``role`` is boilerplate.
        reason: the rule that decided, in words.
        path: an XPath in the tree from ``newsparse.parse_tree(source)``; ``line:N`` for plain text.
        links: the links in it.
        block: the index into ``Article.body`` of the block that it is part of.
    """

    text: str
    role: Role
    kind: BoilerplateKind | None
    reason: str
    path: str
    links: tuple[Link, ...] = ()
    block: int | None = None


def draft_of(record: type[Any]) -> Any:
    """A class with the fields of a frozen one that is not frozen, whose objects take less than half the time to make.

    Such an object becomes a record by its ``__class__``, which Python allows as the two have the same slots, and those alone.
    """
    fields = {field.name: attrs.field(default=field.default) for field in attrs.fields(record)}
    return attrs.make_class(record.__name__, fields, eq=False, slots=True, weakref_slot=False)


@attrs.frozen
class Evidence:
    """Why a field has its value.

    Attributes:
        field: the field of ``Article``.
        source: where the value was found.
        rule: which rule took it, such as the JSON-LD key or the meta name.
        raw: the value as the page has it.
        certainty: how sure it is.
        losers: the candidates that were found and not taken, best first.
    """

    field: str
    source: EvidenceSource
    rule: str
    raw: str
    certainty: Certainty
    losers: tuple[Evidence, ...] = ()


@attrs.frozen
class Notice:
    """Something the caller should know about the result."""

    code: NoticeCode
    message: str


@attrs.frozen
class Article:
    """A parsed page.

    Attributes:
        kind: what kind of page it is.
        title: the headline, without the site's name.
        subtitle: the standfirst, apart from the body.
        summary: the page's own summary of the article, as it gives it to those who link to it.
        authors: in page order.
        published: aware exactly when the page states a zone.
        published_precision: how exactly; a day-only date stands at midnight.
        modified: when the article was last changed, where the page says so.
        modified_precision: how exactly.
        language: a BCP 47 tag.
        site_name: the name of the site.
        section: the section that the article is in.
        breadcrumbs: the way to it from the site's front page.
        tags: what the page files it under.
        url: as given.
        canonical_url: as the page states it.
        image: the lead image.
        images: the images that the page shows with the article, the lead image first; the lead image alone where it shows none.
        body: the article's blocks in reading order.
        previous: the adjacent article before it, as the page offers it.
        next: the adjacent article after it.
        related: other articles that the page offers as belonging to this one.
        next_page: the next page of the same article.
        is_free: whether it can be read without payment, where the page states it.
        segments: the whole page in reading order; nothing of its text is missing here.
        evidence: why each field has its value.
        notices: what the caller should know.
    """

    kind: PageKind
    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    authors: tuple[Author, ...] = ()
    published: datetime | None = None
    published_precision: DatePrecision | None = None
    modified: datetime | None = None
    modified_precision: DatePrecision | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    breadcrumbs: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    url: str | None = None
    canonical_url: str | None = None
    image: Image | None = None
    images: tuple[Image, ...] = ()
    body: tuple[Block, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    related: tuple[Link, ...] = ()
    next_page: Link | None = None
    is_free: bool | None = None
    segments: tuple[Segment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def text(self) -> str:
        """The body as plain text, blocks separated by a blank line; without title, subtitle and captions."""
        return "\n\n".join(text for block in self.body if (text := block.text))

    @property
    def boilerplate(self) -> tuple[Segment, ...]:
        """The segments that are no part of the article."""
        return tuple(segment for segment in self.segments if segment.role is Role.BOILERPLATE)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link of the page in reading order, with its relation."""
        return tuple(link for segment in self.segments for link in segment.links)

    def evidence_for(self, field: str) -> Evidence | None:
        """The evidence of one field, or ``None`` where the field has none."""
        return next((item for item in self.evidence if item.field == field), None)

    def to_dict(self) -> dict[str, Any]:
        """The article as JSON-ready dictionaries and lists, with ``"schema": 1``."""
        from newsparse.export.json import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The article as JSON text; see ``newsparse schema`` for its JSON Schema."""
        from newsparse.export.json import to_json

        return to_json(self, indent=indent)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Article:
        """The article that ``to_dict`` wrote. Raises ``InvalidRecordError`` for anything else."""
        from newsparse.export.json import from_dict

        return from_dict(data)

    @classmethod
    def from_json(cls, text: str | bytes) -> Article:
        """The article that ``to_json`` wrote. Raises ``InvalidRecordError`` for anything else."""
        from newsparse.export.json import from_json

        return from_json(text)

    def to_text(self) -> str:
        """Title, by-line and body as plain text to read."""
        from newsparse.export.text import to_text

        return to_text(self)

    def to_markdown(self) -> str:
        """The article as Markdown."""
        from newsparse.export.markdown import to_markdown

        return to_markdown(self)

    def to_html(self) -> str:
        """The article as a small, complete HTML page without scripts or styles."""
        from newsparse.export.html import to_html

        return to_html(self)

    def to_schema_org(self) -> dict[str, Any]:
        """The article as a schema.org ``NewsArticle`` (JSON-LD)."""
        from newsparse.export.schema_org import to_schema_org

        return to_schema_org(self)


@attrs.frozen
class Result:
    """What became of one source of a batch: an article or an error, never both.

    Attributes:
        source: the path, or the position in the batch of a page given as such.
        article: the parsed page.
        error: what went wrong, ready to print.
    """

    source: str
    article: Article | None = None
    error: str | None = None
