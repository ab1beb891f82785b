"""The trained model of plain text: which line is the title, and how likely a line belongs to the body."""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from newsparse.body.lines import FEATURES, TITLE_FEATURES
from newsparse.body.model import compile_trees


@attrs.frozen
class LineModel:
    """The trees as functions; each gives a log-odds.

    Attributes:
        title: takes the ``TITLE_FEATURES`` of a line.
        body: takes all ``FEATURES``.
    """

    title: Callable[..., float]
    body: Callable[..., float]


@cache
def load_line_model() -> LineModel:
    """The shipped model."""
    return compile_line_model(json.loads((files(__package__) / "text_model.json").read_text("utf-8")))


def compile_line_model(data: dict[str, Any]) -> LineModel:
    """The functions of a model that is data: ``{"features": [...], "title": [tree, ...], "body": [tree, ...]}``, trees as in ``model.py``.

    Raises:
        ValueError: the model was trained for other features than this version computes.
    """
    if tuple(data["features"]) != FEATURES:
        raise ValueError("the model was trained for other features; train it again")
    title = compile_trees(f"title({', '.join(TITLE_FEATURES)})", [" s = 0.0"], data["title"], TITLE_FEATURES, check_every=0)
    body = compile_trees(f"body({', '.join(FEATURES)})", [" s = 0.0"], data["body"], FEATURES, check_every=0)
    return LineModel(title, body)
