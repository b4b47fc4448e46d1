# The only door: `make` prints what there is.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INPUTS := setup.cfg pyproject.toml setup.py constraints.txt package.json package-lock.json \
	web/assets.py web/cutting.py $(wildcard web/translations/*/LC_MESSAGES/*.po)
WORKERS ?= auto
YARDSTICKS ?= ../shared/yardsticks
PEERS := .venv-peers

# The tests start Python hundreds of times; what is compiled once is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: missing-assets help setup demo demo-autumn serve test test-fast check format docs pictures words bench clean

help: ## Print this list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(READY) ## Install everything into .venv, front-end files included.

BUILT := web/static/vendor/.stamp build/corpora/.stamp

$(READY): $(INPUTS) $(if $(filter 2,$(words $(wildcard $(BUILT)))),,missing-assets)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m web.assets
	@touch $@

missing-assets:

demo: setup ## Set up the Khánh Hòa demo and serve it.
	$(BIN)/dondoc demo

demo-autumn: setup ## Set up the same province on two tiers, in October 2025, and serve it.
	DONDOC_INSTANCE=instance/demo-autumn-2025 $(BIN)/dondoc demo --autumn-2025 --port 5025

serve: setup ## Bring the database up to date and serve it.
	$(BIN)/dondoc db upgrade
	$(BIN)/dondoc serve

test: setup ## Run every test, on SQLite and PostgreSQL, in a real browser too.
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

test-fast: setup ## Run the rules only: no database, no pages.
	$(BIN)/python -m pytest -q tests/workflow $(ARGS)

check: setup ## Lint, format, types and import contracts: what must hold before a commit.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg

format: setup ## Put every file in order.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## Make the generated parts of the documents anew.
	$(BIN)/python -m web.docs

pictures: setup ## Take the README's pictures of a demo that is served; PASSWORD="as it printed".
	$(BIN)/python tests/journeys/pictures.py $(PASSWORD) $(ARGS)

WORDS := -k lazy_gettext -k lazy_pgettext:1c,2 -k say

words: setup ## Bring the English catalogue up to the words in the code.
	mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg $(WORDS) --add-location file --omit-header -o build/words.pot web
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		-w 100 -l en -i build/words.pot -d web/translations

bench: setup ## Measure beside floors and peers; ARGS="--write" puts the tables into the docs.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt gunicorn
	if test -d $(YARDSTICKS) && test ! -x $(PEERS)/bin/python; then $(PYTHON) -m venv $(PEERS) \
		&& $(PEERS)/bin/python -m pip install --quiet -r benchmarks/peers.txt; fi
	$(BIN)/python -m benchmarks --yardsticks $(YARDSTICKS) $(ARGS)

clean: ## Remove what was built; data in instance/ stays.
	rm -rf $(VENV) build *.egg-info web/static/vendor .pytest_cache .mypy_cache .ruff_cache
