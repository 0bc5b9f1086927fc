# Everything here needs Python 3.11 or newer, git and make; `make help` lists what there is.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TESTS ?= tests

# TensorFlow's start-up notes drown what a person wants to see; the one on oneDNN goes only with oneDNN.
export TF_CPP_MIN_LOG_LEVEL ?= 2
export TF_ENABLE_ONEDNN_OPTS ?= 0

.PHONY: help demo test test-fast test-system test-full lint format bench clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

demo: $(VENV)/.examples  ## train a small network on handwritten digits and track it
	$(BIN)/polyaxon run -pm examples/quick_start/train.py:train -P epochs=3 -l

test: lint  ## lint, types, layers and the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

test-fast: $(VENV)/.dev  ## the tests that need neither a fit nor an environment of their own
	$(BIN)/python -m pytest -n 2 -m "not fit and not system" $(TESTS)

test-system: $(VENV)/.dev  ## the tests with real servers and processes alone; what is missing of them is a failure
	POLYAXON_TEST_REQUIRE=all $(BIN)/python -m pytest -m system $(TESTS)

test-full: export POLYAXON_TEST_REQUIRE = all
test-full: export POLYAXON_TEST_TRIALS = 100
test-full: test bench  ## test with all kills and faults, more than an hour, where a missing prerequisite fails, and the benchmarks

lint: $(VENV)/.dev  ## style, types (mypy and pyright), layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-logo --cache-dir .import_linter_cache

format: $(VENV)/.dev  ## put the code in its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## print the figures that the design promises
	@$(BIN)/python -m compileall -q polyaxon_sdk integrations
	@for file in tests/benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:  ## remove the environment and what the tools leave behind
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Debian's python3 has no ensurepip unless python3-venv is there. Who may install packages gets it; for others a pip that
# is there can stand in for it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "polyaxon-sdk needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
		$(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install -q pip; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing python3-venv, which makes environments" && apt-get -qq update \
		&& apt-get -qq install -y --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); \
	else echo "python3 can't make environments here: apt-get install python3-venv" >&2; exit 1; fi

# An editable install leaves our own modules uncompiled; where bytecode isn't written they would be compiled at each start.
$(VENV)/.examples: $(BIN)/python pyproject.toml
	$(PIP) install -q -e '.[examples]'
	@$(BIN)/python -m compileall -q polyaxon_sdk integrations
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(PIP) install -q -e '.[dev]'
	$(PIP) install -q -e '.[notebook]'  # after the rest: pip tries for a quarter of an hour to fit both at once
	@$(BIN)/python -m compileall -q polyaxon_sdk integrations
	@touch $(VENV)/.examples $@
