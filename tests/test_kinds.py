"""Names for what is taken away: every rule and every row of class words decides something, and what stands around an article is named.

The material is the fixtures and pages of a few lines below, one for what no fixture shows.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
from newsparse.body import places
from newsparse.body.features import FEATURES
from newsparse.body.kinds import RULES, Label, Rule, doubled, name_all, name_kind
from newsparse.body.label import label, label_by_rules
from newsparse.body.model import compile_model, load_model
from newsparse.body.places import see
from newsparse.document.segments import Walked
from newsparse.document.tree import read_document
from newsparse.lexicon import _TERM, any_line_term, kind_terms, kind_words, token_mask
from newsparse.lexicon.phrases import SCRIPTS, Match, sections
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Note, Role
from newsparse.pipeline import prepare
from tests.fixture_cases import PAGES

ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the last guests went home."
FOUR = "Two of the lanterns were found in the harbour the next morning, and a third on the roof of the chapel, where nobody could reach it."


def page_of(inside: str = "", above: str = "", below: str = "", title: str = "Ferry leaves late") -> str:
    """A page with a piece of markup among its paragraphs, above its title and below its article."""
    return f"""<!doctype html><html lang="en"><head><title>{title}</title></head><body>{above}<main><article><h1>{title}</h1>
    <div class="entry-content"><p>{ONE}</p><p>{TWO}</p>{inside}<p>{THREE}</p><p>{FOUR}</p></div></article></main>{below}</body></html>"""


# What is put around or into an article, where, and the kind that it is. "Words" and "Brolik zant" are in no table.
WORDS = "Vumpa brolik"
TITLE = "Vumpa brolik zant to the harbour li"
WIDGETS: tuple[tuple[str, str, str, Kind], ...] = (
    ("above", "<div><a href='#main-content'>Vumpa brolik</a></div>", WORDS, Kind.SKIP_LINK),
    ("inside", "<p><a href='https://www.facebook.com/sharer.php?u=x'>Vumpa brolik</a></p>", WORDS, Kind.SHARE),
    ("below", "<p><a href='https://www.facebook.com/brolik'>Vumpa brolik</a></p>", WORDS, Kind.FOLLOW),
    ("below", "<p>Vumpa brolik © 2026</p>", f"{WORDS} © 2026", Kind.COPYRIGHT),
    ("below", "<p><a href='javascript:Didomi.show()'>Vumpa brolik</a></p>", WORDS, Kind.COOKIE),
    ("below", "<p><a href='/x/#comments'>Vumpa brolik</a></p>", WORDS, Kind.COMMENTS),
    ("below", "<p><a href='https://play.google.com/store/apps/details?id=x'>Vumpa brolik</a></p>", WORDS, Kind.APP_PROMO),
    ("below", "<p><a href='/donate'>Vumpa brolik</a></p>", WORDS, Kind.DONATION),
    ("below", "<p><a href='/newsletters/'>Vumpa brolik</a></p>", WORDS, Kind.NEWSLETTER),
    ("below", "<p><a href='/abo'>Vumpa brolik</a></p>", WORDS, Kind.PAYWALL),
    ("below", "<p><a href='/tag/brolik/'>Vumpa brolik</a></p>", WORDS, Kind.TAGS),
    ("below", "<p>#vumpa #brolik</p>", "#vumpa #brolik", Kind.TAGS),
    ("below", "<ul class=most-read><li><a href=/a>Vumpa brolik</a></ul>", WORDS, Kind.MOST_READ),
    ("below", "<div class=related-posts><p>Vumpa brolik</p></div>", WORDS, Kind.RELATED),
    ("below", "<div class=post-navigation><p>Vumpa brolik</p></div>", WORDS, Kind.PREVIOUS_NEXT),
    ("below", "<div class=pagination><p>Vumpa brolik</p></div>", WORDS, Kind.PAGINATION),
    ("above", "<ul class=breadcrumbs><li>Vumpa brolik</ul>", WORDS, Kind.BREADCRUMBS),
    ("below", "<div class=author-box><p>Vumpa brolik</p></div>", WORDS, Kind.AUTHOR_BIO),
    ("below", "<div class=comment-list><p>Vumpa brolik</p></div>", WORDS, Kind.COMMENTS),
    ("below", "<div class=newsletter-signup><p>Vumpa brolik</p></div>", WORDS, Kind.NEWSLETTER),
    ("below", "<div class=paywall><p>Vumpa brolik</p></div>", WORDS, Kind.PAYWALL),
    ("below", "<div class=donation-box><p>Vumpa brolik</p></div>", WORDS, Kind.DONATION),
    ("below", "<div class=app-banner><p>Vumpa brolik</p></div>", WORDS, Kind.APP_PROMO),
    ("below", "<div class=readspeaker><p>Vumpa brolik</p></div>", WORDS, Kind.LISTEN),
    ("below", "<div class=ai-summary><p>Vumpa brolik</p></div>", WORDS, Kind.SUMMARY_PROMPT),
    ("below", "<div class=advert><p>Vumpa brolik</p></div>", WORDS, Kind.ADVERTISEMENT),
    ("below", "<div class=poll><p>Vumpa brolik</p></div>", WORDS, Kind.FORM),
    ("below", "<div class=tag-list><p>Vumpa brolik</p></div>", WORDS, Kind.TAGS),
    ("below", "<div class=share-buttons><p>Vumpa brolik</p></div>", WORDS, Kind.SHARE),
    ("below", "<div class=follow-us><p>Vumpa brolik</p></div>", WORDS, Kind.FOLLOW),
    ("below", "<div class=social><p>Vumpa brolik</p></div>", WORDS, Kind.SHARE),
    ("below", "<div class=licence><p>Vumpa brolik</p></div>", WORDS, Kind.COPYRIGHT),
    ("below", "<div class=video-player><p>Vumpa brolik</p></div>", WORDS, Kind.MEDIA_CHROME),
    ("below", "<div class=cookie-banner><p>Vumpa brolik</p></div>", WORDS, Kind.COOKIE),
    ("below", "<div class=skip-links><p>Vumpa brolik</p></div>", WORDS, Kind.SKIP_LINK),
    ("above", "<div class=kicker>Vumpa brolik</div>", WORDS, Kind.BREADCRUMBS),
    ("above", "<p><a href=/brolik/>Vumpa brolik</a></p>", WORDS, Kind.BREADCRUMBS),
    ("above", "<p>Vumpa › brolik</p>", "Vumpa › brolik", Kind.BREADCRUMBS),
    ("below", "<div class=site-footer><p>Vumpa brolik</p></div>", WORDS, Kind.FOOTER),
    ("above", "<div class=main-menu><p>Vumpa brolik</p></div>", WORDS, Kind.NAVIGATION),
    ("above", "<div class=site-logo><p>Vumpa brolik</p></div>", WORDS, Kind.NAVIGATION),
    ("above", "<header><p>Vumpa brolik</p></header>", WORDS, Kind.NAVIGATION),
    ("below", "<div class=sidebar><p>Vumpa brolik</p></div>", WORDS, Kind.SIDEBAR),
    ("below", "<form><p>Vumpa brolik</p></form>", WORDS, Kind.FORM),
    ("below", "<button>Vumpa brolik</button>", WORDS, Kind.NAVIGATION),
    ("below", "<dialog open><p>Vumpa brolik</p></dialog>", WORDS, Kind.NAVIGATION),
    ("below", "<figure><img src=a><p>Vumpa brolik</p></figure>", WORDS, Kind.MEDIA_CHROME),
    ("below", "<div><img src=a><p>Vumpa brolik</p></div>", WORDS, Kind.MEDIA_CHROME),
    ("inside", f"<p><a href=/a>{TITLE}</a></p>", TITLE, Kind.INLINE_TEASER),
    ("inside", f"<ul><li><a href=/a>{TITLE}</a><li><a href=/b>Zant brolik vumpa to the quay</a></ul>", TITLE, Kind.RELATED),
    ("below", f"<p><a href=/a>{TITLE}</a></p>", TITLE, Kind.MOST_READ),
    ("below", "<p><a href=/a>Vumpa brolik zant</a></p>", "Vumpa brolik zant", Kind.SIDEBAR),
    ("below", f"<aside><p><a href=/a>{TITLE}</a><p><a href=/b>{TITLE} b</a><p><a href=/c>{TITLE} c</a></aside>", TITLE, Kind.MOST_READ),
    ("inside", "<ul><li><a href='#brolik'>Vumpa brolik</a><li><a href='#zant'>Zant</a></ul>", WORDS, Kind.NAVIGATION),
    ("below", "<footer><p><a href=/c>Copyright</a></p></footer>", "Copyright", Kind.FOOTER),
    ("below", "<footer><h3>Donations and vumpa</h3><a href=/b>Brolik</a></footer>", "Donations and vumpa", Kind.FOOTER),
    (
        "below",
        "<div class=swiper-pagination><p>Vumpa brolik zant to the quay and on</p></div>",
        "Vumpa brolik zant to the quay and on",
        Kind.SIDEBAR,
    ),
    ("below", "<div class=paywall><button>Log in</button></div>", "Log in", Kind.NAVIGATION),
    ("below", "<form><div class=consent-field><p>Vumpa brolik</p></div></form>", WORDS, Kind.FORM),
    ("below", "<div class=related><a href=/b>Load more</a></div>", "Load more", Kind.RELATED),
    ("below", "<div class=gallery><p>Copyright © 2026 Brolik</p></div>", "Copyright © 2026 Brolik", Kind.COPYRIGHT),
    ("inside", "<blockquote><p>Last updated 3 May 2026</p></blockquote>", "Last updated 3 May 2026", Kind.MEDIA_CHROME),
    ("below", "<h3>More brolik</h3><ul><li><a href=/a>Vumpa brolik</a></ul>", "More brolik", Kind.RELATED),
    ("below", "<div hidden><p>Vumpa brolik</p></div>", WORDS, Kind.HIDDEN),
)
PAGES_OF_WIDGETS = [page_of(**{where: markup}) for where, markup, _, _ in WIDGETS]


# More than twelve words are body, whatever the shipped model says: what is tested are the names of the rest.
BY_LENGTH: dict[str, Any] = {"features": list(FEATURES), "first": [["words", 12, -3, 3]], "further": []}


@pytest.mark.parametrize(("where", "markup", "text", "kind"), WIDGETS)
def test_kind_of_a_widget_in_words_that_no_table_has(where: str, markup: str, text: str, kind: Kind) -> None:
    prepared = prepare(read_document(page_of(**{where: markup})))
    _, labels = label_by_rules(prepared.walked, prepared.matches, prepared.known, compile_model(BY_LENGTH))
    [found] = [item for segment, item in zip(prepared.walked.segments, labels, strict=True) if segment.text == text]
    # A few lines are apart as roles of their own: captions, and linked titles of related articles.
    roles = {Kind.MEDIA_CHROME: Role.CAPTION, Kind.RELATED: Role.RELATED}
    assert (found.role, found.kind) in ((Role.BOILERPLATE, kind), (roles.get(kind), None))


# --- No rule is dead


@cache
def material() -> list[tuple[Walked, Sequence[Match | None], int, list[int]]]:
    """The fixtures and the pages above, with where the body is."""
    found = []
    sources = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))] + [page.encode() for page in PAGES_OF_WIDGETS]
    for source in sources:
        prepared = prepare(read_document(source))
        labels = label(prepared.walked, prepared.matches, prepared.known, load_model())
        body = [index for index, item in enumerate(labels) if item.role is Role.BODY]
        title = next((index for index, item in enumerate(labels) if item.role is Role.TITLE), body[0] if body else 0)
        found.append((prepared.walked, prepared.matches, title, body))
    return found


def named(rules: Sequence[Rule] = RULES) -> Iterator[tuple[Role, Kind | None]]:
    """What all segments of the material are that are no body."""
    for walked, matches, title, body in material():
        page = see(walked, matches, title, body)
        for index, segment in enumerate(walked.segments):
            if segment.text and index not in set(body):
                found = name_kind(page, index, rules)
                yield found.role, found.kind


@cache
def named_by_all() -> list[tuple[Role, Kind | None]]:
    return list(named())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_decides_something(rule: Rule) -> None:
    assert list(named([other for other in RULES if other is not rule])) != named_by_all()


@pytest.mark.parametrize("word", kind_words())
def test_every_row_of_class_words_decides_something(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named_by_all()
    monkeypatch.setattr(places, "WORDS", tuple(row for row in places.WORDS if row[1] != word))
    monkeypatch.setattr(places, "_ZONE_BITS", tuple(row for row in places._ZONE_BITS if row[0] != kind_words()[word]))
    places._told.cache_clear()
    decided = list(named()) != named_by_all()
    places._told.cache_clear()
    assert decided


def test_entries_of_menus_are_named_as_by_all_rules() -> None:
    for walked, matches, title, body in material():
        page = see(walked, matches, title, body)
        textless = {index: Label(Role.BODY, None, "") for index, segment in enumerate(walked.segments) if not segment.text}
        for index, found in enumerate(name_all(page, textless, ())):
            assert index in textless or found == name_kind(page, index)


def test_rules_that_are_not_asked_have_no_answer() -> None:
    for walked, matches, title, body in material():
        page = see(walked, matches, title, body)
        for index, segment in enumerate(walked.segments):
            assert not segment.text or name_kind(page, index) == name_kind(page, index, list(RULES))


@pytest.mark.parametrize(
    ("heading", "is_more"),
    [
        ("More brolik", True),
        ("Więcej: brolik", True),
        ("Plus d’brolik", True),
        ("もっと見る", True),
        ("Moreover brolik", False),
        ("Merida", False),
    ],
)
def test_a_heading_promises_more_by_whole_words(heading: str, is_more: bool) -> None:
    walked = prepare(read_document(page_of(below=f"<h3>{heading}</h3><ul><li><a href=/a>Vumpa brolik</a></ul>").encode())).walked
    body = [index for index, segment in enumerate(walked.segments) if segment.text in (ONE, TWO, THREE, FOUR)]
    page = see(walked, [None] * len(walked.segments), 0, body)
    assert (page.matches[-2] is not None) is is_more


def test_reasons_tell_rules_apart() -> None:
    reasons = {name_kind(see(*page), index).reason for page in material() for index, segment in enumerate(page[0].segments) if segment.text}
    assert len(reasons) > 2 * len(RULES)


def test_words_of_class_names() -> None:
    assert token_mask("post-author-box") & kind_words()["author_bio"]
    assert not token_mask("postal-code") & sum(kind_words().values())


# --- What stands among the paragraphs goes, what belongs to the article stays

OUT: tuple[tuple[str, Kind], ...] = (
    ("<p>Advertisement</p>", Kind.ADVERTISEMENT),
    ("<p>Story continues below</p>", Kind.ADVERTISEMENT),
    ("<p>Dalsza część tekstu pod reklamą</p>", Kind.ADVERTISEMENT),
    ("<p>La suite après cette publicité</p>", Kind.ADVERTISEMENT),
    ("<p><a href=/a>Read more</a></p>", Kind.INLINE_TEASER),
    ("<p>READ MORE: <a href=/a>Seals counted on the outer skerries</a></p>", Kind.INLINE_TEASER),
    ("<p>1,204 shares</p>", Kind.SHARE),
    ("<p>Photo: Getty Images</p>", Kind.MEDIA_CHROME),
    ("<div class=newsletter><p>Sign up for our newsletter</p><form><input type=email></form></div>", Kind.NEWSLETTER),
    ("<p>Subscribe to continue reading</p>", Kind.PAYWALL),
    ("<p>Weiterlesen mit Abo</p>", Kind.PAYWALL),
    ("<p>Listen to this article</p>", Kind.LISTEN),
    ("<div class=poll><p>Poll</p><p>View results</p></div>", Kind.FORM),
    ("<div><p>Umfrage</p><p>Jetzt abstimmen</p></div>", Kind.FORM),
    ("<div class=quiz-box><p>Quiz</p></div>", Kind.FORM),
    ("<p>Download our app</p>", Kind.APP_PROMO),
    ("<div class=author-box><p>About the author</p></div>", Kind.AUTHOR_BIO),
    ("<p>12 comments</p>", Kind.COMMENTS),
    ("<p>No time to read?</p><p><a href=#s>Get a summary</a></p>", Kind.SUMMARY_PROMPT),
)


@pytest.mark.parametrize(("markup", "kind"), OUT)
def test_what_stands_among_the_paragraphs_goes(markup: str, kind: Kind) -> None:
    article = newsparse.parse(page_of(markup))
    assert [block.text for block in article.body] == [ONE, TWO, THREE, FOUR]
    assert kind in {segment.kind for segment in article.segments}


@pytest.mark.parametrize("text", ["5 min read", "Lesezeit: 4 Minuten", "读完需要 3 分钟", "By Ann Veldt, 3 May 2024"])
def test_reading_time_and_by_lines_are_no_body(text: str) -> None:
    page = page_of().replace("<div class=", f"<p>{text}</p><div class=", 1)
    assert [block.text for block in newsparse.parse(page).body] == [ONE, TWO, THREE, FOUR]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Correction: An earlier version of this article gave the wrong year for the opening of the bridge.", Note.CORRECTION),
        ("Editor's note: This article has been updated with a statement of the harbour office on the ice.", Note.EDITORS_NOTE),
        ("Anmerkung der Redaktion: Dieser Text wurde am Abend um eine Stellungnahme des Hafenamts ergänzt.", Note.EDITORS_NOTE),
    ],
)
def test_corrections_and_notes_stay_and_are_marked(text: str, note: Note) -> None:
    page = page_of().replace(f"<p>{FOUR}</p>", f"<p>{FOUR}</p><p>{text}</p>")
    last = newsparse.parse(page).body[-1]
    assert last.text == text
    assert isinstance(last, newsparse.Paragraph)
    assert last.note is note


def test_summary_in_the_box_of_its_prompt_is_no_boilerplate() -> None:
    summary = "The ferry was late, nobody says what the bridge will cost, and the choir sang until late."
    page = page_of().replace("<div class=", f"<div class=x><p>AI summary</p><p>{summary}</p></div><div class=", 1)
    article = newsparse.parse(page)
    assert [segment.role for segment in article.segments if segment.text == summary] == [Role.SUMMARY]
    assert [block.text for block in article.body] == [ONE, TWO, THREE, FOUR]


def test_summary_prompt_among_the_paragraphs_of_a_small_part_makes_no_summary_of_them() -> None:
    part = "<section><h2>Zant</h2><p>{}</p>{}<p>{}</p></section>"
    prompt = "<div><div>Short on time?</div><div role=button>Summarize</div></div>"
    texts = [f"{text} {number}." for number in range(4) for text in (ONE, TWO, THREE, FOUR)]
    parts = [
        part.format(first, prompt if not number else "", second)
        for number, (first, second) in enumerate(zip(texts[::2], texts[1::2], strict=True))
    ]
    article = newsparse.parse(f"<title>Ferry leaves late</title><h1>Ferry leaves late</h1><article>{''.join(parts)}</article>")
    assert [block.text for block in article.body if block.text != "Zant"] == texts


# --- A widget that stands twice


@pytest.mark.parametrize("widget", ["<p>Brolik zant?</p><p>Vumpa li brolik</p>", "<div class=x><span>Zant li?</span> <b>Brolik</b></div>"])
def test_widget_in_invented_words_above_and_below_the_text_is_found(widget: str) -> None:
    page = page_of().replace(f"<p>{ONE}</p>", f"{widget}<p>{ONE}</p>").replace(f"<p>{FOUR}</p>", f"<p>{FOUR}</p>{widget}")
    assert [block.text for block in newsparse.parse(page).body] == [ONE, TWO, THREE, FOUR]


def test_a_line_is_doubled_only_around_the_text() -> None:
    segments = prepare(
        read_document("".join(f"<p>{text}</p>" for text in ("Zant?", ONE, "Zant?", TWO, "Li.", THREE, "Zant?")))
    ).walked.segments
    assert doubled(segments, range(len(segments))) == [0, 6]
    assert doubled(segments, range(6)) == [0]
    assert doubled(segments[1:], range(6)) == []


# --- An article about such things keeps its text

OTHERS = "In the town hall they asked what “{}” was to mean on a page like that, and who had put it there, but nobody answered."
LANGUAGES = [language for languages in SCRIPTS.values() for language in languages]
FILLING = {
    "ja": "港の合唱団は夜遅くまで歌い続け、市場の倉庫には多くの人が集まったという。"
    "「{}」という言葉について、町の議会は来週の会議であらためて話し合う予定だと伝えた。",
    "zh": "港口的合唱团一直唱到深夜，许多人聚集在鱼市的仓库里。"
    "关于“{}”这句话，镇议会表示将在下周的会议上再次讨论，并且会听取居民的意见，然后才作出决定。",
    "ko": "항구의 합창단은 밤늦게까지 노래를 불렀고 어시장 창고에는 많은 사람이 모였다. "
    "의회는 “{}”라는 말에 대해 다음 주 회의에서 다시 논의할 예정이라고 밝혔으며 주민의 의견도 듣겠다고 했다.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_article_about_a_phrase_keeps_its_text(language: str, data: st.DataObject) -> None:
    phrases = [
        phrase.replace("#", "7") for section in sections(language) if not isinstance(section.topic, Note) for phrase in section.phrases
    ]
    first, second = data.draw(st.sampled_from(phrases)), data.draw(st.sampled_from(phrases))
    filling = FILLING.get(
        language, "In the town hall they asked what “{}” was to mean on a page like that, and who had put it there, but nobody answered."
    )
    texts = [ONE, filling.format(first), TWO, filling.format(second), THREE]
    page = f"<h1>Ferry leaves late</h1><div>{''.join(f'<p>{text}</p>' for text in texts)}</div>"
    assert [block.text for block in newsparse.parse(page).body] == [" ".join(text.split()) for text in texts]


def test_lines_terms_are_found_by_their_first_letters() -> None:
    """The quick look at a line sees the first letter of each term: of a term that begins with a sign or a group it would see that."""
    terms = [term for _, pattern in kind_terms("line") for term in _TERM.findall(pattern.pattern.removeprefix("(?<![a-z])(?:")[:-1])]
    assert all(term[0].isalnum() for term in terms)
    plain = [term for term in terms if re.escape(term) == term.replace(" ", r"\ ")]
    assert len(plain) > 100
    assert [term for term in plain if any_line_term().search(f"vumpa {term}") is None] == []
