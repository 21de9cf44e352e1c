// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialCard.h"

#include "core/vault/CardReader.h"

#include <QCborStreamWriter>
#include <QTimeZone>

namespace credenza
{

namespace
{

// FORMAT.md, "Card": the numbers are part of the format. Keys are written in ascending order; empty members are left
// out.
enum Member : quint64 {
    Name = 1,
    Description = 2,
    ConnectorId = 3,
    FhirBaseUrl = 4,
    ClientId = 5,
    KeyId = 6,
    Algorithm = 7,
    TokenEndpoint = 8,
    JwkSetUrl = 9,
    Scopes = 10,
    Tags = 11,
    AuthorityPem = 12,
    Proxy = 13,
    ExtraHeaders = 14,
    AllowsPlainHttp = 15,
    KeyKind = 16,
    KeyBits = 17,
    KeyCurve = 18,
    KeyThumbprint = 19,
    KeyPublicPem = 20,
    KeyOrigin = 21,
    KeyCreatedAt = 22,
    CreatedAt = 23,
    UpdatedAt = 24,
    TestPassed = 25,
    TestAt = 26,
    TestMilliseconds = 27,
    TestStep = 28,
    TestCode = 29,
    TestText = 30,
    Notes = 31,
    Favorite = 32,
    KeyExpiresAt = 33,
    FiledAt = 34,
    FiledBy = 35
};

class CardWriter
{
public:
    CardWriter() : m_stream(&m_bytes) { m_stream.startMap(); }

