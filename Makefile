# What one does with HopGUI. Every line does its own set-up; the first takes a minute or two.
# Words after ARGS= go to the program behind a line: make test ARGS="-k pad"

.DEFAULT_GOAL := help
.PHONY: help run demo test soak lint format bench clean

BIN := .venv/bin

# Qt warns where the locale is not UTF-8, and a warning of Qt fails a test.
ifneq ($(filter C POSIX,$(LC_ALL)),)
export LC_ALL := C.UTF-8
endif

help:  ## list what can be done
	@echo "HopGUI, a drawing pad for Hopfield networks. What can be done:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s%s\n", $$1, $$2 }' Makefile

run:  ## open the window
	@sh .ci/setup run
	@$(BIN)/python main.py $(ARGS)

demo:  ## show one recall without a window: pictures and numbers in a folder
	@sh .ci/setup run
	@$(BIN)/python main.py demo $(ARGS)

test:  ## check everything: lint, then the tests
	@sh .ci/setup test
	@# Loops are compiled once, while lint runs: else tests side by side would each compile them.
	@$(BIN)/python -m hopgui.model.warm 2 & $(MAKE) --no-print-directory lint && wait $$!
	$(BIN)/python -m pytest -n 2 $(ARGS)

soak:  ## do half a million random things to the window, for an hour or so
	@sh .ci/setup test
	$(BIN)/python tests/app/soak.py $(ARGS)

lint:  ## check form, types, and who imports whom
	@sh .ci/setup test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format:  ## put the code into form
	@sh .ci/setup test
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench:  ## measure what the speed claims rest on
	@sh .ci/setup test
	@set -e; for benchmark in benchmarks/[!_]*.py; do \
		echo "== $$benchmark"; $(BIN)/python "$$benchmark" $(ARGS); \
	done

clean:  ## remove all that the lines above have made
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf build dist *.egg-info hopgui-demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
