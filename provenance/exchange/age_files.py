"""Encrypted files in the age format (age-encryption.org/v1), which the program of that name opens too."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from provenance.core.errors import BadInput, ProvenanceError, UsageError

MAGIC = b"age-encryption.org/v1\n"
_ENDING = "AGE-SECRET-KEY-"
LONGEST_WITH_PASSPHRASE = 1 << 30
"""Bytes of a file that can be encrypted with a passphrase: it is held in memory."""


def is_encrypted(file: Path) -> bool:
    """Whether a file is in this format."""
    with file.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def write_key(file: Path) -> str:
    """Writes a new secret key to a new file that only this user can read; returns its public half.

    Raises:
        ProvenanceError: the file exists, or cannot be written.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ProvenanceError(f"{file} exists. No key is written over it.") from None
    except OSError as error:
        raise ProvenanceError(f"{file} cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"# public key: {public}\n{identity}\n")
    return public


def encrypt_for(source: Path, target: Path, recipients: Sequence[str]) -> None:
    """Encrypts a file for some public keys ("age1…"); each of their owners can open it.

    Raises:
        UsageError: one of them is no public key.
    """
    import pyrage

    keys = []
    for text in recipients:
        try:
            keys.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError:
            raise UsageError(f"{text!r} is no public key of age: it begins with age1") from None
    with source.open("rb") as plain, target.open("xb") as sealed:
        pyrage.encrypt_io(plain, sealed, keys)


def encrypt_with(source: Path, target: Path, passphrase: str) -> None:
    """Encrypts a file with a passphrase.

    Raises:
        UsageError: the file is too large for it, or the passphrase is empty.
    """
    from pyrage import passphrase as by_passphrase

    if not passphrase:
        raise UsageError("The passphrase is empty")
    if source.stat().st_size > LONGEST_WITH_PASSPHRASE:
        raise UsageError("Too large for a passphrase (1 GB at most)", code="passphrase_size")
    with target.open("xb") as sealed:
        sealed.write(by_passphrase.encrypt(source.read_bytes(), passphrase))


def decrypt(source: Path, target: Path, *, passphrase: str | None, key_file: Path | None) -> None:
    """Opens an encrypted file with the passphrase, or with the secret keys of a key file.

    Raises:
        BadInput: they do not open it, or the file was changed.
        UsageError: neither is given.
    """
    import pyrage

    if passphrase is None and key_file is None:
        raise UsageError(f"{source.name} is encrypted", code="encrypted")
    try:
        with target.open("xb") as plain:
            if key_file is not None:
                with source.open("rb") as sealed:
                    pyrage.decrypt_io(sealed, plain, _identities(key_file))
            else:
                plain.write(pyrage.passphrase.decrypt(source.read_bytes(), passphrase))
    except pyrage.DecryptError:
        what = "key" if key_file is not None else "passphrase"
        raise BadInput(f"the {what} does not open it, or it was changed", file=source.name) from None


def _identities(file: Path) -> list[object]:
    import pyrage

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the key file cannot be read: {error}", file=str(file)) from None
    keys = [line.strip() for line in lines if line.strip().startswith(_ENDING)]
    try:
        found: list[object] = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise BadInput("it holds no secret key of age", file=str(file))
    return found
