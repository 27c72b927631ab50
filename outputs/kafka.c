/*
 * The output that produces to Apache Kafka with librdkafka.
 *
 * librdkafka's threads are seen only through its event queue, whose descriptor is polled by our loop. A message is sent straight
 * from its block (neither F_COPY nor F_FREE), which therefore lives until its last delivery report. Record timestamps are event
 * times. The producer is idempotent unless `config` says otherwise, so that a retry keeps the order within a key.
 */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/num.h"
#include "base/words.h"
#include "io/loop.h"
#include "outputs/kafka_embedded.h"
#include "outputs/table.h"

static const char *const protocol_names[] = { "plaintext", "ssl", "sasl_plaintext", "sasl_ssl", NULL };

struct opts {
	char *brokers, *topic, *key, *sasl_mechanism, *sasl_username, *sasl_password, *ssl_ca, *ssl_certificate, *ssl_key;
	char *topics, *headers, *config;
	int security_protocol;
	int64_t partitions;
};

static const struct param params[] = {
	P_TEXT(struct opts, brokers, "embedded", .flags = PARAM_LIST,
	       .help = "HOST:PORT of one or more brokers, or embedded for a broker inside this program."),
	P_TEXT(struct opts, topic, "fluxdeck", .flags = PARAM_PROGRAM, .help = "The topic; ${...} with fields of the event, event.type or module makes several."),
	P_PAIRS(struct opts, topics, .flags = PARAM_PROGRAM,
		.help = "Instead of topic: TYPE=TOPIC of each event type; default=TOPIC is for all others."),
	P_TEXT(struct opts, key, "", .flags = PARAM_PROGRAM, .help = "The record's key, with ${...}; empty takes the event's own key."),
	P_CHOICE(struct opts, security_protocol, protocol_names, 0, .help = "How to talk to the brokers."),
	P_TEXT(struct opts, sasl_mechanism, "", .help = "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI."),
	P_TEXT(struct opts, sasl_username, "", .help = "User name for SASL."),
	P_SECRET(struct opts, sasl_password, .help = "Password for SASL; take it from the environment with ${env.NAME}."),
	P_TEXT(struct opts, ssl_ca, "", .help = "File with the certificates of the authorities to trust."),
	P_TEXT(struct opts, ssl_certificate, "", .help = "File with our own certificate."),
	P_TEXT(struct opts, ssl_key, "", .help = "File with the key of our own certificate."),
	P_PAIRS(struct opts, headers, .help = "Headers that every record carries."),
	P_INT(struct opts, partitions, 1, 1000, 4, .help = "Partitions of a topic of the embedded broker."),
	P_PAIRS(struct opts, config, .help = "Any property of librdkafka, one to one."),
	P_END
};

struct state {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	rd_kafka_headers_t *headers;
	struct embedded_broker *embedded;
	rd_kafka_topic_t **topics;      /* per place */
	uint32_t topic_n;
	int event_fd;
	uv_poll_t poll;
	uv_timer_t timer;
	unsigned handles;               /* still open on the loop */
	uint64_t under_way;
	bool closing, abandoned, closed;
	char brokers[256];
};

/* ---- configuration ---- */

/* host:port, the way librdkafka takes it; reads one and moves on. */
static bool next_broker(const char **at, char *host, size_t room)
{
	const char *colon;

	if (!words_next(at, host, room))
		return false;
	colon = strrchr(host, ':');
	if (colon && strspn(colon + 1, "0123456789") == strlen(colon + 1))
		host[colon - host] = '\0';
	return true;
}

static bool host(const void *opts, unsigned i, char *to, size_t room)
{
	const struct opts *opt = opts;
	const char *at = opt->brokers;

	if (strcmp(opt->brokers, "embedded") == 0)
		return false;
	do {
		if (!next_broker(&at, to, room))
			return false;
	} while (i-- > 0);
	return true;
}

