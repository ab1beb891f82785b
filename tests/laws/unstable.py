"""Implementations that depend on what law 7 says nothing may depend on. They stand apart so that a fresh process can import them."""

import importlib.util
import itertools
import locale
import time

import attrs

import newsparse
from newsparse import Article

_calls = itertools.count()


def counts_calls(source: str | bytes) -> Article:
    """Every other call finds a section."""
    return attrs.evolve(newsparse.parse(source), section="odd" if next(_calls) % 2 else None)


def takes_tags_as_a_set_gives_them(source: str | bytes) -> Article:
    """The order of a set of strings is the hash seed's."""
    return attrs.evolve(newsparse.parse(source), tags=tuple({"ferry", "harbour", "ice", "lantern", "market", "choir"}))


def knows_the_time_zone(source: str | bytes) -> Article:
    """The machine's time zone."""
    return attrs.evolve(newsparse.parse(source), section=time.strftime("%z"))


def knows_the_locale(source: str | bytes) -> Article:
    """The encoding that the locale prefers."""
    return attrs.evolve(newsparse.parse(source), section=locale.getpreferredencoding(False))


def looks_for_extras(source: str | bytes) -> Article:
    """Does more where an optional package is installed."""
    try:
        found = importlib.util.find_spec("hypothesis") is not None
    except ModuleNotFoundError:
        found = False
    return attrs.evolve(newsparse.parse(source), section="more" if found else None)
