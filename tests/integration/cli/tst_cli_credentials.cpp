// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"
#include "tests/integration/cli/CliSession.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// `validate`, `add`, `list`, `show`, `edit`, `rm`.
class TestCliCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void validates_data();
    void validates();
    void validatesForPeople();
    void refusesToAdd_data();
    void refusesToAdd();
    void addsFromOptions();
    void addsFromFile_data();
    void addsFromFile();
    void addsEncryptedKey();
    void optionBeatsFile();
    void refusesATakenName();
    void listsWithFilter_data();
    void listsWithFilter();
    void findsByNameOrId();
    void editsOnlyWhatIsGiven();
    void editsFromFile();
    void replacesTheKey();
    void writesIdenticalContentNotAgain();
    void clearsByEmptyValue();
    void keepsNotesFavoritesAndExpiry();
    void refusesWhatIsNoDate();
    void removes();
    void removesTerminalControls();
    void leaksNothing();

private:
    [[nodiscard]] QJsonObject shown(const QString &name);
    [[nodiscard]] QByteArray draftJson(const QJsonObject &changes = {}) const;

    TestKey m_key;
    std::unique_ptr<CliSession> m_session;
    QString m_keyFile;
};

void TestCliCredentials::initTestCase()
{
    m_key = makeTestKey();
}

void TestCliCredentials::init()
{
    m_session = std::make_unique<CliSession>();
    m_keyFile = m_session->write(u"key.pem"_s, m_key.pem);
    QVERIFY_STATUS(m_session->createVault(), 0);
}

QJsonObject TestCliCredentials::shown(const QString &name)
{
    return m_session->json({u"show"_s, name}).json().object();
}

QByteArray TestCliCredentials::draftJson(const QJsonObject &changes) const
{
    QJsonObject json{{u"name"_s, u"From file"_s},
                     {u"fhirBaseUrl"_s, u"https://ehr.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s},
                     {u"clientId"_s, u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s},
                     {u"privateKey"_s, QString::fromLatin1(m_key.pem)}};
    for (auto member = changes.begin(); member != changes.end(); ++member)
        json.insert(member.key(), member.value());
    return QJsonDocument(json).toJson();
}

void TestCliCredentials::validates_data()
{
    QTest::addColumn<QStringList>("changes");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("status");
    QTest::newRow("all right") << QStringList{} << u"name"_s << u"ok"_s << 0;
    QTest::newRow("trailing /metadata") << QStringList{u"--base-url"_s,
                                                       u"https://ehr.example.org/api/FHIR/R4/metadata"_s}
                                        << u"fhirBaseUrl"_s << u"warning"_s << 0;
    QTest::newRow("token URL") << QStringList{u"--base-url"_s, u"https://ehr.example.org/oauth2/token"_s}
                               << u"fhirBaseUrl"_s << u"error"_s << 2;
    QTest::newRow("http") << QStringList{u"--base-url"_s, u"http://ehr.example.org/api/FHIR/R4"_s} << u"fhirBaseUrl"_s
                          << u"error"_s << 2;
    QTest::newRow("no name") << QStringList{u"--name"_s, u""_s} << u"name"_s << u"error"_s << 2;
    QTest::newRow("no name, with =") << QStringList{u"--name="_s} << u"name"_s << u"error"_s << 2;
    QTest::newRow("no client ID") << QStringList{u"--client-id"_s, u" "_s} << u"clientId"_s << u"error"_s << 2;
    QTest::newRow("unknown algorithm") << QStringList{u"--algorithm"_s, u"HS256"_s} << u"algorithm"_s << u"error"_s
                                       << 2;
    QTest::newRow("algorithm of another key")
        << QStringList{u"--algorithm"_s, u"ES384"_s} << u"algorithm"_s << u"error"_s << 2;
    QTest::newRow("unknown connector") << QStringList{u"--connector"_s, u"nobody"_s} << u"connector"_s << u"error"_s
                                       << 2;
}

void TestCliCredentials::validates()
{
    QFETCH(QStringList, changes);
    QFETCH(QString, field);
    QFETCH(QString, state);
    QFETCH(int, status);
    QStringList arguments = m_session->addArguments(u"Clinic"_s, m_keyFile);
    arguments.first() = u"validate"_s;
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const QString option = changes.at(i).section(u'=', 0, 0);
        const qsizetype present = arguments.indexOf(option);
        if (present >= 0)
            arguments.remove(present, 2);
    }
    const ProcessResult result = m_session->bare(arguments + changes + QStringList{u"--json"_s});
    QVERIFY_STATUS(result, status);
    const QJsonObject json = result.json().object();
    QCOMPARE(json.value("valid"_L1).toBool(), status == 0);
    const QJsonObject finding = json.value("fields"_L1).toObject().value(field).toObject();
    QCOMPARE(finding.value("state"_L1).toString(), state);
    if (state != u"ok")
        QVERIFY(!finding.value("code"_L1).toString().isEmpty() && !finding.value("message"_L1).toString().isEmpty());
}

