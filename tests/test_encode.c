/* Events as JSON, CSV and text, with and without envelopes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/encode.h"

static const struct leaf leaves[] = {
	{ .name = "id", .kind = KIND_INT }, { .name = "shop.town", .kind = KIND_TEXT }, { .name = "shop.geo.lat", .kind = KIND_REAL },
	{ .name = "price", .kind = KIND_DECIMAL, .scale = 2 }, { .name = "ok", .kind = KIND_BOOL }, { .name = "at", .kind = KIND_INSTANT },
};
static const struct schema sale = SCHEMA("sale", leaves);

static void check_line(struct form form, bool null, const char *header, const char *line)
{
	union value values[6] = { { .i = 7 }, { .t = { "a,\"b\"\n", 6 } }, { .r = 0.1 }, { .i = -1005 }, { .b = true }, { .i = 1704067200123456000 } };
	struct event ev = { .schema = &sale, .values = values, .time_ns = 1704067200123456000, .number = 1, .id = 32 };
	struct encoder *en = encoder_new(&sale, form, "m", NULL);
	struct buf b, h;

	if (null)
		event_set_null(&ev, 1);
	buf_init(&b, 65536);
	buf_init(&h, 65536);
	encoder_put(en, &ev, &b);
	encoder_header(en, &h);
	assert_string_equal(b.data, line);
	assert_string_equal(h.data, header);
	buf_free(&b);
	buf_free(&h);
	encoder_free(en);
}

static void events_become_json_csv_and_text(void **state)
{
	(void)state;
	check_line((struct form){ ENCODE_NDJSON, ENVELOPE_NONE, MOMENTS_RFC3339 }, false, "",
		   "{\"id\":7,\"shop\":{\"town\":\"a,\\\"b\\\"\\n\",\"geo\":{\"lat\":0.1}},\"price\":-10.05,\"ok\":true,"
		   "\"at\":\"2024-01-01T00:00:00.123456Z\"}\n");
	check_line((struct form){ ENCODE_NDJSON, ENVELOPE_FLUXDECK, MOMENTS_MS }, true, "",
		   "{\"sys__eid\":\"000000000010\",\"sys__ets\":1704067200123,\"id\":7,\"shop\":{\"town\":null,"
		   "\"geo\":{\"lat\":0.1}},\"price\":-10.05,\"ok\":true,\"at\":1704067200123,\"event_type\":\"sale\"}\n");
	check_line((struct form){ ENCODE_CSV, ENVELOPE_NONE, MOMENTS_PLAIN }, false, "id,shop.town,shop.geo.lat,price,ok,at\n",
		   "7,\"a,\"\"b\"\"\n\",0.1,-10.05,true,2024-01-01 00:00:00.123456\n");
	check_line((struct form){ ENCODE_NDJSON, ENVELOPE_CLOUDEVENTS, MOMENTS_PLAIN }, false, "",
		   "{\"specversion\":\"1.0\",\"id\":\"000000000010\",\"source\":\"fluxdeck/m\",\"type\":\"sale\","
		   "\"time\":\"2024-01-01 00:00:00.123456\",\"datacontenttype\":\"application/json\",\"data\":{\"id\":7,"
		   "\"shop\":{\"town\":\"a,\\\"b\\\"\\n\",\"geo\":{\"lat\":0.1}},\"price\":-10.05,\"ok\":true,"
		   "\"at\":\"2024-01-01 00:00:00.123456\"}}\n");
	check_line((struct form){ ENCODE_TEXT, ENVELOPE_NONE, MOMENTS_PLAIN }, true, "",
		   "2024-01-01 00:00:00.123456 sale id=7 shop.town=null shop.geo.lat=0.1 price=-10.05 ok=true "
		   "at=\"2024-01-01 00:00:00.123456\"\n");
	check_line((struct form){ ENCODE_TEXT, ENVELOPE_NONE, MOMENTS_RFC3339 }, true, "",
		   "2024-01-01T00:00:00.123456Z sale id=7 shop.town=null shop.geo.lat=0.1 price=-10.05 ok=true "
		   "at=2024-01-01T00:00:00.123456Z\n");
	check_line((struct form){ ENCODE_NDJSON, ENVELOPE_CLOUDEVENTS, MOMENTS_RFC3339 }, true, "",
		   "{\"specversion\":\"1.0\",\"id\":\"000000000010\",\"source\":\"fluxdeck/m\",\"type\":\"sale\","
		   "\"time\":\"2024-01-01T00:00:00.123456Z\",\"datacontenttype\":\"application/json\",\"data\":{\"id\":7,\"shop\":{\"town\":null,"
		   "\"geo\":{\"lat\":0.1}},\"price\":-10.05,\"ok\":true,\"at\":\"2024-01-01T00:00:00.123456Z\"}}\n");
}

static void check_moment(int64_t ns, enum moments moments, const char *line)
{
	static const struct leaf at[] = { { .name = "at", .kind = KIND_INSTANT } };
	const struct schema one = SCHEMA("one", at);
	union value value = { .i = ns };
	struct event ev = { .schema = &one, .values = &value };
	struct encoder *en = encoder_new(&one, (struct form){ ENCODE_NDJSON, ENVELOPE_NONE, moments }, "m", NULL);
	struct buf b;

	buf_init(&b, 65536);
	encoder_put(en, &ev, &b);
	assert_string_equal(b.data, line);
	buf_free(&b);
	encoder_free(en);
}

static void instants_have_five_forms(void **state)
{
	(void)state;
	check_moment(1704099600000000000, MOMENTS_PLAIN, "{\"at\":\"2024-01-01 09:00:00\"}\n");
	check_moment(1704099600000000999, MOMENTS_PLAIN, "{\"at\":\"2024-01-01 09:00:00\"}\n");
	check_moment(1704099600000001000, MOMENTS_PLAIN, "{\"at\":\"2024-01-01 09:00:00.000001\"}\n");
	check_moment(1704099600500000000, MOMENTS_PLAIN, "{\"at\":\"2024-01-01 09:00:00.500000\"}\n");
	check_moment(-1, MOMENTS_PLAIN, "{\"at\":\"1969-12-31 23:59:59.999999\"}\n");
	check_moment(1704099600500000000, MOMENTS_RFC3339, "{\"at\":\"2024-01-01T09:00:00.500Z\"}\n");
	check_moment(1704099600500000001, MOMENTS_RFC3339, "{\"at\":\"2024-01-01T09:00:00.500000001Z\"}\n");
	check_moment(1704099600500000001, MOMENTS_MS, "{\"at\":1704099600500}\n");
	check_moment(1704099600500000001, MOMENTS_US, "{\"at\":1704099600500000}\n");
	check_moment(1704099600500000001, MOMENTS_NS, "{\"at\":1704099600500000001}\n");
}

static void check_session(enum encoding encoding, enum envelope around, const char *session, const char *header, const char *line)
{
	static const struct leaf n[] = { { .name = "n", .kind = KIND_INT } };
	const struct schema step = { .name = "step", .leaves = n, .leaf_n = 1, .sessions = true };
	union value value = { .i = 7 };
	struct event ev = { .schema = &step, .values = &value, .session = { session, (uint32_t)strlen(session) }, .time_ns = 1704067200123456000, .id = 32 };
	struct encoder *en = encoder_new(&step, (struct form){ encoding, around, MOMENTS_RFC3339 }, "m", NULL);
	struct buf b;

	buf_init(&b, 65536);
	encoder_header(en, &b);
	assert_string_equal(b.data, header);
	buf_clear(&b);
	encoder_put(en, &ev, &b);
	assert_string_equal(b.data, line);
	buf_free(&b);
	encoder_free(en);
}

static void check_flow(enum encoding encoding, enum envelope around, const char *flow, const char *line)
{
	static const struct leaf n[] = { { .name = "n", .kind = KIND_INT } };
	const struct schema step = { .name = "step", .leaves = n, .leaf_n = 1, .sessions = true, .flows = true };
	union value value = { .i = 7 };
	struct event ev = { .schema = &step, .values = &value, .session = { "s1", 2 }, .flow = { flow, (uint32_t)strlen(flow) },
			    .time_ns = 1704067200123456000, .id = 32 };
	struct encoder *en = encoder_new(&step, (struct form){ encoding, around, MOMENTS_RFC3339 }, "m", NULL);
	struct buf b;

	buf_init(&b, 65536);
	encoder_put(en, &ev, &b);
	assert_string_equal(b.data, line);
	buf_free(&b);
	encoder_free(en);
}

static void sessions_are_named_where_there_are_some(void **state)
{
	(void)state;
	check_session(ENCODE_NDJSON, ENVELOPE_FLUXDECK, "a\"b", "",
		      "{\"sys__eid\":\"000000000010\",\"sys__ets\":1704067200123,\"sys__sid\":\"a\\\"b\",\"n\":7,\"event_type\":\"step\"}\n");
	check_session(ENCODE_NDJSON, ENVELOPE_FLUXDECK, "", "",
		      "{\"sys__eid\":\"000000000010\",\"sys__ets\":1704067200123,\"sys__sid\":null,\"n\":7,\"event_type\":\"step\"}\n");
	check_session(ENCODE_NDJSON, ENVELOPE_CLOUDEVENTS, "s1", "",
		      "{\"specversion\":\"1.0\",\"id\":\"000000000010\",\"source\":\"fluxdeck/m\",\"type\":\"step\","
		      "\"time\":\"2024-01-01T00:00:00.123456Z\",\"sessionid\":\"s1\",\"datacontenttype\":\"application/json\",\"data\":{\"n\":7}}\n");
	check_session(ENCODE_NDJSON, ENVELOPE_NONE, "s1", "", "{\"n\":7}\n");
	check_session(ENCODE_CSV, ENVELOPE_FLUXDECK, "s,1", "sys__eid,sys__ets,sys__sid,n,event_type\n", "000000000010,1704067200123,\"s,1\",7,step\n");
	check_session(ENCODE_CSV, ENVELOPE_FLUXDECK, "", "sys__eid,sys__ets,sys__sid,n,event_type\n", "000000000010,1704067200123,,7,step\n");
	check_session(ENCODE_CSV, ENVELOPE_CLOUDEVENTS, "s1", "specversion,id,source,type,time,sessionid,datacontenttype,data.n\n",
		      "1.0,000000000010,fluxdeck/m,step,2024-01-01T00:00:00.123456Z,s1,application/json,7\n");
	check_flow(ENCODE_NDJSON, ENVELOPE_FLUXDECK, "buy",
		   "{\"sys__eid\":\"000000000010\",\"sys__ets\":1704067200123,\"sys__sid\":\"s1\",\"sys__flow\":\"buy\",\"n\":7,\"event_type\":\"step\"}\n");
	check_flow(ENCODE_NDJSON, ENVELOPE_FLUXDECK, "",
		   "{\"sys__eid\":\"000000000010\",\"sys__ets\":1704067200123,\"sys__sid\":\"s1\",\"sys__flow\":null,\"n\":7,\"event_type\":\"step\"}\n");
	check_flow(ENCODE_CSV, ENVELOPE_FLUXDECK, "buy", "000000000010,1704067200123,s1,buy,7,step\n");
	check_flow(ENCODE_TEXT, ENVELOPE_FLUXDECK, "buy", "2024-01-01T00:00:00.123456Z step sid=s1 flow=buy n=7\n");
	check_session(ENCODE_TEXT, ENVELOPE_FLUXDECK, "s 1", "", "2024-01-01T00:00:00.123456Z step sid=\"s 1\" n=7\n");
	check_session(ENCODE_TEXT, ENVELOPE_FLUXDECK, "", "", "2024-01-01T00:00:00.123456Z step sid=null n=7\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_become_json_csv_and_text),
		cmocka_unit_test(sessions_are_named_where_there_are_some),
		cmocka_unit_test(instants_have_five_forms),
	};

	return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
