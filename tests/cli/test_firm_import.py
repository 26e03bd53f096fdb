"""`provenance firm import`: GLEIF's relationships, Open Ownership's statements, plain tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from stdnum.iso7064 import mod_97_10

from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import say


@pytest.fixture
def ready_address(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database with the reference data."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


def lei(letter: str) -> str:
    """A LEI of the right form that nobody has."""
    first = "984500" + letter * 12
    return first + mod_97_10.calc_check_digits(first)


def firm(address: str, *words: str | Path) -> Outcome:
    return say(address, "firm", *words)


def loaded(address: str, *words: str | Path, code: int = 0) -> Any:
    """The account of an import."""
    outcome = firm(address, "import", *words, "--source", "test", "--format", "json")
    assert outcome.code == code, outcome.err
    (row,) = outcome.rows
    assert row["read"] == sum(row[name] for name in ("new", "known", "changed", "repeated", "rejected"))
    return row


def counts(row: Any) -> tuple[int, ...]:
    return tuple(row[name] for name in ("read", "new", "known", "changed", "repeated", "rejected"))


def left_out(row: Any) -> dict[str, int]:
    return {each["reason"]: each["records"] for each in row["left_out"]}


def owners(address: str, name: str) -> list[tuple[Any, ...]]:
    """Who owns a firm, as far as the file of these tests says."""
    (shown,) = say(address, "firm", "show", name, "--format", "json").rows
    return [
        (step["owner"]["name"], step["share_percent"], step["control"], step["since"], step["until"])
        for step in shown["ownership"]
        if step["source"]["publisher"] == "test" and step["owned"]["ref"] == shown["ref"]
    ]


def table(file: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def relationship(child: str, parent: str, **more: str) -> dict[str, str]:
    """A record of GLEIF's golden copy, with the columns that decide something."""
    return {
        "Relationship.StartNode.NodeID": child,
        "Relationship.StartNode.NodeIDType": "LEI",
        "Relationship.EndNode.NodeID": parent,
        "Relationship.EndNode.NodeIDType": "LEI",
        "Relationship.RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
        "Relationship.Period.1.startDate": "",
        "Relationship.Period.1.endDate": "",
        "Relationship.Period.1.periodType": "",
        "Relationship.RelationshipStatus": "ACTIVE",
        "Relationship.Qualifiers.1.QualifierCategory": "IFRS",
        "Registration.LastUpdateDate": "2025-06-01T00:00:00Z",
        "Registration.RegistrationStatus": "PUBLISHED",
    } | {name.replace("__", "."): value for name, value in more.items()}


def identified(address: str, **firms: str) -> None:
    for letter, name in firms.items():
        done = firm(address, "identify", name, "LEI", lei(letter), "--source", "own")
        assert done.code == 0, done.err


def period(kind: str, start: str = "", end: str = "") -> dict[str, str]:
    names = ("periodType", "startDate", "endDate")
    return {
        f"Relationship__Period__1__{name}": text for name, text in zip(names, (kind, start, end), strict=True)
    }


