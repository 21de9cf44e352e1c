// SPDX-License-Identifier: Apache-2.0
// What a FHIR server or a file may hold, as far as it is shown: JSON, summaries, columns, references, narratives.
#include "core/fhir/CapabilityStatement.h"
#include "core/fhir/FhirFailure.h"
#include "core/fhir/FhirSearch.h"
#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/SearchSuggestions.h"
#include "core/fhir/ValueText.h"

#include <cstdlib>

using namespace credenza;

namespace
{

void expect(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

void showResource(const Resource &resource)
{
    const ResourceSummary summary = summarize(resource);
    expect(!summary.title.isEmpty());
    for (const SummaryTable &table : summary.tables) {
        for (const QList<SummaryPart> &row : table.rows)
            expect(row.size() == table.head.size());
    }
    expect(!summaryLine(resource).isEmpty());
    for (const ResourceColumn &column : columnsFor(resource.type()))
        (void)cellOf(resource, column);
    for (const QString &reference : referencesIn(resource.root)) {
        const ReferenceTarget target = referenceTarget(reference, QUrl(QStringLiteral("https://ehr.example/r4/")));
        (void)referenceTarget(reference, {});
        if (target.kind == ReferenceKind::Contained)
            (void)containedResource(resource, target.path);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto document = JsonDocument::parse(text)) {
        const JsonValue root = (*document)->root();
        const QByteArray compact = toCompactJson(root);
        const auto again = JsonDocument::parse(compact);
        expect(again.has_value() && toCompactJson((*again)->root()) == compact);
        expect(root.nodes() == (*document)->size());
        (void)toShownJson(root, 100);
        (void)codedText(root);
        for (quint32 index = 0; index < (*document)->size() && index < 500; ++index) {
            (void)typeName((*document)->value(index));
            (void)fhirPathStep((*document)->value(index).name(), QStringLiteral("Observation"));
        }
        if (root[u"resourceType"].isString() && !root[u"resourceType"].text().isEmpty())
            showResource({*document, root, {}});
    }
    HttpReply reply;
    reply.status = 200;
    reply.body = text;
    if (const auto page = readSearchPage(reply, QStringLiteral("Patient")))
        (void)page->matches.size();
    reply.status = 400;
    expect(!fhirFailure(reply, QStringLiteral("Patient")).message.isEmpty());
    (void)countIn(text);
    if (const auto capabilities = readCapabilityStatement(text)) {
        for (const CapabilityStatement::ResourceType &type : capabilities->types)
            (void)searchFields(type);
    }
    (void)narrativeText(QString::fromUtf8(text));
    return 0;
}
