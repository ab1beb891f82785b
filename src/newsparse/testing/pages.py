"""Whole news pages with a known truth: a story in a site's layout, what stands around it, and metadata that may be missing or wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from types import MappingProxyType

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from newsparse.model import (
    Block,
    BoilerplateKind,
    DatePrecision,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Relation,
    Run,
    Table,
    TableCell,
)
from newsparse.testing.text import STARTS, Language, Script, languages, load_language, paragraph_of
from newsparse.testing.truth import Place, Placed, Truth, Widget, kinds_of
from newsparse.testing.widgets import SHAPES, SITE, About, widgets

_MOST_PARAGRAPHS = 8
_ZONES = (None, UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=5)))


@attrs.frozen
class Head:
    """A page's metadata.

    Attributes:
        title: of ``<title>``; ``None`` where there is none.
        open_graph: with Open Graph's and the usual meta elements.
        json_ld: with a JSON-LD article.
        body_in_data: whether the JSON-LD holds the body.
        named: the author that the metadata name; a site's name or another word where they are wrong.
        headline: Open Graph's title; another one than the page's where the metadata contradict it.
        data_headline: the JSON-LD's.
        description: of the article.
        others: a JSON-LD list of other articles before the article's own.
    """

    title: str | None = None
    open_graph: bool = False
    json_ld: bool = False
    body_in_data: bool = False
    named: str | None = None
    headline: str | None = None
    data_headline: str | None = None
    description: str | None = None
    others: tuple[str, ...] = ()


@attrs.frozen
class Draft:
    """What a page is made from; ``render`` makes it.

    Attributes:
        language: of the article.
        url: of the page.
        title: the headline.
        title_tag: the element that it stands in: ``h1``, ``h2`` or ``div``.
        subtitle: the standfirst, or ``None``.
        blocks: the article's body.
        author: who wrote it.
        published: when it was published.
        layout: the site's template, of ``LAYOUTS``.
        markup: how the template marks up a paragraph, of ``MARKUPS``.
        head: the metadata.
        widgets: everything that is not the article, each in its place, in order.
    """

    language: str
    url: str
    title: str
    title_tag: str
    subtitle: str | None
    blocks: tuple[Block, ...]
    author: str
    published: datetime
    layout: str
    markup: str
    head: Head
    widgets: tuple[Placed, ...] = ()

    def render(self) -> NewsPage:
        """The page."""
        return NewsPage(_html(self), self.url, _truth(self), self)


@attrs.frozen
class NewsPage:
    """A news page.

    Attributes:
        html: the page.
        url: where it was.
        truth: what is true of it.
        draft: what it was made from.
    """

    html: str
    url: str
    truth: Truth
    draft: Draft

    @property
    def widgets(self) -> tuple[Placed, ...]:
        """Everything that is not the article, each in its place."""
        return self.draft.widgets

    def with_widgets(self, widgets: Iterable[Placed]) -> NewsPage:
        """The same article with these widgets instead of its own."""
        return attrs.evolve(self.draft, widgets=tuple(widgets)).render()


# --- Rendering


def _html(draft: Draft) -> str:
    language = load_language(draft.language)
    parts = {place.value: _at(draft, place) for place in Place if place is not Place.BODY}
    classes = {"h1": "entry-title", "h2": "entry-title article-title", "div": "headline article__headline"}
    headline = f'<{draft.title_tag} class="{classes[draft.title_tag]}">{escape(draft.title, quote=False)}</{draft.title_tag}>'
    standfirst = f'<p class="standfirst article__subtitle">{escape(draft.subtitle, quote=False)}</p>' if draft.subtitle else ""
    content = LAYOUTS[draft.layout].format(
        headline=headline, standfirst=standfirst, text=_text(draft), site=language.labels["site"][0], **parts
    )
    attributes = f' lang="{draft.language}"' + (' dir="rtl"' if language.direction == "rtl" else "")
    return f"<!DOCTYPE html>\n<html{attributes}>\n<head>\n{_head(draft, language)}</head>\n{content}\n</html>\n"


def _at(draft: Draft, place: Place, at: int | None = None) -> str:
    return "".join(f"{item.widget.html}\n" for item in draft.widgets if item.place is place and at in (None, item.at))


def _text(draft: Draft) -> str:
    """The body's blocks with the widgets between them, in the markup's own elements."""
    render = MARKUPS[draft.markup]
    between = [_at(draft, Place.BODY, at) for at in range(len(draft.blocks) + 1)]
    beyond = "".join(f"{item.widget.html}\n" for item in draft.widgets if item.place is Place.BODY and item.at > len(draft.blocks))
    return render([_block(block) for block in draft.blocks], between) + beyond


def _runs(runs: Iterable[Run]) -> str:
    html = ""
    for run in runs:
        text = escape(run.text, quote=False)
        text = f"<em>{text}</em>" if run.emphasis else text
        text = f"<strong>{text}</strong>" if run.strong else text
        html += f'<a href="{escape(run.href)}">{text}</a>' if run.href else text
    return html


def _block(block: Block) -> tuple[bool, str]:
    """Whether it is a paragraph, for which each markup has its own element, and its markup without that."""
    match block:
        case Heading():
            return False, f"<h{block.level}>{_runs(block.runs)}</h{block.level}>"
        case Quote():
            return False, f"<blockquote><p>{_runs(block.runs)}</p></blockquote>"
        case ListBlock():
            tag = "ol" if block.ordered else "ul"
            return False, f"<{tag}>" + "".join(f"<li>{_runs(item.runs)}</li>\n" for item in block.items) + f"</{tag}>"
        case Table():
            return False, f"<table><tbody>{''.join(map(_row, block.rows))}</tbody></table>"
        case Figure():
            image = block.image
            caption = f"<figcaption>{escape(image.caption, quote=False)}</figcaption>" if image.caption else ""
            return False, f'<figure><img src="{image.url}" width="{image.width}" height="{image.height}" alt="">{caption}</figure>'
        case Paragraph():
            return True, _runs(block.runs)
    raise TypeError(f"no markup for {type(block).__name__}")


def _row(row: Iterable[TableCell]) -> str:
    return (
        "<tr>"
        + "".join(f"<{'th' if cell.header else 'td'}>{_runs(cell.runs)}</{'th' if cell.header else 'td'}>" for cell in row)
        + "</tr>\n"
    )


_Blocks = Sequence[tuple[bool, str]]
_Markup = Callable[[_Blocks, Sequence[str]], str]


def _each(paragraph: str, other: str = "{}") -> _Markup:
    """Every paragraph in the same elements."""

    def render(blocks: _Blocks, between: Sequence[str]) -> str:
        html = between[0]
        for (is_paragraph, block), after in zip(blocks, between[1:], strict=True):
            html += (paragraph if is_paragraph else other).replace("{}", block) + "\n" + after
        return html

    return render


def _chunks(blocks: _Blocks, between: Sequence[str]) -> str:
    """Groups of three blocks, each in a container of its own, with the widgets between the groups where they fall there."""
    html = between[0]
    for first in range(0, len(blocks), 3):
        group, after = blocks[first : first + 3], between[first + 1 : first + 4]
        inner = ""
        for (is_paragraph, block), widget in zip(group, [*after[:-1], ""], strict=True):
            inner += (f'<p class="css-at9mc1 evys1bk0">{block}</p>' if is_paragraph else block) + "\n" + widget
        html += f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{inner}</div></div>\n{after[-1]}'
    return html


# How a template marks up its paragraphs, and the blocks that have an element of their own.
MARKUPS: Mapping[str, _Markup] = MappingProxyType(
    {
        "p": _each("<p>{}</p>"),
        "p_class": _each('<p class="paragraph paragraph--lite">{}</p>'),
        "p_span": _each('<p dir="auto"><span style="font-size: 14pt;">{}</span></p>'),
        "div": _each("<div>{}</div>"),
        "div_class": _each('<div class="text-block_textBlock__x3kQ9">{}</div>', '<div class="richtext">{}</div>'),
        "br": _each("{}<br><br>"),
        "br_span": _each("<span>{}</span><br />\n<br />"),
        "wrapped": _each(
            '<div class="field__item"><div class="paragraph--type--text"><p>{}</p></div></div>', '<div class="field__item">{}</div>'
        ),
        "section": _each('<section class="slice slice-text"><div><p>{}</p></div></section>', '<section class="slice">{}</section>'),
        "chunks": _chunks,
    }
)

# Where a site's template puts the article and the places around it. All the names are those of real themes and publishers.
LAYOUTS: Mapping[str, str] = MappingProxyType(
    {
        "wordpress": """<body class="post-template-default single single-post postid-4512">
{top}<div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">{site}</a></p>
{header}</header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-4512" class="post-4512 post type-post status-publish format-standard hentry">
{above}<header class="entry-header">{headline}{standfirst}
{byline}</header>
<div class="entry-content">
{lead}{text}{tail}</div>
<footer class="entry-footer">{below}</footer></article>
{after}</main></div>
<aside id="secondary" class="widget-area">{side}</aside></div>
<footer id="colophon" class="site-footer">{foot}</footer></div>
{end}</body>""",
        "publisher": """<body class="page page--article">
{top}<header class="c-header"><a class="c-header__logo" href="/">{site}</a>{header}</header>
<main class="l-main"><div class="l-grid"><article class="c-article" itemscope itemtype="https://schema.org/NewsArticle">
<div class="c-article__head">{above}{headline}{standfirst}{byline}</div>
<div class="c-article__body" itemprop="articleBody">
{lead}{text}{tail}</div>
<div class="c-article__foot">{below}</div></article>
<aside class="l-grid__rail">{side}</aside></div>
<div class="l-onward">{after}</div></main>
<footer class="c-footer">{foot}</footer>
{end}</body>""",
        "react": """<body><div id="__next">{top}<div class="css-1j8o68f"><div class="css-1q1x1ux"><a href="/">{site}</a>{header}</div>
