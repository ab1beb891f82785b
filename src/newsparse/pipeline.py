"""The whole data flow: a source in, an ``Article`` out.

source -> document -> metadata, segments -> fields -> labels -> blocks, links -> records
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import attrs
from lxml import etree

from newsparse import plaintext
from newsparse.body.appended import mark_appended
from newsparse.body.blocks import Around, Body, build_blocks
from newsparse.body.explain import Explanation, explain_candidates
from newsparse.body.features import Candidates, word_units, words_in
from newsparse.body.kind import NO_BODY, TELLING_FIELDS, Facts, Kind, for_kind, page_kind, paywall, text_kind
from newsparse.body.label import Known, Label, clues_of, label, phrase_masks
from newsparse.body.line_model import LineModel
from newsparse.body.lists import find_boxes, relate
from newsparse.body.model import Model, load_model
from newsparse.body.rules import apply_rules, rules_for, select
from newsparse.document.decode import Decoded, decode
from newsparse.document.metadata import Metadata, read_metadata
from newsparse.document.segments import RawSegment, Walked, walk
from newsparse.document.state import stated_markup, unscripted_markup
from newsparse.document.tree import Document, as_markup, check_size, check_text, has_markup, read_decoded, read_document
from newsparse.document.urls import Base, resolve
from newsparse.fields import about, byline, dates, media, title
from newsparse.fields.evidence import Found, Page, read_page, texts
from newsparse.fields.links import Adjacent, find_adjacent, related_links
from newsparse.fields.moments import Stamp
from newsparse.lexicon.phrases import Match, match_phrase
from newsparse.model import (
    Article,
    Author,
    Block,
    BoilerplateKind,
    Certainty,
    Evidence,
    EvidenceSource,
    Figure,
    Image,
    Link,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Relation,
    Role,
    Run,
    Segment,
    draft_of,
)
from newsparse.options import Limits, Options
from newsparse.text import fold, unescape

_PATH_OR_URL = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://\S+|(?=[^\s<>]*[/\\])[^\s<>]++|[^\s<>]+\.(?:x?html?|txt|mht|mhtml|gz))\Z")
_LONGEST_PATH = 1024
# The body is taken from the page's data where the page shows less than this share of it.
_SHOWN_SHARE = 0.25
_LEAST_DATA_WORDS = 60
_MAY_BE_DRAWN = frozenset((PageKind.ARTICLE, PageKind.OTHER, PageKind.EMPTY))
# Scripts are looked through where the page shows fewer words than this; what they hold is taken from so many on.
_SHOWN_WORDS, _LEAST_STATE_WORDS = 60, 60

# An attribution is said of the quotation, as a caption of its picture: neither is the body's text.
_SPEAKER = Label(Role.CAPTION, None, "names who is quoted")
_SHOWN = Label(Role.CAPTION, None, "the only text in the box of a picture")

_RELATION_OF_KIND = {
    BoilerplateKind.SHARE: Relation.SHARE,
    BoilerplateKind.FOLLOW: Relation.FOLLOW,
    BoilerplateKind.MOST_READ: Relation.MOST_READ,
    BoilerplateKind.COMMENTS: Relation.COMMENTS,
    BoilerplateKind.TAGS: Relation.TAG,
    BoilerplateKind.BREADCRUMBS: Relation.BREADCRUMB,
    BoilerplateKind.INLINE_TEASER: Relation.INLINE_TEASER,
    BoilerplateKind.NAVIGATION: Relation.NAVIGATION,
    BoilerplateKind.FOOTER: Relation.NAVIGATION,
    BoilerplateKind.AUTHOR_BIO: Relation.AUTHOR,
    BoilerplateKind.APPENDED_ARTICLE: Relation.RELATED,
}
# Python 3.11 looks up a member of an enumeration so slowly that what all segments are asked for is looked up once.
_BODY, _CAPTION, _RELATED, _TEASER = Role.BODY, Role.CAPTION, Role.RELATED, BoilerplateKind.INLINE_TEASER
_HEAD, _CHROME, _OTHER = frozenset((Role.TITLE, Role.SUBTITLE)), BoilerplateKind.MEDIA_CHROME, Relation.OTHER
_RELATION_OF_ROLE = {Role.BODY: Relation.BODY, Role.RELATED: Relation.RELATED, Role.BYLINE: Relation.AUTHOR}


logging.getLogger("newsparse").addHandler(logging.NullHandler())

T = TypeVar("T")


@attrs.frozen
class Fields:
    """The fields that are found without knowing the body, each with its evidence."""

    title: Found[str] | None = None
    subtitle: Found[str] | None = None
    summary: Found[str] | None = None
    authors: Found[tuple[Author, ...]] | None = None
    published: Found[Stamp] | None = None
    modified: Found[Stamp] | None = None
    language: Found[str] | None = None
    site_name: Found[str] | None = None
    section: Found[str] | None = None
    breadcrumbs: Found[tuple[Link, ...]] | None = None
    tags: Found[tuple[str, ...]] | None = None
    canonical_url: Found[str] | None = None
    image: Found[Image] | None = None
    next_page: Found[Link] | None = None
    is_free: Found[bool] | None = None

    def evidence(self) -> list[Evidence]:
        """The evidence of the fields that were found."""
        found = (getattr(self, field.name) for field in attrs.fields(Fields))
        return [item.evidence for item in found if item is not None]


@attrs.frozen
class Prepared:
    """A page before it is decided which of its segments are the body; ``root`` is its tree, where it has one."""

    walked: Walked
    matches: Sequence[Match | None]
    page: Page
    fields: Fields
    adjacent: Adjacent
    known: Known
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()
    root: etree._Element | None = None


def parse(source: object, *, url: str | None = None, encoding: str | None = None, options: Options = Options()) -> Article:
    """Parse a page: HTML, or the text of a page as a scraper left it.

    Args:
        source: ``str``, ``bytes``, an lxml element or tree (read as it is, never changed), or a BeautifulSoup object. A ``str`` or
            ``bytes`` without markup is read as by ``parse_text``.
        url: of the page; links are resolved against it.
        encoding: of ``bytes``, as an HTTP header states it; it goes before what the page declares.
        options: limits, own rules, site templates, time of retrieval.

    Raises:
        UnsupportedInputError: ``source`` is of another type.
        LimitExceededError: the page is larger than ``options.limits``.
        InvalidRuleError: a CSS selector of ``options.rules`` cannot be understood.
    """
    source = as_markup(source)
    if not isinstance(source, (str, bytes)):
        return parse_prepared(prepare(read_document(source, limits=options.limits), url, options))
    check_size(source, options.limits)
    decoded = decode(source, encoding)
    if not has_markup(decoded.data):
        return _parse_plain(decoded, url, options)
    return parse_prepared(prepare(read_decoded(decoded, options.limits), url, options))


def parse_text(text: str, *, url: str | None = None, options: Options = Options()) -> Article:
    """Parse the saved text of a page: title, paragraphs, prompts and previous/next titles as a scraper left them, line by line.

    Raises:
        LimitExceededError: the text is longer than ``options.limits.bytes``.
    """
    check_size(text, options.limits)
    return _parse_plain(decode(text), url, options)


def parse_tree(source: object, *, encoding: str | None = None, options: Options = Options()) -> etree._Element:
    """The tree in which the segments' paths are XPaths. An lxml element is returned as it is. Raises as ``parse`` does."""
    return read_document(source, encoding, options.limits).root


