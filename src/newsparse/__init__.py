"""newsparse parses scraped news pages: the article apart from everything around it, and why."""

from typing import TYPE_CHECKING, Any

from newsparse.errors import (
    InvalidRecordError,
    InvalidRuleError,
    LimitExceededError,
    NewsparseError,
    SiteTemplateError,
    UnsupportedInputError,
)
from newsparse.model import (
    Article,
    Author,
    AuthorType,
    Block,
    BoilerplateKind,
    Certainty,
    Code,
    DatePrecision,
    Embed,
    Evidence,
    EvidenceSource,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    Note,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Quote,
    Relation,
    Result,
    Role,
    Run,
    Segment,
    Table,
    TableCell,
)
from newsparse.options import Limits, Options, Rule, RuleAction, SiteTemplate

if TYPE_CHECKING:
    from newsparse.batch.files import parse_file
    from newsparse.batch.many import parse_many
    from newsparse.pipeline import parse, parse_text, parse_tree

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Author",
    "AuthorType",
    "Block",
    "BoilerplateKind",
    "Certainty",
    "Code",
    "DatePrecision",
    "Embed",
    "Evidence",
    "EvidenceSource",
    "Figure",
    "Heading",
    "Image",
    "InvalidRecordError",
    "InvalidRuleError",
    "LimitExceededError",
    "Limits",
    "Link",
    "ListBlock",
    "ListItem",
    "NewsparseError",
    "Note",
    "Notice",
    "NoticeCode",
    "Options",
    "PageKind",
    "Paragraph",
    "Quote",
    "Relation",
    "Result",
    "Role",
    "Rule",
    "RuleAction",
    "Run",
    "Segment",
    "SiteTemplate",
    "SiteTemplateError",
    "Table",
    "TableCell",
    "UnsupportedInputError",
    "parse",
    "parse_file",
    "parse_many",
    "parse_text",
    "parse_tree",
]

# The functions load what they need when they are first asked for, so that importing the records alone is cheap.
_FUNCTIONS = {
    "parse": "newsparse.pipeline",
    "parse_text": "newsparse.pipeline",
    "parse_tree": "newsparse.pipeline",
    "parse_file": "newsparse.batch.files",
    "parse_many": "newsparse.batch.many",
}


if not TYPE_CHECKING:  # else any name would type-check

    def __getattr__(name: str) -> Any:
        if name not in _FUNCTIONS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        function = globals()[name] = getattr(import_module(_FUNCTIONS[name]), name)
        return function


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
