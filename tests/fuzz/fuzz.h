/* A fuzz target takes any bytes and must neither crash nor leak nor take long. Each is also run over its corpus in make check. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#endif
