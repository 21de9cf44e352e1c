// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Connector.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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
    return connector;
}

QList<Connector> readConnectors()
{
    initConnectorResources();
    QList<Connector> found;
    const QDir folder(QStringLiteral(":/connectors"));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            found.append(connectorFromJson(QJsonDocument::fromJson(file.readAll()).object()));
    }
    std::ranges::stable_partition(found, [](const Connector &connector) { return connector.id == u"epic-ehr"; });
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
