"""Translations of the forms: `python docs/translate.py` updates the .po file and compiles the .mo file.

`--check` only reports what is out of date or untranslated (exit code 1). It needs Babel; the
program itself does not.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "provenance" / "locale"
DOMAIN = "provenance"
KEYWORDS = {"mark": None}
ROOMS = ("cli", "fields", "domain")
"""The rooms whose messages are translated."""
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{\w+\}")


def messages() -> list[str]:
    """Every message that the forms and the fields mark for translation, in order of the alphabet."""
    found = chain.from_iterable(
        extract_from_dir(ROOT / "provenance" / room, [("**.py", "python")], keywords=KEYWORDS)
        for room in ROOMS
    )
    return sorted({str(message) for _file, _line, message, _comments, _context in found})


def catalog(language: str) -> Catalog:
    """The translations of a language in its .po file."""
    with po_file(language).open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN)


def po_file(language: str) -> Path:
    """The file of a language's translations."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_file(language: str) -> Path:
    """The compiled file that the program reads."""
    return po_file(language).with_suffix(".mo")


def updated(language: str) -> Catalog:
    """The catalogue with exactly the messages of the code, and their known translations."""
    old = catalog(language)
    new = Catalog(
        locale=language,
        domain=DOMAIN,
        project="provenance",
        version="1",
        msgid_bugs_address="none",
        last_translator="the provenance authors",
        language_team="none",
        fuzzy=False,
    )
    new.header_comment = (
        f"# {language}: messages of the forms of `provenance log`. Updated by docs/translate.py."
    )
    # A date that changes with every run would be a change without content.
    new.creation_date = new.revision_date = _WRITTEN
    for message in messages():
        known = old.get(message)
        new.add(message, known.string if known else "")
    return new


def compiled(found: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, found)
    return stream.getvalue()


def faults(language: str) -> list[str]:
    """What is wrong with a language: untranslated or unused messages, placeholders, an outdated .mo file."""
    found, wanted = catalog(language), set(messages())
    found_faults = []
    for message in sorted(wanted):
        entry = found.get(message)
        if entry is None or not entry.string:
            found_faults.append(f"{language}: not translated: {message}")
        elif set(_PLACEHOLDER.findall(message)) != set(_PLACEHOLDER.findall(str(entry.string))):
            found_faults.append(f"{language}: placeholders differ: {message}")
    unused = (entry.id for entry in found if entry.id and entry.id not in wanted)
    found_faults += [f"{language}: not used: {message}" for message in unused]
    if not mo_file(language).exists() or mo_file(language).read_bytes() != compiled(found):
        found_faults.append(f"{language}: the .mo file is out of date: python docs/translate.py")
    return found_faults


def languages() -> list[str]:
    """The languages with translations."""
    return sorted(path.name for path in LOCALES.iterdir() if po_file(path.name).exists())


def main(words: list[str]) -> int:
    """Updates, or with ``--check`` only reports."""
    if "--check" not in words:
        for language in languages():
            found = updated(language)
            with po_file(language).open("wb") as stream:
                write_po(stream, found, width=100, omit_header=False, sort_output=True)
            mo_file(language).write_bytes(compiled(catalog(language)))
    reported = [fault for language in languages() for fault in faults(language)]
    sys.stderr.write("".join(f"{fault}\n" for fault in reported))
    return 1 if reported else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
