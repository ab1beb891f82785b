"""Articles as `zyte-common-items <https://zyte-common-items.readthedocs.io>`_ has them.

``pip install "newsparse[zyte]"``. The names and meanings are theirs, with one difference that is kept on purpose: ``datePublished`` is
never filled from ``dateModified``. A page that states only when it was changed has no ``datePublished`` here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from zyte_common_items import Article as ZyteArticle
from zyte_common_items import ArticleMetadata, Author, Breadcrumb, Image, Video

from newsparse.model import Article, Embed, Link
from newsparse.model import Author as OwnAuthor
from newsparse.model import Image as OwnImage

_VIDEO = re.compile(r"https?://(?:[\w-]+\.)*(?:youtube|youtube-nocookie|youtu|vimeo|dailymotion|twitch|wistia)\.\w+/", re.IGNORECASE)


class NoUrlError(ValueError):
    """The article has no URL, and zyte-common-items' ``Article`` requires one."""


def to_zyte(article: Article, *, url: str | None = None, downloaded: datetime | None = None) -> ZyteArticle:
    """The article as a zyte-common-items ``Article``.

    ``datePublished`` and ``dateModified`` are in ISO 8601 with a time, as theirs are: a date without one is at midnight. A zone is there
    exactly where the page states one. ``inLanguage`` is the language alone, without region. ``articleBody`` is the text with headings,
    without captions; ``articleBodyHtml`` has them. ``description`` is the summary, else the subtitle.

    Args:
        article: what ``newsparse.parse`` gives.
        url: of the final response. Without it, the URL that ``parse`` was given is used, else the page's canonical URL.
        downloaded: when the page was fetched, for ``metadata.dateDownloaded``. A naive one is taken for UTC.

    Raises:
        NoUrlError: there is no URL in any of these places.
    """
    address = url or article.url or article.canonical_url
    if not address:
        raise NoUrlError("zyte-common-items' Article requires a URL: give it to parse() or to to_zyte()")
    return ZyteArticle(
        url=address,
        headline=article.title,
        datePublished=_date(article.published),
        datePublishedRaw=_raw(article, "published"),
        dateModified=_date(article.modified),
        dateModifiedRaw=_raw(article, "modified"),
        authors=[_author(author) for author in article.authors] or None,
        breadcrumbs=[_breadcrumb(link) for link in article.breadcrumbs] or None,
        inLanguage=article.language.partition("-")[0] if article.language else None,
        mainImage=_image(article.image) if article.image else None,
        images=[_image(image) for image in article.images] or None,
        description=article.summary or article.subtitle,
        articleBody=article.text or None,
        articleBodyHtml=article.to_html() if article.body else None,
        videos=[Video(block.url) for block in article.body if isinstance(block, Embed) and block.url and _is_video(block.url)] or None,
        canonicalUrl=article.canonical_url,
        metadata=ArticleMetadata(dateDownloaded=_utc(downloaded)) if downloaded else None,
    )


def _date(moment: datetime | None) -> str | None:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z") if moment else None


def _utc(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _raw(article: Article, field: str) -> str | None:
    found = article.evidence_for(field)
    return found.raw if found else None


def _is_video(url: str | None) -> bool:
    return url is not None and bool(_VIDEO.match(url))


def _author(author: OwnAuthor) -> Author:
    return Author(name=author.name, nameRaw=author.name, url=author.url)


def _breadcrumb(link: Link) -> Breadcrumb:
    return Breadcrumb(name=link.title, url=link.url)


def _image(image: OwnImage) -> Image:
    return Image(url=image.url)
