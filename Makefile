# Perfusion Core. `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
BOARD ?= boards/adult-bypass-cm4.yaml
CASE ?=
SPEED ?=
SEED ?= 1
HOST ?=
PORT ?=
SWIFT ?= swift
RELEASE := $(SWIFT) build -c release
PERFUSION := .build/release/perfusion

# Which libgpiod the shims are built for: 1 or 2. Asked once, when something is built.
export PERFUSION_LIBGPIOD = $(shell pkg-config --modversion libgpiod 2>/dev/null | cut -d. -f1)

.DEFAULT_GOAL := help
.PHONY: help setup build run test cases lint units mutants mutations embedded determinism blackbox-check fuzz-blackbox replay-equality proto proto-check bench doctor package deploy gpiod2 soak-link interoperability fuzz hil hil-chips trace safety-docs reactions coverage clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## installs what the build lacks
	@.ci/setup

build: setup
	@$(RELEASE) --product perfusion

run: build ## starts the simulated adult bypass machine with a live view (CASE= BOARD= SPEED= SEED=)
	@$(PERFUSION) simulate --board $(BOARD) --seed $(SEED) \
	  $(if $(CASE),--case $(CASE)) $(if $(SPEED),--speed $(SPEED))

test: setup ## all tests that need no special hardware
	@$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test

cases: build ## every scenario in process at full speed; JUnit XML and a page in .build-hil/report
	@.ci/hil in-process --no-blackbox

hil: build ## every scenario in process, the short ones on the virtual kernel; reports in .build-hil/report
	@.ci/setup hil
	@.ci/setup firmware
	@HIL/virtual-kernel/build > /dev/null
	@.ci/firmware x86_64
	@.ci/hil canary in-process
	@.ci/hil canary virtual-kernel
	@.ci/hil both

lint: setup ## swift format lint and the project's own tidy checks
	@.ci/lint

mutants: ## alters comparisons, logic and constants of arbiter, facts and alarms; tests must notice
	@.ci/mutants

mutations: ## alters the interlock table row by row and shows that the tests notice
	@.ci/mutations

units: ## proves that expressions that mix units do not compile
	@.ci/units

.PHONY: deployed
deployed: build
	@.ci/setup hil
	@.ci/setup firmware
	@.ci/firmware --stale x86_64

.PHONY: sanitize bad-hardware
sanitize: setup ## the runtime's tests under ThreadSanitizer and AddressSanitizer, the shims under valgrind
	@.ci/setup sanitize
	@.ci/sanitize

bad-hardware: deployed ## what perfusiond says of missing, wrong and forbidden hardware, on the virtual kernel
	@.ci/bad-hardware $(PERFUSION) $$(HIL/virtual-kernel/build) dist/perfusiond-x86_64

.PHONY: startup
startup: deployed ## first tick and resident memory of the static firmware on the virtual kernel
	@.ci/startup $(PERFUSION) $$(HIL/virtual-kernel/build) dist/perfusiond-x86_64

.PHONY: firmware firmware-gate
firmware: ## static Embedded Swift perfusiond for x86_64 and aarch64 in dist/
	@.ci/setup firmware
	@.ci/firmware

firmware-gate: ## shows that the gate against allocation in the loop bites
	@.ci/setup firmware
	@.ci/firmware-gate

embedded: setup ## proves that the core and the chip drivers allocate nothing (x86_64, aarch64)
	@.ci/embedded

determinism: build ## debug and release give identical result files
	@.ci/determinism

blackbox-check: build ## the official MCAP and protobuf packages read our black boxes, to the bit
	@.ci/setup blackbox
	@.ci/blackbox-check $(PERFUSION)

fuzz-blackbox: setup ## the reader of black boxes against hostile bytes (SECONDS=)
	@.ci/fuzz-blackbox $(or $(SECONDS),30)

replay-equality: build ## C1 to C5 replay to the bit: debug, release, Embedded x86_64 and aarch64
	@.ci/setup replay
	@.ci/replay-equality $(PERFUSION)

