"""`python -m provenance` is `provenance`."""

from provenance.cli.main import run

if __name__ == "__main__":
    run()