void TestCliCredentials::validatesForPeople()
{
    const ProcessResult result = m_session->bare({u"validate"_s, u"--base-url"_s, u"nonsense"_s});
    QVERIFY_STATUS(result, 2);
    QVERIFY(result.output.contains("error    fhirBaseUrl"));
    QVERIFY(result.output.contains("error    privateKey"));
}

void TestCliCredentials::refusesToAdd_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("codeStart");
    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto certificates = makeLoopbackCertificates(std::chrono::days(10), clock, random);
    QVERIFY_RESULT(certificates);
    QTest::newRow("certificate") << certificates->server.pem << u"key."_s;
    QTest::newRow("nothing") << QByteArray() << u"key."_s;
    QTest::newRow("text") << QByteArray("not a key") << u"key."_s;
    QTest::newRow("half") << m_key.pem.first(m_key.pem.size() / 2) << u"key."_s;
}

void TestCliCredentials::refusesToAdd()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, codeStart);
    const QString file = m_session->write(u"wrong.pem"_s, key);
    const ProcessResult result = m_session->json(m_session->addArguments(u"Clinic"_s, file));
    QVERIFY_STATUS(result, 2);
    const QJsonObject error = errorOf(result);
    QVERIFY2(error.value("code"_L1).toString().startsWith(codeStart), result.errors.constData());
    QVERIFY(error.value("message"_L1).toString().contains("privateKey"_L1));
    QVERIFY(!error.value("hint"_L1).toString().isEmpty());
    QCOMPARE(m_session->json({u"list"_s}).json().array().size(), 0);
}

void TestCliCredentials::addsFromOptions()
{
    const QStringList more{
        u"--description"_s,         u"Nightly export"_s, u"--scope"_s, u"system/Patient.rs"_s, u"--scope"_s,
        u"system/Observation.rs"_s, u"--tag"_s,          u"prod"_s,    u"--key-id"_s,          u"key-1"_s};
    const ProcessResult result = m_session->json(m_session->addArguments(u"Clinic"_s, m_keyFile) + more);
    QVERIFY_STATUS(result, 0);
    const QJsonObject card = result.json().object();
    QCOMPARE(card.value("name"_L1).toString(), u"Clinic"_s);
    QCOMPARE(card.value("connector"_L1).toString(), u"epic-ehr"_s);
    QCOMPARE(card.value("environment"_L1).toString(), u"production"_s);
    QCOMPARE(card.value("algorithm"_L1).toString(), u"RS384"_s);
    QCOMPARE(card.value("scopes"_L1).toArray(), (QJsonArray{u"system/Patient.rs"_s, u"system/Observation.rs"_s}));
    QCOMPARE(card.value("key"_L1).toObject().value("thumbprint"_L1).toString(), m_key.thumbprint);
    QCOMPARE(card.value("key"_L1).toObject().value("origin"_L1).toString(), u"file:key.pem"_s);
    QCOMPARE(card.value("revision"_L1).toInt(), 1);
    QCOMPARE(shown(u"Clinic"_s), card);
}

