# Everything is installed into .venv; `make run` and `make test` set it up by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := 2.13.0
TORCH_CPU_INDEX := https://download.pytorch.org/whl/cpu
STAMP := $(VENV)/.ready
DEV_STAMP := $(VENV)/.ready-dev

.PHONY: help setup dev run test check unit bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv with loccit in it (.venv/bin/loccit)

run: setup ## Set up, then open the terminal UI
	@$(BIN)/loccit

test: dev ## Set up, then run every check and every test, side by side
	@$(MAKE) --no-print-directory --jobs 2 check unit

check: dev ## Lint, types, architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

unit: dev ## The tests alone
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: dev ## The measurements that docs/benchmarks.md reports
	@$(BIN)/python -m benchmarks.paper_library
	@$(BIN)/python -m benchmarks.quotes
	@$(BIN)/python -m benchmarks.references
	@$(BIN)/python -m benchmarks.embedding_speed

dev: $(DEV_STAMP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("loccit needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

# On Linux the plain wheel of torch brings gigabytes of CUDA along: take the CPU build, from the configured index where
# it has one, else from PyTorch's own. Without its dependencies: those come with the project, from one resolution.
$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) (about a minute) ..."
	@if [ "$$(uname -s)" = Linux ]; then \
	  $(PIP) install --quiet --no-deps "torch==$(TORCH)+cpu" 2>/dev/null \
	  || $(PIP) install --quiet --no-deps --index-url $(TORCH_CPU_INDEX) "torch==$(TORCH)"; \
	else \
	  $(PIP) install --quiet --no-deps "torch==$(TORCH)"; \
	fi
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(DEV_STAMP): $(STAMP)
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean: ## Remove the environment and what tools left behind
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
