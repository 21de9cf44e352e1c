// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/PrivateKey.h"
#include "tests/support/ProcessFixture.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

/// Runs credenza-cli and fails the test unless it ends with this status.
#define QVERIFY_STATUS(result, expectedStatus)                                                                         \
    do {                                                                                                               \
        const credenza::test::ProcessResult &verifiedRun = (result); /* once: it may be a call */                      \
        QVERIFY2(verifiedRun.exitCode == (expectedStatus),                                                             \
                 qPrintable(QStringLiteral("exit status %1 instead of %2\n%3\n%4")                                     \
                                .arg(verifiedRun.exitCode)                                                             \
                                .arg(expectedStatus)                                                                   \
                                .arg(QString::fromUtf8(verifiedRun.output), QString::fromUtf8(verifiedRun.errors))));  \
    } while (false)

namespace credenza::test
{

/// A folder with a passphrase and, once made, a vault; runs the real credenza-cli on it and keeps all it said.
class CliSession
{
public:
    CliSession();

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString vaultPath() const { return path(QStringLiteral("test.credenza")); }
    [[nodiscard]] QByteArray passphrase() const { return QByteArrayLiteral("correct horse battery staple 7!"); }
    [[nodiscard]] QProcessEnvironment environment() const;

    /// Writes a file and returns its path.
    QString write(const QString &name, QByteArrayView contents) const;

    /// Without --vault and --passphrase-file.
    ProcessResult bare(const QStringList &arguments, const QByteArray &input = {});
    ProcessResult bare(const QStringList &arguments, const QProcessEnvironment &environment,
                       const QByteArray &input = {});
    /// With both.
    ProcessResult cli(const QStringList &arguments, const QByteArray &input = {});
    /// With both and --json.
    ProcessResult json(const QStringList &arguments, const QByteArray &input = {});
    /// A vault with a key derivation that is quick and weak.
    ProcessResult createVault();
    /// The arguments that add a valid credential.
    [[nodiscard]] QStringList addArguments(const QString &name, const QString &keyFile) const;

    /// Everything that all runs so far printed.
    [[nodiscard]] QByteArray transcript() const { return m_transcript; }
    /// The files below the folder, but for those the test wrote itself, that hold one of these byte strings.
    [[nodiscard]] QStringList filesHolding(const QList<QByteArray> &secrets) const;

private:
    ProcessResult remember(ProcessResult result);

    QTemporaryDir m_folder;
    mutable QStringList m_ownFiles;
    QByteArray m_transcript;
};

/// A private key in all the forms a test needs.
struct TestKey {
    QByteArray pem;
    QByteArray der;
    QString thumbprint;
};
/// A fresh key for tests, which protects nothing. `type` EC: P-384.
[[nodiscard]] TestKey makeTestKey(KeyType type = KeyType::Rsa);

/// What must not be found anywhere: the passphrase, the key's bytes and the lines of its PEM.
[[nodiscard]] QList<QByteArray> secretsOf(const CliSession &session, const TestKey &key);

/// The `error` object that --json prints to standard error; empty if standard error holds anything else.
[[nodiscard]] QJsonObject errorOf(const ProcessResult &result);

} // namespace credenza::test
