"""Whose parts keep turning up: firms, parts, weapons or countries by distinct recoveries."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy import select

from provenance.core.basis import NO_CLEARANCE, NO_WRONGDOING, Basis
from provenance.facts.layout import country_text
from provenance.queries.counting import ANY, Counted, GroupBy, TopQuestion, count_components
from provenance.queries.filters import Rule, Selection
from provenance.queries.ground import Numbers
from provenance.queries.names import organization_labels, part_labels, weapon_labels
from provenance.queries.nationality import Standing
from provenance.queries.sifting import handling
from provenance.queries.tally import Figures, Members, Tally, ranks
from provenance.schema.chunks import chunks
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.text.countries import country_name

Names = dict[int, tuple[str, str]]
"""Name and spoken reference, by row number."""


@dataclass(frozen=True, slots=True)
class BrandLine:
    """A brand under the firm that answers for it."""

    brand: str
    brand_ref: str
    recoveries: int
    components: int


@dataclass(frozen=True, slots=True)
class TopRow:
    """One line of the ranking; ``name`` and ``ref`` are the firm's, part's, weapon's or country's."""

    rank: int
    name: str
    ref: str
    country: str | None
    figures: Figures
    brands: tuple[BrandLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TopAnswer:
    """The ranking and how it was counted."""

    rows: list[TopRow]
    basis: Basis


_UNGROUPED = {
    GroupBy.FIRM: "of no known firm",
    GroupBy.PART: "whose part number is not stated (--include-tentative counts those read from markings)",
    GroupBy.WEAPON: "out of an unnamed weapon",
    GroupBy.COUNTRY: "of unknown country",
}

_SEVERAL = {
    GroupBy.FIRM: "firms",
    GroupBy.PART: "parts",
    GroupBy.WEAPON: "weapons",
    GroupBy.COUNTRY: "countries",
}


def fetch_top(session: Session, question: TopQuestion, *, today: date) -> TopAnswer:
    """Ranks and accounts for everything that was left out; ties share a rank."""
    if question.by is GroupBy.COUNTRY:
        question = replace(question, country=ANY)
    counted = count_components(session, question, today=today)
    group = _groups(counted, question.by)
    if not group.all():
        counted.keep(group != 0, Rule(_ungrouped(question), unjudged=True))
        group = _groups(counted, question.by)
    tally = Tally(counted.ground, counted.rows, group)
    often, shown, names = _ranking(session, tally, question)
    rows = _rows(session, counted, tally, shown, names, question)
    _account(counted, tally, often, rows, question)
    counted.sieve.basis.handling = handling(session, counted.sieve)
    return TopAnswer(rows, counted.sieve.basis)


def _ungrouped(question: TopQuestion) -> str:
    if question.by is GroupBy.PART and question.selection.include_tentative:
        return "whose part number is neither stated nor read from the marking"
    return _UNGROUPED[question.by]


def _groups(counted: Counted, by: GroupBy) -> Numbers:
    if by is GroupBy.FIRM:
        return counted.standing.firm
    if by is GroupBy.PART:
        return counted.part
    if by is GroupBy.WEAPON:
        ground = counted.ground
        return ground.recoveries["weapon"].take(ground.at.take(counted.rows))
    return counted.standing.country


def _ranking(session: Session, tally: Tally, question: TopQuestion) -> tuple[int, list[int], Names]:
    """How many groups are often enough, and those shown with names: by recoveries, components, name."""
    often = np.flatnonzero(tally.recoveries >= question.min_recoveries)
    order = np.lexsort((-tally.components[often], -tally.recoveries[often]))
    figures = [(-int(tally.recoveries[place]), -int(tally.components[place])) for place in often[order]]
    # Names are needed only of those that may be shown, the last one's equals among them.
    end = bisect_right(figures, figures[question.limit - 1]) if 0 < question.limit < len(figures) else None
    near = often[order[:end]].tolist()
    names = _names(session, question.by, tally.groups[near])
    ranked = sorted(
        zip(figures[:end], near, strict=True), key=lambda item: (item[0], names[int(tally.groups[item[1]])])
    )
    return len(often), [place for _figures, place in ranked][: question.limit or None], names


def _names(session: Session, by: GroupBy, groups: Numbers) -> Names:
    if by is GroupBy.COUNTRY:
        codes = {int(group): country_text(int(group)) or "" for group in groups}
        return {group: (country_name(text), text) for group, text in codes.items()}
    labels = {GroupBy.FIRM: organization_labels, GroupBy.PART: part_labels, GroupBy.WEAPON: weapon_labels}
    return labels[by](session, groups.tolist())


def _rows(
    session: Session,
    counted: Counted,
    tally: Tally,
    shown: list[int],
    names: Names,
    question: TopQuestion,
) -> list[TopRow]:
    if question.by is GroupBy.PART:
        names = _with_makers(session, names)
    members = tally.members(shown)
    standing = counted.standing.narrowed(members.order)
    figures = tally.figures(members, counted.part_of(members.rows), standing.unverified)
    countries: list[str | None] = [None] * len(shown)
    if question.by is not GroupBy.WEAPON:
        countries = [country_text(int(np.bincount(some).argmax())) for some in members.cut(standing.country)]
    brands = _brands(session, counted, standing, members) if question.brands else [()] * len(shown)
    positions = ranks([line.recoveries for line in figures])
    return [
        TopRow(
            rank=rank,
            name=names[group][0],
            ref=names[group][1],
            country=country,
            figures=line,
            brands=lines,
        )
        for rank, group, country, line, lines in zip(
            positions, tally.groups[shown].tolist(), countries, figures, brands, strict=True
        )
    ]


def _with_makers(session: Session, names: Names) -> Names:
    """Puts the maker beside a part number, which several makers may sell."""
    makers: dict[int, int | None] = {}
    for some in chunks(list(names)):
        rows = session.execute(select(Part.id, Part.organization_id).where(Part.id.in_(some)))
        makers.update({row[0]: row[1] for row in rows})
    labels = organization_labels(session, [maker for maker in makers.values() if maker])
    return {
        number: (f"{mpn} ({labels.get(makers[number] or 0, ('maker not stated', ''))[0]})", ref)
        for number, (mpn, ref) in names.items()
    }


def _brands(
    session: Session, counted: Counted, standing: Standing, members: Members
) -> list[tuple[BrandLine, ...]]:
    """The brands under each group, those found most first."""
    pairs = zip(members.cut(members.rows), members.cut(standing.brand), strict=True)
    tallies = [Tally(counted.ground, rows, brand) for rows, brand in pairs]
    labels = organization_labels(session, {number for tally in tallies for number in tally.groups.tolist()})
    found: list[tuple[BrandLine, ...]] = []
    for tally in tallies:
        lines = [
            BrandLine(*labels[number], recoveries, components)
            for number, recoveries, components in zip(
                tally.groups.tolist(), tally.recoveries.tolist(), tally.components.tolist(), strict=True
            )
            if number
        ]
        found.append(tuple(sorted(lines, key=lambda line: (-line.recoveries, -line.components, line.brand))))
    return found


def _read_notes(counted: Counted, selection: Selection) -> list[str]:
    """How many components passed a filter only by what the program read, where one was set."""
    columns, asked, notes = counted.ground.components, selection.component_columns(), []
    for name, what in (("category_read", "category"), ("hs6_read", "customs code")):
        if name in asked and (count := int(np.count_nonzero(columns[name].known(counted.rows)))):
            notes.append(f"{count:,} have their {what} only from what the program read, unverified.")
    return notes


def _rank_note(question: TopQuestion, found: int, often: int, shown: int) -> str:
    """How many there are, how many of them are often enough, and how many of those are shown."""
    least = question.min_recoveries
    seldom = f", {often:,} of them in at least {least:,} recoveries" if least > 1 else ""
    return f"{_SEVERAL[question.by].capitalize()}: {found:,}{seldom}, {shown:,} shown."


def _time_notes(counted: Counted, things: Numbers) -> list[str]:
    """How many of these recoveries a trend by quarter can show, and why not the others."""
    if not len(things):
        return []
    seen = counted.ground.seen
    dated = (seen.earliest.take(things) != 0) | (seen.latest.take(things) != 0)
    placed = int(np.count_nonzero(seen.quarters.take(things)))
    undated = len(things) - int(np.count_nonzero(dated))
    coarse = len(things) - undated - placed
    return [
        f"In a quarter: {placed:,} of {len(things):,} recoveries; {undated:,} undated,"
        f" {coarse:,} dated too coarsely."
    ]


def _account(counted: Counted, tally: Tally, often: int, rows: list[TopRow], question: TopQuestion) -> None:
    """Says what went into the ranking, and what of it rests on less than the rest."""
    basis, standing = counted.sieve.basis, counted.standing
    components = len(counted.rows)
    things = counted.ground.distinct_things(counted.rows)
    basis.counted = {
        "components": components,
        "recoveries": len(things),
        _SEVERAL[question.by]: len(tally.groups),
        "shown": len(rows),
        "often enough": often,
    }
    basis.notes.append(_rank_note(question, len(tally.groups), often, len(rows)))
    if by_label := int(np.count_nonzero(standing.by_label)):
        basis.notes.append(
            f"{by_label:,} of the components have their country from the source's own label only."
        )
    if unverified := int(np.count_nonzero(standing.unverified)):
        basis.notes.append(f"{unverified:,} rest on a link of ownership that is not fully verified.")
    basis.notes += _read_notes(counted, question.selection)
    numbered = int(np.count_nonzero(counted.part))
    known = "stated or guessed" if counted.tentative else "stated"
    basis.notes.append(f"{numbered:,} of {components:,} have a part number that is {known}.")
    basis.notes += _time_notes(counted, things)
    readable = int(np.count_nonzero(counted.ground.components["made_earliest"].known(counted.rows)))
    basis.notes.append(f"{readable:,} of {components:,} have a readable date of manufacture.")
    basis.notes.append(NO_WRONGDOING if rows else NO_CLEARANCE)
