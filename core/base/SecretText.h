// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"

namespace credenza
{

/// Text with secrets in it that is put together piece by piece, all of it in guarded memory.
class SecretText
{
public:
    void append(QByteArrayView text);
    void append(const SecretBytes &text) { append(text.charView()); }
    void append(char c) { append(QByteArrayView(&c, 1)); }
    [[nodiscard]] std::size_t size() const { return m_used; }
    [[nodiscard]] bool isEmpty() const { return m_used == 0; }
    /// What was put together; this is empty afterwards.
    [[nodiscard]] SecretBytes take();

private:
    SecretBytes m_buffer;
    std::size_t m_used = 0;
};

} // namespace credenza
