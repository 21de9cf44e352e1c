// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TestReport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct ReportText {
    Q_DECLARE_TR_FUNCTIONS(TestReport)
};

/// A code block that its contents can't end early.
QString codeBlock(const QString &text, const QString &language = {})
{
    QString fence = u"```"_s;
    while (text.contains(fence))
        fence += u'`';
    return fence + language + u'\n' + text.trimmed() + u'\n' + fence + u'\n';
}

/// Text of a server in running Markdown: no formatting, links or line breaks of its own.
QString plain(const QString &text)
{
    QString escaped;
    for (const QChar c : text.simplified()) {
        if (u"\\`*_{}[]<>#|!"_s.contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString milliseconds(double time)
{
    return ReportText::tr("%1 ms").arg(QLocale::c().toString(time, 'f', time < 10 ? 1 : 0));
}

QString headerLines(const QList<std::pair<QString, QString>> &headers)
{
    QString lines;
    for (const auto &[name, value] : headers)
        lines += name + u": "_s + value + u'\n';
    return lines;
}

QString exchangeText(const TestExchange &exchange)
{
    const RedactedRequest &request = exchange.request;
    QString text = ReportText::tr("Sent") + u":\n\n"_s +
                   codeBlock(request.method + u' ' + request.url + u'\n' + headerLines(request.headers) +
                                 (request.body.isEmpty() ? QString() : u'\n' + request.body),
                             u"http"_s);
    if (!exchange.response)
        return text + u'\n' + ReportText::tr("No answer came (%1).").arg(milliseconds(exchange.milliseconds)) +
               u"\n\n"_s;
    const RedactedResponse &response = *exchange.response;
    text += u'\n' +
            (exchange.isShared ? ReportText::tr("Came back to another test of the same run")
                               : ReportText::tr("Came back after %1").arg(milliseconds(exchange.milliseconds))) +
            u":\n\n"_s;
    return text +
           codeBlock(u"HTTP/1.1 %1 %2\n"_s.arg(response.status).arg(response.reason) + headerLines(response.headers) +
                         (response.body.isEmpty() ? QString() : u'\n' + response.body),
                     u"http"_s) +
           u'\n';
}

QString stepText(const TestStep &step, qsizetype number)
{
    QString text = u"### %1. %2: %3"_s.arg(number).arg(nameOf(step.id), nameOf(step.state));
    if (step.state == TestStepState::Skipped)
        return text + u"\n\n"_s;
    text += u" (%1)\n\n%2\n\n"_s.arg(milliseconds(step.milliseconds), plain(step.summary));
    if (!step.code.isEmpty())
        text += ReportText::tr("Code: %1").arg(u'`' + step.code + u'`') + u"\n\n"_s;
    if (step.id == TestStepId::Sign && step.details.contains(u"header")) {
        const auto pretty = [&step](QStringView part) {
            return QString::fromUtf8(QJsonDocument(step.details.value(part).toObject()).toJson());
        };
        text += ReportText::tr("Header and claims (the signature is left out)") + u":\n\n"_s +
                codeBlock(pretty(u"header") + pretty(u"claims"), u"json"_s) + u'\n';
        const QJsonObject key = step.details.value(u"key").toObject();
        text += ReportText::tr("Public key: %1 %2 bits, thumbprint (RFC 7638) %3, SHA-1 of its DER %4")
                    .arg(key.value(u"type").toString(), QString::number(key.value(u"bits").toInt()),
                         u'`' + key.value(u"thumbprint").toString() + u'`',
                         u'`' + key.value(u"publicKeySha1").toString() + u'`') +
                u"\n\n"_s;
    }
    for (const QJsonValue &value : step.details.value(u"certificates").toArray()) {
        const QJsonObject certificate = value.toObject();
        text += u"* "_s +
                ReportText::tr("Certificate: %1, issued by %2, valid until %3, SHA-256 %4")
                    .arg(plain(certificate.value(u"subject").toString()), plain(certificate.value(u"issuer").toString()),
                         certificate.value(u"validUntil").toString(),
                         u'`' + certificate.value(u"sha256").toString() + u'`') +
                u'\n';
    }
    if (step.details.contains(u"certificates"))
        text += u'\n';
    for (const TestExchange &exchange : step.exchanges)
        text += exchangeText(exchange);
    return text;
}

} // namespace

QString toMarkdown(const TestReport &report)
{
    QString text = u"# "_s + ReportText::tr("Connection test: %1").arg(plain(report.credential)) + u"\n\n"_s;
    text += u"* "_s +
            ReportText::tr("Result: %1").arg(report.passed ? ReportText::tr("passed") : ReportText::tr("failed")) +
            u'\n';
    text += u"* "_s + ReportText::tr("Started: %1").arg(report.startedAt.toUTC().toString(Qt::ISODate)) + u'\n';
    if (report.clockOffsetSeconds) {
        text += u"* "_s +
                ReportText::tr("Server's clock minus this computer's: %1 s")
                    .arg(QLocale::c().toString(*report.clockOffsetSeconds, 'f', 1)) +
                u'\n';
    }
    if (report.token) {
        text += u"* "_s +
                ReportText::tr("Token: %1, expires in %2 s, scopes: %3")
                    .arg(plain(report.token->type), QString::number(report.token->expiresIn),
                         plain(report.token->scopes.join(u' '))) +
                u'\n';
    }
    text += u"* "_s +
            ReportText::tr("Made with Credenza %1. Private key, signature and token are not in it.")
                .arg(QStringLiteral(CREDENZA_VERSION)) +
            u"\n\n"_s;

    if (!report.diagnosis.isEmpty()) {
        text += u"## "_s + ReportText::tr("Likely causes, by evidence") + u"\n\n"_s;
        qsizetype rank = 1;
        for (const Cause &cause : report.diagnosis) {
            text += u"%1. **%2** (%3)\n   - %4\n   - %5\n"_s.arg(rank++).arg(
                plain(cause.title), nameOf(cause.likelihood), ReportText::tr("Seen: %1").arg(plain(cause.evidence)),
                ReportText::tr("Fix: %1").arg(plain(cause.fix)));
        }
        text += u'\n';
    }
    if (!report.ruledOut.isEmpty())
        text += ReportText::tr("Ruled out: %1").arg(plain(report.ruledOut.join(u", "_s))) + u"\n\n"_s;

    text += u"## "_s + ReportText::tr("Steps") + u"\n\n"_s;
    for (qsizetype i = 0; i < report.steps.size(); ++i)
        text += stepText(report.steps.at(i), i + 1);
    if (!report.probes.isEmpty())
        text += u"## "_s + ReportText::tr("Asked after the failure") + u"\n\n"_s;
    for (const TestProbe &probe : report.probes) {
        text += u"* "_s + plain(probe.summary) + u"\n\n"_s;
        for (const TestExchange &exchange : probe.exchanges)
            text += exchangeText(exchange);
    }
    return text;
}

} // namespace credenza
