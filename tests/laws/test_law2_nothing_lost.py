"""Law 2, nothing lost: the segments' texts, concatenated, are the page text; what is hidden is there too, and named so."""

import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse import Article, BoilerplateKind, Role
from tests.laws.oracle import PAGES, Parse, find_counterexample, is_surely_markup, page_texts, squeeze, text_of
from tests.strategies import any_bytes, any_str, pages, plain_texts

DEEP = (
    "<div>" * 300 + "deep" + "</div>" * 300 + "<p>after",
    "<div>" * 3_000 + "deep" + "</div>" * 3_000 + "<p>after",
    "<b>" * 3_000 + "deep" + "</b>" * 3_000 + "<p>after",
    "<o:p>x</o:p>" + "<div>" * 3_000 + "deep" + "</div>" * 3_000 + "<p>after",
    "<p title='a<b'>x\x01</p>" + "<div>" * 3_000 + "deep</p>" + "</div>" * 3_000 + "after</body></html>",
)
UNUSUAL = (
    "text before<!doctype html><html><body><p>one</body></html>text after",
    "<p>one</body></html><!-- end --><p>two",
    "<p>one</p></body></html><html><head><title>second</title></head><body><p>two",
    "<textarea></body></textarea><p>one",
    "<p>one<xmp></html></xmp>two",
    "<p>one<!-- </body> -->two",
    "<p>one<!--></body>two</html>three<p>four",
    "<p>one<!---></body>two</html>three<p>four",
    "<p>one<!-- no --!></body>two</html>three<p>four",
    "<p>one<script>no</script x></body>two</html>three<p>four",
    "<p>one<title>two</title/></body>three</html>four<p>five",
    "<p>one</body x>two</html y>three<p>four",
    "<p>one</html/>two<p>three",
    "<p>one<</body>two</html>three<p>four",
    "<p>one</<iframe></body>two</html>three<p>four",
    "<p>one<?<iframe></body>two<!<xmp></html>three<p>four",
    "<p>one<script title='a<b' />two</html>three<p>four",
    "<p>one<script/></body>two</html>three<p>four",
    "<p>one<noscript><div></noscript></body>two</html>three<p>four",
    "<p>one<title-bar>two</body>three</html>four</title-bar>five",
    "<p>one<script\0></body>two</html>three",
    "<div>one<p>two</p>three<b>four<div>five</div>six</b>seven</div>eight",
    "<ul><li>one<ul><li>two</ul>three</ul>",
    "<table>stray<tr>stray<td>one<td>two<caption>three</table>four",
    "<select><optgroup label=no><option>one<option>two</select>",
    "<iframe><p>one</p></iframe><noembed>two</noembed><noframes>three</noframes>",
    "<svg><title>one</title><text>two</text><style>no</style></svg><math><mi>x</mi></math>",
    "<p>one<title>two</title>three",
    "<object>one<param name=no></object><video>two</video><canvas>three</canvas>",
    "<p>one<script>no</script><noscript>no</noscript><template>no</template>two",
    "<noscript>no<p>no</noscript>one",
    "<a href='/x'>one<p>two</p>three</a>four",
    "<p>one<br>two<br/>three<hr>four<wbr>five",
    "<plaintext>one<p>two",
    "<html><frameset><frame src=x><noframes>one</noframes></frameset></html>",
    "<p>one<head><title>two</title></head><body>three",
    "<p>a\u200bb\u00adc\u2028d\x01e\x85f",
    "<p>&nbsp;<p>\u3000<p>\u200b<p>.",
    "<button>one</button><label>two<input value=no></label><legend>three</legend>",
    "<!doctype html><title>no</title><main>one<p>two</main>three<div>four",
    "<script>no</script><article></body>one</html>two<p>three",
    "<head><meta><my-page>one</my-page>two<title>three</title></head><body>four<p>five",
    "<title>no</title><area>\x0bone",
    "<title>no</title><main>one\x01</main><body class='\x01'>\x01two<p>three",
    "<ruby>一<rt>one</rt></ruby><details><summary>two</summary>three</details>",
)


def check_law2(parse: Parse, source: str | bytes) -> None:
    """No character of the page text is missing from the segments, added to them or out of order."""
    if isinstance(source, bytes):
        article = parse(source, encoding="utf-8")
        source = source.decode("utf-8", "replace")
    else:
        article = parse(source)
    assert _CONTROLS.sub("\ufffd", _segments_text(article)) in {_CONTROLS.sub("\ufffd", text) for text in page_texts(source)}


# In a page that nests deeper than the parser goes, these too become U+FFFD: lxml builds no tree of them.
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check_law2_hidden(parse: Parse, source: str, marker: str) -> None:
    """The hidden text ``marker`` is kept, and says that it is hidden unless it is taken for body."""
    found = [segment for segment in parse(source).segments if marker in segment.text]
    assert len(found) == 1
    assert found[0].role is Role.BODY or found[0].kind is BoilerplateKind.HIDDEN


