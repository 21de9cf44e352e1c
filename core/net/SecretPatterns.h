// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringView>

namespace credenza
{

/// Whether a member, parameter or header of this name carries a secret whatever its value looks like.
[[nodiscard]] bool isSecretName(QStringView name);

/// Whether a request or response header's value must not be shown.
[[nodiscard]] bool isSecretHeader(QStringView name);

/// `text` without anything that has the shape of a secret: PEM private keys, JWTs, `name=value` and `"name":"value"` of
/// secret names, private JWK members, Bearer and Basic credentials.
[[nodiscard]] QString withoutSecretShapes(QString text);

/// The same for a JSON value, by its structure: survives any escaping of names and values.
[[nodiscard]] QJsonValue withoutSecretMembers(const QJsonValue &value);
/// Whether withoutSecretMembers() would change anything.
[[nodiscard]] bool hasSecretMembers(const QJsonValue &value);

} // namespace credenza
