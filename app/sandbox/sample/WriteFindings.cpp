// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Catalog.h"
#include "app/sandbox/sample/Draw.h"
#include "app/sandbox/sample/Writer.h"

#include <algorithm>
#include <cmath>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

constexpr char16_t categorySystem[] = u"http://terminology.hl7.org/CodeSystem/observation-category";

bool has(const PatientStory &story, int entry)
{
    return std::ranges::find(story.conditions, entry, &Illness::entry) != story.conditions.end();
}

Code categoryOf(int measurement)
{
    if (measurement == Vital::Smoking)
        return {u"social-history", u"Social History"};
    return measurement < Vital::Smoking ? Code{u"vital-signs", u"Vital Signs"} : Code{u"laboratory", u"Laboratory"};
}

QJsonObject component(const Code &code, double value)
{
    return {{u"code"_s, codeable(CodeSystem::loinc, code)},
            {u"valueQuantity"_s, quantity(value, 0, u"mm[Hg]", u"mm[Hg]")}};
}

/// Centimetres at that age; a smooth stand-in for growth charts.
double heightAt(const PatientStory &story, double age)
{
    return age >= 18 ? story.adultHeight : 50 + (story.adultHeight - 50) * std::pow(std::max(age, 0.0) / 18, 0.75);
}

double bodyMassAt(const PatientStory &story, double age)
{
    return age >= 18 ? story.adultBodyMass
                     : 15.5 + (story.adultBodyMass - 15.5) * std::pow(std::max(age, 0.0) / 18, 1.8);
}

} // namespace

double Writer::valueOf(const PatientStory &story, const Visit &visit, int measurement) const
{
    const MeasurementEntry &entry = measurements()[static_cast<std::size_t>(measurement)];
    const QDate day = visit.start.date();
    const double age = static_cast<double>(story.birth.daysTo(day)) / 365.25;
    // One level for the person and a little noise for the day, so that a series looks like one person's.
    Draw person(m_seed, Draw::Topic::Observation, {story.patient, measurement});
    Draw today(m_seed, Draw::Topic::Observation, {story.patient, measurement, day.toJulianDay()});
    const double level = person.around(entry.mean, entry.deviation);
    const double value = today.around(level, entry.deviation * 0.35);
    const double height = heightAt(story, age);
    const double bodyMass = today.around(bodyMassAt(story, age), 0.3);
    switch (measurement) {
    case Vital::Height:
        return height;
    case Vital::Weight:
        return bodyMass * height * height / 10'000;
    case Vital::BodyMassIndex: {
        // From the weight of the same day, so that the three agree.
        Draw scale(m_seed, Draw::Topic::Observation, {story.patient, Vital::Weight, day.toJulianDay()});
        static_cast<void>(scale.around(0, 1));
        return scale.around(bodyMassAt(story, age), 0.3);
    }
    case Vital::HeartRate:
        return age < 12 ? value + 45 - 3.5 * age : value;
    case Vital::RespiratoryRate:
        return age < 6 ? value + 12 - 2 * age : value;
    case Vital::OxygenSaturation:
        return std::min(value, 100.0);
    default:
        break;
    }
    if (has(story, diabetes) && entry.loinc.code == std::u16string_view(u"4548-4"))
        return value + 1.7;
    if (has(story, diabetes) && entry.loinc.code == std::u16string_view(u"2345-7"))
        return value + 48;
    return value;
}

QJsonObject Writer::observation(const PatientStory &story, int item) const
{
    const Measured &measured = story.measured[static_cast<std::size_t>(item)];
    const MeasurementEntry &entry = measurements()[static_cast<std::size_t>(measured.measurement)];
    const Visit &visit = story.visits[static_cast<std::size_t>(measured.visit)];
    QJsonObject observation = start(ResourceType::Observation, story.patient, item);
    observation.insert(u"status"_s, u"final"_s);
    observation.insert(u"category"_s, list(codeable(categorySystem, categoryOf(measured.measurement))));
    observation.insert(u"code"_s, codeable(CodeSystem::loinc, entry.loinc));
    observation.insert(u"subject"_s, referToPatient(story));
    observation.insert(u"encounter"_s, referToVisit(story, measured.visit));
    observation.insert(u"effectiveDateTime"_s, instant(visit.start.addSecs(300)));
    observation.insert(u"issued"_s, instant(visit.start.addSecs(1200)));
    observation.insert(u"performer"_s, list(referToPractitioner(visit.practitioner)));
    const double value = valueOf(story, visit, measured.measurement);
    if (measured.measurement == Vital::BloodPressure) {
        const double systolic = value + (has(story, hypertension) ? 16 : 0);
        observation.insert(u"component"_s,
                           QJsonArray{component({u"8480-6", u"Systolic blood pressure"}, systolic),
                                      component({u"8462-4", u"Diastolic blood pressure"}, systolic * 0.5 + 17)});
    } else if (measured.measurement == Vital::Smoking) {
        observation.insert(u"valueCodeableConcept"_s,
                           codeable(CodeSystem::snomed, story.smokes ? Code{u"77176002", u"Smoker"}
                                                                     : Code{u"266919005", u"Never smoked tobacco"}));
    } else {
        observation.insert(u"valueQuantity"_s, quantity(value, entry.decimals, entry.unit, entry.ucum));
        if (entry.high > entry.low && measured.measurement > Vital::Smoking) {
            observation.insert(u"referenceRange"_s,
                               list(QJsonObject{{u"low"_s, quantity(entry.low, 2, entry.unit, entry.ucum)},
                                                {u"high"_s, quantity(entry.high, 2, entry.unit, entry.ucum)}}));
            const Code meaning = value > entry.high  ? Code{u"H", u"High"}
                                 : value < entry.low ? Code{u"L", u"Low"}
                                                     : Code{u"N", u"Normal"};
            observation.insert(
                u"interpretation"_s,
                list(codeable(u"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", meaning)));
        }
    }
    return observation;
}

QJsonObject Writer::diagnosticReport(const PatientStory &story, int item) const
{
    const int at = story.reports[static_cast<std::size_t>(item)];
    const Visit &visit = story.visits[static_cast<std::size_t>(at)];
    const LabPanel &panel = labPanels()[static_cast<std::size_t>(visit.panel)];
    QJsonObject report = start(ResourceType::DiagnosticReport, story.patient, item);
    report.insert(u"status"_s, u"final"_s);
    report.insert(u"category"_s,
                  list(codeable(u"http://terminology.hl7.org/CodeSystem/v2-0074", {u"LAB", u"Laboratory"})));
    report.insert(u"code"_s, codeable(CodeSystem::loinc, panel.loinc));
    report.insert(u"subject"_s, referToPatient(story));
    report.insert(u"encounter"_s, referToVisit(story, at));
    report.insert(u"effectiveDateTime"_s, instant(visit.start.addSecs(300)));
    report.insert(u"issued"_s, instant(visit.start.addSecs(5400)));
    report.insert(u"performer"_s, list(refer(ResourceType::Organization, 5, 0, u"Sample Reference Laboratory"_s)));
    QJsonArray results;
    for (int i = 0; i < static_cast<int>(story.measured.size()); ++i) {
        const Measured &measured = story.measured[static_cast<std::size_t>(i)];
        if (measured.visit == at && measured.measurement > Vital::Smoking)
            results.append(refer(ResourceType::Observation, story.patient, i,
                                 text(measurements()[static_cast<std::size_t>(measured.measurement)].loinc.display)));
    }
    report.insert(u"result"_s, results);
    return report;
}

} // namespace credenza::sandbox
