// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProcessFixture.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/theme/Theme.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// The application's session and first screen beside a real credenza-cli on the same vault: what one saves, the other
/// shows, and nothing that was chosen is lost by it.
class TestTwoPrograms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void commandLinesSavesShowUp();
    void neitherLosesTheOthersSaves();

private:
    [[nodiscard]] ProcessResult cli(QStringList arguments) const
    {
        ProcessFixture program(u"credenza-cli"_s);
        return program.run(QStringList{u"--vault"_s, m_fixture.path(), u"--passphrase-file"_s, u"-"_s} + arguments,
                           QByteArray(SessionFixture::rightPassphrase) + '\n');
    }

    SessionFixture m_fixture;
    Credential m_first;
    Credential m_second;
};

void TestTwoPrograms::initTestCase()
{
    if (!ProcessFixture::isBuilt(u"credenza-cli"_s))
        QSKIP("credenza-cli is not built.");
    QVERIFY(m_fixture.create());
    const auto first = m_fixture.save(sampleDraft(u"Alder"_s));
    const auto second = m_fixture.save(sampleDraft(u"Birch"_s));
    QVERIFY_RESULT(first);
    QVERIFY_RESULT(second);
    m_first = *first;
    m_second = *second;
}

void TestTwoPrograms::commandLinesSavesShowUp()
{
    Theme theme(ThemeMode::Light);
    AuthenticatePage page(theme, m_fixture.clock);
    const auto show = [this, &page] {
        QList<CredentialTile> tiles;
        for (const Credential &credential : m_fixture.session.credentials())
            tiles.append(tileFor(credential));
        page.setTiles(tiles);
    };
    connect(&m_fixture.session, &VaultSession::credentialsChanged, &page, show);
    show();
    page.select(m_first.id);
    QCOMPARE(page.selectedId(), m_first.id);

    const auto edited = cli(
        {u"edit"_s, u"Birch"_s, u"--note"_s, u"from the terminal"_s, u"--favorite"_s, u"--expires"_s, u"2027-03-31"_s});
    QVERIFY2(edited.exitCode == 0, edited.errors.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture.session.credential(m_second.id)->notes, u"from the terminal"_s, 15'000);
    QVERIFY(m_fixture.session.credential(m_second.id)->isFavorite);
    QCOMPARE(m_fixture.session.credential(m_second.id)->keyExpiresAt.date(), QDate(2027, 3, 31));
    QCOMPARE(page.selectedId(), m_first.id);

    const auto removed = cli({u"rm"_s, u"Alder"_s});
    QVERIFY2(removed.exitCode == 0, removed.errors.constData());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture.session.credential(m_first.id) == nullptr, 15'000);
    QVERIFY(page.selectedId().isNull()); // what is gone can't stay chosen
}

void TestTwoPrograms::neitherLosesTheOthersSaves()
{
    QSignalSpy problems(&m_fixture.session, &VaultSession::problemFound);
    // Each saves while the other does.
    for (int round = 0; round < 3; ++round) {
        ProcessFixture program(u"credenza-cli"_s);
        QVERIFY(program.start({u"--vault"_s, m_fixture.path(), u"--passphrase-file"_s, u"-"_s, u"edit"_s, u"Birch"_s,
                               u"--note"_s, u"round %1"_s.arg(round)}));
        program.process().write(QByteArray(SessionFixture::rightPassphrase) + '\n');
        program.process().closeWriteChannel();
        const auto saved = m_fixture.save(sampleDraft(u"Cedar %1"_s.arg(round)));
        QVERIFY_RESULT(saved);
        const auto ended = program.finish();
        QVERIFY2(ended.exitCode == 0, ended.errors.constData());
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture.session.credential(m_second.id)->notes, u"round 2"_s, 15'000);
    const auto listed = cli({u"--json"_s, u"list"_s});
    QVERIFY2(listed.exitCode == 0, listed.errors.constData());
    QCOMPARE(listed.json().array().size(), 4);
    QCOMPARE(m_fixture.session.credentials().size(), 4);
    QVERIFY(problems.isEmpty());
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestTwoPrograms)
#include "tst_twoprograms.moc"
