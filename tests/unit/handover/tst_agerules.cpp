// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeArmor.h"
#include "core/handover/age/AgeFile.h"
#include "core/handover/age/AgePrimitives.h"
#include "core/handover/age/Bech32.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/AgeForge.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

constexpr qsizetype chunkSize = 64 * 1024;

/// What must come of a file; the words of the published test kit.
const QString success = u"success"_s;
const QString headerFailure = u"age.invalid-header"_s;
const QString macFailure = u"age.wrong-mac"_s;
const QString payloadFailure = u"age.invalid-payload"_s;
const QString armorFailure = u"age.invalid-armor"_s;
const QString noMatch = u"age.no-match"_s;

struct Outcome {
    QString code;
    QByteArray released;
};

Outcome outcomeOf(const QByteArray &file, AgeForm form, bool isForPassphrase = false)
{
    AgeKeys keys;
    if (isForPassphrase)
        keys.passphrase = []() -> Result<SecretBytes> {
            return SecretBytes::copyOf(QByteArrayView(forgePassphrase()));
        };
    else
        keys.identities.push_back(*AgeIdentity::fromText(forgeIdentity().text().charView()));
    Outcome outcome;
    const auto sink = [&outcome](std::span<const std::byte> chunk) -> Result<void> {
        outcome.released.append(reinterpret_cast<const char *>(chunk.data()), static_cast<qsizetype>(chunk.size()));
        return {};
    };
    MemorySource source{QByteArrayView(file)};
    const auto result = decryptAge(source, form, keys, sink);
    outcome.code = result ? success : result.error().code;
    return outcome;
}

/// A base64 text whose last character has bits set that no byte has.
QByteArray notCanonical(QByteArray base64)
{
    constexpr QByteArrayView alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    base64.back() = alphabet[alphabet.indexOf(base64.back()) + 1];
    return base64;
}

QByteArray pattern(qsizetype size)
{
    QByteArray text(size, '\0');
    for (qsizetype i = 0; i < size; ++i)
        text[i] = static_cast<char>(i * 31 + i / 251);
    return text;
}

} // namespace

/// The rules of C2SP age.md one by one: for each a file that breaks it and nothing else, beside its neighbours that are
/// still right.
class TestAgeRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void header_data();
    void header();
    void stanzasForUs_data();
    void stanzasForUs();
    void lowOrderPoints_data();
    void lowOrderPoints();
    void passphrases_data();
    void passphrases();
    void payload_data();
    void payload();
    void armor_data();
    void armor();
    void identities_data();
    void identities();
    void writesNothingTwice();
};

