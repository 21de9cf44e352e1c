// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QDirIterator>
#include <QFile>

namespace credenza::test
{

using namespace Qt::StringLiterals;

CliSession::CliSession()
{
    write(u"passphrase"_s, passphrase() + "\nsecond line\n");
}

QProcessEnvironment CliSession::environment() const
{
    return ProcessFixture::cleanEnvironment(m_folder.path());
}

QString CliSession::write(const QString &name, QByteArrayView contents) const
{
    QFile file(path(name));
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(contents.data(), contents.size()) == contents.size();
    if (!written)
        qFatal("can't write %s", qPrintable(file.fileName()));
    m_ownFiles.append(file.fileName());
    return file.fileName();
}

ProcessResult CliSession::bare(const QStringList &arguments, const QByteArray &input)
{
    return bare(arguments, environment(), input);
}

ProcessResult CliSession::bare(const QStringList &arguments, const QProcessEnvironment &environment,
                               const QByteArray &input)
{
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(environment);
    fixture.process().setWorkingDirectory(m_folder.path());
    return remember(fixture.run(arguments, input));
}

ProcessResult CliSession::cli(const QStringList &arguments, const QByteArray &input)
{
    return bare(QStringList{u"--vault"_s, vaultPath(), u"--passphrase-file"_s, path(u"passphrase"_s)} + arguments,
                input);
}

ProcessResult CliSession::json(const QStringList &arguments, const QByteArray &input)
{
    return cli(arguments + QStringList{u"--json"_s}, input);
}

ProcessResult CliSession::createVault()
{
    return json({u"vault"_s, u"create"_s, u"--kdf-memory"_s, u"8"_s, u"--kdf-passes"_s, u"1"_s});
}

QStringList CliSession::addArguments(const QString &name, const QString &keyFile) const
{
    return {u"add"_s,
            u"--name"_s,
            name,
            u"--key"_s,
            keyFile,
            u"--base-url"_s,
            u"https://ehr.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s,
            u"--client-id"_s,
            u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s};
}

QStringList CliSession::filesHolding(const QList<QByteArray> &secrets) const
{
    QStringList found;
    QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (m_ownFiles.contains(file.fileName()) || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray contents = file.readAll();
        for (const QByteArray &secret : secrets) {
            if (contents.contains(secret))
                found.append(file.fileName());
        }
    }
    return found;
}

ProcessResult CliSession::remember(ProcessResult result)
{
    m_transcript += result.output + result.errors;
    return result;
}

TestKey makeTestKey(KeyType type)
{
    KeySpecification specification;
    specification.type = type;
    const auto made = generateKey(specification);
    if (!made)
        qFatal("no key: %s", qPrintable(made.error().message));
    // A key of a test: nothing to protect.
    return {toPkcs8Pem(made->pkcs8).copyToUnprotectedByteArray(), made->pkcs8.copyToUnprotectedByteArray(),
            made->key.publicKey().thumbprint()};
}

QList<QByteArray> secretsOf(const CliSession &session, const TestKey &key)
{
    QList<QByteArray> secrets{session.passphrase(), key.der, key.der.right(64), key.der.toHex(), "PRIVATE KEY"};
    const QList<QByteArray> lines = key.pem.split('\n');
    for (const QByteArray &line : lines) {
        // The first lines of any RSA key in PKCS#8 hold the public modulus, which may be shown.
        if (line.size() == 64 && secrets.size() < 40 && &line - lines.constData() > lines.size() / 2)
            secrets.append(line);
    }
    return secrets;
}

QJsonObject errorOf(const ProcessResult &result)
{
    return QJsonDocument::fromJson(result.errors).object().value("error"_L1).toObject();
}

} // namespace credenza::test
