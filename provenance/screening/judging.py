"""Judgements on hits: kept, applied to later runs, open again where the entry or the customer changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import Verdict
from provenance.domain.audit import add_entry
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.watchlists import Judgement
from provenance.screening.answering import Hit, ScreenedName, with_hits
from provenance.screening.judged import Judged, customer_key

Pair = tuple[str, str, str]
"""A customer's key, a list, and the uid of a party on it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody holds of one hit of a kept run.

    ``row`` and ``hit`` are as the run kept them, ``run`` is the run's row number.
    """

    run: int
    row: dict[str, Any]
    hit: dict[str, Any]
    verdict: Verdict
    reason: str

    @property
    def pair(self) -> Pair:
        """Of whom and of what it is said."""
        key = customer_key(self.row["id"], self.row["name"], self.row["customer_digest"])
        return key, self.hit["list"], self.hit["party_uid"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement that nobody has superseded, and what it was about."""

    number: int
    judged: Judged
    pair: Pair
    customer_id: str | None
    customer_name: str
    customer_digest: str
    entry_key: str
    party: str
    entry_digest: str
    tlp: str | None


def standing(session: Session) -> dict[Pair, Standing]:
    """Every standing judgement by customer and party, the oldest first."""
    rows = session.execute(select(Judgement).where(Judgement.superseded_by.is_(None)).order_by(Judgement.id))
    found = [_standing(row) for row in rows]
    return {one.pair: one for one in found}


def _standing(row: Any) -> Standing:
    judged = Judged(
        reference("judgement", row.uid),
        row.verdict,
        row.actor,
        row.at.isoformat(timespec="seconds"),
        row.reason,
    )
    copied = {
        name: getattr(row, name)
        for name in (
            "customer_id", "customer_name", "customer_digest", "entry_key", "party", "entry_digest", "tlp",
        )
    }  # fmt: skip
    return Standing(row.id, judged, (row.customer_key, row.watchlist, row.party_uid), **copied)


def apply(answers: Iterable[ScreenedName], known: dict[Pair, Standing]) -> list[ScreenedName]:
    """The answers with what was judged of their hits.

    A hit that was judged to be another party is dismissed, unless the entry or the customer changed since.
    """
    if not known:
        return list(answers)
    return [_applied(answer, known) for answer in answers]


def _applied(answer: ScreenedName, known: dict[Pair, Standing]) -> ScreenedName:
    key = customer_key(answer.id, answer.name, answer.customer_digest)
    judged = [_judged(hit, known.get((key, hit.list, hit.party_uid)), answer) for hit in answer.hits]
    return replace(
        answer,
        hits=tuple(hit for hit in judged if not _is_dismissed(hit)),
        dismissed=tuple(hit for hit in judged if _is_dismissed(hit)),
    )


def _judged(hit: Hit, there: Standing | None, answer: ScreenedName) -> Hit:
    if there is None:
        return hit
    changed = [
        what
        for what, before, now in (
            ("the entry", there.entry_digest, hit.entry_digest),
            ("the customer", there.customer_digest, answer.customer_digest),
        )
        if before != now
    ]
    reopened = f"{' and '.join(changed)} changed since" if changed else None
    return replace(hit, judgement=replace(there.judged, reopened=reopened))


def _is_dismissed(hit: Hit) -> bool:
    said = hit.judgement
    return said is not None and said.verdict == Verdict.NEGATIVE and said.reopened is None


def unjudged(answers: Iterable[ScreenedName]) -> list[ScreenedName]:
    """The answers as the lists alone give them, whatever was judged: what two runs are compared by."""
    return [
        with_hits(replace(answer, hits=_bare(answer.hits), dismissed=()), _bare(answer.dismissed))
        for answer in answers
    ]


def _bare(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(replace(hit, judgement=None) for hit in hits)


def decide(
    session: Session, decisions: Sequence[Decision], *, actor: str, tlp: Tlp | None = None
) -> tuple[list[str], int]:
    """Keeps decisions, each superseding what stood; gives the references, and how many were known already."""
    there = standing(session)
    refs, known = [], 0
    for decision in decisions:
        before = there.get(decision.pair)
        if before is not None and _says_the_same(before, decision):
            known += 1
            refs.append(before.judged.ref)
            continue
        there[decision.pair] = kept = _keep(session, decision, before, actor, tlp)
        refs.append(kept.judged.ref)
    return refs, known


def _says_the_same(before: Standing, decision: Decision) -> bool:
    return (before.judged.verdict, before.judged.reason, before.entry_digest, before.customer_digest) == (
        decision.verdict,
        decision.reason,
        decision.hit["entry_digest"],
        decision.row["customer_digest"],
    )


def _keep(
    session: Session, decision: Decision, before: Standing | None, actor: str, tlp: Tlp | None
) -> Standing:
    uid = new_uid()
    key, watchlist, party_uid = decision.pair
    values = {
        "uid": uid,
        "customer_key": key,
        "customer_id": decision.row["id"],
        "customer_name": decision.row["name"],
        "customer_digest": decision.row["customer_digest"],
        "watchlist": watchlist,
        "party_uid": party_uid,
        "entry_key": decision.hit["key"],
        "party": decision.hit["party"],
        "entry_digest": decision.hit["entry_digest"],
        "verdict": decision.verdict,
        "reason": decision.reason,
        "actor": actor,
        "at": datetime.now(UTC),
        "screening_run_id": decision.run,
        "tlp": tlp,
    }
    if before is not None:
        # At no moment do both stand: the older one stands aside for itself until the new one has a number.
        _supersede(session, before.number, before.number)
    number = insert_row(session, Judgement, values)
    if before is not None:
        _supersede(session, before.number, number)
    told = {name: values[name] for name in ("customer_key", "watchlist", "entry_key", "verdict", "reason")}
    add_entry(
        session,
        actor=actor,
        action="judge",
        table="judgement",
        uid=uid,
        before={"verdict": before.judged.verdict, "reason": before.judged.reason} if before else None,
        after=told,
    )
    return _standing(session.execute(select(Judgement).where(Judgement.id == number)).one())


def _supersede(session: Session, number: int, by: int) -> None:
    session.execute(update(Judgement).where(Judgement.id == number).values(superseded_by=by))
