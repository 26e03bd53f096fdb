"""Identified markings for people: a table of candidates each, with reasons and dates below it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from provenance.cli.render import Column, Section
from provenance.cli.views.words import many
from provenance.services.contracts.identification import IdentifiedMarking, IdentifyResult, KnowledgeState

_UNKNOWN = "–"


def identification_view(result: IdentifyResult) -> list[Section]:
    """A section for each marking, and what the answers are based on."""
    return [*map(_marking, result.rows), Section("", lines=_based_on(result.knowledge))]


def _marking(row: IdentifiedMarking) -> Section:
    title = " / ".join(row.lines) or "(blank)"
    if not row.candidates and not row.dates:
        return Section(title, lines=["No maker, part or date was recognised in this marking."])
    columns = (
        Column("maker", _maker),
        Column("part number", lambda each: each["mpn"] or _UNKNOWN),
        Column("base part", lambda each: each["base_part"] or _UNKNOWN, yields=2),
        Column("maker is", lambda each: str(each["confidence"])),
        Column("score", lambda each: f"{each['score']:.2f}", right=True),
    )
    candidates = [asdict(each) for each in row.candidates]
    lines = [f"{each['maker']}: {each['reason']}.{_suffix_words(each)}" for each in candidates]
    lines += [f"Made {_day(each.from_)} to {_day(each.to)}: {each.reason}." for each in row.dates]
    if row.lot:
        lines.append(f"Lot {row.lot}.")
    return Section(title, candidates, columns if candidates else (), lines)


def _maker(candidate: dict[str, Any]) -> str:
    maker: str = candidate["maker"]
    return f"{maker} ({candidate['owner']})" if candidate["owner"] else maker


def _day(day: object) -> str:
    return _UNKNOWN if day is None else str(day)


def _suffix_words(candidate: dict[str, Any]) -> str:
    """What of a suffix can be read; nothing where it cannot."""
    read = [f"{name} {candidate[name]}" for name in ("package", "temperature", "reel") if candidate[name]]
    return f" Suffix {candidate['suffix']}: {', '.join(read)}." if read else ""


def _based_on(state: KnowledgeState) -> list[str]:
    lines = [
        "",
        "Based on marking rules (from the editors' memory, unverified), the parts catalogue and"
        f" {many(state.learned_pairs, 'marking')} of known makers in this database.",
        "These are candidates, not findings.",
    ]
    if state.marked_components and not state.is_learned:
        lines.append(
            "This version of the program has not learned from this database's markings yet. To do that, run"
            " provenance read-markings."
        )
    return lines