def test_relationships_of_firms_on_record_are_read_and_the_others_accounted_for(
    ready_address: str, tmp_path: Path
) -> None:
    address = ready_address
    identified(address, A="Abracon", B="Molex", C="Wurth Elektronik", D="Bourns")
    rows = [
        relationship(lei("A"), lei("B"), **period("RELATIONSHIP_PERIOD", "2021-03-01T00:00:00Z")),
        relationship(lei("A"), lei("C"), Relationship__RelationshipType="IS_ULTIMATELY_CONSOLIDATED_BY"),
        relationship(lei("D"), lei("B"), Relationship__RelationshipStatus="INACTIVE"),
        relationship(lei("D"), lei("C"), Relationship__RelationshipType="IS_ULTIMATELY_CONSOLIDATED_BY",
                     **period("ACCOUNTING_PERIOD", "2024-01-01", "2024-12-31")),
        relationship(lei("A"), lei("B"), **period("RELATIONSHIP_PERIOD", "2021-03-01T00:00:00Z")),
        relationship(lei("H"), lei("B")),
        relationship(lei("A"), lei("H"), Relationship__RelationshipType="IS_FUND-MANAGED_BY"),
        relationship(lei("B"), lei("C"), Registration__RegistrationStatus="ANNULLED"),
        relationship(lei("A")[:-1] + "x", lei("B")),
        relationship(lei("B"), lei("A"), **period("RELATIONSHIP_PERIOD", "2022-01-01")),
    ]  # fmt: skip
    file = table(tmp_path / "rr.csv", rows)
    dry = loaded(address, "gleif", file, "--dry-run", code=3)
    assert owners(address, "Abracon") == []
    row = loaded(address, "gleif", file, code=3)
    assert [each["line"] for each in row["rejections"]] == [10, 11]
    assert counts(row) == counts(dry) == (6, 3, 0, 0, 1, 2)
    assert left_out(row) == {
        "an indirect owner; a direct one is on record": 1,
        "an owner or a firm that is not on record here": 1,
        "who manages a fund": 1,
        "a record that GLEIF annulled": 1,
    }
    reasons = {each["line"]: each["reason"] for each in row["rejections"]}
    assert "not a LEI" in reasons[10]
    assert "circle" in reasons[11]
    assert owners(address, "Abracon") == [("Molex", None, None, "2021-03-01", None)]
    assert owners(address, "Bourns") == [
        # What is inactive ended at some time before the record was last updated.
        ("Molex", None, None, None, "until 2025-06-01"),
        # An accounting period says that it stood then, not since when.
        ("Würth Elektronik", None, None, "until 2024-01-01", None),
    ]
    again = loaded(address, "gleif", file, code=3)
    assert counts(again) == (6, 0, 3, 0, 1, 2)
    ended = [*rows]
    ended[0] = relationship(
        lei("A"), lei("B"), **period("RELATIONSHIP_PERIOD", "2021-03-01", "2026-02-01"),
        Relationship__RelationshipStatus="INACTIVE",
    )  # fmt: skip
    ended[4] = ended[0]
    later = loaded(address, "gleif", table(tmp_path / "later.csv", ended), code=3)
    assert counts(later)[3] == 1
    # Once the direct parent is gone, the ultimate one is the only owner that is stated.
    assert owners(address, "Abracon") == [
        ("Würth Elektronik", None, None, None, None),
        ("Molex", None, None, "2021-03-01", "2026-02-01"),
    ]
    told = say(address, "history", "Abracon").out
    assert "import of later.csv" in told


def test_names_behind_leis_are_found_where_one_firm_alone_has_the_name(
    ready_address: str, tmp_path: Path
) -> None:
    address = ready_address
    names = [
        {"LEI": lei("A"), "Entity.LegalName": "ABRACON, LLC", "Entity.LegalAddress.Country": "US"},
        {"LEI": lei("B"), "Entity.LegalName": "Molex Inc.", "Entity.LegalAddress.Country": "US"},
        # Two firms of one name: either may be a subsidiary.
        {"LEI": lei("C"), "Entity.LegalName": "Bourns, Inc.", "Entity.LegalAddress.Country": "US"},
        {"LEI": lei("D"), "Entity.LegalName": "BOURNS GMBH", "Entity.LegalAddress.Country": "US"},
        {"LEI": lei("E"), "Entity.LegalName": "Nobody Knows Ltd", "Entity.LegalAddress.Country": "GB"},
    ]
    rows = [
        relationship(lei("A"), lei("B")),
        relationship(lei("C"), lei("B")),
        relationship(lei("E"), lei("B")),
    ]
    file, called = table(tmp_path / "rr.csv", rows), table(tmp_path / "lei.csv", names)
    row = loaded(address, "gleif", file, "--names", called, code=3)
    assert counts(row) == (2, 1, 0, 0, 0, 1)
    assert [each.split(", by the name")[0] for each in row["matched_by_name"]] == [
        f"Abracon: LEI {lei('A')}",
        f"Molex: LEI {lei('B')}",
    ]
    assert "several LEIs have the name of Bourns" in row["rejections"][0]["reason"]
    (shown,) = say(address, "firm", "show", "Abracon", "--format", "json").rows
    assert [(each["number"], each["verification"]) for each in shown["numbers"]] == [(lei("A"), "unverified")]
    everyone = loaded(address, "gleif", file, "--names", called, "--all", code=3)
    assert everyone["made"] == ["Nobody Knows Ltd"]
    assert owners(address, "Nobody Knows") == [("Molex", None, None, None, None)]


