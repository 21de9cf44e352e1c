// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QTest>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Arguments, help, completion and the streams: what holds for every command.
class TestCliUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesBadUsage_data();
    void refusesBadUsage();
    void doesNotRepeatWhatMayBeSecret();
    void namesTheUnknown_data();
    void namesTheUnknown();
    void helpsOnEveryCommand_data();
    void helpsOnEveryCommand();
    void startsQuickly();
    void completionIsValid_data();
    void completionIsValid();
    void completionKnowsCommands();
    void reportsFullDevice();
    void survivesClosedPipe();
    void saysNothingOfLocales();
};

void TestCliUsage::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QStringList &arguments) { QTest::newRow(name) << arguments; };
    row("nothing", {});
    row("unknown command", {u"frobnicate"_s});
    row("unknown option", {u"list"_s, u"--frobnicate"_s});
    row("unknown nested command", {u"vault"_s, u"frobnicate"_s});
    row("group alone", {u"vault"_s});
    row("passphrase as argument", {u"list"_s, u"--passphrase"_s, u"x"_s});
    row("missing name", {u"show"_s});
    row("a name too many", {u"show"_s, u"one"_s, u"two"_s});
    row("missing value", {u"list"_s, u"--filter"_s});
    row("time-out of nothing", {u"list"_s, u"--timeout"_s, u"0"_s});
    row("time-out in words", {u"list"_s, u"--timeout"_s, u"soon"_s});
    row("no jobs", {u"test"_s, u"--all"_s, u"--jobs"_s, u"0"_s});
    row("nothing to test", {u"test"_s});
    row("two ways to test", {u"test"_s, u"--all"_s, u"name"_s});
    row("name and file to test", {u"test"_s, u"--from"_s, u"f.json"_s, u"name"_s});
    row("nothing to edit", {u"edit"_s, u"name"_s});
    row("small RSA key", {u"key"_s, u"generate"_s, u"--bits"_s, u"1024"_s, u"--out"_s, u"k.pem"_s});
    row("bits of an EC key",
        {u"key"_s, u"generate"_s, u"--algorithm"_s, u"ES384"_s, u"--bits"_s, u"2048"_s, u"--out"_s, u"k.pem"_s});
    row("no such algorithm", {u"key"_s, u"generate"_s, u"--algorithm"_s, u"none"_s, u"--out"_s, u"k.pem"_s});
    row("key to standard output", {u"key"_s, u"generate"_s, u"--out"_s, u"-"_s});
    row("no file for the key", {u"key"_s, u"generate"_s});
    row("no such form", {u"key"_s, u"show"_s, u"name"_s, u"--public"_s, u"private"_s});
    row("KDF without memory", {u"vault"_s, u"create"_s, u"--kdf-memory"_s, u"1"_s});
    row("unknown shell", {u"completion"_s, u"csh"_s});
    row("standard input twice", {u"validate"_s, u"--key"_s, u"-"_s, u"--key-password-file"_s, u"-"_s});
    row("switching TLS checks off", {u"list"_s, u"--insecure"_s});
}

void TestCliUsage::refusesBadUsage()
{
    QFETCH(QStringList, arguments);
    CliSession session;
    const ProcessResult plain = session.bare(arguments);
    QVERIFY_STATUS(plain, 2);
    QVERIFY(plain.output.isEmpty());
    QVERIFY(plain.errors.startsWith("credenza-cli: "));

    const ProcessResult json = session.bare(QStringList{u"--json"_s} + arguments);
    QVERIFY_STATUS(json, 2);
    QVERIFY(json.output.isEmpty());
    const QJsonObject error = errorOf(json);
    QCOMPARE(error.keys(), (QStringList{u"code"_s, u"hint"_s, u"message"_s}));
    QCOMPARE(error.value("code"_L1).toString(), u"usage"_s);
    QVERIFY(!error.value("message"_L1).toString().isEmpty());
}

void TestCliUsage::doesNotRepeatWhatMayBeSecret()
{
    CliSession session;
    for (const QStringList &arguments : {QStringList{u"--passphrase"_s, u"hunter2-secret"_s, u"list"_s},
                                         QStringList{u"list"_s, u"--passphrase=hunter2-secret"_s},
                                         QStringList{u"show"_s, u"name"_s, u"hunter2-secret"_s}})
        QVERIFY_STATUS(session.bare(arguments), 2);
    QVERIFY2(!session.transcript().contains("hunter2-secret"), session.transcript().constData());
}

void TestCliUsage::namesTheUnknown_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("command") << QStringList{u"frobnicate"_s} << QByteArray("command frobnicate");
    QTest::newRow("nested") << QStringList{u"key"_s, u"frobnicate"_s} << QByteArray("command frobnicate");
    QTest::newRow("option") << QStringList{u"list"_s, u"--frobnicate=3"_s} << QByteArray("option --frobnicate ");
}

void TestCliUsage::namesTheUnknown()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    CliSession session;
    const ProcessResult result = session.bare(arguments);
    QVERIFY2(result.errors.contains(named), result.errors.constData());
}

