"""The words of dates in many languages: months, what a date dates, what stands between its parts, and spans of time.

All languages are looked up in at once, since a page's language is often stated wrongly and its dates are often in another one.
``months.toml`` and ``words.toml`` beside this module are the tables.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

# Marks of direction and joining inside words.
_UNSEEN = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
# Languages that do not set words apart by spaces: a word of theirs needs no boundary around it.
_UNSPACED = (("\u0e00", "\u0e7f"), ("\u3040", "\u9fff"), ("\uac00", "\ud7af"))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_PREFIX = re.compile("(?:d|l)['’](?=.)")
_SPANS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


def fold_date(text: str) -> str:
    """``text`` without differences of letter case and accents, and with every script's digits as ASCII.

    >>> fold_date("３ FÉVRIER ٢٠٢٤")
    '3 fevrier 2024'
    """
    if text.isascii():
        return text.lower()
    bare = _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", _UNSEEN.sub("", text)))
    folded = unicodedata.normalize("NFC", bare.casefold()).replace("ı", "i")
    return folded if folded.isascii() else _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), folded)


def _without_marks(run: re.Match[str]) -> str:
    return "".join([char for char in run[0] if unicodedata.category(char) != "Mn"])


def month_of(name: str, language: str = "") -> int | None:
    """The month that a folded name means, in ``language`` if that has it, else in any; Jalali months are 101 to 112.

    >>> month_of("lipca"), month_of("listopad", "hr"), month_of("listopad", "pl")
    (7, 10, 11)
    """
    key = _PREFIX.sub("", name.strip().replace(".", ""))
    return _months().get(language, {}).get(key) or _all_months().get(key)


@cache
def second_names() -> str:
    """A pattern of the second words of months that have two."""
    return _either(name.split()[1] for names in _months().values() for name in names if " " in name)


@cache
def pattern(*kinds: str) -> str:
    """A pattern of all languages' folded words of some kinds, longest first. A word is whole where its language parts words."""
    return _either(_listed(kinds))


@cache
def is_in(*kinds: str) -> frozenset[str]:
    """All languages' folded words of some kinds."""
    return frozenset(_listed(kinds))


@cache
def spans() -> Mapping[str, int]:
    """The seconds in a span, by its folded word."""
    return MappingProxyType({word: seconds for kind, seconds in _SPANS.items() for word in _listed((kind,))})


@cache
def doubles() -> Mapping[str, int]:
    """The seconds in spans that are two by their word alone."""
    return MappingProxyType(
        {word: 2 * seconds for kind, seconds in _SPANS.items() for word in _listed((f"two_{kind}s",))},
    )


def _listed(kinds: Iterable[str]) -> list[str]:
    folded = [fold_date(word) for kind in kinds for language in _table("words.toml").values() for word in language.get(kind, ())]
    return [*folded, *(word.replace(".", "") for word in folded if "." in word)]


def _either(words: Iterable[str]) -> str:
    unique = sorted(set(words), key=lambda word: (-len(word), word))
    unspaced = {word for word in unique if any(first <= word[0] <= last for first, last in _UNSPACED)}
    free = [re.escape(word) for word in unique if word in unspaced]
    bounded = [re.escape(word).replace(r"\ ", r"\s") for word in unique if word not in unspaced]
    parts = [rf"(?<!\w)(?:{'|'.join(bounded)})(?!\w)"] if bounded else []
    return f"(?:{'|'.join([*free, *parts])})"


@cache
def _months() -> Mapping[str, Mapping[str, int]]:
    return MappingProxyType(
        {
            language: MappingProxyType(
                {
                    fold_date(name).replace(".", ""): number
                    for number, names in enumerate(table["months"], 101 if language == "jalali" else 1)
                    for name in names
                }
            )
            for language, table in _table("months.toml").items()
        }
    )


@cache
def _all_months() -> Mapping[str, int]:
    merged: dict[str, int] = {}
    for names in _months().values():
        for name, number in names.items():
            merged.setdefault(name, number)
    return MappingProxyType(merged)


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))