<div class="css-1yxu27x"><div class="css-8atqhb">{above}<div class="css-1vd84sn">{headline}{standfirst}</div><div class="css-18e8msd">{byline}</div>
<div class="css-53u6y8">
{lead}{text}{tail}</div>
<div class="css-1r7ky0e">{below}</div></div><div class="css-13o6u42">{side}</div></div>
<div class="css-rq4mmj">{after}</div><div class="css-1e1s8k7">{foot}</div></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{}}}}}}</script>{end}</body>""",
        "table": """<body bgcolor="#ffffff">{top}<table width="980" align="center" cellpadding="0"><tr><td colspan="3"><b>{site}</b>{header}</td></tr>
<tr><td width="160" valign="top">{side}</td><td valign="top" width="620">{above}{headline}{standfirst}
{byline}<div id="news_text">
{lead}{text}{tail}</div>
{below}{after}</td></tr><tr><td colspan="3" align="center">{foot}</td></tr></table>
{end}</body>""",
        "plain": """<body>{top}<div id="header"><a href="/">{site}</a>{header}</div>
<div id="wrapper"><div id="content">{above}{headline}{standfirst}{byline}
{lead}{text}{tail}{below}</div>
<div id="sidebar">{side}</div></div>{after}<div id="footer">{foot}</div>{end}</body>""",
        "flat": """<body class="article-page">{top}<header role="banner"><a href="/">{site}</a>{header}</header>
