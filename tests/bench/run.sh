#!/usr/bin/env bash
# The yardstick: the gateway with everything on beside a bare YARP pass-through and nginx as a proxy, in one run on one machine;
# the call of an MCP tool through the gateway, through bare YARP and at the tool's server itself (tests/bench/ToolServer);
# and the six services on Redis, Postgres and Kafka where these are there (tests/bench/services.sh; NO_SERVICES=1 leaves them out).
# Needs wrk and nginx. ROUNDS (3) and SECONDS_EACH (8) set how long; prints tables of medians, and the ratio to bare YARP.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in wrk nginx curl; do command -v "$tool" >/dev/null || { echo "missing: $tool (Debian: apt-get install wrk nginx-light curl)"; exit 1; }; done
rounds=${ROUNDS:-3}; seconds=${SECONDS_EACH:-8}; connections=${CONNECTIONS:-32}
. tests/bench/services.sh
dir=$(mktemp -d); pids=()
cleanup() { stop_services || true; for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; for name in upstream proxy; do [ -e "$dir/$name/nginx.pid" ] && kill "$(cat "$dir/$name/nginx.pid")" 2>/dev/null; done; wait 2>/dev/null || true; rm -rf "$dir"; }
trap cleanup EXIT
port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
upstream=$(port); answer=$(port); proxy=$(port); yarp=$(port); door=$(port); admin=$(port); front=$(port); front_admin=$(port); tools=$(port); yarp_tools=$(port)

gateway=${GATEWAY_DLL:-services/GatewayStack.Gateway/bin/Release/net10.0/GatewayStack.Gateway.dll}
[ -n "${GATEWAY_DLL:-}" ] || dotnet build services/GatewayStack.Gateway -c Release --nologo -v quiet -clp:NoSummary
[ -n "${GATEWAY_DLL:-}" ] || for name in BareYarp ToolServer; do dotnet build tests/bench/$name -c Release --nologo -v quiet -clp:NoSummary; done

services_possible && build_services

for name in upstream proxy; do
  mkdir -p "$dir/$name"
  sed "s#DIR#$dir/$name#g; s#UPSTREAM#$upstream#g; s#ANSWER#$answer#g; s#PROXY#$proxy#g" "tests/bench/$name.conf.template" > "$dir/$name/nginx.conf"
  nginx -p "$dir/$name" -c "$dir/$name/nginx.conf"
done
cat > "$dir/limits.json" <<'J'
{"apiVersion":"gateway.limits/v1","limits":[
 {"name":"requests","per":"user","metric":"requests","window":"minute","limit":1000000000},
 {"name":"tokens","per":"user","metric":"tokens","window":"day","limit":1000000000000},
 {"name":"cost","per":"user","metric":"cost","window":"day","limit":1000000000000000}]}
J

dotnet tests/bench/BareYarp/bin/Release/net10.0/BareYarp.dll --urls "http://127.0.0.1:$yarp" --Upstream="http://127.0.0.1:$upstream" >"$dir/yarp.log" 2>&1 & pids+=($!); yarp_pid=$!
dotnet tests/bench/ToolServer/bin/Release/net10.0/ToolServer.dll --urls "http://127.0.0.1:$tools" >"$dir/tools.log" 2>&1 & pids+=($!); tools_pid=$!
dotnet tests/bench/BareYarp/bin/Release/net10.0/BareYarp.dll --urls "http://127.0.0.1:$yarp_tools" --Upstream="http://127.0.0.1:$tools" >"$dir/yarp-tools.log" 2>&1 & pids+=($!); yarp_tools_pid=$!
# Telemetry is on: traces, metrics and logs go out to something that takes them.
ASPNETCORE_ENVIRONMENT=Development OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$upstream" OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_TRACES_SAMPLER=${SAMPLER:-parentbased_traceidratio} OTEL_TRACES_SAMPLER_ARG=0.01 \
  dotnet "$gateway" --urls "http://127.0.0.1:$door" --Management:Url="http://127.0.0.1:$admin" --Data:Path="$dir/data" \
  --Limits:File="$dir/limits.json" --Router:Providers:cloud:BaseUrl="http://127.0.0.1:$upstream/v1" --Router:Mcp:calendar:Url="http://127.0.0.1:$tools/mcp" >"$dir/gateway.log" 2>&1 & pids+=($!); gateway_pid=$!
for url in "http://127.0.0.1:$yarp/" "http://127.0.0.1:$tools/connections" "http://127.0.0.1:$yarp_tools/connections" "http://127.0.0.1:$door/health"; do
  for _ in $(seq 100); do curl -sf -o /dev/null "$url" && break; sleep 0.2; done
