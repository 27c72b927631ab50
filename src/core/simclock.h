/* Simulated against wall time: speed, hold, and the jumps between them. */
#ifndef CORE_SIMCLOCK_H
#define CORE_SIMCLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct simclock {
	int64_t sim_ns, wall_ns;        /* a pair that belongs together */
	double speed;                   /* simulated seconds per wall second; INFINITY = max */
	bool held;
};

void simclock_start(struct simclock *c, int64_t sim_ns, int64_t wall_ns, double speed);
/* INT64_MAX at speed max, unless held. */
int64_t simclock_now(const struct simclock *c, int64_t wall_ns);
/* When a simulated instant comes, in wall time; INT64_MAX when held, wall_ns when it has come. */
int64_t simclock_wall(const struct simclock *c, int64_t sim_ns, int64_t wall_ns);
/* `reached`: how far the model has come, the present of a clock at speed max. */
void simclock_set_speed(struct simclock *c, double speed, int64_t wall_ns, int64_t reached);
void simclock_hold(struct simclock *c, bool held, int64_t wall_ns, int64_t reached);
/* The clock goes on from `sim_ns` here and now: after a step while held, after the program was suspended. */
void simclock_jump(struct simclock *c, int64_t sim_ns, int64_t wall_ns);

#endif
