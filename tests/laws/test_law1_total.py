"""Law 1, total: any ``str`` or ``bytes`` gives an ``Article`` or a documented error, and the work counted is linear in the size."""

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import newsparse
from newsparse import Article, LimitExceededError, Limits, Options
from tests.laws.oracle import PAGES, Parse, find_counterexample
from tests.strategies import any_bytes, any_str, fragments, pages, plain_texts, sources

# Doubling a page may do a little more than double the work, never four times it.
GROWTH = 2.3
REPEATED = (
    "<p>one</p>",
    "<p>The ferry left the eastern pier an hour late because the crew had to break the ice by hand.</p>",
    "<p>The ferry left the eastern pier an hour late, again, and nobody in the town hall would say a word about it to us or to you.",
    "<div>deeper ",
    "<b>deeper ",
    "<ul><li>deeper ",
    "<table><tr><td>deeper ",
    "</p></div>",
    "<br>line",
    "x<!-- c -->",
    '<a href="/story/">Story</a> ',
    '<a href="http://[x">Story</a> ',
    '<p><a href="/story/">Another story that is worth reading today</a></p>',
    "<h2>Heading</h2>",
    "<img src='/a.jpg' alt='a'><figure><img src='/b.jpg'><figcaption>A caption</figcaption></figure>",
    "<table><tr><th>one<td>two</table>",
    "<div class='share related newsletter' id=x style='display:none'><span>Share</span></div>",
    "<p>No time to read?</p><p>Get a summary</p>",
    "<pre>a\n  b\n</pre>",
    "<blockquote>quoted <cite>by</cite></blockquote>",
    '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "One"}</script>',
    "<meta property='article:tag' content='one'>",
    "<time datetime='2026-01-13'>13 January 2026</time>",
    "<p hidden>hidden",
    "<textarea>x</textarea><select><option>a<option>b</select>",
    "&nbsp;&amp;&bogus;",
    "word ",
    "<",
    "\0",
)
LONG = (
    "<p>one</p>",
    "<br>line",
    "<div>deeper ",
    "<section><h3>Read more</h3>",
    '<li><a href="/story/">Story</a>',
    "<p hidden>x",
    "<table><td>one</table>",
)
REPEATED_LINES = (
    "\n",
    "one\n",
    "The ferry left the eastern pier an hour late because the crew had to break the ice.\n\n",
    "word ",
    "Read more:\n",
    "a < b ",
)


def check_law1(parse: Parse, source: str | bytes, **arguments: Any) -> None:
    """A source within the limits gives an article, whatever it is."""
    try:
        article = parse(source, **arguments)
    except Exception as error:
        raise AssertionError(f"{source!r} raised {error!r}") from error
    assert isinstance(article, Article)


def check_law1_growth(parse: Parse, page: Callable[[int], str], repeats: int) -> None:
    """Twice as much of the same is at most about twice the work.

    The model leaves off early for some segments, so where a longer page is decided in another way each of them may take a few times the
    work, once and for all. What grows faster than the page does so in every doubling.
    """
    for times in (repeats, 2 * repeats, 4 * repeats, 8 * repeats):
        for warm in (times, 2 * times):  # what is computed only once in a process is no part of the growth
            parse(page(warm))
        once, twice = (_counted_work(parse, page(counted)) for counted in (times, 2 * times))
        if twice <= GROWTH * once:
            return
    raise AssertionError(f"{once:,} steps for {times} repeats, {twice:,} for {2 * times}")


def check_law1_time(parse: Parse, page: Callable[[int], str], repeats: int) -> None:
    """Four times as much of the same is far from sixteen times the time.

    Loops within a function in C, such as ``max`` of a list, are steps that cannot be counted; only a clock sees them. The bound lies
    so far between the line and the square, and the least of several measurements is so steady, that the machine's load does not matter.
    """
    once, more = page(repeats), page(4 * repeats)
    for _ in range(3):
        least, most = min(_seconds(parse, once), _seconds(parse, once)), _seconds(parse, more)
        if most <= 8 * least:
            return
    raise AssertionError(f"{least:.2f} s for {repeats} repeats, {most:.2f} s for {4 * repeats}")


