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

# What building and running need.
runtime_packages=(libhiredis-dev libcurl4-openssl-dev libsqlite3-dev redis-server redis-tools poppler-utils unzip)

# Sets browser_python to a Python that can drive a browser.
need_browser_python() {
  browser_python=$PWD/.build-python/bin/python
  [ -x "$browser_python" ] || python3 -m venv .build-python
  "$browser_python" -m pip install --quiet --disable-pip-version-check selenium
}
