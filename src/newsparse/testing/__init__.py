"""Hypothesis strategies for whole news pages whose truth is known, for your own tests: ``pip install "newsparse[testing]"``.

``news_pages`` gives pages, ``widgets`` the boilerplate around an article, ``paragraphs`` text; ``rearranged`` gives the same article with
other boilerplate around it. The words, names and layouts are newsparse's own; the class names are those that real sites use.
"""

from newsparse.testing.pages import LAYOUTS, MARKUPS, Draft, Head, NewsPage, news_pages, placements, rearranged
from newsparse.testing.text import LANGUAGES, Script, paragraphs
from newsparse.testing.truth import Place, Placed, Truth, Widget, lines_of
from newsparse.testing.widgets import SHAPES, About, widgets

__all__ = [
    "LANGUAGES",
    "LAYOUTS",
    "MARKUPS",
    "SHAPES",
    "About",
    "Draft",
    "Head",
    "NewsPage",
    "Place",
    "Placed",
    "Script",
    "Truth",
    "Widget",
    "lines_of",
    "news_pages",
    "paragraphs",
    "placements",
    "rearranged",
    "widgets",
]
