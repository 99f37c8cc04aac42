#!/usr/bin/env bash
# tests/simulate.sh [COUNT [FIRST]]: runs that many seeds of the simulation (a million unless told otherwise), on all cores.
# It stops at the first one that breaks an invariant, and says which, how, and how to repeat it.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-1000000} first=${2:-0}
dotnet build tests/BgpSharp.Simulation -c Release -nologo -v quiet
BGP_SIM_SEEDS="$first-$((first + count - 1))" exec dotnet run -c Release --no-build --project tests/BgpSharp.Simulation -- \
  -noLogo -noColor -method '*.Every_seed_keeps_all_invariants'
