"""The labeller: every segment gets a role with a reason; what is sure goes before the model, and its doubts follow their surroundings.

Where a test is about the rules around the model, a model of its own is used that knows nothing but the length of a text.
"""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse.body.features import COUNTS, FEATURES, FIRST, FLAGS, MASKS, Candidates, Clues
from newsparse.body.label import _SWITCH, Known, Label, _smooth, clues_of, label, label_by_rules, phrase_masks
from newsparse.body.model import Model, chances, compile_model, load_model, probability
from newsparse.document.tree import read_document
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.pipeline import prepare
from tests.strategies import pages

# A model that is never quite sure, and one that takes everything.
UNSURE: dict[str, Any] = {"features": list(FEATURES), "first": [["words", 12, -3, 0.6]], "further": []}
KEEN: dict[str, Any] = {"features": list(FEATURES), "first": [["words", 0, -1, 1]], "further": []}
# More than 20 words are surely a paragraph, more than 12 perhaps.
BY_LENGTH: dict[str, Any] = {"features": list(FEATURES), "first": [["words", 12, -3, ["words", 20, 1, 3]]], "further": []}

ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = (
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the very last guests went home."
)
DOUBTFUL = "The best stories of the harbour, every morning before the first ferry leaves the old pier."
BODY = f"<p>{ONE}</p><p>{TWO}</p>"

PAGE = f"""<!doctype html><html lang="en">
<head><title>Ferry leaves an hour late after a night of ice | Brael Courier</title>
<meta name="author" content="Ann Veldt"><meta property="og:site_name" content="Brael Courier"></head>
<body class="single">
<div style="display:none"><p>Text for machines that nobody sees.</p></div>
<header class="site-header"><a href="/">Brael Courier</a><nav><ul><li><a href="/news/">News</a></li></ul></nav></header>
<main><article>
<h1>Ferry leaves an hour late after a night of ice</h1>
<p class="byline">By <a href="/by/ann/" rel="author">Ann Veldt</a></p>
<div class="entry-content">
<p>No time to read?</p><p><a href="#sum">Get a summary</a></p>
<p>{ONE}</p>
<figure><img src="/pier.jpg" width="800" alt="The pier"><figcaption>The eastern pier on Tuesday</figcaption></figure>
<p>{TWO}</p>
<div class="newsletter-box"><p>{DOUBTFUL}</p><form><input type="email"><button>Sign up</button></form></div>
<p>{THREE}</p>
</div>
<p>Share this article</p>
<section><h3>Related articles</h3>
<ul><li><a href="/choir/">Choir sings until the lanterns burn down</a></li>
<li><a href="/fish/">Fish market opens its warehouse</a></li></ul></section>
</article></main>
<footer><p>Brael Courier is a daily newspaper of the northern islands.</p><p>© 2026 Brael Courier. All rights reserved.</p></footer>
</body></html>"""


def labels_of(page: str, model: dict[str, Any] | Model = BY_LENGTH, **known: Any) -> list[tuple[str, Label]]:
    """The page's segments' texts with their labels; where the model is made for a test, as the rules alone name the rest."""
    prepared = prepare(read_document(page))
    facts = Known(**{"title": prepared.known.title, "authors": prepared.known.authors, "adjacent": prepared.known.adjacent} | known)
    if isinstance(model, dict):
        _, labels = label_by_rules(prepared.walked, prepared.matches, facts, compile_model(model))
    else:
        labels = label(prepared.walked, prepared.matches, facts, model)
    return [(segment.text, item) for segment, item in zip(prepared.walked.segments, labels, strict=True)]


def label_of(text: str, page: str, model: dict[str, Any] | Model = BY_LENGTH, **known: Any) -> Label:
    """The label of the page's only segment with the text."""
    [found] = [item for other, item in labels_of(page, model, **known) if other == text]
    return found


def role_of(text: str, page: str, **known: Any) -> tuple[Role, Kind | None]:
    found = label_of(text, page, **known)
    return found.role, found.kind


