// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

#include <QRegularExpression>
#include <QSet>

namespace credenza
{

namespace
{

/// The API server's limit on a Secret, of which some is the envelope.
constexpr std::size_t largestSecret = 1000 * 1000;

/// A scalar that YAML 1.1 and 1.2 both read as this very text.
void appendScalar(SecretText &file, const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z][A-Za-z0-9._/:+-]*[A-Za-z0-9/]$"));
    static const QSet<QString> words{QStringLiteral("null"), QStringLiteral("true"), QStringLiteral("false"),
                                     QStringLiteral("yes"),  QStringLiteral("no"),   QStringLiteral("on"),
                                     QStringLiteral("off"),  QStringLiteral("inf"),  QStringLiteral("nan")};
    // A word of hexadecimal digits may be a number with an exponent: 12e3.
    if (plain.match(value).hasMatch() && !words.contains(value.toLower()))
        file.append(value.toUtf8());
    else
        appendJsonString(file, value.toUtf8());
}

void appendLine(SecretText &file, QByteArrayView indent, QByteArrayView name, const QString &value)
{
    file.append(indent);
    file.append(name);
    file.append(": ");
    appendScalar(file, value);
    file.append('\n');
}

/// A block scalar: the lines as they are.
void appendBlock(SecretText &file, QByteArrayView name, QByteArrayView text)
{
    file.append("  ");
    file.append(name);
    file.append(": |\n");
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        file.append("    ");
        file.append(end < 0 ? text : text.first(end));
        file.append('\n');
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    }
}

Result<void> checkNames(const QString &name, const QString &nameSpace)
{
    // RFC 1123 names, as the API server checks them.
    static const QRegularExpression subdomain(
        QStringLiteral("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"));
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"));
    if (!subdomain.match(name).hasMatch() || name.size() > 253)
        return noPlace(
            FormatText::tr("“%1” can't be the name of a Secret.").arg(name),
            FormatText::tr("Use lower-case letters, digits, '-' and '.'; {name} stands for the credential."));
    if (!nameSpace.isEmpty() && (!label.match(nameSpace).hasMatch() || nameSpace.size() > 63))
        return noPlace(FormatText::tr("“%1” can't be a namespace.").arg(nameSpace),
                       FormatText::tr("Use lower-case letters, digits and '-'."));
    return {};
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &options)
{
    const Credential &credential = subject.credential;
    const QString name = QString(options.kubernetesName).replace(QStringLiteral("{name}"), subject.slug);
    TRY(checkNames(name, options.kubernetesNamespace));
    const std::size_t start = file.size();
    file.append("apiVersion: v1\nkind: Secret\nmetadata:\n");
    appendLine(file, "  ", "name", name);
    if (!options.kubernetesNamespace.isEmpty())
        appendLine(file, "  ", "namespace", options.kubernetesNamespace);
    file.append("type: Opaque\nstringData:\n");
    appendLine(file, "  ", "client-id", credential.clientId);
    appendLine(file, "  ", "fhir-base-url", credential.fhirBaseUrl);
    if (!subject.tokenUrl.isEmpty())
        appendLine(file, "  ", "token-url", subject.tokenUrl);
    appendLine(file, "  ", "key-id", credential.effectiveKeyId());
    appendLine(file, "  ", "algorithm", nameOf(credential.algorithm));
    if (!credential.scopes.isEmpty())
        appendLine(file, "  ", "scope", scopeText(credential));
    if (subject.hasKey())
        appendBlock(file, "private-key.pem", subject.privatePem.charView());
    if (file.size() - start > largestSecret)
        return noPlace(FormatText::tr("“%1” is larger than a Secret may be.").arg(credential.name),
                       FormatText::tr("Shorten its scopes."));
    return {};
}

} // namespace

ExportFormat kubernetesFormat()
{
    return {.id = QStringLiteral("kubernetes"),
            .title = FormatText::tr("Kubernetes Secret"),
            .summary = FormatText::tr("YAML, one Secret a credential"),
            .extension = QStringLiteral(".yaml"),
            .isOneFileEach = false,
            .write = write,
            .prologue = {},
            .separator = "---\n",
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("A cluster keeps Secrets unencrypted unless it was set up otherwise.")};
}

} // namespace credenza
