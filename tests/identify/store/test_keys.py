"""Stated parts become findable, guessed ones do not."""

from __future__ import annotations

from sqlalchemy import func, select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.parts import index_stated_parts
from provenance.identify.store.catalogue import SqlCatalogue
from provenance.schema.reference import PartKey
from provenance.schema.session import Session
from provenance.text.part_numbers import lookup_keys
from tests.support.rows import Rows


def findable(session: Session, number: str) -> set[str]:
    return {entry.mpn for _, entry in SqlCatalogue(session).by_keys(lookup_keys(number))}


def test_confirmed_and_published_parts_feed_the_catalogue_and_guesses_do_not(scratch: Session) -> None:
    rows = Rows(scratch)
    maker = rows.add("organization")
    for mpn, status in (
        ("QZK7788AB", StatementStatus.CONFIRMED),
        ("QZL7788AB", StatementStatus.PUBLISHED),
        ("QZM7788AB", StatementStatus.TENTATIVE),
    ):
        part = rows.add("part", mpn=mpn, mpn_key=mpn, organization_id=maker)
        rows.add("identification", part_id=part, status=status)
    index_stated_parts(scratch)
    assert findable(scratch, "QZK7788") == {"QZK7788AB"}
    assert findable(scratch, "QZL7788AB") == {"QZL7788AB"}
    assert findable(scratch, "QZM7788AB") == set()


def test_indexing_again_adds_nothing(scratch: Session) -> None:
    rows = Rows(scratch)
    part = rows.add("part", mpn="QZK7788AB", mpn_key="QZK7788AB", organization_id=rows.add("organization"))
    rows.add("identification", part_id=part, status=StatementStatus.CONFIRMED)
    index_stated_parts(scratch)
    keys = select(func.count()).select_from(PartKey)
    before = scratch.execute(keys).scalar_one()
    index_stated_parts(scratch)
    assert scratch.execute(keys).scalar_one() == before > 0


def test_a_key_gives_no_more_parts_than_can_be_weighed(scratch: Session) -> None:
    rows = Rows(scratch)
    maker = rows.add("organization")
    for number in range(40):
        part = rows.add(
            "part", mpn=f"QZK7788A{number:02}", mpn_key=f"QZK7788A{number:02}", organization_id=maker
        )
        rows.add("identification", part_id=part, status=StatementStatus.CONFIRMED)
    index_stated_parts(scratch)
    assert len(SqlCatalogue(scratch).by_keys(lookup_keys("QZK7788"))) == 24
