// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/FileKind.h"
#include "app/credenza/LocalSandbox.h"
#include "tests/support/ProcessFixture.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

namespace credenza::test
{

using namespace Qt::StringLiterals;

/// "Try the local sandbox" with the real program.
class TestLocalSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAndIsThereAgainTheNextDay();
    void takesAnotherPortIfItsOwnIsTaken();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsOnlyReadyLines();
    void filesAreToldApart_data();
    void filesAreToldApart();

private:
    [[nodiscard]] static QString program()
    {
        return QCoreApplication::applicationDirPath() + u"/credenza-sandbox"_s;
    }
    static bool answers(const LocalSandbox::Address &address)
    {
        QTcpSocket socket;
        socket.connectToHost(QUrl(address.fhirBaseUrl).host(), static_cast<quint16>(QUrl(address.fhirBaseUrl).port()));
        return socket.waitForConnected(5000);
    }
    QTemporaryDir m_home;
};

void TestLocalSandbox::startsAndIsThereAgainTheNextDay()
{
    if (!ProcessFixture::isBuilt(u"credenza-sandbox"_s))
        QSKIP("credenza-sandbox is not built");
    const QString folder = m_home.filePath(u"two/levels/sandbox"_s);
    LocalSandbox::Address first;
    {
        LocalSandbox sandbox(program(), folder);
        QCOMPARE(sandbox.rememberedBaseUrl(), QString());
        QSignalSpy ready(&sandbox, &LocalSandbox::ready);
        sandbox.start();
        sandbox.start(); // asked twice, started once
        QVERIFY(sandbox.isStarting());
        QVERIFY(ready.wait(20'000));
        QCOMPARE(ready.count(), 1);
        QVERIFY(sandbox.address());
        first = *sandbox.address();
        QVERIFY(answers(first));
        QVERIFY(QFileInfo::exists(first.privateKeyFile));
        QCOMPARE(QFile(folder).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        sandbox.start();
        QCOMPARE(ready.count(), 2); // it runs: ready at once
    }
    QVERIFY(!answers(first)); // ended with its owner
    LocalSandbox again(program(), folder);
    QCOMPARE(again.rememberedBaseUrl(), first.fhirBaseUrl);
    QSignalSpy ready(&again, &LocalSandbox::ready);
    again.start();
    QVERIFY(ready.wait(20'000));
    QCOMPARE(again.address()->fhirBaseUrl, first.fhirBaseUrl);
    QCOMPARE(again.address()->clientId, first.clientId);
}

void TestLocalSandbox::takesAnotherPortIfItsOwnIsTaken()
{
    if (!ProcessFixture::isBuilt(u"credenza-sandbox"_s))
        QSKIP("credenza-sandbox is not built");
    const QString folder = m_home.filePath(u"taken"_s);
    QString before;
    {
        LocalSandbox sandbox(program(), folder);
        QSignalSpy ready(&sandbox, &LocalSandbox::ready);
        sandbox.start();
        QVERIFY(ready.wait(20'000));
        before = sandbox.address()->fhirBaseUrl;
    }
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, static_cast<quint16>(QUrl(before).port())));
    LocalSandbox sandbox(program(), folder);
    QSignalSpy ready(&sandbox, &LocalSandbox::ready);
    sandbox.start();
    QVERIFY(ready.wait(20'000));
    QVERIFY(sandbox.address()->fhirBaseUrl != before);
    QVERIFY(answers(*sandbox.address()));
}

void TestLocalSandbox::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("code");
    QTest::newRow("the program is missing") << u"/nowhere/credenza-sandbox"_s << m_home.path() << u"sandbox.missing"_s;
    QTest::newRow("the folder can't be made") << program() << u"/proc/no/such"_s << u"sandbox.folder"_s;
    QTest::newRow("what ends without a word") << u"/bin/false"_s << m_home.path() << u"sandbox.not-started"_s;
    QTest::newRow("what says something else") << u"/bin/echo"_s << m_home.path() << u"sandbox.not-started"_s;
}

void TestLocalSandbox::saysWhatIsWrong()
{
    QFETCH(QString, program);
    QFETCH(QString, folder);
    QFETCH(QString, code);
    if (code == u"sandbox.folder" && !ProcessFixture::isBuilt(u"credenza-sandbox"_s))
        QSKIP("credenza-sandbox is not built");
    LocalSandbox sandbox(program, folder);
    QSignalSpy ready(&sandbox, &LocalSandbox::ready);
    QString said;
    connect(&sandbox, &LocalSandbox::failed, this, [&](const Error &error) {
        said = error.code;
        QVERIFY(!error.message.isEmpty());
        QVERIFY(!error.hint.isEmpty());
    });
    sandbox.start();
    QTRY_COMPARE(said, code);
    QCOMPARE(ready.count(), 0);
    QVERIFY(!sandbox.isStarting());
}

void TestLocalSandbox::readsOnlyReadyLines()
{
    QVERIFY(!LocalSandbox::readyLine({}));
    QVERIFY(!LocalSandbox::readyLine("not JSON"));
    QVERIFY(!LocalSandbox::readyLine("[]"));
    QVERIFY(!LocalSandbox::readyLine(R"({"clientId":"a"})"));
    const auto address = LocalSandbox::readyLine(R"({"fhirBaseUrl":"http://127.0.0.1:1/r4","clientId":"a"})");
    QVERIFY(address);
    QCOMPARE(address->fhirBaseUrl, u"http://127.0.0.1:1/r4"_s);
    QCOMPARE(address->clientId, u"a"_s);
}

void TestLocalSandbox::filesAreToldApart_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<FileKind>("kind");
    QTest::newRow("vault") << u"a.credenza"_s << QByteArray("SQLite format 3\0more", 20) << FileKind::Vault;
    QTest::newRow("vault by another name") << u"a.bak"_s << QByteArray("SQLite format 3\0more", 20) << FileKind::Vault;
    QTest::newRow("vault that is damaged") << u"a.credenza"_s << QByteArray("\0\0", 2) << FileKind::Vault;
    QTest::newRow("bundle") << u"a.credenza.age"_s << "age-encryption.org/v1\n-> X"_ba << FileKind::Bundle;
    QTest::newRow("armored bundle") << u"a.txt"_s << "-----BEGIN AGE ENCRYPTED FILE-----\n"_ba << FileKind::Bundle;
    QTest::newRow("PEM") << u"a.txt"_s << "\n-----BEGIN PRIVATE KEY-----\n"_ba << FileKind::Key;
    QTest::newRow("JWK") << u"a.json"_s << R"({"kty":"RSA","n":"…"})"_ba << FileKind::Key;
    QTest::newRow("DER") << u"a.der"_s << QByteArray("\x30\x82", 2) << FileKind::Key;
    QTest::newRow("Bundle of FHIR") << u"a.json"_s << R"({"resourceType":"Bundle"})"_ba << FileKind::Fhir;
    QTest::newRow("NDJSON") << u"a.ndjson"_s << R"({"resourceType":"Patient"})"_ba << FileKind::Fhir;
}

void TestLocalSandbox::filesAreToldApart()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(FileKind, kind);
    QFile file(m_home.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(kindOf(file.fileName()) == kind);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestLocalSandbox)
#include "tst_localsandbox.moc"
