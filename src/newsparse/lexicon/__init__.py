"""Tables of words and phrases, as data files beside this module, and their loaders."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

# More characters of an attribute say nothing more about its element; without a bound they would cost what an attacker wants.
_LONGEST_NAMES = 2000
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SMALL_WORD = re.compile(r"[a-z]+|\d+")  # the same where there are no capitals
# One of the alternatives of an expression, which may have others in brackets.
_TERM = re.compile(r"(?:\([^()]*\)|[^|()])+")


@cache
def topics() -> tuple[str, ...]:
    """The topics of class and id words, in the order of their bits."""
    return tuple(_table("tokens.toml"))


@cache
def topic_bit(topic: str) -> int:
    """The bit of one topic in a mask. Raises ``ValueError`` for a topic that the table does not have."""
    return 1 << topics().index(topic)


@cache
def kind_words() -> Mapping[str, int]:
    """What class and id words say of the kind of boilerplate in an element, the surest first, with the bit of each in a mask."""
    first = len(topics())
    return MappingProxyType({name: 1 << first + position for position, name in enumerate(_table("kinds.toml"))})


@cache
def kind_terms(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words that name a kind in a "line" or a "heading", the surest kind first, as patterns for text in lower case."""
    return tuple((kind, re.compile(rf"(?<![a-z])(?:{terms})")) for kind, terms in _kind_terms()[where].items())


@cache
def any_line_term() -> re.Pattern[str]:
    """All the terms of a "line" in one pattern, to tell quickly that there is none; each begins with a letter, which is looked at first."""
    rest: dict[str, list[str]] = {}
    for term in _TERM.findall("|".join(_kind_terms()["line"].values())):
        rest.setdefault(term[0], []).append(term[1:])
    terms = "|".join(f"{letter}(?:{'|'.join(others)})" for letter, others in rest.items())
    return re.compile(rf"(?=[{''.join(sorted(rest))}])(?<![a-z])(?:{terms})")


@cache
def _kind_terms() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads((files(__package__) / "kind_terms.toml").read_text("utf-8"))
    return table


@cache
def closings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What the last paragraphs below a text say that are no part of it, by kind, as patterns that begin where a word does."""
    return tuple((kind, re.compile(rf"(?<!\w)(?:{'|'.join(terms)})", re.IGNORECASE)) for kind, terms in _table("closings.toml").items())


@cache
def tags() -> Mapping[str, tuple[str, ...]]:
    """The names of elements by how their text flows: inline, strong, emphasis, code, skipped, media."""
    return MappingProxyType({flow: tuple(names) for flow, names in _table("tags.toml").items()})


@cache
def _bits() -> Mapping[str, int]:
    bits: dict[str, int] = {}
    # The trained model knows the bits of the topics, and does not ask for the others.
    for position, words in enumerate((*_table("tokens.toml").values(), *_table("kinds.toml").values())):
        for word in words:
            bits[word] = bits.get(word, 0) | 1 << position
    return bits


def token_mask(names: str) -> int:
    """The topics of the words in a class or id attribute, one bit a topic.

    >>> token_mask("postBody wide") == token_mask("post") | token_mask("body")
    True
    """
    mask = 0
    for name in names[:_LONGEST_NAMES].split():
        mask |= _name_mask(name)
    return mask


@lru_cache(maxsize=32_768)
def _name_mask(name: str) -> int:
    """The topics of one class name: of its words, and of two neighbouring words as one, for "sub-title" and "sideBar".

    Names recur from element to element and page to page; whole attributes do so far less.
    """
    bits = _bits()
    words = _SMALL_WORD.findall(name) if name.islower() else [word.lower() for word in _WORD.findall(name)]
    mask = bits.get("".join(words), 0) if len(words) > 2 else 0
    before = ""
    for word in words:
        if word in bits:
            mask |= bits[word]
        if before and (pair := before + word) in bits:
            mask |= bits[pair]
        before = word
    return mask


def _table(name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((files(__package__) / name).read_text("utf-8"))
    return table
