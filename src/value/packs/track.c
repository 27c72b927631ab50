/* Tracks of vehicles: a place, a speed and a heading that are functions of the seed, the vehicle and the instant. */
#include <math.h>

#include "base/mathx.h"
#include "base/num.h"
#include "value/packs/flight.h"
#include "value/packs/noise.h"
#include "value/packs/packs.h"
#include "value/packs/person.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

#define LEG_NS INT64_C(60000000000)             /* a vehicle goes straight on for a minute */
#define REFERENCE_NS INT64_C(1704067200000000000)       /* 2024-01-01: where legs begin to count */
#define KM_A_DEGREE 111.2

struct track_opts {
	struct path_opts path;          /* first */
	char *start;
	double speed_kmh;
	int64_t step;
};
struct track_made {
	struct path path;               /* first */
	const struct atlas *at;
	double lat, lon;
	bool fixed;                     /* lat and lon were asked for */
};

static const struct param track_params[] = {
	P_TEXT(struct track_opts, start, "", .help = "Middle of the area, as 'lat,lon'; empty: a city of the locale."),
	P_REAL(struct track_opts, speed_kmh, 0.1, 1000, 50, .unit = "km/h", .help = "Mean speed."),
	P_SPAN(struct track_opts, step, 0, 31557600e9, 1e9, .help = "Time that a row adds to the clock, for rows that are made at one instant."),
	P_PATH(struct track_opts),
	P_END
};

static int track_prepare(struct call *c, struct err *e)
{
	const struct track_opts *o = c->opts;
	struct track_made *m = c->made;

	m->at = atlas_of(c->locale, e);
	if (!m->at || path_prepare(c, e) < 0)
		return -1;
	m->fixed = *o->start;
	return m->fixed ? point_parse("start", o->start, &m->lat, &m->lon, e) : 0;
}

/* Kilometres from the middle after so many legs: both ways return to it, so that a vehicle stays within some twenty legs of it. */
static void corner(const struct track_opts *o, uint64_t key, int64_t leg, double *x, double *y)
{
	/* The mean of what two normal steps of deviation s are long together is s * 1.2533. */
	double step = o->speed_kmh / 60 / 1.2533141373155, far = 20 * step, theta = 0.5 * (step / far) * (step / far);
	uint64_t way = leg < 0 ? rng_mix(key) : key, n = (uint64_t)(leg < 0 ? -leg : leg);

	*x = far * noise_reverting(way, theta, n);
	*y = far * noise_reverting(way + 1, theta, n);
}

static char *track_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct track_opts *o = c->opts;
	const struct track_made *m = c->made;
	uint64_t key = path_key(c, r, 0x747261636b);
	int64_t ns = (int64_t)((uint64_t)r->now_ns + r->number * (uint64_t)o->step) - REFERENCE_NS, leg = ns / LEG_NS - (ns % LEG_NS < 0);
	double part = (double)(ns - leg * LEG_NS) / (double)LEG_NS, x, y, x1, y1, lat = m->lat, lon = m->lon, heading;

	(void)d;
	if (!m->fixed) {
		/* A vehicle is at home in one place, whatever the row. */
		struct place home = place_make(m->at, &(struct row){ .key = key }, 0);

		lat = home.lat;
		lon = home.lon;
	}
	corner(o, key, leg, &x, &y);
	corner(o, key, leg + 1, &x1, &y1);
	heading = flight_angle(x1 - x, y1 - y) * 180 / MATHX_PI;
	heading = heading < 0 ? heading + 360 : heading;
	lon += (x + (x1 - x) * part) / (KM_A_DEGREE * mathx_cos(lat * MATHX_PI / 180));
	lat += (y + (y1 - y) * part) / KM_A_DEGREE;
	to = put_decimal(put_literal(to, "{\"lat\":"), scaled(lat, 6), 6);
	to = put_decimal(put_key(to, ',', "lon"), scaled(lon, 6), 6);
	to = put_decimal(put_key(to, ',', "speed"), scaled(sqrt((x1 - x) * (x1 - x) + (y1 - y) * (y1 - y)) * 60, 1), 1);
	to = put_decimal(put_key(to, ',', "heading"), scaled(heading, 1) % 3600, 1);
	return put_literal(to, "}");
}

const struct provider pack_track[] = {
	{ ROW_NAME("gps_track"), .category = "Vehicle", .group = "state", .help = "Where a vehicle is, how fast it goes and where to, as the clock moves.",
	  .example = "{\"lat\":38.581572,\"lon\":-121.494400,\"speed\":48.2,\"heading\":117.4}", .out = KIND_JSON, .params = track_params,
	  .opts_size = sizeof(struct track_opts), .made_size = sizeof(struct track_made), .room = 128, .prepare = track_prepare, .text = track_text },
	{ .name = NULL },
};
