# The instructions part of scripts/bench: how many instructions the server executes for a question, as callgrind counts
# them, which hardly depends on what else the machine does. Sourced by scripts/bench.

questions=${BENCH_QUESTIONS:-400}
profile=$folder/callgrind.out

ask() { "$python" scripts/lib/bench/questions.py "http://127.0.0.1:$server_port/chat" "$questions"; }

# dump writes what was counted since the last dump to the next file, and waits for its end.
dump() { TMPDIR=$folder callgrind_control --dump "${parts[server]}" >/dev/null; }

start_nginx
# Valgrind 3.19 does not read the debug information of Swift; the symbols are enough.
strip --strip-debug -o "$folder/program" "$program"
# Valgrind 3.19 writes to the mask of sigsuspend, which libdispatch has in memory that cannot be written.
clang -O2 -shared -fPIC -x c -o "$folder/sigsuspend.so" - <<'END'
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
int sigsuspend(const sigset_t *mask) {
  sigset_t copy = *mask;
  return syscall(SYS_rt_sigsuspend, &copy, 8);
}
END
start server "${assistant[@]:0:${#assistant[@]}-1}" LD_PRELOAD="$folder/sigsuspend.so" \
  valgrind --tool=callgrind --fair-sched=yes --callgrind-out-file="$profile" "$folder/program" serve
await server listens "$server_port"

row='%-28s %8s %22s\n'
printf "\n$row" "instructions of a question" results "thousand instructions"
number=0
for results in 0 1 20; do
  set_answer "$results"
  say "$questions questions, $results results"
  # Before the first, the threads of all users are created.
  ask
  dump
  ask
  dump
  number=$((number + 2))
  [ -z "${BENCH_PROFILES:-}" ] || cp "$profile.$number" "$BENCH_PROFILES/callgrind.$results"
  printf "$row" "POST /chat" "$results" \
    "$(awk -v count="$questions" '$1 == "totals:" { printf "%.0f", $2 / count / 1000 }' "$profile.$number")"
done

stop server
stop nginx
