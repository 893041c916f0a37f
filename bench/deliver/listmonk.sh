#!/usr/bin/env bash
# How fast listmonk sends here, to hold the figures of this program against: a
# mailing list manager in Go on PostgreSQL, which keeps no row for each recipient.
#
#   bash bench/deliver/listmonk.sh [recipients, 50000]
#
# It is built from its module (1.1.0, the newest that Go's proxy has), told to send
# as fast as it can over as many connections as ours, to the same sink; the mail is
# of about the same size. Needs Go, psql, curl, and a PostgreSQL on 127.0.0.1:5432
# that lets user postgres in.
set -euo pipefail
cd "$(dirname "$0")/../.."
n="${1:-50000}"
version=v1.1.0 port=9737 db="listmonk_bench_$$"
dir="$(mktemp -d)"
psql() { command psql -qtAX -v ON_ERROR_STOP=1 -h 127.0.0.1 -U postgres "$@"; }
end() {
  set +e
  [ -z "${monk:-}" ] || kill "$monk" 2>/dev/null
  exec 3>&- 4<&-
  wait 2>/dev/null
  psql -d postgres -c "DROP DATABASE IF EXISTS $db WITH (FORCE)" 2>/dev/null
  chmod -R u+w "$dir" && rm -rf "$dir"
}
trap end EXIT

go build -o "$dir/deliver" ./bench/deliver
(cd "$dir" && src="$(GOFLAGS=-mod=mod go mod download -json "github.com/knadh/listmonk@$version" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')" &&
  cp -r "$src" src && chmod -R u+w src && cd src && go build -o listmonk ./cmd 2>/dev/null &&
  mkdir -p frontend/dist/frontend && cp frontend/public/favicon.png frontend/dist/favicon.png 2>/dev/null || touch frontend/dist/favicon.png)

mkfifo "$dir/ask" "$dir/said"
"$dir/deliver" sink <"$dir/ask" >"$dir/said" &
exec 3>"$dir/ask" 4<"$dir/said"
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; }
read -r hello <&4
addr="$(field addr <<<"$hello")"
count() { echo count >&3 && read -r answer <&4 && echo "$answer"; }

psql -d postgres -c "CREATE DATABASE $db"
cat >"$dir/config.toml" <<T
[app]
address = "127.0.0.1:$port"
admin_username = "a"
admin_password = "b"
[db]
host = "127.0.0.1"
port = 5432
user = "postgres"
password = "postgres"
database = "$db"
ssl_mode = "disable"
max_open = 25
max_idle = 25
max_lifetime = "300s"
T
cd "$dir/src"
./listmonk --config "$dir/config.toml" --install --yes >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
psql -d "$db" <<S
UPDATE settings SET value = '16' WHERE key = 'app.concurrency';
UPDATE settings SET value = '1000000' WHERE key = 'app.message_rate';
UPDATE settings SET value = '5000' WHERE key = 'app.batch_size';
UPDATE settings SET value = 'false' WHERE key = 'app.check_updates';
UPDATE settings SET value = '[{"enabled":true,"host":"${addr%:*}","port":${addr##*:},"auth_protocol":"none","username":"","password":"","hello_hostname":"","max_conns":16,"idle_timeout":"15s","wait_timeout":"5s","max_msg_retries":2,"tls_enabled":false,"tls_skip_verify":false,"email_headers":[]}]' WHERE key = 'smtp';
TRUNCATE subscribers, lists CASCADE;
INSERT INTO lists (id, uuid, name, type, optin) VALUES (100, gen_random_uuid(), 'all', 'private', 'single');
INSERT INTO subscribers (uuid, email, name, status) SELECT gen_random_uuid(), 'p' || i || '@example.org', 'Person ' || i, 'enabled' FROM generate_series(1, $n) i;
INSERT INTO subscriber_lists (subscriber_id, list_id, status) SELECT id, 100, 'confirmed' FROM subscribers;
UPDATE templates SET body = '<html><body>{{ template "content" . }}</body></html>';
INSERT INTO campaigns (id, uuid, name, subject, from_email, body, altbody, content_type, status, messenger, template_id)
  SELECT 100, gen_random_uuid(), 'c', 'Situation update', 'alerts@relief.example.org',
    '<p>For {{ .Subscriber.Name }}, {{ .Subscriber.Email }}</p>' || repeat('<p>Stay where you are, away from windows, until it has been quiet for an hour.</p>', 27),
    'For {{ .Subscriber.Name }}: ' || repeat('Stay where you are until it has been quiet for an hour. ', 18), 'html', 'draft', 'email', (SELECT min(id) FROM templates);
INSERT INTO campaign_lists (campaign_id, list_id, list_name) VALUES (100, 100, 'all');
ANALYZE;
S
./listmonk --config "$dir/config.toml" >"$dir/log" 2>&1 &
monk=$!
for _ in $(seq 100); do curl -s -o "$dir/out" "http://127.0.0.1:$port/" && break; sleep 0.1; done
used() { awk '{print ($14 + $15) / 100}' "/proc/$monk/stat"; }
before="$(used)"
curl -sf -u a:b -X PUT -H 'Content-Type: application/json' -d '{"status":"running"}' "http://127.0.0.1:$port/api/campaigns/100/status" >"$dir/out" || { cat "$dir/log"; exit 1; }
taken=0 same=0 most=0
while [ "$taken" -lt "$n" ] && [ "$same" -lt 300 ]; do
  sleep 0.2
  got="$(count | field taken)"
  if [ "$got" = "$taken" ]; then same=$((same + 1)); else same=0; fi
  taken="$got"
  rss="$(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$monk/status")"
  [ "$rss" -le "$most" ] || most="$rss"
done
answer="$(count)"
awk -v n="$taken" -v of="$n" -v a="$(field first <<<"$answer")" -v b="$(field last <<<"$answer")" -v cpu="$(used)" -v before="$before" -v mb="$most" -v v="$version" 'BEGIN {
  printf "listmonk %s: %d of %d mails, %.0f a second, %d MB at most, %.0f µs of processor time a mail\n", v, n, of, (n - 1) / ((b - a) / 1e9), mb, (cpu - before) * 1e6 / n }'
