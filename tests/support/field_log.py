"""What tests of field work have in common: a logged recovery, and what a database then holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from provenance.schema.assessments import Seizure
from tests.importing.state import reading, rows_of
from tests.support.commands import Outcome, run

ACTOR = ("--actor", "olena")
BOARD = """\
U1 | TMS320C6416TGLZ | 1 | near the edge
" | MAX3232ECD // 2231 | 2
U2;none;;ground off
STM32F407VGT6
"""


def say(address: str, *words: str | Path, stdin: str = "") -> Outcome:
    """What the command line says to Olena."""
    return run(address, *ACTOR, *words, stdin=stdin)


def ref_of(outcome: Outcome) -> str:
    """The reference that a command gave to what it logged."""
    assert outcome.code == 0, outcome.err
    ref: str = outcome.rows[0]["ref"]
    return ref


def recovery(address: str, *words: str) -> str:
    """The reference of a Kh-101 of 2 January 2024, logged with these words more."""
    first = ("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-02")
    return ref_of(say(address, *first, *words, "--format", "jsonl"))


def component(address: str, recovery_ref: str, *words: str) -> str:
    """The reference of a component logged in a recovery."""
    return ref_of(say(address, "log", "component", "--recovery", recovery_ref, *words, "--format", "jsonl"))


def only(address: str, name: str) -> Any:
    """The one row of a table."""
    (row,) = seizures_of(address) if name == "seizure" else rows_of(address, name)
    return row


def seizures_of(address: str) -> list[Any]:
    """What seizures tell of themselves, by their recoveries' numbers."""
    with reading(address) as session:
        return list(session.execute(select(Seizure).order_by(Seizure.recovery_id)).all())


def standing(address: str, name: str) -> list[Any]:
    """The statements of a table that stand."""
    return [row for row in rows_of(address, name) if row.superseded_by is None]
