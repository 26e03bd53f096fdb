"""A form that is being filled in on a real terminal, and what it says."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.commands import CHECKOUT

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")

UKRAINIAN, ENGLISH = "uk_UA.UTF-8", "en_US.UTF-8"


class Dialogue:
    """A form that is being filled in; a dumb terminal shows the plain one, others the one that completes."""

    def __init__(self, address: str, words: Sequence[str], language: str, terminal: str = "dumb") -> None:
        environment = os.environ | {
            "LANG": language,
            "LC_ALL": language,
            "LANGUAGE": "",
            "TERM": terminal,
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUTF8": "1",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }
        command = ["-m", "provenance", "--db", address, "--actor", "olena", *words]
        self.child: Any = pexpect.spawn(
            sys.executable, command, env=environment, encoding="utf-8", timeout=30, dimensions=(50, 200),
            # Tests that run in the background ignore Ctrl-C, and what they start would do so too.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip

    def answer(self, question: str, text: str) -> None:
        """Waits for a question and types the answer."""
        self.child.expect(re.escape(question) + r"[^\n]*?[:?] ?(\[[^\]]*\] ?)?(\x1b\[[\d?;]*[a-zA-Z])*$")
        self.child.sendline(text)

    def says_new(self, name: str) -> None:
        """Answers that a name is none of the near ones, which are offered first."""
        self.child.expect(rf"(\d)  жоден із них: створити новий неперевірений запис {name}")
        self.answer("Який саме", self.child.match.group(1))

    def end(self) -> str:
        """What is said last; the form has ended well."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        said: str = self.child.before
        assert self.child.exitstatus == 0, said
        return said
