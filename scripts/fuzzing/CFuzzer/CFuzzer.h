// What libFuzzer offers to a mutator; the toolchain has the library but no header for it.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Changes `size` bytes in place in libFuzzer's own way, to at most `max_size`; returns how many
/// there are now.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
