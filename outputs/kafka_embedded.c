/* A Kafka broker inside the process. */
#include "outputs/kafka_embedded.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdlib.h>

struct embedded_broker {
	rd_kafka_t *rk;         /* hosts the cluster; it never produces */
	rd_kafka_mock_cluster_t *cluster;
};

/* Whatever the mock cluster has to say is no news for an operator. */
static void quiet(const rd_kafka_t *rk, int level, const char *area, const char *text)
{
	(void)rk;
	(void)level;
	(void)area;
	(void)text;
}

struct embedded_broker *embedded_broker_new(struct err *e)
{
	struct embedded_broker *b = calloc(1, sizeof *b);
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[300] = "no memory";

	rd_kafka_conf_set_log_cb(conf, quiet);
	if (b)
		b->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (!b || !b->rk) {
		rd_kafka_conf_destroy(conf);
		free(b);
		err_set(e, ERR_IO, "embedded broker: %s", why);
		return NULL;
	}
	b->cluster = rd_kafka_mock_cluster_new(b->rk, 1);
	if (!b->cluster) {
		embedded_broker_free(b);
		err_set(e, ERR_IO, "embedded broker: cannot listen on loopback");
		return NULL;
	}
	return b;
}

const char *embedded_broker_address(const struct embedded_broker *b)
{
	return rd_kafka_mock_cluster_bootstraps(b->cluster);
}

void embedded_broker_topic(struct embedded_broker *b, const char *topic, int partitions)
{
	rd_kafka_mock_topic_create(b->cluster, topic, partitions, 1);
}

void embedded_broker_down(struct embedded_broker *b, int down)
{
	if (down)
		rd_kafka_mock_broker_set_down(b->cluster, 1);
	else
		rd_kafka_mock_broker_set_up(b->cluster, 1);
}

void embedded_broker_free(struct embedded_broker *b)
{
	if (!b)
		return;
	if (b->cluster)
		rd_kafka_mock_cluster_destroy(b->cluster);
	rd_kafka_destroy(b->rk);
	free(b);
}