@pytest.mark.parametrize("model", ["by length", "the shipped one"])
def test_roles_on_a_page(model: str) -> None:
    found = labels_of(PAGE, BY_LENGTH if model == "by length" else load_model())
    assert [(text, item.role, item.kind) for text, item in found] == [
        ("Text for machines that nobody sees.", Role.BOILERPLATE, Kind.HIDDEN),
        ("Brael Courier", Role.BOILERPLATE, Kind.NAVIGATION),
        ("News", Role.BOILERPLATE, Kind.NAVIGATION),
        ("Ferry leaves an hour late after a night of ice", Role.TITLE, None),
        ("By Ann Veldt", Role.BYLINE, None),
        ("No time to read?", Role.BOILERPLATE, Kind.SUMMARY_PROMPT),
        ("Get a summary", Role.BOILERPLATE, Kind.SUMMARY_PROMPT),
        (ONE, Role.BODY, None),
        ("The eastern pier on Tuesday", Role.CAPTION, None),
        (TWO, Role.BODY, None),
        (DOUBTFUL, Role.BOILERPLATE, Kind.NEWSLETTER),
        ("Sign up", Role.BOILERPLATE, Kind.NEWSLETTER),
        (THREE, Role.BODY, None),
        ("Share this article", Role.BOILERPLATE, Kind.SHARE),
        ("Related articles", Role.BOILERPLATE, Kind.RELATED),
        ("Choir sings until the lanterns burn down", Role.RELATED, None),
        ("Fish market opens its warehouse", Role.RELATED, None),
        ("Brael Courier is a daily newspaper of the northern islands.", Role.BOILERPLATE, Kind.FOOTER),
        ("© 2026 Brael Courier. All rights reserved.", Role.BOILERPLATE, Kind.COPYRIGHT),
    ]


def test_reasons_name_the_rule() -> None:
    reasons = {text: item.reason for text, item in labels_of(PAGE)}
    assert reasons["Text for machines that nobody sees."] == "in a hidden element"
    assert reasons["News"] == "in a navigation element"
    assert reasons["Ferry leaves an hour late after a night of ice"] == "the text of the title"
    assert reasons["By Ann Veldt"] == "names the author"
    assert reasons["No time to read?"] == "the phrase 'no time to read'"
    assert reasons[ONE] == "the model: 0.95"
    assert reasons[DOUBTFUL].startswith("in a box with ")
    assert reasons["Choir sings until the lanterns burn down"] == "under the heading 'related articles'"


