// SPDX-License-Identifier: Apache-2.0
#include "core/vault/PageSums.h"

#include "core/vault/BinaryForm.h"

#include <algorithm>
#include <array>
#include <sodium.h>
#include <sqlite3.h>

namespace credenza
{

namespace
{

using PageSum = std::array<std::byte, pageSumSize>;
static_assert(pageSumSize >= crypto_generichash_BYTES_MIN);
// The byte of the database header that says how much room each page leaves (sqlite.org/fileformat2.html, 1.3.4).
constexpr std::size_t reservedAt = 20;

/// With the page's number, so that two pages that changed places are found as well.
PageSum sumOf(quint32 number, std::span<const std::byte, vaultPageSize> page)
{
    PageSum sum{};
    std::array<std::byte, 4> place{};
    qToBigEndian(number, place.data());
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sum.size());
    crypto_generichash_update(&state, sodiumBytes(std::span<const std::byte>(place)), place.size());
    crypto_generichash_update(&state, sodiumBytes(std::span<const std::byte>(page)), page.size() - pageSumSize);
    crypto_generichash_final(&state, sodiumBytes(std::span<std::byte>(sum)), sum.size());
    return sum;
}

/// A file as SQLite sees it; the real one lies in memory right behind.
struct SummedFile {
    sqlite3_file base;
    bool isDatabase;
    bool hasRoom;
};

sqlite3_vfs &realVfs()
{
    static sqlite3_vfs *const real = sqlite3_vfs_find(nullptr);
    return *real;
}

SummedFile &summed(sqlite3_file *file)
{
    return *reinterpret_cast<SummedFile *>(file);
}

sqlite3_file *realFile(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(&summed(file) + 1);
}

/// Calls a method of the real file.
template <auto member, typename... Arguments> int forward(sqlite3_file *file, Arguments... arguments)
{
    sqlite3_file *const real = realFile(file);
    return (real->pMethods->*member)(real, arguments...);
}

void noteRoom(SummedFile &file, const void *start, int amount, sqlite3_int64 offset)
{
    if (file.isDatabase && offset == 0 && amount > static_cast<int>(reservedAt))
        file.hasRoom = static_cast<const unsigned char *>(start)[reservedAt] == pageSumSize;
}

int readFile(sqlite3_file *file, void *into, int amount, sqlite3_int64 offset)
{
    const int outcome = forward<&sqlite3_io_methods::xRead>(file, into, amount, offset);
    if (outcome == SQLITE_OK)
        noteRoom(summed(file), into, amount, offset);
    return outcome;
}

int writeFile(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    constexpr auto size = static_cast<int>(vaultPageSize);
    noteRoom(summed(file), from, amount, offset);
    if (!summed(file).hasRoom || amount != size || offset % size != 0)
        return forward<&sqlite3_io_methods::xWrite>(file, from, amount, offset);
    std::array<std::byte, vaultPageSize> page;
    std::memcpy(page.data(), from, page.size());
    std::ranges::copy(sumOf(static_cast<quint32>(offset / size + 1), page), page.end() - pageSumSize);
    return forward<&sqlite3_io_methods::xWrite>(file, static_cast<const void *>(page.data()), amount, offset);
}

void sharedMemoryBarrier(sqlite3_file *file)
{
    sqlite3_file *const real = realFile(file);
    real->pMethods->xShmBarrier(real);
}

// Version 2: without memory mapping, which a vault does not use.
constexpr sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = forward<&sqlite3_io_methods::xClose>,
    .xRead = readFile,
    .xWrite = writeFile,
    .xTruncate = forward<&sqlite3_io_methods::xTruncate>,
    .xSync = forward<&sqlite3_io_methods::xSync>,
    .xFileSize = forward<&sqlite3_io_methods::xFileSize>,
    .xLock = forward<&sqlite3_io_methods::xLock>,
    .xUnlock = forward<&sqlite3_io_methods::xUnlock>,
    .xCheckReservedLock = forward<&sqlite3_io_methods::xCheckReservedLock>,
    .xFileControl = forward<&sqlite3_io_methods::xFileControl>,
    .xSectorSize = forward<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = forward<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = forward<&sqlite3_io_methods::xShmMap>,
    .xShmLock = forward<&sqlite3_io_methods::xShmLock>,
    .xShmBarrier = sharedMemoryBarrier,
    .xShmUnmap = forward<&sqlite3_io_methods::xShmUnmap>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int openFile(sqlite3_vfs *, sqlite3_filename name, sqlite3_file *file, int flags, int *flagsOut)
{
    SummedFile &opened = summed(file);
    opened.base.pMethods = nullptr;
    opened.isDatabase = (flags & SQLITE_OPEN_MAIN_DB) != 0;
    opened.hasRoom = false;
    sqlite3_file *const real = realFile(file);
    real->pMethods = nullptr;
    const int outcome = realVfs().xOpen(&realVfs(), name, real, flags, flagsOut);
    if (real->pMethods != nullptr)
        opened.base.pMethods = &methods; // only then does SQLite close it
    return outcome;
}

sqlite3_vfs makeVfs()
{
    sqlite3_vfs vfs = realVfs(); // everything but opening files is the system's own
    vfs.zName = "credenza-vault";
    vfs.pNext = nullptr;
    vfs.szOsFile += static_cast<int>(sizeof(SummedFile));
    vfs.xOpen = openFile;
    return vfs;
}

} // namespace

const char *pageSumVfs()
{
    static sqlite3_vfs vfs = makeVfs();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    return registered == SQLITE_OK ? vfs.zName : realVfs().zName;
}

bool isPageSound(quint32 number, std::span<const std::byte, vaultPageSize> page)
{
    return std::ranges::equal(sumOf(number, page), page.last<pageSumSize>());
}

} // namespace credenza
