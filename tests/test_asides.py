"""What sites put between the paragraphs of an article is no body, in all languages; an article about such things keeps its text."""

import tomllib
from pathlib import Path

import pytest

import newsparse
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role

ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the last guests went home."
FOUR = "Two of the lanterns were found in the harbour the next morning, and a third on the roof of the chapel, where nobody could reach it."
LINES = tomllib.loads((Path(__file__).parent / "widget_lines.toml").read_text("utf-8"))
# Where a language says the same for two things, or where a line stands in a picture's place, the kind is another.
ALIKE = {
    "inline_teaser": {"related", "pagination"},
    "media_chrome": {"caption"},
}


def page_with(inside: str) -> str:
    """An article with a piece of markup among its paragraphs."""
    return f"""<title>Ferry leaves late</title><main><article><h1>Ferry leaves late</h1>
    <div class="entry-content"><p>{ONE}</p><p>{TWO}</p>{inside}<p>{THREE}</p><p>{FOUR}</p></div></article></main>"""


def body_of(inside: str) -> list[str]:
    """The blocks of such an article."""
    return [block.text for block in newsparse.parse(page_with(inside)).body]


@pytest.mark.parametrize("language", LINES)
def test_lines_among_the_paragraphs_are_no_body(language: str) -> None:
    for kind, lines in LINES[language].items():
        for line in lines:
            article = newsparse.parse(page_with(f"<p>{line}</p>"))
            assert [block.text for block in article.body] == [ONE, TWO, THREE, FOUR], line
            found = {str(segment.kind or segment.role) for segment in article.segments if segment.text == line}
            assert found & {kind, *ALIKE.get(kind, ())}, line


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<p>► <a href=/a>Seals counted on the outer skerries</a></p>", None),
        ("<p>Related: <a href=/a>Seals counted on the outer skerries</a></p>", Kind.INLINE_TEASER),
        ("<p>© Edda Marsh</p>", Kind.MEDIA_CHROME),
        ("<p><em>Every day at six we send you what matters on the coast. <a href=/newsletter/>Sign up</a></em></p>", Kind.NEWSLETTER),
        ("<p>We are nine people without an owner. <a href=/donate>Give once</a></p>", Kind.DONATION),
        ("<p><strong>Related articles</strong></p><ul><li><a href=/a>Seals counted on the outer skerries</a></ul>", None),
    ],
)
def test_lines_that_say_by_their_making_what_they_are(markup: str, kind: Kind | None) -> None:
    article = newsparse.parse(page_with(markup))
    assert [block.text for block in article.body] == [ONE, TWO, THREE, FOUR]
    assert kind is None or kind in {segment.kind for segment in article.segments}


@pytest.mark.parametrize(
    "text",
    [
        "© is the sign that the office wanted on every lantern of the quay, and it took a year until the painters agreed to it.",
        "You can read more about the lanterns, the choir and the ferry in our <a href=/newsletter/>newsletter</a>.",
        "Related: that is what the two captains say they are not, although the whole town calls them brothers since the winter.",
        "Read also the letters that the harbour office sent to the choir, said the captain, and then talk about the lanterns.",
    ],
)
def test_sentences_that_begin_or_end_so_stay(text: str) -> None:
    plain = text.replace("<a href=/newsletter/>", "").replace("</a>", "")
    assert body_of(f"<p>{text}</p>") == [ONE, TWO, plain, THREE, FOUR]


@pytest.mark.parametrize(
    ("language", "kind"), [(language, kind) for language in LINES for kind in ("newsletter", "advertisement", "paywall")]
)
def test_an_article_about_such_lines_keeps_them_in_its_sentences(language: str, kind: str) -> None:
    sentences = [
        f"On the board at the quay stood “{line}” for a whole winter, and nobody in the harbour office knew who had put it there."
        for line in LINES[language][kind]
    ]
    assert body_of("".join(f"<p>{sentence}</p>" for sentence in sentences)) == [ONE, TWO, *sentences, THREE, FOUR]


def test_hidden_lines_stay_hidden() -> None:
    [segment] = [segment for segment in newsparse.parse(page_with("<p hidden>© Edda Marsh</p>")).segments if segment.text == "© Edda Marsh"]
    assert (segment.role, segment.kind) == (Role.BOILERPLATE, Kind.HIDDEN)
