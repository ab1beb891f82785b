"""Phrases that news sites put around an article, a file a language beside this module, and where in a segment they may stand.

A phrase is compared with a whole segment or with the beginning of a short one, never searched for inside a text: an article about
newsletters keeps its sentences. In which language a phrase is does not matter to a match, since a page's language is often stated
wrongly, and its boxes are often in another one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from newsparse.model import BoilerplateKind, Note
from newsparse.text import fold

# Where two languages disagree about a phrase, the earlier one decides.
LANGUAGES = tuple(
    [
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "no",
        "da",
        "fi",
        "pl",
        "cs",
        "ru",
        "uk",
        "tr",
        "el",
        "ar",
        "he",
        "fa",
        "hi",
        "id",
        "vi",
        "ja",
        "zh",
        "ko",
    ]
)

# A longer segment is a paragraph, whatever it begins with.
_MOST_WORDS = 20
_MOST_CHARACTERS = 200
_MOST_CHARACTERS_UNSPACED = 60
# Phrases are shorter than this, so that it suffices to fold the beginning of a text.
_MOST_CHARACTERS_FOLDED = 120

_NUMBER = re.compile(r"\d+(?: \d+)*")
_FIRST_WORD = re.compile(r"(?:[^\W_]|#)+|©")
# What sets a label apart from what it labels. A hyphen needs space beside it, since words contain it too.
_LABEL_END = re.compile(r"[:：|｜›»>→►▶➤/]|\s[-–—](?=\s)")
_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655]+")
# Between phrases that are folded in one call: a letter that no phrase has.
_BETWEEN = " ꙮ "


class Place(StrEnum):
    """Where in a segment a phrase stands."""

    WHOLE = "whole"
    START = "start"
    HEADING = "heading"


class Match(NamedTuple):
    """What a segment says. ``direction`` is "previous" or "next" for kind ``previous_next``; ``phrase`` is folded."""

    kind: BoilerplateKind
    place: Place
    phrase: str
    direction: str | None


class Section(NamedTuple):
    """Phrases of one meaning, as their file spells them. ``topic`` is the kind of boilerplate, or the note that they open."""

    topic: BoilerplateKind | Note
    place: Place
    direction: str | None
    phrases: tuple[str, ...]


class _Starts(NamedTuple):
    """Folded phrases that begin a segment, with their sections.

    What sets a label apart must follow those in ``labels``, lest "Related:" match "Related companies". A word may follow those in
    ``unspaced`` without a space; ``lengths`` are theirs by their first letter.
    """

    spaced: Mapping[str, Section]
    unspaced: Mapping[str, Section]
    lengths: Mapping[str, tuple[int, ...]]
    labels: frozenset[str]
    first_words: frozenset[str]


class _Tables(NamedTuple):
    equal: Mapping[str, Section]
    equal_first_words: frozenset[str]
    starts: _Starts


def fold_phrase(text: str) -> str:
    """``text`` for comparison with a phrase: folded, with "#" for every number and "copyright" for its sign.

    >>> fold_phrase("1,234 comments"), fold_phrase("© 2024")
    ('# comments', 'copyright #')
    """
    if not text.isascii():
        # Without this, the Turkish letter would fold to an "i" and a stray combining dot.
        text = text.replace("©", " copyright ").replace("İ", "i")
    if "#" in text:
        text = text.replace("#", "0")
    return _NUMBER.sub("#", fold(text))


def match_phrase(text: str) -> Match | None:
    """What the segment ``text`` says, if it is a known phrase or, being short, begins with one.

    Where a phrase is a heading, that alone tells little: the caller has to see that a list follows.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    tables = _phrases()
    first = _first_word(text)
    # Most segments end here: no phrase begins as they do, and they need not be folded.
    if first not in tables.equal_first_words and first not in tables.starts.first_words and first[:1] not in tables.starts.lengths:
        return None
    folded = fold_phrase(text[:_MOST_CHARACTERS_FOLDED])
    section = tables.equal.get(folded) if len(text) <= _MOST_CHARACTERS_FOLDED else None
    if section is not None:
        return Match(BoilerplateKind(section.topic), section.place, folded, section.direction)
    phrase = _find_start(tables.starts, first, folded, text)
    if phrase is None or not _is_short(text, phrase):
        return None
    section = tables.starts.spaced.get(phrase) or tables.starts.unspaced[phrase]
    return Match(BoilerplateKind(section.topic), section.place, phrase, section.direction)


def match_note(text: str) -> Note | None:
    """Which editorial note the paragraph ``text``, of any length, begins with, if any."""
    starts = _notes()
    first = _first_word(text)
    if first not in starts.first_words and first[:1] not in starts.lengths:
        return None
    head = text[:_MOST_CHARACTERS_FOLDED]
    phrase = _find_start(starts, first, fold_phrase(head), head)
    return Note((starts.spaced.get(phrase) or starts.unspaced[phrase]).topic) if phrase is not None else None


