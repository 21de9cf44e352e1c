// SPDX-License-Identifier: Apache-2.0
// The application's screens over a vault, as a person uses them: types the passphrase (first line of standard input)
// into the unlock screen, tests a credential and browses with it (the server grants the token of the second line),
// opens the form and drops a private key (the third line, a file) on it, and locks. Says "unlocked" and "locked", and
// waits for a line after each, so that its memory can be looked at. gui_holder VAULT
#include "core/keys/OpenSslMemory.h"
#include "core/net/HttpTransport.h"
#include "tests/integration/vault/HolderTalk.h"
#include "ui/browse/BrowsePage.h"
#include "ui/browse/BrowseSession.h"
#include "ui/browse/LiveView.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/session/VaultSession.h"
#include "ui/theme/Theme.h"
#include "ui/unlock/UnlockPage.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

#include <cstdio>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 30'000;

/// A server that knows one token; it is asked on threads that browse or test.
class TokenServer final : public HttpTransport
{
public:
    explicit TokenServer(std::shared_ptr<const SecretBytes> token) : m_token(std::move(token)) {}

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token) override
    {
        HttpReply reply;
        reply.status = 200;
        reply.reason = "OK";
        reply.headers = {{"Content-Type", "application/json"}};
        reply.url = request.url;
        const QString path = request.url.path();
        if (path.endsWith("/smart-configuration"_L1)) {
            reply.body = R"({"token_endpoint":"https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token",)"
                         R"("capabilities":["client-confidential-asymmetric"],)"
                         R"("token_endpoint_auth_signing_alg_values_supported":["RS384"]})";
        } else if (path.endsWith("/oauth2/token"_L1)) {
            reply.body.reserve(512); // growing would leave the token behind, as would a copy of it
            reply.body += R"({"access_token":")";
            reply.body += m_token->charView();
            reply.body += R"(","token_type":"Bearer","expires_in":3600,"scope":"system/Patient.read"})";
        } else if (path.endsWith("/metadata"_L1)) {
            reply.body = R"({"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",)"
                         R"("resource":[{"type":"Patient","interaction":[{"code":"search-type"}]}]}]})";
        } else {
            reply.body = R"({"resourceType":"Bundle","type":"searchset","total":0})";
        }
        return reply;
    }

private:
    std::shared_ptr<const SecretBytes> m_token;
};

int failed(const char *where)
{
    std::fprintf(stderr, "%s\n", where);
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    if (!wipeOpenSslMemory())
        return failed("OpenSSL's memory is not wiped");
    QApplication application(argc, argv);
    const SystemClock clock;
    SystemRandom random;
    Theme theme(ThemeMode::Light);
    theme.setReducedMotion(true);
    SecretBytes passphrase = readLine();
    auto token = std::make_shared<const SecretBytes>(readLine());
    const QString keyFile = QString::fromUtf8(readLine().charView());
    VaultSession session(application.arguments().value(1), clock, random,
                         [&token] { return std::make_unique<TokenServer>(token); });

    // Wired as the application wires them.
    QStackedWidget window;
    window.resize(1280, 820);
    auto *unlock = new UnlockPage(theme);
    auto *browse = new BrowsePage(theme);
    window.addWidget(unlock);
    window.addWidget(browse);
    CredentialSheet sheet(theme, window, session);
    QObject::connect(unlock, &UnlockPage::unlockRequested, &session, [&session, unlock] {
        session.unlock(unlock, unlock->takePassphrase(), [unlock](const Result<void> &unlocked) {
            if (unlocked)
                unlock->succeed();
            else
                unlock->showFailure(unlocked.error());
        });
    });
    QObject::connect(&session, &VaultSession::stateChanged, browse, [&session, browse] {
        if (session.state() != VaultSession::State::Unlocked)
            browse->clear();
    });
    window.show();

    unlock->start();
    auto *input = unlock->findChild<QLineEdit *>(u"passphrase"_s);
    for (const char letter : passphrase.charView())
        QTest::keyClick(input, letter);
    passphrase = {};
    QTest::keyClick(input, Qt::Key_Return);
    if (!QTest::qWaitFor([&session] { return session.state() == VaultSession::State::Unlocked; }, patience))
        return failed("the vault did not open");

    window.setCurrentWidget(browse);
    const QUuid id = session.credentials().constFirst().id;
    QSignalSpy tested(&session, &VaultSession::testFinished);
    session.testSaved(id);
    if (!QTest::qWaitFor([&tested] { return tested.count() == 1; }, patience))
        return failed("the test did not end");
    browse->openServer(*session.serverAccess(id));
    QSignalSpy opened(browse->live().session(), &BrowseSession::tokenKnown);
    if (!QTest::qWaitFor([&opened] { return opened.count() > 0; }, patience))
        return failed("no token came");
    CredentialSheet::Prefill prefill;
    prefill.name = u"a draft"_s;
    prefill.keyFile = keyFile;
    sheet.openPrefilled(u"epic-ehr"_s, prefill);
    if (!QTest::qWaitFor([&sheet] { return sheet.findChild<QWidget *>(u"keyCard"_s) != nullptr; }, patience))
        return failed("the form took no key");
    sayAndWait("unlocked");

    token.reset(); // the server's own; what is left is the application's
    session.lock();
    // The lock reaches the vault's thread, and what is deleted later goes.
    bool isOver = false;
    session.withVault<bool>(
        &session, [](Vault &) -> Result<bool> { return true; }, [&isOver](const Result<bool> &) { isOver = true; });
    const auto isGone = [&isOver, browse, &sheet] {
        return isOver && browse->live().session() == nullptr && !sheet.isOpen();
    };
    if (!QTest::qWaitFor(isGone, patience))
        return failed("the vault was not closed");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    sayAndWait("locked");
    return 0;
}
