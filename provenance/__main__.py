"""`python -m provenance` and the installed command: the command line in a process of its own."""

import gc
import os

_OBJECTS_BETWEEN_COLLECTIONS = 500_000


def main() -> None:
    """Runs the command line; the process ends with the contract's exit code.

    A command is short-lived: cyclic garbage collection is a fifth of what a short one costs, mostly while
    modules are loaded, and again over everything when the process ends.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # NumPy's linear algebra starts one thread per processor when it is loaded; most commands never use them,
    # and learning from markings is too small to gain from them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from provenance.cli.main import run

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
