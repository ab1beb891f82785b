"""The saved text of a page: its lines as segments, which then get the same roles by the same phrases as those of HTML.

A scraper's text comes in several forms. Where lines were wrapped at a width, or torn at links and emphasis, they are mended; the marks
that ``lynx`` and Markdown put before a line are segments of their own. All of the text is in the segments, whatever the form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from newsparse.body.features import ENDS, word_units
from newsparse.body.label import Known, Label, label_scored
from newsparse.body.line_model import LineModel, load_line_model
from newsparse.body.lines import CREDIT, Lines
from newsparse.body.model import probability
from newsparse.document.segments import QUOTE, Node, RawSegment, Walked
from newsparse.fields import byline
from newsparse.fields.evidence import Candidate, Found, Page, choose
from newsparse.fields.names import as_author, clean_names, is_named_as_organization, is_role, looks_like_person
from newsparse.fields.title import slug_of, without_site
from newsparse.lexicon.dates import month_of
from newsparse.lexicon.phrases import Match, Place, match_phrase
from newsparse.model import Author, Certainty, Evidence, EvidenceSource, Role
from newsparse.model import BoilerplateKind as Kind
from newsparse.text import words

LINE, MARK = "line", "mark"
# A title is no longer than this, and where no line is likelier than this (log-odds) there is none.
TITLE_WORDS, _LEAST_TITLE = 45, -7.0
# By-line and date stand this many lines around the title, or right above the text; whose by-line it is, is told again below the text.
_AFTER_TITLE, _BEFORE_TITLE, _ABOVE_TEXT, _BELOW_TEXT = 14, 4, 8, 15
# A line of names alone is a by-line where this much speaks for it.
_FEWEST_SIGNS = 2
# A line with a date is no longer than this, nor is one of names; what stands beside the names in a line.
_LONGEST_DATED = 120
_DATED = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}:\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)|\b(?:ago|hours|minutes|Stunden|Uhr)\b")
# Where words of a line were torn from their elements: a role or a date from the name before it, a name from "By".
_TORN = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Published|Updated|Posted|CEO|Founder|Editor|Staff|Senior|Twitter|Redakteur|Korrespondent|The )"
    r"|[A-Z][a-z]+ \d{1,2}, |(?:[A-Z][a-z]+ ){0,2}(?:Reporter|Editor|Writer|Correspondent|Contributor)\b)"
)
_TORN_BY = re.compile(r"(?:(?<=\bBy)|(?<= by)|(?<=\bVon)|(?<=\bPar))(?=[A-Z][a-z]+ [A-Z])")
_BESIDE_NAME = re.compile(rf"\s+(?=[A-Z][a-z]+ \d{{1,2}}, )|\s*[|·•/]\s*|\s+[–—-]\s+|\s+@|\s+(?=\d)|(?<=[^\W\d])(?=\d)|{_TORN.pattern}")
# What kind of text it is may stand before "by"; what stands beside the names is shorter.
_KIND_OF_TEXT = re.compile(r"\w+ (?:by|von|par|por|di|door|av|af)\s+(?=[^\W\d_a-z])")
_LONGEST_BESIDE = 9
# Family and given name in signs, with a space between them.
_KANJI_NAME = re.compile("[\u4e00-\u9fff]{1,3} [\u4e00-\u9fff]{1,3}")
_PARTICLES = words("al bin da de del della den der des di dos du el la le ten ter van von y zu")
# A text of fewer lines is an excerpt, whose paragraphs have better odds.
_EXCERPT_LINES, _EXCERPT_ODDS = 30, 2.0
# Where no line reads like a paragraph, a line is body only if it is as likely as this.
_SURE_WITHOUT_PROSE = 0.8
# A list of titles under its heading is not longer, nor are its lines.
_LIST_LINES, _LIST_WORDS = 16, 30
# Wrapped text: the widest and narrowest columns, how full a line is that goes on in the next, and how many such lines there must be.
_WIDEST, _NARROWEST, _FULL, _FEWEST_FULL = 130, 40, 0.6, 3
# A longer first word is a sentence in a script without spaces, which is not wrapped at words.
_LONGEST_WORD = 30
# Torn text: so many lines, and one in so many, begin with a sign that ends a word. A piece of a paragraph has so many words.
_FEWEST_TORN, _LINES_A_TEAR, _PIECE_WORDS = 2, 50, 6
_CLOSING = frozenset(",.;:!?)]’”»…，。、；：！？）」")
_FULL_STOPS = frozenset(".!?…。！？।؟:：")
_LISTED = re.compile(r"\s*(?:[*+•-]|o\s|\d+\.|#{1,6}\s|>)")
_NUMBERED = re.compile(r"\s*(?:[*+#-]\s+)?\[\d+\]\S")
_HEADED = re.compile(r"\s*(?:#{1,6}\s+\S|[*+-]\s+\[[^\]]+\]\()")
_FEWEST_MARKS = 3
_MARKS = re.compile(r"(?:(?:[*+-]|#{1,6}|>|o)\s+|\[\d+\]\s*)+(?=\S)")
# What lynx lists at the end: the addresses of the links.
_REFERENCE = re.compile(r"\d+\. [a-z]+:\S+\Z")
_INNER_MARK = re.compile(r"\[\d+\](?=\S)|!?\[(?P<text>[^\[\]]*)\]\([^()\s]*\)|\*\*|__")


def read_lines(text: str) -> Walked:
    """The text's segments: its lines that are not blank, mended. ``path`` is ``line:N`` of the first line, counted from 1."""
    root = Node(0, None, 0, "body", "", 0, 0, 0, 0)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.isspace()]
    numbered = sum(_NUMBERED.match(line) is not None for _, line in lines) >= _FEWEST_MARKS
    marked = numbered or sum(_HEADED.match(line) is not None for _, line in lines) >= _FEWEST_MARKS
    segments: list[RawSegment] = []
    nodes = [root]
    for number, line in _mended(lines):
        path = f"line:{number}"
        mark = (_REFERENCE.match(line) if numbered else None) or (_MARKS.match(line) if marked else None)
        words = line[mark.end() :] if mark else line
        if mark and mark.end() == len(line):
            segments.append(RawSegment(line, MARK, path, root))
            continue
        node, tag = root, LINE
        if mark:
            segments.append(RawSegment(mark[0].rstrip(), MARK, path, root))
            sign = mark[0].split(None, 1)[0]
            tag = f"h{len(sign)}" if sign[0] == "#" else LINE
            if sign == ">":
                node = Node(len(nodes), root, 1, "blockquote", path, QUOTE, 0, 0, 0, 0, len(segments), len(segments) + 1)
                nodes.append(node)
        pieces = [(_unmarked(words), None, 0)] if marked and _INNER_MARK.search(words) else ()
        segments.append(RawSegment(words, tag, path, node, (), 0, pieces))
    root.end = len(segments)
    return Walked(segments, nodes, [])


