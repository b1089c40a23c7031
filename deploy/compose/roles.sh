#!/bin/bash
# Makes one database per owner, with an owner (migrations) and a runtime role; the official Postgres image runs it at the first start.
set -euo pipefail
for database in identitydb policydb limitsdb auditdb; do
  owner=${database^^}_OWNER runtime=${database^^}_RUNTIME
  owner_password=${!owner:?} runtime_password=${!runtime:?}
  psql -v ON_ERROR_STOP=1 -U postgres -v database="$database" -v owner="${database}_owner" -v runtime="${database}_runtime" \
    -v owner_password="$owner_password" -v runtime_password="$runtime_password" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"runtime" LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'runtime_password';
CREATE DATABASE :"database" OWNER :"owner";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"runtime";
SQL
done
