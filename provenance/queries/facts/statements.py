"""The statements that the fact sheets are read with: at most one row for each row number of a range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, cast, func, select, type_coerce

from provenance.core.vocabulary import RecoveryDateKind, StatementStatus
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
)
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer, TransferParty


def _known(value: Any) -> Any:
    """A number in a statement, 0 for NULL."""
    return func.coalesce(value, 0)


def _kept(day: Any) -> Any:
    """A day in a statement as the database stores it: making a `date` of each costs more than reading it."""
    return type_coerce(day, String)


def _read(basis: Any) -> Any:
    """In a statement: 1 for what the program read or derived, 0 for what a source states, or what is not
    stated."""
    return case((basis != "published", 1), else_=0)


def components(first: int, end: int) -> Select[Any]:
    """What a component has of its own."""
    return (
        select(
            Component.id,
            Component.recovery_id,
            Component.category,
            _read(Component.category_basis),
            _known(cast(Component.hs6, Integer)),
            _read(Component.hs6_basis),
            _kept(Component.made_earliest),
            _kept(Component.made_latest),
            _known(Component.pieces),
            Component.authenticity,
        )
        .where(Component.id >= first, Component.id < end)
        .order_by(Component.id)
    )


def makers(*, tentative: bool) -> Callable[[int, int], Select[Any]]:
    """The makers of components that stand: stated ones, or the program's readings."""
    label = () if tentative else (MakerAttribution.country_stated,)
    said = select(MakerAttribution.component_id, _known(MakerAttribution.organization_id), *label)
    return lambda first, end: said.where(*_current(MakerAttribution, first, end, tentative))


def parts(*, tentative: bool) -> Callable[[int, int], Select[Any]]:
    """The parts of components that stand: stated ones, or the program's readings."""
    said = select(Identification.component_id, _known(Identification.part_id))
    return lambda first, end: said.where(*_current(Identification, first, end, tentative))


def _current(
    said: type[MakerAttribution | Identification], first: int, end: int, tentative: bool
) -> tuple[ColumnElement[bool], ...]:
    """In a statement: of components in a range, what is not superseded, the tentative ones or all others."""
    guess = said.status == StatementStatus.TENTATIVE
    return (
        said.component_id >= first,
        said.component_id < end,
        said.superseded_by.is_(None),
        guess if tentative else ~guess,
    )


def citations(first: int, end: int) -> Select[Any]:
    """When components were reported, and how credible that is."""
    return (
        select(
            Citation.component_id,
            _kept(func.min(func.coalesce(Citation.published_latest, Citation.retrieved))),
            _kept(func.min(Citation.published_earliest)),
            _kept(func.min(Citation.published_latest)),
            _known(func.min(Citation.credibility)),
        )
        .where(Citation.component_id >= first, Citation.component_id < end)
        .group_by(Citation.component_id)
    )


def recoveries(first: int, end: int) -> Select[Any]:
    """What a recovery has of its own."""
    return (
        select(
            Recovery.id,
            Recovery.kind,
            Recovery.extent,
            _known(Recovery.weapon_system_id),
            _known(Recovery.unit_type_id),
        )
        .where(Recovery.id >= first, Recovery.id < end)
        .order_by(Recovery.id)
    )


def dates(first: int, end: int) -> Select[Any]:
    """The dates of a recovery, each kind bounded by all that is stated."""

    def bound(choose: Any, kind: RecoveryDateKind, column: Any) -> Any:
        return _kept(choose(case((RecoveryDate.kind == kind, column))))

    seen = [
        bound(choose, kind, column)
        for kind in (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
        for choose, column in ((func.min, RecoveryDate.earliest), (func.max, RecoveryDate.latest))
    ]
    return (
        select(
            RecoveryDate.recovery_id,
            *seen,
            bound(func.max, RecoveryDateKind.PRODUCED, RecoveryDate.latest),
            bound(func.min, RecoveryDateKind.UNSTATED, RecoveryDate.earliest),
        )
        .where(RecoveryDate.recovery_id >= first, RecoveryDate.recovery_id < end)
        .group_by(RecoveryDate.recovery_id)
    )


def transfers(first: int, end: int) -> Select[Any]:
    """What a transfer has of its own."""
    return (
        select(
            Transfer.id,
            Transfer.evidence_class,
            _known(Transfer.document_id),
            _kept(Transfer.earliest),
            _kept(Transfer.latest),
            _known(Transfer.part_id),
            _known(Transfer.component_id),
            _known(cast(Transfer.hs6, Integer)),
        )
        .where(Transfer.id >= first, Transfer.id < end)
        .order_by(Transfer.id)
    )


def parties(first: int, end: int) -> Select[Any]:
    """The parties of transfers."""
    return (
        select(
            TransferParty.id,
            TransferParty.transfer_id,
            _known(TransferParty.organization_id),
            TransferParty.side,
            TransferParty.role,
            case((TransferParty.confidential, 1), else_=0),
        )
        .where(TransferParty.id >= first, TransferParty.id < end)
        .order_by(TransferParty.id)
    )
