# The two commands: `make run` and `make test`. Both install what is missing first (sudo is asked for then only).
JOBS ?= $(shell nproc)
.PHONY: run test build deps format

run: build
	@build/release/interdict

# All stages; one alone is e.g. `make test STAGES=unit`. Stages: unit asan tsan fuzz style pages.
STAGES ?= unit pages asan tsan fuzz style
test:
	@tools/install-deps test
	@JOBS=$(JOBS) tools/run-tests $(STAGES)

build: deps
	@cmake --preset release >build.log 2>&1 || { cat build.log; exit 1; }
	@rm -f build.log
	@cmake --build --preset release -j $(JOBS)

deps:
	@tools/install-deps

format:
	@clang-format-19 -i $$(git ls-files '*.cc' '*.h')
