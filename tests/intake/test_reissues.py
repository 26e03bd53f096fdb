"""A list that comes in again: what it lacks is listed, what was corrected is proposed, nothing is removed."""

from __future__ import annotations

from sqlalchemy import select

from provenance.schema.recoveries import Component
from provenance.schema.transfers import Transfer, TransferParty
from tests.importing.state import reading
from tests.intake.desk import Answer, Desk, csv_text

HEADER = ["Weapon", "Serial", "Marking", "Manufacturer", "MPN", "Qty"]
FIRST = [
    ["Kh-101", "7701", "AD7606B5TZ", "Analog Devices", "AD7606BSTZ", "1"],
    ["Kh-101", "7701", "XC3S250E", "Xilinx", "XC3S250E-4", "1"],
    ["Kh-101", "7701", "LM2596S", "Texas Instruments", "LM2596S-5.0", "2"],
    ["Kh-101", "7702", "MT41K", "Micron", "MT41K128", "2"],
]
SECOND = [
    ["Kh-101", "7701", "AD7606BSTZ", "Analog Devices", "AD7606BSTZ", "1"],
    ["Kh-101", "7701", "XC3S250E", "Xilinx", "XC3S250E-4", "1"],
    ["Kh-101", "7701", "TPS5430", "Texas Instruments", "TPS5430DDA", "1"],
]


def vanished(answer: Answer) -> list[tuple[str, str | None]]:
    """What is no longer in the list, each with the record that it may be now."""
    return [(one["title"], one["near"] and one["near"]["title"]) for one in answer.row["vanished"]]


def test_what_a_new_issue_lacks_is_listed_and_its_correction_proposed(desk: Desk) -> None:
    assert vanished(desk.take(csv_text([HEADER, *FIRST]))) == []
    answer = desk.take(csv_text([HEADER, *SECOND]))
    assert answer.accounted == {"read": 3, "new": 2, "known": 1}
    assert vanished(answer) == [
        ("Kh-101 7701: AD7606B5TZ", "Kh-101 7701: AD7606BSTZ"),
        ("Kh-101 7701: LM2596S", None),
        ("Kh-101 7702: MT41K", None),
    ]
    with reading(desk.address) as session:
        assert len(session.execute(select(Component.id).where(Component.withdrawn_at.is_(None))).all()) == 6
    again = desk.run(
        "import", "components", desk.file(csv_text([HEADER, *SECOND])), "--source", "desk", "--no-read"
    )
    assert "No longer in the list, kept on record: 3 records" in again.out


def test_the_reference_of_what_vanished_shows_it(desk: Desk) -> None:
    desk.take(csv_text([HEADER, *FIRST]))
    first = desk.take(csv_text([HEADER, *SECOND])).row["vanished"][0]
    for ref, marking in ((first["ref"], "AD7606B5TZ"), (first["near"]["ref"], "AD7606BSTZ")):
        assert marking in desk.run("show", ref, "--format", "json").out


def test_another_list_of_the_source_lacks_nothing(desk: Desk) -> None:
    desk.take(csv_text([HEADER, *FIRST]))
    other = csv_text([HEADER, ["Orlan-10", "55", "NEO-M8N", "u-blox", "NEO-M8N-0", "1"]])
    assert vanished(desk.take(desk.file(other, "b.csv"))) == []
    # The first list again, and only that one, is compared with its own former issue.
    assert len(vanished(desk.take(csv_text([HEADER, *SECOND])))) == 3


def test_an_issue_that_only_adds_lacks_nothing(desk: Desk) -> None:
    desk.take(csv_text([HEADER, *FIRST]))
    assert vanished(desk.take(csv_text([HEADER, *reversed(FIRST), SECOND[2]]))) == []


def test_keyed_rows_that_are_missing_are_listed(desk: Desk) -> None:
    keyed = [[f"C0{place}01", *row] for place, row in enumerate(FIRST, start=1)]
    desk.take(csv_text([["ID", *HEADER], *keyed]))
    answer = desk.take(csv_text([["ID", *HEADER], *keyed[1:]]))
    assert answer.accounted == {"read": 3, "known": 3}
    assert vanished(answer) == [("Kh-101 7701: AD7606B5TZ", None)]


FLOW = ["Shipper", "Consignee", "MPN", "Qty", "Date"]
FLOWS = [
    ["Sample A LLC", "Sample B LTD", "AD7606BSTZ", "10", "2024-01-02"],
    ["Sample A LLC", "Sample C LTD", "XC3S250E-4", "20", "2024-01-03"],
]


