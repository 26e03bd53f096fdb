"""`import transfers`: every row once, every document once, what its source changes stays on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provenance.schema.engines import reading_engine
from provenance.schema.session import session_scope
from tests.sources.lists import Row, write_list
from tests.support.chains import ALDER, BIRCH, NORTH, TRANSFERS, transfer
from tests.support.commands import Outcome
from tests.support.tables import table

Run = Callable[..., Outcome]


def take(run: Run, address: str, folder: Path, *rows: Row, words: tuple[Any, ...] = ()) -> Outcome:
    file = write_list(folder / "transfers.csv", rows)
    return run(address, "import", "transfers", file, "--source", "trade", "--format", "json", *words)


def figures(done: Outcome) -> dict[str, int]:
    row = done.json["rows"][0]
    return {name: row[name] for name in ("read", "new", "known", "changed", "repeated", "rejected")}


def rows_of(address: str, name: str) -> list[Any]:
    engine = reading_engine(address)
    with session_scope(engine) as session:
        found = list(session.execute(select(table(name)).order_by(table(name).c.id)).all())
    engine.dispose()
    return found


def test_the_same_file_twice_changes_nothing(ready: str, run: Run, tmp_path: Path) -> None:
    first = take(run, ready, tmp_path, *TRANSFERS)
    assert figures(first)["new"] == 4
    before = {name: rows_of(ready, name) for name in ("transfer", "transfer_party", "document", "citation")}
    again = take(run, ready, tmp_path, *TRANSFERS)
    assert figures(again) == {"read": 4, "new": 0, "known": 4, "changed": 0, "repeated": 0, "rejected": 0}
    assert {name: rows_of(ready, name) for name in before} == before


def test_one_document_over_fifty_parts_is_one_document(ready: str, run: Run, tmp_path: Path) -> None:
    rows = [
        transfer(f"p{number}", ALDER, BIRCH, "2021-03", "inv 2" if number % 2 else "INV-2")
        | {"part number": f"PART-{number}"}
        for number in range(50)
    ]
    take(run, ready, tmp_path, *rows)
    assert len(rows_of(ready, "transfer")) == 50
    assert len(rows_of(ready, "document")) == 1


def test_a_row_that_its_source_changes_is_stated_anew_and_the_old_one_withdrawn(
    ready: str, run: Run, tmp_path: Path
) -> None:
    take(run, ready, tmp_path, *TRANSFERS)
    changed = TRANSFERS[0] | {"quantity": "250"}
    assert figures(take(run, ready, tmp_path, changed))["changed"] == 1
    old, *_others, new = rows_of(ready, "transfer")
    assert (old.quantity, old.withdrawn_at is not None) == (100, True)
    assert (new.quantity, new.withdrawn_at) == (250, None)
    assert figures(take(run, ready, tmp_path, changed))["known"] == 1
    assert figures(take(run, ready, tmp_path, changed | {"quantity": "300"}))["changed"] == 1
    assert len([row for row in rows_of(ready, "transfer") if row.withdrawn_at is None]) == 4


def test_a_bad_row_stops_the_import_with_file_line_and_reason(ready: str, run: Run, tmp_path: Path) -> None:
    bad = transfer("b", NORTH, ALDER, "2021", "X", component="nowhere-1")
    done = take(run, ready, tmp_path, TRANSFERS[0], bad)
    assert (done.code, done.out) == (3, "")
    assert (
        "transfers.csv:3: No component has the reference, record key or serial number nowhere-1" in done.err
    )
    assert rows_of(ready, "transfer") == []


def test_the_good_rows_come_in_where_that_is_asked_for(ready: str, run: Run, tmp_path: Path) -> None:
    rejected = tmp_path / "bad.csv"
    bad = [
        transfer("b", NORTH, ALDER, "2021", "X", component="nowhere-1"),
        transfer("c", "", "", "2021", "Y"),
    ]
    done = take(run, ready, tmp_path, TRANSFERS[0], *bad, words=("--rejected", rejected))
    assert done.code == 3
    assert len(rows_of(ready, "transfer")) == 1
    assert "nowhere-1" in rejected.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(ready: str, run: Run, tmp_path: Path) -> None:
    done = take(run, ready, tmp_path, *TRANSFERS, words=("--dry-run",))
    assert figures(done)["new"] == 4
    assert rows_of(ready, "transfer") == []


def test_two_firms_of_one_name_are_not_guessed_between(ready: str, run: Run, tmp_path: Path) -> None:
    from provenance.schema.engines import writing_engine
    from provenance.schema.session import writing
    from provenance.text.firm_names import name_key
    from tests.support.rows import Rows

    engine = writing_engine(ready)
    with writing(engine) as session:
        rows = Rows(session)
        for _ in range(2):
            rows.add("organization_name", name="Twin Trading", name_key=name_key("Twin Trading"))
    engine.dispose()
    take(run, ready, tmp_path, transfer("t", "Twin Trading Ltd", BIRCH, "2021", "D"))
    (giver, _taker) = rows_of(ready, "transfer_party")
    assert (giver.as_written, giver.organization_id) == ("Twin Trading Ltd", None)


@pytest.mark.parametrize("side", ["from", "to", "both"])
def test_a_name_given_in_confidence_makes_no_firm_and_is_in_no_text(
    ready: str, run: Run, tmp_path: Path, side: str
) -> None:
    rows = [transfer("t", "Secret One GmbH", "Secret Two GmbH", "2021", "D", confidential=side)]
    take(run, ready, tmp_path, *rows)
    hidden = {"from": ["One"], "to": ["Two"], "both": ["One", "Two"]}[side]
    for name in hidden:
        assert run(ready, "find", f"Secret {name}").code == 4
        assert all(f"Secret {name}" not in row.raw_text for row in rows_of(ready, "citation"))


def test_what_a_new_issue_lacks_is_listed_and_numbers_are_the_firms(
    ready: str, run: Run, tmp_path: Path
) -> None:
    first, *others = (row | {"consignee inn": ""} for row in TRANSFERS)
    rows = [first | {"consignee inn": "7707083893"}, *others]
    take(run, ready, tmp_path, *rows)
    assert [(row.scheme, row.value) for row in rows_of(ready, "organization_identifier")] == [
        ("INN", "7707083893")
    ]
    answer = take(run, ready, tmp_path, *rows[1:], rows[0] | {"id": "other", "quantity": "101"}).json
    (missing,) = answer["rows"][0]["vanished"]
    assert missing["near"]["title"] == missing["title"]
    assert len(rows_of(ready, "organization_identifier")) == 1


def test_a_key_for_another_transfer_is_refused(ready: str, run: Run, tmp_path: Path) -> None:
    take(run, ready, tmp_path, *TRANSFERS)
    other = TRANSFERS[0] | {
        "consignor": "Sample X GmbH",
        "consignee": "Sample Y Oy",
        "part number": "LM2596S",
    }
    done = take(run, ready, tmp_path, other)
    assert done.code == 3
    assert "is on record for a transfer between other parties, of other goods" in done.err
