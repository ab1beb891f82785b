"""The phrase tables and their matcher.

Laws: every phrase of the tables is found as such; no text is taken for a phrase that only contains one; folding is idempotent.
"""

import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.lexicon import phrases
from newsparse.lexicon.phrases import SCRIPTS, Match, Place, Section, fold_phrase, match_note, match_phrase, sections
from newsparse.model import BoilerplateKind, Note
from newsparse.text import fold

K = BoilerplateKind
LANGUAGES = [language for languages in SCRIPTS.values() for language in languages]
SECTIONS = [(language, section) for language in LANGUAGES for section in sections(language)]
ENTRIES = [(language, section, phrase) for language, section in SECTIONS for phrase in section.phrases]
KINDS = [(section, phrase) for _, section, phrase in ENTRIES if not isinstance(section.topic, Note)]
NOTES = [(section, phrase) for _, section, phrase in ENTRIES if isinstance(section.topic, Note)]

# What every language has words for.
COMMON = set(K) - {K.SIDEBAR, K.FOOTER, K.FORM, K.APPENDED_ARTICLE, K.HIDDEN, K.DROPPED, K.OTHER}


def is_label(phrase: str) -> bool:
    return phrase[-1] in ":：=＝|｜／】］]"


def example(phrase: str) -> str:
    """A text that says ``phrase``."""
    return phrase.replace("#", "12")


def rest(section: Section) -> str:
    """How a text may go on after a phrase that begins it."""
    return " Zelda 港" if section.place is Place.START else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_common_kind_and_both_directions(language: str) -> None:
    found = {section.topic for section in sections(language)}
    directions = {section.direction for section in sections(language) if section.topic is K.PREVIOUS_NEXT}
    assert found >= COMMON
    assert found >= set(Note)
    assert directions == {"previous", "next"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_tidy(language: str) -> None:
    text = (files("newsparse.lexicon.phrases") / f"{language}.toml").read_text("utf-8")
    tomllib.loads(text)
    assert max(map(len, text.splitlines())) <= 140
    for section in sections(language):
        for phrase in section.phrases:
            assert phrase == phrase.strip() != ""
            assert not any(letter.isdigit() for letter in phrase), "a number is written as #"
            assert fold_phrase(phrase).strip("# ") != ""
            assert len(fold_phrase(phrase)) < 100
            assert len(phrase.split()) <= 16
        spelled = [(fold_phrase(phrase), is_label(phrase)) for phrase in section.phrases]
        assert len(spelled) == len(set(spelled))


def test_phrases_of_another_script_are_written_in_it() -> None:
    for language, section, phrase in ENTRIES:
        if section.place is not Place.START and language not in SCRIPTS["latin"]:
            assert not phrase.isascii(), phrase


def test_no_phrase_has_two_kinds_in_one_place() -> None:
    kinds: dict[tuple[bool, str], set[tuple[object, object]]] = defaultdict(set)
    for section, phrase in KINDS:
        kinds[section.place is Place.START, fold_phrase(phrase)].add((section.topic, section.direction))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_a_phrase_alone_and_at_the_start_may_differ_in_kind_only_as_a_label_or_a_teaser() -> None:
    alone = {fold_phrase(phrase): section for section, phrase in KINDS if section.place is not Place.START}
    for section, phrase in KINDS:
        other = alone.get(fold_phrase(phrase))
        if section.place is Place.START and other is not None and other.topic != section.topic:
            assert is_label(phrase) or (other.topic, section.topic) == (K.RELATED, K.INLINE_TEASER), phrase


def test_every_phrase_is_found() -> None:
    alone = {fold_phrase(phrase) for section, phrase in KINDS if section.place is not Place.START}
    for section, phrase in KINDS:
        folded = fold_phrase(phrase)
        match = match_phrase(example(phrase) + rest(section))
        assert match is not None, phrase
        assert (match.kind, match.direction) == (section.topic, section.direction), phrase
        assert match.place is section.place or {match.place, section.place} == {Place.WHOLE, Place.HEADING}, phrase
        assert match.phrase == folded or (section.place is Place.START and match.phrase.startswith(folded)), phrase
        if section.place is Place.START and not is_label(phrase) and folded not in alone:
            assert match_phrase(example(phrase)) is not None, phrase


def test_every_note_is_found_in_a_paragraph_of_any_length() -> None:
    for section, phrase in NOTES:
        assert match_note(example(phrase) + rest(section)) is section.topic, phrase
        assert match_note(example(phrase) + " and so on" * 200) is section.topic, phrase


def test_whole_tables_are_folded_as_single_texts_are() -> None:
    for script in SCRIPTS:
        tables = phrases._tables(script)
        for text in (*tables.equal, *tables.starts.sections, *tables.notes.sections):
            assert fold_phrase(text) == text


@pytest.mark.parametrize(
    ("text", "kind", "place", "direction"),
    [
        ("  share this ", K.SHARE, Place.WHOLE, None),
        ("« Previous Article", K.PREVIOUS_NEXT, Place.WHOLE, "previous"),
        ("UP NEXT: Trams return to the harbour", K.PREVIOUS_NEXT, Place.START, "next"),
        ("Nächster Artikel Ein neuer Hafen", K.PREVIOUS_NEXT, Place.START, "next"),
        ("Comments (17)", K.COMMENTS, Place.WHOLE, None),
        ("1,204 comments", K.COMMENTS, Place.WHOLE, None),
        ("٣ تعليقات", K.COMMENTS, Place.WHOLE, None),
        ("منذ ٢ ساعات", K.BYLINE, Place.WHOLE, None),
        ("５分で読めます", K.BYLINE, Place.WHOLE, None),
        ("12 min read", K.BYLINE, Place.WHOLE, None),
        ("Related articles", K.RELATED, Place.HEADING, None),
        ("A LIRE AUSSI", K.RELATED, Place.HEADING, None),
        ("À lire aussi : le port rouvre", K.INLINE_TEASER, Place.START, None),
        ("İLGİLİ HABERLER", K.RELATED, Place.HEADING, None),
        ("ilgili haberler", K.RELATED, Place.HEADING, None),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", K.RELATED, Place.HEADING, None),
        ("أخر الأخبار", K.MOST_READ, Place.HEADING, None),
        ("اخر الاخبار", K.MOST_READ, Place.HEADING, None),
        ("関連記事", K.RELATED, Place.HEADING, None),
        ("前の記事港が再開", K.PREVIOUS_NEXT, Place.START, "previous"),
        ("上一篇：港口重新开放", K.PREVIOUS_NEXT, Place.START, "previous"),
        ("사진=김하늘 기자", K.MEDIA_CHROME, Place.START, None),
        ("【PR】新しい港の宿", K.ADVERTISEMENT, Place.START, None),
        ("Photo: Ada Quill", K.MEDIA_CHROME, Place.START, None),
        ("Photo | Ada Quill", K.MEDIA_CHROME, Place.START, None),
        ("© 2031 The Harbour Gazette", K.COPYRIGHT, Place.START, None),
        ("©2031 The Harbour Gazette", K.COPYRIGHT, Place.START, None),
        ("ⓒ 2031 항구신문", K.COPYRIGHT, Place.START, None),
        ("Читайте также: порт открыт", K.INLINE_TEASER, Place.START, None),
        ("Read more: Порт открыт", K.INLINE_TEASER, Place.START, None),
    ],
)
def test_phrases_as_sites_write_them(text: str, kind: BoilerplateKind, place: Place, direction: str | None) -> None:
    match = match_phrase(text)
    assert match is not None
    assert (match.kind, match.place, match.direction) == (kind, place, direction)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "12",
        "#",
        "Related companies have closed their mills as well",
        "Photo journalists were kept away from the harbour",
        "Read the letter that the mayor wrote",
        "Correction of the tax tables takes a month",
        "Kommentare im Netz brachten die Stadt in Not",
        "写真は昨日の港の様子です",
        "사진 속의 배는 어제 떠났다",
        "Share prices fell for a third day",
        "Next week the harbour opens again",
        "By Monday the water had gone",
        "Follow the river to the old bridge",
        "Copyright law was changed in the spring",
        "Conclusion",
        "Overview",
        "Summary",
        "Introduction",
        "Background",
    ],
)
def test_what_only_looks_like_a_phrase(text: str) -> None:
    assert match_phrase(text) is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Editor’s note: this report was first sent by post.", Note.EDITORS_NOTE),
        ("(Anm. d. Red.: Der Name ist geändert.)", Note.EDITORS_NOTE),
        ("訂正：港の名前に誤りがありました。", Note.CORRECTION),
        ("Correction of the tax tables takes a month.", None),
        ("The paper printed a correction: the bridge is older.", None),
        ("Red meat is dear again.", None),
    ],
)
def test_notes(text: str, note: Note | None) -> None:
    assert match_note(text) is note


