"""Hypothesis strategies for the records of ``newsparse.model``: arbitrary values, whether or not a page could give them.

And one article by hand, for what an export looks like.
"""

from datetime import datetime, timedelta, timezone
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from newsparse.model import (
    Article,
    Author,
    AuthorType,
    Block,
    BoilerplateKind,
    Certainty,
    Code,
    DatePrecision,
    Embed,
    Evidence,
    EvidenceSource,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    Note,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Quote,
    Relation,
    Role,
    Run,
    Segment,
    Table,
    TableCell,
)

# What some export might read as markup, an entity, a link or the end of what it is in.
FRAGMENTS = (
    *"#*_`~[](){}<>!&;|\\-+=.:/\"'$",
    *("a", "B", "1", "é", "«", "。", "「", "」", "\N{NO-BREAK SPACE}", " ", "\t", "\n", "\n\n"),
    *(
        "1. ",
        "- ",
        "---",
        "===",
        "# ",
        "> ",
        "```",
        ":-",
        "-:",
        "]:",
        "](",
        "amp;",
        "&lt;",
        "&#58;",
        "<!--",
        "-->",
        "]]>",
        "<script>",
        "</p>",
    ),
    *("http://example.com/", "mailto:a@example.com", "javascript:alert(1)", "data:text/html,x"),
)
URLS = (
    "http://example.com/a?b=1&copy=2&lt;",
    "https://example.com/(a)_[b]/`c`|d e<f>\\g\"h'i",
    "/relative/path",
    "?query",
    "#fragment",
    "mailto:desk@example.com",
    "",
    " \r",
    "javascript:alert(1)",
    "JaVa\tScRiPt:alert(1)",
    "\x01javascript:alert(1)",
    "java&#115;cript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
)

_Item = TypeVar("_Item")


def tuples_of(items: SearchStrategy[_Item], max_size: int) -> SearchStrategy[tuple[_Item, ...]]:
    """Tuples of up to ``max_size`` of the items."""
    return st.lists(items, max_size=max_size).map(tuple)


markup_text = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
texts = st.one_of(st.text(max_size=12), markup_text)
urls = st.one_of(st.sampled_from(URLS), st.text(max_size=12))
small = st.integers(0, 9)
# Pages state offsets, not the rules of a zone.
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
dates = st.one_of(
    st.datetimes(timezones=zones),
    st.datetimes(timezones=zones).map(lambda moment: moment.replace(second=0, microsecond=0)),
    st.datetimes(timezones=zones).map(lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)),
)
precisions = st.none() | st.sampled_from(DatePrecision)

links = st.builds(Link, st.none() | urls, texts, st.sampled_from(Relation))
authors = st.builds(Author, texts, st.none() | urls, st.sampled_from(AuthorType))
images = st.builds(Image, urls, *[st.none() | texts] * 3, *[st.none() | small] * 2)
evidence: SearchStrategy[Evidence] = st.deferred(
    lambda: st.builds(
        Evidence, texts, st.sampled_from(EvidenceSource), texts, texts, st.sampled_from(Certainty), st.just(()) | tuples_of(evidence, 2)
    )
)
notices = st.builds(Notice, st.sampled_from(NoticeCode), texts)
segments = st.builds(
    Segment,
    texts,
    st.sampled_from(Role),
    st.none() | st.sampled_from(BoilerplateKind),
    texts,
    texts,
    tuples_of(links, 2),
    st.none() | small,
)


def runs_of(run_texts: SearchStrategy[str]) -> SearchStrategy[tuple[Run, ...]]:
    """Runs in any style, half of them without a link."""
    return tuples_of(st.builds(Run, run_texts, st.none() | urls, st.booleans(), st.booleans(), st.booleans()), 4)


def blocks_of(run_texts: SearchStrategy[str]) -> dict[type, SearchStrategy[Block]]:
    """A strategy for each class of block, with texts of ``run_texts``."""
    runs = runs_of(run_texts)
    items = tuples_of(st.builds(ListItem, runs, st.integers(0, 3)), 5)
    rows = tuples_of(tuples_of(st.builds(TableCell, runs, st.booleans()), 3), 3)
    return {
        Paragraph: st.builds(Paragraph, runs, st.none() | st.sampled_from(Note)),
        Heading: st.builds(Heading, runs, st.integers(1, 6)),
        ListBlock: st.builds(ListBlock, items, st.booleans()),
        Quote: st.builds(Quote, runs, st.none() | run_texts),
        Table: st.builds(Table, rows),
        Figure: st.builds(Figure, images),
        Embed: st.builds(Embed, st.none() | urls, runs),
        Code: st.builds(Code, run_texts),
    }


blocks = st.one_of(*blocks_of(texts).values())
articles = st.builds(
    Article,
    kind=st.sampled_from(PageKind),
    title=st.none() | texts,
    subtitle=st.none() | texts,
    summary=st.none() | texts,
    authors=tuples_of(authors, 2),
    published=st.none() | dates,
    published_precision=precisions,
    modified=st.none() | dates,
    modified_precision=precisions,
    language=st.none() | texts,
    site_name=st.none() | texts,
    section=st.none() | texts,
    breadcrumbs=tuples_of(links, 2),
    tags=tuples_of(texts, 2),
    url=st.none() | urls,
    canonical_url=st.none() | urls,
    image=st.none() | images,
    images=tuples_of(images, 2),
    body=tuples_of(blocks, 5),
    previous=st.none() | links,
    next=st.none() | links,
    related=tuples_of(links, 2),
    next_page=st.none() | links,
    is_free=st.none() | st.booleans(),
    segments=tuples_of(segments, 3),
    evidence=tuples_of(evidence, 2),
    notices=tuples_of(notices, 2),
)


def items(*texts_at_depths: tuple[str, int]) -> tuple[ListItem, ...]:
    """List items from texts, each with its depth."""
    return tuple(ListItem((Run(text),), depth) for text, depth in texts_at_depths)


# Everything that an export shows, once.
FULL = Article(
    PageKind.ARTICLE,
    title="Ferry stuck in the ice",
    subtitle="An hour late",
    summary="The crew broke the ice by hand.",
    authors=(Author("Ann Veldt", "http://example.com/ann"), Author("Reuters", type=AuthorType.ORGANIZATION)),
    published=datetime(2024, 5, 3, 10, 20, tzinfo=timezone(timedelta(hours=2))),
    published_precision=DatePrecision.MINUTE,
    modified=datetime(2024, 5, 4),
    modified_precision=DatePrecision.DAY,
    language="en",
    site_name="The Daily",
    section="Local",
    tags=("ferry", "ice"),
    url="http://example.com/1?ref=home",
    canonical_url="http://example.com/1",
    image=Image("http://example.com/lead.jpg", "The ferry", "AP", "a ferry", 640, 480),
    images=(Image("http://example.com/other.jpg"), Image("http://example.com/lead.jpg", "The ferry", "AP", "a ferry", 640, 480)),
    body=(
        Paragraph((Run("The ferry was "), Run("late", strong=True), Run("."))),
        Heading((Run("Why"),), 2),
    ),
    previous=Link("http://example.com/0", "Bridge opens"),
    next=Link(None, "Choir sings"),
    related=(Link("http://example.com/7", "More ice"), Link(None, "Less ice")),
    is_free=False,
)
