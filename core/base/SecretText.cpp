// SPDX-License-Identifier: Apache-2.0
#include "core/base/SecretText.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace credenza
{

void SecretText::append(QByteArrayView text)
{
    const auto count = static_cast<std::size_t>(text.size());
    if (count == 0)
        return;
    if (m_used + count > m_buffer.size()) {
        SecretBytes larger(std::max(m_used + count, 2 * m_buffer.size() + 1024));
        if (m_used > 0)
            std::memcpy(larger.bytes().data(), m_buffer.view().data(), m_used);
        m_buffer = std::move(larger);
    }
    std::memcpy(m_buffer.bytes().data() + m_used, text.data(), count);
    m_used += count;
}

SecretBytes SecretText::take()
{
    SecretBytes text = std::move(m_buffer);
    text.truncate(std::exchange(m_used, 0));
    return text;
}

} // namespace credenza
