"""Writes a large, made-up list of components, the same bytes for the same number of rows and seed.

Names of makers, weapons and customs codes are the seed's; everything else is invented. The twelve
columns carry headers that the format `components` understands by itself. What is known of how many
rows follows the published lists: about half of the recoveries have a date, about half of the
components a date code, and a maker is named far more often than a part number.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ROWS = 1_000_000
COMPONENTS_A_RECOVERY = 25 / 3
"""A million components in 120,000 recoveries."""

PARTS = 8_000
WEAPONS = 100
SEED = 20240224
HEADER = (
    "Record ID", "Incident ID", "Weapon", "Serial number", "Recovery date", "Date of use",
    "Marking", "Manufacturer", "Part number", "Date code", "Category", "HS code",
)  # fmt: skip

_SEED_FOLDER = Path(__file__).parents[1] / "seed"
_IN_THE_AIR = ("missile", "drone", "guided_munition")
_CATEGORIES = (
    "analog", "memory", "mcu", "power", "logic", "fpga", "interface", "passive", "connector", "rf",
    "regulator", "processor", "transceiver", "discrete", "sensor", "crystal", "relay", "opto",
)  # fmt: skip
_OTHER_HS6 = ("853400", "854390", "847149", "852990", "903290", "880730")
_COUNTRIES_ON_CHIPS = ("MALAYSIA", "PHILIPPINES", "KOREA", "TAIWAN", "USA", "CHINA", "THAILAND")
_NO_MAKER = ("", "Not identified", "Unknown")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker's name as lists print it, alone and with owners in parentheses, and the parts it sells."""

    spellings: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...]
    """Part number, category and customs code of each, the best sold first."""


def _rows_of(name: str) -> list[dict[str, str]]:
    with (_SEED_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _zipf(count: int, flat: float = 3.0) -> list[float]:
    """Cumulated weights that fall with the rank; ``flat`` keeps the first from having everything."""
    return list(accumulate(1 / (rank + flat) for rank in range(count)))


def _makers(chance: random.Random) -> list[Maker]:
    """Makers, those first that the sample names most often, then the seed's others, then unknown ones."""
    names: dict[str, list[str]] = {}
    for row in _rows_of("organization_name.csv"):
        if row["kind"] in ("brand", "legal"):
            names.setdefault(row["organization"], []).append(row["name"])
    labels = {row["key"]: row["label"] for row in _rows_of("organization.csv")}
    owners: dict[str, list[str]] = {}
    for row in _rows_of("ownership.csv"):
        if row["scope"] == "all" and row["owner"] in labels:
            owners.setdefault(row["owned"], []).append(labels[row["owner"]])
    often = Counter(row["maker"] for row in _rows_of("sample_component.csv"))
    keys = sorted(names)
    chance.shuffle(keys)
    keys.sort(key=lambda key: -max(often[name] for name in names[key]))
    known = [_spellings(names[key], owners.get(key, [])) for key in keys]
    strangers = [(f"{_word(chance)} Electronics {number}",) for number in range(300)]
    spelled = [*known, *strangers]
    counts = Counter(chance.choices(range(len(spelled)), cum_weights=_zipf(len(spelled)), k=PARTS))
    taken: set[str] = set()
    return [
        Maker(names_, tuple(_part(chance, taken) for _part_number in range(max(1, counts[place]))))
        for place, names_ in enumerate(spelled)
    ]


def _spellings(names: list[str], owners: list[str]) -> tuple[str, ...]:
    plain = names[:3] * 3
    return (*plain, f"{names[0]} ({', '.join(owners)})") if owners else tuple(plain)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=1) + chance.choices("aeiourstlnm", k=5))


def _part(chance: random.Random, taken: set[str]) -> tuple[str, str, str]:
    hs6 = ("854231", "854232", "854233", "854239", *(row["hs6"] for row in _rows_of_codes()), *_OTHER_HS6)
    while True:
        front, back = "".join(chance.choices(_LETTERS, k=chance.randint(2, 4))), chance.randint(10, 9_999)
        mpn = f"{front}{back}{''.join(chance.choices(_LETTERS, k=chance.randint(0, 3)))}"
        if mpn not in taken:
            taken.add(mpn)
            return mpn, chance.choice(_CATEGORIES), chance.choice(hs6)


_codes: list[dict[str, str]] = []