<main><article>{above}{headline}{standfirst}{byline}
{lead}{text}{tail}{below}
{after}</article>{side}</main><footer>{foot}</footer>{end}</body>""",
        "elementor": """<body class="elementor-default single-post">{top}
<div data-elementor-type="header" class="elementor elementor-location-header"><section class="elementor-section"><div class="elementor-container">
<div class="elementor-column"><div class="elementor-widget-wrap"><a href="/">{site}</a>{header}</div></div></div></section></div>
<div data-elementor-type="single-post" class="elementor elementor-location-single"><section class="elementor-section elementor-top-section">
<div class="elementor-container elementor-column-gap-default"><div class="elementor-column elementor-col-66"><div class="elementor-widget-wrap">
{above}<div class="elementor-widget elementor-widget-theme-post-title"><div class="elementor-widget-container">{headline}{standfirst}</div></div>
{byline}<div class="elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container">
{lead}{text}{tail}</div></div>
{below}</div></div><div class="elementor-column elementor-col-33"><div class="elementor-widget-wrap">{side}</div></div></div></section>
<section class="elementor-section"><div class="elementor-container">{after}</div></section></div>
<footer data-elementor-type="footer" class="elementor elementor-location-footer">{foot}</footer>{end}</body>""",
        "newspaper": """<body class="td-standard-pack tdb-template">{top}<div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-template-wrap">
