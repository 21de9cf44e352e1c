// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// One vector of the C2SP/CCTV age test kit: what is said in front of the file, and the file.
struct Vector {
    QString expect;
    QByteArray payloadHash;
    QByteArrayList identities;
    QByteArray passphrase;
    bool isArmored = false;
    QByteArray file;
};

Vector readVector(const QString &path)
{
    QFile source(path);
    Vector vector;
    if (!source.open(QIODevice::ReadOnly))
        return vector;
    bool isCompressed = false;
    for (QByteArray line = source.readLine(); line != "\n" && !line.isEmpty(); line = source.readLine()) {
        line.chop(1);
        const qsizetype colon = line.indexOf(": ");
        const QByteArray key = line.first(colon);
        const QByteArray value = line.sliced(colon + 2);
        if (key == "expect")
            vector.expect = QString::fromLatin1(value);
        else if (key == "payload")
            vector.payloadHash = value;
        else if (key == "identity")
            vector.identities.append(value);
        else if (key == "passphrase")
            vector.passphrase = value;
        else if (key == "armored")
            vector.isArmored = value == "yes";
        else if (key == "compressed")
            isCompressed = true;
    }
    vector.file = source.readAll();
    if (isCompressed) // qUncompress() wants a guess of the size in front
        vector.file = qUncompress(QByteArray::fromHex("00100000") + vector.file);
    return vector;
}

QString outcomeOf(const Result<void> &result)
{
    static const QHash<QString, QString> outcomes{{u"age.no-match"_s, u"no match"_s},
                                                  {u"age.wrong-mac"_s, u"HMAC failure"_s},
                                                  {u"age.invalid-header"_s, u"header failure"_s},
                                                  {u"age.invalid-payload"_s, u"payload failure"_s},
                                                  {u"age.invalid-armor"_s, u"armor failure"_s}};
    return result ? u"success"_s : outcomes.value(result.error().code, result.error().code);
}

} // namespace

/// Every vector of the published test kit: those of features that we have end as they must, and release exactly what
/// they may; the post-quantum ones are turned away.
class TestAgeTestKit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItMust_data();
    void endsAsItMust();
    void detectsTheArmor_data() { endsAsItMust_data(); }
    void detectsTheArmor();
};

void TestAgeTestKit::endsAsItMust_data()
{
    REQUIRE_SHARED_DATA("age-testkit/index.json");
    QFile file(sharedData(u"age-testkit/index.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject vectors = QJsonDocument::fromJson(file.readAll()).object().value(u"vectors"_s).toObject();
    QVERIFY(vectors.size() > 80);
    QTest::addColumn<QString>("path");
    for (const QString &name : vectors.keys())
        QTest::newRow(qPrintable(name)) << sharedData(u"age-testkit/vectors/"_s + name);
}

void TestAgeTestKit::endsAsItMust()
{
    QFETCH(QString, path);
    const Vector vector = readVector(path);
    AgeKeys keys;
    bool isPostQuantum = false;
    for (const QByteArray &text : vector.identities) {
        auto identity = AgeIdentity::fromText(text);
        isPostQuantum = isPostQuantum || (!identity && identity.error().code == u"age.unsupported-identity");
        if (identity)
            keys.identities.push_back(*std::move(identity));
        else
            QCOMPARE(identity.error().code, u"age.unsupported-identity"_s);
    }
    if (!vector.passphrase.isEmpty())
        keys.passphrase = [&]() -> Result<SecretBytes> {
            return SecretBytes::copyOf(QByteArrayView(vector.passphrase));
        };
    QCryptographicHash released(QCryptographicHash::Sha256);
    const auto sink = [&released](std::span<const std::byte> chunk) -> Result<void> {
        released.addData(QByteArrayView(reinterpret_cast<const char *>(chunk.data()), qsizetype(chunk.size())));
        return {};
    };
    MemorySource source{QByteArrayView(vector.file)};
    const auto result = decryptAge(source, vector.isArmored ? AgeForm::Armored : AgeForm::Binary, keys, sink);
    const QString outcome = outcomeOf(result);
    if (isPostQuantum) {
        QVERIFY(!result);
        QVERIFY2(outcome == u"no match" || outcome == u"age.identity-needed" || outcome == u"header failure",
                 qPrintable(outcome));
        return;
    }
    QCOMPARE(outcome, vector.expect);
    if (!result)
        QVERIFY(!result.error().message.isEmpty() && !result.error().hint.isEmpty());
    if (!vector.payloadHash.isEmpty())
        QCOMPARE(released.result().toHex(), vector.payloadHash);
}

void TestAgeTestKit::detectsTheArmor()
{
    QFETCH(QString, path);
    const Vector vector = readVector(path);
    AgeKeys keys;
    for (const QByteArray &text : vector.identities)
        if (auto identity = AgeIdentity::fromText(text))
            keys.identities.push_back(*std::move(identity));
    if (!vector.passphrase.isEmpty())
        keys.passphrase = [&]() -> Result<SecretBytes> {
            return SecretBytes::copyOf(QByteArrayView(vector.passphrase));
        };
    const auto contents = decryptAge(vector.file, keys, 32 * 1024 * 1024);
    const bool isKnown = std::ranges::none_of(
        vector.identities, [](const QByteArray &text) { return text.startsWith("AGE-SECRET-KEY-PQ"); });
    QCOMPARE(contents.has_value(), isKnown && vector.expect == u"success");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestAgeTestKit)
#include "tst_agetestkit.moc"
