// SPDX-License-Identifier: Apache-2.0
// `credenza-cli test --all --jobs 32` on 500 credentials against the sandbox, beside what wrk gets out of the same
// sandbox over as many connections, in turns within one run. A test makes four requests: discovery, token, metadata,
// search. Many tests of one server ask for its discovery and metadata once, so that two are left for each: the limit is
// measured with four, as tests of different servers make them, and with two, which is what this run asks of the server.
// wrk sends assertions that were signed before; client and server share the machine's cores in all of it.
// Beside the rates stands the CPU that client and server take for a test, which other load on the machine moves little:
// the ratio of the sums is what the rates come to where nothing else runs. Each credential has a key of its own to open,
// and its first signature is the dearest; wrk signs nothing. What that alone leaves of the limit is printed as well: no
// client that signs on this machine can come nearer. Needs: wrk. bench_test_all [CREDENTIALS [JOBS]]
#include "core/base/File.h"
#include "core/keys/KeyInspection.h"
#include "core/keys/SealedKeyReader.h"
#include "core/smart/AccessTokens.h"
#include "core/vault/Vault.h"
#include "tests/bench/MeasuredProcess.h"
#include "tests/integration/sandbox/SandboxProcess.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTextStream>

#include <sys/resource.h>
#include <unistd.h>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int rounds = 3;
constexpr int loadSeconds = 2;
constexpr int assertionsEach = 16000; ///< more than a sandbox can take in that time

/// wrk's own loop costs the machine little; the assertions are made before, for each is good once.
const char *const loadScript = R"(
local bodies = {}
for line in io.lines(os.getenv("BENCH_BODIES")) do bodies[#bodies + 1] = line end
local base, token, bearer = os.getenv("BENCH_BASE"), os.getenv("BENCH_TOKEN_PATH"), os.getenv("BENCH_BEARER")
local json = { ["Accept"] = "application/fhir+json" }
local form = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept"] = "application/json" }
local auth = { ["Accept"] = "application/fhir+json", ["Authorization"] = "Bearer " .. bearer }
local each = tonumber(os.getenv("BENCH_REQUESTS"))
local count, body = 0, 0
request = function()
  count = count + 1
  local kind = count % each
  if kind == 0 then return wrk.format("GET", base .. "/Patient?_count=1", auth) end
  if kind == 1 then body = body % #bodies + 1 return wrk.format("POST", token, form, bodies[body]) end
  if kind == 2 then return wrk.format("GET", base .. "/metadata", json) end
  return wrk.format("GET", base .. "/.well-known/smart-configuration", json)
end
)";

/// CPU milliseconds that the programs run so far and waited for have taken.
double endedCpu()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto of = [](const timeval &time) { return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

/// The same of the sandbox, the only child that still runs between two measurements.
double sandboxCpu()
{
    QFile children(u"/proc/thread-self/children"_s);
    if (!children.open(QIODevice::ReadOnly))
        return 0;
    QFile stat(u"/proc/%1/stat"_s.arg(QString::fromLatin1(children.readAll().simplified().split(' ').first())));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' '); // from the third on (proc(5))
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return ticks * 1000 / double(::sysconf(_SC_CLK_TCK));
}

/// CPU milliseconds a test, of client and sandbox together.
class CpuMeter
{
public:
    [[nodiscard]] double each(double tests) const
    {
        return tests > 0 ? (endedCpu() + sandboxCpu() - m_begun) / tests : 0;
    }

private:
    double m_begun = endedCpu() + sandboxCpu();
};

struct Limit {
    double rate = 0;    ///< tests a second
    double cpuEach = 0; ///< milliseconds
};

