"""The worst pages there are: each is read in time that grows with its size, nothing of it is lost, and the article in it is found."""

import json
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import getsource
from itertools import permutations
from pathlib import Path
from pkgutil import walk_packages
from time import process_time
from typing import Any

import pytest
from benchmarks.worst_cases import Cost, main, show
from benchmarks.worst_pages import AFTER, BEFORE, CASES, MARK, PUMPS, TITLE, URL, WorstCase, plain_page, trapped

import newsparse
from newsparse import Article, LimitExceededError
from newsparse.document.attributes import MOST_ATTRIBUTES, may_have_many_attributes
from newsparse.document.metadata import read_json
from newsparse.document.tree import read_document
from newsparse.export.common import safe_url
from newsparse.fields.about import language_tag
from newsparse.text import clean
from tests.laws.oracle import page_texts, squeeze
from tests.laws.test_law1_total import check_law1_growth
from tests.timing import MOST, TIMES, assert_linear

# With this environment variable every regular expression meets every pair of pumps, which takes some minutes.
LONG = "NEWSPARSE_LONG" in os.environ
TRAPS = tuple(map(trapped, PUMPS))
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def check_worst_case(case: WorstCase) -> None:
    page = case.full()
    article = newsparse.parse(page, url=URL)
    text = squeeze("".join(segment.text for segment in article.segments))
    for wanted in (*BEFORE, *AFTER, *([MARK] if case.is_marked else [])):
        assert squeeze(wanted) in text
    if isinstance(page, str):
        assert without_controls(text) in {without_controls(found) for found in page_texts(page)}
    assert article.title == TITLE
    for paragraph in BEFORE if case.is_parted else (*BEFORE, *AFTER):
        assert paragraph in article.text


