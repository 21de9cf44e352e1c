// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ExportCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/PassphraseSource.h"
#include "app/cli/Terminal.h"
#include "core/handover/Export.h"
#include "core/keys/PublicKey.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ExportCommandText {
    Q_DECLARE_TR_FUNCTIONS(ExportCommandText)
};

struct ExportCommandOptions {
    std::string format;
    QString out;
    QStringList names;
    bool isAll = false;
    bool allowsPlaintext = false;
    bool isWithoutKeys = false;
    std::string keyForm = "pkcs8";
    std::optional<QStringList> recipients;
    std::optional<QString> passphraseFile;
    std::optional<QString> kubernetesNamespace;
    std::optional<QString> kubernetesName;
    std::optional<QStringList> nexlaNames;
};

struct JwksOptions {
    QStringList names;
};

std::vector<std::string> formatIds()
{
    std::vector<std::string> ids{bundleFormatId().toStdString()};
    for (const ExportFormat &format : exportFormats())
        ids.push_back(format.id.toStdString());
    return ids;
}

Result<SecretBytes> newBundlePassphrase(CommandContext &context, const ExportCommandOptions &options)
{
    if (options.passphraseFile)
        return passphraseFromFile(context, *options.passphraseFile);
    if (!hasTerminal())
        return usageError(ExportCommandText::tr("A bundle needs --recipient or --bundle-passphrase-file."));
    SecretBytes first = TRY(askSecret(ExportCommandText::tr("New passphrase for the bundle: "), context.stop()));
    const SecretBytes second = TRY(askSecret(ExportCommandText::tr("The same once more: "), context.stop()));
    if (!first.equalsConstantTime(second))
        return fail(ErrorKind::InvalidInput, u"bundle.passphrases-differ"_s,
                    ExportCommandText::tr("The two passphrases are not the same."),
                    ExportCommandText::tr("Nothing was written. Try again."));
    return first;
}

Result<AgeTarget> targetFor(CommandContext &context, const ExportCommandOptions &options)
{
    AgeTarget target;
    for (const QString &text : options.recipients.value_or(QStringList()))
        target.recipients.push_back(TRY(AgeRecipient::fromText(text)));
    if (!target.recipients.empty() && options.passphraseFile)
        return usageError(
            ExportCommandText::tr("A bundle is either for recipients or for a passphrase, not for both."));
    if (target.recipients.empty())
        target.passphrase = TRY(newBundlePassphrase(context, options));
    return target;
}

Result<ExportOptions> choicesOf(const ExportCommandOptions &options)
{
    ExportOptions choices;
    choices.isWithKeys = !options.isWithoutKeys;
    choices.keyForm = options.keyForm == "pkcs8" ? KeyForm::Pkcs8 : KeyForm::Traditional;
    choices.kubernetesNamespace = options.kubernetesNamespace.value_or(QString());
    choices.kubernetesName = options.kubernetesName.value_or(choices.kubernetesName);
    for (const QString &pair : options.nexlaNames.value_or(QStringList()))
        TRY(setNexlaName(choices.nexla, pair.section(u'=', 0, 0), pair.section(u'=', 1)));
    return choices;
}

/// Checked before a passphrase is asked for.
Result<void> requireConsent(const ExportCommandOptions &options)
{
    const ExportFormat *format = exportFormatById(QString::fromStdString(options.format));
    const bool isInTheOpen = format != nullptr && format->holdsKeys && !options.isWithoutKeys;
    if (isInTheOpen && !options.allowsPlaintext)
        return fail(ErrorKind::InvalidInput, u"export.plaintext-not-allowed"_s,
                    ExportCommandText::tr("This format holds the private key in the open."),
                    ExportCommandText::tr("Add --allow-plaintext if that is what you want, or leave the key out with "
                                          "--without-private-keys."));
    if (options.names.isEmpty() && !options.isAll)
        return usageError(ExportCommandText::tr("Name the credentials to export, or add --all."));
    return {};
}

Result<QList<Credential>> chosenCredentials(const Vault &vault, const QStringList &names, bool isAll)
{
    QList<Credential> chosen;
    if (isAll || names.isEmpty())
        chosen = vault.credentials();
    for (const QString &name : names) {
        const Credential credential = TRY(findCredential(vault, name));
        if (std::ranges::none_of(chosen, [&](const Credential &other) { return other.id == credential.id; }))
            chosen.append(credential);
    }
    return chosen;
}

void report(Output &output, const ExportRequest &request, const ExportedFiles &exported, const QStringList &paths)
{
    if (output.isJson()) {
        output.json({{u"format"_s, request.format},
                     {u"credentials"_s, request.credentials.size()},
                     {u"privateKeysInTheOpen"_s, exported.privateKeys},
                     {u"files"_s, QJsonArray::fromStringList(paths)},
                     {u"note"_s, exported.note}});
        return;
    }
    for (const QString &path : paths)
        output.note(ExportCommandText::tr("Wrote %1").arg(path));
    if (exported.privateKeys > 0)
        output.warning(ExportCommandText::tr("%n private keys lie in the open there.", nullptr, exported.privateKeys));
    if (!exported.note.isEmpty())
        output.note(exported.note);
}

