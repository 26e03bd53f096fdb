"""How a long piece of work reports how far it is; whoever starts it decides whether that is shown."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int], None]
"""Called with how many rows, markings or customers are done."""

FileProgress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""
