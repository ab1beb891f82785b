"""Every page of ``fixtures/pages`` that has an expected file gives what that file says, field by field.

Where the library is wrong yet, the expected file is right all the same, and the field is expected to fail, with the reason.
"""

import json
from pathlib import Path

import pytest

from newsparse import BoilerplateKind, NoticeCode, Role
from tests import fixture_cases
from tests.fixture_cases import (
    BLOCK_KEYS,
    FIELDS,
    FIXTURES,
    ONE_TEXT,
    PAGES,
    Case,
    body_texts,
    cases,
    expected_view,
    kinds_of,
    page_text,
    view,
    words,
)

CASES = cases()
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def _checks() -> list[object]:
    return [
        pytest.param(
            case,
            check,
            id=f"{case.name}-{check}",
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=case.xfail[check])] if check in case.xfail else [],
        )
        for case in CASES
        for check in (*FIELDS, "text", *(name for name in case.xfail if name.startswith(ONE_TEXT)))
    ]


@pytest.mark.parametrize(("case", "check"), _checks())
def test_page(case: Case, check: str) -> None:
    found, expected = _found_and_expected(case, check)
    assert found == expected


def _found_and_expected(case: Case, check: str) -> tuple[object, object]:
    article = case.parse()
    if check == "text":
        return article.text.split(), words(case.expected["body"])
    if check == "boilerplate":
        expected = {text: {kind} for text, kind in case.expected[check].items() if ONE_TEXT + text not in case.xfail}
        return {text: kinds_of(article, text) for text in expected}, expected
    if check.startswith(ONE_TEXT):
        text = check.removeprefix(ONE_TEXT)
        return kinds_of(article, text), {case.expected["boilerplate"][text]}
    return view(article, check), expected_view(case, check)


@each_case
def test_expected_file_has_the_right_form(case: Case) -> None:
    """A misspelt name in an expected file would otherwise hide behind an xfail."""
    assert {*FIELDS, "url"} <= set(case.expected) <= {*FIELDS, "url", "xfail"}
    assert set(case.xfail) <= {*FIELDS, "text", *(ONE_TEXT + text for text in case.expected["boilerplate"])}
    assert all(case.xfail.values())
    for block in case.expected["body"]:
        needed, possible = BLOCK_KEYS[block["type"]]
        assert needed | {"type"} <= set(block) <= needed | possible | {"type"}
    assert set(case.expected["boilerplate"].values()) <= {str(kind) for kind in BoilerplateKind} | {str(Role.RELATED)}
    assert set(case.expected["notices"]) <= {str(code) for code in NoticeCode}


@each_case
def test_expected_texts_are_on_the_page(case: Case) -> None:
    """Nor may a text that the page does not have. A body that stands in the page's data alone is no text of the page."""
    on_page = page_text(case.parse())
    shown = NoticeCode.BODY_FROM_DATA not in case.expected["notices"]
    texts = [*case.expected["boilerplate"], *(body_texts(case.expected["body"]) if shown else ())]
    assert [text for text in texts if "".join(text.split()) not in on_page] == []
    # What runs over several segments would be found in none of them.
    assert [text for text in case.expected["boilerplate"] if not kinds_of(case.parse(), text)] == []


def test_readme_names_every_page() -> None:
    readme = (FIXTURES / "README.md").read_text("utf-8")
    assert [path.name for path in sorted(PAGES.iterdir()) if f"`{path.name}`" not in readme] == []


def test_write_makes_a_draft_and_keeps_what_a_human_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<p>By <a rel="author" href="/a">Ada Thorn</a></p>' + "<p>The mill by the river turns again after forty years. </p>" * 5
    monkeypatch.setattr(fixture_cases, "PAGES", tmp_path)
    monkeypatch.setattr(fixture_cases, "EXPECTED", tmp_path)
    (tmp_path / "mill.html").write_text(page, "utf-8")
    assert fixture_cases.main(["--write", "mill", "--url", "https://news.example/mill"]) == 0
    written = json.loads((tmp_path / "mill.json").read_text("utf-8"))
    assert set(written) == {*FIELDS, "url"}
    assert fixture_cases.cases()[0].url == "https://news.example/mill"
    (tmp_path / "mill.json").write_text(json.dumps(written | {"xfail": {"title": "none"}, "boilerplate": {"By": "byline"}}), "utf-8")
    fixture_cases.main(["--write", "mill"])
    again = json.loads((tmp_path / "mill.json").read_text("utf-8"))
    assert (again["url"], again["xfail"], list(again["boilerplate"])) == ("https://news.example/mill", {"title": "none"}, ["By"])


def test_a_page_must_be_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixture_cases, "PAGES", tmp_path)
    with pytest.raises(FileNotFoundError, match="found 0"):
        fixture_cases.page_of("mill")
    (tmp_path / "mill.html").touch()
    (tmp_path / "mill.txt").touch()
    with pytest.raises(FileNotFoundError, match="found 2"):
        fixture_cases.page_of("mill")
