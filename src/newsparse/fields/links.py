"""Where the page leads: the previous and the next article, and related ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from newsparse.document.segments import ARTICLE, HEADER, HEADING, HIDDEN, NAV, Node, RawLink, RawSegment
from newsparse.document.urls import Base, is_page_link, parts_of, resolve
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import Match, Place, match_phrase
from newsparse.model import BoilerplateKind, Certainty, Evidence, EvidenceSource, Link, Relation

# A title stands right beside its label: an image link and a date or category may be between them, no more.
_NEAR = 4
_LONGEST_TITLE, _LONGEST_LABEL = 300, 60
# A page with more labels has lists of pages, not a navigation of two links.
_MOST_LABELS = 6
# Class words alone prove little: the link is an arrow, a label, or a title of at least so many spaces.
_CLASS_SPACES = 2
# Previous, next and the way back to the list. Links beyond these, among so many segments, make a list.
_MOST_NAVIGATION_LINKS, _LIST_REACH = 3, 24
# A navigation of two cards nests its links this deep, no more.
_LEVELS = 11
_RELATIONS = {"previous": Relation.PREVIOUS, "next": Relation.NEXT}
_REL_WORDS = {"prev": "previous", "previous": "previous", "next": "next"}
_TOPICS = {"previous": topic_bit("previous"), "next": topic_bit("next")}
_PAGER = topic_bit("pager")
_ARROWS = " «»‹›←→⟵⟶<>❮❯◀▶–—:|-"
_PAGE_NUMBER = re.compile(r"[?&](?:page|paged|cpage|pg)=\d+(?:#.*)?$|/(?:page|comment-page)[/-]\d+/?(?:#.*)?$")
_FRONT_PAGE = re.compile(r"(?:https?://[^/]*)?/?(?:#.*)?\Z")
_QUOTED = re.compile(r"«[^«»]+»|‹[^‹›]+›|»[^«»]+«")


@attrs.frozen
class Adjacent:
    """The previous and the next article as the page offers them.

    Attributes:
        previous, next: the links.
        used: which segments they were read from, by index, with the direction.
        evidence: why.
    """

    previous: Link | None = None
    next: Link | None = None
    used: Mapping[int, str] = attrs.field(factory=dict)
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class _Found:
    direction: str
    href: str | None
    title: str
    used: tuple[int, ...]
    rule: str
    certainty: Certainty


def find_adjacent(segments: Sequence[RawSegment], matches: Sequence[Match | None], base: Base | None, url: str | None) -> Adjacent:
    """Previous and next: from labels such as "Previous Article", from ``rel``, and from class words on navigation, in this order."""
    found: dict[str, _Found] = {}
    used: dict[int, str] = {}
    for item in _candidates(segments, matches):
        if item.href is not None and not _is_other_page(item.href, base, url):
            continue
        used.update(dict.fromkeys(item.used, item.direction))
        best = found.get(item.direction)
        if best is None or (not best.title and item.title and item.href in (best.href, None)):
            found[item.direction] = item
    if len(found) == 1 and _is_menu_item(segments, next(iter(found.values()))):
        return Adjacent()
    if len(found) == 2 and found["previous"].href is not None and found["previous"].href == found["next"].href:
        return Adjacent()
    links = {name: _link(item, base) for name, item in found.items()}
    evidence = tuple(
        Evidence(
            name,
            EvidenceSource.TEXT if item.rule == "label" else EvidenceSource.MARKUP,
            f"links.{item.rule}",
            item.href or item.title,
            item.certainty,
        )
        for name, item in sorted(found.items())
    )
    return Adjacent(links.get("previous"), links.get("next"), used, evidence)


def _is_menu_item(segments: Sequence[RawSegment], item: _Found) -> bool:
    """Whether a lone label without a title stands in the site's menu: "Next" may be what a section is called."""
    node = segments[item.used[0]].node
    if item.title or item.rule != "label":
        return False
    # A section may be called so: the link "Next" to "/next".
    if item.href is not None and parts_of(item.href).path.rstrip("/").rpartition("/")[2].lower() == segments[item.used[0]].folded:
        return True
    return bool(node.facts & (NAV | HEADER)) and not node.facts & ARTICLE and not any(above.own & _PAGER for above in _above(node))


def _link(item: _Found, base: Base | None) -> Link:
    return Link(resolve(item.href, base) if item.href else None, item.title, _RELATIONS[item.direction])