soak-link: setup ## 200 badly behaved clients of the link for a virtual hour
	@SOAK_SECONDS=3600 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test \
	  --filter SoakTests
	@$(RELEASE) --product perfusion
	@$(PERFUSION) bench loop --clients 200

power-cut: setup ## 1,000 recorders killed at random instants, their files cut at random bytes (COUNT=)
	@POWER_CUTS=$(or $(COUNT),1000) $(SWIFT) test -c release -Xswiftc -enable-testing \
	  --scratch-path .build-test --filter KilledRecorderTests

.PHONY: power-cut
interoperability: build ## Python's protobuf talks to the simulated firmware over its socket
	@.ci/interoperability $(PERFUSION)

fuzz: setup ## fuzzes what reads untrusted bytes (SECONDS=30 each)
	@.ci/fuzz $(or $(SECONDS),30)

proto: setup ## regenerates the C codec from proto/
	@.ci/proto
	@.ci/record-schema

proto-check: setup ## fails when the committed codec is not what proto/ gives
	@.ci/proto --check
	@.ci/record-schema --check

bench: build ## benchmarks as a table, the loop beside cyclictest; writes bench.json
	@.ci/setup bench
	@.ci/bench $(PERFUSION)

doctor: build ## is this machine fit: kernel, real-time limits, buses, permissions
	@$(PERFUSION) doctor

package: build ## Debian packages of the firmware for amd64 and arm64 in dist/
	@.ci/setup package
	@.ci/setup firmware
	@.ci/firmware --stale
	@.ci/package $(PERFUSION)

deploy: build ## installs the firmware on a board over ssh (HOST=user@board BOARD= RESTART=yes)
	@.ci/deploy $(PERFUSION) "$(HOST)" "$(BOARD)"

gpiod2: ## compiles the GPIO shim against libgpiod 2 of Debian 13, unpacked in a build folder
	@.ci/gpiod2

COUNT ?= 1000
.PHONY: kill-test reactions-kernel
kill-test: deployed ## kills perfusiond on the virtual kernel (COUNT=1000): leases, adoption, recordings
	@$(PERFUSION) hil kills --kernel $$(HIL/virtual-kernel/build) --count $(COUNT) --seed $(SEED)

hil-chips: build ## mainline Linux drivers judge our chip models, on the virtual kernel
	@.ci/setup hil
	@$(PERFUSION) hil chips --kernel $$(HIL/virtual-kernel/build)

trace: ## regenerates docs/safety/traceability.md; fails on gaps and unknown identifiers
	@.ci/trace

safety-docs: build ## regenerates the pages of docs/safety that come from the code's own tables
	@$(PERFUSION) safety tables --output docs/safety

reactions-kernel: deployed ## 50 injections of each kind on the virtual kernel: an hour of its time
	@$(PERFUSION) hil run --rig HIL/rigs/virtual-kernel.yaml --limit "3 h" \
	  --report .build-hil/report/reactions HIL/reactions/*.yaml

INJECTIONS ?= 1000
reactions: build ## measures reaction times against their budgets; rewrites docs/safety/reaction-times.md
	@$(PERFUSION) safety reactions --injections $(INJECTIONS) --seed $(SEED) \
	  --output docs/safety/reaction-times.md

coverage: setup ## region coverage of Interlocks and Alarms; fails on what is not explained
	@.ci/coverage

soak: build ## a week of the adult machine at full speed: memory, alarms, overruns (some 10 min)
	@$(PERFUSION) soak --case HIL/soak/adult-week.yaml

soak-day: build ## 24 h of the ECMO board and of the liver board at full speed
	@$(PERFUSION) soak --case HIL/soak/ecmo-day.yaml
	@$(PERFUSION) soak --case HIL/soak/liver-day.yaml

clean: ## removes everything that was built
	@rm -rf .build .build-* dist bench.json
