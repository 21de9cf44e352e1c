// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/ResourceType.h"

#include <QDate>
#include <QDateTime>

#include <vector>

namespace credenza::sandbox
{

/// The day up to which the sample data tells. Fixed, so that a seed always gives the same data.
inline constexpr int sampleYear = 2026;
[[nodiscard]] QDate sampleToday();

/// One visit. `reason` and `panel` are indexes, or -1.
struct Visit {
    QDateTime start;
    QDateTime end;
    enum class Kind { Checkup, Symptom, FollowUp, Emergency, Inpatient } kind = Kind::Checkup;
    int practitioner = 0;
    int location = 0;
    int reason = -1; ///< in PatientStory::conditions
    int panel = -1;  ///< in labPanels()
};

/// One illness. `entry` is an index in conditions().
struct Illness {
    int entry = 0;
    QDate onset;
    QDate abated;   ///< null while it lasts
    int visit = -1; ///< the visit that found it, or -1: before the records begin
};

/// One measurement at a visit. `measurement` is an index in measurements().
struct Measured {
    int visit = 0;
    int measurement = 0;
};

/// One immunization. `vaccine` is an index in vaccines().
struct Shot {
    int vaccine = 0;
    QDate date;
};

/// One procedure. `entry` is an index in procedures().
struct Treatment {
    int entry = 0;
    int visit = 0;
    int illness = -1; ///< in PatientStory::conditions
};

/// What happened to one patient, in numbers: all the patient's resources are written from it, so they agree with each
/// other. Cheap (microseconds) and made anew whenever it is needed.
struct PatientStory {
    qint64 patient = 0;
    bool isFemale = false;
    QDate birth;
    QDateTime death; ///< null while alive
    int givenName = 0;
    int middleName = 0;
    int familyName = 0;
    int generalPractitioner = 0;
    double adultHeight = 170; ///< cm
    double adultBodyMass = 26;
    bool smokes = false;
    std::vector<Visit> visits; ///< oldest first
    std::vector<Illness> conditions;
    std::vector<Measured> measured;
    std::vector<int> reports;       ///< visits with a laboratory panel
    std::vector<int> prescriptions; ///< in conditions: those with a medicine
    std::vector<int> allergies;     ///< in allergies()
    std::vector<Shot> shots;
    std::vector<Treatment> treatments;
    bool hasCarePlan = false;

    [[nodiscard]] int ageOn(QDate day) const; ///< full years
    /// How many resources of the type the patient has; 0 for shared types.
    [[nodiscard]] int count(ResourceType type) const;
};

/// Tells the story of patient `patient` of a world with so many practitioners and locations.
[[nodiscard]] PatientStory tellStory(quint64 seed, qint64 patient, int practitioners, int locations);

} // namespace credenza::sandbox
