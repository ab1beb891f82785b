"""Law 6, fixed point: for generated articles ``parse(article.to_html())`` has the same title and body, and JSON reads back the same."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import newsparse
from newsparse import Article, PageKind
from newsparse.testing import NewsPage, news_pages
from tests.laws.oracle import Parse

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

search = settings(
    max_examples=80, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def check_law6(parse: Parse, article: Article) -> None:
    """An article that was written as HTML is read as the same article."""
    again = parse(article.to_html())
    assert again.title == article.title
    assert again.text == article.text
    assert Article.from_json(article.to_json()) == article


@st.composite
def articles(draw: Any) -> Article:
    """An article of a generated page, as its truth has it."""
    page: NewsPage = draw(news_pages())
    truth = page.truth
    assume(sum(len(block.text.split()) >= 25 or len(block.text) >= 120 for block in truth.blocks) >= 3)
    return Article(PageKind.ARTICLE, title=truth.title, body=truth.blocks, url=page.url)


@search
@given(articles())
def test_written_article_is_read_as_the_same(article: Article) -> None:
    check_law6(newsparse.parse, article)


@search
@given(articles())
def test_json_is_read_as_the_same(article: Article) -> None:
    assert Article.from_json(article.to_json()) == article


def _loses_the_last_block(source: str, **options: Any) -> Article:
    article = newsparse.parse(source, **options)
    return attrs.evolve(article, body=article.body[:-1])


def test_law_finds_a_lost_block() -> None:
    @search
    @given(articles())
    def law(article: Article) -> None:
        assume(newsparse.parse(article.to_html()).text == article.text)
        check_law6(_loses_the_last_block, article)

    with pytest.raises(AssertionError):
        law()
