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
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$record"' EXIT

# Serves a record until the end; the address stands in a file beside it: serve NAME.
serve() {
  "$memcon" serve --db "$record/$1.db" --port 0 >"$record/$1.address" &
  servers+=($!)
  for _ in $(seq 100); do
    [ -s "$record/$1.address" ] && break
    sleep 0.1
  done
}

"$memcon" read --db "$record/open.db" samples/ tests/browser/hostile.jsonl >/dev/null
# The same for users only: what is seen before and after signing in.
cp "$record/open.db" "$record/closed.db"
password=$("$memcon" users add --db "$record/closed.db" Anna --role admin 2>/dev/null)
serve open
serve closed
# The driver of the browser wants Node 20; Debian 12 has 18, and npm has any.
run=(node)
if [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
  run=(npx --yes node@20)
fi
"${run[@]}" "$out/check_pages.mjs" "$(cat "$record/open.address")" "$out/pages" "$(cat "$record/closed.address")" "$password"
