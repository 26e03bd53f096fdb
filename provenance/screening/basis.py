"""What a screening rests on: the lists, how old they are, what was not screened, what not to conclude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.tlp import Handling
from provenance.schema.session import Session
from provenance.schema.watchlists import Watchlist
from provenance.screening.calibration_table import PRIOR
from provenance.screening.chains import KNOWN_CHAINS, asks_for_chains
from provenance.screening.hits import ScreenedCustomer, ScreeningTerms, ScreeningTotals, totals_of
from provenance.screening.judgements import CurrentJudgement, Pair
from provenance.screening.runs import data_version
from provenance.text.plurals import many
from provenance.tracing.owners import ownership_rules, rules_in_words
from provenance.watchlists.status import ListStatus, list_ages, unknown_to_lists

NOT_A_FINDING = "A hit is a similarity to check, not a finding about the party."
WHAT_A_SCORE_IS = (
    "The score of a name is the probability that the listed party is the customer, if"
    f" {PRIOR:.0%} of the customers are listed; that of an address or a number is how well it agrees."
)
OWNERS_NOT_SCREENED = (
    "Who owns the customers was not screened; a firm that listed parties own may be treated like them: see"
    " `provenance trace owners`."
)
NO_CLEARANCE = "No hit is not a clearance: lists spell names in their own way and name few firms."


def screening_basis(
    session: Session,
    answers: Sequence[ScreenedCustomer],
    lists: Sequence[ListStatus],
    firms: int,
    terms: ScreeningTerms,
    filters: Mapping[str, str],
) -> Basis:
    """The basis of a screening; ``firms`` are those on known chains, whether or not they were asked about."""
    totals = totals_of(answers)
    used = [list_ages(lists)] if lists else []
    chains = f"{KNOWN_CHAINS} ({many(firms, 'firm')}, makers left out)"
    unasked = []
    if asks_for_chains(terms):
        used.append(chains)
    elif firms:
        unasked.append(f"Not screened against: {chains}.")
    settings = {"only": f"{terms.only} and parties of unknown kind"} if terms.only else {}
    return Basis(
        question="screen",
        unit="customers by name, address and number",
        data=data_version(session),
        filters={"score_from": f"{terms.threshold:g}", "lists": ", ".join(used), **settings, **filters},
        counted=_counted(totals),
        out_of=_out_of(answers, totals),
        unknown=[*_not_screened(totals), *_undated(totals), *unknown_to_lists(lists), *unasked],
        notes=_owners_not_screened(session) if answers else [],
        cautions=[NOT_A_FINDING, *([WHAT_A_SCORE_IS] if totals.rows_with_hits else []), NO_CLEARANCE],
    )


def _owners_not_screened(session: Session) -> list[str]:
    """That owners are another question, and which rules make it one."""
    rules = rules_in_words(ownership_rules(session, None), session.today)
    return [f"{OWNERS_NOT_SCREENED} {' '.join(rules)}"] if rules else []


def _counted(totals: ScreeningTotals) -> dict[str, int]:
    """Hits first; what was kept apart from them is counted where there is any."""
    apart = {
        "listed_today_but_not_then": totals.listed_since,
        "set_aside_by_number": totals.set_aside,
        "listed_at_another_time": totals.other_times,
        "of_another_kind": totals.other_kinds,
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


def _out_of(answers: Sequence[ScreenedCustomer], totals: ScreeningTotals) -> dict[str, int]:
    """The rows screened or not; in a file with several names a row, the names too."""
    if all(answer.role is None for answer in answers):
        return {"rows": totals.rows}
    return {"rows": len({answer.row for answer in answers}), "names": totals.rows}


def _undated(totals: ScreeningTotals) -> list[str]:
    count = totals.undated
    return [f"No date: {many(count, 'row')}, screened as of today."] if count else []


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
        for hit in (*answer.findings, *answer.dismissed)
        if hit.judgement is not None
    }
    marks += [one.tlp for one in judgements.values() if one.judgement.ref in applied]
    return Handling.of([*marks, *([None] * len(answers))])
