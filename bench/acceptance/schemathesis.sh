#!/bin/sh
# Tests the server against its own OpenAPI document with schemathesis (PyPI), in an environment of its own:
#
#     bench/acceptance/schemathesis.sh build/release/interdict [STORE]
#
# Every operation, every check (no server error, and status, media type, headers and body as the document says; what the
# document allows is taken, what it forbids is refused). Without a store the bundled list answers. The store is copied.
# EXAMPLES (default 100) bounds the cases of an operation, SEED makes them the same again. Exit code 0: no finding.
set -eu
interdict=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'test -z "${server:-}" || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
environment=${VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/interdict-schemathesis}
test -x "$environment/bin/schemathesis" || {
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet 'schemathesis==4.32.5'
}
set -- "${2:-}"
if test -n "$1"; then
  cp "$1" "$work/store.db"
  set -- --db "$work/store.db"
else
  export XDG_DATA_HOME="$work"  # without a store of the user's the bundled list answers
  unset INTERDICT_DB
  set --
fi

: >"$work/out"
"$interdict" serve "$@" --port 0 --quiet --rate 0 --stranger-rate 0 >"$work/out" &
server=$!
url=
for _ in $(seq 300); do
  url=$(sed -n 's|^interdict serves on \(http://[^/]*\)/.*|\1|p' "$work/out")
  test -z "$url" && kill -0 "$server" || break
  sleep 0.1
done
test -n "$url" || { echo "the server did not start" >&2; exit 1; }

cd "$work"
"$environment/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$url/openapi.json" \
  --checks all --mode all --max-examples "${EXAMPLES:-100}" --seed "${SEED:-1}" --continue-on-failure \
  --no-color
kill -0 "$server"  # it is still there
