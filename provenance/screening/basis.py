"""What a screening rests on: the lists, how old they are, what was not screened, what not to conclude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.tlp import Handling
from provenance.schema.session import Session
from provenance.schema.watchlists import Watchlist
from provenance.screening.chains import KNOWN_CHAINS
from provenance.screening.hits import ScreenedCustomer, ScreeningTerms, ScreeningTotals, totals_of
from provenance.screening.judgements import CurrentJudgement, Pair
from provenance.screening.runs import data_version
from provenance.watchlists.status import ListStatus, list_ages, unknown_to_lists

NOT_A_FINDING = "A hit is a similarity to check, not a finding about the party."
NO_CLEARANCE = "No hit is not a clearance: lists spell names in their own way and name few firms."


def screening_basis(
    session: Session,
    answers: Sequence[ScreenedCustomer],
    lists: Sequence[ListStatus],
    firms: int | None,
    terms: ScreeningTerms,
    filters: Mapping[str, str],
) -> Basis:
    """The basis of a screening; ``firms`` on known chains, None where these were not asked about."""
    totals = totals_of(answers)
    used = [list_ages(lists)] if lists else []
    if firms is not None:
        used.append(f"{KNOWN_CHAINS} ({firms:,} {'firm' if firms == 1 else 'firms'}, makers left out)")
    return Basis(
        question="screen",
        unit="customers by name, address and number",
        data=data_version(session),
        filters={"score_from": f"{terms.threshold:g}", "lists": ", ".join(used), **filters},
        counted=_counted(totals),
        out_of={"rows": totals.rows},
        unknown=[*_not_screened(totals), *unknown_to_lists(lists)],
        cautions=[NOT_A_FINDING, NO_CLEARANCE],
    )


def _counted(totals: ScreeningTotals) -> dict[str, int]:
    """Hits first; what was kept apart from them is counted where there is any."""
    apart = {
        "set_aside_by_number": totals.set_aside,
        "listed_at_another_time": totals.other_times,
        "dismissed_by_judgement": totals.dismissed,
        "judged_before": totals.judged,
        "reopened": totals.reopened,
    }
    return {
        "rows_with_hits": totals.rows_with_hits,
        "hits": totals.hits,
        "rows_not_screened": totals.rows_not_screened,
        **{name: count for name, count in apart.items() if count},
    }


def _not_screened(totals: ScreeningTotals) -> list[str]:
    count = totals.rows_not_screened
    if not count:
        return []
    return [f"NOT SCREENED: {count:,} {'row, which is' if count == 1 else 'rows, which are'} not clear."]


def handling_of(
    session: Session,
    lists: Sequence[ListStatus],
    answers: Sequence[ScreenedCustomer],
    judgements: Mapping[Pair, CurrentJudgement],
) -> Handling | None:
    """As strict as the lists, the judgements applied, and the customers, who have no mark."""
    names = [one.list for one in lists]
    marks = list(session.execute(select(Watchlist.tlp).where(Watchlist.key.in_(names))).scalars())
    applied = {
        hit.judgement.ref
        for answer in answers
        for hit in (*answer.hits, *answer.dismissed)
        if hit.judgement is not None
    }
    marks += [one.tlp for one in judgements.values() if one.judgement.ref in applied]
    return Handling.of([*marks, *([None] * len(answers))])
