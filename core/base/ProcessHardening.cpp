// SPDX-License-Identifier: Apache-2.0
#include "core/base/ProcessHardening.h"

#include <QCoreApplication>

#include <sodium.h>
#include <sys/resource.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace credenza
{

Result<void> hardenProcess()
{
    const rlimit noCore{0, 0};
    bool hardened = sodium_init() >= 0 && setrlimit(RLIMIT_CORE, &noCore) == 0;
#ifdef Q_OS_LINUX
    hardened = hardened && prctl(PR_SET_DUMPABLE, 0) == 0;
#endif
    if (!hardened)
        return fail(ErrorKind::Failed, QStringLiteral("hardening.failed"),
                    QCoreApplication::translate("ProcessHardening", "The process can't protect its memory."));
    return {};
}

} // namespace credenza
