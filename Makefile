# Two commands matter: make demo and make test. Both work in a fresh clone; the environments they need are made
# under .venv by tools/env.py. The logic is in tools/*.py.

SHELL := /bin/sh
# More than processors: tests that wait for something leave theirs to others.
JOBS ?= $(shell expr $$(nproc) + 2)
SPECS ?= ../shared/xapi
PYTHON ?= $(shell tools/pythons --any)
MAIN := .venv/main/bin/python
# Benchmarks measure, so they run alone: make benchmark.
SUITES := tests/unit tests/contract tests/integration tests/chaos tests/sdk tests/browser tests/quality
PYTEST := $(MAIN) -m pytest -n $(JOBS) --dist loadgroup --no-loadscope-reorder

# Hundreds of processes are started: they must not all compile the same files.
unexport PYTHONDONTWRITEBYTECODE
export TCX_SPECS ?= $(abspath $(SPECS))

.DEFAULT_GOAL := help
.PHONY: help demo test benchmark lint unit integration sanity docs changelog format simulator-facts catalog coverage build stubs roles-readme env env-demo clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1  /p' $(MAKEFILE_LIST) | sort | awk '{ n = $$1; $$1 = ""; printf "make %-16s%s\n", n, $$0 }'

demo: env-demo  ## a maintenance window on the bundled PBX simulator
	@$(MAIN) -m tools.demo

test: env  ## every test and linter, in all environments of this machine
	@$(PYTEST) $(SUITES)

benchmark: env  ## what a task costs, measured while nothing else runs
	@$(MAIN) -m pytest tests/benchmark

lint: env  ## linters, sanity tests and packaging tests only
	@$(PYTEST) tests/quality

unit: env  ## unit tests only
	@$(PYTEST) tests/unit

integration: env  ## real playbooks against the simulator only
	@$(PYTEST) tests/integration

sanity: env  ## ansible-test sanity only
	@$(PYTEST) tests/quality/test_sanity.py

docs: env  ## reference pages of the modules, as reStructuredText
	@$(MAIN) -m tools.docs

changelog: env  ## the new modules, in the changelog of the version in galaxy.yml
	@PATH="$(CURDIR)/.venv/main/bin:$$PATH" antsibull-changelog release --update-existing --refresh-plugins --reload-plugins

format: env  ## what ruff can mend by itself
	@$(MAIN) -m ruff check --fix-only --quiet . && $(MAIN) -m ruff format --quiet .

simulator-facts: env-demo  ## what the simulator knows of the contract, from the files in SPECS
	@$(MAIN) -m tests.simulator.facts.generate $(SPECS)

catalog: env-demo  ## what the collection knows of the contract, from the files in SPECS
	@$(MAIN) -m tools.catalog $(SPECS)

coverage: env  ## docs/coverage.md, which operation of the XAPI is served by which module
	@$(MAIN) -m tools.coverage

build: env-demo  ## the collection's tarball
	@$(MAIN) -m tools.build

stubs: env-demo  ## action plugins, generated from the list of modules
	@$(MAIN) -m tools.generate_stubs
	@$(MAIN) -m tools.drift_tasks

roles-readme: env-demo  ## README.md of each role, from its argument specs
	@$(MAIN) -m tools.role_readmes

env: python-found
	@$(PYTHON) -m tools.env test

env-demo: python-found
	@$(PYTHON) -m tools.env demo

.PHONY: python-found
python-found:
	@test -n "$(PYTHON)" || { echo "No usable Python 3.11 or newer with venv. On Debian: apt install python3 python3-venv" >&2; exit 1; }

clean:  ## remove everything that make and the tests have made
	rm -rf .venv .build .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache collections tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
