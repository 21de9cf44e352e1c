// SPDX-License-Identifier: Apache-2.0
// Saves into a vault until it is killed, and says on standard output before and after each save what it is.
// vault_writer PATH PREFIX: PREFIX keeps the names of several writers apart.
#include "tests/unit/vault/VaultFixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace credenza;
using namespace credenza::test;

namespace
{

/// Straight to the pipe: what was said must have been said when the kill comes.
void say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

/// On a machine that has no time for either, one of two programs that save without a pause may be told that the vault
/// is busy: nothing was saved then, and it is tried again, as the message says.
template <typename Save> auto persistently(Save save)
{
    auto saved = save();
    for (int tries = 0; tries < 20 && !saved && saved.error().code == "vault.busy"_L1; ++tries) {
        say(u"busy"_s);
        saved = save();
    }
    return saved;
}

int failed(const Error &error)
{
    say(u"failed "_s + error.code);
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString prefix = application.arguments().value(2);
    SystemClock clock;
    SystemRandom random;
    auto vault = Vault::open(application.arguments().value(1), VaultFixture::passphrase(), clock, random);
    if (!vault)
        return failed(vault.error());
    say(u"ready"_s);
    for (int i = 0;; ++i) {
        Credential credential = sampleCredential(i);
        credential.name = prefix + QString::number(i);
        say(u"try %1 1"_s.arg(credential.name));
        auto saved = persistently([&] { return vault->add(credential, sampleKey(i)); });
        if (!saved)
            return failed(saved.error());
        say(u"done %1 1"_s.arg(credential.name));
        if (i % 2 == 0) {
            say(u"try %1 2"_s.arg(credential.name));
            saved->description = u"second"_s;
            const auto key = sampleKey(i + 1);
            saved = persistently([&] { return vault->update(*saved, i % 4 == 0 ? &key : nullptr); });
            if (!saved)
                return failed(saved.error());
            say(u"done %1 2"_s.arg(credential.name));
        }
        if (i % 5 == 0) {
            say(u"try %1 0"_s.arg(credential.name));
            if (const auto removed = persistently([&] { return vault->remove(saved->id); }); !removed)
                return failed(removed.error());
            say(u"done %1 0"_s.arg(credential.name));
            // Other saves in between; what they keep is looked at by the check alone.
            const QByteArrayView value("a value");
            if (const auto put = persistently([&] {
                    return vault->putSealedItem(SealedKind::Draft, credential.name, std::as_bytes(std::span(value)));
                });
                !put)
                return failed(put.error());
            if (i % 10 == 0) {
                say(u"try %1 4"_s.arg(credential.name)); // put away as 3, brought back as 4
                const auto restored = persistently([&] { return vault->restore(saved->id); });
                if (!restored)
                    return failed(restored.error());
                say(u"done %1 %2"_s.arg(credential.name).arg(restored->revision));
            } else if (const auto purged = persistently([&] { return vault->emptyTrash(saved->id); }); !purged) {
                return failed(purged.error());
            }
        }
    }
}
