"""Judgements on hits: stored, applied to later runs, reopened where the entry or the customer has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from provenance.core.errors import UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import Verdict
from provenance.domain.audit import add_entry
from provenance.schema.row_values import by_name, select_rows, update_rows, values_in
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold
from provenance.schema.watchlists import Judgement
from provenance.screening.hits import Hit, HitJudgement, NumberSays, ScreenedCustomer, ranked
from provenance.screening.identity import customer_key

Pair = tuple[str, str, str]
"""A customer's key, a list, and the uid of a party on it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on one hit; ``run`` is the row number of the stored run that it was found in."""

    run: int | None
    customer: ScreenedCustomer
    hit: Hit
    verdict: Verdict
    reason: str

    @property
    def pair(self) -> Pair:
        """The customer and the listed party that the verdict is about."""
        return _pair(self.customer, self.hit)


@dataclass(frozen=True, slots=True)
class CurrentJudgement:
    """The latest judgement on a customer and a party, and what both looked like then."""

    number: int
    judgement: HitJudgement
    pair: Pair
    customer_id: str | None
    customer_name: str
    customer_digest: str
    entry_key: str
    party: str
    entry_digest: str
    tlp: str | None


def _pair(customer: ScreenedCustomer, hit: Hit) -> Pair:
    key = customer_key(customer.id, customer.name, customer.customer_digest or "", customer.role)
    return key, hit.list, hit.party_uid or ""


def read_verdict(verdict: str, reason: str) -> tuple[Verdict, str]:
    """A verdict and its reason, as a person wrote them.

    Raises:
        UsageError: there is no such verdict, or no reason.
    """
    try:
        known = Verdict(verdict.strip().lower())
    except ValueError:
        raise UsageError(f"{verdict!r} is not a verdict; use {', '.join(Verdict)}") from None
    if not reason.strip():
        raise UsageError("a judgement needs a reason (why)")
    return known, " ".join(reason.split())


def current_judgements(session: Session) -> dict[Pair, CurrentJudgement]:
    """Every judgement that none supersedes, by customer and party, the oldest first."""
    rows = session.execute(
        select_rows(Judgement).where(Judgement.superseded_by.is_(None)).order_by(Judgement.id)
    )
    found = [_current(row) for row in rows]
    return {one.pair: one for one in found}


def _current(row: Row[Any]) -> CurrentJudgement:
    return CurrentJudgement(
        number=row.id,
        judgement=HitJudgement(
            ref=reference("judgement", row.uid),
            verdict=row.verdict,
            actor=row.actor,
            at=row.at.isoformat(timespec="seconds"),
            reason=row.reason,
        ),
        pair=(row.customer_key, row.watchlist, row.party_uid),
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        customer_digest=row.customer_digest,
        entry_key=row.entry_key,
        party=row.party,
        entry_digest=row.entry_digest,
        tlp=row.tlp,
    )


def apply_judgements(
    answers: Iterable[ScreenedCustomer], known: dict[Pair, CurrentJudgement]
) -> list[ScreenedCustomer]:
    """The rows with the judgements on their hits.

    A hit that was judged negative is dismissed, unless the entry or the customer has changed since. One that
    a number set aside is a hit where a person judged it positive.
    """
    return [_with_judgements(answer, known) for answer in answers] if known else list(answers)


def _with_judgements(answer: ScreenedCustomer, known: dict[Pair, CurrentJudgement]) -> ScreenedCustomer:
    def judged(hits: Iterable[Hit]) -> list[Hit]:
        return [_with_judgement(hit, known.get(_pair(answer, hit)), answer) for hit in hits]

    found, since, aside = judged(answer.hits), judged(answer.listed_since), judged(answer.set_aside)
    same = [hit for hit in aside if _is_positive(hit)]
    found += [hit for hit in same if not hit.only_today]
    since += [hit for hit in same if hit.only_today]
    return replace(
        answer,
        hits=ranked(hit for hit in found if not _is_dismissed(hit)),
        listed_since=ranked(hit for hit in since if not _is_dismissed(hit)),
        set_aside=tuple(hit for hit in aside if not _is_dismissed(hit) and not _is_positive(hit)),
        dismissed=tuple(hit for hit in [*found, *since, *aside] if _is_dismissed(hit)),
    )


def _is_positive(hit: Hit) -> bool:
    """Whether a person said that the customer is the party: no number sets that aside."""
    judgement = hit.judgement
    return judgement is not None and judgement.verdict == Verdict.POSITIVE


