"""Boilerplate of every kind, in the markup that sites and their plug-ins make of it.

A shape is one function: its name says after what it was made, its decorator where sites put it. The class names are those of real
themes, plug-ins and publishers, since they are what parsers go by; each widget is also made with the hashed names of a style compiler
and without any. Texts are newsparse's own.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from newsparse.model import BoilerplateKind as Kind
from newsparse.model import DatePrecision, Link, Relation
from newsparse.testing.text import LANGUAGES, STARTS, Language, languages, load_language, paragraph_of
from newsparse.testing.truth import Place, Widget

SITE = "https://news.example"
T = TypeVar("T")

_PREV, _NEXT = ' rel="prev"', ' rel="next"'
# Where sites put things. A widget that is put into the body also stands right above and below it.
_INSIDE = (Place.LEAD, Place.BODY, Place.TAIL)
_AROUND = (Place.BYLINE, *_INSIDE, Place.BELOW)
_UNDER = (Place.TAIL, Place.BELOW, Place.AFTER)
_DATES = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 31)).map(lambda moment: moment.replace(second=0, microsecond=0))
_INVENTED = ("zorbel", "flimp", "quandle", "brisk", "ommer", "tavix", "lurin", "pexo", "wendle", "skarn")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@attrs.frozen
class About:
    """What a widget may know of the page it stands on."""

    title: str
    author: str
    published: datetime


class _Maker:
    """What a shape is made with: texts in a language, links to other articles, class names in a style."""

    def __init__(self, draw: DrawFn, language: Language, about: About | None) -> None:
        self._draw = draw
        self.language = language
        self.links: list[Link] = []
        self.authors: tuple[str, ...] = ()
        self.published: datetime | None = None
        self.precision: DatePrecision | None = None
        self._about = about
        self._styled = draw(st.sampled_from(_STYLES))
        self._next_link = draw(st.integers(0, len(language.link_titles()) - 1))

    def about(self) -> About:
        """The page, or one that is drawn where the widget is made without a page."""
        if self._about is None:
            published = self._draw(_DATES)
            self._about = About(self.pick(*self.language.titles()), self.pick(*self.language.phrases("names")), published)
        return self._about

    def pick(self, *options: T) -> T:
        """One of them."""
        return self._draw(st.sampled_from(options))

    def number(self, least: int, most: int) -> int:
        """A number."""
        return self._draw(st.integers(least, most))

    def t(self, label: str, **values: object) -> str:
        """A label in the widget's language, escaped."""
        return escape(self.pick(*self.language.labels[label]).format(**values), quote=False)

    def all(self, label: str) -> list[str]:
        """All texts of a label, escaped."""
        return [escape(text, quote=False) for text in self.language.labels[label]]

    def c(self, names: str) -> str:
        """A class attribute, in the widget's style."""
        styled = self._styled(names)
        return f' class="{styled}"' if styled else ""

    def name(self) -> str:
        """Somebody's name."""
        return self.pick(*self.language.phrases("names"))

    def paragraph(self) -> str:
        """A paragraph of a story, escaped."""
        return escape(paragraph_of(self.language, self._draw(STARTS), 0, 1)[0], quote=False)

    def article(self, relation: Relation | None = None) -> tuple[str, str]:
        """The URL and the headline of another article. With a relation, the truth has it as so related."""
        titles = self.language.link_titles()
        at = self._next_link % len(titles)
        self._next_link += 1
        path = f"/{('news', 'region', 'culture')[at % 3]}/{4000 + at}/"
        if relation is not None:
            self.links.append(Link(SITE + path, titles[at], relation))
        return path, escape(titles[at], quote=False)

    def a(self, relation: Relation | None = None, attributes: str = "", shape: str = "{}") -> str:
        """A link to another article, its headline within ``shape``."""
        path, title = self.article(relation)
        return f'<a href="{path}"{attributes}>{shape.format(title)}</a>'

    def list(self, items: Sequence[str], names: str = "", item: str = "", tag: str = "ul") -> str:
        """A list of items."""
        return f"<{tag}{self.c(names)}>" + "".join(f"<li{self.c(item)}>{text}</li>\n" for text in items) + f"</{tag}>"


