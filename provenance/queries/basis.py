"""How an answer was counted: what went in, out of how many, and what was left out and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import func, select

from provenance.core.tlp import Handling
from provenance.schema.audit import ImportRun, Installation
from provenance.schema.session import Session
from provenance.schema.tables import table

NO_WRONGDOING = "Presence of a part is no evidence of wrongdoing by its maker."
NO_CLEARANCE = "An empty result is no clearance: most of what is found is never examined or published."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Components that one rule kept out of a count, and in how many recoveries they were.

    ``unjudged`` says that they were left out because what the rule asks is not known of them.
    """

    reason: str
    components: int
    recoveries: int
    unjudged: bool = False


@dataclass(slots=True)
class Basis:
    """What an answer rests on; filled while it is counted, printed with it.

    ``data`` names the state of the database: equal states give equal answers. ``handling`` is how strictly
    the answer is to be handled, None where nothing marked or unmarked went into it.
    """

    question: str
    unit: str
    data: str
    settings: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    out_of: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    handling: Handling | None = None

    def leave_out(self, reason: str, components: int, recoveries: int, *, unjudged: bool = False) -> None:
        """Takes note of a rule that kept something out; rules that kept nothing out are not mentioned."""
        if components or recoveries:
            self.left_out.append(LeftOut(reason, components, recoveries, unjudged))


def data_fingerprint(session: Session) -> str:
    """Names the state of the data in twelve hexadecimal digits.

    It covers the reference data, the files imported in their order, and how much was written since:
    two installations that loaded the same lists in the same order have the same.
    """
    parts = [str(row) for row in session.execute(select(Installation.seed_digest)).scalars()]
    parts += session.execute(select(ImportRun.file_sha256).order_by(ImportRun.id)).scalars()
    written = ("audit_entry", "component", "same_as")
    highest = session.execute(
        select(*(select(func.max(table(name).c.id)).scalar_subquery() for name in written))
    ).one()
    parts += [f"{name} {number or 0}" for name, number in zip(written, highest, strict=True)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