@given(pages())
def test_every_label_has_a_reason_and_boilerplate_alone_a_kind(page: str) -> None:
    for item in (item for _, item in labels_of(page, load_model())):
        assert item.reason
        assert (item.kind is not None) == (item.role is Role.BOILERPLATE)


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<div hidden>Words</div>", Kind.HIDDEN),
        ("<div style='visibility: hidden'><nav>Words</nav></div>", Kind.HIDDEN),
        ("<dialog open>Words</dialog>", Kind.NAVIGATION),
        ("<div role=dialog class=share>Words</div>", Kind.SHARE),
        ("<nav class=related>Words</nav>", Kind.NAVIGATION),
        ("<div role=navigation>Words</div>", Kind.NAVIGATION),
        ("<footer>Words</footer>", Kind.FOOTER),
        ("<footer class=comments>Words</footer>", Kind.COMMENTS),
        ("<form>Words</form>", Kind.FORM),
        ("<button>Words</button>", Kind.NAVIGATION),
        ("<aside>Words</aside>", Kind.SIDEBAR),
        ("<div id=cookie-consent><p>Words</p></div>", Kind.COOKIE),
        ("<div class=post-comments><div><p>Words</p></div></div>", Kind.COMMENTS),
        ("<div class='newsletter'><p class=x>Words</p></div>", Kind.NEWSLETTER),
        ("<div class=paywall>Words</div>", Kind.PAYWALL),
        ("<div class=shareButtons>Words</div>", Kind.SHARE),
        ("<ul class=breadcrumbs><li>Words</ul>", Kind.BREADCRUMBS),
        ("<div class=pagination>Words</div>", Kind.PAGINATION),
        ("<div class=author-box>Words</div>", Kind.AUTHOR_BIO),
        ("<div class=tagList>Words</div>", Kind.TAGS),
        ("<div class=advert>Words</div>", Kind.ADVERTISEMENT),
        ("<div class=sidebar>Words</div>", Kind.SIDEBAR),
        ("<div class=most-read>Words</div>", Kind.MOST_READ),
        ("<div class=share><div class=comments>Words</div></div>", Kind.COMMENTS),
        ("<div><a href=/x>Words</a></div>", Kind.NAVIGATION),
        ("<div>Words</div>", Kind.OTHER),
    ],
)
def test_kind_of_what_is_no_body_by_its_place(markup: str, kind: Kind) -> None:
    assert role_of("Words", f"<h1>Ferry late</h1>{BODY}<p>{THREE}</p><div>{DOUBTFUL}</div><div>x</div><div>y</div>{markup}") == (
        Role.BOILERPLATE,
        kind,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No time to read?", Kind.SUMMARY_PROMPT),
        ("GET A SUMMARY", Kind.SUMMARY_PROMPT),
        ("Listen to this article", Kind.LISTEN),
        ("Advertisement", Kind.ADVERTISEMENT),
        ("Leave a comment", Kind.COMMENTS),
        ("Accept all cookies", Kind.COOKIE),
        ("Sign up for our newsletter", Kind.NEWSLETTER),
    ],
)
def test_phrase_alone_is_boilerplate_wherever_it_stands(text: str, kind: Kind) -> None:
    assert role_of(text, f"<p>{ONE}</p><p>{text}</p><p>{TWO}</p>") == (Role.BOILERPLATE, kind)
    assert label_of(text, f"<p>{ONE}</p><p>{text}</p><p>{TWO}</p>", load_model()).kind is kind


def test_phrase_inside_a_paragraph_is_none() -> None:
    text = f"{ONE} Sign up for our newsletter, it said."
    assert role_of(text, f"<p>{text}</p><p>{TWO}</p>") == (Role.BODY, None)


@pytest.mark.parametrize("text", ["Share", "No time to read?", "By Ann Veldt"])
def test_hidden_phrase_is_hidden(text: str) -> None:
    assert role_of(text, f"{BODY}<div hidden><p>{text}</p></div>", authors=("Ann Veldt",)) == (Role.BOILERPLATE, Kind.HIDDEN)


def test_title_is_the_h1_of_several_segments_with_its_text() -> None:
    page = f"<ul class=breadcrumb><li>Ferry late again</ul><h1>Ferry late again</h1>{BODY}<p>Ferry late again</p>"
    roles = [item.role for text, item in labels_of(page, title="Ferry late again") if text == "Ferry late again"]
    assert roles == [Role.BOILERPLATE, Role.TITLE, Role.BOILERPLATE]


def test_title_without_h1_is_the_first_segment_with_its_text_that_is_shown() -> None:
    page = f"<div hidden>Ferry late again</div><div>FERRY – late again!</div>{BODY}"
    assert [item.role for _, item in labels_of(page, title="Ferry late again")][:2] == [Role.BOILERPLATE, Role.TITLE]


def test_title_as_long_as_a_paragraph_is_no_body() -> None:
    assert [item.role for _, item in labels_of(f"<h1>{ONE}</h1><p>{TWO}</p>", title=ONE)] == [Role.TITLE, Role.BODY]


@pytest.mark.parametrize("markup", ["<h2>{}</h2>", "<div>{}</div>", "<p class=standfirst>{}</p>", "<header><p>{}</p></header>"])
def test_subtitle_is_found_by_its_text(markup: str) -> None:
    page = f"<h1>Ferry late</h1>{markup.format(DOUBTFUL)}{BODY}"
    assert role_of(DOUBTFUL, page, subtitle=DOUBTFUL, model=UNSURE) == (Role.SUBTITLE, None)


