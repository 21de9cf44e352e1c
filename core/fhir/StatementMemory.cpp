// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/StatementMemory.h"

#include <algorithm>

namespace credenza
{

namespace
{

constexpr qsizetype mostRemembered = 16; // servers in use at a time; each statement is some hundred kilobytes

} // namespace

Result<std::shared_ptr<const CapabilityStatement>> StatementMemory::read(const QByteArray &body)
{
    if (auto known = find(body))
        return known;
    auto statement = std::make_shared<const CapabilityStatement>(TRY(readCapabilityStatement(body)));
    const std::scoped_lock lock(m_mutex);
    if (m_remembered.size() == mostRemembered)
        m_remembered.removeFirst();
    m_remembered.append({body, statement});
    return statement;
}

std::shared_ptr<const CapabilityStatement> StatementMemory::find(const QByteArray &body)
{
    const std::scoped_lock lock(m_mutex);
    const auto known = std::ranges::find(m_remembered, body, &Remembered::body);
    return known == m_remembered.end() ? nullptr : known->statement;
}

} // namespace credenza