void TestAgeRules::header_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("expected");
    const QByteArray version = "age-encryption.org/v1\n";
    const QByteArray ours = x25519Stanza().text();
    const QByteArray mac = macOf(ours);
    const auto row = [](const char *name, const QByteArray &head, const QString &expected) {
        QTest::newRow(name) << head << expected;
    };
    row("as it must be", headerOf(ours), success);
    // The version line.
    row("version 2", headerOf(ours, "age-encryption.org/v2\n"), headerFailure);
    row("version 11", headerOf(ours, "age-encryption.org/v11\n"), headerFailure);
    row("upper-case version", headerOf(ours, "age-encryption.org/V1\n"), headerFailure);
    row("blank behind the version", headerOf(ours, "age-encryption.org/v1 \n"), headerFailure);
    row("CR behind the version", headerOf(ours, "age-encryption.org/v1\r\n"), headerFailure);
    row("blank before the version", headerOf(ours, " age-encryption.org/v1\n"), headerFailure);
    row("line before the version", headerOf(ours, "\nage-encryption.org/v1\n"), headerFailure);
    row("byte order mark",
        headerOf(ours, "\xef\xbb\xbf"
                       "age-encryption.org/v1\n"),
        headerFailure);
    row("version line alone", version, headerFailure);
    row("no stanza", headerOf({}), headerFailure);
    row("empty line before the stanza", headerOf('\n' + ours), headerFailure);
    row("empty line before the end", headerOf(ours + '\n'), headerFailure);
    // Stanzas of a type that nobody knows.
    const auto with = [&](const QByteArray &stanza) { return headerOf(stanza + ours); };
    row("unknown type first", with("-> example.com/enigma a b c\nAAAA\n"), success);
    row("unknown type last", headerOf(ours + "-> example.com/enigma a b c\nAAAA\n"), success);
    row("unknown type without arguments", with("-> enigma\n\n"), success);
    row("unknown type, body of a full line", with("-> enigma\n" + QByteArray(64, 'A') + "\n\n"), success);
    row("unknown type, body of three lines",
        with("-> enigma\n" + QByteArray(64, 'A') + '\n' + QByteArray(64, 'B') + "\nAA\n"), success);
    row("every visible character", with("-> !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~\n\n"), success);
    row("type in another case", with("-> x25519 AAAA\n\n"), success);
    row("arrow of a stanza as an argument", with("-> -> --- ->\n\n"), success);
    row("no blank behind the arrow", with("->enigma\n\n"), headerFailure);
    row("two blanks behind the arrow", with("->  enigma\n\n"), headerFailure);
    row("tab behind the arrow", with("->\tenigma\n\n"), headerFailure);
    row("arrow alone", with("->\n\n"), headerFailure);
    row("arrow and blank alone", with("-> \n\n"), headerFailure);
    row("two blanks between arguments", with("-> enigma  a\n\n"), headerFailure);
    row("blank at the end of the line", with("-> enigma \n\n"), headerFailure);
    row("tab in the line", with("-> enigma\ta\n\n"), headerFailure);
    row("CR at the end of the line", with("-> enigma\r\n\n"), headerFailure);
    row("NUL in an argument", with(QByteArray("-> enig\0ma\n\n", 12)), headerFailure);
    row("DEL in an argument", with("-> enig\x7fma\n\n"), headerFailure);
    row("argument that is not ASCII", with("-> \xc3\xa9nigma\n\n"), headerFailure);
    row("other arrow", with("=> enigma\n\n"), headerFailure);
    row("blank before the arrow", with(" -> enigma\n\n"), headerFailure);
    row("no body", with("-> enigma\n"), headerFailure);
    row("full line and no last one", with("-> enigma\n" + QByteArray(64, 'A') + '\n'), headerFailure);
    row("line of 65", with("-> enigma\n" + QByteArray(65, 'A') + "\n\n"), headerFailure);
    row("line of 68", with("-> enigma\n" + QByteArray(68, 'A') + '\n'), headerFailure);
    row("two short lines", with("-> enigma\nAAAA\nAAAA\n"), headerFailure);
    row("padded body", with("-> enigma\nAA==\n"), headerFailure);
    row("body that is not canonical", with("-> enigma\nAB\n"), headerFailure);
    row("body of one character", with("-> enigma\nA\n"), headerFailure);
    row("body of five characters", with("-> enigma\nAAAAA\n"), headerFailure);
    row("base64url", with("-> enigma\nAA-_\n"), headerFailure);
    row("blank in the body", with("-> enigma\nAA AA\n"), headerFailure);
    row("blank behind the body", with("-> enigma\nAAAA \n"), headerFailure);
    row("CR behind the body", with("-> enigma\nAAAA\r\n"), headerFailure);
    row("NUL in the body", with(QByteArray("-> enigma\nAA\0A\n", 15)), headerFailure);
    // The line with the MAC.
    const QByteArray start = version + ours + "---";
    row("no MAC", start + '\n', headerFailure);
    row("blank and no MAC", start + " \n", headerFailure);
    row("no blank before the MAC", start + mac + '\n', headerFailure);
    row("two blanks before the MAC", start + "  " + mac + '\n', headerFailure);
    row("tab before the MAC", start + '\t' + mac + '\n', headerFailure);
    row("blank behind the MAC", start + ' ' + mac + " \n", headerFailure);
    row("CR behind the MAC", start + ' ' + mac + "\r\n", headerFailure);
    row("text behind the MAC", start + ' ' + mac + "AAAA\n", headerFailure);
    row("padded MAC", start + ' ' + mac + "=\n", headerFailure);
    row("MAC that is not canonical", start + ' ' + notCanonical(mac) + '\n', headerFailure);
    row("short MAC", start + ' ' + mac.chopped(1) + '\n', headerFailure);
    row("MAC of 31 bytes", start + ' ' + toCanonicalBase64(QByteArray(31, 'm')) + '\n', headerFailure);
    row("MAC of 33 bytes", start + ' ' + toCanonicalBase64(QByteArray(33, 'm')) + '\n', headerFailure);
    row("four dashes", version + ours + "---- " + mac + '\n', headerFailure);
    row("two dashes", version + ours + "-- " + mac + '\n', headerFailure);
    row("another MAC", start + ' ' + toCanonicalBase64(QByteArray(32, 'm')) + '\n', macFailure);
    row("MAC of another header", start + ' ' + macOf("-> enigma\n\n" + ours) + '\n', macFailure);
    row("stanza added", version + "-> enigma\n\n" + ours + "--- " + mac + '\n', macFailure);
    row("stanza doubled", version + ours + ours + "--- " + mac + '\n', macFailure);
}

