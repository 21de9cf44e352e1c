// SPDX-License-Identifier: Apache-2.0
// Loaded before the C library (LD_PRELOAD): lets a system call on the vault's files fail, as a full disk, a broken one,
// a quota, read-only media or a network drive that is gone do. FAULT_FOLDER: only paths that contain it count.
// FAULT_CALL: the number of the call that fails, from 1. FAULT_KIND: "full" (ENOSPC), "quota" (EDQUOT), "readonly"
// (EROFS), "broken" (EIO), "gone" (ESTALE) or "short" (half of what was to be read or written). FAULT_LASTS=1: it stays
// like this from that call on; what a full disk, a quota and read-only media still allow, reading, then goes on. On
// leaving, the number of calls goes into the file FAULT_COUNT.
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace
{

std::array<std::atomic<bool>, 4096> watched;
std::atomic<long> calls{0};

const char *setting(const char *name)
{
    const char *value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool isOurs(const char *path)
{
    const char *folder = setting("FAULT_FOLDER");
    return *folder != '\0' && path != nullptr && std::strstr(path, folder) != nullptr;
}

bool isOurs(int descriptor)
{
    return descriptor >= 0 && static_cast<std::size_t>(descriptor) < watched.size() &&
           watched[static_cast<std::size_t>(descriptor)];
}

enum class Fault { None, Error, Short };
enum class Access { Reads, Writes };

bool isKind(const char *kind)
{
    return std::strcmp(setting("FAULT_KIND"), kind) == 0;
}

/// Counts a call, and says what shall become of it.
Fault next(Access access)
{
    const long call = ++calls;
    const long failing = std::atol(setting("FAULT_CALL"));
    const bool lasts = std::strcmp(setting("FAULT_LASTS"), "1") == 0;
    const bool isHit = lasts ? failing > 0 && call >= failing : call == failing;
    const bool readsGoOn = lasts && (isKind("full") || isKind("quota") || isKind("readonly"));
    if (!isHit || (readsGoOn && access == Access::Reads))
        return Fault::None;
    if (isKind("short"))
        return Fault::Short;
    errno = isKind("full")       ? ENOSPC
            : isKind("quota")    ? EDQUOT
            : isKind("readonly") ? EROFS
            : isKind("gone")     ? ESTALE
                                 : EIO;
    return Fault::Error;
}

Access accessOf(int openFlags)
{
    return (openFlags & (O_CREAT | O_TRUNC)) != 0 || ((openFlags & O_ACCMODE) != O_RDONLY && isKind("readonly"))
               ? Access::Writes
               : Access::Reads;
}

template <typename Function> Function real(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int opened(int descriptor, const char *path)
{
    if (descriptor >= 0 && static_cast<std::size_t>(descriptor) < watched.size())
        watched[static_cast<std::size_t>(descriptor)] = isOurs(path);
    return descriptor;
}

/// Calls that move bytes: half of them, none, or all.
template <typename Function, typename Buffer, typename... Rest>
ssize_t moved(const char *name, int descriptor, Buffer buffer, size_t size, Rest... rest)
{
    // What is read into can be written to.
    constexpr auto access = std::is_const_v<std::remove_pointer_t<Buffer>> ? Access::Writes : Access::Reads;
    const Fault fault = isOurs(descriptor) ? next(access) : Fault::None;
    if (fault == Fault::Error)
        return -1;
    if (fault == Fault::Short)
        size = std::max<size_t>(size / 2, 1);
    return real<Function>(name)(descriptor, buffer, size, rest...);
}

/// Calls that do it or don't.
template <typename Function, typename Subject, typename... Rest>
int done(const char *name, Subject subject, Rest... rest)
{
    if (isOurs(subject) && next(Access::Writes) == Fault::Error)
        return -1;
    return real<Function>(name)(subject, rest...);
}

__attribute__((destructor)) void report()
{
    if (std::FILE *file = std::fopen(setting("FAULT_COUNT"), "w")) {
        std::fprintf(file, "%ld", calls.load());
        std::fclose(file);
    }
}

} // namespace

extern "C" {

#define OPENING(name)                                                                                                  \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;                                    \
        va_end(arguments);                                                                                             \
        if (isOurs(path) && next(accessOf(flags)) == Fault::Error)                                                     \
            return -1;                                                                                                 \
        return opened(real<int (*)(const char *, int, mode_t)>(#name)(path, flags, mode), path);                       \
    }
OPENING(open)
OPENING(open64)
#undef OPENING

int openat(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (isOurs(path) && next(accessOf(flags)) == Fault::Error)
        return -1;
    return opened(real<int (*)(int, const char *, int, mode_t)>("openat")(folder, path, flags, mode), path);
}

int close(int descriptor)
{
    if (descriptor >= 0 && static_cast<std::size_t>(descriptor) < watched.size())
        watched[static_cast<std::size_t>(descriptor)] = false;
    return real<int (*)(int)>("close")(descriptor);
}

ssize_t read(int descriptor, void *buffer, size_t size)
{
    return moved<ssize_t (*)(int, void *, size_t)>("read", descriptor, buffer, size);
}
ssize_t pread(int descriptor, void *buffer, size_t size, off_t offset)
{
    return moved<ssize_t (*)(int, void *, size_t, off_t)>("pread", descriptor, buffer, size, offset);
}
ssize_t pread64(int descriptor, void *buffer, size_t size, off64_t offset)
{
    return moved<ssize_t (*)(int, void *, size_t, off64_t)>("pread64", descriptor, buffer, size, offset);
}
ssize_t write(int descriptor, const void *buffer, size_t size)
{
    return moved<ssize_t (*)(int, const void *, size_t)>("write", descriptor, buffer, size);
}
ssize_t pwrite(int descriptor, const void *buffer, size_t size, off_t offset)
{
    return moved<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite", descriptor, buffer, size, offset);
}
ssize_t pwrite64(int descriptor, const void *buffer, size_t size, off64_t offset)
{
    return moved<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64", descriptor, buffer, size, offset);
}
int fsync(int descriptor)
{
    return done<int (*)(int)>("fsync", descriptor);
}
int fdatasync(int descriptor)
{
    return done<int (*)(int)>("fdatasync", descriptor);
}
int ftruncate(int descriptor, off_t size)
{
    return done<int (*)(int, off_t)>("ftruncate", descriptor, size);
}
int ftruncate64(int descriptor, off64_t size)
{
    return done<int (*)(int, off64_t)>("ftruncate64", descriptor, size);
}
int unlink(const char *path)
{
    return done<int (*)(const char *)>("unlink", path);
}
int rename(const char *from, const char *to)
{
    return done<int (*)(const char *, const char *)>("rename", from, to);
}
int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags)
{
    if (isOurs(from) && next(Access::Writes) == Fault::Error)
        return -1;
    return real<int (*)(int, const char *, int, const char *, unsigned)>("renameat2")(fromFolder, from, toFolder, to,
                                                                                      flags);
}
}
