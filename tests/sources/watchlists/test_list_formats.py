"""What the formats of single publishers make of their own peculiarities."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import PartyKind
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import WATCHLISTS
from tests.support.days import TODAY
from tests.support.list_files import ALIAS, FIXTURES, FORMER, PRIMARY, WEAK, names, places, read
from tests.watchlists import lists


class TestSwitzerland:
    def test_spellings_places_programmes_and_delistings(self) -> None:
        helix, delta, reef = read("ch-seco", FIXTURES / "ch-seco.xml")
        assert names(helix) == [("Obsidian Helix", PRIMARY), ("Обсидиан", ALIAS), ("OH", WEAK)]
        assert places(helix) == [("5 Quarry Lane, Riga, Latvia", "LV")]
        assert (helix.section, helix.identifiers[0].value) == ("Test", "7709998887")
        assert names(delta) == [("Delta Boris", PRIMARY), ("Дельта Борис", ALIAS)]
        assert (delta.identifiers[0].scheme, delta.identifiers[0].country) == ("PASSPORT", "MT")
        assert [(one.scheme, one.value) for one in reef.identifiers] == [("IMO", "9074729")]


class TestCanada:
    def test_items_begin_again_in_each_schedule_and_identify_nobody(self) -> None:
        helix, delta, reef = read("ca-sema", FIXTURES / "ca-sema.xml")
        assert {one.identity for one in (helix, delta, reef)} == {None}
        assert [name.name for name in helix.names] == [
            "Obsidian Helix", "Hélice Obsidienne", "Helix Trading", "Obsidian Grain Ltd",
        ]  # fmt: skip
        assert [one.kind for one in (helix, delta, reef)] == [
            PartyKind.ENTITY, PartyKind.PERSON, PartyKind.VESSEL,
        ]  # fmt: skip

    def test_names_of_elements_in_one_language_read_alike(self, tmp_path: Path) -> None:
        text = (FIXTURES / "ca-sema.xml").read_text("utf-8")
        english = re.sub(r"(</?(?!data)[A-Za-z]+)-[A-Za-z]+>", r"\1>", text)
        assert "Pays" not in english
        assert read("ca-sema", tmp_path / "list.xml", english) == read("ca-sema", FIXTURES / "ca-sema.xml")


class TestOfac:
    def test_the_xml_names_the_same_parties_as_the_csv(self, tmp_path: Path) -> None:
        helix, delta, reef = read("ofac-sdn", FIXTURES / "ofac-sdn.xml")
        assert names(helix) == [
            ("OBSIDIAN HELIX TRADING LLC", PRIMARY), ("OBSIDIAN GRAIN", FORMER), ("OHT", WEAK),
        ]  # fmt: skip
        assert places(helix) == [("5 Quarry Lane, Riga, LV-1001, Latvia", "LV")]
        assert [(one.scheme, one.value) for one in helix.identifiers] == [("INN", "7709998887")]
        assert [(one.scheme, one.value) for one in reef.identifiers] == [("IMO", "9074729")]
        assert names(delta) == [("Boris Petrovich DELTA", PRIMARY)]
        from_csv = read("ofac-sdn", tmp_path / "sdn.csv", lists.SDN)
        assert [one.identity for one in (helix, delta, reef)] == [one.identity for one in from_csv]

    @pytest.mark.parametrize(
        ("name", "watchlist"),
        [
            ("sdn.csv", "ofac-sdn"),
            ("SDN.XML", "ofac-sdn"),
            ("cons_prim.csv", "ofac-consolidated"),
            ("CONSOLIDATED.XML", "ofac-consolidated"),
        ],
    )
    def test_the_consolidated_list_is_a_list_of_its_own(self, name: str, watchlist: str) -> None:
        assert WATCHLISTS.named("ofac-sdn").list_of(Path(name)) == watchlist

    def test_the_files_of_the_consolidated_list_are_joined(self, tmp_path: Path) -> None:
        (tmp_path / "cons_add.csv").write_text(lists.ADD, newline="")
        (tmp_path / "cons_alt.csv").write_text(lists.ALT, newline="")
        first, *_others = read("ofac-sdn", tmp_path / "cons_prim.csv", lists.SDN)
        assert (len(first.names), len(first.addresses)) == (4, 1)

    def test_a_file_that_belongs_beside_the_list_is_called_so(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="a file of aliases that belongs beside the list"):
            read("ofac-sdn", tmp_path / "alt.csv", lists.ALT)


def test_denied_persons_with_name_and_address_in_one_cell(tmp_path: Path) -> None:
    header = "Name and Address,Type of Denial,Effective Date,Expiration Date"
    rows = [
        '"BORIS DELTA, A/K/A BORYS DELTA, F/K/A B. GAMMA, 5 QUARRY LANE, EL PASO, TX 79905",Standard,'
        "08/24/2022,",
        '"LOTUS ELECTRONICS CO., LTD., ROOM 5, 9 OAK ROAD, HONG KONG",Non-Standard,08/24/2022,01/14/2032',
        '"BORIS DELTA, N/K/A BORIS OMEGA, INMATE NUMBER: 12345-678, FCI NOWHERE, NY 10963",Standard,'
        "08/24/2022,",
    ]
    delta, lotus = read("bis-dpl", tmp_path / "dpl.csv", "\n".join([header, *rows, ""]))
    assert names(delta) == [
        ("BORIS DELTA", PRIMARY), ("BORYS DELTA", ALIAS), ("B. GAMMA", FORMER), ("BORIS OMEGA", ALIAS),
    ]  # fmt: skip
    assert [text for text, _country in places(delta)] == [
        "5 QUARRY LANE, EL PASO, TX 79905", "INMATE NUMBER: 12345-678, FCI NOWHERE, NY 10963",
    ]  # fmt: skip
    assert (lotus.label, places(lotus)) == (
        "LOTUS ELECTRONICS CO., LTD", [("ROOM 5, 9 OAK ROAD, HONG KONG", "HK")],
    )  # fmt: skip
    assert lotus.stated_to is not None and lotus.program == "Non-Standard order"


FEDERAL_REGISTER = """<RULE><GPOTABLE COLS="5"><BOXHD><CHED H="1">Country</CHED><CHED H="1">Entity</CHED>
<CHED H="1">License requirement</CHED><CHED H="1">License review policy</CHED>
<CHED H="1">Federal Register citation</CHED></BOXHD>
<ROW><ENT I="01">LATVIA</ENT><ENT>*         *         *</ENT></ROW>
<ROW><ENT I="22"> </ENT><ENT>Obsidian Helix, <E T="03">a.k.a.,</E> the following one alias:
<LI>—Helix Grain.</LI>
 5 Quarry Lane, Riga, Latvia.</ENT><ENT>For all items</ENT><ENT>Presumption of denial</ENT>
