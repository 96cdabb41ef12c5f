# What one does with the house. `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test prove check assets bench rows shots clean environment environment-dev

STATIC_SOURCES := $(shell find static -type f -not -path 'static/built/*')
MANIFEST := static/built/manifest.json
PART ?= races

help:
	@echo "make run                            open the market on PORT (8000), with demo goods"
	@echo "make test                           install what the tests need, check, and run every test on both databases"
	@echo "make check                          only the checks that read the code: style, types, floors, templates, locks"
	@echo "make prove PART=races|crash|load    the promises at their full figures"
	@echo "make bench [QUICK=1]                speed beside its targets, at 20,000 products"
	@echo "make rows                           every row of the feature map with the tests that walk it"
	@echo "make assets                         build style sheets, scripts, icons and fonts"
	@echo "make shots                          pictures of the pages of a running market, into shots/"
	@echo "make clean                          remove what was built and cached; data and packages stay"

run: environment $(MANIFEST)
	@exec tools/run

test:
	@exec tools/test

check: environment-dev $(MANIFEST)
	@exec tools/check

prove: environment-dev $(MANIFEST)
	@exec .venv/bin/python -m pytest tests/prove/test_$(PART).py -m prove -v -s -p no:cacheprovider

bench: environment-dev $(MANIFEST)
	@exec .venv/bin/python -m bench.run $(if $(QUICK),--quick)

rows: environment-dev $(MANIFEST)
	@exec .venv/bin/python -m tools.rows

shots: environment-dev
	@exec .venv/bin/python -m tools.shots

assets: environment $(MANIFEST)

$(MANIFEST): $(STATIC_SOURCES) marketplace/cli/assets.py | environment
	@.venv/bin/python -m marketplace.cli.assets > /dev/null && touch $@

environment:
	@tools/environment requirements.txt

environment-dev:
	@tools/environment requirements-dev.txt

clean:
	rm -rf static/built shots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +
