// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Catalog.h"
#include "app/sandbox/sample/Writer.h"

#include <array>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

const Code &noteType(Visit::Kind kind)
{
    static constexpr Code progress{u"11506-3", u"Progress note"};
    static constexpr Code emergency{u"34111-5", u"Emergency department Note"};
    static constexpr Code discharge{u"18842-5", u"Discharge summary"};
    switch (kind) {
    case Visit::Kind::Emergency:
        return emergency;
    case Visit::Kind::Inpatient:
        return discharge;
    default:
        return progress;
    }
}

QByteArray Writer::note(const PatientStory &story, int visit) const
{
    const Visit &at = story.visits[static_cast<std::size_t>(visit)];
    QString lines = text(noteType(at.kind).display) + u"\n\nSAMPLE DATA: no real person is described here.\n\n"_s;
    lines += u"Patient: %1, born %2\nDate: %3\nSeen by: %4\n\n"_s.arg(
        displayName(story), story.birth.toString(Qt::ISODate), at.start.date().toString(Qt::ISODate),
        practitionerName(at.practitioner));
    if (at.reason >= 0) {
        const auto entry = static_cast<std::size_t>(story.conditions[static_cast<std::size_t>(at.reason)].entry);
        lines += u"Reason: "_s + text(conditions()[entry].snomed.display) + u'\n';
    } else {
        lines += u"Reason: routine check up\n"_s;
    }
    if (at.panel >= 0)
        lines += u"Laboratory: "_s + text(labPanels()[static_cast<std::size_t>(at.panel)].loinc.display) + u'\n';
    lines += u"\nPlan: continue as before, return if symptoms change.\n"_s;
    return lines.toUtf8();
}

QJsonObject Writer::documentReference(const PatientStory &story, int item) const
{
    const Visit &visit = story.visits[static_cast<std::size_t>(item)];
    QJsonObject document = start(ResourceType::DocumentReference, story.patient, item);
    document.insert(u"status"_s, u"current"_s);
    document.insert(u"docStatus"_s, u"final"_s);
    document.insert(u"type"_s, codeable(CodeSystem::loinc, noteType(visit.kind)));
    document.insert(u"category"_s,
                    list(codeable(u"http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
                                  {u"clinical-note", u"Clinical Note"})));
    document.insert(u"subject"_s, referToPatient(story));
    document.insert(u"date"_s, instant(visit.end));
    document.insert(u"author"_s, list(referToPractitioner(visit.practitioner)));
    const QByteArray content = note(story, item);
    document.insert(
        u"content"_s,
        list(QJsonObject{{u"attachment"_s,
                          QJsonObject{{u"contentType"_s, u"text/plain"_s},
                                      {u"url"_s, u"Binary/"_s + m_ids.id({ResourceType::Binary, story.patient, item})},
                                      {u"size"_s, qint64(content.size())},
                                      {u"title"_s, text(noteType(visit.kind).display)}}}}));
    document.insert(u"context"_s, QJsonObject{{u"encounter"_s, list(referToVisit(story, item))},
                                              {u"period"_s, period(visit.start, visit.end)}});
    return document;
}

QJsonObject Writer::binary(const PatientStory &story, int item) const
{
    QJsonObject binary = start(ResourceType::Binary, story.patient, item);
    binary.insert(u"contentType"_s, u"text/plain"_s);
    binary.insert(u"securityContext"_s, refer(ResourceType::DocumentReference, story.patient, item));
    binary.insert(u"data"_s, QString::fromLatin1(note(story, item).toBase64()));
    return binary;
}

} // namespace credenza::sandbox
