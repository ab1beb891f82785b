"""Law 4, boilerplate does not move the body: on generated pages, other widgets at block boundaries leave title and body equal.

Today the law holds for widgets that a phrase, a form or class words give away; for the rest the model decides, and on some pages it is
wrong. The whole law is kept as a test that must fail until it holds; the part that holds is tested beside it.
"""

from __future__ import annotations

import math
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import newsparse
from newsparse import Article
from newsparse.testing import NewsPage, news_pages, rearranged
from tests.laws.oracle import Parse


def check_law4(parse: Parse, before: NewsPage, after: NewsPage) -> None:
    """The article of a page is the same with other widgets around it."""
    one, other = parse(before.html, url=before.url), parse(after.html, url=after.url)
    assert one.title == other.title
    assert one.text == other.text


@st.composite
def pairs(draw: Any) -> tuple[NewsPage, NewsPage]:
    """A page with three or more long paragraphs, and the same article with other widgets."""
    page = draw(news_pages())
    long = [block for block in page.draft.blocks if len(block.text.split()) >= 25 or len(block.text) >= 120]
    assume(len(long) >= 3)
    return page, draw(rearranged(page))


# The examples are whole pages.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

search = settings(
    max_examples=120, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="the model takes some widgets for body, or the body beside them for none")
@search
@given(pairs())
def test_widgets_do_not_move_the_body(pair: tuple[NewsPage, NewsPage]) -> None:
    check_law4(newsparse.parse, *pair)


@search
@given(pairs())
def test_widgets_do_not_move_the_title(pair: tuple[NewsPage, NewsPage]) -> None:
    one, other = (newsparse.parse(page.html, url=page.url) for page in pair)
    assert one.title == other.title


def test_most_pages_are_unmoved() -> None:
    unmoved: list[bool] = []

    @search
    @given(pairs())
    def count(pair: tuple[NewsPage, NewsPage]) -> None:
        one, other = (newsparse.parse(page.html, url=page.url) for page in pair)
        unmoved.append(one.title == other.title and one.text == other.text)

    count()
    # The generated pages are a sample, and another one in every environment: two standard errors may be chance.
    chance = 2 * math.sqrt(LEAST_UNMOVED * (1 - LEAST_UNMOVED) * len(unmoved))
    assert sum(unmoved) >= LEAST_UNMOVED * len(unmoved) - chance


# What the shipped model reaches; a model that falls below it is worse at this.
LEAST_UNMOVED = 0.8


def _takes_the_last_widget_for_body(source: str, **options: Any) -> Article:
    article = newsparse.parse(source, **options)
    last = article.boilerplate[-1].text if article.boilerplate else ""
    return attrs.evolve(article, body=(*article.body, newsparse.Paragraph((newsparse.Run(last),))))


def test_law_finds_a_widget_in_the_body() -> None:
    @search
    @given(pairs())
    def law(pair: tuple[NewsPage, NewsPage]) -> None:
        one, other = (newsparse.parse(page.html, url=page.url) for page in pair)
        assume(one.text == other.text)
        check_law4(_takes_the_last_widget_for_body, *pair)

    with pytest.raises(AssertionError):
        law()
