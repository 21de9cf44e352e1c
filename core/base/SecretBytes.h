// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <span>

namespace credenza
{

/// Bytes that must not leak: a passphrase, key material, an access token. Lives in guarded, locked memory
/// (sodium_malloc) and is wiped when it goes. Move-only. It can't be printed, compared with == or stored in a QVariant.
///
/// Guarded memory is dear (several pages and system calls a block; small blocks are reused): for the few secrets in
/// use, not for bulk data.
class SecretBytes
{
public:
    SecretBytes() noexcept = default;
    /// `size` zero bytes, to be filled through bytes().
    explicit SecretBytes(std::size_t size);
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    /// A copy of `source`, whose owner stays responsible for wiping it.
    [[nodiscard]] static SecretBytes copyOf(std::span<const std::byte> source);
    [[nodiscard]] static SecretBytes copyOf(QByteArrayView source);
    /// Takes the bytes and wipes `source`, which is empty afterwards.
    [[nodiscard]] static SecretBytes takeFrom(QByteArray &source);
    /// The UTF-8 of `source`, which is wiped and empty afterwards. Copies that Qt made of it elsewhere are not reached.
    [[nodiscard]] static SecretBytes takeFrom(QString &source);

    [[nodiscard]] SecretBytes clone() const;
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    [[nodiscard]] std::span<const std::byte> view() const noexcept { return {m_data, m_size}; }
    [[nodiscard]] std::span<std::byte> bytes() noexcept { return {m_data, m_size}; }
    /// The same bytes for interfaces that speak char; valid as long as this object lives.
    [[nodiscard]] QByteArrayView charView() const noexcept;
    /// Comparison whose time does not depend on the contents.
    [[nodiscard]] bool equalsConstantTime(const SecretBytes &other) const noexcept;
    /// The one way out into memory that nobody wipes. Lint-listed: every use needs its reason beside it.
    [[nodiscard]] QByteArray copyToUnprotectedByteArray() const;
    /// Keeps the first `size` bytes.
    void truncate(std::size_t size);

private:
    std::byte *m_data = nullptr;
    std::size_t m_size = 0;
};

/// Overwrites the buffer of `bytes`, which is then empty. Reaches only this buffer: detached copies are their owners'.
void wipe(QByteArray &bytes) noexcept;
void wipe(QString &text) noexcept;

} // namespace credenza
