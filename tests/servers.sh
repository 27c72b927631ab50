# Runs a real one-node Kafka broker for the tests, on loopback only. Meant to
# be sourced. Everything is plain POSIX sh, which has no local variables, so the
# private names all begin with _kafka_. A function that fails says why in one
# line on stdout, so that a test can pass it on as the reason for a skip.

# Prints the first free port at or above $1. The caller begins below 32768,
# where Linux by default hands out no ports to outgoing connections: otherwise
# some client could take the broker's port while the broker is down. tcp6 is
# read too because Java listens on 127.0.0.1 through an IPv6 socket.
_kafka_free_port() {
	_kafka_p=$1
	while cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		grep -q "^ *[0-9]*: [0-9A-F]*:$(printf %04X "$_kafka_p") "; do
		_kafka_p=$((_kafka_p + 1))
	done
	echo "$_kafka_p"
}

# kafka_fetch CACHE_DIR
# The jars arrive in a directory of their own and are renamed at the end, so
# that an interrupted download is never taken for a complete one.
kafka_fetch() {
	command -v java >/dev/null || { echo "java is missing"; return 1; }
	[ -e "$1/lib/kafka-tools-3.9.1.jar" ] && return 0
	command -v mvn >/dev/null || { echo "mvn is missing"; return 1; }
	mkdir -p "$1" || { echo "cannot create $1"; return 1; }
	# The broker's own artifact has no TopicCommand; kafka-tools has, but drags
	# in all of Connect, none of which is needed here. Without an slf4j binding
	# the broker would log nothing, not even why it does not start.
	cat >"$1/pom.xml" <<-EOF
	<project>
		<modelVersion>4.0.0</modelVersion>
		<groupId>test</groupId><artifactId>kafka-jars</artifactId><version>1</version>
		<dependencies>
			<dependency>
				<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>3.9.1</version>
			</dependency>
			<dependency>
				<groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>3.9.1</version>
				<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
			</dependency>
			<dependency>
				<groupId>org.slf4j</groupId><artifactId>slf4j-reload4j</artifactId><version>1.7.36</version>
			</dependency>
		</dependencies>
	</project>
	EOF
	if ! timeout 300 mvn -q -B -f "$1/pom.xml" dependency:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory="lib.$$" \
		>"$1/mvn.log" 2>&1 </dev/null || [ ! -e "$1/lib.$$/kafka-tools-3.9.1.jar" ]; then
		rm -rf "$1/lib.$$"
		echo "the Kafka jars could not be downloaded (see $1/mvn.log)"
		return 1
	fi
	# Another test may have finished the same download in the meantime, and a
	# broker may already be running from it, so its copy is left alone.
	if [ -e "$1/lib/kafka-tools-3.9.1.jar" ]; then
		rm -rf "$1/lib.$$"
	else
		rm -rf "${1:?}/lib" && mv "$1/lib.$$" "$1/lib"
	fi
}

# Writes the configuration into the directory $1 (absolute) with ports $2, $3.
_kafka_configure() {
	# A single node cannot satisfy the default replication factor of 3 of the
	# internal topics. Retention is off because a test may well write records
	# with old timestamps. The node id is random because kafka_start tells by it
	# whether the broker that answers is this one, and not a leftover of some
	# other test that holds the port.
	_kafka_node=$(($(od -An -N3 -tu4 /dev/urandom) + 1))
	cat >"$1/server.properties" <<-EOF
	process.roles=broker,controller
	node.id=$_kafka_node
	controller.quorum.voters=$_kafka_node@127.0.0.1:$3
	controller.listener.names=CONTROLLER
	listeners=PLAINTEXT://127.0.0.1:$2,CONTROLLER://127.0.0.1:$3
	listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
	log.dirs=$1/data
	log.retention.ms=-1
	offsets.topic.replication.factor=1
	transaction.state.log.replication.factor=1
	transaction.state.log.min.isr=1
	group.initial.rebalance.delay.ms=0
	EOF
	cat >"$1/log4j.properties" <<-EOF
	log4j.rootLogger=WARN, out
	log4j.appender.out=org.apache.log4j.ConsoleAppender
	log4j.appender.out.layout=org.apache.log4j.PatternLayout
	log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c)%n
	EOF
}

