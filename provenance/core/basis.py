"""How an answer was counted: what went in, out of how many, what was left out and why, what to be cautious
about."""

from __future__ import annotations

from dataclasses import dataclass, field

from provenance.core.tlp import Handling

NO_WRONGDOING = "Presence of a part is not evidence of wrongdoing by its maker."
NO_CLEARANCE = "An empty result is not a clearance: most of what is found is never examined or published."
AUTHENTICITY = "Authenticity was not assessed unless a component says so."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Components that one rule kept out of a count, and in how many recoveries they were.

    ``reason`` completes "components …"; ``unjudged`` says that they were left out because what the rule asks
    is not known of them.
    """

    reason: str
    components: int
    recoveries: int
    unjudged: bool = False


@dataclass(slots=True)
class Basis:
    """What an answer rests on; filled while it is counted, printed with it.

    ``data`` names the state of the database: equal states give equal answers. ``filters``, ``counted`` and
    ``out_of`` have snake_case keys. ``unknown`` says what is not known of what was counted, ``cautions`` what
    a reader must not conclude, ``notes`` the rest; each is whole sentences, the most important first.
    ``handling`` is how strictly the answer is to be handled, None where no record went into it.
    """

    question: str
    unit: str
    data: str
    filters: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    out_of: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    handling: Handling | None = None

    def leave_out(self, reason: str, components: int, recoveries: int, *, unjudged: bool = False) -> None:
        """Records a rule that kept something out; rules that kept nothing out are not mentioned."""
        if components or recoveries:
            self.left_out.append(LeftOut(reason, components, recoveries, unjudged))
