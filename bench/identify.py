"""How often identification names the right maker, how far its claims hold, and how fast it answers.

Accuracy (`python bench/identify.py [LIST.csv]`): the published list is split by specimen into folds; what a
specimen's markings are answered from was learned from the other folds alone: names, ranker and calibration
included. "Right" is the maker that the publisher printed, first among the candidates; no answer is wrong.
Three in ten specimens, by a fixed salt, are kept aside: their answers are counted, and their misses are
never printed, so that they cannot guide work on rules or features; the difference between the two lines
says how far the work was fitted to what it saw. Several salts (`--salt a b c`) give the mean over as many
splits instead of the tables. They are printed next to an open library's prefix table alone, the same markings
answered by what ships (nothing learned), and an open library's part numbers with and without learning: none
of them was on the list, most of them are a hobbyist's.

Speed (`python bench/identify.py --catalogue 1000000 [--database URL|PATH]`): see `parts_catalogue`.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import parts_catalogue

from provenance.identify.answers import Answer, believed_made
from provenance.identify.calibration import reliability
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge, knowledge_from_bytes, knowledge_to_bytes
from provenance.identify.names import MakerNames
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.sightings import Pair
from provenance.identify.training import fold_of, learn_knowledge
from provenance.text.date_codes import formats_of
from provenance.text.firm_names import name_key
from provenance.text.markings import read_marking
from provenance.text.partial_dates import DateSpan

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seed"
FOLDS = 5
KEPT_ASIDE_SALT = "unseen"
KEPT_ASIDE_TENTHS = 3
TODAY = date.today()
_UNNAMED = {"", "not identified", "(unspecified)"}


@dataclass(frozen=True)
class Judged:
    """A marking, who made it by the publisher, and what was answered."""

    pair: Pair
    answer: Answer
    related: bool

    @property
    def kept_aside(self) -> bool:
        return fold_of(self.pair.group, 10, KEPT_ASIDE_SALT) < KEPT_ASIDE_TENTHS

    @property
    def level(self) -> str:
        return self.answer.candidates[0].confidence if self.answer.candidates else "nothing"

    @property
    def right(self) -> bool:
        return bool(self.answer.candidates) and self.answer.candidates[0].maker == self.pair.maker

    @property
    def claimed(self) -> float:
        return self.answer.candidates[0].score if self.answer.candidates else 0.0


def real_data() -> Path:
    """The folder of real lists: PROVENANCE_REAL_DATA, else the one kept beside the checkout."""
    return Path(os.environ.get("PROVENANCE_REAL_DATA", ROOT.parent / "shared" / "data"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def maker_keys() -> dict[str, str]:
    """Organization key by the sameness key of every name in the seed."""
    keys: dict[str, str] = {}
    for row in rows_of(SEED / "organization_name.csv"):
        keys.setdefault(name_key(row["name"]), row["organization"])
    return keys


def published_pairs(path: Path) -> tuple[list[Pair], dict[str, str]]:
    """Marking, maker and specimen of every distinct component that has both, and each maker's label.

    The maker goes by its own brand, not by its owner's.
    """
    known = maker_keys()
    pairs: dict[str, Pair] = {}
    labels: dict[str, str] = {}
    for row in rows_of(path):
        maker = re.split(r"\s+(?:Suppliers|Importers|Foreign suppliers)\b", row["manufacturer"])[0]
        brand = re.sub(r"\s*\(.*", "", maker).strip()
        marking = row["name_marking"].strip()
        if marking.lower() in _UNNAMED or brand.lower() in _UNNAMED:
            continue
        key = known.get(name_key(brand), name_key(brand))
        pairs.setdefault(row["component_id"], Pair(marking, key, row["found_in_drones"]))
        labels.setdefault(key, brand)
    return list(pairs.values()), labels


def owners() -> dict[str, set[str]]:
    """Every organization with itself and everybody who ever owned it, by the seed."""
    above = defaultdict(set)
    for row in rows_of(SEED / "ownership.csv"):
        above[row["owned"]].add(row["owner"])
    closed: dict[str, set[str]] = {}
    for start in list(above):
        reached, waiting = {start}, [start]
        while waiting:
            waiting += [owner for owner in above.get(waiting.pop(), ()) if owner not in reached]
            reached.update(waiting)
        closed[start] = reached
    return closed


def judge(
    pairs: Sequence[Pair], labels: Mapping[str, str], rules: RuleBook, salt: str, folds: int
) -> list[Judged]:
    """Every pair answered by what the other folds taught; their makers' labels are known by name as well."""
    above, judged = owners(), []
    formats = formats_of(rows_of(SEED / "date_code_format.csv"))
    for fold in range(folds):
        taught = [pair for pair in pairs if fold_of(pair.group, folds, salt) != fold]
        met = {pair.maker for pair in taught}
        names = MakerNames([*seed_names(), *(each for each in labels.items() if each[0] in met)])
        started = time.perf_counter()
        identifier = Identifier(learn_knowledge(taught, rules, names), date_formats=formats, today=TODAY)
        took = time.perf_counter() - started
        print(f"fold {fold}: learned {len(taught)} pairs in {took:.1f} s", file=sys.stderr)
        for pair in pairs:
            if fold_of(pair.group, folds, salt) == fold:
                answer = identifier.identify(pair.marking, maker=pair.maker)
                said = answer.candidates[0].maker if answer.candidates else ""
                shared = above.get(said, {said}) & above.get(pair.maker, {pair.maker})
                judged.append(Judged(pair, answer, bool(said and shared)))
    return judged


