"""Records by any of their names or references, and names for records in an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import Tlp
from provenance.domain.organizations import names_like
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference as row_of_reference
from provenance.domain.sameness import clusters
from provenance.domain.weapons import weapons_named as weapons_named
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.reference import Part, WeaponSystem
from provenance.schema.session import Session
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.firm_names import name_key

_CHUNK = 10_000

Labels = dict[int, tuple[str, str]]
"""Name and spoken reference, by row number."""


def organization_named(session: Session, text: str) -> int:
    """The organization with that reference or name, current or former, in any script and legal form.

    Raises:
        NotFound: none has it; similar names are offered.
        Ambiguous: several have it.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    found = row_of_reference(session, text)
    if found and found[0] is RecordKind.ORGANIZATION:
        return merged.get(found[1], found[1])
    numbers = session.execute(
        select(OrganizationName.organization_id).where(OrganizationName.name_key == name_key(text)).distinct()
    ).scalars()
    distinct: list[int] = sorted({merged.get(number, number) for number in numbers})
    if len(distinct) > 1:
        labels = organization_labels(session, distinct)
        raise Ambiguous(
            f"{len(distinct)} organizations are called {text}",
            candidates=[f"{label} ({ref})" for label, ref in labels.values()],
        )
    if not distinct and (may_be := ambiguity_of(text)) is not None:
        raise Ambiguous(f"More than one organization may be called {text}", candidates=[may_be])
    if not distinct:
        raise NotFound(f"No organization is called {text}", near=near_names(session, text))
    return distinct[0]


def near_names(session: Session, text: str, *, clearance: Tlp | None = None) -> list[str]:
    """Names of organizations that look like a text, best first, as far as ``clearance`` allows."""
    from provenance.queries.marked_names import may_show_name

    return names_like(session, text, may_show_name(RecordKind.ORGANIZATION, clearance))


def organization_labels(session: Session, numbers: Iterable[int]) -> Labels:
    """Label and spoken reference of organizations, by row number."""
    return _labels(
        session, RecordKind.ORGANIZATION, Organization.id, Organization.label, Organization.uid, numbers
    )


def weapon_labels(session: Session, numbers: Iterable[int]) -> Labels:
    """Designation and spoken reference of weapon systems, by row number."""
    return _labels(
        session,
        RecordKind.WEAPON_SYSTEM,
        WeaponSystem.id,
        WeaponSystem.designation,
        WeaponSystem.uid,
        numbers,
    )


def part_labels(session: Session, numbers: Iterable[int]) -> Labels:
    """Part number and spoken reference of parts, by row number."""
    return _labels(session, RecordKind.PART, Part.id, Part.mpn, Part.uid, numbers)


def _labels(
    session: Session,
    kind: RecordKind,
    number: InstrumentedAttribute[int],
    label: InstrumentedAttribute[str],
    uid: InstrumentedAttribute[str],
    numbers: Iterable[int],
) -> Labels:
    wanted = sorted({int(number) for number in numbers})
    found: Labels = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = session.execute(select(number, label, uid).where(number.in_(wanted[start : start + _CHUNK])))
        found.update({row[0]: (row[1], reference(kind, row[2])) for row in rows})
    return dict(sorted(found.items()))


def with_variants(session: Session, numbers: Sequence[int]) -> tuple[set[int], set[int]]:
    """Weapons with all their variants, and the families of which one of these variants may be meant."""
    rows = session.execute(
        select(WeaponSystem.id, WeaponSystem.variant_of_id).where(WeaponSystem.variant_of_id.is_not(None))
    )
    family = {row.id: row.variant_of_id for row in rows}
    wanted = set(numbers)
    while more := {variant for variant, of in family.items() if of in wanted} - wanted:
        wanted |= more
    above: set[int] = set()
    for number in numbers:
        while (of := family.get(number)) is not None and of not in above:
            above.add(of)
            number = of
    return wanted, above - wanted
