from __future__ import annotations

import pytest

from provenance.text.entry_phrases import Phrases, part_phrases


@pytest.mark.parametrize(
    ("body", "phrases"),
    [
        ("Missile Kh-22", Phrases("Missile Kh-22")),
        ("Seeker X-1 of the Kh-22 missile", Phrases("the Kh-22 missile", unit="Seeker X-1")),
        (
            "9M728 cruise missile from the Iskander-K missile system",
            Phrases("9M728 cruise missile", system="the Iskander-K missile system"),
        ),
        ("Parts from other Kh-22 missiles", Phrases("other Kh-22 missiles", loose_parts=True)),
        ("Laser device of the scout LPR-9", Phrases("Laser device of the scout LPR-9")),
    ],
)
def test_unit_weapon_and_system_are_separated(body: str, phrases: Phrases) -> None:
    assert part_phrases(body) == phrases


def test_of_two_hosts_the_weapon_is_the_one_that_counts() -> None:
    phrases = part_phrases('Camera of the "Sharp Eye" of the Falcon UAV')
    assert phrases == Phrases("the Falcon UAV", unit='the "Sharp Eye"')
