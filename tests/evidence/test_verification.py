"""Hashing the store anew finds what is missing, altered and unknown, and nothing else."""

from __future__ import annotations

from provenance.evidence.store import FileFate, Shelf
from provenance.evidence.verification import Verification, verify_store
from provenance.schema.session import session_scope
from tests.evidence.conftest import Hangar
from tests.evidence.photographs import take


def verified(hangar: Hangar) -> Verification:
    """What a walk through the store finds."""
    with session_scope(hangar.engine) as session:
        return verify_store(session, hangar.store)


def test_a_store_as_it_was_left(hangar: Hangar) -> None:
    intake = hangar.intake()
    for seed in range(3):
        intake.receive(take(hangar.card / f"{seed}.jpg", seed))
    found = verified(hangar)
    assert (found.photos, found.files, found.damaged, found.unknown) == (3, 6, [], [])


def test_each_kind_of_damage(hangar: Hangar) -> None:
    intake = hangar.intake()
    altered, gone, whole = (
        intake.receive(take(hangar.card / f"{seed}.jpg", seed)).photo for seed in range(3)
    )
    path = hangar.store.path(Shelf.ORIGINALS, altered.sha256)
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    hangar.store.path(Shelf.WORKING, gone.working_sha256).unlink()
    stray = hangar.store.put(Shelf.ORIGINALS, b"nobody knows me")
    found = verified(hangar)
    assert [(each.file_name, each.shelf, each.fate) for each in found.damaged] == [
        ("0.jpg", Shelf.ORIGINALS, FileFate.ALTERED),
        ("1.jpg", Shelf.WORKING, FileFate.MISSING),
    ]
    assert found.unknown == [f"originals/{stray}"]
    assert whole.sha256 not in {each.sha256 for each in found.damaged}


def test_an_empty_store_of_an_empty_database(hangar: Hangar) -> None:
    assert verified(hangar) == Verification()
