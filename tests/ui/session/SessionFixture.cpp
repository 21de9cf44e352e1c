// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/SessionFixture.h"

#include <QTest>

namespace credenza::test
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr int patience = 10'000;

SecretBytes passphraseOf(const char *text)
{
    return SecretBytes::copyOf(QByteArrayView(text));
}

} // namespace

SessionFixture::SessionFixture()
    : clock(std::chrono::sys_days(std::chrono::year(2025) / 11 / 23) + 14h + 10min),
      session(path(), clock, random, transportsTo(server))
{
    session.setKdfParameters({8, 1}); // the cheapest that is allowed: this is no test of the KDF
}

bool SessionFixture::create()
{
    std::optional<bool> made;
    session.createVault(&session, u"northlake"_s, passphraseOf(rightPassphrase),
                        [&made](const Result<void> &result) { made = result.has_value(); });
    return QTest::qWaitFor([&made] { return made.has_value(); }, patience) && *made;
}

bool SessionFixture::unlock(const char *passphrase)
{
    std::optional<bool> opened;
    session.unlock(&session, passphraseOf(passphrase),
                   [&opened](const Result<void> &result) { opened = result.has_value(); });
    return QTest::qWaitFor([&opened] { return opened.has_value(); }, patience) && *opened;
}

Result<Credential> SessionFixture::save(const CredentialDraft &draft, const QUuid &existing,
                                        std::optional<TestSummary> test)
{
    std::optional<Result<Credential>> answer;
    session.save(
        &session, draft, existing, [&answer](Result<Credential> result) { answer = std::move(result); },
        std::move(test));
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patience))
        return fail(ErrorKind::Failed, u"test.no-answer"_s, u"The session did not answer."_s);
    return *answer;
}

SecretBytes sampleKeyPem()
{
    static const Result<ImportedKey> key = generateKey({KeyType::Rsa, 2048, {}});
    return toPkcs8Pem(key->pkcs8);
}

CredentialDraft sampleDraft(const QString &name)
{
    CredentialDraft draft;
    draft.name = name;
    draft.fhirBaseUrl = fakeBaseUrl();
    draft.clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
    draft.scopes = {u"system/Patient.read"_s};
    draft.key = std::make_shared<KeyInspection>(inspectKey(sampleKeyPem()));
    return draft;
}

} // namespace credenza::test
