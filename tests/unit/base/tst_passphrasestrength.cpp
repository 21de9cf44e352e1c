// SPDX-License-Identifier: Apache-2.0
#include "core/base/PassphraseStrength.h"

#include <QElapsedTimer>
#include <QTest>

using namespace credenza;
using namespace Qt::StringLiterals;

class TestPassphraseStrength final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void relatedWordsCountForNothing();
    void longInputIsQuickAndNotWeaker_data();
    void longInputIsQuickAndNotWeaker();
    void zeroBytesEndNothingEarly();
};

void TestPassphraseStrength::verdicts_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<PassphraseVerdict>("least");
    QTest::addColumn<PassphraseVerdict>("most");
    using enum PassphraseVerdict;
    QTest::newRow("empty") << QByteArray() << Empty << Empty;
    QTest::newRow("one letter") << QByteArray("a") << VeryWeak << VeryWeak;
    QTest::newRow("from the list") << QByteArray("password") << VeryWeak << VeryWeak;
    QTest::newRow("from the list, dressed up") << QByteArray("P@ssw0rd123!") << VeryWeak << VeryWeak;
    QTest::newRow("keyboard row") << QByteArray("qwertyuiop") << VeryWeak << VeryWeak;
    QTest::newRow("a date") << QByteArray("24.11.1987") << VeryWeak << VeryWeak;
    QTest::newRow("repeated") << QByteArray("aaaaaaaaaaaaaaaaaaaaaaaa") << VeryWeak << VeryWeak;
    QTest::newRow("five unrelated words") << QByteArray("otter gravel ninth lantern quay") << Strong << VeryStrong;
    QTest::newRow("twenty random characters") << QByteArray("x7#Kq9!vLm2$Rt5^Wz8&") << VeryStrong << VeryStrong;
    QTest::newRow("not ASCII") << QByteArray("Grüße an Ötzi, heute 3×") << Strong << VeryStrong;
}

void TestPassphraseStrength::verdicts()
{
    QFETCH(QByteArray, passphrase);
    QFETCH(PassphraseVerdict, least);
    QFETCH(PassphraseVerdict, most);
    const PassphraseStrength strength = estimateStrength(SecretBytes::copyOf(QByteArrayView(passphrase)));
    const QString said = u"%1 bits, level %2"_s.arg(strength.bits).arg(strength.level());
    QVERIFY2(strength.verdict >= least && strength.verdict <= most, qPrintable(said));
    QCOMPARE(strength.isAcceptable(), strength.verdict >= PassphraseVerdict::Weak);
}

void TestPassphraseStrength::relatedWordsCountForNothing()
{
    const SecretBytes passphrase = SecretBytes::copyOf(QByteArrayView("northlakevaultno7"));
    const double alone = estimateStrength(passphrase).bits;
    const double known = estimateStrength(passphrase, {u"NorthlakeVault"_s, QString()}).bits;
    QVERIFY2(known < alone - 8, qPrintable(u"%1 against %2"_s.arg(known).arg(alone)));
}

void TestPassphraseStrength::longInputIsQuickAndNotWeaker_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    QTest::newRow("repeats") << QByteArray(4096, 'a');
    QTest::newRow("words") << QByteArray("correct horse battery staple ").repeated(200);
    QTest::newRow("digits") << QByteArray("0123456789").repeated(400);
    QTest::newRow("substitutions") << QByteArray("p@$$w0rd1!").repeated(400);
}

void TestPassphraseStrength::longInputIsQuickAndNotWeaker()
{
    QFETCH(QByteArray, passphrase);
    QElapsedTimer timer;
    timer.start();
    const PassphraseStrength strength = estimateStrength(SecretBytes::copyOf(QByteArrayView(passphrase)));
    QVERIFY2(timer.elapsed() < 500, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    const PassphraseStrength start = estimateStrength(SecretBytes::copyOf(QByteArrayView(passphrase).first(100)));
    QCOMPARE(strength.bits, start.bits);
}

void TestPassphraseStrength::zeroBytesEndNothingEarly()
{
    // A terminated copy would hide what follows; it must never be rated stronger than its visible part.
    const PassphraseStrength strength = estimateStrength(SecretBytes::copyOf(QByteArrayView("ab\0cdefghijkl", 13)));
    QCOMPARE(strength.bits, estimateStrength(SecretBytes::copyOf(QByteArrayView("ab"))).bits);
}

QTEST_GUILESS_MAIN(TestPassphraseStrength)
#include "tst_passphrasestrength.moc"
