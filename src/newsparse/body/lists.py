"""Boxes of links to other articles, and which of them belong to the article: related ones, and pointers between its paragraphs.

Linked titles of one make that follow each other under one heading are a box. What a box is, is learnt from how it is made, what stands
above it, where it is and where its links lead (``lists.json``): the mean of a few models, each the sum of small decision trees.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import attrs

from newsparse.body.boxes import headed
from newsparse.body.features import ENDS, word_units, words_in
from newsparse.body.label import Label
from newsparse.body.model import compile_trees
from newsparse.body.places import POINTERS
from newsparse.document import segments as facts
from newsparse.document.segments import RawLink, RawSegment
from newsparse.document.urls import is_page_link, parts_of
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.text import words

# A linked title has so many words, and so much of its segment is link.
_TITLE_WORDS, _LINK_SHARE = 3, 0.5
# How far around an empty link its card reaches.
_CARD_LEVELS, _CARD_SEGMENTS = 3, 8
# Links of one make that stand further apart are two boxes.
_APART = 14
# The titles of articles have more words than this, on average.
_FEWEST_WORDS = 3.6
_MOST_BOX_LINKS = 24
_LEVELS = 9
_OUTER = facts.NAV | facts.HEADER | facts.FOOTER
_PASSED = facts.HIDDEN | facts.DIALOG
_NO_ARTICLE = words(
    "category categories categoria categorie kategorie rubrik section tag tags topic topics thema themen tema author authors autor autoren"
    " auteur signataire signataires profile user users people person search newsletter newsletters subscribe login register contact about"
    " legal privacy"
)
# A box's own heading decides more surely than the trees do, which have seen few pages: what is added to their sum. Where it promises
# other links they are not asked: of hundreds of such boxes one was related.
_HEADED, _HEADED_OTHERWISE = 1.0, -2.0
# A title behind "Read also:" is hardly ever something else.
_POINTING = 4.0
# Of log-odds further from 0 one model is sure.
_DOUBT = 1.5
_SAYS_RELATED = ("under_related", "heading_like", "says_inline_teaser")
_SAYS_OTHERWISE = ("heading_latest", "heading_most", "heading_paid", "under_most_read", "under_tags")
_TITLE_WORD = re.compile(r"\w{4,}")
_NUMBERED, _LONGEST_NUMBER, _DIGITS = re.compile(r"\d{1,2}\.?$"), 4, frozenset("0123456789")
# What is told of a box by the class words of its elements, and by what its elements are.
_CLASS_BITS = {
    topic_bit(name): f"class_{name}"
    for name in (
        *("related", "popular", "card", "nav", "sidebar", "ad", "tags", "author", "comments", "content", "article", "pager", "media"),
        *("share", "newsletter", "lead", "footer", "header", "main"),
    )
}
_ELEMENT_BITS = {
    1 << position: f"in_{name}"
    for position, name in enumerate(facts.FACT_NAMES)
    if name in ("aside", "header", "nav", "footer", "article", "list", "figure", "heading", "table", "quote")
}
_CLASS_MASK, _ELEMENT_MASK = sum(_CLASS_BITS), sum(_ELEMENT_BITS)
# What is asked of each link of a box.
_TARGETS = (
    *("same_host", "same_site", "no_article", "same_shape", "same_step", "slug", "front", "self", "repeated", "outer", "image", "query"),
    *("topic", "topics", "capitals", "known"),
)
# A word of the heading that the body has so often is what the article is about: "The latest on" it belongs to the article.
_KNOWN = 3
# So much of the body is read for words that the titles of related articles share with it.
_MOST_TEXT = 8_000
# Distances beyond this are all the same.
_FAR = 40
_TITLE = topic_bit("title")
_LONGEST_HEADING, _HEADING_WORDS, _MOST_HEADINGS = 70, 8, 4
# A linked heading that has more words is a title, unless its words are those of headings.
_LINKED_HEADING_WORDS = 4


@attrs.define
class Box:
    """Linked titles of one make.

    Attributes:
        members: the segments, by index.
        heading: the index of the phrase that heads it.
        facts: what is known of it; nothing where it is plainly no list of articles.
        cards: by title without a link of its own, the empty link of its card, by index.
    """

    members: list[int]
    heading: int | None
    facts: dict[str, float] = attrs.field(factory=dict)
    cards: dict[int, int] = attrs.field(factory=dict)

    def links(self, segments: Sequence[RawSegment]) -> list[RawLink]:
        """The links of its titles to pages, with the titles as their texts."""
        own = [link for at in self.members for link in segments[self.cards.get(at, at)].links if is_page_link(link.href)]
        if self.cards:
            titles = {id(link): segments[at].text for at, card in self.cards.items() for link in segments[card].links}
            own = [RawLink(link.href, titles.get(id(link), link.text), link.rel) for link in own]
        return own


def find_boxes(
    segments: Sequence[RawSegment], matches: Sequence[Match | None], labels: Sequence[Label], url: str | None, title: str | None
) -> list[Box]:
    """The boxes of a page with their facts, in page order."""
    cards = _cards(segments, labels)
    under = headed(segments, [index for index in _headings(segments, matches, labels) if index not in cards])
    boxes = sorted(_group(segments, labels, matches, under, cards), key=lambda box: box.members[0])
    if boxes:
        page = _Page(segments, matches, labels, url, title)
        after = named = 0
        for box in boxes:
            if page.is_navigation(box):
                continue
            box.facts = page.facts_of(box)
            box.facts["rank"] = min(after, 6) / 3
            box.facts["later"] = min(named, 3)
            if box.facts.get("after"):
                after += 1
            if box.facts.get("under_related") or box.facts.get("heading_like"):
                named += 1
    return boxes


def _headings(segments: Sequence[RawSegment], matches: Sequence[Match | None], labels: Sequence[Label]) -> Iterator[int]:
    """The segments that may head a box: phrases that do, and headings that stand not in each card of a list."""
    often = Counter([segment.node.signature for segment in segments])
    for index, (segment, match) in enumerate(zip(segments, matches, strict=True)):
        node = segment.node
        if (match is not None and (match.place is Place.HEADING or match.kind in _HEADING_KINDS)) or (
            (node.facts & facts.HEADING or node.own & _TITLE)
            and often[node.signature] <= _MOST_HEADINGS
            and labels[index].role not in _NEVER_HEADINGS
            and _may_head(segment, often[node.signature])
        ):
            yield index


def _may_head(segment: RawSegment, often: int) -> bool:
    """Whether a heading that is on the page so often may head a box; a linked one is a title, unless its words are those of headings."""
    text = segment.text
    if not 0 < len(text) <= _LONGEST_HEADING or segment.node.facts & _PASSED:
        return False
    words = word_units(text)
    is_titled = segment.links and not (often == 1 and words <= _LINKED_HEADING_WORDS)
    return words <= _HEADING_WORDS and (not is_titled or any(pattern.match(text) for pattern in _heading_words().values()))


# Phrases of these kinds head a box wherever they stand.
_HEADING_KINDS = frozenset((Kind.INLINE_TEASER, Kind.RELATED, Kind.MOST_READ))
_NEVER_HEADINGS = frozenset((Role.BODY, Role.TITLE))


def _group(
    segments: Sequence[RawSegment],
    labels: Sequence[Label],
    matches: Sequence[Match | None],
    under: Mapping[int, int],
    cards: Mapping[int, int],
) -> Iterator[Box]:
    open_: dict[tuple[int, int | None], Box] = {}
    body = -1  # the last segment of the body so far
    for index, (segment, item) in enumerate(zip(segments, labels, strict=True)):
        before = body
        if item.role is _BODY:
            body = index
        is_card, text = index in cards, segment.text
        if not is_card and (not segment.links or segment.link_chars <= _LINK_SHARE * len(text)):
            continue
        # Most links are menus' entries of a word or two.
        if text.isascii() and text.count(" ") < _TITLE_WORDS - 1:
            continue
        head = under.get(index)
        if not _may_be_in_box(segment, item, matches[index], None if head is None else matches[head], is_card=is_card):
            continue
        key = (segment.node.signature, head)
        box = open_.get(key)
        if box is not None and index - box.members[-1] <= _APART and before <= box.members[-1]:
            box.members.append(index)
        else:
            if box is not None:
                yield box
            box = open_[key] = Box([index], head)
        if is_card:
            box.cards[index] = cards[index]
    yield from open_.values()


def _cards(segments: Sequence[RawSegment], labels: Sequence[Label]) -> dict[int, int]:
    """By title without a link of its own, the empty link that covers its card."""
    found: dict[int, int] = {}
    for index in [index for index, segment in enumerate(segments) if not segment.text]:
        segment = segments[index]
        if len(segment.links) != 1 or not is_page_link(segment.links[0].href) or segment.node.facts & _PASSED:
            continue
        card: facts.Node | None = segment.node
        for _ in range(_CARD_LEVELS):
            if card is None or card.end - card.first > _CARD_SEGMENTS:
                break
            heads = [at for at in range(card.first, card.end) if segments[at].text and _is_heading(segments[at])]
            if heads:
                if len(heads) == 1 and not segments[heads[0]].links and labels[heads[0]].role not in _NEVER_HEADINGS:
                    found[heads[0]] = index
                break
            card = card.parent
    return found


def _is_heading(segment: RawSegment) -> bool:
    return bool(segment.node.facts & facts.HEADING or segment.node.own & _TITLE)


def _may_be_in_box(segment: RawSegment, item: Label, own: Match | None, head: Match | None, *, is_card: bool) -> bool:
    """Whether a segment is the linked title of another page, and in no navigation, unless ``head``, its heading, says otherwise."""
    around = segment.node.facts
    if around & _PASSED or (around & facts.NAV and (head is None or head.kind is not _RELATED_KIND)):
        return False
    if word_units(segment.text) < _TITLE_WORDS:
        return False
    if item.kind in _OTHERS or item.role is _TITLE_ROLE or (own is not None and own.place is not Place.START):
        return False
    return is_card or any(is_page_link(link.href) for link in segment.links)


# Looked up once: each segment is asked for them.
_BODY, _TITLE_ROLE, _RELATED_KIND = Role.BODY, Role.TITLE, Kind.RELATED
# Links of these kinds are in no box.
_OTHERS = frozenset((Kind.PREVIOUS_NEXT, Kind.APPENDED_ARTICLE))


class _Page:
    """What the facts of all boxes are counted against."""

    def __init__(
        self, segments: Sequence[RawSegment], matches: Sequence[Match | None], labels: Sequence[Label], url: str | None, title: str | None
    ) -> None:
        self.segments, self.matches, self.labels = segments, matches, labels
        body = [index for index, item in enumerate(labels) if item.role is _BODY]
        self.first, self.last = (body[0], body[-1]) if body else (0, 0)
        self.has_body = bool(body)
        self.title_at = next((index for index, item in enumerate(labels) if item.role is Role.TITLE), len(segments))
        self.around: set[int] = set()
        for index in body[:1] + body[len(body) // 2 : len(body) // 2 + 1] + body[-1:]:
            here: facts.Node | None = segments[index].node
            while here is not None:
                self.around.add(here.index)
                here = here.parent
        parts = parts_of(url)
        self.host = parts.netloc.lower().removeprefix("www.")
        self.site = ".".join(self.host.split(".")[-2:])
        self.steps = _steps(parts.path.lower())
        self.shape = _shape(self.steps)
        self.title = set(_TITLE_WORD.findall((title or "").lower()))
        text = " ".join([segments[index].text for index in body])
        self.text = _TITLE_WORD.findall(text[:_MOST_TEXT].lower())
        self.words = frozenset(self.text)
        self.count = Counter([link.href for segment in segments for link in segment.links])
        self.outer = {link.href for segment in segments if segment.node.facts & _OUTER for link in segment.links}

    def is_navigation(self, box: Box) -> bool:
        """Whether a box is none that can be related, which most are and is quickly told."""
        first = box.members[0]
        here = self.segments[first].node.facts
        if here & facts.HEADER and not here & facts.ARTICLE:
            return True
        if box.heading is None and (here & facts.FOOTER or first < min(self.first, self.title_at)):
            return True
        words = words_in(self.segments, box.members)
        return words < _FEWEST_WORDS * len(box.members)

    def facts_of(self, box: Box) -> dict[str, float]:
        """What is known of a box, by name; what is left out is not the case."""
        values: defaultdict[str, float] = defaultdict(float)
        self._place(box, values)
        self._heading(box, values)
        self._make(box, values)
        self._targets(box, values)
        is_of_article = values["heading_more"] and (values["heading_same"] or values["heading_topic"])
        is_named = bool(is_of_article) or any(map(values.get, _SAYS_RELATED))
        is_other = any(map(values.get, _SAYS_OTHERWISE)) and not (values["heading_known"] >= _KNOWN and values["no_article"] < 0.5)
        values["says_related"], values["says_otherwise"] = is_named and not is_other, is_other and not is_named
        values["leads_to_articles"] = values["no_article"] < 0.5 and values["same_site"] > 0.5 and values["front"] < 0.5
        # Trees compare numbers of one type far faster.
        return {name: float(value) for name, value in values.items()}

    def _place(self, box: Box, values: defaultdict[str, float]) -> None:
        """Which elements it is in, up to those that hold the body too, and how far from the body it stands."""
        first, last = box.members[0], box.members[-1]
        node = self.segments[first].node
        chain, levels = 0, 0
        here: facts.Node | None = node
        while here is not None and here.index not in self.around and levels < _LEVELS:
            chain |= here.own
            levels += 1
            here = here.parent
        values.update(dict.fromkeys(_said(chain & _CLASS_MASK, node.facts & _ELEMENT_MASK), 1))
        values["levels"] = levels / 4
        if not self.has_body:
            values["no_body"] = 1
            return
        inside = self.first < first < self.last
        values["before"], values["inside"], values["after"] = first < self.first, inside, first > self.last
        values["far"] = min(_FAR, max(0, first - self.last)) / 20
        values["far_before"] = min(_FAR, max(0, self.first - last)) / 20
        if inside and last + 1 < len(self.segments):
            values["between"] = self.labels[first - 1].role is Role.BODY and self.labels[last + 1].role is Role.BODY

    def _heading(self, box: Box, values: defaultdict[str, float]) -> None:
        """What stands above it, and what its own first line begins with."""
        first = box.members[0]
        head = self.matches[box.heading] if box.heading is not None else None
        for at in range(first, max(-1, first - 3), -1):
            own = self.matches[at]
            if own is not None and (at == first or (head is None and not self.segments[at].links)):
                values[f"says_{own.kind}" if at == first else f"near_{own.kind}"] = 1
        if box.heading is None:
            box.heading = self._line_above(first, size=len(box.members))
        if head is not None:
            values[f"under_{head.kind}"] = 1
        if box.heading is None:
            return
        text = self.segments[box.heading].text
        values["under_near"] = first - box.heading <= 3
        values.update(dict.fromkeys(_promised(text), 1))
        values["heading_topic"] = bool(self.title & set(_TITLE_WORD.findall(text.lower())))
        known = self.words.intersection(_TITLE_WORD.findall(text.lower()))
        values["heading_known"] = min(5, max(map(self.text.count, known), default=0))
        values["heading_linked"] = bool(self.segments[box.heading].links)
        values["under_other"] = head is None

    def _make(self, box: Box, values: defaultdict[str, float]) -> None:
        """How many titles it has, how long they are, and whether they are numbered or look like body."""
        members = [self.segments[at] for at in box.members]
        size = len(members)
        roles = [self.labels[at].role for at in box.members]
        values["as_body"], values["as_caption"] = roles.count(_BODY) / size, roles.count(Role.CAPTION) / size
        values["one"], values["two"], values["few"], values["many"] = size == 1, size == 2, 3 <= size <= 6, size > 12
        values["words"] = min(15.0, sum([word_units(member.text) for member in members]) / size) / 8
        linked = [len(segment.text) if at in box.cards else segment.link_chars for at, segment in zip(box.members, members, strict=True)]
        values["linked"] = sum(linked) / max(1, sum([len(member.text) for member in members]))
        values["numbered"] = sum([_is_number(self.segments[at - 1].text) for at in box.members if at]) / size

    def _line_above(self, first: int, size: int) -> int | None:
        """A short line right above a box that is no heading by its element."""
        for at in (first - 1, first - 2):
            if at < 0 or size < 2 or self.labels[at].role in (Role.BODY, Role.TITLE):
                return None
            segment = self.segments[at]
            if segment.text and not segment.links and not _is_number(segment.text):
                return at if word_units(segment.text) <= _HEADING_WORDS else None
        return None

    def _targets(self, box: Box, values: defaultdict[str, float]) -> None:
        """Where its links lead, and what they are called: each fact as the share of the links that it holds for."""
        links = box.links(self.segments)[:_MOST_BOX_LINKS]
        targets = [self._target(link) for link in links]
        shares = targets[0] if len(links) == 1 else [sum(column) / len(links) for column in zip(*targets, strict=True)]
        values.update(zip(_TARGETS, shares, strict=True))

    def _target(self, link: RawLink) -> tuple[float, ...]:
        """What is true of a link, in the order of ``_TARGETS``."""
        href = link.href
        host, path, query = _split(href)
        steps = _steps(path)
        last = steps[-1] if steps else ""
        often = self.count[href]
        words = _TITLE_WORD.findall(link.text.lower())
        shared = len(self.title.intersection(words))
        own = self.steps
        return (
            not host or host == self.host,
            not host or host.endswith(self.site),
            not _NO_ARTICLE.isdisjoint(steps),
            len(steps) == len(own) and _shape(steps) == self.shape,
            len(own) > 1 and bool(steps) and steps[0] == own[0],
            last.count("-") >= 3 or not _DIGITS.isdisjoint(last),
            not steps,
            steps == own,
            often > 2,
            href in self.outer,
            often == 2,
            bool(query),
            shared > 0,
            shared > 1,
            link.text.isupper(),
            sum(map(self.words.__contains__, words)) / len(words) if words else 0.0,
        )


@lru_cache(maxsize=1_024)
def _said(topics: int, elements: int) -> tuple[str, ...]:
    """The names of what class words and elements say; boxes of one make have the same."""
    said = [name for bit, name in _CLASS_BITS.items() if topics & bit]
    return (*said, *[name for bit, name in _ELEMENT_BITS.items() if elements & bit])


def _is_number(text: str) -> bool:
    return len(text) < _LONGEST_NUMBER and _NUMBERED.match(text) is not None


@cache
def _heading_words() -> Mapping[str, re.Pattern[str]]:
    table: dict[str, dict[str, str]] = tomllib.loads((files("newsparse.lexicon") / "page_words.toml").read_text("utf-8"))
    return MappingProxyType({name: re.compile(rf"(?:(?<!\w)(?:{words})(?!\w))", re.IGNORECASE) for name, words in table["heading"].items()})


@lru_cache(maxsize=1_024)
def _promised(text: str) -> tuple[str, ...]:
    """What a heading says of the box below it. Several boxes may be below one, and a site's pages have the same."""
    return tuple([f"heading_{name}" for name, pattern in _heading_words().items() if pattern.search(text)])


