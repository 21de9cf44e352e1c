// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/AttachmentContent.h"
#include "core/fhir/FhirFailure.h"
#include "core/fhir/FhirSearch.h"
#include "core/fhir/ResourceFile.h"
#include "core/fhir/ValueText.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

constexpr int mutationsEach = 60;

/// One small change that a broken disk, a bad proxy or an attacker would make. Seeded: a failure comes again.
QByteArray mutated(QByteArray text, std::mt19937 &random)
{
    static const QByteArrayList pieces{"{",
                                       "}",
                                       "[",
                                       "]",
                                       "\"",
                                       "\\",
                                       ",",
                                       ":",
                                       "null",
                                       "1e999",
                                       "-",
                                       "\xff",
                                       "\\ud800",
                                       "\0",
                                       "<script>",
                                       "\"reference\":\"#\"",
                                       "{\"reference\":\"Patient/1\"}"};
    const auto below = [&random](qsizetype size) {
        return size <= 0 ? qsizetype(0) : qsizetype(random() % static_cast<std::uint64_t>(size));
    };
    for (int change = 0; change < 1 + int(random() % 4); ++change) {
        const qsizetype at = below(text.size());
        switch (random() % 5) {
        case 0:
            text.remove(at, below(64));
            break;
        case 1:
            text.insert(at, pieces.at(below(pieces.size())));
            break;
        case 2:
            text.insert(at, text.mid(below(text.size()), below(256)));
            break;
        case 3:
            if (!text.isEmpty())
                text[at] = static_cast<char>(random());
            break;
        default:
            text.truncate(at);
        }
    }
    return text;
}

/// Everything that looks at what came from outside.
void lookAt(const QByteArray &text)
{
    if (const auto resource = parseResource(text)) {
        const ResourceSummary summary = summarize(*resource);
        QVERIFY(!summary.title.isEmpty());
        for (const ResourceColumn &column : columnsFor(resource->type()))
            (void)cellOf(*resource, column);
        (void)summaryLine(*resource);
        (void)referencesIn(resource->root);
        QVERIFY_RESULT(JsonDocument::parse(toIndentedJson(resource->root)));
        for (const JsonValue value : valuesAt(resource->root, u"content.attachment"))
            (void)attachmentSource(value);
    }
    HttpReply reply;
    reply.status = 200;
    reply.body = text;
    (void)readSearchPage(reply, u"Patient"_s);
    (void)readAttachment({}, reply);
    reply.status = 400;
    (void)fhirFailure(reply, u"Patient"_s);
    (void)narrativeText(QString::fromUtf8(text));
}

} // namespace

/// Real resources, broken in thousands of small ways: nothing crashes, nothing hangs, what can be read is read.
class TestHostileFhir : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesMutations();
    void indexesMutations();
    void survivesNarratives_data();
    void survivesNarratives();

private:
    [[nodiscard]] static QByteArrayList samples();
};

QByteArrayList TestHostileFhir::samples()
{
    QByteArrayList found;
    QDirIterator files(sharedData(u"fhir-r4/spec-examples"_s), {u"*.json"_s}, QDir::Files);
    while (files.hasNext() && found.size() < 120) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.size() < 20'000)
            found.append(file.readAll());
    }
    return found;
}

void TestHostileFhir::survivesMutations()
{
    REQUIRE_SHARED_DATA("fhir-r4/spec-examples");
    std::mt19937 random(20261124);
    for (const QByteArray &sample : samples()) {
        for (int round = 0; round < mutationsEach; ++round) {
            lookAt(mutated(sample, random));
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void TestHostileFhir::indexesMutations()
{
    REQUIRE_SHARED_DATA("fhir-r4/spec-examples");
    std::mt19937 random(4113);
    QByteArray lines;
    QByteArrayList wrapped;
    for (const QByteArray &sample : samples()) {
        const auto resource = parseResource(sample);
        if (!resource)
            continue;
        lines += toCompactJson(resource->root) + '\n';
        wrapped.append("{\"fullUrl\":\"urn:x\",\"resource\":" + toCompactJson(resource->root) + '}');
    }
    const QByteArray bundle = "{\"resourceType\":\"Bundle\",\"entry\":[" + wrapped.join(",\n") + "]}";
    QTemporaryDir folder;
    for (int round = 0; round < 60; ++round) {
        for (const QString &name : {u"a.ndjson"_s, u"a.json"_s, u"bundle.json"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(mutated(mutated(name.startsWith(u'b') ? bundle : lines, random), random));
            file.close();
            const auto statistics = fileStatistics(file.fileName(), {});
            QVERIFY_RESULT(statistics);
            QVERIFY(statistics->resources + statistics->brokenCount <= statistics->lines);
        }
    }
}

void TestHostileFhir::survivesNarratives_data()
{
    QTest::addColumn<QString>("xhtml");
    QTest::newRow("deep") << u"<div>"_s.repeated(100'000);
    QTest::newRow("open tag") << u"<div "_s + QString(1'000'000, u'x');
    QTest::newRow("many entities") << u"<div>"_s + u"&nbsp;"_s.repeated(100'000) + u"</div>"_s;
    QTest::newRow("many opening brackets") << QString(200'000, u'<');
    QTest::newRow("scripts without end") << u"<script>"_s.repeated(20'000);
}

void TestHostileFhir::survivesNarratives()
{
    QFETCH(QString, xhtml);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!narrativeText(xhtml).contains(u"<div"_s));
    QVERIFY2(timer.elapsed() < 5'000, "it takes too long to be shown");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestHostileFhir)
#include "tst_hostilefhir.moc"