def _unmarked(words: str) -> str:
    """A line without the marks of links and emphasis in it."""
    return _INNER_MARK.sub(lambda match: match["text"] or "", words) or words


def shown(segment: RawSegment) -> RawSegment:
    """The line as a reader sees it, without the marks of links and emphasis in it."""
    if not segment.pieces:
        return segment
    return RawSegment("".join(text for text, _, _ in segment.pieces), segment.tag, segment.path, segment.node)


def _mended(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines with white space folded, those joined that were one: the number of the first, and the words."""
    goes_on = _wrapped(lines) or _torn(lines)
    words: list[str] = []
    first = 0
    for at, (number, line) in enumerate(lines):
        own = " ".join(line.split())
        if words and goes_on[at - 1]:
            words.append(own if own[0] in _CLOSING else f" {own}")
            continue
        if words:
            yield first, "".join(words)
        words, first = [own], number
    if words:
        yield first, "".join(words)


def _wrapped(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Whether each line goes on in the next, in text that was wrapped at a width, with blank lines between blocks; empty for other text."""
    plain = [line.rstrip() for _, line in lines]
    # A few lines may be longer, where a word could not be broken.
    widths = sorted(len(line) for line in plain if "://" not in line)
    width = widths[-1 - len(widths) // 50] if widths else 0
    apart = any(one + 1 < other for (one, _), (other, _) in pairwise(lines))
    if not _NARROWEST <= width <= _WIDEST or not apart:
        return []
    goes_on = [
        following[0] == number + 1
        and len(line) >= _FULL * width
        and width - len(line) <= len(following[1].split(None, 1)[0]) <= _LONGEST_WORD
        and not _LISTED.match(following[1])
        for (number, _), line, following in zip(lines, plain, lines[1:], strict=False)
    ]
    return [*goes_on, False] if sum(goes_on) >= _FEWEST_FULL else []


def _torn(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Whether each line goes on in the next, in text that was torn at the elements within its paragraphs."""
    size = len(lines)
    stripped = [line.strip() for _, line in lines]
    near = [one + 1 == other for (one, _), (other, _) in pairwise(lines)]
    tears = [near[at] and stripped[at + 1][0] in _CLOSING and stripped[at][-1] not in _FULL_STOPS for at in range(size - 1)]
    if sum(tears) < max(_FEWEST_TORN, size // _LINES_A_TEAR):
        return [False] * size
    words = [word_units(line) for line in stripped]

    def goes_on(at: int, is_piece: bool) -> bool:
        """By how the next line begins. What follows a piece of a paragraph is another one."""
        if not near[at] or stripped[at][-1] in _FULL_STOPS:
            return False
        spaced = lines[at][1][-1] == " " or (lines[at + 1][1][:1] == " " and lines[at + 1][1][:2] != "  ")
        is_piece = is_piece or max(words[at], words[at + 1]) >= _PIECE_WORDS
        return tears[at] or (is_piece and (stripped[at + 1][0].islower() or spaced))

    by_next: list[bool] = []
    so_far = 0
    for at in range(size - 1):
        so_far += words[at]
        by_next.append(goes_on(at, so_far >= _PIECE_WORDS))
        so_far = so_far if by_next[at] else 0
    # A linked name goes on where the line after it does: the line before it ends within a sentence.
    for at in range(size - 2):
        if near[at] and by_next[at + 1] and words[at] >= _PIECE_WORDS and words[at + 1] < _PIECE_WORDS and stripped[at][-1] not in ENDS:
            by_next[at] = by_next[at] or stripped[at][-1] not in _FULL_STOPS
    return [*by_next, False]


def match_lines(walked: Walked) -> list[Match | None]:
    """Each segment's phrase; the lines of a list get an element of their own together with its heading, as in HTML."""
    segments = walked.segments
    matches = [match_phrase(shown(segment).text) if segment.tag != MARK else None for segment in segments]
    root = walked.nodes[0]
    for index, match in enumerate(matches):
        if match is None or match.place is not Place.HEADING:
            continue
        end = _list_end(segments, matches, index + 1)
        if end > index + 1:
            box = Node(len(walked.nodes), root, 1, "list", segments[index].path, 0, 0, 0, 0, 0, index, end)
            leaf = Node(len(walked.nodes) + 1, box, 2, LINE, segments[index].path, 0, 0, 0, 0, 0, index, end)
            walked.nodes.extend((box, leaf))
            for segment in segments[index:end]:
                segment.node = leaf
    return matches


def _list_end(segments: Sequence[RawSegment], matches: Sequence[Match | None], start: int) -> int:
    for at in range(start, min(len(segments), start + _LIST_LINES)):
        words = word_units(segments[at].text)
        if matches[at] is not None or words > _LIST_WORDS or (words > _LIST_WORDS // 2 and segments[at].text[-1] in _FULL_STOPS):
            return at
    return min(len(segments), start + _LIST_LINES)


@attrs.frozen
class Reading:
    """What the models make of the lines.

    Attributes:
        places: the segments that are lines rather than marks.
        title: the segment that is the title.
        chances: how likely each of the ``places`` is to belong to the body.
    """

    places: Sequence[int]
    title: int | None
    chances: Sequence[float]


def read_roles(
    segments: Sequence[RawSegment], matches: Sequence[Match | None], used: Collection[int], url: str | None, model: LineModel | None = None
) -> Reading:
    """Which line is the title, and how likely the others belong to the body. ``used`` are lines that are something else."""
    model = model or load_line_model()
    places = [index for index, segment in enumerate(segments) if segment.tag != MARK]
    lines = Lines([shown(segments[index]) for index in places], [matches[index] for index in places], slug_of(url))
    likely = lines.with_chances([probability(model.first(*row)) for row in lines.rows])
    rows = lines.title_rows(likely)
    may_be = [at for at, index in enumerate(places) if index not in used and lines.may_be_title(at, TITLE_WORDS)]
    worth, title = max(((model.title(*rows[at]), -at) for at in may_be), default=(_LEAST_TITLE, 0))
    at_title = -title if worth > _LEAST_TITLE else None
    # A short text is one that a reader has cut out: there its paragraphs are more likely body than on a page with all that is around them.
    more = _EXCERPT_ODDS if len(places) < _EXCERPT_LINES else 0.0
    main = lines.main.lines
    chances = [
        probability(model.body(*row) + (more if at in main and lines.prose[at] else 0.0))
        for at, row in enumerate(lines.body_rows(likely, at_title))
    ]
    if not any(lines.prose):  # nothing to take for an article where nothing reads like one
        chances = [chance if chance > _SURE_WITHOUT_PROSE else 0.0 for chance in chances]
    if at_title is not None:
        folded = lines.segments[at_title].folded
        chances = [0.0 if segment.folded == folded else chance for segment, chance in zip(lines.segments, chances, strict=True)]
    return Reading(places, None if at_title is None else places[at_title], chances)


def page_of(page: Page, reading: Reading) -> Page:
    """The page with the lines where by-line and date are looked for: those around its title, and those right above its text."""
    if reading.title is None:
        return page
    at, places = reading.places.index(reading.title), reading.places
    is_text = [
        chance > 0.5 and word_units(page.segments[place].text) > _LIST_WORDS for place, chance in zip(places, reading.chances, strict=True)
    ]
    # One paragraph may stand above the by-line: the standfirst.
    paragraphs = [number for number in range(at + 1, min(len(places), at + 1 + _AFTER_TITLE)) if is_text[number]][:2]
    after = range(at + 1, paragraphs[1] if len(paragraphs) == 2 else min(len(places), at + 1 + _AFTER_TITLE))
    text = next((number for number in range(after.stop, len(places)) if reading.chances[number] > 0.5), after.stop)
    above = range(max(after.stop, text - _ABOVE_TEXT), text)
    before = range(at - 1, max(0, at - _BEFORE_TITLE) - 1, -1)
    near = [shown(page.segments[places[number]]) for number in (*after, *above, *before) if number not in paragraphs]
    return attrs.evolve(page, title_place=reading.title, near_title=tuple(map(_apart, range(len(near)), near)))


def _apart(number: int, segment: RawSegment) -> RawSegment:
    """A line by itself, which is no list with those around it, with what was torn from a by-line parted from it."""
    text = _TORN_BY.sub(" ", _TORN.sub(" | ", segment.text)) if len(segment.text) < _LONGEST_DATED else segment.text
    return RawSegment(text, segment.tag, segment.path, attrs.evolve(segment.node, signature=-number - 1))


def find_title(page: Page, reading: Reading) -> Found[str] | None:
    """The headline, as a guess."""
    if reading.title is None:
        return None
    text = shown(page.segments[reading.title]).text
    return Found(without_site(text, page.site_names), Evidence("title", EvidenceSource.TEXT, "plaintext.headline", text, Certainty.GUESSED))


def find_authors(page: Page, reading: Reading) -> Found[tuple[Author, ...]] | None:
    """The authors: whom a by-line names, or else who is named by a line of its own beside the title or the date."""
    found = byline.find_authors(page)
    if found is not None and found.evidence.certainty is not Certainty.GUESSED:
        return found
    return choose("authors", _named_alone(page, reading)) or found


def _named_alone(page: Page, reading: Reading) -> Iterator[Candidate[tuple[Author, ...]]]:
    """The lines around title and text that begin with persons' names alone, those first that most speaks for."""
    lines = [segment.text for segment in page.near_title]
    body = [place for place, chance in zip(reading.places, reading.chances, strict=True) if chance > 0.5]
    story = [page.segments[place].text for place in (*body, *([] if reading.title is None else [reading.title]))]
    last = body[-1] + 1 if body else len(page.segments)
    below = [segment.text for segment in page.segments[last : last + _BELOW_TEXT]]
    is_dated = [len(line) < _LONGEST_DATED and _DATED.search(line) is not None for line in lines]
    beside = _beside(page, reading)
    found = []
    for at, line in enumerate(lines):
        names = _only_names(line) if len(line) < _LONGEST_DATED else []
        # Who is told of is not who tells.
        if not names or any(byline.is_common(name, page) or _times_told(name, story) > 1 for name in names):
            continue
        following = lines[at + 1] if at + 1 < len(lines) and len(lines[at + 1]) < _LONGEST_DATED else ""
        is_placed = any(is_dated[max(0, at - 1) : at + 2]), page.near_title[at].path in beside, any(names[0] in text for text in below)
        signs = 2 * sum(is_placed) + is_role(following)
        if signs >= _FEWEST_SIGNS:
            found.append((-signs, at, line, names))
    for _, _, line, names in sorted(found):
        yield Candidate(tuple(map(as_author, names)), EvidenceSource.TEXT, "plaintext.name", line, Certainty.GUESSED)


def _times_told(name: str, story: Sequence[str]) -> int:
    """In how many of the story's lines the person's last name stands."""
    last = name.rsplit(maxsplit=1)[-1]
    return sum(last in text and not text.startswith(name) for text in story)


def _beside(page: Page, reading: Reading) -> frozenset[str]:
    """The paths of the lines right below the title and right above the text."""
    if reading.title is None:
        return frozenset()
    at, size = reading.places.index(reading.title), len(reading.places)
    first = next((number for number in range(at + 1, size) if reading.chances[number] > 0.5), at)
    return frozenset(page.segments[reading.places[number]].path for number in (at + 1, first - 1) if at < number < size)


def _only_names(line: str) -> list[str]:
    """The names of persons that a line consists of, but for roles and a date after them; none where it says anything else."""
    told = _KIND_OF_TEXT.match(line)
    line = line[told.end() :] if told else line
    parts = [part.strip(" ,") for part in _BESIDE_NAME.split(line) if part.strip(" ,")]
    if not parts or CREDIT.search(parts[-1]) or any(len(part.split()) > _LONGEST_BESIDE for part in parts):
        return []
    names: list[str] = []
    for part in parts:
        own = [_without_role(name) for name in clean_names(part)]
        if not own or not all(map(_is_person, own)):
            break
        if sum(len(name.split()) for name in own) + len(own) < len(part.split()) and not is_role(part):
            break
        names += own
    return names


def _is_person(name: str) -> bool:
    """Whether a name is written as a person's, with all its words in capitals but for particles; other scripts do not show it."""
    parts = name.split()
    if _KANJI_NAME.fullmatch(name):
        return True
    if not looks_like_person(name) or is_named_as_organization(name) or CREDIT.search(name) or month_of(parts[-1].casefold()):
        return False
    return all(part[0].isupper() or part in _PARTICLES for part in parts)


def _without_role(name: str) -> str:
    """The name without what the person does, as in "Ann Veldt Harbour Correspondent"."""
    parts = name.split()
    return next((" ".join(parts[:size]) for size in (2, 3) if len(parts) > size and is_role(" ".join(parts[size:]))), name)


_HEADLINE = Label(Role.TITLE, None, "the likeliest headline of the lines")
_MARK = Label(Role.BOILERPLATE, Kind.OTHER, "a mark before a line, or the address of one")


def label_lines(walked: Walked, matches: Sequence[Match | None], known: Known, reading: Reading) -> list[Label]:
    """A label for each segment: by what is known, and what the model says of the rest."""
    ruled: Mapping[int, str] = {**known.kept, **known.dropped}
    _, labels = label_scored(walked, matches, known, reading.places, reading.chances)
    if reading.title is not None and reading.title not in ruled:
        labels[reading.title] = _HEADLINE
    return [_MARK if segment.tag == MARK and index not in ruled else labels[index] for index, segment in enumerate(walked.segments)]
