// SPDX-License-Identifier: Apache-2.0
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/support/UiTest.h"
#include "ui/keypairs/KeysPage.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SegmentedControl.h"

#include "core/keys/PrivateKey.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestKeysPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneRowAKey();
    void statesAreTold_data();
    void statesAreTold();
    void agesReadWell_data();
    void agesReadWell();
    void filterAndChips();
    void publicFormsHoldNoPrivateMember();
    void jwkSetHoldsEveryKeyOnce();
    void emptyVaultSaysWhatBelongsHere();
    void damagedPublicKeyIsLeftOut();
    void everyControlHasAName();

private:
    [[nodiscard]] Credential credential(const QString &name, const PublicKey &key) const
    {
        Credential made;
        made.id = QUuid::createUuidV5(QUuid(), name);
        made.name = name;
        made.algorithm = SignatureAlgorithm::ES384;
        made.key = {key.type(), key.bits(),     key.curve(),      key.thumbprint(),
                    key.pem(),  u"generated"_s, m_now.addDays(-9)};
        return made;
    }

    QDateTime m_now{QDate(2026, 3, 1), QTime(12, 0), Qt::UTC};
    Theme m_theme{ThemeMode::Light};
    std::optional<PublicKey> m_first;
    std::optional<PublicKey> m_second;
};

void TestKeysPage::initTestCase()
{
    for (auto *key : {&m_first, &m_second}) {
        const auto made = generateKey({KeyType::Ec, 0, u"P-384"_s});
        QVERIFY_RESULT(made);
        key->emplace(made->key.publicKey());
    }
}

void TestKeysPage::oneRowAKey()
{
    Credential named = credential(u"Alder"_s, *m_first);
    named.keyId = u"alder-1"_s;
    const auto pairs = keyPairsOf({credential(u"Cedar"_s, *m_first), named, credential(u"Birch"_s, *m_second)}, m_now);
    QCOMPARE(pairs.size(), 2);
    QCOMPARE(pairs.at(0).usedBy, QStringList({u"Cedar"_s, u"Alder"_s}));
    QCOMPARE(pairs.at(0).keyId, u"alder-1"_s); // a name of its own, where one was given
    QCOMPARE(pairs.at(1).keyId, m_second->thumbprint());
    QVERIFY(keyPairsOf({Credential{}}, m_now).isEmpty());

    KeyPairModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPairs(pairs, m_now);
    model.setFilter(u"birch"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, KeyPairModel::Type).data().toString(), u"EC P-384"_s);
    QCOMPARE(model.index(0, KeyPairModel::Age).data().toString(), u"9 d"_s);
    QCOMPARE(model.index(0, KeyPairModel::LastSigned).data().toString(), u"never"_s);
}

void TestKeysPage::statesAreTold_data()
{
    QTest::addColumn<int>("daysOld");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("tested");
    QTest::addColumn<KeyState>("state");
    QTest::newRow("new") << 1 << u""_s << false << KeyState::Unused;
    QTest::newRow("passed") << 1 << u""_s << true << KeyState::InUse;
    QTest::newRow("old") << 400 << u""_s << true << KeyState::Old;
    QTest::newRow("old and never used") << 400 << u""_s << false << KeyState::Old;
    QTest::newRow("refused") << 400 << u"invalid_client"_s << true << KeyState::NotAccepted;
    QTest::newRow("server was away") << 1 << u"net.host-not-found"_s << true << KeyState::InUse;
}

void TestKeysPage::statesAreTold()
{
    QFETCH(int, daysOld);
    QFETCH(QString, code);
    QFETCH(bool, tested);
    QFETCH(KeyState, state);
    Credential made = credential(u"Alder"_s, *m_first);
    made.key.createdAt = m_now.addDays(-daysOld);
    if (tested)
        made.lastTest = TestSummary{code.isEmpty(), m_now, 10, {}, code, {}};
    QCOMPARE(keyPairsOf({made}, m_now).constFirst().state, state);
}

void TestKeysPage::agesReadWell_data()
{
    QTest::addColumn<QDateTime>("created");
    QTest::addColumn<QString>("age");
    QTest::newRow("now") << m_now << u"0 min"_s;
    QTest::newRow("from tomorrow") << m_now.addDays(1) << u"0 min"_s;
    QTest::newRow("hours") << m_now.addSecs(-3 * 3600) << u"3 h"_s;
    QTest::newRow("days") << m_now.addDays(-59) << u"59 d"_s;
    QTest::newRow("months") << m_now.addMonths(-13) << u"13 mo"_s;
    QTest::newRow("unknown") << QDateTime() << QString();
}

