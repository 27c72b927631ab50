#!/bin/sh
# A real Kafka and a real consumer: a million keyed events, every one read back once, in order within its key; then with the broker
# stopped and started again in the middle. The embedded broker is read by kcat, too.
EVENTS=${KAFKA_EVENTS:-1000000}
command -v kcat >/dev/null || { echo '1..0 # SKIP kcat is not installed'; exit 0; }
"$FLUXDECK" version | grep -q 'output kafka: yes' || { echo '1..0 # SKIP built without librdkafka'; exit 0; }
. "$srcdir/tests/servers.sh"
# shellcheck source=tests/tap.sh
. "$srcdir/tests/tap.sh"
work=$(mktemp -d) || exit 1
cache=${FLUXDECK_CACHE:-$builddir/kafka-cache}
trap 'kafka_stop 2>/dev/null; [ -n "$run" ] && kill "$run" 2>/dev/null; rm -rf "$work"' EXIT
run=
# wait_for SECONDS COMMAND...: true as soon as the command is.
wait_for() {
	tries=$(($1 * 10))
	shift
	while [ $tries -gt 0 ]; do
		"$@" && return 0
		tries=$((tries - 1))
		sleep 0.1
	done
	return 1
}
read_topic() {
	kcat -C -e -q -b "127.0.0.1:$KAFKA_PORT" -t "$1" -f '%k %p %s\n' -X queued.min.messages=10000000 -X fetch.wait.max.ms=10
}
# Lines "KEY PARTITION {json}" of a topic: all trades once, ids of a key rising by one, one partition for a key.
judge() {
	awk -v want="$1" '{
		key = $1; match($0, /"id":[0-9]+/); id = substr($0, RSTART + 5, RLENGTH - 5) + 0
		if (key in part && part[key] != $2) other++
		part[key] = $2
		if (id != last[key] + 1) gaps++
		last[key] = id; total++
	} END { printf "%d events, %d out of order or missing, %d keys on two partitions\n", total, gaps, other; exit !(total == want && !gaps && !other) }'
}

# ---- the embedded broker ----
"$FLUXDECK" run --generator market --kinds trade --rate 2000 --for 20s --output kafka --topic ticks --seed 1 2>"$work/embedded" &
run=$!
wait_for 10 grep -q 'listens on' "$work/embedded"
address=$(sed -n 's/.*embedded broker listens on \(127[0-9.:]*\).*/\1/p' "$work/embedded")
timeout 20 kcat -C -q -b "$address" -t ticks -c 5000 -f '%k %T %s\n' >"$work/read" 2>/dev/null
[ "$(wc -l <"$work/read")" -eq 5000 ] && ! grep -qv '^STK[0-4] 1[0-9]* {' "$work/read"
claim $? "kcat reads the embedded broker while the stream runs"
kill -INT "$run"
wait "$run"
claim $? "and Ctrl-C ends it in order"
run=

"$FLUXDECK" run --generator market --kinds trade,quote --instruments 2 --rate 500 --for 200s --output kafka --set kafka.topics=trade=deals \
	--set 'kafka.topics=default=${event.type}-${symbol}' --seed 1 2>"$work/embedded" &
run=$!
wait_for 10 grep -q 'listens on' "$work/embedded"
address=$(sed -n 's/.*embedded broker listens on \(127[0-9.:]*\).*/\1/p' "$work/embedded")
# A topic comes with its first event: until then kcat may find none, and leave.
two_hundred() {
	timeout 20 kcat -C -q -b "$address" -t "$1" -c 200 -f '%s\n' >"$work/$1" 2>/dev/null && [ "$(wc -l <"$work/$1")" -eq 200 ]
}
for topic in deals quote-STK0 quote-STK1; do
	wait_for 5 two_hundred $topic
done
[ "$(grep -c '"event_type":"trade"' "$work/deals")" -eq 200 ] &&
	[ "$(grep -c '"symbol":"STK0",.*"event_type":"quote"' "$work/quote-STK0")" -eq 200 ] &&
	[ "$(grep -c '"symbol":"STK1",.*"event_type":"quote"' "$work/quote-STK1")" -eq 200 ]
claim $? "each event type is in its topic"
kill -INT "$run"
wait "$run"
run=

# ---- Apache Kafka ----
if ! reason=$(kafka_fetch "$cache"); then
	echo "ok $((n + 1)) # SKIP $reason"
	echo "1..$((n + 1))"
	exit 0
fi
kafka_start "$cache" "$work/broker" >"$work/start" 2>&1
claim $? "Apache Kafka starts on a loopback port"
[ -n "$KAFKA_PORT" ] || { echo "1..$n"; exit 0; }
kafka_topic "$cache" million 4 >"$work/topic" 2>&1
"$FLUXDECK" run --generator market --kinds trade --instruments 100 --pace unlimited --events "$EVENTS" --seed 7 --output kafka \
	--brokers "127.0.0.1:$KAFKA_PORT" --topic million --flush-limit 60s 2>"$work/million"
claim $? "$(sed -n 2,3p "$work/million" | tr -s ' ' | tr '\n' ';')"
verdict=$(read_topic million | judge "$EVENTS")
claim $? "read back: $verdict"

# ---- the broker goes away in the middle ----
kafka_topic "$cache" outage 4 >"$work/topic" 2>&1
"$FLUXDECK" run --generator market --kinds trade --instruments 20 --rate 5000 --events 60000 --lateness catch_up --seed 8 --output kafka \
	--brokers "127.0.0.1:$KAFKA_PORT" --topic outage --flush-limit 60s --log "$work/outage.log" 2>"$work/outage" &
run=$!
received() { [ "$(kcat -Q -b "127.0.0.1:$KAFKA_PORT" -t outage:0:-1 2>/dev/null | sed 's/.*offset //')" -gt 100 ] 2>/dev/null; }
wait_for 20 received
claim $? "events arrive before the broker stops"
kafka_stop
wait_for 20 grep -qiE 'down|refused|disconnect|fail' "$work/outage.log"
claim $? "the program says that the broker is away"
kafka_start "$cache" "$work/broker" >"$work/start" 2>&1
wait "$run"
claim $? "and ends well after it came back: $(grep -o 'offered.*lost at exit [0-9]*' "$work/outage")"
run=
verdict=$(read_topic outage | judge 60000)
claim $? "read back: $verdict"
kafka_stop
echo "1..$n"