    void text(Member member, const QString &value)
    {
        if (!value.isEmpty()) {
            m_stream.append(quint64{member});
            m_stream.append(value);
        }
    }
    void bytes(Member member, const QByteArray &value)
    {
        if (!value.isEmpty()) {
            m_stream.append(quint64{member});
            m_stream.append(value);
        }
    }
    void texts(Member member, const QStringList &values)
    {
        if (values.isEmpty())
            return;
        m_stream.append(quint64{member});
        m_stream.startArray(static_cast<quint64>(values.size()));
        for (const QString &value : values)
            m_stream.append(value);
        m_stream.endArray();
    }
    void time(Member member, const QDateTime &value)
    {
        if (value.isValid()) {
            m_stream.append(quint64{member});
            m_stream.append(qint64{value.toMSecsSinceEpoch()});
        }
    }
    void number(Member member, qint64 value)
    {
        m_stream.append(quint64{member});
        m_stream.append(value);
    }
    void real(Member member, double value)
    {
        m_stream.append(quint64{member});
        m_stream.append(value);
    }
    void flag(Member member, bool value)
    {
        m_stream.append(quint64{member});
        m_stream.append(value);
    }
    [[nodiscard]] QByteArray finish()
    {
        m_stream.endMap();
        return m_bytes;
    }

private:
    QByteArray m_bytes;
    QCborStreamWriter m_stream;
};

// Fixed numbers of our own, so that the order of the C++ enumerations is not part of the format.
constexpr std::array algorithmNumbers{
    std::pair{SignatureAlgorithm::RS256, 1}, std::pair{SignatureAlgorithm::RS384, 2},
    std::pair{SignatureAlgorithm::RS512, 3}, std::pair{SignatureAlgorithm::ES256, 4},
    std::pair{SignatureAlgorithm::ES384, 5},
};
constexpr std::array keyTypeNumbers{std::pair{KeyType::Rsa, 1}, std::pair{KeyType::Ec, 2}};

template <typename T, std::size_t N> int numberOf(const std::array<std::pair<T, int>, N> &table, T value)
{
    const auto at = std::ranges::find(table, value, &std::pair<T, int>::first);
    Q_ASSERT(at != table.end());
    return at->second;
}

template <typename T, std::size_t N>
T fromNumber(const std::array<std::pair<T, int>, N> &table, qint64 number, CardReader &reader)
{
    const auto at = std::ranges::find(table, number, &std::pair<T, int>::second);
    if (at != table.end())
        return at->first;
    reader.reject();
    return table.front().first;
}

QStringList flattened(const QList<std::pair<QString, QString>> &headers)
{
    QStringList list;
    for (const auto &[name, value] : headers)
        list << name << value;
    return list;
}

QList<std::pair<QString, QString>> paired(const QStringList &list, CardReader &reader)
{
    QList<std::pair<QString, QString>> headers;
    if (list.size() % 2 != 0)
        reader.reject();
    for (qsizetype i = 0; i + 1 < list.size(); i += 2)
        headers.emplaceBack(list[i], list[i + 1]);
    return headers;
}

void readMember(quint64 member, CardReader &reader, SharedValues &shared, Credential &c)
{
    const auto test = [&c]() -> TestSummary & { return c.lastTest ? *c.lastTest : c.lastTest.emplace(); };
    switch (member) {
    case Name:
        c.name = reader.text();
        break;
    case Description:
        c.description = reader.text();
        break;
    case ConnectorId:
        c.connector = shared.of(reader.text());
        break;
    case FhirBaseUrl:
        c.fhirBaseUrl = shared.of(reader.text());
        break;
    case ClientId:
        c.clientId = reader.text();
        break;
    case KeyId:
        c.keyId = reader.text();
        break;
    case Algorithm:
        c.algorithm = fromNumber(algorithmNumbers, reader.number(), reader);
        break;
    case TokenEndpoint:
        c.tokenEndpoint = shared.of(reader.text());
        break;
    case JwkSetUrl:
        c.jwkSetUrl = reader.text();
        break;
    case Scopes:
        c.scopes = shared.of(reader.texts());
        break;
    case Tags:
        c.tags = shared.of(reader.texts());
        break;
    case AuthorityPem:
        c.authorityPem = reader.bytes();
        break;
    case Proxy:
        c.proxy = shared.of(reader.text());
        break;
    case ExtraHeaders:
        c.extraHeaders = paired(reader.texts(), reader);
        break;
    case AllowsPlainHttp:
        c.allowsPlainHttp = reader.flag();
        break;
    case KeyKind:
        c.key.type = fromNumber(keyTypeNumbers, reader.number(), reader);
        break;
    case KeyBits:
        c.key.bits = static_cast<int>(reader.number());
        break;
    case KeyCurve:
        c.key.curve = shared.of(reader.text());
        break;
    case KeyThumbprint:
        c.key.thumbprint = reader.text();
        break;
    case KeyPublicPem:
        c.key.publicPem = reader.bytes();
        break;
    case KeyOrigin:
        c.key.origin = shared.of(reader.text());
        break;
    case KeyCreatedAt:
        c.key.createdAt = reader.time();
        break;
    case CreatedAt:
        c.createdAt = reader.time();
        break;
    case UpdatedAt:
        c.updatedAt = reader.time();
        break;
    case TestPassed:
        test().passed = reader.flag();
        break;
    case TestAt:
        test().at = reader.time();
        break;
    case TestMilliseconds:
        test().milliseconds = reader.real();
        break;
    case TestStep:
        test().step = shared.of(reader.text());
        break;
    case TestCode:
        test().code = shared.of(reader.text());
        break;
    case TestText:
        test().summary = shared.of(reader.text());
        break;
    case Notes:
        c.notes = reader.text();
        break;
    case Favorite:
        c.isFavorite = reader.flag();
        break;
    case KeyExpiresAt:
        c.keyExpiresAt = reader.time();
        break;
    default:
        reader.reject();
    }
}

/// Reads a member only to see whether readMember() would.
void passMember(quint64 member, CardReader &reader)
{
    switch (member) {
    case Name:
    case Description:
    case ConnectorId:
    case FhirBaseUrl:
    case ClientId:
    case KeyId:
    case TokenEndpoint:
    case JwkSetUrl:
    case Proxy:
    case KeyCurve:
    case KeyThumbprint:
    case KeyOrigin:
    case TestStep:
    case TestCode:
    case TestText:
    case Notes:
        reader.textView();
        break;
    case Scopes:
    case Tags:
        reader.skipTexts();
        break;
    case ExtraHeaders:
        if (reader.skipTexts() % 2 != 0)
            reader.reject();
        break;
    case AuthorityPem:
    case KeyPublicPem:
        reader.bytesView();
        break;
    case Algorithm:
        fromNumber(algorithmNumbers, reader.number(), reader);
        break;
    case KeyKind:
        fromNumber(keyTypeNumbers, reader.number(), reader);
        break;
    case KeyBits:
    case KeyCreatedAt:
    case CreatedAt:
    case UpdatedAt:
    case TestAt:
    case KeyExpiresAt:
        reader.number();
        break;
    case TestMilliseconds:
        reader.real();
        break;
    case AllowsPlainHttp:
    case TestPassed:
    case Favorite:
        reader.flag();
        break;
    default:
        reader.reject();
    }
}

void writeMembers(CardWriter &writer, const Credential &c)
{
    writer.text(Name, c.name);
    writer.text(Description, c.description);
    writer.text(ConnectorId, c.connector);
    writer.text(FhirBaseUrl, c.fhirBaseUrl);
    writer.text(ClientId, c.clientId);
    writer.text(KeyId, c.keyId);
    writer.number(Algorithm, numberOf(algorithmNumbers, c.algorithm));
    writer.text(TokenEndpoint, c.tokenEndpoint);
    writer.text(JwkSetUrl, c.jwkSetUrl);
    writer.texts(Scopes, c.scopes);
    writer.texts(Tags, c.tags);
    writer.bytes(AuthorityPem, c.authorityPem);
    writer.text(Proxy, c.proxy);
    writer.texts(ExtraHeaders, flattened(c.extraHeaders));
    writer.flag(AllowsPlainHttp, c.allowsPlainHttp);
    writer.number(KeyKind, numberOf(keyTypeNumbers, c.key.type));
    writer.number(KeyBits, c.key.bits);
    writer.text(KeyCurve, c.key.curve);
    writer.text(KeyThumbprint, c.key.thumbprint);
    writer.bytes(KeyPublicPem, c.key.publicPem);
    writer.text(KeyOrigin, c.key.origin);
    writer.time(KeyCreatedAt, c.key.createdAt);
    writer.time(CreatedAt, c.createdAt);
    writer.time(UpdatedAt, c.updatedAt);
    if (c.lastTest) {
        writer.flag(TestPassed, c.lastTest->passed);
        writer.time(TestAt, c.lastTest->at);
        writer.real(TestMilliseconds, c.lastTest->milliseconds);
        writer.text(TestStep, c.lastTest->step);
        writer.text(TestCode, c.lastTest->code);
        writer.text(TestText, c.lastTest->summary);
    }
    writer.text(Notes, c.notes);
    if (c.isFavorite)
        writer.flag(Favorite, true);
    writer.time(KeyExpiresAt, c.keyExpiresAt);
}

} // namespace

QByteArray encodeCard(const Credential &credential)
{
    CardWriter writer;
    writeMembers(writer, credential);
    return writer.finish();
}

QByteArray encodeFiledCard(const Credential &credential, const Filing &filing)
{
    CardWriter writer;
    writeMembers(writer, credential);
    writer.time(FiledAt, filing.at);
    writer.text(FiledBy, filing.by);
    return writer.finish();
}

std::optional<QString> nameInCard(std::span<const std::byte> card)
{
    CardReader reader(card);
    QString name = QStringLiteral("");
    while (const quint64 member = reader.next()) {
        if (member == Name)
            name = reader.text();
        else
            passMember(member, reader);
    }
    if (!reader.finish())
        return std::nullopt;
    return name;
}

std::optional<Credential> decodeCard(std::span<const std::byte> card, SharedValues &shared)
{
    CardReader reader(card);
    Credential credential;
    while (const quint64 member = reader.next())
        readMember(member, reader, shared, credential);
    if (!reader.finish())
        return std::nullopt;
    return credential;
}

std::optional<Credential> decodeFiledCard(std::span<const std::byte> card, SharedValues &shared, Filing &filing)
{
    CardReader reader(card);
    Credential credential;
    while (const quint64 member = reader.next()) {
        if (member == FiledAt)
            filing.at = reader.time();
        else if (member == FiledBy)
            filing.by = reader.text();
        else
            readMember(member, reader, shared, credential);
    }
    if (!reader.finish())
        return std::nullopt;
    return credential;
}

} // namespace credenza
