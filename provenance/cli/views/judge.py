"""Judgements for people."""

from __future__ import annotations

from provenance.cli.render import Column, Section
from provenance.cli.views.words import many
from provenance.services.contracts.judgements import JudgementListResult, JudgeResult


def judged_sections(result: JudgeResult) -> list[Section]:
    """The judgements given, a line each, and how many are new."""
    lines = [
        f"{row.ref}  {row.verdict}: {row.customer or '(no name)'} and {row.party} ({row.list})"
        for row in result.rows
    ]
    lines.append(f"{many(result.saved, 'judgement')} saved, {result.known:,} already known.")
    return [Section("", lines=lines)]


def list_sections(result: JudgementListResult) -> list[Section]:
    """The current judgements as a table."""
    if not result.rows:
        return [Section("There are no current judgements.")]
    columns = [
        Column("ref", lambda row: str(row["ref"])),
        Column("verdict", lambda row: str(row["verdict"])),
        Column("customer", lambda row: str(row["customer"] or "(no name)")),
        Column("party", lambda row: f"{row['party']} ({row['list']} {row['key']})"),
        Column("by", lambda row: str(row["actor"]), yields=2),
        Column("on", lambda row: str(row["at"])[:10], yields=1),
        Column("reason", lambda row: str(row["reason"]), yields=3),
    ]
    return [Section("Current judgements", [row.model_dump() for row in result.rows], columns)]
