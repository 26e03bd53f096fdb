"""Which records carry a mark of the Traffic Light Protocol, and which were taken back.

What goes into an answer with a component is the component, its recovery and the records of sources that
report it. A component without a mark has its recovery's; a recovery without one is AMBER; a mark of a source
or of its record makes things stricter, never milder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, exists, func, select

from provenance.core.tlp import UNMARKED, strictness
from provenance.core.vocabulary import Tlp
from provenance.schema.session import Session
from provenance.schema.tables import table

Numbers = NDArray[Any]

_AMBER = strictness(None)
_MILDEST = next(iter(Tlp))
_CHUNK = 5_000


def component_strictness(session: Session, ids: Numbers, recovery_ids: Numbers) -> tuple[Numbers, Numbers]:
    """How strictly each component is to be handled (see `strictness`), and which have no mark at all.

    ``ids`` go upwards; ``recovery_ids`` are the components' recoveries. Marked rows alone are read.
    """
    recoveries = _marked(session, "recovery")
    highest = max([*recoveries, *recovery_ids[-1:].tolist(), int(recovery_ids.max(initial=0))])
    of_recovery = np.full(highest + 1, _AMBER, dtype=np.uint8)
    plain = np.ones(highest + 1, dtype=np.bool_)
    for number, mark in recoveries.items():
        of_recovery[number], plain[number] = mark, False
    found, unmarked = of_recovery[recovery_ids], plain[recovery_ids]
    own = _marked(session, "component")
    places = np.searchsorted(ids, list(own)) if own else np.empty(0, dtype=np.intp)
    marks = np.array(list(own.values()), dtype=np.uint8)
    found[places] = np.maximum(marks, np.where(plain[recovery_ids[places]], _AMBER, found[places]))
    unmarked[places] = False
    for number, mark in _marked_by_sources(session).items():
        place = int(np.searchsorted(ids, number))
        found[place] = max(int(found[place]), mark)
    return found, unmarked


def any_marks(session: Session) -> bool:
    """Whether any mark has a say in how strictly components are to be handled."""
    telling = [
        *(table(name).c.tlp.is_not(None) for name in ("component", "recovery")),
        *(_tightens(table(name).c.tlp) for name in ("citation", "source")),
    ]
    return any(session.execute(select(exists().where(mark))).scalar() for mark in telling)


def _tightens(mark: ColumnElement[Any]) -> ColumnElement[bool]:
    """In a statement: whether a source's mark can make anything stricter; the mildest one cannot."""
    return mark != str(_MILDEST)


def withdrawn_components(session: Session) -> list[int]:
    """The row numbers of the components that were taken back, upwards."""
    component = table("component").c
    rows = session.execute(select(component.id).where(component.withdrawn_at.is_not(None)))
    return sorted(rows.scalars())


def _marked(session: Session, name: str) -> dict[int, int]:
    record = table(name).c
    rows = session.execute(select(record.id, record.tlp).where(record.tlp.is_not(None)).order_by(record.id))
    return {row.id: strictness(row.tlp) for row in rows}


def _marked_by_sources(session: Session) -> dict[int, int]:
    """The components that a marked source, or a marked record of one, reports, with the strictest mark."""
    citation, source = table("citation").c, table("source").c
    marked_sources = {
        row.id: strictness(row.tlp)
        for row in session.execute(select(source.id, source.tlp).where(_tightens(source.tlp)))
    }
    found: dict[int, int] = {}
    rows = session.execute(
        select(citation.component_id, citation.tlp).where(
            _tightens(citation.tlp), citation.component_id.is_not(None)
        )
    )
    for component_id, tlp in rows:
        found[component_id] = max(found.get(component_id, 0), strictness(tlp))
    for number, mark in marked_sources.items():
        reported = select(citation.component_id).where(
            citation.source_id == number, citation.component_id.is_not(None)
        )
        for component_id in session.execute(reported).scalars():
            found[component_id] = max(found.get(component_id, 0), mark)
    return found


def reported_marks(session: Session, name: str, numbers: Sequence[int]) -> list[str]:
    """The marks of the sources, and of their records, that report some recoveries or components."""
    citation, source = table("citation"), table("source")
    found: set[str] = set()
    for start in range(0, len(numbers), _CHUNK):
        rows = session.execute(
            select(citation.c.tlp.label("record"), source.c.tlp.label("source"))
            .join(source, source.c.id == citation.c.source_id)
            .where(
                citation.c[f"{name}_id"].in_(numbers[start : start + _CHUNK]),
                citation.c.tlp.is_not(None) | source.c.tlp.is_not(None),
            )
            .distinct()
        )
        found |= {mark for row in rows for mark in row if mark is not None}
    return sorted(found)


def may_show_recovery(highest: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over recoveries: whether one may be shown; None where all may."""
    if highest is None:
        return None
    return and_(_within(table("recovery").c.tlp, highest), ~_reported_more_strictly("recovery", highest))


def may_show_component(highest: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over components joined with their recoveries: whether one may be shown."""
    if highest is None:
        return None
    own, recovery = table("component").c.tlp, table("recovery").c.tlp
    return and_(
        _within(func.coalesce(own, recovery), highest),
        _within(recovery, highest),
        ~_reported_more_strictly("component", highest),
    )


def may_show_transfer(highest: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over transfers: whether one may be shown; None where all may."""
    if highest is None:
        return None
    return and_(_within(table("transfer").c.tlp, highest), ~_reported_more_strictly("transfer", highest))


def _allowed(highest: Tlp) -> list[Tlp]:
    return [mark for mark in Tlp if strictness(mark) <= strictness(highest)]


def _within(mark: ColumnElement[Any], highest: Tlp) -> ColumnElement[bool]:
    return func.coalesce(mark, str(UNMARKED)).in_([str(each) for each in _allowed(highest)])


def _reported_more_strictly(name: str, highest: Tlp) -> ColumnElement[bool]:
    citation, source = table("citation"), table("source")
    stricter = [str(mark) for mark in Tlp if mark not in _allowed(highest)]
    return exists().where(
        citation.c[f"{name}_id"] == table(name).c.id,
        source.c.id == citation.c.source_id,
        citation.c.tlp.in_(stricter) | source.c.tlp.in_(stricter),
    )
