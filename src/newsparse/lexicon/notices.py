"""What walls, error messages and paywalls say (``pages.toml``): phrases that may stand anywhere in a short text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from newsparse.text import fold


class _Phrases(NamedTuple):
    """Phrases as expressions for folded text: in spaced scripts with the longest word of each, in others with the phrase itself."""

    spaced: tuple[tuple[str, str], ...]
    unspaced: tuple[str, ...]


class Texts:
    """Folded texts of one page, in which notices are looked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._all = "\n".join(texts)
        self._words = frozenset(self._all.split())

    def find(self, topic: str, name: str) -> str | None:
        """What the first of the texts says that has a phrase of the table's section ``topic``, entry ``name``.

        Only for phrases whose longest word is on the page an expression is made, which takes far longer than all else here.
        """
        spaced, unspaced = _phrases()[topic][name]
        likely = [phrase for word, phrase in spaced if word in self._words]
        others = [phrase for phrase in unspaced if phrase in self._all]
        if not likely and not others:
            return None
        pattern = re.compile("|".join((*([rf"\b(?:{'|'.join(likely)})\b"] if likely else ()), *others)))
        return next((found[0] for text in self._texts if (found := pattern.search(text))), None)


@cache
def _phrases() -> Mapping[str, Mapping[str, _Phrases]]:
    table: dict[str, dict[str, str]] = tomllib.loads((files(__package__) / "pages.toml").read_text("utf-8"))
    return MappingProxyType({topic: {name: _read(text) for name, text in names.items()} for topic, names in table.items()})


def _read(text: str) -> _Phrases:
    spaced, unspaced = [], []
    for line in text.strip().replace("\n", " | ").split(" | "):
        phrase = fold(line.replace("#", "0"))
        expression = phrase.replace("0", r"\d+")
        if "\u3040" <= phrase[-1] <= "\ud7af":
            unspaced.append(expression)
        else:
            spaced.append((max(phrase.split(), key=len), expression))
    return _Phrases(tuple(spaced), tuple(unspaced))