static int check_brokers(const struct opts *opt, struct err *e)
{
	const char *at = opt->brokers;
	char one[300];
	bool any = false;

	if (strcmp(at, "embedded") == 0)
		return 0;
	while (words_next(&at, one, sizeof one)) {
		const char *port;
		int64_t number = 9092;

		any = true;
		port = one[0] == '[' ? strstr(one, "]:") : strrchr(one, ':');
		if (port)
			port += one[0] == '[' ? 2 : 1;
		if ((port && (num_int(port, &number, NULL) < 0 || number < 1 || number > 65535)) || one[0] == ':' ||
		    strpbrk(one, "/@?#") || strlen(one) + 1 == sizeof one)
			return err_set(e, ERR_INPUT, "brokers: '%s' is not HOST:PORT (like localhost:9092)", one);
	}
	return any ? 0 : err_set(e, ERR_INPUT, "brokers is empty: name HOST:PORT, or embedded");
}

static int set(rd_kafka_conf_t *conf, const char *key, const char *value, struct err *e)
{
	char why[300];

	if (rd_kafka_conf_set(conf, key, value, why, sizeof why) == RD_KAFKA_CONF_OK)
		return 0;
	/* The library's sentence names the property and, for a secret, not the value. */
	return err_set(e, ERR_INPUT, "config: %s", why);
}

/* Calls use() for each line key=value. */
static int each_pair(const char *pairs, int (*use)(void *to, const char *key, const char *value, struct err *e), void *to, struct err *e)
{
	struct word_pair p;
	int result = 0;

	while (result == 0 && words_next_pair(&pairs, &p)) {
		char *key = strndup(p.key, p.key_n), *value = strndup(p.value, p.value_n);

		result = key && value ? use(to, key, value, e) : err_memory(e);
		free(key);
		free(value);
	}
	return result;
}

/* Properties that are not the scenario's to set: where the brokers are is checked elsewhere, and a scenario starts no programs. */
static int set_pair(void *conf, const char *key, const char *value, struct err *e)
{
	static const struct { const char *key, *why; } refused[] = {
		{ "bootstrap.servers", "name them under brokers" }, { "metadata.broker.list", "name them under brokers" },
		{ "plugin.library.paths", "it would load code" }, { "ssl.engine.location", "it would load code" },
		{ "sasl.kerberos.kinit.cmd", "it would run a command" }, { "sasl.oauthbearer.method", "it would fetch tokens from anywhere" },
		{ "delivery.report.only.error", "every delivery is counted" }, { "transactional.id", "there are no transactions here" },
	};

	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (strcmp(key, refused[i].key) == 0)
			return err_set(e, ERR_INPUT, "config: %s cannot be set: %s", key, refused[i].why);
	return set(conf, key, value, e);
}

static int add_header(void *headers, const char *key, const char *value, struct err *e)
{
	if (rd_kafka_header_add(headers, key, -1, value, -1) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return err_memory(e);
	return 0;
}

static int configure(rd_kafka_conf_t *conf, const struct opts *opt, int64_t retry_ns, const char *brokers, struct err *e)
{
	const char *const texts[][2] = {
		{ "bootstrap.servers", brokers }, { "security.protocol", protocol_names[opt->security_protocol] },
		{ "sasl.mechanism", opt->sasl_mechanism }, { "sasl.username", opt->sasl_username },
		{ "sasl.password", opt->sasl_password }, { "ssl.ca.location", opt->ssl_ca },
		{ "ssl.certificate.location", opt->ssl_certificate }, { "ssl.key.location", opt->ssl_key },
		{ "client.id", "fluxdeck" }, { "enable.idempotence", "true" }, { "log.queue", "true" },
		/* Our pool of blocks is the queue; the library's own must never be the narrower one. */
		{ "queue.buffering.max.messages", "10000000" }, { "queue.buffering.max.kbytes", "2097151" },
		{ "linger.ms", "5" },
	};
	char timeout[NUM_TEXT];

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (*texts[i][1] && set(conf, texts[i][0], texts[i][1], e) < 0)
			return -1;
	/* 0 is for ever: `when_full: wait` loses nothing, however long the brokers are away. */
	num_put_int(timeout, retry_ns ? (retry_ns + 999999) / 1000000 : 0);
	if (set(conf, "message.timeout.ms", timeout, e) < 0 || each_pair(opt->config, set_pair, conf, e) < 0)
		return -1;
	rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG);
	return 0;
}