@pytest.mark.parametrize(
    ("markup", "log_odds", "role"),
    [
        ("<div>{}</div>", 1.4, Role.BODY),
        ("<header><p>{}</p></header>", 1.4, Role.BODY),
        ("<p class=standfirst>{}</p>", 1.4, Role.BODY),
        ("<h2>{}</h2>", 1.4, Role.SUBTITLE),
        ("<h2>{}</h2>", 3, Role.BODY),
        ("<div>{}</div>", 0.6, Role.SUBTITLE),
    ],
)
def test_subtitle_begins_the_text_where_the_model_is_sure(markup: str, log_odds: float, role: Role) -> None:
    model = {"features": list(FEATURES), "first": [["words", 12, -3, log_odds]], "further": []}
    assert role_of(THREE, f"<h1>Ferry late</h1>{markup.format(THREE)}{BODY}", subtitle=THREE, model=model) == (role, None)


def test_subtitle_that_is_set_as_the_text_is_may_be_its_beginning() -> None:
    page = f"<h1>Ferry late</h1><p>{DOUBTFUL}</p>{BODY}"
    assert role_of(DOUBTFUL, page, subtitle=DOUBTFUL) == (Role.BODY, None)
    assert role_of(DOUBTFUL, page) == (Role.BODY, None)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ann Veldt", Role.BYLINE),
        ("by Ann Veldt", Role.BYLINE),
        ("Ann Veldt, Brael", Role.BYLINE),
        ("By Ann Veldt and three other reporters of the Courier", Role.BYLINE),
        ("The ferry waited for Ann Veldt, who had overslept", Role.BOILERPLATE),
        ("Annika Veldt", Role.BOILERPLATE),
    ],
)
def test_line_that_names_the_author_is_the_byline(text: str, role: Role) -> None:
    assert label_of(text, f"<h1>Ferry late</h1><p>{text}</p>{BODY}", authors=("Ann Veldt",)).role is role


@pytest.mark.parametrize(("markup", "role"), [("<h3>{}</h3>", Role.BODY), ("<p>{}</p>", Role.BYLINE)])
def test_heading_with_the_authors_name_may_head_a_part_of_the_text(markup: str, role: Role) -> None:
    name = "What Ann Veldt saw"
    page = f"<h1>Ferry late</h1><p>{ONE}</p>{markup.format(name)}<p>{TWO}</p>"
    assert role_of(name, page, model=KEEN, authors=("Ann Veldt",)) == (role, None)


def test_heading_with_the_authors_name_after_the_text_is_the_byline() -> None:
    page = f"<h1>Ferry late</h1>{BODY}<h3>Ann Veldt</h3>"
    assert role_of("Ann Veldt", page, model=KEEN, authors=("Ann Veldt",))[0] is Role.BYLINE


def test_heading_without_text_does_not_end_the_body() -> None:
    page = f"<h1>Ferry late</h1><p>{ONE}</p><h2>The bridge</h2><p>{TWO}</p><h2>Sources</h2><h3>On the ice</h3>"
    found = {text: item.role for text, item in labels_of(page, KEEN)}
    assert [found[text] for text in ("The bridge", "Sources", "On the ice")] == [Role.BODY, Role.BOILERPLATE, Role.BOILERPLATE]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("<img src=a><p>Ice on the old quay on the first Tuesday of the long winter. Photo: Ann Veldt</p>", Role.CAPTION),
        ("<p>Ice on the old quay on the first Tuesday of the long winter. Photo: Ann Veldt</p>", Role.CAPTION),
        ("<figure><img src=a>Ice on the old quay on the first Tuesday of the long winter</figure>", Role.CAPTION),
        ("<img src=a><p>Ice on the old quay on the first Tuesday of the long winter. Source: Harbour office</p>", Role.CAPTION),
        ("<p>Ice on the old quay on the first Tuesday of the long winter. Source: Harbour office</p>", Role.BODY),
        ("<img src=a><p>On the quay one can take photos by looking for ice that nobody has walked on</p>", Role.BODY),
        ("<table><tr><td>Ice on the old quay on the first Tuesday of the long winter. Photo: Ann Veldt</table>", Role.BODY),
    ],
)
def test_paragraph_that_ends_in_a_pictures_credit_is_its_caption(line: str, role: Role) -> None:
    found = [item.role for text, item in labels_of(f"<p>{ONE}</p>{line}<p>{TWO}</p>", KEEN) if text and text not in (ONE, TWO)]
    assert found == [role]


