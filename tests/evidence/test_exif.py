"""What a camera says of itself, and what it says that nobody can mean."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from provenance.evidence.exif import NO_FACTS, CameraFacts, read_exif
from tests.evidence.photographs import KHARKIV, exif, satellites, scene


def told(tmp_path: Path, **said: Any) -> CameraFacts:
    """What is read of a picture with such metadata."""
    scene(1).save(tmp_path / "a.jpg", exif=exif(**said))
    with Image.open(tmp_path / "a.jpg") as image:
        return read_exif(image)


def test_camera_clock_and_position(tmp_path: Path) -> None:
    facts = told(tmp_path, clock="2024:05:03 10:00:07", zone="+03:00", gps=satellites("2024:05:03", 7, 0, 9))
    assert facts == CameraFacts(
        make="Canon",
        model="EOS 90D",
        serial="0123",
        time=datetime(2024, 5, 3, 10, 0, 7),
        zone_minutes=180,
        latitude=pytest.approx(49.9935),
        longitude=pytest.approx(36.2304),
        altitude=152.25,
        position_at=datetime(2024, 5, 3, 7, 0, 9, tzinfo=UTC),
    )


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    facts = told(tmp_path, gps=KHARKIV | {1: "S", 3: "W"})
    assert facts.latitude == pytest.approx(-49.9935)
    assert facts.longitude == pytest.approx(-36.2304)


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (36.0, 0.0, 0.0)},
        {1: "N", 2: (49.0, 0.0, 0.0), 3: "E", 4: (180.0, 0.0, 1.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (49.0, 0.0, 0.0)},
        {1: "?", 2: (49.0, 0.0, 0.0), 3: "E", 4: (36.0, 0.0, 0.0)},
        {2: (49.0, 0.0, 0.0), 4: (36.0, 0.0, 0.0)},
    ],
    ids=["beyond the pole", "beyond the date line", "no fix", "half", "no hemisphere", "hemispheres missing"],
)
def test_a_place_that_is_none_is_not_kept(tmp_path: Path, gps: dict[int, Any]) -> None:
    facts = told(tmp_path, gps=gps)
    assert (facts.latitude, facts.longitude, facts.altitude) == (None, None, None)


@pytest.mark.parametrize(
    "clock", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:40 99:00:00", "yesterday"]
)
def test_a_clock_that_was_never_set_says_nothing(tmp_path: Path, clock: str) -> None:
    assert told(tmp_path, clock=clock).time is None


def test_a_picture_without_metadata_tells_nothing() -> None:
    assert read_exif(scene(1)) == NO_FACTS


def test_a_broken_block_tells_nothing_and_ends_nothing(tmp_path: Path) -> None:
    scene(1).save(tmp_path / "a.jpg", exif=exif("2024:05:03 10:00:00")[:40])
    with Image.open(tmp_path / "a.jpg") as image:
        assert read_exif(image).time is None
