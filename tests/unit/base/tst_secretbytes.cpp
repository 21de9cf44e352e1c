// SPDX-License-Identifier: Apache-2.0
#include "core/base/SecretBytes.h"

#include <QTest>

#include <algorithm>
#include <thread>
#include <type_traits>

using namespace credenza;

// What must not compile, said once: no copy, no ==, nothing that a QVariant would take.
static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_assignable_v<SecretBytes>);
static_assert(!std::equality_comparable<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);

/// Secrets of every size keep their bytes, go away when they should, and leave nothing for the next one to see.
class SecretBytesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsItsBytes_data();
    void keepsItsBytes();
    void leavesNothingToTheNext_data();
    void leavesNothingToTheNext();
    void moves();
    void wipesWhatItTakes();
    void comparesWithoutLeaking();
    void travelsBetweenThreads();
};

namespace
{

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 37 + 11);
    return bytes;
}

void addSizes()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 31, 2047, 2048, 2049, 5000, 1'000'000})
        QTest::addRow("%d", size) << size;
}

} // namespace

void SecretBytesTest::keepsItsBytes_data()
{
    addSizes();
}

void SecretBytesTest::keepsItsBytes()
{
    QFETCH(int, size);
    const QByteArray bytes = pattern(size);
    SecretBytes secret = SecretBytes::copyOf(QByteArrayView(bytes));
    QCOMPARE(secret.size(), static_cast<std::size_t>(size));
    QCOMPARE(secret.isEmpty(), size == 0);
    QVERIFY(secret.charView() == bytes);
    const SecretBytes twin = secret.clone();
    secret.truncate(static_cast<std::size_t>(size / 2));
    QVERIFY(secret.charView() == QByteArrayView(bytes).first(size / 2));
    QVERIFY(twin.charView() == bytes);
}

void SecretBytesTest::leavesNothingToTheNext_data()
{
    addSizes();
}

void SecretBytesTest::leavesNothingToTheNext()
{
    QFETCH(int, size);
    for (int round = 0; round < 6; ++round) {
        {
            const SecretBytes before = SecretBytes::copyOf(QByteArrayView(pattern(size)));
        }
        const SecretBytes next(static_cast<std::size_t>(size) + 16);
        QVERIFY(std::ranges::all_of(next.view(), [](std::byte byte) { return byte == std::byte{0}; }));
    }
}

void SecretBytesTest::moves()
{
    SecretBytes first = SecretBytes::copyOf(QByteArrayView("first"));
    SecretBytes second = std::move(first);
    QVERIFY(second.charView() == "first");
    SecretBytes third = SecretBytes::copyOf(QByteArrayView("third"));
    third = std::move(second);
    QVERIFY(third.charView() == "first");
    SecretBytes &itself = third;
    third = std::move(itself);
    QVERIFY(third.charView() == "first");
}

void SecretBytesTest::wipesWhatItTakes()
{
    QByteArray bytes = pattern(64);
    const char *where = bytes.constData();
    const QByteArray holder = QByteArray::fromRawData(where, 64);
    const SecretBytes taken = SecretBytes::takeFrom(bytes);
    QVERIFY(bytes.isEmpty());
    QVERIFY(taken.charView() == pattern(64));
    QString text = QStringLiteral("pässphrase").left(50);
    const SecretBytes utf8 = SecretBytes::takeFrom(text);
    QVERIFY(text.isEmpty());
    QVERIFY(utf8.charView() == "p\xC3\xA4ssphrase");
    QCOMPARE(holder.size(), 64);
}

void SecretBytesTest::comparesWithoutLeaking()
{
    const SecretBytes secret = SecretBytes::copyOf(QByteArrayView("one"));
    QVERIFY(secret.equalsConstantTime(SecretBytes::copyOf(QByteArrayView("one"))));
    QVERIFY(!secret.equalsConstantTime(SecretBytes::copyOf(QByteArrayView("onE"))));
    QVERIFY(!secret.equalsConstantTime(SecretBytes::copyOf(QByteArrayView("one "))));
    QVERIFY(!secret.equalsConstantTime({}));
    QVERIFY(SecretBytes().equalsConstantTime({}));
}

void SecretBytesTest::travelsBetweenThreads()
{
    // Made on one thread, freed on another, some after the thread that made them has gone.
    std::vector<SecretBytes> made;
    std::thread([&made] {
        for (int i = 0; i < 20; ++i)
            made.push_back(SecretBytes::copyOf(QByteArrayView(pattern(100))));
    }).join();
    for (const SecretBytes &secret : made)
        QVERIFY(secret.charView() == pattern(100));
    std::thread([taken = std::move(made)]() mutable { taken.clear(); }).join();
    static thread_local SecretBytes untilTheEnd;
    std::thread([] { untilTheEnd = SecretBytes::copyOf(QByteArrayView(pattern(32))); }).join();
}

QTEST_GUILESS_MAIN(SecretBytesTest)
#include "tst_secretbytes.moc"
