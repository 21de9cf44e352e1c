// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TokenCommands.h"

#include "app/cli/CommandContext.h"
#include "core/smart/AccessTokens.h"
#include "core/smart/AssertionInspection.h"
#include "core/smart/Discovery.h"
#include "core/smart/RecordingTransport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct TokenText {
    Q_DECLARE_TR_FUNCTIONS(TokenText)
};

struct AssertionOptions {
    QString name;
    bool decode = false;
    bool correctsClock = false;
    QString inspected; ///< file with a JWT to inspect; "-": standard input
};

struct TokenOptions {
    QString name;
    bool correctsClock = false;
    std::optional<QStringList> scopes;
};

/// A saved credential with all it takes to talk to its server.
struct OpenedCredential {
    Credential credential;
    PrivateKey key;
    NetworkSettings network;
};

Result<OpenedCredential> openCredential(CommandContext &context, const QString &name)
{
    const NetworkSettings defaults = TRY(context.networkSettings());
    const Vault vault = TRY(context.openVault());
    Credential credential = TRY(findCredential(vault, name));
    PrivateKey key = TRY(vault.privateKey(credential.id));
    NetworkSettings network = context.networkSettingsFor(credential, defaults);
    return OpenedCredential{std::move(credential), std::move(key), std::move(network)};
}

/// The secret and a line end, straight from guarded memory.
void printSecret(Output &output, const SecretBytes &secret)
{
    output.bytes(secret.charView());
    output.bytes("\n");
}

Result<ExitStatus> printAssertion(CommandContext &context, const AssertionOptions &options)
{
    const OpenedCredential opened = TRY(openCredential(context, options.name));
    const auto transport = context.transportFactory()();
    RecordingTransport listening(*transport, context.clock());
    if (options.correctsClock && !opened.credential.tokenEndpoint.isEmpty()) // nothing would be asked otherwise
        TRY(discover(opened.credential, opened.network, listening, context.stop()));
    const QString endpoint = TRY(discoverTokenEndpoint(opened.credential, opened.network, listening, context.stop()));
    const auto offset = usableClockOffset(listening.clockOffset());
    const ClientAssertion assertion =
        TRY(assertionFor(opened.credential, endpoint, opened.key, context.clock(), context.random(),
                         options.correctsClock ? offset : std::chrono::seconds()));
    Output &output = context.output();
    QJsonObject json{{u"header"_s, assertion.header}, {u"claims"_s, assertion.claims}};
    if (options.decode) {
        AssertionExpectations expected = expectationsOf(opened.credential, endpoint);
        expected.key = opened.key.publicKey();
        expected.now = toDateTime(context.clock().now() + offset);
        output.json(toJson(TRY(inspectAssertion(assertion.jwt.charView(), expected))));
    } else if (output.isJson()) {
        json.insert(u"tokenEndpoint"_s, endpoint);
        json.insert(u"assertion"_s, QString::fromLatin1(assertion.jwt.charView()));
        output.json(json);
    } else {
        printSecret(output, assertion.jwt);
    }
    return ExitStatus::Done;
}

/// A line for each value: its state, its name, the value, and how it stands to its rule.
QString inspectionText(const AssertionInspection &inspection)
{
    QStringList lines;
    for (const AssertionCheck &check : inspection.checks) {
        const QString name = check.name.isEmpty() ? nameOf(check.part) : check.name;
        lines << u"%1 %2 %3"_s.arg(nameOf(check.state).leftJustified(8), name.leftJustified(10), check.value).trimmed();
        lines << u"                    "_s + check.message;
    }
    return lines.join(u'\n');
}