def prepare(document: Document, url: str | None = None, options: Options = Options()) -> Prepared:
    """All that is known of an HTML page before its body is looked for."""
    metadata = read_metadata(document.root)
    rules = rules_for(options, url)
    walked = walk(document.root, select(rules, document.root))
    matches = [match_phrase(segment.text) if segment.text else None for segment in walked.segments]
    page = read_page(metadata, walked.segments, url, options.retrieved)
    fields = _find_fields(page)
    adjacent = find_adjacent(walked.segments, matches, page.base, url)
    ruled = apply_rules(rules, walked.segments)
    doubts = dates.date_notices(fields.published, fields.modified, options.retrieved)
    notices = (*document.notices, *metadata.notices, *doubts)
    authors = _value(fields.authors) or ()
    known = Known(
        title=_value(fields.title),
        subtitle=_value(fields.subtitle),
        summary=_value(fields.summary),
        authors=tuple(author.name for author in authors),
        data=_stated_body(page, options.limits),
        adjacent=adjacent.used,
        kept=ruled.kept,
        dropped=ruled.dropped,
    )
    return Prepared(walked, matches, page, fields, adjacent, known, document.evidence, notices, document.root)


def parse_prepared(prepared: Prepared, model: Model | None = None) -> Article:
    """The article of a prepared page. ``model`` is another one than the shipped; see ``newsparse.body.model.compile_model``."""
    first = label_prepared(prepared, model)
    kind = page_kind(facts_of(prepared, first))
    segments, known = prepared.walked.segments, prepared.known
    labels = mark_appended(segments, first)
    boxes = find_boxes(segments, prepared.matches, labels, prepared.page.url, _value(prepared.fields.title))
    labels = relate(boxes, segments, labels)
    for index in (*known.kept, *known.dropped):  # the caller's rules go before what is found later, too
        labels[index] = first[index]
    return _article(prepared, labels, kind)