void TestCliCredentials::addsFromFile_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("byStandardInput");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QByteArray crlf = m_key.pem;
    crlf.replace("\n", "\r\n");
    QByteArray literal = m_key.pem;
    literal.replace("\n", "\\n");
    QTest::newRow("file") << draftJson() << false << 0 << QString();
    QTest::newRow("standard input") << draftJson() << true << 0 << QString();
    QTest::newRow("CRLF key") << draftJson({{u"privateKey"_s, QString::fromLatin1(crlf)}}) << false << 0 << QString();
    QTest::newRow("key with literal line breaks")
        << draftJson({{u"privateKey"_s, QString::fromLatin1(literal)}}) << false << 0 << QString();
    QTest::newRow("not JSON") << QByteArray("name: Clinic") << false << 2 << u"draft.not-json"_s;
    QTest::newRow("an array") << QByteArray("[]") << true << 2 << u"draft.not-json"_s;
    QTest::newRow("misspelt member") << draftJson({{u"clientID"_s, u"x"_s}}) << false << 2 << u"draft.unknown-member"_s;
    QTest::newRow("wrong type") << draftJson({{u"scopes"_s, u"x"_s}}) << false << 2 << u"draft.wrong-type"_s;
}

void TestCliCredentials::addsFromFile()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, byStandardInput);
    QFETCH(int, status);
    QFETCH(QString, code);
    const QString file = byStandardInput ? u"-"_s : m_session->write(u"draft.json"_s, json);
    const ProcessResult result = m_session->json({u"add"_s, u"--from"_s, file}, byStandardInput ? json : QByteArray());
    QVERIFY_STATUS(result, status);
    if (status == 0)
        QCOMPARE(result.json().object().value("key"_L1).toObject().value("thumbprint"_L1).toString(), m_key.thumbprint);
    else
        QCOMPARE(errorOf(result).value("code"_L1).toString(), code);
}

void TestCliCredentials::addsEncryptedKey()
{
    if (!ProcessFixture::isBuilt(u"/usr/bin/openssl"_s))
        QSKIP("the openssl program makes the encrypted key, and is not installed");
    const QString password = m_session->write(u"key-password"_s, "k3y pässword \n");
    const ProcessResult encrypted =
        ProcessFixture(u"/usr/bin/openssl"_s)
            .run({u"pkcs8"_s, u"-topk8"_s, u"-v2"_s, u"aes-256-cbc"_s, u"-passout"_s, u"file:"_s + password},
                 m_key.pem);
    QVERIFY_STATUS(encrypted, 0);
    const QString file = m_session->write(u"encrypted.pem"_s, encrypted.output);
    QVERIFY_STATUS(m_session->json(m_session->addArguments(u"Clinic"_s, file)), 2);
    const ProcessResult inspected = m_session->bare({u"key"_s, u"inspect"_s, u"--json"_s, file});
    QCOMPARE(inspected.json().object().value("kind"_L1).toString(), u"encrypted-private-key"_s);
    const ProcessResult added =
        m_session->json(m_session->addArguments(u"Clinic"_s, file) + QStringList{u"--key-password-file"_s, password});
    QVERIFY_STATUS(added, 0);
    QVERIFY_STATUS(m_session->bare({u"key"_s, u"inspect"_s, file, u"--key-password-file"_s, password}), 0);
    QVERIFY_STATUS(m_session->bare({u"key"_s, u"inspect"_s, file, u"--key-password-file"_s, u"passphrase"_s}), 2);
    QVERIFY(!m_session->transcript().contains("k3y p"));
}

void TestCliCredentials::optionBeatsFile()
{
    const QString file = m_session->write(u"draft.json"_s, draftJson({{u"description"_s, u"from the file"_s}}));
    const ProcessResult result = m_session->json({u"add"_s, u"--from"_s, file, u"--name"_s, u"By option"_s});
    QVERIFY_STATUS(result, 0);
    QCOMPARE(result.json().object().value("name"_L1).toString(), u"By option"_s);
    QCOMPARE(result.json().object().value("description"_L1).toString(), u"from the file"_s);
}

void TestCliCredentials::refusesATakenName()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile)), 0);
    const ProcessResult again = m_session->json(m_session->addArguments(u"Clinic"_s, m_keyFile));
    QVERIFY_STATUS(again, 6);
    QCOMPARE(errorOf(again).value("code"_L1).toString(), u"vault.name-taken"_s);
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Other"_s, m_keyFile)), 0);
    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"Other"_s, u"--name"_s, u"Clinic"_s}), 6);
}

