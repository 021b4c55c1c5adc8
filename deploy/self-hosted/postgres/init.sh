#!/bin/bash
# Once, on an empty volume: a database each for Supabase Auth and for PandaStack, with owners that cannot read one another.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username postgres \
  -v auth_password="$AUTH_DATABASE_PASSWORD" -v app_password="$PANDASTACK_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE supabase_auth_admin LOGIN NOINHERIT PASSWORD :'auth_password';
CREATE DATABASE auth OWNER supabase_auth_admin;
REVOKE CONNECT ON DATABASE auth FROM PUBLIC;
ALTER ROLE supabase_auth_admin SET search_path = 'auth';
CREATE ROLE pandastack LOGIN PASSWORD :'app_password';
CREATE DATABASE pandastack OWNER pandastack;
REVOKE CONNECT ON DATABASE pandastack FROM PUBLIC;
\connect auth
CREATE SCHEMA auth AUTHORIZATION supabase_auth_admin;
SQL
