"""What each format makes of its own peculiarities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary.watched import Asks, ListedNameKind, PartyKind
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import WATCHLISTS
from provenance.sources.watchlists.records import ListEntry
from tests.support.days import TODAY
from tests.watchlists import lists


def read(format_name: str, file: Path, text: str | None = None, **mapping: str) -> list[ListEntry]:
    if text is not None:
        file.write_text(text, encoding="utf-8", newline="")
    return list(WATCHLISTS.named(format_name).read(file, ReadOptions(TODAY, mapping=mapping)))


class TestOfac:
    def test_the_files_beside_it_are_joined_by_number(self, tmp_path: Path) -> None:
        (tmp_path / "add.csv").write_text(lists.ADD, newline="")
        (tmp_path / "alt.csv").write_text(lists.ALT, newline="")
        (tmp_path / "sdn_comments.csv").write_text("102,\" More of it.; a.k.a. 'ZBS'.\"\r\n\x1a", newline="")
        first, second, third = read("ofac-sdn", tmp_path / "sdn.csv", lists.SDN)
        assert [(name.name, name.kind) for name in first.names] == [
            ("OBSIDIAN HELIX TRADING LLC", ListedNameKind.PRIMARY),
            ("HELIX COMMODITIES", ListedNameKind.ALIAS),
            ("OBSIDIAN GRAIN", ListedNameKind.FORMER),
            ("OHT", ListedNameKind.WEAK),
        ]
        assert [(place.text, place.country) for place in first.addresses] == [
            ("5 Quarry Lane, Riga, Latvia", "LV")
        ]
        assert [(one.scheme, one.value) for one in first.identifiers] == [("INN", "7709998887")]
        assert second.remarks is not None
        assert second.remarks.endswith("More of it.; a.k.a. 'ZBS'.")
        assert [name.name for name in second.names][1:] == ["ZBS"]
        assert third.own_id == "103"

    def test_the_files_are_found_however_their_names_are_written(self, tmp_path: Path) -> None:
        (tmp_path / "ADD.CSV").write_text(lists.ADD, newline="")
        (tmp_path / "Alt.csv").write_text(lists.ALT, newline="")
        first, *_others = read("ofac-sdn", tmp_path / "SDN.CSV", lists.SDN)
        assert len(first.names) > 1 and len(first.addresses) == 1

    @pytest.mark.parametrize(
        ("beside", "lacking"),
        [
            ((), "aliases and no addresses"),
            (("add",), "aliases"),
            (("alt",), "addresses"),
            (("add", "alt"), ""),
        ],
    )
    def test_what_no_file_beside_it_gives_is_said(
        self, tmp_path: Path, beside: tuple[str, ...], lacking: str
    ) -> None:
        for name in beside:
            (tmp_path / f"{name}.csv").write_text({"add": lists.ADD, "alt": lists.ALT}[name], newline="")
        (tmp_path / "sdn.csv").write_text(lists.SDN, newline="")
        options = ReadOptions(TODAY)
        list(WATCHLISTS.named("ofac-sdn").read(tmp_path / "sdn.csv", options))
        assert [note.split(":")[0] for note in options.notes] == (
            [f"no {lacking} in this version"] if lacking else []
        )

    def test_a_missing_end_mark_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="end mark"):
            read("ofac-sdn", tmp_path / "sdn.csv", lists.SDN.rstrip("\x1a"))

    def test_but_not_where_the_files_beside_it_bear_it_out(self, tmp_path: Path) -> None:
        (tmp_path / "add.csv").write_text(lists.ADD, newline="")
        assert len(read("ofac-sdn", tmp_path / "sdn.csv", lists.SDN.rstrip("\x1a"))) == 3

    def test_files_beside_it_that_name_more_than_it_has_show_that_it_is_cut(self, tmp_path: Path) -> None:
        (tmp_path / "alt.csv").write_text(lists.ALT + "", newline="")
        with pytest.raises(BadInput, match="the first is 101"):
            read("ofac-sdn", tmp_path / "sdn.csv", lists.sdn(("102", "ZIRCON BAY SHIPPING", "")))


class TestCsl:
    def test_an_entry_may_be_an_address_alone(self, tmp_path: Path) -> None:
        firm, place, other = read("csl", tmp_path / "csl.csv", lists.CSL)
        assert (place.kind, place.names) == (PartyKind.ADDRESS, ())
        assert place.addresses[0].text == "Room 1318-20, 610 Cedar Road, Dubai, AE"
        assert (firm.section, firm.asks, firm.stated_from) == ("EL", Asks.LICENCE, date(2021, 3, 4))
        assert firm.asks_text == "For all items subject to the EAR. Presumption of denial"
        assert [name.name for name in firm.names] == ["Obsidian Helix FZE", "Helix Free Zone", "OHF"]
        assert [address.country for address in firm.addresses] == ["AE", "AE"]
        assert (other.identity, other.own_id) == ("SDN-101", "101")

    def test_both_layouts_are_one_list_to_us(self, tmp_path: Path) -> None:
        row = {"source": lists.ENTITY_LIST, "name": "Marble Reef", "start_date": "2020-01-01"}
        (old,) = read("csl", tmp_path / "old.csv", lists.csl(row))
        (new,) = read("csl", tmp_path / "new.csv", lists.csl(row, ids=True))
        assert (old.own_id, new.own_id) == (None, "row0")
        assert (old.identity, old.names) == (new.identity, new.names)

    def test_json_says_the_same_as_csv(self, tmp_path: Path) -> None:
        first, *_others = read("csl", tmp_path / "csl.json", lists.CSL_JSON)
        assert [name.name for name in first.names] == ["Obsidian Helix FZE", "Helix Free Zone"]
        assert first.addresses[0].country == "AE"
        assert [(one.scheme, one.value) for one in first.identifiers] == [("TAX", "998877665")]


class TestOthers:
    def test_denied_persons_on_several_rows_are_one_entry(self, tmp_path: Path) -> None:
        otto, reef, _inn = read("bis-dpl", tmp_path / "dpl.txt", lists.DPL)
        assert len(otto.addresses) == 2
        assert (otto.stated_from, otto.stated_to) == (date(2017, 10, 16), date(2020, 10, 13))
        assert reef.stated_to is None

    def test_an_annex_has_numbers_with_their_scheme(self, tmp_path: Path) -> None:
        firm, port, ship = read("eu", tmp_path / "eu.csv", lists.EU)
        assert firm.own_id == "32099R0001/IV/7"
        assert [(one.scheme, one.value) for one in firm.identifiers] == [("INN", "7701234567")]
        assert (firm.stated_from, ship.stated_from) == (date(2014, 9, 12), date(2025, 11, 25))
        assert port.identity is None
        assert port.names[1].kind == ListedNameKind.FORMER
        assert (ship.kind, ship.identifiers[0].scheme) == (PartyKind.VESSEL, "IMO")

    def test_aliases_in_a_cell_that_is_itself_csv(self, tmp_path: Path) -> None:
        first, *_others = read("opensanctions-simple", tmp_path / "t.csv", lists.SIMPLE)
        assert [name.name for name in first.names] == ["Obsidian Helix", "Helix", 'HELIX "NORD"']

    def test_addresses_and_sanctions_are_joined_to_their_entity(self, tmp_path: Path) -> None:
        first, second, _third = read("opensanctions-ftm", tmp_path / "e.json", lists.FTM)
        assert [(place.text, place.country) for place in first.addresses] == [("5 Quarry Lane, Riga", "LV")]
        assert (first.program, first.remarks) == ("TEST-1", "The Authority")
        assert [name.kind for name in second.names] == [ListedNameKind.PRIMARY, ListedNameKind.WEAK]


class TestLetters:
    MIXED = "Obsidian Helix LLC (a.k.a. Helix Commodities)\nAddress: 5 Quarry Lane, Riga\nINN: 7709998887"

    def test_a_cell_with_everything_in_it_is_taken_apart_and_shown(self, tmp_path: Path) -> None:
        text = lists.table(("No", "Company"), [{"No": "1", "Company": self.MIXED}])
        (entry,) = read("csv", tmp_path / "letter.csv", text)
        assert [name.name for name in entry.names][:2] == ["Obsidian Helix LLC", "Helix Commodities"]
        assert [place.text for place in entry.addresses] == ["5 Quarry Lane, Riga"]
        assert [(one.scheme, one.value) for one in entry.identifiers] == [("INN", "7709998887")]
        assert "5 Quarry Lane" in entry.review[0]

    def test_a_header_may_be_mapped(self, tmp_path: Path) -> None:
        text = lists.table(("Wer", "Wo"), [{"Wer": "Marble Reef", "Wo": "Bremen, DE"}])
        (entry,) = read("csv", tmp_path / "l.csv", text, Wer="name", Wo="address")
        assert (entry.label, entry.addresses[0].country) == ("Marble Reef", "DE")

    def test_a_mapping_to_nothing_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no field"):
            read("csv", tmp_path / "l.csv", lists.OWN, name="colour")

    def test_a_workbook_and_a_document_read_like_the_csv(self, tmp_path: Path) -> None:
        import docx
        import openpyxl

        rows = [
            line.split(",") for line in lists.OWN.replace('"', "").replace("Lane, ", "Lane ").splitlines()
        ]
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        document = docx.Document()
        grid = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            sheet.append(row)
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        book.save(tmp_path / "l.xlsx")
        document.save(str(tmp_path / "l.docx"))
        plain = "\n".join(",".join(row) for row in rows) + "\n"
        wanted = [entry.digest() for entry in read("csv", tmp_path / "l.csv", plain)]
        assert [entry.digest() for entry in read("xlsx", tmp_path / "l.xlsx")] == wanted
        assert [entry.digest() for entry in read("docx", tmp_path / "l.docx")] == wanted

    def test_what_only_calls_itself_a_document_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="DOCX"):
            read("docx", tmp_path / "l.docx", lists.OWN)
