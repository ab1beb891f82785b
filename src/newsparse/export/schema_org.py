"""An article as a schema.org ``NewsArticle`` in JSON-LD."""

from datetime import datetime
from typing import Any

from newsparse.export.common import iso_date
from newsparse.model import Article, Author, AuthorType, DatePrecision, Image

_AUTHOR_TYPES = {AuthorType.PERSON: "Person", AuthorType.ORGANIZATION: "Organization"}


def to_schema_org(article: Article) -> dict[str, Any]:
    """The ``NewsArticle``; what the page does not state is left out."""
    url = article.canonical_url or article.url
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        **_present(
            headline=article.title,
            alternativeHeadline=article.subtitle,
            description=article.summary,
            articleBody=article.text,
            author=[_author(author) for author in article.authors],
            datePublished=article.published and _date(article.published, article.published_precision),
            dateModified=article.modified and _date(article.modified, article.modified_precision),
            image=[_image(image) for image in _images(article)],
            inLanguage=article.language,
            publisher=article.site_name and {"@type": "Organization", "name": article.site_name},
            articleSection=article.section,
            keywords=[tag for tag in article.tags if tag],
            url=url,
            mainEntityOfPage=url,
            isAccessibleForFree=article.is_free,
        ),
    }


def _date(moment: datetime, precision: DatePrecision | None) -> str:
    # schema.org's DateTime always has seconds; a Date is a type of its own.
    return iso_date(moment, DatePrecision.DAY if precision is DatePrecision.DAY else DatePrecision.SECOND)


def _author(author: Author) -> dict[str, Any]:
    return {"@type": _AUTHOR_TYPES[author.type], **_present(name=author.name, url=author.url)}


def _images(article: Article) -> dict[Image, None]:
    """The images once each, the lead image first."""
    lead = (article.image,) if article.image else ()
    return dict.fromkeys((*lead, *article.images))


def _image(image: Image) -> dict[str, Any]:
    stated = _present(url=image.url, caption=image.caption, creditText=image.credit, width=image.width, height=image.height)
    return {"@type": "ImageObject", **stated}


def _present(**properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
