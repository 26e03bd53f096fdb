"""`python -m provenance` and the installed command: the command line in a process of its own."""

import gc
import os

_OBJECTS_BETWEEN_COLLECTIONS = 500_000


def main() -> None:
    """Runs the command line; the process ends with the contract's exit code.

    A command lives for a moment: looking for circles of garbage is a fifth of what a short one costs, mostly
    among modules that are being loaded, and again among all there is when the process ends.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # NumPy's algebra starts a thread for each processor as it is loaded, and most commands have nothing for
    # them to do; what is learned from markings is too small to gain from them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from provenance.cli.main import run

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
