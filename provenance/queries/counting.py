"""Which components a question is about, and the firm and country that each counts for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis
from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.facts.layout import country_number
from provenance.queries.filters import Rule, Selection, Sieve, apply_selection
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.ground import Ground, Mask, Numbers, load_ground
from provenance.queries.names import weapon_labels
from provenance.queries.nationality import Roads, Standing, together
from provenance.queries.sifting import sift_marked
from provenance.schema.session import Session, remembered

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


@dataclass(slots=True)
class Counted:
    """The components that a question is about, sieved, each with the firm that it counts for.

    ``standing`` speaks of the components at the sieve's ``rows``, in their order.
    """

    ground: Ground
    sieve: Sieve
    standing: Standing
    genealogy: Genealogy
    tentative: bool

    @property
    def rows(self) -> Numbers:
        """Positions of the components, upwards."""
        return self.sieve.rows

    @property
    def part(self) -> Numbers:
        """The part that each component is (0: not known)."""
        return self.part_of(self.rows)

    def part_of(self, rows: Numbers) -> Numbers:
        """The part that each of these components is (0: not known)."""
        part = self.ground.components["part"].take(rows)
        if self.tentative:
            part += (part == 0) * self.ground.components["guessed_part"].take(rows)
        return part

    def keep(self, wanted: Mask, rule: Rule) -> None:
        """Leaves out what is not wanted."""
        assert len(wanted) == len(self.rows)
        (stay,) = self.sieve.sift(lambda _rows: (~wanted).view(np.uint8), [rule])
        self.standing = self.standing.narrowed(stay)


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
        "top", "distinct recoveries", data_fingerprint(session), filters=_settings(session, question)
    )
    found_in = np.flatnonzero(ground.components_each)
    basis.out_of = {
        "components": ground.size,
        "recoveries": ground.distinct(found_in if ground.one_of is None else ground.one_of[found_in]),
    }
    sieve = Sieve(ground, basis)
    sift_marked(session, sieve, selection.max_tlp)
    apply_selection(session, sieve, selection)
    tentative = selection.include_tentative
    genealogy = remembered(session, ("genealogy", today), lambda: load_genealogy(session, today=today))
    roads = remembered(
        session,
        ("roads", today, question.basis, tentative),
        lambda: Roads(session, ground, genealogy, question.basis, tentative=tentative),
    )
    return Counted(ground, sieve, _of_country(sieve, roads, question), genealogy, tentative)


_NO_MAKER = Rule("whose maker is not identified", unjudged=True)
_NO_OWNER = Rule(
    "whose owner at manufacture is not known (undated, or a change within the date)", unjudged=True
)


def _of_country(sieve: Sieve, roads: Roads, question: TopQuestion) -> Standing:
    """Leaves out what is of no firm, or of another country; gives the standing of what stays."""
    lines = roads.lines
    rules: list[Rule] = []
    firmless = np.zeros(len(lines.brands), dtype=np.uint8)
    if question.by in (GroupBy.FIRM, GroupBy.PART):
        rules = [_NO_MAKER, _NO_OWNER]
        firmless[lines.open_owner] = 2
        firmless[lines.brands == 0] = 1
    before = len(rules)
    rules += _country_rules(question.country)
    by_line = np.where(firmless, firmless, _by_country(lines.countries, question.country, before))
    parts: list[Standing] = []

    def place(rows: Numbers) -> Numbers:
        parts.append(standing := roads.of(rows))
        if standing.labels is None:
            return by_line.take(standing.bearer)
        none = firmless.take(standing.bearer)
        places: Numbers = none + (none == 0) * _by_country(standing.country, question.country, before)
        return places

    staying = sieve.sift(place, rules)
    return together([part.narrowed(stay) for part, stay in zip(parts, staying, strict=True)])


def _country_rules(wanted: str) -> list[Rule]:
    if wanted == ANY:
        return []
    if wanted == UNKNOWN_COUNTRY:
        return [Rule("of a known country")]
    unknown = Rule("of firms of unknown country", unjudged=True)
    return [unknown, Rule(f"of firms of other countries than {wanted}")]


def _by_country(countries: Numbers, wanted: str, before: int) -> Numbers:
    """By which of `_country_rules`, after so many rules before, each is left out; 0 stays."""
    if wanted == ANY:
        return np.zeros(len(countries), dtype=np.uint8)
    if wanted == UNKNOWN_COUNTRY:
        places: Numbers = (countries != 0) * np.uint8(before + 1)
        return places
    # What is unknown is none of the wanted country's, and goes by the rule before.
    places = (countries != country_number(wanted)) * np.uint8(before + 2) - (countries == 0)
    return places


def _settings(session: Session, question: TopQuestion) -> dict[str, str]:
    selection = question.selection
    weapons = weapon_labels(session, selection.weapon_ids).values()
    stated: dict[str, Any] = {
        "by": question.by,
        "country": question.country,
        "country_basis": question.basis,
        "weapon_kinds": ", ".join(selection.weapon_kinds) or ANY,
        "since": selection.since,
        "until": selection.until,
        "weapons": "; ".join(label for label, _ref in weapons) or None,
        "categories": ", ".join(selection.categories) or None,
        "chpl_tiers": ", ".join(selection.tiers) or None,
        "made_after": selection.made_after,
        "credibility_at_least": selection.min_credibility,
        "suspect": "counted" if selection.include_suspect else "left out",
        "tentative": "counted" if selection.include_tentative else "left out",
        "at_most_tlp": selection.max_tlp,
        "at_least_recoveries": question.min_recoveries,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}
