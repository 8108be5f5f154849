#!/usr/bin/env bash
# Asks `memcon serve` what its own OpenAPI description allows, and much of what it does not, with the rights of an editor:
# the program may refuse, and must not fail.
set -euo pipefail
cd "$(dirname "$0")/../.."

memcon=$(realpath "${MEMCON:-target/release/memcon}")
programs=$PWD/target/consumers
if [ ! -x "$programs/bin/schemathesis" ]; then
  python3 -m venv "$programs"
  "$programs/bin/pip" install --quiet -r tests/consumers/requirements.txt
fi

record=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$record"' EXIT
"$memcon" read --db "$record/memcon.db" samples/ >/dev/null
"$memcon" users add --db "$record/memcon.db" Anna --role admin >/dev/null 2>&1
token=$("$memcon" users token --db "$record/memcon.db" Anna schemathesis)
"$memcon" serve --db "$record/memcon.db" --port 0 >"$record/address" 2>"$record/said" &
server=$!
for _ in $(seq 100); do
  [ -s "$record/address" ] && break
  sleep 0.1
done
address=$(cat "$record/address")
# It leaves notes of its own where it runs.
(cd "$record" && "$programs/bin/schemathesis" run "${address}openapi.json" --header "Authorization: Bearer $token" --checks not_a_server_error \
  --max-examples "${EXAMPLES:-3}" --workers 2 --seed 1 --no-color --suppress-health-check all --warnings off)
if [ -s "$record/said" ]; then
  echo "wrong: the program said:"
  cat "$record/said"
  exit 1
fi
