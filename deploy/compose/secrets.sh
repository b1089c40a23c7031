#!/usr/bin/env bash
# Writes .env beside this file with generated passwords and credentials (mode 0600). It never overwrites one: the databases know the old passwords. One of
# an earlier version is given the digests that it lacks.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
digests() { tr -d '\r' | sed -n 's/^\([A-Z]*\)_CREDENTIAL=/\1 /p' | while read -r name credential || [ -n "$name" ]; do echo "${name}_DIGEST=sha256:$(printf %s "$credential" | sha256sum | cut -d' ' -f1)"; done; }
if [ -e .env ]; then
  # Each by its name: a run that was broken off may have left some of them.
  missing=$(digests < .env | while read -r line; do grep -q "^${line%%=*}=" .env || echo "$line"; done)
  [ -n "$missing" ] || { echo ".env is there already: remove it, and the volumes with it, to begin anew" >&2; exit 1; }
  { tr -d '\r' < .env; [ -z "$(tail -c 1 .env)" ] || echo; echo "$missing"; } > .env.new
  mv .env.new .env
  echo "added digests to .env"
  exit
fi
secret() { od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'; }
{
  # A service holds its own credential, and of its callers' the digests alone.
  credentials=$(for name in IDENTITY TRANSFORM POLICY LIMITS AUDIT ROUTER; do echo "${name}_CREDENTIAL=$(secret)"; done)
  echo "$credentials"
  digests <<< "$credentials"
  for name in IDENTITYDB POLICYDB LIMITSDB AUDITDB; do echo "${name}_OWNER=$(secret)"; echo "${name}_RUNTIME=$(secret)"; done
  echo "POSTGRES_PASSWORD=$(secret)"
  echo "REDIS_PASSWORD=$(secret)"
  echo "KEYS_MASTER=$(head -c 32 /dev/urandom | base64 | tr -d "\n")"
} > .env
echo "wrote .env"
