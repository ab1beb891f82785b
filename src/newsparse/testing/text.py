"""Text in thirteen languages and nine scripts, put together from word lists of newsparse's own (``words/``).

A sentence has a number: equal numbers give equal sentences, and neighbouring ones have no phrase in common. So a whole story is drawn
with two numbers, and no sentence of it stands twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

LANGUAGES = ("en", "de", "fr", "es", "ru", "el", "ar", "he", "hi", "zh", "ja", "ko", "th")
LONG_WORDS = 25
# Every so manieth sentence quotes somebody.
_QUOTE_EVERY = 6
# A headline whose two phrases' numbers add up to a multiple of this is one for an article, the others are for links to articles:
# no link on a page has the page's own title for its text.
_TITLE_EVERY = 4


class Script(StrEnum):
    """A writing system."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    DEVANAGARI = "devanagari"
    CJK = "cjk"
    KOREAN = "korean"
    THAI = "thai"


# So many characters make a word where words are not set apart.
_CHARACTERS_A_WORD = {Script.CJK: 2, Script.THAI: 4}


@attrs.frozen(eq=False)
class Language:
    """A language's phrases, and what sites put around their news in it."""

    code: str
    script: Script
    direction: str
    prose: Mapping[str, Any]
    labels: Mapping[str, tuple[str, ...]]

    def phrases(self, name: str) -> Sequence[str]:
        """A list of phrases of the ``[prose]`` table."""
        found: Sequence[str] = self.prose[name]
        return found

    def sentence(self, number: int, position: int = 0) -> str:
        """The sentence with this number. ``position`` is its place in the story: some sentences are quotations."""
        if position % _QUOTE_EVERY == _QUOTE_EVERY - 1:
            said = number + position // _QUOTE_EVERY
            claims, speakers = self.phrases("claims"), self.phrases("speakers")
            quote: str = self.prose["quote"]
            speaker = speakers[(said + said // len(claims)) % len(speakers)]
            return quote.format(claim=claims[said % len(claims)], speaker=speaker)
        subjects, predicates, tails = self.phrases("subjects"), self.phrases("predicates"), self.phrases("tails")
        sentence: str = self.prose["sentence"]
        return sentence.format(
            subject=subjects[(number + position) % len(subjects)],
            predicate=predicates[(number // 8 + 3 * position + position // 8) % len(predicates)],
            tail=tails[(number // 64 + 5 * position + position // 64) % len(tails)],
        )

    def join(self, sentences: Sequence[str]) -> str:
        """Sentences as one text."""
        joint: str = self.prose["joint"]
        return joint.join(sentences)

    def titles(self) -> Sequence[str]:
        """Headlines for articles."""
        return _headlines(self.code)[0]

    def link_titles(self) -> Sequence[str]:
        """Headlines for links to other articles; none of them is among ``titles``."""
        return _headlines(self.code)[1]

    def count_words(self, text: str) -> int:
        """How many words a text has. Where words are not set apart it is estimated from the number of characters."""
        characters = _CHARACTERS_A_WORD.get(self.script)
        return len(text.split()) if characters is None else len(text) // characters


@cache
def load_language(code: str) -> Language:
    """The language with this code. Raises ``ValueError`` for a code that is not in ``LANGUAGES``."""
    if code not in LANGUAGES:
        raise ValueError(f"no language {code!r}: there are {', '.join(LANGUAGES)}")
    table = tomllib.loads((files(__package__) / "words" / f"{code}.toml").read_text("utf-8"))
    labels = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in table["labels"].items()}
    if code != "en":  # what a site has not translated is English
        labels = {**load_language("en").labels, **labels}
    return Language(code, Script(table["script"]), table["direction"], MappingProxyType(table["prose"]), MappingProxyType(labels))


@cache
def _headlines(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    language = load_language(code)
    form: str = language.prose["headline"]
    found: tuple[list[str], list[str]] = ([], [])
    whats = language.phrases("what")
    for first in range(len(language.phrases("who"))):
        for step in range(len(whats)):
            second = (first + step) % len(whats)  # neighbours have no phrase in common
            found[step % _TITLE_EVERY > 0].append(form.format(who=language.phrases("who")[first], what=whats[second]))
    return tuple(found[0]), tuple(found[1])


def languages_of(script: Script | str | None = None) -> tuple[str, ...]:
    """The codes of the languages in a script. Raises ``ValueError`` where it is none of ``Script``."""
    wanted = None if script is None else Script(script)
    return tuple(code for code in LANGUAGES if wanted in (None, load_language(code).script))


def languages(script: Script | str | None = None) -> SearchStrategy[str]:
    """The code of a language; those in the Latin script are as frequent as all others together."""
    codes = languages_of(script)
    latin = [code for code in codes if load_language(code).script is Script.LATIN]
    return st.one_of(st.sampled_from(latin), st.sampled_from(codes)) if latin else st.sampled_from(codes)


def tell(language: Language, start: int, first: int, count: int) -> list[str]:
    """``count`` sentences of the story that begins with sentence ``start``, from its ``first`` on."""
    return [language.sentence(start, position) for position in range(first, first + count)]


def paragraph_of(language: Language, start: int, first: int, count: int) -> tuple[str, int]:
    """A paragraph of at least ``count`` sentences and ``LONG_WORDS`` words, and how many sentences it took."""
    sentences = tell(language, start, first, count)
    while language.count_words(language.join(sentences)) < LONG_WORDS:
        sentences.append(language.sentence(start, first + len(sentences)))
    return language.join(sentences), len(sentences)


STARTS = st.integers(0, 511)


def paragraphs(script: Script | str | None = None, language: str | None = None) -> SearchStrategy[str]:
    """A paragraph of a news story of 25 words or more (where words are not set apart, of so many characters).

    Args:
        script: a writing system of ``Script``.
        language: a code of ``LANGUAGES``.

    Raises:
        ValueError: there is no such script or language.
    """
    codes = languages(script) if language is None else st.just(load_language(language).code)
    return st.builds(lambda code, start, count: paragraph_of(load_language(code), start, 0, count)[0], codes, STARTS, st.integers(1, 4))
