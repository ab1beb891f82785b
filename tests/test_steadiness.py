"""How steady an extraction is, measured on small pages: the changes change what they should and nothing else, and unsteadiness shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from benchmarks.corpus import write_corpus
from benchmarks.quality import main
from benchmarks.steadiness import steadiness, with_other_names, with_widgets, without_navigation
from lxml import etree

from newsparse import Article, Paragraph, Run, parse, parse_tree

STORY = (
    "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand.",
    "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it.",
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down.",
    "A timber ship from the north waited outside the harbour for three days until the wind had turned.",
)
PAGE = (
    '<title>Ferry leaves late</title><nav id="top" class="menu wide"><a href="/">Home</a></nav>'
    '<div class="wide story"><h1>Ferry leaves late</h1>'
    + "".join(f'<p class="text">{paragraph}</p>' for paragraph in STORY)
    + '</div>end<div role="navigation">More <nav>news</nav></div>after<a href="#top">Up</a><label for="top">Name</label>'
)


def serialized(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode")


def read(root: etree._Element) -> Article:
    return parse(root)


def test_changes_leave_the_page_as_it_was_and_are_the_same_every_time() -> None:
    root = parse_tree(PAGE)
    before = serialized(root)
    changes: list[Callable[[], etree._Element | None]] = [
        lambda: with_widgets(root, parse(root), "a"),
        lambda: with_other_names(root, "a"),
        lambda: without_navigation(root),
    ]
    for change in changes:
        one, other = change(), change()
        assert one is not None
        assert other is not None
        assert before != serialized(one) == serialized(other)
    assert serialized(root) == before


def test_widgets_stand_between_the_paragraphs() -> None:
    root = parse_tree(PAGE)
    changed = with_widgets(root, parse(root), "a")
    assert changed is not None
    holder = changed.find(".//div[@class='wide story']")
    assert holder is not None
    texts = ["".join(child.itertext()) for child in holder]
    assert [text for text in texts if text in STORY] == list(STORY)
    assert texts[1] == STORY[0]
    assert texts[-1] == STORY[-1]
    assert len(texts) >= 1 + len(STORY) + 3
    other = with_widgets(root, parse(root), "b")
    assert other is not None
    assert serialized(other) != serialized(changed)


@pytest.mark.parametrize("language", ["de", "zh", "xx"])
def test_widgets_are_in_the_language_of_the_page_where_there_are_such(language: str) -> None:
    root = parse_tree(f"<html lang={language}>{PAGE}")
    changed = with_widgets(root, parse(root), "a")
    assert changed is not None
    added = "".join(changed.itertext())
    assert any("\u4e00" <= character <= "\u9fff" for character in added) == (language == "zh")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<h1>Ferry</h1><p>{STORY[0]} {STORY[1]}</p>", id="one paragraph"),
        pytest.param("<h1>Ferry</h1><ul>" + "".join(f"<li>{item}</li>" for item in STORY) + "</ul>", id="a list"),
        pytest.param("<h1>Ferry</h1><div>" + "<br>".join(STORY) + "</div>", id="lines of one element"),
    ],
)
def test_no_widget_is_put_where_no_site_puts_one(page: str) -> None:
    root = parse_tree(page)
    assert with_widgets(root, parse(root), "a") is None


def test_names_are_replaced_everywhere_by_the_same() -> None:
    changed = with_other_names(parse_tree(PAGE), "a")
    assert changed is not None
    nav, story = changed.find(".//nav"), changed.find(".//div")
    assert nav is not None
    assert story is not None
    menu, wide = nav.get("class", "").split()
    assert story.get("class", "").split()[0] == wide
    assert len({menu, wide, nav.get("id"), "menu", "wide", "top"}) == 6
    assert changed.xpath("(//a)[2]/@href") == [f"#{nav.get('id')}"]
    assert changed.xpath("(//a)[1]/@href") == ["/"]
    assert changed.xpath("//label/@for") == [nav.get("id")]
    assert "".join(changed.itertext()) == "".join(parse_tree(PAGE).itertext())
    assert with_other_names(parse_tree("<p>One"), "a") is None


def test_navigation_goes_and_what_is_around_it_stays() -> None:
    changed = without_navigation(parse_tree(PAGE))
    assert changed is not None
    assert not changed.xpath("//nav | //*[@role='navigation']")
    text = "".join(changed.itertext())
    assert text.endswith(f"{STORY[-1]}endafterUpName")
    assert "Home" not in text
    first = without_navigation(parse_tree("<body><nav>a</nav>b<nav>c</nav>d"))
    assert first is not None
    assert serialized(first) == "<html><body>bd</body></html>"
    assert without_navigation(parse_tree("<p>One")) is None


def test_an_extraction_that_reads_only_the_story_is_steady() -> None:
    story = attrs.evolve(parse(PAGE), body=tuple(Paragraph((Run(text),)) for text in STORY))

    def steady(root: etree._Element) -> Article:
        assert "".join(root.itertext()).count(STORY[0]) == 1
        return story

    assert steadiness(steady, parse_tree(PAGE), "a") == {"widgets": True, "names": True, "nav": True}


def takes_everything(root: etree._Element) -> Article:
    return attrs.evolve(parse(root), body=(Paragraph((Run("".join(root.itertext())),)),))


def goes_by_a_class(root: etree._Element) -> Article:
    texts = ("".join(found.itertext()) for found in root.iterfind(".//*[@class='text']"))
    return attrs.evolve(parse(root), body=tuple(Paragraph((Run(text),)) for text in texts))


def titles_by_navigation(root: etree._Element) -> Article:
    return attrs.evolve(parse(root), title=root.findtext(".//nav/a"))


@pytest.mark.parametrize(
    ("broken", "moved"),
    [(takes_everything, {"widgets", "nav"}), (goes_by_a_class, {"names"}), (titles_by_navigation, {"nav"})],
)
def test_an_unsteady_extraction_shows_where_it_is_moved(broken: Callable[[etree._Element], Article], moved: set[str]) -> None:
    found = steadiness(broken, parse_tree(PAGE), "a")
    assert {name for name, same in found.items() if not same} >= moved
    assert found.keys() == {"widgets", "names", "nav"}


def test_a_page_without_a_body_has_nothing_to_keep() -> None:
    assert steadiness(read, parse_tree("<nav class=x>Home</nav>"), "a") == {}


def test_a_page_has_no_entry_for_what_it_has_nothing_of() -> None:
    page = "<h1>Ferry</h1>" + "".join(f"<p>{paragraph}" for paragraph in STORY)
    assert steadiness(read, parse_tree(page), "a").keys() == {"widgets"}


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    pages = ({"id": "ferry", "body": "\n".join(STORY)}, PAGE.encode()), ({"id": "empty"}, b"<p>")
    write_corpus(tmp_path / "ferries", pages)
    return tmp_path / "ferries"


def test_the_command_prints_the_shares_with_their_pages(
    ferries: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fixed(parse: Any, root: Any, page: str) -> dict[str, bool]:
        return {"widgets": False, "nav": True} if page == "ferry" else {}

    monkeypatch.setattr("benchmarks.steadiness.steadiness", fixed)
    assert main([str(ferries), "--steady", "--jobs", "1"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    at = lines.index(["Steady", "pages", "widgets", "pages", "names", "pages", "nav"])
    assert lines[at + 1] == ["ferries", "newsparse", "1", "0.000", "0", "-", "1", "1.000"]


def test_without_the_flag_nothing_is_said_of_it(ferries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ferries), "--jobs", "1"]) == 0
    assert "Steady" not in capsys.readouterr().out


@pytest.mark.parametrize(("more", "word"), [(["--as-text"], "no elements to change"), ([], "newsparse[testing]")])
def test_what_the_flag_cannot_do_is_said(
    more: list[str], word: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.quality.find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        main([".", "--steady", *more])
    assert word in capsys.readouterr().err
