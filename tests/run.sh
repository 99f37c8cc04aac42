#!/usr/bin/env bash
# tests/run.sh: installs what the interop tests need (as root, on Debian), builds, and runs every test project, then every
# comparison in benchmarks/macro once with --quick: that it works, not what it measures. It ends with what failed, by name
# and message, and the line "N passed, N failed, N skipped" over all of them; it fails when a test failed, when a project
# ran none or did not end in time, when something it started was still there after it, and, with CI=true, when an interop
# test was skipped. RUN_LIMIT=SECONDS is for all of the limits. UPDATE_INTEROP=1 writes what was measured with the routers
# to tests/INTEROP.md, which otherwise has to say the same.
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(iproute2 systemd frr bird2 gobgpd exabgp openbgpd tcpdump tshark bgpdump nftables libcap2-bin prometheus jq chromium umoci skopeo ca-certificates gcc libc6-dev zlib1g-dev)   # the last three compile ahead of time
POLICY=/usr/sbin/policy-rc.d
WORK=$(mktemp -d)
TESTS_LOG=$WORK/running-tests     # tests/RunningTestsAttribute.cs writes it
POLICY_WRITTEN=0
RUNNING=
passed=0 failed=0 skipped=0 status=0

# No build server stays behind, to hold the output of this script open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

restore_policy() {
  if ((POLICY_WRITTEN)); then
    POLICY_WRITTEN=0
    if [[ -e $WORK/policy-rc.d ]]; then mv -f "$WORK/policy-rc.d" "$POLICY"; else rm -f "$POLICY"; fi
  fi
}

