// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Connector.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>

// Q_INIT_RESOURCE must stand outside of any namespace.
static void initConnectorResources()
{
    Q_INIT_RESOURCE(connectors);
}

namespace credenza
{

namespace
{

QRegularExpression anchoredPattern(const QString &pattern)
{
    if (pattern.isEmpty())
        return {};
    QRegularExpression whole(QRegularExpression::anchoredPattern(pattern), QRegularExpression::CaseInsensitiveOption);
    return whole.isValid() ? whole : QRegularExpression();
}

Connector connectorFromJson(const QJsonObject &json)
{
    Connector connector;
    connector.id = json.value(u"id").toString();
    connector.name = json.value(u"name").toString();
    connector.summary = json.value(u"summary").toString();
    connector.settingsTitle = json.value(u"settingsTitle").toString();
    connector.baseUrlExample = json.value(u"baseUrlExample").toString();
    connector.sandboxBaseUrl = json.value(u"sandboxBaseUrl").toString();
    connector.portalUrl = json.value(u"portalUrl").toString();
    connector.hasEpicPathRule = json.value(u"hasEpicPathRule").toBool();
    for (const QJsonValue &name : json.value(u"algorithms").toArray()) {
        if (const auto algorithm = signatureAlgorithm(name.toString()))
            connector.algorithms.append(*algorithm);
    }
    connector.clientIdPattern = anchoredPattern(json.value(u"clientIdPattern").toString());
    connector.clientIdHelp = json.value(u"clientIdHelp").toString();
    connector.basePathPattern = anchoredPattern(json.value(u"basePathPattern").toString());
    connector.basePathHint = json.value(u"basePathHint").toString();
    const QString need = json.value(u"jwkSetUrlNeededFor").toString();
    connector.jwkSetUrlNeed = need == u"all"        ? JwkSetUrlNeed::All
                              : need == u"elliptic" ? JwkSetUrlNeed::Elliptic
                                                    : JwkSetUrlNeed::None;
    connector.jwkSetUrlHint = json.value(u"jwkSetUrlHint").toString();
    connector.endpointDirectoryUrl = json.value(u"endpointDirectoryUrl").toString();
    const QJsonObject help = json.value(u"help").toObject();
    for (auto it = help.begin(); it != help.end(); ++it)
        connector.help.insert(it.key(), {it.value()[u"where"].toString(), it.value()[u"example"].toString()});
    return connector;
}

void readFolder(const QString &path, QList<Connector> &found)
{
    const QDir folder(path);
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const Connector connector = connectorFromJson(QJsonDocument::fromJson(file.readAll()).object());
        const bool isUsable = !connector.id.isEmpty() && !connector.name.isEmpty() && !connector.algorithms.isEmpty();
        if (isUsable && std::ranges::find(found, connector.id, &Connector::id) == found.end())
            found.append(connector);
    }
}

QList<Connector> readConnectors()
{
    initConnectorResources();
    QList<Connector> found;
    readFolder(QStringLiteral(":/connectors"), found);
    const QString ours = QStringLiteral("credenza/connectors");
    for (const QString &path :
         QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, ours, QStandardPaths::LocateDirectory))
        readFolder(path, found);
    const auto rank = [](const Connector &connector) {
        return connector.id == u"epic-ehr" ? 0 : connector.id == u"smart-backend" ? 2 : 1;
    };
    std::ranges::stable_sort(found, {}, rank);
    return found;
}

} // namespace

const QList<Connector> &connectors()
{
    static const QList<Connector> all = readConnectors();
    return all;
}

const Connector *connectorById(const QString &id)
{
    const auto found = std::ranges::find(connectors(), id, &Connector::id);
    return found == connectors().end() ? nullptr : &*found;
}

} // namespace credenza
