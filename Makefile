# make demo   a virtual environment, the project, a database with the sample, and the first answer
# make test   installs what the tests need and passes them
# make check  style, types, generated documents
# make wheel  the wheel, proved in an empty environment from another folder
# make bench  side by side with what a user would pick instead
# make kit    the offline kit for a USB stick, proved with the network cut off
# make docs   writes the generated documents anew

PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo.db
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
PACKAGE = pyproject.toml constraints.txt

.PHONY: demo test check wheel kit bench docs clean

demo: $(VENV)/installed
	$(BIN)/provenance --db $(DEMO) init --sample
	$(BIN)/provenance --db $(DEMO) top

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n 2

check: $(VENV)/installed-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/readme.py --check
	$(BIN)/python docs/translate.py --check
	$(BIN)/python docs/said.py --check

wheel: $(VENV)/installed-check
	rm -rf dist
	$(BIN)/python -m build --wheel --outdir dist
	sh docs/prove_wheel.sh $(PYTHON)

kit: $(VENV)/installed-check
	$(BIN)/python kit/build.py dist/kit

bench: $(VENV)/installed-bench
	$(BIN)/python bench/imports.py
	$(BIN)/python bench/generate.py --help
	@echo "bench/README.md says how to fill the large database that bench/top.py asks"

docs: $(VENV)/installed-test
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/readme.py
	$(BIN)/python docs/translate.py
	$(BIN)/python docs/said.py

clean:
	rm -rf $(VENV) dist build $(DEMO) $(DEMO)-wal $(DEMO)-shm

$(VENV)/installed: $(PACKAGE)
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) -e ".[test,bench]"
	touch $@

$(VENV)/installed-check: $(VENV)/installed
	$(PIP) -e ".[test,check]"
	touch $@

$(VENV)/installed-bench: $(VENV)/installed
	$(PIP) -e ".[bench]"
	touch $@
