// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"

#include "core/vault/BinaryForm.h"
#include "core/vault/SealedBox.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultKeys.h"

#include <QCoreApplication>

#include <algorithm>
#include <sodium.h>
#include <unistd.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KeySlotText {
    Q_DECLARE_TR_FUNCTIONS(KeySlotText)
};

constexpr quint8 argon2id = 1; // version 1.3, one lane
constexpr std::size_t saltSize = crypto_pwhash_argon2id_SALTBYTES;
// Limits on both ends: a hostile file must not make us eat the machine's memory or time.
constexpr quint32 minMemoryMiB = 8;
constexpr quint32 maxMemoryMiB = 4096;
constexpr quint32 maxPasses = 64;

struct PassphraseParameters {
    quint32 memoryMiB = 0;
    quint32 passes = 0;
    std::array<std::byte, saltSize> salt{};

    [[nodiscard]] bool isSupported() const
    {
        return memoryMiB >= minMemoryMiB && memoryMiB <= maxMemoryMiB && passes >= 1 && passes <= maxPasses;
    }
    [[nodiscard]] QByteArray encoded() const
    {
        BinaryWriter writer;
        writer.integer(argon2id).integer(memoryMiB).integer(passes).raw(salt);
        return writer.bytes();
    }
};

Result<PassphraseParameters> decode(const QByteArray &bytes)
{
    BinaryReader reader(asBytes(bytes));
    PassphraseParameters parameters;
    const auto algorithm = reader.integer<quint8>();
    parameters.memoryMiB = reader.integer<quint32>();
    parameters.passes = reader.integer<quint32>();
    const auto salt = reader.raw(saltSize);
    if (!reader.isExhausted() || algorithm != argon2id || !parameters.isSupported())
        return vaultDamaged(KeySlotText::tr("The passphrase slot of this vault holds settings that can't be right."));
    std::ranges::copy(salt, parameters.salt.begin());
    return parameters;
}

Result<SecretBytes> stretch(const SecretBytes &passphrase, const PassphraseParameters &parameters)
{
    SecretBytes key(VaultKeys::keySize);
    const auto text = passphrase.charView();
    if (crypto_pwhash(sodiumBytes(key.bytes()), key.size(), text.data(), static_cast<unsigned long long>(text.size()),
                      sodiumBytes(std::span<const std::byte>(parameters.salt)), parameters.passes,
                      std::size_t{parameters.memoryMiB} * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(
            ErrorKind::Failed, u"vault.kdf-memory"_s,
            KeySlotText::tr("The %1 MiB of memory that unlocking needs are not free.").arg(parameters.memoryMiB),
            KeySlotText::tr("Close other programs and try again."));
    return key;
}

QByteArray associatedData(const KeySlot &slot)
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.key-slot.1"))
        .id(slot.vaultId)
        .id(slot.id)
        .sized(slot.kind.toUtf8())
        .sized(slot.parameters);
    return writer.bytes();
}

} // namespace

QString passphraseSlotKind()
{
    return u"passphrase"_s;
}

QByteArray KeySlot::checksum() const
{
    BinaryWriter writer;
    writer.raw(QByteArrayView(associatedData(*this))).sized(sealedKey);
    return checksumOf(writer.bytes());
}

Result<KeySlot> makePassphraseSlot(const QUuid &vaultId, const SecretBytes &passphrase, const KdfParameters &kdf,
                                   const SecretBytes &vaultKey, RandomSource &random)
{
    if (passphrase.isEmpty())
        return fail(ErrorKind::InvalidInput, u"vault.passphrase-empty"_s, KeySlotText::tr("The passphrase is empty."),
                    KeySlotText::tr("Choose a passphrase: it is what protects every key in the vault."));
    PassphraseParameters parameters;
    parameters.memoryMiB = static_cast<quint32>(std::max(kdf.memoryMiB, 0));
    parameters.passes = static_cast<quint32>(std::max(kdf.passes, 0));
    if (!parameters.isSupported())
        return fail(
            ErrorKind::InvalidInput, u"vault.kdf-unsupported"_s,
            KeySlotText::tr("Unlocking can't be set to %1 MiB and %2 passes.").arg(kdf.memoryMiB).arg(kdf.passes),
            KeySlotText::tr("Choose %1 to %2 MiB and 1 to %3 passes.")
                .arg(minMemoryMiB)
                .arg(maxMemoryMiB)
                .arg(maxPasses));
    random.fill(parameters.salt);
    KeySlot slot{randomUuid(random), vaultId, passphraseSlotKind(), parameters.encoded(), {}};
    const auto key = TRY(stretch(passphrase, parameters));
    slot.sealedKey = sealBox(key, associatedData(slot), vaultKey.view(), random);
    return slot;
}

