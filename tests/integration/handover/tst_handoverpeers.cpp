// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"
#include "tests/integration/cli/CliSession.h"
#include "tests/support/ResultMacros.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

#define REQUIRE_PROGRAM(name)                                                                                          \
    do {                                                                                                               \
        if (QStandardPaths::findExecutable(QStringLiteral(name)).isEmpty())                                            \
            QSKIP("the program " name " is not installed");                                                            \
    } while (false)

namespace credenza::test
{

namespace
{

/// Runs a program of others; its standard output, or nothing if it did not end with 0.
std::optional<QByteArray> peer(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qInfo("%s: %s", qPrintable(program), process.readAllStandardError().constData());
        return std::nullopt;
    }
    return process.readAllStandardOutput();
}

/// Runs a program that asks for a passphrase on its terminal, and answers each question with it.
bool peerOnTerminal(const QStringList &command, const QByteArray &passphrase, int questions)
{
    std::vector<QByteArray> texts;
    for (const QString &word : command)
        texts.push_back(word.toUtf8());
    std::vector<char *> pointers;
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    int terminal = -1;
    const pid_t process = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (process == 0) {
        ::execvp(pointers.front(), pointers.data());
        ::_exit(127);
    }
    QByteArray seen;
    for (;;) {
        pollfd source{terminal, POLLIN, 0};
        std::array<char, 4096> buffer{};
        const ssize_t got = ::poll(&source, 1, 60'000) > 0 ? ::read(terminal, buffer.data(), buffer.size()) : -1;
        if (got <= 0)
            break;
        seen.append(buffer.data(), got);
        if (questions > 0 && seen.contains(": ")) {
            --questions;
            seen.clear();
            const QByteArray line = passphrase + '\n';
            if (::write(terminal, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
                break;
        }
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    ::close(terminal);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The programs of consume.mjs, where they are installed.
bool hasNodePeers()
{
    return !QStandardPaths::findExecutable(u"node"_s).isEmpty() &&
           QFile::exists(QStringLiteral(CREDENZA_SOURCE_DIR "/tests/integration/handover/node_modules/jose"));
}

std::optional<QByteArray> nodePeer(const QStringList &arguments)
{
    return peer(u"node"_s,
                QStringList{QStringLiteral(CREDENZA_SOURCE_DIR "/tests/integration/handover/consume.mjs")} + arguments);
}

#define REQUIRE_NODE_PEERS()                                                                                           \
    do {                                                                                                               \
        if (!hasNodePeers())                                                                                           \
            QSKIP("npm ci in tests/integration/handover was not run (packaging/test does it)");                        \
    } while (false)

} // namespace

/// What we hand over, taken by the programs it is for; and what they write, read by us.
class TestHandoverPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ageOpensOurBundles();
    void ageOpensOurFiles_data();
    void ageOpensOurFiles();
    void weOpenWhatAgeWrites_data();
    void weOpenWhatAgeWrites();
    void keePassXcTakesTheXml();
    void joseSignsWithTheKeySet();
    void yamlParserReadsTheSecrets();
    void shellReadsTheDotenv();
    void tomlParserReadsTheConfiguration();
    void nodeReadsTheDotenv();
    void nodeSignsWithTheKeySet();
    void bulkDataClientTakesItsConfiguration();
    void opensslReadsThePem();

private:
    QString exported(const QString &format, const QString &name, const QStringList &more = {});

    CliSession m_session;
    TestKey m_rsa;
    TestKey m_ec;
};

void TestHandoverPeers::initTestCase()
{
    m_rsa = makeTestKey();
    m_ec = makeTestKey(KeyType::Ec);
    QVERIFY_STATUS(m_session.createVault(), 0);
    QVERIFY_STATUS(m_session.cli(m_session.addArguments(u"Alder Creek"_s, m_session.write(u"rsa.pem"_s, m_rsa.pem))),
                   0);
    QStringList second = m_session.addArguments(u"Cédar & \"Söhne\""_s, m_session.write(u"ec.pem"_s, m_ec.pem));
    second += {u"--description"_s, u"it's $5: #1 \\ <x>"_s};
    QVERIFY_STATUS(m_session.cli(second), 0);
    m_session.write(u"bundle-passphrase"_s, "pass phrase of the bundle\n");
}

QString TestHandoverPeers::exported(const QString &format, const QString &name, const QStringList &more)
{
    const QString path = m_session.path(name);
    const ProcessResult result =
        m_session.cli(QStringList{u"export"_s, u"--format"_s, format, u"--out"_s, path, u"--allow-plaintext"_s} + more);
    if (result.exitCode != 0)
        qInfo("%s", result.errors.constData());
    return path;
}

void TestHandoverPeers::ageOpensOurBundles()
{
    REQUIRE_PROGRAM("age");
    REQUIRE_PROGRAM("age-keygen");
    const QString identity = m_session.path(u"identity.txt"_s);
    QVERIFY(peer(u"age-keygen"_s, {u"-o"_s, identity}));
    const QString recipient = QString::fromLatin1(*peer(u"age-keygen"_s, {u"-y"_s, identity})).trimmed();
    const QString byKey = exported(u"bundle"_s, u"key.credenza.age"_s, {u"--recipient"_s, recipient, u"--all"_s});
    const auto opened = peer(u"age"_s, {u"-d"_s, u"-i"_s, identity, byKey});
    QVERIFY(opened);
    QVERIFY(opened->contains("\"credenza-bundle\"") && opened->contains("Cédar & \\\"Söhne\\\""));
    const ProcessResult ours = m_session.bare({u"bundle"_s, u"decrypt"_s, byKey, u"--identity"_s, identity});
    QVERIFY_STATUS(ours, 0);
    QCOMPARE(ours.output, *opened);

    const QString byPassphrase =
        exported(u"bundle"_s, u"pass.credenza.age"_s,
                 {u"--bundle-passphrase-file"_s, m_session.path(u"bundle-passphrase"_s), u"--all"_s});
    const QString plain = m_session.path(u"plain.json"_s);
    QVERIFY(peerOnTerminal({u"age"_s, u"-d"_s, u"-o"_s, plain, byPassphrase}, "pass phrase of the bundle", 1));
    QVERIFY(contentsOf(plain).contains("\"credenza-bundle\""));
    QVERIFY(QFile::remove(plain));
}

void TestHandoverPeers::ageOpensOurFiles_data()
{
    QTest::addColumn<bool>("isArmored");
    QTest::addColumn<bool>("isForPassphrase");
    QTest::addColumn<int>("size");
    for (const int size : {0, 100, 65536, 200000}) {
        QTest::addRow("binary, recipient, %d bytes", size) << false << false << size;
        QTest::addRow("armored, recipient, %d bytes", size) << true << false << size;
        QTest::addRow("binary, passphrase, %d bytes", size) << false << true << size;
        QTest::addRow("armored, passphrase, %d bytes", size) << true << true << size;
    }
}

void TestHandoverPeers::ageOpensOurFiles()
{
    REQUIRE_PROGRAM("age");
    QFETCH(bool, isArmored);
    QFETCH(bool, isForPassphrase);
    QFETCH(int, size);
    SystemRandom random;
    const AgeIdentity identity = AgeIdentity::generate(random);
    AgeTarget target;
    target.workFactor = 10; // quick; 18 is tried with the bundle
    if (isForPassphrase)
        target.passphrase = SecretBytes::copyOf(QByteArrayView("pass phrase of the bundle"));
    else
        target.recipients = {AgeIdentity::generate(random).recipient(), identity.recipient()};
    const QByteArray content(size, 'x');
    const auto file =
        encryptAge(std::as_bytes(std::span(content.constData(), static_cast<std::size_t>(content.size()))), target,
                   isArmored ? AgeForm::Armored : AgeForm::Binary, random);
    QVERIFY_RESULT(file);
    const QString ours = m_session.write(u"ours.age"_s, *file);
    const QString plain = m_session.path(u"plain"_s);
    QFile::remove(plain);
    if (isForPassphrase)
        QVERIFY(peerOnTerminal({u"age"_s, u"-d"_s, u"-o"_s, plain, ours}, "pass phrase of the bundle", 1));
    else
        QVERIFY(peer(u"age"_s, {u"-d"_s, u"-i"_s, m_session.write(u"identity"_s, identity.text().charView()), u"-o"_s,
                                plain, ours}));
    QVERIFY(contentsOf(plain) == content);
}

void TestHandoverPeers::weOpenWhatAgeWrites_data()
{
    QTest::addColumn<bool>("isArmored");
    QTest::addColumn<int>("size");
    QTest::newRow("binary") << false << 100;
    QTest::newRow("armored") << true << 100;
    QTest::newRow("binary, two chunks") << false << 131072;
    QTest::newRow("armored, many chunks") << true << 300001;
}

void TestHandoverPeers::weOpenWhatAgeWrites()
{
    REQUIRE_PROGRAM("age");
    QFETCH(bool, isArmored);
    QFETCH(int, size);
    const QByteArray content(size, 'x');
    const QString plain = m_session.write(u"content"_s, content);
    const QString file = m_session.path(u"theirs.age"_s);
    QStringList arguments{u"-o"_s, file, plain};
    if (isArmored)
        arguments.prepend(u"-a"_s);
    SystemRandom random;
    const AgeIdentity identity = AgeIdentity::generate(random);
    const QString identityFile = m_session.write(u"identity"_s, identity.text().charView());
    QVERIFY(peer(u"age"_s, QStringList{u"-r"_s, identity.recipient().text()} + arguments));
    const ProcessResult byKey = m_session.bare({u"bundle"_s, u"decrypt"_s, file, u"--identity"_s, identityFile});
    QVERIFY_STATUS(byKey, 0);
    QVERIFY(byKey.output == content);
    if (size > 100)
        return; // the passphrase takes a second
    QVERIFY(peerOnTerminal(QStringList{u"age"_s, u"-p"_s} + arguments, "pass phrase of the bundle", 2));
    const ProcessResult byPassphrase = m_session.bare(
        {u"bundle"_s, u"decrypt"_s, file, u"--bundle-passphrase-file"_s, m_session.path(u"bundle-passphrase"_s)});
    QVERIFY_STATUS(byPassphrase, 0);
    QVERIFY(byPassphrase.output == content);
}

void TestHandoverPeers::keePassXcTakesTheXml()
{
    REQUIRE_PROGRAM("keepassxc-cli");
    const QString xml = exported(u"keepass"_s, u"in.xml"_s, {u"--all"_s});
    const QString database = m_session.path(u"out.kdbx"_s);
    QVERIFY(peer(u"keepassxc-cli"_s, {u"import"_s, u"-p"_s, xml, database}, "one two\none two\n"));
    for (const auto &[name, key] : {std::pair{u"Alder Creek"_s, m_rsa}, std::pair{u"Cédar & \"Söhne\""_s, m_ec}}) {
        const auto shown =
            peer(u"keepassxc-cli"_s,
                 {u"show"_s, u"-s"_s, u"-a"_s, u"Private Key (PEM)"_s, u"-a"_s, u"Notes"_s, database, u"/"_s + name},
                 "one two\n");
        QVERIFY2(shown, qPrintable(name));
        QVERIFY(shown->contains(key.pem.trimmed()));
        QVERIFY(key.pem == m_rsa.pem || shown->contains("it's $5: #1 \\ <x>"));
    }
}

void TestHandoverPeers::joseSignsWithTheKeySet()
{
    REQUIRE_PROGRAM("jose");
    exported(u"smart-fetch"_s, u"fetch.toml"_s, {u"Alder Creek"_s});
    const QString privateSet = m_session.path(u"fetch.jwks"_s);
    const QString publicSet = exported(u"jwks"_s, u"public.json"_s, {u"Alder Creek"_s});
    const auto jws = peer(
        u"jose"_s,
        {u"jws"_s, u"sig"_s, u"-I"_s, u"-"_s, u"-k"_s, privateSet, u"-s"_s, u"{\"protected\":{\"alg\":\"RS384\"}}"_s},
        "what is signed");
    QVERIFY(jws);
    QVERIFY(peer(u"jose"_s, {u"jws"_s, u"ver"_s, u"-i"_s, u"-"_s, u"-k"_s, publicSet}, *jws));
    const QString otherSet = exported(u"jwks"_s, u"other.json"_s, {u"Cédar & \"Söhne\""_s});
    QVERIFY(!peer(u"jose"_s, {u"jws"_s, u"ver"_s, u"-i"_s, u"-"_s, u"-k"_s, otherSet}, *jws));
}

void TestHandoverPeers::yamlParserReadsTheSecrets()
{
    REQUIRE_PROGRAM("python3");
    if (!peer(u"python3"_s, {u"-c"_s, u"import yaml"_s}))
        QSKIP("python3-yaml is not installed");
    const QString yaml =
        exported(u"kubernetes"_s, u"secrets.yaml"_s, {u"--all"_s, u"--namespace"_s, u"data-pipelines"_s});
    const auto json = peer(
        u"python3"_s,
        {u"-c"_s, u"import sys,json,yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))"_s, yaml});
    QVERIFY(json);
    const QJsonArray secrets = QJsonDocument::fromJson(*json).array();
    QCOMPARE(secrets.size(), 2);
    QCOMPARE(secrets[0].toObject().value("kind"_L1).toString(), u"Secret"_s);
    QCOMPARE(secrets[0].toObject().value("metadata"_L1).toObject().value("namespace"_L1).toString(),
             u"data-pipelines"_s);
    const QJsonObject data = secrets[0].toObject().value("stringData"_L1).toObject();
    QCOMPARE(data.value("private-key.pem"_L1).toString().toUtf8(), m_rsa.pem);
    QCOMPARE(data.value("client-id"_L1).toString(), u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s);
    for (const QJsonValue &value : data)
        QVERIFY(value.isString()); // stringData takes nothing else
}

void TestHandoverPeers::shellReadsTheDotenv()
{
    const QString file = exported(u"dotenv"_s, u"epic.env"_s, {u"Alder Creek"_s});
    const auto shown =
        peer(u"sh"_s, {u"-c"_s, u"set -a; . \"$1\"; printf %s \"$EPIC_PRIVATE_KEY_B64\" | base64 -d"_s, u"sh"_s, file});
    QVERIFY(shown);
    QCOMPARE(*shown, m_rsa.pem);
}

void TestHandoverPeers::tomlParserReadsTheConfiguration()
{
    REQUIRE_PROGRAM("python3");
    if (!peer(u"python3"_s, {u"-c"_s, u"import tomllib"_s}))
        QSKIP("this Python has no TOML parser");
    const QString toml = exported(u"smart-fetch"_s, u"cedar.toml"_s, {u"Cédar & \"Söhne\""_s});
    const auto text =
        peer(u"python3"_s,
             {u"-c"_s, u"import sys,json,tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], 'rb'))))"_s, toml});
    QVERIFY(text);
    const QJsonObject read = QJsonDocument::fromJson(*text).object();
    QCOMPARE(read.keys(), QStringList({u"fhir-url"_s, u"smart-client-id"_s, u"smart-key"_s,
                                       u"token-url"_s})); // all flags of the tool
    QCOMPARE(read.value("smart-client-id"_L1).toString(), u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s);
    const QByteArray set = read.value("smart-key"_L1).toString().toUtf8();
    QCOMPARE(QJsonDocument::fromJson(set).object(),
             QJsonDocument::fromJson(contentsOf(m_session.path(u"cedar.jwks"_s))).object());
}

void TestHandoverPeers::nodeReadsTheDotenv()
{
    REQUIRE_NODE_PEERS();
    const QString file = exported(u"dotenv"_s, u"both.env"_s, {u"--all"_s});
    const auto shown = nodePeer({u"dotenv"_s, file});
    QVERIFY(shown);
    const QJsonObject values = QJsonDocument::fromJson(*shown).object();
    // Both credentials are for Epic: each has its name in front.
    for (const auto &[name, key] :
         {std::pair{u"EPIC_ALDER_CREEK_"_s, m_rsa}, std::pair{u"EPIC_CEDAR_SOHNE_"_s, m_ec}}) {
        QCOMPARE(values.value(name + u"PRIVATE_KEY"_s).toString().toUtf8(), key.pem);
        QCOMPARE(QByteArray::fromBase64(values.value(name + u"PRIVATE_KEY_B64"_s).toString().toLatin1()), key.pem);
        QCOMPARE(values.value(name + u"CLIENT_ID"_s).toString(), u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s);
    }
}

void TestHandoverPeers::nodeSignsWithTheKeySet()
{
    REQUIRE_NODE_PEERS();
    const QString keys = exported(u"jwks"_s, u"all.json"_s, {u"--all"_s});
    for (const QString &name : {u"Alder Creek"_s, u"Cédar & \"Söhne\""_s}) {
        exported(u"smart-fetch"_s, u"signing.toml"_s, {name});
        QVERIFY2(nodePeer({u"jwks"_s, m_session.path(u"signing.jwks"_s), keys}), qPrintable(name));
    }
    // The other one's public key is none for this signature.
    const QString other = exported(u"jwks"_s, u"alder.json"_s, {u"Alder Creek"_s});
    QVERIFY(!nodePeer({u"jwks"_s, m_session.path(u"signing.jwks"_s), other}));
}

void TestHandoverPeers::bulkDataClientTakesItsConfiguration()
{
    REQUIRE_NODE_PEERS();
    const QString keys = exported(u"jwks"_s, u"all.json"_s, {u"--all"_s});
    for (const QString &name : {u"Alder Creek"_s, u"Cédar & \"Söhne\""_s}) {
        const QString config = exported(u"bulk-data-client"_s, u"config.json"_s, {name});
        QVERIFY2(nodePeer({u"bulk-data-client"_s, config, keys}), qPrintable(name));
    }
}

void TestHandoverPeers::opensslReadsThePem()
{
    REQUIRE_PROGRAM("openssl");
    exported(u"bruno"_s, u"epic.bru"_s, {u"Alder Creek"_s, u"--key-format"_s, u"pkcs1"_s});
    const QByteArray pem = contentsOf(m_session.path(u"epic.private-key.pem"_s));
    QVERIFY(pem.startsWith("-----BEGIN RSA PRIVATE KEY-----"));
    QVERIFY(peer(u"openssl"_s, {u"pkey"_s, u"-noout"_s, u"-check"_s}, pem));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestHandoverPeers)
#include "tst_handoverpeers.moc"
