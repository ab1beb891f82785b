"""Law 3, nothing invented: ``text`` is the concatenation of the body segments, or of the string that the body's evidence names.

Fields may come from metadata; segments never do. Every segment has one role with a reason, and every block has its segments.
"""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import newsparse
from newsparse import Article, NoticeCode, Paragraph, Role, Run
from tests.laws.oracle import PAGES, Parse, find_counterexample, page_texts, squeeze, text_of
from tests.strategies import SENTENCES, pages, plain_texts, prose

_DATA = re.compile(r"<script type=.application/ld\+json.>(.*?)</script>", re.DOTALL)


def check_law3(parse: Parse, source: str) -> None:
    """Whatever the article says was on the page, or in the data that the evidence names."""
    article = parse(source)
    body = squeeze(article.text)
    if any(notice.code is NoticeCode.BODY_FROM_DATA for notice in article.notices):
        evidence = article.evidence_for("body")
        assert evidence is not None
        if evidence.rule == "document.noscript":
            shown = squeeze("".join(str(text) for text in html.document_fromstring(source).itertext()))
            assert all(squeeze(block.text) in shown for block in article.body)
        else:
            assert evidence.raw in _strings_of_data(source)
            assert body == squeeze(evidence.raw)
    else:
        assert body == squeeze("".join(segment.text for segment in article.segments if segment.role is Role.BODY))
        _check_blocks(article)
    _check_segments(article, source)


def _check_blocks(article: Article) -> None:
    texts = [""] * len(article.body)
    for segment in article.segments:
        if segment.role is Role.BODY:
            assert segment.block is not None
            texts[segment.block] += segment.text
    assert [squeeze(block.text) for block in article.body] == [squeeze(text) for text in texts]
    indices = [segment.block for segment in article.segments if segment.role is Role.BODY and segment.block is not None]
    assert all(first <= second for first, second in pairwise(indices)), "the body is not in the order of the page"


def _check_segments(article: Article, source: str) -> None:
    pages_left = set(page_texts(source))
    for segment in article.segments:
        assert segment.reason
        assert (segment.kind is not None) is (segment.role is Role.BOILERPLATE)
        assert segment.block is None or 0 <= segment.block < len(article.body)
        assert segment.text == " ".join(segment.text.split())
        text = squeeze(segment.text)
        pages_left = {page[page.index(text) + len(text) :] for page in pages_left if text in page}
        assert pages_left, f"{segment.text!r} is not on the page, or not in its place"


def _strings_of_data(source: str) -> set[str]:
    strings: set[str] = set()
    waiting: list[Any] = [json.loads(data) for data in _DATA.findall(source)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            strings.add(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return strings


@given(pages())
def test_nothing_is_invented(source: str) -> None:
    # The grammar's broken data blocks name no body; they are tested for what they do to the segments.
    check_law3(newsparse.parse, source)


@given(plain_texts())
def test_nothing_is_invented_in_plain_text(source: str) -> None:
    check_law3(newsparse.parse, source)
    check_law3(newsparse.parse_text, source)


def _pages_with_data() -> st.SearchStrategy[str]:
    """Pages whose JSON-LD tells the story, with a body that tells it too, or another one, or nothing."""

    def page(told: list[str], shown: list[str]) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "The ferry left late",
            "articleBody": "\n\n".join(told),
        }
        script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in shown)
        return f"<!doctype html><title>The ferry left late</title>{script}<body><h1>The ferry left late</h1>{body}"

    return st.builds(page, st.lists(prose(), max_size=5), st.one_of(st.just([]), st.just(["Loading"]), st.lists(prose(), max_size=5)))


@given(_pages_with_data())
def test_body_from_data_is_what_the_evidence_names(source: str) -> None:
    check_law3(newsparse.parse, source)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_is_invented_on_a_fixture(path: Path) -> None:
    check_law3(newsparse.parse, text_of(path))


def _with_a_closing_word(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, body=(*article.body, Paragraph((Run("More follows."),))))


def _with_metadata_as_body(source: str) -> Article:
    # A segment and a block that agree with one another, but not with the page.
    article = newsparse.parse(source)
    if not article.segments or not article.title:
        return article
    said = f"{article.title}: {SENTENCES[0]}"
    segment = attrs.evolve(article.segments[-1], text=said, role=Role.BODY, kind=None, block=len(article.body))
    return attrs.evolve(article, body=(*article.body, Paragraph((Run(said),))), segments=(*article.segments, segment))


def _without_first_block(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, body=article.body[1:])


def _with_bullets(source: str) -> Article:
    article = newsparse.parse(source)
    body = tuple(Paragraph((Run("• "), *block.runs)) if isinstance(block, Paragraph) else block for block in article.body)
    return attrs.evolve(article, body=body)


def _with_blocks_swapped(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, body=article.body[::-1])


def _without_reasons(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, segments=tuple(attrs.evolve(segment, reason="") for segment in article.segments))


def _without_kinds(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, segments=tuple(attrs.evolve(segment, kind=None) for segment in article.segments))


BROKEN = (
    _with_a_closing_word,
    _with_metadata_as_body,
    _without_first_block,
    _with_bullets,
    _with_blocks_swapped,
    _without_reasons,
    _without_kinds,
)


@pytest.mark.parametrize("broken", BROKEN)
def test_search_finds_what_invents(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law3(broken, source), pages())


def _with_data_and_more(source: str) -> Article:
    article = newsparse.parse(source)
    if any(notice.code is NoticeCode.BODY_FROM_DATA for notice in article.notices):
        return _with_a_closing_word(source)
    return article


def test_search_finds_what_adds_to_data() -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law3(_with_data_and_more, source), _pages_with_data())