<ENT>89 FR 1, 3/2/2021.</ENT></ROW></GPOTABLE></RULE>
"""
PAGE = """<!DOCTYPE html><html><body><p>Supplement</p><table>
<tr class='header'><th>Country</th><th>Entity</th>
<th>License requirement</th><th>License review policy</th><th>Federal Register citation</th></tr>
<tr><td>LATVIA</td><td>Obsidian Helix, a.k.a., the following one alias:<br/>—Helix Grain.<br/>
5 Quarry Lane, Riga, Latvia.</td><td>For all items</td><td>Presumption of denial</td>
<td>89 FR 1, 3/2/2021.</td></tr></table></body></html>
"""


class TestEntityList:
    @pytest.mark.parametrize("text", [FEDERAL_REGISTER, PAGE], ids=["Federal Register", "page"])
    def test_the_table_of_a_rule_and_of_a_page(self, tmp_path: Path, text: str) -> None:
        (helix,) = read("bis-entity-list", tmp_path / "list.xml", text)
        assert names(helix) == [("Obsidian Helix", PRIMARY), ("Helix Grain", ALIAS)]
        assert places(helix) == [("5 Quarry Lane, Riga, Latvia", "LV")]
        assert (helix.section, helix.asks_text) == ("LATVIA", "For all items. Presumption of denial")

    def test_a_cut_document_is_refused(self, tmp_path: Path) -> None:
        for end in range(PAGE.index("<table") + 8, PAGE.index("</table>"), 23):
            with pytest.raises(BadInput):
                read("bis-entity-list", tmp_path / "list.html", PAGE[:end])

    def test_an_address_alone_is_listed(self) -> None:
        helix, only_address, _reef = read("bis-entity-list", FIXTURES / "bis-entity-list.xml")
        assert names(helix)[1:] == [("Helix Commodities Co. Ltd", ALIAS), ("Обсидиан", ALIAS)]
        assert len(helix.addresses) == 2
        assert (only_address.names, only_address.kind) == ((), PartyKind.ADDRESS)
        assert places(only_address) == [("Room 5, 7 Cedar Road, Riga, Latvia", "LV")]


class TestOpenSanctions:
    def test_statements_are_put_together_and_only_risks_are_targets(self, tmp_path: Path) -> None:
        header = "canonical_id,entity_id,prop,schema,value,dataset"
        rows = [
            "NK-1,a,name,LegalEntity,Obsidian Helix,one",
            "NK-1,a,topics,LegalEntity,sanction,one",
            "NK-1,b,weakAlias,Company,OH,two",
            "NK-1,b,innCode,Company,7709998887,two",
            "NK-1,b,addressEntity,Company,addr-1,two",
            "addr-1,addr-1,full,Address,5 Quarry Lane,two",
            "addr-1,addr-1,country,Address,lv,two",
            "s-1,s-1,entity,Sanction,NK-1,one",
            "s-1,s-1,programId,Sanction,TEST-1,one",
            "NK-2,c,name,Company,Zircon Bay,one",
            "NK-2,c,topics,Company,fin.bank,one",
            "addr-2,addr-2,full,Address,9 Harbour Way,one",
            "addr-2,addr-2,topics,Address,export.control,one",
        ]
        file = tmp_path / "statements.csv"
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        options = ReadOptions(TODAY)
        helix, place = WATCHLISTS.named("opensanctions-statements").read(file, options)
        assert names(helix) == [("Obsidian Helix", PRIMARY), ("OH", WEAK)]
        assert (helix.kind, helix.program, helix.reference) == (PartyKind.ENTITY, "TEST-1", "one; two")
        assert places(helix) == [("5 Quarry Lane", "LV")]
        assert (place.kind, places(place)) == (PartyKind.ADDRESS, [("9 Harbour Way", None)])
        assert any("without a topic of risk" in note for note in options.notes)

    def test_addresses_and_sanctions_may_stand_inside_a_target(self, tmp_path: Path) -> None:
        place = {"street": ["5 Quarry Lane"], "city": ["Riga"]}
        inside = {"id": "addr-1", "schema": "Address", "properties": place}
        sanction = {"id": "s-1", "schema": "Sanction", "properties": {"programId": ["TEST-1"]}}
        target = {
            "id": "NK-1", "schema": "Company", "target": True, "caption": None,
            "properties": {"name": ["Obsidian Helix"], "addressEntity": [inside], "sanctions": [sanction]},
        }  # fmt: skip
        (entry,) = read("opensanctions-ftm", tmp_path / "nested.json", json.dumps(target) + "\n")
        assert places(entry) == [("5 Quarry Lane, Riga", None)]
        assert (entry.label, entry.program) == ("Obsidian Helix", "TEST-1")

    @pytest.mark.parametrize(
        "line",
        [
            '{"id":"x","schema":"Company","properties":[]}',
            '{"id":1,"schema":"Company","properties":{}}',
            '{"schema":"Company","properties":{}}',
            '{"id":"x","schema":"Company","target":true,"properties":{}}',
        ],
    )
    def test_what_is_no_entity_is_refused_by_its_line(self, tmp_path: Path, line: str) -> None:
        good = '{"id":"y","schema":"Company","target":true,"properties":{"name":["Zircon"]}}'
        with pytest.raises(BadInput, match=r"nested\.json:2: "):
            read("opensanctions-ftm", tmp_path / "nested.json", f"{good}\n{line}\n")


def test_the_consolidated_screening_list_reads_alike_with_tabs(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(lists.CSL)))
    tabbed = "".join("\t".join(cell.replace("\t", " ") for cell in row) + "\n" for row in rows)
    assert read("csl", tmp_path / "list.tsv", tabbed) == read("csl", tmp_path / "list.csv", lists.CSL)