def test_relationships_in_xml_say_the_same(ready_address: str, tmp_path: Path) -> None:
    identified(ready_address, A="Abracon", B="Molex")
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016">
 <rr:RelationshipRecords>
  <rr:RelationshipRecord>
   <rr:Relationship>
    <rr:StartNode><rr:NodeID>{lei("A")}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:StartNode>
    <rr:EndNode><rr:NodeID>{lei("B")}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:EndNode>
    <rr:RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</rr:RelationshipType>
    <rr:RelationshipPeriods>
     <rr:RelationshipPeriod>
      <rr:StartDate>2019-05-01T00:00:00Z</rr:StartDate><rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType>
     </rr:RelationshipPeriod>
    </rr:RelationshipPeriods>
    <rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>
    <rr:RelationshipQuantifiers>
     <rr:RelationshipQuantifier>
      <rr:QuantifierAmount>75.5</rr:QuantifierAmount><rr:QuantifierUnits>PERCENTAGE</rr:QuantifierUnits>
     </rr:RelationshipQuantifier>
    </rr:RelationshipQuantifiers>
   </rr:Relationship>
   <rr:Registration><rr:RegistrationStatus>PUBLISHED</rr:RegistrationStatus></rr:Registration>
  </rr:RelationshipRecord>
 </rr:RelationshipRecords>
