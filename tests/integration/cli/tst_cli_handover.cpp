// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"
#include "tests/integration/cli/CliSession.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QStringList formatsInTheOpen{u"nexla"_s,  u"bulk-data-client"_s,    u"smart-fetch"_s, u"inferno"_s,
                                   u"dotenv"_s, u"kubernetes"_s,          u"vault-kv"_s,    u"postman"_s,
                                   u"bruno"_s,  u"aws-secrets-manager"_s, u"1password"_s,   u"keepass"_s};

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// For a passphrase, with a work factor that costs nothing: where scrypt is not what is tested.
QByteArray quicklyEncrypted(const QByteArray &text, const QByteArray &passphrase)
{
    SystemRandom random;
    AgeTarget target;
    target.passphrase = SecretBytes::copyOf(QByteArrayView(passphrase));
    target.workFactor = 4;
    const auto file = encryptAge(std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size()))),
                                 target, AgeForm::Armored, random);
    return file ? *file : QByteArray();
}

} // namespace

/// `export`, `import`, `jwks` and `bundle decrypt`, as cli.md has them.
class TestCliHandover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void needsConsentForKeysInTheOpen();
    void writesForItsOwnerOnly();
    void leavesKeysOut();
    void printsTheKeySet();
    void movesCredentialsToAnotherVault();
    void movesThemByPassphrase();
    void asksBeforeItReplaces();
    void importsNothingOfDamagedBundles();
    void importsOtherFormats();
    void importsAFolder();
    void keepsIdentities();
    void tellsTheActivityLog();
    void decryptsAnyAgeFile();
    void tellsFailuresApart();
    void printsNoSecrets();

private:
    CliSession m_session;
    TestKey m_key;
    QString m_bundle; ///< for m_identityFile: a passphrase would take a second each time it is opened
    QString m_identityFile;
    QString m_recipient;
    QString m_passphraseFile;
};

void TestCliHandover::initTestCase()
{
    m_key = makeTestKey();
    const QString file = m_session.write(u"key.pem"_s, m_key.pem);
    m_passphraseFile = m_session.write(u"bundle-passphrase"_s, "another pass phrase\n");
    QVERIFY_STATUS(m_session.createVault(), 0);
    for (const QString &name : {u"Alder Creek"_s, u"Birch Hill"_s})
        QVERIFY_STATUS(m_session.cli(m_session.addArguments(name, file)), 0);
    SystemRandom random;
    const AgeIdentity identity = AgeIdentity::generate(random);
    m_recipient = identity.recipient().text();
    m_identityFile = m_session.write(u"identity.txt"_s, identity.text().charView());
    m_bundle = m_session.path(u"both.credenza.age"_s);
    const ProcessResult result = m_session.json({u"export"_s, u"--format"_s, u"bundle"_s, u"--recipient"_s, m_recipient,
                                                 u"--out"_s, m_bundle, u"Alder Creek"_s, u"Birch Hill"_s});
    QVERIFY_STATUS(result, 0);
    QCOMPARE(result.json().object().value("files"_L1).toArray(), QJsonArray{m_bundle});
    QCOMPARE(result.json().object().value("privateKeysInTheOpen"_L1).toInt(), 0);
    QVERIFY(contentsOf(m_bundle).startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"));
}

void TestCliHandover::needsConsentForKeysInTheOpen()
{
    for (const QString &format : formatsInTheOpen) {
        const QString out = m_session.path(u"refused-"_s + format);
        const ProcessResult result =
            m_session.json({u"export"_s, u"--format"_s, format, u"--out"_s, out, u"Alder Creek"_s});
        QVERIFY_STATUS(result, 2);
        QCOMPARE(errorOf(result).value("code"_L1).toString(), u"export.plaintext-not-allowed"_s);
        QVERIFY(!QFile::exists(out));
    }
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"yaml"_s, u"--out"_s, u"x"_s, u"Alder Creek"_s}), 2);
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"jwks"_s, u"--out"_s, u"x"_s, u"Nobody"_s}), 4);
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"bundle"_s, u"--out"_s, u"x"_s, u"Alder Creek"_s}), 2);
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"bundle"_s, u"--recipient"_s, u"age1nonsense"_s,
                                  u"--out"_s, u"x"_s, u"Alder Creek"_s}),
                   2);
}

