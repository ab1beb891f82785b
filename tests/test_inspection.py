"""The inspection report: the whole page in order, nothing of it alive, and how the command line writes it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import newsparse
from newsparse.export.inspection import to_inspection_html
from newsparse.model import (
    Article,
    BoilerplateKind,
    Certainty,
    Evidence,
    EvidenceSource,
    Link,
    PageKind,
    Paragraph,
    Role,
    Run,
    Segment,
)

FIXTURE = Path(__file__).parent.parent / "fixtures" / "pages" / "theme-foxiz.html"
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "</style><script>",
        "&lt;b&gt;",
        "'\"`",
        "\u202e",
    ]
)
TEXTS = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))


def segments() -> st.SearchStrategy[Segment]:
    links = st.lists(st.builds(Link, st.one_of(st.none(), HOSTILE), TEXTS), max_size=2).map(tuple)
    return st.builds(Segment, TEXTS, st.just(Role.BOILERPLATE), st.sampled_from(BoilerplateKind), TEXTS, TEXTS, links)


def tree_of(report: str) -> etree._Element:
    tree: etree._Element = html.document_fromstring(report)
    return tree


@given(st.lists(segments(), max_size=4), TEXTS, TEXTS)
def test_nothing_of_a_page_is_alive_in_its_report(found: list[Segment], title: str, source: str) -> None:
    tree = tree_of(to_inspection_html(Article(PageKind.ARTICLE, title=title, segments=tuple(found)), source))
    names = {str(element.tag) for element in tree.iter("*")}
    # The report has a form of its own, whose button shows all again.
    assert not names & {"script", "img", "iframe", "object", "embed", "base", "link"}
    for element in tree.iter("*"):
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("href", "src", "action") or value.startswith("#")
            assert name != "style" or "(" not in value


def test_every_segment_is_there_in_order() -> None:
    article = newsparse.parse(FIXTURE.read_bytes())
    text = "".join("".join(tree_of(to_inspection_html(article, "page")).itertext()).split())
    at = 0
    for segment in article.segments:
        wanted = "".join(segment.text.split())
        at = text.index(wanted, at) + len(wanted)


def test_fields_and_reasons_are_there() -> None:
    article = newsparse.parse(FIXTURE.read_bytes())
    text = " ".join("".join(tree_of(to_inspection_html(article, "page")).itertext()).split())
    assert "the phrase 'no time to read'" in text
    assert all(item.rule in text for item in article.evidence)


def test_what_certainties_mean_is_said_of_those_that_there_are() -> None:
    guessed = Evidence("title", EvidenceSource.MARKUP, "h2", "T", Certainty.GUESSED)
    stated = Evidence("title", EvidenceSource.MARKUP, "h1", "T", Certainty.STATED, losers=(guessed,))
    article = Article(PageKind.ARTICLE, title="T", evidence=(stated,))
    text = " ".join("".join(tree_of(to_inspection_html(article, "page")).itertext()).split())
    assert "stated said by the page" in text
    assert "guessed guessed from its text" in text
    assert "told from its structure" not in text


def test_sizes_are_told_in_a_unit_of_every_script() -> None:
    article = Article(PageKind.ARTICLE, body=(Paragraph((Run("渡轮晚了一个小时"),)),))
    assert "1 block · 8 characters of body" in to_inspection_html(article, "page")


def test_an_address_that_is_a_field_can_be_cut() -> None:
    article = Article(PageKind.ARTICLE, canonical_url=f"https://brael.example/{'a' * 300}")
    (found,) = tree_of(to_inspection_html(article, "page")).xpath("//*[@class='value']/code[@class='cut']")
    assert "".join(found.itertext()) == article.canonical_url


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "newsparse", *arguments], capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_command_writes_a_report(tmp_path: Path) -> None:
    pytest.importorskip("click", reason="the command line needs its extra")
    report = tmp_path / "report.html"
    done = run("inspect", str(FIXTURE), "-o", str(report))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Marenholt" in report.read_text(encoding="utf-8")


def test_page_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    pytest.importorskip("click", reason="the command line needs its extra")
    done = run("inspect", str(tmp_path / "missing.html"), "-o", str(tmp_path / "report.html"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "report.html").exists()
