"""Reads a large file in a process of its own, so that reading and writing go on side by side."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from provenance.errors import BadInput, ProvenanceError
from provenance.formats.base import Format, ReadOptions, Record
from provenance.records import Rejected

WORTH_A_PROCESS = 1_000_000
"""Bytes of a file whose reading takes longer than it takes to start a process."""

_ROWS_AT_ONCE = 5_000

_OBJECTS_BETWEEN_COLLECTIONS = 500_000


class _End(NamedTuple):
    """Nothing follows: the file is over, or cannot be read any further."""

    failure: dict[str, Any] | None = None


@contextmanager
def reading_ahead(
    format: Format[Record], file: Path, options: ReadOptions
) -> Iterator[Iterator[Record | Rejected]]:
    """What ``format.read(file, options)`` yields, in the same order, read by another process from now on.

    A file of less than `WORTH_A_PROCESS` bytes, or on a machine with one processor, is read here and not
    before it is asked for. The iterator raises what reading raises, after the rows before it, and
    `ProvenanceError` where the other process ends too early. That process ends with this one.
    """
    if _cores() < 2 or not file.is_file() or file.stat().st_size < WORTH_A_PROCESS:
        yield _read_here(format, file, options)
        return
    # A forked process would share this one's open database; a spawned one shares nothing.
    processes = multiprocessing.get_context("spawn")
    receiving, sending = processes.Pipe(duplex=False)
    reader = processes.Process(target=_send, args=(sending, format, file, options), daemon=True)
    reader.start()
    # With no other end open here, the end of that process is the end of the pipe.
    sending.close()
    try:
        yield _received(receiving, file)
    finally:
        receiving.close()
        reader.terminate()
        reader.join()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_here(format: Format[Record], file: Path, options: ReadOptions) -> Iterator[Record | Rejected]:
    yield from format.read(file, options)


def _received(receiving: Connection, file: Path) -> Iterator[Any]:
    while True:
        try:
            sent = receiving.recv()
        except EOFError:
            raise ProvenanceError(
                f"{file.name}: the process that reads the file has ended before the file did",
                hint="Was memory short? Run the command again: what is in is not imported twice.",
            ) from None
        if isinstance(sent, _End):
            if sent.failure:
                raise BadInput(**sent.failure)
            return
        yield from sent


def _send(sending: Connection, format: Format[Record], file: Path, options: ReadOptions) -> None:
    """Reads the file and sends it in lists; the work of the other process."""
    # An interrupt from the keyboard reaches both; who asked for the rows decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        for sent in _in_lists(format, file, options):
            sending.send(sent)
    except BrokenPipeError:
        # Nobody wants the rest.
        pass


def _in_lists(
    format: Format[Record], file: Path, options: ReadOptions
) -> Iterator[list[Record | Rejected] | _End]:
    rows: list[Record | Rejected] = []
    end = _End()
    try:
        for row in format.read(file, options):
            rows.append(row)
            if len(rows) == _ROWS_AT_ONCE:
                yield rows
                rows = []
    except BadInput as error:
        end = _End({"reason": error.reason, "file": error.file, "line": error.line, "hint": error.hint})
    yield rows
    yield end
