"""A list finds all of itself: by its own names, numbers and addresses; no number sets its own party aside."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from provenance.schema.watchlists import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListedRecord,
    Watchlist,
)
from provenance.screening.index_store import store_index
from provenance.sources.customers import Customer
from provenance.sources.registry import WATCHLISTS
from provenance.text.addresses import read_address
from provenance.text.registration_numbers import read_stored
from provenance.watchlists.importer import ListImport, import_list
from tests.support.commands import CHECKOUT
from tests.support.imported_lists import Lists

NAMES = st.lists(
    st.sampled_from(
        ["Obsidian", "Helix", "Granit", "Vektor", "Lotus", "Bridge", "Trading", "Electronics", "Center",
         "Energy", "Обсидиан", "Технологии", "深圳", "科技"]
    ),
    min_size=1, max_size=4, unique=True,
).map(" ".join)  # fmt: skip
FORMS = st.sampled_from(["", " LLC", " Co., Ltd.", " GmbH", " JSC"])
SCHEMES = st.sampled_from(
    ["INN {10}", "ИНН {12}", "OGRN {13}", "EDRPOU {8}", "IMO {7}", "IMO{7}", "MMSI {9}", "BRN {8}-000",
     "CR {5}", "Reg. No. {6}", "Tax ID {9} (Serbia)", "Passport A{7}", "Kennitala {10}", "{11}",
     "INN {10}/{9}"]
)  # fmt: skip
ADDRESSES = st.builds(
    "Room {}, {} Cedar Road, {}".format,
    st.integers(1, 40),
    st.integers(1, 200),
    st.sampled_from(["Riga", "Hong Kong"]),
)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number of any scheme, its check digits right or wrong."""
    pattern = draw(SCHEMES)
    while "{" in pattern:
        head, _open, rest = pattern.partition("{")
        length, _close, tail = rest.partition("}")
        low = 10 ** (int(length) - 1)
        pattern = f"{head}{draw(st.integers(low, 10 * low - 1))}{tail}"
    return pattern


PARTIES = st.lists(
    st.tuples(
        st.builds("{}{}".format, NAMES, FORMS),
        st.lists(numbers(), max_size=3),
        st.lists(ADDRESSES, max_size=2),
    ),
    min_size=1,
    max_size=5,
)


def missing(lists: Lists, name: str) -> Iterator[tuple[str, Customer, str]]:
    """What a list does not find of itself, and what it finds set aside."""
    session = lists.session
    watchlist = session.execute(select(Watchlist.id).where(Watchlist.key == name)).scalar_one()
    ours = select(ListedRecord.id).join(ListedParty).where(ListedParty.watchlist_id == watchlist)
    uids = {row.id: row.uid for row in session.execute(select(ListedParty.id, ListedParty.uid))}
    own: defaultdict[int, tuple[list[str], list[str], list[tuple[str, str | None, str | None]]]]
    own = defaultdict(lambda: ([], [], []))
    joined = ListedRecord.party_id
    for party, text in session.execute(
        select(joined, ListedName.name).join(ListedName).where(ListedRecord.id.in_(ours))
    ):
        own[party][0].append(text)
    for party, text in session.execute(
        select(joined, ListedAddress.as_written).join(ListedAddress).where(ListedRecord.id.in_(ours))
    ):
        if read_address(text).locates:
            own[party][1].append(text)
    columns = (joined, ListedIdentifier.as_written, ListedIdentifier.scheme, ListedIdentifier.country)
    for party, text, scheme, place in session.execute(
        select(*columns).join(ListedIdentifier).where(ListedRecord.id.in_(ours))
    ):
        own[party][2].append((text, scheme, place))
    asked: list[tuple[str, int, Customer]] = []
    for party, (names, addresses, stored) in own.items():
        read = [number for one in stored for number in read_stored(*one)]
        alone = [("name", Customer(1, text)) for text in names]
        alone += [("address", Customer(1, "", addresses=(text,))) for text in addresses]
        alone += [("number", Customer(1, "", identifiers=(number,))) for number in read]
        first = names[0] if names else ""
        alone += [("together", Customer(1, first, addresses=tuple(addresses), identifiers=tuple(read)))]
        asked += [(kind, party, customer) for kind, customer in alone if customer != Customer(1, "")]
    answers = lists.screening(*(customer for _kind, _party, customer in asked)).answers
    for (kind, party, customer), row in zip(asked, answers, strict=True):
        if uids[party] in {hit.party_uid for hit in row.set_aside}:
            yield "set aside", customer, kind
        # A name of nothing but a legal form is not screened, which the row says: it is not clear.
        elif not row.not_screened and uids[party] not in {h.party_uid for h in (*row.hits, *row.other_times)}:
            yield "missed", customer, kind


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parties=PARTIES)
def test_a_list_finds_all_of_itself(lists: Lists, parties: list[tuple[str, list[str], list[str]]]) -> None:
    name = f"list {len(lists.session.execute(select(Watchlist.id)).all())}"
    entries = [
        {"id": f"E{place}", "name": party, "identifiers": "; ".join(its), "address": "; ".join(places)}
        for place, (party, its, places) in enumerate(parties)
    ]
    lists.add("2024-01-01", *entries, name=name)
    assert list(missing(lists, name)) == []


