"""Markdown, read by a CommonMark parser, has the article's blocks and exactly its texts, whatever markup the texts look like."""

from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsparse.export.common import safe_url
from newsparse.export.markdown import to_markdown
from newsparse.model import (
    Article,
    Author,
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    PageKind,
    Paragraph,
    Quote,
    Run,
    Table,
    TableCell,
)
from tests.record_strategies import FULL, blocks_of, items, markup_text

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
STYLES = {
    "text",
    "code_inline",
    "softbreak",
    "hardbreak",
    "em_open",
    "em_close",
    "strong_open",
    "strong_close",
    "link_open",
    "link_close",
    "image",
}
BLOCKS = {
    Paragraph: {"paragraph"},
    Heading: {"heading"},
    ListBlock: {"bullet_list", "ordered_list", "list_item", "paragraph"},
    Quote: {"blockquote", "paragraph"},
    Table: {"table", "thead", "tbody", "tr", "th", "td"},
    Figure: {"paragraph"},
    Embed: {"blockquote", "paragraph"},
    Code: {"fence"},
}
one_block = st.one_of(*blocks_of(markup_text).values())


def render(*blocks: Block) -> str:
    return to_markdown(Article(PageKind.ARTICLE, body=blocks))


def texts_in(markdown: str) -> list[str]:
    """The texts that a reader sees, without white space, a paragraph, heading, cell or code block each."""
    seen = ("".join(map(_shown, token.children or ())) if token.type == "inline" else token.content for token in PARSER.parse(markdown))
    return [text for text in map(squeezed, seen) if text]


def _shown(token: Token) -> str:
    return "" if token.type == "image" else token.content


def texts_of(block: Block) -> Iterator[str | None]:
    match block:
        case ListBlock(parts):
            yield from (item.text for item in parts)
        case Table(rows):
            yield from (cell.text for row in rows for cell in row)
        case Quote():
            yield block.text
            yield block.attribution and f"—{block.attribution}"
        case Embed():
            yield block.text
            yield block.url
        case Figure(image):
            yield (image.caption or "") + (f"({image.credit})" if image.credit else "")
        case _:
            yield block.text


def squeezed(text: str | None) -> str:
    return "".join((text or "").replace("\0", "\N{REPLACEMENT CHARACTER}").split())


@given(one_block)
def test_texts_come_out_as_they_are(block: Block) -> None:
    assert texts_in(render(block)) == [text for text in map(squeezed, texts_of(block)) if text]


@given(one_block)
def test_texts_never_make_blocks_or_styles_of_their_own(block: Block) -> None:
    tokens = PARSER.parse(render(block))
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= {"inline", *BLOCKS[type(block)]}
    assert {child.type for token in tokens for child in token.children or ()} <= STYLES


@given(st.lists(one_block, max_size=5))
def test_blocks_stay_apart(blocks: list[Block]) -> None:
    parts = [text for block in blocks for text in map(squeezed, texts_of(block)) if text]
    assert texts_in(render(*blocks)) == parts


