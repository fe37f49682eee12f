# The voice part of scripts/bench: questions asked aloud, with what hears and speaks on this machine, of an upstream that pauses
# after its first sentence. Sourced by it.

need_packages "${voice_packages[@]}"
whisper=${WHISPER_MODEL_DIR:-$(setting DATA_DIR .data)/whisper}
need_whisper "$whisper" || fail "scripts/bench: the speech recogniser could not be fetched"
espeak-ng -v en-us+m3 -s 150 -w "$folder/question.wav" "How many days of annual leave do I get?"

start upstream python3 scripts/lib/bench/voice.py upstream --port "$upstream_port"
await upstream listens "$upstream_port"
# The program is the last word, after its settings.
start server "${assistant[@]:0:${#assistant[@]}-1}" VOICE=local WHISPER_MODEL_DIR="$(realpath "$whisper")" "$program" serve
await server listens "$server_port"

row='%-28s %8s %14s %14s %18s %18s %18s %18s %12s %9s %10s\n'

# call_aloud NAME CALLERS ROUNDS prints a row: how many answers were whole; the time to the transcript; the time from the first
# sentence's text to its sound; the time from the recording's end to the first sound; the server's memory and processor.
call_aloud() {
  local idle spent figures
  idle=$(memory server VmRSS)
  spent=$(processor server)
  say "$1"
  read -ra figures < <(
    python3 scripts/lib/bench/voice.py call --port "$server_port" --recording "$folder/question.wav" --callers "$2" --rounds "$3"
  )
  spent=$(($(processor server) - spent))
  printf "$row" "$1" "${figures[@]}" "$idle" "$(memory server VmHWM)" "$((spent / 1000 / ($2 * $3)))"
}

printf "\n$row" voice whole "words p50 ms" "words max ms" "sentence→sound p50" "sentence→sound max" "question→sound p50" \
  "question→sound max" "before MB" "peak MB" "CPU ms/turn"
call_aloud "one caller" 1 "${BENCH_VOICE_ROUNDS:-5}"
call_aloud "20 callers at once" 20 1
stop server
stop upstream
