// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"

#include <cstddef>
#include <cstdio>
#include <unistd.h>

namespace credenza::test
{

/// A line of standard input, byte by byte: a buffer would keep what is secret.
[[nodiscard]] inline SecretBytes readLine()
{
    SecretBytes line(4096);
    std::size_t size = 0;
    char next = 0;
    while (::read(STDIN_FILENO, &next, 1) == 1 && next != '\n' && size < line.size())
        line.bytes()[size++] = static_cast<std::byte>(next);
    line.truncate(size);
    return line;
}

/// Tells the test how far this program has come, and goes on when the test says so.
inline void sayAndWait(const char *word)
{
    std::puts(word);
    std::fflush(stdout);
    const SecretBytes ignored = readLine();
}

} // namespace credenza::test
