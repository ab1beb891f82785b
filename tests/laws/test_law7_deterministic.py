"""Law 7, deterministic: equal input gives equal results in any process, thread, hash seed, time zone, locale and order of calls,
and with any set of extras installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse import Article
from tests.laws import unstable
from tests.laws.oracle import PAGES, find_counterexample, text_of
from tests.strategies import pages, sources

# Everything that an extra or a neighbour may bring, and that some library takes when it happens to be there.
EXTRAS = "click,rich,hypothesis,pytest,pyarrow,fastwarc,scrapy,charset_normalizer,cchardet,faust_cchardet,html5lib,markdown_it,pygments"
ENVIRONMENTS = (
    (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        EXTRAS,
    ),
    (
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "LC_ALL": "", "PYTHONUTF8": "1", "PYTHONOPTIMIZE": "1"},
        "click",
    ),
)

Ask = Callable[[str | bytes], str]


def check_law7_calls(parse: Callable[[str | bytes], Article], source: str | bytes, others: list[str | bytes]) -> None:
    """A page's article is the same again, and after other pages."""
    first = parse(source)
    assert parse(source) == first
    for other in others:
        parse(other)
    assert parse(source) == first


def check_law7_processes(parse: Callable[[str | bytes], Article], source: str | bytes, processes: list[Ask]) -> None:
    """A page's article is the same in every process."""
    expected = parse(source).to_json()
    for ask in processes:
        assert ask(source) == expected


@contextmanager
def _fresh_processes(implementation: str = "newsparse:parse") -> Iterator[list[Ask]]:
    with ExitStack() as stack:
        yield [stack.enter_context(_process(implementation, environment, missing)) for environment, missing in ENVIRONMENTS]


@contextmanager
def _process(implementation: str, environment: dict[str, str], missing: str) -> Iterator[Ask]:
    command = [sys.executable, "-m", "tests.laws.worker", implementation, missing]
    with subprocess.Popen(
        command,
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def ask(source: str | bytes) -> str:
            kind, data = ("str", source.encode("utf-8", "surrogatepass")) if isinstance(source, str) else ("bytes", source)
            stdin.write(json.dumps([kind, data.hex()]) + "\n")
            stdin.flush()
            return str(json.loads(stdout.readline()))

        yield ask
        stdin.close()


@pytest.fixture(scope="module")
def processes() -> Iterator[list[Ask]]:
    with _fresh_processes() as found:
        yield found


@given(sources(), st.lists(sources(), max_size=3))
def test_article_is_the_same_again_and_after_other_pages(source: str | bytes, others: list[str | bytes]) -> None:
    check_law7_calls(newsparse.parse, source, others)


# The processes live on from example to example, which also gives them another history than this one.
@given(source=sources())
def test_article_is_the_same_in_every_process(processes: list[Ask], source: str | bytes) -> None:
    check_law7_processes(newsparse.parse, source, processes)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_article_of_a_fixture_is_the_same_in_every_process(processes: list[Ask], path: Path) -> None:
    check_law7_processes(newsparse.parse, path.read_bytes(), processes)
    check_law7_processes(newsparse.parse, text_of(path), processes)


def test_article_is_the_same_in_every_thread() -> None:
    found = [path.read_bytes() for path in PAGES] * 4
    expected = [newsparse.parse(source) for source in found]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(newsparse.parse, found)) == expected


def test_article_does_not_depend_on_the_order_of_pages() -> None:
    found = [path.read_bytes() for path in PAGES]
    forwards = [newsparse.parse(source) for source in found]
    backwards = [newsparse.parse(source) for source in reversed(found)]
    assert backwards[::-1] == forwards


def test_search_finds_what_counts_calls() -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law7_calls(unstable.counts_calls, source, []), sources())


@pytest.mark.parametrize("name", ["takes_tags_as_a_set_gives_them", "knows_the_time_zone", "knows_the_locale", "looks_for_extras"])
def test_search_finds_what_depends_on_the_process(name: str) -> None:
    broken: Any = getattr(unstable, name)
    with _fresh_processes(f"tests.laws.unstable:{name}") as found, pytest.raises(AssertionError):
        find_counterexample(lambda page: check_law7_processes(broken, page, found), pages())
