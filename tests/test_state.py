"""Bodies that stand only in a page's scripts."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from lxml import etree

import newsparse
from newsparse import Heading, NoticeCode, PageKind
from newsparse.document.state import stated_markup
from tests.timing import assert_linear

TITLE = "Ferry leaves the eastern pier late"
PARAGRAPHS = (
    "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said.",
    "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over.",
    'The choir sang in the "warehouse" of the fish market until the lanterns on the quay had burned down and the last guests went home.',
)
MARKUP = f"<p>{PARAGRAPHS[0]}</p><h2>The bridge</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
OTHER = "<p>Seven boats were painted green in the spring, and the paint has not dried on any of them.</p>" * 3


def page(script: str) -> str:
    script = script.replace("</", "<\\/")
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div id=root></div><script>{script}</script></body></html>"


def as_script(value: object) -> str:
    """A string literal as servers write it into a script: no tag in it."""
    return json.dumps(value).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "script",
    [
        f"window.__STATE__ = {as_script({'article': {'id': 7, 'content': MARKUP}})};",
        f"self.push([1,{as_script('5:' + json.dumps(['$', {'html': MARKUP}]))}])",
        f"draw(JSON.parse({as_script(json.dumps({'a': json.dumps({'body': MARKUP})}))}))",
        f"draw({{body: {as_script(MARKUP)}}})",
        as_script({"blocks": [{"type": "text", "text": text} for text in PARAGRAPHS]}),
        as_script({"other": OTHER[:90], "article": {"body": "\n".join(PARAGRAPHS)}}),
    ],
    ids=["state", "data in a string", "data in data in a string", "bare key", "paragraphs", "lines"],
)
def test_body_is_read_from_scripts(script: str) -> None:
    article = newsparse.parse(page(script))
    assert NoticeCode.BODY_FROM_DATA in [notice.code for notice in article.notices]
    assert article.kind is PageKind.ARTICLE
    assert [block.text for block in article.body if not isinstance(block, Heading)] == list(PARAGRAPHS)


def test_headings_in_scripts_are_headings() -> None:
    article = newsparse.parse(page(f"draw({as_script(MARKUP)})"))
    assert [block.text for block in article.body if isinstance(block, Heading)] == ["The bridge"]


@pytest.mark.parametrize(
    "script",
    [
        "",
        f"draw({as_script(OTHER)})",
        "function draw() { if (late) { print('the ferry left the eastern pier late and nobody knew why it did so') } }",
        as_script({"text": f"We use cookies on the ferry and the eastern pier. {PARAGRAPHS[0]} {PARAGRAPHS[1]}"}),
        f"draw({as_script(MARKUP)[:-100]}\\",
    ],
    ids=["none", "another page's", "code", "consent", "broken"],
)
def test_other_text_in_scripts_is_no_body(script: str) -> None:
    assert newsparse.parse(page(script)).text == ""


def test_a_page_that_shows_its_text_is_read_as_it_is_shown() -> None:
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    article = newsparse.parse(f"<h1>{TITLE}</h1><article>{shown}</article><script>draw({as_script(OTHER * 9)})</script>")
    assert article.notices == ()
    assert article.text.split("\n\n") == list(PARAGRAPHS)


def test_body_of_a_page_that_needs_scripts_is_what_it_is_without_them() -> None:
    unscripted = f"<noscript>Turn scripts on</noscript><noscript><nav><a href=/>Home</a></nav><h1>{TITLE}</h1>{MARKUP}</noscript>"
    article = newsparse.parse(f"<html><head><title>{TITLE}</title></head><body><app-root></app-root>{unscripted}</body></html>")
    assert [block.text for block in article.body] == [PARAGRAPHS[0], "The bridge", *PARAGRAPHS[1:]]
    assert [notice.code for notice in article.notices] == [NoticeCode.BODY_FROM_DATA]
    evidence = article.evidence_for("body")
    assert evidence is not None
    assert evidence.rule == "document.noscript"
    # What a page shows anyway goes before.
    shown = newsparse.parse(f"<html><body><article><h1>{TITLE}</h1>{MARKUP}</article><noscript>{OTHER * 3}</noscript></body></html>")
    assert shown.text.startswith(PARAGRAPHS[0])
    assert shown.notices == ()


def test_script_escapes() -> None:
    text = MARKUP.replace('"', "").replace("<", "\\x3c").replace("the harbour", "the crew\\'s harbour")
    found = stated_markup(etree.HTML(page(f'draw("{text}")')), TITLE)
    assert found is not None
    assert found.startswith("<p>The ferry")
    assert "the crew's harbour" in found


@pytest.mark.parametrize(
    "piece", ['"', '\\"', 'a:"', '"a":', "\\", " ", "a: ", '"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d"']
)
def test_work_is_linear(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        root = etree.HTML("<script>" + piece * size + "</script>")
        return lambda: stated_markup(root, TITLE)

    assert_linear(work, 20_000)
