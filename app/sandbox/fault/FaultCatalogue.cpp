// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fault/FaultCatalogue.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

struct FaultText {
    Q_DECLARE_TR_FUNCTIONS(FaultText)
};

Failure malformed(const QString &what)
{
    return fail(ErrorKind::Damaged, u"sandbox.fault-catalogue"_s,
                FaultText::tr("The fault catalogue is not valid: %1.").arg(what));
}

/// Empty: right; else what is wrong with it.
QString wrongIn(const QJsonObject &intervention)
{
    static const QStringList places{u"configuration"_s, u"metadata"_s, u"token"_s, u"jwks"_s, u"fhir"_s, u"every"_s};
    static const QStringList kinds{u"status"_s,           u"merge"_s,      u"keys"_s,        u"withhold"_s, u"drop"_s,
                                   u"dripMilliseconds"_s, u"floodBytes"_s, u"clockSeconds"_s};
    static const QStringList others{u"at"_s, u"headers"_s, u"json"_s, u"body"_s, u"times"_s, u"without"_s, u"twice"_s};
    if (!places.contains(intervention.value(u"at").toString()))
        return u"at"_s;
    const QStringList members = intervention.keys();
    if (std::ranges::count_if(kinds, [&](const QString &kind) { return members.contains(kind); }) != 1)
        return u"what to do"_s;
    for (const QString &member : members) {
        if (!kinds.contains(member) && !others.contains(member))
            return member;
    }
    return {};
}

} // namespace

Result<QList<Fault>> readFaults(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return malformed(u"no list"_s);
    QList<Fault> faults;
    QSet<QString> ids;
    for (const QJsonValue &value : document.array()) {
        const QJsonObject entry = value.toObject();
        Fault fault{.id = entry.value(u"id").toString(),
                    .row = entry.value(u"row").toString(),
                    .title = entry.value(u"title").toString(),
                    .cause = entry.value(u"cause").toString(),
                    .isAlike = entry.value(u"alike").toBool(),
                    .server = entry.value(u"server").toArray(),
                    .client = entry.value(u"client").toObject(),
                    .vault = entry.value(u"vault").toObject()};
        if (fault.id.isEmpty() || fault.row.isEmpty() || fault.title.isEmpty() || ids.contains(fault.id))
            return malformed(fault.id);
        for (const QJsonValue &intervention : fault.server) {
            if (const QString wrong = wrongIn(intervention.toObject()); !wrong.isEmpty())
                return malformed(fault.id + u": "_s + wrong);
        }
        ids.insert(fault.id);
        faults.append(std::move(fault));
    }
    return faults;
}

const QList<Fault> &faultCatalogue()
{
    static const QList<Fault> faults = [] {
        QFile file(u":/sandbox/faults.json"_s);
        const bool isOpen = file.open(QIODevice::ReadOnly);
        Result<QList<Fault>> read = readFaults(isOpen ? file.readAll() : QByteArray());
        // Built in, and read by a test: only a broken build gets here.
        if (!read)
            qFatal("%s", qUtf8Printable(read.error().message));
        return std::move(*read);
    }();
    return faults;
}

const Fault *findFault(const QString &id)
{
    const QList<Fault> &faults = faultCatalogue();
    const auto found = std::ranges::find(faults, id, &Fault::id);
    return found == faults.end() ? nullptr : &*found;
}

} // namespace credenza::sandbox
