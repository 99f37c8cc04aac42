#!/usr/bin/env bash
# tests/run.sh: installs what the interop tests need (as root, on Debian), builds, and runs every test project, then every
# comparison in benchmarks/macro once with --quick: that it works, not what it measures. It ends with what failed, by name
# and message, and the line "N passed, N failed, N skipped" over all of them; it fails when a test failed, when a project
# ran none, and, with CI=true, when an interop test was skipped. UPDATE_INTEROP=1 writes what was measured with the routers
# to tests/INTEROP.md, which otherwise has to say the same.
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(iproute2 frr bird2 gobgpd exabgp openbgpd tcpdump tshark jq gcc libc6-dev zlib1g-dev)   # the last three compile ahead of time
POLICY=/usr/sbin/policy-rc.d
WORK=$(mktemp -d)
POLICY_WRITTEN=0
passed=0 failed=0 skipped=0 status=0

restore_policy() {
  if ((POLICY_WRITTEN)); then
    POLICY_WRITTEN=0
    if [[ -e $WORK/policy-rc.d ]]; then mv -f "$WORK/policy-rc.d" "$POLICY"; else rm -f "$POLICY"; fi
  fi
}

finish() {
  local code=$?
  trap - EXIT
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
  local name log code=0 p f s
  name=$(basename "$1" .csproj) log=$WORK/$(basename "$1").log
  echo "== $name"
  dotnet test --project "$1" -c Release --no-build --no-ansi --output Detailed 2>&1 | tee "$log" || code=$?
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
  elif "$1" --quick 2>&1 | tee "$log"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    problem "$1: failed; it ended with"
    tail -n 5 "$log" >>"$WORK/problems"
  fi
}

prepare
dotnet build BgpSharp.sln -c Release -nologo -v quiet
for project in tests/*/*.csproj; do
  run_project "$project"
done
for comparison in benchmarks/macro/*; do
  run_comparison "$comparison"
done
exit "$status"
