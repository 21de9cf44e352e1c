// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/FieldRules.h"

#include "core/credentials/Connector.h"
#include "core/credentials/Environment.h"
#include "core/credentials/FhirBaseUrl.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <array>

namespace credenza
{

namespace
{

struct RuleText {
    Q_DECLARE_TR_FUNCTIONS(FieldRules)
};

constexpr qsizetype maxNameLength = 100;
constexpr qsizetype maxDescriptionLength = 2000;
constexpr qsizetype maxClientIdLength = 256;

bool hasControlCharacters(const QString &text, bool allowLineBreaks)
{
    return std::ranges::any_of(text, [allowLineBreaks](QChar c) {
        return c.category() == QChar::Other_Control && !(allowLineBreaks && (c == u'\n' || c == u'\t'));
    });
}

bool looksLikePrivateKey(const QString &text)
{
    return text.contains(u"PRIVATE KEY");
}

Finding misplacedKey()
{
    return errorFinding("field.holds-key", RuleText::tr("This is a private key."),
                        RuleText::tr("It goes into the field Private Key, where it is kept encrypted."));
}

/// Epic's IDs are GUIDs: says where a text that nearly is one differs.
Finding guidFinding(const QString &clientId)
{
    constexpr std::array<qsizetype, 5> groupSizes{8, 4, 4, 4, 12};
    const QString hint = RuleText::tr("Epic's client IDs are 36 characters long; copy it again from the app's page.");
    const QStringList groups = clientId.split(u'-');
    if (groups.size() == 5) {
        for (qsizetype i = 0; i < 5; ++i) {
            const qsizetype wanted = groupSizes[static_cast<std::size_t>(i)];
            if (groups[i].size() != wanted)
                return warningFinding(
                    "client-id.not-guid",
                    RuleText::tr("Group %1 has %2 characters of %3.").arg(i + 1).arg(groups[i].size()).arg(wanted),
                    hint);
        }
    }
    return warningFinding("client-id.not-guid", RuleText::tr("This does not look like one of Epic's client IDs."),
                          hint);
}

} // namespace

Finding errorFinding(const char *code, QString message, QString fix, std::optional<QString> replacement)
{
    return {Finding::State::Error, QString::fromLatin1(code), std::move(message), std::move(fix),
            std::move(replacement)};
}

Finding warningFinding(const char *code, QString message, QString fix, std::optional<QString> replacement)
{
    return {Finding::State::Warning, QString::fromLatin1(code), std::move(message), std::move(fix),
            std::move(replacement)};
}

Finding checkName(const CredentialDraft &draft)
{
    const QString name = draft.name.trimmed();
    if (name.isEmpty())
        return errorFinding("name.required", RuleText::tr("The name is missing."),
                            RuleText::tr("Give it one that tells organization and environment apart."));
    if (looksLikePrivateKey(name))
        return misplacedKey();
    if (name.size() > maxNameLength)
        return errorFinding("name.too-long",
                            RuleText::tr("The name has %1 characters; %2 fit.").arg(name.size()).arg(maxNameLength),
                            RuleText::tr("Shorten it; details go into the description."));
    if (hasControlCharacters(name, false))
        return errorFinding("name.control-characters",
                            RuleText::tr("The name has line breaks or control characters in it."),
                            RuleText::tr("Type it on one line."));
    return {};
}

Finding checkDescription(const CredentialDraft &draft)
{
    if (looksLikePrivateKey(draft.description))
        return misplacedKey();
    if (draft.description.size() > maxDescriptionLength)
        return errorFinding("description.too-long",
                            RuleText::tr("The description has %1 characters; %2 fit.")
                                .arg(draft.description.size())
                                .arg(maxDescriptionLength),
                            RuleText::tr("Shorten it."));
    if (hasControlCharacters(draft.description, true))
        return errorFinding("description.control-characters",
                            RuleText::tr("The description has control characters in it."),
                            RuleText::tr("Type it again."));
    return {};
}

Finding checkConnector(const CredentialDraft &draft)
{
    if (connectorById(draft.connector) != nullptr)
        return {};
    QStringList known;
    for (const Connector &connector : connectors())
        known.append(connector.id);
    return errorFinding("connector.unknown", RuleText::tr("There is no connector \"%1\".").arg(draft.connector),
                        RuleText::tr("Known are %1.").arg(known.join(QStringLiteral(", "))));
}

Finding checkFhirBaseUrl(const CredentialDraft &draft)
{
    if (looksLikePrivateKey(draft.fhirBaseUrl))
        return misplacedKey();
    const FhirBaseUrlReading reading = readFhirBaseUrl(draft.fhirBaseUrl, draft.allowsPlainHttp);
    const Connector *connector = connectorById(draft.connector);
    if (reading.finding.state != Finding::State::Ok || connector == nullptr || reading.canonical.isEmpty() ||
        connector->basePathPattern.pattern().isEmpty() || environmentOf(reading.canonical) == Environment::Local ||
        connector->basePathPattern.match(QUrl(reading.canonical).path()).hasMatch())
        return reading.finding;
    return warningFinding("url.unusual-path", RuleText::tr("The path is not one that %1 uses.").arg(connector->name),
                          connector->basePathHint);
}

Finding checkClientId(const CredentialDraft &draft)
{
    static const QRegularExpression space(QStringLiteral("[\\s\\x{00A0}\\x{200B}\\x{FEFF}]"));
    const QString typed = draft.clientId.trimmed();
    if (typed.isEmpty())
        return errorFinding("client-id.required", RuleText::tr("The client ID is missing."),
                            RuleText::tr("Copy it from the app's page in the EHR's developer portal."));
    if (looksLikePrivateKey(typed))
        return misplacedKey();
    if (typed.size() > maxClientIdLength)
        return errorFinding(
            "client-id.too-long",
            RuleText::tr("The client ID has %1 characters; %2 fit.").arg(typed.size()).arg(maxClientIdLength),
            RuleText::tr("Copy only the client ID."));
    QString bare = typed;
    bare.remove(space);
    if (bare != typed)
        return warningFinding("client-id.spaces",
                              RuleText::tr("There are spaces in the client ID. They will be removed when you save."),
                              RuleText::tr("Check that nothing else was copied along."), bare);
    if (hasControlCharacters(typed, false))
        return errorFinding("client-id.control-characters", RuleText::tr("The client ID has control characters in it."),
                            RuleText::tr("Copy it again."));
    if (typed.startsWith(u'{') && typed.endsWith(u'}'))
        return warningFinding(
            "client-id.braces",
            RuleText::tr("The braces do not belong to the client ID. They will be removed when you save."), {},
            typed.sliced(1, typed.size() - 2));
    if (typed.contains(u"://"))
        return warningFinding("client-id.url", RuleText::tr("This is a web address; few servers use one as client ID."),
                              RuleText::tr("Check that the field is the right one."));
    const Connector *connector = connectorById(draft.connector);
    const bool isUsual = connector == nullptr || connector->clientIdPattern.pattern().isEmpty() ||
                         connector->clientIdPattern.match(typed).hasMatch();
    if (!isUsual && environmentOf(draft.fhirBaseUrl) != Environment::Local)
        return connector->hasEpicPathRule
                   ? guidFinding(typed)
                   : warningFinding("client-id.unusual",
                                    RuleText::tr("This does not look like a client ID of %1.").arg(connector->name),
                                    RuleText::tr("Copy it again from the app's registration."));
    return {};
}

Finding checkPrivateKey(const CredentialDraft &draft)
{
    if (!draft.key) {
        if (draft.savedKey)
            return {};
        return errorFinding("key.required", RuleText::tr("The private key is missing."),
                            RuleText::tr("Paste it, choose its file, or generate a key pair."));
    }
    if (const KeyFinding *flaw = draft.key->firstError())
        return {Finding::State::Error, flaw->code, flaw->message, flaw->hint, std::nullopt};
    if (!draft.key->isUsable())
        return errorFinding("key.unusable", RuleText::tr("This can't be used as a private key."),
                            RuleText::tr("Paste another one, or generate a key pair."));
    for (const KeyFinding &finding : draft.key->findings) {
        if (finding.severity == KeyFinding::Severity::Warning)
            return {Finding::State::Warning, finding.code, finding.message, finding.hint, std::nullopt};
    }
    if (draft.key->keyType == u"RSA" && draft.key->bits < 3072 &&
        environmentOf(draft.fhirBaseUrl) == Environment::Production && !draft.fhirBaseUrl.isEmpty())
        return warningFinding(
            "key.rsa-2048-production",
            RuleText::tr("%1 bits are accepted, but little for a client that lives long in production.")
                .arg(draft.key->bits),
            RuleText::tr("Prefer 3072 bits or more, or EC on P-384, for the next key."));
    if (!draft.key->findings.isEmpty()) {
        const KeyFinding &note = draft.key->findings.first();
        return {Finding::State::Ok, note.code, note.message, note.hint, std::nullopt};
    }
    return {};
}

} // namespace credenza
