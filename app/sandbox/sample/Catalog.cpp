// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Catalog.h"

#include <array>

namespace credenza::sandbox
{

namespace
{

constexpr std::array medicationTable{
    MedicationEntry{{u"314076", u"lisinopril 10 MG Oral Tablet"}, u"Take 1 tablet by mouth daily."},
    MedicationEntry{{u"860975", u"24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"},
                    u"Take 1 tablet by mouth twice daily with meals."},
    MedicationEntry{{u"312961", u"simvastatin 20 MG Oral Tablet"}, u"Take 1 tablet by mouth every evening."},
    MedicationEntry{{u"2123111", u"albuterol 0.09 MG/ACTUAT metered dose inhaler"},
                    u"Inhale 2 puffs every 4 hours as needed for wheezing."},
    MedicationEntry{{u"", u"levothyroxine 50 mcg tablet"}, u"Take 1 tablet by mouth every morning before breakfast."},
    MedicationEntry{{u"849574", u"naproxen sodium 220 MG Oral Tablet"},
                    u"Take 1 tablet by mouth twice daily as needed."},
    MedicationEntry{{u"310385", u"fluoxetine 20 MG Oral Capsule"}, u"Take 1 capsule by mouth every morning."},
    MedicationEntry{{u"198051", u"omeprazole 20 MG Delayed Release Oral Capsule"},
                    u"Take 1 capsule by mouth daily before breakfast."},
    MedicationEntry{{u"866412", u"24 HR metoprolol succinate 100 MG Extended Release Oral Tablet"},
                    u"Take 1 tablet by mouth daily."},
    MedicationEntry{{u"855332", u"warfarin sodium 5 MG Oral Tablet"}, u"Take as directed by the clinic."},
    MedicationEntry{{u"665078", u"loratadine 5 MG Chewable Tablet"}, u"Chew 1 tablet daily."},
    MedicationEntry{{u"308192", u"amoxicillin 500 MG Oral Tablet"},
                    u"Take 1 tablet by mouth every 8 hours for 10 days."},
    MedicationEntry{{u"310965", u"ibuprofen 200 MG Oral Tablet"}, u"Take 1 to 2 tablets every 6 hours as needed."},
    MedicationEntry{{u"310325", u"ferrous sulfate 325 MG Oral Tablet"}, u"Take 1 tablet by mouth daily."},
    MedicationEntry{{u"313782", u"acetaminophen 325 MG Oral Tablet"}, u"Take 1 to 2 tablets every 6 hours as needed."},
    MedicationEntry{{u"310798", u"hydrochlorothiazide 25 MG Oral Tablet"}, u"Take 1 tablet by mouth every morning."},
};

// Prevalences are rough, so that the charts look like a practice's; they are no statistics.
constexpr std::array conditionTable{
    ConditionEntry{{u"59621000", u"Essential hypertension"},
                   {u"I10", u"Essential (primary) hypertension"},
                   35,
                   85,
                   0.38,
                   true,
                   0,
                   0},
    ConditionEntry{{u"44054006", u"Diabetes mellitus type 2"},
                   {u"E11.9", u"Type 2 diabetes mellitus without complications"},
                   35,
                   85,
                   0.14,
                   true,
                   1,
                   2},
    ConditionEntry{
        {u"55822004", u"Hyperlipidemia"}, {u"E78.5", u"Hyperlipidemia, unspecified"}, 30, 85, 0.30, true, 2, 1},
    ConditionEntry{
        {u"195967001", u"Asthma"}, {u"J45.909", u"Unspecified asthma, uncomplicated"}, 4, 60, 0.09, true, 3, -1},
    ConditionEntry{
        {u"40930008", u"Hypothyroidism"}, {u"E03.9", u"Hypothyroidism, unspecified"}, 25, 80, 0.06, true, 4, 4},
    ConditionEntry{{u"239873007", u"Osteoarthritis of knee"},
                   {u"M17.9", u"Osteoarthritis of knee, unspecified"},
                   45,
                   90,
                   0.16,
                   true,
                   5,
                   -1},
    ConditionEntry{
        {u"35489007", u"Depressive disorder"}, {u"F32.A", u"Depression, unspecified"}, 14, 80, 0.10, true, 6, -1},
    ConditionEntry{{u"235595009", u"Gastroesophageal reflux disease"},
                   {u"K21.9", u"Gastro-esophageal reflux disease without esophagitis"},
                   20,
                   85,
                   0.14,
                   true,
                   7,
                   -1},
    ConditionEntry{{u"49436004", u"Atrial fibrillation"},
                   {u"I48.91", u"Unspecified atrial fibrillation"},
                   55,
                   95,
                   0.07,
                   true,
                   9,
                   0},
    ConditionEntry{
        {u"61582004", u"Allergic rhinitis"}, {u"J30.9", u"Allergic rhinitis, unspecified"}, 4, 60, 0.13, true, 10, -1},
    ConditionEntry{{u"414916001", u"Obesity"}, {u"E66.9", u"Obesity, unspecified"}, 10, 75, 0.22, true, -1, 1},
    ConditionEntry{{u"87522002", u"Iron deficiency anemia"},
                   {u"D50.9", u"Iron deficiency anemia, unspecified"},
                   15,
                   80,
                   0.05,
                   true,
                   13,
                   3},
    ConditionEntry{
        {u"10509002", u"Acute bronchitis"}, {u"J20.9", u"Acute bronchitis, unspecified"}, 2, 90, 0.14, false, 14, -1},
    ConditionEntry{{u"363746003", u"Acute pharyngitis"},
                   {u"J02.9", u"Acute pharyngitis, unspecified"},
                   3,
                   60,
                   0.16,
                   false,
                   11,
                   -1},
    ConditionEntry{{u"65363002", u"Otitis media"},
                   {u"H66.90", u"Otitis media, unspecified, unspecified ear"},
                   0,
                   9,
                   0.30,
                   false,
                   11,
                   -1},
    ConditionEntry{
        {u"279039007", u"Low back pain"}, {u"M54.50", u"Low back pain, unspecified"}, 18, 85, 0.15, false, 12, -1},
};

constexpr std::array measurementTable{
    MeasurementEntry{
        {u"85354-9", u"Blood pressure panel with all children optional"}, 118, 8, 0, u"mm[Hg]", u"mm[Hg]", 0, 0},
    MeasurementEntry{{u"8867-4", u"Heart rate"}, 74, 8, 0, u"/min", u"/min", 60, 100},
    MeasurementEntry{{u"9279-1", u"Respiratory rate"}, 16, 1.5, 0, u"/min", u"/min", 12, 20},
    MeasurementEntry{{u"8310-5", u"Body temperature"}, 36.8, 0.25, 1, u"Cel", u"Cel", 36.1, 37.8},
    MeasurementEntry{{u"2708-6", u"Oxygen saturation in Arterial blood"}, 97.5, 1, 0, u"%", u"%", 95, 100},
    MeasurementEntry{{u"29463-7", u"Body weight"}, 78, 9, 1, u"kg", u"kg", 0, 0},
    MeasurementEntry{{u"8302-2", u"Body height"}, 170, 8, 1, u"cm", u"cm", 0, 0},
    MeasurementEntry{{u"39156-5", u"Body mass index (BMI) [Ratio]"}, 26, 3, 1, u"kg/m2", u"kg/m2", 18.5, 25},
    MeasurementEntry{{u"72166-2", u"Tobacco smoking status"}, 0, 0, 0, u"", u"", 0, 0},
    // 9: basic metabolic panel
    MeasurementEntry{{u"2345-7", u"Glucose [Mass/volume] in Serum or Plasma"}, 92, 9, 0, u"mg/dL", u"mg/dL", 70, 99},
    MeasurementEntry{
        {u"3094-0", u"Urea nitrogen [Mass/volume] in Serum or Plasma"}, 14, 3, 0, u"mg/dL", u"mg/dL", 7, 20},
    MeasurementEntry{
        {u"2160-0", u"Creatinine [Mass/volume] in Serum or Plasma"}, 0.9, 0.13, 2, u"mg/dL", u"mg/dL", 0.6, 1.2},
    MeasurementEntry{
        {u"2951-2", u"Sodium [Moles/volume] in Serum or Plasma"}, 139.5, 1.8, 0, u"mmol/L", u"mmol/L", 136, 145},
    MeasurementEntry{
        {u"2823-3", u"Potassium [Moles/volume] in Serum or Plasma"}, 4.2, 0.28, 1, u"mmol/L", u"mmol/L", 3.5, 5.1},
    MeasurementEntry{
        {u"2075-0", u"Chloride [Moles/volume] in Serum or Plasma"}, 102, 2, 0, u"mmol/L", u"mmol/L", 98, 107},
    MeasurementEntry{{u"2028-9", u"Carbon dioxide, total [Moles/volume] in Serum or Plasma"},
                     25,
                     1.6,
                     0,
                     u"mmol/L",
                     u"mmol/L",
                     22,
                     29},
    MeasurementEntry{
        {u"17861-6", u"Calcium [Mass/volume] in Serum or Plasma"}, 9.4, 0.3, 1, u"mg/dL", u"mg/dL", 8.6, 10.3},
    // 17: lipid panel
    MeasurementEntry{
        {u"2093-3", u"Cholesterol [Mass/volume] in Serum or Plasma"}, 184, 20, 0, u"mg/dL", u"mg/dL", 0, 200},
    MeasurementEntry{
        {u"2571-8", u"Triglyceride [Mass/volume] in Serum or Plasma"}, 115, 30, 0, u"mg/dL", u"mg/dL", 0, 150},
    MeasurementEntry{
        {u"2085-9", u"Cholesterol in HDL [Mass/volume] in Serum or Plasma"}, 54, 8, 0, u"mg/dL", u"mg/dL", 40, 60},
    MeasurementEntry{{u"13457-7", u"Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation"},
                     107,
                     18,
                     0,
                     u"mg/dL",
                     u"mg/dL",
                     0,
                     130},
    // 21: haemoglobin A1c
    MeasurementEntry{{u"4548-4", u"Hemoglobin A1c/Hemoglobin.total in Blood"}, 5.4, 0.25, 1, u"%", u"%", 4, 5.6},
    // 22: complete blood count
    MeasurementEntry{{u"6690-2", u"Leukocytes [#/volume] in Blood by Automated count"},
                     6.8,
                     1.3,
                     1,
                     u"10*3/uL",
                     u"10*3/uL",
                     4.5,
                     11},
    MeasurementEntry{{u"789-8", u"Erythrocytes [#/volume] in Blood by Automated count"},
                     4.7,
                     0.3,
                     2,
                     u"10*6/uL",
                     u"10*6/uL",
                     4.2,
                     5.9},
    MeasurementEntry{{u"718-7", u"Hemoglobin [Mass/volume] in Blood"}, 14.1, 0.8, 1, u"g/dL", u"g/dL", 12, 17.5},
    MeasurementEntry{
        {u"4544-3", u"Hematocrit [Volume Fraction] of Blood by Automated count"}, 42, 2.4, 1, u"%", u"%", 36, 50},
    MeasurementEntry{
        {u"777-3", u"Platelets [#/volume] in Blood by Automated count"}, 250, 45, 0, u"10*3/uL", u"10*3/uL", 150, 450},
    // 27: thyroid
    MeasurementEntry{
        {u"3016-3", u"Thyrotropin [Units/volume] in Serum or Plasma"}, 2.1, 0.6, 2, u"m[IU]/L", u"m[IU]/L", 0.4, 4.5},
};

constexpr std::array panelTable{
    LabPanel{{u"51990-0", u"Basic metabolic panel - Blood"}, 9, 8},
    LabPanel{{u"24331-1", u"Lipid 1996 panel - Serum or Plasma"}, 17, 4},
    LabPanel{{u"4548-4", u"Hemoglobin A1c/Hemoglobin.total in Blood"}, 21, 1},
    LabPanel{{u"58410-2", u"CBC panel - Blood by Automated count"}, 22, 5},
    LabPanel{{u"3016-3", u"Thyrotropin [Units/volume] in Serum or Plasma"}, 27, 1},
};

constexpr std::array vaccineTable{
    VaccineEntry{{u"08", u"Hep B, adolescent or pediatric"}, 2, 0, 0.9},
    VaccineEntry{{u"20", u"DTaP"}, 4, 0, 0.9},
    VaccineEntry{{u"10", u"IPV"}, 4, 0, 0.9},
    VaccineEntry{{u"03", u"MMR"}, 13, 0, 0.9},
    VaccineEntry{{u"21", u"varicella"}, 15, 0, 0.88},
    VaccineEntry{{u"83", u"Hep A, ped/adol, 2 dose"}, 18, 0, 0.8},
    VaccineEntry{{u"114", u"meningococcal MCV4P"}, 11 * 12 + 3, 0, 0.75},
    VaccineEntry{{u"115", u"Tdap"}, 11 * 12 + 6, 120, 0.7},
    VaccineEntry{{u"140", u"Influenza, seasonal, injectable, preservative free"}, 12, 12, 0.45},
    VaccineEntry{{u"187", u"zoster recombinant"}, 50 * 12, 0, 0.5},
    VaccineEntry{{u"33", u"pneumococcal polysaccharide PPV23"}, 65 * 12, 0, 0.65},
};

constexpr std::array allergyTable{
    AllergyEntry{{u"91936005", u"Allergy to penicillin"}, u"medication", {u"247472004", u"Hives"}},
    AllergyEntry{{u"91939003", u"Allergy to sulfonamide"}, u"medication", {u"271807003", u"Eruption of skin"}},
    AllergyEntry{{u"91935009", u"Allergy to peanut"}, u"food", {u"39579001", u"Anaphylaxis"}},
    AllergyEntry{{u"300913006", u"Allergy to shellfish"}, u"food", {u"247472004", u"Hives"}},
    AllergyEntry{{u"418689008", u"Allergy to grass pollen"}, u"environment", {u"418290006", u"Itching"}},
    AllergyEntry{{u"232350006", u"House dust mite allergy"}, u"environment", {u"56018004", u"Wheezing"}},
    AllergyEntry{{u"424213003", u"Allergy to bee venom"}, u"environment", {u"271807003", u"Eruption of skin"}},
};

constexpr std::array procedureTable{
    ProcedureEntry{{u"29303009", u"Electrocardiographic procedure"}, 8, 0},
    ProcedureEntry{{u"134395001", u"Diabetic retinal eye exam"}, 1, 0},
    ProcedureEntry{{u"127783003", u"Spirometry"}, 3, 0},
    ProcedureEntry{{u"91251008", u"Physical therapy procedure"}, 15, 0},
    ProcedureEntry{{u"399208008", u"Plain X-ray of chest"}, 12, 0},
    ProcedureEntry{{u"171207006", u"Depression screening"}, 6, 0},
    ProcedureEntry{{u"73761001", u"Colonoscopy"}, -1, 50},
    ProcedureEntry{{u"110473004", u"Cataract surgery"}, -1, 72},
};

} // namespace

std::span<const MedicationEntry> medications()
{
    return medicationTable;
}
std::span<const ConditionEntry> conditions()
{
    return conditionTable;
}
std::span<const MeasurementEntry> measurements()
{
    return measurementTable;
}
std::span<const LabPanel> labPanels()
{
    return panelTable;
}
std::span<const VaccineEntry> vaccines()
{
    return vaccineTable;
}
std::span<const AllergyEntry> allergies()
{
    return allergyTable;
}
std::span<const ProcedureEntry> procedures()
{
    return procedureTable;
}

} // namespace credenza::sandbox
