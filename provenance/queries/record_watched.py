"""Records of watching: versions of lists, screening runs and what was held of their hits."""

from __future__ import annotations

import json

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import Members, Record, known, ref_of, row_of
from provenance.schema.session import Session
from provenance.schema.watchlists import Judgement


def judgement_record(session: Session, number: int) -> Record:
    """A judgement: of which customer and party, by whom and why, and what superseded it."""
    row = row_of(session, "judgement", number)
    facts = known(
        verdict=row["verdict"],
        customer=row["customer_name"],
        customer_id=row["customer_id"],
        party=f"{row['party']} ({row['watchlist']} {row['entry_key']})",
        why=row["reason"],
        by=row["actor"],
        at=row["at"],
        run=ref_of(session, "screening_run", row["screening_run_id"]),
        superseded_by=ref_of(session, "judgement", row["superseded_by"]),
    )
    return Record("judgement", reference("judgement", row["uid"]), row["customer_name"], facts)


def run_record(session: Session, number: int) -> Record:
    """A screening run with the judgements on its hits; its rows are shown by `screen show`."""
    row = row_of(session, "screening_run", number)
    statement = select(Judgement).where(Judgement.screening_run_id == number).order_by(Judgement.id)
    judged = session.execute(statement).all()
    ref = reference("screening_run", row["uid"])
    facts = known(
        screened=row["kind"],
        by=row["actor"],
        at=row["at"],
        file=row["file_name"],
        program=row["program_version"],
        against=", ".join(json.loads(row["versions"])) or "no list",
        rows_screened=row["rows_screened"],
        rows_not_screened=row["rows_not_screened"],
        rows_with_hits=row["rows_with_hits"],
        hits=row["hits"],
        its_rows=f"provenance screen show {ref}",
    )
    lines = [
        {
            "judgement": reference("judgement", one.uid),
            "verdict": one.verdict,
            "customer": one.customer_name,
            "party": f"{one.party} ({one.watchlist} {one.entry_key})",
            "stands": "yes" if one.superseded_by is None else "no",
        }
        for one in judged
    ]
    members = {"judgements": Members("judgement", "judgement", [one.id for one in judged])}
    return Record("screening run", ref, "Screening run", facts, {"judgements": lines}, members)


def version_record(session: Session, number: int) -> Record:
    """A version of a list: when it stood, out of which file, and how much of it was read."""
    row = row_of(session, "watchlist_version", number)
    facts = known(
        list=row_of(session, "watchlist", row["watchlist_id"])["title"],
        as_of=row["as_of"],
        extract="yes" if row["partial"] else None,
        parties=row["parties"],
        rows_read=row["rows_read"],
        format=row["format"],
        file=row["file_name"],
        sha256=row["file_sha256"],
        by=row["actor"],
        at=row["imported_at"],
        note=row["note"],
    )
    return Record("list version", reference("watchlist_version", row["uid"]), row["file_name"], facts)
