// SPDX-License-Identifier: Apache-2.0
#include "core/handover/CredentialBundle.h"

#include "core/credentials/Validation.h"
#include "core/keys/KeyExport.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <thread>

#include <simdjson.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct BundleText {
    Q_DECLARE_TR_FUNCTIONS(BundleText)
};

constexpr int currentVersion = 1;

Failure malformed(const QString &detail)
{
    return fail(ErrorKind::InvalidInput, u"bundle.malformed"_s,
                BundleText::tr("What is in the file is not a bundle of credentials: %1").arg(detail),
                BundleText::tr("Ask the sender to export it again."));
}

QString textOf(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// A JSON string token, still with quotation marks and escapes, as the bytes it stands for; only the escapes that a PEM
/// text can have. Nothing for any other.
std::optional<SecretBytes> unescaped(QByteArrayView token)
{
    token = token.trimmed();
    if (token.size() < 2 || !token.startsWith('"') || !token.endsWith('"'))
        return std::nullopt;
    token = token.sliced(1, token.size() - 2);
    SecretBytes text(static_cast<std::size_t>(token.size()));
    std::size_t used = 0;
    for (qsizetype i = 0; i < token.size(); ++i) {
        char c = token[i];
        if (c == '\\') {
            constexpr QByteArrayView escapes("nrt/\\\"");
            constexpr QByteArrayView meanings("\n\r\t/\\\"");
            const qsizetype which = ++i < token.size() ? escapes.indexOf(token[i]) : -1;
            if (which < 0)
                return std::nullopt;
            c = meanings[which];
        }
        text.bytes()[used++] = static_cast<std::byte>(c);
    }
    text.truncate(used);
    return text;
}

/// One credential of the document: its card as JSON of its own, without the key, and the token of the key.
struct RawCredential {
    QByteArray card;
    QByteArrayView key; ///< points into the document; empty: none
};

/// Takes the document apart without copying keys out of it.
class BundleParts
{
public:
    explicit BundleParts(const SecretBytes &document)
        : m_padded(document.size() + simdjson::SIMDJSON_PADDING), m_size(document.size())
    {
        std::ranges::copy(document.view(), m_padded.bytes().begin());
    }

    [[nodiscard]] Result<std::vector<RawCredential>> read()
    {
        simdjson::ondemand::document document;
        simdjson::ondemand::object root;
        const auto *data = reinterpret_cast<const char *>(m_padded.view().data());
        if (m_parser.iterate(data, m_size, m_padded.size()).get(document) != simdjson::SUCCESS ||
            document.get_object().get(root) != simdjson::SUCCESS)
            return malformed(BundleText::tr("it is not a JSON object."));
        QSet<QString> seen;
        std::vector<RawCredential> credentials;
        for (auto field : root) {
            std::string_view name;
            if (field.unescaped_key().get(name) != simdjson::SUCCESS)
                return notJson();
            if (seen.contains(textOf(name)))
                return malformed(BundleText::tr("“%1” is there twice.").arg(textOf(name)));
            seen.insert(textOf(name));
            TRY(readRootMember(textOf(name), field.value(), credentials));
        }
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            return malformed(BundleText::tr("something follows its end."));
        for (const QString &name : {u"format"_s, u"version"_s, u"exportedAt"_s, u"credentials"_s})
            if (!seen.contains(name))
                return malformed(BundleText::tr("“%1” is missing.").arg(name));
        return credentials;
    }

private:
    using Value = simdjson::simdjson_result<simdjson::ondemand::value>;

    static Failure notJson() { return malformed(BundleText::tr("it is not valid JSON.")); }

    [[nodiscard]] Result<void> readRootMember(const QString &name, Value value, std::vector<RawCredential> &credentials)
    {
        std::string_view text;
        if (name == u"format") {
            if (value.get_string().get(text) != simdjson::SUCCESS || text != "credenza-bundle")
                return malformed(BundleText::tr("its format is another."));
        } else if (name == u"version") {
            std::int64_t version = 0;
            if (value.get_int64().get(version) != simdjson::SUCCESS || version < 1)
                return malformed(BundleText::tr("its version is no number."));
            if (version > currentVersion)
                return fail(ErrorKind::InvalidInput, u"bundle.newer-version"_s,
                            BundleText::tr("This bundle was written by a newer Credenza (version %1).").arg(version),
                            BundleText::tr("Update Credenza to import it."));
        } else if (name == u"exportedAt" || name == u"generator") {
            if (value.get_string().get(text) != simdjson::SUCCESS)
                return malformed(BundleText::tr("“%1” is no text.").arg(name));
        } else if (name == u"credentials") {
            simdjson::ondemand::array array;
            if (value.get_array().get(array) != simdjson::SUCCESS)
                return malformed(BundleText::tr("“%1” is no list.").arg(name));
            for (auto element : array)
                credentials.push_back(TRY(readCredential(element)));
        } else {
            return malformed(BundleText::tr("it has a member “%1” that its version does not know.").arg(name));
        }
        return {};
    }

    [[nodiscard]] Result<RawCredential> readCredential(Value element)
    {
        simdjson::ondemand::object object;
        if (element.get_object().get(object) != simdjson::SUCCESS)
            return malformed(BundleText::tr("a credential is no object."));
        RawCredential raw;
        QSet<QByteArray> seen;
        for (auto field : object) {
            simdjson::ondemand::raw_json_string key;
            std::string_view name;
            if (field.key().get(key) != simdjson::SUCCESS || field.unescaped_key().get(name) != simdjson::SUCCESS)
                return notJson();
            const QByteArray member(name.data(), static_cast<qsizetype>(name.size()));
            if (seen.contains(member))
                return malformed(BundleText::tr("“%1” is there twice.").arg(QString::fromUtf8(member)));
            seen.insert(member);
            std::string_view text;
            if (!rawText(field.value(), text))
                return notJson();
            const QByteArrayView view(text.data(), static_cast<qsizetype>(text.size()));
            if (member == "privateKey") {
                raw.key = view;
                continue;
            }
            SecretText quoted;
            appendJsonString(quoted, member);
            raw.card += (raw.card.isEmpty() ? "{" : ",");
            raw.card += quoted.take().charView().toByteArray() + ':' + view.toByteArray();
        }
        raw.card += raw.card.isEmpty() ? "{}" : "}";
        return raw;
    }

    /// The value's own characters.
    [[nodiscard]] static bool rawText(Value value, std::string_view &text)
    {
        simdjson::ondemand::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS)
            return false;
        simdjson::ondemand::object object;
        simdjson::ondemand::array array;
        switch (type) {
        case simdjson::ondemand::json_type::object:
            return value.get_object().get(object) == simdjson::SUCCESS &&
                   object.raw_json().get(text) == simdjson::SUCCESS;
        case simdjson::ondemand::json_type::array:
            return value.get_array().get(array) == simdjson::SUCCESS && array.raw_json().get(text) == simdjson::SUCCESS;
        default:
            return value.raw_json_token().get(text) == simdjson::SUCCESS;
        }
    }

    SecretBytes m_padded;
    std::size_t m_size;
    simdjson::ondemand::parser m_parser;
};

