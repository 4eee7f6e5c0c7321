# Every target sets up what it needs. `make run` and `make test` are the two that a newcomer wants.

SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE     := -c release --static-swift-stdlib $(SWIFT_FLAGS)
SAMPLE      := .build/sample
INTERLOCK   := .build/release/interlock

.PHONY: run demonstration build test lint format bench fuzz golden-update setup clean

## The sample company, imported, its agreement signed, and its pages, until Ctrl-C.
run: build
	@Scripts/demonstrate $(INTERLOCK) $(SAMPLE)

## The same, and the server stops once it has answered.
demonstration: build
	@Scripts/demonstrate $(INTERLOCK) $(SAMPLE) --once

build: setup
	swift build $(RELEASE) --product interlock

## INTERLOCK_LONG_TESTS=1 runs the long ones too, as CI does.
test: setup-for-tests
	Scripts/test

lint: setup
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	Scripts/lint

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

## Beside peers and a physical limit, as ratios of one run.
bench: build setup-for-tests
	Scripts/bench-import $(INTERLOCK)
	Scripts/bench-agreement $(INTERLOCK)
	Scripts/bench-engine $(INTERLOCK)
	Scripts/bench-routing $(INTERLOCK)
	Scripts/bench-server $(INTERLOCK)

## Coverage-guided, seconds for each target.
fuzz: setup
	Scripts/fuzz $(or $(SECONDS_EACH),60)

## Records golden texts anew; `git diff` is the review.
golden-update: setup-for-tests
	RECORD_GOLDEN=1 Scripts/test

setup:
	@Scripts/setup

.PHONY: setup-for-tests
setup-for-tests:
	@Scripts/setup --for-tests

clean:
	rm -rf .build
