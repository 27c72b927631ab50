/* Nonsense in entities and flows: what is wrong, where it stands, and what would be right. */
#include "tests/town.h"

/* Ways to be put into one scenario: options of the module, an entity, a whole flow, the steps of a flow that has selected a user. */
enum { MODULE, ENTITY, FLOW, STEPS };

#define HEAD(more) \
	"scenario: town\nclock: {start: 2024-01-01T00:00:00Z, speed: max, stop_after: 1s}\noutputs: {out: {type: fake_a}}\n" \
	"modules: {town: {generator: flows, rate: 1" more "}}\nevents:\n  made: {fields: {id: \"${seq}\", word: \"${word}\"}}\n" \
	"  did: {fields: {who: 0, x: 1.5}}\n  plain: {fields: {id: a}}\n"

static const char entities[] =
	"entities:\n  user: {key: id, created_by: made, initial: 2, state: {n: 0, r: 0.0, word: {from: word}, ok: true, at: {type: instant}, nil: null}}\n"
	"  order: {key: who, created_by: did, state: {x: {from: x}}}\n";

static const struct {
	int kind;
	const char *text, *says;        /* the first complaint, with line:column */
} rows[] = {
	{ STEPS, "{emit: did}", "taken" },
	{ STEPS, "{repeat: -1, do: []}", "13:38: repeat: a whole number from 0, not -1" },
	/* Nobody makes an order, and its types are known. */
	{ FLOW, "f: {select: {order: {where: 'x > 1.0 and who == 5'}}, steps: [{emit: plain}]}", "taken" },
	{ FLOW, "f: {select: {order: {where: \"x > 'a'\"}}, steps: [{emit: plain}]}", "13:34: flow 'f', where: real and text do not go together" },
	{ MODULE, "flows: [nope]", "4:52: 'town': flows: there is no flow 'nope'" },
	{ MODULE, "flows: [f, f]", "4:52: 'town': flows: 'f' is there twice" },
	{ MODULE, "flows: {f: -1}", "4:52: 'town': flows: the weight of 'f' must be a number from 0, not '-1'" },
	{ MODULE, "drops: {f.9: 20%}", "4:52: 'town': drops: 'f.9' is no wait with a drop, like FLOW.3 for the third step of a flow" },
	{ MODULE, "drops: {f.1: 200%}", "4:52: 'town': drops: f.1 must be 0% to 100%, not '200%'" },
	{ MODULE, "max_active: -1", "4:57: max_active must be 0 to 10000000, not -1" },
	{ STEPS, "{emit: dit}", "13:36: there is no event 'dit'; did you mean 'did'?" },
	{ STEPS, "{emit: did, create: usr}", "13:49: there is no entity 'usr'; did you mean 'user'?" },
	{ STEPS, "{select: usr}", "13:38: there is no entity 'usr'; did you mean 'user'?" },
	{ STEPS, "{select: {buyer: {entity: usr}}}", "13:55: there is no entity 'usr'; did you mean 'user'?" },
	{ STEPS, "{call: g}", "13:29: flow 'f', step 1: there is no flow 'g'" },
	{ STEPS, "{set: {user.nn: 1}}", "13:36: flow 'f', step 1: a user has no field 'nn'" },
	{ STEPS, "{set: {usr.n: 1}}",
	  "13:36: flow 'f', step 1: the flow has no 'usr' here: it was neither selected nor created before; did you mean 'user'?" },
	{ STEPS, "{set: {order.x: 1}}", "13:36: flow 'f', step 1: the flow has no 'order' here: it was neither selected nor created before" },
	{ STEPS, "{set: {n: 1}}", "13:36: 'n' names no field of an entity, like user.orders" },
	{ STEPS, "{add: {user.id: 1}}", "13:36: flow 'f', step 1: user.id is the key, which stays" },
	{ STEPS, "{set: {user.id: 1}}", "13:36: flow 'f', step 1: user.id is the key, which stays" },
	{ STEPS, "{select: {user: {where: \"n is 1\"}}}", "13:56: flow 'f', step 1, where: 'is' is no operator here; write ==" },
	{ STEPS, "{select: {user: {where: \"n is_not 1\"}}}", "13:56: flow 'f', step 1, where: 'is_not' is no operator here; write !=" },
	{ STEPS, "{select: {user: {where: \"n = 1\"}}}", "13:56: flow 'f', step 1, where: '=' is no operator here; write ==" },
	{ STEPS, "{select: {user: {where: \"n greater_than 1\"}}}", "13:56: flow 'f', step 1, where: 'greater_than' is no operator here; write >" },
	{ STEPS, "{select: {user: {where: \"n less_than 1\"}}}", "13:56: flow 'f', step 1, where: 'less_than' is no operator here; write <" },
	{ STEPS, "{select: {user: {where: \"n not_in [1]\"}}}", "13:56: flow 'f', step 1, where: 'not_in' is no operator here; write not ... in" },
	{ STEPS, "{select: {user: {where: \"n > 1 && ok\"}}}", "13:60: flow 'f', step 1, where: '&&' is no operator here; write and" },
	{ STEPS, "{select: {user: {where: \"word is 'a'\"}}}", "13:59: flow 'f', step 1, where: 'is' is no operator here; write ==" },
	{ STEPS, "{if: \"user.n = 1\", then: []}", "13:42: flow 'f', step 1, if: '=' is no operator here; write ==" },
	{ STEPS, "{select: {user: {where: \"nn > 1\"}}}", "13:54: flow 'f', step 1, where: unknown name 'nn'" },
	{ STEPS, "{select: {user: {where: \"usr.n > 1\"}}}", "13:54: flow 'f', step 1, where: unknown name 'usr.n'; did you mean 'user.n'?" },
	{ STEPS, "{select: {user: {where: \"n\"}}}", "13:54: flow 'f', step 1, where: a condition is true or false, not int" },
	{ STEPS, "{select: {user: {where: \"n + 1\"}}}", "13:54: flow 'f', step 1, where: a condition is true or false, not int" },
	{ STEPS, "{select: {user: {where: \"word > 1\"}}}", "13:59: flow 'f', step 1, where: text and int do not go together" },
	{ STEPS, "{select: {user: {where: \"n == 'a'\"}}}", "13:56: flow 'f', step 1, where: int and text do not go together" },
	{ STEPS, "{select: {user: {where: \"ok == 1\"}}}", "13:57: flow 'f', step 1, where: bool and int do not go together" },
	{ STEPS, "{select: {user: {where: \"at > 5\"}}}", "13:57: flow 'f', step 1, where: instant and int do not go together" },
	{ STEPS, "{select: {user: {where: \"random_int(1, 2) == 1\"}}}",
	  "13:54: flow 'f', step 1, where: a condition cannot use 'random_int', which gives something else each time" },
	{ STEPS, "{select: {user: {where: \"chance(50%)\"}}}",
	  "13:54: flow 'f', step 1, where: a condition cannot use 'chance', which gives something else each time" },
	{ STEPS, "{select: {user: {where: \"${n > 1}\"}}}", "13:53: a condition is written without ${...}" },
	{ STEPS, "{select: {user: {where: \"ref(did.x) > 1\"}}}", "13:54: flow 'f', step 1, where: ref needs row" },
	{ STEPS, "{select: {user: {were: \"n > 1\"}}}", "13:46: unknown key 'were' in a selection; did you mean 'where'?" },
	{ STEPS, "{select: {user: {lock: maybe}}}", "13:52: lock must be true or false" },
	{ STEPS, "{select: {user: {order: nn}}}", "13:53: a user has no field 'nn' to order by" },
	{ STEPS, "{set: {user.n: 1.5}}", "13:44: flow 'f', step 1, user.n: user.n is a whole number, and this is real: give it a default like 0.0" },
	{ STEPS, "{set: {user.n: a}}", "13:44: flow 'f', step 1, user.n: user.n is int, and this is text" },
	{ STEPS, "{set: {user.n: true}}", "13:44: flow 'f', step 1, user.n: user.n is int, and this is bool" },
	{ STEPS, "{set: {user.n: \"${now}\"}}", "13:44: flow 'f', step 1, user.n: user.n is int, and this is instant" },
	{ STEPS, "{set: {user.r: a}}", "13:44: flow 'f', step 1, user.r: user.r is real, and this is text" },
	{ STEPS, "{set: {user.word: 5}}", "13:47: flow 'f', step 1, user.word: user.word is text, and this is int" },
	{ STEPS, "{set: {user.ok: 1}}", "13:45: flow 'f', step 1, user.ok: user.ok is bool, and this is int" },
	{ STEPS, "{set: {user.ok: \"${user.n}\"}}", "13:45: flow 'f', step 1, user.ok: user.ok is bool, and this is int" },
	{ STEPS, "{set: {user.at: 5}}", "13:45: flow 'f', step 1, user.at: user.at is instant, and this is int" },
	{ STEPS, "{set: {user.at: a}}", "13:45: flow 'f', step 1, user.at: user.at is instant, and this is text" },
	{ STEPS, "{set: {user.at: 10s}}", "13:45: flow 'f', step 1, user.at: user.at is instant, and this is text" },
	{ STEPS, "{add: {user.word: 1}}", "13:47: flow 'f', step 1, user.word: only numbers add up: user.word is text, and this is int" },
	{ STEPS, "{add: {user.ok: 1}}", "13:45: flow 'f', step 1, user.ok: only numbers add up: user.ok is bool, and this is int" },
	{ STEPS, "{add: {user.at: 1s}}", "13:45: flow 'f', step 1, user.at: only numbers add up: user.at is instant, and this is text" },
	{ STEPS, "{add: {user.n: a}}", "13:44: flow 'f', step 1, user.n: only numbers add up: user.n is int, and this is text" },
	{ STEPS, "{add: {user.n: 0.5}}", "13:44: flow 'f', step 1, user.n: user.n is a whole number, and this is real: give it a default like 0.0" },
	{ STEPS, "{set: {user.n: 1}, add: {user.n: 1}}", "13:54: flow 'f', step 1: user.n changes twice in this step" },
	{ STEPS, "{set: {user.n: \"${ref(did.x)}\"}}", "13:47: flow 'f', step 1, user.n: ref needs row" },
	{ STEPS, "{emit: did, with: {who: \"${ref(made.id)}\"}}", "13:56: flow 'f', step 1, who: ref needs row" },
	{ STEPS, "{emit: did, with: {hwo: 1}}", "13:48: event 'did' has no field 'hwo'; did you mean 'who'?" },
	{ STEPS, "{emit: did, with: {who: a}}, {emit: did, with: {who: 1}}",
	  "13:58: flow 'f', step 2: event 'did': 'who' is int here and text in another step; both must be one type, so round() or convert one" },
	{ STEPS, "{emit: did, create: user}", "13:49: a user is created by the event 'made', and this step emits did" },
	{ STEPS, "{create: user}", "13:30: 'create' needs 'emit' in the same step" },
	{ STEPS, "{set: {user.n: \"${last.x}\"}}", "13:47: flow 'f', step 1, user.n: unknown name 'last.x'" },
	{ STEPS, "{emit: did}, {set: {user.n: \"${last.y}\"}}", "13:60: flow 'f', step 2, user.n: unknown name 'last.y'; did you mean 'last.x'?" },
	{ STEPS, "{emit: did, set: {user.r: \"${xx}\"}}", "13:58: flow 'f', step 1, user.r: unknown name 'xx'" },
	{ STEPS, "{wait: 5}", "13:36: wait: '5' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)" },
	{ STEPS, "{wait: abc}", "13:36: wait: 'abc' is not a duration (like 250ms, 10s, 1m30s, 2h, 30d)" },
	{ STEPS, "{wait: -5s}", "13:36: wait: a duration from 0, not -5s" },
	{ STEPS, "{wait: \"${5}\"}", "13:36: flow 'f', step 1, wait: must be a duration like 30s or ${lognormal(15s, 0.5)}, not int" },
	{ STEPS, "{wait: \"${user.n}\"}", "13:36: flow 'f', step 1, wait: must be a duration like 30s or ${lognormal(15s, 0.5)}, not int" },
	{ STEPS, "{wait: 5s, drop: 130%}", "13:46: drop must be 0% to 100%" },
	{ STEPS, "{wait: 5s, drop: -1%}", "13:46: drop must be 0% to 100%" },
	{ STEPS, "{wait: 5s, drop: 30}", "13:46: drop must be 0% to 100%" },
	{ STEPS, "{wait: 5s, drop: abc}", "13:46: drop must be 0% to 100%" },
	{ STEPS, "{branch: {70%: [], 20%: []}}", "13:38: the percentages of a branch add up to 100%, not 90%" },
	{ STEPS, "{branch: {70%: [], 50%: []}}", "13:38: the percentages of a branch add up to 100%, not 120%" },
	{ STEPS, "{branch: {0.7: [], 0.3: []}}", "13:39: '0.7' is no percentage, like 70%" },
	{ STEPS, "{branch: {a: [], b: []}}", "13:39: 'a' is no percentage, like 70%" },
	{ STEPS, "{branch: {100%: []}}", "13:38: branch: is a map of 2 to 16 percentages and lists of steps, like {70%: [...], 30%: [...]}" },
	{ STEPS, "{branch: {70%: [{emit: did}], 30%: {emit: did}}}", "13:64: a branch is a list of steps; [] does nothing" },
	{ STEPS, "{branch: [{emit: did}]}", "13:38: branch: is a map of 2 to 16 percentages and lists of steps, like {70%: [...], 30%: [...]}" },
	{ STEPS, "{emit: did, wait: 5s}", "13:41: 'wait' does not go with 'emit' in one step" },
	{ STEPS, "{wait: 5s, select: user}", "13:40: 'select' does not go with 'wait' in one step" },
	{ STEPS, "{select: user, borrow: order}", "13:44: 'borrow' does not go with 'select' in one step" },
	{ STEPS, "{if: \"user.ok\", do: []}", "13:45: 'do' does not go with 'if' in one step" },
	{ STEPS, "{if: \"user.n\", then: []}", "13:34: flow 'f', step 1, if: must be true or false, not int" },
	{ STEPS, "{if: \"user.ok\"}", "13:29: then: is missing, a list of steps" },
	{ STEPS, "{repeat: 1.5, do: []}", "13:38: flow 'f', step 1, repeat: must be a whole number, not real" },
	{ STEPS, "{repeat: abc, do: []}", "13:38: flow 'f', step 1, repeat: must be a whole number, not text" },
	{ STEPS, "{repeat: 3}", "13:29: do: is missing, a list of steps" },
	{ STEPS, "{retire: usr}",
	  "13:29: flow 'f', step 1: the flow has no 'usr' here: it was neither selected nor created before; did you mean 'user'?" },
	{ STEPS, "{retire: order}", "13:29: flow 'f', step 1: the flow has no 'order' here: it was neither selected nor created before" },
	{ STEPS, "{stop: false}", "13:36: a flow ends with `stop: true`" },
	{ STEPS, "{stop: true}, {emit: did}", "13:43: flow 'f', step 2: nothing comes here: the flow has ended before" },
	{ STEPS, "{emitt: did}", "13:30: unknown key 'emitt' in a step; did you mean 'emit'?" },
	{ STEPS, "{}", "13:29: a step does something: emit, set, add, wait, select, borrow, branch, if, repeat, call, retire or stop" },
	{ STEPS, "foo", "13:29: a step is a map, like {emit: order_placed}" },
	{ STEPS, "{call: f}", "13:29: flow 'f', step 1: the call leads back to flow 'f' without time passing: there must be a wait on every way" },
	{ STEPS, "{wait: 1s, drop: 10%}, {call: f}, {emit: did}",
	  "13:52: flow 'f', step 2: the call leads back to flow 'f', which is possible as its last step only" },
	{ STEPS, "{wait: 0s}, {call: f}",
	  "13:41: flow 'f', step 2: the call leads back to flow 'f' without time passing: there must be a wait on every way" },
	{ FLOW, "f: {steps: [{call: g}]}\n  g: {steps: [{call: f}]}",
	  "13:15: flow 'f', step 1: the call leads back to flow 'g' without time passing: there must be a wait on every way" },
	{ FLOW, "f: {steps: [{branch: {70%: [{wait: 1s}], 30%: []}}, {call: f}]}",
	  "13:55: flow 'f', step 3: the call leads back to flow 'f' without time passing: there must be a wait on every way" },
	{ FLOW, "f: {steps: [{call: g}, {wait: 1s}]}\n  g: {steps: [{wait: 1s}, {call: f}]}",
	  "13:15: flow 'f', step 1: the call leads back to flow 'g', which is possible as its last step only" },
	{ FLOW, "f: {weight: -1, steps: [{emit: did}]}", "13:15: weight must be a number from 0" },
	{ FLOW, "f: {weight: abc, steps: [{emit: did}]}", "13:15: weight must be a number from 0" },
	{ FLOW, "f: {wait: 1, steps: [{emit: did}]}", "13:7: unknown key 'wait' in a flow" },
	{ FLOW, "f: {weight: 1}", "13:3: flow 'f' needs `steps:`, a list" },
	{ FLOW, "f: {steps: []}", "13:14: flow 'f' needs `steps:`, a list" },
	{ FLOW, "f: {steps: {emit: did}}", "13:14: flow 'f' needs `steps:`, a list" },
	{ FLOW, "f: [{emit: did}]", "13:6: a flow is a map with `steps:`" },
	{ FLOW, "1f: {steps: [{emit: did}]}", "13:3: '1f' is no name of a flow: letters, digits and _" },
	{ FLOW, "f: {select: {user: {where: \"x.y == 1\"}}, steps: [{emit: did}]}", "13:31: flow 'f', where: unknown name 'x.y'" },
	{ FLOW, "f: {select: {user: {where: \"n == last.x\"}}, steps: [{emit: did}]}", "13:36: flow 'f', where: unknown name 'last.x'" },
	{ FLOW, "f: {select: [], steps: [{emit: did}]}", "13:15: a selection has 1 to 16 entities" },
	{ FLOW, "f: {select: {a: user, b: {entity: user}}, steps: [{emit: did}]}",
	  "13:16: there is no entity 'a'; one of another name is {a: {entity: user}}" },
	{ FLOW, "f: {steps: [{select: user}, {select: {user: {entity: order}}}]}",
	  "13:47: flow 'f', step 2, user: 'user' is a user in this flow, and cannot be a order, too" },
	{ FLOW, "f: {steps: [{select: {last: {entity: user}}}]}", "13:25: 'last' is no name for an entity" },
	{ FLOW, "f: {steps: [{emit: did, with: {who: \"${user.n}\"}}]}", "13:42: flow 'f', step 1, who: unknown name 'user.n'" },
	{ ENTITY, "user: {created_by: made}", "10:3: an entity needs `key:`, a field of 'made'" },
	{ ENTITY, "user: {key: id}", "10:3: an entity needs `created_by:`, an event" },
	{ ENTITY, "user: {key: idd, created_by: made}", "10:15: key: 'idd' is no field of the event 'made' that creates a user; did you mean 'id'?" },
	{ ENTITY, "user: {key: id, created_by: mad}", "10:31: there is no event 'mad'; did you mean 'made'?" },
	{ ENTITY, "user: {key: id, created_by: made, initial: -1}", "10:46: initial must be a whole number from 0 to 100000000" },
	{ ENTITY, "user: {key: id, created_by: made, initial: abc}", "10:46: initial must be a whole number from 0 to 100000000" },
	{ ENTITY, "user: {key: id, created_by: made, initial: 10, keep: 5}", "10:56: 'user' begins with 10 and keeps 5" },
	{ ENTITY, "user: {key: id, created_by: made, announce: maybe}", "10:47: announce must be true or false" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: {from: wrd}}}",
	  "10:55: from: 'wrd' is no field of the event 'made' that creates a user; did you mean 'word'?" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: {from: word, default: 1}}}",
	  "10:55: a state field has either `from:`, a field of the event, or `default:`" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: {type: integer}}}", "10:55: type must be text, int, real, bool, instant or duration" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: {from: word, type: int}}, initial: 1}",
	  "10:48: initial 'user', a: user.a is int, and this is text" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: {default: 5, type: text}}, initial: 1}",
	  "10:48: initial 'user', a: user.a is text, and this is int" },
	{ ENTITY, "user: {key: id, created_by: made, state: {id: 5}}",
	  "10:45: a state field needs a name without dots that is neither `available` nor the key" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a.b: 5}}",
	  "10:45: a state field needs a name without dots that is neither `available` nor the key" },
	{ ENTITY, "user: {key: id, created_by: made, state: [a]}", "10:44: state must be a map of at most 60 fields" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: \"${random_int(a)}\"}, initial: 1}",
	  "10:62: initial 'user', a: random_int: min: 'a' is not a whole number (like 12, 200k)" },
	{ ENTITY, "user: {key: id, created_by: made, bar: a, state: {b: 1}}", "10:42: bar must be a field of the state" },
	{ ENTITY, "user: {key: id, created_by: made, histroy: 3}", "10:37: unknown key 'histroy' in an entity; did you mean 'history'?" },
	{ ENTITY, "user: {key: x, created_by: did, initial: 1}", "10:15: initial 'user', key: user.x cannot be a key: it is real" },
	{ ENTITY, "us er: {key: id, created_by: made}", "10:3: 'us er' is no name of an entity: letters, digits and _" },
	{ ENTITY, "user: made", "10:9: an entity is a map with `key:` and `created_by:`" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: \"${user.n}\"}, initial: 1}", "10:51: initial 'user', a: unknown name 'user.n'" },
	{ STEPS, "{select: {user: {where: \"word == 'this is it' and n is 3\"}}}", "13:81: flow 'f', step 1, where: 'is' is no operator here; write ==" },
	{ STEPS, "{select: {user: {where: \"n=1\"}}}", "13:55: flow 'f', step 1, where: '=' is no operator here; write ==" },
	{ STEPS, "{select: {user: {where: \"n is null\"}}}", "13:56: flow 'f', step 1, where: 'is' is no operator here; write ==" },
	{ STEPS, "{with: {who: 1}}", "13:30: 'with' needs 'emit' in the same step" },
	{ STEPS, "{select: {buyer: user}}", "13:39: there is no entity 'buyer'; one of another name is {buyer: {entity: user}}" },
	{ STEPS, "{select: user, else: foo}", "13:50: else: is stop, continue, or a list of steps" },
	{ STEPS, "{select: user, else: {emit: did}}", "13:50: else: is stop, continue, or a list of steps" },
	{ STEPS, "{call: {a: b}}", "13:36: call: is a name" },
	{ STEPS, "{call: [a]}", "13:36: call: is a name" },
	{ STEPS, "{emit: [a]}", "13:36: emit: is the name of an event" },
	{ STEPS, "{emit: did, with: [a]}", "13:47: with: is a map of fields of the event" },
	{ STEPS, "{emit: did, set: [user.n]}", "13:46: set: is a map like {user.orders: 1}" },
	{ STEPS, "{emit: did, set: {}}", "13:46: set: is a map like {user.orders: 1}" },
	{ STEPS, "{set: {user.n: {a: 1}}}", "13:44: flow 'f', step 1, user.n: user.n is int, and this is json" },
	{ STEPS, "{set: {user.n: }}", "13:44: flow 'f', step 1, user.n: user.n is int, and this is text" },
	{ STEPS, "{select: }", "13:38: '' is no name for an entity" },
	{ STEPS, "{select: {user: {where: \"\"}}}", "13:54: flow 'f', step 1, where: something is missing here" },
	{ STEPS, "{select: {user: {where: }}}", "13:53: flow 'f', step 1, where: something is missing here" },
	{ STEPS, "{select: {user: {where: \"n >\"}}}", "13:57: flow 'f', step 1, where: something is missing here" },
	{ STEPS, "{select: {user: {where: \"(n > 1\"}}}", "13:60: flow 'f', step 1, where: ')' is missing" },
	{ STEPS, "{select: {user: {where: \"n > 1 and\"}}}", "13:63: flow 'f', step 1, where: something is missing here" },
	{ STEPS, "{select: {user: {where: \"n in [1, a]\"}}}", "13:63: flow 'f', step 1, where: int and text do not go together" },
	{ STEPS, "{select: {user: {where: \"word matches '('\"}}}", "13:67: flow 'f', step 1, where: '(': Unmatched ( or \\(" },
	{ STEPS, "{select: {user: {where: \"uuid4 == word\"}}}",
	  "13:54: flow 'f', step 1, where: a condition cannot use 'uuid4', which gives something else each time" },
	{ STEPS, "{select: {user: {where: \"email == word\"}}}",
	  "13:54: flow 'f', step 1, where: a condition cannot use 'email', which gives something else each time" },
	{ STEPS, "{select: {user: {where: \"ref(did.x, 1) > 1\"}}}", "13:54: flow 'f', step 1, where: ref needs field" },
	{ STEPS, "{set: {user.r: \"${ref(did.x, 1)}\"}}", "13:47: flow 'f', step 1, user.r: ref needs field" },
	{ STEPS, "{set: {user.r: \"${ref(did.x, row=1)}\"}}", "13:47: flow 'f', step 1, user.r: ref needs field" },
	{ STEPS, "{wait: 99999999w}", "13:36: wait: '99999999w' is too long a duration (at most 292 years)" },
	{ STEPS, "{repeat: 99999999999999999999, do: []}", "13:38: flow 'f', step 1, repeat: must be a whole number, not real" },
	{ STEPS, "{then: []}", "13:29: a step does something: emit, set, add, wait, select, borrow, branch, if, repeat, call, retire or stop" },
	{ STEPS, "{emit: made, create: {a: user, b: user}}", "13:50: create: is an entity, or {NAME: ENTITY}" },
	{ STEPS, "{emit: made, create: {last: user}}", "13:51: 'last' is no name for an entity" },
	{ STEPS, "{emit: made, create: {\"a b\": user}}", "13:51: 'a b' is no name for an entity" },
	{ STEPS, "{retire: [a]}", "13:38: retire: is a name" },
	{ STEPS, "{stop: 1}", "13:36: a flow ends with `stop: true`" },
	{ STEPS, "stop, {emit: did}", "13:35: flow 'f', step 2: nothing comes here: the flow has ended before" },
	{ FLOW, "f: {steps: [{emit: did, set: {user.n: 1}}]}",
	  "13:33: flow 'f', step 1: the flow has no 'user' here: it was neither selected nor created before" },
	{ ENTITY, "user: {key: id, created_by: made, state: {a: 1}, initial: 99999999999}",
	  "10:61: initial must be a whole number from 0 to 100000000" },
	{ STEPS, "{set: {user.word: \"${ref(made, row=1, field=word)}\"}}",
	  "13:50: flow 'f', step 1, user.word: ref: rows have numbers where a module `template` makes them, not in a flow; select an entity instead" },
	{ STEPS, "{emit: made, with: {word: \"${ref(made, row=1, field=word)}\"}}",
	  "13:58: flow 'f', step 1, word: ref: rows have numbers where a module `template` makes them, not in a flow; select an entity instead" },
	{ STEPS, "{emit: did, with: {x: \"${ref(did, row=1, field=x)}\"}}",
	  "13:54: flow 'f', step 1, x: ref: rows have numbers where a module `template` makes them, not in a flow; select an entity instead" },
	{ STEPS, "{repeat: 2}", "13:29: do: is missing, a list of steps" },
	{ ENTITY, "a.b: {key: id, created_by: made}", "10:3: 'a.b' is no name of an entity: letters, digits and _" },
	{ ENTITY, "last: {key: id, created_by: made}", "10:3: 'last' is no name of an entity: letters, digits and _" },
};

