# The streams part of scripts/bench: many answers that are all being streamed at the same time. Sourced by it.

# The server takes two descriptors for each stream.
most_streams=$((($(ulimit -Hn) - 400) / 2))

# How many readers follow one turn at a replica that does not run it.
followers=300

# open_streams PORT DIALECT COUNT prints: opened, most at once, whole, median and 99th percentile of the time to the
# first token in ms.
open_streams() {
  python3 scripts/lib/bench/streams.py load --port "$1" --dialect "$2" --streams "$3" --ramp "$ramp"
}

row='%-28s %8s %12s %8s %13s %13s %14s %16s %12s\n'

# stream_through NAME PORT DIALECT PART COUNT measures COUNT streams through a part and prints a row.
stream_through() {
  local idle spent opened open whole middle tail
  idle=$(memory "$4" VmRSS)
  spent=$(processor "$4")
  say "$5 streams: $1"
  read -r opened open whole middle tail < <(open_streams "$2" "$3" "$5")
  spent=$(($(processor "$4") - spent))
  printf "$row" "$1" "$opened" "$open" "$whole" "$middle" "$tail" "$((spent / (opened * tokens)))" "$idle" \
    "$(awk -v peak="$(memory "$4" VmHWM)" -v idle="$idle" -v count="$opened" \
      'BEGIN { printf "%.1f", (peak - idle) * 1000 / count }')"
}

printf "\n$row" streams opened "most at once" whole "first p50 ms" "first p99 ms" "CPU µs/token" "idle MB" "KB/stream"
for count in ${BENCH_STREAMS:-1000 3000 10000}; do
  if [ "$count" -gt "$most_streams" ]; then
    say "the limit on open files allows $most_streams streams instead of $count"
    count=$most_streams
  fi
  # The streams begin evenly over this time, at most 300 a second.
  ramp=${BENCH_RAMP_SECONDS:-$((count > 3000 ? count / 300 : 10))}
  # One token of each stream in as many seconds that upstream and caller, which are Python programs, keep up.
  interval=$(((count + 2499) / 2500))
  tokens=$(((2 * ramp + 10) / interval))
  start upstream python3 scripts/lib/bench/streams.py upstream --port "$upstream_port" --tokens "$tokens" \
    --interval "$interval"
  await upstream listens "$upstream_port"
  say "$count streams: upstream itself"
  read -r opened open whole middle tail < <(open_streams "$upstream_port" responses "$count")
  printf "$row" "upstream itself" "$opened" "$open" "$whole" "$middle" "$tail" - - -
  start_server
  stream_through "POST /chat, streamed" "$server_port" chat server "$count"
  stop server
  if [ "$count" -le 1000 ]; then
    start_peer
    stream_through "FastAPI, 2 workers" "$peer_port" chat peer "$count"
    stop peer
  fi
  stop upstream
done

# Readers at a replica that does not run the turn: it has no connection to upstream for them.
tokens=20
start upstream python3 scripts/lib/bench/streams.py upstream --port "$upstream_port" --tokens "$tokens" --interval 1
await upstream listens "$upstream_port"
start_server
start_replica
idle=$(memory replica VmRSS)
spent=$(processor replica)
say "$followers followers of one turn at another replica"
read -r opened open whole middle tail < <(
  python3 scripts/lib/bench/streams.py follow --asked-port "$server_port" --port "$replica_port" --streams "$followers"
)
spent=$(($(processor replica) - spent))
printf "$row" "followers at a replica" "$opened" "$open" "$whole" "$middle" "$tail" "$((spent / (opened * tokens)))" "$idle" \
  "$(awk -v peak="$(memory replica VmHWM)" -v idle="$idle" -v count="$opened" \
    'BEGIN { printf "%.1f", (peak - idle) * 1000 / count }')"
stop replica
stop server
stop upstream
