// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Disclosure.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/Spinner.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestControls final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void busyButtonKeepsItsWidthAndIgnoresClicks();
    void disabledButtonSaysWhy();
    void segmentsAreOneTabStop();
    void arrowsMoveOverDisabledSegments();
    void chipIsRemovedByMouseAndKey();
    void elidedTextIsItsToolTip();
    void codeIsAsHighAsItsTextAndCopies();
    void disclosureFoldsByKey();
    void spinnerWaitsBeforeItShows();
    void ringFollowsTheKeyboardOnly();
    void labelTakesNoMarkupFromOutside();
    void wrappedLabelIsAsHighAsItsLines();
    void focusIsRoundTheRow();
    void badgesDifferWithoutColour();
};

void TestControls::busyButtonKeepsItsWidthAndIgnoresClicks()
{
    const Theme theme(ThemeMode::Light);
    Button button(theme, u"Unlock"_s, ButtonKind::Primary);
    QVERIFY(showActive(button));
    const QSize size = button.sizeHint();
    QSignalSpy clicked(&button, &Button::clicked);
    button.setBusy(true);
    QTest::mouseClick(&button, Qt::LeftButton);
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(clicked.count(), 0);
    QCOMPARE(button.sizeHint(), size);
    QCOMPARE(button.text(), u"Unlock"_s);
    button.setBusy(false);
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::keyClick(&button, Qt::Key_Space);
    QTest::mouseClick(&button, Qt::LeftButton);
    QCOMPARE(clicked.count(), 3);
}

void TestControls::disabledButtonSaysWhy()
{
    const Theme theme(ThemeMode::Light);
    Button button(theme, u"Save"_s);
    button.setToolTip(u"Ctrl+S"_s);
    button.setDisabledReason(u"4 required fields to fill in"_s);
    button.setDisabledReason(u"1 required field to fill in"_s);
    QVERIFY(!button.isEnabled());
    QCOMPARE(button.toolTip(), u"1 required field to fill in"_s);
    QCOMPARE(button.accessibleDescription(), button.toolTip());
    button.setDisabledReason({});
    QVERIFY(button.isEnabled());
    QCOMPARE(button.toolTip(), u"Ctrl+S"_s);
}

void TestControls::segmentsAreOneTabStop()
{
    const Theme theme(ThemeMode::Light);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *before = new Button(theme, u"before"_s);
    auto *segments = new SegmentedControl(theme, u"Form"_s);
    for (const QString &text : {u"PEM"_s, u"X.509"_s, u"JWK"_s})
        segments->addSegment(text);
    auto *after = new Button(theme, u"after"_s);
    layout->addWidget(before);
    layout->addWidget(segments);
    layout->addWidget(after);
    QVERIFY(showActive(window));
    QSignalSpy changed(segments, &SegmentedControl::currentChanged);

    before->setFocus();
    QTest::keyClick(before, Qt::Key_Tab);
    QVERIFY(segments->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(segments->currentIndex(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_End);
    QCOMPARE(segments->currentIndex(), 2);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right); // stays at the end
    QCOMPARE(segments->currentIndex(), 2);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Home);
    QCOMPARE(segments->currentIndex(), 0);
    QCOMPARE(changed.count(), 3);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), after);
    QVERIFY(namelessControls(window).isEmpty());
}

void TestControls::arrowsMoveOverDisabledSegments()
{
    const Theme theme(ThemeMode::Light);
    SegmentedControl segments(theme, u"Form"_s);
    for (const QString &text : {u"a"_s, u"b"_s, u"c"_s})
        segments.addSegment(text);
    segments.setSegmentEnabled(1, false, u"not now"_s);
    QVERIFY(showActive(segments));
    segments.setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(segments.currentIndex(), 2);
    QTest::mouseClick(segments.findChildren<QRadioButton *>().at(1), Qt::LeftButton);
    QCOMPARE(segments.currentIndex(), 2);
    QTest::mouseClick(segments.findChildren<QRadioButton *>().at(0), Qt::LeftButton);
    QCOMPARE(segments.currentIndex(), 0);
}

void TestControls::chipIsRemovedByMouseAndKey()
{
    const Theme theme(ThemeMode::Light);
    Chip chip(theme, u"bulk"_s);
    chip.setRemovable(true);
    chip.resize(chip.sizeHint());
    QVERIFY(showActive(chip));
    chip.resize(chip.sizeHint());
    QSignalSpy removed(&chip, &Chip::removeRequested);
    QSignalSpy clicked(&chip, &Chip::clicked);
    QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 12, chip.height() / 2));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(clicked.count(), 0);
    QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(10, chip.height() / 2));
    QCOMPARE(clicked.count(), 1);
    chip.setFocus();
    QTest::keyClick(&chip, Qt::Key_Delete);
    QCOMPARE(removed.count(), 2);
}

