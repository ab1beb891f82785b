"""An article as plain text to read: headlines, by-line, body with bullets and numbers, and where to go on."""

from newsparse.export.common import adjacent, caption, date_lines, nested
from newsparse.model import Article, Block, Embed, Figure, Image, Link, ListBlock, Quote, Table


def to_text(article: Article) -> str:
    """Title, subtitle, by-line, dates and body, then the previous, next and related articles, each apart by a blank line."""
    head = [article.title, article.subtitle, _byline(article), "\n".join(date_lines(article))]
    body = [_block(block) for block in article.body]
    tail = ["\n".join(f"{label}: {_link(link)}" for label, _, link in adjacent(article)), _related(article.related)]
    return "\n\n".join(part for part in (*head, *body, *tail) if part)


def _byline(article: Article) -> str:
    return "By " + ", ".join(author.name for author in article.authors) if article.authors else ""


def _related(links: tuple[Link, ...]) -> str:
    return "\n".join(["Related:", *(f"- {_link(link)}" for link in links)]) if links else ""


def _link(link: Link) -> str:
    return f"{link.title} <{link.url}>" if link.url else link.title


def _block(block: Block) -> str:
    match block:
        case ListBlock():
            return _list(block)
        case Quote():
            return _quote(block)
        case Table():
            return "\n".join(" | ".join(cell.text for cell in row) for row in block.rows)
        case Figure():
            return _figure(block.image)
        case Embed():
            return "\n".join(part for part in (block.text, block.url) if part)
        case _:
            return block.text


def _list(block: ListBlock) -> str:
    lines = []
    for depth, number, item in nested(block.items):
        marker = "  " * depth + (f"{number}. " if block.ordered else "- ")
        lines.append(marker + item.text.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(lines)


def _quote(block: Quote) -> str:
    attribution = [f"— {block.attribution}"] if block.attribution else []
    return "\n".join(f"> {line}" for line in [*block.text.split("\n"), *attribution])


def _figure(image: Image) -> str:
    text = caption(image) or image.alt
    return f"[Image: {text}]" if text else ""
