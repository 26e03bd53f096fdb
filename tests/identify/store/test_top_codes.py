"""Top codes in the catalogue: stated by lists, added up, found by markings, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provenance.domain.parts import add_keys, add_top_codes
from provenance.identify.store.catalogue import SqlCatalogue
from provenance.schema.audit import AuditEntry
from provenance.schema.engines import reading_engine
from provenance.schema.recoveries import Identification
from provenance.schema.reference import Part
from provenance.schema.session import session_scope
from provenance.sources.headers import headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping
from provenance.text.part_numbers import top_code_key
from tests.identify.store.lists import write_parts
from tests.support.commands import Outcome
from tests.support.field_log import recovery, say
from tests.support.rows import Rows

SOURCE = ("--source", "book", "--publisher", "An editor", "--title", "A book of SMD codes")
Run = Callable[..., Outcome]


def book(folder: Path, *rows: str, header: str = "SMD code,MPN,Manufacturer") -> str:
    return write_parts(folder / "book.csv", header, rows)


def imported(run: Run, address: str, file: str) -> tuple[int, ...]:
    told = run(address, "import", "parts", file, *SOURCE, "--format", "json").rows[0]
    return tuple(told[name] for name in ("read", "new", "known", "changed", "repeated"))


def identified(run: Run, address: str, marking: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(address, "identify", marking, "--format", "json").rows[0]["candidates"]
    return found


def test_one_code_of_several_makers_gives_them_all_and_an_unknown_one_nothing(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = book(tmp_path, "A7W,BAV99,Nexperia", "A7W; A7,BAV99,Infineon", "A7W,MMBD7000,onsemi")
    assert imported(run, ready, file) == (3, 3, 0, 0, 0)
    found = identified(run, ready, "A7W")
    assert [(each["mpn"], each["confidence"]) for each in found] == [
        ("BAV99", "possible"),
        ("BAV99", "possible"),
        ("MMBD7000", "possible"),
    ]
    assert {each["maker"] for each in found} == {"Nexperia", "Infineon Technologies", "onsemi"}
    assert {each["reason"] for each in found} == {"top code A7W, carried by 3 parts in the catalogue"}
    assert [each["maker"] for each in identified(run, ready, "A7")] == ["Infineon Technologies"]
    assert identified(run, ready, "A7X") == identified(run, ready, "A7W5") == []
    assert [each["mpn"] for each in identified(run, ready, "BAV99 A7W")] != []
    assert "top code" not in str(identified(run, ready, "BAV99 A7W"))


def test_a_row_for_each_code_says_what_one_row_for_all_says(run: Run, ready: str, tmp_path: Path) -> None:
    """The second row of BAV99 adds A7 and counts as a change, the third says nothing new."""
    file = book(
        tmp_path, "A7W,BAV99,Nexperia", "A7,BAV99,Nexperia", "a7w,BAV99,Nexperia", "W4,BAV70,Nexperia"
    )
    assert imported(run, ready, file) == (4, 2, 0, 1, 1)
    assert [each["mpn"] for each in identified(run, ready, "A7")] == ["BAV99"]
    assert imported(run, ready, file) == (4, 0, 2, 0, 2)
    [found] = run(ready, "find", "BAV99", "--format", "json").rows
    assert run(ready, "show", found["ref"], "--format", "json").rows[0]["top_codes"] == "A7W; A7"


def test_a_known_part_gets_codes_and_keeps_those_of_another_list(
    run: Run, ready: str, tmp_path: Path
) -> None:
    assert imported(run, ready, book(tmp_path, "A7W,BAV99,Nexperia")) == (1, 1, 0, 0, 0)
    assert imported(run, ready, book(tmp_path, "W4,BAV99,Nexperia")) == (1, 0, 0, 1, 0)
    assert imported(run, ready, book(tmp_path, ",BAV99,Nexperia")) == (1, 0, 1, 0, 0)
    assert imported(run, ready, book(tmp_path, "n/a,BAV99,Nexperia")) == (1, 0, 1, 0, 0)
    for code in ("A7W", "W4"):
        assert [each["mpn"] for each in identified(run, ready, code)] == ["BAV99"]
    with session_scope(reading_engine(ready)) as session:
        sealed = session.execute(
            select(AuditEntry.before, AuditEntry.after).where(AuditEntry.action == "catalogue changed")
        ).one()
    assert ('"A7W"' in sealed.before, '"A7W; W4"' in sealed.after) == (True, True)


@pytest.mark.parametrize(
    "header", ["SMD code", "Top mark", "top marking", "Device Marking", "Marking", "top_code", "Top codes"]
)
def test_lists_name_the_column_in_many_ways(header: str) -> None:
    assert guess_mapping(["MPN", "Maker", header], headers_of(SourceKind.PARTS))[header] == "top_code"


def test_a_sentence_in_the_column_is_not_a_code(run: Run, ready: str, tmp_path: Path) -> None:
    file = book(tmp_path, "see the data sheet of the maker,BAV99,Nexperia")
    refused = run(ready, "import", "parts", file, *SOURCE)
    assert refused.code == 0
    assert "Not read, kept in the raw text only: 1 cell" in refused.out
    assert "top code 'see the data sheet of the maker' has more than 23 letters" in " ".join(
        refused.out.split()
    )
    left_out = run(ready, "import", "parts", file, *SOURCE, "--map", "SMD code=-")
    assert left_out.code == 0


def test_an_import_of_components_states_a_part_only_where_the_code_leaves_one(
    run: Run, ready: str, tmp_path: Path
) -> None:
    """Of A7W's two parts one is Nexperia's: with the maker published it is that, without it neither."""
    run(
        ready, "import", "parts",
        book(tmp_path, "A7W,BAV99,Nexperia", "A7W,BAW56,Infineon", "K9,TPS71,Texas Instruments",
             "K9,TPS72,Texas Instruments"), *SOURCE,
    )  # fmt: skip
    listing = tmp_path / "list.csv"
    listing.write_text(
        "id,weapon,serial,maker,marking\n"
        "AN-1,Kh-101,111,Nexperia,A7W\n"
        "AN-2,Kh-101,111,Not identified,A7W\n"
        "AN-3,Kh-101,111,Texas Instruments,K9\n",
        encoding="utf-8",
    )
    told = run(ready, "import", "components", str(listing), *SOURCE, "--format", "json").rows[0]["readings"]
    assert (told["read"], told["parts"], told["makers"]) == (3, 1, 0)
    shown = run(ready, "show", "AN-1", "--format", "json").rows[0]
    assert [part["as_written"] for part in shown["parts"]] == ["A7W"]
    assert (shown["parts"][0]["part"]["name"], shown["parts"][0]["status"]) == ("BAV99", "tentative")


def test_a_logged_component_gets_a_part_only_where_the_code_leaves_one(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = book(tmp_path, "A7W,BAV99,Nexperia", "A7W,BAW56,Infineon", "K9,X9,onsemi")
    run(ready, "import", "parts", file, *SOURCE)
    ref = recovery(ready)
    logged = say(ready, "log", "components", "--recovery", ref, stdin="U1 | A7W\nU1 | K9\n")
    assert logged.code == 0, logged.err
    with session_scope(reading_engine(ready)) as session:
        stated = session.execute(
            select(Part.mpn).join(Identification, Identification.part_id == Part.id)
        ).scalars()
        assert list(stated) == ["X9"]


def test_a_column_taken_for_codes_by_mistake_gives_no_more_than_a_hundred_parts(scratch: Any) -> None:
    rows = Rows(scratch)
    maker = rows.add("organization")
    mpns = [f"QZ{number:03}" for number in range(130)]
    numbers = [rows.add("part", mpn=mpn, mpn_key=mpn, organization_id=maker) for mpn in mpns]
    add_keys(scratch, zip(numbers, mpns, strict=True))
    add_top_codes(scratch, [(number, ("ROHS",)) for number in numbers])
    parts = SqlCatalogue(scratch)
    found = parts.by_top_codes([top_code_key("RoHS"), top_code_key("none such")])
    assert (len(found), {each.carriers for each in found}) == (100, {130})
    assert parts.by_keys(["ROHS"]) == [] and parts.by_top_codes([]) == []
    assert parts.by_prefixes(["ROH"], 5) == {}
