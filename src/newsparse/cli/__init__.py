"""The command line. Nothing here parses; without the ``[cli]`` extra it says what to install."""

import sys

_EXTRA = ("click", "rich")


def main(argv: list[str] | None = None) -> int:
    """Run the command line on ``argv``, by default the process's arguments, and return its exit status."""
    try:
        from newsparse.cli.commands import run

        return run(argv)
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        print('newsparse: the command line needs its extra: pip install "newsparse[cli]"', file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
