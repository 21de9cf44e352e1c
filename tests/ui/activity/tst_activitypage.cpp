// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/activity/ActivityPage.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

/// The Activity screen: what the log says, found again and exported.
class TestActivityPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latestFirst();
    void filterAndChips();
    void lastFilterWins();
    void lockClearsAtOnce();
    void focusWaitsForTheEntries();
    void saysWhetherItIsWhole();
    void exportsEveryEntry();
    void emptyLogSaysWhatBelongsHere();
    void everyControlHasAName();

private:
    [[nodiscard]] QList<ActivityEntry> entries() const
    {
        QList<ActivityEntry> list;
        const auto add = [&](const QString &action, const QString &name, const QString &detail) {
            ActivityEntry entry;
            entry.sequence = static_cast<quint64>(list.size()) + 1;
            entry.at = m_now.addSecs(-3600 + 60 * list.size());
            entry.actor = u"user@host"_s;
            entry.action = action;
            entry.credentialId = QUuid::createUuidV5(QUuid(), name);
            entry.credentialName = name;
            entry.detail = detail;
            list << entry;
        };
        add(u"credential.created"_s, u"Northlake"_s, {});
        add(u"credential.tested"_s, u"Northlake"_s, u"failed: invalid_client"_s);
        add(u"credential.tested"_s, u"Northlake"_s, u"passed"_s);
        add(u"credential.exported"_s, u"Riverbend"_s, u"bundle"_s);
        add(u"vault.passphrase-changed"_s, {}, u"passphrase"_s);
        add(u"something.new"_s, u"Riverbend"_s, {});
        return list;
    }

    static constexpr int many = 20'000;
    [[nodiscard]] QList<ActivityEntry> manyEntries() const
    {
        QList<ActivityEntry> list;
        for (int i = 0; i < many; ++i) {
            ActivityEntry entry = entries().at(i % 5);
            entry.sequence = static_cast<quint64>(i) + 1;
            entry.credentialName = u"name %1"_s.arg(i);
            list << entry;
        }
        list.last().credentialName = u"name 12345, again"_s;
        return list;
    }

    QDateTime m_now{QDate(2026, 3, 1), QTime(12, 0), Qt::UTC};
    Theme m_theme{ThemeMode::Light};
};

void TestActivityPage::latestFirst()
{
    ActivityPage page(m_theme);
    page.setEntries(entries(), m_now);
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    QAbstractItemModelTester tester(table->model());
    QTRY_COMPARE(table->model()->rowCount(), 6);
    const auto text = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
    QCOMPARE(text(5, ActivityModel::Action), u"Created"_s);
    QCOMPARE(text(5, ActivityModel::Subject), u"Northlake"_s);
    QCOMPARE(text(5, ActivityModel::Detail), u"–"_s);
    QCOMPARE(text(0, ActivityModel::Action), u"something.new"_s); // of a newer version
    QCOMPARE(text(1, ActivityModel::Subject), u"–"_s);
    QVERIFY(!table->model()->index(0, ActivityModel::When).data(Qt::ToolTipRole).toString().isEmpty());
}

void TestActivityPage::filterAndChips()
{
    ActivityPage page(m_theme);
    page.setEntries(entries(), m_now);
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    page.findChild<Chip *>(u"activityFilter:tests"_s)->click(); // while the entries are made ready
    QTRY_COMPARE(table->model()->rowCount(), 2);
    auto *filter = page.findChild<QLineEdit *>(u"activityFilter"_s);
    filter->setText(u"NORTH invalid"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    filter->setText(u"nowhere"_s);
    QTRY_VERIFY(!table->isVisibleTo(&page));
    auto *empty = page.findChild<EmptyState *>();
    QVERIFY(empty->isVisibleTo(&page));
    Q_EMIT empty->actionTriggered();
    QTRY_COMPARE(table->model()->rowCount(), 6);
}

void TestActivityPage::lastFilterWins()
{
    ActivityPage page(m_theme);
    page.setEntries(manyEntries(), m_now);
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    QCOMPARE(table->model()->rowCount(), 0); // a worker has them: the window goes on
    auto *filter = page.findChild<QLineEdit *>(u"activityFilter"_s);
    QTRY_COMPARE(table->model()->rowCount(), many);
    for (const QString &text : {u"name"_s, u"name 1"_s, u"name 12"_s, u"name 123"_s, u"name 12345"_s})
        filter->setText(text);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(1, ActivityModel::Subject).data().toString(), u"name 12345"_s);
    page.setEntries(entries(), m_now); // read again: the filter stays
    QTRY_VERIFY(!table->isVisibleTo(&page));
    filter->clear();
    QTRY_COMPARE(table->model()->rowCount(), 6);
}

