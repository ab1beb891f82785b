"""Pages with what they mean: every ``fixtures/pages/NAME.html`` or ``.txt`` that has a ``fixtures/expected/NAME.json`` is a case.

The expected file is compact and is right for what the page means, never for what the code does. It holds ``url`` (given to the parser,
or null), every field of ``FIELDS``, and optionally ``xfail``: the fields where the library is wrong today, each with the reason.
Besides the fields, ``xfail`` may name ``text``, the words of the body in order whatever its blocks are, and ``boilerplate: TEXT``,
one of the texts that must be removed: then the page's other texts are still tested.

``python -m tests.fixture_cases --write NAME...`` writes drafts from the library's output, to be corrected by a human: never by a test.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

import newsparse
from newsparse import (
    Article,
    BoilerplateKind,
    Code,
    Embed,
    Figure,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Role,
    Table,
)

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES, EXPECTED = FIXTURES / "pages", FIXTURES / "expected"
FIELDS = (
    "kind",
    "title",
    "subtitle",
    "authors",
    "published",
    "modified",
    "language",
    "body",
    "previous",
    "next",
    "related",
    "boilerplate",
    "notices",
)
# In ``xfail``, before a text of ``boilerplate``.
ONE_TEXT = "boilerplate: "
# What a block of each type must have, and what it may have.
BLOCK_KEYS: Mapping[str, tuple[set[str], set[str]]] = {
    "paragraph": ({"text"}, {"note"}),
    "heading": ({"text", "level"}, set()),
    "list_block": ({"items"}, {"ordered"}),
    "quote": ({"text"}, {"attribution"}),
    "table": ({"rows"}, set()),
    "figure": ({"image"}, {"caption", "credit"}),
    "embed": ({"url"}, {"text"}),
    "code": ({"text"}, set()),
}
_DRAFT_TEXTS = 14
_LONGEST_DRAFT_TEXT = 100


@attrs.frozen
class Case:
    """A page and what it means."""

    name: str
    page: Path
    expected: Mapping[str, Any] = attrs.field(hash=False)

    @property
    def url(self) -> str | None:
        """The address that the parser is given."""
        url: str | None = self.expected["url"]
        return url

    @property
    def xfail(self) -> Mapping[str, str]:
        """The fields where the library is wrong today, each with the reason."""
        xfail: Mapping[str, str] = self.expected.get("xfail", {})
        return xfail

    def parse(self) -> Article:
        """The page as the library reads it."""
        return _parse(self.page, self.url)


def cases() -> list[Case]:
    """Every page that has an expected file, by name."""
    return [Case(path.stem, page_of(path.stem), json.loads(path.read_text("utf-8"))) for path in sorted(EXPECTED.glob("*.json"))]


def page_of(name: str) -> Path:
    """The page with this name. Raises ``FileNotFoundError`` unless there is exactly one."""
    found = [path for ending in ("html", "txt") if (path := PAGES / f"{name}.{ending}").exists()]
    if len(found) != 1:
        raise FileNotFoundError(f"expected fixtures/pages/{name}.html or .txt, one of them; found {len(found)}")
    return found[0]


@cache
def _parse(page: Path, url: str | None) -> Article:
    return newsparse.parse_file(page, url=url)


def view(article: Article, field: str) -> object:
    """One of ``FIELDS`` but ``boilerplate``, as the expected files write it."""
    if field in ("published", "modified"):
        return article.to_dict()[field]
    return _VIEWS[field](article) if field in _VIEWS else getattr(article, field)


def expected_view(case: Case, field: str) -> object:
    """What ``view`` must give. The order of the related links is of no matter: teasers stand in the body, lists below it."""
    expected = case.expected[field]
    return sorted(expected, key=_by_url) if field == "related" else expected


def words(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """The words of the body that the blocks of an expected file describe; captions, credits and attributions are none of it."""
    parts: list[str] = []
    for block in blocks:
        parts.append(block.get("text", ""))
        parts += [item if isinstance(item, str) else item["text"] for item in block.get("items", ())]
        parts += [cell for row in block.get("rows", ()) for cell in row]
    return " ".join(parts).split()


def kinds_of(article: Article, text: str) -> set[str]:
    """What the segments that are ``text``, or else that hold it, are: the kind of boilerplate, or the role; empty where none holds it."""
    found = [segment for segment in article.segments if segment.text == text]
    found = found or [segment for segment in article.segments if text in segment.text]
    return {str(segment.kind or segment.role) for segment in found}


def page_text(article: Article) -> str:
    """All text of the page without its white space."""
    return "".join("".join(segment.text.split()) for segment in article.segments)


def body_texts(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every text that the blocks of an expected file say is on the page."""
    texts = [block.get(key, "") for block in blocks for key in ("text", "caption", "credit", "attribution")]
    texts += [item if isinstance(item, str) else item["text"] for block in blocks for item in block.get("items", ())]
    return texts + [cell for block in blocks for row in block.get("rows", ()) for cell in row]