Result<ExitStatus> exportFiles(CommandContext &context, const ExportCommandOptions &options)
{
    TRY(requireConsent(options));
    ExportRequest request;
    request.format = QString::fromStdString(options.format);
    request.options = TRY(choicesOf(options));
    if (request.format == bundleFormatId())
        request.target = TRY(targetFor(context, options));
    Vault vault = TRY(context.openVault());
    for (const Credential &credential : TRY(chosenCredentials(vault, options.names, options.isAll)))
        request.credentials.append(credential.id);
    const ExportedFiles exported =
        TRY(exportCredentials(vault, request, context.clock(), context.random(), context.stop()));
    const ExportFormat *format = exportFormatById(request.format);
    if (options.out == u"-") {
        for (const ExportFile &file : exported.files)
            if (file.suffix.isEmpty())
                context.output().bytes(file.contents.charView());
        return ExitStatus::Done;
    }
    const QStringList paths =
        TRY(writeExport(exported, options.out, format == nullptr ? u".credenza.age"_s : format->extension));
    report(context.output(), request, exported, paths);
    return ExitStatus::Done;
}

Result<ExitStatus> printKeySet(CommandContext &context, const JwksOptions &options)
{
    const Vault vault = TRY(context.openVault());
    QList<QJsonObject> keys;
    for (const Credential &credential : TRY(chosenCredentials(vault, options.names, false))) {
        const PublicKey key = TRY(PublicKey::fromPem(credential.key.publicPem));
        const QJsonObject jwk = key.jwk(credential.algorithm, credential.effectiveKeyId());
        if (!keys.contains(jwk)) // one key for many hospitals is usual
            keys.append(jwk);
    }
    if (context.output().isJson())
        context.output().json(jwkSet(keys));
    else
        context.output().bytes(QJsonDocument(jwkSet(keys)).toJson(QJsonDocument::Indented));
    return ExitStatus::Done;
}

} // namespace

void addExportCommands(CLI::App &app, Command &selected)
{
    CLI::App *command =
        app.add_subcommand("export", utf8(ExportCommandText::tr("Hand credentials over to another program")));
    const auto options = std::make_shared<ExportCommandOptions>();
    command->add_option("--format", options->format, utf8(ExportCommandText::tr("What to write")))
        ->type_name("FORMAT")
        ->check(CLI::IsMember(formatIds()))
        ->required();
    addText(*command, "--out", options->out, ExportCommandText::tr("File to write, mode 0600 (-: standard output)"),
            "FILE")
        ->required();
    addTexts(*command, "--recipient", options->recipients,
             ExportCommandText::tr("Encrypt the bundle for an age recipient; repeatable"), "age1…");
    addText(*command, "--bundle-passphrase-file", options->passphraseFile,
            ExportCommandText::tr("Encrypt the bundle with a passphrase: the first line of FILE (-: standard input)"),
            "FILE");
    command->add_flag("--allow-plaintext", options->allowsPlaintext,
                      utf8(ExportCommandText::tr("Agree that private keys are written unencrypted")));
    command->add_flag("--without-private-keys", options->isWithoutKeys,
                      utf8(ExportCommandText::tr("Leave the private keys out")));
    command
        ->add_option("--key-format", options->keyForm,
                     utf8(ExportCommandText::tr("PEM of the key: pkcs8, or pkcs1 for old programs")))
        ->type_name("FORM")
        ->check(CLI::IsMember({"pkcs8", "pkcs1"}));
    addText(*command, "--namespace", options->kubernetesNamespace,
            ExportCommandText::tr("Namespace of the Kubernetes Secrets"), "NAME");
    addText(*command, "--secret-name", options->kubernetesName,
            ExportCommandText::tr("Name of each Kubernetes Secret; epic-{name} unless given"), "PATTERN");
    addTexts(*command, "--nexla-name", options->nexlaNames,
             ExportCommandText::tr("What Nexla calls something: vendor_name, auth_template_name, connector, auth_mode, "
                                   "fhir_base_url, client_id or private_key; repeatable"),
             "KEY=NAME");
    command->add_flag("--all", options->isAll, utf8(ExportCommandText::tr("Every credential of the vault")));
    addPositionals(*command, "NAME", options->names, ExportCommandText::tr("Names or ids of the credentials"));
    command->callback([&selected, options] {
        selected = [options](CommandContext &context) { return exportFiles(context, *options); };
    });

    CLI::App *jwks = app.add_subcommand(
        "jwks", utf8(ExportCommandText::tr("Print the JWK Set of public keys, as a JWKS URL must serve it")));
    const auto jwksOptions = std::make_shared<JwksOptions>();
    addPositionals(*jwks, "NAME", jwksOptions->names, ExportCommandText::tr("Names or ids; all unless given"));
    jwks->callback([&selected, jwksOptions] {
        selected = [jwksOptions](CommandContext &context) { return printKeySet(context, *jwksOptions); };
    });
}

} // namespace credenza::cli
