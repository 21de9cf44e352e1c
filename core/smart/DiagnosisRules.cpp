// SPDX-License-Identifier: Apache-2.0
#include "core/smart/DiagnosisRules.h"

namespace credenza
{

const QList<DiagnosisRule> &diagnosisRules()
{
    static const QList<DiagnosisRule> all = [] {
        QList<DiagnosisRule> rules;
        for (const auto group : {gatewayRules(), addressRules(), keySetRules(), clientRules(), accessRules(), bulkRules()})
            rules.append(QList<DiagnosisRule>(group.begin(), group.end()));
        return rules;
    }();
    return all;
}

} // namespace credenza
