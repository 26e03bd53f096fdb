"""What is recorded as the same is one thing for every command; taken back, every answer is as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, ref_of, say

CONFIRMED = ("--identification", "confirmed", "--basis", "seen")
FINGERPRINT = re.compile(r"(Data: |\"data\": \")[0-9a-f]{12}")


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it, on either backend."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def answer(address: str, *words: str) -> str:
    """What a command prints, but for the name of the state of the data: that has the history in it too."""
    said = say(address, *words)
    assert said.code == 0, said.err
    return FINGERPRINT.sub("", said.out)


def test_one_wreck_one_chip_and_one_firm_for_every_command(fresh: str) -> None:
    wrecks = [recovery(fresh, "--serial", number) for number in ("M-101", "M 101")]
    maker = ("--maker", "Texas Instruments", "--mpn", "LM1117")
    chips = [component(fresh, ref, "--marking", "LM1117 QXZ", *maker, *CONFIRMED) for ref in wrecks]
    for sender, recipient, date in (
        ("Kvuks Trading|broker|HK", "ООО Квакс|importer|RU", "2023-01"),
        ("ООО «Квакс Электро»|importer|RU", "Zavod Kvant|end_user|RU", "2023-03"),
    ):
        goods = ("--component", chips[0], "--class", "item_document", "--date", date)
        moved = ("log", "transfer", "--from", sender, "--to", recipient, *goods, "--source", "ours")
        done = say(fresh, *moved, "--publisher", "us", "--title", "papers", "--new-party")
        assert done.code == 0, done.err
    pairs = [tuple(wrecks), tuple(chips), ("ООО Квакс", "ООО «Квакс Электро»")]
    questions = (
        ("top", "--country", "any", "--min-recoveries", "1", "--format", "json"),
        ("exposure", "Texas Instruments", "--format", "json"),
        ("exposure", "ООО «Квакс Электро»", "--format", "json"),
        ("new", "--since", "2024-01-01", "--format", "json"),
        ("find", "M-101", "--format", "json"),
        ("find", "Квакс", "--format", "json"),
        ("find", "QXZ", "--format", "json"),
        ("trace", "path", chips[1]),
        ("trace", "path", chips[0]),
        ("trace", "chokepoints"),
        ("trace", "recurring"),
        ("trace", "from", "Kvuks Trading"),
        ("trace", "gaps"),
        ("top", "--evidence", "Texas Instruments", "--format", "json"),
    )
    before = [answer(fresh, *words) for words in questions]
    for left, right in pairs:
        assert say(fresh, "same", left, right, "--reason", "one").code == 0
    merged = dict(zip(questions, (answer(fresh, *words) for words in questions), strict=True))
    top = say(fresh, *questions[0]).json["rows"]
    assert [(row["recoveries"], row["components"], row["specimens"]) for row in top] == [(1, 1, 1)]
    for text in ("M-101", "QXZ", "Квакс"):
        assert len(say(fresh, "find", text, "--format", "json").json["rows"]) == 1, text
    # The second chip was traced by nobody; the first one's path is its own, over the firm with two names.
    for chip in chips:
        path = merged["trace", "path", chip]
        assert "Zavod Kvant" in path
        assert "Kvuks Trading" in path
    assert "Zavod Kvant" in merged["trace", "from", "Kvuks Trading"]
    for left, right in reversed(pairs):
        assert say(fresh, "same", left, right, "--undo", "--reason", "two").code == 0
    assert [answer(fresh, *words) for words in questions] == before


def test_seizures_told_twice_are_one(fresh: str) -> None:
    common = ("--from-country", "HK", "--to-country", "RU", "--format", "jsonl")
    told = (("--goods", "boards", "--seized", "2024-01-02"), ("--hs", "854231"))
    refs = [ref_of(say(fresh, "log", "seizure", *words, *common)) for words in told]
    for ref in refs:
        component(fresh, ref, "--marking", "LM1117 QXZ")
    before = answer(fresh, "seizures", "--format", "json")
    assert say(fresh, "same", *refs, "--reason", "one consignment").code == 0
    [row] = say(fresh, "seizures", "--format", "json").json["rows"]
    found = row["goods"], row["hs"], row["seized"], row["components"]
    assert found == ("boards", "854231", "2024-01-02", 2)
    assert say(fresh, "seizures", "--hs", "8542", "--format", "json").json["rows"] == [row]
    assert say(fresh, "same", *refs, "--undo", "--reason", "two").code == 0
    assert answer(fresh, "seizures", "--format", "json") == before
