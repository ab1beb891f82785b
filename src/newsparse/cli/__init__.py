"""The command line. Nothing here parses; without the ``[cli]`` extra it says what to install."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the command line on ``argv``, by default the process's arguments, and return its exit status."""
    try:
        if not _extra_is_installed():
            print('newsparse: the command line needs its extra: pip install "newsparse[cli]"', file=sys.stderr)
            return 2
        from newsparse.cli.commands import run

        return run(argv)
    except KeyboardInterrupt:
        return 130


def _extra_is_installed() -> bool:
    try:
        import click  # noqa: F401
        import rich  # noqa: F401
    except ModuleNotFoundError:
        return False
    return True