<a class="tdb-logo-a" href="/">{site}</a>{header}</div><div id="tdb-autoload-article"><div class="td-main-content-wrap"><div class="tdc-content-wrap">
<article class="td-post-template-default"><div class="vc_row tdi_12"><div class="vc_column tdi_14 td-pb-span8"><div class="wpb_wrapper">
{above}<div class="td_block_wrap tdb_title"><div class="tdb-block-inner td-fix-index">{headline}</div></div>{standfirst}{byline}
<div class="td_block_wrap tdb_single_content td-post-content tagdiv-type"><div class="tdb-block-inner td-fix-index">
{lead}{text}{tail}</div></div>
{below}</div></div><div class="vc_column tdi_40 td-pb-span4 td-is-sticky"><div class="wpb_wrapper">{side}</div></div></div></article>
{after}</div></div></div><div class="td-footer-template-wrap">{foot}</div></div>{end}</body>""",
    }
)


def _head(draft: Draft, language: Language) -> str:
    head = draft.head
    site = language.labels["site"][0]
    lines = ['<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">']
    if head.title is not None:
        lines.append(f"<title>{escape(head.title, quote=False)}</title>")
    if head.open_graph:
        stated = {
            "og:type": "article",
            "og:title": head.headline or draft.title,
            "og:url": draft.url,
            "og:site_name": site,
            "og:description": head.description,
            "article:published_time": draft.published.isoformat(),
        }
        lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in stated.items() if value]
        if head.named:
            lines.append(f'<meta name="author" content="{escape(head.named)}">')
        lines.append(f'<link rel="canonical" href="{draft.url}">')
    if head.json_ld:
        lines += [_script(_listed(head.others))] if head.others else []
        lines.append(_script(_article_data(draft, head.data_headline or draft.title, site)))
    lines.append("<style>.entry-content p{margin:0 0 1em}</style><script>window.dataLayer=window.dataLayer||[];</script>")
    return "".join(f"{line}\n" for line in lines)


def _script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _listed(titles: Iterable[str]) -> object:
    items = [{"@type": "ListItem", "position": at, "item": {"@type": "NewsArticle", "headline": text}} for at, text in enumerate(titles, 1)]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}


def _article_data(draft: Draft, headline: str, site: str) -> object:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": draft.published.isoformat(),
        "publisher": {"@type": "Organization", "name": site},
        "mainEntityOfPage": draft.url,
    }
    if draft.head.named:
        data["author"] = [{"@type": "Person", "name": draft.head.named}]
    if draft.head.body_in_data:
        data["articleBody"] = "\n\n".join(text for block in draft.blocks if (text := block.text))
    return data


# --- The truth


def _truth(draft: Draft) -> Truth:
    found = [item.widget for place in Place for item in _ordered(draft, place)]
    links = [link for widget in found for link in widget.links]
    adjacent = {
        relation: next((link for link in links if link.relation is relation), None) for relation in (Relation.PREVIOUS, Relation.NEXT)
    }
    dated = next((widget for widget in found if widget.published), None)
    stated = draft.head.open_graph or draft.head.json_ld
    authors = next((widget.authors for widget in found if widget.authors), ())
    if not authors and stated and draft.head.named in (draft.author, load_language(draft.language).labels["site"][0]):
        authors = (draft.head.named,)
    published, precision = (draft.published, _precision(draft.published)) if stated else (None, None)
    if published is None and dated is not None:
        published, precision = dated.published, dated.precision
    own = [line for block in draft.blocks for line in block.text.split("\n")]
    return Truth(
        title=draft.title,
        subtitle=draft.subtitle,
        blocks=draft.blocks,
        authors=authors,
        published=published,
        published_precision=precision,
        previous=adjacent[Relation.PREVIOUS],
        next=adjacent[Relation.NEXT],
        related=tuple(link for link in links if link.relation in (Relation.RELATED, Relation.INLINE_TEASER)),
        kinds=kinds_of(found, [*own, draft.title, *filter(None, [draft.subtitle])]),
    )


def _ordered(draft: Draft, place: Place) -> list[Placed]:
    return sorted((item for item in draft.widgets if item.place is place), key=lambda item: item.at)


def _precision(moment: datetime) -> DatePrecision:
    return DatePrecision.SECOND if moment.second else DatePrecision.MINUTE


# --- Drawing


@attrs.frozen
class _Story:
    """Sentences in order, none of them twice."""

    language: Language
    start: int
    told: list[int] = attrs.field(factory=lambda: [0])

    def paragraph(self, count: int) -> str:
        text, used = paragraph_of(self.language, self.start, self.told[0], count)
        self.told[0] += used
        return text

    def sentence(self) -> str:
        self.told[0] += 1
        return self.language.sentence(self.start, self.told[0] - 1)


def _styled(draw: DrawFn, text: str) -> tuple[Run, ...]:
    """A paragraph's text with, now and then, a link or a few strong or emphasized words in it."""
    style = draw(st.sampled_from(("", "", "", "", "link", "strong", "emphasis")))
    third = len(text) // 3
    first = text.find(" ", third)
    last = text.find(" ", first + 12)
    if not style or first < 0 or last < 0:
        return (Run(text),)
    inner = text[first + 1 : last]
    run = Run(inner, f"{SITE}/topic/31/" if style == "link" else None, style == "strong", style == "emphasis")
    return Run(text[: first + 1]), run, Run(text[last:])


