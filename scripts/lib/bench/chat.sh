# The chat part of scripts/bench: requests a second of POST /chat, and of nginx doing no more than pass them on.

connections=${BENCH_CONNECTIONS:-64}
seconds=${BENCH_SECONDS:-8}
rounds=${BENCH_ROUNDS:-3}

# What is driven, in the table's order: its title, process, port and path.
contenders=(bare keeping chat)
declare -A title=([bare]="nginx, bare reverse proxy" [keeping]="nginx, keeping connections" [chat]="POST /chat")
declare -A part=([bare]=nginx [keeping]=nginx [chat]=server)
declare -A port=([bare]=$bare_port [keeping]=$keeping_port [chat]=$server_port)
declare -A path=([bare]=/v1/responses [keeping]=/v1/responses [chat]=/chat)
# What each round found, as words.
declare -A rates=() middles=() tails=() costs=() ratios=()
failures=0

# drive CONTENDER SECONDS prints: requests/s, median and 99th percentile in ms, failures.
drive() {
  wrk -t 2 -c "$connections" -d "${2}s" --timeout 30s -s scripts/lib/bench/chat.lua \
    "http://127.0.0.1:${port[$1]}${path[$1]}" | awk '$1 == "figures" { print $2, $3, $4, $5 }'
}

# measure CONTENDER drives it for a round; the cost of a request is processor time, in microseconds.
measure() {
  local spent rate middle tail failed
  spent=$(processor "${part[$1]}")
  read -r rate middle tail failed < <(drive "$1" "$seconds")
  costs[$1]+=" $((($(processor "${part[$1]}") - spent) / (rate * seconds > 0 ? rate * seconds : 1)))"
  rates[$1]+=" $rate" middles[$1]+=" $middle" tails[$1]+=" $tail" last[$1]=$rate
  failures=$((failures + failed))
}

# compare PROXY notes the ratio of POST /chat to it in this round.
compare() { ratios[$1]+=" $(awk -v chat="${last[chat]}" -v proxy="${last[$1]}" 'BEGIN { printf "%.3f", chat / proxy }')"; }

nginx_conf=$(sed -e "s|@FOLDER@|$folder|g" -e "s|@UPSTREAM@|$upstream_port|g" -e "s|@BARE@|$bare_port|g" \
  -e "s|@KEEPING@|$keeping_port|g" -e "s|@FILE@|$file_id|g" scripts/lib/bench/nginx.conf)
printf '%s\n' "$nginx_conf" >"$folder/nginx.conf"
start nginx nginx -p "$folder" -e stderr -c "$folder/nginx.conf" -g 'daemon off;'
await nginx listens "$keeping_port"
start_server

say "warming up"
for contender in "${contenders[@]}"; do drive "$contender" 4 >/dev/null; done

for round in $(seq "$rounds"); do
  declare -A last=()
  for contender in "${contenders[@]}"; do measure "$contender"; done
  compare bare
  compare keeping
  say "round $round: bare proxy ${last[bare]}/s, keeping connections ${last[keeping]}/s, POST /chat ${last[chat]}/s"
done

row='%-30s %12s %8s %8s %16s %12s\n'
printf "\n$row" "chat, $connections connections" requests/s "p50 ms" "p99 ms" "CPU µs/request" "resident MB"
for contender in "${contenders[@]}"; do
  resident=-
  if [ "$contender" = chat ]; then resident=$(memory server VmRSS); fi
  printf "$row" "${title[$contender]}" "$(median ${rates[$contender]})" "$(median ${middles[$contender]})" \
    "$(median ${tails[$contender]})" "$(median ${costs[$contender]})" "$resident"
done
printf 'ratio of POST /chat to the bare proxy: %s (target 0.20); to the one that keeps connections: %s\n' \
  "$(median ${ratios[bare]})" "$(median ${ratios[keeping]})"
printf "medians of %s rounds; failed requests: %s; nginx' processor time is that of proxy and upstream\n" \
  "$rounds" "$failures"

stop server
stop nginx
