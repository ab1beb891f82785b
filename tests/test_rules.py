"""The caller's own rules decide before everything else, by phrase or CSS selector, on all pages or on those of one site."""

from typing import Any

import pytest

import newsparse
from newsparse import (
    Article,
    BoilerplateKind,
    InvalidRuleError,
    NewsparseError,
    Options,
    Role,
    Rule,
    RuleAction,
    SiteTemplate,
    SiteTemplateError,
)
from newsparse.body.rules import Ruled, apply_rules, rules_for, select
from newsparse.document.segments import walk
from newsparse.document.tree import read_document
from tests.timing import assert_linear

ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = (
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the very last guests went home."
)
PAGE = (
    f"<article><h1>Ferry leaves an hour late</h1><p>{ONE}</p><p id=two class='a b'><b>{TWO}</b></p><div><p>{THREE}</p></div></article>"
    "<p class=note>Short note</p><footer><p>Share</p></footer>"
)
TEXT = f"Ferry leaves an hour late\n\n{ONE}\n\n{TWO}\n\nShort note\n\n{THREE}\n"


def keep(**how: str) -> Rule:
    return Rule(RuleAction.KEEP, **how)


def drop(**how: str) -> Rule:
    return Rule(RuleAction.DROP, **how)


def parse(*rules: Rule, source: str = PAGE, url: str | None = None, sites: tuple[SiteTemplate, ...] = ()) -> Article:
    return newsparse.parse(source, url=url, options=Options(rules=rules, sites=sites))


def decided(article: Article) -> dict[str, tuple[Role, BoilerplateKind | None]]:
    return {segment.text: (segment.role, segment.kind) for segment in article.segments if segment.reason.startswith("your rule: ")}


def test_page_without_rules() -> None:
    article = parse()
    assert decided(article) == {}
    assert article.text == "\n\n".join((ONE, TWO, THREE))


@pytest.mark.parametrize("css", ["#two", "p.a", "article > p + p", "article p[id]", "p:nth-of-type(2)", "p.A, p.b", "*[class~=b]"])
def test_drop_by_selector(css: str) -> None:
    article = parse(drop(css=css))
    assert decided(article) == {TWO: (Role.BOILERPLATE, BoilerplateKind.DROPPED)}
    assert article.text == "\n\n".join((ONE, THREE))
    [dropped] = [segment for segment in article.segments if segment.text == TWO]
    assert dropped.reason == f"your rule: drop {css!r}"
    assert dropped.block is None


def test_drop_by_selector_drops_all_that_is_inside() -> None:
    assert set(decided(parse(drop(css="article")))) == {"Ferry leaves an hour late", ONE, TWO, THREE}
    assert set(decided(parse(drop(css="body")))) == {segment.text for segment in parse().segments}
    assert parse(drop(css="body")).body == ()


@pytest.mark.parametrize("css", [".note", "footer", "h1"])
def test_keep_by_selector(css: str) -> None:
    article = parse(keep(css=css))
    [(text, decision)] = decided(article).items()
    assert decision == (Role.BODY, None)
    assert text in article.text.split("\n\n")
    assert all(story in article.text for story in (ONE, TWO, THREE))


@pytest.mark.parametrize("phrase", [TWO, TWO.upper(), f"  {TWO.replace(' ', '  ')}\n", TWO.replace(",", " ")])
def test_phrase_is_the_whole_text_of_a_segment_letter_case_and_spaces_aside(phrase: str) -> None:
    assert set(decided(parse(drop(phrase=phrase)))) == {TWO}
    assert set(decided(parse(drop(phrase=phrase), source=TEXT))) == {TWO}


@pytest.mark.parametrize("rule", [drop(phrase="Nobody in the town hall"), drop(phrase="note"), drop(css="table"), drop(css="#nothing")])
def test_rule_that_matches_nothing_changes_nothing(rule: Rule) -> None:
    assert parse(rule) == parse()


def test_rules_go_before_lists_of_links() -> None:
    titles = ("Choir sings until the lanterns burn down", "Fish market opens its warehouse")
    teasers = "".join(f"<li><a href=/{number}/choir-and-fish/>{title}</a></li>" for number, title in enumerate(titles))
    page = f"<article><h1>Ferry leaves</h1><p>{ONE}</p><p>{TWO}</p></article><section><h3>Related articles</h3><ul>{teasers}</ul></section>"
    for rules, role in ((), Role.RELATED), ((keep(css="ul"),), Role.BODY):
        found = newsparse.parse(page, options=Options(rules=rules)).segments
        assert [segment.role for segment in found if segment.links] == [role, role]


def test_keep_by_phrase() -> None:
    article = parse(keep(phrase="short note"), keep(phrase="SHARE"))
    assert decided(article) == {"Short note": (Role.BODY, None), "Share": (Role.BODY, None)}
    assert article.text == "\n\n".join((ONE, TWO, THREE, "Short note", "Share"))