void TestCliCredentials::listsWithFilter_data()
{
    QTest::addColumn<QStringList>("filter");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("all") << QStringList{} << QStringList{u"Alpha"_s, u"Beta"_s};
    QTest::newRow("by name") << QStringList{u"--filter"_s, u"ALPH"_s} << QStringList{u"Alpha"_s};
    QTest::newRow("by tag text") << QStringList{u"--filter"_s, u"nigh"_s} << QStringList{u"Beta"_s};
    QTest::newRow("by host") << QStringList{u"--filter"_s, u"ehr.example.org"_s} << QStringList{u"Alpha"_s, u"Beta"_s};
    QTest::newRow("tag") << QStringList{u"--tag"_s, u"nightly"_s} << QStringList{u"Beta"_s};
    QTest::newRow("part of a tag") << QStringList{u"--tag"_s, u"night"_s} << QStringList{};
    QTest::newRow("both") << QStringList{u"--tag"_s, u"nightly"_s, u"--filter"_s, u"alpha"_s} << QStringList{};
}

void TestCliCredentials::listsWithFilter()
{
    QFETCH(QStringList, filter);
    QFETCH(QStringList, names);
    QVERIFY_STATUS(
        m_session->cli(m_session->addArguments(u"Beta"_s, m_keyFile) + QStringList{u"--tag"_s, u"nightly"_s}), 0);
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Alpha"_s, m_keyFile)), 0);
    const ProcessResult result = m_session->json(QStringList{u"list"_s} + filter);
    QVERIFY_STATUS(result, 0);
    QVERIFY(result.json().isArray());
    QStringList found;
    for (const QJsonValue &card : result.json().array())
        found.append(card.toObject().value("name"_L1).toString());
    QCOMPARE(found, names);
    const ProcessResult plain = m_session->cli(QStringList{u"list"_s} + filter);
    for (const QString &name : names)
        QVERIFY(plain.output.contains(name.toUtf8()));
}

void TestCliCredentials::findsByNameOrId()
{
    // Names that are also names of commands, or look like something else.
    for (const QString &name : {u"list"_s, u"vault"_s, u"[Prod] Clinic"_s, u"[a,b]"_s, u"Klinik Zürich 東京"_s}) {
        const ProcessResult added = m_session->json(m_session->addArguments(name, m_keyFile));
        QVERIFY_STATUS(added, 0);
        QCOMPARE(shown(name).value("name"_L1).toString(), name);
        QCOMPARE(shown(added.json().object().value("id"_L1).toString()).value("name"_L1).toString(), name);
    }
    const ProcessResult missing = m_session->json({u"show"_s, u"Nobody"_s});
    QVERIFY_STATUS(missing, 4);
    QCOMPARE(errorOf(missing).value("code"_L1).toString(), u"credential.not-found"_s);
}

void TestCliCredentials::editsOnlyWhatIsGiven()
{
    const ProcessResult added = m_session->json(m_session->addArguments(u"Clinic"_s, m_keyFile) +
                                                QStringList{u"--tag"_s, u"a"_s, u"--tag"_s, u"b"_s});
    const ProcessResult edited =
        m_session->json({u"edit"_s, u"Clinic"_s, u"--description"_s, u"Changed"_s, u"--tag"_s, u"c"_s});
    QVERIFY_STATUS(edited, 0);
    QJsonObject expected = added.json().object();
    expected.insert(u"description"_s, u"Changed"_s);
    expected.insert(u"tags"_s, QJsonArray{u"c"_s});
    expected.insert(u"revision"_s, 2);
    expected.insert(u"updatedAt"_s, edited.json().object().value("updatedAt"_L1));
    QCOMPARE(edited.json().object(), expected);
    QCOMPARE(shown(u"Clinic"_s), expected);
    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"Nobody"_s, u"--description"_s, u"x"_s}), 4);
    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"Clinic"_s, u"--base-url"_s, u"nonsense"_s}), 2);
}

