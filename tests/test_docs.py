"""Every example in the README and in docs/ is executed and gives what it shows."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page's console blocks, each with the output that is shown below it."""
    found = []
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # Without the fences, which would be read as output.
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=report.append)
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize(("command", "shown"), [pytest.param(*item, id=item[0]) for page in PAGES for item in commands(page)])
def test_console_examples_give_what_they_show(command: str, shown: str, tmp_path: Path) -> None:
    pytest.importorskip("click", reason="the command line needs its extra")
    pytest.importorskip("rich", reason="the command line needs its extra")
    script = tmp_path / "newsparse"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m newsparse "$@"\n')
    script.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "88"}
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    if shown.strip():
        assert doctest.OutputChecker().check_output(shown, done.stdout, OPTIONS), done.stdout


def test_the_docs_name_every_public_name() -> None:
    import newsparse

    text = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    missing = [name for name in newsparse.__all__ if f"newsparse.{name}\n" not in text and name != "Block"]
    assert missing == []
