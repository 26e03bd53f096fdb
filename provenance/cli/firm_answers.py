"""Answers about one firm, and about first sightings, laid out for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from provenance.cli.render import Answer, Column, Section
from provenance.cli.views.words import many
from provenance.core.vocabulary import Side
from provenance.queries.exposure import Exposure
from provenance.queries.sightings import Clock, SightingsAnswer
from provenance.queries.tally import CONTROL_DAY, Figures
from provenance.queries.transfers import TransferLine

_SHOWN_WEAPONS = 8


def exposure_answer(found: Exposure, limit: int) -> Answer:
    """What is on record about a firm (``provenance.exposure/1``); its rows are the parts."""
    sections = [Section(f"{found.firm} ({found.firm_ref})", lines=_summary(found))]
    sections += [
        section
        for section in (
            _names(found),
            _ownership(found),
            _brands(found),
            _weapons(found, limit),
            _parts(found, limit),
            _transfers(found.transfers, limit),
            _sources(found),
        )
        if section is not None
    ]
    whole = asdict(found)
    fields = {name: whole[name] for name in whole if name not in ("basis", "parts")}
    return Answer("provenance.exposure/1", whole["parts"], sections, found.basis, fields)


def _summary(found: Exposure) -> list[str]:
    lines = [f"Owned today by {found.owner_now}."] if found.owner_now else []
    if found.figures is None:
        return [*lines, "None of its parts is on record here."]
    known = "stated or guessed" if found.basis.filters["tentative"] == "counted" else "stated"
    return [*lines, *_figures(found.figures, known)]


def _figures(figures: Figures, known: str) -> list[str]:
    unknown = figures.parts_unknown
    parts = (
        f"Part numbers {known}: {figures.parts or 'none'}; not {known} of {unknown:,} components."
        if unknown
        else f"Part numbers {known}: {figures.parts:,}."
    )
    made = figures.made_after
    seen = (
        f"first seen {figures.first_seen}, last seen {figures.last_seen}" if figures.first_seen else "undated"
    )
    return [
        f"{many(figures.recoveries, 'recovery')} ({figures.specimens:,} of them one specimen each),"
        f" {many(figures.components, 'component')}, at least {many(figures.pieces, 'piece')},"
        f" {many(figures.weapon_systems, 'weapon system') if figures.weapon_systems else 'no named weapon'}.",
        parts,
        f"By date of recovery, else capture, else use: {seen}; {many(figures.undated_recoveries, 'recovery')}"
        " cannot be placed in a quarter.",
        f"Newest date of manufacture: {figures.newest_made or 'not known'}. Made after {CONTROL_DAY}:"
        f" certainly {made.certain:,}, possibly {made.possible:,}, before {made.before:,},"
        f" not known {made.unknown:,}.",
    ]


def _text(name: str, header: str | None = None, yields: int = 0) -> Column:
    return Column(
        header or name, lambda row: str(row[name]) if row[name] not in (None, "") else "–", yields=yields
    )


def _number(name: str, header: str | None = None) -> Column:
    return Column(header or name, lambda row: f"{row[name]:,}", right=True)


def _names(found: Exposure) -> Section | None:
    rows = [asdict(line) for line in found.names]
    columns = [_text("name"), _text("kind"), _text("since"), _text("until"), _text("verification", yields=1)]
    return Section("Names", rows, columns) if rows else None


def _ownership(found: Exposure) -> Section | None:
    rows = [asdict(line) for line in found.ownership]
    columns = [
        _text("owned"),
        _text("owner"),
        _text("scope", "what"),
        _text("since"),
        _text("until"),
        _text("status"),
        _text("verification", yields=1),
        _text("source", yields=2),
    ]
    return Section("Ownership on record", rows, columns) if rows else None


def _brands(found: Exposure) -> Section | None:
    rows = [asdict(line) for line in found.brands]
    columns = [
        _text("brand"),
        Column("counted", lambda row: "yes" if row["counted"] else "no longer its own"),
        _number("recoveries"),
        _number("components"),
        _number("made_while_owned", "made while owned"),
        _number("made_otherwise", "made otherwise"),
        _number("made_open", "not known"),
    ]
    return Section("Brands, by date", rows, columns) if rows else None


def _weapons(found: Exposure, limit: int) -> Section | None:
    rows = [asdict(line) for line in found.weapons][: limit or None]
    columns = [_text("weapon"), _number("recoveries"), _number("components")]
    return Section("Found in", rows, columns, _more(found.weapons, limit)) if rows else None


def _parts(found: Exposure, limit: int) -> Section | None:
    rows = [asdict(line) for line in found.parts][: limit or None]
    columns = [
        _text("part", "part number, or marking as published"),
        Column("stated", _stated),
        _number("recoveries"),
        _number("components"),
        Column("weapons", _weapon_list, yields=1),
    ]
    if not rows:
        return None
    return Section("Parts", rows, columns, _more(found.parts, limit))


def _more(everything: Sequence[Any], limit: int) -> list[str]:
    """The line under a list that a limit cut short."""
    more = len(everything) - limit if limit else 0
    return [f"… and {more:,} more: --limit 0 shows all."] if more > 0 else []


def _stated(row: dict[str, Any]) -> str:
    if row["guessed"]:
        return "guessed"
    return "part number" if row["stated"] else "marking only"


def _weapon_list(row: dict[str, Any]) -> str:
    weapons = row["weapons"]
    more = f" and {len(weapons) - _SHOWN_WEAPONS} more" if len(weapons) > _SHOWN_WEAPONS else ""
    return ", ".join(weapons[:_SHOWN_WEAPONS]) + more


def _transfers(transfers: list[TransferLine], limit: int) -> Section | None:
    if not transfers:
        return Section("Transfers", lines=["None on record names it or stands beside its parts."])
    rows = [
        {
            "ref": line.transfer_ref,
            "from": line.side(Side.FROM),
            "to": line.side(Side.TO),
            "unstated": line.side(Side.UNSTATED)
            if any(p.side == Side.UNSTATED for p in line.parties)
            else "",
            "class": line.evidence_class.replace("_", " "),
            "date": line.date or "not known",
            "source": line.source,
        }
        for line in transfers
    ][: limit or None]
    columns = [
        _text("ref"),
        _text("from"),
        _text("to"),
        _text("unstated", "side not stated", yields=3),
        _text("class"),
        _text("date"),
        _text("source", yields=1),
    ]
    return Section("Transfers that name it or stand beside its parts", rows, columns, _more(transfers, limit))


def _sources(found: Exposure) -> Section | None:
    rows = [asdict(line) for line in found.sources]
    columns = [
        _text("source"),
        _text("publisher", yields=1),
        _text("origin_group", "origin group"),
        Column("reliability", lambda row: row["reliability"] or "not assessed"),
        _text("credibility"),
        _number("components"),
    ]
    return Section("Sources", rows, columns) if rows else None


def sightings_answer(found: SightingsAnswer, limit: int) -> Answer:
    """First sightings (``provenance.new/1``), by recovery and by publication apart."""
    rows = [asdict(sighting) for sighting in found.sightings]
    sections = []
    for clock in Clock:
        mine = [row for row in rows if row["clock"] == clock]
        title = f"First seen by date of {clock}"
        if not mine:
            sections.append(Section(title, lines=["None that can be dated."]))
            continue
        columns = [
            _text("first"),
            _text("kind"),
            _text("name"),
            _text("ref", yields=1),
            _number("recoveries"),
            replace(_number("components"), yields=2),
            Column("seen before", lambda row: "not on record" if row["certain"] else "perhaps, undated"),
        ]
        sections.append(Section(title, mine[: limit or None], columns, _more(mine, limit)))
    return Answer("provenance.new/1", rows, sections, found.basis)
