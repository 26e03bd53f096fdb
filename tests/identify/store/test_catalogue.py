"""A catalogue of parts: imported once, found by what stands on a chip, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from provenance.identify.store.catalogue import SqlCatalogue
from provenance.schema.audit import AuditEntry
from provenance.schema.engines import reading_engine
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import session_scope
from tests.identify.store.lists import SHOP, write_parts
from tests.support.commands import Outcome

Run = Callable[..., Outcome]


def catalogue(folder: Path, *rows: str, header: str = "MPN,Manufacturer,Description,ECCN") -> str:
    return write_parts(folder / "catalogue.csv", header, rows)


def test_each_makers_number_once_and_the_second_time_nothing_changes(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = catalogue(
        tmp_path,
        "SN74HC00N,Texas Instruments,quad NAND gate,EAR99",
        "SN74HC00N,Texas Instruments Inc.,quad NAND gate,EAR99",  # the same firm, another spelling
        "SN74HC00N,onsemi,quad NAND gate,",  # a second source
        "LM358,STMicroelectronics,dual operational amplifier,",
    )
    first = run(ready, "import", "parts", file, *SHOP, "--format", "json").rows[0]
    assert (first["read"], first["new"], first["repeated"]) == (4, 3, 1)
    again = run(ready, "import", "parts", file, *SHOP, "--format", "json").rows[0]
    assert (again["new"], again["known"], again["repeated"], again["changed"]) == (0, 3, 1, 0)


def test_an_eccn_that_is_not_stated_is_unknown_and_stays_as_it_was(
    run: Run, ready: str, tmp_path: Path
) -> None:
    run(ready, "import", "parts", catalogue(tmp_path, "XC7K325T,Xilinx,FPGA,3A001.a.7"), *SHOP)
    silent = catalogue(tmp_path, "XC7K325T,Xilinx,FPGA,", "LM317,Texas Instruments,regulator,")
    assert run(ready, "import", "parts", silent, *SHOP, "--format", "json").rows[0]["known"] == 1
    with session_scope(reading_engine(ready)) as session:
        eccns = {row.mpn: row.eccn for row in session.execute(select(Part.mpn, Part.eccn))}
    assert eccns == {"XC7K325T": "3A001.a.7", "LM317": None}


def test_a_changed_statement_is_taken_over_and_audited(run: Run, ready: str, tmp_path: Path) -> None:
    run(ready, "import", "parts", catalogue(tmp_path, "LM317,Texas Instruments,regulator,"), *SHOP)
    changed = catalogue(tmp_path, "LM317,Texas Instruments,linear regulator,EAR99")
    assert run(ready, "import", "parts", changed, *SHOP, "--format", "json").rows[0]["changed"] == 1
    with session_scope(reading_engine(ready)) as session:
        sealed = session.execute(
            select(AuditEntry.before).where(AuditEntry.action == "catalogue changed")
        ).scalar_one()
    assert '"regulator"' in sealed


def test_rows_that_cannot_be_used_name_their_line(run: Run, ready: str, tmp_path: Path) -> None:
    broken = catalogue(tmp_path, "LM317,Texas Instruments,regulator,", ",Texas Instruments,no number,")
    refused = run(ready, "import", "parts", broken, *SHOP)
    assert refused.code == 3
    assert "catalogue.csv:3: mpn is empty" in refused.err
    with session_scope(reading_engine(ready)) as session:
        assert session.execute(select(Part.id)).first() is None
    kept = run(ready, "import", "parts", broken, *SHOP, "--rejected", str(tmp_path / "rejected.csv"))
    assert kept.code == 3
    assert "mpn is empty" in (tmp_path / "rejected.csv").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(run: Run, ready: str, tmp_path: Path) -> None:
    file = catalogue(tmp_path, "LM317,Texas Instruments,regulator,")
    assert run(ready, "import", "parts", file, *SHOP, "--dry-run", "--format", "json").rows[0]["new"] == 1
    with session_scope(reading_engine(ready)) as session:
        assert session.execute(select(PartKey.key)).first() is None


def test_a_number_is_found_whole_cut_short_and_by_its_beginning(run: Run, ready: str, tmp_path: Path) -> None:
    run(
        ready,
        "import",
        "parts",
        catalogue(tmp_path, "SN74LVC14APWR,Texas Instruments,hex inverter,"),
        *SHOP,
    )
    with session_scope(reading_engine(ready)) as session:
        parts = SqlCatalogue(session)
        keys = session.execute(select(PartKey.key)).scalars().all()
        whole = max(keys, key=len)
        assert {entry.mpn for _key, entry in parts.by_keys([whole])} == {"SN74LVC14APWR"}
        assert [key for key, _entry in parts.by_prefixes([whole[:7]], 5)[whole[:7]]] == sorted(
            key for key in keys if key.startswith(whole[:7])
        )
        assert parts.by_keys(["NOSUCHKEY"]) == []
        assert parts.by_keys([]) == []
