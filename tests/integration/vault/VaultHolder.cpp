// SPDX-License-Identifier: Apache-2.0
// Unlocks a vault with the passphrase on standard input, uses it and locks it again; says "unlocked" and "locked", and
// waits for a line after each, so that its memory can be looked at. vault_holder PATH
#include "core/keys/OpenSslMemory.h"
#include "core/vault/Vault.h"
#include "tests/integration/vault/HolderTalk.h"

#include <QCoreApplication>

#include <optional>

using namespace credenza;
using namespace credenza::test;

int main(int argc, char *argv[])
{
    if (!wipeOpenSslMemory())
        return 3;
    QCoreApplication application(argc, argv);
    SystemClock clock;
    SystemRandom random;
    {
        std::optional<Result<Vault>> vault;
        {
            const SecretBytes passphrase = readLine();
            vault.emplace(Vault::open(application.arguments().value(1), passphrase, clock, random));
        }
        if (!*vault)
            return 1;
        for (const Credential &credential : (*vault)->credentials()) {
            const auto key = (*vault)->privateKey(credential.id);
            if (!key || !key->sign(SignatureAlgorithm::RS384, "what is signed"))
                return 2;
        }
        sayAndWait("unlocked");
    }
    sayAndWait("locked");
    return 0;
}
