/*
 * A Kafka broker inside the process: librdkafka's mock cluster on a loopback port, so that a demo needs no server and kcat can
 * read along. It keeps the latest 5 MiB of each partition, in memory.
 */
#ifndef OUTPUTS_KAFKA_EMBEDDED_H
#define OUTPUTS_KAFKA_EMBEDDED_H

#include "base/err.h"

struct embedded_broker;

struct embedded_broker *embedded_broker_new(struct err *e);
const char *embedded_broker_address(const struct embedded_broker *b);           /* HOST:PORT */
void embedded_broker_topic(struct embedded_broker *b, const char *topic, int partitions);
void embedded_broker_down(struct embedded_broker *b, int down);                 /* for tests: refuses connections while down */
void embedded_broker_free(struct embedded_broker *b);                           /* NULL is allowed */

#endif
