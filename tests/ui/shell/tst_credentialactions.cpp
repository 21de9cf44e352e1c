// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/CredentialActions.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Toast.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

/// Delete with undo, duplicate and copy against a real vault.
class TestCredentialActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deletedIsHiddenAndComesBackWithUndo();
    void deletedIsGoneOnceTheChanceIs();
    void secondDeletionSettlesTheFirst();
    void lockSettles();
    void duplicateIsSelectedAndOffersToEdit();
    void copyGoesToTheClipboard();

private:
    [[nodiscard]] qsizetype inTheVault()
    {
        m_fixture->session.lock();
        return m_fixture->unlock() ? m_fixture->session.credentials().size() : -1;
    }

    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<SessionFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<CredentialActions> m_actions;
    AuthenticatePage *m_page = nullptr;
    QList<QUuid> m_ids;
};

void TestCredentialActions::init()
{
    m_theme.setReducedMotion(true);
    m_fixture = std::make_unique<SessionFixture>();
    QVERIFY(m_fixture->create());
    m_ids.clear();
    for (const QString &name : {u"Alder"_s, u"Birch"_s}) {
        const Result<Credential> saved = m_fixture->save(sampleDraft(name));
        QVERIFY_RESULT(saved);
        m_ids << saved->id;
    }
    m_window = std::make_unique<MainWindow>(m_theme);
    m_page = new AuthenticatePage(m_theme, m_fixture->session.clock());
    m_window->setPage(RailEntry::Authenticate, m_page);
    m_window->showShell();
    m_actions = std::make_unique<CredentialActions>(*m_page, m_fixture->session, *m_window);
    const auto showTiles = [this] {
        QList<CredentialTile> tiles;
        for (const Credential &credential : m_fixture->session.credentials()) {
            if (!m_actions->isHidden(credential.id))
                tiles << tileFor(credential);
        }
        m_page->setTiles(tiles);
    };
    connect(m_actions.get(), &CredentialActions::hiddenChanged, m_page, showTiles);
    connect(&m_fixture->session, &VaultSession::credentialsChanged, m_page, showTiles);
    showTiles();
    QVERIFY(showActive(*m_window));
}

void TestCredentialActions::cleanup()
{
    m_actions.reset();
    m_window.reset();
    m_fixture.reset();
}

void TestCredentialActions::deletedIsHiddenAndComesBackWithUndo()
{
    Q_EMIT m_page->deleteRequested({m_ids.at(0)});
    QVERIFY(m_actions->isHidden(m_ids.at(0)));
    QVERIFY(m_window->toast().text().contains(u"Alder"_s));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_actions->isHidden(m_ids.at(0)));
    QCOMPARE(m_page->selectedId(), m_ids.at(0));
    QCOMPARE(inTheVault(), 2);
}

void TestCredentialActions::deletedIsGoneOnceTheChanceIs()
{
    Q_EMIT m_page->deleteRequested(m_ids);
    QVERIFY(m_window->toast().text().contains(u"2 credential"_s));
    m_window->toast().expire();
    QTRY_VERIFY(m_fixture->session.credentials().isEmpty());
    QCOMPARE(inTheVault(), 0);
}

void TestCredentialActions::secondDeletionSettlesTheFirst()
{
    Q_EMIT m_page->deleteRequested({m_ids.at(0)});
    Q_EMIT m_page->deleteRequested({m_ids.at(1)});
    QTRY_COMPARE(m_fixture->session.credentials().size(), 1);
    QVERIFY(m_window->toast().triggerAction());
    QVERIFY(!m_actions->isHidden(m_ids.at(1)));
    QCOMPARE(inTheVault(), 1);
}

void TestCredentialActions::lockSettles()
{
    Q_EMIT m_page->deleteRequested({m_ids.at(1)});
    QCOMPARE(inTheVault(), 1);
    QCOMPARE(m_fixture->session.credentials().constFirst().name, u"Alder"_s);
    QVERIFY(m_window->toast().text().isEmpty());
    QVERIFY(!m_actions->isHidden(m_ids.at(1)));
}

void TestCredentialActions::duplicateIsSelectedAndOffersToEdit()
{
    QSignalSpy edit(m_page, &AuthenticatePage::editRequested);
    Q_EMIT m_page->duplicateRequested(m_ids.at(0));
    QTRY_VERIFY(m_window->toast().text().contains(u"Alder, copy"_s));
    QCOMPARE(m_fixture->session.credential(m_page->selectedId())->name, u"Alder, copy"_s);
    QVERIFY(m_window->toast().triggerAction());
    QCOMPARE(edit.count(), 1);
    QCOMPARE(edit.at(0).at(0).toUuid(), m_page->selectedId());
}

void TestCredentialActions::copyGoesToTheClipboard()
{
    Q_EMIT m_page->copyRequested(u"Client ID"_s, u"0c5b8d9e"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"0c5b8d9e"_s);
    QCOMPARE(m_window->toast().text(), u"Client ID copied."_s);
}

QTEST_MAIN(TestCredentialActions)
#include "tst_credentialactions.moc"
