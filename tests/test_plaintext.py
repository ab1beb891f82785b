"""The saved text of a page: a line a segment, the story found among the labels that a scraper left between its paragraphs."""

import itertools
import textwrap
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse import Article, BoilerplateKind, Certainty, EvidenceSource, Link, NoticeCode, PageKind, Relation, Role
from newsparse.body.lines import Lines
from newsparse.plaintext import read_lines
from tests.strategies import plain_texts

TITLE = "Ferry leaves the eastern pier an hour late after a night of ice"
ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = (
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the very last guests went home."
)
STORY = "\n\n".join((ONE, TWO, THREE))
CHOIR, FISH = "Choir sings until the lanterns burn down", "Fish market opens its warehouse"


def boilerplate(article: Article) -> list[tuple[str, BoilerplateKind | None]]:
    return [(segment.text, segment.kind) for segment in article.boilerplate]


def codes(article: Article) -> list[NoticeCode]:
    return [notice.code for notice in article.notices]


SHAPES = {
    "title and paragraphs": f"{TITLE}\n\n{STORY}",
    "no blank lines": f"{TITLE}\n{ONE}\n{TWO}\n{THREE}",
    "blank lines with spaces": f"\n \n{TITLE}\n \t\n{ONE}\n\u00a0\n\n{TWO}\n\n\n{THREE}\n\n",
    "Windows line ends": f"{TITLE}\n\n{STORY}\n".replace("\n", "\r\n"),
    "old Macintosh line ends": f"{TITLE}\n\n{STORY}\n".replace("\n", "\r"),
    "indented": f"   {TITLE}\n\n\t{ONE}\n\n\t{TWO}\n\n\t{THREE}",
    "spaces within lines": f"{TITLE}\n\n{STORY}".replace(" ", "  ").replace("harbour  office", "harbour\u00a0office"),
    "navigation before": f"Home\nNews\nSport\nWeather\nSubscribe\n{TITLE}\n\n{STORY}",
    "prompts before and after": f"{TITLE}\nNo time to read?\nGet a summary\n\n{STORY}\n\nNo time to read?\nGet a summary",
    "prompts between paragraphs": f"{TITLE}\n\n{ONE}\n\nAdvertisement\n\n{TWO}\n\nNo time to read?\nGet a summary\n\n{THREE}",
    "date and share after the title": f"{TITLE}\n3 May 2026\nShare\n{STORY}",
    "a footer": f"{TITLE}\n\n{STORY}\n\nShare\nTags\nBrael Courier\n© 2026 Brael Courier. All rights reserved.",
    "related titles": f"{TITLE}\n\n{STORY}\n\nRelated articles\n{CHOIR}\n{FISH}\nMost read\n{FISH}",
    "previous and next": f"{TITLE}\n\n{STORY}\n\nPrevious Article\n{CHOIR}\nNext Article\n{FISH}",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_title_and_body_in_every_shape(text: str) -> None:
    for source in (text, text.encode(), text.encode("utf-16")):
        article = newsparse.parse(source)
        assert article.title == TITLE
        assert article.text == STORY
        assert article.kind is PageKind.ARTICLE
        assert codes(article) == []
    assert newsparse.parse_text(text) == newsparse.parse(text)


def test_every_line_has_its_role_its_reason_and_its_number() -> None:
    text = f"News\n{TITLE}\n\nNo time to read?\n{ONE}\nAdvertisement\n{TWO}\n\nPrevious Article\n{CHOIR}\n"
    article = newsparse.parse(text)
    assert [(segment.path, segment.text, segment.role, segment.kind, segment.block) for segment in article.segments] == [
        ("line:1", "News", Role.BOILERPLATE, article.segments[0].kind, None),
        ("line:2", TITLE, Role.TITLE, None, None),
        ("line:4", "No time to read?", Role.BOILERPLATE, BoilerplateKind.SUMMARY_PROMPT, None),
        ("line:5", ONE, Role.BODY, None, 0),
        ("line:6", "Advertisement", Role.BOILERPLATE, BoilerplateKind.ADVERTISEMENT, None),
        ("line:7", TWO, Role.BODY, None, 1),
        ("line:9", "Previous Article", Role.BOILERPLATE, BoilerplateKind.PREVIOUS_NEXT, None),
        ("line:10", CHOIR, Role.BOILERPLATE, BoilerplateKind.PREVIOUS_NEXT, None),
    ]
    assert all(segment.reason for segment in article.segments)
    assert all(segment.links == () for segment in article.segments)


def test_previous_and_next_are_links_without_url() -> None:
    article = newsparse.parse(SHAPES["previous and next"], url="https://brael.example/news/")
    assert article.previous == Link(None, CHOIR, Relation.PREVIOUS)
    assert article.next == Link(None, FISH, Relation.NEXT)
    assert article.url == "https://brael.example/news/"


def test_title_below_previous_and_next() -> None:
    article = newsparse.parse(f"Previous Article\n{CHOIR} in the old town\nNext Article\n{FISH}\nFerry late\n\n{STORY}")
    assert article.previous == Link(None, f"{CHOIR} in the old town", Relation.PREVIOUS)
    assert article.title == "Ferry late"


def test_title_is_a_guess_and_says_so() -> None:
    evidence = newsparse.parse(SHAPES["navigation before"]).evidence_for("title")
    assert evidence is not None
    assert (evidence.source, evidence.raw, evidence.certainty) == (EvidenceSource.TEXT, TITLE, Certainty.GUESSED)


def test_short_line_between_paragraphs_is_part_of_the_body() -> None:
    article = newsparse.parse(f"{TITLE}\n\n{ONE}\n\nA winter like no other\n\n{TWO}")
    assert article.text == f"{ONE}\n\nA winter like no other\n\n{TWO}"


def test_title_is_the_first_of_several_lines_of_the_same_length() -> None:
    assert newsparse.parse(f"News\nFerry leaves an hour late\nA story by Ann Veldt\n\n{STORY}").title == "Ferry leaves an hour late"


def test_text_without_a_headline_has_no_title() -> None:
    article = newsparse.parse(STORY)
    assert article.title is None
    assert article.text == STORY
    assert article.evidence_for("title") is None


def test_lines_without_prose_are_no_body() -> None:
    article = newsparse.parse("Ferry late again\n\nShort line\n\nOther line")
    assert article.body == ()
    assert article.kind is PageKind.OTHER
    assert codes(article) == [NoticeCode.NO_BODY]
    assert article.title == "Ferry late again"


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\r\n", "\u00a0\u2003", b"", b" \n", "\ufeff".encode()])
def test_blank_text_is_empty(text: str | bytes) -> None:
    article = newsparse.parse(text)
    assert article.kind is PageKind.EMPTY
    assert article.segments == ()
    assert article.notices == ()
    assert (article.title, article.body, article.text) == (None, (), "")


@pytest.mark.parametrize(
    "source",
    [
        "page.html",
        "page.htm\n",
        "  ./saved/page.mhtml ",
        "/home/ann/pages/ferry",
        "pages\\ferry.txt",
        "C:\\pages\\ferry.html",
        "ferry.html.gz",
        "https://brael.example/news/ferry/",
        "HTTPS://brael.example",
        "file:///home/ann/ferry.html",
        "s3://bucket/page",
        b"page.xhtml",
        b"https://brael.example/a?b=c#d",
        "заметка.html",
    ],
)
def test_path_or_url_is_no_page(source: str | bytes) -> None:
    article = newsparse.parse(source, url="https://brael.example/")
    text = (source if isinstance(source, str) else source.decode()).strip()
    assert article.kind is PageKind.EMPTY
    assert codes(article) == [NoticeCode.LOOKS_LIKE_PATH]
    assert repr(text) in article.notices[0].message
    assert [(segment.text, segment.role) for segment in article.segments] == [(text, Role.BOILERPLATE)]
    assert (article.title, article.body, article.url) == (None, (), "https://brael.example/")


@pytest.mark.parametrize(
    "text",
    [
        "Ferry late",
        "Ferry",
        "Read page.html first",
        "https://brael.example/ is down",
        "page.html\npage.htm",
        "Ferry, bridge and/or tunnel",
        "brael.example",
        "U.S.",
        "…",
    ],
)
def test_words_are_no_path(text: str) -> None:
    article = newsparse.parse(text)
    assert NoticeCode.LOOKS_LIKE_PATH not in codes(article)
    assert "\n".join(segment.text for segment in article.segments) == text


def test_word_longer_than_any_path_is_text() -> None:
    assert codes(newsparse.parse("a/" * 600)) == [NoticeCode.NO_BODY]


@pytest.mark.parametrize("source", ["page.html", "https://brael.example/"])
def test_parse_text_takes_no_path_either(source: str) -> None:
    assert codes(newsparse.parse_text(source)) == [NoticeCode.LOOKS_LIKE_PATH]


def test_parse_text_reads_markup_as_text() -> None:
    article = newsparse.parse_text(f"{TITLE}\n\nThe tag <b> makes bold. {ONE}\n\n{TWO}")
    assert article.text == f"The tag <b> makes bold. {ONE}\n\n{TWO}"


def test_signs_that_are_no_markup_are_text() -> None:
    article = newsparse.parse(f"{TITLE}\n\n5 < 7 & 9 > 8, I <3 <unknown> words &amp; more. {ONE}\n\n{TWO}")
    assert article.text == f"5 < 7 & 9 > 8, I <3 <unknown> words &amp; more. {ONE}\n\n{TWO}"


def test_very_long_line_is_a_paragraph() -> None:
    line = " ".join([ONE] * 20_000)
    article = newsparse.parse(f"{TITLE}\n\n{line}")
    assert article.title == TITLE
    assert article.text == line
    assert newsparse.parse("x" * 1_000_000).kind is PageKind.OTHER


def test_byte_order_mark_of_a_str_is_no_letter_of_the_title() -> None:
    text = f"\ufeff{TITLE}\n\n{STORY}"
    assert newsparse.parse(text.encode()).title == TITLE
    assert newsparse.parse(text).title == TITLE


def test_scripts_without_spaces_have_paragraphs_too() -> None:
    title = "渡船因冰晚点一小时"
    one = "由于船员不得不用手敲碎冰块，渡轮晚了一个小时才离开东码头，市政厅没有说明费用由谁承担。"
    two = "合唱团在鱼市场的仓库里一直唱到码头上的灯笼燃尽，最后一批客人才慢慢地走回家去。"
    article = newsparse.parse(f"{title}\n\n{one}\n\n{two}")
    assert (article.title, article.text) == (title, f"{one}\n\n{two}")


# The functions behind it.


def test_read_lines_numbers_lines_as_the_text_has_them() -> None:
    segments = read_lines("\n one  two \r\n\r\nthree\rfour\u2028five").segments
    assert [(segment.text, segment.path, segment.tag) for segment in segments] == [
        ("one two", "line:2", "line"),
        ("three", "line:4", "line"),
        ("four", "line:5", "line"),
        ("five", "line:6", "line"),
    ]


@given(st.one_of(plain_texts(), st.text(max_size=40)))
def test_lines_are_the_text(text: str) -> None:
    walked = read_lines(text)
    assert "".join("".join(segment.text.split()) for segment in walked.segments) == "".join(text.split())
    assert walked.media == []
    assert [node.index for node in walked.nodes] == [0]


@given(plain_texts())
def test_every_line_gets_one_label_with_a_reason(text: str) -> None:
    article = newsparse.parse_text(text)
    assert all(segment.reason for segment in article.segments)
    titles = [segment.text for segment in article.segments if segment.role is Role.TITLE]
    assert len(titles) == (article.title is not None)


def test_no_lines() -> None:
    assert read_lines("").segments == []
    lines = Lines([], [])
    likely = lines.with_chances([])
    assert lines.rows == likely == lines.title_rows(likely) == lines.body_rows(likely, None) == []


# The forms in which scrapers leave a page.


MENU = "Home\nNews\nSport\nWeather\nPuzzles"
FOOTER = "About us\nContact\nPrivacy policy\n© 2026 Brael Courier"
PAGE = (
    f"{MENU}\n{TITLE}\nBy Ann Veldt\n3 May 2026\nShare\n{ONE}\n{TWO}\nAdvertisement\n{THREE}\nRelated articles\n{CHOIR}\n{FISH}\n{FOOTER}"
)


def wrapped(page: str) -> str:
    """As ``lynx -dump -nonumbers`` writes it: indented, wrapped at 76 columns, blank lines between blocks."""
    return "\n\n".join(textwrap.fill(line, 76, initial_indent="   ", subsequent_indent="   ") for line in page.split("\n"))


def numbered(page: str) -> str:
    """As ``lynx -dump`` writes it: the links with numbers, their addresses at the end."""
    linked = {*MENU.split("\n"), *FOOTER.split("\n"), CHOIR, FISH}
    count = itertools.count(1)
    lines = [f"[{next(count)}]{line}" if line in linked else line for line in page.split("\n")]
    addresses = "\n".join(f"   {number}. https://brael.example/{number}" for number in range(1, next(count)))
    return f"{wrapped(chr(10).join(lines))}\n\nReferences\n\n{addresses}\n"


def markdown(page: str) -> str:
    """As a reader mode saves it."""
    marks = {TITLE: "# ", CHOIR: "* ", FISH: "* "}
    lines = [f"{marks.get(line, '')}{f'[{line}](https://brael.example/a)' if line in (CHOIR, FISH) else line}" for line in page.split("\n")]
    return "\n\n".join(["## Sections", "## More", *lines[5:]])


def torn(page: str) -> str:
    """As ``get_text("\\n")`` gives it where words in the paragraphs are links or emphasised."""
    torn_at = (("the crew had ", "to break", " the ice"), ("the town hall", " would say", ", how"), ("by hand", ",", " the harbour"))
    page = page.replace(" the new bridge is", ", the new bridge, is")
    for before, middle, after in torn_at:
        page = page.replace(f"{before}{middle}{after}", f"{before}\n{middle}\n{after}")
    return (
        page.replace("the lanterns on the quay", "the lanterns\non\nthe quay")
        .replace("by hand, the", "by hand\n, the")
        .replace("cost, or", "cost\n, or")
    )


FORMS = {
    "a line a block": lambda page: page,
    "blank lines": lambda page: page.replace("\n", "\n\n"),
    "wrapped": wrapped,
    "numbered": numbered,
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_page_in_every_form(form: Callable[[str], str]) -> None:
    text = form(PAGE)
    article = newsparse.parse_text(text)
    assert article.title == TITLE
    assert article.text == STORY
    assert [author.name for author in article.authors] == ["Ann Veldt"]
    assert article.published is not None
    assert article.published.date() == date(2026, 5, 3)
    assert [link.title for link in article.related][:2] == [CHOIR, FISH]
    assert "".join("".join(segment.text.split()) for segment in article.segments) == "".join(text.split())


def test_markdown_without_its_marks() -> None:
    text = markdown(PAGE)
    article = newsparse.parse_text(text)
    assert article.title == TITLE
    assert article.text == STORY
    assert [link.title for link in article.related][:2] == [CHOIR, FISH]
    assert "".join("".join(segment.text.split()) for segment in article.segments) == "".join(text.split())


def test_torn_paragraphs_are_mended() -> None:
    text = torn(PAGE)
    texts = [segment.text for segment in newsparse.parse_text(text).segments]
    assert ONE in texts
    assert THREE in texts
    assert "".join("".join(part.split()) for part in texts) == "".join(text.split())


MENDED = {
    "menus are not joined": ("home\nnews\nsport\n, \nweather\n, \nsea", ["home", "news", "sport,", "weather,", "sea"]),
    "lists are not joined": (
        "\n".join(f"   * {word} " + "harbour " * 7 for word in ("one", "two", "three", "four", "five", "six", "seven")),
        [f"* {word} {'harbour ' * 7}".strip() for word in ("one", "two", "three", "four", "five", "six", "seven")],
    ),
    "a blank line ends a paragraph": (f"{ONE}\n\nand more\n\n, so", [ONE, "and more", ", so"]),
}


@pytest.mark.parametrize(("text", "lines"), MENDED.values(), ids=MENDED)
def test_what_is_joined(text: str, lines: list[str]) -> None:
    assert [segment.text for segment in read_lines(text).segments] == lines


def test_one_line_is_a_paragraph() -> None:
    line = PAGE.replace("\n", " ")
    assert [segment.text for segment in newsparse.parse_text(line).segments] == [line]


NAMED = {
    "a line of its own above the date": ("Ann Veldt\n3 May 2026", ["Ann Veldt"]),
    "a line of its own below the date": ("3 May 2026\nShare\nAnn Veldt\n10:05", ["Ann Veldt"]),
    "two in a line": ("Ann Veldt and Bo Rask\n3 May 2026", ["Ann Veldt", "Bo Rask"]),
    "between bars": ("Ann Veldt | Bo Rask\n3 May 2026", ["Ann Veldt", "Bo Rask"]),
    "with a date behind": ("Ann Veldt · Brael Courier News · Posted: 3 May 2026, 10:05", ["Ann Veldt"]),
    "with the time that has passed": ("Ann Veldt 7 hours ago", ["Ann Veldt"]),
    "with a role behind": ("Ann Veldt Political Correspondent\n3 May 2026", ["Ann Veldt"]),
    "with a role torn from its line": ("Ann VeldtEditor\n3 May 2026", ["Ann Veldt"]),
    "behind the kind of text": ("Kommentar von Ann Veldt\n3. Mai 2026", ["Ann Veldt"]),
    "torn from its by and its date": ("ByAnn VeldtMay 3, 2026", ["Ann Veldt"]),
    "torn from the role in a by-line": ("By Ann VeldtHarbour Reporter\n3 May 2026", ["Ann Veldt"]),
    "above a date in words": ("Ann Veldt May 3, 2026", ["Ann Veldt"]),
    "in signs": ("大渡 美咲\n2026/5/3 20:50", ["大渡 美咲"]),
    "behind a label": ("Market Square\nBy Ann Veldt\n3 May 2026", ["Ann Veldt"]),
    "a photographer": ("Ann Veldt / Reuters Photo\n3 May 2026", []),
    "a headline beside the date": ("Ferry Trouble on the Coast\n3 May 2026", []),
    "words that the story has too": ("Eastern Pier\n3 May 2026", []),
}


@pytest.mark.parametrize(("lines", "names"), NAMED.values(), ids=NAMED)
def test_names_without_by(lines: str, names: list[str]) -> None:
    article = newsparse.parse_text(f"Home\nNews\nSport\n{TITLE}\n{lines}\n{STORY}")
    assert article.title == TITLE
    assert [author.name for author in article.authors] == names


STANDFIRST = (
    "Passengers were still standing in the rain at noon, since nobody had told them that the only crew of the harbour that could have"
    " broken the ice had been sent to the northern islands the night before"
)


@pytest.mark.parametrize(
    ("head", "foot", "names"),
    [
        (f"{STANDFIRST}.\nBy Ann Veldt", "", ["Ann Veldt"]),
        ("\n".join(["Harbour", "Comments", *(f"Gallery picture {number}" for number in range(20)), "By Ann Veldt"]), "", ["Ann Veldt"]),
        ("Photo: Brael Courier\nAnn Veldt\nListen to the story", "Ann Veldt\nReporter\nMore stories", ["Ann Veldt"]),
        ("Photo: Brael Courier\nAnn Veldt\nListen to the story", "", []),
    ],
    ids=["below the standfirst", "right above the text", "told again below the text", "told once"],
)
def test_by_lines_away_from_the_title(head: str, foot: str, names: list[str]) -> None:
    article = newsparse.parse_text(f"Home\nNews\nSport\n{TITLE}\n{head}\n{STORY}\n{foot}")
    assert article.title == TITLE
    assert [author.name for author in article.authors] == names


def test_the_address_tells_the_title() -> None:
    page = f"{MENU}\nFerry trouble on the coast all winter\nChoir leaves the harbour for the capital\n{STORY}"
    article = newsparse.parse_text(page, url="https://brael.example/news/choir-leaves-harbour-for-capital")
    assert article.title == "Choir leaves the harbour for the capital"


def test_every_line_is_seen_once_however_many_there_are() -> None:
    for times in (1, 2):
        segments = read_lines("\n".join([PAGE] * times)).segments
        assert len(Lines(segments, [None] * len(segments)).rows) == times * (PAGE.count("\n") + 1)