def kind_of(marking: str) -> str:
    """What kind of marking a line is, for the table."""
    reading = read_marking(marking)
    if reading.has_part_like_code:
        return "with a part-like code"
    return "top code or number" if reading.marks else "description only"


def print_share(title: str, judged: Sequence[Judged], total: int) -> None:
    """One line: how many, which share of all, right, right or of one ownership."""
    right = sum(each.right for each in judged)
    near = sum(each.right or each.related for each in judged)
    count = len(judged)
    print(f"  {title:32s} {count:5d} {count / total:6.1%}  right {right / max(1, count):6.1%}"
          f"  wrong {1 - right / max(1, count):6.2%}  same house {near / max(1, count):6.1%}")  # fmt: skip


def report(judged: Sequence[Judged], baseline: float | None) -> None:
    """All tables."""
    total = len(judged)
    entries = len({each.pair.group for each in judged})
    print(f"\n{total} markings with an identified maker, {entries} published entries;"
          " each answered by what other specimens taught")  # fmt: skip
    print_share("all", judged, total)
    for title, kept in (("development", False), ("kept aside", True)):
        split = [each for each in judged if each.kept_aside is kept]
        print_share(f"{title}", split, total)
        print_share(f"  certain of {title}", [each for each in split if each.level == "certain"], len(split))
    print("by level")
    for level in ("certain", "likely", "possible", "nothing"):
        print_share(level, [each for each in judged if each.level == level], total)
    print("by kind of marking")
    for kind in ("with a part-like code", "top code or number", "description only"):
        print_share(kind, [each for each in judged if kind_of(each.pair.marking) == kind], total)
    print("by maker (published), twenty commonest")
    for maker, _ in Counter(each.pair.maker for each in judged).most_common(20):
        print_share(maker, [each for each in judged if each.pair.maker == maker], total)
    among = sum(any(c.maker == each.pair.maker for c in each.answer.candidates) for each in judged)
    print(f"right maker among the candidates: {among / total:.1%}")
    dated = sum(bool(each.answer.dates) for each in judged)
    believed = sum(believed_made(each.answer.dates) != DateSpan() for each in judged)
    print(f"with a readable date code: {dated / total:.1%}, believed {believed / total:.1%}")
    print("reliability: claimed from, mean claimed, right, how many")
    for start, claimed, right, count in reliability((each.claimed, each.right) for each in judged):
        print(f"  {start:.1f}  {claimed:6.1%}  {right:6.1%}  {count:5d}")
    print("worst misses of the development split")
    misses = [each for each in judged if not each.right and not each.kept_aside and each.answer.candidates]
    for each in sorted(misses, key=lambda miss: -miss.claimed)[:25]:
        first = each.answer.candidates[0]
        print(f"  {first.score:.2f} {first.confidence:8s} said {first.maker}, published {each.pair.maker}:"
              f" {each.pair.marking[:70]}")  # fmt: skip
    if baseline is not None:
        print(f"baseline, the open library's prefix table alone: {baseline:.1%} right")


def prefix_table_alone(pairs: Sequence[Pair], table: Path) -> float | None:
    """Share that the prefix table gets right: the maker of the longest match over the marking's tokens."""
    if not table.exists():
        return None
    known = maker_keys()
    rules = [
        (re.compile(row["mpn_prefix_regex"]), known.get(name_key(row["manufacturer_name"]), ""))
        for row in rows_of(table)
    ]
    right = 0
    for pair in pairs:
        best, named = 0, ""
        for token in read_marking(pair.marking).marks:
            for pattern, maker in rules:
                match = pattern.match(token.key)
                if match and match.end() > best:
                    best, named = match.end(), maker
        right += named == pair.maker
    return right / len(pairs)