def _hash(names: str, length: int = 6) -> str:
    code = zlib.crc32(names.encode())
    return "".join(_DIGITS[code // 62**position % 62] for position in range(length))


def _as_named(names: str) -> str:
    return names


def _as_hashed(names: str) -> str:
    return f"css-{_hash(names).lower()}" if names else ""


def _as_component(names: str) -> str:
    return f"sc-{_hash(names, 5)}-{len(names) % 4} {_hash(names[::-1], 5)}" if names else ""


def _as_module(names: str) -> str:
    first = names.split(maxsplit=1)[0] if names else ""
    return f"{first.replace('-', '_')}_{first.rpartition('-')[2]}__{_hash(names, 5)}" if names else ""


def _as_nothing(names: str) -> str:
    del names
    return ""


_STYLES = (_as_named, _as_named, _as_named, _as_hashed, _as_component, _as_module, _as_nothing)

_Shape = Callable[[_Maker], str]


@attrs.frozen
class _Entry:
    kind: Kind
    name: str
    places: tuple[Place, ...]
    make: _Shape


_ENTRIES: dict[str, _Entry] = {}


def _shape(kind: Kind, *places: Place) -> Callable[[_Shape], _Shape]:
    """Register a shape. The function's name is its kind's and, after two underscores, its own."""

    def register(make: _Shape) -> _Shape:
        name = f"{kind}/{make.__name__.partition('__')[2]}"
        _ENTRIES[name] = _Entry(kind, name, places, make)
        return make

    return register


# --- Summaries, audio and pictures


@_shape(Kind.SUMMARY_PROMPT, *_AROUND)
def _summary__paragraphs(w: _Maker) -> str:
    return f'<p>{w.t("summary_question")}</p>\n<p><a href="#summary">{w.t("summary_button")}</a></p>'


@_shape(Kind.SUMMARY_PROMPT, *_AROUND)
def _summary__one_paragraph(w: _Maker) -> str:
    return f'<p><strong>{w.t("summary_question")}</strong><br><a href="#">{w.t("summary_button")}</a></p>'


@_shape(Kind.SUMMARY_PROMPT, *_AROUND)
def _summary__button(w: _Maker) -> str:
    return (
        f"<div{w.c('ai-summary ai-summary--collapsed')}><span{w.c('ai-summary__label')}>{w.t('summary_question')}</span>"
        f'<button type="button"{w.c("ai-summary__toggle")}>{w.t("summary_button")}</button></div>'
    )


@_shape(Kind.SUMMARY_PROMPT, *_AROUND)
def _summary__div_as_button(w: _Maker) -> str:
    return (
        f"<div{w.c('tldr-widget')}><div{w.c('tldr-widget__title')}>{w.t('summary_question')}</div>"
        f'<div role="button" tabindex="0"{w.c("tldr-widget__action")}>{w.t("summary_button")}</div></div>'
    )


@_shape(Kind.SUMMARY_PROMPT, *_AROUND)
def _summary__assistants(w: _Maker) -> str:
    links = " ".join(f'<a href="https://{name.lower()}.example/?q={SITE}">{name}</a>' for name in ("ChatGPT", "Perplexity", "Claude"))
    return f"<div{w.c('post-ai-buttons')}><span>{w.t('summary_button')}:</span> {links}</div>"


@_shape(Kind.LISTEN, Place.BYLINE, Place.LEAD, Place.BODY)
def _listen__figure(w: _Maker) -> str:
    audio = '<audio controls preload="none" src="/audio/4512.mp3"></audio>'
    return f"<figure{w.c('wp-block-audio')}>{audio}<figcaption>{w.t('listen')}</figcaption></figure>"


@_shape(Kind.LISTEN, Place.BYLINE, Place.LEAD)
def _listen__player(w: _Maker) -> str:
    return (
        f'<div{w.c("audio-player js-audio")}><button{w.c("audio-player__play")} aria-label="play"><svg viewBox="0 0 8 8"><path d="M0 0"/></svg>'
        f"</button><div{w.c('audio-player__title')}>{w.t('listen')}</div><span>0:00</span> / <span>{w.number(2, 9)}:31</span>"
        f"<div{w.c('audio-player__speed')}>1x</div></div>"
    )


@_shape(Kind.LISTEN, *_AROUND)
def _listen__paragraph(w: _Maker) -> str:
    return f'<p{w.c("beyondwords-player")}><a href="/audio/4512.mp3">{w.t("listen")}</a> ({w.number(2, 9)} min)</p>'


@_shape(Kind.LISTEN, Place.BYLINE, Place.LEAD)
def _listen__frame(w: _Maker) -> str:
    return f'<div id="trinity-player"{w.c("trinity-wrap")}><p>{w.t("listen")}</p><iframe src="https://audio.example/e/4512"></iframe></div>'


@_shape(Kind.MEDIA_CHROME, Place.BYLINE, *_INSIDE)
def _media__player(w: _Maker) -> str:
    return (
        f'<div{w.c("video-js vjs-fluid")}><video poster="/p.jpg"></video><button type="button"{w.c("vjs-big-play-button")}>'
        f"<span{w.c('vjs-control-text')}>{w.t('play')}</span></button><div{w.c('vjs-duration')}>1:{w.number(10, 59)}</div></div>"
    )


@_shape(Kind.MEDIA_CHROME, Place.BYLINE, *_INSIDE)
def _media__credit(w: _Maker) -> str:
    return f"<p{w.c('photo-credit')}>{w.t('photo', name=w.name())}</p>"


@_shape(Kind.MEDIA_CHROME, Place.BYLINE, *_INSIDE)
def _media__gallery(w: _Maker) -> str:
    return (
        f'<div{w.c("swiper gallery")}><img src="/g1.jpg" width="800" height="500" alt=""><div{w.c("swiper-pagination")}>1 / {w.number(3, 20)}</div>'
        f'<a href="/galleries/77/"{w.c("gallery__open")}>{w.t("enlarge")}</a></div>'
    )


@_shape(Kind.MEDIA_CHROME, Place.BODY, Place.TAIL)
def _media__playlist(w: _Maker) -> str:
    videos = [f'<img src="/v.jpg" alt=""><span>0:{w.number(10, 59)}</span> {w.a()}' for _ in range(w.number(2, 5))]
    return f"<div{w.c('jw-playlist')}><div{w.c('jw-playlist__head')}>{w.t('play')}</div>{w.list(videos, 'jw-playlist__items')}</div>"


# --- Where to go from here


@_shape(Kind.PREVIOUS_NEXT, Place.TAIL, Place.BELOW, Place.AFTER)
def _adjacent__foxiz(w: _Maker) -> str:
    sides = []
    for side, relation in (("left", Relation.PREVIOUS), ("right", Relation.NEXT)):
        path, title = w.article(relation)
        label = w.t("previous" if side == "left" else "next")
        sides.append(
            f'<div class="nav-el nav-{side}"><a href="{path}"><span class="nav-label">{label}</span>'
            f'<span class="nav-inner"><span class="e-pagi-holder"><span class="e-pagi-title p-url h4">{title}</span></span></span></a></div>'
        )
    return f'<div class="entry-pagination e-pagi entry-sec"><div class="inner">{"".join(sides)}</div></div>'


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__smartmag(w: _Maker) -> str:
    previous, following = w.a(Relation.PREVIOUS, _PREV), w.a(Relation.NEXT, _NEXT)
    return (
        f'<section class="navigate-posts"><div class="previous"><span class="main-color title"><i class="tsi tsi-chevron-left"></i> '
        f'{w.t("previous")}</span><span class="link">{previous}</span></div><div class="next"><span class="main-color title">{w.t("next")}'
        f' <i class="tsi tsi-chevron-right"></i></span><span class="link">{following}</span></div></section>'
    )


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__tagdiv(w: _Maker) -> str:
    return (
        f'<div class="td-block-row td-post-next-prev"><div class="td-block-span6 td-post-prev-post"><div class="td-post-next-prev-content">'
        f'<span>{w.t("previous")}</span>{w.a(Relation.PREVIOUS)}</div></div><div class="td-next-prev-separator"></div>'
        f'<div class="td-block-span6 td-post-next-post"><div class="td-post-next-prev-content"><span>{w.t("next")}</span>{w.a(Relation.NEXT)}'
        "</div></div></div>"
    )


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__jnews(w: _Maker) -> str:
    shape = '<span class="caption">{}</span><h3 class="post-title">{{}}</h3>'
    previous = w.a(Relation.PREVIOUS, ' class="post prev-post"', shape.format(w.t("previous")))
    following = w.a(Relation.NEXT, ' class="post next-post"', shape.format(w.t("next")))
    return f'<div class="jeg_prevnext_post">{previous}{following}</div>'


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__jannah(w: _Maker) -> str:
    cards = []
    for name, rel, relation in (("prev", "prev", Relation.PREVIOUS), ("next", "next", Relation.NEXT)):
        path, title = w.article(relation)
        cards.append(
            f'<div class="tie-col-xs-6 {name}-post"><a href="{path}" class="post-thumb" rel="{rel}"></a>'
            f'<a href="{path}" rel="{rel}"><h3 class="post-title">{title}</h3></a></div>'
        )
    return f'<div class="prev-next-post-nav container-wrapper media-overlay">{"".join(cards)}</div>'


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__zox(w: _Maker) -> str:
    shape = '<div class="mvp-prev-next-cont {0} left"><div class="mvp-prev-next-cont-in {0}-in left"><span class="mvp-prev-next-label left relative">{1}</span><p>{{}}</p></div></div>'
    following = w.a(Relation.NEXT, ' rel="bookmark"', shape.format("mvp-next", w.pick("Up Next", w.t("next"))))
    return f'<div id="mvp-prev-next-wrap" class="left relative">{following}{w.a(Relation.PREVIOUS, "", shape.format("mvp-prev", w.pick("Don’t Miss", w.t("previous"))))}</div>'


@_shape(Kind.PREVIOUS_NEXT, Place.BELOW, Place.AFTER)
def _adjacent__generatepress(w: _Maker) -> str:
    return (
        '<nav id="nav-below" class="post-navigation" aria-label="Posts"><div class="nav-previous"><span class="gp-icon icon-arrow-left"></span>'
        f'<span class="prev">{w.a(Relation.PREVIOUS, _PREV)}</span></div><div class="nav-next"><span class="gp-icon"></span>'
        f'<span class="next">{w.a(Relation.NEXT, _NEXT)}</span></div></nav>'
    )


@_shape(Kind.PREVIOUS_NEXT, *_UNDER)
def _adjacent__arrows(w: _Maker) -> str:
    return f"<p{w.c('post-nav')}>« {w.a(Relation.PREVIOUS, _PREV)} | {w.a(Relation.NEXT, _NEXT)} »</p>"


@_shape(Kind.PREVIOUS_NEXT, *_UNDER)
def _adjacent__labels(w: _Maker) -> str:
    return (
        f"<div{w.c('article-pager')}><div>{w.t('previous')}</div><div>{w.a(Relation.PREVIOUS)}</div><div>{w.t('next')}</div>"
        f"<div>{w.a(Relation.NEXT)}</div></div>"
    )


@_shape(Kind.PREVIOUS_NEXT, Place.AFTER, Place.END)
def _adjacent__next_only(w: _Maker) -> str:
    return f"<aside{w.c('up-next up-next--sticky')}><p{w.c('up-next__kicker')}>{w.t('next')}</p><h4>{w.a(Relation.NEXT)}</h4></aside>"


@_shape(Kind.PAGINATION, Place.TAIL, Place.BELOW)
def _pagination__wordpress(w: _Maker) -> str:
    links = "".join(f' <a href="?page={page}" class="post-page-numbers">{page}</a>' for page in range(2, w.number(3, 6)))
    return f'<div class="page-links">{w.t("pages")} <span class="post-page-numbers current" aria-current="page">1</span>{links}</div>'


@_shape(Kind.PAGINATION, Place.TAIL, Place.BELOW)
def _pagination__button(w: _Maker) -> str:
    return f'<div{w.c("pagination pagination--article")}><a href="?page=2"{w.c("btn btn-primary")}>{w.t("next_page")}</a></div>'


@_shape(Kind.PAGINATION, Place.AFTER)
def _pagination__archive(w: _Maker) -> str:
    pages = [f'<a href="/news/?page={page}">{page}</a>' for page in (1, 2, 3)]
    pages.append(f'<a href="/news/?page=2">{w.t("next_page")}</a>')
    return f"<nav{w.c('navigation pagination')}>{w.list(pages, 'page-numbers')}</nav>"


@_shape(Kind.RELATED, *_INSIDE, Place.BELOW, Place.AFTER, Place.SIDE)
def _related__list(w: _Maker) -> str:
    links = [w.a(Relation.RELATED) for _ in range(w.number(2, 8))]
    return f"<div{w.c('related-articles')}><h3{w.c('related-articles__title')}>{w.t('related')}</h3>{w.list(links)}</div>"


@_shape(Kind.RELATED, Place.BELOW, Place.AFTER)
def _related__cards(w: _Maker) -> str:
    cards = ""
    for _ in range(w.number(2, 9)):
        path, title = w.article(Relation.RELATED)
        cards += (
            f'<div{w.c("card card--horizontal")}><a href="{path}"><img src="/t/4.jpg" width="320" height="180" alt=""></a>'
            f'<div{w.c("card__body")}><a href="/culture/"{w.c("card__kicker")}>{w.pick(*w.all("sections"))}</a>'
            f'<h3{w.c("card__title")}><a href="{path}">{title}</a></h3><time datetime="2026-01-11">11.01.2026</time></div></div>\n'
        )
    return f"<section{w.c('recirc recirc--grid')}><h2>{w.t('related')}</h2><div{w.c('recirc__items')}>{cards}</div></section>"


@_shape(Kind.RELATED, Place.BELOW, Place.AFTER)
def _related__cards_with_excerpt(w: _Maker) -> str:
    cards = ""
    for _ in range(w.number(2, 3)):
        path, title = w.article(Relation.RELATED)
        cards += (
            f'<article{w.c("post-card post type-post hentry")}><h3{w.c("entry-title")}><a href="{path}" rel="bookmark">{title}</a></h3>'
            f"<div{w.c('entry-summary')}><p>{w.paragraph()}</p></div></article>\n"
        )
    return f"<div{w.c('related-posts')}><h3{w.c('related-posts-title')}>{w.t('related')}</h3>{cards}</div>"


@_shape(Kind.RELATED, Place.TAIL, Place.BELOW)
def _related__jetpack(w: _Maker) -> str:
    posts = "".join(
        f'<div class="jp-relatedposts-post jp-relatedposts-post{at}"><h4 class="jp-relatedposts-post-title">{w.a(Relation.RELATED)}</h4>'
        f'<p class="jp-relatedposts-post-date">January {at + 3}, 2026</p></div>'
        for at in range(3)
    )
    return (
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>{w.t("related")}</em></h3>'
        f'<div class="jp-relatedposts-items">{posts}</div></div>'
    )


@_shape(Kind.RELATED, Place.BODY, Place.TAIL)
def _related__paragraph_and_list(w: _Maker) -> str:
    return f"<p><strong>{w.t('related')}</strong></p>\n{w.list([w.a(Relation.RELATED) for _ in range(w.number(2, 3))])}"


@_shape(Kind.RELATED, Place.BODY)
def _related__aside(w: _Maker) -> str:
    path, title = w.article(Relation.RELATED)
    return (
        f'<aside{w.c("inline-related float-left")}><a href="{path}"><figure><img src="/t/7.jpg" width="300" height="200" alt=""></figure>'
        f"<span{w.c('inline-related__label')}>{w.t('related')}</span><h4>{title}</h4></a></aside>"
    )


@_shape(Kind.RELATED, Place.BELOW, Place.AFTER)
def _related__headings(w: _Maker) -> str:
    links = "\n".join(f"<h4>{w.a(Relation.RELATED)}</h4>" for _ in range(w.number(2, 4)))
    return f"<h3>{w.t('related')}</h3>\n{links}"


@_shape(Kind.RELATED, Place.TAIL, Place.BELOW)
def _related__yarpp(w: _Maker) -> str:
    links = [w.a(Relation.RELATED, ' rel="bookmark"') for _ in range(w.number(2, 4))]
    return f'<div class="yarpp yarpp-related yarpp-related-website yarpp-template-list"><p>{w.t("related")}:</p>{w.list(links, tag="ol")}</div>'


@_shape(Kind.INLINE_TEASER, Place.BODY, Place.TAIL)
def _teaser__label_and_link(w: _Maker) -> str:
    return f"<p><strong>{w.t('read_also')}</strong> {w.a(Relation.INLINE_TEASER)}</p>"


@_shape(Kind.INLINE_TEASER, Place.BODY, Place.TAIL)
def _teaser__all_link(w: _Maker) -> str:
    path, title = w.article(Relation.INLINE_TEASER)
    return f'<p><a href="{path}"><strong>{w.t("read_also")} {title}</strong></a></p>'


@_shape(Kind.INLINE_TEASER, Place.BODY, Place.TAIL)
def _teaser__box(w: _Maker) -> str:
    return (
        f"<div{w.c('read-also read-also--compact')}><span{w.c('read-also__label')}>{w.t('read_also')}</span>"
        f"{w.a(Relation.INLINE_TEASER, w.c('read-also__link'), '<span>{}</span>')}</div>"
    )


@_shape(Kind.INLINE_TEASER, Place.BODY, Place.TAIL)
def _teaser__plugin(w: _Maker) -> str:
    path, title = w.article(Relation.INLINE_TEASER)
    return (
        f'<div class="IRPP_minimalist_wrap"><a href="{path}" target="_blank" class="u4f21c"><div style="padding-left:1em">'
        f'<span class="ctaText">{w.t("read_also")}</span>&nbsp; <span class="postTitle">{title}</span></div></a></div>'
    )


@_shape(Kind.INLINE_TEASER, Place.BODY)
def _teaser__embedded_post(w: _Maker) -> str:
    return (
        '<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper"><blockquote class="wp-embedded-content">'
        f"{w.a(Relation.INLINE_TEASER)}</blockquote></div></figure>"
    )


@_shape(Kind.INLINE_TEASER, Place.BODY)
def _teaser__bullets(w: _Maker) -> str:
    return w.list([w.a(Relation.INLINE_TEASER) for _ in range(w.number(1, 2))])


@_shape(Kind.INLINE_TEASER, Place.BODY, Place.TAIL)
def _teaser__arrow(w: _Maker) -> str:
    return f"<p>{w.pick('►', '→', '>>', '•')} {w.a(Relation.INLINE_TEASER)}</p>"


@_shape(Kind.INLINE_TEASER, Place.BODY)
def _teaser__card(w: _Maker) -> str:
    path, title = w.article(Relation.INLINE_TEASER)
    return (
        f'<div{w.c("teaser teaser--inline")}><a href="{path}"><img src="/t/9.jpg" width="160" height="90" alt=""></a><div{w.c("teaser__content")}>'
        f'<span{w.c("teaser__kicker")}>{w.pick(*w.all("sections"))}</span><a href="{path}"{w.c("teaser__headline")}>{title}</a></div></div>'
    )


@_shape(Kind.INLINE_TEASER, Place.BODY)
def _teaser__with_excerpt(w: _Maker) -> str:
    path, title = w.article(Relation.INLINE_TEASER)
    return (
        f'<div{w.c("promo promo--article")}><a href="{path}"><img src="/t/9.jpg" width="240" height="160" alt=""></a>'
        f'<div{w.c("promo__kicker")}>{w.t("read_also")}</div><div{w.c("promo__title")}><a href="{path}">{title}</a></div>'
        f"<p{w.c('promo__dek')}>{w.paragraph()}</p></div>"
    )


@_shape(Kind.MOST_READ, Place.SIDE, Place.AFTER)
def _most_read__list(w: _Maker) -> str:
    links = [w.a() for _ in range(w.number(3, 10))]
    return f"<section{w.c('widget most-read')}><h3{w.c('widget-title')}>{w.t('most_read')}</h3>{w.list(links, 'most-read__list', tag='ol')}</section>"


@_shape(Kind.MOST_READ, Place.SIDE, Place.AFTER, Place.BODY)
def _most_read__numbers(w: _Maker) -> str:
    items = "".join(
        f"<div{w.c('c-most-viewed__item')}><span{w.c('c-most-viewed__item__number')}>{at}</span><div>{w.a()}</div></div>"
        for at in range(1, w.number(4, 6))
    )
    return f"<div{w.c('c-most-viewed')}><div{w.c('c-most-viewed__title')}>{w.t('most_read')}</div>{items}</div>"


@_shape(Kind.MOST_READ, Place.SIDE)
def _most_read__recent_posts(w: _Maker) -> str:
    items = w.list([f'{w.a()} <span class="post-date">{day}.01.2026</span>' for day in (12, 11, 10)])
    return f'<div id="recent-posts-2" class="widget widget_recent_entries"><h2 class="widgettitle">{w.t("most_read")}</h2>{items}</div>'


@_shape(Kind.MOST_READ, Place.TOP, Place.SIDE, Place.AFTER)
def _most_read__ticker(w: _Maker) -> str:
    lines = "".join(f"<p{w.c('ticker__line')}><b>{at + 8}:{at}5</b> {w.a()}</p>" for at in range(w.number(2, 6)))
    return f"<div{w.c('ticker ticker--live')}><strong>{w.t('most_read')}</strong>{lines}</div>"


# --- Letters, channels and buttons


@_shape(Kind.NEWSLETTER, *_INSIDE, Place.BELOW, Place.AFTER, Place.SIDE, Place.FOOT)
def _newsletter__form(w: _Maker) -> str:
    return (
        f"<div{w.c('newsletter-signup')}><h3{w.c('newsletter-signup__title')}>{w.t('newsletter_title')}</h3><p>{w.t('newsletter_text')}</p>"
        f'<form action="/newsletter" method="post"><label>{w.t("email")}</label><input type="email" name="email">'
        f"<button>{w.t('newsletter_button')}</button></form><p><small>{w.t('privacy')}</small></p></div>"
    )


@_shape(Kind.NEWSLETTER, *_INSIDE, Place.BELOW, Place.SIDE)
def _newsletter__mailchimp(w: _Maker) -> str:
    return (
        f'<div id="mc_embed_signup"><form class="validate"><div id="mc_embed_signup_scroll"><h2>{w.t("newsletter_title")}</h2>'
        f'<div class="mc-field-group"><label for="mce-EMAIL">{w.t("email")} <span class="asterisk">*</span></label><input type="email" id="mce-EMAIL">'
        f'</div><div class="clear"><input type="submit" value="{w.t("newsletter_button")}" class="button"></div></div></form></div>'
    )


@_shape(Kind.NEWSLETTER, Place.BODY, Place.TAIL)
def _newsletter__paragraph(w: _Maker) -> str:
    return f'<p><em>{w.t("newsletter_text")} <a href="/newsletter/">{w.t("newsletter_button")}</a></em></p>'


@_shape(Kind.NEWSLETTER, *_INSIDE, Place.BELOW, Place.AFTER, Place.SIDE)
def _newsletter__card(w: _Maker) -> str:
    return (
        f"<div{w.c('c-promo-box c-promo-box--blue')}><p{w.c('c-promo-box__heading')}>{w.t('newsletter_title')}</p>"
        f'<p{w.c("c-promo-box__text")}>{w.t("newsletter_text")}</p><a{w.c("c-promo-box__cta")} href="/briefing/">{w.t("newsletter_button")}</a></div>'
    )


@_shape(Kind.NEWSLETTER, *_INSIDE, Place.BELOW)
def _newsletter__jetpack(w: _Maker) -> str:
    return (
        f'<div class="wp-block-jetpack-subscriptions__supports-newline wp-block-jetpack-subscriptions"><p>{w.t("newsletter_text")}</p>'
        f'<div class="wp-block-jetpack-subscriptions__container is-not-subscriber"><form><p id="subscribe-email"><input type="email" '
        f'placeholder="{w.t("email")}"></p><p id="subscribe-submit"><button type="submit">{w.t("newsletter_button")}</button></p></form></div></div>'
    )


@_shape(Kind.NEWSLETTER, Place.BODY, Place.BELOW, Place.END)
def _newsletter__consent(w: _Maker) -> str:
    return (
        f"<section{w.c('nl-teaser')}><div{w.c('nl-teaser__inner')}><strong>{w.t('newsletter_title')}</strong><div>{w.t('newsletter_text')}</div>"
        f'<div><input type="checkbox" id="nl-ok"><label for="nl-ok">{w.t("privacy")}</label></div><div role="button">{w.t("newsletter_button")}</div>'
        "</div></section>"
    )


_NETWORKS = ("Facebook", "X", "WhatsApp", "Telegram", "LinkedIn", "E-Mail")


@_shape(Kind.SHARE, *_AROUND)
def _share__sharedaddy(w: _Maker) -> str:
    links = [
        f'<a rel="nofollow" class="share-{name.lower()} sd-button" href="?share={name.lower()}"><span>{name}</span></a>'
        for name in _NETWORKS[:4]
    ]
    return (
        '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social sd-social-icon-text sd-sharing">'
        f'<h3 class="sd-title">{w.t("share")}:</h3><div class="sd-content">{w.list(links)}</div></div></div>'
    )


@_shape(Kind.SHARE, *_AROUND)
def _share__links(w: _Maker) -> str:
    links = " ".join(f'<a href="https://{name.lower()}.example/share?u={SITE}"{w.c("share__link")}>{name}</a>' for name in _NETWORKS)
    return f"<div{w.c('article-share share')}><span{w.c('share__label')}>{w.t('share')}</span> {links}</div>"


@_shape(Kind.SHARE, *_AROUND)
def _share__icons(w: _Maker) -> str:
    links = "".join(
        f'<li><a href="https://{name.lower()}.example/s"><svg><title>{name}</title></svg><span class="screen-reader-text">{name}</span></a></li>'
        for name in _NETWORKS[:3]
    )
    return f"<ul{w.c('social-share social-share--vertical')}>{links}<li><button>{w.t('copy_link')}</button></li></ul>"


@_shape(Kind.SHARE, Place.BYLINE, Place.BELOW)
def _share__counts(w: _Maker) -> str:
    return (
        f"<div{w.c('td-post-sharing td-social-handler')}><div{w.c('td-social-but-text')}>{w.t('share')}</div><span>{w.number(1, 900)}</span>"
        f"<div>Facebook</div><div>WhatsApp</div><div>{w.t('copy_link')}</div></div>"
    )


@_shape(Kind.FOLLOW, Place.BODY, Place.TAIL)
def _follow__paragraph(w: _Maker) -> str:
    return f'<p><em><a href="https://t.example/brael">{w.t("follow_text")}</a></em></p>'


@_shape(Kind.FOLLOW, Place.BODY, Place.TAIL)
def _follow__sentence(w: _Maker) -> str:
    return f"<p><strong>{w.t('follow_text')}</strong></p>"


@_shape(Kind.FOLLOW, *_INSIDE, Place.BELOW, Place.SIDE, Place.FOOT)
def _follow__icons(w: _Maker) -> str:
    links = [f'<a href="https://{name.lower()}.example/brael">{name}</a>' for name in ("Facebook", "Instagram", "YouTube")]
    return f"<div{w.c('social-follow')}><h4{w.c('social-follow__title')}>{w.t('follow')}</h4>{w.list(links, 'social-follow__links-list')}</div>"


@_shape(Kind.FOLLOW, *_INSIDE, Place.BELOW)
def _follow__google_news(w: _Maker) -> str:
    return (
        f'<div{w.c("widget-follow-us-on-google-news")}><a href="https://news.google.example/p"><span>{w.t("follow")}</span> '
        f"<span{w.c('gofollow')}>Google News</span></a></div>"
    )


def _comment(w: _Maker, text: str) -> str:
    return (
        f"<li{w.c('comment depth-1')}><article{w.c('comment-body')}><footer{w.c('comment-meta')}><b{w.c('fn')}>{w.name()}</b> "
        f'<a href="#c7"><time datetime="2026-01-13T10:02:00">13.01.2026 10:02</time></a></footer><div{w.c("comment-content")}><p>{text}</p></div>'
        f'<div{w.c("reply")}><a rel="nofollow" href="?replytocom=7#respond">↩</a></div></article></li>'
    )


@_shape(Kind.COMMENTS, Place.BELOW, Place.AFTER)
def _comments__wordpress(w: _Maker) -> str:
    items = "".join(_comment(w, text) for text in w.all("comment_texts"))
    return (
        f'<div id="comments"{w.c("comments-area")}><h2{w.c("comments-title")}>{w.t("comments")}</h2><ol{w.c("comment-list")}>{items}</ol>'
        f'<div id="respond"{w.c("comment-respond")}><h3{w.c("comment-reply-title")}>{w.t("reply")}</h3><form{w.c("comment-form")}>'
        f"<p{w.c('comment-notes')}>{w.t('comment_note')}</p><p><label>{w.t('comments')} *</label><textarea></textarea></p></form></div></div>"
    )


@_shape(Kind.COMMENTS, Place.BELOW, Place.AFTER)
def _comments__divs(w: _Maker) -> str:
    items = "".join(
        f"<div{w.c('c-comment')}><div{w.c('c-comment__head')}>{w.name()}</div><div{w.c('c-comment__text')}>{text}</div><div>👍 {w.number(0, 60)}</div></div>"
        for text in w.all("comment_texts")
    )
    return f"<section{w.c('discussion')}><h2>{w.t('comments')}</h2>{items}</section>"


@_shape(Kind.COMMENTS, Place.AFTER)
def _comments__longer_than_the_article(w: _Maker) -> str:
    items = "".join(
        f"<div{w.c('c-thread__post')}><p{w.c('c-thread__user')}>{w.name()}</p><p>{w.paragraph()}</p><p>{w.paragraph()}</p></div>\n"
        for _ in range(w.number(2, 8))
    )
    return f"<div{w.c('c-thread')}><h3>{w.t('comments')}</h3>{items}</div>"


@_shape(Kind.COMMENTS, Place.BELOW, Place.AFTER)
def _comments__disqus(w: _Maker) -> str:
    return f'<div id="disqus_thread"></div><script>var disqus_url = "{SITE}";</script><div{w.c("disqus-link")}><a href="#disqus_thread">{w.t("comments")}</a></div>'


@_shape(Kind.COMMENTS, Place.BYLINE, Place.TAIL, Place.BELOW)
def _comments__link(w: _Maker) -> str:
    return f'<a href="#comments"{w.c("comments-link")}>{w.t("comments")}</a>'


# --- Consent, money and advertisements


@_shape(Kind.COOKIE, Place.TOP, Place.END)
def _cookie__onetrust(w: _Maker) -> str:
    return (
        '<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" class="otFlat bottom" role="alertdialog"><div class="ot-sdk-container">'
        f'<div id="onetrust-policy-text">{w.t("cookie_text")}</div><div id="onetrust-button-group"><button>{w.t("cookie_settings")}</button>'
        f"<button>{w.t('cookie_accept')}</button></div></div></div></div>"
    )


@_shape(Kind.COOKIE, Place.TOP, Place.END)
def _cookie__notice(w: _Maker) -> str:
    return (
        f'<div id="cookie-notice"{w.c("cookie-notice-hidden cn-position-bottom")}><div{w.c("cookie-notice-container")}><span>{w.t("cookie_text")}</span>'
        f'<a href="#" data-cookie-set="accept">{w.t("cookie_accept")}</a> <a href="/privacy/">{w.t("cookie_settings")}</a></div></div>'
    )


@_shape(Kind.COOKIE, Place.TOP, Place.END)
def _cookie__plain(w: _Maker) -> str:
    return f"<div{w.c('cmp-layer')}><p>{w.t('cookie_text')}</p><div><button>{w.t('cookie_settings')}</button> <button>{w.t('cookie_accept')}</button></div></div>"


@_shape(Kind.COOKIE, Place.TOP, Place.END)
def _cookie__purposes(w: _Maker) -> str:
    purposes = "".join(
        f"<div{w.c('category-item')}><h4>{at}. {w.t('cookie_settings')}</h4><p>{text} {w.t('privacy')}</p></div>"
        for at, text in enumerate(w.all("cookie_text") * w.number(1, 3), 1)
    )
    return f'<div id="preference-center"{w.c("pc-center")}><h3>{w.t("cookie_settings")}</h3>{purposes}<button>{w.t("cookie_accept")}</button></div>'


@_shape(Kind.ADVERTISEMENT, Place.TOP, *_AROUND, Place.AFTER, Place.SIDE)
def _ad__slot(w: _Maker) -> str:
    return (
        f'<div{w.c("ad-container ad-container--inline")}><div{w.c("ad-label")}>{w.t("ad")}</div><div id="div-gpt-ad-{w.number(1, 99)}"{w.c("ad-slot")}>'
        "<script>googletag.cmd.push(function(){googletag.display('x')})</script></div></div>"
    )


@_shape(Kind.ADVERTISEMENT, *_AROUND, Place.SIDE)
def _ad__paragraph(w: _Maker) -> str:
    return f'<p style="text-align:center"><small>{w.t("ad")}</small></p><ins class="adsbygoogle" data-ad-slot="1"></ins><script>(adsbygoogle=[]).push({{}})</script>'


@_shape(Kind.ADVERTISEMENT, Place.BODY)
def _ad__continues(w: _Maker) -> str:
    return f"<div{w.c('ad-wrapper')}><p{w.c('ad-disclaimer')}>{w.t('ad_skip')}</p></div>"


@_shape(Kind.ADVERTISEMENT, Place.BELOW, Place.AFTER)
def _ad__taboola(w: _Maker) -> str:
    cards = "".join(
        f'<div class="videoCube trc_spotlight_item"><a href="https://ads.example/c?{at}" rel="nofollow sponsored"><span class="video-title">{text}</span>'
        '<span class="branding">BootHaus</span></a></div>'
        for at, text in enumerate(w.all("sponsored"))
    )
    return f'<div id="taboola-below-article" class="trc_related_container"><div class="trc_header_ext"><span>{w.t("ad")}</span></div>{cards}</div>'


@_shape(Kind.ADVERTISEMENT, Place.BODY, Place.SIDE)
def _ad__native(w: _Maker) -> str:
    text = w.pick(*w.all("sponsored"))
    return f'<div{w.c("native-promo")}><span>{w.t("ad")}</span><a href="https://ads.example/n" rel="sponsored">{text}</a><p>{text}: bootshop.example</p></div>'


@_shape(Kind.ADVERTISEMENT, Place.BODY)
def _ad__product(w: _Maker) -> str:
    return (
        f'<div{w.c("product-box affiliate")}><img src="/boots.jpg" width="200" height="200" alt=""><h4>BootHaus Skarn 200</h4>'
        f"<p>{w.pick(*w.all('sponsored'))}</p><div{w.c('product-box__price')}>{w.number(19, 199)} €</div>"
        f'<a href="https://ads.example/p" rel="sponsored nofollow">bootshop.example</a></div>'
    )


@_shape(Kind.PAYWALL, Place.TAIL, Place.BELOW)
def _paywall__box(w: _Maker) -> str:
    return (
        f"<div{w.c('paywall paywall--soft')}><h2{w.c('paywall__title')}>{w.t('paywall_title')}</h2><p{w.c('paywall__text')}>{w.t('paywall_text')}</p>"
        f'<a href="/subscribe/"{w.c("paywall__button")}>{w.t("paywall_button")}</a><p><a href="/login/">{w.t("login")}</a></p></div>'
    )


@_shape(Kind.PAYWALL, Place.TAIL, Place.BELOW, Place.END)
def _paywall__offers(w: _Maker) -> str:
    offers = "".join(f"<div{w.c('offer')}><b>{price} €</b><div>{w.t('paywall_button')}</div></div>" for price in (1, 9, 89))
    return f"<section{w.c('piano-inline tp-container-inner')}><div>{w.t('paywall_title')}</div><div>{w.t('paywall_text')}</div>{offers}</section>"


@_shape(Kind.PAYWALL, Place.BYLINE, Place.BODY, Place.TAIL)
def _paywall__line(w: _Maker) -> str:
    return f'<p{w.c("subscriber-note")}><a href="/subscribe/">{w.t("paywall_title")}</a></p>'


@_shape(Kind.DONATION, Place.BODY, Place.TAIL, Place.BELOW, Place.AFTER)
def _donation__box(w: _Maker) -> str:
    return (
        f"<div{w.c('donate-box support-us')}><h3>{w.t('donate_title')}</h3><p>{w.t('donate_text')}</p>"
        f'<a href="/donate/"{w.c("button button--donate")}>{w.t("donate_button")}</a></div>'
    )


@_shape(Kind.DONATION, Place.TAIL)
def _donation__paragraph(w: _Maker) -> str:
    return f'<hr>\n<p><em>{w.t("donate_text")} <a href="/donate/">{w.t("donate_button")}</a></em></p>'


@_shape(Kind.DONATION, Place.BELOW, Place.END)
def _donation__amounts(w: _Maker) -> str:
    amounts = "".join(f"<label><input type='radio' name='sum'> {amount} €</label> " for amount in (5, 10, 25))
    return f"<div{w.c('contribution-epic')}><strong>{w.t('donate_title')}</strong><div>{w.t('donate_text')}</div><form>{amounts}<button>{w.t('donate_button')}</button></form></div>"


@_shape(Kind.APP_PROMO, *_INSIDE, Place.BELOW, Place.FOOT)
def _app__badges(w: _Maker) -> str:
    return (
        f'<div{w.c("app-banner")}><h4>{w.t("app_title")}</h4><p>{w.t("app_text")}</p><a href="https://apps.apple.example/1"><img src="/as.svg" alt="App Store">'
        '</a> <a href="https://play.google.example/1"><img src="/gp.svg" alt="Google Play"></a></div>'
    )


@_shape(Kind.APP_PROMO, Place.TOP, Place.BODY, Place.END)
def _app__bar(w: _Maker) -> str:
    return f'<div{w.c("smartbanner smartbanner--android")}><span>{w.t("app_title")}</span> <a href="https://play.google.example/1">Google Play</a></div>'


# --- Who wrote it, where it is filed, whose it is


def _date(w: _Maker) -> str:
    moment = w.about().published
    if w.language.code in ("zh", "ja"):
        return f"{moment:%Y}年{moment.month}月{moment.day}日"
    return f"{moment.day} {moment:%B %Y}" if w.language.code == "en" else f"{moment:%d.%m.%Y}"


def _credit(w: _Maker, precision: DatePrecision = DatePrecision.MINUTE) -> tuple[str, str]:
    """The author's name, and the date in a ``<time>`` or, where only the day is wanted, as text."""
    about = w.about()
    moment = about.published
    w.authors, w.precision = (about.author,), precision
    if precision is DatePrecision.DAY:
        w.published = datetime(moment.year, moment.month, moment.day)
        return escape(about.author), _date(w)
    w.published = moment.replace(second=0)
    return escape(about.author), f'<time datetime="{moment.isoformat(timespec="minutes")}">{_date(w)}, {moment:%H:%M}</time>'


@_shape(Kind.BYLINE, Place.BYLINE, Place.ABOVE)
def _byline__entry_meta(w: _Maker) -> str:
    name, date = _credit(w)
    author = w.t("by", name="{}").format(f'<span class="author vcard"><a class="url fn n" href="/author/7/" rel="author">{name}</a></span>')
    return f"<div{w.c('entry-meta')}><span{w.c('posted-on')}>{date}</span> <span{w.c('byline')}>{author}</span></div>"


@_shape(Kind.BYLINE, Place.BYLINE)
def _byline__lines(w: _Maker) -> str:
    name, date = _credit(w)
    by = w.t("by", name=name)
    return (
        f"<div{w.c('article-byline')}><div{w.c('article-byline__author')}>{by}</div><div{w.c('article-byline__date')}>{date}</div>"
        f"<div{w.c('article-byline__reading-time')}>{w.t('minutes', n=w.number(1, 9))}</div></div>"
    )


@_shape(Kind.BYLINE, Place.BYLINE, Place.LEAD)
def _byline__paragraph(w: _Maker) -> str:
    name, date = _credit(w, DatePrecision.DAY)
    return f"<p{w.c('byline')}>{w.t('by', name=name)} | {date}</p>"


@_shape(Kind.BYLINE, Place.BYLINE)
def _byline__portrait(w: _Maker) -> str:
    name, date = _credit(w)
    return (
        f'<div{w.c("e-byline e-byline--photo")}><img src="/a.jpg" width="48" height="48" alt=""><a href="/people/7/" rel="author">{name}</a>'
        f"<p>{date}</p><p>{w.t('updated')} {_date(w)}</p></div>"
    )


def _named(w: _Maker) -> str:
    w.authors = (w.about().author,)
    return escape(w.about().author, quote=False)


@_shape(Kind.AUTHOR_BIO, *_UNDER)
def _bio__box(w: _Maker) -> str:
    name = _named(w)
    return (
        f'<div{w.c("author-box")}><img src="/a.jpg" width="80" height="80" alt=""><h4{w.c("author-box__name")}><a href="/author/7/">{name}</a></h4>'
        f"<p{w.c('author-box__bio')}>{w.t('bio', name=name)}</p></div>"
    )


@_shape(Kind.AUTHOR_BIO, Place.TAIL)
def _bio__paragraph(w: _Maker) -> str:
    return f"<p><em>{w.t('bio', name=_named(w))}</em></p>"


@_shape(Kind.AUTHOR_BIO, *_UNDER)
def _bio__about(w: _Maker) -> str:
    name = _named(w)
    return f'<section{w.c("m-authorbio")}><h3>{w.t("about_author")}</h3><div>{w.t("bio", name=name)}</div><a href="mailto:desk@news.example">desk@news.example</a></section>'


@_shape(Kind.AUTHOR_BIO, Place.BELOW)
def _bio__media_object(w: _Maker) -> str:
    name = _named(w)
    return f'<div{w.c("media d-flex")}><div{w.c("media-left")}><img src="/a.jpg" alt=""></div><div{w.c("media-body")}><b>{name}</b><br>{w.t("bio", name=name)}</div></div>'


@_shape(Kind.BREADCRUMBS, Place.HEADER, Place.ABOVE)
def _breadcrumbs__list(w: _Maker) -> str:
    items = [f'<a href="/">{w.t("home")}</a>', f'<a href="/region/">{w.pick(*w.all("sections"))}</a>']
    if w.pick(True, False):
        items.append(f'<span aria-current="page">{escape(w.about().title, quote=False)}</span>')
    return f'<nav aria-label="breadcrumb">{w.list(items, "breadcrumb", "breadcrumb-item", "ol")}</nav>'


@_shape(Kind.BREADCRUMBS, Place.HEADER, Place.ABOVE)
def _breadcrumbs__yoast(w: _Maker) -> str:
    title = escape(w.about().title, quote=False)
    return (
        f'<p id="breadcrumbs"><span><span><a href="/">{w.t("home")}</a> » <span><a href="/region/">{w.pick(*w.all("sections"))}</a> » '
        f'<span class="breadcrumb_last">{title}</span></span></span></span></p>'
    )


@_shape(Kind.BREADCRUMBS, Place.HEADER, Place.ABOVE)
def _breadcrumbs__kicker(w: _Maker) -> str:
    return f'<div{w.c("c-path")}><a href="/region/">{w.pick(*w.all("sections"))}</a></div>'


@_shape(Kind.TAGS, Place.TAIL, Place.BELOW)
def _tags__links(w: _Maker) -> str:
    links = ", ".join(f'<a href="/tag/{at}/" rel="tag">{tag}</a>' for at, tag in enumerate(w.all("tags")))
    return f"<div{w.c('tags-links')}>{links}</div>"


@_shape(Kind.TAGS, Place.TAIL, Place.BELOW)
def _tags__list(w: _Maker) -> str:
    return w.list(
        [f'<a href="/topic/{at}/">{tag}</a>' for at, tag in enumerate(w.all("tags"))], "related-topics__list", "related-topics__item"
    )


@_shape(Kind.TAGS, Place.TAIL)
def _tags__paragraph(w: _Maker) -> str:
    links = " ".join(f'<a href="/tag/{at}/">#{tag.replace(" ", "_")}</a>' for at, tag in enumerate(w.all("tags")))
    return f"<p>{links}</p>"


@_shape(Kind.COPYRIGHT, Place.TAIL, Place.BELOW, Place.FOOT)
def _copyright__paragraph(w: _Maker) -> str:
    return f"<p{w.c('copyright')}>{w.t('copyright')}</p>"


@_shape(Kind.COPYRIGHT, Place.TAIL, Place.BELOW)
def _copyright__source(w: _Maker) -> str:
    return f"<p><em>{w.t('originally')}</em></p>"


@_shape(Kind.COPYRIGHT, Place.FOOT, Place.END)
def _copyright__line(w: _Maker) -> str:
    return f"<div{w.c('site-info')}><small>{w.t('copyright')}</small></div>"


# --- The site around the article


def _sections(w: _Maker) -> list[str]:
    return [f'<a href="/{at}/">{section}</a>' for at, section in enumerate(w.all("sections"))]


@_shape(Kind.NAVIGATION, Place.HEADER)
def _navigation__nav(w: _Maker) -> str:
    return f'<nav{w.c("main-navigation")}><button aria-expanded="false">{w.t("menu")}</button>{w.list(_sections(w), "menu nav-menu", "menu-item")}</nav>'


@_shape(Kind.NAVIGATION, Place.HEADER, Place.FOOT)
def _navigation__divs(w: _Maker) -> str:
    items = "".join(f"<div{w.c('topbar__item')}>{link}</div>" for link in _sections(w))
    return f"<div{w.c('topbar')}>{items}</div>"


@_shape(Kind.NAVIGATION, Place.HEADER)
def _navigation__mega_menu(w: _Maker) -> str:
    many = w.number(2, 8)
    groups = "".join(
        f'<li><a href="/s/{at}/">{name}</a>{w.list([w.a() for _ in range(many)], "sub-menu")}</li>'
        for at, name in enumerate(w.all("sections"))
    )
    return f"<div{w.c('megamenu')}><ul>{groups}</ul></div>"


@_shape(Kind.SKIP_LINK, Place.TOP)
def _skip__link(w: _Maker) -> str:
    return f'<a{w.c("skip-link screen-reader-text")} href="#content">{w.t("skip")}</a>'


@_shape(Kind.SKIP_LINK, Place.TOP)
def _skip__list(w: _Maker) -> str:
    links = [f'<a href="#content">{w.t("skip")}</a>', f'<a href="#nav">{w.t("menu")}</a>']
    return f"<div{w.c('accessibility')}>{w.list(links)}</div>"


@_shape(Kind.SIDEBAR, Place.SIDE)
def _sidebar__table(w: _Maker) -> str:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in w.all("side_lines"))
    return f"<div{w.c('widget widget-weather')}><h3>{w.t('side_title')}</h3><table>{rows}</table></div>"


@_shape(Kind.SIDEBAR, Place.SIDE)
def _sidebar__opinion(w: _Maker) -> str:
    return f"<section{w.c('opinion-teaser')}><h3>{w.all('sections')[-1]}</h3><div>{w.name()}</div>{w.a()}<p>{w.paragraph()}</p></section>"


@_shape(Kind.FOOTER, Place.FOOT)
def _footer__columns(w: _Maker) -> str:
    links = [f'<a href="/p/{at}/">{text}</a>' for at, text in enumerate(w.all("footer_links"))]
    return f"<div{w.c('footer-widgets row')}><div{w.c('col-md-4')}><p>{w.t('footer_text')}</p></div><div{w.c('col-md-4')}>{w.list(links, 'footer-menu')}</div></div>"


@_shape(Kind.FOOTER, Place.FOOT)
def _footer__line(w: _Maker) -> str:
    links = " | ".join(f'<a href="/p/{at}/">{text}</a>' for at, text in enumerate(w.all("footer_links")))
    return f"<p{w.c('legal')}>{links}</p>"


@_shape(Kind.FOOTER, Place.FOOT)
def _footer__disclaimer(w: _Maker) -> str:
    return f"<div{w.c('disclosure')}><p>{w.t('footer_text')} {w.t('privacy')}</p><p>{w.t('cookie_text')}</p></div>"


@_shape(Kind.FORM, Place.HEADER, Place.SIDE)
def _form__search(w: _Maker) -> str:
    return f'<form role="search"{w.c("search-form")}><label><span{w.c("screen-reader-text")}>{w.t("search")}</span><input type="search"></label><button>{w.t("search")}</button></form>'


@_shape(Kind.FORM, Place.BODY, Place.TAIL, Place.SIDE)
def _form__poll(w: _Maker) -> str:
    answers = "".join(f'<div><label><input type="radio" name="poll">{text}</label></div>' for text in w.all("poll_answers"))
    return f"<div{w.c('wp-polls poll')}><form><p{w.c('poll__question')}><strong>{w.t('poll_question')}</strong></p>{answers}</form></div>"


@_shape(Kind.FORM, Place.TAIL, Place.BELOW)
def _form__feedback(w: _Maker) -> str:
    yes, no = w.all("poll_answers")[:2]
    return f"<div{w.c('feedback-widget')}><p>{w.t('feedback')}</p><button>{yes}</button> <button>{no}</button></div>"


# --- What is not seen, what is another article, what nobody has a name for


@_shape(Kind.HIDDEN, Place.TOP, Place.ABOVE, *_AROUND, Place.END)
def _hidden__style(w: _Maker) -> str:
    return f'<div style="display: none"{w.c("js-fallback")}><p>{w.t("hidden_text")}</p></div>'


@_shape(Kind.HIDDEN, *_AROUND, Place.END)
def _hidden__attribute(w: _Maker) -> str:
    return f"<section hidden><h3>{w.t('related')}</h3><p>{w.t('hidden_text')}</p></section>"


@_shape(Kind.HIDDEN, Place.TOP, Place.BELOW, Place.END)
def _hidden__dialog(w: _Maker) -> str:
    texts = "".join(f"<p>{w.paragraph()}</p>" for _ in range(w.number(1, 3)))
    return f'<div id="modal-terms"{w.c("modal fade")} aria-hidden="true" style="display:none"><div{w.c("modal-body")}><h5>{w.t("login")}</h5>{texts}</div></div>'


@_shape(Kind.APPENDED_ARTICLE, Place.AFTER)
def _appended__article(w: _Maker) -> str:
    path, title = w.article()
    paragraphs = "".join(f"<p>{w.paragraph()}</p>\n" for _ in range(w.number(1, 6)))
    return (
        f'<article{w.c("post type-post hentry")} data-url="{path}"><header><h2{w.c("entry-title")}><a href="{path}">{title}</a></h2></header>'
        f"<div{w.c('entry-content')}>{paragraphs}</div></article>"
    )


@_shape(Kind.APPENDED_ARTICLE, Place.AFTER)
def _appended__teaser(w: _Maker) -> str:
    path, title = w.article()
    return (
        f'<div{w.c("infinite-scroll__item")}><h1><a href="{path}">{title}</a></h1><p>{w.t("by", name=w.name())}</p><p>{w.paragraph()}</p>'
        f'<a href="{path}"{w.c("btn")}>{w.t("more")}</a></div>'
    )


def _word(w: _Maker) -> str:
    return f"{w.pick(*_INVENTED)}-{w.pick(*_INVENTED)}"


@_shape(Kind.OTHER, *_INSIDE, Place.BELOW, Place.SIDE)
def _other__figures(w: _Maker) -> str:
    name = _word(w)
    lines = "".join(f'<div class="{name}__{at}">{line}</div>' for at, line in enumerate(w.all("side_lines")))
    return f'<div class="{name}"><div class="{name}__h">{w.t("side_title")}</div>{lines}</div>'


@_shape(Kind.OTHER, *_INSIDE, Place.BELOW)
def _other__custom_element(w: _Maker) -> str:
    name = _word(w)
    yes, no = w.all("poll_answers")[:2]
    return f'<{name} data-id="{w.number(1, 99)}"><span>{w.t("poll_question")}</span><b>{yes}</b><b>{no}</b><em>{w.number(10, 900)}</em></{name}>'


@_shape(Kind.OTHER, Place.TAIL, Place.BELOW)
def _other__link(w: _Maker) -> str:
    return f'<div class="{_word(w)}"><a href="/contact/?id=4512">{w.t("report")}</a></div>'


@_shape(Kind.OTHER, Place.BYLINE, *_INSIDE)
def _other__buttons(w: _Maker) -> str:
    return f'<div class="{_word(w)}"><button>A−</button><button>A+</button><a href="javascript:print()">⎙</a> <span>{w.number(0, 99)}</span></div>'


# Where a page builder or an advertising script put it.
_WRAPPERS = (
    "{}",
    "{}",
    "{}",
    "<div>{}</div>",
    '<div class="wp-block-group alignwide"><div class="wp-block-group__inner-container">{}</div></div>',
    '<div class="elementor-element elementor-widget"><div class="elementor-widget-container">{}</div></div>',
    '<div class="css-1vkm6nb"><div class="css-53u6y8">{}</div></div>',
    '<div class="row"><div class="col-12 col-lg-8">{}</div></div>',
    '<div class="et_pb_module et_pb_code"><div class="et_pb_code_inner">{}</div></div>',
    '<div class="td_block_wrap tdb_single_bg td-pb-border-top"><div class="tdb-block-inner td-fix-index">{}</div></div>',
    '<section data-testid="inline-module"><div>{}</div></section>',
)

SHAPES: Mapping[str, Kind] = MappingProxyType({name: entry.kind for name, entry in _ENTRIES.items()})


@st.composite
def _made(draw: DrawFn, names: Sequence[str], codes: SearchStrategy[str], about: About | None) -> Widget:
    entry = _ENTRIES[draw(st.sampled_from(names))]
    language = load_language(draw(codes))
    maker = _Maker(draw, language, about)
    html = entry.make(maker)
    html = draw(st.sampled_from(_WRAPPERS)).replace("{}", html)
    links = tuple(maker.links)
    return Widget(entry.kind, entry.name, language.code, html, entry.places, links, maker.authors, maker.published, maker.precision)


def widgets(
    kind: Kind | None = None,
    language: str | None = None,
    *,
    shapes: Collection[str] | None = None,
    place: Place | None = None,
    about: About | None = None,
) -> SearchStrategy[Widget]:
    """A piece of boilerplate.

    Args:
        kind: of this kind only. There is none of ``dropped``, which only a caller's own rules make.
        language: a code of ``LANGUAGES``, for its labels; any where it is not given.
        shapes: in these markups only, keys of ``SHAPES``.
        place: such as sites put in this place only.
        about: what the widget says of the page it stands on, such as a by-line.

    Raises:
        ValueError: there is no such language or shape, or no shape of this kind, in this place, among these.
    """
    unknown = set(shapes or ()) - set(SHAPES)
    if unknown:
        raise ValueError(f"no shapes {sorted(unknown)}: see newsparse.testing.SHAPES")
    names = [
        name
        for name, entry in _ENTRIES.items()
        if kind in (None, entry.kind) and (shapes is None or name in shapes) and (place is None or place in entry.places)
    ]
    if not names:
        raise ValueError(f"no shape of kind {kind} for place {place} among {'all' if shapes is None else sorted(shapes)}")
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"no language {language!r}: there are {', '.join(LANGUAGES)}")
    return _made(names, languages() if language is None else st.just(language), about)
