"""The plain text to read, and the schema.org form: exact on one article that has everything, and lean on one that has nothing."""

import json
from typing import Any

import pytest
from hypothesis import given

from newsparse.export.schema_org import to_schema_org
from newsparse.export.text import to_text
from newsparse.model import (
    Article,
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Image,
    ListBlock,
    PageKind,
    Paragraph,
    Quote,
    Run,
    Table,
    TableCell,
)
from tests.record_strategies import FULL, articles, items


def test_text_of_a_whole_article() -> None:
    assert (
        FULL.to_text()
        == """\
Ferry stuck in the ice

An hour late

By Ann Veldt, Reuters

Published: 2024-05-03 10:20+02:00
Updated: 2024-05-04

The ferry was late.

Why

Previous: Bridge opens <http://example.com/0>
Next: Choir sings

Related:
- More ice <http://example.com/7>
- Less ice"""
    )


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (ListBlock(items(("a", 0), ("b\nc", 1), ("d", 0))), "- a\n  - b\n    c\n- d"),
        (ListBlock(items(("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)), ordered=True), "1. a\n  1. b\n  2. c\n2. d\n  1. e"),
        # A level that is left out is closed, an item without text too.
        (ListBlock(items(("a", 2), (" ", 0), ("b", 5))), "- a\n  - b"),
        (Quote((Run("To be\nor not"),), "Hamlet"), "> To be\n> or not\n> — Hamlet"),
        (Quote((Run("To be"),)), "> To be"),
        (Table(((TableCell((Run("a"),)), TableCell((Run("b"),))), (TableCell((Run("c"),)),))), "a | b\nc"),
        (Figure(Image("u", "A cat", "AP", "cat")), "[Image: A cat (AP)]"),
        (Figure(Image("u", credit="AP")), "[Image: (AP)]"),
        (Figure(Image("u", alt="cat")), "[Image: cat]"),
        (Figure(Image("u")), ""),
        (Embed("http://example.com/post", (Run("post"),)), "post\nhttp://example.com/post"),
        (Embed(None, (Run("post"),)), "post"),
        (Code("a\n  b"), "a\n  b"),
    ],
)
def test_text_of_blocks(block: Block, expected: str) -> None:
    assert to_text(Article(PageKind.ARTICLE, body=(block,))) == expected


def test_text_of_nothing_is_nothing() -> None:
    assert to_text(Article(PageKind.EMPTY)) == ""


@given(articles)
def test_text_of_paragraphs_and_headings_is_the_text_of_the_article(article: Article) -> None:
    body = tuple(block for block in article.body if isinstance(block, Paragraph | Heading))
    plain = Article(PageKind.ARTICLE, article.title, body=body)
    assert to_text(plain) == "\n\n".join(part for part in (article.title, plain.text) if part)


def test_schema_org_of_a_whole_article() -> None:
    assert FULL.to_schema_org() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferry stuck in the ice",
        "alternativeHeadline": "An hour late",
        "description": "The crew broke the ice by hand.",
        "articleBody": "The ferry was late.\n\nWhy",
        "author": [
            {"@type": "Person", "name": "Ann Veldt", "url": "http://example.com/ann"},
            {"@type": "Organization", "name": "Reuters"},
        ],
        "datePublished": "2024-05-03T10:20:00+02:00",
        "dateModified": "2024-05-04",
        "image": [
            {
                "@type": "ImageObject",
                "url": "http://example.com/lead.jpg",
                "caption": "The ferry",
                "creditText": "AP",
                "width": 640,
                "height": 480,
            },
            {"@type": "ImageObject", "url": "http://example.com/other.jpg"},
        ],
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "The Daily"},
        "articleSection": "Local",
        "keywords": ["ferry", "ice"],
        "url": "http://example.com/1",
        "mainEntityOfPage": "http://example.com/1",
        "isAccessibleForFree": False,
    }


def test_schema_org_of_nothing_is_only_the_type() -> None:
    assert to_schema_org(Article(PageKind.EMPTY)) == {"@context": "https://schema.org", "@type": "NewsArticle"}


def test_schema_org_falls_back_to_the_url_as_given() -> None:
    assert to_schema_org(Article(PageKind.ARTICLE, url="http://example.com/1?ref=home"))["url"] == "http://example.com/1?ref=home"


@given(articles)
def test_schema_org_is_json_without_empty_values(article: Article) -> None:
    data = to_schema_org(article)
    assert json.loads(json.dumps(data)) == data
    assert _empty_values(data) == []


def _empty_values(data: Any) -> list[Any]:
    if isinstance(data, dict | list):
        values = data.values() if isinstance(data, dict) else data
        return [data] if not data else [found for value in values for found in _empty_values(value)]
    return [data] if data is None or data == "" else []


# Of https://schema.org/NewsArticle, /ImageObject, /Person and /Organization, with what they inherit.
SCHEMA_ORG = {
    "NewsArticle": {
        *(
            "headline",
            "alternativeHeadline",
            "description",
            "articleBody",
            "author",
            "datePublished",
            "dateModified",
            "image",
            "inLanguage",
        ),
        *("publisher", "articleSection", "keywords", "url", "mainEntityOfPage", "isAccessibleForFree"),
    },
    "ImageObject": {"url", "caption", "creditText", "width", "height"},
    "Person": {"name", "url"},
    "Organization": {"name", "url"},
}


def test_schema_org_has_only_properties_of_its_types() -> None:
    stack: list[object] = [FULL.to_schema_org()]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            assert item.keys() - {"@context", "@type"} <= SCHEMA_ORG[item["@type"]]
            stack += item.values()
