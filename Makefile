# The commands of the project. Python 3.11 or later and make are all they need.

PYTHON ?= python3
BIN := .venv/bin
# Two processes, each with a database of its own; the tests of one file stay together.
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(PYTEST_ARGS)
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: run test test-postgres test-fast proof lint format lock help

help:
	@echo "make run            the whole site on http://127.0.0.1:8000/ (PORT=8080 changes it)"
	@echo "make test           every test, on SQLite, browser included"
	@echo "make test-postgres  the same on PostgreSQL"
	@echo "make test-fast      without browser and fault tests"
	@echo "make proof          the full-size figures"
	@echo "make lint, format   what the code must look like"

run: .venv/run.stamp staticfiles/.stamp
	@$(BIN)/python deploy/run.py

test: .venv/dev.stamp staticfiles/.stamp browser
	$(PYTEST)

test-postgres: .venv/dev.stamp staticfiles/.stamp browser
	$(BIN)/python deploy/with_postgres.py $(PYTEST)

test-fast: .venv/dev.stamp
	$(PYTEST) -m "not slow"

proof: .venv/dev.stamp staticfiles/.stamp browser
	$(BIN)/python -m tests.proof.run $(ROWS)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check templates
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python deploy/check_production.py

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml templates

lock: .venv/dev.stamp
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		--extra dev pyproject.toml -o requirements/dev.txt

.PHONY: browser
browser: .venv/dev.stamp
	@$(BIN)/python -m tests.browser

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/base.txt | .venv/bin/python
	@echo "Installing. The first time takes about a minute."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/run.stamp

staticfiles/.stamp: $(shell find static -type f) requirements/base.txt | .venv/run.stamp
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@