def label_prepared(prepared: Prepared, model: Model | None = None) -> list[Label]:
    """What each segment of a prepared page is."""
    return label(prepared.walked, prepared.matches, prepared.known, model or load_model())


def facts_of(prepared: Prepared, labels: Sequence[Label]) -> Facts:
    """What the kind of a page is told by."""
    fields, segments = prepared.fields, prepared.walked.segments
    found = [name for name in TELLING_FIELDS if getattr(fields, name) is not None]
    words = words_in(segments, _body_of(labels))
    return Facts(segments, labels, prepared.page.metadata, prepared.page.url, _value(fields.title), found, words)


def _body_of(labels: Sequence[Label]) -> list[int]:
    return [index for index, item in enumerate(labels) if item.role is _BODY]


def explain(source: object, *, url: str | None = None, encoding: str | None = None) -> list[Explanation]:
    """Why the model takes each segment of an HTML page for body or not, for the segments that it is asked about; see ``Explanation``.

    Raises as ``parse`` does.
    """
    prepared = prepare(read_document(source, encoding), url)
    return explain_candidates(Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known)))


def _find_fields(page: Page) -> Fields:
    return Fields(
        title.find_title(page),
        title.find_subtitle(page),
        title.find_summary(page),
        byline.find_authors(page),
        dates.find_published(page),
        dates.find_modified(page),
        about.find_language(page),
        about.find_site_name(page),
        about.find_section(page),
        about.find_breadcrumbs(page),
        about.find_tags(page),
        about.find_canonical_url(page),
        media.find_image(page),
        about.find_next_page(page),
        about.find_is_free(page),
    )


def _value(found: Found[T] | None) -> T | None:
    return None if found is None else found.value


def _stated_body(page: Page, limits: Limits) -> str | None:
    """The longest ``articleBody`` of the page's JSON-LD, as plain text, a line a paragraph."""
    body = max((text for article in page.articles for text in texts(article.get("articleBody"))), key=len, default=None)
    if body is None or not has_markup(body):
        return unescape(body) if body else None
    return "\n".join(segment.text for segment in walk(read_document(body, limits=limits).root).segments)


def _parse_plain(decoded: Decoded, url: str | None, options: Options) -> Article:
    text = decoded.data.decode()
    check_text(len(text), options.limits)
    if len(text) <= _LONGEST_PATH and _PATH_OR_URL.match(text.strip()):
        message = f"{text.strip()[:80]!r} looks like a path or URL: read files with parse_file; newsparse fetches nothing"
        walked = plaintext.read_lines(text)
        labels = [Label(Role.BOILERPLATE, BoilerplateKind.OTHER, "looks like a path or URL") for _ in walked.segments]
        segments = _segments(walked, labels, Body((), {}), {}, None)
        return Article(PageKind.EMPTY, url=url, segments=segments, notices=(Notice(NoticeCode.LOOKS_LIKE_PATH, message),))
    return parse_prepared_text(prepare_text(text, url, options, (decoded.evidence,) if decoded.evidence else (), decoded.notices))