def _seconds(parse: Parse, source: str) -> float:
    # A collection during the longer of two measurements would count all objects of the tests before.
    gc.collect()
    gc.disable()
    start = time.process_time()
    parse(source)
    seconds = time.process_time() - start
    gc.enable()
    return seconds


def _counted_work(parse: Parse, source: str) -> int:
    """How many lines of Python and how many functions, in Python or C, a call runs. The same number in every run."""
    steps = 0

    def count_calls(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    def count_lines(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return count_lines

    profiler, tracer = sys.getprofile(), sys.gettrace()  # a debugger's or a coverage tool's, to be put back
    sys.setprofile(count_calls)
    sys.settrace(count_lines)
    try:
        parse(source)
    finally:
        sys.settrace(tracer)
        sys.setprofile(profiler)
    return steps


def _page_of(piece: str) -> Callable[[int], str]:
    return lambda times: f"<!doctype html><title>The ferry left late</title><body>{piece * times}"


@given(sources())
def test_any_source_gives_an_article(source: str | bytes) -> None:
    check_law1(newsparse.parse, source)


@given(any_str())
def test_any_str_gives_an_article(source: str) -> None:
    check_law1(newsparse.parse, source)
    check_law1(newsparse.parse_text, source)


@given(any_bytes())
def test_any_bytes_give_an_article(source: bytes) -> None:
    check_law1(newsparse.parse, source)


@given(pages(), st.one_of(any_str(), st.sampled_from(("", "news.example", "http://[x", "file:///x", "https://news.example:port/"))))
def test_any_url_gives_an_article(source: str, url: str) -> None:
    check_law1(newsparse.parse, source, url=url)


@given(
    any_bytes(), st.one_of(any_str(), st.sampled_from(("utf-8", "UTF8", "latin1", "utf-7", "rot13", "idna", "undefined", "x-user-defined")))
)
def test_any_encoding_label_gives_an_article(source: bytes, encoding: str) -> None:
    check_law1(newsparse.parse, source, encoding=encoding)


@given(sources(), st.integers(0, 200), st.integers(0, 20), st.integers(0, 20), st.integers(0, 3))
def test_an_exceeded_limit_is_the_only_error(source: str | bytes, size: int, nodes: int, depth: int, links: int) -> None:
    options = Options(limits=Limits(bytes=size, nodes=nodes, depth=depth, links=links))
    try:
        article = newsparse.parse(source, options=options)
    except LimitExceededError:
        return
    assert isinstance(article, Article)
    assert len(source) <= size


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_any_beginning_of_a_page_gives_an_article(path: Any) -> None:
    source = path.read_bytes()
    for end in range(0, len(source), 1 + len(source) // 25):
        check_law1(newsparse.parse, source[:end])


@pytest.mark.parametrize(
    "source", ["<div>" * 30_000 + "deep", "<b>" * 30_000 + "deep", "<p>" + "word " * 1_000_000, "<p>" + "x" * 11_000_000, "x" * 1_000_000]
)
def test_deep_and_huge_sources_give_an_article(source: str) -> None:
    check_law1(newsparse.parse, source)


@pytest.mark.parametrize("piece", REPEATED)
def test_work_is_linear_in_what_a_page_repeats(piece: str) -> None:
    check_law1_growth(newsparse.parse, _page_of(piece), 400)


@pytest.mark.parametrize(
    "piece",
    [
        '<noframes hidden><?php echo 1 ?><!--><img class="nav-previous"></noframes>',
        '<template>]]></template><embed><details><a href="http://[::1]:99999/">The town hall would not say what it costs.</a></br><!x>',
    ],
)
def test_work_is_linear_where_a_longer_page_is_decided_in_another_way(piece: str) -> None:
    check_law1_growth(newsparse.parse, _page_of(piece), 40)


@pytest.mark.parametrize("piece", REPEATED_LINES)
def test_work_is_linear_in_what_a_text_repeats(piece: str) -> None:
    check_law1_growth(newsparse.parse_text, lambda times: "The ferry left late\n\n" + piece * times, 400)


@pytest.mark.parametrize("piece", LONG)
def test_time_does_not_grow_with_the_square_of_a_page(piece: str) -> None:
    check_law1_time(newsparse.parse, _page_of(piece), 3_000)


def test_time_does_not_grow_with_the_square_of_a_text() -> None:
    check_law1_time(
        newsparse.parse_text, lambda times: "The ferry left late\n\n" + "The crew had to break the ice by hand.\n" * times, 20_000
    )


@given(fragments())
# Shrinking would take minutes, and what is generated is small enough to read.
@settings(max_examples=settings().max_examples // 4, phases=[Phase.reuse, Phase.generate])
def test_work_is_linear_in_any_fragment(fragment: str) -> None:
    check_law1_growth(newsparse.parse, _page_of(fragment), 40)


def _raises_on_nul(source: str | bytes, **arguments: Any) -> Article:
    if (b"\0" if isinstance(source, bytes) else "\0") in source:  # type: ignore[operator]
        raise ValueError("All strings must be XML compatible")
    return newsparse.parse(source, **arguments)


def _raises_on_surrogates(source: str | bytes, **arguments: Any) -> Article:
    return newsparse.parse(source.encode() if isinstance(source, str) else source, **arguments)


def _gives_none_for_nothing(source: str | bytes, **arguments: Any) -> Any:
    return newsparse.parse(source, **arguments) if source.strip() else None


def _descends(source: str | bytes, **arguments: Any) -> Article:
    def descend(levels: int) -> None:
        if levels:
            descend(levels - 1)

    descend(source.count("<div>" if isinstance(source, str) else b"<div>"))  # type: ignore[arg-type]
    return newsparse.parse(source, **arguments)


def _joins_as_it_goes(source: str | bytes, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    for end in range(len(article.segments)):
        sum(len(segment.text) for segment in article.segments[:end])
    return article


def _looks_back_from_everywhere(source: str | bytes, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    lengths = [len(segment.text) for segment in article.segments]
    for _ in lengths:
        max(lengths * 8)
    return article


def _compares_all_pairs(source: str | bytes, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    assert all(any(other == segment for other in article.segments) for segment in article.segments)
    return article


@pytest.mark.parametrize("broken", [_raises_on_nul, _raises_on_surrogates, _gives_none_for_nothing])
def test_search_finds_what_is_not_total(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law1(broken, source), st.one_of(any_str(), any_bytes()))


def test_deep_source_finds_what_descends() -> None:
    with pytest.raises(AssertionError):
        check_law1(_descends, "<div>" * 30_000)


@pytest.mark.parametrize("broken", [_joins_as_it_goes, _compares_all_pairs])
def test_counted_work_finds_what_is_quadratic(broken: Parse) -> None:
    # The model is not asked about buttons: however large it is, a few are enough to see the fault beside the rest of the work.
    with pytest.raises(AssertionError):
        check_law1_growth(broken, _page_of("<button>one</button>"), 100)


def test_time_finds_what_is_quadratic_without_a_step() -> None:
    check_law1_growth(_looks_back_from_everywhere, _page_of("<p>one</p>"), 400)
    with pytest.raises(AssertionError):
        check_law1_time(_looks_back_from_everywhere, _page_of("<p>one</p>"), 2_000)


def test_plain_texts_are_no_markup() -> None:
    # Else the tests of this package that mean plain text would test pages.
    with pytest.raises(AssertionError):
        find_counterexample(lambda text: _assert_lines(newsparse.parse(text)), plain_texts())


def _assert_lines(article: Article) -> None:
    assert not any(segment.path.startswith("line:") for segment in article.segments)
