// SPDX-License-Identifier: Apache-2.0
#include "core/keys/OpenSslMemory.h"

#include <QCoreApplication>

#include <openssl/crypto.h>
#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

namespace credenza
{

namespace
{

void *allocate(std::size_t size, const char * /*file*/, int /*line*/)
{
    return std::malloc(size);
}

void release(void *memory, const char * /*file*/, int /*line*/)
{
    if (memory == nullptr)
        return;
    sodium_memzero(memory, malloc_usable_size(memory));
    std::free(memory);
}

/// realloc() may move the block and leave the old one as it was.
void *reallocate(void *memory, std::size_t size, const char *file, int line)
{
    if (memory == nullptr)
        return allocate(size, file, line);
    void *moved = std::malloc(size);
    if (moved == nullptr)
        return nullptr;
    std::memcpy(moved, memory, std::min(size, malloc_usable_size(memory)));
    release(memory, file, line);
    return moved;
}

} // namespace

Result<void> wipeOpenSslMemory()
{
    if (CRYPTO_set_mem_functions(allocate, reallocate, release) != 1)
        return fail(ErrorKind::Failed, QStringLiteral("hardening.failed"),
                    QCoreApplication::translate("ProcessHardening", "The process can't protect its memory."));
    return {};
}

} // namespace credenza