Result<SecretBytes> keyFromToken(QByteArrayView token)
{
    const auto pem = unescaped(token);
    if (!pem)
        return malformed(BundleText::tr("a private key is no text."));
    if (auto quick = fromPkcs8Pem(pem->charView()))
        return *std::move(quick);
    // Written by another program: any form of a key that can be used.
    const KeyInspection inspection = inspectKey(*pem);
    if (!inspection.isUsable())
        return fail(ErrorKind::InvalidInput, u"bundle.wrong-key"_s,
                    BundleText::tr("A private key in the bundle can't be used."),
                    inspection.firstError() ? inspection.firstError()->message : QString());
    return inspection.imported->pkcs8.clone();
}

Failure wrongKey(const QString &name)
{
    return fail(
        ErrorKind::InvalidInput, u"bundle.wrong-key"_s,
        BundleText::tr("The private key of “%1” is not the one the bundle says it is, or can't sign.").arg(name),
        BundleText::tr("Ask the sender to export it again."));
}

/// What there is to know of a key once it was tried out; origin and time are not filled in.
Result<KeyCard> checkedKey(QByteArrayView token)
{
    const SecretBytes pkcs8 = TRY(keyFromToken(token));
    const PrivateKey key = TRY(PrivateKey::fromPkcs8(pkcs8));
    return keyCardOf(key.publicKey(), {}, {});
}

/// `work` for each number below `count`, on all processors once there are `atLeast` for each.
void forEachInParallel(std::size_t count, std::size_t atLeast, const std::stop_token &stop,
                       const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++)
            work(i);
    };
    std::vector<std::jthread> others;
    const std::size_t most = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    for (std::size_t i = 1; i < std::min(most, count / atLeast); ++i)
        others.emplace_back(run);
    run();
}