def _split(href: str) -> tuple[str, str, str]:
    """Host without "www.", path and query of a link as the page has it, in lower case; read quickly."""
    head, _, query = href.strip().lower().partition("#")[0].partition("?")
    scheme, slashes, rest = head.partition("//")
    if not slashes or (scheme and not scheme.endswith(":")):
        return "", head, query
    host, _, path = rest.partition("/")
    return host.removeprefix("www."), f"/{path}", query


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def _shape(steps: Sequence[str]) -> str:
    """An address without its words: pages of one kind have the same."""
    return "".join(["n" if step.isdigit() else "s" if step.count("-") >= 2 else "w" for step in steps])


def relate(boxes: Sequence[Box], segments: Sequence[RawSegment], labels: Sequence[Label]) -> list[Label]:
    """The labels with the boxes' links as what their boxes are: related ones, pointers within the text, or links of other kinds."""
    result = list(labels)
    body = [index for index, item in enumerate(labels) if item.role is _BODY]
    inside = range(body[0], body[-1]) if body else range(0)
    for box in boxes:
        is_related = bool(box.facts) and chance(box.facts) > 0
        reason = _reason(box, segments)
        # A pointer among the text is one link; several are a list, wherever it stands.
        is_list = len(box.members) > 1 and len({link.href for at in box.members for link in segments[at].links}) > 1
        for at in (*box.members, *box.cards.values()):
            if not is_list and box.heading is None and _is_text(segments[at], result[at]):
                continue
            result[at] = _label_of(result[at], box, reason, is_related, at in inside, is_list)
    return result


