"""Every segment's path finds its element again: an XPath that selects exactly one, or the number of a line of plain text."""

from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from lxml import etree

import newsparse
from newsparse import Article
from tests.laws.oracle import NO_PAGE_TEXT, PAGES, Parse, find_counterexample, is_surely_markup, normalised, squeeze, text_of
from tests.strategies import pages, plain_texts

PECULIAR = (
    "<o:p>one</o:p><o:p>two</o:p><p>three",
    "<my-widget><p>one</my-widget><x|y>two</x|y><foo\"'>three</foo>",
    "<p>one<p>two<div>three<p>four</div><P>five",
    "text<!-- c -->more<p>one<?php x ?><p>two",
    "<svg><text>one</text></svg><math><mi>two</mi></math>",
    "<html><p>one</html><html><p>two",
    "<div>one<section>two</section>three<section>four</section>five</div>",
)


def check_paths(parse: Parse, source: str) -> None:
    """In the tree of the same source, a path selects one element, and the segment's text is in it."""
    root = newsparse.parse_tree(source)
    for segment in parse(source).segments:
        found: Any = root.xpath(segment.path)
        assert isinstance(found, list), segment.path
        assert len(found) == 1, segment.path
        assert squeeze(segment.text) in _text_within(found[0])


def check_lines(parse: Parse, text: str) -> None:
    """A segment of a plain text begins in the line that its path names, whose beginning may be a mark that is a segment of its own."""
    lines = normalised(text).splitlines()
    for segment in parse(text).segments:
        kind, _, number = segment.path.partition(":")
        assert kind == "line"
        line = squeeze(lines[int(number) - 1])
        assert line
        assert 0 <= squeeze("".join(lines[int(number) - 1 :])).find(squeeze(segment.text)) < len(line)


def _text_within(element: etree._Element) -> str:
    texts = [element.text or "" if element.tag not in NO_PAGE_TEXT else ""]
    for child in element:
        texts.append(_text_within(child) if isinstance(child.tag, str) else "")
        texts.append(child.tail or "")
    return squeeze("".join(texts)) if element.tag not in NO_PAGE_TEXT else ""


@given(pages())
def test_path_finds_the_element_again(source: str) -> None:
    if is_surely_markup(source):
        check_paths(newsparse.parse, source)


@pytest.mark.parametrize("source", PECULIAR)
def test_path_finds_a_peculiar_element_again(source: str) -> None:
    check_paths(newsparse.parse, source)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_path_finds_the_element_of_a_fixture_again(path: Path) -> None:
    source = text_of(path)
    (check_paths if path.suffix == ".html" else check_lines)(newsparse.parse, source)


@given(plain_texts())
def test_path_of_a_plain_text_is_its_line(text: str) -> None:
    check_lines(newsparse.parse_text, text)


def _with_last_path_everywhere(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(article, segments=tuple(attrs.evolve(segment, path=article.segments[-1].path) for segment in article.segments))


def _without_positions(source: str) -> Article:
    article = newsparse.parse(source)
    return attrs.evolve(
        article,
        segments=tuple(
            attrs.evolve(segment, path="".join(c for c in segment.path if c not in "[]0123456789")) for segment in article.segments
        ),
    )


@pytest.mark.parametrize("broken", [_with_last_path_everywhere, _without_positions])
def test_search_finds_a_wrong_path(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_paths(broken, source) if is_surely_markup(source) else None, pages())


def _with_last_line_everywhere(text: str) -> Article:
    article = newsparse.parse_text(text)
    return attrs.evolve(article, segments=tuple(attrs.evolve(segment, path=article.segments[-1].path) for segment in article.segments))


def test_search_finds_a_wrong_line() -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda text: check_lines(_with_last_line_everywhere, text), plain_texts())