@st.composite
def _blocks(draw: DrawFn, language: Language, least: int, most: int) -> tuple[Block, ...]:
    story = _Story(language, draw(STARTS))
    blocks: list[Block] = []
    for at in range(draw(st.integers(least, most))):
        extra = draw(st.sampled_from((None,) * 9 + ("heading", "quote", "list", "table", "figure", "short"))) if at else None
        if extra is not None:
            blocks.append(_extra(draw, extra, language, story))
        blocks.append(Paragraph(_styled(draw, story.paragraph(draw(st.integers(1, 3))))))
    return tuple(blocks)


def _extra(draw: DrawFn, kind: str, language: Language, story: _Story) -> Block:
    """A block that is no long paragraph."""
    match kind:
        case "heading":
            return Heading((Run(draw(st.sampled_from(language.phrases("headings")))),), draw(st.sampled_from((2, 3))))
        case "quote":
            return Quote((Run(story.sentence()),))
        case "list":
            items = (ListItem((Run(story.sentence()),)) for _ in range(draw(st.integers(2, 4))))
            return ListBlock(tuple(items), draw(st.booleans()))
        case "table":
            rows = ((name, str(draw(st.integers(100, 9999)))) for name in language.phrases("who")[:3])
            return Table(tuple(tuple(TableCell((Run(text),)) for text in row) for row in rows))
        case "figure":
            caption = story.sentence() if draw(st.booleans()) else None
            return Figure(Image(f"{SITE}/images/harbour.jpg", caption, None, None, 1200, 800))
    return Paragraph((Run(story.sentence()),))