def _is_other_page(href: str, base: Base | None, url: str | None) -> bool:
    """Whether a link leads to another article: not to the same page, a page of it, its comments or a list's next page."""
    target = resolve(href, base)
    if target is None or not is_page_link(href):
        return False
    if _PAGE_NUMBER.search(target) or _FRONT_PAGE.match(target):
        return False
    if url is not None and target.startswith(url.rstrip("/")) and re.fullmatch(r"/?[/?&=a-z-]*\d{1,3}/?", target[len(url.rstrip("/")) :]):
        return False
    return url is None or target.partition("#")[0].rstrip("/") != url.partition("#")[0].rstrip("/")


def _candidates(segments: Sequence[RawSegment], matches: Sequence[Match | None]) -> Iterator[_Found]:
    linked = [(index, segment) for index, segment in enumerate(segments) if segment.links and not segment.node.facts & HIDDEN]
    in_one = {index: found for index, segment in linked if len(segment.links) > 1 and (found := list(_labels_in_one(index, segment)))}
    for found in in_one.values():
        yield from found
    labels = {index: label for index, label in _labels(segments, matches, linked).items() if index not in in_one}
    labelled: list[_Found] = []
    for index, label in labels.items():
        labelled += _beside_label(segments, matches, index, label, labels)
    yield from labelled
    if len(labelled) <= _MOST_LABELS:
        used = {at for item in labelled for at in item.used}
        for item in labelled:
            yield from _opposite(segments, item, used)
    for index, segment in linked:
        for link in segment.links:
            if link.rel and (direction := _stated_direction(link.rel)):
                yield from _beside_link(segments, matches, index, link, direction, "rel", Certainty.STATED)
    for index, segment in linked:
        around = segment.node.parent
        # An element that holds half the page may be called "next" for another reason.
        near = segment.node.own | (around.own if around is not None and around.end - around.first <= _LIST_REACH else 0)
        if not near & _PAGER or len(segment.links) != 1:
            continue
        directions = [name for name, bit in _TOPICS.items() if near & bit]
        if len(directions) == 1 and _may_be_adjacent(segment.text, matches[index]):
            yield from _beside_link(segments, matches, index, segment.links[0], directions[0], "class", Certainty.INFERRED)


def _stated_direction(rel: str) -> str | None:
    rel = rel.lower()
    if "prev" not in rel and "next" not in rel:
        return None
    return next((_REL_WORDS[word] for word in rel.split() if word in _REL_WORDS), None)


def _labels_in_one(index: int, segment: RawSegment) -> Iterator[_Found]:
    """Several links in one line that are labels, as in "Older post | Home | Newer post"."""
    if len(segment.links) <= _MOST_NAVIGATION_LINKS + 1:
        labelled = [
            (match.direction, link)
            for link in segment.links
            if len(link.text) <= _LONGEST_LABEL and (match := match_phrase(link.text)) is not None and match.place is Place.WHOLE
        ]
        for direction, link in labelled:
            if direction is not None and is_page_link(link.href):
                yield _Found(direction, link.href, "", (index,), "label", Certainty.STATED)


def _labels(
    segments: Sequence[RawSegment], matches: Sequence[Match | None], linked: Iterable[tuple[int, RawSegment]]
) -> dict[int, tuple[str, str]]:
    """By segment, in page order, the direction that a label names, and the text beside the label: ``("next", "")`` for "Next article".

    A label may share its segment with the title, in an element of its own or before a colon.
    """
    labels = {
        index: (match.direction, _without_label(segments[index].text, match))
        for index, match in enumerate(matches)
        if match is not None and match.direction and not segments[index].node.facts & HIDDEN
    }
    for index, segment in linked:
        text = segment.text
        if (":" not in text and len(segment.pieces) < 2) or len(text) > _LONGEST_TITLE or index in labels:
            continue
        for head in _heads(segment):
            found = match_phrase(head)
            if found is not None and found.direction and found.place is Place.WHOLE:
                labels[index] = found.direction, _without_arrows(text[len(head) :].lstrip(" :"))
                break
    return dict(sorted(labels.items()))


def _heads(segment: RawSegment) -> Iterator[str]:
    """What in a segment may be a label of the rest: what stands before a colon, or the first of several pieces."""
    colon = segment.text.find(":", 0, _LONGEST_LABEL)
    if colon > 0:
        yield segment.text[:colon].rstrip()
    if len(segment.pieces) > 1:
        head = segment.pieces[0][0]
        if len(head) < _LONGEST_LABEL and len(head := " ".join(head.split())) < len(segment.text):
            yield head


