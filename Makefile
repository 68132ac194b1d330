# Every target is a task of packaging/bootstrap.py, which also runs without make.
PYTHON ?= python3

.PHONY: run test soak bench lock clean
.DEFAULT_GOAL := run

run test soak bench lock clean:
	@$(PYTHON) packaging/bootstrap.py $@