/* Of an event type, or of all. What ${...} makes is seen when it is made. */
static int check_topic(void *unused, const char *type, const char *name, struct err *e)
{
	(void)unused;
	if (!*name)
		return type ? err_set(e, ERR_INPUT, "topics: that of '%.60s' is missing", type) : err_set(e, ERR_INPUT, "topic is missing");
	if (!strchr(name, '$') && (strlen(name) > 249 || strspn(name, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen(name)))
		return err_set(e, ERR_INPUT, "%s '%.80s' is no topic name: at most 249 letters, digits, '.', '_' and '-'", type ? "topics:" : "topic", name);
	return 0;
}

static int check(const void *opts, struct err *e)
{
	const struct opts *opt = opts;
	rd_kafka_conf_t *conf;
	int result;

	if (check_brokers(opt, e) < 0)
		return -1;
	if (check_topic(NULL, NULL, opt->topic, e) < 0 || each_pair(opt->topics, check_topic, NULL, e) < 0)
		return -1;
	conf = rd_kafka_conf_new();
	result = configure(conf, opt, 0, opt->brokers, e);
	rd_kafka_conf_destroy(conf);
	return result;
}

/* ---- events of the library ---- */

static void take_logs(struct output *o, rd_kafka_event_t *ev)
{
	const char *area, *text;
	int level;

	(void)o;
	if (rd_kafka_event_log(ev, &area, &text, &level) == 0)
		log_say(level <= 4 ? LOG_LEVEL_WARN : LOG_LEVEL_DEBUG, "librdkafka", "%s %s", area, text);
}

static void take_error(struct output *o, rd_kafka_event_t *ev)
{
	struct state *st = o->state;
	rd_kafka_resp_err_t code = rd_kafka_event_error(ev);
	struct err e;
	char why[300];

	err_set(&e, ERR_IO, "%s", rd_kafka_event_error_string(ev));
	if (code == RD_KAFKA_RESP_ERR__FATAL) {
		rd_kafka_fatal_error(st->rk, why, sizeof why);
		err_set(&e, ERR_FATAL, "%s", why);
	}
	/* The library goes on trying: this is shown, and what it means for the events is told by their reports. */
	output_trouble(o, &e);
}

static void take_reports(struct output *o, rd_kafka_event_t *ev)
{
	struct state *st = o->state;
	const rd_kafka_message_t *m = rd_kafka_event_message_next(ev), *bad = NULL;

	while (m) {
		struct block *k = m->_private;
		uint32_t delivered = 0, failed = 0;
		struct err e;

		/* Neighbours of one block are settled together. */
		for (; m && m->_private == k; m = rd_kafka_event_message_next(ev)) {
			if (!m->err) {
				delivered++;
				continue;
			}
			failed++;
			bad = m;
		}
		st->under_way -= delivered + failed;
		if (bad && !st->closing) {
			err_set(&e, ERR_IO, "topic '%s': %s", bad->rkt ? rd_kafka_topic_name(bad->rkt) : "?",
				rd_kafka_err2str(bad->err));
			output_trouble(o, &e);
			bad = NULL;
		} else if (delivered) {
			output_well(o);
		}
		output_settled(o, k, delivered, failed);
	}
}

/* Takes everything that waits: the descriptor only says that the queue is no longer empty. */
static void drain(struct output *o)
{
	struct state *st = o->state;
	rd_kafka_event_t *ev;
	bool any = false;

	while (st->queue && (ev = rd_kafka_queue_poll(st->queue, 0))) {
		switch (rd_kafka_event_type(ev)) {
		case RD_KAFKA_EVENT_DR: take_reports(o, ev); break;
		case RD_KAFKA_EVENT_ERROR: take_error(o, ev); break;
		case RD_KAFKA_EVENT_LOG: take_logs(o, ev); break;
		default: break;
		}
		rd_kafka_event_destroy(ev);
		any = true;
	}
	if (any && !st->closing)
		output_ready(o);
}

static void finish(struct output *o);

static void on_event(uv_poll_t *h, int status, int events)
{
	struct output *o = h->data;
	struct state *st = o->state;
	uint64_t count;

	(void)status;
	(void)events;
	if (read(st->event_fd, &count, sizeof count) < 0)
		return;
	drain(o);
	finish(o);
}

/* An event that was queued before the descriptor was enabled never wakes anybody; so somebody looks now and then. */
static void on_timer(uv_timer_t *h)
{
	struct output *o = h->data;

	drain(o);
	finish(o);
}

/* ---- the output ---- */

static int make_client(struct output *o, const char *brokers, struct err *e)
{
	struct state *st = o->state;
	const struct opts *opt = o->opts;
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[300];
	uint64_t one = 1;

	if (configure(conf, opt, o->retry_ns, brokers, e) < 0) {
		rd_kafka_conf_destroy(conf);
		return -1;
	}
	st->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (!st->rk) {
		rd_kafka_conf_destroy(conf);    /* only a success takes it */
		return err_set(e, ERR_INPUT, "%s", why);
	}
	st->queue = rd_kafka_queue_get_main(st->rk);
	rd_kafka_set_log_queue(st->rk, st->queue);
	st->event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (st->event_fd < 0)
		return err_set(e, ERR_IO, "no event descriptor");
	rd_kafka_queue_io_event_enable(st->queue, st->event_fd, &one, sizeof one);
	return 0;
}

static int open_kafka(struct output *o, struct err *e)
{
	struct state *st = o->state;
	const struct opts *opt = o->opts;

	st->event_fd = -1;
	snprintf(st->brokers, sizeof st->brokers, "%s", opt->brokers);
	if (strcmp(opt->brokers, "embedded") == 0) {
		st->embedded = embedded_broker_new(e);
		if (!st->embedded)
			return -1;
		snprintf(st->brokers, sizeof st->brokers, "%s", embedded_broker_address(st->embedded));
		log_info(o->name, "embedded broker listens on %s", st->brokers);
	}
	if (make_client(o, st->brokers, e) < 0)
		goto fail;
	if (*opt->headers) {
		st->headers = rd_kafka_headers_new(8);
		if (each_pair(opt->headers, add_header, st->headers, e) < 0)
			goto fail;
	}
	uv_poll_init(loop_uv(o->loop), &st->poll, st->event_fd);
	uv_timer_init(loop_uv(o->loop), &st->timer);
	st->poll.data = st->timer.data = o;
	st->handles = 2;
	uv_poll_start(&st->poll, UV_READABLE, on_event);
	uv_timer_start(&st->timer, on_timer, 100, 500);
	return 0;
fail:
	if (st->queue)
		rd_kafka_queue_destroy(st->queue);
	if (st->rk)
		rd_kafka_destroy(st->rk);
	if (st->event_fd >= 0)
		close(st->event_fd);
	if (st->headers)
		rd_kafka_headers_destroy(st->headers);
	embedded_broker_free(st->embedded);
	memset(st, 0, sizeof *st);
	return -1;
}

static rd_kafka_topic_t *topic_of(struct output *o, uint32_t place, struct err *e)
{
	struct state *st = o->state;

	if (place >= st->topic_n) {
		uint32_t n = place + 1;
		rd_kafka_topic_t **topics = realloc(st->topics, n * sizeof *topics);

		if (!topics) {
			err_memory(e);
			return NULL;
		}
		memset(topics + st->topic_n, 0, (n - st->topic_n) * sizeof *topics);
		st->topics = topics;
		st->topic_n = n;
	}
	if (!st->topics[place]) {
		const char *name = output_place(o, place);

		if (st->embedded)
			embedded_broker_topic(st->embedded, name, (int)((const struct opts *)o->opts)->partitions);
		st->topics[place] = rd_kafka_topic_new(st->rk, name, NULL);
		if (!st->topics[place])
			err_set(e, ERR_FATAL, "topic '%.100s': %s", name, rd_kafka_err2str(rd_kafka_last_error()));
	}
	return st->topics[place];
}

static rd_kafka_resp_err_t produce(struct state *st, struct block *k, const struct record *r, rd_kafka_topic_t *topic)
{
	rd_kafka_vu_t v[6] = {
		{ .vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = topic },
		/* No flags: librdkafka reads the payload where it is. The newline is ours, not the message's. */
		{ .vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = { .ptr = k->bytes.data + r->at, .size = r->n - 1 } },
		{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = r->time_ns / 1000000 },
		{ .vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = k },
	};
	size_t n = 4;
	rd_kafka_headers_t *headers = NULL;
	rd_kafka_error_t *error;
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;

	if (r->key_n)           /* an empty key is not no key */
		v[n++] = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_KEY,
					  .u.mem = { .ptr = k->bytes.data + r->at - r->key_n, .size = r->key_n } };
	if (st->headers) {
		headers = rd_kafka_headers_copy(st->headers);
		v[n++] = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers };
	}
	error = rd_kafka_produceva(st->rk, v, n);
	if (error) {
		code = rd_kafka_error_code(error);
		rd_kafka_error_destroy(error);
		if (headers)
			rd_kafka_headers_destroy(headers);
	}
	return code;
}

