# Six services on real servers, for the benches that source this: start_services DIR DOOR ADMIN UPSTREAM starts them in Release, stop_services ends what it started.
# Needs what tests/servers.sh needs (redis-server, postgresql, KAFKA_HOME or KAFKA_BOOTSTRAP) and psql.

service_pids=()
service_servers=

services_possible() { [ -z "${NO_SERVICES:-}" ] && command -v redis-server psql >/dev/null && [ -n "${KAFKA_HOME:-}${KAFKA_BOOTSTRAP:-}" ]; }

build_services() {
  for name in Identity Transform Policy Limits Audit Router; do
    dotnet build "services/GatewayStack.$name.Service" -c Release --nologo -v quiet -clp:NoSummary
  done
  dotnet build services/GatewayStack.Demo.Host -c Release --nologo -v quiet -clp:NoSummary
}

hex() { od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'; }

start_services() { # DIR DOOR ADMIN UPSTREAM
  local dir=$1 door=$2 admin=$3 upstream=$4 started host port password name owner
  # A folder of their own: Postgres' user must be able to enter it, and nobody else's files stand there.
  service_servers=$(mktemp -d)
  started=$(bash tests/servers.sh start "$service_servers")
  if grep -q '^# missing' <<< "$started"; then echo "$started" >&2; return 1; fi
  eval "$started"
  host=$(sed -n 's/.*Port=\([0-9]*\);.*/\1/p' <<< "$GATEWAYSTACK_TEST_POSTGRES"); password=$(sed -n 's/.*Password=//p' <<< "$GATEWAYSTACK_TEST_POSTGRES")
  for name in identity policy limits audit; do
    PGPASSWORD=$password psql -q -h 127.0.0.1 -p "$host" -U postgres \
      -c "CREATE ROLE ${name}_owner LOGIN PASSWORD 'bench'" -c "CREATE ROLE ${name}_runtime LOGIN PASSWORD 'bench'" -c "CREATE DATABASE ${name}db OWNER ${name}_owner"
  done

  local -A credential http grpc
  for name in identity transform policy limits audit router; do credential[$name]=$(hex); http[$name]=$(port); grpc[$name]=$(port); done
  local common=(--Identity:PublicUrl="http://127.0.0.1:$door") demo
  demo=$(port)
  for name in identity transform policy limits audit; do
    common+=(--services:$name:http:0="http://127.0.0.1:${http[$name]}" --services:$name:grpc:0="http://127.0.0.1:${grpc[$name]}")
  done
  run() { # NAME ASSEMBLY ARGUMENT...
    local log=$1 assembly=$2; shift 2
    ASPNETCORE_ENVIRONMENT=Development OTEL_SERVICE_NAME=$log OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$upstream" OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \
      OTEL_TRACES_SAMPLER=${SAMPLER:-parentbased_traceidratio} OTEL_TRACES_SAMPLER_ARG=0.01 \
      dotnet "services/GatewayStack.$assembly/bin/Release/net10.0/GatewayStack.$assembly.dll" "$@" >"$dir/$log.log" 2>&1 &
    service_pids+=($!)
  }
  run demo Demo.Host --urls "http://127.0.0.1:$demo" --Demo:Issuer="http://127.0.0.1:$door/demo/" --Demo:GatewayUrl="http://127.0.0.1:$door" --Data:Path="$dir/services"
  for name in identity transform policy limits audit; do
    local own=("${common[@]}" --Service:Credential="${credential[$name]}" --Data:Path="$dir/services"
      --Kestrel:Endpoints:http:Url="http://127.0.0.1:${http[$name]}" --Kestrel:Endpoints:grpc:Url="http://127.0.0.1:${grpc[$name]}")
    case $name in
      identity) own+=(--Keys:Master="$(head -c 32 /dev/urandom | base64 | tr -d '\n')") ;;
      policy) own+=(--Policy:File="$PWD/services/GatewayStack.Demo/demo-policy.yaml") ;;
      limits) own+=(--Limits:File="$dir/limits.json" --ConnectionStrings:redis="$GATEWAYSTACK_TEST_REDIS" --Limits:Redis:CommandTimeoutMilliseconds=2000) ;;
    esac
    if [ "$name" != transform ]; then
      own+=(--ConnectionStrings:kafka="$GATEWAYSTACK_TEST_KAFKA"
        --ConnectionStrings:${name}db="Host=127.0.0.1;Port=$host;Database=${name}db;Username=${name}_runtime;Password=bench"
        --ConnectionStrings:${name}db-migrations="Host=127.0.0.1;Port=$host;Database=${name}db;Username=${name}_owner;Password=bench")
    fi
    while read -r caller; do own+=(--Service:Callers:"$caller"="sha256:$(printf %s "${credential[$caller]}" | sha256sum | cut -d' ' -f1)"); done < <(callers_of "$name")
    while IFS= read -r setting; do own+=("--$setting"); done < <(demo_settings "$name" "$door" "$demo" "$upstream")
    run "$name" "$(sed 's/./\U&/' <<< "$name").Service" "${own[@]}"
  done
  local front=("${common[@]}" --urls "http://127.0.0.1:$door" --Management:Url="http://127.0.0.1:$admin" --Service:Credential="${credential[router]}" --Data:Path="$dir/services" --Demo:Url="http://127.0.0.1:$demo" --ConnectionStrings:kafka="$GATEWAYSTACK_TEST_KAFKA")
  while IFS= read -r setting; do front+=("--$setting"); done < <(demo_settings router "$door" "$demo" "$upstream")
  # Every request is the same: one that a crowded machine makes late must not be remembered as one that a module does not survive.
  for name in identify inspect decide apply reserve; do front+=(--Router:Deadlines:$name=5000); done
  run router Router.Service "${front[@]}"
}

# Who may call a service; the table stands in services/GatewayStack.Wire/Security.
callers_of() {
  case $1 in
    identity) printf '%s\n' router transform policy limits audit ;;
    audit) printf '%s\n' router identity policy limits ;;
    *) echo router ;;
  esac
}

# The demo's settings that a service needs for the bench.
demo_settings() { # SERVICE DOOR DEMO UPSTREAM
  case $1 in
    identity) printf '%s\n' "Identity:Issuers:0:Name=demo" "Identity:Issuers:0:Issuer=http://127.0.0.1:$2/demo/" "Identity:Issuers:0:Audiences:0=gatewaystack" \
      "Identity:Issuers:0:JwksUri=http://127.0.0.1:$3/demo/jwks" "Identity:Issuers:0:Algorithms:0=RS256" "Identity:Issuers:0:TokenTypes:0=at+jwt" \
      "Identity:Issuers:0:Claims:Tenant=/tenant" "Identity:Issuers:0:Claims:UserId=/user" "Identity:Issuers:0:AllowedTenants:0=mercy" "Identity:Issuers:0:AllowedTenants:1=acme" ;;
    # Providers and models are the demo's, which the Router knows by Demo:Url.
    router) echo "Router:Providers:cloud:BaseUrl=http://127.0.0.1:$4/v1" ;;
  esac
}

stop_services() {
  for pid in "${service_pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${service_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  [ -z "$service_servers" ] || bash tests/servers.sh stop "$service_servers"
}
