// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/AttachmentContent.h"
#include "core/fhir/ResourceWriter.h"
#include "tests/support/ResultMacros.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Attachments by what they are and not by what they say; and resources written to files.
class TestAttachmentContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTypes_data();
    void tellsTypes();
    void namesSafely_data();
    void namesSafely();
    void readsAnswers();
    void writesFiles();
    void leavesNothingHalfDone();
};

void TestAttachmentContent::tellsTypes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("actual");
    QTest::addColumn<bool>("mislabelled");
    QTest::newRow("PDF") << QByteArray("%PDF-1.7\n/Type /Page\n/Type /Pages") << u"application/pdf"_s
                         << u"application/pdf"_s << false;
    QTest::newRow("web page as PDF") << QByteArray("<!doctype HTML><html>") << u"application/pdf"_s << u"text/html"_s
                                     << true;
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n") << u"image/png"_s << u"image/png"_s << false;
    QTest::newRow("PNG as JPEG") << QByteArray("\x89PNG\r\n\x1a\n") << u"image/jpeg"_s << u"image/png"_s << true;
    QTest::newRow("text") << QByteArray("Dear colleague") << u"text/plain; charset=utf-8"_s << u"text/plain"_s << false;
    QTest::newRow("CDA") << QByteArray("<?xml version='1.0'?><ClinicalDocument/>") << u"text/xml"_s
                         << u"application/xml"_s << false;
    QTest::newRow("bytes") << QByteArray("\0\1\2\3", 4) << u"application/dicom"_s << QString() << false;
    QTest::newRow("nothing") << QByteArray() << u"text/plain"_s << QString() << false;
}

void TestAttachmentContent::tellsTypes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, declared);
    QFETCH(QString, actual);
    QFETCH(bool, mislabelled);
    const AttachmentContent content = attachmentContent({declared, {}, u"x"_s, {}}, bytes, declared);
    QCOMPARE(content.actualType, actual);
    QCOMPARE(content.isMislabelled(), mislabelled);
    if (actual == u"application/pdf")
        QCOMPARE(content.detail, u"PDF 1.7, pages: 1"_s);
}

void TestAttachmentContent::namesSafely_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"Discharge summary"_s << u"Discharge summary.txt"_s;
    QTest::newRow("path") << u"../../.bashrc"_s << u"-bashrc.txt"_s;
    QTest::newRow("two endings") << u"note.pdf.exe"_s << u"note-pdf-exe.txt"_s;
    QTest::newRow("controls") << u"a\nb\u202Egnp"_s << u"a-b-gnp.txt"_s;
    QTest::newRow("nothing") << QString() << u"attachment.txt"_s;
    QTest::newRow("long") << QString(500, u'x') << QString(80, u'x') + u".txt"_s;
}

void TestAttachmentContent::namesSafely()
{
    QFETCH(QString, title);
    QFETCH(QString, name);
    QCOMPARE(attachmentContent({{}, {}, title, {}}, "text", u"text/plain"_s).suggestedName, name);
}

void TestAttachmentContent::readsAnswers()
{
    HttpReply reply;
    reply.status = 200;
    reply.headers = {{"Content-Type", "application/fhir+json; charset=utf-8"}};
    reply.body = R"({"resourceType":"Binary","contentType":"application/pdf","data":"JVBERi0xLjQK"})";
    const auto binary = readAttachment({}, reply);
    QVERIFY_RESULT(binary);
    QCOMPARE(binary->bytes, "%PDF-1.4\n"_ba);
    reply.body = R"({"resourceType":"Binary","data":"*** not base64"})";
    QVERIFY_FAILS(readAttachment({}, reply), "attachment.damaged");
    reply.body = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"x","diagnostics":"no"}]})";
    QVERIFY(!readAttachment({}, reply)); // seen with status 200
    reply.headers = {{"Content-Type", "application/pdf"}};
    reply.body = "%PDF-1.4\n";
    const auto raw = readAttachment({}, reply);
    QVERIFY_RESULT(raw);
    QCOMPARE(raw->actualType, u"application/pdf"_s);
    reply.status = 403;
    QVERIFY(!readAttachment({}, reply));
}

void TestAttachmentContent::writesFiles()
{
    QTemporaryDir folder;
    const auto one = parseResource(R"({"resourceType":"Patient","id":"1","name":[{"text":"Ann \"A\", first"}]})");
    QVERIFY_RESULT(one);
    Resource withUrl = *one;
    withUrl.fullUrl = u"urn:\"x"_s;
    const auto contents = [&](const QString &name, ResourceFormat format) {
        const QString path = folder.filePath(name);
        const auto written = writeResources(path, format, {withUrl, *one}, columnsFor(u"Patient"_s), {});
        QFile file(path);
        return written && *written == 2 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QCOMPARE(contents(u"a.ndjson"_s, ResourceFormat::Ndjson), (toCompactJson(one->root) + '\n').repeated(2));
    const auto bundle = parseResource(contents(u"a.json"_s, ResourceFormat::Bundle));
    QVERIFY_RESULT(bundle);
    QCOMPARE(bundle->root[u"entry"].at(0)[u"fullUrl"].text(), u"urn:\"x"_s);
    QVERIFY(contents(u"a.csv"_s, ResourceFormat::Csv).contains("Patient,1,\"Ann \"\"A\"\", first\","));
    QCOMPARE(formatOf(u"x.NDJSON"_s, 1), ResourceFormat::Ndjson);
    QCOMPARE(formatOf(u"x.json"_s, 1), ResourceFormat::Json);
    QCOMPARE(formatOf(u"x.json"_s, 2), ResourceFormat::Bundle);
}

void TestAttachmentContent::leavesNothingHalfDone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.ndjson"_s);
    std::stop_source stop;
    int given = 0;
    const auto endless = [&]() -> Result<std::optional<Resource>> {
        if (++given == 5000)
            stop.request_stop();
        return std::optional(TRY(parseResource(R"({"resourceType":"Patient"})")));
    };
    QVERIFY_FAILS(writeResources(path, ResourceFormat::Ndjson, endless, {}, stop.get_token()), "cancelled");
    QVERIFY(!QFile::exists(path));
    QVERIFY_FAILS(writeResources(folder.filePath(u"no/x.csv"_s), ResourceFormat::Csv, QList<Resource>(), {}, {}),
                  "file.unwritable");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestAttachmentContent)
#include "tst_attachmentcontent.moc"