void TestKeysPage::agesReadWell()
{
    QFETCH(QDateTime, created);
    QFETCH(QString, age);
    QCOMPARE(keyAgeText(created, m_now), age);
}

void TestKeysPage::filterAndChips()
{
    KeysPage page(m_theme);
    page.setPairs(keyPairsOf({credential(u"Alder"_s, *m_first), credential(u"Birch"_s, *m_second)}, m_now), m_now);
    page.resize(1192, 720);
    QVERIFY(showActive(page));
    page.start();
    auto *table = find<DataTable>(page, u"keyTable"_s);
    QVERIFY(table->hasFocus());
    find<Chip>(page, u"keyFilter:old"_s)->click();
    QVERIFY(!table->isVisible());
    find<Button>(page, u"emptyAction"_s)->click();
    QCOMPARE(table->model()->rowCount(), 2);
    find<QLineEdit>(page, u"keyFilter"_s)->setText(u"alder"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QSignalSpy shown(&page, &KeysPage::showCredentialRequested);
    find<Button>(page, u"showCredential"_s)->click();
    QCOMPARE(shown.count(), 1);
    QCOMPARE(shown.at(0).at(0).toUuid(), QUuid::createUuidV5(QUuid(), u"Alder"_s));
}

void TestKeysPage::publicFormsHoldNoPrivateMember()
{
    KeysPage page(m_theme);
    page.setPairs(keyPairsOf({credential(u"Alder"_s, *m_first)}, m_now), m_now);
    auto *code = find<CodeBlock>(page, u"publicKey"_s);
    auto *form = find<SegmentedControl>(page, u"publicForm"_s);
    form->setCurrentIndex(0);
    QVERIFY(code->code().startsWith(u"-----BEGIN PUBLIC KEY-----"_s));
    form->setCurrentIndex(1);
    const QJsonObject jwk = QJsonDocument::fromJson(code->code().toUtf8()).object();
    QCOMPARE(jwk.value(u"kid"_s).toString(), m_first->thumbprint());
    for (const QString &member : {u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"k"_s})
        QVERIFY(!jwk.contains(member));
    QSignalSpy saved(&page, &KeysPage::saveRequested);
    QSignalSpy copied(&page, &KeysPage::copyRequested);
    find<Button>(page, u"savePublicKey"_s)->click();
    find<Button>(page, u"copyPublicKey"_s)->click();
    QCOMPARE(saved.at(0).at(0).toString(), m_first->thumbprint() + u".json"_s);
    QCOMPARE(QJsonDocument::fromJson(copied.at(0).at(1).toString().toUtf8()).object(), jwk);
}

void TestKeysPage::jwkSetHoldsEveryKeyOnce()
{
    KeysPage page(m_theme);
    const std::unique_ptr<QWidget> button(page.makeJwkSetButton());
    page.setPairs(keyPairsOf({credential(u"Alder"_s, *m_first), credential(u"Cedar"_s, *m_first),
                              credential(u"Birch"_s, *m_second)},
                             m_now),
                  m_now);
    QSignalSpy saved(&page, &KeysPage::saveRequested);
    qobject_cast<Button *>(button.get())->click();
    const QJsonArray keys = QJsonDocument::fromJson(saved.at(0).at(1).toByteArray()).object()[u"keys"_s].toArray();
    QCOMPARE(keys.size(), 2);
}

void TestKeysPage::emptyVaultSaysWhatBelongsHere()
{
    KeysPage page(m_theme);
    page.setPairs({}, m_now);
    QVERIFY(!page.findChild<EmptyState *>()->isHidden());
    QVERIFY(find<DataTable>(page, u"keyTable"_s)->isHidden());
}

void TestKeysPage::damagedPublicKeyIsLeftOut()
{
    Credential damaged = credential(u"Alder"_s, *m_first);
    damaged.key.publicPem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    const auto pairs = keyPairsOf({damaged, credential(u"Birch"_s, *m_second)}, m_now);
    const QJsonArray keys = QJsonDocument::fromJson(publicJwkSet(pairs)).object()[u"keys"_s].toArray();
    QCOMPARE(keys.size(), 1);
    QVERIFY(!publicJwk(pairs.at(0)));
}

void TestKeysPage::everyControlHasAName()
{
    KeysPage page(m_theme);
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestKeysPage)
#include "tst_keyspage.moc"
