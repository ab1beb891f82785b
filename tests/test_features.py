"""What the model sees of a segment: the text around it, and nothing of what is known to be no text."""

import pytest

from newsparse.body.features import FEATURES
from newsparse.body.label import ask
from newsparse.document.tree import read_document
from newsparse.pipeline import prepare

STORIES = (
    "The ferry left the eastern pier an hour late because the crew had to break the ice by hand.",
    "Nobody at the town hall would say on Tuesday who had sent the icebreaker away.",
    "Ask the skipper.",
    "The council meets again in March, and the fishermen have asked for a second boat.",
)
# What the words around a segment, not the segment's own place in the markup, may say of it.
PLACED = ("under_phrase",)


def rows_of(inserted: str) -> dict[str, dict[str, float]]:
    """The features of each story, with something between the second and the third."""
    inner = [f"<p>{story}</p>" for story in STORIES]
    inner.insert(2, inserted)
    prepared = prepare(read_document(f"<title>Ice</title><main><h1>Ice</h1><div>{''.join(inner)}</div></main>"))
    asked, _ = ask(prepared.walked, prepared.matches, prepared.known)
    texts = [asked.walked.segments[index].text for index in asked.indices]
    return {text: dict(zip(FEATURES, row, strict=True)) for text, row in zip(texts, asked.all(), strict=True)}


@pytest.mark.parametrize(
    "inserted",
    [
        "<p>No time to read?</p>",
        "<p>Advertisement</p>",
        "<div class=more><h3>Read more</h3></div>",
        "<nav><a href=/1>Harbour</a><a href=/2>Market</a></nav>",
        "<button>Play</button>",
        "<footer><p>All that is printed here belongs to the people who have written it down for us.</p></footer>",
    ],
)
def test_what_is_known_to_be_no_text_changes_nothing_for_the_text_around_it(inserted: str) -> None:
    before, after = rows_of(""), rows_of(inserted)
    for story in STORIES:
        told = {name for name in FEATURES if before[story][name] != after[story][name]}
        assert told <= set(PLACED) if story == STORIES[2] else not told


def test_a_phrase_in_the_midst_of_text_heads_what_stands_before_the_next_prose() -> None:
    rows = rows_of("<p>Read more</p><p>Skipper found</p>")
    assert [rows[text]["under_phrase"] > 0 for text in ("Skipper found", *STORIES)] == [True, False, False, True, False]


def test_a_phrase_at_the_beginning_of_its_box_heads_all_of_it() -> None:
    rows = rows_of(f"<section><h2>Comments</h2><p>{STORIES[0]} Indeed.</p><p>{STORIES[1]} Indeed.</p></section>")
    assert all(rows[f"{story} Indeed."]["under_phrase"] for story in STORIES[:2])
    assert not rows[STORIES[3]]["under_phrase"]
