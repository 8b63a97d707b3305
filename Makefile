# make run, make test, make ci, make bench, make help; nothing else to learn.
# The first Python that runs and is new enough.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
# Python keeps what it compiled, or every process of the tests would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test ci bench
help:
	@echo "make run    start the demonstration on http://127.0.0.1:8000/"
	@echo "make test   unit, property, database and contract tests, and a browser journey when Chromium is there"
	@echo "make ci     everything, as the build server runs it"
	@echo "make bench  measure, each figure beside a peer or a limit"

.venv/runtime: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[world]'
	@touch $@

.venv/development: .venv/runtime
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[archive,population,saml,world,test]'
	@touch $@

run: .venv/runtime
	@$(BIN)/dichterbij prepare
	@$(BIN)/dichterbij demonstration --seed 1 --persons 300
	@$(BIN)/dichterbij serve

test: .venv/development
	@$(BIN)/pytest -n auto -m "not slow and (not browser or journey)" -rs

ci:
	@bash .ci/run

bench: .venv/development
	@$(BIN)/python -m benchmarks.law_one
	@$(BIN)/python -m benchmarks.law_many
	@$(BIN)/python -m benchmarks.logbook
	@$(BIN)/python -m benchmarks.gateway
	@$(BIN)/python -m benchmarks
