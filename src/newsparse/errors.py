"""The errors that newsparse raises.

Any ``str`` or ``bytes`` parses: only a wrong type, an unreadable file (``OSError`` passes through)
or an exceeded limit raises.
"""


class NewsparseError(ValueError):
    """The parent of every error that newsparse raises itself."""


class UnsupportedInputError(NewsparseError, TypeError):
    """The source is of a type, or a file of a format, that cannot be read as a page."""


class LimitExceededError(NewsparseError):
    """The page is larger than ``Options.limits`` allows."""


class InvalidRecordError(NewsparseError):
    """A dictionary or JSON text does not describe an ``Article``."""


class InvalidRuleError(NewsparseError):
    """A rule in ``Options.rules`` cannot be understood, such as a wrong CSS selector."""


class SiteTemplateError(NewsparseError):
    """A site template in ``Options.sites`` cannot be used."""