def test_own_rules_go_before_all_else() -> None:
    page = f"<h1>Ferry late</h1><p>{ONE}</p><p>Share</p>"
    found = labels_of(page, kept={0: "kept", 2: "kept too"}, dropped={1: "dropped"})
    assert [item for _, item in found] == [
        Label(Role.BODY, None, "kept"),
        Label(Role.BOILERPLATE, Kind.DROPPED, "dropped"),
        Label(Role.BODY, None, "kept too"),
    ]


def test_adjacent_titles_are_no_body() -> None:
    found = label_of(DOUBTFUL, f"{BODY}<p>{DOUBTFUL}</p>", adjacent={2: "next"})
    assert found == Label(Role.BOILERPLATE, Kind.PREVIOUS_NEXT, "names the next article")


def test_link_without_text_has_a_label_too() -> None:
    assert role_of("", f"{BODY}<a href=/x><img src=i></a>") == (Role.BOILERPLATE, Kind.MEDIA_CHROME)


def test_caption_is_what_stands_in_a_figure_of_the_body() -> None:
    figure = "<figure><img src=a><figcaption>The pier</figcaption></figure>"
    assert role_of("The pier", f"<p>{ONE}</p>{figure}<p>{TWO}</p>") == (Role.CAPTION, None)
    assert role_of("Photo: P.", f"<p>{ONE}</p><figure><img src=a><span>Photo: P.</span></figure><p>{TWO}</p>") == (Role.CAPTION, None)
    far = "".join(f"<div>x{number}</div>" for number in range(10))
    assert role_of("The pier", f"{figure}{far}{BODY}") == (Role.BOILERPLATE, Kind.MEDIA_CHROME)


def test_caption_as_long_as_a_paragraph_is_no_body() -> None:
    assert role_of(TWO, f"<p>{ONE}</p><figure><img src=a><figcaption>{TWO}</figcaption></figure><p>{THREE}</p>") == (Role.CAPTION, None)


def test_heading_names_what_stands_in_its_box() -> None:
    lists = "<div><h3>{}</h3><ul><li><a href=/a>Ferry leaves late</a><li>Words</ul></div>"
    after = "<div><div><p>Afterwards</p></div></div>"
    related = f"{BODY}{THREE}{lists.format('Related articles')}{after}"
    assert role_of("Ferry leaves late", related) == (Role.RELATED, None)
    assert role_of("Words", related) == (Role.BOILERPLATE, Kind.RELATED)
    assert role_of("Afterwards", related) == (Role.BOILERPLATE, Kind.OTHER)
    popular = f"{BODY}{THREE}{lists.format('Most read')}{after}"
    assert role_of("Ferry leaves late", popular) == (Role.BOILERPLATE, Kind.MOST_READ)


def test_links_in_a_box_with_the_class_words_are_related() -> None:
    page = f"{BODY}{THREE}<div class=related-posts><a href=/a>Ferry leaves late</a></div><div class=related-posts>Words</div>"
    assert role_of("Ferry leaves late", page) == (Role.RELATED, None)
    assert role_of("Words", page) == (Role.BOILERPLATE, Kind.RELATED)


