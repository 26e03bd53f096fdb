"""Chains and walks laid out for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from provenance.cli.render import Answer, Column, Section
from provenance.cli.trace_trees import tree_lines
from provenance.core.basis import NO_CLEARANCE
from provenance.core.tlp import Handling
from provenance.tracing.path import GAP

if TYPE_CHECKING:
    from provenance.core.basis import Basis
    from provenance.tracing.path import Path, Traced
    from provenance.tracing.walking import Walk

NO_CHAIN_WRONGDOING = "Standing in a chain is no evidence of wrongdoing."
_UNKNOWN = "not known"


def text(name: str, header: str | None = None, yields: int = 0) -> Column:
    """A column of words, a dash where there is nothing."""
    return Column(
        header or name, lambda row: str(row[name]) if row[name] not in (None, "") else "–", yields=yields
    )


def count(name: str, header: str | None = None, yields: int = 0) -> Column:
    """A column of counts."""
    return Column(header or name, lambda row: f"{row[name]:,}", right=True, yields=yields)


def path_answer(found: list[Traced], basis: Basis, limit: int) -> Answer:
    """The chains of some components (``provenance.trace-path/1``): a row a chain, its steps inside."""
    with_chain = [traced for traced in found if traced.paths]
    basis.counted = {
        "components": len(with_chain),
        "recoveries": len({traced.thing.recovery_ref for traced in with_chain}),
    }
    basis.out_of = {
        "components": len(found),
        "recoveries": len({traced.thing.recovery_ref for traced in found}),
    }
    basis.handling = Handling.of([mark for traced in found for mark in traced.marks])
    without = len(found) - len(with_chain)
    if without:
        basis.leave_out("with no transfer on record", without, 0, unjudged=True)
    basis.notes += [NO_CHAIN_WRONGDOING] if with_chain else [NO_CLEARANCE]
    rows: list[dict[str, Any]] = []
    sections: list[Section] = []
    for traced in with_chain:
        sections.append(_heading(traced))
        for number, path in enumerate(traced.paths, start=1):
            rows.append({"component": traced.thing.ref, "chain": number, **asdict(path)})
            if not limit or number <= limit:
                sections.append(_chain(path, number))
        more = len(traced.paths) - (limit or len(traced.paths))
        if more > 0:
            sections.append(Section("", lines=[f"… and {more:,} more chains: --limit 0 shows all."]))
    if not with_chain:
        sections += [_heading(traced) for traced in found] if len(found) == 1 else []
        sections.append(Section("", lines=["No transfer on record concerns it: every link is unknown."]))
    things = [
        {
            "component": traced.thing.ref,
            "title": traced.thing.title,
            "recovery": traced.thing.recovery,
            "recovery_ref": traced.thing.recovery_ref,
            "maker": traced.thing.maker,
            "tentative": list(traced.thing.guesses),
            "found_by": traced.thing.found_by,
            "authenticity": traced.thing.suspect,
            "chains": len(traced.paths),
            "transfers": traced.statements,
            "transfers_on_no_chain": traced.alone,
        }
        for traced in found
    ]
    return Answer("provenance.trace-path/1", rows, sections, basis, {"components": things})


def _heading(traced: Traced) -> Section:
    item = traced.thing
    lines = [
        f"Brand on the part: {item.maker or 'not identified'};"
        f" part number: {', '.join(item.mpns) or _UNKNOWN};"
        f" lot: {item.lot or _UNKNOWN}; no longer on its way after: {item.found_by or _UNKNOWN}."
    ]
    if item.guesses:
        lines.append(
            f"Held tentatively: {', '.join(item.guesses)}. Chains go by what is published or confirmed;"
            f" to confirm: provenance log belief {item.ref} --mpn NUMBER --identification confirmed"
            " --basis TEXT"
        )
    if item.suspect:
        lines.append(f"Authenticity is held to be {item.suspect}: the chain may not begin with that maker.")
    if traced.alone:
        lines.append(f"{traced.alone:,} of {traced.statements:,} transfers lie on none of these chains.")
    return Section(f"{item.title} ({item.ref}), out of {item.recovery} ({item.recovery_ref})", lines=lines)


def _chain(path: Path, number: int) -> Section:
    rows = [asdict(row) for row in path.rows]
    columns = [
        Column("", lambda row: "· · ·" if row["kind"] == GAP else "→"),
        Column("from", lambda row: _party(row, "giver")),
        Column("to", lambda row: _party(row, "taker")),
        Column("date", lambda row: "" if row["kind"] == GAP else row["date"] or _UNKNOWN),
        Column("places", lambda row: row["places"], yields=2),
        Column("grade", _grade),
        Column("class", lambda row: (row["evidence_class"] or "").replace("_", " ")),
        Column("what", lambda row: " ".join(filter(None, (row["quantity"], row["goods"] or ""))), yields=4),
        Column("document", lambda row: row["document"] or "", yields=3),
        Column("", lambda row: row["note"] if row["kind"] == GAP else ", ".join(row["sources"]), yields=1),
    ]
    weakest = path.weakest_class.replace("_", " ")
    reliability = path.weakest_reliability or "not assessed"
    credibility = path.weakest_credibility or "not assessed"
    lines = [
        f"Weakest link: {path.gaps:,} gaps that no record closes; of the {path.hops:,} hops on record the"
        f" weakest is {weakest}, reliability {reliability}, credibility {credibility}.",
        f"Order of the hops by date: {path.dated}. Point of diversion: {path.diversion}.",
    ]
    return Section(f"Chain {number}", rows, columns, lines)


def _party(row: dict[str, Any], side: str) -> str:
    role = str(row[f"{side}_role"]).replace("_", " ")
    name = str(row[side])
    return name if role in ("unknown", "found in") else f"{name} ({role})"


def _grade(row: dict[str, Any]) -> str:
    if row["kind"] == GAP:
        return "gap"
    return f"{row['reliability'] or '–'}{row['credibility'] or '–'}"


def walk_answer(found: Walk, limit: int) -> Answer:
    """A walk by date (``provenance.trace-from/1`` or ``-to/1``): a tree for people, a row a firm."""
    rows = [
        {
            "firm": step.holder.name,
            "firm_ref": step.holder.ref,
            "steps": step.steps,
            "through": step.through.name,
            "through_ref": step.through.ref,
            "dated": step.dated,
            "same_goods": step.same_goods,
            "day": step.day,
            "evidence_class": step.evidence_class,
            "transfer": step.transfer,
        }
        for step in found.rows
    ]
    word = "after" if found.forward else "before"
    shown = found.rows[: limit or None]
    title = f"{found.firm.name} ({found.firm.ref}): {len(rows):,} holders {word} it"
    lines = tree_lines(found, shown) if rows else []
    if len(shown) < len(rows):
        lines.append(f"… and {len(rows) - len(shown):,} more: --limit 0 shows all.")
    sections = [Section(title, lines=lines)]
    if found.forward:
        sections.append(_recoveries(found, limit))
    fields = {
        "firm": found.firm.name,
        "firm_ref": found.firm.ref,
        "recoveries": [{"recovery": item.name, "recovery_ref": item.ref} for item in found.recoveries],
    }
    schema = "provenance.trace-from/1" if found.forward else "provenance.trace-to/1"
    return Answer(schema, rows, sections, found.basis, fields)


def _recoveries(found: Walk, limit: int) -> Section:
    rows = [{"recovery": item.name, "ref": item.ref} for item in found.recoveries]
    if not rows:
        return Section("Recoveries", lines=["None is reached on record by the same part, lot or item."])
    more = len(rows) - (limit or len(rows))
    lines = [f"… and {more:,} more: --limit 0 shows all."] if more > 0 else []
    title = f"Recoveries in which goods of it may have ended ({len(rows):,})"
    return Section(title, rows[: limit or None], [text("ref"), text("recovery")], lines)
