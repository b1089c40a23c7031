#!/usr/bin/env bash
# Latency under light load: RATE (200) requests a second to the provider directly, through a bare YARP, through the gateway in one process,
# and through six services on Redis, Postgres and Kafka where these are there (tests/bench/services.sh).
# CLIENTS=1 sends them evenly, one after the other; CLIENTS=8 (the default) sends 8 at the same moment, then nothing until the next 8 are due: h2load's clients keep step.
# Needs h2load (Debian: nghttp2-client), nginx and curl. ROUNDS (2) and REQUESTS (2000) set how long.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in h2load nginx curl; do command -v "$tool" >/dev/null || { echo "missing: $tool (Debian: apt-get install nghttp2-client nginx-light curl)"; exit 1; }; done
rounds=${ROUNDS:-2}; requests=${REQUESTS:-2000}; rate=${RATE:-200}; clients=${CLIENTS:-8}
. tests/bench/services.sh
dir=$(mktemp -d); pids=()
cleanup() { stop_services || true; for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; [ -e "$dir/nginx/nginx.pid" ] && kill "$(cat "$dir/nginx/nginx.pid")" 2>/dev/null; wait 2>/dev/null || true; rm -rf "$dir"; }
trap cleanup EXIT
port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
upstream=$(port); answer=$(port); yarp=$(port); door=$(port); admin=$(port); front=$(port); front_admin=$(port)

services_possible && build_services
dotnet build services/GatewayStack.Gateway -c Release --nologo -v quiet -clp:NoSummary
dotnet build tests/bench/BareYarp -c Release --nologo -v quiet -clp:NoSummary
mkdir -p "$dir/nginx"
sed "s#DIR#$dir/nginx#g; s#UPSTREAM#$upstream#g; s#ANSWER#$answer#g" tests/bench/upstream.conf.template > "$dir/nginx/nginx.conf"
nginx -p "$dir/nginx" -c "$dir/nginx/nginx.conf"
echo '{"apiVersion":"gateway.limits/v1","limits":[{"name":"requests","per":"user","metric":"requests","window":"minute","limit":1000000000}]}' > "$dir/limits.json"
dotnet tests/bench/BareYarp/bin/Release/net10.0/BareYarp.dll --urls "http://127.0.0.1:$yarp" --Upstream="http://127.0.0.1:$upstream" >/dev/null 2>&1 & pids+=($!)
ASPNETCORE_ENVIRONMENT=Development OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$upstream" OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.01 \
  dotnet services/GatewayStack.Gateway/bin/Release/net10.0/GatewayStack.Gateway.dll --urls "http://127.0.0.1:$door" --Management:Url="http://127.0.0.1:$admin" --Data:Path="$dir/data" \
  --Limits:File="$dir/limits.json" --Router:Providers:cloud:BaseUrl="http://127.0.0.1:$upstream/v1" >/dev/null 2>&1 & pids+=($!)
for url in "http://127.0.0.1:$yarp/" "http://127.0.0.1:$door/health"; do
  for _ in $(seq 100); do curl -sf -o /dev/null "$url" && break; sleep 0.2; done
done
six=
if services_possible; then
  start_services "$dir" "$front" "$front_admin" "$upstream"
  for _ in $(seq 300); do curl -sf -o /dev/null "http://127.0.0.1:$front/health" && six=1 && break; sleep 0.2; done
  [ -n "$six" ] || { echo "the six services did not come up"; tail -n 5 "$dir"/*.log; exit 1; }
fi
token=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' "http://127.0.0.1:$door/demo/token")
text=$(printf 'Please summarise the following clause of the supply contract in two sentences for the board. %.0s' $(seq 11))
printf '{"model":"gpt-4o-mini","temperature":0.2,"messages":[{"role":"system","content":"You are a careful assistant."},{"role":"user","content":"%s"}]}' "$text" > "$dir/body.json"

measure() { # name port requests token
  rm -f "$dir/log"
  h2load --h1 -n "$3" -c "$clients" --rps $((rate / clients)) --log-file="$dir/log" -d "$dir/body.json" -H "Authorization: Bearer ${4:-$token}" -H "Content-Type: application/json" "http://127.0.0.1:$2/v1/chat/completions" >/dev/null 2>&1
  awk '{print $3, $2}' "$dir/log" | sort -n | awk -v name="$1" '{t[NR]=$1; if ($2 != 200) bad++} END {printf "%-8s p50 %5.2f ms  p99 %5.2f ms  %d requests, %d not 200\n", name, t[int(NR*0.5)]/1000, t[int(NR*0.99)]/1000, NR, bad}'
}
measure warm "$yarp" 1000 >/dev/null
measure warm "$door" 2000 >/dev/null
if [ -n "$six" ]; then
  front_token=$(curl -s -H 'Accept: text/plain' -d '{"user":"alice"}' "http://127.0.0.1:$front/demo/token")
  measure warm "$front" 4000 "$front_token" >/dev/null
fi
for _ in $(seq "$rounds"); do
  measure direct "$upstream" "$requests"
  measure yarp "$yarp" "$requests"
  measure gateway "$door" "$requests"
  [ -z "$six" ] || measure services "$front" "$requests" "$front_token"
done
