"""The caller's own rules: which segments to keep as body or drop, by CSS selector or phrase."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import attrs
from lxml import etree

from newsparse.document.segments import RawSegment
from newsparse.errors import InvalidRuleError
from newsparse.options import Options, Rule, RuleAction
from newsparse.text import fold


@attrs.frozen
class Ruled:
    """The segments that rules decide, by index, with the rule in words."""

    kept: dict[int, str] = attrs.field(factory=dict)
    dropped: dict[int, str] = attrs.field(factory=dict)


def rules_for(options: Options, url: str | None) -> tuple[Rule, ...]:
    """The rules that hold for a page: those of its site first, then those for all pages."""
    host = _host(url)
    own = [rule for site in options.sites if host == site.host or host.endswith(f".{site.host}") for rule in site.rules]
    return (*own, *options.rules)


def apply_rules(rules: Sequence[Rule], segments: Sequence[RawSegment], root: etree._Element | None) -> Ruled:
    """Which segments the rules decide; of several rules for one segment the first counts.

    CSS rules match nothing in plain text (``root`` is ``None``).

    Raises:
        InvalidRuleError: a CSS selector cannot be understood.
    """
    ruled = Ruled()
    for rule in rules:
        for index in _matching(rule, segments, root):
            if index not in ruled.kept and index not in ruled.dropped:
                chosen = ruled.kept if rule.action is RuleAction.KEEP else ruled.dropped
                chosen[index] = f"your rule: {rule.action} {rule.css or rule.phrase!r}"
    return ruled


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _matching(rule: Rule, segments: Sequence[RawSegment], root: etree._Element | None) -> list[int]:
    if rule.phrase is not None:
        wanted = fold(rule.phrase)
        return [index for index, segment in enumerate(segments) if segment.text and segment.folded == wanted]
    if root is None:
        return []
    chosen = set(_select(rule.css or "", root))
    return [index for index, segment in enumerate(segments) if not chosen.isdisjoint(_self_and_ancestors(root, segment.path))]


def _select(css: str, root: etree._Element) -> list[etree._Element]:
    from lxml.cssselect import CSSSelector, SelectorError

    try:
        found: list[etree._Element] = CSSSelector(css, translator="html")(root)
    except SelectorError as error:
        raise InvalidRuleError(f"the CSS selector {css!r} cannot be understood: {error}") from error
    return found


def _self_and_ancestors(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path)
    return [found[0], *found[0].iterancestors()] if isinstance(found, list) and found else []