void TestCliHandover::writesForItsOwnerOnly()
{
    for (const QString &format : formatsInTheOpen) {
        const QString out = m_session.path(u"open-"_s + format);
        m_session.write(u"open-"_s + format, "there before"); // with the permissions of any file
        const ProcessResult result = m_session.json(
            {u"export"_s, u"--format"_s, format, u"--allow-plaintext"_s, u"--out"_s, out, u"Alder Creek"_s});
        QVERIFY_STATUS(result, 0);
        const QJsonArray files = result.json().object().value("files"_L1).toArray();
        QCOMPARE(files.first().toString(), out);
        for (const QJsonValue &file : files) {
            QCOMPARE(QFile::permissions(file.toString()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
            QVERIFY(QFile::remove(file.toString()));
        }
    }
}

void TestCliHandover::leavesKeysOut()
{
    for (const QString &format : formatsInTheOpen + QStringList{u"bundle"_s}) {
        QStringList arguments{u"export"_s,     u"--format"_s,
                              format,          u"--without-private-keys"_s,
                              u"--out"_s,      m_session.path(u"without"_s),
                              u"Alder Creek"_s};
        if (format == u"bundle")
            arguments += {u"--recipient"_s, m_recipient};
        const ProcessResult result = m_session.json(arguments);
        QVERIFY_STATUS(result, 0);
        for (const QJsonValue &file : result.json().object().value("files"_L1).toArray())
            QVERIFY(!contentsOf(file.toString()).contains("PRIVATE KEY") &&
                    !contentsOf(file.toString()).contains("\"d\""));
    }
}

void TestCliHandover::printsTheKeySet()
{
    const ProcessResult all = m_session.cli({u"jwks"_s});
    QVERIFY_STATUS(all, 0);
    const QJsonArray keys = all.json().object().value("keys"_L1).toArray();
    QCOMPARE(keys.size(), 1); // both credentials have the same key
    QCOMPARE(keys.first().toObject().value("kid"_L1).toString(), m_key.thumbprint);
    QVERIFY(!keys.first().toObject().contains("d"_L1));
    QVERIFY_STATUS(m_session.cli({u"jwks"_s, u"Nobody"_s}), 4);
}

void TestCliHandover::movesCredentialsToAnotherVault()
{
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    const QStringList import{u"import"_s, m_bundle, u"--identity"_s, m_identityFile};
    const ProcessResult dry = other.json(import + QStringList{u"--dry-run"_s});
    QVERIFY_STATUS(dry, 0);
    QCOMPARE(dry.json().object().value("plan"_L1).toArray().size(), 2);
    QCOMPARE(dry.json().object().value("plan"_L1).toArray().first().toObject().value("state"_L1).toString(), u"new"_s);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 0);
    QVERIFY_STATUS(other.json(import), 0);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 2);
    const QJsonObject ours = m_session.json({u"show"_s, u"Alder Creek"_s}).json().object();
    const QJsonObject theirs = other.json({u"show"_s, u"Alder Creek"_s}).json().object();
    for (const QString &member : {u"id"_s, u"fhirBaseUrl"_s, u"clientId"_s, u"algorithm"_s, u"scopes"_s})
        QCOMPARE(theirs.value(member), ours.value(member));
    QVERIFY_STATUS(other.cli({u"vault"_s, u"check"_s}), 0);
    const ProcessResult again = other.json(import);
    QVERIFY_STATUS(again, 0);
    QCOMPARE(again.json().object().value("imported"_L1).toInt(), 0);
}

void TestCliHandover::movesThemByPassphrase()
{
    // The one round trip at the work factor that people get.
    const QString bundle = m_session.path(u"pass.credenza.age"_s);
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"bundle"_s, u"--bundle-passphrase-file"_s,
                                  m_passphraseFile, u"--out"_s, bundle, u"Alder Creek"_s}),
                   0);
    const QByteArray text = QByteArray::fromBase64(contentsOf(bundle).split('\n').mid(1, 3).join());
    QVERIFY2(text.contains(" 18\n"), text.constData());
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    QVERIFY_STATUS(other.json({u"import"_s, bundle, u"--bundle-passphrase-file"_s, m_passphraseFile}), 0);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 1);
}

