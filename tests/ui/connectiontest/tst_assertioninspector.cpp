// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"
#include "core/smart/ClientAssertion.h"
#include "tests/support/FixedClock.h"
#include "tests/ui/support/UiTest.h"
#include "ui/connectiontest/AssertionInspector.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/TextLabel.h"

#include <QPlainTextEdit>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestAssertionInspector final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pastedIsTakenApart();
    void comparedWithACredential();
    void nonsenseIsSaid();
    void closingDropsIt();

private:
    [[nodiscard]] QString assertion();

    Theme m_theme{ThemeMode::Light};
    FixedClock m_clock{std::chrono::system_clock::time_point(std::chrono::seconds(1'763'906'700))};
    SystemRandom m_random;
};

QString TestAssertionInspector::assertion()
{
    const auto key = generateKey({KeyType::Ec, 0, u"P-256"_s});
    const auto made = makeClientAssertion({.clientId = u"client-1"_s,
                                           .tokenEndpoint = u"https://ehr.example.test/token"_s,
                                           .keyId = u"k1"_s,
                                           .jwkSetUrl = u"https://ehr.example.test/jwks"_s,
                                           .algorithm = SignatureAlgorithm::ES256},
                                          key->key, m_clock, m_random);
    return QString::fromLatin1(made->jwt.charView()); // of a key of this test alone
}

void TestAssertionInspector::pastedIsTakenApart()
{
    QWidget host;
    host.resize(1280, 820);
    AssertionInspector inspector(m_theme, host, m_clock);
    QVERIFY(showActive(host));
    inspector.openWith({});
    auto *text = find<QPlainTextEdit>(inspector, u"pastedAssertion"_s);
    text->setPlainText(u"Bearer "_s + assertion());
    QTRY_COMPARE(find<TextLabel>(inspector, u"inspectionVerdict"_s)->content(), u"No value breaks a rule"_s);
    QVERIFY(find<CodeBlock>(inspector, u"decodedHeader"_s)->code().contains(u"ES256"_s));
    QVERIFY(find<CodeBlock>(inspector, u"decodedClaims"_s)->code().contains(u"client-1"_s));
    QVERIFY(inspector.findChild<QWidget *>(u"check-exp.ok"_s) != nullptr);
    QVERIFY2(namelessControls(inspector).isEmpty(), qPrintable(namelessControls(inspector).join(u' ')));
}

void TestAssertionInspector::comparedWithACredential()
{
    QWidget host;
    host.resize(1280, 820);
    AssertionInspector inspector(m_theme, host, m_clock);
    QVERIFY(showActive(host));
    AssertionExpectations other;
    other.clientId = u"client-2"_s;
    inspector.openWith({{u"Other"_s, other}});
    find<QPlainTextEdit>(inspector, u"pastedAssertion"_s)->setPlainText(assertion());
    QTRY_VERIFY(inspector.findChild<QWidget *>(u"check-iss.ok"_s) != nullptr);
    find<ComboBox>(inspector, u"compareWith"_s)->setCurrentIndex(1);
    QTRY_VERIFY(inspector.findChild<QWidget *>(u"check-iss.other-client"_s) != nullptr);
    QVERIFY(find<TextLabel>(inspector, u"inspectionVerdict"_s)->text().contains(u"break a rule"_s));
}

void TestAssertionInspector::nonsenseIsSaid()
{
    QWidget host;
    host.resize(1280, 820);
    AssertionInspector inspector(m_theme, host, m_clock);
    QVERIFY(showActive(host));
    inspector.openWith({});
    find<QPlainTextEdit>(inspector, u"pastedAssertion"_s)->setPlainText(u"no token at all"_s);
    QTRY_VERIFY(find<TextLabel>(inspector, u"inspectionVerdict"_s)->text().contains(u"not a signed JWT"_s));
    QVERIFY(inspector.findChild<QWidget *>(u"inspectionChecks"_s) == nullptr);
}

void TestAssertionInspector::closingDropsIt()
{
    QWidget host;
    host.resize(1280, 820);
    AssertionInspector inspector(m_theme, host, m_clock);
    QVERIFY(showActive(host));
    inspector.openWith({});
    auto *text = find<QPlainTextEdit>(inspector, u"pastedAssertion"_s);
    text->setPlainText(assertion());
    QTRY_VERIFY(inspector.findChild<QWidget *>(u"inspectionChecks"_s) != nullptr);
    QTest::keyClick(text, Qt::Key_Escape);
    QTRY_VERIFY(!inspector.isOpen());
    QVERIFY(text->toPlainText().isEmpty());
    QVERIFY(find<CodeBlock>(inspector, u"decodedClaims"_s)->code().isEmpty());
}

QTEST_MAIN(TestAssertionInspector)
#include "tst_assertioninspector.moc"
