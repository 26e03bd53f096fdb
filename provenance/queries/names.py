"""Finding a record by any of its names, and naming records for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import Tlp
from provenance.domain.organizations import names_like
from provenance.domain.references import row_of_reference as row_of_reference
from provenance.domain.sameness import clusters
from provenance.domain.weapons import weapons_named as weapons_named
from provenance.queries.marked_records import may_show_name
from provenance.schema.organizations import OrganizationName
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.firm_names import name_key


def organization_named(session: Session, text: str) -> int:
    """The organization of that reference or name, today's or former, in any script and legal form.

    Raises:
        NotFound: none has it; near names are offered.
        Ambiguous: several have it.
    """
    merged = clusters(session, "organization")
    if (found := row_of_reference(session, text)) and found[0] == "organization":
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
    if not distinct:
        raise NotFound(f"No organization is called {text}", near=near_names(session, text))
    return distinct[0]


def near_names(session: Session, text: str, *, max_tlp: Tlp | None = None) -> list[str]:
    """Names of organizations that look like a text, best first; those that ``max_tlp`` leaves out are not."""
    return names_like(session, text, may_show_name("organization", max_tlp))


def organization_labels(session: Session, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Label and spoken reference of organizations, by row number."""
    return _labels(session, "organization", "label", numbers)


def weapon_labels(session: Session, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Designation and spoken reference of weapon systems, by row number."""
    return _labels(session, "weapon_system", "designation", numbers)


def part_labels(session: Session, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """MPN and spoken reference of parts, by row number."""
    return _labels(session, "part", "mpn", numbers)


def _labels(session: Session, name: str, label: str, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    record = table(name)
    wanted = sorted({int(number) for number in numbers})
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(wanted), 10_000):
        rows = session.execute(
            select(record.c.id, record.c[label], record.c.uid).where(
                record.c.id.in_(wanted[start : start + 10_000])
            )
        )
        found.update({row[0]: (row[1], reference(name, row[2])) for row in rows})
    return dict(sorted(found.items()))


def with_variants(session: Session, numbers: Sequence[int]) -> tuple[set[int], set[int]]:
    """Weapons with all their variants, and the families of which a variant of them may be meant."""
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
