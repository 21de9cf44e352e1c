// SPDX-License-Identifier: Apache-2.0
#include "app/cli/KeyCommands.h"

#include "app/cli/CheckJwksCommand.h"
#include "app/cli/CommandContext.h"
#include "app/cli/FieldOptions.h"
#include "app/cli/NewFile.h"
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(KeyText)
};

/// Servers read the key out of the certificate and leave the rest alone; it must only not have expired (facts §2.4).
constexpr std::chrono::days certificateValidity{5 * 365};

struct InspectOptions {
    QString file;
    std::optional<QString> passwordFile;
    QString choice;
};

struct GenerateOptions {
    std::string algorithm = "RS384";
    std::optional<int> bits;
    QString file;
};

struct ShowOptions {
    QString name;
    std::string form = "pem";
};

QByteArray indented(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

QString nameOfSeverity(KeyFinding::Severity severity)
{
    switch (severity) {
    case KeyFinding::Severity::Note:
        return KeyText::tr("Note");
    case KeyFinding::Severity::Warning:
        return KeyText::tr("Warning");
    case KeyFinding::Severity::Error:
        return KeyText::tr("Error");
    }
    std::unreachable();
}

void printInspection(Output &output, const KeyInspection &inspection)
{
    const auto add = [&output](const QString &label, const QString &value) {
        if (!value.isEmpty())
            output.text(u"%1 %2"_s.arg(label, -11).arg(value));
    };
    add(KeyText::tr("Kind"), nameOf(inspection.kind));
    add(KeyText::tr("Format"), inspection.format);
    add(KeyText::tr("Key"),
        inspection.bits > 0 ? u"%1 %2"_s.arg(inspection.keyType).arg(inspection.bits) : inspection.keyType);
    add(KeyText::tr("Curve"), inspection.curve);
    add(KeyText::tr("Thumbprint"), inspection.thumbprint);
    add(KeyText::tr("Usable"), inspection.isUsable() ? KeyText::tr("yes, as a private key") : KeyText::tr("no"));
    for (const KeyFinding &finding : inspection.findings) {
        output.text(u"%1: %2"_s.arg(nameOfSeverity(finding.severity), finding.message));
        if (!finding.hint.isEmpty())
            output.text(u"  → %1"_s.arg(finding.hint));
    }
}

Result<ExitStatus> inspectFile(CommandContext &context, const InspectOptions &options)
{
    const KeyInspection inspection = TRY(inspectKeyFile(context, options.file, options.passwordFile, options.choice));
    if (context.output().isJson())
        context.output().json(toJson(inspection));
    else
        printInspection(context.output(), inspection);
    return inspection.isUsable() ? ExitStatus::Done : ExitStatus::Invalid;
}

Result<KeySpecification> specificationFor(SignatureAlgorithm algorithm, std::optional<int> bits)
{
    KeySpecification specification;
    specification.type = keyTypeOf(algorithm);
    if (specification.type == KeyType::Rsa) {
        specification.bits = bits.value_or(specification.bits);
        return specification;
    }
    if (bits)
        return usageError(KeyText::tr("--bits is for RSA keys; the size of an EC key follows from its algorithm."));
    specification.curve = algorithm == SignatureAlgorithm::ES256 ? u"P-256"_s : u"P-384"_s;
    return specification;
}

Result<ExitStatus> generateKeyFile(CommandContext &context, const GenerateOptions &options)
{
    const auto algorithm = signatureAlgorithm(QString::fromStdString(options.algorithm));
    if (!algorithm)
        return usageError(KeyText::tr("There is no such algorithm."));
    if (options.file == u"-")
        return usageError(KeyText::tr("A private key is written to a file only that nobody else may read."));
    const KeySpecification specification = TRY(specificationFor(*algorithm, options.bits));
    TRY(requireNoFile(options.file));
    const ImportedKey made = TRY(generateKey(specification, context.stop()));
    TRY(writeNewSecretFile(options.file, toPkcs8Pem(made.pkcs8)));

    const PublicKey publicKey = made.key.publicKey();
    const QJsonObject jwk = publicKey.jwk(*algorithm);
    Output &output = context.output();
    if (output.isJson()) {
        output.json({{u"file"_s, options.file},
                     {u"algorithm"_s, nameOf(*algorithm)},
                     {u"keyType"_s, nameOf(publicKey.type())},
                     {u"bits"_s, publicKey.bits()},
                     {u"thumbprint"_s, publicKey.thumbprint()},
                     {u"jwk"_s, jwk}});
        return ExitStatus::Done;
    }
    output.note(KeyText::tr("Wrote the private key to %1; only you may read it.").arg(options.file));
    output.text(KeyText::tr("Thumbprint %1").arg(publicKey.thumbprint()));
    output.note(KeyText::tr("Register this public key with the server:"));
    output.bytes(indented(jwk));
    return ExitStatus::Done;
}

void printPublic(Output &output, QByteArrayView text, const QJsonObject &json)
{
    if (output.isJson())
        output.json(json);
    else
        output.bytes(text);
}

Result<ExitStatus> showPublicKey(CommandContext &context, const ShowOptions &options)
{
    const Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, options.name));
    QJsonObject json{{u"credential"_s, credential.name}, {u"thumbprint"_s, credential.key.thumbprint}};
    if (options.form == "x509") {
        const PrivateKey key = TRY(vault.privateKey(credential.id));
        const Certificate certificate = TRY(
            selfSignedCertificate(key, credential.clientId, certificateValidity, context.clock(), context.random()));
        json.insert(u"x509"_s, QString::fromLatin1(certificate.pem));
        json.insert(u"sha1"_s, certificate.sha1);
        json.insert(u"sha256"_s, certificate.sha256);
        printPublic(context.output(), certificate.pem, json);
        context.output().detail(KeyText::tr("SHA-1 fingerprint %1").arg(certificate.sha1));
        return ExitStatus::Done;
    }
    const PublicKey key = TRY(PublicKey::fromPem(credential.key.publicPem));
    if (options.form == "jwk") {
        const QJsonObject jwk = key.jwk(credential.algorithm, credential.effectiveKeyId());
        json.insert(u"jwk"_s, jwk);
        printPublic(context.output(), indented(jwk), json);
    } else {
        const QByteArray pem = key.pem();
        json.insert(u"pem"_s, QString::fromLatin1(pem));
        printPublic(context.output(), pem, json);
    }
    return ExitStatus::Done;
}

