# make map     everything from a fresh clone to out/map.html
# make test    the tests            make check      ruff and mypy
# make bench   speed (CORPORA="a.jsonl b.jsonl" adds your own)
# make gazetteer  compile the gazetteer again
# make lock    pin the dependencies anew             make clean

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
GAZETTEER := gazetteer/data/gazetteer.sqlite
GAZETTEER_SOURCES := $(shell find gazetteer/build gazetteer/data -name '*.py' -o -name '*.tsv' -o -name '*.txt' -o -name '*.gz')
# The first interpreter that runs and is new enough; override with make PYTHON=/path/to/python.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)

.PHONY: map test check bench gazetteer lock clean

map: $(INSTALLED) $(GAZETTEER)
	$(BIN)/dateline map seeds -o out/

test: $(INSTALLED) $(GAZETTEER)
	$(BIN)/python -m pytest

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p gazetteer -p routes -p maps -m dateline

bench: $(INSTALLED) $(GAZETTEER)
	$(BIN)/python -m benchmarks.chain $(CORPORA)
	$(BIN)/python -m benchmarks.paths speed
	$(BIN)/python -m benchmarks.weigh

gazetteer: $(INSTALLED)
	$(BIN)/python -m gazetteer.build --force

$(INSTALLED): requirements.lock pyproject.toml hatch_build.py
	@test -n "$(PYTHON)" || { echo "dateline needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { echo "on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(GAZETTEER): $(GAZETTEER_SOURCES) | $(INSTALLED)
	$(BIN)/python -m gazetteer.build
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--extra build --extra test --extra check --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(GAZETTEER) out build dist