# kafka_start CACHE_DIR DATA_DIR
# Sets KAFKA_PID and KAFKA_PORT. It has to run in the test's own shell, not in
# a $(...), or these would be lost.
kafka_start() {
	KAFKA_PID=
	command -v kcat >/dev/null || { echo "kcat is missing"; return 1; }
	_kafka_lib=$(cd "$1/lib" 2>/dev/null && pwd) || { echo "no jars in $1/lib"; return 1; }
	_kafka_dir=$(mkdir -p "$2" && cd "$2" && pwd) || { echo "cannot use $2"; return 1; }
	# The formatter writes meta.properties last, so it tells a usable directory
	# from one where formatting was cut short. A usable one keeps its ports.
	if [ ! -e "$_kafka_dir/data/meta.properties" ]; then
		# Tests that start at the same time begin their search apart.
		_kafka_p=$(_kafka_free_port $((20000 + $$ % 6000 * 2)))
		_kafka_configure "$_kafka_dir" "$_kafka_p" "$(_kafka_free_port $((_kafka_p + 1)))"
		java -Xmx512m "-Dlog4j.configuration=file:$_kafka_dir/log4j.properties" \
			-cp "$_kafka_lib/*" kafka.tools.StorageTool format \
			-t MkU3OEVBNTcwNTJENDM2Qg -c "$_kafka_dir/server.properties" \
			>>"$_kafka_dir/log" 2>&1 </dev/null ||
			{ echo "the Kafka storage could not be formatted (see $_kafka_dir/log)"; return 1; }
	fi
	KAFKA_PORT=$(sed -n 's/^listeners=PLAINTEXT:..127.0.0.1:\([0-9]*\),.*/\1/p' \
		"$_kafka_dir/server.properties")
	_kafka_node=$(sed -n 's/^node.id=//p' "$_kafka_dir/server.properties")
	# The exec makes $! the pid of java itself, not of a shell around it.
	(
		cd "$_kafka_dir" && exec java -Xmx512m \
			"-Dlog4j.configuration=file:$_kafka_dir/log4j.properties" \
			-cp "$_kafka_lib/*" kafka.Kafka server.properties
	) >>"$_kafka_dir/log" 2>&1 </dev/null &
	KAFKA_PID=$!
	_kafka_end=$(($(date +%s) + 60))
	# An answer alone is not enough: this broker has to be listed in it, and
	# after a restart every partition has to have found its leader again.
	until kcat -L -m 1 -b "127.0.0.1:$KAFKA_PORT" 2>/dev/null |
		awk -v node="$_kafka_node" '
			$1 == "broker" && $2 == node {up = 1}
			/leader -1/ {bad = 1}
			END {exit !up || bad}'; do
		if ! kill -0 "$KAFKA_PID" 2>/dev/null; then
			KAFKA_PID=
			echo "the Kafka broker died (see $_kafka_dir/log)"
			return 1
		elif [ "$(date +%s)" -ge "$_kafka_end" ]; then
			kafka_stop
			echo "the Kafka broker was not ready within 60 s (see $_kafka_dir/log)"
			return 1
		fi
		sleep 0.2
	done
}

# kafka_stop
# Does nothing when no broker runs, so that it can stand in an exit trap. Fails
# when the broker had to be killed, as its data may then need recovery.
kafka_stop() {
	[ -n "${KAFKA_PID:-}" ] || return 0
	_kafka_rc=0
	_kafka_end=$(($(date +%s) + 30))
	kill -TERM "$KAFKA_PID" 2>/dev/null || :
	while kill -0 "$KAFKA_PID" 2>/dev/null; do
		if [ "$(date +%s)" -ge "$_kafka_end" ]; then
			kill -9 "$KAFKA_PID" 2>/dev/null || :
			_kafka_rc=1
			break
		fi
		sleep 0.2
	done
	# The broker is a child of this shell and only wait makes sure it is gone.
	wait "$KAFKA_PID" 2>/dev/null || :
	KAFKA_PID=
	return $_kafka_rc
}

# kafka_topic CACHE_DIR NAME PARTITIONS
# The command returns when the topic is made, which may be a moment before the
# broker serves it, and so the partitions' leaders are awaited as well.
kafka_topic() {
	_kafka_out=$(java -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$1/lib/*" \
		org.apache.kafka.tools.TopicCommand --bootstrap-server "127.0.0.1:$KAFKA_PORT" \
		--create --topic "$2" --partitions "$3" 2>&1 </dev/null) || {
		echo "topic $2 was not created: $(echo "$_kafka_out" | grep -m 1 -v log4j)"
		return 1
	}
	_kafka_end=$(($(date +%s) + 30))
	until [ "$(kcat -L -m 1 -b "127.0.0.1:$KAFKA_PORT" -t "$2" 2>/dev/null |
		grep -c 'leader [0-9]')" -eq "$3" ]; do
		if [ "$(date +%s)" -ge "$_kafka_end" ]; then
			echo "topic $2 has no leaders after 30 s"
			return 1
		fi
		sleep 0.2
	done
}