void TestActivityPage::lockClearsAtOnce()
{
    ActivityPage page(m_theme);
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    page.setEntries(entries(), m_now);
    QTRY_COMPARE(table->model()->rowCount(), 6);
    page.setEntries({}, m_now);
    QCOMPARE(table->model()->rowCount(), 0);
    QVERIFY(page.findChild<EmptyState *>()->isVisibleTo(&page));

    // Locked in the middle of the reading: what is ready late stays away.
    page.setEntries(manyEntries(), m_now);
    page.setEntries({}, m_now);
    page.setEntries(entries().first(1), m_now);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    page.setEntries({}, m_now);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(table->model()->rowCount(), 0);
}

void TestActivityPage::focusWaitsForTheEntries()
{
    ActivityPage page(m_theme);
    QVERIFY(showActive(page));
    page.setEntries(entries(), m_now);
    page.start();
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    QTRY_COMPARE(QApplication::focusWidget(), table);
    // It has the room that the words of the empty page had.
    QTRY_COMPARE(table->geometry().bottom() + 1, page.findChild<QWidget *>(u"verifyActivity"_s)->parentWidget()->y());
}

void TestActivityPage::saysWhetherItIsWhole()
{
    ActivityPage page(m_theme);
    page.setEntries(entries(), m_now);
    QSignalSpy asked(&page, &ActivityPage::verifyRequested);
    page.findChild<Button *>(u"verifyActivity"_s)->click();
    QCOMPARE(asked.size(), 1);
    auto *verdict = page.findChild<TextLabel *>(u"activityVerdict"_s);
    const QString before = verdict->content();
    page.setVerified({});
    QVERIFY(verdict->content() != before && verdict->content().contains(u'6'));
    page.setVerified({u"An entry is missing."_s});
    QCOMPARE(verdict->content(), u"An entry is missing."_s);
    // What comes later was not checked.
    page.setEntries(entries() + entries().first(1), m_now);
    QCOMPARE(verdict->content(), before);
}

void TestActivityPage::exportsEveryEntry()
{
    ActivityPage page(m_theme);
    page.setEntries(entries(), m_now);
    QTRY_COMPARE(page.findChild<DataTable *>(u"activityTable"_s)->model()->rowCount(), 6);
    page.findChild<Chip *>(u"activityFilter:keys"_s)->click(); // what is shown does not matter
    const std::unique_ptr<QWidget> button(page.makeExportButton());
    QSignalSpy exported(&page, &ActivityPage::exportRequested);
    qobject_cast<Button *>(button.get())->click();
    QTRY_COMPARE(exported.size(), 1);
    const QList<QByteArray> lines = exported.first().at(1).toByteArray().trimmed().split('\n');
    QCOMPARE(lines.size(), 6);
    const QJsonObject second = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(second.value("action"_L1).toString(), u"credential.tested"_s);
    QCOMPARE(second.value("detail"_L1).toString(), u"failed: invalid_client"_s);
    QCOMPARE(second.value("credential"_L1).toObject().value("name"_L1).toString(), u"Northlake"_s);
}

void TestActivityPage::emptyLogSaysWhatBelongsHere()
{
    ActivityPage page(m_theme);
    QVERIFY(page.findChild<EmptyState *>()->isVisibleTo(&page));
    QVERIFY(!page.findChild<EmptyState *>()->sentence().isEmpty());
}

void TestActivityPage::everyControlHasAName()
{
    ActivityPage page(m_theme);
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestActivityPage)
#include "tst_activitypage.moc"
