"""What the schema itself refuses, whoever writes: the last fence behind all checks of the program."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, UniqueConstraint, delete, inspect, select
from sqlalchemy.exc import IntegrityError

from provenance.core import vocabulary as vocab
from provenance.schema.audit import ImportRun
from provenance.schema.everything import metadata
from provenance.schema.recoveries import Recovery
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Source
from tests.support.rows import Rows, vocabulary_checks
from tests.support.tables import table

CHECKED = [
    (name, column) for name, found in sorted(metadata.tables.items()) for column in vocabulary_checks(found)
]
LONGEST_NAME = 63
"""PostgreSQL cuts longer names off."""


@pytest.fixture
def rows(scratch: Session) -> Rows:
    """Makes rows that nobody keeps."""
    return Rows(scratch)


def refused(scratch: Session, rows: Rows, name: str, **values: Any) -> str:
    """What the database says against a row; an AssertionError where it takes it."""
    row = rows.least(name, **values)
    with pytest.raises(IntegrityError) as told, scratch.begin_nested():
        scratch.execute(table(name).insert().values(row))
    return str(told.value.orig)


def test_the_least_row_of_every_table_is_taken(scratch: Session, rows: Rows) -> None:
    # Without this, a refusal below might have another reason than the one that is tested.
    for name in metadata.tables:
        rows.insert(name)
    scratch.flush()


def test_every_closed_vocabulary_refuses_a_stranger(scratch: Session, rows: Rows) -> None:
    for name, column in CHECKED:
        assert f"ck_{name}_{column}_vocabulary" in refused(scratch, rows, name, **{column: "no such thing"})


def test_every_member_of_a_vocabulary_is_taken(scratch: Session, rows: Rows) -> None:
    for name, column in CHECKED:
        for member in vocabulary_checks(table(name))[column]:
            line = {"product_line": "pagers"} if member == vocab.OwnershipScope.PRODUCT_LINE else {}
            with scratch.begin_nested() as kept:
                rows.insert(name, **{column: member}, **line)
                kept.rollback()


def test_a_column_that_is_a_vocabulary_in_one_table_is_one_in_every_table() -> None:
    vocabularies = {column for _name, column in CHECKED}
    checked = set(CHECKED)
    unchecked = [
        f"{name}.{column.name}"
        for name, found in metadata.tables.items()
        for column in found.columns
        if column.name in vocabularies and (name, column.name) not in checked
    ]
    assert unchecked == []


def test_every_vocabulary_of_records_is_the_vocabulary_of_some_column() -> None:
    held = [frozenset(vocabulary_checks(table(name))[column]) for name, column in CHECKED]
    only_asked_for = {vocab.CountryBasis, vocab.OutputFormat, vocab.OwnershipFormat}
    loose = [
        found.__name__
        for found in vars(vocab).values()
        if isinstance(found, type) and issubclass(found, vocab.StrEnum) and found is not vocab.StrEnum
        if found not in only_asked_for and not any(frozenset(found) <= members for members in held)
    ]
    assert loose == []


def test_unknown_is_null_and_passes_where_a_source_may_leave_it_open(rows: Rows) -> None:
    rows.add("component", category=None, marking_state=None, authenticity=None, tlp=None, pieces=None)
    rows.add("weapon_system", kind=None)
    rows.add("source", reliability=None)
    rows.add("citation", credibility=None)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("component", {"recovery_id": 999_999_999}),
        ("citation", {"source_id": 999_999_999}),
        ("ownership", {"owner_id": 999_999_999}),
    ],
)
def test_a_reference_to_nothing_is_refused(
    scratch: Session, rows: Rows, name: str, values: dict[str, int]
) -> None:
    row = rows.least(name, **values)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        scratch.execute(table(name).insert().values(row))


def test_what_others_refer_to_cannot_be_deleted(scratch: Session, rows: Rows) -> None:
    recovery = rows.add("recovery")
    rows.add("component", recovery_id=recovery)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        scratch.execute(delete(Recovery).where(Recovery.id == recovery))


def test_an_interval_does_not_end_before_it_begins(scratch: Session, rows: Rows) -> None:
    backwards = {"made_earliest": date(2022, 2, 24), "made_latest": date(2022, 2, 23)}
    assert "in_order" in refused(scratch, rows, "component", **backwards)
    rows.add("component", made_earliest=date(2022, 2, 24), made_latest=date(2022, 2, 24))
    rows.add("component", made_earliest=date(2022, 2, 24))


@pytest.mark.parametrize(
    ("name", "values", "constraint"),
    [
        ("citation", {"component_id": None}, "one_target"),
        ("citation", {"credibility": 0}, "credibility_range"),
        ("citation", {"credibility": 7}, "credibility_range"),
        ("component", {"pieces": 0}, "pieces_range"),
        ("identification", {"score": 1.01}, "score_range"),
        ("ownership", {"share_percent": 101}, "share_percent_range"),
        ("ownership", {"scope": "product_line"}, "product_line_named"),
        ("ownership", {"scope": "all", "product_line": "pagers"}, "product_line_named"),
        ("recovery_date", {"earliest": None}, "some_date"),
        ("same_as", {"right_organization_id": None}, "one_pair"),
        ("same_as", {"left_organization_id": 1, "right_organization_id": 1}, "two_organizations"),
        ("transfer", {"quantity": -1}, "quantity_range"),
        ("transfer", {"value": -1}, "value_range"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(
    scratch: Session, rows: Rows, name: str, values: dict[str, Any], constraint: str
) -> None:
    assert constraint in refused(scratch, rows, name, **values)


def test_a_citation_supports_one_thing(scratch: Session, rows: Rows) -> None:
    assert "one_target" in refused(scratch, rows, "citation", recovery_id=rows.add("recovery"))


def test_two_records_said_to_be_one_are_of_one_kind(scratch: Session, rows: Rows) -> None:
    crossed = {
        "left_recovery_id": rows.add("recovery"),
        "right_recovery_id": None,
        "left_organization_id": None,
        "right_organization_id": rows.add("organization"),
    }
    assert "one_pair" in refused(scratch, rows, "same_as", **crossed)


def test_a_firm_does_not_own_itself(scratch: Session, rows: Rows) -> None:
    firm = rows.add("organization")
    assert "not_of_itself" in refused(scratch, rows, "ownership", owner_id=firm, owned_id=firm)


def test_a_source_cites_a_record_of_its_own_once(scratch: Session, rows: Rows) -> None:
    source = rows.add("source")
    rows.add("citation", source_id=source, record_key="7")
    refused(scratch, rows, "citation", source_id=source, record_key="7")
    rows.add("citation", record_key="7")


def test_a_moment_comes_back_in_utc_and_needs_its_offset(scratch: Session, rows: Rows) -> None:
    kyiv = datetime.fromisoformat("2024-01-02T01:30:00+02:00")
    number = rows.add("import_run", started_at=kyiv)
    found = scratch.execute(select(ImportRun.started_at).where(ImportRun.id == number)).scalar_one()
    assert found == kyiv
    assert found.tzinfo == UTC
    with pytest.raises(Exception, match="offset"):
        rows.add("import_run", started_at=datetime(2024, 1, 2))


def constraint_names(connection: Connection, name: str) -> set[str]:
    """Every name of a constraint or an index of a table, as the database has them."""
    there = inspect(connection)
    found = [
        there.get_pk_constraint(name),
        *there.get_unique_constraints(name),
        *there.get_foreign_keys(name),
        *there.get_check_constraints(name),
        *(index for index in there.get_indexes(name) if not index.get("duplicates_constraint")),
    ]
    return {str(item["name"]) for item in found}


def names_by_convention(name: str) -> set[str]:
    """What the names should be, from the models' columns; CHECKs are named by what they hold."""
    found = table(name)
    names = {f"pk_{name}"}
    for key in found.foreign_key_constraints:
        names.add(f"fk_{name}_{'_'.join(key.column_keys)}_{key.referred_table.name}")
    for constraint in found.constraints:
        if isinstance(constraint, UniqueConstraint):
            names.add(f"uq_{name}_{'_'.join(column.name for column in constraint.columns)}")
    for index in found.indexes:
        # A unique rule for some of the rows may be named by what it holds, as a CHECK is.
        rule = re.fullmatch(rf"uq_{name}_[a-z_]+", str(index.name)) if index.unique else None
        names.add(rule[0] if rule else f"ix_{name}_{'_'.join(column.name for column in index.columns)}")
    return names


def test_all_constraints_are_named_by_the_convention(scratch: Session) -> None:
    for name in metadata.tables:
        names = constraint_names(scratch.connection(), name)
        checks = {found for found in names if re.fullmatch(rf"ck_{name}_[a-z0-9_]+", found)}
        assert names - checks == names_by_convention(name)
        assert max(map(len, names)) <= LONGEST_NAME


def test_insert_row_says_the_number_that_the_database_gave(scratch: Session, rows: Rows) -> None:
    row = rows.least("source", key="field-notes")
    number = insert_row(scratch, Source(**row))
    assert scratch.execute(select(Source.id).where(Source.key == "field-notes")).scalar_one() == number
