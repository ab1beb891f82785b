"""Why the model says what it says, in words."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

import newsparse
from newsparse.body.explain import explain_candidates
from newsparse.body.features import FEATURES, MASKS, Candidates
from newsparse.body.label import clues_of, phrase_masks
from newsparse.body.model import compile_model, probability
from newsparse.document.tree import read_document
from newsparse.pipeline import explain, prepare

STORY = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
BOX = "<div class=related><p>Seven boats painted green</div>"
PAGE = f"<article class=entry-content><h1>Ferry late</h1>{f'<p>{STORY}</p>' * 4}</article>{BOX}"


def tree_of(feature: str, low: float, high: float) -> dict[str, object]:
    return {"features": list(FEATURES), "first": [[feature, 0 if ":" in feature else 20, low, high]], "further": []}


@pytest.mark.parametrize(
    ("feature", "low", "high", "for_long", "against_short"),
    [
        ("words", -1.0, 1.0, ("length in words: 25",), ("length in words: 4",)),
        ("own:10", 0.0, -2.0, (), ()),
        ("back1_heading", 0.0, 1.0, (), ()),
    ],
)
def test_features_are_named_on_their_side(
    feature: str, low: float, high: float, for_long: tuple[str, ...], against_short: tuple[str, ...]
) -> None:
    prepared = prepare(read_document(PAGE))
    candidates = Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known))
    found = {prepared.walked.segments[item.index].text: item for item in explain_candidates(candidates, tree_of(feature, low, high))}
    long, short = found[STORY], found["Seven boats painted green"]
    assert (long.speaks_for, long.speaks_against) == (for_long, ())
    assert (short.speaks_for, short.speaks_against) == ((), against_short)
    assert long.chance == probability(high if feature == "words" else low)


def test_shipped_model_is_explained_as_it_decides() -> None:
    article = newsparse.parse(PAGE)
    told = {item.index: item for item in explain(PAGE)}
    for index, segment in enumerate(article.segments):
        if segment.text == STORY:
            assert told[index].chance > 0.5
            assert told[index].speaks_for
    data = json.loads((files("newsparse.body") / "model.json").read_text("utf-8"))
    prepared = prepare(read_document(PAGE))
    candidates = Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known))
    model = compile_model(data)
    rows = candidates.first()(range(len(candidates.indices)))
    for item, row in zip(explain(PAGE), rows, strict=True):
        # The decision may leave off early, on the side that it has reached.
        assert (item.chance > 0.5) == (model.first(*row) > 0) or abs(model.first(*row)) < 2.2


def test_every_feature_has_words() -> None:
    from newsparse.body import explain as module

    assert {*module._WORDS, *module._BITS} == set(FEATURES)
    assert set(module._BITS) == MASKS
