// SPDX-License-Identifier: Apache-2.0
#include "core/handover/Export.h"

#include "core/base/File.h"
#include "core/credentials/Connector.h"
#include "core/handover/CredentialBundle.h"
#include "core/keys/KeyExport.h"
#include "core/smart/SmartConfiguration.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSet>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct ExportText {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

QString tokenUrlOf(const Credential &credential)
{
    const Connector *connector = connectorById(credential.connector);
    const bool followsRule = connector != nullptr && connector->hasEpicPathRule;
    return credential.tokenEndpoint.isEmpty() && followsRule ? epicTokenEndpoint(credential.fhirBaseUrl)
                                                             : credential.tokenEndpoint;
}

/// Slugs that are each given once.
class Slugs
{
public:
    QString next(const QString &name)
    {
        const QString plain = slugOf(name);
        QString slug = plain;
        for (int number = 2; m_taken.contains(slug); ++number)
            slug = u"%1-%2"_s.arg(plain).arg(number);
        m_taken.insert(slug);
        return slug;
    }

private:
    QSet<QString> m_taken;
};

Result<ExportSubject> subjectFor(const Credential &credential, const SecretBytes &pkcs8, const QString &slug,
                                 KeyForm form)
{
    ExportSubject subject{credential, slug, tokenUrlOf(credential), {}, {}};
    if (pkcs8.isEmpty())
        return subject;
    subject.privatePem = form == KeyForm::Pkcs8 ? toPkcs8Pem(pkcs8) : TRY(toTraditionalPem(pkcs8));
    subject.privateJwk = TRY(privateJwk(pkcs8, credential.algorithm, credential.effectiveKeyId()));
    return subject;
}

/// The files of one format, filled one credential after the other.
class ExportRun
{
public:
    ExportRun(const ExportFormat &format, ExportOptions options) : m_format(format), m_options(std::move(options)) {}

    [[nodiscard]] Result<void> add(const Credential &credential, const SecretBytes &pkcs8)
    {
        // One key for many hospitals is usual; a key set names it once.
        if (!m_format.holdsKeys && std::exchange(m_seen[credential.key.thumbprint + credential.effectiveKeyId()], true))
            return {};
        const ExportSubject subject =
            TRY(subjectFor(credential, pkcs8, m_slugs.next(credential.name), m_options.keyForm));
        m_keys += subject.hasKey() ? 1 : 0;
        if (m_format.isOneFileEach) {
            const QString slug = m_options.isOneOfSeveral ? subject.slug : QString();
            SecretText file;
            TRY(m_format.write(file, subject, m_options));
            m_files.push_back({slug, {}, file.take()});
            for (const ExportCompanion &companion : m_format.companions) {
                if (companion.needsKey && !subject.hasKey())
                    continue;
                TRY(companion.write(file, subject, m_options));
                m_files.push_back({slug, companion.suffix, file.take()});
            }
            return {};
        }
        m_all.append(m_all.isEmpty() ? m_format.prologue : m_format.separator);
        return m_format.write(m_all, subject, m_options);
    }

    [[nodiscard]] ExportedFiles take()
    {
        if (!m_format.isOneFileEach) {
            m_all.append(m_format.epilogue);
            m_files.push_back({{}, {}, m_all.take()});
        }
        return {std::move(m_files), m_keys, m_format.note};
    }

private:
    const ExportFormat &m_format;
    ExportOptions m_options;
    Slugs m_slugs;
    QHash<QString, bool> m_seen;
    SecretText m_all;
    std::vector<ExportFile> m_files;
    int m_keys = 0;
};

/// Every credential, with its key or without, in the order asked for.
Result<void> visitCredentials(Vault &vault, const ExportRequest &request, const KeyExport &purpose, bool isWithKeys,
                              const KeyVisitor &visit)
{
    if (isWithKeys)
        return vault.exportPrivateKeys(request.credentials, purpose, visit);
    TRY(vault.logExport(request.credentials, purpose));
    for (const QUuid &id : request.credentials) {
        const Credential credential = TRY(vault.find(id.toString(QUuid::WithoutBraces)));
        TRY(visit(credential, SecretBytes()));
    }
    return {};
}

