// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/ImportReading.h"

#include <QDateTime>

#include <cstdint>
#include <cstdlib>

using namespace credenza;

namespace
{

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

/// Any text as a file to import: credentials that are whole, or a failure with words for a person.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto imported = readImport(SecretBytes::copyOf(text), QStringLiteral("file"), QDateTime::fromMSecsSinceEpoch(0));
    if (!imported) {
        require(!imported.error().code.isEmpty() && !imported.error().message.isEmpty());
        return 0;
    }
    for (const ImportedCredential &item : imported->items) {
        require(!item.credential.name.isEmpty() && !item.credential.fhirBaseUrl.isEmpty());
        require(!item.hasKey() || PrivateKey::fromPkcs8(SecretBytes::copyOf(imported->keyOf(item))).has_value());
    }
    return 0;
}
