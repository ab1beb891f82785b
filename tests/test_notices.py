"""What walls, error messages and paywalls say is found in any text of the page, and by whole words alone."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.lexicon.notices import Texts
from newsparse.text import fold

TABLE: dict[str, dict[str, str]] = tomllib.loads((files("newsparse.lexicon") / "pages.toml").read_text("utf-8"))
PHRASES = {
    (topic, name): [fold(phrase.replace("#", "404")) for phrase in text.strip().replace("\n", " | ").split(" | ")]
    for topic, names in TABLE.items()
    for name, text in names.items()
}
WORDS = sorted({word for phrases in PHRASES.values() for phrase in phrases for word in phrase.split()})


@pytest.mark.parametrize(("topic", "name"), PHRASES)
def test_each_phrase_is_found_within_a_text(topic: str, name: str) -> None:
    for phrase in PHRASES[topic, name]:
        found = Texts(["the ferry", f"vumpa {phrase} brolik"]).find(topic, name)
        assert found is not None
        assert found in PHRASES[topic, name]
        assert found in f"vumpa {phrase} brolik"


def test_the_first_text_decides() -> None:
    assert Texts(["vumpa", "this is subscribers only", "already a subscriber"]).find("paywall", "stated") == "subscribers only"


@pytest.mark.parametrize("texts", [[], [""], ["unsubscribers only"], ["subscribers", "only"], ["subscribers or only"]])
def test_parts_of_a_phrase_are_none(texts: list[str]) -> None:
    assert Texts(texts).find("paywall", "stated") is None


@given(st.lists(st.lists(st.sampled_from([*WORDS, "vumpa", "12"]), max_size=8).map(" ".join), max_size=5), st.sampled_from(sorted(PHRASES)))
def test_what_is_found_is_what_one_expression_of_all_phrases_finds(texts: list[str], section: tuple[str, str]) -> None:
    spaced = [phrase.replace("404", r"\d+") for phrase in PHRASES[section] if not "\u3040" <= phrase[-1] <= "\ud7af"]
    unspaced = [phrase for phrase in PHRASES[section] if "\u3040" <= phrase[-1] <= "\ud7af"]
    whole = re.compile("|".join((rf"\b(?:{'|'.join(spaced)})\b", *unspaced)))
    wanted = next((found[0] for text in texts if (found := whole.search(text))), None)
    assert Texts(texts).find(*section) == wanted