void TestCliCredentials::editsFromFile()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile) +
                                  QStringList{u"--description"_s, u"Old"_s, u"--tag"_s, u"a"_s}),
                   0);
    const QString file = m_session->write(u"change.json"_s, R"({"description":"","keyId":"k2"})");
    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"Clinic"_s, u"--from"_s, file}), 0);
    const QJsonObject card = shown(u"Clinic"_s);
    QCOMPARE(card.value("description"_L1).toString(), QString());
    QCOMPARE(card.value("keyId"_L1).toString(), u"k2"_s);
    QCOMPARE(card.value("tags"_L1).toArray(), (QJsonArray{u"a"_s}));
}

void TestCliCredentials::replacesTheKey()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile)), 0);
    const TestKey other = makeTestKey(KeyType::Ec);
    const ProcessResult edited = m_session->json({u"edit"_s, u"Clinic"_s, u"--key"_s, u"-"_s}, other.pem);
    QVERIFY_STATUS(edited, 0);
    const QJsonObject card = edited.json().object();
    QCOMPARE(card.value("key"_L1).toObject().value("thumbprint"_L1).toString(), other.thumbprint);
    QCOMPARE(card.value("algorithm"_L1).toString(), u"ES384"_s);
    QVERIFY(
        m_session->cli({u"key"_s, u"show"_s, u"Clinic"_s, u"--public"_s, u"x509"_s}).output.startsWith("-----BEGIN"));
}

void TestCliCredentials::writesIdenticalContentNotAgain()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile)), 0);
    const QJsonObject before = shown(u"Clinic"_s);
    QFile file(m_session->vaultPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytesBefore = file.readAll();
    for (const QStringList &same :
         {QStringList{u"--name"_s, u"Clinic"_s}, QStringList{u"--key"_s, m_keyFile},
          QStringList{u"--client-id"_s, u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s, u"--description"_s, u""_s}}) {
        const ProcessResult edited = m_session->json(QStringList{u"edit"_s, u"Clinic"_s} + same);
        QVERIFY_STATUS(edited, 0);
        QCOMPARE(edited.json().object(), before);
    }
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), bytesBefore);
}

void TestCliCredentials::clearsByEmptyValue()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile) +
                                  QStringList{u"--description"_s, u"x"_s, u"--tag"_s, u"a"_s, u"--key-id"_s, u"k"_s}),
                   0);
    QVERIFY_STATUS(
        m_session->cli({u"edit"_s, u"Clinic"_s, u"--description="_s, u"--tag"_s, u""_s, u"--key-id"_s, u""_s}), 0);
    const QJsonObject card = shown(u"Clinic"_s);
    QCOMPARE(card.value("description"_L1).toString(), QString());
    QCOMPARE(card.value("tags"_L1).toArray(), QJsonArray());
    QVERIFY(!card.contains("keyId"_L1));
}

void TestCliCredentials::keepsNotesFavoritesAndExpiry()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile)), 0);
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Hospital"_s, m_keyFile) +
                                  QStringList{u"--note"_s, u"ask the change board"_s, u"--favourite"_s, u"--expires"_s,
                                              u"2027-03-31"_s}),
                   0);
    QJsonObject card = shown(u"Hospital"_s);
    QCOMPARE(card.value("notes"_L1).toString(), u"ask the change board"_s);
    QVERIFY(card.value("favorite"_L1).toBool());
    QVERIFY(card.value("keyExpiresAt"_L1).toString().startsWith(u"2027-03-31"_s));
    const auto names = [this](const QStringList &filter) {
        QStringList list;
        for (const QJsonValue &found : m_session->json(QStringList{u"list"_s} + filter).json().array())
            list << found["name"_L1].toString();
        return list;
    };
    QCOMPARE(names({u"--favorite"_s}), QStringList{u"Hospital"_s});
    QCOMPARE(names({u"--filter"_s, u"change board"_s}), QStringList{u"Hospital"_s});
    QCOMPARE(names({u"--expiring"_s, u"100000"_s}), QStringList{u"Hospital"_s});
    QCOMPARE(names({u"--expiring"_s, u"0"_s}),
             QDate::currentDate() >= QDate(2027, 3, 31) ? QStringList{u"Hospital"_s} : QStringList());
    const QByteArray details = m_session->cli({u"show"_s, u"Hospital"_s}).output;
    for (const char *said : {"ask the change board", "2027-03-31", "Favorite"})
        QVERIFY2(details.contains(said), details.constData());
    // What is not given stays; what is given can be taken away.
    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"Hospital"_s, u"--description"_s, u"x"_s}), 0);
    QVERIFY(shown(u"Hospital"_s).contains("notes"_L1));
    QVERIFY_STATUS(
        m_session->cli({u"edit"_s, u"Hospital"_s, u"--note"_s, u""_s, u"--no-favorite"_s, u"--expires"_s, u"never"_s}),
        0);
    card = shown(u"Hospital"_s);
    QVERIFY(!card.contains("notes"_L1));
    QVERIFY(!card.contains("favorite"_L1));
    QVERIFY(!card.contains("keyExpiresAt"_L1));
}

