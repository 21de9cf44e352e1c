// SPDX-License-Identifier: Apache-2.0
#include "core/smart/Scopes.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void missing_data();
    void missing();
};

void TestScopes::reads_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("mayRead");
    QTest::addColumn<bool>("maySearch");
    const auto row = [](const char *scope, const char *type, bool mayRead, bool maySearch) {
        QTest::addRow("%s", scope) << QString::fromLatin1(scope) << QString::fromLatin1(type) << mayRead << maySearch;
    };
    row("system/Patient.read", "Patient", true, true);
    row("system/Patient.write", "Patient", false, false);
    row("system/Patient.*", "Patient", true, true);
    row("system/*.read", "*", true, true);
    row("system/Patient.rs", "Patient", true, true);
    row("system/Patient.r", "Patient", true, false);
    row("system/Patient.s", "Patient", false, true);
    row("system/Patient.cruds", "Patient", true, true);
    row("system/Observation.rs?category=http://x.test/a.b|lab", "Observation", true, true);
    row("Patient.Search", "Patient", false, true); // Epic, as its documentation writes it
    row("Patient.read", "Patient", true, true);
    row("system/Patient.sr", "", false, false); // wrong order: undefined in SMART 2
    row("openid", "", false, false);
    row("launch/patient", "", false, false);
    row("epic.scanning.dmsusername", "", false, false);
    row("", "", false, false);
    row(".", "", false, false);
    row("system/.rs", "", false, false);
}

void TestScopes::reads()
{
    QFETCH(QString, scope);
    QFETCH(QString, type);
    QFETCH(bool, mayRead);
    QFETCH(bool, maySearch);
    const ScopeGrant grant = readScope(scope);
    QCOMPARE(grant.type, type);
    QCOMPARE(grant.mayRead, mayRead);
    QCOMPARE(grant.maySearch, maySearch);
}

void TestScopes::missing_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("granted");
    QTest::addColumn<QString>("missing");
    const auto row = [](const char *name, const char *asked, const char *granted, const char *missing) {
        QTest::addRow("%s", name) << QString::fromLatin1(asked) << QString::fromLatin1(granted)
                                  << QString::fromLatin1(missing);
    };
    row("all", "system/Patient.rs", "system/Patient.rs", "");
    row("v1 for v2", "system/Patient.rs", "system/Patient.read", "");
    row("v2 for v1", "system/Patient.read", "system/Patient.rs", "");
    row("wild card covers", "system/Patient.read system/Group.rs", "system/*.cruds", "");
    row("split letters", "system/Patient.rs", "system/Patient.r system/Patient.s", "");
    row("Epic's form", "system/Patient.read", "Patient.read Patient.search", "");
    row("search missing", "system/Patient.rs", "system/Patient.r", "system/Patient.rs");
    row("type missing", "system/Patient.rs system/Group.rs", "system/Patient.rs", "system/Group.rs");
    row("limited is less", "system/Observation.rs", "system/Observation.rs?category=lab", "system/Observation.rs");
    row("the same limit", "system/Observation.rs?category=lab", "system/Observation.rs?category=lab", "");
    row("nothing granted", "system/Patient.rs", "", "system/Patient.rs");
    row("not about FHIR", "openid", "openid", "");
}

void TestScopes::missing()
{
    QFETCH(QString, asked);
    QFETCH(QString, granted);
    QFETCH(QString, missing);
    QCOMPARE(scopesNotGranted(splitScopes(asked), splitScopes(granted)), splitScopes(missing));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestScopes)
#include "tst_scopes.moc"
