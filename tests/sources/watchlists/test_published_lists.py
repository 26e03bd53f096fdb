"""Lists of which a party has several rows or elements: one entry with everything that they say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import PartyKind
from provenance.sources.formats import ReadOptions
from provenance.sources.recognition import formats_like
from provenance.sources.registry import WATCHLISTS
from provenance.sources.tables import Unfinished
from provenance.sources.watchlists.base import ListFormat, Row
from provenance.sources.watchlists.party_layout import AddressColumns, NameColumns, NameTypes, PartyLayout
from provenance.sources.watchlists.party_rows import parties_of
from tests.sources.tables.files import opendocument
from tests.support.days import TODAY
from tests.support.list_files import ALIAS, FIXTURES, FORMER, PRIMARY, WEAK, names, places, read

UK_HEADER = (
    "Unique ID,Name 6,Name 1,Name type,Alias strength,Regime Name,Designation Type,Address Line 1,"
    "Address Line 5,Address Country,Date Designated,IMO number"
)
UK = f"""Report Date: 08-Oct-2026
{UK_HEADER}
TST1,OBSIDIAN HELIX,,Primary name,,Test,Entity,5 Quarry Lane,Riga,Latvia,02/03/2021,
TST1,HELIX,,Alias,Low quality,Test,Entity,5 Quarry Lane,Riga,Latvia,02/03/2021,
TST2,DELTA,Boris,Primary name,,Test,Individual,,,Malta,,
TST1,OBSIDIAN GRAIN,,Alias,Good quality,Test,Entity,9 Harbour Way,Liepaja,Latvia,02/03/2021,
"""


class TestUnitedKingdom:
    def test_rows_of_a_party_are_one_entry_wherever_they_are(self, tmp_path: Path) -> None:
        helix, delta = read("uk", tmp_path / "list.csv", UK)
        assert names(helix) == [("OBSIDIAN HELIX", PRIMARY), ("OBSIDIAN GRAIN", ALIAS), ("HELIX", WEAK)]
        assert places(helix) == [
            ("5 Quarry Lane, Riga, Latvia", "LV"),
            ("9 Harbour Way, Liepaja, Latvia", "LV"),
        ]
        assert (helix.line, helix.identity, helix.kind) == (3, "TST1", PartyKind.ENTITY)
        assert helix.stated_from is not None and helix.stated_from.isoformat() == "2021-03-02"
        assert names(delta) == [("Boris DELTA", PRIMARY)]
        assert places(delta) == [("", "MT")]

    def test_a_workbook_reads_like_the_text(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for line in UK.splitlines():
            book.worksheets[0].append(line.split(","))
        book.save(tmp_path / "list.xlsx")
        assert read("uk", tmp_path / "list.xlsx") == read("uk", tmp_path / "list.csv", UK)

    def test_an_opendocument_spreadsheet_reads_like_the_text(self, tmp_path: Path) -> None:
        rows = [line.split(",") for line in UK.splitlines()]
        sheets = {"Notes": [["See the next sheet"]], "UK Sanctions List": rows}
        file = opendocument(tmp_path / "list.ods", sheets)
        assert read("uk", file) == read("uk", tmp_path / "list.csv", UK)

    def test_a_type_of_name_that_is_not_known_is_an_alias_put_to_review(self, tmp_path: Path) -> None:
        text = UK.replace("HELIX,,Alias,Low quality", "HELIX,,Stage name,")
        helix, _delta = read("uk", tmp_path / "list.csv", text)
        assert ("HELIX", ALIAS) in names(helix)
        assert any("Stage name" in text for text in helix.review)

    def test_a_day_that_is_none_is_put_to_review(self, tmp_path: Path) -> None:
        helix, _delta = read("uk", tmp_path / "list.csv", UK.replace("02/03/2021", "31/31/2021"))
        assert helix.stated_from is None
        assert any("31/31/2021" in text for text in helix.review)

    def test_a_row_without_a_key_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"list\.csv:5: a row without Unique ID"):
            read("uk", tmp_path / "list.csv", UK.replace("TST2", ""))


class TestXml:
    def test_the_european_list(self) -> None:
        helix, delta, _reef = read("eu-fsf", FIXTURES / "eu-fsf.xml")
        assert names(helix) == [("Obsidian Helix", PRIMARY), ("Обсидиан", ALIAS), ("OH", WEAK)]
        assert places(helix) == [("5 Quarry Lane, Riga, LATVIA", "LV")]
        assert [(one.value, one.scheme, one.country) for one in helix.identifiers] == [
            ("7709998887", "INN", "RU")
        ]
        assert (helix.identity, helix.own_id, helix.section, helix.remarks) == (
            "101", "EU.101.1", "TST", "Made up.",
        )  # fmt: skip
        assert (delta.kind, places(delta)) == (PartyKind.PERSON, [("", "MT")])

    def test_the_list_of_the_united_nations(self) -> None:
        obsidian, zircon, _reef = read("un", FIXTURES / "un.xml")
        assert names(obsidian) == [
            ("BORIS OBSIDIAN", PRIMARY),
            ("Boriss Obsidian", ALIAS),
            ("Boris Obsidian-Vektor", ALIAS),
            ("The Glass", WEAK),
        ]
        assert [(one.value, one.scheme, one.country) for one in obsidian.identifiers] == [
            ("A1234567", "PASSPORT", "MT")
        ]
        assert obsidian.stated_from is not None and obsidian.stated_from.isoformat() == "2021-03-02"
        assert names(zircon) == [("ZIRCON BAY SHIPPING", PRIMARY), ("Zircon Grain", FORMER)]
        assert places(zircon) == [("5 Quarry Lane, Riga, Latvia", "LV")]

    def test_the_british_list_reads_like_its_table(self) -> None:
        from_xml = read("uk", FIXTURES / "uk.xml")
        assert names(from_xml[0]) == [
            ("OBSIDIAN HELIX", PRIMARY), ("Обсидиан", ALIAS), ("OBSIDIAN GRAIN", WEAK),
        ]  # fmt: skip
        from_csv = read("uk", FIXTURES / "uk.csv")
        assert [one.identity for one in from_xml] == [one.identity for one in from_csv]
        assert [one.identifiers for one in from_xml] == [one.identifiers for one in from_csv]

    @pytest.mark.parametrize("name", ["eu-fsf", "un", "uk"])
    def test_a_file_that_breaks_off_is_refused_wherever_it_does(self, name: str, tmp_path: Path) -> None:
        whole = (FIXTURES / f"{name}.xml").read_bytes().rstrip()
        for end in range(60, len(whole) - 1, 37):
            (tmp_path / "cut.xml").write_bytes(whole[:end])
            with pytest.raises(Unfinished) as refused:
                read(name, tmp_path / "cut.xml")
            assert refused.value.line is not None

    def test_a_document_type_is_refused(self, tmp_path: Path) -> None:
        text = (FIXTURES / "un.xml").read_text("utf-8").partition("\n")[2]
        bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n{text}'.replace("BORIS", "&b;")
        with pytest.raises(BadInput, match="document type"):
            read("un", tmp_path / "list.xml", bomb)

    def test_another_list_is_called_what_it_is(self) -> None:
        with pytest.raises(BadInput) as refused:
            read("un", FIXTURES / "eu-fsf.xml")
        assert "looks like eu-fsf (" in refused.value.hint

    @pytest.mark.parametrize("known", WATCHLISTS.formats, ids=lambda known: known.name)
    def test_no_format_takes_xml_that_is_not_its_own(self, known: ListFormat, tmp_path: Path) -> None:
        file = tmp_path / "list.xml"
        for content in ("<other><name>Obsidian</name></other>", "<?xml version='1.0'?>\n", "<a><b></a>"):
            file.write_text(content, encoding="utf-8")
            with pytest.raises(BadInput):
                list(known.read(file, ReadOptions(TODAY)))


class TestHeaders:
    def test_case_and_spaces_of_a_header_do_not_matter(self, tmp_path: Path) -> None:
        other = UK_HEADER.replace("Name type", "Name Type").replace("Unique ID", "UniqueID")
        text = UK.replace(UK_HEADER, other)
        assert read("uk", tmp_path / "list.csv", text) == read("uk", tmp_path / "plain.csv", UK)

    def test_a_header_may_have_another_script_before_the_name(self, tmp_path: Path) -> None:
        plain = (FIXTURES / "jp-meti.csv").read_text("utf-8")
        both = plain.replace('"Country or Region"', '"国名、地域名\nCountry or Region"')
        both = both.replace('"Also Known As"', '"別名 Also Known As"')
        (tmp_path / "list.csv").write_text(both, encoding="utf-8")
        assert [one.names for one in read("jp-meti", tmp_path / "list.csv")] == [
            one.names for one in read("jp-meti", FIXTURES / "jp-meti.csv")
        ]
        assert formats_like(tmp_path / "list.csv") == [WATCHLISTS.named("jp-meti")]


class TestAustralia:
    def test_the_letter_after_a_reference_counts_names(self, tmp_path: Path) -> None:
        header, first, *_others = (FIXTURES / "au-dfat.csv").read_text("utf-8").splitlines()
        more = first.replace('"901"', '"901a"').replace("Primary Name", "Alias").replace("HELIX", "GRAIN")
        weak = more.replace("901a", "901b").replace('"Alias",""', '"Alias","Weak"').replace("GRAIN", "OG")
        (entry,) = read("au-dfat", tmp_path / "list.csv", "\n".join([header, first, more, weak, ""]))
        assert names(entry) == [("OBSIDIAN HELIX", PRIMARY), ("OBSIDIAN GRAIN", ALIAS), ("OBSIDIAN OG", WEAK)]
        assert (entry.identity, len(entry.addresses)) == ("901", 1)


LAYOUT = PartyLayout(
    required=(),
    key=("id",),
    names=(NameColumns(("name",)),),
    name_types=NameTypes(("type",), {"weak": WEAK, "primary": PRIMARY, "former": FORMER}),
    addresses=(AddressColumns(("place", "country"), ("country",)),),
)
WORDS = st.sampled_from(["Obsidian Helix", "Zircon Bay", "Marble Reef", "Обсидиан", "OBSIDIAN HELIX"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["1", "2", "3"]),
            "name": WORDS,
            "type": st.sampled_from(["weak", "primary", "former", ""]),
            "place": st.sampled_from(["", "5 Quarry Lane", "9 Harbour Way"]),
            "country": st.sampled_from(["", "Latvia"]),
        }
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_no_name_and_no_address_is_lost_and_the_order_of_rows_does_not_matter(
    rows: list[dict[str, str]], order: Random
) -> None:
    def found(listed: list[dict[str, str]]) -> dict[str | None, tuple[set[tuple[str, bool]], set[str]]]:
        entries = parties_of(Path("x"), (Row(line, cells) for line, cells in enumerate(listed)), LAYOUT)
        return {
            entry.identity: (
                {(name.name.casefold(), name.kind is WEAK) for name in entry.names},
                {place.text for place in entry.addresses if place.text},
            )
            for entry in entries
        }

    shuffled = list(rows)
    order.shuffle(shuffled)
    assert found(rows).keys() == {row["id"] for row in rows}
    for identity, (told, stood) in found(rows).items():
        own = [row for row in rows if row["id"] == identity]
        assert {name for name, _weak in told} == {row["name"].casefold() for row in own}
        assert {text.partition(",")[0] for text in stood} == {row["place"] for row in own} - {""}
        assert {name for name, _weak in found(shuffled)[identity][0]} == {name for name, _weak in told}


EU_1_0 = """Date_file;Entity_logical_id;Subject_type;Programme;Naal_wholename;Naal_lastname;Naal_firstname;\
Addr_street;Addr_city;Addr_country;Iden_number;Iden_country;Entity_logical_id
05/08/2026;13;E;TST;Obsidian Helix;;;;;;;;
05/08/2026;13;E;TST;Обсидиан;;;;;;;;
05/08/2026;13;E;TST;;;;5 Quarry Lane;Riga;LVA;;;
05/08/2026;13;E;TST;;;;;;;7709998887;RUS;
05/08/2026;14;P;TST;;Delta;Boris;;;;;;
"""


def test_the_older_edition_of_the_european_list_repeats_a_column(tmp_path: Path) -> None:
    helix, delta = read("eu-fsf", tmp_path / "list.csv", EU_1_0)
    assert names(helix) == [("Obsidian Helix", PRIMARY), ("Обсидиан", ALIAS)]
    assert places(helix) == [("5 Quarry Lane, Riga, LVA", "LV")]
    assert [(one.value, one.country) for one in helix.identifiers] == [("7709998887", "RU")]
    assert (names(delta), delta.kind) == ([("Boris Delta", PRIMARY)], PartyKind.PERSON)
