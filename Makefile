# One word a job. `make run` shows what Kadesh does; `make test` is all that must hold.
.DEFAULT_GOAL := build
.PHONY: help build run test test-release test-sanitizers check install dist bench eval-language eval-golden eval-coding \
        eval-world eval-ledger format \
        format-check tidy fuzz layers clean

PREFIX ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
BUILD := build/release
VERSION := $(shell sed -n 's/^project.kadesh VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
CTEST := ctest --output-on-failure --no-tests=error
# ccache, where there is one, makes the second build short.
LAUNCHER := $(if $(shell command -v ccache 2>/dev/null),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
configure = cmake --preset $(1) $(LAUNCHER) $(2) --log-level=WARNING >/dev/null
# On a terminal the build shows how far it is; elsewhere only what goes wrong.
QUIET := $(shell test -t 2 || echo --quiet)
compile = cmake --build build/$(1) --parallel $(JOBS) -- $(QUIET)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

build: ## the program, optimised, in build/release/bin
	@scripts/bootstrap.sh
	@$(call configure,release,-DKADESH_TESTS=OFF)
	@$(call compile,release)

run: build ## codes examples/article.txt and shows the report
	@$(BUILD)/bin/kadesh code --date 2025-01-17 --format text examples/article.txt

test: ## every test: checks, unit, cases, golden, integration, and again under the sanitizers
	@scripts/bootstrap.sh test
	@$(MAKE) --no-print-directory check test-sanitizers test-release

check: layers format-check

test-release:
	@$(call configure,release,-DKADESH_TESTS=ON)
	@$(call compile,release)
	@cd $(BUILD) && $(CTEST) --parallel $(JOBS)

# The heavy tests carry the label `heavy`; the sanitizers see the same code through the lighter ones.
test-sanitizers:
	@for preset in asan-ubsan tsan; do \
	    echo "== $$preset" && \
	    $(call configure,$$preset,) && $(call compile,$$preset) && \
	    (cd build/$$preset && $(CTEST) --parallel $(JOBS) --label-exclude heavy) || exit 1; \
	done

install: build ## into PREFIX (default /usr/local)
	@cmake --install $(BUILD) --prefix $(PREFIX) >/dev/null
	@echo "installed $(PREFIX)/bin/kadesh"

dist: build ## dist/kadesh-VERSION-linux-ARCH.tar.gz, runs from wherever it is unpacked
	@scripts/make_dist.sh $(BUILD) dist/kadesh-$(VERSION)-linux-$(shell uname -m)

bench: ## the stages and the whole program, measured
	@scripts/bootstrap.sh bench
	@$(call configure,bench,)
	@$(call compile,bench)
	@build/bench/bin/kadesh-bench
	@rm -f build/bench/ledger.kadesh* && build/bench/bin/kadesh-ledger-bench build/bench/ledger.kadesh 200000 && \
	    build/bench/bin/kadesh-ledger-bench build/bench/ledger.kadesh
	@python3 -B bench/whole_program.py --program build/bench/bin/kadesh || test $$? = 77 # 77: no corpus here
	@python3 -B bench/against_spacy.py --program build/bench/bin/kadesh || test $$? = 77 # 77: no corpus or registry here

eval-language: build ## the language layer against treebanks (needs the shared data)
	@python3 -B tools/eval_language.py --program $(BUILD)/bin/kadesh

eval-world: build ## places, actors, offices beside their bars (needs the shared data)
	@python3 -B tools/eval_world.py --program $(BUILD)/bin/kadesh

eval-golden: build ## events against the golden items (needs the shared scorer)
	@KADESH_PROGRAM=$(BUILD)/bin/kadesh python3 -B tools/score_golden.py
	@KADESH_PROGRAM=$(BUILD)/bin/kadesh python3 -B tools/score_golden.py --seed

eval-coding: build ## pairs by 5-fold cross-validation, events' confidence, times, attributions (needs the shared data, numpy, PyTorch)
	@$(call compile,release) pair_features_dump
	@test -f training/build/word_vectors.npz || \
	    { mkdir -p training/build && python3 -B training/coding/word_vectors.py training/build/word_vectors.npz; }
	@python3 -B tools/eval_coding.py --build $(BUILD)
	@python3 -B tools/eval_times.py --program $(BUILD)/bin/kadesh
	@python3 -B tools/eval_factuality.py --program $(BUILD)/bin/kadesh
	@python3 -B tools/eval_attribution.py --program $(BUILD)/bin/kadesh

eval-ledger: build ## what the ledger merges, against gold (needs the shared data)
	@python3 -B tools/eval_ledger.py --program $(BUILD)/bin/kadesh

format: ## clang-format over all C++
	@scripts/bootstrap.sh format
	@python3 -B tools/format.py

format-check:
	@python3 -B tools/format.py --check

layers: ## who includes whom
	@python3 -B tools/check_layers.py

tidy: ## clang-tidy over all C++
	@scripts/bootstrap.sh tidy
	@$(call configure,dev,)
	@run-clang-tidy -quiet -j $(JOBS) -extra-arg=-Wno-unknown-warning-option -p build/dev "$(CURDIR)/(src|apps)/"

fuzz: ## a minute of each fuzzer
	@scripts/bootstrap.sh fuzz
	@$(call configure,fuzz,)
	@$(call compile,fuzz)
	@for fuzzer in build/fuzz/bin/fuzz_*; do name=$$(basename $$fuzzer); mkdir -p build/fuzz/corpus/$$name; \
	    $$fuzzer build/fuzz/corpus/$$name $$(ls -d fuzz/seeds/$$name 2>/dev/null) -max_total_time=60 -print_final_stats=1 || exit 1; done

clean:
	@rm -rf build dist
