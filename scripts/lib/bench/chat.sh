# The chat part of scripts/bench: requests a second of POST /chat, and of nginx doing no more than pass them on.

connections=${BENCH_CONNECTIONS:-64}
seconds=${BENCH_SECONDS:-8}
rounds=${BENCH_ROUNDS:-3}

# drive PORT PATH SECONDS prints: requests/s, median and 99th percentile in ms, failures.
drive() {
  wrk -t 2 -c "$connections" -d "${3}s" --timeout 30s -s scripts/lib/bench/chat.lua "http://127.0.0.1:$1$2" \
    | awk '$1 == "figures" { print $2, $3, $4, $5 }'
}

# cost PART prints the processor time, in microseconds, that it has spent since $spent on each request of the last drive.
cost() { awk -v now="$(processor "$1")" -v spent="$spent" -v requests=$((rate * seconds)) \
  'BEGIN { printf "%d", (now - spent) / (requests > 0 ? requests : 1) }'; }

nginx_conf=$(sed -e "s|@FOLDER@|$folder|g" -e "s|@UPSTREAM@|$upstream_port|g" -e "s|@PROXY@|$proxy_port|g" \
  -e "s|@FILE@|$file_id|g" scripts/lib/bench/nginx.conf)
printf '%s\n' "$nginx_conf" >"$folder/nginx.conf"
start nginx nginx -p "$folder" -e stderr -c "$folder/nginx.conf" -g 'daemon off;'
await nginx listens "$proxy_port"
start_server

say "warming up"
drive "$proxy_port" /v1/responses 2 >/dev/null
drive "$server_port" /chat 6 >/dev/null

proxy_rates=() proxy_medians=() proxy_tails=() proxy_costs=() chat_rates=() chat_medians=() chat_tails=() ratios=() costs=() failures=0
for round in $(seq "$rounds"); do
  spent=$(processor nginx)
  read -r rate middle tail failed < <(drive "$proxy_port" /v1/responses "$seconds")
  proxy_costs+=("$(cost nginx)")
  proxy_rates+=("$rate") proxy_medians+=("$middle") proxy_tails+=("$tail")
  proxy_rate=$rate failures=$((failures + failed))
  spent=$(processor server)
  read -r rate middle tail failed < <(drive "$server_port" /chat "$seconds")
  costs+=("$(cost server)")
  chat_rates+=("$rate") chat_medians+=("$middle") chat_tails+=("$tail")
  failures=$((failures + failed))
  ratios+=("$(awk -v chat="$rate" -v proxy="$proxy_rate" 'BEGIN { printf "%.3f", chat / proxy }')")
  say "round $round: nginx $proxy_rate/s, POST /chat $rate/s, ratio ${ratios[-1]}"
done

row='%-30s %12s %8s %8s %16s %12s\n'
printf "\n$row" "chat, $connections connections" requests/s "p50 ms" "p99 ms" "CPU µs/request" "resident MB"
printf "$row" "nginx, bare reverse proxy" \
  "$(median "${proxy_rates[@]}")" "$(median "${proxy_medians[@]}")" "$(median "${proxy_tails[@]}")" \
  "$(median "${proxy_costs[@]}")" -
printf "$row" "POST /chat" \
  "$(median "${chat_rates[@]}")" "$(median "${chat_medians[@]}")" "$(median "${chat_tails[@]}")" \
  "$(median "${costs[@]}")" "$(memory server VmRSS)"
printf 'ratio of POST /chat to the bare proxy: %s (medians of %s rounds; target 0.20; failed requests: %s)\n' \
  "$(median "${ratios[@]}")" "$rounds" "$failures"
printf "nginx' processor time is that of the proxy and of the upstream behind it.\n"

stop server
stop nginx
