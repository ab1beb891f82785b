"""An article is a value: hashable, equal to its copy by pickle, and to what its JSON gives back."""

import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

import newsparse
from newsparse import Article
from tests.laws.oracle import PAGES, find_counterexample
from tests.strategies import pages, sources


def check_value(article: Article) -> None:
    """Two copies, by two ways, are the article."""
    assert isinstance(hash(article), int)
    copied = pickle.loads(pickle.dumps(article))
    assert copied == article
    assert hash(copied) == hash(article)
    assert Article.from_json(article.to_json()) == article
    assert Article.from_json(article.to_json(indent=2).encode()) == article
    assert Article.from_dict(article.to_dict()) == article


@given(sources())
def test_article_is_a_value(source: str | bytes) -> None:
    check_value(newsparse.parse(source, url="https://news.example/"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_article_of_a_fixture_is_a_value(path: Path) -> None:
    check_value(newsparse.parse(path.read_bytes(), url="https://news.example/"))


class _Tag(str):
    """A text that is equal to nothing, not even to its copy."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@pytest.mark.parametrize("changes", [{"tags": ["ferry"]}, {"tags": (_Tag("ferry"),)}, {"section": 5}])
def test_search_finds_what_is_no_value(changes: dict[str, Any]) -> None:
    with pytest.raises((AssertionError, TypeError, newsparse.InvalidRecordError)):
        find_counterexample(lambda source: check_value(attrs.evolve(newsparse.parse(source), **changes)), pages())
