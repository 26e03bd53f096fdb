"""Assessments and withdrawals, for people."""

from __future__ import annotations

from typing import Any

import typer

from provenance.cli.render import Column, Section
from provenance.cli.views.words import many
from provenance.services.contracts.assessments import AssessmentResult, WithdrawalResult
from provenance.text.folding import printable

_IDENTITY = ("maker", "part")


def show_notes(result: AssessmentResult) -> None:
    """Prints on stderr what could not be resolved."""
    for note in result.notes:
        typer.echo(f"Note: {printable(note)}", err=True)


def assessment_view(result: AssessmentResult) -> list[Section]:
    """What was and is said, aspect by aspect."""
    columns = [
        Column("aspect", lambda row: str(row["aspect"]).replace("_", " ")),
        Column("before", lambda row: _value(row, "before")),
        Column("now", lambda row: _value(row, "after")),
        Column("by", lambda row: str(row["said_by"])),
        Column("basis", lambda row: str(row["basis"])),
    ]
    return [Section(result.ref, result.document()["rows"], columns)]


def _value(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "unidentified" if row["aspect"] in _IDENTITY else "not assessed"
    return str(row[name]).replace("_", " ")


def withdrawal_view(result: WithdrawalResult) -> list[Section]:
    """How much was withdrawn."""
    lines = [
        f"{row.ref}: {many(row.components, 'component')} withdrawn"
        if row.components
        else f"{row.ref}: no component left to withdraw"
        for row in result.rows
    ]
    return [Section("", lines=lines)]