@st.composite
def _heads(draw: DrawFn, language: Language, title: str, author: str, lead: str) -> Head:
    """Metadata: complete, partial, missing, or such as contradict the page."""
    site = language.labels["site"][0]
    other = draw(st.sampled_from(language.link_titles()))
    kind = draw(st.sampled_from(("full", "full", "open_graph", "json_ld", "title", "none", "wrong")))
    named = f"{title} {draw(st.sampled_from(('|', '-', '–', '»')))} {site}" if draw(st.booleans()) else title
    description = draw(st.sampled_from((None, lead, f"{title}. {lead}"[:120])))
    if kind == "none":
        return Head()
    if kind == "title":
        return Head(named)
    head = Head(named, kind != "json_ld", kind != "open_graph", draw(st.booleans()), author, description=description)
    if kind != "wrong":
        return head
    longer = f"{title}: {draw(st.sampled_from(language.phrases('headings')))}"
    titles = (  # for search engines, for other sites, and left over from another article
        (longer, title, longer),
        (named, f"{title} | {site}", title),
        (site, longer, title),
        (named, title, other),
        (named, other, title),
    )
    shown, headline, data_headline = draw(st.sampled_from(titles))
    return attrs.evolve(
        head,
        title=shown,
        headline=headline,
        data_headline=data_headline,
        named=draw(st.sampled_from((site, "admin", None))),
        others=tuple(language.link_titles()[:3]) if draw(st.booleans()) else (),
    )


# What a site usually puts where, and how often out of ten.
_USUAL: tuple[tuple[Place, BoilerplateKind, int], ...] = (
    (Place.TOP, BoilerplateKind.SKIP_LINK, 3),
    (Place.TOP, BoilerplateKind.COOKIE, 2),
    (Place.HEADER, BoilerplateKind.NAVIGATION, 9),
    (Place.HEADER, BoilerplateKind.FORM, 3),
    (Place.ABOVE, BoilerplateKind.BREADCRUMBS, 5),
    (Place.BYLINE, BoilerplateKind.BYLINE, 8),
    (Place.BYLINE, BoilerplateKind.SHARE, 4),
    (Place.BYLINE, BoilerplateKind.LISTEN, 2),
    (Place.LEAD, BoilerplateKind.SUMMARY_PROMPT, 2),
    (Place.BODY, BoilerplateKind.ADVERTISEMENT, 4),
    (Place.BODY, BoilerplateKind.INLINE_TEASER, 3),
    (Place.BODY, BoilerplateKind.NEWSLETTER, 2),
    (Place.TAIL, BoilerplateKind.SUMMARY_PROMPT, 1),
    (Place.BELOW, BoilerplateKind.TAGS, 5),
    (Place.BELOW, BoilerplateKind.SHARE, 4),
    (Place.BELOW, BoilerplateKind.AUTHOR_BIO, 3),
    (Place.BELOW, BoilerplateKind.PREVIOUS_NEXT, 5),
    (Place.AFTER, BoilerplateKind.RELATED, 6),
    (Place.AFTER, BoilerplateKind.COMMENTS, 4),
    (Place.SIDE, BoilerplateKind.MOST_READ, 6),
    (Place.SIDE, BoilerplateKind.ADVERTISEMENT, 4),
    (Place.SIDE, BoilerplateKind.NEWSLETTER, 2),
    (Place.FOOT, BoilerplateKind.FOOTER, 8),
    (Place.FOOT, BoilerplateKind.COPYRIGHT, 8),
    (Place.END, BoilerplateKind.COOKIE, 3),
)


@st.composite
def _label_languages(draw: DrawFn, language: str) -> str:
    """The language of a widget's labels: the page's, or that of a plug-in that nobody translated."""
    chosen: str = draw(st.sampled_from((language,) * 6 + ("en",)))
    return chosen


def _usual_place(draw: DrawFn, widget: Widget, blocks: int, place: Place | None = None) -> Placed:
    """A place where sites put such a widget."""
    place = draw(st.sampled_from(widget.places)) if place is None else place
    return Placed(widget, place, draw(st.integers(1, max(1, blocks - 1))) if place is Place.BODY else 0)


def _about(draft: Draft) -> About:
    return About(draft.title, draft.author, draft.published)


@st.composite
def _furniture(draw: DrawFn, draft: Draft, shapes: Collection[str]) -> tuple[Placed, ...]:
    """What a site puts around an article, everything in its usual place."""
    placed = []
    for place, kind, tenths in _USUAL:
        if draw(st.integers(0, 9)) < 10 - tenths:
            continue
        names = [name for name in shapes if SHAPES[name] is kind]
        language = draw(_label_languages(draft.language))
        try:
            found = widgets(kind, language, shapes=names, place=place, about=_about(draft))
        except ValueError:  # none of these shapes stands here
            continue
        placed.append(_usual_place(draw, draw(found), len(draft.blocks), place))
    return tuple(placed)