def test_a_paragraph_is_no_label() -> None:
    assert match_phrase("Read more: " + "word " * 15) is not None
    assert match_phrase("Read more: " + "word " * 25) is None
    assert match_phrase("次の記事" + "港" * 40) is not None
    assert match_phrase("次の記事" + "港" * 80) is None


PROSE = st.lists(
    st.sampled_from(["yesterday", "harbour", "council", "quietly", "mended", "seven", "bridges", "although", "nobody", "asked"]),
    min_size=2,
    max_size=8,
)


@given(PROSE, st.sampled_from(KINDS), PROSE)
def test_a_sentence_that_contains_a_phrase_is_none(before: list[str], entry: tuple[Section, str], after: list[str]) -> None:
    text = " ".join([*before, example(entry[1]), *after])
    assert match_phrase(text) is None
    assert match_note(text) is None


@given(st.sampled_from(KINDS), st.lists(st.sampled_from(["harbour", "council", "bridge", "mended"]), min_size=21, max_size=60))
def test_a_long_paragraph_that_begins_with_a_phrase_is_none(entry: tuple[Section, str], words: list[str]) -> None:
    assert match_phrase(" ".join([example(entry[1]), *words])) is None


@given(st.text(max_size=200))
def test_any_text_is_matched_or_not(text: str) -> None:
    match = match_phrase(text)
    assert match is None or isinstance(match, Match)
    assert match_note(text) is None or isinstance(match_note(text), Note)
    assert match_phrase(text) == match


@given(st.text(max_size=200))
def test_folding_is_idempotent(text: str) -> None:
    assert fold_phrase(fold_phrase(text)) == fold_phrase(text)


@given(st.text(alphabet=st.characters(categories=("L", "P", "Z"), exclude_characters="İ©ⓒ#＃"), max_size=80))
def test_folding_is_that_of_text_where_there_are_no_numbers(text: str) -> None:
    assert fold_phrase(text) == fold(text)


def test_tables_cannot_be_changed() -> None:
    tables = phrases._tables("latin")
    with pytest.raises(TypeError):
        tables.equal["x"] = tables.equal["share"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        tables.starts.labels.add("x")  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        tables.equal["share"].place = Place.START  # type: ignore[misc]
    assert phrases._tables("latin") is tables


def test_scripts_are_read_apart() -> None:
    phrases._tables.cache_clear()
    assert match_phrase("Share") is not None
    assert phrases._tables.cache_info().currsize <= 1
