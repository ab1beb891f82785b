"""Many sources → one result each, in this process or in several. A source that fails is a result too."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import attrs

from newsparse.batch.files import parse_file
from newsparse.errors import NewsparseError, UnsupportedInputError
from newsparse.model import Article, Result
from newsparse.options import Options
from newsparse.pipeline import parse

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Page: TypeAlias = str | bytes | os.PathLike[str]
Source: TypeAlias = Page | tuple[Page, str | None]

# How many sources a worker has waiting: enough that none idles, few enough that an endless iterable costs no memory.
_LOOK_AHEAD = 4


@attrs.frozen
class _Task:
    """A source, ready to be sent to a worker. One that has neither ``path`` nor ``page`` was of a wrong type."""

    source: str
    path: str | None
    page: str | bytes | None
    url: str | None


def parse_many(
    sources: Iterable[Source],
    *,
    workers: int = 1,
    ordered: bool = True,
    options: Options = Options(),
) -> Iterator[Result]:
    """Parse many pages and files. What goes wrong with one of them is its result's ``error``; the others go on.

    Args:
        sources: pages (``str`` or ``bytes``), files (``pathlib.Path`` or another ``os.PathLike``), or pairs of one of
            these and its URL. Taken lazily, a few at a time, so that it may be an endless generator.
        workers: how many processes parse. With 1, this one does. With more, a script needs the usual
            ``if __name__ == "__main__":`` around what it does.
        ordered: whether the results come in the order of the sources, or each as soon as it is there.
        options: how to parse.

    Raises:
        ValueError: there is less than one worker.
        BrokenProcessPool: worker processes cannot be started at all.
    """
    if workers < 1:
        raise ValueError(f"parse_many needs at least one worker, not {workers}")
    tasks = (_task(position, source) for position, source in enumerate(sources))
    if workers == 1:
        return (_run(task, options) for task in tasks)
    return _in_processes(tasks, workers, ordered, options)


def error_text(error: NewsparseError | OSError) -> str:
    """What went wrong, in words to print beside the source's name."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _task(position: int, source: Source) -> _Task:
    page, url = source if isinstance(source, tuple) and len(source) == 2 else (source, None)
    if isinstance(page, os.PathLike):
        path = os.fsdecode(page)
        return _Task(path, path, None, url)
    return _Task(str(position), None, page if isinstance(page, str | bytes) else None, url)


def _run(task: _Task, options: Options) -> Result:
    try:
        return Result(task.source, article=_article(task, options))
    except (NewsparseError, OSError) as error:
        return Result(task.source, error=error_text(error))


def _article(task: _Task, options: Options) -> Article:
    if task.path is not None:
        return parse_file(task.path, url=task.url, options=options)
    if task.page is not None:
        return parse(task.page, url=task.url, options=options)
    raise UnsupportedInputError("a source is a page (str or bytes), a path object, or a pair of one of these and a URL")


def _in_processes(tasks: Iterator[_Task], workers: int, ordered: bool, options: Options) -> Iterator[Result]:
    """A pool that a crashing worker breaks is replaced by a new one, until the tasks are done."""
    unfinished = True
    while unfinished:
        pool = _new_pool(workers)
        try:
            unfinished = yield from _until_broken(pool, tasks, workers * _LOOK_AHEAD, ordered, options)
        finally:
            pool.shutdown(cancel_futures=True)


def _until_broken(
    pool: ProcessPoolExecutor, tasks: Iterator[_Task], ahead: int, ordered: bool, options: Options
) -> Generator[Result, None, bool]:
    """Results until the tasks are done, or the pool is broken and what it had taken on is settled. Returns whether it broke."""
    from concurrent.futures.process import BrokenProcessPool

    pending: dict[Future[Result], _Task] = {}
    broken = False
    while True:
        room = 0 if broken else ahead - len(pending)
        pending.update((_submitted(pool, task, options), task) for task in islice(tasks, room))
        if not pending:
            return broken
        for future in _finished(pending, ordered):
            task = pending.pop(future)
            lost = isinstance(future.exception(), BrokenProcessPool)
            broken = broken or lost
            yield _run_alone(task, options) if lost else future.result()


def _new_pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, initializer=_leave_interrupt_to_parent)


def _leave_interrupt_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent is the one to end the work."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submitted(pool: ProcessPoolExecutor, task: _Task, options: Options) -> Future[Result]:
    """The task's future; where the pool broke since, one that says so as those taken on before do."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_run, task, options)
    except BrokenProcessPool as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _finished(pending: dict[Future[Result], _Task], ordered: bool) -> list[Future[Result]]:
    """The futures to take next; waits for one."""
    from concurrent.futures import FIRST_COMPLETED, wait

    first = [next(iter(pending))] if ordered else pending
    done = wait(first, return_when=FIRST_COMPLETED).done
    return [future for future in pending if future in done]


def _run_alone(task: _Task, options: Options) -> Result:
    """A crash takes all tasks of its pool along. Alone in a process, only the one that crashed it crashes again."""
    from concurrent.futures.process import BrokenProcessPool

    with _new_pool(1) as pool:
        # A pool that cannot do even this is no fault of the task.
        pool.submit(os.getpid).result()
        try:
            return pool.submit(_run, task, options).result()
        except BrokenProcessPool:
            return Result(task.source, error="the process that parsed it crashed")