/* As people get to see it: in the order of the file. */
static const struct complaint *first_of(const struct report *r)
{
	const struct complaint *first = r->first;

	for (const struct complaint *c = first; c; c = c->next)
		if (c->line < first->line || (c->line == first->line && c->column < first->column))
			first = c;
	return first;
}

static void nonsense_is_refused_in_its_place(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[4000], got[1000] = "taken";
		struct control c;
		struct scenario sc;
		struct report r;
		struct engine *en;
		struct err e;

		switch (rows[i].kind) {
		case MODULE:
			snprintf(text, sizeof text, HEAD(", %s") "%sflows:\n  f: {steps: [{wait: 1s, drop: 10%%}]}\n", rows[i].text, entities);
			break;
		case ENTITY:
			snprintf(text, sizeof text, HEAD("") "entities:\n  %s\nflows: {f: {steps: [{emit: plain}]}}\n", rows[i].text);
			break;
		case FLOW:
			snprintf(text, sizeof text, HEAD("") "%sflows:\n  %s\n", entities, rows[i].text);
			break;
		default:
			snprintf(text, sizeof text, HEAD("") "%sflows:\n  f: {select: user, steps: [%s]}\n", entities, rows[i].text);
		}
		control_init(&c);
		scenario_init(&sc);
		report_init(&r, "town.yaml");
		en = engine_new(&town_catalogue, &c, NULL, &e);
		assert_non_null(en);
		if (scenario_load(&sc, text, strlen(text), en, &c, &town_catalogue, &r) < 0 || scenario_prepare(&sc, en, &r) < 0)
			snprintf(got, sizeof got, "%u:%u: %s", first_of(&r)->line, first_of(&r)->column, first_of(&r)->text);
		if (strcmp(got, rows[i].says) != 0) {
			print_error("%s\n  %s\n  not %s\n", rows[i].text, got, rows[i].says);
			wrong++;
		}
		engine_free(en);
		report_free(&r);
		scenario_free(&sc);
		control_free(&c);
	}
	assert_int_equal(wrong, 0);
}