done
six=
if services_possible; then
  start_services "$dir" "$front" "$front_admin" "$upstream"
  for _ in $(seq 300); do curl -sf -o /dev/null "http://127.0.0.1:$front/health" && six=1 && break; sleep 0.2; done
  [ -n "$six" ] || { echo "the six services did not come up"; tail -n 5 "$dir"/*.log; exit 1; }
fi
TOKEN=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' "http://127.0.0.1:$door/demo/token"); export TOKEN
tool_token=$(curl -s -H 'Accept: text/plain' -d "{\"user\":\"alice\",\"resource\":\"http://127.0.0.1:$door/mcp/calendar\",\"scope\":\"calendar:read\"}" "http://127.0.0.1:$door/demo/token")
nginx_pid=$(pgrep -P "$(cat "$dir/proxy/nginx.pid")" | head -1)

# The demo is no part of the product: the first of the services' processes is not counted.
ticks() { local pid; for pid in $1; do cat "/proc/$pid/stat"; done | awk '{sum += $14 + $15} END {print sum}'; }
load() { # name url pids seconds script
  local before after result
  before=$(ticks "$3")
  result=$(wrk -t1 -c"$connections" -d"$4s" -s "tests/bench/$5.lua" "$2" | grep RESULT)
  after=$(ticks "$3")
  echo "$1 $result $((after - before))"
}
measure() { load "$1" "$2/v1/chat/completions" "$3" "${4:-$seconds}" chat; } # name url pids [seconds]
call() { ANSWER=$1 TOKEN=$tool_token load "$2-$1" "$3" "$4" "${5:-$seconds}" tools; } # answer name url pids [seconds]
hertz=$(getconf CLK_TCK)
measure warm "http://127.0.0.1:$yarp" "$yarp_pid" "${WARM:-12}" >/dev/null
measure warm "http://127.0.0.1:$door" "$gateway_pid" "${WARM:-12}" >/dev/null
for answer in json sse; do
  call "$answer" warm "http://127.0.0.1:$tools/mcp" "$tools_pid" 3 >/dev/null
  call "$answer" warm "http://127.0.0.1:$yarp_tools/mcp" "$yarp_tools_pid" 3 >/dev/null
  call "$answer" warm "http://127.0.0.1:$door/mcp/calendar" "$gateway_pid" "${WARM:-12}" >/dev/null
done
if [ -n "$six" ]; then
  front_token=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' "http://127.0.0.1:$front/demo/token")
  TOKEN=$front_token measure warm "http://127.0.0.1:$front" "${service_pids[*]:1}" "${WARM:-12}" >/dev/null
fi
for round in $(seq "$rounds"); do
  measure yarp "http://127.0.0.1:$yarp" "$yarp_pid"
  measure gateway "http://127.0.0.1:$door" "$gateway_pid"
  measure nginx "http://127.0.0.1:$proxy" "$nginx_pid"
  [ -z "$six" ] || TOKEN=$front_token measure services "http://127.0.0.1:$front" "${service_pids[*]:1}"
  for answer in json sse; do
    call "$answer" tool-direct "http://127.0.0.1:$tools/mcp" "$tools_pid"
    call "$answer" tool-yarp "http://127.0.0.1:$yarp_tools/mcp" "$yarp_tools_pid"
    call "$answer" tool-gateway "http://127.0.0.1:$door/mcp/calendar" "$gateway_pid"
  done
done | tee "$dir/results" | awk -v hz="$hertz" '{printf "%-17s %8.0f requests/s  p50 %6.2f ms  p99 %6.2f ms  %6.1f us CPU/request  %d errors\n", $1, $3/($4/1e6), $5/1000, $6/1000, $8/hz*1e6/$3, $7}'
awk -v hz="$hertz" '
  { n=$1; cpu[n]=cpu[n] " " $8/hz*1e6/$3; rps[n]=rps[n] " " $3/($4/1e6); p50[n]=p50[n] " " $5/1000; p99[n]=p99[n] " " $6/1000; bad+=$7 }
  function median(text,   parts, count, i, j, t) { count=split(text, parts, " "); for(i=1;i<=count;i++) for(j=i+1;j<=count;j++) if(parts[j]+0<parts[i]+0){t=parts[i];parts[i]=parts[j];parts[j]=t} return parts[int((count+1)/2)] }
  END {
    print "\n| median of rounds | requests/s | p50 ms | p99 ms | us CPU/request |"; print "|---|---|---|---|---|"
    count=split("nginx yarp gateway services tool-direct-json tool-yarp-json tool-gateway-json tool-direct-sse tool-yarp-sse tool-gateway-sse", order, " ")
    for (i=1;i<=count;i++) { n=order[i]; if (!(n in cpu)) continue; printf "| %s | %.0f | %.2f | %.2f | %.1f |\n", n, median(rps[n]), median(p50[n]), median(p99[n]), median(cpu[n]) }
    printf "\nCPU per request, gateway / bare YARP: %.2f; gateway / nginx: %.2f; errors: %d\n", median(cpu["gateway"])/median(cpu["yarp"]), median(cpu["gateway"])/median(cpu["nginx"]), bad
    for (i=split("sse json", answers, " "); i>0; i--) { a=answers[i]; printf "tools/call, %s: CPU of the gateway / bare YARP: %.2f, / its own chat request: %.2f; requests/s of the server directly / through the gateway: %.2f\n", a, median(cpu["tool-gateway-" a])/median(cpu["tool-yarp-" a]), median(cpu["tool-gateway-" a])/median(cpu["gateway"]), median(rps["tool-direct-" a])/median(rps["tool-gateway-" a]) }
  }' "$dir/results"
# Nobody waits for another one's call: 16 callers of a tool that takes 200 ms are 80 calls a second. And its server sees connections used again.
before=$(curl -s "http://127.0.0.1:$tools/connections")
for answer in json sse; do call "$answer" tool-gateway "http://127.0.0.1:$door/mcp/calendar" "$gateway_pid" 2 >/dev/null; done
connections=16 call slow tool-gateway "http://127.0.0.1:$door/mcp/calendar" "$gateway_pid" |
  awk '{printf "16 callers of a tool that takes 200 ms: %.1f calls/s of 80, p50 %.0f ms, p99 %.0f ms, %d errors", $3/($4/1e6), $5/1000, $6/1000, $7}'
echo "; new connections to its server in these and 4 s of quick ones: $(($(curl -s "http://127.0.0.1:$tools/connections") - before - 1))"
curl -s "http://127.0.0.1:$door/me/limits" -H "Authorization: Bearer $TOKEN" | head -c 300; echo