def test_heading_of_links_among_the_paragraphs_goes_with_them_whatever_the_model_says() -> None:
    links, prose = "<ul><li><a href=/a>Choir sings until lanterns burn down</a></ul>", f"<p>{THREE}</p>"
    page = "<p>{}</p><p><strong>Related articles</strong></p>{}<p>{}</p>"
    assert role_of("Related articles", page.format(ONE, links, TWO), model=KEEN)[0] is not Role.BODY
    assert role_of("Related articles", page.format(ONE, prose, TWO), model=KEEN) == (Role.BODY, None)


def test_line_in_the_body_that_is_one_link_is_an_inline_teaser() -> None:
    line = "<p><a href=/a>Choir sings until lanterns burn down</a></p>"
    assert role_of("Choir sings until lanterns burn down", f"<p>{ONE}</p>{line}<p>{TWO}</p>") == (Role.BOILERPLATE, Kind.INLINE_TEASER)


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        (f"<div><p>{DOUBTFUL}</p><form><input></form></div>", Kind.NEWSLETTER),
        (f"<div><p>{DOUBTFUL}</p><p>Sign up for our newsletter</p></div>", Kind.NEWSLETTER),
        (f"<div><p>{DOUBTFUL}</p><p>Leave a comment</p></div>", Kind.COMMENTS),
        (f"<div><h4>Related articles</h4><p>{DOUBTFUL}</p></div>", Kind.RELATED),
        (f"<div class=newsletter><p>{DOUBTFUL}</p></div>", Kind.NEWSLETTER),
        (f"<div class=author-bio><div><p>{DOUBTFUL}</p></div></div>", Kind.AUTHOR_BIO),
        (f"<div><p>{DOUBTFUL}</p></div>", None),
        (f"<div><p>YouTube</p><p>{DOUBTFUL}</p></div>", None),
        (f"<div><p><a href=https://youtube.com/@brael>YouTube</a></p><p>{DOUBTFUL}</p></div>", Kind.FOLLOW),
        (f"<table><tr><td>Subscribe<td>{DOUBTFUL}</table>", None),
        (f"<div><h3 id=newsletter-of-the-harbour>Harbour</h3><p id=x>{DOUBTFUL}</p></div>", None),
        (f"<div><p>{DOUBTFUL}</p><p>Some other words</p></div>", None),
    ],
)
def test_doubtful_text_in_a_box_that_says_what_it_is(box: str, kind: Kind | None) -> None:
    role = Role.BOILERPLATE if kind else Role.BODY
    assert role_of(DOUBTFUL, f"<article><p>{ONE}</p>{box}<p>{TWO}</p></article>") == (role, kind)


def test_form_around_everything_is_no_box() -> None:
    page = f"<form><article><p>{ONE}</p><div><p>{DOUBTFUL}</p></div><p>{TWO}</p></article></form>"
    assert role_of(DOUBTFUL, page) == (Role.BODY, None)


def test_sure_text_in_a_box_is_body_whatever_the_box_says() -> None:
    assert role_of(TWO, f"<article><p>{ONE}</p><div class=newsletter><p>{TWO}</p><form></form></div></article>") == (Role.BODY, None)


def test_where_nothing_is_likely_the_likeliest_is_taken_if_it_is_likely_at_all() -> None:
    page = f"<p>{ONE}</p><p>Short words here</p>"
    unlikely = {"features": list(FEATURES), "further": [], "first": [["words", 12, -4, -0.85]]}
    impossible = {"features": list(FEATURES), "further": [], "first": [["words", 12, -4, -3]]}
    assert [item.role for _, item in labels_of(page, unlikely)] == [Role.BODY, Role.BOILERPLATE]
    assert [item.role for _, item in labels_of(page, impossible)] == [Role.BOILERPLATE, Role.BOILERPLATE]


def test_page_without_text_has_no_labels() -> None:
    assert labels_of("<p></p>") == []


# The likeliest sequence of states.


def worth(chances: Sequence[float], states: Sequence[bool]) -> float:
    """The log-probability of a sequence of states, with its price for every change."""
    bounded = [min(max(chance, 1e-4), 1 - 1e-4) for chance in chances]
    likely = sum(math.log(chance if state else 1 - chance) for chance, state in zip(bounded, states, strict=True))
    return likely - _SWITCH * sum(one is not other for one, other in itertools.pairwise(states))