def without_controls(text: str) -> str:
    # lxml builds no tree of these where a page nests too deeply for its own builder.
    return re.sub("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


@by_name
def test_nothing_of_a_worst_case_is_lost_and_its_article_is_found(case: WorstCase) -> None:
    check_worst_case(case)


@by_name
def test_steps_are_linear_in_what_a_worst_case_repeats(case: WorstCase) -> None:
    # Past the depth at which the parser gives up: below it, a page of twice the depth may take another way.
    repeats = 2_100 if "nested" in case.name else 300
    check_law1_growth(newsparse.parse, case.build, repeats)  # type: ignore[arg-type]


@by_name
def test_time_is_linear_in_what_a_worst_case_repeats(case: WorstCase) -> None:
    def work(times: int) -> Any:
        page = case.build(times)
        return lambda: newsparse.parse(page, url=URL)

    assert_linear(work, case.size // (10 * TIMES))


def test_plain_page_is_an_article_of_about_its_size() -> None:
    page = plain_page(50_000)
    assert len(page) == pytest.approx(50_000, rel=0.05)
    article = newsparse.parse(page)
    assert article.title == TITLE
    assert len(article.text) > 45_000


def test_check_finds_what_is_lost_and_what_is_not_found() -> None:
    whole = next(case for case in CASES if case.name == "comments")
    check_worst_case(whole)
    for lost in (MARK, BEFORE[1], AFTER[-1], TITLE):
        with pytest.raises(AssertionError):
            check_worst_case(WorstCase("lost", lambda times, lost=lost: str(whole.build(9)).replace(lost, ""), 1))  # type: ignore[misc]


# Elements with very many attributes.


@pytest.mark.parametrize("before", ["", "<!-- > -->", "<script><!-- '\"<b> --></script>", "<title><p a='</title>", "<p ' \">", "<p a=b'>"])
@pytest.mark.parametrize("attribute", [" a{}", " a{}=x", ' a{}="<b>"', " a{}='\">'", "/a{}", "\na{}\t=\n'x'", ' a{}="x"'])
def test_an_element_with_very_many_attributes_is_noticed(before: str, attribute: str) -> None:
    attributes = "".join(attribute.format(number) for number in range(30_000))
    assert may_have_many_attributes(f"<p>one</p>{before}<p{attributes}>two</p>".encode())


@pytest.mark.parametrize(
    "piece",
    [
        "<p title='a > b' hidden class=x>one <b>two</b></p>",
        "<a href=/x?a='b' title = \"c\" disabled/>",
        "<!-- a <b c='> -- -->",
        "<script>if (a<b && c>'d') e = '<p a=\"'</script>",
        "<style>a > b {}</style><title>one</title>",
        "<!doctype html><?xml?>a < b",
        '<p a"b c=d>one',
        "<img src='data:," + 5_000 * "x y=z " + "'>",
    ],
)
def test_an_ordinary_page_has_no_element_with_very_many_attributes(piece: str) -> None:
    assert not may_have_many_attributes((piece * (1 + 100_000 // len(piece))).encode())


@pytest.mark.parametrize("hidden", ["", "<script><!-- <b> --></script>"])
def test_of_very_many_attributes_the_first_are_kept(hidden: str) -> None:
    attributes = "".join(f" a{number}='<i>'" for number in range(20_000))
    root = read_document(f"{hidden}<p{attributes} id=last>one</p><p {' '.join(f'b{number}=x' for number in range(499))} id=x>two</p>").root
    one, two = root.iter("p")
    assert (one.text, len(one.keys()), two.text, two.get("id")) == ("one", MOST_ATTRIBUTES, "two", "x")


def test_a_page_that_is_read_alike_by_all_has_the_tree_of_the_parser() -> None:
    # The other builder replaces such a character; it is asked only where an element has too many attributes.
    assert read_document("<script><!-- <b> --></script><p>a\x01b</p>" + "<p>one</p>" * 10_000).root.findtext("body/p") == "a\x01b"


# Tags that end nothing, in a page that is too deep for the parser's own builder.


@pytest.mark.parametrize("idle", ["</b>", "</p>", "<body class=a>", "</b\n>", "</B x='a'>"])
def test_tags_that_end_nothing_are_limited_in_a_deep_page(idle: str) -> None:
    with pytest.raises(LimitExceededError, match=r"too many for Options\.limits\.depth"):
        newsparse.parse("<div>" * 40_000 + idle * 30_000)
    article = newsparse.parse("<div>" * 10_000 + idle * 10_000 + MARK)
    assert [segment.text for segment in article.segments] == [MARK]


def test_tags_that_end_something_are_not_limited() -> None:
    # The bound on comparisons is far below what so many end tags and open elements would be, multiplied.
    article = newsparse.parse("<div>" * 60_000 + "</div>" * 60_000 + "</b>" * 60_000 + MARK)
    assert article.segments[-1].text == MARK


# Traps for regular expressions.


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: case.name)
def test_traps_in_all_places_lose_nothing(case: WorstCase) -> None:
    article = newsparse.parse(case.full(), url=URL)
    text = "".join(segment.text for segment in article.segments)
    assert all(wanted in text for wanted in (*BEFORE, MARK, *AFTER))
    assert all(paragraph in article.text for paragraph in BEFORE)


def test_a_language_with_many_subtags_takes_no_exponential_time() -> None:
    assert language_tag(f"en{'_a' * 1_000}") == "en"
    assert language_tag(f"en{'_a' * 1_000}!") is None


@pytest.mark.parametrize("text", ['"\\' * 50_000, '{"a": "' + '"\\' * 50_000, "[" * 201 + '"\\' * 50_000])
def test_json_that_ends_in_an_escape_takes_no_quadratic_time(text: str) -> None:
    start = process_time()
    read_json(text)
    assert process_time() - start < 2  # it takes milliseconds; looking for each string's end anew takes half a minute


def numbers_of_entities() -> tuple[str, ...]:
    return tuple(f"&#{mark}{digits}{end}" for mark in ("", "x", "0") for digits in ("9" * 5_000, "0" * 5_000) for end in (";", ""))


@pytest.mark.parametrize("entity", numbers_of_entities(), ids=range(len(numbers_of_entities())))
def test_an_entity_of_any_number_is_a_character(entity: str) -> None:
    # Python refuses to read a number of more than 4,300 digits.
    assert clean(f"a{entity} b") in ("a\ufffd b", "a\ufffd; b")
    assert safe_url(f"/a{entity}") == f"/a{entity}"
    twice = entity.replace("&", "&amp;")
    data = f'{{"@type": "NewsArticle", "author": "Ann {entity}", "articleBody": "{"word " * 80}{entity}"}}'
    page = (
        f'<meta name=author content="{twice}"><script type="application/ld+json">{data}</script><a href="/{twice}">{twice}</a><p>{entity}'
    )
    page += f"<script type='application/ld+json'>[&quot;{entity}&quot;]</script>"
    assert newsparse.parse(page).to_html()


def patterns() -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Every regular expression of the package, by name, with each method called on it; ``contrib`` needs others' packages."""
    names = [info.name for info in walk_packages(newsparse.__path__, "newsparse.")]
    for module in (import_module(name) for name in names if not re.search(r"__main__|\.testing|\.contrib", name)):
        source = getsource(module)
        for name, value in vars(module).items():
            for pattern in value if isinstance(value, tuple) else (value,):
                if isinstance(pattern, re.Pattern):
                    methods = set(re.findall(rf"\b{name}\.(\w+)\(", source)) or {"finditer"}
                    for method in sorted(methods - {"pattern"}):
                        yield f"{module.__name__}.{name}", pattern, method


def seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    arguments = (subject[:0], subject) if method == "sub" else (subject,)
    start = process_time()
    found = getattr(pattern, method)(*arguments)
    if method == "finditer":
        sum(1 for _ in found)
    return process_time() - start


def check_pattern(pattern: re.Pattern[Any], method: str, pumps: tuple[str, ...], size: int = 1_500) -> None:
    """Eight times as much takes far from 64 times the time."""
    for pump in pumps:
        for start, end in (("", "!"), ("en", "!"), ('"', "!"), ("", " <")):
            small, large = (f"{start}{pump * (times * size // len(pump))}{end}" for times in (1, TIMES))
            if (most := seconds(pattern, method, large)) < 0.004:
                continue
            least = min(seconds(pattern, method, small) for _ in range(3))
            most = min(most, *(seconds(pattern, method, large) for _ in range(2)))
            assert most < MOST * max(least, 1e-4), (
                f"{start}{pump}{end}: {least * 1000:.1f} ms, {most * 1000:.1f} ms for {TIMES} times as much"
            )


FOUND = sorted({(name, method): pattern for name, pattern, method in patterns()}.items(), key=lambda item: item[0])
PAIRS = tuple(one + other for one, other in permutations(PUMPS, 2) if "  " not in one + other + one) if LONG else ()


@pytest.mark.parametrize(("name", "pattern"), FOUND, ids=[".".join(name).removeprefix("newsparse.") for name, _ in FOUND])
def test_every_regular_expression_takes_linear_time(name: tuple[str, str], pattern: re.Pattern[Any]) -> None:
    check_pattern(pattern, name[1], PUMPS + PAIRS)


def test_most_regular_expressions_are_found() -> None:
    assert len(FOUND) > 80
    assert {"newsparse.fields.byline", "newsparse.document.metadata", "newsparse.text"} <= {
        name.rpartition(".")[0] for (name, _), _ in FOUND
    }


@pytest.mark.parametrize(
    ("pattern", "method"), [(r"-+x", "search"), (r"[a-z]+@", "search"), (r"<[^>]*>", "sub"), (r'"(?:[^"\\]|\\.)*"', "finditer")]
)
def test_search_finds_a_regular_expression_that_is_quadratic(pattern: str, method: str) -> None:
    with pytest.raises(AssertionError):
        check_pattern(re.compile(pattern), method, PUMPS)


# Plain text.


@pytest.mark.parametrize("piece", ["x", "x\n", "\n", "\r\n \u2028", "word ", "Read more:\n", "a < b <", "<a '", "文", "\0", "\ud800"])
def test_a_worst_text_loses_nothing(piece: str) -> None:
    text = f"{TITLE}\n\n{BEFORE[0]}\n{piece * (1_000_000 // len(piece) // (20 if 'x' in piece else 1))}\n{AFTER[0]}\n{MARK}\n"
    article: Article = newsparse.parse_text(text)
    assert squeeze("".join(segment.text for segment in article.segments)) == squeeze(re.sub("[\0\ud800]", "\ufffd", text))
    assert article.title == TITLE
    assert BEFORE[0] in article.text


def test_recursion_limit_of_the_process_is_left_alone() -> None:
    limit = sys.getrecursionlimit()
    newsparse.parse("<div>" * 5_000 + MARK)
    assert sys.getrecursionlimit() == limit


def test_command_prints_a_line_for_each_case(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved = tmp_path / "costs.json"
    assert main(["classes", "styles", "--repeat", "1", "--save", str(saved)]) == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "nested elements with classes",
        "classes",
        "styles",
    ]
    assert {cost["name"] for cost in json.loads(saved.read_text())} == {"nested elements with classes", "classes", "styles"}
    assert main(["nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_table_shows_ratios() -> None:
    assert show(Cost("x", 1_000_000, 0.2, 0.1, 0.05, 0.5)).split() == ["x", "1,000,000", "200.0", "2.00", "4.0", "2.50"]