Result<SecretBytes> openPassphraseSlot(const KeySlot &slot, const SecretBytes &passphrase)
{
    const auto parameters = TRY(decode(slot.parameters));
    if (passphrase.isEmpty())
        return vaultWrongPassphrase(); // no slot is made with an empty one
    const auto key = TRY(stretch(passphrase, parameters));
    SecretBytes vaultKey(VaultKeys::keySize);
    const auto opened = openBox(key, associatedData(slot), slot.sealedKey, vaultKey);
    if (!opened || opened->size() != VaultKeys::keySize)
        return vaultWrongPassphrase();
    return vaultKey;
}

QString recoverySlotKind()
{
    return u"recovery"_s;
}

QString keyringSlotKind()
{
    return u"keyring"_s;
}

namespace
{

SecretBytes secretSlotKey(const KeySlot &slot, const SecretBytes &secret)
{
    SecretBytes key(VaultKeys::keySize);
    const QByteArray data = associatedData(slot);
    crypto_generichash(sodiumBytes(key.bytes()), key.size(), sodiumBytes(asBytes(data)),
                       static_cast<unsigned long long>(data.size()), sodiumBytes(secret.view()), secret.size());
    return key;
}

} // namespace

KeySlot makeSecretSlot(const QString &kind, const QUuid &vaultId, const SecretBytes &secret,
                       const SecretBytes &vaultKey, RandomSource &random)
{
    KeySlot slot{randomUuid(random), vaultId, kind, QByteArray(1, '\1'), {}};
    slot.sealedKey = sealBox(secretSlotKey(slot, secret), associatedData(slot), vaultKey.view(), random);
    return slot;
}

std::optional<SecretBytes> openSecretSlot(const KeySlot &slot, const SecretBytes &secret)
{
    const bool isUsable = secret.size() >= crypto_generichash_KEYBYTES_MIN &&
                          secret.size() <= crypto_generichash_KEYBYTES_MAX && slot.parameters == QByteArray(1, '\1');
    if (!isUsable)
        return std::nullopt;
    SecretBytes vaultKey(VaultKeys::keySize);
    const auto opened = openBox(secretSlotKey(slot, secret), associatedData(slot), slot.sealedKey, vaultKey);
    if (!opened || opened->size() != VaultKeys::keySize)
        return std::nullopt;
    return vaultKey;
}

KdfParameters calibratedKdf(std::chrono::milliseconds target)
{
    constexpr int floorMemory = 64;
    constexpr int floorPasses = 3;
    QByteArray sample("calibration");
    const SecretBytes passphrase = SecretBytes::takeFrom(sample);
    PassphraseParameters parameters{.memoryMiB = floorMemory, .passes = floorPasses, .salt = {}};
    const auto start = std::chrono::steady_clock::now();
    if (const auto key = stretch(passphrase, parameters); !key)
        return {floorMemory, floorPasses};
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    const double ratio = std::chrono::duration<double>(target) / taken;
    const qint64 machineMiB = static_cast<qint64>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE) / (1024 * 1024);
    const int ceiling = static_cast<int>(std::clamp<qint64>(machineMiB / 4, floorMemory, 1024));
    constexpr int step = 32;
    const int wanted = static_cast<int>(std::min(floorMemory * ratio, 4096.0)) / step * step;
    const int memory = std::clamp(wanted, floorMemory, ceiling);
    // Where memory has reached its limit, more passes make up for the rest.
    const int passes = static_cast<int>(floorPasses * floorMemory * ratio / memory);
    return {memory, std::clamp(passes, floorPasses, static_cast<int>(maxPasses))};
}

Result<KdfParameters> kdfOf(const KeySlot &slot)
{
    const auto parameters = TRY(decode(slot.parameters));
    return KdfParameters{static_cast<int>(parameters.memoryMiB), static_cast<int>(parameters.passes)};
}

} // namespace credenza
