"""The trained model of plain text: which line is the title, and how likely a line belongs to the body."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from newsparse.body.lines import FEATURES, FIRST_FEATURES, TITLE_FEATURES
from newsparse.body.model import compile_trees


@attrs.frozen
class LineModel:
    """The trees as functions; each gives a log-odds.

    Attributes:
        first: how likely a line is body by itself and its surroundings; takes the ``FIRST_FEATURES``.
        title: how likely it is the title; takes the ``TITLE_FEATURES``.
        body: how likely it is body, once its neighbours' chances and the title are known; takes the ``FEATURES``.
    """

    first: Callable[..., float]
    title: Callable[..., float]
    body: Callable[..., float]


_PARTS = {"first": FIRST_FEATURES, "title": TITLE_FEATURES, "body": FEATURES}


@cache
def load_line_model() -> LineModel:
    """The shipped model."""
    return compile_line_model(json.loads((files(__package__) / "text_model.json").read_text("utf-8")))


def compile_line_model(data: dict[str, Any]) -> LineModel:
    """The functions of a model that is data: the features that each part was trained for, and its trees as in ``model.py``.

    ``{"features": {"first": [...], "title": [...], "body": [...]}, "first": [tree, ...], "title": [tree, ...], "body": [tree, ...]}``

    Raises:
        ValueError: the model was trained for other features than this version computes.
    """
    if {part: tuple(names) for part, names in data["features"].items()} != _PARTS:
        raise ValueError("the model was trained for other features; train it again")
    return LineModel(**{part: _compiled(part, data[part], names) for part, names in _PARTS.items()})


def _compiled(part: str, trees: Sequence[Any], names: Sequence[str]) -> Callable[..., float]:
    return compile_trees(f"{part}({', '.join(names)})", [" s = 0.0"], trees, names, check_every=0)
