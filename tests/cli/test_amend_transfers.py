"""A logged transfer that is amended: stated anew, and the former one kept for the days on which it stood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases
from tests.support.field_log import component, recovery, say

WHOLE = (
    *("--from", "Acme Ltd|broker|HK", "--from", "Beta GmbH", "--to", "OOO Vostok||RU|independent"),
    *("--maker", "Texas Instruments", "--part", "LM358", "--goods", "Microcircuits"),
    *("--quantity", "1000 pcs", "--value", "2500.5", "--currency", "USD", "--date", "2022-08"),
    *("--origin", "CN", "--transit", "HK", "--transit", "AE", "--destination", "RU"),
    *("--document", "77/1", "--document-kind", "invoice", "--document-date", "2022-07-03"),
    *("--credibility", "2", "--published", "2023", "--tlp", "GREEN", "--note", "copy"),
)
LOGGED = ("transfer", "transfer_party", "transfer_transit")


@pytest.fixture(params=["sqlite", "postgres"])
def ready(request: pytest.FixtureRequest, sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database as `provenance init` leaves it, on each backend."""
    databases: Databases = sqlite_databases
    if request.param == "postgres":
        databases = request.getfixturevalue("postgres_databases")
        assert isinstance(databases, PostgresDatabases)
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def logged(address: str, *options: str) -> str:
    """The reference of a transfer that is logged."""
    done = say(address, "log", "transfer", "--source", "ours", "--new-party", *options, "--format", "json")
    assert done.code == 0, done.err
    return str(done.rows[0]["ref"])


def amend(address: str, ref: str, *fields: str) -> Outcome:
    """What an amendment says."""
    return say(address, "amend", ref, *fields, "--reason", "misread", "--new-party", "--format", "json")


def content(address: str, *, standing: bool = True) -> list[list[tuple[str, object]]]:
    """What the transfers say that stand, without numbers and moments."""
    found = []
    for row in rows_of(address, "transfer"):
        if (row.withdrawn_at is None) is not standing:
            continue
        said = {**row._mapping, "id": 0, "uid": "", "entered_at": None, "withdrawn_at": None}
        for table in LOGGED[1:]:
            of_it = [each for each in rows_of(address, table) if each.transfer_id == row.id]
            said[table] = sorted(str({**each._mapping, "id": 0, "transfer_id": 0}.items()) for each in of_it)
        found.append(sorted(said.items()))
    return found


def test_it_is_stated_anew_and_the_former_one_names_it(ready: str) -> None:
    old = logged(ready, *WHOLE)
    done = amend(ready, old, "quantity=5000", "to=OOO Zapad||RU; Gamma SA", "date=2022-09")
    assert {row["field"]: (row["before"], row["after"]) for row in done.rows} == {
        "to": ("OOO Vostok||RU|independent", "OOO Zapad||RU; Gamma SA"),
        "quantity": ("1000", "5000"),
        "date": ("2022-08", "2022-09"),
    }
    new = done.rows[0]["ref"]
    assert new != old and f"{old} is withdrawn and stands as {new}" in done.err
    shown = say(ready, "show", new, "--format", "json").rows[0]
    assert (shown["quantity"], shown["date"]) == (5000, "2022-09")
    assert [line["field"] for line in shown["amended"]] == ["date", "quantity", "to"]
    told = say(ready, "history", new, "--format", "json").rows
    assert [each["action"] for each in told] == ["entered", "amended"] and old in told[1]["reason"]
    told = say(ready, "history", old, "--format", "json").rows
    assert [each["action"] for each in told] == ["entered", "withdrawn"] and new in told[1]["reason"]
    refused = say(ready, "restore", old, "--reason", "x")
    assert refused.code == 3 and f"stands as {new}" in refused.err
    assert amend(ready, old, "quantity=1").code == 3


def test_there_and_back_says_the_same(ready: str) -> None:
    old = logged(ready, *WHOLE)
    before = content(ready)
    changes = (
        ("quantity=5000 kg", ("quantity=1000", "unit=pcs")),
        ("value=3000 EUR", ("value=2500.5", "currency=USD")),
        ("to=", ("to=OOO Vostok||RU|independent",)),
        ("transit=", ("transit=HK; AE",)),
        ("document=", ("document=77/1", "document_kind=invoice", "document_date=2022-07-03")),
        ("hs=854231", ("hs=",)),
        ("class=allegation", ("class=trade_record_same_part",)),
        ("tlp=RED", ("tlp=GREEN",)),
        ("goods=", ("goods=Microcircuits",)),
    )
    for there, back in changes:
        new = amend(ready, old, there).rows[0]["ref"]
        assert content(ready) != before
        old = amend(ready, new, *back).rows[0]["ref"]
        assert content(ready) == before, there
    assert len(rows_of(ready, "transfer")) == 1 + 2 * len(changes)
    # As it says all of this, nothing is written.
    assert amend(ready, old, "quantity=1000", "date=2022-08", "origin=China").rows == []
    assert len(rows_of(ready, "transfer")) == 1 + 2 * len(changes)


def test_what_it_cannot_say_is_refused_and_nothing_is_stored(ready: str) -> None:
    ref = logged(ready, "--from", "Acme Ltd", "--part", "LM358")
    gone = component(ready, recovery(ready), "--marking", "LM358")
    say(ready, "withdraw", gone, "--reason", "logged twice")
    for fields, words in (
        (("colour=red",), "Its fields: from, to, component"),
        (("from=",), "no party"),
        (("part=",), "nothing says what moved"),
        (("from=A|wizard",), "wizard"),
        (("quantity=many",), "many"),
        (("date=2031",), "is in the future"),
        (("component=C-00000-00000",), "C-00000-00000"),
        ((f"component={gone}",), "was withdrawn"),
        (("tlp=PINK",), "PINK"),
    ):
        refused = amend(ready, ref, *fields)
        assert refused.code in (2, 3, 4) and words in refused.err, (fields, refused)
    assert say(ready, "amend", ref, "quantity=2").code == 2
    assert len(content(ready)) == 1 and content(ready, standing=False) == []


def test_names_given_in_confidence_are_not_guessed(ready: str) -> None:
    ref = logged(ready, "--from", "Acme Ltd", "--in-confidence", "Acme Ltd", "--part", "LM358")
    refused = amend(ready, ref, "quantity=2")
    assert refused.code == 3 and "in confidence" in refused.err and "Acme" not in refused.err
