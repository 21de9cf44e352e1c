// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/connectiontest/TimelineStep.h"
#include "ui/overlay/DraftStatus.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QClipboard>
#include <QLoggingCategory>
#include <QTest>

#include <mutex>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;

std::mutex logMutex;
QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext &, const QString &message)
{
    const std::scoped_lock lock(logMutex);
    logged.append(message);
}

/// What must be in none of them.
QStringList secretsOf(const FakeServer &server)
{
    const QByteArray pem = sampleKeyPem().charView().toByteArray();
    QStringList secrets{QString::fromLatin1(FakeServer::token), u"PRIVATE KEY"_s,
                        QString::fromLatin1(SessionFixture::rightPassphrase)};
    for (const QByteArray &line : pem.split('\n')) {
        if (line.size() > 40 && !line.startsWith('-'))
            secrets.append(QString::fromLatin1(line));
    }
    for (const QByteArray &assertion : server.assertions())
        secrets.append(QString::fromLatin1(assertion.mid(assertion.lastIndexOf('.') + 1)));
    return secrets;
}

} // namespace

/// Neither the screen, nor what is copied from it, nor the log tells a key, a signature, a token or the passphrase.
class TestTestSecrecy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsNoSecret_data();
    void tellsNoSecret();
};

void TestTestSecrecy::tellsNoSecret_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("status");
    const QString failed = u"Failed just now. You can save it anyway."_s;
    QTest::newRow("passes") << int(FakeServer::Mode::Grants) << u"Passed just now"_s;
    QTest::newRow("is refused") << int(FakeServer::Mode::RefusesClient) << failed;
    QTest::newRow("the server sends back what it got") << int(FakeServer::Mode::Echoes) << failed;
}

void TestTestSecrecy::tellsNoSecret()
{
    QFETCH(const int, mode);
    QFETCH(const QString, status);
    logged.clear();
    QLoggingCategory::setFilterRules(u"*.debug=true\nqt.*=false"_s);
    const QtMessageHandler before = qInstallMessageHandler(keepMessage);

    SheetFixture fixture;
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    QVERIFY(fixture.fillValid(u"Alder"_s));
    fixture.vault.server->mode = static_cast<FakeServer::Mode>(mode);
    QTest::mouseClick(find<Button>(fixture.sheet, u"testConnection"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.sheet.findChild<DraftStatus *>()->text(), status, patience);
    for (TimelineStep *step : fixture.sheet.findChildren<TimelineStep *>())
        step->setOpen(true);

    QStringList told = spokenTexts(fixture.window);
    QStringList copied;
    for (Button *button : fixture.sheet.findChildren<Button *>()) {
        if (!button->text().startsWith(u"Copy") || !button->isEnabled())
            continue;
        QApplication::clipboard()->clear();
        button->click();
        QVERIFY2(!QApplication::clipboard()->text().isEmpty(), qPrintable(button->text()));
        copied.append(QApplication::clipboard()->text());
    }
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});

    // The report, the request as curl, and the same at each exchange; and they tell what they are for.
    QVERIFY(copied.size() >= 4);
    const QString all = copied.join(u'\n');
    QVERIFY(all.contains(u"curl"));
    QVERIFY(all.contains(fakeTokenEndpoint()));
    QVERIFY(!fixture.vault.server->assertions().isEmpty());
    QVERIFY(told.join(u'\n').contains(u"RS384"));
    told += copied + logged;
    for (const QString &secret : secretsOf(*fixture.vault.server)) {
        QVERIFY(secret.size() > 10);
        for (const QString &text : std::as_const(told)) {
            // The text itself stays out of the test's output.
            if (text.contains(secret))
                QFAIL(qPrintable(u"a secret of %1 characters is told in a text of %2"_s.arg(secret.size()).arg(text.size())));
        }
    }
}

QTEST_MAIN(TestTestSecrecy)
#include "tst_testsecrecy.moc"
