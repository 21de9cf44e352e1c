// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityText.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct ActivityWords {
    Q_DECLARE_TR_FUNCTIONS(ActivityWords)
};

QJsonObject toJson(const ActivityEntry &entry)
{
    QJsonObject json{{u"sequence"_s, static_cast<qint64>(entry.sequence)},
                     {u"at"_s, entry.at.toUTC().toString(Qt::ISODateWithMs)},
                     {u"actor"_s, entry.actor},
                     {u"program"_s, entry.program},
                     {u"action"_s, entry.action},
                     {u"detail"_s, entry.detail},
                     {u"hash"_s, QString::fromLatin1(entry.hash.toHex())}};
    if (!entry.credentialId.isNull())
        json.insert(u"credential"_s, QJsonObject{{u"id"_s, entry.credentialId.toString(QUuid::WithoutBraces)},
                                                 {u"name"_s, entry.credentialName}});
    return json;
}

} // namespace

ActivityKind activityKind(const QString &action)
{
    if (action == "credential.tested"_L1 || action == "token.issued"_L1)
        return ActivityKind::Test;
    if (action == "credential.key-replaced"_L1 || action == "credential.exported"_L1 || action.startsWith("key."_L1) ||
        action.startsWith("identity."_L1))
        return ActivityKind::Key;
    return action.startsWith("vault."_L1) ? ActivityKind::Vault : ActivityKind::Change;
}

QString activityText(const QString &action)
{
    static const QMap<QString, const char *> words{
        {u"credential.created"_s, QT_TRANSLATE_NOOP("ActivityWords", "Created")},
        {u"credential.changed"_s, QT_TRANSLATE_NOOP("ActivityWords", "Changed")},
        {u"credential.key-replaced"_s, QT_TRANSLATE_NOOP("ActivityWords", "Key replaced")},
        {u"credential.tested"_s, QT_TRANSLATE_NOOP("ActivityWords", "Tested")},
        {u"credential.deleted"_s, QT_TRANSLATE_NOOP("ActivityWords", "Moved to the trash")},
        {u"credential.restored"_s, QT_TRANSLATE_NOOP("ActivityWords", "Restored")},
        {u"credential.purged"_s, QT_TRANSLATE_NOOP("ActivityWords", "Removed for good")},
        {u"credential.exported"_s, QT_TRANSLATE_NOOP("ActivityWords", "Exported")},
        {u"token.issued"_s, QT_TRANSLATE_NOOP("ActivityWords", "Token issued")},
        {u"identity.created"_s, QT_TRANSLATE_NOOP("ActivityWords", "Identity made")},
        {u"identity.added"_s, QT_TRANSLATE_NOOP("ActivityWords", "Identity added")},
        {u"identity.removed"_s, QT_TRANSLATE_NOOP("ActivityWords", "Identity removed")},
        {u"identity.exported"_s, QT_TRANSLATE_NOOP("ActivityWords", "Identity exported")},
        {u"key.shown"_s, QT_TRANSLATE_NOOP("ActivityWords", "Key shown")},
        {u"vault.passphrase-changed"_s, QT_TRANSLATE_NOOP("ActivityWords", "Passphrase changed")},
        {u"vault.slot-added"_s, QT_TRANSLATE_NOOP("ActivityWords", "Way to unlock added")},
        {u"vault.slot-removed"_s, QT_TRANSLATE_NOOP("ActivityWords", "Way to unlock removed")},
        {u"vault.salvaged"_s, QT_TRANSLATE_NOOP("ActivityWords", "Salvaged from a damaged vault")},
    };
    const char *const text = words.value(action, nullptr);
    return text == nullptr ? action : QCoreApplication::translate("ActivityWords", text);
}

QByteArray activityNdjson(const QList<ActivityEntry> &entries)
{
    QByteArray lines;
    for (const ActivityEntry &entry : entries)
        lines += QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact) + '\n';
    return lines;
}

} // namespace credenza