void addGenerate(CLI::App &group, Command &selected)
{
    CLI::App *generate = group.add_subcommand(
        "generate",
        utf8(KeyText::tr("Make a key pair: the private key goes to a new file, the public JWK is printed")));
    const auto options = std::make_shared<GenerateOptions>();
    generate->add_option("--algorithm", options->algorithm, utf8(KeyText::tr("RS384 unless given")))
        ->type_name("ALG")
        ->check(CLI::IsMember({"RS384", "ES384", "RS256", "RS512", "ES256"}));
    generate->add_option("--bits", options->bits, utf8(KeyText::tr("Size of an RSA key; 2048 unless given")))
        ->type_name("BITS")
        ->check(CLI::IsMember({2048, 3072, 4096}));
    addText(*generate, "--out", options->file, KeyText::tr("New file for the private key (PKCS#8 PEM, mode 0600)"),
            "FILE")
        ->required();
    generate->callback([&selected, options] {
        selected = [options](CommandContext &context) { return generateKeyFile(context, *options); };
    });
}

} // namespace

void addKeyCommands(CLI::App &app, Command &selected)
{
    CLI::App *group = app.add_subcommand("key", utf8(KeyText::tr("Key pairs")));
    group->require_subcommand(1);

    CLI::App *inspect = group->add_subcommand(
        "inspect", utf8(KeyText::tr("Tell what a file holds; exit status 0 if it is a usable private key, 2 if not")));
    const auto inspected = std::make_shared<InspectOptions>();
    addText(*inspect, "FILE", inspected->file, KeyText::tr("The file ('-': standard input)"), "")->required();
    addText(*inspect, "--key-password-file", inspected->passwordFile,
            KeyText::tr("First line of FILE opens an encrypted private key"), "FILE");
    addText(*inspect, "--key-id", inspected->choice,
            KeyText::tr("Which of several private keys: its kid or thumbprint"), "KID");
    inspect->callback([&selected, inspected] {
        selected = [inspected](CommandContext &context) { return inspectFile(context, *inspected); };
    });

    addGenerate(*group, selected);

    CLI::App *show = group->add_subcommand("show", utf8(KeyText::tr("Print the public half of a credential's key")));
    const auto shown = std::make_shared<ShowOptions>();
    addText(*show, "NAME", shown->name, KeyText::tr("Name or id of the credential"), "")->required();
    show->add_option("--public", shown->form,
                     utf8(KeyText::tr("pem, jwk, or x509: a self-signed certificate; pem unless given")))
        ->type_name("FORM")
        ->check(CLI::IsMember({"pem", "jwk", "x509"}));
    show->callback(
        [&selected, shown] { selected = [shown](CommandContext &context) { return showPublicKey(context, *shown); }; });
    addCheckJwksCommand(*group, selected);
}

} // namespace credenza::cli
