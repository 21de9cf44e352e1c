// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"

#include <cstdint>
#include <cstdlib>

using namespace credenza;

namespace
{

void require(bool condition)
{
    if (!condition)
        std::abort();
}

AgeKeys fixedKeys()
{
    AgeKeys keys;
    // Of the published test kit; no passphrase, for an input could ask for minutes of scrypt.
    keys.identities.push_back(
        *AgeIdentity::fromText("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"));
    return keys;
}

} // namespace

/// Any bytes as an age file: opened whole, or a failure of the format with words for a person; and never more given out
/// than is there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const AgeKeys keys = fixedKeys();
    const QByteArrayView file(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    std::size_t released = 0;
    const auto sink = [&released](std::span<const std::byte> chunk) -> Result<void> {
        released += chunk.size();
        return {};
    };
    MemorySource source(file);
    const auto opened = decryptAge(source, AgeForm::Detect, keys, sink);
    require(opened || (opened.error().code.startsWith(u"age.") && !opened.error().message.isEmpty()));
    require(released <= size);
    MemorySource again(file);
    const auto lock = inspectAge(again);
    require(lock || !opened);
    return 0;
}
