# The parts that scripts/bench puts together. Sourced by it, with $program, $folder and the helpers of setup.sh there.

port_base=${BENCH_PORT_BASE:-18600}
upstream_port=$port_base
server_port=$((port_base + 1))
peer_port=$((port_base + 2))
keeping_port=$((port_base + 3))
replica_port=$((port_base + 4))

# What runs, by name; a part is ended by its process ID.
declare -A parts=()

# start NAME COMMAND… runs a part whose output goes to a file.
start() {
  local name=$1
  shift
  "$@" >"$folder/$name.log" 2>&1 &
  parts[$name]=$!
}

stop() {
  local pid=${parts[$1]:-}
  [ -n "$pid" ] || return 0
  unset "parts[$1]"
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

stop_parts() {
  local name
  for name in "${!parts[@]}"; do stop "$name"; done
}

# await NAME COMMAND… waits until the command succeeds, as long as the part lives.
await() {
  local name=$1
  shift
  for _ in $(seq 1200); do
    "$@" >/dev/null 2>&1 && return 0
    kill -0 "${parts[$name]}" 2>/dev/null || break
    sleep 0.1
  done
  cat "$folder/$name.log" >&2
  fail "scripts/bench: $name did not start"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The program, with the settings of the measurement and no others.
assistant=(
  env -i PATH="$PATH" HOME="$folder" TMPDIR="$folder"
  OPENAI_API_KEY=bench OPENAI_BASE_URL="http://127.0.0.1:$upstream_port/v1"
  REDIS_ENDPOINT="$folder/redis.sock" REDIS_DATABASE=0 REDIS_DATABASE_FILES_DB=1
  ASSETS_DIR="$folder/documents" DATA_DIR="$folder/data"
  INSTRUCTIONS_FILE="$PWD/assets/instructions.md" LOG_LEVEL="${BENCH_LOG_LEVEL:-info}"
  MAX_CONCURRENT_TURNS=100000 RATE_LIMIT_PER_MINUTE=0 PORT="$server_port"
  "$program"
)

start_redis() {
  start redis redis-server --port 0 --unixsocket "$folder/redis.sock" --dir "$folder" --save '' --appendonly no
  await redis redis-cli -s "$folder/redis.sock" ping
}

# Documents belong to the upstream's address, so the engine stands in for the upstream there while they are synced.
sync_one_document() {
  say "syncing one document"
  mkdir -p "$folder/documents"
  echo "Every employee has 27 days of paid annual leave." >"$folder/documents/leave.md"
  start engine "${assistant[@]}" engine --port "$upstream_port"
  await engine listens "$upstream_port"
  "${assistant[@]}" sync >"$folder/sync.log" 2>&1 || { cat "$folder/sync.log" >&2; fail "scripts/bench: the sync failed"; }
  stop engine
  file_id=$(redis-cli -s "$folder/redis.sock" -n 1 --raw HGET file:leave.md file_id)
}

# nginx, as an upstream whose answers have no search results, one or twenty, and as a proxy to it.
#
#   set_answer RESULTS chooses the answer.
start_nginx() {
  "$python" scripts/lib/bench/answers.py "$folder" "$file_id"
  set_answer 0
  # nginx' workers run as another user where nginx is started by root.
  chmod o+x "$folder"
  sed -e "s|@FOLDER@|$folder|g" -e "s|@UPSTREAM@|$upstream_port|g" -e "s|@KEEPING@|$keeping_port|g" \
    scripts/lib/bench/nginx.conf >"$folder/nginx.conf"
  start nginx nginx -p "$folder" -e stderr -c "$folder/nginx.conf" -g 'daemon off;'
  await nginx listens "$keeping_port"
}

set_answer() { cp "$folder/answer-$1.json" "$folder/answer.new" && mv "$folder/answer.new" "$folder/answer.json"; }

start_server() {
  start server "${assistant[@]}" serve
  await server listens "$server_port"
}

# Another replica over the same Redis.
start_replica() {
  start replica "${assistant[@]/PORT=$server_port/PORT=$replica_port}" serve
  await replica listens "$replica_port"
}

start_peer() {
  start peer env -i PATH="$PATH" HOME="$folder" REDIS_SOCKET="$folder/redis.sock" OPENAI_API_KEY=bench \
    OPENAI_BASE_URL="http://127.0.0.1:$upstream_port/v1" \
    "$python" -m uvicorn --app-dir scripts/lib/bench --host 127.0.0.1 --port "$peer_port" --workers 2 peer:app
  await peer listens "$peer_port"
}

# memory PART FIELD prints a figure of /proc/PID/status, such as VmRSS, of a part and its children, in whole MB.
memory() {
  local pid=${parts[$1]} child files=()
  files=("/proc/$pid/status")
  for child in $(cat "/proc/$pid/task/$pid/children"); do files+=("/proc/$child/status"); done
  awk -v field="$2:" '$1 == field { sum += $2 } END { printf "%d", sum / 1000 }' "${files[@]}"
}

# processor PART prints the processor time that a part and its children have spent, in microseconds.
processor() {
  local pid=${parts[$1]} child files=()
  files=("/proc/$pid/stat")
  for child in $(cat "/proc/$pid/task/$pid/children"); do files+=("/proc/$child/stat"); done
  awk -v hertz="$(getconf CLK_TCK)" '{ ticks += $14 + $15 } END { printf "%d", ticks * 1000000 / hertz }' "${files[@]}"
}

# median NUMBER…
median() { printf '%s\n' "$@" | sort -g | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }
