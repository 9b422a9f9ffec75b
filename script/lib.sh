# shellcheck shell=bash
# What the scripts share. Sourced, never run: it moves to the project's folder and stops at the first error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8
unset PYTHONDONTWRITEBYTECODE # as many images set it; a dozen processes start here, each would compile Django anew
mkdir -p var

# For the PDFs: the text layout that WeasyPrint calls, and fonts for letters and emoji that Figtree lacks.
SYSTEM_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-symbola)

# step TITLE COMMAND...: run it quietly; show a tick and the seconds, or a cross and all that it said.
step() {
    local title=$1 started=${EPOCHREALTIME/./} log mark=✓ status=0
    shift
    log=$(mktemp)
    [ ! -t 1 ] || printf '  … %s' "$title"
    "$@" >"$log" 2>&1 || { status=$? mark=✗; }
    [ ! -t 1 ] || printf '\r\033[K'
    printf '  %s %-42s %7s\n' "$mark" "$title" "$(seconds_since "$started")"
    [ $status = 0 ] || cat "$log"
    rm -f "$log"
    return $status
}

# seconds_since MICROSECONDS: the time from then to now, as '3.2 s'.
seconds_since() {
    local tenths=$(((${EPOCHREALTIME/./} - $1) / 100000))
    echo "$((tenths / 10)).$((tenths % 10)) s"
}

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# default NAME VALUE: keep NAME from the environment, else take it from .env, else VALUE; and export it.
default() {
    local line
    if [ -z "${!1:-}" ]; then
        line=$(grep -E "^(export )?$1=." .env 2>/dev/null | tail -n 1 | sed -E "s/^[^=]*=//; s/^(['\"])(.*)\1\$/\2/" || true)
        export "$1=${line:-$2}"
    fi
    export "${1?}"
}

# need_packages PACKAGE...: install what Debian or Ubuntu lacks; without the right to do so, print the line to run and stop.
need_packages() {
    local package missing=() install=(apt-get install -y --no-install-recommends)
    command -v dpkg-query >/dev/null || return 0 # another system: its own packages are for its user to bring
    for package; do
        dpkg-query -W -f '${db:Status-Abbrev}\n' "$package" 2>/dev/null | grep -q '^.i' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ $EUID = 0 ]; then
        step "System packages (${#missing[@]})" apt_install env "${missing[@]}"
    elif sudo -n true 2>/dev/null; then
        step "System packages (${#missing[@]})" apt_install "sudo -n env" "${missing[@]}"
    else
        fail "Some system packages are missing, and installing them needs rights that you don't have. Run this line once:

    sudo ${install[*]} ${missing[*]}"
    fi
}

# apt_install RUNNER PACKAGE...: a fresh list of packages first, since a bare machine has none.
apt_install() {
    local runner=$1
    shift
    $runner apt-get update -q || true
    $runner DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# find_python [FIRST]: print the first Python that is new enough, preferably one that can make .venv by itself. The
# system's own comes first: those that pyenv and the like compile are often built without optimisation, a quarter slower.
find_python() {
    local python wanted
    for wanted in sys,ensurepip sys; do
        for python in "${1:-/usr/bin/python3}" python3 python3.14 python3.13 python3.12 python3.11; do
            if "$python" -c "import $wanted; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
                echo "$python"
                return
            fi
        done
    done
    return 1
}

# set_up REQUIREMENTS PACKAGE...: system packages, .venv and the pinned Python packages of a file; only what changed.
set_up() {
    local requirements=$1 python stamp=.venv/installed.$1 packages=("${SYSTEM_PACKAGES[@]}" "${@:2}")
    if python=$(find_python); then
        "$python" -c 'import ensurepip' 2>/dev/null || packages+=("${python##*/}-venv")
    else
        command -v python3 >/dev/null || packages+=(python3-venv)
    fi
    need_packages "${packages[@]}"
    python=$(find_python) || fail "Python 3.11 or newer is needed; $(python3 --version 2>&1) is what was found."
    .venv/bin/python -c 'import pip' 2>/dev/null || step "Virtual environment" "$python" -m venv --clear .venv
    cmp -s "$requirements" "$stamp" || step "Python packages" install_requirements "$requirements"
}

# set_up_with_browser PACKAGE...: all that tests, pictures and figures need. The browser is Debian's Chromium without its
# windows, which takes a third less time; CHROMIUM names another one. Ubuntu has it as a snap only, which no script drives.
set_up_with_browser() {
    local packages=(libatomic1 "$@") # Playwright's driver needs it
    export CHROMIUM=${CHROMIUM:-/usr/lib/chromium/chromium-headless-shell}
    if ! command -v "$CHROMIUM" >/dev/null; then
        ! grep -qs '^ID=ubuntu' /etc/os-release || fail "Ubuntu has no package of Chromium for tests. Install Google Chrome or Chromium and name it:

    CHROMIUM=/usr/bin/google-chrome $0"
        packages+=(chromium-headless-shell)
    fi
    set_up requirements-dev.txt "${packages[@]}"
    command -v "$CHROMIUM" >/dev/null || fail "Chromium is needed; CHROMIUM=/path/to/it names another one."
    script/assets
}

# install_requirements FILE: pinned and checked against their hashes. A copy of the file marks what is installed.
install_requirements() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r "$1" || return
    cp "$1" ".venv/installed.$1"
    [ "$1" = requirements-dev.txt ] || return 0
    cp requirements.txt .venv/installed.requirements.txt # it holds all of these
    # Tests start a dozen processes, several at once: each would compile what it needs. The portal alone does so as it goes.
    .venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null || true # some packages carry files for other Pythons
    .venv/bin/python -m pytest --markers >/dev/null || true               # pytest compiles its plugins in its own way
}