def _label_of(item: Label, box: Box, reason: str, is_related: bool, is_inside: bool, is_list: bool) -> Label:
    if is_related and item.kind is _TEASER and not is_list:
        return item
    if is_related and is_inside and not is_list:
        return Label(Role.BOILERPLATE, Kind.INLINE_TEASER, reason)
    if is_related:
        return item if item.role is _BODY and not is_inside else Label(_RELATED, None, reason)
    if item.role is _RELATED or item.kind in POINTERS:
        return Label(Role.BOILERPLATE, _other_kind(box.facts), reason)
    return item


_RELATED, _TEASER = Role.RELATED, Kind.INLINE_TEASER
# A single link among the text to which the model gives this chance is text. As a paragraph it is a whole sentence, too: "Read our full
# review of the ferry." in a guide; "Ferry late again" between two paragraphs points to another article.
_LIKELY_TEXT, _PARAGRAPHS = 0.6, frozenset(("p", "div"))


def _is_text(segment: RawSegment, item: Label) -> bool:
    return item.role is _BODY and item.chance >= _LIKELY_TEXT and (segment.tag not in _PARAGRAPHS or segment.text[-1] in ENDS)


def _other_kind(values: Mapping[str, float]) -> Kind:
    if values.get("says_related"):
        return Kind.RELATED
    if any(values.get(name) for name in ("heading_latest", "heading_most", "under_most_read", "class_popular", "numbered")):
        return Kind.MOST_READ
    if values.get("heading_paid") or values.get("class_ad"):
        return Kind.ADVERTISEMENT
    if values.get("no_article", 0) > 0.5:
        return Kind.TAGS
    return Kind.MOST_READ if values.get("leads_to_articles") else Kind.NAVIGATION


