#!/usr/bin/env bash
# What has to hold before a change lands, in the order in which it fails soonest.
#   build/check.sh          build, format, tests
#   build/check.sh --all    the opt-in test categories too (mutation, speed)
set -euo pipefail
cd "$(dirname "$0")/.."

chosen=(--filter 'TestCategory!=Mutation&TestCategory!=Speed')
if [ "${1:-}" = "--all" ]; then chosen=(); fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet restore KarlMl.sln
dotnet build KarlMl.sln --no-restore -c Release -v minimal
dotnet format KarlMl.sln --no-restore --verify-no-changes --severity warn --exclude artifacts

passed=0; failed=0; skipped=0; status=0
results=artifacts/test-results
rm -rf "$results"
for project in test/*.Tests; do
  name=$(basename "$project")
  dotnet test "$project" --no-build -c Release ${chosen[@]+"${chosen[@]}"} \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" || status=1
  trx="$results/$name.trx"
  if [ ! -f "$trx" ]; then failed=$((failed + 1)); status=1; continue; fi
  counters=$(grep -o '<Counters [^>]*>' "$trx" | head -n 1)
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<< "$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  skipped=$((skipped + $(count total) - $(count executed)))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ] && exit "$status"
exit 1