def print_untaught(pairs: Sequence[Pair], rules: RuleBook) -> None:
    """What the shipped rules, names and weights make of the list before anything was learned from it."""
    identifier = Identifier(Knowledge(rules, MakerNames(seed_names())), today=TODAY)
    judged = [Judged(pair, identifier.identify(pair.marking), False) for pair in pairs]
    print("nothing learned")
    for title, kept in (("development", False), ("kept aside", True)):
        print_levels(title, [each for each in judged if each.kept_aside is kept])


def print_library(pairs: Sequence[Pair], labels: Mapping[str, str], rules: RuleBook, table: Path) -> None:
    """An open library's pairs of maker and part number, asked with and without what the list teaches."""
    if not table.exists():
        return
    known = maker_keys()
    named = ((row["mpn"], row["manufacturer"]) for row in rows_of(table))
    asked = [Pair(mpn, known.get(name_key(maker), name_key(maker)), mpn) for mpn, maker in named if mpn]
    print(f"{len(asked)} part numbers of an open library")
    names = MakerNames([*seed_names(), *labels.items()])
    taught = learn_knowledge(pairs, rules, names)
    for title, knowledge in (("nothing learned", Knowledge(rules, names)), ("list learned", taught)):
        identifier = Identifier(knowledge, today=TODAY)
        print_levels(title, [Judged(pair, identifier.identify(pair.marking), False) for pair in asked])


def print_levels(title: str, judged: Sequence[Judged]) -> None:
    """How many are right, and what `certain` covers and is worth."""
    print_share(title, judged, len(judged))
    print_share("  certain", [each for each in judged if each.level == "certain"], len(judged))


def print_means(splits: Sequence[Sequence[Judged]]) -> None:
    """Shares over several splits: each answers every marking once, so their mean is a plain mean."""
    print(f"mean of {len(splits)} splits into folds")
    together = [each for split in splits for each in split]
    print_levels("all", together)
    for title, kept in (("development", False), ("kept aside", True)):
        print_levels(title, [each for each in together if each.kept_aside is kept])


def seed_names() -> Iterable[tuple[str, str]]:
    """Maker and name of every name in the seed."""
    return [(row["organization"], row["name"]) for row in rows_of(SEED / "organization_name.csv")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for; 5 where the real list is absent."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("list", nargs="?", type=Path, help="published list; default: in PROVENANCE_REAL_DATA")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument(
        "--salt",
        nargs="+",
        default=["bench"],
        help="another word, another split into folds; several: their mean",
    )
    parser.add_argument("--catalogue", type=int, metavar="PARTS", help="measure speed with so many parts")
    parser.add_argument(
        "--database", metavar="URL|PATH", help="where the catalogue goes; default: a temporary file"
    )
    chosen = parser.parse_args(arguments)
    path = chosen.list or real_data() / "components" / "gur_components.csv"
    if not path.exists():
        print(f"no published list at {path}; name one, or set PROVENANCE_REAL_DATA", file=sys.stderr)
        return 5
    pairs, labels = published_pairs(path)
    rules = RuleBook(read_rules(SEED / "marking_rule.csv"))
    if chosen.catalogue:
        markings = [pair.marking for pair in pairs]
        names = MakerNames([*seed_names(), *labels.items()])
        learned = learn_knowledge(pairs, rules, names)
        knowledge = knowledge_from_bytes(knowledge_to_bytes(learned), rules, names)
        with tempfile.TemporaryDirectory(prefix="identify-") as folder:
            parts_catalogue.report(
                chosen.database or str(Path(folder, "parts.db")),
                chosen.catalogue,
                knowledge,
                formats_of(rows_of(SEED / "date_code_format.csv")),
                markings,
            )
        return 0
    splits = [judge(pairs, labels, rules, salt, chosen.folds) for salt in chosen.salt]
    if len(splits) > 1:
        print_means(splits)
        return 0
    reference = real_data() / "reference"
    report(splits[0], prefix_table_alone(pairs, reference / "mpn_prefixes.csv"))
    print_untaught(pairs, rules)
    print_library(pairs, labels, rules, reference / "common_parts_library.csv")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