</rr:RelationshipData>"""
    file = tmp_path / "rr.xml"
    file.write_text(text, encoding="utf-8")
    assert counts(loaded(ready_address, "gleif", file)) == (1, 1, 0, 0, 0, 0)
    assert owners(ready_address, "Abracon") == [("Molex", 75.5, None, "2019-05-01", None)]


def entity(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"statementID": key, "statementType": "entityStatement", "name": name, **more}


def owns(key: str, subject: str, party: Any, *interests: Any, **more: Any) -> dict[str, Any]:
    return {
        "statementID": key,
        "statementType": "ownershipOrControlStatement",
        "subject": {"describedByEntityStatement": subject},
        "interestedParty": party,
        "interests": list(interests),
        **more,
    }


def test_statements_of_open_ownership_keep_votes_and_shares_apart(ready_address: str, tmp_path: Path) -> None:
    address = ready_address
    by = {name: {"describedByEntityStatement": name} for name in ("molex", "wurth", "tdk")}
    statements = [
        owns("1", "abracon", by["molex"],
             {"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-02"}),
        owns("2", "abracon", by["wurth"], {"type": "voting-rights", "share": {"exact": 80}}),
        owns("3", "bourns", by["molex"],
             {"type": "shareholding", "share": {"minimum": 25, "maximum": 50}},
             {"type": "votingRights", "share": {"minimum": 25, "maximum": 50}}),
        owns("4", "bourns", {"describedByPersonStatement": "someone"}, {"type": "shareholding"}),
        owns("5", "bourns", {"unspecified": {"reason": "unknown"}}, {"type": "shareholding"}),
        owns("6", "bourns", by["tdk"], {"type": "shareholding", "share": {"exact": 90}}),
        owns("7", "bourns", by["tdk"], {"type": "shareholding", "share": {"exact": 91}},
             replacesStatements=["6"]),
        entity("abracon", "Abracon"), entity("molex", "Molex"), entity("wurth", "Wurth Elektronik"),
        entity("bourns", "Bourns"), entity("tdk", "TDK"), entity("nobody", "Nobody Knows Ltd"),
        {"statementID": "someone", "statementType": "personStatement"},
        owns("8", "nobody", by["molex"], {"type": "shareholding"}),
        owns("9", "abracon", {"describedByEntityStatement": "lost"}, {"type": "shareholding"}),
    ]  # fmt: skip
    whole = tmp_path / "bods.json"
    whole.write_text(json.dumps(statements), encoding="utf-8")
    row = loaded(address, "bods", whole, code=3)
    assert counts(row) == (5, 4, 0, 0, 0, 1)
    assert left_out(row) == {
        "an owner who is a person": 1,
        "an owner or a firm that is not named": 1,
        "a statement that a later one replaces": 1,
        "an owner or a firm that is not on record here": 1,
    }
    assert "refers to lost" in row["rejections"][0]["reason"]
    assert owners(address, "Abracon") == [
        ("Würth Elektronik", 80.0, "legal", None, None),
        ("Molex", 60.0, "economic", "2020-02", None),
    ]
    # Of a range the lower end is kept: 25 to 50 percent do not control.
    assert sorted(owners(address, "Bourns")) == [
        ("Molex", 25.0, "both", None, None),
        ("TDK", 91.0, "economic", None, None),
    ]
    lines = tmp_path / "bods.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in statements), encoding="utf-8")
    assert counts(loaded(address, "bods", lines, code=3)) == (5, 0, 4, 0, 0, 1)


def test_statements_of_version_0_4_are_read_by_record(ready_address: str, tmp_path: Path) -> None:
    def record(kind: str, key: str, status: str = "new", **details: Any) -> dict[str, Any]:
        return {
            "statementId": f"{key}-{status}",
            "statementDate": "2025-05-01",
            "recordId": key,
            "recordType": kind,
            "recordStatus": status,
            "recordDetails": details,
        }

    stake = {"type": "shareholding", "share": {"exact": 100}, "startDate": "2018-04-01"}
    statements = [
        record("entity", "a", name="Abracon", jurisdiction={"code": "US"}),
        record("entity", "m", name="Molex", identifiers=[{"scheme": "XI-LEI", "id": lei("M")}]),
        record("relationship", "r", subject="a", interestedParty="m", interests=[stake]),
        record("relationship", "r", "closed", subject="a", interestedParty="m", interests=[stake]),
    ]
    file = tmp_path / "bods.json"
    file.write_text(json.dumps(statements), encoding="utf-8")
    row = loaded(ready_address, "bods", file)
    assert counts(row) == (1, 1, 0, 0, 0, 0)
    assert left_out(row) == {"a statement that a later one replaces": 1}
    assert owners(ready_address, "Abracon") == [
        ("Molex", 100.0, "economic", "2018-04-01", "until 2025-05-01")
    ]


def test_a_plain_table_never_replaces_what_another_source_states(ready_address: str, tmp_path: Path) -> None:
    address = ready_address
    rows = [
        {"owner": "Molex", "owned": "Abracon", "share": "51,5 %", "from": "03.2021", "control": "both"},
        {"owner": "Analog Devices", "owned": "Maxim"},
        {"owner": "Analog Devices", "owned": "Linear Technology", "to": "2019"},
        {"owner": "TDK", "owned": "Bourns", "share": "120"},
        {"owner": "Molex", "owned": "Abracon", "share": "70"},
        {"owner": "Molex", "owned": "Bourns", "line": "trimmers", "status": "announced"},
        {"owner": "", "owned": "Bourns"},
    ]
    file = table(tmp_path / "own.csv", rows)
    before = owners(address, "Linear Technology")
    row = loaded(address, "csv", file, code=3)
    assert counts(row) == (7, 2, 1, 0, 0, 4)
    reasons = {each["line"]: each["reason"] for each in row["rejections"]}
    assert "another source states otherwise" in reasons[4]
    assert "120" in reasons[5]
    assert "line 2 states the same ownership otherwise" in reasons[6]
    assert "owner is empty" in reasons[8]
    assert owners(address, "Linear Technology") == before == []
    assert owners(address, "Abracon") == [("Molex", 51.5, "both", "2021-03", None)]


REFUSED = [
    ("gleif", "LEI,Exception.Category,Exception.Reason.1\nX,Y,Z\n", (), 3, "reporting exceptions"),
    ("gleif", "owner,owned\nA,B\n", (), 3, "missing column"),
    ("bods", "owner,owned\n", (), 3, "not JSON"),
    ("csv", "a,b\nA,B\n", (), 3, "missing column owner, owned"),
    ("csv", "owner,owned\nMolex,Abracon\n", ("--names", "{file}"), 2, "Only GLEIF"),
]


@pytest.mark.parametrize(
    ("format_", "text", "more", "code", "said"), REFUSED, ids=lambda value: str(value)[:30]
)
def test_files_of_other_kinds_are_refused(
    ready_address: str,
    tmp_path: Path,
    format_: str,
    text: str,
    more: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    words = [word.format(file=file) for word in more]
    outcome = firm(ready_address, "import", format_, file, *words, "--source", "test")
    assert outcome.code == code
    assert said in outcome.err
