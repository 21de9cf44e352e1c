// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FhirFailure.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

/// What one of Epic's numbers means to the one who asked (fhir.epic.com, "Error codes").
struct VendorMeaning {
    QStringView number;
    const char *code;
    const char *hint;
    ErrorKind kind = ErrorKind::Failed;
};

constexpr VendorMeaning meanings[] = {
    {u"4100", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Check the parameters of the search.")},
    {u"4102", "fhir.not-found", QT_TRANSLATE_NOOP("FhirText", "Check the id; ids differ between environments."),
     ErrorKind::NotFound},
    {u"4103", "fhir.deleted", QT_TRANSLATE_NOOP("FhirText", "The resource was deleted on the server."),
     ErrorKind::NotFound},
    {u"4107", "fhir.merged", QT_TRANSLATE_NOOP("FhirText", "The patient was merged into another one: open that.")},
    {u"4110", "fhir.missing-parameter", QT_TRANSLATE_NOOP("FhirText", "Give at least one parameter to search by.")},
    {u"4111", "fhir.missing-parameter", QT_TRANSLATE_NOOP("FhirText", "Add the parameter the server asks for.")},
    {u"4112", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Use fewer parameters at once.")},
    {u"4113", "fhir.paging-expired", QT_TRANSLATE_NOOP("FhirText", "Run the search again.")},
    {u"4115", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Correct the value the server names.")},
    {u"4118", "fhir.user-not-authorized",
     QT_TRANSLATE_NOOP("FhirText", "The client is fine, the user behind it may not see this: ask the hospital to give "
                                   "the background user of this client ID the security it needs.")},
    {u"4122", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Leave out the parameter the server does not know.")},
    {u"4127", "fhir.too-many-results", QT_TRANSLATE_NOOP("FhirText", "Narrow the search.")},
    {u"4130", "fhir.restricted", QT_TRANSLATE_NOOP("FhirText", "The record is restricted; don't try again.")},
    {u"4131", "fhir.restricted", QT_TRANSLATE_NOOP("FhirText", "The record is restricted; don't try again.")},
    {u"4134", "fhir.restricted", QT_TRANSLATE_NOOP("FhirText", "The record is restricted; don't try again.")},
    {u"4135", "fhir.daily-limit", QT_TRANSLATE_NOOP("FhirText", "The limit of documents for today is reached.")},
    {u"59008", "fhir.not-found", QT_TRANSLATE_NOOP("FhirText", "Check the id; ids differ between environments."),
     ErrorKind::NotFound},
    {u"59022", "fhir.sub-type-not-authorized",
     QT_TRANSLATE_NOOP("FhirText", "Tick the wanted variants of this API on the application's page, then wait for the "
                                   "sync.")},
    {u"59102", "fhir.missing-parameter", QT_TRANSLATE_NOOP("FhirText", "Search by _id.")},
    {u"59108", "fhir.missing-parameter", QT_TRANSLATE_NOOP("FhirText", "Add the parameter the server asks for.")},
    {u"59109", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Correct the value the server names.")},
    {u"59111", "fhir.bad-parameter", QT_TRANSLATE_NOOP("FhirText", "Correct the value the server names.")},
    {u"59133", "fhir.too-many-results", QT_TRANSLATE_NOOP("FhirText", "Narrow the search.")},
    {u"59159", "fhir.missing-parameter", QT_TRANSLATE_NOOP("FhirText", "Add the parameter the server asks for.")},
    {u"59203", "fhir.sub-type-not-authorized",
     QT_TRANSLATE_NOOP("FhirText", "Tick that variant of the API on the application's page, then wait for the sync.")},
    // Last: it stands beside the reason, seldom alone.
    {u"59100", "fhir.bad-parameter",
     QT_TRANSLATE_NOOP("FhirText", "Leave out the parameter the server does not know.")},
};

int rank(const OutcomeIssue &issue)
{
    static const QStringList order{u"fatal"_s, u"error"_s, u"warning"_s, u"information"_s};
    const qsizetype at = order.indexOf(issue.severity);
    return static_cast<int>(at < 0 ? order.size() : at);
}

/// All that is not a mere note, gravest first.
QString words(QList<OutcomeIssue> issues)
{
    std::ranges::stable_sort(issues, {}, rank);
    QStringList texts;
    for (const OutcomeIssue &issue : std::as_const(issues)) {
        const QString text = issueText(issue);
        if (!text.isEmpty() && !texts.contains(text) && texts.size() < 3)
            texts.append(text);
    }
    return texts.join(u' ');
}

const VendorMeaning *meaningOf(const QList<OutcomeIssue> &issues)
{
    for (const VendorMeaning &meaning : meanings) {
        if (std::ranges::any_of(issues, [&](const OutcomeIssue &issue) { return issue.vendorCode == meaning.number; }))
            return &meaning;
    }
    return nullptr;
}

/// The answer's own words where it is a line of plain text, as gateways send it.
QString plainText(const HttpReply &reply)
{
    constexpr qsizetype longestLine = 300;
    const QByteArray text = reply.body.trimmed();
    const bool isPlain = !text.isEmpty() && text.size() <= longestLine && !text.startsWith('<') &&
                         !text.startsWith('{') && !text.startsWith('[') && !text.contains('\0');
    return isPlain ? QString::fromUtf8(text).simplified() : QString();
}

/// What to do on 429 and 503: Retry-After where the server says it.
QString waitHint(const HttpReply &reply)
{
    bool isNumber = false;
    const qint64 seconds = headerValue(reply.headers, "Retry-After").trimmed().toLongLong(&isNumber);
    return isNumber && seconds > 0 ? FhirText::tr("The server asks to wait %1 s before the next try.").arg(seconds)
                                   : FhirText::tr("Try again later.");
}

bool isHtml(const HttpReply &reply)
{
    return headerValue(reply.headers, "Content-Type").toLower().contains("html") ||
           reply.body.trimmed().startsWith('<');
}

Error byStatus(const HttpReply &reply, const QString &type, const QString &said)
{
    const QString status = QString::number(reply.status);
    const QString line = plainText(reply);
    const QString what = type.isEmpty() ? FhirText::tr("this") : type;
    const auto error = [](const char16_t *code, const QString &message, const QString &hint,
                          ErrorKind kind = ErrorKind::Failed) {
        return Error{kind, QString::fromUtf16(code), message.trimmed(), hint};
    };
    switch (reply.status) {
    case 401:
        return error(u"fhir.unauthorized", FhirText::tr("401: the server does not accept the token. %1").arg(said),
                     FhirText::tr("FHIR base URL and token endpoint may belong to different environments: run the "
                                  "connection test."));
    case 403:
        if (said.isEmpty() || headerValue(reply.headers, "WWW-Authenticate").contains("insufficient_scope"))
            return error(u"fhir.insufficient-scope", FhirText::tr("403: the token is valid, but not for %1.").arg(what),
                         FhirText::tr("Tick %1.Read and %1.Search (R4) on the application's page, wait up to an hour "
                                      "for the sync, then get a new token.")
                             .arg(type.isEmpty() ? u"…"_s : type));
        return error(u"fhir.forbidden", FhirText::tr("403: %1").arg(said),
                     FhirText::tr("The server's operator must allow this client to see it."));
    case 404:
    case 410:
        if (said.isEmpty())
            return error(u"fhir.not-offered",
                         line.isEmpty()
                             ? FhirText::tr("%1: this server does not offer %2.").arg(status, what)
                             : FhirText::tr("%1, “%2”: this server does not offer %3.").arg(status, line, what),
                         FhirText::tr("Check the type against the server's CapabilityStatement, and the path of the "
                                      "FHIR base URL."),
                         ErrorKind::NotFound);
        return error(u"fhir.not-found", FhirText::tr("%1: %2").arg(status, said),
                     FhirText::tr("Check the id; ids differ between environments."), ErrorKind::NotFound);
    case 406:
    case 415:
        return error(u"fhir.not-acceptable",
                     FhirText::tr("%1: the server does not answer in FHIR JSON. %2").arg(status, said),
                     FhirText::tr("Check that the server speaks FHIR R4 in JSON."));
    case 429:
    case 503:
        return error(u"fhir.busy", FhirText::tr("%1: the server is too busy just now. %2").arg(status, said),
                     waitHint(reply));
    default:
        break;
    }
    if (reply.status >= 300 && reply.status < 400)
        return error(u"fhir.redirected",
                     FhirText::tr("%1: redirected to another server; the token was not sent there.").arg(status),
                     FhirText::tr("Use the address it points to as FHIR base URL, if it is the right one."));
    if (isHtml(reply))
        return error(u"fhir.html", FhirText::tr("%1: a web page came back, not a FHIR answer.").arg(status),
                     FhirText::tr("Check that the address is a FHIR base URL; a proxy may have answered."));
    return error(u"fhir.refused",
                 FhirText::tr("%1: %2").arg(status, !said.isEmpty()   ? said
                                                    : !line.isEmpty() ? line
                                                                      : FhirText::tr("no reason was given")),
                 FhirText::tr("Look at what came back."));
}

} // namespace

QString issueText(const OutcomeIssue &issue)
{
    QString text = issue.diagnostics.isEmpty() ? issue.text : issue.diagnostics;
    if (text.isEmpty())
        text = issue.code;
    return issue.vendorCode.isEmpty() ? text : u"%1 (%2)"_s.arg(text, issue.vendorCode);
}

bool isHiddenSubType(const OutcomeIssue &issue)
{
    return issue.vendorCode == u"59204" || (issue.code == u"suppressed" && issue.severity != u"fatal");
}

bool isMuted(const OutcomeIssue &issue)
{
    return issue.vendorCode == u"4119" || issue.vendorCode == u"4101";
}

Error fhirFailure(const HttpReply &reply, const QString &type)
{
    const QList<OutcomeIssue> issues = outcomeIssues(reply.body);
    const QString said = words(issues);
    if (const VendorMeaning *meaning = meaningOf(issues))
        return {meaning->kind, QString::fromLatin1(meaning->code), u"%1: %2"_s.arg(reply.status).arg(said),
                QCoreApplication::translate("FhirText", meaning->hint)};
    return byStatus(reply, type, said);
}

} // namespace credenza