@given(st.lists(st.floats(0, 1) | st.sampled_from((0.0, 0.4, 0.45, 0.5, 0.55, 0.6, 1.0)), max_size=8))
def test_smooth_finds_what_trying_all_sequences_finds(chances: list[float]) -> None:
    found = _smooth(chances)
    assert len(found) == len(chances)
    best = max(worth(chances, states) for states in itertools.product((False, True), repeat=len(chances)))
    assert math.isclose(worth(chances, found), best, rel_tol=0, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("chances", "body"),
    [
        ([], []),
        ([0.9], [True]),
        ([0.1], [False]),
        ([0.9, 0.45, 0.9], [True, True, True]),
        ([0.9, 0.3, 0.9], [True, False, True]),
        ([0.1, 0.55, 0.1], [False, False, False]),
        ([0.1, 0.7, 0.1], [False, True, False]),
        ([0.9, 0.0, 0.0, 0.9], [True, False, False, True]),
    ],
)
def test_isolated_doubts_follow_their_surroundings(chances: list[float], body: list[bool]) -> None:
    assert _smooth(chances) == body


# The model as data, and as code.


NUMBERS = [name for name in FIRST if name not in MASKS]
FIRST_MASKS = [name for name in FIRST if name in MASKS]


def data(first: Sequence[Any] = (), further: Sequence[Any] = ()) -> dict[str, Any]:
    return {"features": list(FEATURES), "first": list(first), "further": list(further)}


def row(names: Sequence[str] = FIRST, **values: float) -> list[float]:
    """A feature vector, zero but for the values given."""
    assert set(values) <= set(names)
    return [values.get(name, 0) for name in names]


def walk_tree(tree: Any, values: dict[str, float]) -> float:
    """What a tree says, by the words of ``compile_model``: at most the threshold is low, a bit that is not set is low."""
    while isinstance(tree, list):
        name, threshold, low, high = tree
        feature, _, bit = name.partition(":")
        is_low = not int(values[feature]) >> int(bit) & 1 if bit else values[feature] <= threshold
        tree = low if is_low else high
    return float(tree)


def test_compiled_model_compares_with_thresholds_and_tests_bits() -> None:
    trees = [["words", 10.5, ["tag:3", 0, 1, 2], -4], ["link_share", 0.25, 10, ["facts:0", 0, 20, 30]], 100]
    score = compile_model(data(trees)).first
    assert score(*row()) == 1 + 10 + 100
    assert score(*row(words=10)) == 1 + 10 + 100
    assert score(*row(words=11, tag=8)) == -4 + 10 + 100
    assert score(*row(tag=8)) == 2 + 10 + 100
    assert score(*row(tag=4 + 16)) == 1 + 10 + 100
    assert score(*row(tag=8 + 16, link_share=0.25)) == 2 + 10 + 100
    assert score(*row(link_share=0.26, facts=2)) == 1 + 20 + 100
    assert score(*row(link_share=0.26, facts=3)) == 1 + 30 + 100


def test_model_without_trees_knows_nothing() -> None:
    assert compile_model(data()).first(*row(words=3)) == 0
    assert compile_model(data()).further(0.25, *row(FEATURES, words=3)) == 0.25
    assert probability(0) == 0.5


@pytest.mark.parametrize("features", [[], list(FEATURES[:-1]), [*FEATURES, "more"], list(FEATURES[::-1]), [*FEATURES[:-1], "other"]])
def test_model_for_other_features_is_refused(features: list[str]) -> None:
    with pytest.raises(ValueError, match="other features"):
        compile_model(data() | {"features": features})


@pytest.mark.parametrize("name", ["unknown", "unknown:3", "", "words or exit()", "__import__('os')"])
def test_unknown_feature_in_a_tree_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="unknown feature"):
        compile_model(data([["words", 1, 0, [name, 1, 0, 1]]]))


