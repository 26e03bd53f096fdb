"""Requests and results about weapons and types of units: what is stated of them, and one into another."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from provenance.core.vocabulary import Language, UnitKind, WeaponKind
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.firms import StatedTerms, StatementChange


class DesignatedNoun(StrEnum):
    """What has a designation."""

    WEAPON = "weapon"
    UNIT_TYPE = "unit_type"


class WeaponFacts(Contract):
    """What a weapon is; null leaves it as it is.

    ``first_known`` is a partial date, or ``unknown``; ``variant_of`` is a weapon, or ``none``; countries are
    names or codes.
    """

    kind: WeaponKind | None = None
    design_country: str | None = None
    build_country: str | None = None
    producer: str | None = None
    nato_name: str | None = None
    variant_of: str | None = None
    first_known: str | None = None


class AddDesignatedRequest(Request):
    """A new weapon or type of unit; ``kind`` is a type of unit's."""

    noun: DesignatedNoun
    name: str
    facts: WeaponFacts = WeaponFacts()
    kind: UnitKind | None = None
    terms: StatedTerms
    confirmed: bool = False


class DescribeWeaponRequest(Request):
    """What a weapon is."""

    weapon: str
    facts: WeaponFacts
    terms: StatedTerms


class UnitKindRequest(Request):
    """What a type of unit is."""

    unit_type: str
    kind: UnitKind
    terms: StatedTerms


class RenameDesignatedRequest(Request):
    """What a weapon or type of unit is called."""

    noun: DesignatedNoun
    record: str
    name: str
    terms: StatedTerms


class DesignatedAliasRequest(Request):
    """Another name of a weapon or type of unit, or one to withdraw."""

    noun: DesignatedNoun
    record: str
    name: str
    language: Language = Language.UND
    terms: StatedTerms
    remove: bool = False


class MergeDesignatedRequest(Request):
    """Two weapons or types of units that are one: ``gone`` becomes a name of ``kept``."""

    noun: DesignatedNoun
    kept: str
    gone: str
    reason: str = ""


class RemoveDesignatedRequest(Request):
    """A weapon or type of unit that nothing uses."""

    noun: DesignatedNoun
    record: str
    reason: str = ""


class UndoDesignatedRequest(Request):
    """A change to undo: the last one that stands, or the one with that number in the history."""

    noun: DesignatedNoun
    record: str
    number: int | None = Field(default=None, ge=1)
    reason: str = ""


class DesignationChangeResult(Result):
    """What was changed of a weapon or type of unit.

    ``change`` is its number among the changes of the record, null where everything was on record already.
    ``amended`` counts the recoveries and units that a merge, or its undoing, calls otherwise now.
    """

    schema_id: ClassVar[str] = "provenance.designation-change/1"
    noun: DesignatedNoun
    name: str
    ref: str
    action: str
    change: int | None
    reason: str
    amended: int = 0
    notes: tuple[str, ...] = ()
    rows: tuple[StatementChange, ...] = ()
