"""How steady an extraction is: whether a page's title and body stay the same when only what is around the article changes.

Each change is a pure function from a tree to a changed copy, with a seed where it draws; ``None`` where a page has nothing to change.
Those that need no widgets are in ``benchmarks.changes``; the widgets come from ``newsparse.testing``, so this module needs the extra of
that name.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from lxml import etree

from benchmarks.changes import with_other_names, without_navigation
from newsparse import Article, Role
from newsparse.testing import LANGUAGES, SHAPES, Place, Widget, widgets

__all__ = ["steadiness", "with_other_names", "with_widgets", "without_navigation"]

Parse = Callable[[etree._Element], Article]

# So many widgets are put into a page, where it has room for them.
_INSERTED = 3
# So many are drawn of each shape and language to choose from.
_DRAWN = 4
# Elements that a widget may stand before. Between items of a list or cells of a table no site puts one.
_BLOCKS = frozenset(("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "pre", "section"))


def steadiness(parse: Parse, root: etree._Element, seed: str) -> dict[str, bool]:
    """Whether title and body stay the same, by what is changed; without the changes that the page has nothing for.

    A page without a body has nothing to keep, and no entry.
    """
    article = parse(root)
    if not article.text:
        return {}
    changed = {
        "widgets": with_widgets(root, article, seed),
        "names": with_other_names(root, seed),
        "nav": without_navigation(root),
    }
    return {name: _content(parse(tree)) == _content(article) for name, tree in changed.items() if tree is not None}


def _content(article: Article) -> tuple[str | None, str]:
    return article.title, article.text


def with_widgets(root: etree._Element, article: Article, seed: str) -> etree._Element | None:
    """Up to three widgets between the paragraphs of the body, each as a sibling of the element that a paragraph stands in.

    They are of shapes that sites put there, in the article's language where there are such, and of different shapes.
    """
    changed = deepcopy(root)
    spots = _between(changed, article)
    if not spots:
        return None
    random = Random(seed)
    language = (article.language or "").partition("-")[0].lower()
    pool = _pool(language if language in LANGUAGES else "en")
    chosen = random.sample(spots, min(_INSERTED, len(spots)))
    for spot, shape in zip(chosen, random.sample(sorted(pool), len(chosen)), strict=True):
        for element in etree.HTML(f"<body>{random.choice(pool[shape]).html}")[0][:]:
            spot.addprevious(element)
    return changed


def _between(root: etree._Element, article: Article) -> list[etree._Element]:
    """The elements that hold a piece of the body, but for the first."""
    paths = dict.fromkeys(segment.path for segment in article.segments if segment.role is Role.BODY)
    holders = [root.xpath(path)[0] for path in paths]
    return [element for element in holders[1:] if element.tag in _BLOCKS]


@cache
def _pool(language: str) -> dict[str, list[Widget]]:
    """Widgets such as sites put between paragraphs, by shape; the same in every process."""
    drawn = {shape: _draw(language, shape) for shape in SHAPES}
    return {shape: found for shape, found in drawn.items() if Place.BODY in found[0].places}


def _draw(language: str, shape: str) -> list[Widget]:
    drawn: list[Widget] = []

    @seeded(1)
    @settings(max_examples=_DRAWN, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(widgets(language=language, shapes=[shape]))
    def draw(widget: Widget) -> None:
        drawn.append(widget)

    draw()
    return drawn
