"""A look into every kind of file that comes off a card, whole, broken or hostile."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from provenance.core.vocabulary.evidence import PhotoState
from provenance.evidence.images import WORKING_SIDE, ImageContent, is_image_name, read_image
from tests.evidence.photographs import exif, satellites, scene, with_label


def looked(path: Path) -> ImageContent:
    """What is in an image file."""
    found = read_image(path, path.name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.heic", "a.webp", "A.JPG"])
def test_every_format_is_read_with_its_clock(tmp_path: Path, name: str) -> None:
    pillow_heif.register_heif_opener()
    scene(3).save(tmp_path / name, exif=exif("2024:05:03 10:00:00", gps=satellites("2024:05:03", 7, 0)))
    found = looked(tmp_path / name)
    assert (found.state, found.reason) == (PhotoState.READ, None)
    assert (found.width, found.height) == (640, 480)
    assert found.facts.time is not None and found.facts.time.hour == 10
    assert found.facts.latitude == pytest.approx(49.9935)
    assert found.likeness is not None


class TestWorkingCopy:
    def opened(self, found: ImageContent) -> Image.Image:
        assert found.working is not None
        return Image.open(io.BytesIO(found.working))

    def test_it_stands_upright_is_bounded_and_says_nothing_of_place_or_camera(self, tmp_path: Path) -> None:
        scene(3, (4000, 1000)).save(
            tmp_path / "a.jpg", exif=exif("2024:05:03 10:00:00", gps=satellites("2024:05:03", 7, 0), turn=6)
        )
        copy = self.opened(looked(tmp_path / "a.jpg"))
        assert (copy.format, copy.size) == ("JPEG", (WORKING_SIDE // 4, WORKING_SIDE))
        assert dict(copy.getexif()) == {}
        assert "exif" not in copy.info and "icc_profile" not in copy.info and "xmp" not in copy.info

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
    def test_every_kind_of_pixels(self, tmp_path: Path, mode: str) -> None:
        # TIFF holds them all; a scanner or a microscope writes any of them.
        image = (
            Image.linear_gradient("L").point(lambda value: value * 257, "I") if mode == "I;16" else scene(3)
        )
        image.convert(mode).save(tmp_path / "a.tif")
        found = looked(tmp_path / "a.tif")
        assert found.state is PhotoState.READ, found.reason
        assert self.opened(found).mode == "RGB"

    def test_sixteen_bits_keep_their_shades(self, tmp_path: Path) -> None:
        Image.new("I;16", (64, 64), 32768).save(tmp_path / "a.tif")
        copy = self.opened(looked(tmp_path / "a.tif"))
        assert copy.getpixel((5, 5)) == (128, 128, 128)


@pytest.mark.parametrize("turned", [0, 17, 90, 200])
def test_a_label_in_the_picture_is_read_however_it_lies(tmp_path: Path, turned: int) -> None:
    with_label(scene(3), "C-7K3M9-Q2X4H", turned=turned).save(tmp_path / "a.jpg", quality=70)
    assert looked(tmp_path / "a.jpg").label == "C-7K3M9-Q2X4H"


def test_a_label_too_small_for_the_working_copy_is_read_in_the_whole_picture(tmp_path: Path) -> None:
    hangar = scene(3, (640, 480)).resize((9 * WORKING_SIDE // 2, 3 * WORKING_SIDE))
    with_label(hangar, "C-7K3M9-Q2X4H", turned=17).save(tmp_path / "a.jpg", quality=70)
    found = looked(tmp_path / "a.jpg")
    assert found.working is not None
    (tmp_path / "working.jpg").write_bytes(found.working)
    assert looked(tmp_path / "working.jpg").label is None
    assert found.label == "C-7K3M9-Q2X4H"


class TestBroken:
    """Kept and said to be unreadable; never an end of the program."""

    @pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.heic"])
    @pytest.mark.parametrize("part", [0.02, 0.3, 0.9])
    def test_cut_off(self, tmp_path: Path, name: str, part: float) -> None:
        pillow_heif.register_heif_opener()
        scene(3).save(tmp_path / name, exif=exif("2024:05:03 10:00:00"))
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
        found = looked(tmp_path / name)
        assert found.state is PhotoState.DAMAGED
        assert found.reason
        assert found.working is None

    def test_a_cut_off_picture_still_tells_its_time(self, tmp_path: Path) -> None:
        scene(3).save(tmp_path / "a.jpg", exif=exif("2024:05:03 10:00:00"))
        whole = (tmp_path / "a.jpg").read_bytes()
        (tmp_path / "a.jpg").write_bytes(whole[: len(whole) // 2])
        assert looked(tmp_path / "a.jpg").facts.time is not None

    @pytest.mark.parametrize("seed", range(30))
    def test_bits_that_fell_over(self, tmp_path: Path, seed: int) -> None:
        import random

        rolled = random.Random(seed)
        scene(seed).save(
            tmp_path / "a.jpg", exif=exif("2024:05:03 10:00:00", gps=satellites("2024:05:03", 7, 0))
        )
        content = bytearray((tmp_path / "a.jpg").read_bytes())
        for _ in range(40):
            content[rolled.randrange(min(len(content), 1500))] = rolled.randrange(256)
        (tmp_path / "a.jpg").write_bytes(content)
        assert looked(tmp_path / "a.jpg").state in (PhotoState.READ, PhotoState.DAMAGED)

    def test_noise_with_a_picture_s_name(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(os.urandom(5000))
        assert looked(tmp_path / "a.jpg").state is PhotoState.DAMAGED

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(bomb(60_000, 60_000))
        found = looked(tmp_path / "a.png")
        assert found.state is PhotoState.TOO_LARGE
        assert "178,956,970 pixels" in (found.reason or "")


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says that it is large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    packed = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_raw_is_kept_and_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.CR3").write_bytes(os.urandom(5000))
    found = looked(tmp_path / "IMG_0001.CR3")
    assert (found.state, found.format) == (PhotoState.KEPT, "RAW")
    assert "CR3" in (found.reason or "")


def test_what_is_no_picture_is_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("found at the fence")
    assert read_image(tmp_path / "notes.txt", "notes.txt") is None
    # A picture is one under any name.
    scene(3).save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").rename(tmp_path / "camera.dat")
    assert looked(tmp_path / "camera.dat").state is PhotoState.READ


def test_names_of_pictures() -> None:
    assert is_image_name("IMG_1.JPG") and is_image_name("x.heic") and is_image_name("x.NEF")
    assert not is_image_name("MVI_1.MOV") and not is_image_name("Thumbs.db")