def test_first_of_several_rules_decides() -> None:
    assert decided(parse(keep(css="#two"), drop(css="p")))[TWO] == (Role.BODY, None)
    assert decided(parse(drop(css="p"), keep(css="#two")))[TWO] == (Role.BOILERPLATE, BoilerplateKind.DROPPED)


def test_rules_on_saved_text() -> None:
    article = parse(drop(phrase=TWO), keep(phrase="short note"), source=TEXT)
    assert article.text == "\n\n".join((ONE, "Short note", THREE))
    assert parse(drop(css="p"), drop(css="body"), source=TEXT) == parse(source=TEXT)


def test_action_may_be_given_by_its_name() -> None:
    assert Rule("drop", css="p") == drop(css="p")
    with pytest.raises(ValueError, match="'hide' is not a valid RuleAction"):
        Rule("hide", css="p")


@pytest.mark.parametrize("how", [{}, {"css": "p", "phrase": "x"}])
def test_rule_has_exactly_one_of_css_and_phrase(how: dict[str, str]) -> None:
    with pytest.raises(InvalidRuleError, match="exactly one of css= and phrase=") as caught:
        Rule(RuleAction.DROP, **how)
    assert isinstance(caught.value, NewsparseError)


@pytest.mark.parametrize(
    "css", ["p[", "", " ", "p:unknown-thing", ":", "p >", "p,,b", "p::before", "..x", "p:nth-child(x)", ")", "p{color:red}"]
)
def test_selector_that_cannot_be_understood(css: str) -> None:
    with pytest.raises(InvalidRuleError, match="cannot be understood"):
        parse(drop(css=css))


SITE = SiteTemplate("brael.example", (drop(css="#two"),))


@pytest.mark.parametrize(
    "url",
    [
        "https://brael.example/news/",
        "http://www.brael.example",
        "https://news.brael.example:8080/a?b",
        "HTTPS://BRAEL.EXAMPLE/",
        "//m.brael.example/x",
    ],
)
def test_site_template_holds_on_its_host_and_its_subdomains(url: str) -> None:
    assert set(decided(parse(url=url, sites=(SITE,)))) == {TWO}


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://notbrael.example/",
        "https://brael.example.org/",
        "https://other.example/brael.example/",
        "http://[x",
        "brael.example",
    ],
)
def test_site_template_does_not_hold_elsewhere(url: str | None) -> None:
    assert decided(parse(url=url, sites=(SITE,))) == {}


def test_rules_of_the_site_go_before_those_of_all_pages() -> None:
    article = parse(keep(css="#two"), url="https://brael.example/", sites=(SITE,))
    assert decided(article)[TWO] == (Role.BOILERPLATE, BoilerplateKind.DROPPED)
    options = Options(rules=(keep(css="p"),), sites=(SiteTemplate("other.example", (drop(css="b"),)), SITE))
    assert rules_for(options, "https://brael.example/") == (drop(css="#two"), keep(css="p"))
    assert rules_for(options, None) == (keep(css="p"),)


@pytest.mark.parametrize("host", ["", "https://brael.example", "brael.example/news"])
def test_site_template_needs_a_bare_host(host: str) -> None:
    with pytest.raises(SiteTemplateError, match="bare host name"):
        SiteTemplate(host)


def ruled_of(root: Any, *rules: Rule) -> Ruled:
    return apply_rules(rules, walk(root, select(rules, root)).segments)


def test_rules_reach_segments_below_odd_and_deep_elements() -> None:
    for markup in ("<div class=x><o:p>one</o:p></div>", '<a"b class=x>one</a"b>', f"<div class=x>{'<div>' * 700}one"):
        root = read_document(f"<p>zero</p>{markup}").root
        ruled = ruled_of(root, drop(css=".x"))
        assert ruled == Ruled({}, {1: "your rule: drop '.x'"})


def test_rules_hold_on_an_element_of_a_larger_tree() -> None:
    root: Any = read_document("<p class=x>zero</p><div><p class=x>one</p><p>two</p></div>").root.find("body/div")
    ruled = ruled_of(root, drop(css="p.x"))
    assert list(ruled.dropped) == [0]


def test_link_without_text_can_be_dropped_by_selector() -> None:
    root = read_document("<p><a href=/x><img src=i></a></p>").root
    assert list(ruled_of(root, drop(css="a[href]")).dropped) == [0]
    assert ruled_of(root, drop(phrase="")) == Ruled()


def test_rules_take_time_in_proportion_to_the_page() -> None:
    def work(times: int) -> Any:
        page = f"<div>{'<p class=x>one</p><i>two</i>' * times}{'<div class=x>' * times}three"
        return lambda: parse(drop(css=".x"), source=page)

    assert_linear(work, 1_000)
