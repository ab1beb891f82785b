"""Where the command line writes: streams in UTF-8 whatever the locale, and nothing raw that a terminal would obey."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

# Tab and line feed are harmless. The others get their picture (␛ for escape); those above ASCII have none.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def visible(text: str) -> str:
    r"""``text`` with control characters made visible, so that a page cannot give orders to a terminal.

    >>> visible("a\x1b[2Jb")
    'a␛[2Jb'
    """
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    r"""``visible(text)`` with every run of white space as one space.

    >>> one_line(" a\n b ")
    'a b'
    """
    return visible(" ".join(text.split()))


def open_output(path: str | None) -> AbstractContextManager[TextIO]:
    """A file to write, or standard output for ``None``. Raises ``OSError``."""
    if path is not None:
        return open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        descriptor = sys.stdout.fileno()
    except OSError:
        # A caller replaced standard output by an object in memory.
        return nullcontext(sys.stdout)
    # A stream of its own: it has the encoding wanted, and what a closed pipe leaves in it is not flushed at exit.
    return open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False)


def stdout_is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def discard_stdout() -> None:
    """Let what standard output still holds go nowhere, so that its flush at exit cannot fail."""
    target = os.open(os.devnull, os.O_WRONLY)
    os.dup2(target, sys.stdout.fileno())
    os.close(target)
