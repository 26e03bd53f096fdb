"""Which names find which: slips, scripts, order, forms; and what must not be found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.matcher import ABBREVIATION, screening_fault, with_unit
from provenance.screening.score import THRESHOLD
from provenance.sources.customers import Customer
from provenance.text.addresses import UnitMatch
from provenance.text.registration_numbers import read_numbers
from tests.screening.world import OTHERS, found, is_found, matcher

NAMES_OF_OTHERS = st.lists(
    st.sampled_from(
        ["Obsidian", "Helix", "Granit", "Research", "Institute", "Scientific", "Production", "Electronics"]
    ),
    min_size=3,
    max_size=7,
    unique=True,
).map(" ".join)
"""Names of three to seven words, general ones and others."""


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Obsidian Helix LLC", "OBSIDIAN HELIX"),
        ("Obsidian Helix LLC", "Helix Obsidian, Ltd."),
        ("Obsidian Helix LLC", "Obsidain Helix GmbH"),
        ("Obsidian Helix LLC", "ООО «Обсидиан Хеликс»"),
        ("ООО «Радиозавод Лесной»", "Radiozavod Lesnoy LLC"),
        ("深圳市华强电子科技有限公司", "Shenzhen Huaqiang Electronics Technology Co., Ltd."),
        ("Shenzhen Huaqiang Electronics Technology Co., Ltd.", "深圳华强电子科技有限公司"),
        ("شركة النور للتجارة", "Al Noor Trading Company"),
        ("삼성전자 주식회사", "Samseong Electronics Co., Ltd."),
        ("Yıldız Elektronik Sanayi ve Ticaret A.Ş.", "Yildiz Electronics Industry and Trade"),
        ("شرکت بازرگانی مهان", "Mahan Trading Co"),
        ("Khabarov, Yuriy Petrovich", "Iurii Habarov"),
        ("Оксана Олександрівна Дубенко", "Oksana Alexandrovna Dubenko"),
        ("Hi-Link Avionics", "HiLink Avionics"),
        ("Gulf Eagle Industrial and Metal Profiles", "Gulf Eagle Ind. & Metal Profiles Intl"),
        (
            "Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof",
            "Sinobright",
        ),
        ("АО «НПО «Кварцит»", "Joint Stock Company Scientific Production Association Kvartsit"),
        ("Lantern Holdings (a.k.a. Meadow Optics)", "Meadow Optics Ltd"),
        # Words written in one, in one language or two.
        ("RadioTech LLC", "Radio Tech"),
        ("Radioavtomatika LLC", "Radio-Automation Ltd"),
        ("Tekhno-Grupp", "Technogroup LLC"),
        ("Obsidianzavod", "Obsidian Plant JSC"),
        ("Al Obsidian Trading LLC", "Alobsidian Trading"),
        # Names of persons in short; В. is no preposition here.
        ("Dubenko, Vladimir Petrovich", "Dubenko V.P."),
        ("Dubenko, Vladimir Petrovich", "V P Dubenko"),
        ("Дубенко В.П.", "Vladimir Petrovich Dubenko"),
        ("Dubenko, Sergey Petrovich", "Serguei P. Dubenko"),
        ("Євген Дубенко", "Evgeny Dubenko"),
        ("محمدرضا نقدی", "Mohammad Reza Naghdi"),
        ("Hossein Soleimani", "Hussein Suleymani"),
        ("김정은", "Kim Jong Un"),
        # Signs that are read in two ways, two scripts in one word, numbers in words.
        ("Changhua Optics", "长华光学"),
        ("Hong Kong Himtronix Technology Co. Ltd.", "香港Himtronix科技有限公司"),
        (
            "China Electronics Technology Group Corporation 13th Research Institute",
            "中国电子科技集团公司第十三研究所",
        ),
        (
            "China Electronics Technology Group Corporation 13th Research Institute",
            "CETC 13th Research Institute",
        ),
        # What a stem of a common word begins with is a name.
        ("OKB Novator", "Опытное конструкторское бюро Новатор"),
        ("Gazprom", "ПАО Газпром"),
        ("Pacific Helix Links Limited", "Pacific Helix Link"),
        ("Kvartsit JSC", "NPO Kvarcit"),
        ("Obsidian Helix LLC", "0bsidian Helix"),
        ("UEC-Obsidian", "ПАО «ОДК-Обсидиан»"),
        ("PKK Obsidian", "Obsidian JSC"),
        # Slips in the word that matters, when the rest agrees.
        ("Arrow Helix Trading", "Arow Helix Trading"),
        ("Robin Quay Limited", "Robbin Quay Limited"),
        ("Obsidian Helix LLC", "Obsidiann Helix"),
        ("Conductor Reef Import", "Condcutor Reef Import"),
        # A legal form written into the name, or misspelt.
        ("Bosk GmbH", "BoskGmbH"),
        ("JSC Argument", "JSCARGUMENT"),
        ("Obschestvo s Ogranichenoi Otvetstvenostyu Obsidian", "Obsidian LLC"),
        ("Obsidian Helix Limited", "Obsidian Helix Limitted"),
        # Syllables in one word or two; numbers and states in words.
        ("Dafeng Electronics", "Da Feng Electronics"),
        ("Da Yuan Helix Co., Ltd.", "Dayuan Helix"),
        ("Second Plant of Machinery", "2nd Plant of Machinery"),
        ("Twenty-One Helix Trading", "21 Helix Trading"),
        ("Twenty First Helix Electronics", "21st Helix Electronics"),
        ("U.S. Obsidian Trading", "United States Obsidian Trading"),
        ("Worldobsidian H K Logistics", "World Obsidian (H.K.) Logistics Limited"),
        # First letters.
        ("Semiconductor Manufacturing International Corporation", "SMIC"),
        ("SMIC", "Semiconductor Manufacturing International Corporation"),
        # Two slips of the fingers; slips in general words.
        ("Chulavista Services", "Chullavitsa Services"),
        ("Plaza Real Ltda", "Paalza Real Ltda"),
        ("Tecgr Co. Ltd", "Tcegr Co. Ltd"),
        ("Globe Computers", "Globe Compturs"),
        ("Obsidian Electronics Industries", "Obsidian Elecsronscs Industries"),
        # A town in brackets, behind general words too; a form in the middle.
        ("Information Systems Iran", "Information Systems Iran (Osaka) BV"),
        ("Diamond Transportation Limited", "Diamond Transportation Limited (Austin) GmbH"),
        ("Aerospace Equipment Corporation, JSC", "Equipment Corporation, JSC Aerospace"),
        ("Constructora H.L.P", "Constructora H.L.P Ltd"),
        ("Corporativo Inmobiliario Universal", "CorporativoInmobiliario Universal"),
        ("Fastlink SARL", "FASTLINKSARL"),
        # Cut off where a field ends.
        ("Luminous Obsidian Electronic Technology Development", "LUMINOUS OBSIDIAN ELECTRONIC TE"),
    ],
)
def test_one_party_in_two_spellings(listed: str, asked: str) -> None:
    assert is_found(listed, asked)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Delta Electronics Trading LLC", "Electronics Trading"),
        ("General Trading Company", "Trading Company"),
        ("Obsidian Electronics CORP", "Electronics CORP"),
        ("54th Research Institute of China", "13th Research Institute of China"),
        ("Obsidian Helix LLC", "Meadow Optics LLC"),
        ("Li Wei", "Lu Wan"),
        ("Shenzhen Electronics Technology Co., Ltd.", "Shenzhen Technology Co., Ltd."),
        ("Plant No. 9", "Plant No. 12"),
        ("АО Завод № 9", "Plant No. 12 JSC"),
        ("Moscow Machine Works", "Minsk Machine Works"),
        ("Dubenko, Ivan Petrovich", "Dubenko, Igor Petrovich"),
        ("Dubenko, Ivan Petrovich", "Dubenko S.P."),
        ("Golden Helix Trading", "Golden Reef Trading"),
        ("OKB Novator", "Опытное конструкторское бюро Вектор"),
        ("中国电子科技集团公司第十三研究所", "中国电子科技集团公司第五十五研究所"),
        # Ordinary firms that sound like a listed one.
        ("YOUNES", "Jones Inc."),
        ("VEB", "Webb PLC"),
        ("KMT LLC", "Kemet Corporation"),
        ("LTK", "LTC Ltd"),
        ("K.A.S.", "C&K"),
        # Opposites.
        ("North Star Trading", "South Star Trading"),
        ("East Obsidian Shipping", "West Obsidian Shipping"),
        ("Upper Helix Mining", "Lower Helix Mining"),
        ("First Bank of Omsk", "Second Bank of Omsk"),
        # Words of the trade, and words that many firms choose.
        ("Delta Trading LLC", "Delta Shipping LLC"),
        ("Chip Helix", "Chip One Stop"),
        ("Intelligent Systems Technology", "Intelligent Energy"),
        ("深圳智能科技有限公司", "北京智能贸易有限公司"),
        ("Smart Supply Chain Management", "Global Supply Chain Management"),
        # Beside one word of their own they differ in what they do.
        ("Tadbir Investment Company", "Tadbir Energy Development Group"),
        ("Silver House, Inc", "Solver Logistics Ltd"),
        # Three letters abbreviate too much.
        ("Safe Marine Insurance", "SMI"),
    ],
)
def test_two_parties(listed: str, asked: str) -> None:
    assert not is_found(listed, asked)


@pytest.mark.parametrize(
    "word", ["Trading", "Electronics", "CORP", "Global", "Technology", "贸易", "ООО", "Shenzhen"]
)
def test_a_generic_word_alone_never_makes_a_hit(word: str) -> None:
    assert found([*OTHERS, "Electronics Corp", "Trading", "Technology LLC"], word) == []


def test_a_name_that_is_generic_throughout_is_found_only_as_a_whole() -> None:
    assert is_found("International Business Services Ltd", "INTERNATIONAL BUSINESS SERVICES")
    assert not is_found("International Business Services Ltd", "International Services")


def test_the_nearest_is_first_and_says_what_is_missing() -> None:
    first, second = found(["Obsidian Helix Nord", "Obsidian Helix"], "Obsidian Helix Ltd")[:2]
    assert (first.party, first.exact, second.party) == (1, True, 0)
    assert second.missing_in_query == ("nord",)


class TestAddresses:
    LISTED = "Room 1318-19, 13/F, Hollywood Plaza, 610 Nathan Road, Mongkok, Hong Kong"

    def unit(self, asked: str) -> tuple[UnitMatch | None, float] | None:
        one = matcher([], [self.LISTED, "5 Quarry Lane, Riga, Latvia"])
        (places,) = one.by_address([Customer(1, "", addresses=(asked,))])
        settled = [with_unit(place, self.LISTED) for place in places if place.party == 0]
        return None if not settled or settled[0] is None else (settled[0].unit, settled[0].score)

    @pytest.mark.parametrize(
        ("asked", "unit", "is_hit"),
        [
            ("Rm 1318-19, Hollywood Plaza, 610 Nathan Rd., Mongkok, HK", UnitMatch.SAME, True),
            ("Rm 1318-20, Hollywood Plaza, 610 Nathan Rd., Mongkok, HK", UnitMatch.OVERLAPS, True),
            ("Room 1105, Hollywood Plaza, 610 Nathan Road, Mongkok", UnitMatch.OTHER, False),
            ("Room 1318, 9/F, Hollywood Plaza, 610 Nathan Road, Mongkok", UnitMatch.OTHER, False),
            ("Hollywood Plaza, 610 Nathan Road, Mongkok", UnitMatch.UNSTATED, True),
        ],
    )
    def test_the_building_and_the_unit(self, asked: str, unit: UnitMatch, is_hit: bool) -> None:
        told = self.unit(asked)
        assert told is not None
        assert (told[0], told[1] >= THRESHOLD) == (unit, is_hit)

    def test_another_number_of_the_same_road_is_another_building(self) -> None:
        assert self.unit("Room 1318-19, Hollywood Plaza, 612 Nathan Road, Mongkok, HK") is None

    def test_a_city_alone_locates_nobody(self) -> None:
        assert self.unit("Mongkok, Hong Kong") is None


@pytest.mark.parametrize(
    ("customer", "reason"),
    [
        (Customer(2, "Co., Ltd."), "only a legal form"),
        (Customer(2, "«…»"), "neither a letter"),
        (Customer(2, ""), "no name"),
        (Customer(2, "Obsidian", fault="the line has 2 cells"), "2 cells"),
    ],
)
def test_what_cannot_be_screened_says_why(customer: Customer, reason: str) -> None:
    assert reason in (screening_fault(customer) or "")


def test_a_number_or_an_address_is_enough() -> None:
    assert screening_fault(Customer(1, "", identifiers=read_numbers("INN 7709998887").numbers)) is None
    assert screening_fault(Customer(1, "", addresses=("5 Quarry Lane, Riga",))) is None


@given(NAMES_OF_OTHERS, st.sampled_from([30, 35, 40]))
def test_a_name_that_a_field_cuts_off_is_found_whatever_is_left(name: str, size: int) -> None:
    cut = name[:size].strip()
    if len(cut) in (size, size - 1) and len(name) > size:
        assert is_found(name, cut)


@pytest.mark.parametrize("form", ["S.A.", "AB", "Co., Ltd.", "Pty Ltd", "LLC"])
def test_the_letters_of_a_short_legal_form_abbreviate_nothing(form: str) -> None:
    letters = "".join(part[0] for part in form.replace(".", " ").replace(",", " ").split())
    assert not is_found(f"HE{letters.upper()}X"[: 2 + len(letters)], f"Horizon Electronics {form}")


def test_an_abbreviation_is_found_though_a_weaker_likeness_was_found_first() -> None:
    listed = ["Semiconductor Manufacturing International Corporation", *OTHERS]
    assert found(listed, "SMIC")[0].score == ABBREVIATION


def test_names_of_one_party_with_the_same_words_keep_each_its_beginnings() -> None:
    listed = "LLC Luminous Obsidian Electronic Technology; Luminous Obsidian Electronic Technology LLC"
    assert is_found(listed, "LLC Luminous Obsidian Electron")
    assert is_found(listed, "Luminous Obsidian Electronic T")
