"""Links as a page has them to absolute URLs."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

import attrs

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers drop these wherever they stand in a URL (https://url.spec.whatwg.org/#url-parsing).
_IGNORED = re.compile(r"[\t\r\n]+")


@attrs.frozen
class Base:
    """What relative links are resolved against, read once a page.

    Attributes:
        url: the absolute URL of the page, or of its ``<base href>``.
        page: ``url`` without a place in the page.
        origin: scheme and host of ``url``, as in ``https://example.com``.
        host: the host's name in lower case, without port.
    """

    url: str
    page: str
    origin: str
    host: str


def base_of(url: str | None, base_href: str | None = None) -> Base | None:
    """The base of a page at ``url`` whose ``<base href>`` is ``base_href``; ``None`` where there is no absolute one.

    >>> base_of("https://example.com/news/one", "/static/").url
    'https://example.com/static/'
    """
    page = _read(url) if url else None
    joined = resolve(base_href, page) if base_href else None
    return (_read(joined) if joined else None) or page


def resolve(href: str, base: Base | None) -> str | None:
    """The absolute URL of ``href``, or ``None`` for an impossible one such as ``http://[x``.

    Without a base, relative links are returned as they are. So are, with or without one, links that lead to no page (``mailto:``,
    ``javascript:``, ``data:``): nothing of the page is lost, and ``is_page_link`` tells them apart. Never raises.

    >>> resolve(" /a?b=1 ", base_of("https://example.com/news/"))
    'https://example.com/a?b=1'
    """
    href = href.strip()
    # The quickest questions that let pass what needs no care: a page has hundreds of links.
    if not href.isascii() or "[" in href or "]" in href or "\n" in href or "\t" in href or "\r" in href:
        return _resolve_slowly(href, base)
    if base is None or href.startswith(("https://", "http://", "javascript:", "mailto:", "tel:")):
        return href
    first = href[:1]
    if first == "/":
        # urljoin is the costliest step of reading a page's links; only dot segments and empty queries need its care here.
        if href[1:2] != "/":
            if "/." not in href and href[-1] not in "?#":
                return base.origin + href
        elif href[2:3].isalnum() and href[-1] not in "?#" and "?#" not in href and ";" not in href:
            return base.origin[: base.origin.index("/")] + href  # the scheme alone is the base's
    elif first == "#":
        return base.page + href if len(href) > 1 else base.page
    return _resolve_slowly(href, base)


def is_page_link(href: str) -> bool:
    """Whether ``href`` may lead to another page: not empty, not a place in the same page, and no other scheme than http.

    >>> [is_page_link(href) for href in ("/a", "https://example.com", "#top", "mailto:me@example.com", "JavaScript:void(0)", "")]
    [True, True, False, False, False, False]
    """
    if href.startswith(("/", "https://", "http://")):  # as nearly all do
        return True
    href = href.strip()
    if not href or href.startswith("#"):
        return False
    scheme = _SCHEME.match(_IGNORED.sub("", href))
    return scheme is None or scheme[1].lower() in ("http", "https")


def _read(url: str) -> Base | None:
    url = _IGNORED.sub("", url.strip())
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return Base(url, urldefrag(url).url, f"{parts.scheme}://{parts.netloc}", host)


def _resolve_slowly(href: str, base: Base | None) -> str | None:
    href = _IGNORED.sub("", href)
    try:
        urlsplit(href)
        return urljoin(base.url, href).strip() if base else href
    except ValueError:
        return None


def parts_of(url: str | None) -> SplitResult:
    """The parts of an address, all of them empty where it is none.

    >>> parts_of("https://ferry.example/news/ice-on-the-quay?page=2").path
    '/news/ice-on-the-quay'
    >>> parts_of("http://[ferry").path
    ''
    """
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")
