// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Validation.h"
#include "core/vault/Vault.h"
#include "ui/settings/Shortcuts.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

QStringList placesIn(const QString &text)
{
    static const QRegularExpression place(u"%(?:L?\\d+|n)"_s);
    QStringList found;
    for (auto match = place.globalMatch(text); match.hasNext();)
        found.append(match.next().captured());
    found.sort();
    return found;
}

} // namespace

/// The catalogues of Qt Linguist: whole, and with the same places for values as the original.
class TestTranslations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void catalogueIsFinished_data();
    void catalogueIsFinished();
    void germanIsSpoken();
};

void TestTranslations::catalogueIsFinished_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(CREDENZA_SOURCE_DIR "/resources/translations"));
    for (const QString &name : folder.entryList({u"*.ts"_s}, QDir::Files))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestTranslations::catalogueIsFinished()
{
    QFETCH(QString, file);
    QFile catalogue(file);
    QVERIFY(catalogue.open(QIODevice::ReadOnly));
    const bool isSource = file.endsWith(u"_en.ts"_s); // English has only what needs a plural
    QXmlStreamReader xml(&catalogue);
    QString source;
    QStringList wrong;
    int messages = 0;
    bool isPlural = false;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            if (const QString context = xml.readElementText(); context.isEmpty())
                wrong << u"strings without a context: no class with tr() was recognised"_s;
        } else if (xml.name() == u"message") {
            isPlural = xml.attributes().value(u"numerus"_s) == u"yes";
            ++messages;
        } else if (xml.name() == u"source") {
            source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            if (xml.attributes().hasAttribute(u"type"_s))
                wrong << u"unfinished: "_s + source;
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            if (isSource)
                continue;
            if (text.isEmpty())
                wrong << u"empty: "_s + source;
            else if (!isPlural && placesIn(text) != placesIn(source))
                wrong << u"other places for values: %1 → %2"_s.arg(source, text);
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(messages > 0);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestTranslations::germanIsSpoken()
{
    QTranslator german;
    QVERIFY2(german.load(u"credenza_de"_s, QStringLiteral(CREDENZA_CATALOGUES)), CREDENZA_CATALOGUES);
    // A string of each way the sources mark theirs: functions of a room, of a class, and plural forms.
    const QString name = QString::fromUtf8("The name is missing.");
    QVERIFY(validate(CredentialDraft{}).of(Field::Name).message == name);
    QVERIFY(QCoreApplication::installTranslator(&german));
    QCOMPARE(validate(CredentialDraft{}).of(Field::Name).message, u"Der Name fehlt."_s);
    QCOMPARE(shortcutGroups().constFirst().title, u"Überall"_s);
    QCOMPARE(QCoreApplication::translate("credenza::Application", "%n credential(s)", nullptr, 2), u"2 Credentials"_s);
    QCOMPARE(QCoreApplication::translate("credenza::CredentialForm", "Advanced"), u"Erweitert"_s);
    QCoreApplication::removeTranslator(&german);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestTranslations)
#include "tst_translations.moc"