/* What is too much: of steps, of lists in one another, of calls, of names. */
static void refused(const char *flows, const char *says)
{
	struct buf text;
	struct control c;
	struct scenario sc;
	struct report r;
	struct engine *en;
	struct err e;

	buf_init(&text, 1 << 20);
	buf_printf(&text, HEAD("") "%sflows:\n%s", entities, flows);
	control_init(&c);
	scenario_init(&sc);
	report_init(&r, "town.yaml");
	en = engine_new(&town_catalogue, &c, NULL, &e);
	assert_int_equal(scenario_load(&sc, text.data, text.n, en, &c, &town_catalogue, &r), -1);
	if (!strstr(r.first->text, says))
		fail_msg("%u:%u: %s\nnot %s", r.first->line, r.first->column, r.first->text, says);
	engine_free(en);
	report_free(&r);
	scenario_free(&sc);
	control_free(&c);
	buf_free(&text);
}

static void too_much_is_refused(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_text(&b, "  f: {steps: [");
	for (int i = 0; i < 501; i++)
		buf_text(&b, "{emit: did}, ");
	buf_text(&b, "{emit: did}]}\n");
	refused(b.data, "a flow has at most 500 steps, and 16 lists of them in one another");
	buf_clear(&b);
	buf_text(&b, "  f: {steps: ");
	for (int i = 0; i < 17; i++)
		buf_text(&b, "[{repeat: 2, do: ");
	buf_text(&b, "[{emit: did}]");
	for (int i = 0; i < 17; i++)
		buf_text(&b, "}]");
	buf_text(&b, "}\n");
	refused(b.data, "a flow has at most 500 steps, and 16 lists of them in one another");
	buf_clear(&b);
	buf_text(&b, "  f: {steps: ");
	for (int i = 0; i < 9; i++)
		buf_text(&b, "[{repeat: 2, do: ");
	buf_text(&b, "[{emit: did}]");
	for (int i = 0; i < 9; i++)
		buf_text(&b, "}]");
	buf_text(&b, "}\n");
	refused(b.data, "flow 'f', step 9: more than 8 repetitions in one another");
	buf_clear(&b);
	for (int i = 0; i < 12; i++)
		buf_printf(&b, "  f%d: {steps: [{call: f%d}, {emit: did}]}\n", i, i + 1);
	buf_text(&b, "  f12: {steps: [{emit: did}]}\n");
	refused(b.data, "more than 8 calls within calls");
	buf_clear(&b);
	buf_text(&b, "  f: {steps: [");
	for (int i = 0; i < 17; i++)
		buf_printf(&b, "{borrow: {u%d: {entity: user}}}, ", i);
	buf_text(&b, "{emit: did}]}\n");
	refused(b.data, "flow 'f', step 17, u16: more than 16 entities in one flow");
	buf_clear(&b);
	for (int i = 0; i < 65; i++)
		buf_printf(&b, "  f%d: {steps: [{emit: did}]}\n", i);
	refused(b.data, "flows must be a map of at most 64 names");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nonsense_is_refused_in_its_place), cmocka_unit_test(too_much_is_refused) };

	return cmocka_run_group_tests_name("refusals of flows", tests, NULL, NULL);
}
