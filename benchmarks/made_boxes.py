"""Boxes as sites put them between paragraphs, made of the lexicon's phrases and of other pages' headlines: what the labeller learns from
besides boxes that were cut out of pages, of which each kind is rare.

A shape is a function of what it is made with; its texts and class names change with every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from random import Random

import attrs

from newsparse.lexicon.phrases import SCRIPTS, Place, sections
from newsparse.model import BoilerplateKind as Kind

_LANGUAGES = frozenset(language for languages in SCRIPTS.values() for language in languages)
# Of so many boxes one has class names that say what it is; the others' say nothing, or they have none.
_TELLING = 3
_LETTERS = "bcdfghjklmnpqrstvwxz0123456789"


@attrs.frozen
class Texts:
    """What boxes are made of: headlines of other articles, and sentences that belong to none."""

    headlines: Sequence[str]
    blurbs: Sequence[str]


@attrs.frozen
class _Maker:
    random: Random
    language: str
    texts: Texts

    def phrase(self, kind: Kind, *places: Place) -> str:
        """One of the lexicon's phrases, in the page's language where it has such."""
        found = _phrases(self.language, kind, places or tuple(Place)) or _phrases("en", kind, places or tuple(Place))
        return escape(self.random.choice(found).replace("#", str(self.random.randint(2, 40))))

    def headline(self) -> str:
        return escape(self.random.choice(self.texts.headlines))

    def blurb(self) -> str:
        return escape(self.random.choice(self.texts.blurbs or self.texts.headlines))

    def link(self, text: str | None = None) -> str:
        return f'<a href="/{self.random.randint(1000, 9999)}/">{text or self.headline()}</a>'

    def links(self) -> list[str]:
        return [self.link() for _ in range(self.random.randint(1, 5))]

    def names(self, telling: str) -> str:
        """A class attribute: telling, without meaning, or none."""
        style = self.random.randrange(2 * _TELLING)
        if style < 2:
            return f' class="{telling}"'
        return f' class="{"".join(self.random.choices(_LETTERS, k=6))}"' if style < 4 else ""

    def tag(self, *tags: str) -> str:
        return self.random.choice(tags)


@cache
def _phrases(language: str, kind: Kind, places: tuple[Place, ...]) -> tuple[str, ...]:
    found = [section for section in sections(language) if section.topic is kind and section.place in places]
    return tuple(phrase for section in found for phrase in section.phrases)


def _teaser(make: _Maker) -> str:
    """A paragraph that points to another article."""
    label = make.phrase(Kind.INLINE_TEASER).rstrip(":")
    tag = make.tag("p", "p", "p", "div", "h3", "blockquote")
    shown = make.random.choice(
        (
            f"{label}: {make.link()}",
            f"<strong>{label}:</strong> {make.link()}",
            make.link(f"{label}: {make.headline()}"),
            f"<strong>{make.link(f'{label} – {make.headline()}')}</strong>",
            make.link(),
            f"<em>{make.link()}</em>",
            f"→ {make.link()}",
            f"{label}<br>{make.link()}",
        )
    )
    return f"<{tag}{make.names('read-more')}>{shown}</{tag}>"


def _list(make: _Maker) -> str:
    """Headlines below a heading."""
    kind = make.random.choice((Kind.RELATED, Kind.RELATED, Kind.MOST_READ))
    heading = make.phrase(kind, Place.HEADING, Place.WHOLE)
    tag = make.tag("h2", "h3", "h4", "p", "div", "strong")
    items = "".join(f"<li>{link}</li>" for link in make.links())
    if make.random.random() < 0.3:
        items = "".join(f"<li><span>{number}</span>{make.link()}</li>" for number in range(1, make.random.randint(3, 6)))
    box = make.tag("div", "aside", "section", "")
    inner = f"<{tag}>{heading}</{tag}><{(kind_of := make.tag('ul', 'ul', 'ol'))}>{items}</{kind_of}>"
    return f"<{box}{make.names('related-posts')}>{inner}</{box}>" if box else inner


def _card(make: _Maker) -> str:
    """A picture, a headline and what the other article is about."""
    heading = make.tag("h3", "h4", "span", "p", "strong")
    parts = [
        f"<span>{make.phrase(Kind.RELATED, Place.HEADING, Place.WHOLE)}</span>" if make.random.random() < 0.4 else "",
        f"<{heading}>{make.link()}</{heading}>",
        f"<p>{make.blurb()}</p>" if make.random.random() < 0.6 else "",
    ]
    box = make.tag("div", "aside", "article", "figure")
    return (
        f'<{box}{make.names("teaser-card")}><a href="/{make.random.randint(10, 99)}/"><img src="a.jpg" alt=""></a>{"".join(parts)}</{box}>'
    )


def _newsletter(make: _Maker) -> str:
    """What asks for the reader's address."""
    phrase = make.phrase(Kind.NEWSLETTER)
    if make.random.random() < 0.35:
        return f"<p{make.names('newsletter')}><em>{phrase} {make.link(make.phrase(Kind.NEWSLETTER))}</em></p>"
    heading = make.tag("h3", "h4", "p", "div", "strong")
    text = f"<p>{make.blurb()}</p>" if make.random.random() < 0.6 else ""
    form = (
        '<form action="/s"><input type="email" placeholder="name@example.org"><button>OK</button></form>'
        if make.random.random() < 0.7
        else ""
    )
    box = make.tag("div", "section", "aside")
    return f"<{box}{make.names('newsletter-signup')}><{heading}>{phrase}</{heading}>{text}{form}</{box}>"


