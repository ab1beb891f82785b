"""What the body as a whole says of single segments: notes below it, headings above it, lines that repeat it, pointers that are text."""

from collections.abc import Mapping
from typing import Any

import pytest

from newsparse.body import lists
from newsparse.body.features import FEATURES
from newsparse.body.label import Known, Label, label
from newsparse.body.lists import Box, relate
from newsparse.body.model import compile_model
from newsparse.document.tree import read_document
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.pipeline import prepare

ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the last guests went home."
FOUR = "Two of the lanterns were found in the harbour the next morning, and a third on the roof of the chapel, where nobody could reach it."
TEXT = "".join(f"<p>{text}</p>" for text in (ONE, TWO, THREE, FOUR))
HEADING = "What the harbour says"
# Long texts are surely body; of short ones the model is a little more sure that they are none than not; all are likely.
DOUBTS_SHORT = ["words", 12, -0.4, 3]
LIKELY = ["words", 20, 1, 3]


def labels_of(page: str, tree: Any) -> dict[str, Label]:
    """The labels of a page by text, where a model of one tree tells the chances."""
    prepared = prepare(read_document(page))
    model = compile_model({"features": list(FEATURES), "first": [tree], "further": []})
    labels = label(prepared.walked, prepared.matches, Known(), model)
    return {segment.text: item for segment, item in zip(prepared.walked.segments, labels, strict=True)}


NOTES: Mapping[str, Kind] = {
    "Sign up for the harbour newsletter and get the news of the pier every morning.": Kind.NEWSLETTER,
    "Bitte abonnieren Sie auch den Newsletter des Hafens.": Kind.NEWSLETTER,
    "Pour ne rien manquer, abonnez-vous à la newsletter du port.": Kind.NEWSLETTER,
    "Para no perderte nada, suscríbete al boletín del puerto.": Kind.NEWSLETTER,
    "Wie niets wil missen, meldt zich aan voor de nieuwsbrief van de haven.": Kind.NEWSLETTER,
    "For more from the quay, follow us on Facebook and Instagram.": Kind.FOLLOW,
    "Folgen Sie dem Hafen auch auf Facebook und Instagram.": Kind.FOLLOW,
    "Suivez le port sur Facebook et sur Twitter.": Kind.FOLLOW,
    "(Reporting by Ann Veldt in Brael; Editing by Jon Marsk)": Kind.AUTHOR_BIO,
    "Brael Courier writers Ann Veldt and Jon Marsk contributed.": Kind.AUTHOR_BIO,
    "Jon Marsk contributed to this report.": Kind.AUTHOR_BIO,
    "Have a tip? Write to the desk before the first ferry leaves.": Kind.AUTHOR_BIO,
    "Ann Veldt can be reached at the office on the quay.": Kind.AUTHOR_BIO,
    "Aus dem Englischen von Jon Marsk": Kind.AUTHOR_BIO,
    "(APA/sda)": Kind.AUTHOR_BIO,
    "Did the ferry move you? Support our journalism with a small gift.": Kind.DONATION,
    "Soutenez le journal du port avec un don.": Kind.DONATION,
    "If you enjoyed this article, tell the harbour master.": Kind.SHARE,
    "For all that happens on the quay download our app for Android.": Kind.APP_PROMO,
    "Some of these are affiliate links to the shop of the harbour.": Kind.ADVERTISEMENT,
    "Whoever is already a subscriber finds the rest at the office.": Kind.PAYWALL,
}


@pytest.mark.parametrize(("note", "kind"), NOTES.items())
def test_notes_that_end_a_text_are_no_body(note: str, kind: Kind) -> None:
    found = labels_of(f"{TEXT}<p>{note}</p>", LIKELY)[note]
    assert (found.role, found.kind) == (Role.BOILERPLATE, kind)
    assert found.reason.startswith("a note below the text: ")


QUOTATION = "Two winters was all we asked for"
QUOTED = f"<blockquote><p>{QUOTATION}</p></blockquote>"


@pytest.mark.parametrize(
    ("page", "role"),
    [
        (f"<p>{ONE}</p>{QUOTED}<p>{TWO}</p>", Role.BODY),
        (f"<p>{ONE}</p><div>{QUOTED}</div><p>{TWO}</p>", Role.BODY),
        (f"<p>{ONE}</p><p>{TWO}</p>{QUOTED}", Role.BOILERPLATE),
        (f"<p>{ONE}</p><blockquote><p>{QUOTATION}</p><p>The pilot</p></blockquote><p>{TWO}</p>", Role.BOILERPLATE),
        (f"<p>{ONE}</p><blockquote><p><a href=/story>{QUOTATION}</a></p></blockquote><p>{TWO}</p>", Role.BOILERPLATE),
        (f"<p>{ONE}</p><p>{QUOTATION}</p><p>{TWO}</p>", Role.BOILERPLATE),
    ],
    ids=["between", "in a box", "last", "two lines", "a link", "no quotation"],
)
def test_a_quotation_between_two_pieces_of_the_body_is_body(page: str, role: Role) -> None:
    assert labels_of(f"<article>{TEXT}{page}</article>", DOUBTS_SHORT)[QUOTATION].role is role


