# Everything a person or a machine does with this project. `make run` and `make test` need Python >= 3.11 only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/	/' | expand -t 14

run: $(VENV)/.run ## start the app on port 8080, data in ./data
	@$(BIN)/rounds serve

test: $(VENV)/.dev ## install what the tests need (Chromium included) and run all of them
	@$(BIN)/python -m tests.needs
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest -q -m slow -n 2 --ignore tests/browser
	$(BIN)/python -m pytest -q -m browser -n 2 --dist loadfile --no-loadscope-reorder tests/browser

soak: export ROUNDS_SOAK = 1
soak: test ## the same with the random tests' full counts (long)

bench: $(VENV)/.dev ## measure: storage, as ratios within one run
	$(BIN)/python -m tests.bench

coach: $(VENV)/.dev ## measure the language coach on labelled notes, and print what it got wrong
	@$(BIN)/python -m tests.coach

gather: $(VENV)/.dev ## gather first names for the coach from packages, and words it may take for slips; then `make words`
	@$(BIN)/python -m tests.coach.gather

words: $(VENV)/.dev ## write the phone's form of app/observation/wording
	@$(BIN)/python -m tests.coach.write_words

lint: $(VENV)/.dev ## ruff, and mypy in strict mode on all but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

texts: $(VENV)/.dev ## gather the texts for translators into app/locale/rounds.pot
	@mkdir -p app/locale
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k ngettext:1,2 --no-location --sort-output -o app/locale/rounds.pot app pages components storage

shots: $(VENV)/.dev ## the README's screenshots, made from the app itself
	@$(BIN)/python -m tests.needs
	$(BIN)/python -m tests.shots

lock: $(VENV)/.dev ## write the lock files anew from pyproject.toml
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rounds needs Python 3.11 or newer; make PYTHON=… names one.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: help run test soak bench lint texts shots lock