def _rows_of_codes() -> list[dict[str, str]]:
    if not _codes:
        _codes.extend(_rows_of("hs_code.csv"))
    return _codes


def _weapons(chance: random.Random) -> list[str]:
    """Some hundred designations, most of them of things that fly; the first are found most."""
    rows = _rows_of("weapon_system.csv")
    chance.shuffle(rows)
    rows.sort(key=lambda row: row["kind"] not in _IN_THE_AIR)
    chosen = [row["designation"] for row in rows[:WEAPONS]]
    chance.shuffle(chosen)
    return chosen


def _recoveries(chance: random.Random, count: int) -> list[tuple[str, str, str, str, str]]:
    """Incident, weapon, serial number, date of recovery, date of use."""
    weapons = _weapons(chance)
    found = []
    for number, weapon in enumerate(chance.choices(weapons, cum_weights=_zipf(len(weapons)), k=count), 1):
        serial = str(chance.randint(10**9, 10**12)) if chance.random() < 0.6 else ""
        kind = chance.random()
        day = _partial(chance, date(2022, 3, 1) + timedelta(days=chance.randint(0, 1_000)))
        found.append(
            (f"INC-{number:06}", weapon, serial, day if kind < 0.3 else "", day if 0.3 <= kind < 0.5 else "")
        )
    return found


def _partial(chance: random.Random, day: date) -> str:
    """Most dates name the day, some only the month or the year."""
    length = chance.choices((10, 7, 4), (85, 10, 5))[0]
    return day.isoformat()[:length]


def _date_code(chance: random.Random) -> str:
    """YYWW, most often of the last years before the war; now and then a lot number in its place."""
    if chance.random() < 0.04:
        return f"{chance.choice(_LETTERS)}{chance.randint(100, 99_999)}"
    day = date(2024, 6, 1) - timedelta(days=int(chance.expovariate(1 / 1_500)))
    year, week, _day = max(day, date(1985, 1, 7)).isocalendar()
    return f"{year % 100:02}{week:02}"


def _component(chance: random.Random, makers: list[Maker], place: int) -> tuple[str, ...]:
    """Marking, maker, part number, date code, category, customs code."""
    maker = makers[place]
    # The square brings the best sold parts to the front without a table of weights for each maker.
    mpn, category, hs6 = maker.parts[int(chance.random() ** 2 * len(maker.parts))]
    code = _date_code(chance) if chance.random() < 0.5 else ""
    lot = f"{chance.choice(_LETTERS)}{chance.randint(1, 999)}"
    lines = [mpn, f"{code}{lot}", chance.choice(_COUNTRIES_ON_CHIPS)]
    marking = ("\n" if chance.random() < 0.2 else " ").join(lines[: chance.choice((1, 2, 2, 3))])
    known = chance.random() >= 0.12
    return (
        marking if chance.random() < 0.9 else "",
        chance.choice(maker.spellings) if known else chance.choice(_NO_MAKER),
        mpn if known and chance.random() < 0.55 else "",
        code,
        category if chance.random() < 0.6 else "",
        hs6 if chance.random() < 0.4 else "",
    )


def rows(count: int, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """The rows of the list, recovery by recovery."""
    chance = random.Random(seed)
    makers = _makers(chance)
    recoveries = _recoveries(chance, max(1, round(count / COMPONENTS_A_RECOVERY)))
    sizes = list(accumulate(chance.lognormvariate(0, 1) for _recovery in recoveries))
    where = sorted(
        [
            *range(min(count, len(recoveries))),
            *chance.choices(range(len(recoveries)), cum_weights=sizes, k=max(0, count - len(recoveries))),
        ]
    )
    who = chance.choices(range(len(makers)), cum_weights=_zipf(len(makers)), k=count)
    for number, (recovery, maker) in enumerate(zip(where, who, strict=True), start=1):
        component = _component(chance, makers, maker)
        if not any(component[:3]):
            component = ("no marking", *component[1:])
        yield (f"C{number:07}", *recoveries[recovery], *component)


def write(target: Path, count: int, seed: int = SEED) -> None:
    """Writes the list as CSV."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(rows(count, seed))


def main() -> None:
    """Reads the command line and writes the file."""
    parser = argparse.ArgumentParser(description="Write a large, made-up list of components as CSV.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write(given.file, given.rows, given.seed)


if __name__ == "__main__":
    main()
