// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <functional>
#include <span>

class QIODevice;

namespace credenza
{

/// Where the bytes of a file come from, piece by piece.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    /// Fills `target` from its front; fewer bytes than asked for are followed by the end, 0 is the end.
    /// Errors: file.unreadable (Failed), and those of what a decorating source decodes.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::byte> target) = 0;
};

/// Bytes in memory, which must outlive this.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::span<const std::byte> bytes) : m_rest(bytes) {}
    explicit MemorySource(QByteArrayView bytes)
        : m_rest(std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))))
    {
    }
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> target) override;

private:
    std::span<const std::byte> m_rest;
};

/// An open device, which must outlive this. Blocks until there is enough or the end.
class DeviceSource final : public ByteSource
{
public:
    explicit DeviceSource(QIODevice &device) : m_device(device) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> target) override;

private:
    QIODevice &m_device;
};

/// Another source with a buffer in front, for those who read lines. `source` must outlive this.
class BufferedSource final : public ByteSource
{
public:
    explicit BufferedSource(ByteSource &source) : m_source(source) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> target) override;
    /// The next line with its line feed, without one at the end of the input; empty at the end. No more than
    /// `maxBytes` bytes of it.
    [[nodiscard]] Result<QByteArray> readLine(qsizetype maxBytes);
    /// The next bytes, at most `count` (up to 4096), which stay to be read.
    [[nodiscard]] Result<QByteArrayView> peek(qsizetype count);

private:
    [[nodiscard]] Result<bool> fill();

    ByteSource &m_source;
    QByteArray m_buffer;
    qsizetype m_at = 0;
};

/// Takes bytes as they come; a failure of it ends the work.
using ByteSink = std::function<Result<void>(std::span<const std::byte>)>;

} // namespace credenza