@pytest.mark.parametrize("note", NOTES)
def test_what_notes_say_is_text_within_the_text(note: str) -> None:
    assert labels_of(f"{TEXT}<p>{note}</p>{TEXT.replace('the', 'that')}", LIKELY)[note].role is Role.BODY


@pytest.mark.parametrize(
    "last",
    [
        "The office says that forty people signed the petition for the newsletter of the harbour master.",
        "She followed him to the pier, where he told her on the phone what Facebook had done.",
        "After years of reporting, the two writers left the island.",
        "The harbour master was reached at noon.",
    ],
)
def test_sentences_about_such_things_may_end_a_text(last: str) -> None:
    assert labels_of(f"{TEXT}<p>{last}</p>", LIKELY)[last].role is Role.BODY


def test_several_notes_may_end_a_text_but_are_not_all_of_it() -> None:
    notes = list(NOTES)[5:8]
    several = labels_of(TEXT + "".join(f"<p>{note}</p>" for note in notes), LIKELY)
    assert [several[note].role for note in notes] == [Role.BOILERPLATE] * 3
    few = labels_of("".join(f"<p>{note}</p>" for note in notes), LIKELY)
    assert [few[note].role for note in notes] == [Role.BODY] * 3


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        (f"{TEXT}<h2>{HEADING}</h2><p>{TWO}</p>", Role.BODY),
        (f"{TEXT}<div><div><h2>{HEADING}</h2></div></div><p>{TWO}</p>", Role.BODY),
        # What it heads is no body; it is in a box with other text; headings set as it is are none; it heads nothing; it is a link.
        (f"{TEXT}<h2>{HEADING}</h2><p>Not much</p><p>{TWO}</p>", Role.BOILERPLATE),
        (f"{TEXT}<div><p>Not much</p><h2>{HEADING}</h2></div><p>{TWO}</p>", Role.BOILERPLATE),
        (f"{TEXT}<h2>Fish</h2><p>Not much</p><h2>Bread</h2><p>Not much</p><h2>{HEADING}</h2><p>{TWO}</p>", Role.BOILERPLATE),
        (f"{TEXT}<h2>{HEADING}</h2>", Role.BOILERPLATE),
        (f"{TEXT}<h2><a href=/harbour/>{HEADING}</a></h2><p>{TWO}</p>", Role.BOILERPLATE),
    ],
)
def test_heading_right_above_text_needs_less_of_a_chance(markup: str, role: Role) -> None:
    assert labels_of(markup, DOUBTS_SHORT)[HEADING].role is role


def test_heading_that_heads_text_says_so() -> None:
    found = labels_of(f"{TEXT}<h2>{HEADING}</h2><p>{TWO}</p>", DOUBTS_SHORT)
    assert found[HEADING].reason == "heads text of the body; the model: 0.40"


PART = "the crew had to break the ice by hand, the harbour office said"


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        (f"{TEXT}<blockquote><p>“{PART}”</p></blockquote><p>{FOUR}</p>", Role.BOILERPLATE),
        (f"{TEXT}<div class=quote>“{PART}”</div><p>{FOUR}</p>", Role.BOILERPLATE),
        (f"{TEXT}<p>“{PART}”</p><p>{FOUR}</p>", Role.BODY),
        (f"{TEXT}<ul><li>“{PART}”</li></ul><p>{FOUR}</p>", Role.BODY),
        (f"{TEXT.replace('by hand', 'with axes')}<blockquote><p>“{PART}”</p></blockquote><p>{FOUR}</p>", Role.BODY),
    ],
)
def test_what_repeats_the_text_and_is_set_apart_is_no_body(markup: str, role: Role) -> None:
    assert labels_of(markup, LIKELY)[f"“{PART}”"].role is role


@pytest.mark.parametrize(
    ("text", "tag", "chance", "is_text"),
    [
        ("Read our full review of the ferry.", "p", 0.7, True),
        ("Read our full review of the ferry.", "p", 0.5, False),
        ("Ferry late again in the ice", "p", 0.7, False),
        ("Ferry late again in the ice", "h3", 0.7, True),
        ("Ferry late again in the ice", "h3", 1.0, True),
    ],
)
def test_single_link_among_the_text_is_text_where_it_reads_so(
    text: str, tag: str, chance: float, is_text: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "chance", lambda _: 1.0)
    segments = prepare(read_document(f"<p>{ONE}</p><{tag}><a href=/ferry/late/>{text}</a></{tag}><p>{TWO}</p>")).walked.segments
    labels = [Label(Role.BODY, None, "the model", chance) for _ in segments]
    found = relate([Box([1], None, {"ends": 1.0})], segments, labels)[1]
    assert (found.role is Role.BODY) == is_text
    assert is_text or found.kind is Kind.INLINE_TEASER
    assert relate([Box([1], 0, {"ends": 1.0})], segments, labels)[1].kind is Kind.INLINE_TEASER


def test_short_body_takes_what_is_likely_enough() -> None:
    line = "The fish market is closed today."
    assert labels_of(f"<p>{ONE}</p><div><div>{line}</div></div>", ["words", 12, -0.8, 3])[line].role is Role.BODY
    assert labels_of(f"{TEXT}<div><div>{line}</div></div>", ["words", 12, -0.8, 3])[line].role is Role.BOILERPLATE