void TestCliHandover::asksBeforeItReplaces()
{
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    const QString otherKey = other.write(u"other.pem"_s, makeTestKey().pem);
    QVERIFY_STATUS(other.cli(other.addArguments(u"alder creek"_s, otherKey)), 0);
    const QStringList import{u"import"_s, m_bundle, u"--identity"_s, m_identityFile};
    const ProcessResult refused = other.json(import);
    QVERIFY_STATUS(refused, 6);
    QCOMPARE(errorOf(refused).value("code"_L1).toString(), u"import.conflict"_s);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 1); // not even the new one
    const QJsonObject first = refused.json().object().value("plan"_L1).toArray().first().toObject();
    QVERIFY(!first.value("differences"_L1).toArray().isEmpty());
    QVERIFY_STATUS(other.json(import + QStringList{u"--on-conflict"_s, u"copy"_s}), 0);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 3);
    QVERIFY_STATUS(other.cli({u"show"_s, u"Alder Creek (2)"_s}), 0);
    QVERIFY_STATUS(other.json(import + QStringList{u"--on-conflict"_s, u"replace"_s}), 0);
    const QJsonObject replaced = other.json({u"show"_s, u"Alder Creek"_s}).json().object();
    QCOMPARE(replaced.value("key"_L1).toObject().value("thumbprint"_L1).toString(), m_key.thumbprint);
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 3);
    QVERIFY_STATUS(other.cli({u"vault"_s, u"check"_s}), 0);
}

void TestCliHandover::importsNothingOfDamagedBundles()
{
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    const QByteArray whole = contentsOf(m_bundle);
    for (int i = 1; i < 6; ++i) {
        QByteArray changed = whole;
        const qsizetype at = whole.size() * i / 6;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        for (const QByteArray &damaged : {changed, whole.first(at)}) {
            const ProcessResult result =
                other.json({u"import"_s, other.write(u"damaged.age"_s, damaged), u"--identity"_s, m_identityFile});
            QVERIFY_STATUS(result, 5);
            QVERIFY(errorOf(result).value("code"_L1).toString().startsWith("age."_L1));
        }
    }
    QCOMPARE(other.json({u"list"_s}).json().array().size(), 0);
}

void TestCliHandover::importsOtherFormats()
{
    for (const QString &format : formatsInTheOpen) {
        if (format == u"bruno")
            continue; // holds no key
        CliSession other;
        QVERIFY_STATUS(other.createVault(), 0);
        const QString out = other.path(u"handed-over"_s);
        QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, format, u"--allow-plaintext"_s, u"--out"_s, out,
                                      u"Alder Creek"_s}),
                       0);
        QVERIFY_STATUS(other.json({u"import"_s, out}), 0);
        const QJsonArray list = other.json({u"list"_s}).json().array();
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.first().toObject().value("key"_L1).toObject().value("thumbprint"_L1).toString(),
                 m_key.thumbprint);
    }
}

void TestCliHandover::importsAFolder()
{
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    QVERIFY(QDir(other.folder()).mkdir(u"keys"_s));
    other.write(u"keys/a.pem"_s, m_key.pem);
    other.write(u"keys/table.csv"_s, "name,fhir_base_url,client_id,key_file\nAlder,https://a.example.org/r4,c,a.pem\n");
    QVERIFY_STATUS(other.json({u"import"_s, other.path(u"keys"_s)}), 0);
    QVERIFY_STATUS(other.cli({u"show"_s, u"Alder"_s}), 0);
    QVERIFY_STATUS(other.json({u"import"_s, other.path(u"missing"_s)}), 4);
}

