// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"

#include <QJsonObject>

#include <cstdint>
#include <cstdlib>

using namespace credenza;

namespace
{

/// Ends the run as a crash does: libFuzzer keeps the input.
void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

/// Anything pasted as a key: the first byte chooses a passphrase, the rest is the text. What is accepted must sign, be
/// kept and come back as the same key; what is not must say why.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView passphrase = data[0] % 3 == 1 ? QByteArrayView("secret") : QByteArrayView();
    const QByteArrayView text(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    const KeyInspection inspection = inspectKey(SecretBytes::copyOf(text), SecretBytes::copyOf(passphrase));
    require(!nameOf(inspection.kind).isEmpty() && !toJson(inspection).isEmpty());
    for (const KeyFinding &finding : inspection.findings)
        require(finding.code.startsWith(u"key.") && !finding.message.isEmpty());
    if (!inspection.isUsable()) {
        require(inspection.firstError() != nullptr);
        return 0;
    }
    require(inspection.firstError() == nullptr && inspection.publicKey && inspection.thumbprint.size() == 43);
    const auto again = PrivateKey::fromPkcs8(inspection.imported->pkcs8);
    require(again.has_value() && again->publicKey().thumbprint() == inspection.thumbprint);
    const auto readBack = PublicKey::fromJwk(inspection.publicKey->jwk(inspection.publicKey->defaultAlgorithm()));
    require(readBack.has_value() && readBack->thumbprint() == inspection.thumbprint);
    return 0;
}
