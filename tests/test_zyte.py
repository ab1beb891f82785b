from datetime import datetime

import pytest

from newsparse import Article, PageKind, parse

zyte = pytest.importorskip("newsparse.contrib.zyte", exc_type=ImportError)

URL = "https://dailyferry.example/late"
TEXT = "The ferry left the pier an hour late because of ice on the river, and its passengers waited in the hall for it. " * 2


def page(*, published: str = "", modified: str = "") -> str:
    dates = "".join(f', "{key}": "{value}"' for key, value in (("datePublished", published), ("dateModified", modified)) if value)
    data = f'{{"@type": "NewsArticle", "headline": "Ferry leaves late", "author": {{"name": "Ann Lee"}}{dates}}}'
    video = "<iframe src=https://www.youtube.com/embed/x1></iframe>"
    return (
        f"<html lang=en-GB><head><script type=application/ld+json>{data}</script><link rel=canonical href=/canonical></head>"
        f"<body><article><h1>Ferry leaves late</h1><p>{TEXT}</p>{video}<p>{TEXT}</p></article></body></html>"
    )


def test_names_and_meanings_are_theirs() -> None:
    item = zyte.to_zyte(
        parse(page(published="2024-05-03T10:15:30.5+00:00", modified="2024-05-04"), url=URL), downloaded=datetime(2024, 5, 6, 12)
    )
    assert (item.url, item.canonicalUrl) == (URL, "https://dailyferry.example/canonical")
    assert (item.headline, item.inLanguage, [author.name for author in item.authors]) == ("Ferry leaves late", "en", ["Ann Lee"])
    assert (item.datePublished, item.datePublishedRaw) == ("2024-05-03T10:15:30Z", "2024-05-03T10:15:30.5+00:00")
    assert (item.dateModified, item.dateModifiedRaw) == ("2024-05-04T00:00:00", "2024-05-04")
    assert item.articleBody.startswith("The ferry left")
    assert "<p>" in item.articleBodyHtml
    assert item.metadata.dateDownloaded == "2024-05-06T12:00:00Z"
    assert [video.url for video in item.videos] == ["https://www.youtube.com/embed/x1"]
    assert item.images is None


def test_published_is_never_filled_from_modified() -> None:
    item = zyte.to_zyte(parse(page(modified="2024-05-04"), url=URL))
    assert (item.datePublished, item.dateModified) == (None, "2024-05-04T00:00:00")


def test_the_url_is_the_given_one_else_the_pages_own() -> None:
    article = parse(page())
    assert zyte.to_zyte(article, url=URL).url == URL
    with pytest.raises(zyte.NoUrlError):
        zyte.to_zyte(Article(PageKind.EMPTY))
    assert zyte.to_zyte(Article(PageKind.EMPTY, canonical_url=URL)).url == URL
