// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/guide/GuidePanel.h"

#include <QListWidget>
#include <QTextBrowser>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestGuide final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTopicHasATitleAndText();
    void keysMoveAndClose();
    void everyControlHasAName();

private:
    Theme m_theme{ThemeMode::Light};
};

void TestGuide::everyTopicHasATitleAndText()
{
    m_theme.setReducedMotion(true);
    QWidget window;
    window.resize(1280, 820);
    GuidePanel guide(m_theme, window);
    QVERIFY(guide.topics().size() >= 5);
    auto *topics = find<QListWidget>(guide, u"guideTopics"_s);
    auto *text = find<QTextBrowser>(guide, u"guideText"_s);
    for (int row = 0; row < topics->count(); ++row) {
        topics->setCurrentRow(row);
        QVERIFY(!guide.topics().at(row).isEmpty());
        QVERIFY(text->toPlainText().startsWith(guide.topics().at(row)));
        QVERIFY(text->toPlainText().size() > 200);
        QVERIFY(!text->toPlainText().contains(u"**"_s)); // it was read as Markdown
    }
}

void TestGuide::keysMoveAndClose()
{
    QWidget window;
    window.resize(1280, 820);
    GuidePanel guide(m_theme, window);
    QVERIFY(showActive(window));
    guide.openGuide();
    auto *topics = find<QListWidget>(guide, u"guideTopics"_s);
    QVERIFY(topics->hasFocus());
    QTest::keyClick(topics, Qt::Key_Down);
    QCOMPARE(topics->currentRow(), 1);
    QTest::keyClick(topics, Qt::Key_Escape);
    QVERIFY(!guide.isOpen());
}

void TestGuide::everyControlHasAName()
{
    QWidget window;
    GuidePanel guide(m_theme, window);
    QCOMPARE(namelessControls(guide), QStringList());
}

QTEST_MAIN(TestGuide)
#include "tst_guide.moc"
