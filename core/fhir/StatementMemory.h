// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/CapabilityStatement.h"

#include <memory>
#include <mutex>

namespace credenza
{

/// Remembers what CapabilityStatements say, so that many flows that get the same answer of a server read it once: a large
/// server's takes longer to read than a token to get. Safe from several threads.
class StatementMemory
{
public:
    /// As readCapabilityStatement(). What can't be read is not remembered.
    [[nodiscard]] Result<std::shared_ptr<const CapabilityStatement>> read(const QByteArray &body);

private:
    struct Remembered {
        QByteArray body;
        std::shared_ptr<const CapabilityStatement> statement;
    };
    [[nodiscard]] std::shared_ptr<const CapabilityStatement> find(const QByteArray &body);

    std::mutex m_mutex;
    QList<Remembered> m_remembered; ///< the latest last
};

} // namespace credenza
