"""The commands and their options."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from typing import TextIO

import click

from newsparse.batch.files import parse_data, parse_file, read_bounded
from newsparse.batch.many import error_text
from newsparse.cli.layouts import Format, document, frame, json_text
from newsparse.cli.output import discard_stdout, one_line, open_output, stdout_is_terminal
from newsparse.errors import NewsparseError
from newsparse.model import Article, Result
from newsparse.options import Options

_DEFAULT_COMMAND = "parse"
_HELP = {"help_option_names": ["-h", "--help"]}
_OUTPUT = click.Path(dir_okay=False, writable=True)
_STREAM = "-"  # standard input as a FILE, standard output as --output

_EXAMPLES = """\
Examples:
  newsparse page.html                        read it on the terminal
  newsparse page.html | jq .article.title    JSON Lines when piped
  newsparse --format markdown page.html      as Markdown
  newsparse *.html.gz --output pages.jsonl   many pages, a line each
  curl -s URL | newsparse --url URL -        from standard input
  newsparse inspect page.html -o why.html    every piece, and why, for a browser
"""


class _Commands(click.Group):
    """A group that parses files where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            args = [_DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)


class _ParseCommand(click.Command):
    """The default command; its help is that of the whole program."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.find_root().info_name or "", "[OPTIONS] FILE...")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        program = ctx.find_root().info_name
        others = [(f"{program} {name}", command) for name, command in commands.commands.items() if command is not self]
        with formatter.section("Other commands"):
            formatter.write_dl([(usage, command.get_short_help_str()) for usage, command in others])
        formatter.write(f"\n{_EXAMPLES}")


def run(argv: list[str] | None) -> int:
    """Run the command that ``argv`` names and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        with commands.make_context("newsparse", list(arguments)) as context:
            return int(commands.invoke(context))
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        discard_stdout()
        return 0
    except OSError as error:
        # What cannot be read is a result; this can only come from writing.
        discard_stdout()
        _complain(f"cannot write: {error_text(error)}")
        return 1


@click.group(cls=_Commands)
def commands() -> None:
    """All commands."""


@commands.command(_DEFAULT_COMMAND, cls=_ParseCommand, context_settings=_HELP)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice([choice.value for choice in Format]),
    help="How to write the articles: by default pretty on a terminal, else jsonl.",
)
@click.option("--url", help="Where the page is from. Only with a single FILE.")
@click.option("--encoding", help="How the pages are encoded, where you know better than they.")
@click.option("--output", type=_OUTPUT, help="Write to this file, not to standard output.")
@click.version_option(package_name="newsparse", prog_name="newsparse")
def parse_files(files: tuple[str, ...], output_format: str | None, url: str | None, encoding: str | None, output: str | None) -> int:
    """Parse saved news pages.

    A FILE is an HTML page, the saved text of one, or MHTML, gzipped or not; - is standard input.
    """
    target = None if output == _STREAM else output
    chosen = _format(output_format, target)
    _check(files, chosen, url, target)
    results = (_result(file, url, encoding) for file in files)
    return _write(results, chosen, target, several=len(files) > 1)


@commands.command("inspect", short_help="Report on a page, for a browser.", context_settings=_HELP)
@click.argument("page", metavar="PAGE")
@click.option("--url", help="Where the page is from.")
@click.option("--encoding", help="How the page is encoded, where you know better than it.")
@click.option("-o", "--output", type=_OUTPUT, help="Write to this file, not to standard output.")
def inspect_page(page: str, url: str | None, encoding: str | None, output: str | None) -> int:
    """Report on a page: each segment and field, and why.

    The report is one HTML file without scripts, to open in a browser. PAGE is as for parsing.
    """
    from newsparse.export.inspection import to_inspection_html

    if output is None and stdout_is_terminal():
        raise click.UsageError("The report is for a browser: name a file with --output.")
    target = None if output == _STREAM else output
    _check_output((page,), target)
    result = _result(page, url, encoding)
    if result.article is None:
        _complain(f"{page}: {result.error}")
        return 1
    with suppress(BrokenPipeError), _opened(target) as out:
        out.write(to_inspection_html(result.article, page))
    return 0


@commands.command("schema")
def print_schema() -> int:
    """Print the JSON Schema of an article."""
    from newsparse.export.schema import json_schema

    click.echo(json_text(json_schema(), indent=2))
    return 0


def _format(named: str | None, output: str | None) -> Format:
    if named is not None:
        return Format(named)
    return Format.PRETTY if output is None and stdout_is_terminal() else Format.JSONL


def _check(files: tuple[str, ...], chosen: Format, url: str | None, output: str | None) -> None:
    several = len(files) > 1
    if url is not None and several:
        raise click.UsageError("--url is the address of one page: give a single FILE with it.")
    if chosen is Format.HTML and several:
        raise click.UsageError("--format html writes a complete page: give a single FILE with it.")
    _check_output(files, output)


def _check_output(files: tuple[str, ...], output: str | None) -> None:
    if output is not None and any(_same_file(file, output) for file in files):
        raise click.UsageError(f"--output would overwrite a FILE to parse: {output}")


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _result(file: str, url: str | None, encoding: str | None) -> Result:
    try:
        article = _from_stdin(url, encoding) if file == _STREAM else parse_file(file, url=url, encoding=encoding)
    except (NewsparseError, OSError) as error:
        return Result(file, error=error_text(error))
    return Result(file, article=article)


def _from_stdin(url: str | None, encoding: str | None) -> Article:
    options = Options()
    if sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return parse_data(read_bounded(sys.stdin.buffer, options.limits.bytes), url=url, encoding=encoding, options=options)


def _write(results: Iterable[Result], chosen: Format, output: str | None, *, several: bool) -> int:
    """Write each result as soon as it is there. Returns the exit status."""
    failures = []
    around = frame(chosen, several=several)
    # A reader that closes the pipe early has seen enough.
    with suppress(BrokenPipeError), _opened(output) as out:
        lead = around.before
        for result in results:
            if result.error is not None:
                failures.append(result)
                _complain(f"{result.source}: {result.error}")
            text = document(result, chosen, several=several, terminal=out.isatty())
            if text is not None:
                out.write(lead + text)
                out.flush()
                lead = around.between
        out.write(around.after)
    return 1 if failures else 0


def _opened(output: str | None) -> AbstractContextManager[TextIO]:
    try:
        return open_output(output)
    except OSError as error:
        raise click.UsageError(f"cannot write {output or 'to standard output'}: {error_text(error)}") from error


def _complain(message: str) -> None:
    click.echo(f"newsparse: {one_line(message)}", err=True)
