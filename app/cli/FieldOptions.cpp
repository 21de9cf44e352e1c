// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FieldOptions.h"

#include "app/cli/Arguments.h"
#include "app/cli/CommandContext.h"
#include "app/cli/PassphraseSource.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

#include <array>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct FieldText {
    Q_DECLARE_TR_FUNCTIONS(FieldText)
};

/// inspectKey() looks at no more.
constexpr qint64 largestKeyFile = 10 * 1024 * 1024;

Result<SecretBytes> keyPassword(CommandContext &context, const std::optional<QString> &file)
{
    if (!file)
        return SecretBytes();
    return passphraseFromFile(context, *file);
}

/// Puts the members that `json` names into `draft`, taking them from `read`, which is what draftFromJson() made of it.
void takeNamedMembers(CredentialDraft &draft, const CredentialDraft &read, const QJsonObject &json)
{
    struct Member {
        QLatin1StringView name;
        void (*take)(CredentialDraft &, const CredentialDraft &);
    };
    static constexpr std::array members{
        Member{"name"_L1, [](auto &to, const auto &from) { to.name = from.name; }},
        Member{"description"_L1, [](auto &to, const auto &from) { to.description = from.description; }},
        Member{"connector"_L1, [](auto &to, const auto &from) { to.connector = from.connector; }},
        Member{"fhirBaseUrl"_L1, [](auto &to, const auto &from) { to.fhirBaseUrl = from.fhirBaseUrl; }},
        Member{"clientId"_L1, [](auto &to, const auto &from) { to.clientId = from.clientId; }},
        Member{"keyId"_L1, [](auto &to, const auto &from) { to.keyId = from.keyId; }},
        Member{"algorithm"_L1, [](auto &to, const auto &from) { to.algorithm = from.algorithm; }},
        Member{"tokenEndpoint"_L1, [](auto &to, const auto &from) { to.tokenEndpoint = from.tokenEndpoint; }},
        Member{"jwkSetUrl"_L1, [](auto &to, const auto &from) { to.jwkSetUrl = from.jwkSetUrl; }},
        Member{"proxy"_L1, [](auto &to, const auto &from) { to.proxy = from.proxy; }},
        Member{"scopes"_L1, [](auto &to, const auto &from) { to.scopes = from.scopes; }},
        Member{"tags"_L1, [](auto &to, const auto &from) { to.tags = from.tags; }},
        Member{"notes"_L1, [](auto &to, const auto &from) { to.notes = from.notes; }},
        Member{"favorite"_L1, [](auto &to, const auto &from) { to.isFavorite = from.isFavorite; }},
        Member{"keyExpiresAt"_L1, [](auto &to, const auto &from) { to.keyExpiry = from.keyExpiry; }},
    };
    for (const Member &member : members) {
        if (json.contains(member.name))
            member.take(draft, read);
    }
    if (read.key) {
        draft.key = read.key;
        draft.keyOrigin = read.keyOrigin;
        adoptKeyId(draft);
    }
}

/// A saved algorithm that does not fit the key that replaces the old one gives way to the new key's default.
void dropUnfitAlgorithm(CredentialDraft &draft)
{
    if (!draft.key || !draft.key->publicKey)
        return;
    const auto algorithm = signatureAlgorithm(draft.algorithm);
    if (algorithm && !draft.key->publicKey->fits(*algorithm))
        draft.algorithm.clear();
}

} // namespace

void FieldOptions::addTo(CLI::App &app)
{
    using Text = FieldText;
    addText(app, "--name", name, Text::tr("Credential name"), "TEXT");
    addText(app, "--description", description, Text::tr("What it is for"), "TEXT");
    addText(app, "--connector", connector, Text::tr("Kind of server; epic-ehr unless given"), "ID");
    addText(app, "--base-url", baseUrl, Text::tr("FHIR base URL"), "URL");
    addText(app, "--client-id", clientId, Text::tr("Client ID"), "ID");
    addText(app, "--key", keyFile, Text::tr("Private key, PEM ('-': standard input)"), "FILE");
    addText(app, "--key-id", keyId, Text::tr("Key ID (kid); the key's RFC 7638 thumbprint unless given"), "KID");
    addText(app, "--algorithm", algorithm, Text::tr("RS384, RS256, RS512, ES384 or ES256; by the key unless given"),
            "ALG");
    addText(app, "--token-url", tokenEndpoint, Text::tr("Token endpoint; discovered unless given"), "URL");
    addTexts(app, "--scope", scopes, Text::tr("Scope to ask for; repeatable"), "SCOPE");
    addTexts(app, "--tag", tags, Text::tr("Tag; repeatable"), "TAG");
    addText(app, "--note", notes, Text::tr("Notes of your own; '' takes them away"), "TEXT");
    // A function and not the member: CLI11 would set that to false where the option is not given.
    app.add_flag_function(
        "--favorite,--favourite,!--no-favorite,!--no-favourite", [this](std::int64_t given) { isFavorite = given > 0; },
        utf8(Text::tr("Show it first, or no longer")));
    addText(app, "--expires", keyExpiry,
            Text::tr("Day on which the key has to be replaced (2027-03-31), or 'never': reminds you before"), "DATE");
    addFileTo(app);
}

