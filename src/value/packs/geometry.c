/* Geometry for databases: well-known text, PostgreSQL's own types, GeoJSON. Rings are closed and do not cross themselves. */
#include "value/packs/packs.h"

#include <math.h>

#include "base/mathx.h"
#include "base/num.h"

enum shape { POINT, LINE, LSEG, BOX, PATH, POLYGON, CIRCLE, LINESTRING, MULTIPOINT, MULTILINESTRING, MULTIPOLYGON, COLLECTION };
enum format { FORMAT_WKT, FORMAT_POSTGRES, FORMAT_GEOJSON };
enum { CORNERS = 8, LEAST_STEPS = 4000 };       /* fewer steps, and rounding could fold a small ring */

struct geometry_opts {
	int kind, format;
	double min, max;
	int64_t decimals;
};

struct geometry_made {
	int64_t low, high;              /* in units of the last decimal */
	unsigned decimals;
};

struct corner {
	int64_t x, y;
};

/* How a format writes a list of places. */
struct pen {
	const char *open, *close, *between, *first, *middle, *last;      /* of the list; around and in a place */
	unsigned decimals;
};

static const char *const shapes[] = { "point", "line", "lseg", "box", "path", "polygon", "circle", "linestring", "multipoint",
				      "multilinestring", "multipolygon", "collection", NULL };
static const char *const formats[] = { "wkt", "postgres", "geojson", NULL };

static const struct param geometry_params[] = {
	P_CHOICE(struct geometry_opts, kind, shapes, POINT, .help = "Shape."),
	P_CHOICE(struct geometry_opts, format, formats, FORMAT_WKT, .help = "How it is written; shapes that PostgreSQL itself lacks are well-known text there."),
	P_REAL(struct geometry_opts, min, -1e6, 1e6, 0, .help = "Smallest coordinate."),
	P_REAL(struct geometry_opts, max, -1e6, 1e6, 100, .help = "Largest coordinate."),
	P_INT(struct geometry_opts, decimals, 0, 9, 2, .help = "Digits after the point."),
	P_END
};

static int geometry_prepare(struct call *c, struct err *e)
{
	const struct geometry_opts *o = c->opts;
	struct geometry_made *m = c->made;
	double power = (double)schema_power10((unsigned)o->decimals);

	if (o->format == FORMAT_GEOJSON)
		c->kind = KIND_JSON;
	if ((o->kind == CIRCLE || o->kind == LINE) && o->format != FORMAT_POSTGRES)
		return err_set(e, ERR_INPUT, "kind: %s has no %s", formats[o->format], o->kind == LINE ? "endless line" : "circle");
	m->low = (int64_t)ceil(o->min * power - 1e-6);
	m->high = (int64_t)floor(o->max * power + 1e-6);
	m->decimals = (unsigned)o->decimals;
	if (o->kind == POINT || o->kind == MULTIPOINT)
		return m->low > m->high ? err_set(e, ERR_INPUT, "decimals: nothing is between min and max") : 0;
	return m->high - m->low >= LEAST_STEPS ? 0 :
	       err_set(e, ERR_INPUT, "max: min and max must be %d units of the last decimal apart, or more", LEAST_STEPS);
}

/* ---- shapes ---- */

static struct corner anywhere(const struct geometry_made *m, struct draws *d)
{
	int64_t x = draws_between(d, m->low, m->high);

	return (struct corner){ x, draws_between(d, m->low, m->high) };
}

/* Corners around a middle, by angle: such a ring cannot cross itself. Strip i of n keeps several apart. The first is the last. */
static unsigned ring(const struct geometry_made *m, struct draws *d, unsigned i, unsigned n, struct corner *to)
{
	double width = (double)(m->high - m->low) / n, size = width * (0.05 + 0.19 * draws_unit(d));
	double x = (double)m->low + width * i + size + (width - 2 * size) * draws_unit(d);
	double y = (double)m->low + size + ((double)(m->high - m->low) - 2 * size) * draws_unit(d);
	unsigned corners = 4 + (unsigned)draws_below(d, CORNERS - 3);

	for (unsigned k = 0; k < corners; k++) {
		double angle = 2 * MATHX_PI * ((double)k + 0.8 * draws_unit(d)) / corners, far = size * (0.5 + 0.49 * draws_unit(d));

		to[k] = (struct corner){ (int64_t)floor(x + far * mathx_cos(angle) + 0.5), (int64_t)floor(y + far * mathx_sin(angle) + 0.5) };
	}
	to[corners] = to[0];
	return corners + 1;
}

