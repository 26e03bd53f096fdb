"""Whose parts keep turning up: firms, parts, weapons or countries by distinct recoveries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import Session

from provenance.facts.layout import country_number, country_text
from provenance.models.tables import table
from provenance.ownership import Genealogy
from provenance.queries.basis import NO_CLEARANCE, NO_WRONGDOING, Basis, data_fingerprint
from provenance.queries.filters import Selection, Sieve, apply_selection
from provenance.queries.ground import Ground, Numbers, load_ground
from provenance.queries.names import organization_labels, part_labels, weapon_labels
from provenance.queries.nationality import Standing, brands_of, stand
from provenance.queries.tally import Figures, Tally, ranks
from provenance.text.countries import country_name
from provenance.vocab import CountryBasis

ANY, UNKNOWN_COUNTRY = "any", "unknown"


class GroupBy(StrEnum):
    """What `top` ranks."""

    FIRM = "firm"
    PART = "part"
    WEAPON = "weapon"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class TopQuestion:
    """What to rank and which of it; ``country`` is a code, ``any`` or ``unknown``; ``limit`` 0 is all."""

    selection: Selection = field(default_factory=Selection)
    basis: CountryBasis = CountryBasis.OWNER_NOW
    country: str = "US"
    by: GroupBy = GroupBy.FIRM
    min_recoveries: int = 2
    brands: bool = False
    limit: int = 20


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
    GroupBy.PART: "whose part number is not stated",
    GroupBy.WEAPON: "out of an unnamed weapon",
    GroupBy.COUNTRY: "of unknown country",
}

_COMPONENT_COLUMNS = ("part", "made_earliest", "made_latest", "pieces", "reported")
_RECOVERY_COLUMNS = (
    "weapon",
    "recovered_earliest",
    "recovered_latest",
    "captured_earliest",
    "captured_latest",
    "used_earliest",
    "used_latest",
    "produced_latest",
    "unstated_earliest",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The components that a question is about, sieved, with the firm that each counts for."""

    ground: Ground
    sieve: Sieve
    brand: Numbers
    part: Numbers
    standing: Standing
    genealogy: Genealogy


def fetch_top(session: Session, question: TopQuestion, *, today: date) -> TopAnswer:
    """Ranks and accounts for everything that was left out; ties share a rank."""
    if question.by is GroupBy.COUNTRY:
        question = replace(question, country=ANY)
    counted = count_components(session, question, today=today)
    sieve, basis = counted.sieve, counted.sieve.basis
    group = _groups(counted, question.by)
    sieve.keep(group != 0, "", unjudged=group == 0, unjudged_reason=_UNGROUPED[question.by])
    tally = Tally(counted.ground, sieve.mask, group, counted.part, counted.standing.unverified)
    order = _ranking(session, tally, question)
    rows = _rows(session, counted, tally, order, question)
    _account(basis, counted, tally, order, rows, question)
    return TopAnswer(rows, basis)


def count_components(
    session: Session, question: TopQuestion, *, today: date, more_columns: tuple[str, ...] = ()
) -> Counted:
    """Sieves the components of a question and settles firm and country of each."""
    selection = question.selection
    ground = load_ground(
        session,
        component_columns=[
            *_COMPONENT_COLUMNS,
            *more_columns,
            *selection.component_columns(),
            *(("guessed_organization", "guessed_part") if selection.include_tentative else ()),
        ],
        recovery_columns=_RECOVERY_COLUMNS,
    )
    basis = Basis(
        "top", "distinct recoveries", data_fingerprint(session), settings=_settings(session, question)
    )
    sieve = Sieve(ground, basis)
    basis.out_of = {
        "components": ground.size,
        "recoveries": ground.distinct_recoveries(sieve.mask),
    }
    merged = sieve.mask.copy()
    sieve.keep(ground.without_doubles(merged), "that repeat a component already counted")
    brand = brands_of(ground, session, tentative=selection.include_tentative)
    part = ground.components["part"]
    if selection.include_tentative:
        part = np.where(part == 0, ground.components["guessed_part"], part)
    standing, genealogy = stand(ground, session, brand, question.basis, today)
    apply_selection(session, sieve, selection)
    counted = Counted(ground, sieve, brand, part, standing, genealogy)
    _of_country(counted, question)
    return counted


def _of_country(counted: Counted, question: TopQuestion) -> None:
    sieve, standing = counted.sieve, counted.standing
    if question.by in (GroupBy.FIRM, GroupBy.PART):
        sieve.keep(
            counted.brand != 0,
            "",
            unjudged=counted.brand == 0,
            unjudged_reason="whose maker is not identified",
        )
        sieve.keep(
            ~standing.open_owner,
            "",
            unjudged=standing.open_owner,
            unjudged_reason="whose owner at manufacture is not known (undated, or a change within the date)",
        )
    if question.country == ANY:
        return
    unknown = standing.country == 0
    if question.country == UNKNOWN_COUNTRY:
        sieve.keep(unknown, "of a known country")
        return
    sieve.keep(
        standing.country == country_number(question.country),
        f"of firms of other countries than {question.country}",
        unjudged=unknown,
        unjudged_reason="of firms of unknown country",
    )


def _groups(counted: Counted, by: GroupBy) -> Numbers:
    if by is GroupBy.FIRM:
        return counted.standing.firm
    if by is GroupBy.PART:
        return counted.part
    if by is GroupBy.WEAPON:
        return counted.ground.recoveries["weapon"][counted.ground.at]
    return counted.standing.country