def prepare_text(
    text: str, url: str | None = None, options: Options = Options(), evidence: tuple[Evidence, ...] = (), notices: tuple[Notice, ...] = ()
) -> Prepared:
    """All that is known of a page's saved text before its title and body are looked for."""
    walked = plaintext.read_lines(text)
    matches = plaintext.match_lines(walked)
    page = read_page(Metadata({}, {}), walked.segments, url)
    adjacent = find_adjacent(walked.segments, matches, page.base, url)
    ruled = apply_rules(rules_for(options, url), walked.segments)
    known = Known(adjacent=adjacent.used, kept=ruled.kept, dropped=ruled.dropped)
    return Prepared(walked, matches, page, Fields(), adjacent, known, evidence, notices)


def parse_prepared_text(prepared: Prepared, model: LineModel | None = None) -> Article:
    """The article of prepared text. ``model`` is another one than the shipped; see ``newsparse.body.line_model``."""
    walked, matches, known = prepared.walked, prepared.matches, prepared.known
    reading = plaintext.read_roles(walked.segments, matches, {*known.adjacent, *known.dropped}, prepared.page.url, model)
    page = plaintext.page_of(prepared.page, reading)
    fields = Fields(
        title=plaintext.find_title(page, reading),
        authors=plaintext.find_authors(page, reading),
        published=dates.find_published(page),
        modified=dates.find_modified(page),
    )
    authors = tuple(author.name for author in _value(fields.authors) or ())
    labels = plaintext.label_lines(walked, matches, attrs.evolve(known, authors=authors), reading)
    prepared = attrs.evolve(prepared, page=page, fields=fields)
    return _article(prepared, labels, text_kind(facts_of(prepared, labels)))


def _article(prepared: Prepared, labels: Sequence[Label], kind: Kind) -> Article:
    """The records of a page whose segments have their labels."""
    walked, fields, adjacent, base = prepared.walked, prepared.fields, prepared.adjacent, prepared.page.base
    labels = for_kind(kind, walked.segments, labels)
    chosen = _body_of(labels)
    captions = [index for index, item in enumerate(labels) if item.role is _CAPTION]
    authors = _value(fields.authors)
    body = build_blocks(walked, chosen, captions, base, _around(labels, chosen, authors or ()))
    labels = [_SPEAKER if index in body.speakers else item for index, item in enumerate(labels)] if body.speakers else labels
    labels = [_SHOWN if index in body.captions else item for index, item in enumerate(labels)] if body.captions else labels
    fields = attrs.evolve(fields, image=_lead_image(prepared, body.blocks))
    words = words_in(walked.segments, chosen)
    source = _outside_the_shown(prepared, kind, words) or _shown(walked, kind, body, len(chosen), words)
    kind, body = source.kind, source.body
    evidence = [*prepared.evidence, *fields.evidence(), *adjacent.evidence, *source.evidence, _kind_evidence(kind)]
    is_free = fields.is_free or _behind_paywall(prepared, words)
    if is_free is not None and fields.is_free is None:
        evidence.append(is_free.evidence)
    published, modified = _value(fields.published), _value(fields.modified)
    return Article(
        kind=kind.kind,
        title=_value(fields.title),
        subtitle=_value(fields.subtitle),
        summary=_value(fields.summary),
        authors=authors or (),
        published=published.when if published else None,
        published_precision=published.precision if published else None,
        modified=modified.when if modified else None,
        modified_precision=modified.precision if modified else None,
        language=_value(fields.language),
        site_name=_value(fields.site_name),
        section=_value(fields.section),
        breadcrumbs=_value(fields.breadcrumbs) or (),
        tags=_value(fields.tags) or (),
        url=prepared.page.url,
        canonical_url=_value(fields.canonical_url),
        image=_value(fields.image),
        images=media.shown_images(_value(fields.image), [block.image for block in body.blocks if isinstance(block, Figure)]),
        body=body.blocks,
        previous=adjacent.previous,
        next=adjacent.next,
        related=_related(walked.segments, labels, base),
        next_page=_value(fields.next_page),
        is_free=_value(is_free),
        segments=_segments(walked, labels, body, _directions(prepared), base),
        evidence=tuple(evidence),
        notices=(*prepared.notices, *source.notices),
    )


@attrs.frozen
class _Source:
    """The body, where it was taken from, and the kind of page that this tells."""

    kind: Kind
    body: Body
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()


