"""Tables of words and phrases, as data files beside this module, and their loaders."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@cache
def topics() -> tuple[str, ...]:
    """The topics of class and id words, in the order of their bits."""
    return tuple(_table("tokens.toml"))


@cache
def _bits() -> Mapping[str, int]:
    bits: dict[str, int] = {}
    for position, words in enumerate(_table("tokens.toml").values()):
        for word in words:
            bits[word] = bits.get(word, 0) | 1 << position
    return MappingProxyType(bits)


@lru_cache(maxsize=16_384)
def token_mask(names: str) -> int:
    """The topics of the words in a class or id attribute, one bit a topic.

    >>> token_mask("postBody") == token_mask("post") | token_mask("body")
    True
    """
    bits = _bits()
    mask = 0
    for word in _WORD.findall(names[:512]):
        mask |= bits.get(word.lower(), 0)
    for word in names[:512].lower().replace("_", "-").split():
        mask |= bits.get(word.replace("-", ""), 0)
    return mask


def _table(name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((files(__package__) / name).read_text("utf-8"))
    return table
