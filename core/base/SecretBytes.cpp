// SPDX-License-Identifier: Apache-2.0
#include "core/base/SecretBytes.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <cstring>
#include <new>
#include <sodium.h>
#include <utility>

namespace credenza
{

namespace
{

std::byte *allocateGuarded(std::size_t size)
{
    if (sodium_init() < 0)
        throw std::bad_alloc();
    void *memory = sodium_malloc(size);
    if (memory == nullptr)
        throw std::bad_alloc();
    return static_cast<std::byte *>(memory);
}

/// Guarded blocks of one size, wiped and kept for the next secret of this thread: making one costs several system
/// calls, a sixth of an RSA signature. Bytes lie at the end of their block, against its guard page.
class BlockCache
{
public:
    static constexpr std::size_t blockSize = 2048;

    BlockCache() = default;
    Q_DISABLE_COPY_MOVE(BlockCache)
    ~BlockCache()
    {
        while (m_count > 0)
            sodium_free(m_blocks[--m_count]);
        isGone = true;
    }
    std::byte *take() { return m_count > 0 ? m_blocks[--m_count] : allocateGuarded(blockSize); }
    void giveBack(std::byte *block)
    {
        if (m_count < m_blocks.size())
            m_blocks[m_count++] = block;
        else
            sodium_free(block);
    }
    /// Secrets may outlive their thread's cache, when both go at the thread's end.
    static thread_local bool isGone;

private:
    std::array<std::byte *, 4> m_blocks{};
    std::size_t m_count = 0;
};

thread_local bool BlockCache::isGone = false;

BlockCache &blockCache()
{
    static thread_local BlockCache cache;
    return cache;
}

std::byte *allocate(std::size_t size)
{
    if (size > BlockCache::blockSize)
        return allocateGuarded(size);
    std::byte *block = BlockCache::isGone ? allocateGuarded(BlockCache::blockSize) : blockCache().take();
    return block + (BlockCache::blockSize - size);
}

void release(std::byte *data, std::size_t size)
{
    if (data == nullptr)
        return;
    if (size > BlockCache::blockSize) {
        sodium_free(data); // wipes before it frees
        return;
    }
    sodium_memzero(data, size);
    std::byte *block = data - (BlockCache::blockSize - size);
    if (BlockCache::isGone)
        sodium_free(block);
    else
        blockCache().giveBack(block);
}

} // namespace

SecretBytes::SecretBytes(std::size_t size) : m_data(size == 0 ? nullptr : allocate(size)), m_size(size)
{
    if (m_size > 0)
        std::memset(m_data, 0, m_size);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        release(m_data, m_size);
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    release(m_data, m_size);
}

SecretBytes SecretBytes::copyOf(std::span<const std::byte> source)
{
    SecretBytes copy(source.size());
    if (copy.m_data != nullptr)
        std::memcpy(copy.m_data, source.data(), source.size());
    return copy;
}

SecretBytes SecretBytes::copyOf(QByteArrayView source)
{
    return copyOf(std::as_bytes(std::span(source.data(), static_cast<std::size_t>(source.size()))));
}

SecretBytes SecretBytes::takeFrom(QByteArray &source)
{
    SecretBytes taken = copyOf(QByteArrayView(source));
    wipe(source);
    return taken;
}

SecretBytes SecretBytes::takeFrom(QString &source)
{
    QByteArray utf8 = source.toUtf8();
    wipe(source);
    return takeFrom(utf8);
}

SecretBytes SecretBytes::clone() const
{
    return copyOf(view());
}

QByteArrayView SecretBytes::charView() const noexcept
{
    return {reinterpret_cast<const char *>(m_data), static_cast<qsizetype>(m_size)};
}

bool SecretBytes::equalsConstantTime(const SecretBytes &other) const noexcept
{
    return m_size == other.m_size && (m_size == 0 || sodium_memcmp(m_data, other.m_data, m_size) == 0);
}

QByteArray SecretBytes::copyToUnprotectedByteArray() const
{
    return charView().toByteArray();
}

void SecretBytes::truncate(std::size_t size)
{
    if (size < m_size)
        *this = copyOf(view().first(size));
}

void wipe(QByteArray &bytes) noexcept
{
    // A detach here would wipe a fresh copy and leave the original: only an unshared buffer can be reached.
    if (!bytes.isEmpty() && bytes.isDetached())
        sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

void wipe(QString &text) noexcept
{
    if (!text.isEmpty() && text.isDetached())
        sodium_memzero(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    text.clear();
}

} // namespace credenza
