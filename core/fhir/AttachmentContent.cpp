// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/AttachmentContent.h"

#include "core/fhir/FhirFailure.h"
#include "core/fhir/ResourceSummary.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr qsizetype longestName = 80;
constexpr qsizetype sniffed = 1024;

struct Signature {
    const char *start;
    const char *type;
    const char *ending;
};

constexpr Signature signatures[] = {
    {"%PDF-", "application/pdf", "pdf"},   {"\x89PNG\r\n", "image/png", "png"},
    {"\xff\xd8\xff", "image/jpeg", "jpg"}, {"GIF8", "image/gif", "gif"},
    {"II*", "image/tiff", "tiff"},         {"MM", "image/tiff", "tiff"},
    {"{\\rtf", "application/rtf", "rtf"},  {"PK\x03\x04", "application/zip", "zip"},
    {"<?xml", "application/xml", "xml"},   {"<!DOCTYPE html", "text/html", "html"},
    {"<html", "text/html", "html"},        {"{", "application/json", "json"},
};

QString baseType(const QString &type)
{
    return type.section(u';', 0, 0).trimmed().toLower();
}

const Signature *signatureOf(QByteArrayView bytes)
{
    const QByteArrayView start = bytes.first(std::min(bytes.size(), sniffed)).trimmed();
    for (const Signature &signature : signatures) {
        const QByteArrayView wanted(signature.start);
        if (start.size() >= wanted.size() && start.first(wanted.size()).compare(wanted, Qt::CaseInsensitive) == 0)
            return &signature;
    }
    return nullptr;
}

bool isText(QByteArrayView bytes)
{
    const QByteArrayView start = bytes.first(std::min(bytes.size(), sniffed));
    // The last character may be cut in the middle.
    const QString text = QString::fromUtf8(start.chopped(std::min<qsizetype>(4, start.size() / 2)));
    return !start.isEmpty() && !start.contains('\0') && !text.contains(QChar::ReplacementCharacter);
}

/// Version and pages as they stand in the file; compressed object streams hide the pages.
QString pdfDetail(QByteArrayView bytes)
{
    static const QRegularExpression page(u"/Type\\s*/Page[^s]"_s);
    const QString version = QString::fromLatin1(bytes.sliced(5, std::min<qsizetype>(3, bytes.size() - 5)));
    qsizetype pages = 0;
    auto matches =
        page.globalMatch(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 32 * 1024 * 1024))));
    for (; matches.hasNext(); matches.next())
        ++pages;
    return pages == 0 ? FhirText::tr("PDF %1").arg(version) : FhirText::tr("PDF %1, pages: %2").arg(version).arg(pages);
}

/// Nothing of a server's text may lead out of the folder that a person chooses, or hide the ending.
QString safeName(const QString &title, const QString &ending)
{
    static const QRegularExpression unsafe(u"[^\\p{L}\\p{N} _-]+"_s);
    QString name = title;
    name.replace(unsafe, u"-"_s);
    name = name.simplified().left(longestName);
    if (name.isEmpty() || name == u"-")
        name = u"attachment"_s;
    return ending.isEmpty() ? name : name + u'.' + ending;
}

} // namespace

AttachmentSource attachmentSource(JsonValue attachment)
{
    return {attachment[u"contentType"].text(), attachment[u"url"].text(), attachment[u"title"].text(),
            QByteArray::fromBase64(attachment[u"data"].text().toLatin1())};
}

bool AttachmentContent::isMislabelled() const
{
    const QString declared = baseType(declaredType);
    if (actualType.isEmpty() || declared.isEmpty() || declared == actualType)
        return false;
    const bool areBothXml = declared.endsWith(u"xml"_s) && actualType.endsWith(u"xml"_s);
    const bool areBothJson = declared.endsWith(u"json"_s) && actualType.endsWith(u"json"_s);
    const bool isAnyText = actualType == u"text/plain" && declared.startsWith(u"text/"_s);
    const bool isPlainText =
        declared == u"text/plain" && (actualType.endsWith(u"json"_s) || actualType == u"application/rtf");
    const bool isXhtml =
        declared == u"application/xhtml+xml" || (declared == u"text/html" && actualType == u"application/xml");
    return !(areBothXml || areBothJson || isAnyText || isPlainText || isXhtml ||
             declared == u"application/octet-stream");
}

AttachmentContent attachmentContent(const AttachmentSource &source, QByteArray bytes, const QString &declaredType)
{
    AttachmentContent content;
    const Signature *signature = signatureOf(bytes);
    content.declaredType = declaredType.isEmpty() ? source.contentType : declaredType;
    QString ending;
    if (signature != nullptr) {
        content.actualType = QString::fromLatin1(signature->type);
        ending = QString::fromLatin1(signature->ending);
    } else if (isText(bytes)) {
        content.actualType = u"text/plain"_s;
        ending = u"txt"_s;
    }
    if (content.actualType == u"application/pdf")
        content.detail = pdfDetail(bytes);
    content.suggestedName = safeName(source.title.isEmpty() ? source.url.section(u'/', -1) : source.title, ending);
    content.bytes = std::move(bytes);
    return content;
}

Result<AttachmentContent> readAttachment(const AttachmentSource &source, const HttpReply &reply)
{
    if (reply.status < 200 || reply.status > 299)
        return Failure(fhirFailure(reply, u"Binary"_s));
    const QString type = QString::fromLatin1(headerValue(reply.headers, "Content-Type"));
    if (baseType(type).endsWith(u"json"_s)) {
        if (const auto resource = parseResource(reply.body)) {
            if (resource->type() == u"OperationOutcome")
                return Failure(fhirFailure(reply, u"Binary"_s));
            if (resource->type() == u"Binary") {
                const auto decoded = QByteArray::fromBase64Encoding(resource->root[u"data"].text().toLatin1(),
                                                                    QByteArray::AbortOnBase64DecodingErrors);
                if (!decoded)
                    return fail(ErrorKind::Failed, u"attachment.damaged"_s,
                                FhirText::tr("The content of the Binary is not base64."));
                return attachmentContent(source, *decoded, resource->root[u"contentType"].text());
            }
        }
    }
    return attachmentContent(source, reply.body, type);
}

} // namespace credenza
