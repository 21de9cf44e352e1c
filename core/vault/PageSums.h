// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include <QtGlobal>

namespace credenza
{

/// Pages of a vault's file, as FORMAT.md, "The database" says.
inline constexpr std::size_t vaultPageSize = 4096;
/// SQLite leaves this much room at the end of each page for its checksum.
inline constexpr std::size_t pageSumSize = 16;

/// The name of the SQLite VFS that ends each page it writes into a vault with the page's checksum; registered on first
/// use. It changes nothing else, and writes none into databases that have no room for it. SQLite neither zeroes nor
/// checks the unused parts of a page, so that without a sum a byte could change there unnoticed.
[[nodiscard]] const char *pageSumVfs();

/// Whether a page, `number` counted from 1, ends with its checksum.
[[nodiscard]] bool isPageSound(quint32 number, std::span<const std::byte, vaultPageSize> page);

} // namespace credenza