void TestAgeRules::header()
{
    QFETCH(QByteArray, head);
    QFETCH(QString, expected);
    const Outcome outcome = outcomeOf(head + payloadOf("age"), AgeForm::Binary);
    QCOMPARE(outcome.code, expected);
    QCOMPARE(outcome.released, expected == success ? QByteArray("age") : QByteArray());
    // And cut off anywhere it is never taken for anything else than a damaged one.
    if (expected == success)
        for (qsizetype size = 0; size < head.size(); ++size)
            QCOMPARE(outcomeOf(head.first(size), AgeForm::Binary).code, headerFailure);
}

void TestAgeRules::stanzasForUs_data()
{
    QTest::addColumn<QByteArray>("stanzas");
    QTest::addColumn<QString>("expected");
    const ForgedStanza good = x25519Stanza();
    const QByteArray share = good.arguments.sliced(7);
    const auto row = [](const char *name, const QByteArray &stanzas, const QString &expected) {
        QTest::newRow(name) << stanzas << expected;
    };
    const auto arguments = [&](const QByteArray &text) { return ForgedStanza{text, good.body}.text(); };
    const auto body = [&](const QByteArray &text) { return ForgedStanza{good.arguments, text}.text(); };
    row("as it must be", good.text(), success);
    row("no share", arguments("X25519"), headerFailure);
    row("argument too many", arguments(good.arguments + " 1"), headerFailure);
    row("share twice", arguments(good.arguments + ' ' + share), headerFailure);
    row("share of 31 bytes", arguments("X25519 " + toCanonicalBase64(QByteArray(31, 's'))), headerFailure);
    row("share of 33 bytes", arguments("X25519 " + toCanonicalBase64(QByteArray(33, 's'))), headerFailure);
    row("padded share", arguments(good.arguments + '='), headerFailure);
    row("share that is not canonical", arguments(notCanonical(good.arguments)), headerFailure);
    row("share in hexadecimal", arguments("X25519 " + QByteArray(64, 'a')), headerFailure);
    row("empty body", body({}), headerFailure);
    row("body of 31 bytes", body(toCanonicalBase64(QByteArray(31, 'b'))), headerFailure);
    row("body of 33 bytes", body(toCanonicalBase64(QByteArray(33, 'b'))), headerFailure);
    row("body of 48 bytes", body(toCanonicalBase64(QByteArray(48, 'b'))), headerFailure);
    row("file key of 15 bytes", x25519StanzaAround(QByteArray(15, 'k')).text(), headerFailure);
    row("file key of 17 bytes", x25519StanzaAround(QByteArray(17, 'k')).text(), headerFailure);
    row("file key of 32 bytes", x25519StanzaAround(QByteArray(32, 'k')).text(), headerFailure);
    row("body of somebody else", body(toCanonicalBase64(QByteArray(32, 'b'))), noMatch);
    row("type in lower case", arguments("x25519 " + share), noMatch);
    row("only types that nobody knows", "-> enigma\n\n", noMatch);
    const QByteArray other = ForgedStanza{"X25519 " + share, toCanonicalBase64(QByteArray(32, 'b'))}.text();
    row("ours is the second", other + good.text(), success);
    row("ours is the first of three", good.text() + other + other, success);
    row("ours twice", good.text() + good.text(), success);
    row("malformed one before ours", arguments("X25519") + good.text(), headerFailure);
    row("malformed one behind ours", good.text() + arguments("X25519"), headerFailure);
    row("beside a passphrase", good.text() + scryptStanza().text(), headerFailure);
    row("behind a passphrase", scryptStanza().text() + good.text(), headerFailure);
}

