"""What a caller can choose: limits, own rules, site templates and the time of retrieval."""

from datetime import datetime
from enum import StrEnum

import attrs

from newsparse.errors import InvalidRuleError, SiteTemplateError


@attrs.frozen
class Limits:
    """How large a page may be. All limits are counts, never clocks, so the same page always gives the same result.

    Attributes:
        bytes: bytes of the source (characters, for a ``str``).
        nodes: elements of the tree.
        depth: levels of nested elements; within thousands of levels, tags that end nothing count too.
        links: ``<a href>`` elements.
        text: characters of text in the tree, those of scripts too; of plain text, all.

    Exceeding one raises ``LimitExceededError``.
    """

    bytes: int = 64 * 1024 * 1024
    nodes: int = 4_000_000
    depth: int = 150_000
    links: int = 1_000_000
    text: int = 32 * 1024 * 1024


class RuleAction(StrEnum):
    """What a rule does with the segments that it matches."""

    KEEP = "keep"
    DROP = "drop"


@attrs.frozen
class Rule:
    """A caller's own word on some segments: keep them as body, or drop them as boilerplate.

    Attributes:
        action: ``keep`` or ``drop``.
        css: a CSS selector; the rule matches every segment whose block element is a selected one or inside one. An element within a line,
            such as a link in a sentence, is no segment of its own.
        phrase: a phrase; the rule matches every segment whose whole text is the phrase, letter case and spaces aside.

    Exactly one of ``css`` and ``phrase`` is given, else ``InvalidRuleError``.
    """

    action: RuleAction = attrs.field(converter=RuleAction)
    css: str | None = None
    phrase: str | None = None

    def __attrs_post_init__(self) -> None:
        if (self.css is None) == (self.phrase is None):
            raise InvalidRuleError("a Rule needs exactly one of css= and phrase=")


@attrs.frozen
class SiteTemplate:
    """Rules for the pages of one site.

    Attributes:
        host: the site's host name, without ``www.``; it also covers the host's subdomains.
        rules: what to keep and drop on its pages.
    """

    host: str
    rules: tuple[Rule, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.host or "/" in self.host:
            raise SiteTemplateError(f"a SiteTemplate's host is a bare host name such as 'example.com', not {self.host!r}")


@attrs.frozen
class Options:
    """How to parse.

    Attributes:
        limits: how large a page may be.
        rules: what to keep and drop whatever the page; the first rule that matches a segment decides.
        sites: rules that hold only for pages whose URL is on the template's host.
        retrieved: when the page was fetched. The only clock there is: without it relative dates are not resolved.
    """

    limits: Limits = Limits()
    rules: tuple[Rule, ...] = ()
    sites: tuple[SiteTemplate, ...] = ()
    retrieved: datetime | None = None
