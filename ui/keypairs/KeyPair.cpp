// SPDX-License-Identifier: Apache-2.0
#include "ui/keypairs/KeyPair.h"

#include "core/keys/PublicKey.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KeyPairText {
    Q_DECLARE_TR_FUNCTIONS(KeyPairText)
};

/// After a year a key is due for rotation, whatever the server still accepts.
constexpr int oldAfterMonths = 12;

KeyState stateOf(const KeyPair &pair, bool wasRefused, const QDateTime &now)
{
    if (wasRefused)
        return KeyState::NotAccepted;
    if (pair.card.createdAt.isValid() && pair.card.createdAt.addMonths(oldAfterMonths) <= now)
        return KeyState::Old;
    return pair.lastSigned.isValid() ? KeyState::InUse : KeyState::Unused;
}

} // namespace

QList<KeyPair> keyPairsOf(const QList<Credential> &credentials, const QDateTime &now)
{
    QList<KeyPair> pairs;
    QList<QDateTime> judgedAt; // of each pair: the test that decides whether the key is accepted
    QList<bool> refused;
    for (const Credential &credential : credentials) {
        if (credential.key.thumbprint.isEmpty())
            continue;
        const auto known = std::ranges::find_if(
            pairs, [&](const KeyPair &pair) { return pair.card.thumbprint == credential.key.thumbprint; });
        const qsizetype index = known - pairs.begin();
        if (known == pairs.end()) {
            pairs.append(KeyPair{.keyId = credential.effectiveKeyId(),
                                 .card = credential.key,
                                 .algorithm = credential.algorithm,
                                 .usedBy = {},
                                 .credentials = {},
                                 .lastSigned = {}});
            judgedAt.append(QDateTime());
            refused.append(false);
        }
        KeyPair &pair = pairs[index];
        if (pair.keyId == pair.card.thumbprint)
            pair.keyId = credential.effectiveKeyId();
        if (credential.key.createdAt.isValid() && credential.key.createdAt < pair.card.createdAt)
            pair.card.createdAt = credential.key.createdAt;
        pair.usedBy << credential.name;
        pair.credentials << credential.id;
        if (!credential.lastTest)
            continue;
        if (!pair.lastSigned.isValid() || credential.lastTest->at > pair.lastSigned)
            pair.lastSigned = credential.lastTest->at;
        if (!judgedAt.at(index).isValid() || credential.lastTest->at > judgedAt.at(index)) {
            judgedAt[index] = credential.lastTest->at;
            refused[index] = credential.lastTest->code == "invalid_client"_L1;
        }
    }
    for (qsizetype i = 0; i < pairs.size(); ++i)
        pairs[i].state = stateOf(pairs.at(i), refused.at(i), now);
    std::ranges::stable_sort(pairs, {}, [](const KeyPair &pair) { return pair.card.createdAt; });
    return pairs;
}

QString keyTypeText(const KeyCard &card)
{
    return card.type == KeyType::Ec ? u"EC %1"_s.arg(card.curve) : u"RSA %1"_s.arg(card.bits);
}

QString keyAgeText(const QDateTime &createdAt, const QDateTime &now)
{
    if (!createdAt.isValid())
        return {};
    const qint64 minutes = std::max<qint64>(0, createdAt.secsTo(now) / 60);
    if (minutes < 60)
        return KeyPairText::tr("%1 min").arg(minutes);
    if (minutes < 24 * 60)
        return KeyPairText::tr("%1 h").arg(minutes / 60);
    const qint64 days = minutes / (24 * 60);
    if (days < 60)
        return KeyPairText::tr("%1 d").arg(days);
    int months = 0;
    while (createdAt.addMonths(months + 1) <= now)
        ++months;
    return KeyPairText::tr("%1 mo").arg(months);
}

Result<QJsonObject> publicJwk(const KeyPair &pair)
{
    const auto key = TRY(PublicKey::fromPem(pair.card.publicPem));
    return key.jwk(key.fits(pair.algorithm) ? pair.algorithm : key.defaultAlgorithm(),
                   pair.keyId == pair.card.thumbprint ? QString() : pair.keyId);
}

QByteArray readableJson(const QJsonObject &object)
{
    QByteArrayList lines = QJsonDocument(object).toJson(QJsonDocument::Indented).trimmed().split('\n');
    for (QByteArray &line : lines) {
        const auto text = std::ranges::find_if(line, [](char c) { return c != ' '; });
        line.remove(0, (text - line.begin()) / 2);
    }
    return lines.join('\n') + '\n';
}

QByteArray publicJwkSet(const QList<KeyPair> &pairs)
{
    QList<QJsonObject> keys;
    for (const KeyPair &pair : pairs) {
        if (const auto jwk = publicJwk(pair))
            keys.append(*jwk);
    }
    return readableJson(jwkSet(keys));
}

} // namespace credenza