def test_transfers_without_keys_are_compared_too(desk: Desk) -> None:
    desk.take(csv_text([FLOW, *FLOWS]), kind="transfers")
    corrected = [*FLOWS[0][:3], "100", "2024-01-02"]
    answer = desk.take(csv_text([FLOW, corrected, FLOWS[1]]), kind="transfers")
    assert answer.accounted == {"read": 2, "new": 1, "known": 1}
    title = "Sample A LLC, Sample B LTD: AD7606BSTZ"
    assert vanished(answer) == [(title, title)]
    with reading(desk.address) as session:
        assert session.execute(select(Transfer.withdrawn_at)).scalars().all() == [None] * 3


def test_a_name_given_in_confidence_is_in_no_list_of_what_vanished(desk: Desk) -> None:
    header = [*FLOW, "In confidence"]
    desk.take(csv_text([header, [*FLOWS[0], "from"], [*FLOWS[1], "no"]]), kind="transfers")
    answer = desk.take(csv_text([header, [*FLOWS[1], "no"]]), kind="transfers")
    assert vanished(answer) == [("Sample B LTD: AD7606BSTZ", None)]


def test_equal_rows_without_keys_are_told_and_can_be_separate(desk: Desk) -> None:
    rows = csv_text([FLOW, FLOWS[0], FLOWS[0], FLOWS[0]])
    answer = desk.take(rows, kind="transfers")
    assert answer.accounted == {"read": 3, "new": 1, "repeated": 2}
    equal = [one["text"] for one in answer.row["review"] if one["reason"].startswith("equal rows")]
    assert equal == [
        f"line {line}, equal to line 2: Sample A LLC, Sample B LTD: AD7606BSTZ" for line in (3, 4)
    ]
    assert desk.take(rows, "--separate-equal", kind="transfers").accounted == {
        "read": 3,
        "new": 2,
        "known": 1,
    }
    assert desk.take(rows, "--separate-equal", kind="transfers").accounted == {"read": 3, "known": 3}
    assert len(desk.flows()) == 3


def test_rows_that_their_list_numbers_are_separate_and_known_when_renumbered(desk: Desk) -> None:
    numbered = [["No.", *FLOW], ["1", *FLOWS[0]], ["2", *FLOWS[0]], ["3", *FLOWS[1]]]
    assert desk.take(csv_text(numbered), kind="transfers").accounted == {"read": 3, "new": 3}
    again = [["No.", *FLOW], ["1", *FLOWS[1]], ["2", *FLOWS[0]], ["3", *FLOWS[0]]]
    assert desk.take(csv_text(again), kind="transfers").accounted == {"read": 3, "known": 3}


def test_a_key_whose_parties_and_goods_are_others_is_refused(desk: Desk) -> None:
    desk.take(csv_text([["ID", *FLOW], ["T-1001", *FLOWS[0]]]), kind="transfers")
    other = ["T-1001", "Sample X GmbH", "Sample Y Oy", "LM2596S-5.0", "5", "2024-05-05"]
    answer = desk.take(csv_text([["ID", *FLOW], other]), kind="transfers")
    assert answer.code == 3
    assert "T-1001 is on record for a transfer between other parties, of other goods" in answer.told
    for change in ({1: "Sample X GmbH", 2: "Sample Y Oy"}, {3: "LM2596S-5.0"}):
        row = ["T-1001", *FLOWS[0]]
        for place, cell in change.items():
            row[place] = cell
        assert desk.take(csv_text([["ID", *FLOW], row]), kind="transfers").accounted == {
            "read": 1,
            "changed": 1,
        }
        desk.take(csv_text([["ID", *FLOW], ["T-1001", *FLOWS[0]]]), kind="transfers")


def test_parties_on_lines_are_several_if_each_is_plainly_a_firm(desk: Desk) -> None:
    cells = ["Sample A LLC\nSample Z GmbH", "Sample Trading\nHong Kong", "Sample A LLC / Sample Z GmbH"]
    desk.take(csv_text([FLOW, *[[cell, *FLOWS[0][1:]] for cell in cells]]), kind="transfers")
    with reading(desk.address) as session:
        found = session.execute(
            select(TransferParty.as_written).where(TransferParty.side == "from").order_by(TransferParty.id)
        )
        assert found.scalars().all() == [
            "Sample A LLC", "Sample Z GmbH", "Sample Trading\nHong Kong", "Sample A LLC", "Sample Z GmbH",
        ]  # fmt: skip