/// Inspects a JWT from a file; compared with a saved credential where one is named, whose key stays closed.
Result<ExitStatus> inspectPasted(CommandContext &context, const AssertionOptions &options)
{
    constexpr qint64 longest = 256 * 1024;
    const SecretBytes text = TRY(context.readSecret(options.inspected, longest));
    AssertionExpectations expected;
    if (!options.name.isEmpty()) {
        const NetworkSettings defaults = TRY(context.networkSettings());
        const Vault vault = TRY(context.openVault());
        const Credential credential = TRY(findCredential(vault, options.name));
        const auto transport = context.transportFactory()();
        const QString endpoint = TRY(discoverTokenEndpoint(
            credential, context.networkSettingsFor(credential, defaults), *transport, context.stop()));
        expected = expectationsOf(credential, endpoint);
    }
    expected.now = toDateTime(context.clock().now());
    const AssertionInspection inspection = TRY(inspectAssertion(text.charView(), expected));
    if (context.output().isJson())
        context.output().json(toJson(inspection));
    else
        context.output().text(inspectionText(inspection));
    return inspection.isAcceptable() ? ExitStatus::Done : ExitStatus::Invalid;
}

Result<ExitStatus> printToken(CommandContext &context, const TokenOptions &options)
{
    const OpenedCredential opened = TRY(openCredential(context, options.name));
    const auto transport = context.transportFactory()();
    const TestEnvironment environment{.transport = *transport,
                                      .clock = context.clock(),
                                      .random = context.random(),
                                      .correctsClock = options.correctsClock};
    const AccessToken token =
        TRY(requestAccessToken(opened.credential, opened.key, options.scopes.value_or(QStringList()), opened.network,
                               environment, context.stop()));
    Output &output = context.output();
    if (output.isJson())
        output.json({{u"accessToken"_s, QString::fromUtf8(token.value.charView())},
                     {u"type"_s, token.type},
                     {u"expiresIn"_s, static_cast<qint64>(token.expiresIn.count())},
                     {u"scopes"_s, QJsonArray::fromStringList(token.scopes)}});
    else
        printSecret(output, token.value);
    return ExitStatus::Done;
}

} // namespace

void addTokenCommands(CLI::App &app, Command &selected)
{
    const QString nameDescription = TokenText::tr("Name or id of the credential");
    const QString clockDescription =
        TokenText::tr("Sign by the server's clock where this machine's is off by more than 5 s");

    CLI::App *assertion =
        app.add_subcommand("assertion", utf8(TokenText::tr("Print a signed client assertion (a JWT, good for one "
                                                           "token request within minutes)")));
    const auto assertionOptions = std::make_shared<AssertionOptions>();
    addText(*assertion, "NAME", assertionOptions->name, nameDescription, "");
    assertion->add_flag("--decode", assertionOptions->decode,
                        utf8(TokenText::tr("Print its header and claims as JSON instead, without the signature, and how "
                                           "each value stands to its rule")));
    addText(*assertion, "--inspect", assertionOptions->inspected,
            TokenText::tr("Inspect the JWT in FILE instead (- for standard input), from whatever program it came; with "
                          "NAME it is compared with that credential. Exit status 2 if a value breaks its rule"),
            "FILE");
    assertion->add_flag("--correct-clock", assertionOptions->correctsClock, utf8(clockDescription));
    assertion->callback([&selected, assertionOptions] {
        selected = [assertionOptions](CommandContext &context) -> Result<ExitStatus> {
            if (!assertionOptions->inspected.isEmpty())
                return inspectPasted(context, *assertionOptions);
            if (assertionOptions->name.isEmpty())
                return usageError(TokenText::tr("Name the credential, or give a JWT with --inspect."));
            return printAssertion(context, *assertionOptions);
        };
    });

    CLI::App *token = app.add_subcommand("token", utf8(TokenText::tr("Request an access token and print it")));
    const auto tokenOptions = std::make_shared<TokenOptions>();
    addText(*token, "NAME", tokenOptions->name, nameDescription, "")->required();
    addTexts(*token, "--scope", tokenOptions->scopes,
             TokenText::tr("Scope to ask for instead of the credential's; repeatable"), "SCOPE");
    token->add_flag("--correct-clock", tokenOptions->correctsClock, utf8(clockDescription));
    token->callback([&selected, tokenOptions] {
        selected = [tokenOptions](CommandContext &context) { return printToken(context, *tokenOptions); };
    });
}

} // namespace credenza::cli
