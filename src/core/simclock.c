/* Simulated against wall time. */
#include "core/simclock.h"

#include <math.h>

void simclock_start(struct simclock *c, int64_t sim_ns, int64_t wall_ns, double speed)
{
	*c = (struct simclock){ .sim_ns = sim_ns, .wall_ns = wall_ns, .speed = speed };
}

int64_t simclock_now(const struct simclock *c, int64_t wall_ns)
{
	double ahead;

	if (c->held)
		return c->sim_ns;
	if (isinf(c->speed))
		return INT64_MAX;
	ahead = (double)(wall_ns - c->wall_ns) * c->speed;
	return ahead < 9e18 - (double)c->sim_ns ? c->sim_ns + (int64_t)ahead : INT64_MAX;
}

int64_t simclock_wall(const struct simclock *c, int64_t sim_ns, int64_t wall_ns)
{
	double ahead;

	if (c->held)
		return INT64_MAX;
	if (isinf(c->speed) || sim_ns <= simclock_now(c, wall_ns))
		return wall_ns;
	ahead = ceil((double)(sim_ns - c->sim_ns) / c->speed);
	return ahead < 9e18 - (double)c->wall_ns ? c->wall_ns + (int64_t)ahead : INT64_MAX;
}

void simclock_jump(struct simclock *c, int64_t sim_ns, int64_t wall_ns)
{
	c->sim_ns = sim_ns;
	c->wall_ns = wall_ns;
}

/* The present: what the clock says, or how far the model has come when the clock says "max". */
static int64_t present(const struct simclock *c, int64_t wall_ns, int64_t reached)
{
	int64_t now = simclock_now(c, wall_ns);

	return now == INT64_MAX ? reached : now;
}

void simclock_set_speed(struct simclock *c, double speed, int64_t wall_ns, int64_t reached)
{
	simclock_jump(c, present(c, wall_ns, reached), wall_ns);
	c->speed = speed;
}

void simclock_hold(struct simclock *c, bool held, int64_t wall_ns, int64_t reached)
{
	simclock_jump(c, present(c, wall_ns, reached), wall_ns);
	c->held = held;
}
