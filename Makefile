# `make` alone says what there is. PYTHON is the interpreter that .venv is made from: make test PYTHON=python3.13
PYTHON ?= python3
export PYTHON

IN_VENV := . .venv/bin/activate &&

.DEFAULT_GOAL := help
.PHONY: help demo test stability hostile bench cuts lab lock clean environment

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s%s\n", $$1, $$2 }' Makefile
	@echo "PYTHON=... names another Python (3.11 or newer) than python3."

demo: environment ## grade a small class of sample submissions in build/demo/
	@$(IN_VENV) autograder demo

test: environment ## check style, notebooks and release/, and run the tests
	@$(IN_VENV) ruff check
	@$(IN_VENV) ruff format --check
	@$(IN_VENV) autograder normalise --check
	@$(IN_VENV) autograder release --check
	@$(IN_VENV) pytest -n 2 --dist worksteal

stability: environment ## judge thousands of right and wrong answers on a busy machine; takes some minutes
	@$(IN_VENV) python -m benchmarks.stability

hostile: environment ## grade hundreds of hostile, broken and odd submissions; takes some ten minutes
	@$(IN_VENV) python -m benchmarks.hostile

bench: environment ## measure grading beside stock nbgrader; takes some ten minutes
	@$(IN_VENV) python -m benchmarks.grading

cuts: environment ## kill grading, and workers of a cluster, at random moments; takes some minutes
	@$(IN_VENV) python -m benchmarks.cuts

lab: environment ## open JupyterLab on the lessons and exercises (LAB=... adds options)
	@mkdir -p exchange # formgrader warns where there is none
	@$(IN_VENV) exec jupyter lab $(LAB)

lock: ## make requirements.lock anew from pyproject.toml (needs uv; LOCK=--upgrade takes the newest of everything)
	@command -v uv >/dev/null || { echo "make: uv is needed for this, and is not installed" >&2; exit 2; }
	@uv pip compile --quiet --universal --python-version 3.11 --extra test --no-header --no-emit-index-url --no-annotate \
		$(LOCK) --output-file requirements.lock pyproject.toml

clean: ## remove build/, .venv and caches; submissions and the gradebook stay
	@rm -rf build .venv autograder.egg-info .pytest_cache .ruff_cache .hypothesis
	@find . \( -name .git -o -name submitted \) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

# .venv is whole if .venv/made-of is there: it is written last, and tells Python, folder, lock and project it was made of.
# Another Python or folder, or no such file (an installation that was cut off): made from nothing. Another lock: brought up to it.
define ENVIRONMENT
set -eu

stop() {
    echo "make: $$*" >&2
    exit 2
}

ask() {
    "$$PYTHON" -c "import sys; $$1" 2>/dev/null
}

quietly() {
    "$$@" >>.venv/install.log 2>&1 && return
    tail -n 40 .venv/install.log >&2
    rm -rf .venv
    stop "could not install the packages (see above); .venv is removed again. Is there a network? Then run make again."
}

version=$$(ask 'print("%d.%d.%d" % sys.version_info[:3])') ||
    stop "no Python answers to '$$PYTHON'; 3.11 or newer is needed: install it, or name it by PYTHON=/path/to/python"
ask 'sys.exit(sys.version_info < (3, 11))' ||
    stop "'$$PYTHON' is Python $$version; 3.11 or newer is needed: install it, or name it by PYTHON=/path/to/python"

base=$$(ask 'print(sys._base_executable)') # not that of .venv itself, if that one is activated
maker=$$(ask 'print(sys.base_prefix, sys.version)')
maker="$$maker in $$(pwd)"
parts=$$(cksum requirements.lock pyproject.toml)
if [ "$$(head -n 1 .venv/made-of 2>/dev/null)" != "$$maker" ]; then
    ask 'import ensurepip, venv' ||
        stop "Python $$version lacks the modules venv and ensurepip: install them (Debian, Ubuntu: apt install python3-venv)"
    rm -rf .venv
    mkdir .venv 2>/dev/null || stop "cannot make .venv: no permission to write in $$(pwd)"
    echo "Making .venv with Python $$version; this takes about a minute." >&2
    quietly "$$base" -m venv .venv
elif [ "$$(tail -n +2 .venv/made-of)" != "$$parts" ]; then
    echo "Bringing .venv up to requirements.lock." >&2
else
    exit 0
fi
rm -f .venv/made-of .venv/install.log
quietly .venv/bin/python -m pip install --disable-pip-version-check --no-deps -r requirements.lock
quietly .venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
mkdir -p .venv/etc/jupyter/labconfig # JupyterLab reads its defaults here; this one keeps it from asking about news
echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' \
    >.venv/etc/jupyter/labconfig/default_setting_overrides.json
printf '%s\n' "$$maker" "$$parts" >.venv/made-of
endef
export ENVIRONMENT

environment:
	@sh -c "$$ENVIRONMENT"
