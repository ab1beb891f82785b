"""A fresh process that parses the pages it is sent: ``python -m tests.laws.worker MODULE:FUNCTION [NAME,NAME,...]``.

The names are packages that cannot be imported in this process, as where no extra is installed. Each line of standard input is a JSON
list of "str" or "bytes" and the source in hexadecimal; each line of standard output is the article's JSON.
"""

import importlib
import json
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Missing:
    """Finds nothing of the given packages, whether they are installed or not."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def main() -> None:
    """Parse until standard input ends."""
    if len(sys.argv) > 2:
        sys.meta_path.insert(0, _Missing(sys.argv[2].split(",")))
    module, _, function = sys.argv[1].partition(":")
    parse = getattr(importlib.import_module(module), function)
    for line in sys.stdin:
        kind, data = json.loads(line)
        source = bytes.fromhex(data)
        article = parse(source.decode("utf-8", "surrogatepass") if kind == "str" else source)
        print(json.dumps(article.to_json()), flush=True)


if __name__ == "__main__":
    main()
