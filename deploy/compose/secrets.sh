#!/usr/bin/env bash
# Writes .env beside this file with generated passwords and credentials (mode 0600). It never overwrites one: the databases know the old passwords.
set -euo pipefail
cd "$(dirname "$0")"
[ ! -e .env ] || { echo ".env is there already: remove it, and the volumes with it, to begin anew" >&2; exit 1; }
secret() { od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
{
  # A service holds its own credential, and of its callers' the digests alone.
  for name in IDENTITY TRANSFORM POLICY LIMITS AUDIT ROUTER; do
    credential=$(secret)
    echo "${name}_CREDENTIAL=$credential"
    echo "${name}_DIGEST=sha256:$(printf %s "$credential" | sha256sum | cut -d' ' -f1)"
  done
  for name in IDENTITYDB POLICYDB LIMITSDB AUDITDB; do echo "${name}_OWNER=$(secret)"; echo "${name}_RUNTIME=$(secret)"; done
  echo "POSTGRES_PASSWORD=$(secret)"
  echo "REDIS_PASSWORD=$(secret)"
  echo "KEYS_MASTER=$(head -c 32 /dev/urandom | base64 | tr -d "\n")"
} > .env
echo "wrote .env"