def _with_judgement(hit: Hit, current: CurrentJudgement | None, answer: ScreenedCustomer) -> Hit:
    if current is None:
        return hit
    changed = [
        what
        for what, before, now in (
            ("the entry", current.entry_digest, hit.entry_digest),
            ("the customer", current.customer_digest, answer.customer_digest),
        )
        if before != now
    ]
    have = "have" if len(changed) > 1 else "has"
    reopened = f"{' and '.join(changed)} {have} changed since" if changed else None
    return replace(hit, judgement=replace(current.judgement, reopened=reopened))


def _is_dismissed(hit: Hit) -> bool:
    judgement = hit.judgement
    return judgement is not None and judgement.verdict == Verdict.NEGATIVE and judgement.reopened is None


def without_judgements(answers: Iterable[ScreenedCustomer]) -> list[ScreenedCustomer]:
    """The rows as the lists alone give them: what two runs are compared by."""
    return [_as_found(answer) for answer in answers]


def _as_found(answer: ScreenedCustomer) -> ScreenedCustomer:
    """A row before judgements moved its hits: what a number set aside is there again."""
    found = [replace(hit, judgement=None) for hit in (*answer.findings, *answer.set_aside, *answer.dismissed)]
    aside = [hit for hit in found if hit.number is NumberSays.DIFFERS]
    others = [hit for hit in found if hit.number is not NumberSays.DIFFERS]
    return replace(
        answer,
        hits=ranked(hit for hit in others if not hit.only_today),
        listed_since=ranked(hit for hit in others if hit.only_today),
        set_aside=ranked(aside),
        dismissed=(),
    )


def save_judgements(
    session: Session, decisions: Sequence[Decision], *, actor: str, tlp: Tlp | None = None
) -> tuple[list[str], int]:
    """Stores decisions, each superseding the one before; gives their references, and how many were known."""
    # One judgement of a customer and a party is current: two users may judge the same pair at once.
    hold(session, "judgements", "")
    current = current_judgements(session)
    refs, known = [], 0
    for decision in decisions:
        before = current.get(decision.pair)
        if before is not None and _is_same(before, decision):
            known += 1
            refs.append(before.judgement.ref)
            continue
        current[decision.pair] = saved = _save(session, decision, before, actor, tlp)
        refs.append(saved.judgement.ref)
    return refs, known


def _is_same(before: CurrentJudgement, decision: Decision) -> bool:
    judgement = before.judgement
    return (judgement.verdict, judgement.reason, before.entry_digest, before.customer_digest) == (
        decision.verdict,
        decision.reason,
        decision.hit.entry_digest,
        decision.customer.customer_digest,
    )


def _save(
    session: Session, decision: Decision, before: CurrentJudgement | None, actor: str, tlp: Tlp | None
) -> CurrentJudgement:
    uid = new_uid()
    key, watchlist, party_uid = decision.pair
    row = Judgement(
        uid=uid,
        customer_key=key,
        customer_id=decision.customer.id,
        customer_name=decision.customer.name or "",
        customer_digest=decision.customer.customer_digest,
        watchlist=watchlist,
        party_uid=party_uid,
        entry_key=decision.hit.key,
        party=decision.hit.party,
        entry_digest=decision.hit.entry_digest,
        verdict=decision.verdict,
        reason=decision.reason,
        actor=actor,
        at=session.moment,
        screening_run_id=decision.run,
        tlp=tlp,
    )
    if before is not None:
        # A unique index allows one current judgement at any moment, so the older one first supersedes itself
        # until the new one has a number.
        _supersede(session, before.number, before.number)
    number = insert_row(session, row)
    if before is not None:
        _supersede(session, before.number, number)
    sealed = by_name(values_in(row, _SEALED))
    add_entry(
        session,
        actor=actor,
        action="judge",
        table=Judgement,
        uid=uid,
        before={"verdict": before.judgement.verdict, "reason": before.judgement.reason} if before else None,
        after=sealed,
    )
    return _current(session.execute(select_rows(Judgement).where(Judgement.id == number)).one())


_SEALED = (
    Judgement.customer_key,
    Judgement.watchlist,
    Judgement.entry_key,
    Judgement.verdict,
    Judgement.reason,
)
"""What the audit trail keeps of a judgement."""


def _supersede(session: Session, number: int, by: int) -> None:
    update_rows(session, Judgement, {Judgement.superseded_by: by}, Judgement.id == number)
