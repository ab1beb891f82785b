"""The model that names what the rules only guess: how it adds up, what it may change, and that its reasons are true."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.body.kinds import Label, label_of
from newsparse.body.label import label_by_rules
from newsparse.body.model import load_model
from newsparse.body.namer import Namer, Seen, compile_namer, facts_of, family, load_namer, rename
from newsparse.body.places import Page
from newsparse.document.tree import read_document
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.pipeline import prepare
from tests.fixture_cases import PAGES

TEXT = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
HTML = f"<h1>Ferry late</h1><article><p>{TEXT}</p><p>{TEXT} Again.</p></article><form><p>Vumpa brolik</p><p>Zant</p></form><p>Cookies</p>"
WEIGHTS = st.floats(-9, 9).map(lambda weight: round(weight, 2))


def seen_page(html: str | bytes) -> tuple[Page, list[Label]]:
    prepared = prepare(read_document(html))
    return label_by_rules(prepared.walked, prepared.matches, prepared.known, load_model())


@cache
def pages() -> list[tuple[Page, list[Label]]]:
    return [seen_page(path.read_bytes()) for path in sorted(PAGES.glob("*.html"))]


def renamed(html: str, namer: Namer) -> dict[str, Label]:
    page, labels = seen_page(html)
    rename(page, labels, namer)
    return {segment.text: found for segment, found in zip(page.segments, labels, strict=True)}


@given(st.lists(st.tuples(WEIGHTS, WEIGHTS, WEIGHTS), min_size=1, max_size=60), st.tuples(WEIGHTS, WEIGHTS, WEIGHTS))
def test_weights_are_added_for_each_kind_apart(rows: list[tuple[float, float, float]], bias: tuple[float, float, float]) -> None:
    namer = compile_namer({"kinds": ["a", "b", "c"], "bias": bias, "facts": {str(at): row for at, row in enumerate(rows)}})
    scores = namer.scores(str(at) for at in range(len(rows) + 1))
    sums = [sum(column) for column in zip(bias, *rows, strict=True)]
    assert [score - scores[0] for score in scores] == pytest.approx([value - sums[0] for value in sums])


def test_model_decides_where_it_is_sure_and_says_why() -> None:
    sure = compile_namer({"kinds": ["form", "newsletter"], "bias": [0, 0], "facts": {"a form in its box": [0, 3], "within form": [0, 1]}})
    found = renamed(HTML, sure)["Vumpa brolik"]
    assert (found.role, found.kind, found.reason) == (
        Role.BOILERPLATE,
        Kind.NEWSLETTER,
        "the model of kinds: a form in its box, within form",
    )


def test_rule_stands_where_the_model_is_not_sure() -> None:
    kinds = [str(kind) for kind in Kind][:12]
    unsure = compile_namer({"kinds": kinds, "bias": [0] * 12, "facts": {"a form in its box": [0.5, *[0] * 11]}})
    assert renamed(HTML, unsure)["Vumpa brolik"].reason == "in a form"


def test_byline_is_a_role() -> None:
    byline = compile_namer({"kinds": ["byline", "form"], "bias": [9, 0], "facts": {}})
    assert renamed(HTML, byline)["Vumpa brolik"].role is Role.BYLINE


def test_what_is_no_guess_stays() -> None:
    namer = load_namer()
    changed = 0
    for page, before in pages():
        after = list(before)
        rename(page, after, namer)
        for old, new in zip(before, after, strict=True):
            assert old is new or (family(old.reason) is not None and new.reason.startswith("the model of kinds: "))
            changed += old is not new
    assert changed > 10


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("in a form", "in a form"),
        ("beside newsletter", "beside newsletter"),
        ("speaks of 'abo'", "speaks of"),
        ("class words: paywall", "class words: paywall"),
        ("class words: comments", None),
        ("in a figure of the body", None),
        ("in a navigation element", None),
        ("the phrase 'share'", None),
        ("the model: 0.91", None),
    ],
)
def test_guesses_are_told_by_their_reason(reason: str, found: str | None) -> None:
    assert family(reason) == found


def test_shipped_model_knows_the_facts_and_kinds_of_this_version() -> None:
    namer = load_namer()
    assert set(namer.kinds) <= {str(kind) for kind in Kind}
    said = {name for page, labels in pages() for index in range(len(labels)) for name in facts_of(Seen(page, labels), index)}
    families = {name.partition(" ")[0] for name in said}
    assert {name.partition(" ")[0] for name in namer.weights} <= families
    assert len(said & set(namer.weights)) > 200


def test_pieces_of_one_make_in_one_box_are_decided_together() -> None:
    page, labels = seen_page(f"<h1>Late</h1><article><p>{TEXT}</p><p>{TEXT}</p></article><aside><p>Vumpa</p><p>Brolik</p></aside>")
    rename(page, labels, load_namer())
    assert labels[-1] is labels[-2]


def test_labels_are_made_once() -> None:
    assert label_of(Kind.FORM, "in a form") is label_of(Kind.FORM, "in a form")