void TestAgeRules::stanzasForUs()
{
    QFETCH(QByteArray, stanzas);
    QFETCH(QString, expected);
    QCOMPARE(outcomeOf(headerOf(stanzas) + payloadOf("age"), AgeForm::Binary).code, expected);
}

void TestAgeRules::lowOrderPoints_data()
{
    // All points of Curve25519 whose order divides 8, in each spelling (RFC 7748, section 7; the top bit is ignored).
    QTest::addColumn<QByteArray>("point");
    const std::array<std::pair<const char *, const char *>, 7> points{{
        {"0", "0000000000000000000000000000000000000000000000000000000000000000"},
        {"1", "0100000000000000000000000000000000000000000000000000000000000000"},
        {"order 8", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"},
        {"the other of order 8", "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"},
        {"p - 1", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
        {"p", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
        {"p + 1", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
    }};
    for (const auto &[name, hex] : points) {
        QByteArray point = QByteArray::fromHex(hex);
        QTest::newRow(name) << point;
        point.back() = static_cast<char>(point.back() | '\x80');
        QTest::addRow("%s, top bit set", name) << point;
    }
}

void TestAgeRules::lowOrderPoints()
{
    QFETCH(QByteArray, point);
    const QByteArray stanza = ForgedStanza{"X25519 " + toCanonicalBase64(point), x25519Stanza().body}.text();
    QCOMPARE(outcomeOf(headerOf(stanza) + payloadOf("age"), AgeForm::Binary).code, headerFailure);
    SystemRandom random;
    AgeTarget target;
    target.recipients = {AgeRecipient::fromPoint(point)};
    QVERIFY_FAILS(encryptAge({}, target, AgeForm::Binary, random), "age.invalid-recipient");
}

void TestAgeRules::passphrases_data()
{
    QTest::addColumn<QByteArray>("stanzas");
    QTest::addColumn<QString>("expected");
    const ForgedStanza good = scryptStanza();
    const QByteArray salt = good.arguments.sliced(7, 22);
    const auto row = [](const char *name, const QByteArray &stanzas, const QString &expected) {
        QTest::newRow(name) << stanzas << expected;
    };
    const auto arguments = [&](const QByteArray &text) { return ForgedStanza{text, good.body}.text(); };
    const auto factor = [&](const QByteArray &text) { return arguments("scrypt " + salt + ' ' + text); };
    const auto body = [&](const QByteArray &text) { return ForgedStanza{good.arguments, text}.text(); };
    row("as it must be", good.text(), success);
    row("smallest work factor", scryptStanza(1).text(), success);
    row("work factor of two digits", scryptStanza(10).text(), success);
    row("another work factor", factor("5"), noMatch);
    for (const char *text : {"0",   "00",  "04",  "004",  "+4",  "-4",         "4.0",
                             "4e0", "0x4", "0b1", "four", "4,",  "4 4",        "23",
                             "24",  "63",  "64",  "100",  "256", "4294967300", "18446744073709551620",
                             "4a",  "a4"})
        row(text, factor(text), headerFailure);
    row("digit that is not ASCII", factor("\xd9\xa4"), headerFailure);
    row("no work factor", arguments("scrypt " + salt), headerFailure);
    row("no salt", arguments("scrypt 4"), headerFailure);
    row("nothing", arguments("scrypt"), headerFailure);
    row("argument too many", arguments(good.arguments + " 8"), headerFailure);
    row("empty salt", arguments("scrypt  4"), headerFailure);
    row("salt of 15 bytes", arguments("scrypt " + toCanonicalBase64(QByteArray(15, 's')) + " 4"), headerFailure);
    row("salt of 17 bytes", arguments("scrypt " + toCanonicalBase64(QByteArray(17, 's')) + " 4"), headerFailure);
    row("padded salt", arguments("scrypt " + salt + "== 4"), headerFailure);
    row("salt that is not canonical", arguments("scrypt " + notCanonical(salt) + " 4"), headerFailure);
    row("empty body", body({}), headerFailure);
    row("body of 31 bytes", body(toCanonicalBase64(QByteArray(31, 'b'))), headerFailure);
    row("body of 33 bytes", body(toCanonicalBase64(QByteArray(33, 'b'))), headerFailure);
    row("file key of 15 bytes", scryptStanzaAround(QByteArray(15, 'k')).text(), headerFailure);
    row("file key of 32 bytes", scryptStanzaAround(QByteArray(32, 'k')).text(), headerFailure);
    row("another passphrase's body", body(toCanonicalBase64(QByteArray(32, 'b'))), noMatch);
    row("twice", good.text() + good.text(), headerFailure);
    row("behind a type that nobody knows", "-> enigma\n\n" + good.text(), headerFailure);
    row("before a type that nobody knows", good.text() + "-> enigma\n\n", headerFailure);
    row("behind a recipient", x25519Stanza().text() + good.text(), headerFailure);
    row("before a recipient", good.text() + x25519Stanza().text(), headerFailure);
    row("type in upper case", arguments("SCRYPT " + salt + " 4"), noMatch);
}

void TestAgeRules::passphrases()
{
    QFETCH(QByteArray, stanzas);
    QFETCH(QString, expected);
    QCOMPARE(outcomeOf(headerOf(stanzas) + payloadOf("age"), AgeForm::Binary, true).code, expected);
}

void TestAgeRules::payload_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QByteArray>("released");
    const QByteArray nonce = payloadNonce();
    const QByteArray full = pattern(chunkSize);
    const auto row = [](const char *name, const QByteArray &payload, const QString &expected,
                        const QByteArray &released = {}) { QTest::newRow(name) << payload << expected << released; };
    for (const qsizetype size : {0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 200000})
        row(qPrintable(u"%1 bytes"_s.arg(size)), payloadOf(pattern(size)), success, pattern(size));
    row("nothing", {}, headerFailure);
    row("nonce of 15 bytes", nonce.chopped(1), headerFailure);
    row("nonce alone", nonce, payloadFailure);
    row("one byte behind the nonce", nonce + 'x', payloadFailure);
    row("15 bytes behind the nonce", nonce + QByteArray(15, 'x'), payloadFailure);
    row("tag alone is wrong", nonce + QByteArray(16, 'x'), payloadFailure);
    row("not marked as the last", nonce + chunkOf("age", 0, 0), payloadFailure);
    row("full one not marked as the last", nonce + chunkOf(full, 0, 0), payloadFailure, full);
    row("empty one behind a full one", nonce + chunkOf(full, 0, 0) + chunkOf({}, 1, 1), payloadFailure, full);
    row("empty one that is not the last", nonce + chunkOf({}, 0, 0), payloadFailure);
    row("counter starts at 1", nonce + chunkOf("age", 1, 1), payloadFailure);
    row("counter stays", nonce + chunkOf(full, 0, 0) + chunkOf("age", 0, 1), payloadFailure, full);
    row("counter skips", nonce + chunkOf(full, 0, 0) + chunkOf("age", 2, 1), payloadFailure, full);
    row("counter from the other end", nonce + chunkOf(full, 0, 0) + chunkOf("age", quint64{1} << 56, 1), payloadFailure,
        full);
    row("mark of 2", nonce + chunkOf("age", 0, 2), payloadFailure);
    row("mark of 255", nonce + chunkOf("age", 0, '\xff'), payloadFailure);
    row("chunk too long", nonce + chunkOf(full + 'x', 0, 1), payloadFailure);
    row("short one in the middle", nonce + chunkOf("age", 0, 0) + chunkOf("age", 1, 1), payloadFailure);
    row("two last ones", nonce + chunkOf("age", 0, 1) + chunkOf("age", 1, 1), payloadFailure);
    row("two last full ones", nonce + chunkOf(full, 0, 1) + chunkOf(full, 1, 1), payloadFailure, full);
    row("a byte behind a last full one", nonce + chunkOf(full, 0, 1) + 'x', payloadFailure, full);
    row("chunk behind a last full one", nonce + chunkOf(full, 0, 1) + chunkOf("age", 1, 0), payloadFailure, full);
    row("a byte behind a short one", nonce + chunkOf("age", 0, 1) + 'x', payloadFailure);
    row("line feed behind it", payloadOf("age") + '\n', payloadFailure);
    row("chunks changed places", nonce + chunkOf(full, 1, 0) + chunkOf(full, 0, 0) + chunkOf("age", 2, 1),
        payloadFailure);
    row("chunk doubled", nonce + chunkOf(full, 0, 0) + chunkOf(full, 0, 0) + chunkOf("age", 1, 1), payloadFailure,
        full);
    row("chunk left out", nonce + chunkOf(full, 0, 0) + chunkOf("age", 2, 1), payloadFailure, full);
    row("another nonce", QByteArray(16, 'm') + chunkOf("age", 0, 1), payloadFailure);
}

void TestAgeRules::payload()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, expected);
    QFETCH(QByteArray, released);
    const QByteArray file = headerOf(x25519Stanza().text()) + payload;
    const Outcome outcome = outcomeOf(file, AgeForm::Binary);
    QCOMPARE(outcome.code, expected);
    QVERIFY(outcome.released == released);
    // The same in armor, whose lines do not end where chunks do.
    const Outcome armored = outcomeOf(toArmor(file), AgeForm::Armored);
    QCOMPARE(armored.code, expected);
    QVERIFY(armored.released == released);
}

void TestAgeRules::armor_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const QByteArray begin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
    const QByteArray end = "-----END AGE ENCRYPTED FILE-----\n";
    const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    // Files of each length modulo 48: full last lines, and both paddings.
    qsizetype fullSize = 0;
    for (qsizetype size = 1; size <= 48; ++size) {
        const QByteArray file = goodFile(QByteArray(size, 'x'));
        if (file.size() % 48 == 0)
            fullSize = size;
        QTest::addRow("last line of %d bytes", int(file.size() % 48)) << toArmor(file) << success;
    }
    const QByteArray good = toArmor(goodFile(QByteArray(fullSize + 1, 'x'))); // last line: one byte, "=="
    const QByteArray full = toArmor(goodFile(QByteArray(fullSize, 'x')));
    const QByteArray inner = good.sliced(begin.size(), good.size() - begin.size() - end.size());
    const auto body = [&](const QByteArray &text) { return begin + text + end; };
    QByteArrayList lines = inner.trimmed().split('\n');
    const QByteArray last = lines.last();
    const auto joined = [](const QByteArrayList &all) { return all.join('\n') + '\n'; };
    row("without the last line feed", good.chopped(1), success);
    row("CRLF", QByteArray(good).replace("\n", "\r\n"), success);
    row("CRLF without the last line feed", QByteArray(good).replace("\n", "\r\n").chopped(1), success);
    row("blanks around", " \t\r\n\n\n" + good + "\n\t \r\n", success);
    row("1000 blanks around", QByteArray(1000, '\n') + good + QByteArray(1000, ' '), success);
    row("2000 blanks before", QByteArray(2000, '\n') + good, armorFailure);
    row("2000 blanks behind", good + QByteArray(2000, '\n'), armorFailure);
    row("CR alone as line end", QByteArray(good).replace('\n', '\r'), armorFailure);
    row("two CR in a line end", QByteArray(good).replace("\n", "\r\r\n"), armorFailure);
    row("text before", "hello\n" + good, armorFailure);
    row("text behind", good + "hello\n", armorFailure);
    row("twice", good + good, armorFailure);
    row("byte order mark", "\xef\xbb\xbf" + good, armorFailure);
    row("NUL behind", good + QByteArray(1, '\0'), armorFailure);
    row("blank before the first line", ' ' + good, armorFailure);
    row("blank behind the first line", QByteArray(good).replace("FILE-----\n", "FILE----- \n"), armorFailure);
    row("blank behind the last line", good.chopped(1) + " \n", armorFailure);
    row("blank before the last line", QByteArray(good).replace("-----END", " -----END"), armorFailure);
    row("label in lower case", QByteArray(good).replace("AGE ENCRYPTED FILE", "age encrypted file"), armorFailure);
    row("another label", QByteArray(good).replace("AGE ENCRYPTED FILE", "PRIVATE KEY"), armorFailure);
    row("labels that differ", QByteArray(good).replace("END AGE ENCRYPTED", "END AGE encrypted"), armorFailure);
    row("four dashes", QByteArray(good).replace("-----BEGIN", "----BEGIN"), armorFailure);
    row("six dashes", QByteArray(good).replace("-----BEGIN", "------BEGIN"), armorFailure);
    row("no last line", begin + inner, armorFailure);
    row("first line alone", begin, armorFailure);
    row("no first line", inner + end, armorFailure);
    row("PEM header", body("Comment: hello\n\n" + inner), armorFailure);
    row("PGP checksum", body(inner + "=AAAA\n"), armorFailure);
    row("empty line first", body('\n' + inner), armorFailure);
    row("empty line last", body(inner + '\n'), armorFailure);
    row("empty line behind a full one", full.chopped(end.size()) + '\n' + end, armorFailure);
    row("empty line between", body(QByteArray(inner).replace(64, 1, "\n\n")), armorFailure);
    row("blank at the end of a line", body(QByteArray(inner).replace(64, 1, " \n")), armorFailure);
    row("blank at the start of a line", body(QByteArray(inner).replace(64, 1, "\n ")), armorFailure);
    row("blank in a line", body(QByteArray(inner).insert(10, ' ')), armorFailure);
    row("no padding", body(inner.chopped(3) + '\n'), armorFailure);
    row("one padding character too few", body(inner.chopped(2) + '\n'), armorFailure);
    row("one padding character too many", body(inner.chopped(1) + "=\n"), armorFailure);
    row("padding on a line of its own", body(inner.chopped(3) + "\n==\n"), armorFailure);
    row("padding on two lines", body(inner.chopped(2) + "\n=\n"), armorFailure);
    row("padding in the middle", body(QByteArray(inner).replace(62, 2, "==")), armorFailure);
    row("not canonical", body(joined(lines.mid(0, lines.size() - 1)) + notCanonical(last.chopped(2)) + "==\n"),
        armorFailure);
    row("base64url", body(QByteArray(inner).replace(5, 1, "-")), armorFailure);
    row("character of no base64", body(QByteArray(inner).replace(5, 1, "*")), armorFailure);
    row("NUL in a line", body(QByteArray(inner).replace(5, 1, QByteArray(1, '\0'))), armorFailure);
    row(
        "lines of 60",
        [&] {
            QByteArray text;
            const QByteArray all = QByteArray(inner).replace("\n", "");
            for (qsizetype at = 0; at < all.size(); at += 60)
                text += all.mid(at, 60) + '\n';
            return body(text);
        }(),
        armorFailure);
    row(
        "lines of 76",
        [&] {
            QByteArray text;
            const QByteArray all = QByteArray(inner).replace("\n", "");
            for (qsizetype at = 0; at < all.size(); at += 76)
                text += all.mid(at, 76) + '\n';
            return body(text);
        }(),
        armorFailure);
    row("all in one line", body(QByteArray(inner).replace("\n", "") + '\n'), armorFailure);
    row("first line short", body(inner.first(60) + '\n' + inner.sliced(60)), armorFailure);
    row("nothing inside", begin + end, headerFailure);
    row("no age file inside", toArmor("hello"), headerFailure);
    row("armor inside", toArmor(good), headerFailure);
}