static enum output_put put(struct output *o, struct block *k, struct err *e)
{
	struct state *st = o->state;

	/* Reports come on this thread only, so the block cannot be settled while it is walked. */
	for (uint32_t i = k->taken; i < k->n; i++) {
		rd_kafka_topic_t *topic = topic_of(o, k->records[i].place, e);
		rd_kafka_resp_err_t code;

		if (!topic)
			return OUTPUT_BROKEN;
		code = produce(st, k, &k->records[i], topic);
		if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL)
			return OUTPUT_FULL;
		if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
		    code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION) {
			/* This one message never will: it is counted, the others go on. */
			err_set(e, ERR_IO, "an event of %u bytes was refused: %s", k->records[i].n, rd_kafka_err2str(code));
			output_trouble(o, e);
			k->taken++;
			if (k->settled + 1 == k->n) {
				output_settled(o, k, 0, 1);
				return OUTPUT_TAKEN;
			}
			output_settled(o, k, 0, 1);
			continue;
		}
		if (code) {
			err_set(e, code == RD_KAFKA_RESP_ERR__FATAL ? ERR_FATAL : ERR_IO, "%s", rd_kafka_err2str(code));
			return OUTPUT_BROKEN;
		}
		k->taken++;
		st->under_way++;
	}
	return OUTPUT_TAKEN;
}

