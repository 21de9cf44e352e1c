// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/IncludeRules.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace credenza::lint
{
namespace
{

struct Include {
    qsizetype line;
    QString header;
    bool isQuoted; ///< "…" rather than <…>
};

QList<Include> includesOf(const File &file)
{
    static const QRegularExpression directive(QStringLiteral(R"(^\s*#\s*include\s*(["<])([^">]+)[">])"));
    QList<Include> includes;
    for (qsizetype i = 0; i < file.text.withoutComments.size(); ++i) {
        const auto match = directive.match(file.text.withoutComments[i]);
        if (match.hasMatch())
            includes.append({i + 1, match.captured(2), match.captured(1) == QLatin1String("\"")});
    }
    return includes;
}

// "core/keys/Jwk.h" → {"core", "keys"}
std::pair<QString, QString> houseAndRoom(const QString &path)
{
    return {path.section(QLatin1Char('/'), 0, 0), path.section(QLatin1Char('/'), 1, 1)};
}

QString objection(const Repository &repository, const QString &from, const QString &to)
{
    const auto [house, room] = houseAndRoom(from);
    const auto [otherHouse, otherRoom] = houseAndRoom(to);
    const bool isKnown =
        QStringList{QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests")}
            .contains(otherHouse);
    if (!isKnown)
        return to.endsWith(QLatin1String(".moc")) ? QString()
                                                  : QStringLiteral("include from the root of the repository");
    if (house == QLatin1String("tests")) {
        const bool isCoreTest =
            room == QLatin1String("unit") && from.section(QLatin1Char('/'), 2, 2) != QLatin1String("ui");
        return isCoreTest && otherHouse == QLatin1String("ui") ? QStringLiteral("a unit test of core may not use ui")
                                                               : QString();
    }
    if (otherHouse == QLatin1String("tests"))
        return QStringLiteral("the programs may not use the tests");
    if (house == QLatin1String("core") || house == QLatin1String("ui")) {
        const QStringList allowed = house == QLatin1String("core")
                                        ? QStringList{QStringLiteral("core")}
                                        : QStringList{QStringLiteral("core"), QStringLiteral("ui")};
        if (!allowed.contains(otherHouse))
            return QStringLiteral("%1 may not use %2").arg(house, otherHouse);
        if (house != otherHouse)
            return {};
        const QStringList &rooms = house == QLatin1String("core") ? repository.coreRooms : repository.uiRooms;
        if (rooms.indexOf(otherRoom) < 0)
            return QStringLiteral("%1 is no room of %2/CMakeLists.txt").arg(otherRoom, house);
        if (rooms.indexOf(otherRoom) > rooms.indexOf(room))
            return QStringLiteral("%1 comes before %2, so it may not use it").arg(room, otherRoom);
        return {};
    }
    if (otherHouse == QLatin1String("app") && otherRoom != room)
        return QStringLiteral("the programs may not use each other");
    if (otherHouse == QLatin1String("ui") && room != QLatin1String("credenza"))
        return QStringLiteral("app/%1 has no windows, so it may not use ui").arg(room);
    return {};
}

QList<Finding> checkDirection(const Repository &repository)
{
    QList<Finding> findings;
    for (const File &file : repository.files) {
        if (!file.isCpp())
            continue;
        for (const Include &include : includesOf(file)) {
            if (!include.isQuoted)
                continue;
            const QString message = objection(repository, file.path, include.header);
            if (!message.isEmpty())
                findings.append({file.path, include.line, include.header + QStringLiteral(": ") + message});
        }
    }
    return findings;
}

// The library a <header> belongs to, as it is named in the table below; empty for those that nobody minds.
QString libraryOf(const Repository &repository, const QString &header)
{
    const QString folder = header.section(QLatin1Char('/'), 0, 0);
    if (folder == QLatin1String("openssl"))
        return QStringLiteral("OpenSSL");
    if (folder == QLatin1String("sodium.h") || folder == QLatin1String("sodium"))
        return QStringLiteral("libsodium");
    if (folder == QLatin1String("microhttpd.h"))
        return QStringLiteral("libmicrohttpd");
    if (folder == QLatin1String("CLI"))
        return QStringLiteral("CLI11");
    for (const char *name : {"QtGui", "QtWidgets", "QtNetwork", "QtSql"}) {
        const QString module = QLatin1String(name);
        const bool isPrefixed = folder == module;
        if (isPrefixed ||
            QFileInfo::exists(repository.qtHeaders + QLatin1Char('/') + module + QLatin1Char('/') + header))
            return module;
    }
    return {};
}

struct Restriction {
    QLatin1String folder;
    QStringList libraries;
};

QList<Finding> checkLibraries(const Repository &repository)
{
    const QStringList windows{QStringLiteral("QtGui"), QStringLiteral("QtWidgets")};
    const QStringList machinery{QStringLiteral("OpenSSL"),   QStringLiteral("libsodium"),     QStringLiteral("QtSql"),
                                QStringLiteral("QtNetwork"), QStringLiteral("libmicrohttpd"), QStringLiteral("CLI11")};
    const QList<Restriction> restrictions{
        {QLatin1String("core/"), windows + QStringList{QStringLiteral("libmicrohttpd"), QStringLiteral("CLI11")}},
        {QLatin1String("ui/"), machinery},
        {QLatin1String("app/credenza/"), machinery},
        {QLatin1String("app/cli/"), windows + machinery.mid(0, machinery.size() - 1)},
        {QLatin1String("app/sandbox/"), windows + QStringList{QStringLiteral("QtSql")}},
    };
    QList<Finding> findings;
    for (const File &file : repository.files) {
        for (const Restriction &restriction : restrictions) {
            if (!file.isCpp() || !file.isIn(restriction.folder))
                continue;
            for (const Include &include : includesOf(file)) {
                const QString library = libraryOf(repository, include.header);
                if (restriction.libraries.contains(library)) {
                    findings.append({file.path, include.line,
                                     QStringLiteral("%1 is %2, which %3 does without")
                                         .arg(include.header, library, QString(restriction.folder))});
                }
            }
        }
    }
    return findings;
}

} // namespace

QList<Rule> includeRules()
{
    return {
        {QStringLiteral("include-direction"),
         QStringLiteral("Dependencies point one way, app → ui → core, and in core from a later room to an earlier one: "
                        "so each part can be read, tested and replaced without those above it."),
         checkDirection},
        {QStringLiteral("forbidden-library"),
         QStringLiteral("core knows nothing of windows, ui nothing of OpenSSL, SQL or HTTP, and app only wires."),
         checkLibraries},
    };
}

} // namespace credenza::lint
