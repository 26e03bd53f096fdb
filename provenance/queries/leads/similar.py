"""Recoveries and units that share rare parts, and which parts were swapped since the earlier one.

A part weighs ``ln(N / n)``, where ``N`` is the number of recoveries that have any part to compare, and ``n``
that of those that have this one (inverse document frequency, Spärck Jones 1972): what every wreck has weighs
nothing. ``weight`` is the sum over what two have in common, and ``likeness`` that sum divided by the sum over
what either has (a weighted Jaccard index), from 0 to 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.core.errors import BadInput, UsageError, Withheld
from provenance.core.tlp import stricter_than
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.leads.changes import ChangeRow, changes_between
from provenance.queries.leads.finds import Finds, handling_of, load_finds
from provenance.queries.leads.holders import Feature, Holder, Holders
from provenance.schema.session import Session

NOT_ONE_HAND = "Sharing parts does not show that two weapons were made together: weapons of one type do."

_DIGITS = 3
"""Digits after the point of a weight: more would look exact and only tell rounding."""


@dataclass(frozen=True, slots=True)
class SharedGoods:
    """Something that two holders have in common; ``recoveries`` is how many have it."""

    kind: Literal["part", "marking", "lot"]
    name: str
    maker: str | None
    recoveries: int
    weight: float


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A recovery or unit that shares something; ``dated`` is when it was recovered (if unknown: captured or
    used), ``earlier`` whether it is certainly before the one asked about, None where dates do not tell.
    """

    ref: str
    label: str
    recovery_ref: str
    dated: str | None
    earlier: bool | None
    likeness: float
    weight: float
    shared: tuple[SharedGoods, ...]


@dataclass(frozen=True, slots=True)
class SimilarQuestion:
    """About which recovery or unit; against which other one, or the most similar earlier one."""

    subject: Holder
    against: Holder | None = None
    swapped: bool = False
    limit: int = 0
    read_parts: bool = False
    clearance: Tlp | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """The holders that share something, what changed since one of them, and how that was counted."""

    ref: str
    label: str
    rows: tuple[SimilarRow, ...]
    total: int
    compared_with: str | None
    changes: tuple[ChangeRow, ...]
    basis: Basis


def fetch_similar(session: Session, question: SimilarQuestion) -> Similar:
    """Holders of the same kind that share something with one, the greatest weight first.

    Raises:
        Withheld: nothing of it may be shown.
        BadInput: it has nothing that could be compared.
        UsageError: it is compared with itself.
    """
    loaded = load_finds(session, question.clearance, read_parts=question.read_parts)
    holders = Holders(session, loaded)
    subject = holders.first(question.subject)
    _refuse_empty(holders, subject, question)
    basis = Basis("similar", "recoveries that share parts", data_fingerprint(session), _filters(question))
    loaded.account(basis, question.clearance)
    weights = _Weights(holders)
    _say_unjudged(loaded, basis, question)
    others = [other for other in holders.of_kind(subject[0]) if holders.may_compare(subject, other)]
    ranked = sorted(
        ((weights.shared(subject, other), other) for other in others),
        key=lambda pair: (-pair[0], -weights.likeness(subject, pair[1]), pair[1][1]),
    )
    sharing = [other for weight, other in ranked if weight > 0]
    shown = sharing[: question.limit or None]
    against = _against(question, holders, subject, sharing)
    named = {subject, *shown, *([against] if against else [])}
    finds = [find for holder in named for find in holders.finds[holder]]
    basis.counted = {"components": len(holders.finds[subject]), "recoveries": len(sharing)}
    if len(shown) < len(sharing):
        basis.notes.append(f"{len(shown):,} of {len(sharing):,} are shown.")
    basis.cautions.append(NOT_ONE_HAND if sharing else NO_CLEARANCE)
    basis.handling = handling_of(session, finds)
    return Similar(
        holders.ref(subject),
        holders.label(subject),
        tuple(_row(subject, other, holders, weights) for other in shown),
        len(sharing),
        holders.ref(against) if against else None,
        changes_between(holders, against, subject) if against else (),
        basis,
    )