def test_first_trees_know_only_the_first_features() -> None:
    tree = [FEATURES[-1], 1, 0, 1]
    assert compile_model(data(further=[tree])).further(0, *row(FEATURES, **{FEATURES[-1]: 2})) == 1
    with pytest.raises(ValueError, match="unknown feature"):
        compile_model(data([tree]))


def test_further_trees_are_asked_only_while_there_is_doubt() -> None:
    further = compile_model(data(further=[0.5] * 40)).further
    assert further(1.0, *row(FEATURES)) == 1 + 12 * 0.5  # enough after the first twelve
    assert further(-20.0, *row(FEATURES)) == -20 + 12 * 0.5
    assert math.isclose(compile_model(data(further=[0.01] * 40)).further(0, *row(FEATURES)), 0.4)


def test_chances_ask_the_further_trees_about_what_the_first_leave_in_doubt() -> None:
    prepared = prepare(read_document(f"<p>{ONE}</p><p>{DOUBTFUL}</p><p>{TWO}</p>"))
    candidates = Candidates(prepared.walked, phrase_masks(prepared.matches), Clues())
    first = ["words", 20, 1, 3]  # the two paragraphs are surely longer than that
    found = chances(compile_model(data([first], [-2])), candidates)
    assert list(found) == [probability(3), probability(1 - 2), probability(3)]


NUMBER_TESTS = st.tuples(st.sampled_from(NUMBERS[:6]), st.floats(-5, 5) | st.integers(-3, 3))
BIT_TESTS = st.builds(lambda mask, bit: (f"{mask}:{bit}", 0), st.sampled_from(FIRST_MASKS), st.integers(0, 40))
TREES = st.recursive(
    st.floats(-0.5, 0.5),
    lambda inner: st.builds(lambda test, low, high: [*test, low, high], NUMBER_TESTS | BIT_TESTS, inner, inner),
    max_leaves=12,
)


def typed(name: str, number: float) -> float:
    """A number as a feature has it: counts are whole numbers, flags true or false."""
    return math.floor(number) if name in COUNTS else number > 0 if name in FLAGS else number


def test_counts_are_whole_numbers_and_flags_true_or_false() -> None:
    prepared = prepare(read_document(PAGE))
    for values in Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known)).all():
        kinds = {name: type(value) for name, value in zip(FEATURES, values, strict=True)}
        assert {name for name, kind in kinds.items() if kind is bool} == FLAGS
        assert {name for name, kind in kinds.items() if kind is int} == COUNTS | MASKS


@given(st.lists(TREES, max_size=4), st.lists(st.floats(-6, 6) | st.integers(-3, 3), min_size=6, max_size=6), st.integers(0, 2**41 - 1))
def test_compiled_model_is_the_sum_of_its_trees(trees: list[Any], numbers: list[float], mask: int) -> None:
    own = {name: typed(name, number) for name, number in zip(NUMBERS[:6], numbers, strict=True)}
    values = dict(zip(FIRST, row(), strict=True)) | own | dict.fromkeys(FIRST_MASKS, mask)
    first = compile_model(data(trees)).first
    assert math.isclose(first(*values.values()), sum(walk_tree(tree, values) for tree in trees), rel_tol=0, abs_tol=1e-12)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_probability_grows_with_the_log_odds_and_is_never_certain(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < probability(low) <= probability(high) < 1


def test_shipped_model_is_for_the_features_and_is_compiled_once() -> None:
    model = load_model()
    assert model is load_model()
    assert isinstance(model.first(*row(words=40)), float)
    assert isinstance(model.further(0.0, *row(FEATURES, words=40)), float)


def test_long_prose_is_likelier_than_a_short_link() -> None:
    article = newsparse.parse(PAGE)
    chances = {segment.text: segment.role for segment in article.segments}
    assert chances[ONE] is Role.BODY
    assert chances["News"] is Role.BOILERPLATE
