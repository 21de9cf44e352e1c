// SPDX-License-Identifier: Apache-2.0
#include "core/keys/SignatureAlgorithm.h"

#include <array>

namespace credenza
{

namespace
{

struct AlgorithmRow {
    SignatureAlgorithm algorithm;
    QLatin1String name;
};

constexpr std::array algorithms{
    AlgorithmRow{SignatureAlgorithm::RS384, QLatin1String("RS384")},
    AlgorithmRow{SignatureAlgorithm::ES384, QLatin1String("ES384")},
    AlgorithmRow{SignatureAlgorithm::RS256, QLatin1String("RS256")},
    AlgorithmRow{SignatureAlgorithm::RS512, QLatin1String("RS512")},
    AlgorithmRow{SignatureAlgorithm::ES256, QLatin1String("ES256")},
};

} // namespace

QString nameOf(SignatureAlgorithm algorithm)
{
    for (const AlgorithmRow &row : algorithms) {
        if (row.algorithm == algorithm)
            return row.name;
    }
    Q_UNREACHABLE();
}

QString nameOf(KeyType type)
{
    return type == KeyType::Rsa ? QStringLiteral("RSA") : QStringLiteral("EC");
}

std::optional<SignatureAlgorithm> signatureAlgorithm(QStringView name)
{
    for (const AlgorithmRow &row : algorithms) {
        if (row.name == name)
            return row.algorithm;
    }
    return std::nullopt;
}

KeyType keyTypeOf(SignatureAlgorithm algorithm)
{
    return algorithm == SignatureAlgorithm::ES256 || algorithm == SignatureAlgorithm::ES384 ? KeyType::Ec
                                                                                            : KeyType::Rsa;
}

QStringList signatureAlgorithmNames()
{
    QStringList names;
    for (const AlgorithmRow &row : algorithms)
        names.append(row.name);
    return names;
}

} // namespace credenza
