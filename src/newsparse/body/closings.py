"""Notes below a text: who contributed, where to write, what to subscribe to. They are set as the text is, and stand at its very end.

No paragraph says by itself that it is one: in the middle of a text "sign up for our newsletter" may be what is told. So only the last
ones of the body are asked, from its end on, as long as each of them is a note.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.body.kinds import Label
from newsparse.document.segments import RawSegment
from newsparse.lexicon import closings
from newsparse.model import BoilerplateKind, Role

# So many notes may end a text of which so much is left; a longer paragraph has more to say.
_MOST_NOTES, _FEWEST_LEFT = 3, 3
_LONGEST, _MOST_SPACES = 600, 70
_LEADING = " \t([{（［【*•·-–—_~>►▶→\"'“„«"


def closing_notes(segments: Sequence[RawSegment], body: Sequence[int]) -> dict[int, Label]:
    """The notes that end the ``body``, which is given by its indices in order."""
    found: dict[int, Label] = {}
    for index in reversed(body[_FEWEST_LEFT:][-_MOST_NOTES:]):
        note = _note(segments[index].text)
        if note is None:
            break
        found[index] = note
    return found


def _note(text: str) -> Label | None:
    if len(text) > _LONGEST or text.count(" ") > _MOST_SPACES:
        return None
    text = text.lstrip(_LEADING)
    for kind, pattern in closings():
        match = pattern.search(text)
        if match is not None:
            return Label(Role.BOILERPLATE, BoilerplateKind(kind), f"a note below the text: '{match[0][:40]}'")
    return None
