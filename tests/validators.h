/* Validators of codes, written from the rules and apart from what makes the codes. Each takes a whole text. */
#ifndef TESTS_VALIDATORS_H
#define TESTS_VALIDATORS_H

#include <stdbool.h>
#include <stddef.h>

bool valid_luhn(const char *s);
bool valid_card(const char *s);         /* Luhn, and a range of some issuer */
bool valid_isin(const char *s);
bool valid_routing(const char *s);
bool valid_iban(const char *s);         /* mod 97, and every national check that has a public rule */
bool valid_lei(const char *s);
bool valid_cusip(const char *s);
bool valid_vin(const char *s);
bool valid_sedol(const char *s);
bool valid_ean(const char *s);          /* any GTIN; dashes are passed over */
bool valid_container(const char *s);
bool valid_imo(const char *s);
bool valid_s10(const char *s);
bool valid_ups(const char *s);
bool valid_fedex(const char *s);
bool valid_mod7(const char *s);
bool valid_tracking(const char *s);
bool valid_vat(const char *s);          /* of all 27 member states (EL for Greece) and GB */
bool valid_bech32(const char *s);
bool valid_base58(const char *s);

#endif
