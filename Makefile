# `make` alone says what there is. Needs Python 3.11 or later, make and git; the rest goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# one more than the two cores of CI: tests wait for servers as often as they work
WORKERS ?= 3
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-newer check lint types docs servers servers-stop servers-remove differential benchmark clean

help:  ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/demo  ## the main job on embedded SQLite and a local folder: import photos, list, presign, verify
	$(BIN)/pis-data demo

test: check servers  ## everything that must hold: lint, types, docs, then all tests on all databases
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --reruns 1 -rR $(PYTEST_ARGS)

test-newer: .venv/dev servers  ## all that runs on a database, on PostgreSQL 18 and MariaDB 11.8
	$(BIN)/python -m pytest -n $(WORKERS) --databases=postgresql18,mariadb11 -m database $(PYTEST_ARGS)

check: lint types docs

lint: .venv/dev  ## formatting, lint rules, the layers of the house, the generated twin
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python tools/make_sync.py --check

types: .venv/dev  ## mypy, strict
	$(BIN)/mypy

docs: .venv/dev  ## build the documentation into site/, strictly
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

servers:  ## start the throwaway PostgreSQL, MariaDB, MySQL and S3 servers that the tests run on
	@$(PYTHON) -m tests.servers start

servers-stop:  ## stop them
	@$(PYTHON) -m tests.servers stop

differential: .venv/dev servers  ## many random programs on all databases, side by side (PROGRAMS=1000)
	PIS_DIFFERENTIAL=$(or $(PROGRAMS),1000) $(BIN)/python -m pytest -s tests/differential

benchmark: .venv/dev servers  ## ratios to the raw drivers, to Core and to other libraries, growth, and where the time goes
	$(BIN)/python -m pip install -qq --group benchmark
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.growth
	PATH=$(abspath $(BIN)):$$PATH $(BIN)/python -m benchmarks.shares

servers-remove:  ## stop them and remove their data
	@$(PYTHON) -m tests.servers remove

clean: servers-remove  ## remove all that was made here, the servers' data included
	rm -rf .venv .tox .servers .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis site dist

# What the demo needs, and no more: it is the first thing a newcomer runs.
.venv/demo: pyproject.toml
	@echo "setting up .venv for the demo"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --editable '.[photos,serve]'
	@touch $@

.venv/dev: pyproject.toml
	@echo "setting up .venv for development"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install -qq --editable '.[all]' --group test --group lint --group docs
	@touch $@ .venv/demo
