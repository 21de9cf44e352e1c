// SPDX-License-Identifier: Apache-2.0
#include "core/smart/NetworkSettingsFor.h"

namespace credenza
{

namespace
{

NetworkSettings withOwn(NetworkSettings settings, const QByteArray &authorityPem, const QString &proxy)
{
    if (!authorityPem.isEmpty())
        settings.extraAuthorities += QSslCertificate::fromData(authorityPem, QSsl::Pem);
    if (!proxy.trimmed().isEmpty())
        settings.proxy = QUrl(proxy.trimmed());
    return settings;
}

} // namespace

NetworkSettings networkSettingsFor(const Credential &credential, NetworkSettings defaults)
{
    return withOwn(std::move(defaults), credential.authorityPem, credential.proxy);
}

NetworkSettings networkSettingsFor(const CredentialDraft &draft, NetworkSettings defaults)
{
    return withOwn(std::move(defaults), draft.authorityPem, draft.proxy);
}

} // namespace credenza