def _beside_label(
    segments: Sequence[RawSegment], matches: Sequence[Match | None], index: int, label: tuple[str, str], labels: Collection[int]
) -> Iterator[_Found]:
    direction, rest = label
    segment = segments[index]
    own = next((link.href for link in segment.links if is_page_link(link.href)), None)
    in_text = segment.path.startswith("line:")
    if rest:
        if own or in_text:
            yield _Found(direction, own, rest, (index,), "label", Certainty.STATED)
        return
    for at in range(index + 1, min(index + 1 + _NEAR, len(segments))):
        other = segments[at]
        if at in labels:
            break
        href = next((link.href for link in other.links if is_page_link(link.href)), None)
        fits = href == own or (href is None and _are_siblings(segment, other)) if own else href or in_text
        if fits and matches[at] is None and _is_title(other.text) and (own or in_text or not _heads_list(segments, index, at)):
            yield _Found(direction, href or own, other.text, (index, at), "label", Certainty.STATED)
            return
    if own:
        yield _Found(direction, own, "", (index,), "label", Certainty.STATED)


def _may_be_adjacent(text: str, match: Match | None) -> bool:
    """Whether the text of a link that only class words call previous or next is an arrow, a label or a title."""
    if match is not None:
        return match.direction is not None
    return text.count(" ") >= _CLASS_SPACES or not text.isascii() or not text.strip(_ARROWS)


def _heads_list(segments: Sequence[RawSegment], label: int, title: int) -> bool:
    """Whether the element around a label and the title after it goes on with more links: "Read next" above a list of articles."""
    holders = set(map(id, _above(segments[title].node)))
    box = next((node for node in _above(segments[label].node) if id(node) in holders), None)
    if box is None:
        return True
    after = segments[label : label + _LIST_REACH]
    inside = [segment for segment in after if any(node is box for node in _above(segment.node))]
    return len({link.href for segment in inside for link in segment.links if is_page_link(link.href)}) > _MOST_NAVIGATION_LINKS


def _opposite(segments: Sequence[RawSegment], item: _Found, used: Collection[int]) -> Iterator[_Found]:
    """The other link of a navigation that has two, of which one is labelled: "Up next" beside a label that says something else."""
    for container in _above(segments[item.used[0]].node):
        if not container.own & _PAGER or not _holds_both(container):
            continue
        inside = [index for index, segment in enumerate(segments) if any(node is container for node in _above(segment.node))]
        others = {link.href for index in inside for link in segments[index].links if link.href != item.href and is_page_link(link.href)}
        if others:
            break
    else:
        return
    if len(others) > 1 or any(index in used and index not in item.used for index in inside):
        return
    href = others.pop()
    own = tuple(index for index in inside if any(link.href == href for link in segments[index].links))
    title = max((segments[index].text for index in own), key=len)
    direction = "previous" if item.direction == "next" else "next"
    yield _Found(direction, href, title if _is_title(title) else "", own, "opposite", Certainty.INFERRED)


def _holds_both(node: Node) -> bool:
    return all(node.own & bit for bit in _TOPICS.values())


def _above(node: Node | None) -> Iterator[Node]:
    """``node`` and the elements around it, as far as a widget reaches."""
    for _ in range(_LEVELS):
        if node is None:
            return
        yield node
        node = node.parent


def _beside_link(
    segments: Sequence[RawSegment],
    matches: Sequence[Match | None],
    index: int,
    link: RawLink,
    direction: str,
    rule: str,
    certainty: Certainty,
) -> Iterator[_Found]:
    if not is_page_link(link.href):
        return
    title = _without_label(link.text, match_phrase(link.text))
    used = [index]
    for at in (index, *range(index + 1, min(index + 1 + _NEAR, len(segments))), *range(index - 1, max(-1, index - 3), -1)):
        if any(other.href == link.href for other in segments[at].links):
            used.append(at)
            title = title if _is_title(title) else _without_label(segments[at].text, matches[at])
    yield _Found(direction, link.href, title if _is_title(title) else "", tuple(sorted(set(used))), rule, certainty)


def _are_siblings(one: RawSegment, other: RawSegment) -> bool:
    return one.node is other.node or one.node.parent is other.node.parent


def _without_arrows(text: str) -> str:
    text = text.strip()
    return text if _QUOTED.fullmatch(text) else text.strip(_ARROWS)


def _without_label(text: str, match: Match | None) -> str:
    """What follows the label in ``text``, without arrows; all of ``text`` where it has no label."""
    text = _without_arrows(text)
    if match is None or match.kind is not BoilerplateKind.PREVIOUS_NEXT:
        return text
    words = len(match.phrase.split())
    rest = re.match(rf"(?:\W*\w+){{{words}}}\W*", text)
    return _without_arrows(text[rest.end() :]) if rest else ""