finish() {
  local code=$?
  trap - EXIT
  end_running
  restore_policy
  if [[ -s $WORK/problems ]]; then
    echo "== What failed"
    cat "$WORK/problems"
  fi
  rm -rf "$WORK"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

problem() { # problem TEXT: fails the run, and is said again at its end
  status=1
  echo "$1" | tee -a "$WORK/problems" >&2
}

started_here() { # the processes that what runs here started, by the mark in their environment: some left its process group
  local file pid
  for file in $(grep -lazs "^BGP_TEST_RUN=$WORK\$" /proc/[0-9]*/environ); do
    pid=${file#/proc/}
    echo "${pid%/environ}"
  done
}

end_running() { # first asks, then kills
  local -a pids
  local tries
  for ((tries = 0; tries < 60; tries++)); do
    mapfile -t pids < <(started_here)
    if ((${#pids[@]} == 0)); then break; fi
    if ((tries == 0)); then kill -TERM "${pids[@]}" 2>/dev/null || true; fi
    if ((tries == 40)); then kill -KILL "${pids[@]}" 2>/dev/null || true; fi
    sleep 0.5
  done
  RUNNING=
}

left_over() { # the processes that are still there a while after the end
  local -a pids
  local tries
  for ((tries = 0; tries < 40; tries++)); do
    mapfile -t pids < <(started_here)
    if ((${#pids[@]} == 0)); then return; fi
    sleep 0.5
  done
  show_processes "${pids[@]}"
}

show_processes() { ps -o pid=,ppid=,stat=,etime=,args= -ww -p "$(IFS=,; echo "$*")" | cut -c 1-200; }

# Output goes to a file and from there to the terminal: a process that outlives its parent holds nobody up.
bounded() { # bounded SECONDS NAME LOG COMMAND..: 124 when it had to be ended; a problem then says what was running
  local limit=${RUN_LIMIT:-$1} name=$2 log=$3 code=0 left
  shift 3
  : >"$log" >"$TESTS_LOG"
  set -m   # a process group of its own
  BGP_TEST_RUN=$WORK BGP_TESTS_LOG=$TESTS_LOG "$@" >"$log" 2>&1 </dev/null &
  RUNNING=$!
  set +m
  timeout "$limit" tail -n +1 -s 0.2 -f --pid="$RUNNING" "$log" &
  wait $! || code=$?
  if ((code == 124)); then
    problem "$name: ended after $limit s; its output ended with"
    tail -n 15 "$log" >>"$WORK/problems"
    # A test that has begun more often than it has ended.
    awk '{what = $2; name = $0; sub(/^[^ ]+ [^ ]+ /, "", name); n[name] += what == "begin" ? 1 : -1; at[name] = $1}
      END {for (name in n) if (n[name] > 0) print "the test was running, since " at[name] " UTC: " name}' "$TESTS_LOG" >>"$WORK/problems"
    { echo "and the processes were"; mapfile -t left < <(started_here); show_processes "${left[@]}"; } >>"$WORK/problems"
    end_running
    wait "$!" 2>/dev/null || true
    return 124
  fi
  code=0
  wait "$RUNNING" || code=$?
  left=$(left_over)
  if [[ -n $left ]]; then
    problem "$name: it left processes behind: $left"
    end_running
  fi
  RUNNING=
  return "$code"
}

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

install() { # install PACKAGE..: from Debian, without starting the services they bring
  if [[ -e $POLICY ]]; then cp -a "$POLICY" "$WORK/policy-rc.d"; fi
  POLICY_WRITTEN=1
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
  local -x DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 -q update &&
    apt-get -o DPkg::Lock::Timeout=300 -q install -y --no-install-recommends "$@"
}

prepare() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "not a Debian machine: the interop tests use the routers that are there"
    return
  fi
  local -a missing
  exec 9>"${TMPDIR:-/tmp}/bgpsharp-packages.lock"
  flock 9                         # one run installs, the others find it done
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    :
  elif ((EUID != 0)); then
    echo "not root: cannot install ${missing[*]}; the tests that need them are skipped"
  elif ! install "${missing[@]}"; then
    echo "could not install ${missing[*]}; the tests that need them are skipped" >&2
  fi
  restore_policy
  exec 9>&-
}

run_project() { # run_project CSPROJ: adds its counts
  local name log limit=1200 code=0 p f s
  name=$(basename "$1" .csproj) log=$WORK/$(basename "$1").log
  if [[ $name == *.Interop ]]; then limit=1800; fi
  echo "== $name"
  bounded "$limit" "$name" "$log" dotnet test --project "$1" -c Release --no-build --no-ansi --output Detailed || code=$?
  # The counts of the last summary block.
  read -r p f s < <(awk '/^ *succeeded:/{p=$2} /^ *failed:/{f=$2} /^ *skipped:/{s=$2} END{print p+0, f+0, s+0}' "$log")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  # Of each test that failed the name and the message, without the stack.
  awk '/^failed /{show=1} /^  from /{show=0} show' "$log" >>"$WORK/problems"
  if ((code != 0 || f > 0)); then problem "$name: dotnet test exited with $code"; fi
  if ((p + f + s == 0)); then problem "$name: no test ran"; fi
  if [[ ${CI:-} == true && $name == *.Interop ]] && ((s > 0)); then
    problem "$name: $s skipped; under CI every interop test must run"
    grep '^skipped ' "$log" >>"$WORK/problems" || true
  fi
}

run_comparison() { # run_comparison SCRIPT: counts as one test
  local log=$WORK/comparison.log
  echo "== $1 --quick"
  if ((EUID != 0)); then
    echo "skipped: needs root"
    skipped=$((skipped + 1))
    if [[ ${CI:-} == true ]]; then problem "$1: skipped, needs root"; fi
  elif bounded 900 "$1" "$log" "$1" --quick; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    problem "$1: failed; it ended with"
    tail -n 5 "$log" >>"$WORK/problems"
  fi
}

prepare
bounded 1200 build "$WORK/build.log" dotnet build BgpSharp.sln -c Release -nologo -v quiet
for project in tests/*/*.csproj; do
  run_project "$project"
done
for comparison in benchmarks/macro/*; do
  run_comparison "$comparison"
done
exit "$status"
