"""Phrases that news sites put around an article, a file a language beside this module, and where in a segment they may stand.

A phrase is compared with a whole segment or with the beginning of a short one, never searched for inside a text: an article about
newsletters keeps its sentences. All languages of a script are looked up together, since a page's language is often stated wrongly,
and its boxes are often in another one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from newsparse.model import BoilerplateKind, Note
from newsparse.text import MARKS, fold

# The languages of each script, whose files are read when the first text in it comes. Where two languages disagree about a phrase, the
# earlier one decides.
SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "latin": ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "no", "da", "fi", "pl", "cs", "tr", "id", "vi"),
        "greek": ("el",),
        "cyrillic": ("ru", "uk"),
        "hebrew": ("he",),
        "arabic": ("ar", "fa"),
        "devanagari": ("hi",),
        "east_asian": ("ja", "zh", "ko"),
    }
)
_OTHER_SCRIPT = re.compile(
    "(?=[\u0370-\ud7af])(?:(?P<greek>[\u0370-\u03ff\u1f00-\u1fff])|(?P<cyrillic>[\u0400-\u052f])|(?P<hebrew>[\u0590-\u05ff])|(?P<arabic>[\u0600-\u06ff])"
    "|(?P<devanagari>[\u0900-\u097f])|(?P<east_asian>[\u3040-\u9fff\uac00-\ud7af]))"
)

# A longer segment is a paragraph, whatever it begins with.
_MOST_WORDS = 20
_MOST_CHARACTERS = 200
_MOST_CHARACTERS_UNSPACED = 60
# Phrases are shorter than this, so that it suffices to fold the beginning of a text.
_MOST_CHARACTERS_FOLDED = 120

_NUMBER = re.compile(r"\d+(?: \d+)*")
_OPENING = re.compile(rf"((?:[^\W_]++|[#{MARKS}]++)++|[©ⓒ])(?:(?:(?![#©ⓒ{MARKS}])[\W_])*((?:[^\W_]++|[#{MARKS}]++)++|[©ⓒ]))?")
_ASCII_OPENING = re.compile(r"([a-z0-9#]+)(?:[^a-z0-9#]*([a-z0-9#]+))?")
# What sets a label apart from what it labels. A hyphen needs space beside it, since words contain it too.
_LABEL_END = re.compile(r"[:：=＝|｜／›»>→►▶➤\]］】]|\s[-–—](?=\s)")


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

    What sets a label apart must follow those in ``labels``, lest "Related:" match "Related companies". Where a word may follow
    without a space, ``lengths`` are those of the phrases with the same first letter, the longest first. ``longest`` is the length of the
    longest phrase.
    """

    sections: Mapping[str, Section]
    longest: int
    labels: frozenset[str]
    openings: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]


class _Tables(NamedTuple):
    equal: Mapping[str, Section]
    openings: frozenset[str]
    starts: _Starts
    notes: _Starts


def fold_phrase(text: str) -> str:
    """``text`` for comparison with a phrase: folded, with "#" for every number and "copyright" for its sign.

    >>> fold_phrase("1,234 comments"), fold_phrase("© 2024")
    ('# comments', 'copyright #')
    """
    if "#" in text:
        text = text.replace("#", "0")
    folded = fold(_plain(text))
    return folded if folded.replace(" ", "").isalpha() else _NUMBER.sub("#", folded)


def match_phrase(text: str) -> Match | None:
    """What the segment ``text`` says, if it is a known phrase or, being short, begins with one.

    Where a phrase is a heading, that alone tells little: the caller has to see that a list follows.

    >>> match_phrase("READ MORE: Floods in the north")
    Match(kind=<BoilerplateKind.INLINE_TEASER: 'inline_teaser'>, place=<Place.START: 'start'>, phrase='read more', direction=None)
    """
    return _match_short(text) if len(text) <= _MOST_CHARACTERS else None


# The same labels stand on every page of a site.
@lru_cache(maxsize=8_192)
def _match_short(text: str) -> Match | None:
    first, opening = _opening(text)
    for tables in _tables_for(text):
        starts = tables.starts
        may_start = opening in starts.openings or first in starts.openings or first[:1] in starts.lengths
        # Most segments end here: no phrase begins as they do, and they need not be folded.
        if not may_start and opening not in tables.openings:
            continue
        folded = fold_phrase(text[:_MOST_CHARACTERS_FOLDED])
        section = tables.equal.get(folded) if len(text) <= _MOST_CHARACTERS_FOLDED else None
        if section is not None:
            return Match(cast(BoilerplateKind, section.topic), section.place, folded, section.direction)
        phrase = _find_start(starts, folded, text) if may_start else None
        if phrase is not None and _is_short(text, phrase):
            section = starts.sections[phrase]
            return Match(cast(BoilerplateKind, section.topic), section.place, phrase, section.direction)
    return None


def match_note(text: str) -> Note | None:
    """Which editorial note the paragraph ``text``, of any length, begins with, if any.

    >>> match_note("Correction: An earlier version misstated the date.")
    <Note.CORRECTION: 'correction'>
    """
    first, opening = _opening(text)
    head = text[:_MOST_CHARACTERS_FOLDED]
    for tables in _tables_for(text):
        notes = tables.notes
        if opening not in notes.openings and first not in notes.openings and first[:1] not in notes.lengths:
            continue
        phrase = _find_start(notes, fold_phrase(head), head)
        if phrase is not None:
            return cast(Note, notes.sections[phrase].topic)
    return None


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
        yield Section(topic, Place(place), direction, tuple(lines.strip().replace("\n", " | ").split(" | ")))