/// CPU milliseconds of what no client is spared: the first signature with a key that was just read.
double signingCpu(const SecretBytes &pkcs8)
{
    constexpr int signatures = 300;
    SealedKeyReader reader;
    const auto own = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return double(usage.ru_utime.tv_sec) * 1000 + double(usage.ru_utime.tv_usec) / 1000;
    };
    std::vector<PrivateKey> keys;
    for (int i = 0; i < signatures; ++i)
        if (auto key = reader.read(pkcs8))
            keys.push_back(*std::move(key));
    const double begun = own();
    for (const PrivateKey &key : keys)
        if (!key.sign(SignatureAlgorithm::RS384, "header.payload"))
            return 0;
    return (own() - begun) / double(keys.size());
}

/// Tests a second that the server can take, of `requests` requests each.
Limit serverLimit(test::SandboxProcess &sandbox, const PrivateKey &key, const QString &folder, int jobs, int requests)
{
    const QString endpoint = sandbox.value(u"tokenEndpoint"_s);
    Credential credential;
    credential.clientId = sandbox.value(u"clientId"_s);
    credential.keyId = sandbox.publishedKid();
    const SystemClock clock;
    SystemRandom random;
    QFile bodies(folder + u"/bodies"_s);
    if (!bodies.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return {};
    for (int i = 0; i < assertionsEach; ++i) {
        const auto assertion = assertionFor(credential, endpoint, key, clock, random);
        if (!assertion)
            return {};
        bodies.write(tokenHttpRequest(endpoint, *assertion, {u"system/Patient.rs"_s}, {}).body + '\n');
    }
    bodies.close();
    QFile script(folder + u"/load.lua"_s);
    if (!script.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return {};
    script.write(loadScript);
    script.close();
    const QUrl base(sandbox.value(u"fhirBaseUrl"_s));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"BENCH_BODIES"_s, bodies.fileName());
    environment.insert(u"BENCH_BASE"_s, base.path());
    environment.insert(u"BENCH_TOKEN_PATH"_s, QUrl(endpoint).path());
    environment.insert(u"BENCH_REQUESTS"_s, QString::number(requests));
    environment.insert(u"BENCH_BEARER"_s, QString::fromLatin1(sandbox.token()));
    QProcess wrk;
    wrk.setProcessEnvironment(environment);
    const CpuMeter meter;
    wrk.start(u"wrk"_s, {u"-t1"_s, u"-c%1"_s.arg(jobs), u"-d%1s"_s.arg(loadSeconds), u"-s"_s, script.fileName(),
                         base.adjusted(QUrl::RemovePath).toString()});
    if (!wrk.waitForFinished(60'000))
        return {};
    const QString report = QString::fromUtf8(wrk.readAllStandardOutput());
    if (report.contains(u"Non-2xx"_s))
        QTextStream(stdout) << report;
    static const QRegularExpression rate(u"Requests/sec:\\s*([0-9.]+)"_s);
    static const QRegularExpression total(u"(\\d+) requests in"_s);
    return {rate.match(report).captured(1).toDouble() / requests,
            meter.each(total.match(report).captured(1).toDouble() / requests)};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const int credentials = application.arguments().value(1, u"500"_s).toInt();
    const int jobs = application.arguments().value(2, u"32"_s).toInt();
    test::SandboxProcess sandbox({u"--patients"_s, u"3"_s});
    const auto key = sandbox.isReady() ? sandbox.key() : Result<PrivateKey>(fail(ErrorKind::Failed, {}, {}));
    const auto pem = readSecretFile(sandbox.value(u"privateKeyFile"_s), 64 * 1024);
    const KeyInspection inspected = pem ? inspectKey(*pem) : KeyInspection();
    if (!key || !inspected.imported) {
        out << "credenza-sandbox is not there\n";
        return 1;
    }
    QTemporaryDir folder;
    const SystemClock clock;
    SystemRandom random;
    const QByteArray passphrase = "otter gravel ninth lantern quay";
    QFile passphraseFile(folder.filePath(u"passphrase"_s));
    if (!passphraseFile.open(QIODevice::WriteOnly))
        return 1;
    passphraseFile.write(passphrase);
    passphraseFile.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    passphraseFile.close();
    const QString path = folder.filePath(u"bench.credenza"_s);
    {
        auto vault = Vault::create(path, u"bench"_s, SecretBytes::copyOf(passphrase), {8, 1}, clock, random);
        for (int i = 0; vault && i < credentials; ++i) {
            CredentialDraft draft;
            draft.name = u"Hospital %1"_s.arg(i);
            draft.connector = u"smart-backend"_s;
            draft.fhirBaseUrl = sandbox.value(u"fhirBaseUrl"_s);
            draft.clientId = sandbox.value(u"clientId"_s);
            draft.scopes = {u"system/Patient.rs"_s};
            draft.key = std::make_shared<const KeyInspection>(inspectKey(*pem));
            const auto credential = toCredential(draft, toDateTime(clock.now()));
            if (!credential || !vault->add(*credential, inspected.imported->pkcs8)) {
                out << "the vault could not be filled\n";
                return 1;
            }
        }
    }
    const QString cli = QCoreApplication::applicationDirPath() + u"/credenza-cli"_s;
    const double signing = signingCpu(inspected.imported->pkcs8);
    std::vector<double> ratios;
    std::vector<double> sharedRatios;
    for (int round = 0; round < rounds; ++round) {
        const auto run = [&](const QStringList &command) {
            return bench::measureProcess(QStringList{cli, u"--vault"_s, path, u"--passphrase-file"_s,
                                                     passphraseFile.fileName()} +
                                             command,
                                         {});
        };
        // What opening the vault takes is not the test's.
        const bench::ProcessCost opening = run({u"list"_s});
        const CpuMeter meter;
        const bench::ProcessCost tests = run({u"test"_s, u"--all"_s, u"--jobs"_s, QString::number(jobs)});
        const double cpuEach = meter.each(credentials);
        const Limit limit = serverLimit(sandbox, *key, folder.path(), jobs, 4);
        const Limit sharedLimit = serverLimit(sandbox, *key, folder.path(), jobs, 2);
        if (!tests.succeeded || !opening.succeeded || limit.rate <= 0 || sharedLimit.rate <= 0) {
            out << "a test failed, or wrk is not there\n";
            return 1;
        }
        const double rate = credentials * 1000 / (tests.milliseconds - opening.milliseconds);
        ratios.push_back(rate / limit.rate);
        sharedRatios.push_back(rate / sharedLimit.rate);
        out << credentials << " credentials, " << jobs << " at once: " << qRound(rate)
            << " tests/s; the sandbox's limit with 4 requests a test " << qRound(limit.rate) << "/s, ratio "
            << QString::number(ratios.back(), 'f', 3) << "; with 2 " << qRound(sharedLimit.rate) << "/s, ratio "
            << QString::number(sharedRatios.back(), 'f', 3) << "; peak " << qRound(tests.peakMiB) << " MiB" << Qt::endl;
        out << "CPU a test, client and sandbox: " << QString::number(cpuEach, 'f', 2) << " ms; of the limits "
            << QString::number(limit.cpuEach, 'f', 2) << " ms and " << QString::number(sharedLimit.cpuEach, 'f', 2)
            << " ms, ratios " << QString::number(limit.cpuEach / cpuEach, 'f', 3) << " and "
            << QString::number(sharedLimit.cpuEach / cpuEach, 'f', 3) << "; of a signature "
            << QString::number(signing, 'f', 2) << " ms, which with the server's own part leaves at most "
            << QString::number(limit.cpuEach / (sharedLimit.cpuEach + signing), 'f', 3) << Qt::endl;
    }
    out << "median ratio with 4 requests a test " << QString::number(bench::medianOf(ratios), 'f', 3)
        << " (goal: at least 0.8), with 2 " << QString::number(bench::medianOf(sharedRatios), 'f', 3) << Qt::endl;
    return 0;
}