def _shown(walked: Walked, kind: Kind, body: Body, chosen: int, words: int) -> _Source:
    """The body that the page shows: the usual case."""
    if chosen:
        found = Evidence("body", EvidenceSource.MODEL, "body.label", f"{chosen} segments, {words} words", Certainty.INFERRED)
        return _Source(kind, body, (found,))
    if any(segment.text for segment in walked.segments):
        return _Source(kind, body, notices=(Notice(NoticeCode.NO_BODY, "no part of the page looks like the body of an article"),))
    return _Source(kind, body)


def _outside_the_shown(prepared: Prepared, kind: Kind, words: int) -> _Source | None:
    """The body from the page's data, scripts or noscript, where the page itself shows too little of it (``words``)."""
    if kind.kind in NO_BODY:
        return None
    found = _from_data(prepared.known.data, words)
    if found is None and prepared.root is not None and words < _SHOWN_WORDS and kind.kind in _MAY_BE_DRAWN:
        return _from_state(prepared, prepared.root, words) or _from_noscript(prepared, prepared.root, words)
    return found


def _from_data(data: str | None, shown: int) -> _Source | None:
    """The paragraphs of the body as JSON-LD states it."""
    if not data or sum(map(word_units, data.splitlines())) < max(_LEAST_DATA_WORDS, shown / _SHOWN_SHARE):
        return None
    blocks = tuple(Paragraph((Run(text),)) for line in data.splitlines() if (text := " ".join(line.split())))
    kind = Kind(PageKind.ARTICLE, "kind.data", "its JSON-LD has the text of an article", is_stated=True)
    evidence = Evidence("body", EvidenceSource.JSON_LD, "json_ld.articleBody", data, Certainty.STATED)
    return _elsewhere(kind, blocks, evidence, "the page shows little of its text; the body is the JSON-LD's articleBody")


def _from_state(prepared: Prepared, root: etree._Element, shown: int) -> _Source | None:
    """The blocks of the body as the page's scripts hold it."""
    markup = stated_markup(root, _value(prepared.fields.title))
    if markup is None:
        return None
    inner = prepare(read_document(f"<article>{markup}</article>"), prepared.page.url)
    blocks = _blocks_within(inner, label_prepared(inner), shown)
    if not blocks:
        return None
    kind = Kind(PageKind.ARTICLE, "kind.state", "its scripts have the text of an article")
    evidence = Evidence("body", EvidenceSource.MODEL, "document.state", f"{len(blocks)} blocks", Certainty.INFERRED)
    return _elsewhere(kind, blocks, evidence, "the page shows little of its text; the body stands in a script's data")


def _from_noscript(prepared: Prepared, root: etree._Element, shown: int) -> _Source | None:
    """The kind of the page and the blocks of its body as it is without scripts."""
    markup = unscripted_markup(root)
    if markup is None:
        return None
    inner = prepare(read_document(f"<body>{markup}</body>"), prepared.page.url)
    labels = label_prepared(inner)
    kind = page_kind(facts_of(attrs.evolve(prepared, walked=inner.walked, matches=inner.matches), labels))
    blocks = () if kind.kind in NO_BODY else _blocks_within(inner, labels, shown)
    if not blocks:
        return None
    evidence = Evidence("body", EvidenceSource.MARKUP, "document.noscript", f"{len(blocks)} blocks", Certainty.INFERRED)
    return _elsewhere(kind, blocks, evidence, "the page shows its text only without scripts: the body stands in its noscript")


def _elsewhere(kind: Kind, blocks: tuple[Block, ...], evidence: Evidence, message: str) -> _Source:
    return _Source(kind, Body(blocks, {}), (evidence,), (Notice(NoticeCode.BODY_FROM_DATA, message),))


def _blocks_within(inner: Prepared, labels: Sequence[Label], shown: int) -> tuple[Block, ...]:
    """The body of a page within a page; none where it is not much more than the outer page shows."""
    chosen = _body_of(labels)
    if words_in(inner.walked.segments, chosen) < max(_LEAST_STATE_WORDS, shown / _SHOWN_SHARE):
        return ()
    return build_blocks(inner.walked, chosen, (), inner.page.base).blocks


def _kind_evidence(kind: Kind) -> Evidence:
    source = EvidenceSource.TEXT if kind.is_stated else EvidenceSource.MODEL
    return Evidence("kind", source, kind.rule, kind.reason, Certainty.STATED if kind.is_stated else Certainty.INFERRED)