def sections(language: str) -> Iterator[Section]:
    """The phrases of one language, as its file spells them."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / f"{language}.toml").read_text("utf-8"))
    for name, places in table.items():
        if name == "keep":
            for note, directed in places.items():
                yield from _of_topic(Note(note), directed, None)
        elif name == BoilerplateKind.PREVIOUS_NEXT:
            for direction, directed in places.items():
                yield from _of_topic(BoilerplateKind.PREVIOUS_NEXT, directed, direction)
        else:
            yield from _of_topic(BoilerplateKind(name), places, None)


def _of_topic(topic: BoilerplateKind | Note, places: dict[str, str], direction: str | None) -> Iterator[Section]:
    for place, lines in places.items():
        yield Section(topic, Place(place), direction, tuple(phrase.strip() for phrase in lines.strip().replace("\n", " | ").split(" | ")))


@cache
def _sections() -> tuple[Section, ...]:
    return tuple(section for language in LANGUAGES for section in sections(language))


@cache
def _phrases() -> _Tables:
    kinds = [section for section in _sections() if not isinstance(section.topic, Note)]
    # A phrase that is a whole segment in one language and a heading in another needs no list to follow.
    ranked = [section for place in (Place.WHOLE, Place.HEADING) for section in kinds if section.place is place]
    equal: dict[str, Section] = {}
    for section, folded in _folded(ranked):
        equal.update(dict.fromkeys(folded, section))
    starts = _index([section for section in kinds if section.place is Place.START])
    return _Tables(MappingProxyType(equal), frozenset(phrase.partition(" ")[0] for phrase in equal), starts)


@cache
def _notes() -> _Starts:
    return _index([section for section in _sections() if isinstance(section.topic, Note)])


def _folded(ranked: list[Section]) -> Iterator[tuple[Section, list[str]]]:
    """The sections with their phrases folded, the more important ones later: to overwrite the others."""
    # As sites write them without their accents. Before all others, so that these never stand in their way.
    for section in reversed(ranked):
        spelled = _BETWEEN.join(section.phrases)
        if not spelled.isascii() and (bare := _without_accents(spelled)) != spelled:
            yield section, fold_phrase(bare).split(_BETWEEN)
    for section in reversed(ranked):
        yield section, fold_phrase(_BETWEEN.join(section.phrases)).split(_BETWEEN)


def _index(ranked: list[Section]) -> _Starts:
    spaced: dict[str, Section] = {}
    unspaced: dict[str, Section] = {}
    free: set[str] = set()
    for section, folded in _folded(ranked):
        for phrase, spelled in zip(folded, section.phrases, strict=True):
            (unspaced if _is_unspaced(phrase) else spaced)[phrase] = section
            if not spelled.endswith((":", "：")):
                free.add(phrase)
    lengths: dict[str, set[int]] = {}
    for phrase in unspaced:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return _Starts(
        MappingProxyType(spaced),
        MappingProxyType(unspaced),
        MappingProxyType({letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}),
        frozenset(spaced.keys() | unspaced.keys()) - free,
        frozenset(phrase.partition(" ")[0] for phrase in spaced),
    )


def _first_word(text: str) -> str:
    head = text[:_MOST_CHARACTERS_UNSPACED]
    found = _FIRST_WORD.search(head.casefold() if head.isascii() else head.replace("İ", "i").casefold())
    if found is None:
        return ""
    word = found.group()
    return word if word.isalpha() else fold_phrase(word)


def _find_start(starts: _Starts, first: str, folded: str, text: str) -> str | None:
    """The longest phrase that ``folded`` begins with."""
    if first in starts.first_words:
        end = len(folded)
        while end > 0:
            phrase = folded[:end]
            if phrase in starts.spaced and _is_set_apart(starts, phrase, folded, text):
                return phrase
            end = folded.rfind(" ", 0, end)
    for length in starts.lengths.get(first[:1], ()):
        phrase = folded[:length]
        if phrase in starts.unspaced and _is_set_apart(starts, phrase, folded, text):
            return phrase
    return None


def _is_set_apart(starts: _Starts, phrase: str, folded: str, text: str) -> bool:
    if folded == phrase or phrase not in starts.labels:
        return True
    for end in _LABEL_END.finditer(text):
        before = fold_phrase(text[: end.start()])
        if len(before) >= len(phrase):
            return before == phrase
    return False


def _is_short(text: str, phrase: str) -> bool:
    return len(text) <= _MOST_CHARACTERS_UNSPACED if _is_unspaced(phrase) else len(text.split()) <= _MOST_WORDS


def _is_unspaced(phrase: str) -> bool:
    """Whether a word may follow without a space: after kana and Chinese characters."""
    return "\u3040" <= phrase[-1] <= "\u9fff"


def _without_accents(text: str) -> str:
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text))).replace("ı", "i")