def _is_title(text: str) -> bool:
    return len(text) > 7 and any(character.isalpha() for character in text) and (" " in text or not text.isascii())


# Addresses of lists and people rather than of articles.
_NO_ARTICLE = re.compile(
    r"/(?:category|categoria|categorie|kategorie|rubrik|tags?|topics?|thema|themen|authors?|autor|auteur|users?|profile|search)/"
)


# What a label ends with, before the title that it is a label of.
_LABEL_END = re.compile(r"\s*(?:[:：|｜»›>→►▶]|\s[-–—]\s)\s*")
# The end of a linked title that is no part of it: an arrow, or a time that it takes to read.
_TAIL = re.compile(r"(?:\s+[»›]+|\s*[→►▶]+|\s+\(?\d+ min(?:utes?|uten)?(?: read)?\)?)\s*\Z")
_DATE_LIKE = re.compile(r"[\W\d_]*(?:\w{1,10}[\W\d_]+){0,3}\Z")
_DIGIT = re.compile(r"\d")
_TITLE_WORDS = 3
# How far around an empty link its card reaches.
_CARD_LEVELS, _CARD_SEGMENTS = 4, 8


def related_links(segments: Sequence[RawSegment], chosen: Mapping[int, Relation], base: Base | None) -> tuple[Link, ...]:
    """The links of the chosen segments to other articles of the site, one a target, in page order.

    Of the texts that a target's links have, the title is the one in a heading, else the first that reads like a title, else the longest.
    Lines of saved text are titles without a target.
    """
    found: dict[str, tuple[int, str, Relation]] = {}
    lines: dict[str, Relation] = {}
    for index, relation in chosen.items():
        segment = segments[index]
        if segment.tag == "line":
            shown = "".join(text for text, _, _ in segment.pieces) or segment.text
            if relation is Relation.RELATED or _title_rank(segment, shown) > 1:
                lines[shown] = relation
        for link in segment.links:
            target = resolve(link.href, base) if is_page_link(link.href) else None
            if target is None or _NO_ARTICLE.search(target) or not _is_same_site(target, base):
                continue
            title = _clean_title(link.text or (segment.text if len(segment.links) == 1 else "") or _card_title(segments, chosen, index))
            rank = _title_rank(segment, title)
            if relation is Relation.INLINE_TEASER and rank <= 1:
                continue  # a lone word or two in the text's place is a button or a counter
            known = found.get(target)
            if known is None:
                found[target] = (rank, title, relation)
            elif rank > known[0] or (rank == known[0] == 1 and len(title) > len(known[1])):
                found[target] = (rank, title, known[2])
    linked = (Link(target, title, relation) for target, (rank, title, relation) in found.items() if title and rank)
    return (*linked, *(Link(None, title, relation) for title, relation in lines.items()))


def _card_title(segments: Sequence[RawSegment], chosen: Collection[int], index: int) -> str:
    """The title of the card that an empty link covers: all else that was chosen in the smallest element around both."""
    card: Node | None = segments[index].node
    for _ in range(_CARD_LEVELS):
        if card is None or card.end - card.first > _CARD_SEGMENTS:
            break
        others = [segments[at] for at in range(card.first, card.end) if at != index and at in chosen]
        if others:
            return others[0].text if len(others) == 1 and not others[0].links else ""
        card = card.parent
    return ""


def _title_rank(segment: RawSegment, title: str) -> int:
    """How sure it is that a link's text is the title of its target: 0 for a label or no text, 3 in a heading."""
    match = match_phrase(title) if title else None
    if not title or (match is not None and match.place is not Place.START) or not any(letter.isalpha() for letter in title):
        return 0
    if segment.node.facts & HEADING:
        return 3
    is_title = title.count(" ") + 1 >= _TITLE_WORDS or not title.isascii()
    return 2 if is_title and not (_DIGIT.search(title) and _DATE_LIKE.match(title)) else 1


def _clean_title(text: str) -> str:
    """A linked title without the label before it, such as "Read also:", and without an arrow or reading time after it."""
    match = match_phrase(text)
    if match is not None and match.place is Place.START and (end := _LABEL_END.search(text, 0, _LONGEST_LABEL)) is not None:
        text = text[end.end() :] or text
    return _TAIL.sub("", text)


def _is_same_site(target: str, base: Base | None) -> bool:
    if base is None or not target.startswith(("https://", "http://")):
        return True
    host = target.split("/", 3)[2].partition(":")[0].lower()
    return host == base.host or host.split(".")[-2:] == base.host.split(".")[-2:]