void TestCliHandover::keepsIdentities()
{
    CliSession other;
    QVERIFY_STATUS(other.createVault(), 0);
    QCOMPARE(other.json({u"identity"_s, u"list"_s}).json().array(), QJsonArray());
    const ProcessResult made = other.json({u"identity"_s, u"generate"_s, u"--label"_s, u"ward laptop"_s});
    QVERIFY_STATUS(made, 0);
    const QString recipient = made.json().object().value("recipient"_L1).toString();
    QVERIFY(recipient.startsWith(u"age1"_s));
    const QJsonArray list = other.json({u"identity"_s, u"list"_s}).json().array();
    QCOMPARE(list, QJsonArray{made.json().object()});
    QCOMPARE(list.first().toObject().value("label"_L1).toString(), u"ward laptop"_s);
    QVERIFY(QString::fromUtf8(other.cli({u"identity"_s, u"list"_s}).output).startsWith(recipient));

    // Sent by somebody who knows the recipient; opened without being asked for anything.
    const QString bundle = m_session.path(u"sent.credenza.age"_s);
    QVERIFY_STATUS(m_session.cli({u"export"_s, u"--format"_s, u"bundle"_s, u"--recipient"_s, recipient, u"--out"_s,
                                  bundle, u"Alder Creek"_s}),
                   0);
    QVERIFY_STATUS(other.json({u"import"_s, bundle}), 0);
    QVERIFY_STATUS(other.cli({u"show"_s, u"Alder Creek"_s}), 0);
    QVERIFY_STATUS(other.json({u"import"_s, m_bundle}), 3); // sent to others
    QVERIFY_STATUS(other.cli({u"bundle"_s, u"decrypt"_s, bundle}), 3);
    const ProcessResult opened = other.cli({u"bundle"_s, u"decrypt"_s, bundle, u"--vault-identities"_s});
    QVERIFY_STATUS(opened, 0);
    QVERIFY(opened.output.contains("\"credenza-bundle\""));

    // To a file for other programs, and back.
    const QString file = other.path(u"exported.txt"_s);
    const QStringList toFile{u"identity"_s, u"export"_s, recipient, u"--out"_s, file};
    QVERIFY_STATUS(other.json(toFile), 2);
    QVERIFY(!QFile::exists(file));
    QVERIFY_STATUS(other.json(toFile + QStringList{u"--allow-plaintext"_s}), 0);
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY_STATUS(other.json(toFile + QStringList{u"--allow-plaintext"_s}), 6); // never written over
    QVERIFY_STATUS(other.bare({u"bundle"_s, u"decrypt"_s, bundle, u"--identity"_s, file}), 0);
    QVERIFY_STATUS(other.json({u"identity"_s, u"add"_s, file}), 6);
    QVERIFY_STATUS(other.json({u"identity"_s, u"rm"_s, recipient}), 0);
    QVERIFY_STATUS(other.json({u"identity"_s, u"rm"_s, recipient}), 4);
    QVERIFY_STATUS(other.cli({u"bundle"_s, u"decrypt"_s, bundle, u"--vault-identities"_s}), 3);
    QVERIFY_STATUS(other.json({u"identity"_s, u"add"_s, file, u"--label"_s, u"back again"_s}), 0);
    QVERIFY_STATUS(other.cli({u"bundle"_s, u"decrypt"_s, bundle, u"--vault-identities"_s}), 0);
    QVERIFY_STATUS(other.json({u"identity"_s, u"add"_s, other.write(u"nonsense"_s, "hello")}), 2);
    QVERIFY_STATUS(other.cli({u"vault"_s, u"check"_s}), 0);
    const QByteArray secret = contentsOf(file).trimmed().split('\n').last();
    QVERIFY(secret.startsWith("AGE-SECRET-KEY-1"));
    QVERIFY(!other.transcript().contains(secret));
}

void TestCliHandover::tellsTheActivityLog()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    QVERIFY_STATUS(session.json({u"import"_s, m_bundle, u"--identity"_s, m_identityFile}), 0);
    const auto exported = [&](const QString &format, const QString &consent) {
        return session.cli({u"export"_s, u"--format"_s, format, consent, u"--out"_s, session.path(u"out-"_s + format),
                            u"Alder Creek"_s});
    };
    QVERIFY_STATUS(exported(u"vault-kv"_s, u"--allow-plaintext"_s), 0);
    QVERIFY_STATUS(exported(u"dotenv"_s, u"--without-private-keys"_s), 0);
    QVERIFY_STATUS(exported(u"jwks"_s, u"--allow-plaintext"_s), 0);
    QStringList details;
    for (const QJsonValue &entry : session.json({u"activity"_s, u"--credential"_s, u"Alder Creek"_s}).json().array())
        details << entry.toObject().value("action"_L1).toString() + u": "_s +
                       entry.toObject().value("detail"_L1).toString();
    QCOMPARE(details, QStringList({u"credential.created: imported from both.credenza.age"_s,
                                   u"credential.exported: vault-kv, private key in the open"_s,
                                   u"credential.exported: dotenv, without private key"_s,
                                   u"credential.exported: jwks, public key"_s}));
}