def _behind_paywall(prepared: Prepared, words: int) -> Found[bool] | None:
    """That the page is not free, where its body is short and a line says that the rest must be paid for."""
    phrase = paywall(prepared.walked.segments, words) if words else None
    if phrase is None:
        return None
    return Found(False, Evidence("is_free", EvidenceSource.TEXT, "kind.paywall", phrase, Certainty.INFERRED))


def _lead_image(prepared: Prepared, blocks: Iterable[Block]) -> Found[Image] | None:
    figures = [block.image for block in blocks if isinstance(block, Figure)]
    found = prepared.fields.image
    if found is None:
        return media.find_shown_image(prepared.walked.media, figures, _value(prepared.fields.title), prepared.page.base)
    return media.with_caption(found, figures)


# Whose pictures are not the article's; and how far from headline and text they are looked for, in segments.
_NEAR = 30
_FOREIGN_KINDS = frozenset(
    {
        BoilerplateKind.RELATED,
        BoilerplateKind.INLINE_TEASER,
        BoilerplateKind.MOST_READ,
        BoilerplateKind.NEWSLETTER,
        BoilerplateKind.ADVERTISEMENT,
        BoilerplateKind.APP_PROMO,
        BoilerplateKind.AUTHOR_BIO,
        BoilerplateKind.COMMENTS,
        BoilerplateKind.SIDEBAR,
        BoilerplateKind.DONATION,
    }
)


def _around(labels: Sequence[Label], body: Sequence[int], authors: Iterable[Author]) -> Around:
    """What tells the article's pictures from the others."""
    if not body:
        return Around()
    head = [index for index, item in enumerate(labels[: body[0]]) if item.role in _HEAD]
    foreign, chrome = [], set()
    for index in range(max(0, (head or body)[0] - _NEAR), min(len(labels), body[-1] + _NEAR)):
        item = labels[index]
        if item.kind is _CHROME:
            chrome.add(index)
        elif item.role is _RELATED or (item.kind is not None and item.kind in _FOREIGN_KINDS):
            foreign.append(index)
    return Around(head, foreign, {fold(author.name) for author in authors}, chrome)


def _related(segments: Sequence[RawSegment], labels: Sequence[Label], base: Base | None) -> tuple[Link, ...]:
    relations = {
        index: Relation.RELATED if item.role is _RELATED else Relation.INLINE_TEASER
        for index, item in enumerate(labels)
        if item.role is _RELATED or item.kind is _TEASER
    }
    return related_links(segments, relations, base)


def _directions(prepared: Prepared) -> dict[int, str]:
    """Which segments name the previous or the next article, by index."""
    labelled = {index: match.direction for index, match in enumerate(prepared.matches) if match is not None and match.direction}
    return {**labelled, **prepared.adjacent.used}


_LinkDraft, _SegmentDraft = draft_of(Link), draft_of(Segment)


def _segments(walked: Walked, labels: Sequence[Label], body: Body, adjacent: Mapping[int, str], base: Base | None) -> tuple[Segment, ...]:
    """The records of all segments. They and their links are most of an article's records, so they are made as drafts."""
    records: list[Segment] = []
    block_of = body.block_of.get
    urls: dict[str, str | None] = {}  # many links lead to the same page
    for index, (segment, item) in enumerate(zip(walked.segments, labels, strict=True)):
        links: list[Link] = []
        if segment.links:
            relation = _relation(item, adjacent.get(index))
            for raw in segment.links:
                href = raw.href
                if href not in urls:
                    urls[href] = resolve(href, base)
                link = _LinkDraft(urls[href], raw.text, relation)
                link.__class__ = Link
                links.append(link)
        record = _SegmentDraft(segment.text, item.role, item.kind, item.reason, segment.path, tuple(links), block_of(index))
        record.__class__ = Segment
        records.append(record)
    return tuple(records)


def _relation(item: Label, direction: str | None) -> Relation:
    if direction is not None and item.kind is BoilerplateKind.PREVIOUS_NEXT:
        return Relation(direction)
    if item.kind is not None:
        return _RELATION_OF_KIND.get(item.kind, _OTHER)
    return _RELATION_OF_ROLE.get(item.role, _OTHER)