Result<ExportedFiles> exportBundle(Vault &vault, const ExportRequest &request, const Clock &clock, RandomSource &random,
                                   std::stop_token stop)
{
    BundleWriter bundle(toDateTime(clock.now()));
    const bool isWithKeys = request.options.isWithKeys;
    const KeyExport purpose{u"credential.exported"_s, isWithKeys ? u"bundle, encrypted"_s : u"bundle, without key"_s};
    const auto add = [&](const Credential &credential, const SecretBytes &pkcs8) -> Result<void> {
        if (stop.stop_requested())
            return cancelled();
        bundle.add(credential, pkcs8);
        return {};
    };
    TRY(visitCredentials(vault, request, purpose, isWithKeys, add));
    const SecretBytes document = bundle.take();
    const QByteArray file = TRY(encryptAge(document.view(), request.target, AgeForm::Armored, random, stop));
    ExportedFiles exported;
    exported.files.push_back({{}, {}, SecretBytes::copyOf(QByteArrayView(file))});
    exported.note = ExportText::tr("Any program for the age format opens it: age -d FILE.");
    return exported;
}

} // namespace

Result<ExportedFiles> exportCredentials(Vault &vault, const ExportRequest &request, const Clock &clock,
                                        RandomSource &random, std::stop_token stop)
{
    if (request.credentials.isEmpty())
        return fail(ErrorKind::InvalidInput, u"export.nothing"_s, ExportText::tr("There is nothing to export."),
                    ExportText::tr("Name at least one credential."));
    if (request.format == bundleFormatId())
        return exportBundle(vault, request, clock, random, stop);
    const ExportFormat *format = exportFormatById(request.format);
    if (format == nullptr)
        return fail(ErrorKind::InvalidInput, u"export.unknown-format"_s,
                    ExportText::tr("There is no format “%1”.").arg(request.format),
                    ExportText::tr("Add --help to see the formats."));
    const bool isWithKeys = format->holdsKeys && request.options.isWithKeys;
    ExportOptions options = request.options;
    options.isOneOfSeveral = request.credentials.size() > 1;
    ExportRun run(*format, options);
    const KeyExport purpose{u"credential.exported"_s, isWithKeys          ? format->id + u", private key in the open"_s
                                                      : format->holdsKeys ? format->id + u", without private key"_s
                                                                          : format->id + u", public key"_s};
    const auto add = [&](const Credential &credential, const SecretBytes &pkcs8) -> Result<void> {
        if (stop.stop_requested())
            return cancelled();
        return run.add(credential, pkcs8);
    };
    TRY(visitCredentials(vault, request, purpose, isWithKeys, add));
    return run.take();
}

Result<QString> exportPreview(const ExportFormat &format, const Credential &credential, const ExportOptions &options)
{
    ExportSubject subject{credential, slugOf(credential.name), tokenUrlOf(credential), {}, {}};
    if (format.holdsKeys && options.isWithKeys) {
        // About what the real ones have, so that nobody takes the placeholder for a short key.
        const int characters = credential.key.type == KeyType::Rsa ? credential.key.bits * 13 / 16 + 40 : 241;
        const QString hidden = ExportText::tr("‹hidden, about %1 characters›").arg(characters);
        subject.privatePem = SecretBytes::copyOf(QByteArrayView(hidden.toUtf8()));
        subject.privateJwk = SecretBytes::copyOf(QByteArrayView(('"' + hidden.toUtf8() + '"')));
    }
    SecretText text;
    text.append(format.prologue);
    TRY(format.write(text, subject, options));
    text.append(format.epilogue);
    // There is no secret in it: the key's place holds a placeholder.
    return QString::fromUtf8(text.take().copyToUnprotectedByteArray());
}

QString exportPath(const QString &chosen, const QString &formatExtension, const ExportFile &file)
{
    if (file.slug.isEmpty() && file.suffix.isEmpty())
        return chosen;
    const QString ownSuffix = chosen.endsWith(formatExtension)       ? formatExtension
                              : QFileInfo(chosen).suffix().isEmpty() ? QString()
                                                                     : u'.' + QFileInfo(chosen).suffix();
    const QString stem = chosen.chopped(ownSuffix.size());
    return stem + (file.slug.isEmpty() ? QString() : u'-' + file.slug) +
           (file.suffix.isEmpty() ? ownSuffix : file.suffix);
}

Result<QStringList> writeExport(const ExportedFiles &exported, const QString &chosen, const QString &formatExtension)
{
    QStringList paths;
    for (const ExportFile &file : exported.files) {
        const QString path = exportPath(chosen, formatExtension, file);
        TRY(writeFileAtomically(path, file.contents.charView()));
        paths.append(path);
    }
    return paths;
}

QString slugOf(const QString &name)
{
    QString slug;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            slug.append(c);
        else if (!c.isMark() && !slug.isEmpty() && !slug.endsWith(u'-'))
            slug.append(u'-');
    }
    slug.truncate(48);
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.isEmpty() ? u"credential"_s : slug;
}

} // namespace credenza
