"""A small made-up world of finds and transfers, for the tests of tracing that go through the command line.

Two missiles and a seizure hold chips of one part number, NORTH-1 of North Semi. The path on record: North
Semi (maker) to Alder (authorised distributor) to Birch (independent, in Hong Kong) to OOO Cedar (Russia).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.sources.lists import Row, write_list
from tests.support.commands import Outcome

Run = Callable[..., Outcome]

FINDS: tuple[Row, ...] = (
    {"id": "w1", "recovery": "W1", "weapon": "Kh-101", "serial": "7001", "recovered": "2023-02-10",
     "maker": "North Semi", "mpn": "NORTH-1", "marking": "NORTH 1", "lot": "L7", "recovery_kind": "",
     "published": "2023-06-01"},
    {"id": "w2", "recovery": "W2", "weapon": "Kh-101", "serial": "7002", "recovered": "2021-06-01",
     "maker": "North Semi", "mpn": "NORTH-1", "marking": "NORTH 1", "lot": "", "recovery_kind": "",
     "published": "2023-06-01"},
    {"id": "w3", "recovery": "W3", "weapon": "Kh-101", "serial": "7003", "recovered": "2023-02-10",
     "maker": "North Semi", "mpn": "NORTH-1", "marking": "NORTH 1", "lot": "", "recovery_kind": "seizure",
     "published": "2023-06-01"},
    {"id": "w4", "recovery": "W1", "weapon": "Kh-101", "serial": "7001", "recovered": "2023-02-10",
     "maker": "South Semi", "mpn": "SOUTH-9", "marking": "SOUTH 9", "lot": "", "recovery_kind": "",
     "published": "2023-06-01"},
)  # fmt: skip

_PARTIES = (
    "consignor", "consignor_role", "consignor_country", "consignee", "consignee_role", "consignee_country",
)  # fmt: skip


def transfer(key: str, sender: str, recipient: str, when: str, document: str, **more: str) -> Row:
    """A row of the list of transfers; parties as NAME|ROLE|COUNTRY."""
    cells = [*[*sender.split("|"), "", ""][:3], *[*recipient.split("|"), "", ""][:3]]
    row = {
        "id": key, **dict(zip(_PARTIES, cells, strict=True)), "date": when, "document": document,
        "document kind": "invoice", "part number": "NORTH-1", "maker": "North Semi", "quantity": "100",
        "unit": "pcs", "value": "", "currency": "", "confidential": "", "published": "", "component": "",
        "evidence": "", "description": "",
    }  # fmt: skip
    return row | more


NORTH, ALDER = "North Semi|maker|CH", "Alder AG|authorised_distributor|DE"
BIRCH, CEDAR = "Birch Ltd|independent_distributor|HK", "OOO Cedar|importer|RU"

TRANSFERS: tuple[Row, ...] = (
    transfer("t1", NORTH, ALDER, "2021-01-10", "INV-1", published="2023-01-01"),
    transfer("t2", ALDER, BIRCH, "2021-03-10", "INV-2", published="2023-01-01"),
    transfer("t3", BIRCH, CEDAR, "2021-09-01..2021-09-30", "INV-3", published="2024-01-01"),
    # Left before it can have arrived: on no path.
    transfer("t4", BIRCH, "Delta FZE|broker|AE", "2021-02-01", "INV-4", published="2023-01-01"),
)


def fill_world(run: Run, address: str, folder: Path, transfers: tuple[Row, ...] = TRANSFERS) -> None:
    """Imports the finds and the transfers."""
    finds = write_list(folder / "finds.csv", FINDS)
    done = run(address, "import", "components", "--no-read", finds, "--source", "world")
    assert done.code == 0, done.err
    done = run(
        address, "import", "transfers", write_list(folder / "transfers.csv", transfers), "--source", "trade"
    )
    assert done.code == 0, done.err
