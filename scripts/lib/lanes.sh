# Runs the built tests in lanes: processes of the test runner at the same time, each with its tests one after another.
# A test shares no process with another that runs, and the times that the runner tells are the tests' own.
# Sourced by bash, after setup.sh, with the project's folder as the current one.

# The tests of each lane, as a pattern of their suites' names. The last lane takes all that no other takes. No pattern names
# a test of a suite: a lane that skips the suite runs none of its tests.
lane_names=(engine units pages api kills documents channels processes)
lane_patterns=(
  '^(LocalEngineTests\.|OpenAITests\.|DocumentTextTests\.|EndToEndTests\.RealDocumentsTests\b)'
  '^(?!EndToEndTests\.)'
  '^EndToEndTests\.PageTests\b'
  '^EndToEndTests\.(DocsTests|APITrialTests)\b'
  '^EndToEndTests\.(SyncKill|TextKill)Tests\b'
  '^EndToEndTests\.(Sync\w*|Chat|\w*Document|\w*Documents|\w*Contract|Assistant|ChangeOfUpstream|Watch|Description)Tests\b'
  '^EndToEndTests\.(Text\w*|Voice\w*|Spoken\w*|OpenID|ProxyAuthentication|CopyingModel|WrittenAnswer|RateLimit|Recovery|Fault)Tests\b'
)

# The runner's exit status where it finds no test.
no_tests=69

# The processes of the runner, and those that write down what they print.
lane_processes=()
lane_writers=()

# Starts a lane: start_lane RUNNER NUMBER WORD...
#
# What it prints goes to the terminal and into NAME.log in the lanes' folder, its events into NAME.jsonl there.
start_lane() {
  local runner=$1 number=$2 name=${lane_names[$2]} skipped=() pattern output
  shift 2
  if [ "$number" -lt ${#lane_patterns[@]} ]; then
    skipped=(--skip "^(?!${lane_patterns[$number]#^})")
  fi
  # A test that several patterns fit is the first lane's.
  for pattern in "${lane_patterns[@]:0:number}"; do skipped+=(--skip "$pattern"); done
  exec {output}> >(exec tee "$lanes_folder/$name.log")
  lane_writers+=($!)
  # Nobody reads the backtraces that the runner takes of each error that is thrown, and they cost time. So do passwords in a
  # debug build.
  NO_COLOR=1 SWT_SWIFT_ERROR_BACKTRACING_ENABLED=0 TEST_SCRYPT_LOGARITHM=4 "$runner" --testing-library swift-testing --no-parallel "${skipped[@]}" \
    --event-stream-output-path "$lanes_folder/$name.jsonl" "$@" >&"$output" 2>&1 &
  lane_processes+=($!)
  exec {output}>&-
}

# Ends what still runs of a lane: the servers that a runner has left, which did not end by itself.
end_lane() { kill -KILL -- "-$1" 2>/dev/null || true; }

end_lanes() {
  local process
  for process in "${lane_processes[@]}"; do end_lane "$process"; done
  rm -rf "$lanes_folder"
}

# Runs all lanes, and tells at the end what failed, the slowest tests and the runner's own last lines: run_lanes WORD...
#
# The words go to the runner. Fails where a lane fails, and where no lane has a test.
run_lanes() {
  local runner number name status line tests=0 failed=()
  lanes_folder=$(mktemp -d)
  trap end_lanes EXIT
  trap 'exit 130' INT TERM
  runner=$(swift build --show-bin-path)/policy-assistantPackageTests.xctest
  # Each lane is a process group.
  set -m
  for number in "${!lane_names[@]}"; do start_lane "$runner" "$number" "$@"; done
  set +m
  for number in "${!lane_names[@]}"; do
    status=0
    wait "${lane_processes[$number]}" || status=$?
    end_lane "${lane_processes[$number]}"
    wait "${lane_writers[$number]}" || true
    # Words may leave a lane without tests.
    [ $status = $no_tests ] && [ $# -gt 0 ] && status=0
    [ $status = 0 ] || failed+=("${lane_names[$number]}, with status $status")
  done
  lane_processes=()

  say "the slowest tests"
  scripts/lib/slowest-tests 60 "$lanes_folder"/*.jsonl
  if [ ${#failed[@]} -gt 0 ]; then
    say "what failed"
    # Each with its explanation, which ends where the next test begins or ends.
    awk '/^(✔|◇)/ { shown = 0 } /^✘/ { shown = 1 } shown' "$lanes_folder"/*.log | tail -n 200
  fi
  say "the lanes"
  for name in "${lane_names[@]}"; do
    line=$(tail -n 1 "$lanes_folder/$name.log")
    printf '%-10s %s\n' "$name" "$line"
    [[ ! $line =~ with\ ([0-9]+)\ test ]] || tests=$((tests + BASH_REMATCH[1]))
  done
  [ ${#failed[@]} = 0 ] || fail "Lanes that failed: ${failed[*]}"
  [ $tests -gt 0 ] || fail "No test is called so: $*"
  say "$tests tests passed"
}
