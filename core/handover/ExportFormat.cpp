// SPDX-License-Identifier: Apache-2.0
#include "core/handover/ExportFormat.h"

#include "core/handover/formats/Formats.h"

#include <algorithm>

namespace credenza
{

const QList<ExportFormat> &exportFormats()
{
    static const QList<ExportFormat> formats{
        jwksFormat(),       nexlaFormat(),   kubernetesFormat(), dotenvFormat(),     bulkDataClientFormat(),
        smartFetchFormat(), infernoFormat(), vaultKvFormat(),    awsSecretsFormat(), onePasswordFormat(),
        keePassFormat(),    postmanFormat(), brunoFormat()};
    return formats;
}

const ExportFormat *exportFormatById(const QString &id)
{
    const auto found = std::ranges::find(exportFormats(), id, &ExportFormat::id);
    return found == exportFormats().end() ? nullptr : &*found;
}

} // namespace credenza
