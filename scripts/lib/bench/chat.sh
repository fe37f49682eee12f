# The chat part of scripts/bench: POST /chat beside nginx, which only forwards, and beside an async FastAPI program that
# does the same work. Sourced by scripts/bench.

seconds=${BENCH_SECONDS:-8}
rounds=${BENCH_ROUNDS:-3}

# What is measured: a name, its process, port and path.
declare -A title=([nginx]="nginx, keeping connections" [chat]="POST /chat" [peer]="FastAPI, 2 workers")
declare -A part=([nginx]=nginx [chat]=server [peer]=peer)
declare -A port=([nginx]=$keeping_port [chat]=$server_port [peer]=$peer_port)
declare -A path=([nginx]=/v1/responses [chat]=/chat [peer]=/chat)
failures=0

# drive NAME CONNECTIONS USERS SECONDS prints: requests/s, median and 99th percentile in ms, failures.
drive() {
  wrk -t 2 -c "$2" -d "${4}s" --timeout 30s -s scripts/lib/bench/chat.lua \
    "http://127.0.0.1:${port[$1]}${path[$1]}" -- "$3" | awk '$1 == "figures" { print $2, $3, $4, $5 }'
}

row='%-28s %11s %8s %8s %12s %8s %8s %16s %9s\n'

# measure CONNECTIONS USERS RESULTS NAME… measures each in turn, round by round, and prints a row for each.
#
# The answers have RESULTS search results. The last column is the rate divided by the first one's, in the same round.
measure() {
  local connections=$1 users=$2 results=$3 name round rate middle tail failed spent first
  shift 3
  local -A rates=() middles=() tails=() costs=() ratios=()
  set_answer "$results"
  for name in "$@"; do drive "$name" "$connections" "$users" 3 >/dev/null; done
  for round in $(seq "$rounds"); do
    for name in "$@"; do
      spent=$(processor "${part[$name]}")
      read -r rate middle tail failed < <(drive "$name" "$connections" "$users" "$seconds")
      costs[$name]+=" $((($(processor "${part[$name]}") - spent) / (rate * seconds > 0 ? rate * seconds : 1)))"
      rates[$name]+=" $rate" middles[$name]+=" $middle" tails[$name]+=" $tail"
      [ "$name" != "$1" ] || first=$rate
      ratios[$name]+=" $(awk -v rate="$rate" -v first="$first" 'BEGIN { printf "%.3f", rate / first }')"
      failures=$((failures + failed))
    done
    say "$connections connections, $users users, $results results, round $round of $rounds"
  done
  for name in "$@"; do
    printf "$row" "${title[$name]}" "$connections" "$users" "$results" "$(median ${rates[$name]})" \
      "$(median ${middles[$name]})" "$(median ${tails[$name]})" "$(median ${costs[$name]})" "$(median ${ratios[$name]})"
  done
}

start_nginx
start_server
start_peer

printf "\n$row" "chat" connections users results requests/s "p50 ms" "p99 ms" "CPU µs/request" ratio
measure 64 4000 1 nginx chat peer
measure 64 4000 0 nginx chat peer
measure 64 4000 20 nginx chat peer
measure 8 4000 1 nginx chat
measure 512 4000 1 nginx chat
measure 64 1000 1 nginx chat
measure 64 100000 1 nginx chat
printf "medians of %s rounds; failed requests: %s; nginx' processor time is that of proxy and upstream\n" \
  "$rounds" "$failures"
printf 'resident memory: POST /chat %s MB, FastAPI %s MB\n' "$(memory server VmRSS)" "$(memory peer VmRSS)"

set_answer 1
row='%-28s %14s %8s %8s\n'
printf "\n$row" "100 requests a second" "p50 ms" "p99 ms" failed
for name in nginx chat peer; do
  say "${title[$name]}, 100 requests a second"
  printf "$row" "${title[$name]}" $("$python" scripts/lib/bench/paced.py "http://127.0.0.1:${port[$name]}${path[$name]}")
done

stop peer
stop server
stop nginx