def _reason(box: Box, segments: Sequence[RawSegment]) -> str:
    if box.heading is not None:
        return f"in a list under '{segments[box.heading].text[:40]}'"
    return "a list of links beside the article" if len(box.members) > 1 else "a link of its own beside the text"


def chance(values: Mapping[str, float]) -> float:
    """The log-odds that a box's links are related."""
    added = bonus(values)
    if added <= _HEADED_OTHERWISE:
        return added
    names, models = _models()
    get = values.get
    asked = [get(name, 0.0) for name in names]
    return together(model(*asked) for model in models) + added


def together(sums: Iterable[float]) -> float:
    """What several models say of a box: what the first says, if it is sure, or else their mean. One alone may err by chance."""
    sums = iter(sums)
    first = next(sums)
    if not -_DOUBT < first < _DOUBT:
        return first
    all_ = (first, *sums)
    return sum(all_) / len(all_)


def bonus(values: Mapping[str, float]) -> float:
    """What a box's own words add to the log-odds."""
    is_led = values["leads_to_articles"]
    pointing = _POINTING * (is_led and values.get("says_inline_teaser", 0.0))
    return _HEADED * (values["says_related"] and is_led) + _HEADED_OTHERWISE * values["says_otherwise"] + pointing


@cache
def _models() -> tuple[Sequence[str], Sequence[Callable[..., float]]]:
    """The facts that the models ask for, and each model as a function of them that adds up its trees."""
    models = json.loads((files(__package__) / "lists.json").read_text("utf-8"))["models"]
    names = sorted({name for trees in models for tree in trees for name in _asked(tree)})
    signature = f"add_up({', '.join(names)})"
    return names, [compile_trees(signature, [" s = 0.0"], trees, names, check_every=0) for trees in models]


def _asked(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        feature, _, low, high = tree
        yield from (feature, *_asked(low), *_asked(high))