void TestCliUsage::helpsOnEveryCommand_data()
{
    QTest::addColumn<QStringList>("command");
    const auto row = [](const QStringList &command) {
        QTest::newRow(qPrintable(u"credenza-cli "_s + command.join(u' '))) << command;
    };
    row({});
    row({u"vault"_s});
    row({u"vault"_s, u"create"_s});
    row({u"vault"_s, u"info"_s});
    row({u"vault"_s, u"check"_s});
    row({u"validate"_s});
    row({u"add"_s});
    row({u"list"_s});
    row({u"show"_s});
    row({u"edit"_s});
    row({u"rm"_s});
    row({u"test"_s});
    row({u"assertion"_s});
    row({u"token"_s});
    row({u"key"_s, u"inspect"_s});
    row({u"key"_s, u"generate"_s});
    row({u"key"_s, u"show"_s});
    row({u"completion"_s});
}

void TestCliUsage::helpsOnEveryCommand()
{
    QFETCH(QStringList, command);
    CliSession session;
    const ProcessResult result = session.bare(command + QStringList{u"--help"_s});
    QVERIFY_STATUS(result, 0);
    QVERIFY(result.errors.isEmpty());
    QVERIFY(result.output.contains("Usage: credenza-cli"));
    QVERIFY(result.output.contains("--help"));
}

void TestCliUsage::startsQuickly()
{
    CliSession session;
    qint64 fastest = 1'000'000;
    for (int i = 0; i < 10; ++i) {
        const ProcessResult result = session.bare({u"--version"_s});
        QVERIFY_STATUS(result, 0);
        QVERIFY(result.output.startsWith("credenza-cli "));
        fastest = std::min(fastest, result.milliseconds);
    }
    qInfo("--version, the fastest of ten: %lld ms", fastest);
    // 30 ms is the aim; sanitizers and a busy machine are allowed for.
    QVERIFY(fastest < 300);
}

void TestCliUsage::completionIsValid_data()
{
    QTest::addColumn<QString>("shell");
    for (const QString &shell : {u"bash"_s, u"zsh"_s, u"fish"_s})
        QTest::newRow(qPrintable(shell)) << shell;
}

void TestCliUsage::completionIsValid()
{
    QFETCH(QString, shell);
    CliSession session;
    const ProcessResult script = session.bare({u"completion"_s, shell});
    QVERIFY_STATUS(script, 0);
    QVERIFY(script.output.contains("credenza-cli"));
    QVERIFY(script.output.contains("passphrase-file"));
    const QString interpreter = u"/usr/bin/"_s + shell;
    if (!ProcessFixture::isBuilt(interpreter))
        QSKIP("this shell is not installed");
    const QString file = session.write(u"completion"_s, script.output);
    QVERIFY_STATUS(ProcessFixture(interpreter).run({u"-n"_s, file}), 0);
}

void TestCliUsage::completionKnowsCommands()
{
    CliSession session;
    const QString file = session.write(u"completion"_s, session.bare({u"completion"_s, u"bash"_s}).output);
    const QString bash = u"/bin/bash"_s;
    if (!ProcessFixture::isBuilt(bash))
        QSKIP("bash is not installed");
    const auto complete = [&](const QString &words) {
        const QString script = u". %1; COMP_WORDS=(%2 ''); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _credenza_cli; "
                               "printf '%s\\n' \"${COMPREPLY[@]}\""_s.arg(file, words);
        return ProcessFixture(bash).run({u"-c"_s, script}).output.split('\n');
    };
    QVERIFY(complete(u"credenza-cli"_s).contains("vault"));
    const QList<QByteArray> vault = complete(u"credenza-cli --json vault"_s);
    QVERIFY(vault.contains("create") && vault.contains("check") && vault.contains("--json"));
    QVERIFY(!vault.contains("inspect"));
    QVERIFY(complete(u"credenza-cli key generate"_s).contains("--bits"));
}

void TestCliUsage::reportsFullDevice()
{
    if (::access("/dev/full", W_OK) != 0)
        QSKIP("no /dev/full here");
    CliSession session;
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(session.environment());
    fixture.process().setStandardOutputFile(u"/dev/full"_s);
    const ProcessResult result = fixture.run({u"completion"_s, u"bash"_s, u"--json"_s});
    QVERIFY_STATUS(result, 1);
    QCOMPARE(errorOf(result).value("code"_L1).toString(), u"output.unwritable"_s);
}

void TestCliUsage::survivesClosedPipe()
{
    int ends[2];
    QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
    ::close(ends[0]);
    CliSession session;
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(session.environment());
    fixture.process().setChildProcessModifier([writeEnd = ends[1]] { ::dup2(writeEnd, STDOUT_FILENO); });
    const ProcessResult result = fixture.run({u"completion"_s, u"bash"_s});
    ::close(ends[1]);
    QVERIFY_STATUS(result, 1);
    QVERIFY2(result.errors.isEmpty(), result.errors.constData());
}

void TestCliUsage::saysNothingOfLocales()
{
    CliSession session;
    for (const QString &locale : {u"C"_s, u"POSIX"_s, u"xx_XX.nonsense"_s}) {
        QProcessEnvironment environment = session.environment();
        environment.insert(u"LC_ALL"_s, locale);
        const ProcessResult result = session.bare({u"completion"_s, u"fish"_s}, environment);
        QVERIFY_STATUS(result, 0);
        QVERIFY2(result.errors.isEmpty(), result.errors.constData());
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliUsage)
#include "tst_cli_usage.moc"