static void handle_closed(uv_handle_t *h)
{
	struct output *o = h->data;
	struct state *st = o->state;

	if (--st->handles)
		return;
	close(st->event_fd);
	free(st->topics);
	st->topics = NULL;
	embedded_broker_free(st->embedded);
	st->embedded = NULL;
	output_closed(o);
}

/* Closing ends when nothing is under way any more. */
static void finish(struct output *o)
{
	struct state *st = o->state;

	/* Abandoned: messages without a report are the account's `lost at exit`; destroying the client frees them. */
	if (!st->closing || st->closed || (st->under_way && !st->abandoned))
		return;
	st->closed = true;
	for (uint32_t i = 0; i < st->topic_n; i++)
		if (st->topics[i])
			rd_kafka_topic_destroy(st->topics[i]);
	rd_kafka_queue_destroy(st->queue);
	st->queue = NULL;
	rd_kafka_destroy(st->rk);
	if (st->headers)
		rd_kafka_headers_destroy(st->headers);
	uv_close((uv_handle_t *)&st->poll, handle_closed);
	uv_close((uv_handle_t *)&st->timer, handle_closed);
}

static void close_kafka(struct output *o, bool abandon)
{
	struct state *st = o->state;

	if (st->closed)
		return;
	st->closing = true;
	if (abandon) {
		/* Reports of everything under way, as purged, come at once. */
		rd_kafka_purge(st->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
		drain(o);
		st->abandoned = true;
	}
	finish(o);
}

static void describe(struct output *o, struct buf *to)
{
	const struct state *st = o->state;

	output_places(o, to);
	buf_printf(to, " at %s%s", st->brokers, st->embedded ? " (embedded)" : "");
}

const struct output_class output_kafka = {
	.name = "kafka", .summary = "topics of Apache Kafka", .params = params, .opts_size = sizeof(struct opts),
	.state_size = sizeof(struct state), .keyed = true, .bare_lines = true, .network = true, .place_row = "topic",
	.places_row = "topics", .key_row = "key", .check = check, .host = host, .open = open_kafka, .put = put, .close = close_kafka,
	.describe = describe,
};
