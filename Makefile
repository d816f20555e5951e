# Every task of the project. `make` alone lists them; `make test ARGS="-k search"` passes arguments on.

PYTHON ?= python3
BIN := .venv/bin
SITE := site

# The text is Chinese whatever the machine's locale, and Material's notice about MkDocs 2 is known.
export PYTHONUTF8 := 1
export NO_MKDOCS_2_WARNING := 1
# What Python has compiled it keeps: the tests' many processes would compile the engine and the tests anew, each of them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup serve build test check bench engines lighthouse lifeboats screenshots icons export paper schema small lock lock-web browser web clean

help: ## List these tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv from requirements.lock, where it is not up to date
	@$(PYTHON) tools/bootstrap.py

serve: setup ## Show the handbook to this network's phones and follow every edit (ARGS=--local: here alone)
	$(BIN)/handbook serve $(ARGS)

build: setup ## Write the handbook into site/; any problem stops it
	$(BIN)/mkdocs build --strict --site-dir $(SITE) $(ARGS)

test: browser web ## Run every test (installs a browser where it may)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup ## Lint, format, types, and every rule that the content has to keep
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/handbook check

bench: browser ## Measure speed and size at several sizes, and on a slow phone (ARGS=--smoke: only whether it works)
	$(BIN)/python -m tools.bench $(ARGS)
	$(BIN)/python -m tools.bench_paper $(ARGS)
	$(BIN)/python -m tools.bench_review $(filter --smoke,$(ARGS))

engines: browser ## Walk through the handbook in Firefox and WebKit too (ARGS=webkit for one)
	$(BIN)/python -m tools.engines $(ARGS)

lighthouse: browser ## Ask Lighthouse about a phone's first visit
	$(BIN)/python -m tools.lighthouse $(ARGS)

lifeboats: setup ## Build the handbook with other generators, and compare
	$(BIN)/python -m tools.lifeboats

screenshots: browser ## Take the pictures in the README again
	$(BIN)/python tools/screenshots.py $(ARGS)

icons: browser ## Draw the icons for home screens again
	$(BIN)/python tools/icons.py $(ARGS)

export: setup ## Write the questions for other learning systems (ARGS=folder)
	$(BIN)/handbook export $(or $(ARGS),export)

paper: setup ## Write every sheet to print (ARGS=folder)
	$(BIN)/handbook paper $(or $(ARGS),paper)

schema: setup ## Write the JSON Schemas that editors complete from
	$(BIN)/handbook schema $(ARGS)

small: ## Every other task once, on little, into a folder that goes: whether all that `make` offers works
	tools/small.sh

lock: ## Resolve requirements.lock again (ARGS=--upgrade for the newest)
	$(PYTHON) tools/bootstrap.py lock $(ARGS)

lock-web: setup ## Resolve tests/web/package-lock.json again, to the newest that package.json allows
	$(BIN)/python -m tests.web.tools lock

browser: setup
	@$(BIN)/python -m tests.browser.chromium

web: setup
	@$(BIN)/python -m tests.web.tools

clean: ## Remove everything that these tasks made
	rm -rf .venv .cache $(SITE) .mypy_cache .pytest_cache .ruff_cache .hypothesis build hooks/*.egg-info
	find hooks tests tools -name __pycache__ -prune -exec rm -rf {} +
