# Everything runs from .venv, made on first use: a fresh machine needs only Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup demo build verify test test-slow lint format clean

help:
	@echo "make demo    build a stage, make up a class, grade it, show the table"
	@echo "make test    the tests (make test-slow: the slow ones too)"
	@echo "make verify  prove that every solution and every mistake behaves"
	@echo "make build   write dist/ and student_template/"
	@echo "make lint    ruff and pyright;  make format: ruff format"

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

setup: $(READY)

demo: $(READY)
	$(BIN)/capas demo

build: $(READY)
	$(BIN)/capas build

verify: $(READY)
	$(BIN)/capas verify

test: $(READY)
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-slow: $(READY)
	$(BIN)/python -m pytest -n 2 -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf dist demo .pytest_cache .ruff_cache