void TestCliCredentials::refusesWhatIsNoDate()
{
    const ProcessResult refused =
        m_session->json(m_session->addArguments(u"Clinic"_s, m_keyFile) + QStringList{u"--expires"_s, u"31.03.2027"_s});
    QVERIFY_STATUS(refused, 2);
    QCOMPARE(errorOf(refused).value("code"_L1).toString(), u"keyExpiry.malformed"_s);
}

void TestCliCredentials::removes()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile)), 0);
    QVERIFY_STATUS(m_session->cli({u"rm"_s, u"Clinic"_s}), 0);
    QVERIFY_STATUS(m_session->cli({u"rm"_s, u"Clinic"_s}), 4);
    QCOMPARE(m_session->json({u"list"_s}).json().array().size(), 0);
    QVERIFY_STATUS(m_session->cli({u"vault"_s, u"check"_s}), 0);
}

void TestCliCredentials::removesTerminalControls()
{
    const QString description = u"red \x1b[31malert\x1b[0m\x07 \u202Etxt.exe"_s;
    const QString file = m_session->write(u"draft.json"_s, draftJson({{u"description"_s, description}}));
    const ProcessResult added = m_session->cli({u"add"_s, u"--from"_s, file});
    if (added.exitCode == 0)
        QVERIFY_STATUS(m_session->cli({u"show"_s, u"From file"_s}), 0);
    QVERIFY(!m_session->transcript().contains('\x1b'));
    QVERIFY(!m_session->transcript().contains('\x07'));
    QVERIFY(!m_session->transcript().contains("\u202E"));
}

void TestCliCredentials::leaksNothing()
{
    QVERIFY_STATUS(m_session->cli(m_session->addArguments(u"Clinic"_s, m_keyFile) + QStringList{u"--verbose"_s}), 0);
    const QString file = m_session->write(u"draft.json"_s, draftJson());
    for (const QStringList &arguments :
         {QStringList{u"add"_s, u"--from"_s, file}, QStringList{u"list"_s}, QStringList{u"show"_s, u"Clinic"_s},
          QStringList{u"edit"_s, u"Clinic"_s, u"--description"_s, u"x"_s}, QStringList{u"vault"_s, u"check"_s},
          QStringList{u"key"_s, u"show"_s, u"Clinic"_s}, QStringList{u"key"_s, u"inspect"_s, m_keyFile},
          QStringList{u"validate"_s, u"--from"_s, file}, QStringList{u"rm"_s, u"Clinic"_s}}) {
        QVERIFY_STATUS(m_session->cli(arguments + QStringList{u"--verbose"_s}),
                       arguments.first() == u"validate" ? 0 : 0);
        m_session->json(arguments + QStringList{u"--verbose"_s});
    }
    const QList<QByteArray> secrets = secretsOf(*m_session, m_key);
    QVERIFY(secrets.size() > 10);
    for (const QByteArray &secret : secrets)
        QVERIFY2(!m_session->transcript().contains(secret), "a secret was printed");
    QCOMPARE(m_session->filesHolding(secrets), QStringList());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliCredentials)
#include "tst_cli_credentials.moc"
