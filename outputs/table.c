/* The outputs of this build. */
#include "outputs/table.h"

#ifndef HAVE_KAFKA
static const struct param no_params[] = { P_END };

/* Named, so that every face can say why it is missing. */
const struct output_class output_kafka = {
	.name = "kafka", .summary = "topics of Apache Kafka", .absent = "built without librdkafka", .params = no_params,
};
#endif

const struct output_class *const output_table[] = { &output_stdout, &output_file, &output_kafka, &output_null, NULL };
