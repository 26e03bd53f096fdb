"""Addresses as people of several countries write them: the same unit, the same building, or another one."""

from __future__ import annotations

import pytest

from provenance.screening.matcher import POST_BOX, Candidate, with_unit
from provenance.sources.customers import Customer
from provenance.text.addresses import UnitMatch
from tests.screening.world import matcher

SAME, BUILDING, OTHER, SUPPORT = "same unit", "same building", "another place", "a post box"


def compared(listed: str, given: str) -> str:
    """What an address asked about says of a listed one."""
    (found,) = matcher(["Obsidian"], [listed]).by_address([Customer(1, "", addresses=(given,))])
    place: Candidate | None = with_unit(found[0], listed) if found else None
    if place is None or place.unit is UnitMatch.OTHER or place.score == 0:
        return OTHER
    if place.score <= POST_BOX:
        return SUPPORT
    assert place.score >= 0.5, "neither a hit nor none"
    return SAME if place.unit is UnitMatch.SAME else BUILDING


PAIRS = [
    # Russian: corpus, building, flat, letter; run together; in Latin letters; postal codes.
    ("107996, Москва, Рождественка, д. 8/15, стр. 3", "8/15, str. 3 ul. Rozhdestvenka, Moscow", BUILDING),
    ("г. Москва, ул. Рождественка, д. 8/15, стр. 3", "Moscow, ul. Rozhdestvenka, d. 8/15, stroenie 4", OTHER),
    ("ул. Лесная, д. 24, корп. 2, кв. 62, Ижевск", "ul. Lesnaya 24 korp. 2 kv. 62, Izhevsk", SAME),
    ("ул. Лесная, д. 24, корп. 2, кв. 62, Ижевск", "ul. Lesnaya 24 korp. 1 kv. 62, Izhevsk", OTHER),
    ("ул. Лесная, д. 24, корп. 2, кв. 62, Ижевск", "ул. Лесная, 24, кв. 62, Ижевск", BUILDING),
    ("ул. Лесная, д. 24, корп. 2, Ижевск", "ул. Лесная, 24к2, Ижевск", BUILDING),
    ("ул. Лесная, д. 24, корп. 2, Ижевск", "ул. Лесная, 2к24, Ижевск", OTHER),
    ("ул. Лесная, д. 24, стр. 2, Ижевск", "ул. Лесная, 24с2, Ижевск", BUILDING),
    ("ул. Лесная, д. 24, стр. 2, Ижевск", "ул. Лесная, 24с3, Ижевск", OTHER),
    ("ул. Лесная, д. 24, лит. А, Ижевск", "ул. Лесная, 24А, Ижевск", BUILDING),
    ("ул. Лесная, д. 24, лит. А, Ижевск", "ул. Лесная, 24Б, Ижевск", OTHER),
    ("проспект Мира, д. 5, офис 12, Москва", "prospekt Mira, 5, of. 12, Moscow", SAME),
    ("проспект Мира, д. 5, помещ. 1Н, Москва", "prospekt Mira 5, pom. 2N, Moscow", OTHER),
    ("123112, Москва, ул. Лесная, д. 5", "123112, Москва, ул. Лесная, д. 7", OTHER),
    # Ukrainian.
    ("вул. Лісова, буд. 24, кв. 62, Київ", "vul. Lisova, bud. 24, kv. 62, Kyiv", SAME),
    ("вул. Лісова, буд. 24, кв. 62, Київ", "вул. Лісова, 24, кв. 63, Київ", OTHER),
    ("вул. Лісова, 24, корпус 3, офіс 5, Київ", "vul. Lisova 24, korpus 3, office 5, Kyiv", SAME),
    ("вул. Лісова, 24, корпус 3, офіс 5, Київ", "vul. Lisova 24, korpus 2, office 5, Kyiv", OTHER),
    # Turkish: flat, floor, block.
    ("İstiklal Caddesi No: 12 Daire 5, Beyoğlu, İstanbul", "Istiklal Cad. No:12 D:5 Beyoglu Istanbul", SAME),
    ("İstiklal Caddesi No: 12 Daire 5, Beyoğlu, İstanbul", "Istiklal Cad. No:12/5 Beyoglu Istanbul", SAME),
    ("İstiklal Caddesi No: 12 Daire 5, Beyoğlu, İstanbul", "Istiklal Cad. No:12 D:6 Beyoglu Istanbul", OTHER),
    ("İstiklal Cad. No:12 Kat:3 D:5 Beyoğlu", "Istiklal Caddesi 12, K.3 Daire 5 Beyoglu", SAME),
    ("İstiklal Cad. No:12 Kat:3 Beyoğlu", "Istiklal Caddesi 12, 3. Kat Beyoglu", BUILDING),
    ("İstiklal Cad. No:12 Kat:3 Beyoğlu", "Istiklal Caddesi 12, Kat 4 Beyoglu", OTHER),
    ("Perpa Merkezi A Blok Kat:5 No:250 Şişli", "Perpa Merkezi A Block K:5 No:250 Sisli", BUILDING),
    ("Perpa Merkezi A Blok Kat:5 No:250 Şişli", "Perpa Merkezi B Blok Kat:5 No:250 Sisli", OTHER),
    # The Emirates: free zones by name and abbreviation, clusters, units of letters and digits, post boxes.
    ("Office 504, Bldg 7, Dubai Airport Free Zone, Dubai", "Office No. 504, Building 7, DAFZA, Dubai", SAME),
    ("Office 504, Bldg 7, Dubai Airport Free Zone, Dubai", "Office No. 504, Building 6, DAFZA, Dubai", OTHER),
    ("Unit 1203, Cluster X, JLT, Dubai", "Unit No. 1203, Jumeirah Lakes Towers, Cluster X, Dubai", SAME),
    ("Unit 1203, Cluster X, JLT, Dubai", "Unit 1203, Cluster Y, JLT, Dubai", OTHER),
    ("Unit 1203, Cluster X, JLT, Dubai", "Unit 1204, Cluster X, JLT, Dubai", OTHER),
    ("Unit 3O-01-1234, Gemplex 3, DMCC", "Unit 3O-01-1234, Gemplex 3, Dubai Multi Commodities Center", SAME),
    ("Warehouse FZS1 AB05, Jebel Ali Free Zone, Dubai", "FZS1AB05, JAFZA, Dubai", SAME),
    ("Warehouse FZS1 AB05, Jebel Ali Free Zone, Dubai", "FZS1AB06, JAFZA, Dubai", OTHER),
    ("P.O. Box 31814, Dubai", "PO Box 31814, Dubai, UAE", SUPPORT),
    ("P.O. Box 31814, Dubai", "POB 31814 Dubai", SUPPORT),
    ("P.O. Box 31814, Dubai", "PO Box 31814, Sharjah, UAE", OTHER),
    ("P.O. Box 31814, Dubai", "P.O. Box 31815, Dubai", OTHER),
    # Chinese: number, block, floor, room, in characters and in English.
    ("深圳市福田区华强北路1002号赛格广场2506室", "深圳福田华强北路1002号赛格广场25楼2506", SAME),
    ("深圳市福田区华强北路1002号赛格广场2506室", "深圳市福田区华强北路1002号赛格广场2507室", OTHER),
    ("深圳市福田区华强北路1002号赛格广场2506室", "深圳市福田区华强北路1004号赛格广场2506室", OTHER),
    ("深圳市福田区华强北路1002号赛格广场25层06室", "深圳市福田区华强北路1002号赛格广场26层06室", OTHER),
    ("深圳市福田区华强北路1002号A座2506室", "深圳市福田区华强北路1002号B座2506室", OTHER),
    ("深圳市福田区华强北路1002号3号楼2506室", "深圳市福田区华强北路1002号三号楼2506室", SAME),
    (
        "深圳市福田区华强北路1002号赛格广场2506室",
        "Room 2506, Saige Plaza, 1002 Huaqiang North Road, Futian District, Shenzhen",
        SAME,
    ),
    (
        "深圳市福田区华强北路1002号赛格广场2506室",
        "Room 2507, Saige Plaza, 1002 Huaqiang North Road, Futian District, Shenzhen",
        OTHER,
    ),
    # Towers elsewhere.
    (
        "Room 1318-20, 13/F, Example Tower, 63 Sample Street, Kwun Tong",
        "RM 1319, 13TH FLOOR, EXAMPLE TOWER, NO.63 SAMPLE ST, KWUN TONG",
        BUILDING,
    ),
    ("Block A, 5 Zhongguancun Road, Beijing", "Building B, 5 Zhongguancun Road, Beijing", OTHER),
    ("Block A, 5 Zhongguancun Road, Beijing", "Tower A, 5 Zhongguancun Rd, Beijing", BUILDING),
    ("Bahnhofstr. 10, 86150 Augsburg", "Bahnhof Str. 10, 86150 Augsburg", BUILDING),
    ("Hauptstr. 12, 86150 Augsburg", "Hauptstr. 14, 86150 Augsburg", OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "given", "right"), PAIRS)
def test_two_addresses_compared(listed: str, given: str, right: str) -> None:
    assert compared(listed, given) == right


@pytest.mark.parametrize(("listed", "given", "right"), PAIRS)
def test_whichever_of_them_is_listed(listed: str, given: str, right: str) -> None:
    assert compared(given, listed) == right


@pytest.mark.parametrize("address", sorted({address for pair in PAIRS for address in pair[:2]}))
def test_every_address_is_the_same_as_itself(address: str) -> None:
    assert compared(address, address) in (SAME, BUILDING, SUPPORT)
