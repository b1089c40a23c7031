#!/usr/bin/env bash
# Runs every test: sets up what the tests need beyond the .NET SDK, builds once, starts the servers once, tests, and prints seconds per stage.
# Kafka is a running broker (KAFKA_BOOTSTRAP) or a distribution to start one from (KAFKA_HOME).
# The last line is "N passed, N failed, N skipped". With CI=true a test that would be skipped for a missing server or tool fails.
# --campaign does a hundred of each fault instead of five; GATEWAYSTACK_CAMPAIGN=N another number. What else is said goes to "dotnet test".
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
clients=tests/EndToEnd.Tests/node
servers=$(mktemp -d)
results=$(mktemp -d)
installing= others=
trap 'for started in $installing $others; do pkill -P "$started" 2>/dev/null; done; bash tests/servers.sh stop "$servers"; rm -rf "$results"' EXIT

if [ "${1:-}" = --campaign ]; then shift; export GATEWAYSTACK_CAMPAIGN=${GATEWAYSTACK_CAMPAIGN:-100}; fi

# The tests start some hundred short-lived processes, which spend most of their time on starting. What is tested is optimised, as what is published, and
# compiled to machine code once; and what pays off in long-lived processes (profiles for the JIT, a heap for each core, code pages mapped twice) is off.
configuration=Release
export DOTNET_TieredPGO=0 DOTNET_gcServer=0 DOTNET_EnableWriteXorExecute=0

stage_started=$SECONDS
stage() { echo "== $1: $((SECONDS - stage_started)) s"; stage_started=$SECONDS; }

# What is missing, by the Debian package that has it.
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need node nodejs; need npm npm; need redis-server redis-server; need java default-jre-headless; need chromium chromium
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need postgres postgresql
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && missing=()
fi
[ ${#missing[@]} -eq 0 ] || echo "missing: ${missing[*]}; tests that need them are skipped (install them with your package manager)"
if command -v npm >/dev/null && { [ ! -e "$clients/node_modules/.package-lock.json" ] || [ "$clients/package-lock.json" -nt "$clients/node_modules/.package-lock.json" ]; }; then
  # Beside the build, which does not need them. The package "node" brings the version the clients ask for; its install script is the one that may run.
  (cd "$clients" && npm ci --no-audit --no-fund --loglevel=error) &
  installing=$!
fi
stage "tools"

# One compiler for all projects, warm from the first to the last; it ends with the build.
dotnet build GatewayStack.sln -c $configuration --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet build-server shutdown --vbcscompiler >/dev/null
stage "build"
bash tests/precompile.sh $configuration
[ -z "$installing" ] || wait "$installing" || echo "missing: the Node clients could not be installed; their tests are skipped"
installing=
stage "machine code"

started=$(bash tests/servers.sh start "$servers") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
eval "$started"
sed -n 's/^# missing: /missing: /p' <<< "$started"
stage "servers"

# These processes live for seconds or minutes: what one calls thirty times it need not compile once more, what it calls thousands of times it may (hexadecimal).
export DOTNET_TC_CallCountThreshold=2000

# Side by side: the end-to-end tests, which start stacks of processes and wait for them much of the time; and all others, one project after another, behind them
# where the processors are short. First of these the AppHost's stacks, which are done before faults are done to another stack, the longest and last part of end to end.
projects=$(dotnet sln GatewayStack.sln list | tr '\\' / | grep -E '\.Tests\.csproj$')
lane() { # lane NAME PROJECTS ARGUMENTS...: the tests of these projects; NAME.log has what they say
  local name=$1 listed=$2 began=$SECONDS
  shift 2
  printf '{ "solution": { "path": "%s", "projects": [ %s ] } }' "$PWD/GatewayStack.sln" "$(sed 's/.*/"&"/' <<< "$listed" | paste -sd,)" > "$results/$name.slnf"
  $priority dotnet test --solution "$results/$name.slnf" -c $configuration --no-build --max-parallel-test-modules 1 --results-directory "$results/$name" --report-xunit-xml "$@" 2>&1 | tee "$results/$name.log"
  local code=${PIPESTATUS[0]}
  echo "== tests, $name: $((SECONDS - began)) s"
  return $code
}

others() {
  local code=0
  priority="" lane apphost "$(grep -E '^tests/AppHost\.' <<< "$projects")" "$@" || code=$?
  priority="nice -n 5" lane modules "$(grep -vE '^tests/(EndToEnd|AppHost)\.' <<< "$projects")" "$@" || code=$?
  return $code
}

others "$@" &
others=$!
priority="" lane end-to-end "$(grep -E '^tests/EndToEnd\.' <<< "$projects")" "$@"
code=$?
wait "$others" || code=$?
others=
stage "tests"

# Where the time went, so that the next slow one is seen: seconds by class, tests that ran side by side counted each.
echo "== slowest classes"
cat "$results"/*/*.xml 2>/dev/null | grep -o '<test [^>]*' | awk '
  match($0, / time="[0-9.]*"/) { t = substr($0, RSTART + 7, RLENGTH - 8); match($0, / type="[^"]*"/); seconds[substr($0, RSTART + 7, RLENGTH - 8)] += t }
  END { for (c in seconds) printf "%7.1f s  %s\n", seconds[c], c }' | sort -rn | head -25

forgiven=$(cat "$results"/*/*.xml 2>/dev/null | grep -o 'FORGIVEN, run again: [^<&]*')
[ -z "$forgiven" ] || printf '== noticed under faults, and not again when they were repeated\n%s\n' "$forgiven" | cut -c1-500

count() { for log in "$results"/*.log; do sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -1; done; }
sum() { count "$1" | awk '{ s += $1 } END { print s + 0 }'; }
passed=$(sum succeeded); failed=$(sum failed); skipped=$(sum skipped)
# A lane that was ended early counted nothing, and says it went well.
if [ "$(count succeeded | grep -c .)" -ne 3 ] && [ "$code" -eq 0 ]; then code=1; fi
if [ "$code" -ne 0 ] && [ "$failed" = 0 ]; then failed=1; fi
grep -hE "^ *skipped " "$results"/*.log | sort | uniq -c | head -20
# Whoever has only the end of the output must see what failed, and how.
failures=$(awk '/^ *failed [A-Za-z_]+\./ { print; left = 15; next } left > 0 && (/^[^ ]/ || /^ *failed /) { left = 0 } left > 0 && !/^ *(from |at (Microsoft|System|Shouldly|Xunit)\.)/ && NF { print; left-- }' "$results"/*.log | cut -c1-500)
[ -z "$failures" ] || printf '== failed\n%s\n' "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