void TestAgeRules::armor()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    QCOMPARE(outcomeOf(text, AgeForm::Armored).code, expected);
    // Where the form is not told, no text that is wrong as armor opens as something else.
    QCOMPARE(outcomeOf(text, AgeForm::Detect).code == success, expected == success);
}

void TestAgeRules::identities_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isGood");
    const QByteArray good = forgeIdentity().text().charView().toByteArray();
    const auto bech32 = [](QByteArrayView prefix, qsizetype size) {
        const QByteArray bytes(size, 'x');
        return toBech32(prefix, std::as_bytes(std::span(bytes.constData(), std::size_t(size))))
            .copyToUnprotectedByteArray();
    };
    const auto row = [](const char *name, const QByteArray &text, bool isGood) {
        QTest::newRow(name) << text << isGood;
    };
    row("as it must be", good, true);
    row("blanks around", ' ' + good + "\r\n", true);
    row("32 bytes", bech32("age-secret-key-", 32).toUpper(), true);
    row("lower case", good.toLower(), false);
    row("mixed case", good.first(40) + good.sliced(40).toLower(), false);
    row("prefix in lower case", "age-secret-key-" + good.sliced(15), false);
    row("31 bytes", bech32("age-secret-key-", 31).toUpper(), false);
    row("33 bytes", bech32("age-secret-key-", 33).toUpper(), false);
    row("no bytes", bech32("age-secret-key-", 0).toUpper(), false);
    row("another prefix", bech32("age-secret-keys-", 32).toUpper(), false);
    row("a recipient", bech32("age", 32), false);
    row("character missing", good.chopped(1), false);
    row("character too many", good + 'Q', false);
    row("blank inside", QByteArray(good).insert(30, ' '), false);
    row("two at once", good + ' ' + good, false);
    row("empty", {}, false);
}