def _segments_text(article: Article) -> str:
    return squeeze("".join(segment.text for segment in article.segments))


@given(pages())
def test_nothing_of_a_page_is_lost(source: str) -> None:
    check_law2(newsparse.parse, source)


@given(any_str())
def test_nothing_of_any_str_is_lost(source: str) -> None:
    check_law2(newsparse.parse, source)


@given(plain_texts())
def test_nothing_of_a_plain_text_is_lost(source: str) -> None:
    check_law2(newsparse.parse, source)
    check_law2(newsparse.parse_text, source)


def test_byte_order_mark_is_no_text() -> None:
    # What a file holds that was opened as UTF-8 although it begins with a mark.
    for source in ("\ufeffThe ferry left late\n\nOne\n", "\ufeff\n\ufeff\nOne\n", "\ufeff<p>One"):
        check_law2(newsparse.parse, source)


@given(any_bytes())
def test_nothing_of_any_bytes_is_lost(source: bytes) -> None:
    # Bytes of which most are not of the stated encoding are read in another one, which may be any.
    encoding = newsparse.parse(source, encoding="utf-8").evidence_for("encoding")
    if encoding is not None and encoding.raw == "utf-8":
        check_law2(newsparse.parse, source)


@pytest.mark.parametrize("source", UNUSUAL)
def test_nothing_of_an_unusual_page_is_lost(source: str) -> None:
    check_law2(newsparse.parse, source)


@pytest.mark.parametrize("source", DEEP, ids=range(len(DEEP)))
def test_nothing_of_a_deep_page_is_lost(source: str) -> None:
    check_law2(newsparse.parse, source)


def test_nothing_of_a_huge_text_is_lost() -> None:
    check_law2(newsparse.parse, "<p>" + "x" * 11_000_000 + "<p>after")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_a_fixture_is_lost(path: Path) -> None:
    check_law2(newsparse.parse, text_of(path))
    check_law2(newsparse.parse, text_of(path).encode())


HIDING = ("hidden", 'hidden=""', 'style="display:none"', 'style="color: red; DISPLAY : none !important"')


@given(pages(), st.sampled_from(("p", "div", "section", "aside", "span", "a", "my-box")), st.sampled_from(HIDING), st.booleans())
def test_hidden_text_is_kept_and_named(source: str, tag: str, hiding: str, nested: bool) -> None:
    # A paragraph ends where a block begins, and would hide nothing.
    inner = "<div><p>Zwqx marker</p></div>" if nested and tag != "p" else "Zwqx marker"
    hidden = f"<!doctype html><html><body><{tag} {hiding}>{inner}</{tag}>"
    check_law2_hidden(newsparse.parse, hidden + source, "Zwqx marker")


def _without_last_segment(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(article, segments=article.segments[:-1])


def _without_hidden_segments(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(article, segments=tuple(segment for segment in article.segments if segment.kind is not BoilerplateKind.HIDDEN))


def _with_first_segment_twice(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(article, segments=article.segments[:1] + article.segments)


def _backwards(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(article, segments=article.segments[::-1])


def _without_dots(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(article, segments=tuple(attrs.evolve(segment, text=segment.text.rstrip(".")) for segment in article.segments))


def _without_what_follows_a_comment(source: Any, **arguments: Any) -> Article:
    # What a walk does that skips a comment together with its tail.
    markup = source.partition("-->")[0] + "-->" if isinstance(source, str) and is_surely_markup(source) and "-->" in source else source
    return newsparse.parse(markup, **arguments)


def _with_description_as_segment(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    if article.segments and article.title:
        first = attrs.evolve(article.segments[0], text=article.title, role=Role.TITLE, kind=None)
        return attrs.evolve(article, segments=(first, *article.segments))
    return article


BROKEN = (
    _without_last_segment,
    _without_hidden_segments,
    _with_first_segment_twice,
    _backwards,
    _without_dots,
    _without_what_follows_a_comment,
    _with_description_as_segment,
)


@pytest.mark.parametrize("broken", BROKEN)
def test_search_finds_what_loses_or_adds_text(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law2(broken, source), pages())


@pytest.mark.parametrize("broken", [_without_last_segment, _with_first_segment_twice, _backwards])
def test_search_finds_what_loses_or_adds_plain_text(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda source: check_law2(broken, source), plain_texts())


def _calls_hidden_text_other(source: Any, **arguments: Any) -> Article:
    article = newsparse.parse(source, **arguments)
    return attrs.evolve(
        article,
        segments=tuple(
            attrs.evolve(segment, kind=BoilerplateKind.OTHER) if segment.kind is BoilerplateKind.HIDDEN else segment
            for segment in article.segments
        ),
    )


@pytest.mark.parametrize("broken", [_calls_hidden_text_other, _without_hidden_segments])
def test_search_finds_what_does_not_name_hidden_text(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(
            lambda page: check_law2_hidden(broken, f"<!doctype html><p hidden>Zwqx marker</p>{page}", "Zwqx marker"), pages()
        )