@st.composite
def _drawn(draw: DrawFn, codes: SearchStrategy[str], least: int, most: int, shapes: Collection[str]) -> NewsPage:
    code = draw(codes)
    language = load_language(code)
    title = draw(st.sampled_from(language.titles()))
    author = draw(st.sampled_from(language.phrases("names")))
    moment = draw(st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 31))).replace(microsecond=0)
    if draw(st.booleans()):
        moment = moment.replace(second=0)
    moment = moment.replace(tzinfo=draw(st.sampled_from(_ZONES)))
    blocks = draw(_blocks(language, least, most))
    lead = next(block.text for block in blocks if isinstance(block, Paragraph))
    head = draw(_heads(language, title, author, lead))
    draft = Draft(
        language=code,
        url=f"{SITE}/{draw(st.sampled_from(('region', 'news', '2026/01')))}/{draw(st.integers(5000, 9999))}/",
        title=title,
        title_tag="h1" if head.title is None else draw(st.sampled_from(("h1",) * 6 + ("h2", "div"))),
        subtitle=language.sentence(draw(STARTS), 40) if draw(st.sampled_from((False, False, False, True))) else None,
        blocks=blocks,
        author=author,
        published=moment,
        layout=draw(st.sampled_from(tuple(LAYOUTS))),
        markup=draw(st.sampled_from(tuple(MARKUPS))),
        head=head,
    )
    return attrs.evolve(draft, widgets=draw(_furniture(draft, shapes))).render()


def news_pages(
    *,
    language: str | None = None,
    script: Script | str | None = None,
    min_paragraphs: int = 3,
    max_paragraphs: int = _MOST_PARAGRAPHS,
    shapes: Collection[str] | None = None,
) -> SearchStrategy[NewsPage]:
    """A whole news page, with what is true of it.

    Args:
        language: a code of ``LANGUAGES``; any where it is not given.
        script: a writing system, instead of a language.
        min_paragraphs: so many paragraphs of 25 words or more at least.
        max_paragraphs: and so many at most, with short paragraphs, headings, quotes, lists, tables and figures between them.
        shapes: keys of ``SHAPES``; no other widgets stand around the article. An empty collection gives pages without any.

    Raises:
        ValueError: there is no such language, script or shape.
    """
    names = tuple(SHAPES) if shapes is None else tuple(shapes)
    unknown = set(names) - set(SHAPES)
    if unknown:
        raise ValueError(f"no shapes {sorted(unknown)}: see newsparse.testing.SHAPES")
    codes = languages(script) if language is None else st.just(load_language(language).code)
    return _drawn(codes, min_paragraphs, max_paragraphs, names)


@st.composite
def placements(draw: DrawFn, page: NewsPage, *, shapes: Collection[str] | None = None) -> Placed:
    """A widget in a place of ``page`` where sites put such a widget; it speaks of this page's title and author where it does at all."""
    language = draw(_label_languages(page.draft.language))
    return _usual_place(draw, draw(widgets(language=language, shapes=shapes, about=_about(page.draft))), len(page.draft.blocks))


@st.composite
def rearranged(draw: DrawFn, page: NewsPage, *, shapes: Collection[str] | None = None, max_inserted: int = 3) -> NewsPage:
    """The article of ``page`` with other boilerplate around it: some widgets deleted, some in another usual place, some new.

    Args:
        draw: given by hypothesis.
        page: the page as it was.
        shapes: of the inserted widgets; any where they are not given.
        max_inserted: so many new widgets at most.
    """
    kept = [item for item in page.widgets if draw(st.integers(0, 3))]
    moved = [_usual_place(draw, item.widget, len(page.draft.blocks)) if not draw(st.integers(0, 3)) else item for item in kept]
    added = [draw(placements(page, shapes=shapes)) for _ in range(draw(st.integers(0, max_inserted)))]
    return page.with_widgets(draw(st.permutations([*moved, *added])))
