/* Files beside a scenario, and rows of other events. */
#include "tests/expr_maker.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/csv.h"

static char folder[] = "/tmp/fluxdeck-tables-XXXXXX", root[100];

static void keep(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int make_files(void **state)
{
	char path[200];

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	keep("rates.csv", "code,rate,n,txt,dec,none,w\nDE,1.5,3,007,1.50,,1\nFR,2,5,x,-2.25,,0\nGB,2.25,,\"a, \"\"b\"\"\",3.00,,3\n");
	keep("tabs.tsv", "k\tv\r\n1\tone, two\r\n2\t\r\n");
	keep("lines.txt", "red\ngreen\n\"blue\", dark\n");
	keep("twice.csv", "k,v\na,1\nb,2\na,3\n");
	keep("head.csv", "a,b\n");
	keep("odd.csv", "a,b\n1,2,3\n");
	keep("open.csv", "a\n\"x\n");
	keep("bad.csv", "a\n\xff\n");
	keep("big.csv", "n\n1e3\n2\n12345678901234567890\n");
	keep("empty.txt", "");
	snprintf(path, sizeof path, "%s/link.csv", folder);
	if (symlink("/etc/passwd", path) < 0)
		return -1;
	snprintf(path, sizeof path, "%s/inside", folder);
	snprintf(root, sizeof root, "%s/", folder);
	world.folder = root;
	return mkdir(path, 0700);
}

static int remove_files(void **state)
{
	char command[200];

	(void)state;
	snprintf(command, sizeof command, "rm -r '%s'", folder);
	return system(command);
}

static void columns_have_types(void **state)
{
	(void)state;
	check("${from_file('rates.csv', mode=sequential)}", "\"DE\"");
	check("${from_file('rates.csv', column=rate, mode=sequential)}", "1.5");
	check("${from_file('rates.csv', n, sequential)}", "3");
	check("${from_file('rates.csv', column=txt, mode=sequential)}", "\"007\"");
	check("${from_file('rates.csv', column=dec, mode=sequential)}", "1.50");
	check("${from_file('rates.csv', column=none, mode=sequential)}", "null");
	check("${from_file('big.csv', mode=sequential)}", "1000");
	check("${from_file('lines.txt', mode=sequential, case=upper)}", "\"RED\"");
	check("${lookup('rates.csv', 'FR')}", "2");
	check("${lookup('rates.csv', 'GB', column=txt)}", "\"a, \\\"b\\\"\"");
	check("${lookup('rates.csv', '007', column=code, by=txt)}", "\"DE\"");
	check("${lookup('rates.csv', 'x', by=txt)}", "\"FR\"");
	check("${lookup('rates.csv', 3, by=n)}", "\"DE\"");
	check("${lookup('rates.csv', 'GB', column=n)}", "null");
	check("${lookup('rates.csv', 'XX') ?? -1}", "-1");
	check("${lookup('rates.csv', null)}", "null");
	check("${lookup('tabs.tsv', 1)}", "\"one, two\"");
	check("${lookup('rates.csv', 'FR', column=dec, prefix='EUR ')}", "\"EUR -2.25\"");
	check("${empirical('rates.csv', column=n) between 3 and 5}", "true");
}

static void rows_are_drawn(void **state)
{
	struct field_def weighted = { .name = "a", .text = "${from_file('rates.csv', weight=w)}" };
	struct field_def once = { .name = "a", .text = "${from_file('lines.txt', unique=true)}" };
	struct field_def sample = { .name = "a", .text = "${empirical('rates.csv', rate)}" };
	unsigned de = 0, gb = 0, below = 0;
	char got[4][100];

	(void)state;
	for (uint64_t i = 0; i < 4000; i++) {
		assert_true(made(&weighted, 1, i, got[0], sizeof got[0]));
		de += strcmp(got[0], "{\"a\":\"DE\"}") == 0;
		gb += strcmp(got[0], "{\"a\":\"GB\"}") == 0;
		assert_true(made(&sample, 1, i, got[0], sizeof got[0]));
		assert_true(strtod(got[0] + 5, NULL) >= 1.5 && strtod(got[0] + 5, NULL) <= 2.25);
		below += strtod(got[0] + 5, NULL) < 2;
	}
	assert_int_equal(de + gb, 4000);
	assert_in_range(de, 900, 1100);
	/* The middle of three numbers is the median. */
	assert_in_range(below, 1900, 2100);
	for (unsigned i = 0; i < 3; i++) {
		assert_true(made(&once, 1, i, got[i], sizeof got[i]));
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(got[k], got[i]);
	}
	assert_false(made(&once, 1, 3, got[3], sizeof got[3]));
	assert_string_equal(got[3], "m.ev.a: all its 3 different values were given; unique has no other");
}

static void files_are_refused(void **state)
{
	char want[300];

	(void)state;
	refused("${from_file('nope.csv')}", "column 13: cannot read 'nope.csv': No such file or directory");
	refused("${from_file('')}", "column 13: a file needs a name");
	refused("${from_file('/etc/passwd')}", "column 13: '/etc/passwd' does not begin in the scenario's folder; give a path from there");
	refused("${from_file('../x.csv')}", "column 13: '../x.csv' leads out of the scenario's folder");
	refused("${from_file('inside/../../x')}", "column 13: 'inside/../../x' leads out of the scenario's folder");
	refused("${from_file('link.csv')}", "column 13: 'link.csv' leads out of the scenario's folder");
	refused("${from_file('inside')}", "column 13: 'inside' is no file");
	refused("${from_file('head.csv')}", "column 13: 'head.csv' has no values below the names of its columns");
	refused("${from_file('empty.txt')}", "column 13: 'empty.txt' has no values");
	snprintf(want, sizeof want, "column 13: %s/odd.csv:2: 3 columns, where the first line has 2", folder);
	refused("${from_file('odd.csv')}", want);
	snprintf(want, sizeof want, "column 13: %s/open.csv:2: a quoted field does not end", folder);
	refused("${from_file('open.csv')}", want);
	snprintf(want, sizeof want, "column 13: '%s/bad.csv' is not valid UTF-8", folder);
	refused("${from_file('bad.csv')}", want);
	refused("${from_file(1)}", "column 13: the file must be a constant text");
	refused("${from_file('rates.csv', column=rat)}", "column 33: 'rates.csv' has no column 'rat'; did you mean 'rate'?");
	refused("${from_file('lines.txt', column=a)}", "column 33: 'lines.txt' has no columns; those of .csv and .tsv files have names");
	refused("${from_file('rates.csv', mode=x)}", "column 31: mode is random, sequential or weighted");
	refused("${from_file('rates.csv', mode=weighted)}", "column 31: mode=weighted needs weight=, the name of a column");
	refused("${from_file('rates.csv', mode=sequential, weight=w)}", "column 31: mode=sequential takes no weight");
	refused("${from_file('rates.csv', weight=txt)}", "column 33: rates.csv:3: 'x' is no weight: a number from 0");
	refused("${from_file('rates.csv', column=n, unique=true)}", "column 3: unique: a cell is empty");
	refused("${from_file('twice.csv', unique=true)}", "column 3: unique: 1 of its 3 values is like another");
	refused("${lookup('twice.csv', 'a')}", "column 10: twice.csv: the key 'a' is in lines 2 and 4");
	refused("${lookup('lines.txt', 'a')}", "column 10: 'lines.txt' has one column, and nothing to look up beside it");
	refused("${lookup('rates.csv', seq)}", "column 23: the keys of 'rates.csv' are texts like 'DE', and int is none of them");
	refused("${lookup('rates.csv')}", "column 3: lookup needs key");
	refused("${empirical('rates.csv', txt)}", "column 3: empirical needs a column of numbers, and that of 'rates.csv' has texts");
}

/* ---- ref ---- */

static struct field_def customer_fields[] = {
	{ .name = "id", .text = "${seq}" }, { .name = "name", .text = "${name(sex=female)}" }, { .name = "mail", .text = "${email}" },
	{ .name = "where.city", .text = "${city}" }, { .name = "since", .text = "${now}" }, { .name = "label", .text = "${id}: ${name} of ${where.city}" },
};
static struct field_def order_fields[] = {
	{ .name = "rate", .text = "${random_int(1, 9)}" }, { .name = "loop", .text = "${ref('order', seq - 1, 'loop')}" },
	{ .name = "before", .text = "${ref('order', seq - 1, 'rate')}" },
};
static struct event_def events[] = { { .name = "ev", .fields = customer_fields, .n = 6 }, { .name = "order", .fields = order_fields, .n = 3 } };

static void rows_of_other_events_are_made_again(void **state)
{
	static const char *const texts[] = { "${ref(ev, 3, id)}", "${ref('ev', 3, 'name')}", "${ref('ev', 3, 'mail')}", "${ref('ev', 3, 'where.city')}",
					     NULL, "${ref('ev', 3, 'label')}" };
	char row[500], got[500];

	(void)state;
	world.events = events;
	world.event_n = 2;
	assert_true(made(customer_fields, 6, 3, row, sizeof row));
	for (unsigned i = 0; i < 6; i++) {
		struct field_def f = { .name = "a", .text = texts[i] };
		const char *name = strrchr(customer_fields[i].name, '.'), *at;
		char want[100];

		if (!texts[i])
			continue;
		snprintf(want, sizeof want, "\"%s\":", name ? name + 1 : customer_fields[i].name);
		at = strstr(row, want);
		assert_non_null(at);
		assert_true(made(&f, 1, 12, got, sizeof got));
		if (strncmp(got + 5, at + strlen(want), strlen(got) - 6) != 0)
			fail_msg("%s: %s is not in %s", texts[i], got, row);
	}
	/* What one field says of the person holds for the others, there as here. */
	for (unsigned j = 0; j < 12; j++) {
		struct field_def f = { .name = "a", .text = "${ref('ev', seq, 'mail')}" };

		assert_true(made(customer_fields, 6, j, row, sizeof row) && made(&f, 1, j, got, sizeof got));
		if (strncmp(got + 5, strstr(row, "\"mail\":") + 7, strlen(got) - 6) != 0)
			fail_msg("row %u: %s is not in %s", j, got, row);
	}
	check("${ref('ev', -1, 'name')}", "null");
	check("${ref('ev', maybe(1, 100%), 'name')}", "null");
	check("${ref('order', 5, 'before') == ref('order', 4, 'rate')}", "true");
	refused("${ref('evv', 1, 'name')}", "column 3: ref: there is no event 'evv'; did you mean 'ev'?");
	refused("${ref('ev', 1, 'nam')}", "column 3: ref: event 'ev' has no field 'nam'; did you mean 'name'?");
	refused("${ref('ev', 'a', 'name')}", "column 13: row is the number of a row, not text");
	refused("${ref('ev', 1)}", "column 3: ref needs field");
	refused("${ref('ev', 1, 'since')}", "column 3: ref: field 'since' of 'ev' counts from the instant of its row, which nobody keeps");
	refused("${ref('order', 1, 'loop')}",
		"column 3: ref: field 'loop' of 'order': column 3: ref: field 'loop' of 'order' leads back to itself");
	world.event_n = 0;
}

/* ---- values of the scenario's own ---- */

static struct world_value values[] = {
	{ "tier", { .name = "tier", .text = "${pick([gold, silver, bronze])}" }, NULL },
	{ "pair", { .name = "pair", .text = "${tier}/${digits(3)}" }, NULL },
	{ "five", { .name = "five", .text = "5", .plain = true }, NULL },
	{ "half", { .name = "half", .text = "mean / 2", .expression = true }, NULL },
	{ "rates", { .name = "rates" }, "rates.csv" },
	{ "here", { .name = "here", .text = "${there}" }, NULL },
	{ "there", { .name = "there", .text = "${here}" }, NULL },
	{ "nosy", { .name = "nosy", .text = "${own}" }, NULL },
	{ "once", { .name = "once", .text = "${digits(1, unique=true)}" }, NULL },
};

static void values_of_ones_own_stand_for_what_they_say(void **state)
{
	struct field_def twice[] = { { .name = "a", .text = "${pair}" }, { .name = "b", .text = "${pair}" } };
	struct field_def plain = { .name = "a", .text = "${pick([gold, silver, bronze])}" }, named = { .name = "a", .text = "${tier}" };
	struct field_def own[] = { { .name = "own", .text = "1" }, { .name = "a", .text = "${nosy}" } };
	unsigned alike = 0;
	char a[200], b[200];

	(void)state;
	world.values = values;
	world.value_n = COUNT_OF(values);
	check("${five + 1}", "6");
	check("${half}", "25");
	check("${five(prefix='V')}", "\"V5\"");
	check("${five(null_rate=100%)}", "null");
	check("${lookup(rates, 'FR')}", "2");
	check("${from_file(rates, column=n, mode=sequential)}", "3");
	check("${array(five, 2, 2)}", "[5,5]");
	for (uint64_t i = 0; i < 200; i++) {
		/* It is as if its text stood there; in each use it draws anew. */
		assert_true(made(&plain, 1, i, a, sizeof a) && made(&named, 1, i, b, sizeof b));
		assert_string_equal(a, b);
		assert_true(made(twice, 2, i, a, sizeof a));
		alike += strncmp(strstr(a, "/"), strstr(strstr(a, "\"b\""), "/"), 4) == 0;
	}
	assert_in_range(alike, 0, 4);
	refused("${tierr}", "column 3: unknown name 'tierr'; did you mean 'tier'?");
	refused("${rates}", "column 3: 'rates' is a table: lookup(rates, key) takes from it");
	refused("${tier(5)}", "column 8: 'tier' takes modifiers only");
	refused("${tier(unique=true)}", "column 3: 'tier' takes modifiers only, and unique within it");
	refused("${here}", "column 3: value 'here': column 3: value 'here' leads back to itself, or further than 16 values");
	refused("${array(once)}", "column 9: value 'once': column 3: digits: unique counts rows and cannot stand in array(); pick_many takes different ones");
	assert_false(made(own, 2, 0, a, sizeof a));
	assert_string_equal(a, "column 3: value 'nosy': column 3: unknown name 'own'; did you mean 'now', 'noun' or 'ssn'?");
	world.value_n = 0;
}

static void forms_of_files_are_read(void **state)
{
	static const char tabs[] = "\xef\xbb\xbf" "a\tb\n\"x\ty\"\t2", lines[] = "\"a\", b\r\n\r\nc";
	struct csv c;
	struct err e;

	(void)state;
	assert_int_equal(csv_parse(&c, tabs, sizeof tabs - 1, "t", CSV_TABS, &e), 0);
	assert_int_equal(c.n, 2);
	assert_string_equal(c.rows[0][0], "a");
	assert_string_equal(c.rows[1][0], "x\ty");
	csv_free(&c);
	assert_int_equal(csv_parse(&c, lines, sizeof lines - 1, "t", CSV_LINES, &e), 0);
	assert_int_equal(c.n, 3);
	assert_string_equal(c.rows[0][0], "\"a\", b");
	assert_string_equal(c.rows[1][0], "");
	csv_free(&c);
	assert_int_equal(csv_parse(&c, "a\0b", 3, "t", CSV_LINES, &e), -1);
	assert_string_equal(e.text, "'t' contains a NUL byte");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_have_types), cmocka_unit_test(rows_are_drawn), cmocka_unit_test(files_are_refused),
		cmocka_unit_test(rows_of_other_events_are_made_again), cmocka_unit_test(values_of_ones_own_stand_for_what_they_say),
		cmocka_unit_test(forms_of_files_are_read),
	};

	return cmocka_run_group_tests_name("tables", tests, make_files, remove_files);
}
