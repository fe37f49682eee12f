# The streams part of scripts/bench: many answers that are all being streamed at the same time.

streams=${BENCH_STREAMS:-5000}
ramp=${BENCH_RAMP_SECONDS:-10}
tokens=$((2 * ramp + 10))

# open PORT DIALECT prints: opened, most at once, whole, median and 99th percentile of the time to the first token in ms.
open_streams() {
  python3 scripts/lib/bench/streams.py load --port "$1" --dialect "$2" --streams "$streams" --ramp "$ramp"
}

start upstream python3 scripts/lib/bench/streams.py upstream --port "$upstream_port" --tokens "$tokens" --interval 1
await upstream listens "$upstream_port"

say "$streams streams straight from the upstream"
read -r _ direct_open direct_whole direct_middle direct_tail < <(open_streams "$upstream_port" responses)
start_server
idle=$(memory server VmRSS)
say "$streams streams through the server"
read -r _ chat_open chat_whole chat_middle chat_tail < <(open_streams "$server_port" chat)
cost=$(($(processor server) / 1000 / streams))

row='%-30s %12s %8s %14s %14s %14s %12s\n'
printf "\n$row" "streams, $streams" "most at once" whole "first p50 ms" "first p99 ms" "CPU ms/stream" "resident MB"
printf "$row" "upstream itself" \
  "$direct_open" "$direct_whole" "$direct_middle" "$direct_tail" - -
printf "$row" "POST /chat, streamed" \
  "$chat_open" "$chat_whole" "$chat_middle" "$chat_tail" "$cost" "$(memory server VmHWM)"
printf 'resident memory at its peak: %s MB, before the first stream %s MB (target below 150)\n' \
  "$(memory server VmHWM)" "$idle"

stop server
stop upstream