Result<Credential> readCard(const QByteArray &card)
{
    static const QSet<QString> known{
        u"id"_s,           u"revision"_s,        u"name"_s,  u"description"_s,  u"connector"_s,
        u"fhirBaseUrl"_s,  u"clientId"_s,        u"keyId"_s, u"algorithm"_s,    u"tokenEndpoint"_s,
        u"jwkSetUrl"_s,    u"scopes"_s,          u"tags"_s,  u"authorityPem"_s, u"proxy"_s,
        u"extraHeaders"_s, u"allowsPlainHttp"_s, u"key"_s,   u"createdAt"_s,    u"updatedAt"_s};
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(card, &error);
    if (!document.isObject())
        return malformed(error.errorString());
    for (const QString &name : document.object().keys())
        if (!known.contains(name))
            return malformed(
                BundleText::tr("a credential has a member “%1” that its version does not know.").arg(name));
    auto credential = credentialFromJson(document.object());
    if (!credential)
        return malformed(BundleText::tr("a credential lacks what it needs."));
    const Credential read = *std::move(credential);
    auto valid = toCredential(draftOf(read), read.updatedAt, &read);
    if (!valid)
        return malformed(valid.error().message);
    return valid;
}

} // namespace

BundleWriter::BundleWriter(const QDateTime &exportedAt)
{
    m_json.beginObject();
    m_json.member(u"format", u"credenza-bundle"_s);
    m_json.member(u"version", QJsonValue(currentVersion));
    m_json.member(u"exportedAt", exportedAt.toUTC().toString(Qt::ISODate));
    m_json.member(u"generator", u"Credenza "_s + QLatin1String(CREDENZA_VERSION));
    m_json.beginArray(u"credentials");
}

void BundleWriter::add(const Credential &credential, const SecretBytes &pkcs8)
{
    QJsonObject card = toJson(credential);
    card.remove(u"lastTest"_s); // a test from another place says nothing there
    m_json.beginObject();
    for (auto it = card.begin(); it != card.end(); ++it)
        m_json.member(it.key(), it.value());
    if (!pkcs8.isEmpty())
        m_json.secret(u"privateKey", toPkcs8Pem(pkcs8).charView());
    m_json.endObject();
}

SecretBytes BundleWriter::take()
{
    m_json.endArray();
    m_json.endObject();
    return m_json.take();
}

bool looksLikeBundle(QByteArrayView text)
{
    return text.trimmed().startsWith('{') &&
           text.first(std::min<qsizetype>(text.size(), 4096)).contains("\"credenza-bundle\"");
}

Result<ImportedCredentials> readBundle(const SecretBytes &document, std::stop_token stop)
{
    BundleParts parts(document);
    const std::vector<RawCredential> raws = TRY(parts.read());
    // One key for many hospitals is usual, and the check of a key costs a hundred times as much as all else.
    QHash<QByteArrayView, std::size_t> places;
    std::vector<QByteArrayView> tokens;
    for (const RawCredential &raw : raws) {
        if (raw.key.isEmpty() || places.contains(raw.key))
            continue;
        places.insert(raw.key, tokens.size());
        tokens.push_back(raw.key);
    }
    // Keys are decoded again when they are stored: ten thousand pieces of guarded memory at once are too many.
    std::vector<std::optional<Result<KeyCard>>> keys(tokens.size());
    forEachInParallel(tokens.size(), 1, stop, [&](std::size_t i) { keys[i] = checkedKey(tokens[i]); });
    std::vector<std::optional<Result<Credential>>> cards(raws.size());
    forEachInParallel(raws.size(), 64, stop, [&](std::size_t i) { cards[i] = readCard(raws[i].card); });
    if (stop.stop_requested())
        return cancelled();
    ImportedCredentialsBuilder builder;
    for (std::size_t i = 0; i < raws.size(); ++i) {
        Credential credential = TRY(std::move(*cards[i]));
        SecretBytes pkcs8;
        if (!raws[i].key.isEmpty()) {
            const Result<KeyCard> &key = *keys[places.value(raws[i].key)];
            if (!key && key.error().code.startsWith(u"bundle."))
                return Failure(key.error()); // no key at all
            if (!key || key->thumbprint != credential.key.thumbprint)
                return wrongKey(credential.name);
            // From the key itself, whatever the file says of it.
            const KeyCard said = std::exchange(credential.key, *key);
            credential.key.origin = said.origin;
            credential.key.createdAt = said.createdAt;
            pkcs8 = TRY(keyFromToken(raws[i].key));
        }
        builder.add(ImportedCredential{std::move(credential), {}, -1, 0}, pkcs8.charView());
    }
    return builder.take();
}

} // namespace credenza
