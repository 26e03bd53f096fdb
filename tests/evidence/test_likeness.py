"""Nearly the same: the same scene in another size or compression is, another scene is not."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageEnhance

from provenance.evidence.likeness import BITS, NEARLY_THE_SAME, distance, likeness, nearest
from tests.evidence.photographs import scene


def bits(image: Image.Image) -> str:
    """The hash of a picture that has one."""
    found = likeness(image)
    assert found is not None
    return found


def compressed(image: Image.Image, quality: int) -> Image.Image:
    """The picture as JPEG of some quality."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream)


@pytest.mark.parametrize("seed", range(8))
def test_another_size_compression_or_brightness_is_nearly_the_same(seed: int) -> None:
    image = scene(seed)
    for other in (
        image.resize((320, 240)),
        image.resize((1280, 960)),
        compressed(image, 30),
        ImageEnhance.Brightness(image).enhance(0.8),
    ):
        assert distance(bits(image), bits(other)) <= NEARLY_THE_SAME


def test_another_scene_is_not() -> None:
    found = [bits(scene(seed)) for seed in range(25)]
    apart = [distance(one, other) for place, one in enumerate(found) for other in found[:place]]
    assert min(apart) > 2 * NEARLY_THE_SAME


def test_an_even_surface_is_like_nothing() -> None:
    assert likeness(Image.new("RGB", (640, 480), "grey")) is None
    assert likeness(Image.linear_gradient("L")) is None


def test_the_nearest_is_found_and_of_two_equal_ones_the_first() -> None:
    wanted = f"{0:064x}"
    known = [(1, f"{0b111:064x}"), (2, f"{0b1:064x}"), (3, f"{0b10:064x}"), (4, "f" * 64)]
    assert nearest(wanted, known) == (2, 1)
    assert nearest("f" * 64, known[:3]) is None
    assert distance("0" * 64, "f" * 64) == BITS