static unsigned box(const struct geometry_made *m, struct draws *d, struct corner *to)
{
	struct corner a = anywhere(m, d), b = anywhere(m, d), low, high;

	b.x += b.x == a.x ? (a.x < m->high ? 1 : -1) : 0;
	b.y += b.y == a.y ? (a.y < m->high ? 1 : -1) : 0;
	low = (struct corner){ a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y };
	high = (struct corner){ a.x < b.x ? b.x : a.x, a.y < b.y ? b.y : a.y };
	to[0] = low;
	to[1] = (struct corner){ high.x, low.y };
	to[2] = high;
	to[3] = (struct corner){ low.x, high.y };
	to[4] = low;
	return 5;
}

/* Places of which neighbours differ. */
static unsigned places(const struct geometry_made *m, struct draws *d, unsigned n, struct corner *to)
{
	for (unsigned i = 0; i < n; i++) {
		to[i] = anywhere(m, d);
		if (i && to[i].x == to[i - 1].x && to[i].y == to[i - 1].y && m->low < m->high)
			to[i].x += to[i].x < m->high ? 1 : -1;
	}
	return n;
}

/* ---- writing ---- */

static char *put_place(char *to, struct corner p, const struct pen *pen)
{
	to = put_text(to, pen->first);
	to += num_put_decimal(to, p.x, pen->decimals);
	to = put_text(to, pen->middle);
	to += num_put_decimal(to, p.y, pen->decimals);
	return put_text(to, pen->last);
}

static char *put_list(char *to, const struct corner *p, unsigned n, const struct pen *pen)
{
	to = put_text(to, pen->open);
	for (unsigned i = 0; i < n; i++) {
		if (i)
			to = put_text(to, pen->between);
		to = put_place(to, p[i], pen);
	}
	return put_text(to, pen->close);
}

static unsigned line_of(const struct geometry_made *m, struct draws *d, enum shape kind, struct corner *to)
{
	return places(m, d, kind == LSEG ? 2 : 2 + (unsigned)draws_below(d, CORNERS - 3), to);
}

/* Well-known text and GeoJSON: the same nesting with other brackets. */
static char *put_nested(char *to, enum shape kind, const struct geometry_made *m, struct draws *d, const struct pen *pen)
{
	struct corner p[CORNERS + 1];
	unsigned parts = kind == MULTIPOLYGON || kind == MULTILINESTRING ? 2 + (unsigned)draws_below(d, 2) : 1;

	if (kind == POINT) {
		p[0] = anywhere(m, d);
		return *pen->first ? put_place(to, p[0], pen) : put_list(to, p, 1, pen);
	}
	if (kind == MULTIPOINT)
		return put_list(to, p, places(m, d, 2 + (unsigned)draws_below(d, CORNERS - 3), p), pen);
	if (kind == LSEG || kind == PATH || kind == LINESTRING)
		return put_list(to, p, line_of(m, d, kind, p), pen);
	to = put_text(to, pen->open);
	for (unsigned i = 0; i < parts; i++) {
		if (i)
			to = put_text(to, pen->between);
		if (kind == MULTIPOLYGON)
			to = put_text(to, pen->open);
		to = put_list(to, p, kind == BOX ? box(m, d, p) : kind == MULTILINESTRING ? line_of(m, d, kind, p) : ring(m, d, i, parts, p), pen);
		if (kind == MULTIPOLYGON)
			to = put_text(to, pen->close);
	}
	return put_text(to, pen->close);
}

static char *put_wkt(char *to, enum shape kind, const struct geometry_made *m, struct draws *d)
{
	static const char *const names[] = { "POINT", "", "LINESTRING", "POLYGON", "LINESTRING", "POLYGON", "", "LINESTRING", "MULTIPOINT",
					     "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION(" };
	const struct pen pen = { "(", ")", ", ", "", " ", "", m->decimals };

	to = put_text(to, names[kind]);
	if (kind != COLLECTION)
		return put_nested(to, kind, m, d, &pen);
	to = put_literal(put_wkt(to, POINT, m, d), ", ");
	to = put_literal(put_wkt(to, LINESTRING, m, d), ", ");
	return put_literal(put_wkt(to, POLYGON, m, d), ")");
}

