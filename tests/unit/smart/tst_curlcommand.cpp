// SPDX-License-Identifier: Apache-2.0
#include "core/smart/CurlCommand.h"

#include <QProcess>
#include <QTest>

using namespace credenza;
using namespace Qt::StringLiterals;

class TestCurlCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenRequestNamesTheAssertion();
    void bearerBecomesAVariable();
    void shellSeesEachWordAsItIs_data();
    void shellSeesEachWordAsItIs();
};

void TestCurlCommand::tokenRequestNamesTheAssertion()
{
    RedactedRequest request{
        u"POST"_s,
        u"https://fhir.epic.com/oauth2/token"_s,
        {{u"Content-Type"_s, u"application/x-www-form-urlencoded"_s}, {u"Content-Length"_s, u"9"_s}},
        u"grant_type=client_credentials&scope=system%2FPatient.read+system%2FGroup.read"
        u"&client_assertion="_s +
            redactedMark()};
    const QString command = curlCommand(request);
    QVERIFY(command.startsWith(u"curl -i -X 'POST' 'https://fhir.epic.com/oauth2/token'"));
    QVERIFY(command.contains(u"--data-urlencode 'client_assertion='\"$CLIENT_ASSERTION\""));
    QVERIFY(command.contains(u"--data-urlencode 'scope=system/Patient.read system/Group.read'"));
    QVERIFY(!command.contains(redactedMark()));
    QVERIFY(!command.contains(u"Content-Length"));
    const QString named = curlCommand(request, u"Riverbend's"_s);
    QCOMPARE(named, u"CLIENT_ASSERTION=$(credenza-cli assertion 'Riverbend'\\''s')\n"_s + command);
}

void TestCurlCommand::bearerBecomesAVariable()
{
    const RedactedRequest request{u"GET"_s,
                                  u"https://fhir.epic.com/R4/Patient"_s,
                                  {{u"Authorization"_s, redactedMark()}, {u"Accept"_s, u"application/fhir+json"_s}},
                                  {}};
    const QString command = curlCommand(request);
    QVERIFY(command.contains(u"-H \"Authorization: Bearer $ACCESS_TOKEN\""));
    QVERIFY(command.contains(u"-H 'Accept: application/fhir+json'"));
    QVERIFY(!command.contains(u"-X"));
}

void TestCurlCommand::shellSeesEachWordAsItIs_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("quote") << u"it's"_s;
    QTest::newRow("breaks out of quotes") << u"'; touch pwned; echo '"_s;
    QTest::newRow("command substitution") << u"$(touch pwned)`touch pwned`"_s;
    QTest::newRow("variable and backslash") << u"$HOME \\n \"x\""_s;
    QTest::newRow("line break") << u"one\ntwo"_s;
}

void TestCurlCommand::shellSeesEachWordAsItIs()
{
    QFETCH(QString, text);
    const RedactedRequest request{u"POST"_s, u"https://x/?q="_s + text, {{u"X-Note"_s, text}}, text};
    // A shell that prints its words instead of running curl.
    QProcess shell;
    shell.start(u"sh"_s,
                {u"-c"_s, u"curl() { for word; do printf '%s\\037' \"$word\"; done; }; "_s + curlCommand(request)});
    QVERIFY(shell.waitForFinished());
    const QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0x1f));
    QVERIFY2(words.contains(u"https://x/?q="_s + text), qPrintable(words.join(u'|')));
    QVERIFY(words.contains(u"X-Note: "_s + text));
    QVERIFY(words.contains(text));
}

QTEST_GUILESS_MAIN(TestCurlCommand)
#include "tst_curlcommand.moc"