class _Weights:
    """How much each thing weighs that holders can share: by recoveries, of units too."""

    def __init__(self, holders: Holders) -> None:
        self._features = holders.features
        having: dict[Feature, set[int]] = defaultdict(set)
        for holder in holders.of_kind(RecordKind.RECOVERY):
            for feature in holders.features[holder]:
                having[feature].add(holders.recovery(holder))
        self.having: Mapping[Feature, int] = {feature: len(each) for feature, each in having.items()}
        self._all = len({number for each in having.values() for number in each})

    def of(self, feature: Feature) -> float:
        """The natural logarithm of how many recoveries there are for each that has it."""
        return log(self._all / self.having[feature])

    def shared(self, one: Holder, other: Holder) -> float:
        """The weight of everything that both have."""
        both = self._features[one].keys() & self._features[other].keys()
        return round(sum(sorted(map(self.of, both))), 9)

    def likeness(self, one: Holder, other: Holder) -> float:
        """The share of what both have in what either has, by weight."""
        either = self._features[one].keys() | self._features[other].keys()
        whole = sum(sorted(map(self.of, either)))
        return self.shared(one, other) / whole if whole else 0.0


def _refuse_empty(holders: Holders, subject: Holder, question: SimilarQuestion) -> None:
    if holders.features.get(subject):
        return
    if question.clearance is not None and subject not in holders.finds:
        raise Withheld(f"Nothing of it may be shown that is not {stricter_than(question.clearance)}")
    raise BadInput(
        f"{holders.ref(subject)} has nothing that could be compared: no component with a known part, a"
        " legible marking or a lot",
        code="nothing_to_compare",
    )


def _filters(question: SimilarQuestion) -> dict[str, str]:
    found = {"read_parts": "counted" if question.read_parts else "left out"}
    if question.clearance is not None:
        found["at_most_tlp"] = str(question.clearance)
    return found


def _say_unjudged(loaded: Finds, basis: Basis, question: SimilarQuestion) -> None:
    silent = [find for find in loaded.finds if find.goods is None and not (find.lot and find.maker)]
    basis.leave_out(
        "of which neither part nor a legible marking is known",
        len(silent),
        len({find.recovery for find in silent}),
        unjudged=True,
    )


def _against(
    question: SimilarQuestion, holders: Holders, subject: Holder, sharing: Sequence[Holder]
) -> Holder | None:
    """The holder that changes are told since; None where none is asked for, or none is certainly earlier."""
    if question.against is not None:
        against = holders.first(question.against)
        if not holders.may_compare(subject, against):
            raise UsageError("both are of one recovery: there is nothing to compare")
        if against[0] is not subject[0]:
            raise UsageError(f"a {subject[0]} is compared with another {subject[0]}, not with a {against[0]}")
        return against
    if not question.swapped:
        return None
    of_its_type = (other for other in sharing if holders.type_of(other) == holders.type_of(subject))
    return next((other for other in of_its_type if holders.earlier(subject, other)), None)


def _row(subject: Holder, other: Holder, holders: Holders, weights: _Weights) -> SimilarRow:
    both = holders.features[subject].keys() & holders.features[other].keys()
    shared = sorted(both, key=lambda feature: (-weights.of(feature), feature))
    return SimilarRow(
        ref=holders.ref(other),
        label=holders.label(other),
        recovery_ref=holders.recovery_ref(other),
        dated=holders.dated(other),
        earlier=holders.earlier(subject, other),
        likeness=round(weights.likeness(subject, other), _DIGITS),
        weight=round(weights.shared(subject, other), _DIGITS),
        shared=tuple(_shared(feature, holders, subject, weights) for feature in shared),
    )


def _shared(feature: Feature, holders: Holders, subject: Holder, weights: _Weights) -> SharedGoods:
    kind, maker, _key = feature
    return SharedGoods(
        kind="lot" if kind == "lot" else "part" if kind == "part" else "marking",
        name=holders.features[subject][feature],
        maker=holders.makers.get(maker),
        recoveries=weights.having[feature],
        weight=round(weights.of(feature), _DIGITS),
    )
