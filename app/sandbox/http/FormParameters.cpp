// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/http/FormParameters.h"

#include <QByteArray>
#include <QStringDecoder>

namespace credenza::sandbox
{

namespace
{

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

std::optional<QString> decode(QByteArrayView text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            bytes.append(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (i + 2 >= text.size())
            return std::nullopt;
        const auto high = hexDigit(text[i + 1]);
        const auto low = hexDigit(text[i + 2]);
        if (!high || !low || (*high == 0 && *low == 0))
            return std::nullopt;
        bytes.append(static_cast<char>(*high * 16 + *low));
        i += 2;
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString decoded = decoder(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return decoded;
}

} // namespace

std::optional<QList<Parameter>> parseForm(QByteArrayView encoded)
{
    QList<Parameter> parameters;
    qsizetype start = 0;
    while (start < encoded.size()) {
        qsizetype end = encoded.indexOf('&', start);
        if (end < 0)
            end = encoded.size();
        const QByteArrayView pair = encoded.sliced(start, end - start);
        start = end + 1;
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const auto name = decode(equals < 0 ? pair : pair.first(equals));
        const auto value = decode(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1));
        if (!name || !value)
            return std::nullopt;
        parameters.append({*name, *value});
    }
    return parameters;
}

} // namespace credenza::sandbox
