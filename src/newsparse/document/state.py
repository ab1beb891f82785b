"""Text that a page does not show by itself: what its scripts draw it from, as data beside their code, and what it shows without scripts.

Such pages hold the article as a string of HTML, or its paragraphs as strings under one key, in JSON or in calls that pass JSON on. No
code is run and no format is known: strings are read as strings, and those inside strings too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from newsparse.text import fold

# A string and the key before it. One that is not closed ends with the script, so that no text is looked at twice.
_STRING = re.compile(r'(?:"(?P<key>\w{1,40})"\s*:\s*|\b(?P<name>\w{1,40})\s*:\s*)?"(?P<value>(?:[^"\\]|\\.)*+)(?:"|\Z)', re.DOTALL)
# Escapes that scripts have and JSON has not; pairs of backslashes are passed over.
_JS_ESCAPE = re.compile(r"\\(?:x(?P<hex>[0-9a-fA-F]{2})|['`])")
_LEVELS = 3
_LEAST_CHARS, _LEAST_SPACES = 60, 8
_LONG_CHARS = 400
_PARAGRAPHS = re.compile(r"<p[\s>]", re.IGNORECASE)
_LEAST_PARAGRAPHS = 2
_CODE = re.compile(r"[{}]|=>|\bfunction\b|://\S+\Z")
# What consent managers and forms bring along in many languages.
_CONSENT = re.compile(r"cookie|consent|gdpr|javascript", re.IGNORECASE)
# So much of the title's words must be in the text, or it belongs to another page.
_TITLE_SHARE = 1 / 2
_LEAST_LETTERS = 4


def stated_markup(root: etree._Element, title: str | None) -> str | None:
    """The longest article text that scripts hold, as markup of paragraphs; ``None`` where there is none that fits the title.

    >>> text = "<p>The ferry left late that day.</p><p>The pier was under ice until noon.</p>"
    >>> stated_markup(etree.HTML(f'<h1>Ferry</h1><script>draw({{"html": "{text}", "page": 1, "pages": 1}})</script>'), "Ferry") == text
    True
    """
    best, most = None, 0
    for script in root.iter("script"):
        for markup, size in _candidates(script.text or ""):
            if size > most and not _CONSENT.search(markup) and _fits(markup, title):
                best, most = markup, size
    return best


def unscripted_markup(root: etree._Element) -> str | None:
    """What the page shows where no script runs: the content of its longest ``noscript`` element; ``None`` where that is no text.

    >>> unscripted_markup(etree.HTML("<body><noscript>Turn scripts on</noscript></body>")) is None
    True
    """
    longest, most = None, _LONG_CHARS
    for element in root.iter("noscript"):
        size = sum(map(len, element.itertext()))
        if size > most:
            longest, most = element, size
    if longest is None:
        return None
    return escape(longest.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in longest)


def _candidates(text: str) -> Iterator[tuple[str, int]]:
    """Markup that may be the article, with its size: a string of HTML, or the plain strings under one key."""
    if len(text) < 2 * _LEAST_CHARS:
        return
    plain: dict[str, list[str]] = {}
    for key, value in _strings(text, _LEVELS):
        if len(_PARAGRAPHS.findall(value)) >= _LEAST_PARAGRAPHS:
            yield value, len(value)
        elif value.count(" ") >= _LEAST_SPACES and "<" not in value and not _CODE.search(value):
            plain.setdefault(key, []).append(value)
    for values in plain.values():
        longest = max(values, key=len)
        # One text that is longer than the others together is the article; else they are its paragraphs.
        chosen = [longest] if 2 * len(longest) > sum(map(len, values)) else list(dict.fromkeys(values))
        lines = [line for value in chosen for line in value.splitlines() if line.strip()]
        yield "".join(f"<p>{escape(line)}</p>" for line in lines), sum(map(len, lines))


def _strings(text: str, levels: int) -> Iterator[tuple[str, str]]:
    """The long strings in a script or in data, and those in strings that hold data themselves, each with its key."""
    for match in _STRING.finditer(text):
        raw = match["value"]
        if len(raw) < _LEAST_CHARS:
            continue
        try:
            value = json.loads('"' + _JS_ESCAPE.sub(_as_json, raw) + '"', strict=False)
        except ValueError:
            continue
        if levels > 1 and len(value) > _LONG_CHARS and '"' in value and not value.lstrip().startswith("<"):
            yield from _strings(value, levels - 1)
        else:
            yield match["key"] or match["name"] or "", value


def _as_json(escape_: re.Match[str]) -> str:
    """An escape that only scripts know as JSON has it."""
    return f"\\u00{escape_['hex']}" if escape_["hex"] else escape_[0][1:]


def _fits(markup: str, title: str | None) -> bool:
    words = [word for word in fold(title or "").split() if len(word) >= _LEAST_LETTERS or not word.isascii()]
    if not words:
        return False
    folded = fold(markup)
    # Without its last letter, a word is found in other cases and numbers too.
    return sum(word[: max(2, len(word) - 1)] in folded for word in words) >= _TITLE_SHARE * len(words)
