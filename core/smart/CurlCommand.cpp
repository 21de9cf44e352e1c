// SPDX-License-Identifier: Apache-2.0
#include "core/smart/CurlCommand.h"

#include <QStringList>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// One word for a POSIX shell: nothing in single quotes is special but the quote itself.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// `name=value` of a form as an argument; a redacted value becomes a variable.
QString formArgument(const QString &pair)
{
    const qsizetype equals = pair.indexOf(u'=');
    const auto decoded = [](const QString &part) {
        return QUrl::fromPercentEncoding(QString(part).replace(u'+', u"%20"_s).toUtf8());
    };
    const QString name = decoded(pair.left(equals));
    const QString value = equals < 0 ? QString() : decoded(pair.mid(equals + 1));
    if (value.contains(redactedMark()) || name == u"client_assertion")
        return u"--data-urlencode "_s + quoted(name + u'=') +
               (name == u"client_assertion" ? u"\"$CLIENT_ASSERTION\""_s : u"\"$SECRET\""_s);
    return u"--data-urlencode "_s + quoted(name + u'=' + value);
}

QString headerArgument(const QString &name, const QString &value)
{
    if (!value.contains(redactedMark()))
        return u"-H "_s + quoted(name + u": "_s + value);
    if (name.compare(u"authorization"_s, Qt::CaseInsensitive) == 0)
        return u"-H \"Authorization: Bearer $ACCESS_TOKEN\""_s;
    return u"-H "_s + quoted(name + u": "_s) + u"\"$SECRET\""_s;
}

} // namespace

QString curlCommand(const RedactedRequest &request, const QString &credential)
{
    QStringList arguments{u"curl -i"_s};
    if (request.method != u"GET")
        arguments.last() += u" -X "_s + quoted(request.method);
    arguments.last() += u' ' + quoted(request.url);
    bool isForm = false;
    for (const auto &[name, value] : request.headers) {
        if (name.compare(u"content-length"_s, Qt::CaseInsensitive) == 0)
            continue;
        const bool isType = name.compare(u"content-type"_s, Qt::CaseInsensitive) == 0;
        isForm = isForm || (isType && value.startsWith(u"application/x-www-form-urlencoded"_s));
        arguments.append(headerArgument(name, value));
    }
    if (isForm) {
        for (const QString &pair : request.body.split(u'&', Qt::SkipEmptyParts))
            arguments.append(formArgument(pair));
    } else if (!request.body.isEmpty()) {
        arguments.append(u"--data-binary "_s + quoted(request.body));
    }
    const QString command = arguments.join(u" \\\n  "_s);
    if (credential.trimmed().isEmpty())
        return command;
    QString before;
    if (command.contains(u"\"$CLIENT_ASSERTION\""_s))
        before = u"CLIENT_ASSERTION=$(credenza-cli assertion %1)\n"_s.arg(quoted(credential));
    else if (command.contains(u"$ACCESS_TOKEN"_s))
        before = u"ACCESS_TOKEN=$(credenza-cli token %1)\n"_s.arg(quoted(credential));
    return before + command;
}

} // namespace credenza
