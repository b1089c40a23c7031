#!/usr/bin/env bash
# The servers that tests run against, each private and on loopback: Redis, Postgres and Kafka.
#   servers.sh start FOLDER   starts what is installed, prints "export NAME=VALUE" lines for it and "# missing: ..." for the rest
#   servers.sh stop FOLDER    ends them and removes the folder
# Kafka is a running broker (KAFKA_BOOTSTRAP) or a distribution to start one from (KAFKA_HOME).
set -euo pipefail

# Not out of the range from which the system serves outgoing connections: there, any of them takes a port that was free a moment ago.
free_port() {
  local port
  while :; do
    port=$((11000 + RANDOM % 21000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

wait_for() { # wait_for PORT SECONDS
  for _ in $(seq $(($2 * 10))); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  return 1
}

secret() { od -An -v -N16 -tx1 /dev/urandom | tr -d ' \n'; }

start_redis() {
  command -v redis-server >/dev/null || { echo "# missing: redis-server"; return; }
  local port password; port=$(free_port); password=$(secret)
  mkdir -p "$folder/redis"
  printf 'port %s\nbind 127.0.0.1\ndir %s\nappendonly yes\nappendfsync everysec\nsave ""\nrequirepass %s\ndatabases 64\n' "$port" "$folder/redis" "$password" > "$folder/redis.conf"
  setsid redis-server "$folder/redis.conf" >"$folder/redis.log" 2>&1 & echo $! > "$folder/redis.pid"
  wait_for "$port" 10 || { cat "$folder/redis.log" >&2; exit 1; }
  echo "export GATEWAYSTACK_TEST_REDIS='127.0.0.1:$port,password=$password'"
}

start_postgres() {
  local postgres; postgres=$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1); postgres=${postgres:-$(command -v postgres || true)}
  [ -n "$postgres" ] || { echo "# missing: postgresql"; return; }
  local bin port password data; bin=$(dirname "$postgres"); port=$(free_port); password=$(secret); data="$folder/postgres"
  local as=()
  mkdir -p "$data"
  printf '%s' "$password" > "$folder/postgres.password"
  if [ "$(id -u)" = 0 ]; then # postgres refuses to run as root
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres: "$data" "$folder/postgres.password"; chmod o+x "$folder"
  fi
  (cd / && "${as[@]}" "$bin/initdb" -D "$data" -U postgres -A scram-sha-256 --pwfile="$folder/postgres.password" -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/postgres.log" 2>&1)
  (cd / && exec setsid "${as[@]}" "$bin/postgres" -D "$data" -p "$port" -h 127.0.0.1 -k "" -c max_connections=300 >>"$folder/postgres.log" 2>&1) & echo $! > "$folder/postgres.pid"
  wait_for "$port" 20 || { cat "$folder/postgres.log" >&2; exit 1; }
  echo "export GATEWAYSTACK_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=postgres;Password=$password'"
}

start_kafka() {
  if [ -n "${KAFKA_BOOTSTRAP:-}" ]; then echo "export GATEWAYSTACK_TEST_KAFKA='$KAFKA_BOOTSTRAP'"; return; fi
  [ -n "${KAFKA_HOME:-}" ] && command -v java >/dev/null || { echo "# missing: Kafka (set KAFKA_HOME to a distribution, with Java 17, or KAFKA_BOOTSTRAP to a broker)"; return; }
  local port controller; port=$(free_port); controller=$(free_port)
  mkdir -p "$folder/kafka"
  cat > "$folder/kafka.properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=$folder/kafka
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
P
  "$KAFKA_HOME/bin/kafka-storage.sh" format -t MkU3OEVBNTcwNTJENDM2Qg -c "$folder/kafka.properties" >"$folder/kafka.log" 2>&1
  # The quick compiler alone: it is not busy enough for the thorough one.
  KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:-"-Xmx256m -Xms64m"} KAFKA_OPTS=${KAFKA_OPTS:-"-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=$folder"} setsid "$KAFKA_HOME/bin/kafka-server-start.sh" "$folder/kafka.properties" >>"$folder/kafka.log" 2>&1 & echo $! > "$folder/kafka.pid"
  wait_for "$port" 60 || { cat "$folder/kafka.log" >&2; exit 1; }
  echo "export GATEWAYSTACK_TEST_KAFKA='127.0.0.1:$port'"
}

case ${1:-} in
  start)
    mkdir -p "$2"; folder=$(cd "$2" && pwd)
    # One that does not start takes the others with it.
    started=; trap '[ -n "$started" ] || bash "$0" stop "$folder"' EXIT
    start_kafka; start_redis; start_postgres
    started=yes ;;
  stop)
    folder=$2
    for file in "$folder"/*.pid; do
      [ -e "$file" ] || continue
      pid=$(cat "$file")
      # Fast for Postgres (INT), in order for the others.
      case $file in */postgres.pid) kill -INT "$pid" 2>/dev/null || true ;; *) kill "$pid" 2>/dev/null || true ;; esac
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
      kill -9 "$pid" 2>/dev/null || true
    done
    rm -rf "$folder" ;;
  *) sed -n '2,5p' "$0" | cut -c3- >&2; exit 2 ;;
esac
