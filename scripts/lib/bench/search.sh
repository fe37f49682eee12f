# Searches of the embedded engine in many made-up passages, on one core. Sourced by scripts/bench.

tools=${BENCH_TOOLS:-}
if [ -z "$tools" ]; then
  need_swift
  say "building engine-tools for release"
  swift build -c release --static-swift-stdlib --product engine-tools >&2
  tools=$(swift build -c release --static-swift-stdlib --show-bin-path)/engine-tools
fi
encoder=${ENCODER_MODEL_DIR:-.build-encoder}
need_encoder "$encoder" || fail "scripts/bench: the sentence encoders cannot be fetched"
passages=${BENCH_PASSAGES:-100000}

say "$passages passages"
mkdir -m 700 "$folder/search"
row='%-10s %10s %10s %10s %12s %8s %10s\n'
printf '\n'
OPENBLAS_NUM_THREADS=1 taskset -c 0 "$tools" bench-search --encoder "$encoder" \
  --database "$folder/search/engine.sqlite" --passages "$passages" |
  while IFS=$'\t' read -r -a cells; do printf "$row" "${cells[@]}"; done