void TestAgeRules::identities()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isGood);
    const auto identity = AgeIdentity::fromText(text);
    QCOMPARE(identity.has_value(), isGood);
    if (!isGood) {
        QCOMPARE(identity.error().code, u"age.invalid-identity"_s);
        return;
    }
    // Every other character in any place is noticed: the checksum is at work.
    const QByteArray trimmed = text.trimmed();
    for (qsizetype at = 16; at < trimmed.size(); ++at) {
        QByteArray changed = trimmed;
        changed[at] = changed[at] == 'Q' ? 'P' : 'Q';
        QVERIFY(!AgeIdentity::fromText(changed));
    }
}

void TestAgeRules::writesNothingTwice()
{
    // File key, ephemeral share, salt and nonce are new in each file; so is everything behind the version line.
    SystemRandom random;
    for (const bool isForPassphrase : {false, true}) {
        AgeTarget target;
        target.workFactor = 4;
        if (isForPassphrase)
            target.passphrase = SecretBytes::copyOf(QByteArrayView("one"));
        else
            target.recipients = {forgeIdentity().recipient(), forgeIdentity().recipient()};
        const auto first = encryptAge({}, target, AgeForm::Binary, random);
        const auto second = encryptAge({}, target, AgeForm::Binary, random);
        QVERIFY_RESULT(first);
        QVERIFY_RESULT(second);
        const QByteArrayList ours = first->split('\n');
        const QByteArrayList theirs = second->split('\n');
        for (qsizetype line = 1; line < 3; ++line) {
            QVERIFY(ours[line] != theirs[line]);
            if (!isForPassphrase)
                QVERIFY(ours[line] != ours[line + 2]); // of the same recipient in the same file
        }
        QVERIFY(first->last(32) != second->last(32));
    }
    AgeTarget usual;
    usual.passphrase = SecretBytes::copyOf(QByteArrayView("one"));
    QCOMPARE(usual.workFactor, 18);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestAgeRules)
#include "tst_agerules.moc"
