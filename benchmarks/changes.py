"""Changes of a page around its article: other names, and no navigation. Pages are measured with them, and learned from.

Each is a pure function from a tree to a changed copy; ``None`` where a page has nothing to change.
"""

from __future__ import annotations

import hashlib
from copy import deepcopy

from lxml import etree

# Attributes that hold names of elements or classes, separated by spaces.
_NAMING = ("class", "id", "for", "headers", "aria-controls", "aria-describedby", "aria-labelledby")
# Without vowels no new name has a word in it.
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_NAME_LENGTH = 8


def with_other_names(root: etree._Element, seed: str) -> etree._Element | None:
    """Every class and id by another name without meaning, the same for the same name, also where a link or a label refers to it."""
    changed = deepcopy(root)
    if next(changed.iterfind(".//*[@class]"), None) is None and next(changed.iterfind(".//*[@id]"), None) is None:
        return None
    for element in changed.iter("*"):
        for attribute in _NAMING:
            if names := element.get(attribute):
                element.set(attribute, " ".join(_other_name(name, seed) for name in names.split()))
        target = element.get("href", "")
        if len(target) > 1 and target.startswith("#"):
            element.set("href", f"#{_other_name(target[1:], seed)}")
    return changed


def _other_name(name: str, seed: str) -> str:
    digest = hashlib.sha256(f"{seed} {name}".encode(errors="surrogatepass")).digest()
    return "".join(_CONSONANTS[byte % len(_CONSONANTS)] for byte in digest[:_NAME_LENGTH])


def without_navigation(root: etree._Element) -> etree._Element | None:
    """Without the elements that are navigation by their name or their role."""
    changed = deepcopy(root)
    found: list[etree._Element] = changed.xpath("descendant::nav | descendant::*[@role='navigation']")
    for element in found:
        _remove(element)
    return changed if found else None


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree, but not the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