def _by_url(link: Mapping[str, str | None]) -> tuple[str, str]:
    return link["url"] or "", link["title"] or ""


def _link(link: Link | None) -> dict[str, str | None] | None:
    return None if link is None else {"title": link.title, "url": link.url}


def _block(block: newsparse.Block) -> dict[str, Any]:  # noqa: PLR0911 - a line for each type
    match block:
        case Paragraph():
            return {"type": "paragraph", "text": block.text} | ({"note": str(block.note)} if block.note else {})
        case Heading():
            return {"type": "heading", "text": block.text, "level": block.level}
        case ListBlock():
            return {"type": "list_block", "items": [_item(item) for item in block.items]} | ({"ordered": True} if block.ordered else {})
        case Quote():
            return {"type": "quote", "text": block.text} | ({"attribution": block.attribution} if block.attribution else {})
        case Table():
            return {"type": "table", "rows": [[cell.text for cell in row] for row in block.rows]}
        case Figure(image):
            words = {"caption": image.caption, "credit": image.credit}
            return {"type": "figure", "image": image.url} | {key: value for key, value in words.items() if value}
        case Embed():
            return {"type": "embed", "url": block.url} | ({"text": block.text} if block.text else {})
        case Code():
            return {"type": "code", "text": block.text}


def _item(item: ListItem) -> str | dict[str, Any]:
    return {"text": item.text, "depth": item.depth} if item.depth else item.text


_VIEWS: Mapping[str, Callable[[Article], object]] = {
    "kind": lambda article: str(article.kind),
    "authors": lambda article: [author.name for author in article.authors],
    "body": lambda article: [_block(block) for block in article.body],
    "previous": lambda article: _link(article.previous),
    "next": lambda article: _link(article.next),
    "related": lambda article: sorted(({"title": link.title, "url": link.url} for link in article.related), key=_by_url),
    "notices": lambda article: [str(notice.code) for notice in article.notices],
}


def draft(page: Path, old: Mapping[str, Any], url: str | None) -> dict[str, Any]:
    """An expected file from the library's output. The address, the boilerplate's texts and the xfails of the ``old`` one are kept."""
    url = url or old.get("url")
    article = newsparse.parse_file(page, url=url)
    new: dict[str, Any] = {"url": url}
    for field in FIELDS:
        new[field] = _draft_boilerplate(article, old) if field == "boilerplate" else view(article, field)
    return new | ({"xfail": old["xfail"]} if "xfail" in old else {})


def _draft_boilerplate(article: Article, old: Mapping[str, Any]) -> dict[str, str]:
    texts = list(old.get("boilerplate", ())) or _telling(article)
    return {text: " or ".join(sorted(kinds_of(article, text))) or "?" for text in texts}


def _telling(article: Article) -> list[str]:
    """The longest texts of the page that are no part of the article, a few of each kind."""
    seen: Counter[object] = Counter()
    texts: list[str] = []
    for segment in sorted(article.segments, key=lambda segment: -len(segment.text)):
        if segment.role in (Role.BOILERPLATE, Role.RELATED) and segment.kind is not BoilerplateKind.HIDDEN and segment.text:
            seen[segment.kind] += 1
            if seen[segment.kind] <= 2:
                texts.append(segment.text[:_LONGEST_DRAFT_TEXT])
    return texts[:_DRAFT_TEXTS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write drafts of expected files."""
    parser = argparse.ArgumentParser(prog="python -m tests.fixture_cases", description="Drafts of expected files, to be corrected by hand.")
    parser.add_argument("--write", nargs="+", required=True, metavar="NAME", help="pages, by name without ending")
    parser.add_argument("--url", help="the address to give to the parser; of an existing expected file it is kept")
    given = parser.parse_args(arguments)
    EXPECTED.mkdir(exist_ok=True)
    for name in given.write:
        path = EXPECTED / f"{name}.json"
        old = json.loads(path.read_text("utf-8")) if path.exists() else {}
        written = json.dumps(draft(page_of(name), old, given.url), ensure_ascii=False, indent=1)
        path.write_text(f"{written}\n", "utf-8")
        print(f"{path}: a draft; correct it by the page's meaning")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
