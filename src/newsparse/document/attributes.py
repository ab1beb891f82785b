"""Whether a page may have an element with very many attributes, for which libxml2 takes time with the square of their number."""

import re

MOST_ATTRIBUTES = 500
# In a smaller page all the attributes that there can be take some tenths of a second.
_SMALLEST = 64 * 1024

# Larger pages are always looked through. In a smaller one, a tag with very many attributes has blocks that are full of equals signs or
# have none of the signs that others have, unless a page was made to look otherwise.
_LARGE = 1024 * 1024
_BLOCK, _OTHER_SIGNS = 16 * 1024, (b'"', b"{")
_SAMPLE, _MANY_EQUALS = 1024, 64

# The usual form first, for speed; then all that HTML allows (https://html.spec.whatwg.org/#before-attribute-name-state).
_ATTRIBUTE = rb""" [a-zA-Z-]++="[^"]*+"|[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_REST_OF_TAG = rb"(?:%b){0,%d}+[\s/]*+>" % (_ATTRIBUTE, MOST_ATTRIBUTES)
_SCRIPT = rb"(?i:script|style)\b"
_RAW = rb"(?i:title|textarea|xmp|iframe|noembed|noframes|plaintext)\b"
# Two letters that no element begins with whose content is no markup.
_COMMON = rb"(?![sS][cCtT]|[tT][eEiI]|[xX][mM]|[iI][fF]|[nN][oO]|[pP][lL])"
_PIECES = (
    rb"[^<]++",
    rb"</[a-zA-Z0-9]++>",
    rb"<" + _COMMON + rb"/?+[a-zA-Z][^\s/>]*+" + _REST_OF_TAG,
    rb"<" + _SCRIPT + _REST_OF_TAG + rb"(?:[^<]++|<(?!!--|/" + _SCRIPT + rb"))*+</" + _SCRIPT,
    rb"<" + _RAW + _REST_OF_TAG + rb"[^<]*+</",
    rb"<(?!" + _SCRIPT + rb"|" + _RAW + rb")/?+[a-zA-Z][^\s/>]*+" + _REST_OF_TAG,
    rb"<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+-->",
    rb"<[!?](?!--)[^<>]*+>",
    rb"<[^a-zA-Z!?/]",
)
# Nothing is tried twice, so the time is linear.
_FEW = re.compile(rb"(?:%b)*+\Z" % rb"|".join(_PIECES))


def may_have_many_attributes(page: bytes) -> bool:
    """Whether an element may have more than ``MOST_ATTRIBUTES``.

    A page of up to ``_LARGE`` bytes can be made in which that is not seen. Of the others, only a page that every reader of HTML reads the
    same is known to have none: a script with a comment in it, or a title with a tag in it, may hide where an element begins.

    >>> may_have_many_attributes(b"<p title='a > b'>one" * 5000), may_have_many_attributes(b"<p" + b" a1" * 50_000 + b">one")
    (False, True)
    """
    return _is_suspicious(page) and _FEW.match(page) is None


def _is_suspicious(page: bytes) -> bool:
    """Whether a page is to be looked through, told from a few bytes of it: most pages need no more."""
    if not _SMALLEST <= len(page) < _LARGE:
        return len(page) >= _LARGE
    for start in range(0, len(page) - _BLOCK, _BLOCK):
        if page.count(b"=", start, start + _SAMPLE) > _MANY_EQUALS:
            return True
        # Nearly every block has the first of the signs.
        if page.find(b">", start, start + _BLOCK) < 0 and not any(sign in page[start : start + _BLOCK] for sign in _OTHER_SIGNS):
            return True
    return False
