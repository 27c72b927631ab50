/* UTF-8. */
#include "base/utf8.h"

#include "base/attr.h"

#include <wchar.h>

size_t utf8_next(const char *s, size_t n, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	size_t len;
	uint32_t v;

	if (n == 0)
		return 0;
	if (p[0] < 0x80) {
		*c = p[0];
		return 1;
	}
	len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < len)
		return 0;
	v = p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (p[i] & 0x3f);
	}
	if (v < least[len] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		return 0;
	*c = v;
	return len;
}

size_t utf8_length(const char *s, size_t n)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++)
		length += ((unsigned char)s[i] & 0xc0) != 0x80;
	return length;
}

size_t utf8_put(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t utf8_check(const char *s, size_t n)
{
	size_t at = 0;

	while (at < n) {
		uint32_t c;
		size_t len = utf8_next(s + at, n - at, &c);

		if (len == 0)
			return at;
		at += len;
	}
	return n;
}

int utf8_width(uint32_t c)
{
	int w;

	if (c >= 0x20 && c < 0x7f)
		return 1;
	w = wcwidth((wchar_t)c);
	return w < 1 ? 1 : w;
}

uint32_t utf8_visible(uint32_t c)
{
	if (c >= 0x20 && c < 0x7f)
		return c;
	/* Our own drawing characters are one column everywhere; a C locale's wcwidth knows none of them. */
	if (c == 0xb7 || c == 0xb1 || c == 0xd7 || c == 0x2026 || c == 0x2192 || (c >= 0x2500 && c < 0x2600) ||
	    (c >= 0x2800 && c < 0x2900))
		return c;
	return wcwidth((wchar_t)c) < 1 ? 0xfffd : c;
}

uint32_t utf8_case(uint32_t c, bool capital)
{
	/* Letters whose two cases lie a distance apart; those that take turns, small ones odd or even. */
	static const struct { uint16_t first, last, apart; } apart[] = {
		{ 'A', 'Z', 32 }, { 0xc0, 0xd6, 32 }, { 0xd8, 0xde, 32 }, { 0x391, 0x3a1, 32 }, { 0x3a3, 0x3ab, 32 }, { 0x400, 0x40f, 80 }, { 0x410, 0x42f, 32 },
	};
	static const struct { uint16_t first, last; } turns[] = {
		{ 0x100, 0x12f }, { 0x132, 0x137 }, { 0x139, 0x148 }, { 0x14a, 0x177 }, { 0x179, 0x17e }, { 0x460, 0x481 }, { 0x48a, 0x4bf }, { 0x4d0, 0x52f },
	};

	for (size_t i = 0; i < COUNT_OF(apart); i++) {
		if (!capital && c >= apart[i].first && c <= apart[i].last)
			return c + apart[i].apart;
		if (capital && c >= apart[i].first + (uint32_t)apart[i].apart && c <= apart[i].last + (uint32_t)apart[i].apart)
			return c - apart[i].apart;
	}
	for (size_t i = 0; i < COUNT_OF(turns); i++) {
		bool is_capital = (c - turns[i].first) % 2 == 0;

		if (c >= turns[i].first && c <= turns[i].last)
			return capital == is_capital ? c : capital ? c - 1 : c + 1;
	}
	if (c == 0xff || c == 0x178)
		return capital ? 0x178 : 0xff;
	return c;
}
