"""What an import reads from markings is tentative, counted apart, and never outvotes the publisher."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, update

from provenance.schema.derived import LearnedKnowledge
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.recoveries import Component
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import session_scope, writing
from tests.support.commands import Outcome

Run = Callable[..., Outcome]
SOURCE = ("--source", "report", "--publisher", "An institute", "--title", "Its report")
HEADER = "id,weapon,serial,used,maker,marking,mpn,category"


def listed(folder: Path, *rows: str) -> str:
    file = folder / "list.csv"
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return str(file)


def small_list(folder: Path) -> str:
    return listed(
        folder,
        "AN-1,Kh-101,111,2023-05-01,Analog Devices,ADM3202 ARNZ #2135,,",
        "AN-2,Kh-101,222,2023-06-01,Analog Devices,ADM3202 ARNZ #2140,,",
        "AN-3,Kh-101,111,2023-05-01,Not identified,STM32F103C8T6,,",
        "AN-4,Kh-101,222,2023-06-01,Texas Instruments,ADM3202 ARNZ,,",
        "AN-5,Kh-101,111,2023-05-01,Texas Instruments,TPS54331,TPS54331DR,regulator",
        "AN-6,Kh-101,111,2023-05-01,Analog Devices,,,",
    )


def test_readings_are_counted_apart_and_enter_a_count_only_on_request(
    run: Run, ready: str, tmp_path: Path
) -> None:
    summary = run(ready, "import", "components", small_list(tmp_path), *SOURCE, "--format", "json").rows[0]
    readings = summary["readings"]
    assert readings["read"] == 4  # 5 has a stated part number, 6 no marking
    assert readings["makers"] == 1
    wanted = ("top", "--by", "part", "--country", "any", "--min-recoveries", "1", "--format", "json")
    stated = run(ready, *wanted).rows
    assert [(row["part"], row["maker"]) for row in stated] == [("TPS54331DR", "Texas Instruments")]
    with_guesses = {row["part"]: row["recoveries"] for row in run(ready, *wanted, "--include-tentative").rows}
    assert with_guesses["ADM3202ARNZ"] == 2
    assert with_guesses["TPS54331DR"] == 1


def test_the_published_maker_stands_and_the_disagreement_is_listed(
    run: Run, ready: str, tmp_path: Path
) -> None:
    summary = run(ready, "import", "components", small_list(tmp_path), *SOURCE, "--format", "json").rows[0]
    against = [
        (each["record"], each["published"], each["read"]) for each in summary["readings"]["disagreements"]
    ]
    assert against == [("AN-4", "Texas Instruments", "Analog Devices")]
    wanted = ("top", "--basis", "brand", "--country", "any", "--min-recoveries", "1", "--format", "json")
    for words in (wanted, (*wanted, "--include-tentative")):
        makers = {row["firm"]: row["components"] for row in run(ready, *words).rows}
        assert (makers["Analog Devices"], makers["Texas Instruments"]) == (3, 2)
    assert makers["STMicroelectronics"] == 1  # of the unidentified one, on request


def test_a_date_code_dates_the_component_within_what_is_known(run: Run, ready: str, tmp_path: Path) -> None:
    run(ready, "import", "components", small_list(tmp_path), *SOURCE)
    with session_scope(reading_engine(ready)) as session:
        made = {
            row.marking: (str(row.made_earliest), str(row.made_latest), row.made_basis)
            for row in session.execute(select(Component).where(Component.marking.is_not(None)))
        }
    assert made["ADM3202 ARNZ #2135"] == ("2021-08-30", "2021-09-05", "date code read from the marking")
    assert made["ADM3202 ARNZ"] == ("None", "None", None)


def test_what_is_read_gives_no_keys_to_the_catalogue(run: Run, ready: str, tmp_path: Path) -> None:
    run(ready, "import", "components", small_list(tmp_path), *SOURCE)
    with session_scope(reading_engine(ready)) as session:
        keyed = (
            session.execute(select(Part.mpn).join(PartKey, PartKey.part_id == Part.id).distinct())
            .scalars()
            .all()
        )
    assert keyed == ["TPS54331DR"]


def test_a_second_run_reads_nothing_anew(run: Run, ready: str, tmp_path: Path) -> None:
    file = small_list(tmp_path)
    run(ready, "import", "components", file, *SOURCE)
    again = run(ready, "import", "components", file, *SOURCE, "--format", "json").rows[0]
    assert again["readings"]["read"] == 0
    assert again["made"] == {}


def test_a_filter_that_goes_by_a_reading_says_so(run: Run, ready: str, tmp_path: Path) -> None:
    run(ready, "import", "components", small_list(tmp_path), *SOURCE)
    asked = run(
        ready, "top", "--category", "regulator", "--category", "transceiver", "--category", "interface",
        "--country", "any", "--min-recoveries", "1",
    )  # fmt: skip
    assert "Category only read automatically, unverified: 2 of 3 components." in " ".join(asked.out.split())


def test_what_waits_is_read_on_request_and_again_when_the_catalogue_has_grown(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = small_list(tmp_path)
    waiting = run(ready, "import", "components", file, *SOURCE, "--no-read", "--format", "json").rows[0]
    assert waiting["readings"]["read"] == 0
    first = run(ready, "read-markings", "--format", "json").rows[0]
    assert (first["read"], first["makers"]) == (4, 1)
    again = run(ready, "read-markings", "--format", "json").rows[0]
    assert again == first
    wanted = ("top", "--by", "part", "--country", "any", "--include-tentative", "--format", "json")
    counted = {row["part"]: row["components"] for row in run(ready, *wanted).rows}
    assert counted == {"ADM3202ARNZ": 2}


def test_a_changed_marking_is_read_anew(run: Run, ready: str, tmp_path: Path) -> None:
    run(
        ready,
        "import",
        "components",
        listed(tmp_path, "AN-1,Kh-101,111,,Analog Devices,ADM3202 ARNZ #2135,,"),
        *SOURCE,
    )
    changed = listed(tmp_path, "AN-1,Kh-101,111,,Analog Devices,ADXL345 BCCZ #2140,,")
    run(ready, "import", "components", changed, *SOURCE)
    shown = run(ready, "show", "AN-1", "--format", "json").rows[0]
    standing = [part["as_written"] for part in shown["parts"] if part["current"]]
    assert standing == ["ADXL345"]
    assert shown["made"].startswith("2021-10")


def test_kind_and_customs_code_follow_from_part_family_or_description(
    run: Run, ready: str, tmp_path: Path
) -> None:
    """Of five components none has a stated kind: the catalogue, a family and two descriptions give four."""
    parts = tmp_path / "parts.csv"
    parts.write_text("mpn,maker,category,hs6\nQZ7788B,Texas Instruments,sensor,854151\n", encoding="utf-8")
    shop = ("--source", "shop", "--publisher", "A distributor", "--title", "Its catalogue")
    assert run(ready, "import", "parts", str(parts), *shop).code == 0
    listing = tmp_path / "kinds.csv"
    listing.write_text(
        "id,weapon,serial,maker,description,marking,mpn\n"
        "AN-1,Kh-101,111,Texas Instruments,,,QZ7788B\n"
        "AN-2,Kh-101,111,Analog Devices,,,ADM3202ARNZ\n"
        "AN-3,Kh-101,111,Not identified,Tantalum capacitor,107 16K,\n"
        "AN-4,Kh-101,111,Not identified,Antenna,,\n"
        "AN-5,Kh-101,111,Not identified,Microcircuit,,\n",
        encoding="utf-8",
    )
    told = run(ready, "import", "components", str(listing), *SOURCE, "--format", "json").rows[0]["readings"]
    assert (told["read"], told["stated"], told["categories"]) == (1, 4, 4)
    names = ("category", "category_basis", "hs6", "hs6_basis")
    with session_scope(reading_engine(ready)) as session:
        rows = session.execute(
            select(*(Component.__table__.c[name] for name in names)).order_by(Component.id)
        ).all()
    by_part, described = "by the part's entry in the catalogue", "read from the description"
    assert [tuple(row) for row in rows] == [
        ("sensor", by_part, "854151", by_part),
        ("interface", "read from the marking", "854239", "by category"),
        ("passive", described, "853221", described),
        ("antenna", described, "852910", described),
        (None, None, None, None),
    ]


def test_what_another_version_of_the_program_learned_is_not_gone_by(
    run: Run, ready: str, tmp_path: Path
) -> None:
    run(ready, "import", "components", small_list(tmp_path), *SOURCE)
    hint = "provenance read-markings"

    def told() -> str:
        # Lines end where the terminal does.
        return " ".join(run(ready, "identify", "ADM3202").out.split())

    assert "and 4 markings of known makers" in told() and hint not in told()
    with writing(writing_engine(ready)) as session:
        session.execute(update(LearnedKnowledge).values(payload=zlib.compress(b'{"form":1,"votes":[]}')))
    assert "and 0 markings of known makers" in told() and hint in told()
    another = listed(tmp_path, "AN-7,Kh-101,333,2023-07-01,Maxim,MAX3232,,")
    run(ready, "import", "components", another, *SOURCE)
    assert "and 5 markings of known makers" in told() and hint not in told()
