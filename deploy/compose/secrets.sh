#!/usr/bin/env bash
# Writes .env beside this file with generated passwords and credentials (mode 0600). It never overwrites one: the databases know the old passwords. One of
# an earlier version is given the digests that it lacks.
set -euo pipefail
cd "$(dirname "$0")"
digests() { sed -n 's/^\([A-Z]*\)_CREDENTIAL=/\1 /p' | while read -r name credential; do echo "${name}_DIGEST=sha256:$(printf %s "$credential" | sha256sum | cut -d' ' -f1)"; done; }
if [ -e .env ] && ! grep -q _DIGEST= .env; then digests < .env > .env.digests; cat .env.digests >> .env; rm .env.digests; echo "added digests to .env"; exit; fi
[ ! -e .env ] || { echo ".env is there already: remove it, and the volumes with it, to begin anew" >&2; exit 1; }
secret() { od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
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
