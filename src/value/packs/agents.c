/* User agents, emoji, tokens. */
#include "value/packs/agents.h"

#include "value/packs/packs.h"
#include "value/packs/pieces.h"

static const char *const desktops[] = { "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64" };
static const char *const phones[] = { "Pixel 7", "Pixel 8", "SM-S911B", "SM-A546B", "K" };

static const char *desktop(uint64_t *bits)
{
	uint32_t n = take(bits, 10);

	return desktops[n < 7 ? 0 : n < 9 ? 1 : 2];
}

static char *put_android(char *to, uint64_t *bits)
{
	to = put_literal(to, "Linux; Android ");
	to = put_int(to, 11 + take(bits, 4));
	to = put_literal(to, "; ");
	return put_text(to, phones[take(bits, 5)]);
}

/* Chrome and what is built on it. */
static char *put_chromium(char *to, enum agent_browser browser, bool mobile, uint64_t *bits)
{
	int64_t version = 110 + take(bits, 16);

	to = put_literal(to, "Mozilla/5.0 (");
	to = mobile ? put_android(to, bits) : put_text(to, desktop(bits));
	to = put_literal(to, ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/");
	to = put_int(to, version);
	to = put_literal(to, ".0.0.0 ");
	to = mobile ? put_literal(to, "Mobile Safari/537.36") : put_literal(to, "Safari/537.36");
	if (browser == AGENT_CHROME)
		return to;
	to = browser == AGENT_EDGE ? put_text(to, mobile ? " EdgA/" : " Edg/") : put_literal(to, " OPR/");
	to = put_int(to, browser == AGENT_EDGE ? version : version - 14);
	return put_literal(to, ".0.0.0");
}

static char *put_firefox(char *to, bool mobile, uint64_t *bits)
{
	char number[24], *end = put_literal(put_int(number, 115 + take(bits, 14)), ".0");
	size_t n = (size_t)(end - number);
	uint32_t os = take(bits, 10);

	to = put_literal(to, "Mozilla/5.0 (");
	if (mobile) {
		to = put_literal(to, "Android ");
		to = put_int(to, 11 + take(bits, 4));
		to = put_literal(to, "; Mobile");
	} else {
		to = put_text(to, os < 6 ? desktops[0] : os < 8 ? "Macintosh; Intel Mac OS X 10.15" : desktops[2]);
	}
	to = put_literal(to, "; rv:");
	to = put_bytes(to, number, n);
	to = put_literal(to, ") Gecko/");
	to = mobile ? put_bytes(to, number, n) : put_literal(to, "20100101");
	to = put_literal(to, " Firefox/");
	return put_bytes(to, number, n);
}

static char *put_safari(char *to, bool mobile, uint64_t *bits)
{
	int64_t major = 15 + take(bits, 3), minor = take(bits, 6);

	to = mobile ? put_literal(to, "Mozilla/5.0 (iPhone; CPU iPhone OS ") : put_literal(to, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7");
	if (mobile) {
		to = put_int(to, major);
		*to++ = '_';
		to = put_int(to, minor);
		to = put_literal(to, " like Mac OS X");
	}
	to = put_literal(to, ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/");
	to = put_int(to, major);
	*to++ = '.';
	to = put_int(to, minor);
	return mobile ? put_literal(to, " Mobile/15E148 Safari/604.1") : put_literal(to, " Safari/605.1.15");
}

char *agent_put(char *to, enum agent_browser browser, enum agent_device device, struct draws *d)
{
	static const char *const tools[] = { "curl/8.", "python-requests/2.", "okhttp/4.", "Go-http-client/1.", "Wget/1.", "PostmanRuntime/7." };
	static const char *const bots[] = { "searchbot", "indexer", "feedfetcher", "linkcheck", "archiver" };
	uint64_t bits = draws_next(d);
	uint32_t share = take(&bits, 100);
	bool mobile = device == AGENT_MOBILE || (device == AGENT_EVERYWHERE && take(&bits, 100) < 45);

	if (browser == AGENT_ANY)
		browser = share < 64 ? AGENT_CHROME : share < 82 ? AGENT_SAFARI : share < 88 ? AGENT_EDGE : share < 94 ? AGENT_FIREFOX :
			  share < 96 ? AGENT_OPERA : share < 98 ? AGENT_API : AGENT_BOT;
	switch (browser) {
	case AGENT_FIREFOX: return put_firefox(to, mobile, &bits);
	case AGENT_SAFARI: return put_safari(to, mobile, &bits);
	case AGENT_IE:
		to = put_literal(to, "Mozilla/5.0 (Windows NT ");
		to = put_text(to, take(&bits, 2) ? "6.1; WOW64" : "10.0; WOW64");
		return put_literal(to, "; Trident/7.0; rv:11.0) like Gecko");
	case AGENT_API:
		to = put_text(to, tools[take(&bits, 6)]);
		return put_int(to, take(&bits, 32));
	case AGENT_BOT:
		to = put_literal(to, "Mozilla/5.0 (compatible; ");
		to = put_text(to, bots[take(&bits, 5)]);
		*to++ = '/';
		to = put_int(to, 1 + take(&bits, 4));
		return put_literal(to, ".0; +https://www.example.com/bot.html)");
	default: return put_chromium(to, browser, mobile, &bits);
	}
}

static const char *const browsers[] = { "any", "chrome", "firefox", "safari", "edge", "opera", "ie", "api", "bot", NULL };
static const char *const devices[] = { "any", "desktop", "mobile", NULL };

struct agent_opts {
	int browser, device;
};

static const struct param agent_params[] = {
	P_CHOICE(struct agent_opts, browser, browsers, 0, .help = "Which program it is of."),
	P_CHOICE(struct agent_opts, device, devices, 0, .help = "Where the browser runs; api, bot and ie are the same everywhere."),
	P_END
};

static char *agent_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct agent_opts *o = c->opts;

	(void)r;
	return agent_put(to, (enum agent_browser)o->browser, (enum agent_device)o->device, d);
}

/* ---- emoji ---- */

static const char *const emoji_sets[] = { "any", "face", "gesture", "person", "job", "animal", "plant", "food", "travel", "vehicle", "weather",
					  "activity", "sport", "game", "music", "object", "clothing", "electronics", "tools", "symbol", "flag", NULL };
static const char *const emoji_as[] = { "char", "alias", "category", "tag", NULL };

struct emoji_opts {
	int set, as;
};

static const struct param emoji_params[] = {
	P_CHOICE(struct emoji_opts, set, emoji_sets, 0, .help = "What it shows."),
	P_CHOICE(struct emoji_opts, as, emoji_as, 0, .help = "The character, or what it is called."),
	P_END
};

static int emoji_prepare(struct call *c, struct err *e)
{
	return subset_init(c->made, c->locale, "emoji", 2, emoji_sets[((const struct emoji_opts *)c->opts)->set], false, e);
}

static char *emoji_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return subset_put(c->made, draws_next(d), (unsigned)((const struct emoji_opts *)c->opts)->as, to);
}

/* ---- jwt ---- */

static const char *const algorithms[] = { "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "none", NULL };
static const char *const jwt_as[] = { "token", "alg", NULL };

struct jwt_opts {
	int alg, as;
	char *claims;
};

static const struct param jwt_params[] = {
	P_CHOICE(struct jwt_opts, alg, algorithms, 0, .help = "Algorithm that the header names; the signature is random bytes of its length."),
	P_TEXT(struct jwt_opts, claims, "", .help = "More members of the payload, like \"role\":\"admin\"; at most 1024 bytes."),
	P_CHOICE(struct jwt_opts, as, jwt_as, 0, .help = "The token, or only the name of an algorithm."),
	P_END
};

static int jwt_prepare(struct call *c, struct err *e)
{
	const char *claims = ((const struct jwt_opts *)c->opts)->claims;

	if (text_fits("claims", claims, 1024, e) < 0)
		return -1;
	return *claims && *claims != '"' ? err_set(e, ERR_INPUT, "claims: members of an object are needed, like \"role\":\"admin\"") : 0;
}

static size_t jwt_room(const struct call *c)
{
	return 768 + 2 * strlen(((const struct jwt_opts *)c->opts)->claims);
}

static char *jwt_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const int bytes[] = { 32, 48, 64, 256, 256, 256, 64, 96, 256, 0 };
	const struct jwt_opts *o = c->opts;
	char plain[1280], *at = plain;
	uint64_t bits = draws_next(d);
	int64_t issued = r->now_ns / 1000000000 - take(&bits, 1800);

	if (o->as == 1)
		return put_text(to, algorithms[take(&bits, 9)]);
	at = put_text(put_literal(at, "{\"alg\":\""), algorithms[o->alg]);
	at = put_literal(at, "\",\"typ\":\"JWT\"}");
	to = put_base64(to, plain, (size_t)(at - plain), true);
	at = put_literal(plain, "{\"sub\":\"");
	at = put_int(at, 100000 + take(&bits, 900000));
	at = put_literal(at, "\",\"iat\":");
	at = put_int(at, issued);
	at = put_literal(at, ",\"exp\":");
	at = put_int(at, issued + 3600);
	if (*o->claims) {
		*at++ = ',';
		at = put_text(at, o->claims);
	}
	*at++ = '}';
	*to++ = '.';
	to = put_base64(to, plain, (size_t)(at - plain), true);
	*to++ = '.';
	at = plain;
	for (int i = 0; i < bytes[o->alg]; i += 8) {
		bits = draws_next(d);
		at = put_bytes(at, (const char *)&bits, 8);
	}
	return put_base64(to, plain, (size_t)bytes[o->alg], true);
}

const struct provider pack_agents[] = {
	{ ROW_NAME("user_agent"), .aliases = "internet.userAgent chromeuseragent(browser=chrome) firefoxuseragent(browser=firefox) "
	  "safariuseragent(browser=safari) operauseragent(browser=opera) apiuseragent(browser=api) chrome(browser=chrome) firefox(browser=firefox) "
	  "safari(browser=safari) opera(browser=opera) internet_explorer(browser=ie)", .category = "Internet",
	  .help = "A user agent whose platform, engine and version agree.", .example = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
	  .out = KIND_TEXT, .params = agent_params, .opts_size = sizeof(struct agent_opts), .room = AGENT_ROOM, .text = agent_text },
	{ ROW_NAME("emoji"), .aliases = "internet.emoji emojialias(as=alias) emojicategory(as=category) emojitag(as=tag) emojianimal(set=animal) "
	  "emojiclothing(set=clothing) emojicostume(set=person) emojielectronics(set=electronics) emojiface(set=face) emojiflag(set=flag) "
	  "emojifood(set=food) emojigame(set=game) emojigesture(set=gesture) emojihand(set=gesture) emojijob(set=job) emojilandmark(set=travel) "
	  "emojimusic(set=music) emojiperson(set=person) emojiplant(set=plant) emojisport(set=sport) emojitools(set=tools) "
	  "emojivehicle(set=vehicle) emojiweather(set=weather)", .category = "Internet", .help = "A pictogram, or what it is called.",
	  .example = "🦊", .out = KIND_TEXT, .params = emoji_params, .opts_size = sizeof(struct emoji_opts), .made_size = sizeof(struct subset),
	  .prepare = emoji_prepare, .release = subset_release, .text = emoji_text },
	{ ROW_NAME("jwt"), .aliases = "internet.jwt internet.jwtAlgorithm(as=alg)", .category = "Internet",
	  .help = "A JSON Web Token whose times lie around now.", .example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", .out = KIND_TEXT,
	  .params = jwt_params, .opts_size = sizeof(struct jwt_opts), .prepare = jwt_prepare, .max_len = jwt_room, .text = jwt_text },
	{ .name = NULL },
};
