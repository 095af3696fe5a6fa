# Everything runs from .venv, made on first use: a fresh machine needs only Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BROWSER := .venv-browser
# Tests wait a good part of their time, for deadlines above all: three of them at once keep two cores busy.
TESTERS ?= $(shell echo $$(( ($$(getconf _NPROCESSORS_ONLN) * 3 + 1) / 2 )))

.PHONY: help setup demo build handouts verify verify-quick mutants test test-slow test-all browser chromium computing bench fuzz lint format clean

help:
	@echo "make demo    build a stage, make up a class, grade it, show the table and where its report is"
	@echo "make test    the tests (make test-slow: the slow ones too)"
	@echo "make browser  open the notebooks in JupyterLab, in Chromium, and check what shows"
	@echo "make verify  prove that every solution and every mistake behaves"
	@echo "make fuzz    inputs nobody would write by hand, 100,000 of them;  make bench: how fast it is"
	@echo "make mutants change each solution a little and list what no case notices"
	@echo "make build   write dist/ and student_template/"
	@echo "make handouts  build, and the handouts and the derivation as PDF in dist/"
	@echo "make lint    ruff and pyright;  make format: ruff format"

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

$(BROWSER)/.ready: pyproject.toml
	$(PYTHON) -m venv $(BROWSER)
	$(BROWSER)/bin/python -m pip install --quiet --upgrade pip
	$(BROWSER)/bin/python -m pip install --quiet --editable '.[browser]'
	touch $(BROWSER)/.ready

setup: $(READY)

demo: $(READY)
	$(BIN)/capas demo 03_softmax

build: $(READY)
	$(BIN)/capas build

handouts: $(READY)
	$(BIN)/capas build --pdf

verify: $(READY)
	$(BIN)/capas verify

# A tenth of the time: Otter, and other languages, get one variant of every question in each submission.
verify-quick: $(READY)
	$(BIN)/capas verify --quick

mutants: $(READY)
	$(BIN)/capas mutants

test: $(READY)
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal -m "not slow"

test-slow: $(READY)
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal -m "slow and not browser"

# Both at once, as finding 6,000 tests takes each tester half a minute.
test-all: $(READY)
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal -m "not browser"

# All of `.ci/run` that needs no browser, one after the other: each keeps every core busy, or nearly.
computing: $(READY)
	+$(MAKE) --jobs 1 lint verify-quick test-all

browser: chromium $(BROWSER)/.ready
	$(BROWSER)/bin/python -m pytest -m browser tests/browser tests/report tests/bundle

# The browser is the system's; it is installed where that can be done without asking anybody.
chromium:
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "No Chromium, and it cannot be installed here (that takes root and apt-get)."; \
		echo "Install it (Debian: apt-get install chromium), then run make browser again."; \
	else \
		echo "Installing Chromium with apt-get..."; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
			|| echo "apt-get could not install Chromium; see its message above."; \
	fi

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m benchmarks

# CAPAS_FUZZ_EXAMPLES inputs for each of the five tests.
fuzz: $(READY)
	CAPAS_FUZZ_EXAMPLES=$${CAPAS_FUZZ_EXAMPLES:-20000} $(BIN)/python -m pytest -n 2 tests/fuzz

clean:
	rm -rf dist demo graded .pytest_cache .ruff_cache
