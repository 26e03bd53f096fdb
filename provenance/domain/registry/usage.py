"""What uses a firm, weapon or type of unit: what nothing uses may be removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from provenance.domain.record_kinds import RecordKind, tables
from provenance.domain.registry.forms import forms_of
from provenance.schema.chunks import chunks
from provenance.schema.references import referring
from provenance.schema.row_values import name_of
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class Use:
    """How many records of a table use something, and as what."""

    table: str
    column: str
    records: int


def uses_of(session: Session, kind: RecordKind, numbers: Sequence[int]) -> dict[int, tuple[Use, ...]]:
    """What uses some records, by row number; what is stated about them is not a use."""
    own = [form.record for form in forms_of(kind)]
    found: dict[int, list[Use]] = defaultdict(list)
    for table, column in referring(tables()[kind]):
        if any(column is each for each in own):
            continue
        for some in chunks(sorted(numbers)):
            rows = session.execute(select(column, func.count()).where(column.in_(some)).group_by(column))
            for number, count in rows:
                found[number].append(Use(table, name_of(column), count))
    return {number: tuple(uses) for number, uses in found.items()}
