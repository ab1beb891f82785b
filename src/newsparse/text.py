"""Small pure helpers from ``str`` to ``str``."""

import html
import re
from functools import lru_cache

# Zero-width and direction marks, soft hyphens and byte-order marks: invisible, and in the way of every comparison.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
# Only what is surely markup: a headline may have "<" and ">" of its own.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|div|em|figcaption|font|h[1-6]|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b[^<>]*>", re.IGNORECASE)
# "&amp;amp;lt;": what one system wrote and the next ones escaped again.
_ESCAPED_AGAIN = re.compile(r"&(?:(?:amp|#0*38|#x0*26);?)+", re.IGNORECASE)
_MOST_ROUNDS = 3
# A number of more than seven digits is no character; Python refuses to read one of thousands.
_LONG_NUMBER = re.compile(r"&#0*([0-9]{1,8})[0-9]*+")
# Python counts marks that are written on letters, such as vowel signs, as no part of a word; in Hindi or Thai words are full of them.
# A part of a character class: the combining marks of the scripts that newspapers use (Unicode, general categories Mn and Mc).
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
# Chinese and Japanese, in which spaces part words only in lists.
SPACELESS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_NON_WORD = re.compile(rf"[^\w{MARKS}]+")
# The same for ASCII and for Latin-1, a character at a time in C; most texts are so but for a few signs of typography.
_LATIN_FOLDED = bytes(code if chr(code).isalnum() else 32 for code in range(256))
_BEYOND_LATIN, _SIGNS = re.compile("[\u0100-\U0010ffff]"), "’‘“”–—…"
_ASCII_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def fold_space(text: str) -> str:
    r"""``text`` with every run of white space as one space, and none at the ends.

    >>> fold_space(" a \n\t b ")
    'a b'
    """
    return " ".join(text.split())


def unescape(text: str) -> str:
    """``text`` with its entities decoded, as ``html.unescape`` does, but for numbers of any length.

    >>> unescape("&lt;&#0038;&#" + 5000 * "9" + ";")
    '<&\ufffd'
    """
    return html.unescape(_LONG_NUMBER.sub(r"&#\1", text) if "&#" in text else text)


def clean(text: str) -> str:
    """A metadata value as a reader sees it: entities decoded, tags and invisible characters removed, white space folded.

    Entities are decoded more than once, since data written by one system and escaped by the next is escaped twice.

    >>> clean("Tom &amp;amp; <b>Jerry</b> ")
    'Tom & Jerry'
    """
    return _clean_kept(text) if len(text) <= _SHORT_VALUE else _clean(text)


def _clean(text: str) -> str:
    for _ in range(_MOST_ROUNDS):
        if "&" not in text or (decoded := unescape(_ESCAPED_AGAIN.sub("&", text))) == text:
            break
        text = decoded
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return visible(text)


def visible(text: str) -> str:
    """``text`` without invisible characters such as soft hyphens, white space folded.

    >>> visible("Fähr\u00adschiff  ")
    'Fährschiff'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """``text`` for comparison: letter case, punctuation and spacing aside.

    >>> fold("“Don’t – stop”")
    'don t stop'
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_ASCII_FOLDED).split())
    text = text.casefold()
    if _BEYOND_LATIN.search(text):
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        if _BEYOND_LATIN.search(text):
            return _NON_WORD.sub(" ", text.replace("_", " ")).strip()
    return " ".join(text.encode("latin-1").translate(_LATIN_FOLDED).decode("latin-1").split())


def may_be_in(text: str, folded: str) -> bool:
    """A quick look whether ``text``, once folded, may be in another folded text: whether its first letters are.

    >>> may_be_in("The Bridge", "over the bridge"), may_be_in("A Bridge", "over the bridge")
    (True, False)
    """
    head = text[:3]
    return not head.isalpha() or head.casefold() in folded


def squash(text: str) -> str:
    """The letters and digits of ``text`` alone, as host names write a site's name.

    >>> squash("The Daily-Post")
    'thedailypost'
    """
    return fold(text).replace(" ", "")


# The titles, names and labels of a page are compared again and again. No name is longer than this.
_SHORT = 200
# The same for what metadata state in several places, for several fields.
_SHORT_VALUE = 500
_clean_kept = lru_cache(maxsize=256)(_clean)
_fold_short = lru_cache(maxsize=1024)(_fold)


def words(table: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(table.split())
