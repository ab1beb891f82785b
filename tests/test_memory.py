"""What an article keeps alive, and what many pages leave behind: nothing but the article's own records."""

import gc
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from benchmarks import memory
from benchmarks.memory import growth_of, peaks_over
from lxml import etree

import newsparse
from newsparse import Article, Segment
from newsparse.document.segments import Node, RawSegment
from tests.laws.oracle import PAGES

# With this environment variable 5,000 pages are parsed in one process, else a few hundred.
LONG = "NEWSPARSE_LONG" in os.environ
THEMES = [path for path in PAGES if path.suffix == ".html"][:12]
on_linux = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the peak of a process")
# How many times the page's bytes a process may grow at its peak.
MOST = 20


def reachable(start: object) -> Iterator[object]:
    """All objects that ``start`` keeps alive. Classes and functions hold the whole program, so they are passed over."""
    seen = {id(start)}
    waiting = [start]
    while waiting:
        item = waiting.pop()
        yield item
        for other in gc.get_referents(item):
            if id(other) not in seen and not isinstance(other, type) and not callable(other):
                seen.add(id(other))
                waiting.append(other)


def check_keeps_only_records(article: Any) -> None:
    modules = {type(item).__module__ for item in reachable(article)}
    assert modules <= {"builtins", "newsparse.model", "datetime"}


@contextmanager
def without_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


WORKING = (etree._Element, etree._ElementTree, Node, RawSegment)


def alive(*types: type) -> int:
    """How many objects of these types there are, those of other tests among them."""
    return sum(isinstance(item, types) for item in gc.get_objects())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_an_article_keeps_nothing_but_records(path: Path) -> None:
    check_keeps_only_records(newsparse.parse(path.read_bytes(), url="https://harbour.example/a"))


def test_check_finds_a_way_back_to_the_tree() -> None:
    tree = newsparse.parse_tree(THEMES[0].read_bytes())
    article = newsparse.parse(tree)
    check_keeps_only_records(article)
    with pytest.raises(AssertionError):
        check_keeps_only_records([article, {"tree": [tree]}])


def check_dies(parse: Callable[[bytes], Article]) -> None:
    """What was parsed is gone with the last reference: no cycle waits for the collector."""
    source = THEMES[0].read_bytes()
    parse(source)  # what is loaded only once a process stays
    with without_collector():
        before, records = alive(*WORKING), alive(Article, Segment)
        article = parse(source)
        assert alive(*WORKING) == before
        assert alive(Article, Segment) == records + 1 + len(article.segments) > records + 10
        watched = weakref.ref(article)
        del article
        assert watched() is None
        assert (alive(*WORKING), alive(Article, Segment)) == (before, records)


def test_everything_dies_with_the_article() -> None:
    check_dies(newsparse.parse)


def test_the_tree_dies_with_the_caller() -> None:
    with without_collector():
        before = alive(*WORKING)
        tree = newsparse.parse_tree(THEMES[0].read_bytes())
        article = newsparse.parse(tree)
        assert alive(*WORKING) == before + 1
        del tree
        assert alive(*WORKING) == before
        assert article.segments


def test_check_finds_what_waits_for_the_collector() -> None:
    def in_a_cycle(source: bytes) -> Article:
        article = newsparse.parse(source)
        held: list[object] = [article]
        held.append(held)
        return article

    with pytest.raises(AssertionError):
        check_dies(in_a_cycle)
    gc.collect()


@on_linux
@pytest.mark.parametrize("page", ["1000000", "a line of Chinese", str(PAGES[0].parent / "publisher-jsonld.html")])
def test_a_page_takes_at_most_twenty_times_its_bytes(page: str) -> None:
    found = growth_of(page)
    assert found.page > 5_000
    assert 0 < found.whole <= MOST * found.page


@on_linux
def test_many_pages_take_no_more_than_some() -> None:
    before, *after = [most for _, most in peaks_over(5_000 if LONG else 500)][3:]
    assert max(after) <= before + 3 * memory.MEGABYTE


@on_linux
def test_peaks_see_what_is_kept() -> None:
    memory.forget_peak()
    before = memory.memory()
    kept = b"x" * 30_000_000
    assert memory.memory() - before > 25_000_000
    del kept
    memory.forget_peak()
    assert memory.memory() - before < 10_000_000
