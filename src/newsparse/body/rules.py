"""The caller's own rules: which segments to keep as body or drop, by CSS selector or phrase."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from lxml import etree

from newsparse.document.segments import RawSegment
from newsparse.document.urls import parts_of
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


def select(rules: Sequence[Rule], root: etree._Element) -> dict[etree._Element, int]:
    """The elements that CSS rules select, with a bit for each such rule by its place among the ``rules``.

    Raises:
        InvalidRuleError: a CSS selector cannot be understood.
    """
    selected: dict[etree._Element, int] = {}
    for number, rule in enumerate(rules):
        for element in _select(rule.css, root) if rule.css is not None else ():
            selected[element] = selected.get(element, 0) | 1 << number
    return selected


def apply_rules(rules: Sequence[Rule], segments: Sequence[RawSegment]) -> Ruled:
    """Which segments the rules decide; of several rules for one segment the first counts. CSS rules match nothing in plain text."""
    ruled = Ruled()
    for number, rule in enumerate(rules):
        for index in _matching(rule, 1 << number, segments):
            if index not in ruled.kept and index not in ruled.dropped:
                chosen = ruled.kept if rule.action is RuleAction.KEEP else ruled.dropped
                chosen[index] = f"your rule: {rule.action} {rule.css or rule.phrase!r}"
    return ruled


def _host(url: str | None) -> str:
    return (parts_of(url).hostname or "").removeprefix("www.")


def _matching(rule: Rule, bit: int, segments: Sequence[RawSegment]) -> list[int]:
    if rule.phrase is None:
        return [index for index, segment in enumerate(segments) if segment.node.chosen & bit]
    wanted = fold(rule.phrase)
    return [index for index, segment in enumerate(segments) if segment.text and segment.folded == wanted]


def _select(css: str, root: etree._Element) -> list[etree._Element]:
    from lxml.cssselect import CSSSelector, SelectorError

    try:
        found: list[etree._Element] = CSSSelector(css, translator="html")(root)
    except SelectorError as error:
        raise InvalidRuleError(f"the CSS selector {css!r} cannot be understood: {error}") from error
    return found
