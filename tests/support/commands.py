"""The command line as a user meets it: words in, exit code and both streams out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout read as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """stdout read as one JSON document a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def rows(self) -> list[Any]:
        """The answer's rows, printed with ``--format json`` or ``jsonl``."""
        whole: list[Any] = self.json["rows"] if self.out.startswith("{\n") else self.lines
        return whole


def _words(database: str | None, words: Sequence[str | Path]) -> list[str]:
    chosen = [] if database is None else ["--db", database]
    return [*chosen, *map(str, words)]


def run(database: str | None, *words: str | Path, stdin: str = "") -> Outcome:
    """Runs `provenance --db DATABASE WORDS…` in this process, through the door that users come in by."""
    from provenance.cli.main import run as enter

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    fed = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    words_as_typed = ["provenance", *_words(database, words)]
    with ExitStack() as stack:
        stack.enter_context(patch.object(sys, "argv", words_as_typed))
        stack.enter_context(patch.object(sys, "stdin", fed))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        left = stack.enter_context(pytest.raises(SystemExit))
        enter()
    code = left.value.code or 0
    assert isinstance(code, int)
    return Outcome(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def start(database: str | None, *words: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Starts the command line as a process of its own and does not wait for it."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "provenance", *_words(database, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, text=True, encoding="utf-8", env=environment, stdin=pipe, stdout=pipe, stderr=pipe, **options
    )


def program(database: str | None, *words: str | Path, stdin: str = "", **options: Any) -> Outcome:
    """Runs the command line as a process of its own, at most two minutes long."""
    process = start(database, *words, **options)
    out, err = process.communicate(stdin, timeout=120)
    return Outcome(process.returncode, out, err)
