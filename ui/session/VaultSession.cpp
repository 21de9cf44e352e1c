// SPDX-License-Identifier: Apache-2.0
#include "ui/session/VaultSession.h"

#include "core/smart/KeptReport.h"
#include "core/smart/NetworkSettingsFor.h"
#include "core/vault/TestHistory.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>
#include <future>
#include <optional>

namespace credenza
{

/// A test from the request until its report was handed out; at first only its key is being opened.
struct VaultSession::RunningTest {
    quint64 serial = 0;
    QUuid savedId;    ///< null: a draft, whose result is not kept
    Credential tried; ///< what the diagnosis of a later test wants to know of it
    TestWay way = TestWay::Once;
    bool isCancelled = false;
    BackgroundJob job;
};

/// What a save brings back.
struct VaultSession::Saved {
    Credential credential;
    QList<Credential> all;
};

namespace
{

Q_LOGGING_CATEGORY(logTests, "credenza.session.tests", QtWarningMsg)

/// Portals keep the key and drop the rest; the certificate must only not run out before it is uploaded again.
constexpr std::chrono::days certificateValidity{3 * 365};

/// The saved credential of that id. Errors: credential.not-found.
Result<Credential> savedCredential(const Vault &vault, const QUuid &id)
{
    return vault.find(id.toString(QUuid::WithoutBraces));
}

/// The open vault, or why there is none: a request that was queued before the vault was locked comes here late.
Result<Vault *> opened(const std::shared_ptr<std::optional<Vault>> &cell)
{
    if (cell->has_value())
        return &**cell;
    return fail(ErrorKind::Locked, QStringLiteral("vault.locked"), VaultSession::tr("The vault is locked."),
                VaultSession::tr("Unlock it and try again."));
}

/// What was just saved, with a test of it in its history. That it is saved counts more than that the test is kept.
Credential withTest(Vault &vault, Credential saved, const TestSummary &test)
{
    const auto kept = keepTests(vault, {{saved, {test, {}, {}}}});
    if (!kept)
        qCWarning(logTests) << "the test was not kept:" << kept.error().code;
    return kept && !kept->isEmpty() ? kept->constFirst() : saved;
}

/// Whether two states of a credential differ in nothing but how often they were saved and how their last test ended.
bool isSameButForTests(const Credential &one, const Credential &other)
{
    Credential alike = other;
    alike.revision = one.revision;
    alike.updatedAt = one.updatedAt;
    alike.lastTest = one.lastTest;
    return toJson(one) == toJson(alike);
}

Failure changedElsewhere(const Credential &now)
{
    return fail(ErrorKind::Conflict, QStringLiteral("vault.changed-elsewhere"),
                VaultSession::tr("%1 was changed elsewhere while you edited it.").arg(now.name),
                VaultSession::tr("Close this form to see what is saved now, or save yours over it."));
}

/// The report of a test whose key could not be opened.
TestReport reportWithoutKey(const QString &name, const Error &error, const QDateTime &now)
{
    TestReport report;
    report.credential = name;
    report.startedAt = now;
    for (const TestStepId id :
         {TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token, TestStepId::Fhir}) {
        TestStep step;
        step.id = id;
        step.state = TestStepState::Skipped;
        if (id == TestStepId::Sign) {
            step.state = TestStepState::Failed;
            step.summary = error.message;
            step.code = error.code;
            step.hint = error.hint;
        }
        report.steps.append(step);
    }
    return report;
}

bool wasCancelled(const TestReport &report)
{
    const TestStep *failed = report.failedStep();
    return failed && failed->code == QLatin1String("cancelled");
}

} // namespace

VaultSession::VaultSession(QString vaultPath, const Clock &clock, RandomSource &random, TransportFactory makeTransport,
                           QObject *parent)
    : QObject(parent), m_vaultPath(std::move(vaultPath)), m_clock(clock), m_random(random),
      m_makeTransport(std::move(makeTransport)), m_vault(std::make_shared<std::optional<Vault>>())
{
    readHeader();
}

VaultSession::~VaultSession()
{
    m_tests.clear();
    m_worker.post([vault = m_vault] { vault->reset(); }); // its database connection belongs to that thread
}

const Credential *VaultSession::credential(const QUuid &id) const
{
    const auto found =
        std::ranges::find_if(m_credentials, [&](const Credential &credential) { return credential.id == id; });
    return found == m_credentials.cend() ? nullptr : &*found;
}

void VaultSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void VaultSession::setCredentials(QList<Credential> credentials)
{
    m_credentials = std::move(credentials);
    Q_EMIT credentialsChanged();
}

void VaultSession::endTests()
{
    m_tests.clear(); // stops and joins: an aborted request returns within milliseconds
    m_passedDrafts.clear();
}

Result<Vault *> VaultSession::openVault(const VaultCell &cell)
{
    return opened(cell);
}

VaultSession::News VaultSession::newsOf(const Vault &vault, quint64 &shownSaves)
{
    if (std::exchange(shownSaves, vault.saveCount()) == vault.saveCount())
        return std::nullopt;
    return vault.credentials();
}

void VaultSession::takeChanges(QList<Credential> credentials)
{
    const auto isSame = [](const Credential &one, const Credential &other) {
        return one.id == other.id && one.revision == other.revision;
    };
    if (!std::ranges::equal(credentials, m_credentials, isSame))
        setCredentials(std::move(credentials));
}

void VaultSession::save(QObject *context, const CredentialDraft &draft, const QUuid &existing,
                        std::function<void(Result<Credential>)> done, std::optional<TestSummary> test,
                        std::optional<Credential> base)
{
    m_worker.run<Saved>(
        this,
        [cell = m_vault, draft, existing, test = std::move(test), base = std::move(base),
         &clock = m_clock]() -> Result<Saved> {
            Vault *vault = TRY(opened(cell));
            TRY(vault->refresh()); // what is compared is what is saved now, by whomever
            std::optional<Credential> before;
            if (!existing.isNull())
                before = TRY(savedCredential(*vault, existing));
            if (before && base && !isSameButForTests(*before, *base))
                return changedElsewhere(*before);
            Credential credential = TRY(toCredential(draft, toDateTime(clock.now()), before ? &*before : nullptr));
            const auto tested = [&](Credential saved) {
                return test ? withTest(*vault, std::move(saved), *test) : saved;
            };
            const SecretBytes *pkcs8 = draft.key && draft.key->imported ? &draft.key->imported->pkcs8 : nullptr;
            if (!pkcs8 && !draft.keyOwner.isNull()) {
                Credential withKey = before ? TRY(vault->updateWithKeyOf(std::move(credential), draft.keyOwner))
                                            : TRY(vault->addWithKeyOf(std::move(credential), draft.keyOwner));
                withKey = tested(std::move(withKey));
                return Saved{std::move(withKey), vault->credentials()};
            }
            if (!before && !pkcs8)
                return fail(ErrorKind::InvalidInput, QStringLiteral("draft.no-key"),
                            tr("A new credential needs a private key."), tr("Paste, choose or generate one."));
            Credential saved = before ? TRY(vault->update(std::move(credential), pkcs8))
                                      : TRY(vault->add(std::move(credential), *pkcs8));
            saved = tested(std::move(saved));
            return Saved{std::move(saved), vault->credentials()};
        },
        [this, session = m_session, guard = QPointer<QObject>(context), done = std::move(done)](Result<Saved> result) {
            if (result && session == m_session)
                setCredentials(std::move(result->all));
            if (!guard)
                return;
            if (result)
                done(std::move(result->credential));
            else
                done(Failure(std::move(result).error()));
        });
}

QString VaultSession::copyName(const QString &name) const
{
    const auto isTaken = [this](const QString &candidate) {
        return std::ranges::any_of(m_credentials, [&](const Credential &credential) {
            return credential.name.compare(candidate, Qt::CaseInsensitive) == 0;
        });
    };
    QString candidate = tr("%1, copy").arg(name);
    for (int number = 2; isTaken(candidate); ++number)
        candidate = tr("%1, copy %2").arg(name).arg(number);
    return candidate;
}

void VaultSession::duplicate(QObject *context, const QUuid &id, std::function<void(Result<Credential>)> done)
{
    const Credential *original = credential(id);
    const QString name = copyName(original ? original->name : QString());
    m_worker.run<Saved>(
        this,
        [cell = m_vault, id, name]() -> Result<Saved> {
            Vault *vault = TRY(opened(cell));
            Credential copy = TRY(vault->duplicate(id, name));
            return Saved{std::move(copy), vault->credentials()};
        },
        [this, session = m_session, guard = QPointer<QObject>(context), done = std::move(done)](Result<Saved> result) {
            if (result && session == m_session)
                setCredentials(std::move(result->all));
            if (!guard)
                return;
            if (result)
                done(std::move(result->credential));
            else
                done(Failure(std::move(result).error()));
        });
}

void VaultSession::remove(QObject *context, const QUuid &id, Done done)
{
    cancelTest(id);
    m_worker.run<QList<Credential>>(
        this,
        [cell = m_vault, id]() -> Result<QList<Credential>> {
            Vault *vault = TRY(opened(cell));
            TRY(vault->remove(id));
            return vault->credentials();
        },
        [this, session = m_session, guard = QPointer<QObject>(context),
         done = std::move(done)](Result<QList<Credential>> result) {
            if (result && session == m_session)
                setCredentials(std::move(*result));
            if (!guard)
                return;
            if (result)
                done({});
            else
                done(Failure(std::move(result).error()));
        });
}

void VaultSession::issueCertificate(QObject *context, const CredentialDraft &draft, const QUuid &existing,
                                    std::function<void(Result<Certificate>)> done)
{
    m_worker.run<Certificate>(
        context,
        [cell = m_vault, draft, existing, &clock = m_clock, &random = m_random]() -> Result<Certificate> {
            const QString name = draft.clientId.trimmed().isEmpty() ? draft.name.trimmed() : draft.clientId.trimmed();
            const QString commonName = name.isEmpty() ? QStringLiteral("SMART backend client") : name;
            if (draft.key && draft.key->imported)
                return selfSignedCertificate(draft.key->imported->key, commonName, certificateValidity, clock, random);
            const Vault *vault = TRY(opened(cell));
            const PrivateKey key = TRY(vault->privateKey(draft.keyOwner.isNull() ? existing : draft.keyOwner));
            return selfSignedCertificate(key, commonName, certificateValidity, clock, random);
        },
        std::move(done));
}

BackgroundJob VaultSession::checkJwkSet(QObject *context, const CredentialDraft &draft,
                                        std::function<void(Result<JwkSetCheck>)> done)
{
    JwkSetExpectation expectation{.key = {}, .keyId = draft.keyId.trimmed()};
    if (draft.key) {
        expectation.key = draft.key->publicKey;
    } else if (draft.savedKey) {
        if (const Result<PublicKey> saved = PublicKey::fromPem(draft.savedKey->publicPem))
            expectation.key = *saved;
    }
    return runInBackground<JwkSetCheck>(
        context,
        [url = QUrl(draft.jwkSetUrl.trimmed()), expectation, network = networkSettingsFor(draft, m_networkDefaults),
         makeTransport = m_makeTransport](std::stop_token stop) -> Result<JwkSetCheck> {
            const std::unique_ptr<HttpTransport> transport = makeTransport();
            return credenza::checkJwkSet(url, expectation, *transport, network, stop);
        },
        std::move(done));
}

BackgroundJob VaultSession::fetchEndpoints(QObject *context, const QUrl &url, const QString &keepAt,
                                           std::function<void(Result<EndpointDirectory>)> done)
{
    return runInBackground<EndpointDirectory>(
        context,
        [url, keepAt, network = m_networkDefaults, makeTransport = m_makeTransport,
         &clock = m_clock](std::stop_token stop) -> Result<EndpointDirectory> {
            const std::unique_ptr<HttpTransport> transport = makeTransport();
            EndpointDirectory directory = TRY(fetchEndpointDirectory(url, *transport, network, clock, stop));
            TRY(keepEndpointDirectory(directory, keepAt));
            return directory;
        },
        std::move(done));
}

std::optional<ServerAccess> VaultSession::serverAccess(const QUuid &id)
{
    const Credential *saved = credential(id);
    if (!saved)
        return std::nullopt;
    // Called on the thread that browses: the vault's own thread does the work, the caller waits for it.
    const auto openKey = [this, cell = m_vault, id]() -> Result<PrivateKey> {
        const auto answer = std::make_shared<std::promise<Result<PrivateKey>>>();
        auto key = answer->get_future();
        m_worker.post([cell, id, answer] {
            const auto vault = opened(cell);
            answer->set_value(vault ? (*vault)->privateKey(id) : Result<PrivateKey>(Failure(vault.error())));
        });
        return key.get();
    };
    return ServerAccess{*saved, openKey, m_makeTransport, m_clock, m_random, m_correctsClock, m_networkDefaults};
}

void VaultSession::testSavedAs(const QUuid &id, TestWay way)
{
    const Credential *saved = credential(id);
    if (!saved || isTesting(id))
        return;
    testWithKeyOf(id, TestSubject{draftOf(*saved), {}, networkSettingsFor(*saved, m_networkDefaults)}, id, id, way);
}

void VaultSession::testDraft(const QUuid &token, const CredentialDraft &draft, const QUuid &existing, TestWay way)
{
    if (isTesting(token))
        return;
    TestSubject subject{draft, {}, networkSettingsFor(draft, m_networkDefaults)};
    if (draft.key && draft.key->imported)
        subject.key = draft.key->imported->key;
    const QUuid keyOwner = draft.keyOwner.isNull() ? existing : draft.keyOwner;
    if (subject.key || keyOwner.isNull()) {
        m_tests[token] = std::make_unique<RunningTest>(
            RunningTest{.serial = ++m_testsRun, .savedId = {}, .tried = {}, .way = way, .job = {}});
        startTest(token, std::move(subject));
        return;
    }
    testWithKeyOf(token, std::move(subject), keyOwner, {}, way);
}

void VaultSession::testWithKeyOf(const QUuid &token, TestSubject subject, const QUuid &keyOwner, const QUuid &savedId,
                                 TestWay way)
{
    m_tests[token] = std::make_unique<RunningTest>(
        RunningTest{.serial = ++m_testsRun, .savedId = savedId, .tried = {}, .way = way, .job = {}});
    m_worker.run<PrivateKey>(
        this,
        [cell = m_vault, keyOwner]() -> Result<PrivateKey> {
            const Vault *vault = TRY(opened(cell));
            return vault->privateKey(keyOwner);
        },
        [this, token, serial = m_testsRun, subject = std::move(subject)](Result<PrivateKey> key) mutable {
            const auto test = m_tests.find(token);
            if (test == m_tests.end() || test->second->serial != serial)
                return;
            if (!key) {
                finishTest(token, reportWithoutKey(subject.draft.name, key.error(), toDateTime(m_clock.now())));
                return;
            }
            subject.key = std::move(*key);
            startTest(token, std::move(subject));
        });
}

void VaultSession::startTest(const QUuid &token, TestSubject subject)
{
    RunningTest &test = *m_tests.at(token);
    const auto showProgress = [this, token, serial = test.serial](const TestReport &report) {
        QMetaObject::invokeMethod(
            this,
            [this, token, serial, report] {
                const auto running = m_tests.find(token);
                if (running != m_tests.end() && running->second->serial == serial)
                    Q_EMIT testProgressed(token, report);
            },
            Qt::QueuedConnection);
    };
    const auto showWaiting = [this, token, serial = test.serial](const TestReport &report, const RetryWait &wait) {
        QMetaObject::invokeMethod(
            this,
            [this, token, serial, report, wait] {
                const auto running = m_tests.find(token);
                if (running != m_tests.end() && running->second->serial == serial)
                    Q_EMIT testWaiting(token, report, wait);
            },
            Qt::QueuedConnection);
    };
    const DiagnosisContext context = diagnosisContext(subject, test.savedId);
    test.tried.name = subject.draft.name;
    test.tried.fhirBaseUrl = context.fhirBaseUrl;
    test.tried.clientId = context.clientId;
    test.tried.key.thumbprint = context.keyThumbprint;
    test.job = runInBackground<TestReport>(
        this,
        [subject = std::move(subject), context, showProgress, showWaiting, way = test.way, corrects = m_correctsClock,
         makeTransport = m_makeTransport, &clock = m_clock,
         &random = m_random](std::stop_token stop) -> Result<TestReport> {
            const std::unique_ptr<HttpTransport> transport = makeTransport();
            const TestEnvironment environment{
                .transport = *transport, .clock = clock, .random = random, .correctsClock = corrects};
            TestReport report =
                way == TestWay::Once
                    ? runConnectionTest(subject, environment, std::move(stop), showProgress)
                    : retryUntilAccepted(subject, environment, retryScheduleFor(subject.draft.fhirBaseUrl),
                                         std::move(stop), showProgress, showWaiting);
            if (!report.passed && !wasCancelled(report)) {
                const Diagnosis diagnosis = diagnose(report, context);
                report.diagnosis = diagnosis.causes;
                report.ruledOut = diagnosis.ruledOut;
            }
            return report;
        },
        [this, token](Result<TestReport> report) { finishTest(token, *report); });
    if (test.isCancelled)
        test.job.cancel();
}

void VaultSession::finishTest(const QUuid &token, const TestReport &report)
{
    const auto finished = m_tests.extract(token); // first, so that a listener may start the next one
    if (finished.empty())
        return;
    const QUuid savedId = finished.mapped()->savedId;
    if (savedId.isNull() && report.passed) {
        m_passedDrafts.append(std::move(finished.mapped()->tried));
        m_passedDrafts.last().lastTest = summaryOf(report);
    }
    if (!savedId.isNull() && !wasCancelled(report))
        keepTestResult(savedId, report);
    Q_EMIT testFinished(token, report);
}

void VaultSession::keepTestResult(const QUuid &savedId, const TestReport &report)
{
    KeptTest kept{summaryOf(report), {}, keptForm(report)};
    for (const Cause &cause : report.diagnosis)
        kept.causes.append(cause.title);
    m_worker.run<QList<Credential>>(
        this,
        [cell = m_vault, savedId, kept]() -> Result<QList<Credential>> {
            Vault *vault = TRY(opened(cell));
            const Credential credential = TRY(savedCredential(*vault, savedId));
            TRY(keepTests(*vault, {{credential, kept}}));
            return vault->credentials();
        },
        [this, session = m_session](Result<QList<Credential>> result) {
            if (session != m_session)
                return;
            if (result)
                setCredentials(std::move(*result));
            else
                Q_EMIT problemFound(result.error());
        });
}

DiagnosisContext VaultSession::diagnosisContext(const TestSubject &subject, const QUuid &savedId) const
{
    DiagnosisContext context;
    context.fhirBaseUrl = subject.draft.fhirBaseUrl;
    context.clientId = subject.draft.clientId;
    context.now = toDateTime(m_clock.now());
    if (!subject.draft.key && subject.draft.savedKey)
        context.keyCreatedAt = subject.draft.savedKey->createdAt;
    if (subject.key)
        context.keyThumbprint = subject.key->publicKey().thumbprint();
    context.otherCredentials = m_credentials + m_passedDrafts;
    if (const Credential *saved = credential(savedId)) {
        context.credentialId = savedId.toString(QUuid::WithoutBraces);
        context.lastTest = saved->lastTest;
        context.otherCredentials.removeIf([&](const Credential &other) { return other.id == savedId; });
    }
    return context;
}

void VaultSession::cancelTest(const QUuid &idOrToken)
{
    const auto test = m_tests.find(idOrToken);
    if (test == m_tests.end())
        return;
    test->second->isCancelled = true; // for a test whose key is still being opened
    test->second->job.cancel();
}

bool VaultSession::isTesting(const QUuid &idOrToken) const
{
    return m_tests.contains(idOrToken);
}

} // namespace credenza