@cache
def _tables(script: str) -> _Tables:
    # Where two sections say the same, the later one overwrites the earlier.
    read = [section for language in SCRIPTS[script] for section in sections(language)][::-1]
    folded = _fold_all(read)
    bare = _without_accents(folded)
    pairs = [
        *((section, text) for section, text, same in zip(read, bare, folded, strict=True) if text != same),
        *zip(read, folded, strict=True),
    ]
    equal: dict[str, Section] = {}
    # A phrase that is a whole segment in one language and a heading in another needs no list to follow.
    for place in (Place.HEADING, Place.WHOLE):
        for section, text in pairs:
            if section.place is place:
                equal.update(dict.fromkeys(text.split("\n"), section))
    starts = _index((section, text) for section, text in pairs if section.place is Place.START and not isinstance(section.topic, Note))
    notes = _index((section, text) for section, text in pairs if isinstance(section.topic, Note))
    return _Tables(MappingProxyType(equal), _openings(equal) | starts.openings, starts, notes)


def _index(pairs: Iterable[tuple[Section, str]]) -> _Starts:
    by_phrase: dict[str, Section] = {}
    free: set[str] = set()
    for section, text in pairs:
        phrases = text.split("\n")
        by_phrase.update(dict.fromkeys(phrases, section))
        free.update(
            [phrase for phrase, spelled in zip(phrases, section.phrases, strict=True) if not _LABEL_END.match(spelled, len(spelled) - 1)]
        )
    lengths: dict[str, set[int]] = {}
    for phrase in by_phrase:
        if _is_unspaced(phrase):
            lengths.setdefault(phrase[0], set()).add(len(phrase))
    return _Starts(
        MappingProxyType(by_phrase),
        max(map(len, by_phrase), default=0),
        frozenset(by_phrase.keys() - free),
        _openings(by_phrase),
        MappingProxyType({letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}),
    )


def _fold_all(read: list[Section]) -> list[str]:
    """The sections' phrases as ``fold_phrase`` folds them, one a line: all at once, since one by one takes five times as long."""
    text = _plain("\n|\n".join(["\n".join(section.phrases) for section in read])).casefold()
    for mark in set(text):
        if not mark.isalnum() and mark not in "#\n|" and fold(f"a{mark}") == "a":
            text = text.replace(mark, " ")
    for doubled in ("  ", "# #"):
        while doubled in text:
            text = text.replace(doubled, doubled[0])
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ").split("\n|\n")


def _without_accents(folded: list[str]) -> list[str]:
    """As sites write phrases that they set in capitals, or in haste."""
    text = "\n|\n".join(folded)
    for letter in set(text):
        if not letter.isascii() and (base := unicodedata.normalize("NFD", letter)[0]) != letter and base < "\u0700":
            text = text.replace(letter, base)
    return text.replace("ı", "i").split("\n|\n")


def _plain(text: str) -> str:
    if text.isascii():
        return text
    # Otherwise the Turkish letter would fold to an "i" and a stray combining dot.
    return text.replace("©", " copyright ").replace("ⓒ", " copyright ").replace("İ", "i")


def _tables_for(text: str) -> tuple[_Tables, ...]:
    """The tables in which a text's phrases may be: those of its script, and of Latin letters, which stand on all pages."""
    head = text[:_MOST_CHARACTERS_UNSPACED]
    found = None if head.isascii() else _OTHER_SCRIPT.search(head)
    return _tables_of(None if found is None else found.lastgroup)


@cache
def _tables_of(script: str | None) -> tuple[_Tables, ...]:
    return (_tables("latin"),) if script is None else (_tables(script), _tables("latin"))


def _openings(phrases: Iterable[str]) -> frozenset[str]:
    """How phrases begin, as ``_opening`` tells of a text: the first two words, or the only one, or the number."""
    return frozenset(["#" if phrase[0] == "#" else " ".join(phrase.split(" ", 2)[:2]) for phrase in phrases])


def _opening(text: str) -> tuple[str, str]:
    """The first word of ``text``, and the first two, folded; a number is its own opening, since it may go on in the second word."""
    head = text[:_MOST_CHARACTERS_UNSPACED]
    words = (head if head.isascii() else head.replace("İ", "i")).casefold().split(None, 2)
    # Most texts begin with plain words, which need no regular expression.
    if len(words) > 1:
        first, second = words[0], words[1]
        if first.isalpha() and second.isalpha():
            return first, f"{first} {second}"
    elif words and words[0].isalpha():
        return words[0], words[0]
    return _rare_opening(" ".join(words))


def _rare_opening(head: str) -> tuple[str, str]:
    found = (_ASCII_OPENING if head.isascii() else _OPENING).search(head)
    if found is None:
        return "", ""
    first, second = found.groups()
    if not first.isalpha():
        first = fold_phrase(first)
        if first[0] == "#":
            return first, "#"
    if second is None:
        return first, first
    return first, f"{first} {second if second.isalpha() else fold_phrase(second)}"


def _find_start(starts: _Starts, folded: str, text: str) -> str | None:
    """The longest phrase that ``folded`` begins with."""
    end = len(folded) if len(folded) <= starts.longest else folded.rfind(" ", 0, starts.longest + 1)
    while end > 0:
        phrase = folded[:end]
        if phrase in starts.sections and _is_set_apart(starts, phrase, text):
            return phrase
        end = folded.rfind(" ", 0, end)
    for length in starts.lengths.get(folded[:1], ()):
        phrase = folded[:length]
        if phrase in starts.sections and _is_set_apart(starts, phrase, text):
            return phrase
    return None


def _is_set_apart(starts: _Starts, phrase: str, text: str) -> bool:
    if phrase not in starts.labels:
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