def _prompt(make: _Maker) -> str:
    """A line or two that ask to listen, to share, to follow, to give, to read a summary, or call what follows an advertisement."""
    kind = make.random.choice(
        (Kind.LISTEN, Kind.SUMMARY_PROMPT, Kind.ADVERTISEMENT, Kind.FOLLOW, Kind.SHARE, Kind.DONATION, Kind.APP_PROMO, Kind.MEDIA_CHROME)
    )
    lines = [make.phrase(kind) for _ in range(make.random.randint(1, 3))]
    if make.random.random() < 0.4:
        lines[-1] = make.link(lines[-1])
    if kind in (Kind.DONATION, Kind.APP_PROMO, Kind.FOLLOW) and make.random.random() < 0.4:
        lines.insert(1, make.blurb())
    tag = make.tag("p", "p", "div", "span", "button")
    inner = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    box = make.tag("div", "div", "aside", "")
    return f"<{box}{make.names(kind.value.replace('_', '-'))}>{inner}</{box}>" if box else inner


def _notice(make: _Maker) -> str:
    """A sentence of the site's own, with what the reader is to do."""
    kind = make.random.choice((Kind.NEWSLETTER, Kind.FOLLOW, Kind.APP_PROMO, Kind.DONATION, Kind.PAYWALL))
    shown = make.random.choice(
        (
            f"{make.blurb()} {make.link(make.phrase(kind))}",
            f"<em>{make.blurb()} {make.link(make.phrase(kind))}</em>",
            f"<strong>{make.phrase(kind)}</strong> {make.blurb()}",
            make.link(make.blurb()),
        )
    )
    return f"<p{make.names('promo')}>{shown}</p>"


def _icons(make: _Maker) -> str:
    """Names of networks, as links in a row."""
    names = make.random.sample(
        ("Facebook", "X", "WhatsApp", "LinkedIn", "Telegram", "Email", "Reddit", "Copy link"), make.random.randint(2, 6)
    )
    heading = f"<span>{make.phrase(Kind.SHARE)}</span>" if make.random.random() < 0.5 else ""
    tag = make.tag("li", "li", "span")
    items = "".join(f"<{tag}>{make.link(name)}</{tag}>" for name in names)
    return f"<div{make.names('share-buttons')}>{heading}{f'<ul>{items}</ul>' if tag == 'li' else items}</div>"


def _about(make: _Maker) -> str:
    """A note about whoever wrote the article."""
    heading = f"<h4>{make.phrase(Kind.AUTHOR_BIO, Place.HEADING, Place.WHOLE)}</h4>" if make.random.random() < 0.5 else ""
    return f"<div{make.names('author-box')}>{heading}<p>{make.blurb()}</p>{make.link() if make.random.random() < 0.5 else ''}</div>"


_SHAPES: tuple[Callable[[_Maker], str], ...] = (
    _teaser,
    _teaser,
    _list,
    _list,
    _card,
    _newsletter,
    _prompt,
    _prompt,
    _notice,
    _icons,
    _about,
)


def made_box(random: Random, language: str, texts: Texts) -> str:
    """The markup of a box, with phrases in the ``language`` where the lexicon has it."""
    return random.choice(_SHAPES)(_Maker(random, language if language in _LANGUAGES else "en", texts))
