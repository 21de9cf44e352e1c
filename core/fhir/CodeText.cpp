// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueText.h"

#include <QHash>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr qsizetype mostCodes = 3;

} // namespace

QString codeSystemName(const QString &system)
{
    // Proper names, the same in every language.
    static const QHash<QString, QString> names{{u"http://loinc.org"_s, u"LOINC"_s},
                                               {u"http://snomed.info/sct"_s, u"SNOMED CT"_s},
                                               {u"http://www.nlm.nih.gov/research/umls/rxnorm"_s, u"RxNorm"_s},
                                               {u"http://hl7.org/fhir/sid/icd-10-cm"_s, u"ICD-10-CM"_s},
                                               {u"http://hl7.org/fhir/sid/icd-10"_s, u"ICD-10"_s},
                                               {u"http://hl7.org/fhir/sid/icd-9-cm"_s, u"ICD-9-CM"_s},
                                               {u"urn:oid:2.16.840.1.113883.6.90"_s, u"ICD-10-CM"_s},
                                               {u"urn:oid:2.16.840.1.113883.6.42"_s, u"ICD-9-CM"_s},
                                               {u"http://hl7.org/fhir/sid/cvx"_s, u"CVX"_s},
                                               {u"http://hl7.org/fhir/sid/ndc"_s, u"NDC"_s},
                                               {u"http://www.ama-assn.org/go/cpt"_s, u"CPT"_s},
                                               {u"http://unitsofmeasure.org"_s, u"UCUM"_s},
                                               {u"http://www.whocc.no/atc"_s, u"ATC"_s},
                                               {u"http://dicom.nema.org/resources/ontology/DCM"_s, u"DICOM"_s}};
    return names.value(system);
}

QString codedText(JsonValue coded)
{
    const QString text = valueText(coded);
    QStringList known;
    QStringList others;
    const auto collect = [&](JsonValue coding) {
        const QString code = coding[u"code"].brief().left(64);
        if (code.isEmpty())
            return;
        const QString system = codeSystemName(coding[u"system"].brief());
        const QString shown = system.isEmpty() ? code : system + u' ' + code;
        QStringList &list = system.isEmpty() ? others : known;
        if (!list.contains(shown) && code != text)
            list.append(shown);
    };
    if (coded[u"coding"].isArray()) {
        for (const JsonValue coding : coded[u"coding"])
            collect(coding);
    } else {
        collect(coded);
    }
    const QStringList codes = known.isEmpty() ? others.mid(0, 1) : known.mid(0, mostCodes);
    return codes.isEmpty() ? text : u"%1 (%2)"_s.arg(text, codes.join(u", "_s));
}

} // namespace credenza
