"""newsparse as an extractor for scorers that take ``extract(html, url) -> dict``; it only renames."""

from typing import Any

from newsparse import Article, Link, parse


def _url(link: Link | None) -> str | None:
    return link.url if link else None


def extract(html: bytes, url: str | None = None) -> dict[str, Any]:
    """The article of a page under the scorer's names."""
    return output_of(parse(html, url=url))


def output_of(article: Article) -> dict[str, Any]:
    """An article under the scorer's names, however it was parsed."""
    return {
        "body": article.text,
        "blocks": [block.text for block in article.body],
        "kind": article.kind.value,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": [author.name for author in article.authors],
        "date": article.published,
        "image": article.image.url if article.image else None,
        "tags": list(article.tags),
        "images": [image.url for image in article.images],
        "previous": _url(article.previous),
        "next": _url(article.next),
        "related": [link.url for link in article.related if link.url],
    }