def _ranking(session: Session, tally: Tally, question: TopQuestion) -> list[int]:
    """Positions of the groups that are often enough, in order: recoveries, components, name."""
    often = np.flatnonzero(tally.recoveries >= question.min_recoveries)
    names = _names(session, question.by, tally.groups[often])
    return sorted(
        often.tolist(),
        key=lambda place: (
            -tally.recoveries[place],
            -tally.components[place],
            names[int(tally.groups[place])],
        ),
    )


def _names(session: Session, by: GroupBy, groups: Numbers) -> dict[int, tuple[str, str]]:
    if by is GroupBy.COUNTRY:
        codes = {int(group): country_text(int(group)) or "" for group in groups}
        return {group: (country_name(text), text) for group, text in codes.items()}
    labels = {GroupBy.FIRM: organization_labels, GroupBy.PART: part_labels, GroupBy.WEAPON: weapon_labels}
    return labels[by](session, groups.tolist())


def _rows(
    session: Session, counted: Counted, tally: Tally, order: list[int], question: TopQuestion
) -> list[TopRow]:
    shown = order[: question.limit or None]
    names = _names(session, question.by, _chosen(tally, shown))
    positions = ranks([int(tally.recoveries[place]) for place in shown])
    rows: list[TopRow] = []
    for rank, place in zip(positions, shown, strict=True):
        name, ref = names[int(tally.groups[place])]
        members = tally.rows_of(place)
        rows.append(
            TopRow(
                rank=rank,
                name=name,
                ref=ref,
                country=_country(counted, members, question.by),
                figures=tally.figures(place),
                brands=_brands(session, counted, members) if question.brands else (),
            )
        )
    if question.by is GroupBy.PART:
        rows = _with_makers(session, counted, tally, shown, rows)
    return rows


def _chosen(tally: Tally, places: list[int]) -> Numbers:
    return tally.groups[np.array(places, dtype=np.int64)]


def _with_makers(
    session: Session, counted: Counted, tally: Tally, shown: list[int], rows: list[TopRow]
) -> list[TopRow]:
    """Puts the maker before a part number, which several makers may sell."""
    part = table("part")
    rows_of_parts = session.execute(
        select(part.c.id, part.c.organization_id).where(part.c.id.in_(_chosen(tally, shown).tolist()))
    )
    makers = {row.id: row.organization_id for row in rows_of_parts}
    labels = organization_labels(session, [maker for maker in makers.values() if maker])
    named = [labels.get(makers[int(tally.groups[place])], ("maker not stated", ""))[0] for place in shown]
    return [replace(row, name=f"{row.name} ({maker})") for row, maker in zip(rows, named, strict=True)]


def _country(counted: Counted, members: Numbers, by: GroupBy) -> str | None:
    if by is GroupBy.WEAPON:
        return None
    countries = counted.standing.country[members]
    return country_text(int(np.bincount(countries).argmax())) if len(countries) else None


def _brands(session: Session, counted: Counted, members: Numbers) -> tuple[BrandLine, ...]:
    brand, thing = counted.brand[members], counted.ground.thing[members]
    labels = organization_labels(session, np.unique(brand).tolist())
    lines = [
        BrandLine(label, ref, len(np.unique(thing[brand == number])), int(np.count_nonzero(brand == number)))
        for number, (label, ref) in labels.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.recoveries, -line.components, line.brand)))


def _settings(session: Session, question: TopQuestion) -> dict[str, str]:
    selection = question.selection
    weapons = weapon_labels(session, selection.weapon_ids).values()
    stated: dict[str, Any] = {
        "by": question.by,
        "country": question.country,
        "country basis": question.basis,
        "weapon kinds": ", ".join(selection.weapon_kinds) or ANY,
        "since": selection.since,
        "until": selection.until,
        "weapons": "; ".join(label for label, _ref in weapons) or None,
        "categories": ", ".join(selection.categories) or None,
        "CHPL tiers": ", ".join(selection.tiers) or None,
        "made after": selection.made_after,
        "credibility at least": selection.min_credibility,
        "suspect": "counted" if selection.include_suspect else "left out",
        "tentative": "counted" if selection.include_tentative else "left out",
        "at least recoveries": question.min_recoveries,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}


def _read_notes(counted: Counted) -> list[str]:
    """How many components passed a filter only by what the program read, where one was set."""
    columns, notes = counted.ground.components, []
    for name, what in (("category_read", "category"), ("hs6_read", "customs code")):
        if name in columns and (count := int(np.count_nonzero(counted.sieve.mask & (columns[name] != 0)))):
            notes.append(f"{count:,} have their {what} only from what the program read, unverified.")
    return notes


def _account(
    basis: Basis, counted: Counted, tally: Tally, order: list[int], rows: list[TopRow], question: TopQuestion
) -> None:
    """Says what went into the ranking, and what of it rests on less than the rest."""
    mask, standing = counted.sieve.mask, counted.standing
    basis.counted = {
        "components": int(np.count_nonzero(mask)),
        "recoveries": counted.ground.distinct_recoveries(mask),
        str(question.by) + "s": len(tally.groups),
        "shown": len(rows),
        "often enough": len(order),
    }
    by_label = int(np.count_nonzero(mask & standing.by_label))
    if by_label:
        basis.notes.append(
            f"{by_label:,} of the components have their country from the source's own label only."
        )
    unverified = int(np.count_nonzero(mask & standing.unverified))
    if unverified:
        basis.notes.append(f"{unverified:,} rest on a link of ownership that is not fully verified.")
    basis.notes += _read_notes(counted)
    dated = counted.ground.components["made_earliest"] != 0
    readable = int(np.count_nonzero(mask & dated))
    basis.notes.append(
        f"{readable:,} of {basis.counted['components']:,} have a readable date of manufacture."
    )
    basis.notes.append(NO_WRONGDOING if rows else NO_CLEARANCE)
