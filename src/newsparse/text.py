"""Small pure helpers from ``str`` to ``str``."""

import html
import re

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
_NON_WORD = re.compile(r"[\W_]+")


def fold_space(text: str) -> str:
    r"""``text`` with every run of white space as one space, and none at the ends.

    >>> fold_space(" a \n\t b ")
    'a b'
    """
    return " ".join(text.split())


def clean(text: str) -> str:
    """A metadata value as a reader sees it: entities decoded, tags and invisible characters removed, white space folded.

    Entities are decoded more than once, since data written by one system and escaped by the next is escaped twice.

    >>> clean("Tom &amp;amp; <b>Jerry</b> ")
    'Tom & Jerry'
    """
    for _ in range(_MOST_ROUNDS):
        if "&" not in text or (decoded := html.unescape(_ESCAPED_AGAIN.sub("&", text))) == text:
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
    return _NON_WORD.sub(" ", text.casefold()).strip()


def squash(text: str) -> str:
    """The letters and digits of ``text`` alone, as host names write a site's name.

    >>> squash("The Daily-Post")
    'thedailypost'
    """
    return _NON_WORD.sub("", text.casefold())


def words(table: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(table.split())
