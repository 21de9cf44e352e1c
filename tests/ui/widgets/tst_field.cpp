// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestField final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mostSeriousTextWins();
    void lineKeepsItsPlace();
    void borderIconAndLineShowTheState();
    void nameAndDescriptionAreAccessible();
    void newErrorIsAnnouncedOnce();
    void lineActionTriggers();
    void controlCanBeReplaced();
    void secretIsMaskedAndTaken();
    void capsLockShowsInTypedLetters_data();
    void capsLockShowsInTypedLetters();
};

void TestField::mostSeriousTextWins()
{
    const Theme theme(ThemeMode::Light);
    auto *input = new LineEdit(theme);
    FormField field(theme, u"Client ID"_s, Requirement::Required, input);
    QSignalSpy states(&field, &FormField::stateChanged);
    field.setHelp(u"help"_s);
    QCOMPARE(field.message(), u"help"_s);
    QCOMPARE(field.state(), FieldState::Neutral);
    field.setOk(true, u"fine"_s);
    QCOMPARE(field.message(), u"fine"_s);
    field.setWarning(u"hm"_s);
    QCOMPARE(field.state(), FieldState::Warning);
    field.setError(u"no"_s);
    QCOMPARE(field.message(), u"no"_s);
    QCOMPARE(input->state(), FieldState::Error);
    field.setError({});
    QCOMPARE(field.message(), u"hm"_s);
    field.clearState();
    QCOMPARE(field.message(), u"help"_s);
    QCOMPARE(states.count(), 5);
}

void TestField::lineKeepsItsPlace()
{
    Theme theme(ThemeMode::Light);
    theme.apply(*qApp);
    FormField field(theme, u"Name"_s, Requirement::Optional, new LineEdit(theme));
    field.setFixedWidth(400);
    field.show();
    const int before = field.sizeHint().height();
    field.setError(u"Give it a name."_s);
    QTRY_COMPARE(field.sizeHint().height(), before);
    field.setLineKept(false);
    field.setError({});
    QTRY_VERIFY(field.sizeHint().height() < before);
}

void TestField::borderIconAndLineShowTheState()
{
    Theme theme(ThemeMode::Light);
    theme.apply(*qApp);
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        theme.setMode(mode);
        FormField field(theme, u"Name"_s, Requirement::Optional, new LineEdit(theme));
        field.resize(300, 100);
        QCOMPARE(pixelsOf(field, theme.color(Role::Err)), 0);
        field.setError(u"Give it a name."_s);
        QVERIFY(pixelsOf(field, theme.color(Role::Err)) > 300); // the border alone is some 600
    }
}

void TestField::nameAndDescriptionAreAccessible()
{
    const Theme theme(ThemeMode::Light);
    auto *input = new LineEdit(theme);
    FormField field(theme, u"FHIR Base URL"_s, Requirement::Required, input);
    field.setHelp(u"The API root."_s);
    field.setWarning(u"Ends in /metadata."_s);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(input->edit());
    QCOMPARE(interface->text(QAccessible::Name), u"FHIR Base URL, required"_s);
    QCOMPARE(interface->text(QAccessible::Description), u"The API root. Ends in /metadata."_s);
    QVERIFY(namelessControls(field).isEmpty());
}

void TestField::newErrorIsAnnouncedOnce()
{
    const Theme theme(ThemeMode::Light);
    FormField field(theme, u"Name"_s, Requirement::Required, new LineEdit(theme));
    field.show();
    QSignalSpy announced(&field, &FormField::announced);
    field.setError(u"Give it a name."_s);
    field.setError(u"Give it a name."_s);
    field.setOk(false);
    QCOMPARE(announced.count(), 1);
    QCOMPARE(announced.first().first().toString(), u"Give it a name."_s);
    QCOMPARE(find<TextLabel>(field, u"fieldLine"_s)->accessibleName(), u"Give it a name."_s);
    field.setError({});
    field.setError(u"Give it a name."_s);
    QCOMPARE(announced.count(), 2);
}

void TestField::lineActionTriggers()
{
    const Theme theme(ThemeMode::Light);
    FormField field(theme, u"URL"_s, Requirement::Required, new LineEdit(theme));
    field.setLineAction(u"Trim now"_s);
    QSignalSpy triggered(&field, &FormField::lineActionTriggered);
    QVERIFY(showActive(field));
    auto *action = find<Button>(field, u"fieldLineAction"_s);
    action->setFocus();
    QTest::keyClick(action, Qt::Key_Return);
    QCOMPARE(triggered.count(), 1);
}

void TestField::controlCanBeReplaced()
{
    const Theme theme(ThemeMode::Light);
    FormField field(theme, u"Private Key (PEM)"_s, Requirement::Required, new LineEdit(theme));
    auto *card = new QWidget;
    field.setControl(card);
    QCOMPARE(field.control(), card);
    QCOMPARE(card->accessibleName(), u"Private Key (PEM), required"_s);
    field.setError(u"No key."_s); // must not touch the control that went
    QCOMPARE(field.state(), FieldState::Error);
}

void TestField::secretIsMaskedAndTaken()
{
    const Theme theme(ThemeMode::Light);
    SecretEdit secret(theme);
    QVERIFY(showActive(secret));
    secret.edit()->setFocus();
    QTest::keyClicks(secret.edit(), u"hunter2"_s);
    QCOMPARE(secret.edit()->echoMode(), QLineEdit::Password);
    QVERIFY(!secret.edit()->displayText().contains(u"hunter"_s));
    auto *eye = find<IconButton>(secret, u"showSecret"_s);
    QCOMPARE(eye->accessibleName(), u"Show the passphrase"_s);
    eye->click();
    QVERIFY(secret.isShown());
    QCOMPARE(eye->accessibleName(), u"Hide the passphrase"_s);
    const SecretBytes taken = secret.take();
    QCOMPARE(taken.charView(), QByteArrayView("hunter2"));
    QVERIFY(secret.edit()->text().isEmpty());
    QVERIFY(!secret.isShown());
    QVERIFY(!secret.edit()->isUndoAvailable() || secret.edit()->text().isEmpty());
    secret.edit()->undo();
    QVERIFY(!secret.edit()->text().contains(u"hunter"_s));
}

void TestField::capsLockShowsInTypedLetters_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("shift");
    QTest::addColumn<bool>("suspected");
    QTest::newRow("small letter") << u"a"_s << false << false;
    QTest::newRow("capital with Shift") << u"A"_s << true << false;
    QTest::newRow("capital without Shift") << u"A"_s << false << true;
    QTest::newRow("small letter with Shift") << u"a"_s << true << true;
    QTest::newRow("capital umlaut without Shift") << u"Ä"_s << false << true;
    QTest::newRow("digit tells nothing") << u"1"_s << false << false;
    QTest::newRow("letter without case tells nothing") << u"字"_s << false << false;
}

void TestField::capsLockShowsInTypedLetters()
{
    QFETCH(QString, typed);
    QFETCH(bool, shift);
    QFETCH(bool, suspected);
    const Theme theme(ThemeMode::Light);
    SecretEdit secret(theme);
    QTest::sendKeyEvent(QTest::Click, secret.edit(), Qt::Key_unknown, typed,
                        shift ? Qt::ShiftModifier : Qt::NoModifier);
    QCOMPARE(secret.capsLockSuspected(), suspected);
    secret.clear();
    QVERIFY(!secret.capsLockSuspected());
}

QTEST_MAIN(TestField)
#include "tst_field.moc"