void TestControls::elidedTextIsItsToolTip()
{
    const Theme theme(ThemeMode::Light);
    ElidingLabel label(theme, u"hT3vN0xq8R2mKcWbLq4Yz9sDfGh1JpVnTe5uAoQw6XnE"_s, Qt::ElideMiddle, TextStyle::Mono);
    label.show();
    label.resize(80, 18);
    QCOMPARE(label.toolTip(), label.text());
    QCOMPARE(label.accessibleName(), label.text());
    label.resize(label.sizeHint());
    QVERIFY(label.toolTip().isEmpty());
}

void TestControls::codeIsAsHighAsItsTextAndCopies()
{
    Theme theme(ThemeMode::Light);
    theme.apply(*qApp);
    CodeBlock code(theme, u"Commands"_s);
    code.setCopyButton(u"Copy the commands"_s);
    code.setCode(u"one\ntwo\nthree"_s);
    code.show();
    QCOMPARE(code.sizeHint().height(), 3 * 18 + 18);
    code.setMaximumLines(2);
    QCOMPARE(code.sizeHint().height(), 2 * 18 + 18);
    QSignalSpy copied(&code, &CodeBlock::copied);
    find<IconButton>(code, u"copyCode"_s)->click();
    QCOMPARE(copied.count(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"one\ntwo\nthree"_s);
    QVERIFY(namelessControls(code).isEmpty());
}

void TestControls::disclosureFoldsByKey()
{
    Theme theme(ThemeMode::Light);
    theme.setReducedMotion(true);
    Disclosure disclosure(theme, u"Advanced"_s);
    auto *content = new TextLabel(theme, u"inside"_s);
    disclosure.setContent(content);
    QVERIFY(showActive(disclosure));
    QVERIFY(!content->isVisible());
    auto *header = find<QAbstractButton>(disclosure, u"disclosureHeader"_s);
    header->setFocus();
    QTest::keyClick(header, Qt::Key_Return);
    QVERIFY(content->isVisible());
    QCOMPARE(header->accessibleDescription(), u"Unfolded"_s);
    QTest::keyClick(header, Qt::Key_Right); // is open already
    QVERIFY(disclosure.isOpen());
    QTest::keyClick(header, Qt::Key_Left);
    QVERIFY(!content->isVisible());
}

void TestControls::spinnerWaitsBeforeItShows()
{
    Theme theme(ThemeMode::Light);
    Spinner spinner(theme, 24);
    spinner.resize(24, 24);
    spinner.show();
    spinner.start();
    QCOMPARE(pixelsOf(spinner, theme.color(Role::Accent)), 0);
    QTRY_VERIFY(pixelsOf(spinner, theme.color(Role::Accent)) > 0);
    spinner.stop();
    QCOMPARE(pixelsOf(spinner, theme.color(Role::Accent)), 0);
}

void TestControls::ringFollowsTheKeyboardOnly()
{
    Theme theme(ThemeMode::Light);
    theme.apply(*qApp);
    QWidget window;
    auto *layout = new QHBoxLayout(&window);
    auto *first = new Button(theme, u"first"_s);
    auto *second = new Button(theme, u"second"_s);
    layout->addWidget(first);
    layout->addWidget(second);
    auto *ring = new FocusRing(theme, window);
    QVERIFY(showActive(window));
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Tab);
    QCOMPARE(ring->widget(), second);
    QVERIFY(ring->isVisible());
    QCOMPARE(ring->size(), second->size() + QSize(8, 8));
    QTest::mouseClick(first, Qt::LeftButton);
    QCOMPARE(QApplication::focusWidget(), first);
    QVERIFY(!ring->widget());
}

void TestControls::labelTakesNoMarkupFromOutside()
{
    const Theme theme(ThemeMode::Light);
    TextLabel label(theme, u"<b>x</b><img src='file:///etc/passwd'>"_s);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    label.setWrapping(true);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QCOMPARE(label.content(), u"<b>x</b><img src='file:///etc/passwd'>"_s);
}

