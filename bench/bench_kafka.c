/* Market to the embedded Kafka broker, against a bare loop of rd_kafka_produceva over ready-made lines to a broker of the same kind. */
#include <librdkafka/rdkafka.h>
#include <stdint.h>
#include <string.h>

#include "bench/bench.h"
#include "cli/cli.h"
#include "generators/table.h"
#include "outputs/kafka_embedded.h"
#include "outputs/table.h"
#include "value/setting.h"

enum { EVENTS = 1000000 };

static const char line[] = "{\"symbol\":\"STK3\",\"price\":193.75,\"bid\":193.03,\"ask\":193.75,\"size\":133,\"volume\":133,\"time\":\"2024-01-01T00:00:00.000001Z\"}";

static void take_reports(rd_kafka_t *rk, const rd_kafka_message_t *m, void *count)
{
	(void)rk;
	(void)m;
	++*(uint64_t *)count;
}

static double bare(void)
{
	struct embedded_broker *b = embedded_broker_new(NULL);
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	rd_kafka_topic_t *topic;
	uint64_t acked = 0;
	double start, seconds;
	rd_kafka_t *rk;
	char key[5] = "STK0";

	rd_kafka_conf_set(conf, "bootstrap.servers", embedded_broker_address(b), NULL, 0);
	rd_kafka_conf_set(conf, "enable.idempotence", "true", NULL, 0);
	rd_kafka_conf_set(conf, "queue.buffering.max.messages", "10000000", NULL, 0);
	rd_kafka_conf_set_opaque(conf, &acked);
	rd_kafka_conf_set_dr_msg_cb(conf, take_reports);
	embedded_broker_topic(b, "bare", 4);
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, NULL, 0);
	topic = rd_kafka_topic_new(rk, "bare", NULL);
	start = bench_now();
	for (uint64_t i = 0; i < EVENTS; i++) {
		rd_kafka_vu_t v[4] = {
			{ .vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = topic },
			{ .vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = { .ptr = (void *)(uintptr_t)line, .size = sizeof line - 1 } },
			{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = 1704067200000 },
			{ .vtype = RD_KAFKA_VTYPE_KEY, .u.mem = { .ptr = key, .size = 4 } },
		};

		key[3] = (char)('0' + i % 5);
		rd_kafka_error_destroy(rd_kafka_produceva(rk, v, 4));
		/* As many under way as fluxdeck allows itself. */
		while (i - acked > 130000)
			rd_kafka_poll(rk, 1);
		if (i % 1000 == 0)
			rd_kafka_poll(rk, 0);
	}
	while (acked < EVENTS)
		rd_kafka_poll(rk, 1);
	seconds = bench_now() - start;
	rd_kafka_topic_destroy(topic);
	rd_kafka_destroy(rk);
	embedded_broker_free(b);
	return EVENTS / seconds;
}

static double by_fluxdeck(void)
{
	static const struct catalogue cat = { .generators = generator_table, .outputs = output_table, .compile = setting_compile };
	char events[40];
	const char *argv[] = { "fluxdeck", "run", "--generator", "market", "--pace", "unlimited", "--events", events, "--output", "kafka",
				     "--envelope", "none", "--seed", "1", "--start", "2024-01-01", "--quiet", "--log", "/dev/null", NULL };
	double start, empty;

	/* Starting and ending a client takes a second, whatever is sent; that is measured and taken off. */
	snprintf(events, sizeof events, "1");
	start = bench_now();
	if (cli_main(&cat, (int)(sizeof argv / sizeof *argv) - 1, (char **)(uintptr_t)argv) != 0)
		exit(1);
	empty = bench_now() - start;
	snprintf(events, sizeof events, "%d", EVENTS);
	start = bench_now();
	if (cli_main(&cat, (int)(sizeof argv / sizeof *argv) - 1, (char **)(uintptr_t)argv) != 0)
		exit(1);
	return EVENTS / (bench_now() - start - empty);
}

int main(void)
{
	double limit[BENCH_RUNS], ours[BENCH_RUNS], l;

	for (int i = 0; i < BENCH_RUNS; i++) {
		limit[i] = bare();
		ours[i] = by_fluxdeck();
	}
	l = bench_median(limit, BENCH_RUNS);
	bench_line("bare rd_kafka_produceva, keyed", l, l, 1);
	bench_line("market to kafka, keyed", bench_median(ours, BENCH_RUNS), l, 0.8);
	return 0;
}