@given(st.lists(one_block, max_size=5))
def test_only_safe_targets_are_linked(blocks: list[Block]) -> None:
    children = [child for token in PARSER.parse(render(*blocks)) for child in token.children or ()]
    targets = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
    targets += [str(child.attrs["src"]) for child in children if child.type == "image"]
    assert [target for target in targets if not safe_url(unescape(unquote(target)))] == []


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((Run("plain"),), "plain"),
        ((Run("a "), Run("bold", strong=True), Run(" b")), "a **bold** b"),
        ((Run("a "), Run("both", strong=True, emphasis=True)), "a ***both***"),
        ((Run("a "), Run("x = 1", code=True)), "a `x = 1`"),
        ((Run("in"), Run("side", emphasis=True), Run("word")), "in*side*word"),
        # White space at the edge of emphasis stands outside of it, and white space alone is not emphasised.
        ((Run("a"), Run(" bold ", strong=True), Run("b")), "a **bold** b"),
        ((Run("a"), Run("  ", strong=True), Run("b")), "a  b"),
        # Markdown cannot emphasise these two.
        ((Run("a"), Run("«b»", strong=True), Run("c")), "a«b»c"),
        ((Run("a", strong=True), Run("b", emphasis=True)), "**a**b"),
        ((Run("a", strong=True), Run("b", strong=True)), "**ab**"),
        ((Run("a `b` ``c``", code=True),), "``` a `b` ``c`` ```"),
        ((Run("see "), Run("this", "http://example.com/(a)"), Run(".")), "see [this](http://example.com/\\(a\\))."),
        ((Run("a", "http://example.com/"), Run("b", "http://example.com/", strong=True)), "[a**b**](http://example.com/)"),
        ((Run("Hi!"), Run("a", "/b c")), "Hi\\![a](/b%20c)"),
        ((Run("bad", "javascript:alert(1)"), Run(" "), Run("bad", "DATA:text/html,x")), "bad bad"),
        ((Run("a\nb"),), "a\\\nb"),
        ((Run("- a\n1. b\n# c\n=== \n2024. 3"),), "\\- a\\\n1\\. b\\\n\\# c\\\n\\===\\\n2024\\. 3"),
        # Under a line of text these would make it the header of a table.
        ((Run("a\n:-\n-:"),), "a\\\n\\:-\\\n\\-:"),
        # As code this would define a link.
        ((Run("a]: b", "/c", code=True),), "[a\\]: b](/c)"),
        ((Run("AT&T & <b> snake_case [x] 2*3 -1 #1"),), "AT\\&T & \\<b> snake\\_case \\[x\\] 2\\*3 -1 #1"),
    ],
)
def test_runs(runs: tuple[Run, ...], expected: str) -> None:
    assert render(Paragraph(runs)) == expected


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([Heading((Run("Why #"),), 1)], "## Why \\#"),
        ([Heading((Run("a\nb"),), 3)], "### a b"),
        ([Paragraph((Run(" "),)), Heading((), 2), Table(((),)), ListBlock(()), Quote(()), Embed(None)], ""),
        ([ListBlock(items(("a", 0), ("b\nc", 1), ("d", 0)))], "- a\n  - b\\\n    c\n- d"),
        (
            [ListBlock(tuple(ListItem((Run(str(number)),), int(number == 11)) for number in range(1, 12)), ordered=True)],
            "\n".join([*(f"{number}. {number}" for number in range(1, 11)), "    1. 11"]),
        ),
        ([ListBlock(items(("a", 0))), ListBlock(items(("b", 0))), ListBlock(items(("c", 0)))], "- a\n\n* b\n\n- c"),
        ([ListBlock(items(("a", 0)), ordered=True), ListBlock(items(("b", 0)), ordered=True)], "1. a\n\n1) b"),
        ([Quote((Run("To be\nor not"),), "Hamlet")], "> To be\\\n> or not\n>\n> — Hamlet"),
        (
            [Table(((TableCell((Run("a|b"),), header=True),), (TableCell((Run("c|d", code=True),)), TableCell((Run("e", code=True),)))))],
            "| a\\|b |  |\n| --- | --- |\n| c\\|d | `e` |",
        ),
        ([Table(((TableCell((Run("a"),)),), (TableCell((Run("b"),)),)))], "|  |\n| --- |\n| a |\n| b |"),
        (
            [Figure(Image("http://example.com/a b.jpg", "A [cat]", "AP", "a\ncat"))],
            "![a cat](http://example.com/a%20b.jpg)\\\nA \\[cat\\] (AP)",
        ),
        ([Figure(Image("data:image/png;base64,AAAA", "A cat"))], "A cat"),
        ([Embed("http://example.com/p", (Run("post"),))], "> post\n>\n> [http://example.com/p](http://example.com/p)"),
        ([Code("a\n```\nb")], "````\na\n```\nb\n````"),
    ],
)
def test_blocks(blocks: list[Block], expected: str) -> None:
    assert render(*blocks) == expected


def test_a_whole_article() -> None:
    assert (
        FULL.to_markdown()
        == """\
# Ferry stuck in the ice

*An hour late*

By [Ann Veldt](http://example.com/ann), Reuters

Published: 2024-05-03 10:20+02:00\\
Updated: 2024-05-04

The ferry was **late**.

## Why

---

Previous: [Bridge opens](http://example.com/0)\\
Next: Choir sings

## Related

- [More ice](http://example.com/7)
- Less ice"""
    )


@given(st.builds(Article, st.just(PageKind.ARTICLE), markup_text, markup_text, authors=st.tuples(st.builds(Author, markup_text))))
def test_headlines_and_authors_come_out_as_they_are(article: Article) -> None:
    expected = [article.title, article.subtitle, f"By{article.authors[0].name}"]
    assert texts_in(article.to_markdown()) == [text for text in map(squeezed, expected) if text]


@given(st.lists(st.builds(Link, st.none(), markup_text), min_size=1, max_size=3))
def test_related_titles_come_out_as_they_are(links: list[Link]) -> None:
    expected = ["Related", *(squeezed(link.title) for link in links)]
    assert texts_in(to_markdown(Article(PageKind.ARTICLE, related=tuple(links)))) == [text for text in expected if text]