static char *put_geojson(char *to, enum shape kind, const struct geometry_made *m, struct draws *d)
{
	static const char *const names[] = { "Point", "", "LineString", "Polygon", "LineString", "Polygon", "", "LineString", "MultiPoint",
					     "MultiLineString", "MultiPolygon", "GeometryCollection" };
	const struct pen pen = { "[", "]", ",", "[", ",", "]", m->decimals };

	to = put_text(put_literal(to, "{\"type\":\""), names[kind]);
	if (kind != COLLECTION)
		return put_literal(put_nested(put_literal(to, "\",\"coordinates\":"), kind, m, d, &pen), "}");
	to = put_literal(put_geojson(put_literal(to, "\",\"geometries\":["), POINT, m, d), ",");
	to = put_literal(put_geojson(to, LINESTRING, m, d), ",");
	return put_literal(put_geojson(to, POLYGON, m, d), "]}");
}

static char *put_line(char *to, const struct geometry_made *m, struct draws *d)
{
	int64_t a = draws_between(d, m->low, m->high), b = draws_between(d, m->low, m->high), c = draws_between(d, m->low, m->high);

	*to++ = '{';
	to += num_put_decimal(to, a || b ? a : 1, m->decimals);          /* A and B are not both 0 */
	*to++ = ',';
	to += num_put_decimal(to, b, m->decimals);
	*to++ = ',';
	to += num_put_decimal(to, c, m->decimals);
	*to++ = '}';
	return to;
}

static char *put_circle(char *to, const struct geometry_made *m, struct draws *d, const struct pen *pen)
{
	int64_t most = (m->high - m->low) / 4, size = draws_between(d, 1, most);
	struct corner p = { draws_between(d, m->low + size, m->high - size), 0 };

	p.y = draws_between(d, m->low + size, m->high - size);
	to = put_literal(put_place(put_literal(to, "<"), p, pen), ",");
	to += num_put_decimal(to, size, m->decimals);
	return put_literal(to, ">");
}

static char *put_postgres(char *to, enum shape kind, const struct geometry_made *m, struct draws *d)
{
	const struct pen round = { "(", ")", ",", "(", ",", ")", m->decimals }, square = { "[", "]", ",", "(", ",", ")", m->decimals };
	struct corner p[CORNERS + 1];
	unsigned n;

	switch (kind) {
	case POINT: return put_place(to, anywhere(m, d), &round);
	case LINE: return put_line(to, m, d);
	case CIRCLE: return put_circle(to, m, d, &round);
	case LSEG:
	case PATH:
		n = line_of(m, d, kind, p);
		return put_list(to, p, n, &square);
	case BOX:
		box(m, d, p);
		return put_place(put_literal(put_place(to, p[2], &round), ","), p[0], &round);
	case POLYGON:
		n = ring(m, d, 0, 1, p);
		return put_list(to, p, n - 1, &round);                  /* closed by its type */
	default:
		return put_wkt(to, kind, m, d);
	}
}

static char *geometry_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct geometry_opts *o = c->opts;

	(void)r;
	switch ((enum format)o->format) {
	case FORMAT_POSTGRES: return put_postgres(to, (enum shape)o->kind, c->made, d);
	case FORMAT_GEOJSON: return put_geojson(to, (enum shape)o->kind, c->made, d);
	default: return put_wkt(to, (enum shape)o->kind, c->made, d);
	}
}

const struct provider pack_geometry[] = {
	{ ROW_NAME("geometry"), .aliases = "point(kind=point,format=postgres) line(kind=line,format=postgres) lseg(kind=lseg,format=postgres) "
	  "box(kind=box,format=postgres) path(kind=path,format=postgres) polygon(kind=polygon,format=postgres) circle(kind=circle,format=postgres) "
	  "mysql_geometry mysql_point(kind=point) mysql_linestring(kind=linestring) mysql_polygon(kind=polygon) mysql_multipoint(kind=multipoint) "
	  "mysql_multilinestring(kind=multilinestring) mysql_multipolygon(kind=multipolygon) mysql_geometrycollection(kind=collection) "
	  "sqlite_point(kind=point,format=geojson) sqlite_polygon(kind=polygon,format=geojson)", .category = "Database values",
	  .help = "A shape in the plane.", .example = "POINT(48.17 20.40)", .out = KIND_TEXT, .params = geometry_params, .opts_size = sizeof(struct geometry_opts), .made_size = sizeof(struct geometry_made),
	  .prepare = geometry_prepare, .room = 2048, .text = geometry_text },
	{ .name = NULL },
};