REAL = [
    ("ofac-sdn", "ofac_2019/sdn.csv"),
    ("ofac-sdn", "ofac_sdn_2022-02-17.csv"),
    ("csl", "csl_2019_excerpt.csv"),
    ("csl", "csl_2025_sample.csv"),
    ("eu", "eu_2014_833.csv"),
    ("eu", "eu_2006_765.csv"),
    ("eu", "eu_2026_1848_amendment.csv"),
    ("opensanctions-ftm", "opensanctions_zala.ftm.json"),
    ("bis-dpl", "bis_dpl_2019.txt"),
    ("ofac-sdn", "ofac_consolidated/cons_prim.csv"),
    ("un", "un_consolidated_2026-02.xml"),
]
CASES = [
    ("csv", "addr_list.csv"), ("csv", "alias_sep.csv"), ("csv", "inn_list.csv"), ("csv", "letter_ids.csv"),
    ("csv", "letter_addr_only.csv"), ("csv", "countries.csv"), ("xlsx", "letter.xlsx"),
    ("docx", "letter2tables.docx"), ("docx", "letter_par.docx"), ("jp-meti", "meti.xlsx"), ("uk", "uksl.csv"),
    ("eu-fsf", "eu_fsf.csv"), ("au-dfat", "au_dfat_2026.csv"), ("bis-dpl", "dpl_2025.csv"),
    ("bis-dpl", "dpl_typos.txt"), ("csl", "csl_v1.json"), ("opensanctions-ftm", "ftm_addr.json"),
    ("opensanctions-ftm", "ftm_nested.json"), ("opensanctions-ftm", "ftm_vessel.json"),
    ("ofac-sdn", "ofac_2026_mini/sdn.csv"),
]  # fmt: skip
FIXTURES = CHECKOUT / "tests" / "sources" / "fixtures" / "watchlists"


@pytest.mark.parametrize(
    ("format_name", "name"),
    [(known, f"watchlists/{name}") for known, name in REAL]
    + [(known, f"cases/lists/{name}") for known, name in CASES],
)
def test_a_published_list_finds_all_of_itself(lists: Lists, format_name: str, name: str) -> None:
    """Runs where PROVENANCE_REAL_DATA names the folder of the lists: it takes minutes."""
    folder = os.environ.get("PROVENANCE_REAL_DATA")
    file = Path(folder or CHECKOUT) / name
    if not file.is_file():
        pytest.skip(f"the published list is not at {file}; PROVENANCE_REAL_DATA names the folder")
    request = ListImport(
        format=WATCHLISTS.named(format_name), file=file, as_of=date(2024, 1, 1), watchlist="real"
    )
    import_list(lists.database, request, after=store_index)
    assert list(missing(lists, "real")) == []


@pytest.mark.parametrize("file", sorted(FIXTURES.iterdir()), ids=lambda file: file.name)
def test_a_list_of_every_format_finds_all_of_itself(lists: Lists, file: Path) -> None:
    request = ListImport(
        format=WATCHLISTS.named(file.stem), file=file, as_of=date(2024, 1, 1), watchlist="fixture"
    )
    import_list(lists.database, request, after=store_index)
    assert list(missing(lists, "fixture")) == []