void FieldOptions::addFileTo(CLI::App &app)
{
    using Text = FieldText;
    addText(app, "--key-password-file", keyPasswordFile,
            Text::tr("First line of FILE opens an encrypted private key ('-': standard input)"), "FILE");
    addText(app, "--from", fromFile,
            Text::tr("JSON with name, description, connector, fhirBaseUrl, clientId, privateKey (PEM), keyId, "
                     "algorithm, tokenEndpoint, scopes[], tags[], notes, favorite, keyExpiresAt ('-': standard input)"),
            "FILE");
}

bool FieldOptions::isEmpty() const
{
    return !name && !description && !connector && !baseUrl && !clientId && !keyFile && !keyId && !algorithm &&
           !tokenEndpoint && !scopes && !tags && !notes && !isFavorite && !keyExpiry && !fromFile;
}

Result<CredentialDraft> FieldOptions::draft(CommandContext &context) const
{
    return changed(CredentialDraft(), context);
}

Result<CredentialDraft> FieldOptions::changed(CredentialDraft base, CommandContext &context) const
{
    CredentialDraft draft = std::move(base);
    if (fromFile) {
        const SecretBytes json = TRY(context.readSecret(*fromFile, largestKeyFile));
        const SecretBytes password = TRY(keyPassword(context, keyFile ? std::nullopt : keyPasswordFile));
        const CredentialDraft read = TRY(draftFromJson(json, password));
        const QByteArray raw = QByteArray::fromRawData(json.charView().data(), json.charView().size());
        takeNamedMembers(draft, read, QJsonDocument::fromJson(raw).object());
    }
    if (keyFile) {
        draft.key = std::make_shared<const KeyInspection>(
            TRY(inspectKeyFile(context, *keyFile, keyPasswordFile, keyId.value_or(QString()))));
        adoptKeyId(draft);
        draft.keyOrigin = *keyFile == u"-" ? u"pasted"_s : u"file:"_s + QFileInfo(*keyFile).fileName();
    }
    if (draft.key)
        dropUnfitAlgorithm(draft);
    const auto put = [](auto &field, const auto &given) {
        if (given)
            field = *given;
    };
    put(draft.name, name);
    put(draft.description, description);
    put(draft.connector, connector);
    put(draft.fhirBaseUrl, baseUrl);
    put(draft.clientId, clientId);
    put(draft.keyId, keyId);
    put(draft.algorithm, algorithm);
    put(draft.tokenEndpoint, tokenEndpoint);
    put(draft.scopes, scopes);
    put(draft.tags, tags);
    put(draft.notes, notes);
    put(draft.isFavorite, isFavorite);
    put(draft.keyExpiry, keyExpiry);
    if (draft.keyExpiry.compare("never"_L1, Qt::CaseInsensitive) == 0)
        draft.keyExpiry.clear();
    return draft;
}

Result<void> requireValid(const Validation &validation)
{
    const Finding *first = nullptr;
    QStringList messages;
    for (const auto &[field, finding] : validation.findings) {
        if (finding.state != Finding::State::Error)
            continue;
        if (first == nullptr)
            first = &finding;
        messages.append(u"%1: %2"_s.arg(nameOf(field), finding.message));
    }
    if (first == nullptr)
        return {};
    return fail(ErrorKind::InvalidInput, first->code, messages.join(u'\n'), first->fix);
}

Result<KeyInspection> inspectKeyFile(CommandContext &context, const QString &path,
                                     const std::optional<QString> &passwordFile, const QString &choice)
{
    const SecretBytes text = TRY(context.readSecret(path, largestKeyFile));
    const SecretBytes password = TRY(keyPassword(context, passwordFile));
    return inspectKey(text, password, choice);
}

} // namespace credenza::cli
