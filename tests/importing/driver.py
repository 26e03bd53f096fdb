"""An import in a process of its own, with small batches, so that there is something to interrupt.

Words: address, file, rows a batch, batches a checkpoint.
"""

from __future__ import annotations

import sys
from pathlib import Path

from provenance.core.clock import system_clock
from provenance.importing import run
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import COMPONENTS
from tests.support.days import TODAY

if __name__ == "__main__":
    address, file, run.BATCH_ROWS, run.CHECKPOINT_BATCHES = (
        sys.argv[1],
        Path(sys.argv[2]),
        *map(int, sys.argv[3:]),
    )
    request = run.ImportRequest(
        COMPONENTS.named("gur-components"), file, ReadOptions(TODAY), read_markings=False
    )
    print("begun", flush=True)
    summary = run.run_import(Database(writing_engine(address), "olena", system_clock), request)
    print(summary.new, summary.known, flush=True)
