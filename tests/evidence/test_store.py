"""The store: what is in it is whole and called what it is, whatever happened to the program."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.core.errors import BadInput
from provenance.evidence import store as module
from provenance.evidence.store import FileFate, Shelf, Store, StoreFailure


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that is not there yet."""
    return Store(tmp_path / "field.db.evidence")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file on a card."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(b"as the camera wrote it" * 100_000)
    return path


def files(store: Store) -> list[str]:
    """Every file of a store, by its path in it."""
    return sorted(
        path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file()
    )


def test_a_file_is_called_by_the_hash_of_its_content_and_cannot_be_written_to(
    store: Store, picture: Path
) -> None:
    digest = store.take(picture)
    assert digest == hashlib.sha256(picture.read_bytes()).hexdigest()
    kept = store.path(Shelf.ORIGINALS, digest)
    assert files(store) == [f"originals/{digest[:2]}/{digest}"]
    assert kept.read_bytes() == picture.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444


def test_the_original_is_not_touched(store: Store, picture: Path) -> None:
    picture.chmod(0o400)
    os.utime(picture, (1_700_000_000, 1_700_000_000))
    before = (picture.read_bytes(), picture.stat().st_mtime_ns, picture.stat().st_mode)
    store.take(picture)
    assert (picture.read_bytes(), picture.stat().st_mtime_ns, picture.stat().st_mode) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=1, max_size=200))
def test_again_changes_nothing(store: Store, content: bytes) -> None:
    first = store.put(Shelf.WORKING, content)
    before = files(store)
    assert store.put(Shelf.WORKING, content) == first
    assert files(store) == before
    assert store.fate(Shelf.WORKING, first) is FileFate.WHOLE


def test_an_altered_file_is_noticed_and_mended_from_the_original(store: Store, picture: Path) -> None:
    digest = store.take(picture)
    kept = store.path(Shelf.ORIGINALS, digest)
    kept.chmod(0o644)
    kept.write_bytes(b"something else")
    assert store.fate(Shelf.ORIGINALS, digest) is FileFate.ALTERED
    store.take(picture)
    assert store.fate(Shelf.ORIGINALS, digest) is FileFate.WHOLE
    kept.unlink()
    assert store.fate(Shelf.ORIGINALS, digest) is FileFate.MISSING


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (None, "cannot be read")])
def test_what_cannot_be_kept_is_refused(
    store: Store, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "IMG_0002.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=reason):
        store.take(path)
    assert not store.folder.exists() or files(store) == []


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    store: Store, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "source_sha256", lambda source: "0" * 64)
    with pytest.raises(BadInput, match="changed while it was being read"):
        store.take(picture)
    assert files(store) == []


def full_disk(*_args: object) -> None:
    """What the system says on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


class TestTheDiskFails:
    """Nothing half-written, and a word about what to do."""

    def test_full_while_copying(self, store: Store, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module.os, "fsync", full_disk)
        with pytest.raises(StoreFailure) as told:
            store.take(picture)
        assert "No space left on device" in told.value.message
        assert "Free some space" in told.value.hint
        assert files(store) == []

    @pytest.mark.skipif(
        not Path("/dev/full").exists(), reason="this system has no device that is always full"
    )
    def test_really_full(self, store: Store, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        # A part that lies on a device without room; what was there is taken away again.
        real = module._locked_part

        def on_a_full_device(folder: Path) -> object:
            part = real(folder)
            os.dup2(os.open("/dev/full", os.O_WRONLY), part.fileno())
            return part

        monkeypatch.setattr(module, "_locked_part", on_a_full_device)
        with pytest.raises(StoreFailure, match="No space left"):
            store.take(picture)
        assert files(store) == []

    def test_where_no_folder_can_be_made(self, tmp_path: Path, picture: Path) -> None:
        (tmp_path / "taken").write_text("a file stands where the store should be")
        with pytest.raises(StoreFailure, match="cannot be written to"):
            Store(tmp_path / "taken").take(picture)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_read_only(self, store: Store, picture: Path) -> None:
        store.folder.mkdir()
        store.folder.chmod(0o555)
        with pytest.raises(StoreFailure, match="Permission denied"):
            store.take(picture)

    def test_the_card_fails_not_the_store(
        self, store: Store, picture: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def torn_out(stream: object) -> bytes:
            raise module._SourceFailure("Input/output error")

        monkeypatch.setattr(module, "_read_chunk", torn_out)
        with pytest.raises(BadInput, match=r"IMG_0001\.jpg: cannot be read: Input/output error"):
            store.take(picture)
        assert files(store) == []


class TestTidying:
    """What a killed program leaves."""

    def test_orphans_go(self, store: Store) -> None:
        orphan = store.folder / "incoming" / "feed.part"
        orphan.parent.mkdir(parents=True)
        orphan.write_bytes(b"half a pict")
        assert store.tidy() == 1
        assert files(store) == []

    @pytest.mark.skipif(os.name == "nt", reason="Windows refuses by itself")
    def test_what_somebody_is_writing_stays(self, store: Store) -> None:
        import fcntl

        store.tidy()
        path = store.folder / "incoming" / "feed.part"
        with path.open("wb") as writing:
            fcntl.flock(writing.fileno(), fcntl.LOCK_EX)
            assert store.tidy() == 0
            assert path.exists()
        assert store.tidy() == 1
