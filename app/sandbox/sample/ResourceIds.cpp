// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/ResourceIds.h"

#include "app/sandbox/sample/Draw.h"

#include <QtEndian>

#include <utility>

namespace credenza::sandbox
{

namespace
{

constexpr int rounds = 6;
constexpr quint64 mark = 0x43525a0000000000u; // the upper half of every key: the mark, and the type in its lowest byte
constexpr auto base64Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

quint64 roundOf(quint64 half, quint64 seed, int round)
{
    return mix(half ^ mix(seed + static_cast<quint64>(round)));
}

} // namespace

QString ResourceIds::id(const ResourceKey &key) const
{
    quint64 left = mark | static_cast<quint64>(key.type);
    quint64 right = (static_cast<quint64>(key.owner) << 16) | static_cast<quint64>(key.item);
    for (int round = 0; round < rounds; ++round)
        left = std::exchange(right, left ^ roundOf(right, m_seed, round));
    QByteArray bytes(16, Qt::Uninitialized);
    qToBigEndian(left, bytes.data());
    qToBigEndian(right, bytes.data() + 8);
    return u'e' + QString::fromLatin1(bytes.toBase64(base64Options)) + u'3';
}

std::optional<ResourceKey> ResourceIds::key(ResourceType type, QStringView id) const
{
    if (id.size() != 24 || id.front() != u'e' || id.back() != u'3')
        return std::nullopt;
    const QByteArray text = id.sliced(1, 22).toLatin1();
    const auto bytes = QByteArray::fromBase64Encoding(text, base64Options | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || (*bytes).size() != 16 || (*bytes).toBase64(base64Options) != text)
        return std::nullopt;
    auto left = qFromBigEndian<quint64>((*bytes).constData());
    auto right = qFromBigEndian<quint64>((*bytes).constData() + 8);
    for (int round = rounds - 1; round >= 0; --round)
        right = std::exchange(left, right ^ roundOf(left, m_seed, round));
    if (left != (mark | static_cast<quint64>(type)))
        return std::nullopt;
    return ResourceKey{
        .type = type, .owner = static_cast<qint64>(right >> 16), .item = static_cast<int>(right & 0xffff)};
}

} // namespace credenza::sandbox
