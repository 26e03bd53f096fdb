"""Checks the kit against its manifest, and reports problems in both languages; needs only Python."""

import hashlib
import sys
from pathlib import Path

LOWEST, HIGHEST = (3, 11), (3, 13)


def main() -> None:
    """Ends with 1 where a file is missing or altered, or the kit has no wheels for this Python."""
    if not LOWEST <= sys.version_info[:2] <= HIGHEST or sys.maxsize < 2**32:
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"This is Python {found}; 64-bit Python 3.11, 3.12 or 3.13 is needed.\n"
            f"Це Python {found}; потрібен 64-розрядний Python 3.11, 3.12 або 3.13."
        )
    kit = Path(__file__).resolve().parent
    wrong = []
    lines = (kit / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ", 1)
        path = kit / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    if wrong:
        sys.exit(
            "Damaged or missing; copy the kit anew.  Пошкоджено або бракує; скопіюйте набір знову:\n  "
            + "\n  ".join(wrong)
        )
    print(f"{len(lines)} files are intact.  Файлів перевірено: {len(lines)}, усі цілі.")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    main()
