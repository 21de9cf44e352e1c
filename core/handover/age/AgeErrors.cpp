// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeErrors.h"

#include <QCoreApplication>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct AgeErrorText {
    Q_DECLARE_TR_FUNCTIONS(AgeErrorText)
};

Failure damaged(const QString &code, const QString &message)
{
    return fail(ErrorKind::Damaged, code, message, AgeErrorText::tr("Ask for the file again, or copy it once more."));
}

} // namespace

Failure ageInvalidArmor(const QString &detail)
{
    return damaged(u"age.invalid-armor"_s,
                   AgeErrorText::tr("The text form of this encrypted file is damaged: %1").arg(detail));
}

Failure ageInvalidHeader(const QString &detail)
{
    return damaged(u"age.invalid-header"_s, AgeErrorText::tr("This is not a valid age file: %1").arg(detail));
}

Failure ageWrongMac()
{
    return damaged(u"age.wrong-mac"_s, AgeErrorText::tr("The head of this encrypted file was changed."));
}

Failure ageInvalidPayload(const QString &detail)
{
    return damaged(u"age.invalid-payload"_s,
                   AgeErrorText::tr("The contents of this encrypted file are damaged: %1").arg(detail));
}

Failure ageNoMatch(bool isPassphrase)
{
    if (isPassphrase)
        return fail(ErrorKind::Locked, u"age.no-match"_s,
                    AgeErrorText::tr("This passphrase does not open the encrypted file."),
                    AgeErrorText::tr("Check Caps Lock and the keyboard layout, or ask the sender."));
    return fail(ErrorKind::Locked, u"age.no-match"_s,
                AgeErrorText::tr("The file was not encrypted for any of these identities."),
                AgeErrorText::tr("Give the identity whose recipient the sender used."));
}

Failure ageKeyNeeded(bool isPassphrase)
{
    if (isPassphrase)
        return fail(ErrorKind::Locked, u"age.passphrase-needed"_s,
                    AgeErrorText::tr("The file is encrypted with a passphrase, and none was given."),
                    AgeErrorText::tr("Ask the sender for it; it is not your vault's passphrase."));
    return fail(ErrorKind::Locked, u"age.identity-needed"_s,
                AgeErrorText::tr("The file is encrypted for recipients, and no identity was given."),
                AgeErrorText::tr("Give the file that holds your AGE-SECRET-KEY-1…"));
}

} // namespace credenza
