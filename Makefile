# scanfix: every target sets up what it needs. `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out/demo
GATE ?= out/gate
CORPUS ?= ../shared/corpus

.DEFAULT_GOAL := help
.PHONY: help system setup demo test check gate accept bench bench-marks bench-press crosscheck pins samples clean

help:
	@echo "make demo   set up, read the sample scans through the Prefect flow, score them, write the report"
	@echo "make test   set up, run all tests"
	@echo "make check  set up, formatting, types, contracts, sizes, tests with coverage"
	@echo "make gate   set up, read the sample scans, compare with ground_truth/baseline.json: exit 10 where it is worse"
	@echo "make bench  set up, measure beside the peers on $(CORPUS) (about 15 minutes on 2 cores)"
	@echo "make bench-marks  set up, measure what the detectors find on $(CORPUS) and the drawn matrix (ARGS: see its --help)"
	@echo "make bench-press  set up, hold pressed pages against the real ones of $(CORPUS) (about 15 minutes)"
	@echo "make setup  system packages where they are missing, and the environment in $(VENV)"

# Programs and typefaces that pip cannot bring; .ci/system-packages installs or names what is missing.
system:
	@bash .ci/system-packages

setup: system $(VENV)/.done

$(VENV)/.done: requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "No venv module. Install it: sudo apt-get install python3-venv"; exit 4; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 4; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	$(BIN)/python -m flows.demo --scans scans --truth ground_truth --out $(OUT)

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check src flows tests benchmarks
	$(BIN)/ruff check src flows tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=95
	$(BIN)/coverage report --include='src/scanfix/model/*,src/scanfix/store/*,src/scanfix/scoring/*' --fail-under=100

# What CI stops on; a lost page (exit 6) is for the gate to judge. A worse setting must fail here: try
# SCANFIX_CLEAN__IS_ON=false make gate. The store goes first: what an earlier state of the code made says nothing.
gate: setup
	rm -rf $(GATE)/.scanfix
	$(BIN)/scanfix run scans --out $(GATE) || [ $$? -eq 6 ]
	$(BIN)/scanfix score $(GATE) --truth ground_truth > /dev/null
	$(BIN)/scanfix gate $(GATE) --truth ground_truth

# The new figures become the baseline; the commit shows the difference for review.
accept: setup
	rm -rf $(GATE)/.scanfix
	$(BIN)/scanfix run scans --out $(GATE) || [ $$? -eq 6 ]
	$(BIN)/scanfix gate $(GATE) --truth ground_truth --accept

bench: setup $(VENV)/.bench
	$(BIN)/python -m benchmarks.compare --corpus $(CORPUS)

$(VENV)/.bench: requirements/bench.txt $(VENV)/.done
	@bash .ci/system-packages bench
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

# Marks: strata of the drawn matrix, real pages, baselines, costs, failures as pictures. A run that was read before is
# taken as it is: make bench-marks ARGS='--run DIR --detectors all --pages 20'.
bench-marks: setup
	$(BIN)/python -m benchmarks.marks --corpus $(CORPUS) $(ARGS)

# Do pressed pages predict real ones? And twelve of both side by side, in out/press.
bench-press: setup
	$(BIN)/python -m benchmarks.press --corpus $(CORPUS)
	$(BIN)/python -m benchmarks.press_sheet --corpus $(CORPUS) --out out/press

# dinglehopper has an environment of its own: its ocrd brings another OpenCV.
crosscheck: setup out/crosscheck/venv/.done
	$(BIN)/python -m benchmarks.crosscheck

out/crosscheck/venv/.done: requirements/crosscheck.txt
	$(PYTHON) -m venv out/crosscheck/venv
	out/crosscheck/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/crosscheck.txt
	@touch $@

# Draw the sample collection again (same seed, same bytes).
samples: setup
	$(BIN)/scanfix facsimile collection --scans scans --truth ground_truth

# Renew the pins (needs the registry).
# RapidOCR asks for another build of OpenCV than the one pinned: it is left out, so pip must not look for it (--no-deps).
pins: setup
	$(BIN)/python -m pip install --quiet uv
	cd requirements && for name in dev bench; do \
	  ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras \
	    --no-header --extra $$name --extra rapid --no-emit-package opencv-python-headless ../pyproject.toml -o $$name.txt $$([ $$name = bench ] && echo -c dev.txt); done
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-strip-extras --no-header crosscheck.in -o crosscheck.txt

clean:
	rm -rf out build .mypy_cache .ruff_cache .pytest_cache .coverage*
