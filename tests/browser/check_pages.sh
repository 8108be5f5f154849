#!/usr/bin/env bash
# Opens every page of `memcon serve` in Debian's Chromium over a record of the samples. Screenshots lie in target/browser/ afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."

memcon=${MEMCON:-target/release/memcon}
out=$PWD/target/browser
rm -rf "$out/pages"
mkdir -p "$out/pages"
cp tests/browser/package.json tests/browser/package-lock.json tests/browser/*.mjs "$out/"
(cd "$out" && npm ci --silent --no-audit --no-fund --prefer-offline)

record=$(mktemp -d)
server= closed=
trap 'kill "$server" "$closed" 2>/dev/null || true; rm -rf "$record"' EXIT
"$memcon" read --db "$record/memcon.db" samples/ tests/browser/hostile.jsonl >/dev/null
"$memcon" serve --db "$record/memcon.db" --port 0 >"$record/address" &
server=$!
for _ in $(seq 100); do
  [ -s "$record/address" ] && break
  sleep 0.1
done
# The same for users only: what is seen before and after signing in.
cp "$record/memcon.db" "$record/users.db"
password=$("$memcon" users add --db "$record/users.db" Anna --role admin 2>/dev/null)
"$memcon" serve --db "$record/users.db" --port 0 >"$record/closed" &
closed=$!
for _ in $(seq 100); do
  [ -s "$record/closed" ] && break
  sleep 0.1
done
# The driver of the browser wants Node 20; Debian 12 has 18, and npm has any.
run=(node)
if [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
  run=(npx --yes node@20)
fi
"${run[@]}" "$out/check_pages.mjs" "$(cat "$record/address")" "$out/pages" "$(cat "$record/closed")" "$password"