void TestControls::wrappedLabelIsAsHighAsItsLines()
{
    const Theme theme(ThemeMode::Light);
    TextLabel label(theme, u"some words that\nwrap"_s, TextStyle::Body);
    label.setWrapping(true);
    const int line = theme.lineHeight(TextStyle::Body);
    QCOMPARE(label.heightForWidth(2000), line); // a line feed is a blank
    const int narrowest = label.minimumSizeHint().width();
    QVERIFY(narrowest > 0 && narrowest < label.sizeHint().width());
    QCOMPARE(label.heightForWidth(narrowest), 4 * line);
    int before = 4 * line;
    for (int width = narrowest; width <= 400; ++width) {
        const int height = label.heightForWidth(width);
        QVERIFY(height <= before && height % line == 0);
        before = height;
    }
    label.setContentsMargins(0, 16, 0, 0);
    QCOMPARE(label.heightForWidth(2000), line + 16);
    QCOMPARE(label.accessibleName(), label.content());

    // What was measured is what is painted: nothing stands outside, and every line has ink.
    label.setContentsMargins({});
    label.resize(narrowest, 4 * line);
    const QImage image = label.grab().toImage();
    const QRgb ground = image.pixel(0, 0);
    for (int row = 0; row < 4; ++row) {
        bool hasInk = false;
        for (int y = row * line; y < (row + 1) * line; ++y)
            for (int x = 0; x < image.width(); ++x)
                hasInk = hasInk || image.pixel(x, y) != ground;
        QVERIFY2(hasInk, qPrintable(QString::number(row)));
    }
    label.setContent({});
    QCOMPARE(label.heightForWidth(100), line);
    label.setFixedHeight(40);
    label.setRole(Role::Err); // as on a change of the theme
    QCOMPARE(label.minimumHeight(), 40);
    // At every width as high as what is painted there: a pixel too much room in the sum is a line that is cut off.
    const QString words = u"Compare the thumbprint with the key there, or the certificate's SHA-1 in the portal."_s;
    label.setContent(words);
    const WrappedText painted(words, theme.font(TextStyle::Body), theme.lineHeight(TextStyle::Body));
    for (int width = 40; width < 700; ++width) {
        label.setContentsMargins({});
        QCOMPARE(label.heightForWidth(width), painted.heightFor(width));
        label.setContentsMargins(24, 16, 0, 0);
        QCOMPARE(label.heightForWidth(width), painted.heightFor(width - 24) + 16);
    }
    // What is longer than any word breaks where it has to.
    const QString thumbprint(64, u'W');
    label.setContentsMargins({});
    label.setContent(thumbprint);
    QVERIFY(label.minimumSizeHint().width() < 100);
    QVERIFY(label.heightForWidth(200) > 2 * theme.lineHeight(TextStyle::Body));
}

void TestControls::focusIsRoundTheRow()
{
    const Theme theme(ThemeMode::Light);
    QStandardItemModel model(3, 3);
    DataTable table(theme, u"Rows"_s);
    table.setModel(&model);
    table.setItemDelegate(new RowDelegate(
        theme, 36, [](const QModelIndex &) { return CellLook{}; }, &table));
    table.setColumnShares({1, 1, 1});
    table.resize(600, 300);
    QVERIFY(showActive(table));
    table.setFocus();
    table.setCurrentIndex(model.index(0, 0));
    /// Whether the ring's upper edge is seen in each of the three columns of a row.
    const auto ringIn = [&](int row) {
        const QImage image = table.viewport()->grab().toImage();
        const int y = table.rowViewportPosition(row) + 2;
        int columns = 0;
        for (const int x : {100, 300, 500})
            columns += image.pixel(x, y) == theme.color(Role::Focus).rgb() ? 1 : 0;
        return columns;
    };
    QCOMPARE(ringIn(0), 3);
    QCOMPARE(ringIn(1), 0);
    QTest::keyClick(&table, Qt::Key_Down);
    QCOMPARE(ringIn(0), 0);
    QCOMPARE(ringIn(1), 3);
    table.clearFocus();
    QCOMPARE(ringIn(1), 0);
}

void TestControls::badgesDifferWithoutColour()
{
    const Theme theme(ThemeMode::Light);
    const auto grey = [&](BadgeKind kind) {
        Badge badge(theme, {kind, u"Same"_s});
        badge.resize(badge.sizeHint());
        return badge.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
    };
    QVERIFY(grey(BadgeKind::Production) != grey(BadgeKind::Sandbox));
    QVERIFY(grey(BadgeKind::Sandbox) != grey(BadgeKind::Local));
    QVERIFY(grey(BadgeKind::Production) != grey(BadgeKind::Local));
}

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
