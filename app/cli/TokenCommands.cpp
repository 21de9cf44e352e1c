// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TokenCommands.h"

#include "app/cli/CommandContext.h"
#include "core/smart/AccessTokens.h"

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
};

struct TokenOptions {
    QString name;
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
    const QString endpoint = TRY(discoverTokenEndpoint(opened.credential, opened.network, *transport, context.stop()));
    const ClientAssertion assertion =
        TRY(assertionFor(opened.credential, endpoint, opened.key, context.clock(), context.random()));
    Output &output = context.output();
    QJsonObject json{{u"header"_s, assertion.header}, {u"claims"_s, assertion.claims}};
    if (options.decode) {
        output.json(json);
    } else if (output.isJson()) {
        json.insert(u"tokenEndpoint"_s, endpoint);
        json.insert(u"assertion"_s, QString::fromLatin1(assertion.jwt.charView()));
        output.json(json);
    } else {
        printSecret(output, assertion.jwt);
    }
    return ExitStatus::Done;
}

Result<ExitStatus> printToken(CommandContext &context, const TokenOptions &options)
{
    const OpenedCredential opened = TRY(openCredential(context, options.name));
    const auto transport = context.transportFactory()();
    const TestEnvironment environment{*transport, context.clock(), context.random()};
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

    CLI::App *assertion =
        app.add_subcommand("assertion", utf8(TokenText::tr("Print a signed client assertion (a JWT, good for one "
                                                           "token request within minutes)")));
    const auto assertionOptions = std::make_shared<AssertionOptions>();
    addText(*assertion, "NAME", assertionOptions->name, nameDescription, "")->required();
    assertion->add_flag("--decode", assertionOptions->decode,
                        utf8(TokenText::tr("Print its header and claims as JSON instead, without the signature")));
    assertion->callback([&selected, assertionOptions] {
        selected = [assertionOptions](CommandContext &context) { return printAssertion(context, *assertionOptions); };
    });

    CLI::App *token = app.add_subcommand("token", utf8(TokenText::tr("Request an access token and print it")));
    const auto tokenOptions = std::make_shared<TokenOptions>();
    addText(*token, "NAME", tokenOptions->name, nameDescription, "")->required();
    addTexts(*token, "--scope", tokenOptions->scopes,
             TokenText::tr("Scope to ask for instead of the credential's; repeatable"), "SCOPE");
    token->callback([&selected, tokenOptions] {
        selected = [tokenOptions](CommandContext &context) { return printToken(context, *tokenOptions); };
    });
}

} // namespace credenza::cli
