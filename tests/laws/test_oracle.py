"""The oracle itself, on pages whose text anyone can tell."""

import pytest
from hypothesis import assume, given
from lxml import etree

from tests.laws.oracle import HEAD_ONLY, is_surely_markup, markup_text, normalised, page_texts, tree_text
from tests.strategies import pages


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("<!-- only a comment -->", ""),
        ("<p>one <b>two</b> three", "onetwothree"),
        ("<head><title>no</title></head><p>yes", "yes"),
        ("<title>no</title><main>a<script>no</script>b</main>c<title>d</title><p>e", "abcde"),
        ("<p>a<script>no</script>b<style>no</style>c<template><p>no</template>d<noscript><p>no</p></noscript>e", "abcde"),
        ("<p title='no'>a<!-- no -->b<img alt='no'>", "ab"),
        ("<p hidden>a<p style='display:none'>b", "ab"),
        ("before<html><body>b</body></html>after<p>end", "beforebafterend"),
        ("<textarea></body></textarea>x", "</body>x"),
        ("<iframe><p>a</iframe><svg><title>b</title></svg>", "<p>ab"),
        ("<head><title>no</title></head><frameset><frame src=x><noframes>a</noframes></frameset>b", "ab"),
        ("<p>&amp;&nbsp;&#8203;&bogus;&#0;\0\ud800", "&\u200b&bogus;\ufffd\ufffd\ufffd"),
        ("\ufeff<p>a", "a"),
        ("<div>" * 5_000 + "<o:p>deep" + "</div>" * 5_000 + "after", "deepafter"),
        ("<p>" + "x" * 11_000_000, "x" * 11_000_000),
    ],
)
def test_markup_text(source: str, text: str) -> None:
    assert markup_text(source) == text


@pytest.mark.parametrize(
    ("source", "count"),
    [("a < b &amp; c", 1), ("<p>a", 1), ("<!-- a -->", 1), ("<!doctype html>a", 1), ("a<p b", 2), ("<foo>a</foo>", 2), ("<?xml?>a", 2)],
)
def test_page_texts_are_two_only_where_a_source_may_be_read_either_way(source: str, count: int) -> None:
    assert len(page_texts(source)) == count


@given(pages())
def test_events_and_tree_tell_the_same_text(source: str) -> None:
    # The parser's tree does not hold what follows the end tag of a page, and has text in the head where nothing that it knows ends that.
    if is_surely_markup(source) and "</html" not in source:
        root = etree.fromstring(normalised(source).encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        assume(root is None or HEAD_ONLY.issuperset(child.tag for child in root.iterfind("head/*")))
        assert markup_text(source) == ("" if root is None else tree_text(root))
