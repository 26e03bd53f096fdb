"""`provenance find` and `provenance show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.cli.render import Answer, Section
    from provenance.queries.record_common import Record
    from provenance.queries.search import Hits

_SHOWN_ROWS = 30
_IN_FULL = ("text", "earlier texts")
"""What is too long for a table's cell and stands below the table."""


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("find")(find)
    app.command("show")(show)


def find(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(help="A piece of a marking, part number, firm, weapon or serial.")
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Show so many of each kind; 0 shows all.")
    ] = 20,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Search markings, part numbers, firms, weapons and serials, in any script.

    Example: provenance find Герань
    """
    from provenance.core.basis import NO_CLEARANCE
    from provenance.core.errors import NotFound
    from provenance.queries.names import near_names
    from provenance.queries.search import fetch_hits

    wanted = " ".join(text)
    with context_of(context).reading() as session:
        highest = read_max_tlp(max_tlp)
        groups = fetch_hits(session, wanted, limit=limit, max_tlp=highest)
        if not any(group.total for group in groups):
            hidden = sum(group.left_out for group in groups)
            if hidden:
                raise NotFound(
                    f"Nothing that may be shown carries {wanted}",
                    hint=f"{hidden:,} records are marked more strictly than --max-tlp {max_tlp}.",
                )
            raise NotFound(
                f"Nothing carries {wanted}",
                hint=NO_CLEARANCE,
                near=near_names(session, wanted, max_tlp=highest),
            )
    printer(format, out).print(_find_answer(groups))


_DETAILS = {
    "firm": "verification",
    "weapon": "kind",
    "unit": "kind",
    "part": "maker",
    "recovery": "extent",
    "component": "found in",
}
"""What stands beside the name of a hit of each kind."""


def _find_answer(groups: list[Hits]) -> Answer:
    from dataclasses import asdict

    from provenance.cli.render import Answer, Column, Section
    from provenance.core.tlp import strictest

    named = [Column("ref", lambda row: str(row["ref"])), Column("name", lambda row: str(row["name"]))]
    matched = Column(
        "found as", lambda row: str(row["matched"]) if row["matched"] != row["name"] else "", yields=1
    )
    sections = []
    for group in groups:
        detail = Column(_DETAILS[group.kind], lambda row: str(row["detail"]))
        otherwise = any(hit.matched != hit.name for hit in group.hits)
        columns = [*named, *([matched] if otherwise else []), detail]
        more = group.total - len(group.hits)
        lines = [f"… and {more:,} more: --limit 0 shows all."] if more else []
        if group.left_out:
            lines.append(f"Left out: {group.left_out:,} marked more strictly than --max-tlp.")
        sections.append(
            Section(f"{group.kind} ({group.total:,})", [asdict(hit) for hit in group.hits], columns, lines)
        )
    totals = {group.kind: group.total for group in groups}
    rows = [asdict(hit) for group in groups for hit in group.hits]
    left_out = {group.kind: group.left_out for group in groups if group.left_out}
    marks = [group.tlp for group in groups if group.tlp is not None]
    tlp = strictest(marks) if marks else None
    if tlp is not None:
        sections.append(Section("", lines=["", f"TLP:{tlp}, the strictest of what is shown."]))
    fields = {"totals": totals, "tlp": tlp, "left_out_by_tlp": left_out}
    return Answer("provenance.find/1", rows, sections, fields=fields)


def show(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="A reference such as C-7K3M9-Q2X4H, a source's record key, or a name.")
    ],
    all_: Annotated[bool, typer.Option("--all", help="Show every row of long lists.")] = False,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show one record with everything that supports it.

    Example: provenance show Kh-101
    """
    from provenance.queries.record import fetch_record

    with context_of(context).reading() as session:
        record = fetch_record(session, ref, max_tlp=read_max_tlp(max_tlp))
    printer(format, out).print(_show_answer(record, all_))


def _show_answer(record: Record, everything: bool) -> Answer:
    from provenance.cli.render import Answer, Column, Section

    facts = [{"fact": name, "value": value} for name, value in record.facts.items()]
    columns = [Column("", lambda row: str(row["fact"])), Column("", lambda row: str(row["value"]))]
    sections = [Section(f"{record.kind} {record.ref}: {record.title}", facts, columns)]
    sections += [_group(name, rows, everything) for name, rows in record.groups.items() if rows]
    row: dict[str, Any] = {
        "kind": record.kind,
        "ref": record.ref,
        "title": record.title,
        "facts": record.facts,
        **record.groups,
    }
    return Answer("provenance.show/1", [row], sections)


def _group(name: str, rows: list[dict[str, Any]], everything: bool) -> Section:
    from provenance.cli.render import Column, Section

    names = [
        key
        for key in rows[0]
        if key not in _IN_FULL and any(row.get(key) not in (None, "", []) for row in rows)
    ]
    shown = rows if everything else rows[:_SHOWN_ROWS]
    lines = [f"{row['record']} reads: {row['text']}" for row in shown if row.get("text")]
    lines += [
        f"{row['record']} read before: {text}" for row in shown for text in row.get("earlier texts", ())
    ]
    if len(rows) > len(shown):
        lines.append(f"… and {len(rows) - len(shown):,} more: --all shows them.")
    columns = [Column(key.replace("_", " "), lambda row, key=key: _cell(row.get(key))) for key in names]  # type: ignore[misc]  # the default binds the loop's key
    return Section(f"{name} ({len(rows):,})", shown, columns, lines)


def _cell(value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        first, *rest = (str(part) for part in value.values() if part not in (None, "", []))
        return f"{first} ({', '.join(rest)})" if rest else first
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    return str(value)
