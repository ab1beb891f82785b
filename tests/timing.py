"""A check that work grows with the size of a page, not with its square, by the clock.

Time rather than steps is measured, since what may be quadratic is often inside a function in C. The bound lies so far between the line
(8) and the square (64), and the least of several measurements is so steady, that the machine's load does not matter.
"""

import gc
import time
from collections.abc import Callable

TIMES, MOST = 8, 28
_TRIES = 4


def assert_linear(work: Callable[[int], Callable[[], object]], size: int) -> None:
    """``work(n)`` prepares a page of size ``n`` and gives what is to be measured."""
    small, large = work(size), work(TIMES * size)
    for _ in range(_TRIES):
        once, more = min(_seconds(small) for _ in range(4)), _seconds(large)
        if more < MOST * once:
            return
    raise AssertionError(f"{once * 1000:.1f} ms for {size}, {more * 1000:.1f} ms for {TIMES * size}")


def _seconds(measured: Callable[[], object]) -> float:
    # A collection during the longer of two measurements would count all objects of the tests before.
    gc.collect()
    gc.disable()
    start = time.process_time()
    measured()
    seconds = time.process_time() - start
    gc.enable()
    return seconds
