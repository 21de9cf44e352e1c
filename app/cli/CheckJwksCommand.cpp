// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CheckJwksCommand.h"

#include "app/cli/CommandContext.h"
#include "core/smart/JwkSetCheck.h"

#include <QCoreApplication>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct CheckText {
    Q_DECLARE_TR_FUNCTIONS(CheckJwks)
};

struct CheckOptions {
    QString name;
    QString url;
};

/// What is to be fetched, and whose key should be there.
struct CheckSubject {
    QUrl url;
    JwkSetExpectation expectation;
    NetworkSettings network;
};

Result<QUrl> urlOf(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return fail(ErrorKind::InvalidInput, u"url.not-a-url"_s, CheckText::tr("“%1” is not a web address.").arg(text),
                    CheckText::tr("It begins with https://."));
    return url;
}

Result<CheckSubject> subjectOf(CommandContext &context, const CheckOptions &options)
{
    if (options.name.isEmpty() && options.url.isEmpty())
        return usageError(CheckText::tr("Give the name of a credential, or --url."));
    CheckSubject subject;
    subject.network = TRY(context.networkSettings());
    if (options.name.isEmpty()) {
        subject.url = TRY(urlOf(options.url));
        return subject;
    }
    const Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, options.name));
    if (options.url.isEmpty() && credential.jwkSetUrl.isEmpty())
        return usageError(CheckText::tr("%1 has no JWK Set URL; give one with --url.").arg(credential.name));
    subject.url = TRY(urlOf(options.url.isEmpty() ? credential.jwkSetUrl : options.url));
    subject.network = context.networkSettingsFor(credential, subject.network);
    subject.expectation.key = TRY(PublicKey::fromPem(credential.key.publicPem));
    subject.expectation.keyId = credential.effectiveKeyId();
    return subject;
}

QString wordFor(JwkSetFinding::Severity severity)
{
    switch (severity) {
    case JwkSetFinding::Severity::Good:
        return CheckText::tr("Good");
    case JwkSetFinding::Severity::Note:
        return CheckText::tr("Note");
    case JwkSetFinding::Severity::Warning:
        return CheckText::tr("Warning");
    case JwkSetFinding::Severity::Error:
        return CheckText::tr("Error");
    }
    std::unreachable();
}

void print(Output &output, const JwkSetCheck &check)
{
    output.text(check.url.toString());
    for (const HostedKey &key : check.keys)
        output.text(u"  %1 %2 %3%4"_s.arg(key.keyType, -4)
                        .arg(key.keyId.isEmpty() ? u"–"_s : key.keyId)
                        .arg(key.thumbprint, key.isExpected ? CheckText::tr("  ← this key") : QString()));
    for (const JwkSetFinding &finding : check.findings) {
        output.text(u"%1: %2"_s.arg(wordFor(finding.severity), finding.message));
        if (!finding.hint.isEmpty())
            output.text(u"  → %1"_s.arg(finding.hint));
    }
}

Result<ExitStatus> check(CommandContext &context, const CheckOptions &options)
{
    const CheckSubject subject = TRY(subjectOf(context, options));
    const std::unique_ptr<HttpTransport> transport = context.transportFactory()();
    const JwkSetCheck result =
        checkJwkSet(subject.url, subject.expectation, *transport, subject.network, context.stop());
    if (context.stop().stop_requested())
        return cancelled();
    if (context.output().isJson())
        context.output().json(toJson(result));
    else
        print(context.output(), result);
    return result.hasPassed() ? ExitStatus::Done : ExitStatus::Failed;
}

} // namespace

void addCheckJwksCommand(CLI::App &group, Command &selected)
{
    CLI::App *command = group.add_subcommand(
        "check-jwks", utf8(CheckText::tr("Fetch a hosted JWK Set as a server does, and judge it")));
    const auto options = std::make_shared<CheckOptions>();
    addText(*command, "NAME", options->name,
            CheckText::tr("Credential whose key should be there; its JWK Set URL is checked unless --url is given"),
            "");
    addText(*command, "--url", options->url, CheckText::tr("Address of the JWK Set"), "URL");
    command->callback(
        [&selected, options] { selected = [options](CommandContext &context) { return check(context, *options); }; });
}

} // namespace credenza::cli
