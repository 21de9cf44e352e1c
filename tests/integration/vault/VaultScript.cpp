// SPDX-License-Identifier: Apache-2.0
// Saves in every way there is, once, and says on standard output what was acknowledged and what was refused. Goes on
// after a refusal, as a person would. vault_script PATH
#include "core/vault/VaultBackup.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace credenza;
using namespace credenza::test;

namespace
{

void say(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

template <typename T> bool report(const QString &what, const Result<T> &result)
{
    say((result ? u"done "_s : u"refused "_s) + what + (result ? QString() : u' ' + result.error().code));
    return result.has_value();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    SystemClock clock;
    SystemRandom random;
    const QString path = application.arguments().value(1);
    {
        auto vault = Vault::open(path, VaultFixture::passphrase(), clock, random);
        if (!report(u"open"_s, vault))
            return 0;
        auto first = vault->find(u"first"_s);
        Credential second = sampleCredential(2);
        second.name = u"second"_s;
        const auto added = vault->add(second, sampleKey(2));
        report(u"add"_s, added);
        if (first) {
            first->description = u"changed"_s;
            const auto key = sampleKey(3);
            report(u"update"_s, vault->update(*first, &key));
            report(u"remove"_s, vault->remove(first->id));
            report(u"restore"_s, vault->restore(first->id));
        }
        const QByteArrayView text("a value");
        report(u"put"_s, vault->putSealedItem(SealedKind::Setting, u"a"_s, std::as_bytes(std::span(text))));
        report(u"passphrase"_s, vault->changePassphrase(VaultFixture::passphrase(), VaultFixture::fastKdf()));
        report(u"refresh"_s, vault->refresh());
    }
    report(u"backup"_s, backUpVault(path, path + u".copy"_s));
    say(u"end"_s);
    return 0;
}