void TestCliHandover::decryptsAnyAgeFile()
{
    REQUIRE_SHARED_DATA("age-testkit/vectors/stream_no_final_two_chunks_full");
    const auto run = [&](const QString &name, const QByteArray &input = {}) {
        QByteArray text = contentsOf(sharedData(u"age-testkit/vectors/"_s + name));
        const qsizetype head = text.indexOf("\n\n");
        QByteArray file = text.sliced(head + 2);
        if (text.first(head).contains("compressed: zlib"))
            file = qUncompress(QByteArray::fromHex("00100000") + file);
        const QByteArray secret = text.sliced(text.indexOf("identity: ") + 10, 74);
        const QString path = m_session.write(u"vector.age"_s, file);
        return m_session.bare({u"bundle"_s, u"decrypt"_s, input.isEmpty() ? path : u"-"_s, u"--identity"_s,
                               m_session.write(u"vector.identity"_s, secret)},
                              input.isEmpty() ? input : file);
    };
    QVERIFY_STATUS(run(u"x25519_grease"_s), 0);
    QCOMPARE(run(u"x25519_grease"_s, "x").output, QByteArray("age"));
    const ProcessResult cut = run(u"stream_no_final_two_chunks_full"_s);
    QVERIFY_STATUS(cut, 5);
    QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(cut.output, QCryptographicHash::Sha256).toHex().first(8)),
             u"f6dd6ced"_s);
    QVERIFY_STATUS(run(u"armor_garbage_leading"_s), 5);
    QVERIFY_STATUS(run(u"x25519_bad_tag"_s), 3);
}

void TestCliHandover::tellsFailuresApart()
{
    const QStringList decrypt{u"bundle"_s, u"decrypt"_s};
    QVERIFY_STATUS(m_session.bare(decrypt + QStringList{m_session.write(u"text"_s, "hello"),
                                                        u"--bundle-passphrase-file"_s, m_passphraseFile}),
                   5);
    const QString byPassphrase = m_session.write(u"pass.age"_s, quicklyEncrypted("hello", "another pass phrase"));
    QVERIFY_STATUS(m_session.bare(decrypt + QStringList{m_bundle}), 3);
    QVERIFY_STATUS(m_session.bare(decrypt + QStringList{byPassphrase}), 3);
    QVERIFY_STATUS(m_session.bare(decrypt + QStringList{byPassphrase, u"--bundle-passphrase-file"_s,
                                                        m_session.write(u"wrong"_s, "wrong\n")}),
                   3);
    const ProcessResult right =
        m_session.bare(decrypt + QStringList{byPassphrase, u"--bundle-passphrase-file"_s, m_passphraseFile});
    QVERIFY_STATUS(right, 0);
    QCOMPARE(right.output, QByteArray("hello"));
    QVERIFY_STATUS(m_session.bare(decrypt + QStringList{m_session.path(u"missing"_s)}), 4);
    QVERIFY_STATUS(
        m_session.bare(decrypt + QStringList{m_bundle, u"--identity"_s, m_session.write(u"text"_s, "hello")}), 2);
    const ProcessResult good = m_session.bare(decrypt + QStringList{m_bundle, u"--identity"_s, m_identityFile});
    QVERIFY_STATUS(good, 0);
    QCOMPARE(QJsonDocument::fromJson(good.output).object().value("credentials"_L1).toArray().size(), 2);
}

void TestCliHandover::printsNoSecrets()
{
    CliSession session;
    const TestKey key = makeTestKey();
    QVERIFY_STATUS(session.createVault(), 0);
    QVERIFY_STATUS(session.cli(session.addArguments(u"Alder"_s, session.write(u"key.pem"_s, key.pem))), 0);
    QVERIFY_STATUS(session.json({u"export"_s, u"--format"_s, u"nexla"_s, u"--allow-plaintext"_s, u"--out"_s,
                                 session.path(u"nexla.json"_s), u"Alder"_s}),
                   0);
    const QByteArray body = contentsOf(session.path(u"nexla.json"_s));
    QVERIFY_STATUS(session.cli({u"import"_s, session.path(u"nexla.json"_s), u"--on-conflict"_s, u"copy"_s}), 0);
    session.cli({u"import"_s, session.write(u"half.json"_s, body.first(body.size() / 2))});
    for (const QByteArray &secret : secretsOf(session, key))
        QVERIFY(!session.transcript().contains(secret));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliHandover)
#include "tst_cli_handover.moc"
