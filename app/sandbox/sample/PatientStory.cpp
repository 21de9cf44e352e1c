// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/PatientStory.h"

#include "app/sandbox/sample/Catalog.h"
#include "app/sandbox/sample/Draw.h"

#include <QTimeZone>

#include <algorithm>

namespace credenza::sandbox
{

namespace
{

constexpr int recordYears = 5; // how far back the records of the practice go

void drawPerson(PatientStory &story, quint64 seed, int practitioners)
{
    Draw draw(seed, Draw::Topic::Patient, {story.patient});
    story.isFemale = draw.chance(0.51);
    // Two draws, the older half thinner, give a pyramid instead of a block.
    const int age = std::min(draw.between(0, 94), draw.between(12, 110));
    story.birth = sampleToday().addDays(-365 * age - draw.below(365) - 1);
    story.givenName = draw.below(1 << 20);
    story.middleName = draw.below(1 << 20);
    story.familyName = draw.below(1 << 20);
    story.generalPractitioner = draw.below(practitioners);
    story.adultHeight = draw.around(story.isFemale ? 163 : 176, 6.5);
    story.adultBodyMass = draw.around(26, 3.6);
    story.smokes = draw.chance(0.14);
}

void drawConditions(PatientStory &story, quint64 seed)
{
    const int ageNow = story.ageOn(sampleToday());
    Draw draw(seed, Draw::Topic::Condition, {story.patient});
    for (int i = 0; i < static_cast<int>(conditions().size()); ++i) {
        const ConditionEntry &entry = conditions()[static_cast<std::size_t>(i)];
        const bool meets = draw.chance(entry.prevalence);
        const double when = draw.unit();
        if (!meets || ageNow <= entry.fromAge)
            continue;
        const int lastAge = std::min(entry.toAge, ageNow - 1);
        if (lastAge < entry.fromAge)
            continue;
        // What passes is in the records only if it fell into their time.
        const QDate earliest =
            entry.chronic ? story.birth.addYears(entry.fromAge)
                          : std::max(story.birth.addYears(entry.fromAge), sampleToday().addYears(-recordYears));
        const QDate latest = std::min(story.birth.addYears(lastAge + 1), sampleToday().addDays(-30));
        if (earliest >= latest)
            continue;
        const QDate onset = earliest.addDays(static_cast<qint64>(when * static_cast<double>(earliest.daysTo(latest))));
        story.conditions.push_back({.entry = i,
                                    .onset = onset,
                                    .abated = entry.chronic ? QDate() : onset.addDays(10 + draw.below(14)),
                                    .visit = -1});
    }
}

Visit makeVisit(Draw &draw, QDate day, Visit::Kind kind, int reason, const PatientStory &story, int practitioners,
                int locations)
{
    const QTime time(8 + draw.below(9), draw.below(4) * 15);
    const QDateTime start(day, time, QTimeZone::utc());
    const int minutes = kind == Visit::Kind::Inpatient   ? draw.between(2, 6) * 24 * 60
                        : kind == Visit::Kind::Emergency ? draw.between(120, 420)
                                                         : draw.between(2, 5) * 10;
    const bool atOwnPractice = kind == Visit::Kind::Checkup || kind == Visit::Kind::FollowUp;
    Visit visit{.start = start, .end = start.addSecs(60 * minutes), .kind = kind};
    visit.practitioner = atOwnPractice ? story.generalPractitioner : draw.below(practitioners);
    visit.location = draw.below(locations);
    visit.reason = reason;
    if (reason >= 0 && draw.chance(0.7))
        visit.panel =
            conditions()[static_cast<std::size_t>(story.conditions[static_cast<std::size_t>(reason)].entry)].panel;
    else if (kind == Visit::Kind::Checkup && draw.chance(0.4))
        visit.panel = draw.chance(0.5) ? metabolicPanel : 3;
    return visit;
}

void drawVisits(PatientStory &story, quint64 seed, int practitioners, int locations)
{
    Draw draw(seed, Draw::Topic::Visit, {story.patient});
    const QDate from = std::max(story.birth.addDays(3), sampleToday().addYears(-recordYears));
    const QDate until = sampleToday().addDays(-7);
    const auto add = [&](QDate day, Visit::Kind kind, int reason) {
        if (day >= from && day <= until)
            story.visits.push_back(makeVisit(draw, day, kind, reason, story, practitioners, locations));
    };
    for (QDate day = from.addDays(draw.below(300)); day <= until; day = day.addDays(draw.between(330, 420)))
        add(day, Visit::Kind::Checkup, -1);
    for (int i = 0; i < static_cast<int>(story.conditions.size()); ++i) {
        const Illness &illness = story.conditions[static_cast<std::size_t>(i)];
        const double hard = draw.unit();
        add(illness.onset.addDays(draw.below(4)),
            hard < 0.04   ? Visit::Kind::Inpatient
            : hard < 0.14 ? Visit::Kind::Emergency
                          : Visit::Kind::Symptom,
            i);
        if (!illness.abated.isNull())
            continue;
        for (QDate day = std::max(illness.onset, from).addDays(draw.between(20, 200)); day <= until;
             day = day.addDays(draw.between(160, 400)))
            add(day, Visit::Kind::FollowUp, i);
    }
    if (story.visits.empty())
        add(std::max(from, until.addDays(-draw.below(60))), Visit::Kind::Checkup, -1);
    std::ranges::sort(story.visits, {}, &Visit::start);
    for (int i = 0; i < static_cast<int>(story.conditions.size()); ++i) {
        const auto found = std::ranges::find(story.visits, i, &Visit::reason);
        if (found != story.visits.end() &&
            found->start.date() <= story.conditions[static_cast<std::size_t>(i)].onset.addDays(4))
            story.conditions[static_cast<std::size_t>(i)].visit = static_cast<int>(found - story.visits.begin());
    }
    if (story.ageOn(sampleToday()) > 72 && draw.chance(0.12))
        story.death = story.visits.back().end.addDays(draw.between(1, 6));
}

void listMeasurements(PatientStory &story)
{
    for (int i = 0; i < static_cast<int>(story.visits.size()); ++i) {
        const Visit &visit = story.visits[static_cast<std::size_t>(i)];
        const int age = story.ageOn(visit.start.date());
        if (i == 0 && age >= 13)
            story.measured.push_back({i, Vital::Smoking});
        for (int vital = age < 3 ? Vital::HeartRate : Vital::BloodPressure; vital <= Vital::BodyMassIndex; ++vital)
            story.measured.push_back({i, vital});
        if (visit.panel < 0)
            continue;
        story.reports.push_back(i);
        const LabPanel &panel = labPanels()[static_cast<std::size_t>(visit.panel)];
        for (int k = 0; k < panel.count; ++k)
            story.measured.push_back({i, panel.first + k});
    }
}

void drawAllergies(PatientStory &story, quint64 seed)
{
    Draw draw(seed, Draw::Topic::Allergy, {story.patient});
    for (int i = 0; i < static_cast<int>(allergies().size()); ++i) {
        if (draw.chance(0.06))
            story.allergies.push_back(i);
    }
}

void drawShots(PatientStory &story, quint64 seed)
{
    Draw draw(seed, Draw::Topic::Shot, {story.patient});
    const QDate from = sampleToday().addYears(-12); // older ones are on paper
    const QDate until = story.death.isNull() ? sampleToday().addDays(-7) : story.visits.back().start.date();
    for (int i = 0; i < static_cast<int>(vaccines().size()); ++i) {
        const VaccineEntry &vaccine = vaccines()[static_cast<std::size_t>(i)];
        QDate due = story.birth.addMonths(vaccine.fromMonths).addDays(draw.below(25));
        while (due <= until) {
            if (draw.chance(vaccine.uptake) && due >= from)
                story.shots.push_back({i, due});
            if (vaccine.everyMonths == 0)
                break;
            due = due.addMonths(vaccine.everyMonths).addDays(draw.below(20));
        }
    }
    std::ranges::sort(story.shots, {}, &Shot::date);
}

void drawTreatments(PatientStory &story, quint64 seed)
{
    Draw draw(seed, Draw::Topic::Procedure, {story.patient});
    for (int i = 0; i < static_cast<int>(procedures().size()); ++i) {
        const ProcedureEntry &procedure = procedures()[static_cast<std::size_t>(i)];
        for (int v = 0; v < static_cast<int>(story.visits.size()); ++v) {
            const Visit &visit = story.visits[static_cast<std::size_t>(v)];
            if (procedure.condition < 0) {
                if (story.ageOn(visit.start.date()) >= procedure.fromAge && visit.kind == Visit::Kind::Checkup &&
                    draw.chance(0.3)) {
                    story.treatments.push_back({i, v, -1});
                    break; // a screening once in these years
                }
            } else if (visit.reason >= 0 &&
                       story.conditions[static_cast<std::size_t>(visit.reason)].entry == procedure.condition &&
                       draw.chance(0.4)) {
                story.treatments.push_back({i, v, visit.reason});
            }
        }
    }
}

} // namespace

QDate sampleToday()
{
    return {sampleYear, 6, 1};
}

int PatientStory::ageOn(QDate day) const
{
    const int years = day.year() - birth.year();
    return birth.addYears(years) > day ? years - 1 : years;
}

int PatientStory::count(ResourceType type) const
{
    const auto size = [](const auto &list) { return static_cast<int>(list.size()); };
    switch (type) {
    case ResourceType::Patient:
        return 1;
    case ResourceType::Encounter:
    case ResourceType::DocumentReference:
    case ResourceType::Binary:
        return size(visits);
    case ResourceType::Condition:
        return size(conditions);
    case ResourceType::Observation:
        return size(measured);
    case ResourceType::MedicationRequest:
        return size(prescriptions);
    case ResourceType::AllergyIntolerance:
        return size(allergies);
    case ResourceType::Immunization:
        return size(shots);
    case ResourceType::Procedure:
        return size(treatments);
    case ResourceType::DiagnosticReport:
        return size(reports);
    case ResourceType::CarePlan:
        return hasCarePlan ? 1 : 0;
    default:
        return 0;
    }
}

PatientStory tellStory(quint64 seed, qint64 patient, int practitioners, int locations)
{
    PatientStory story;
    story.patient = patient;
    drawPerson(story, seed, practitioners);
    drawConditions(story, seed);
    drawVisits(story, seed, practitioners, locations);
    listMeasurements(story);
    drawAllergies(story, seed);
    drawShots(story, seed);
    drawTreatments(story, seed);
    for (int i = 0; i < static_cast<int>(story.conditions.size()); ++i) {
        const ConditionEntry &entry =
            conditions()[static_cast<std::size_t>(story.conditions[static_cast<std::size_t>(i)].entry)];
        if (entry.medication >= 0)
            story.prescriptions.push_back(i);
        story.hasCarePlan = story.hasCarePlan || entry.chronic;
    }
    return story;
}

} // namespace credenza::sandbox
