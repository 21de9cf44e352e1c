// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/ScopeSet.h"
#include "app/sandbox/http/FormParameters.h"
#include "app/sandbox/http/Router.h"

#include <QTest>

using namespace credenza::sandbox;
using namespace Qt::StringLiterals;

class TestFormsAndScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesForms_data();
    void decodesForms();
    void readsScopes_data();
    void readsScopes();
    void routes();
};

void TestFormsAndScopes::decodesForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QStringList>("parameters"); // name, value, name, value …
    QTest::newRow("empty") << QByteArray() << true << QStringList();
    QTest::newRow("usual") << QByteArray("a=1&b=x%20y+z") << true << QStringList{u"a"_s, u"1"_s, u"b"_s, u"x y z"_s};
    QTest::newRow("repeated, in order") << QByteArray("a=2&a=1") << true << QStringList{u"a"_s, u"2"_s, u"a"_s, u"1"_s};
    QTest::newRow("no value") << QByteArray("a&b=") << true << QStringList{u"a"_s, u""_s, u"b"_s, u""_s};
    QTest::newRow("equals in the value") << QByteArray("a=b=c") << true << QStringList{u"a"_s, u"b=c"_s};
    QTest::newRow("empty pairs") << QByteArray("&&a=1&") << true << QStringList{u"a"_s, u"1"_s};
    QTest::newRow("UTF-8") << QByteArray("n=Zo%C3%AB") << true << QStringList{u"n"_s, u"Zoë"_s};
    QTest::newRow("bad UTF-8") << QByteArray("n=%C3%28") << false << QStringList();
    QTest::newRow("overlong UTF-8") << QByteArray("n=%C0%AF") << false << QStringList();
    QTest::newRow("escape cut") << QByteArray("n=%C") << false << QStringList();
    QTest::newRow("escape no hex") << QByteArray("n=%G1") << false << QStringList();
    QTest::newRow("NUL") << QByteArray("n=a%00b") << false << QStringList();
}

void TestFormsAndScopes::decodesForms()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QFETCH(QStringList, parameters);
    const auto form = parseForm(text);
    QCOMPARE(form.has_value(), valid);
    QStringList flat;
    for (const Parameter &parameter : form.value_or(QList<Parameter>()))
        flat << parameter.name << parameter.value;
    QCOMPARE(flat, parameters);
}

void TestFormsAndScopes::readsScopes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<bool>("readsPatients");
    QTest::addColumn<bool>("searchesPatients");
    QTest::newRow("v1 read") << u"system/Patient.read"_s << true << true << true;
    QTest::newRow("v1 star") << u"system/*.*"_s << true << true << true;
    QTest::newRow("v1 write") << u"system/Patient.write"_s << true << false << false;
    QTest::newRow("v2 r") << u"system/Patient.r"_s << true << true << false;
    QTest::newRow("v2 s") << u"system/Patient.s"_s << true << false << true;
    QTest::newRow("v2 cruds") << u"system/*.cruds"_s << true << true << true;
    QTest::newRow("other type") << u"system/PatientX.rs"_s << true << false << false;
    QTest::newRow("several, spaces between") << u"  system/Group.r   system/Patient.rs "_s << true << true << true;
    QTest::newRow("lower case type") << u"system/patient.rs"_s << false << false << false;
    QTest::newRow("doubled letter") << u"system/Patient.rrs"_s << false << false << false;
    QTest::newRow("mixed v1 and v2") << u"system/Patient.readrs"_s << false << false << false;
    QTest::newRow("user scope") << u"user/Patient.rs"_s << false << false << false;
    QTest::newRow("type and star") << u"system/Patient*.rs"_s << false << false << false;
}

void TestFormsAndScopes::readsScopes()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QFETCH(bool, readsPatients);
    QFETCH(bool, searchesPatients);
    const auto scopes = ScopeSet::parse(text);
    QCOMPARE(scopes.has_value(), valid);
    const ScopeSet set = scopes.value_or(ScopeSet());
    QCOMPARE(set.allows(u"Patient"_s, Interaction::Read), readsPatients);
    QCOMPARE(set.allows(u"Patient"_s, Interaction::Search), searchesPatients);
}

void TestFormsAndScopes::routes()
{
    Router router;
    const auto answer = [](const char *name) {
        return [name](const Request &) -> Reply { return Response{.status = 200, .headers = {}, .body = name}; };
    };
    router.add("/a", {"GET"}, answer("a"));
    router.add("/any", {}, answer("any"));
    router.addTree("/t/", answer("tree"));
    router.add("/t/x", {"POST"}, answer("x"));
    const auto ask = [&router](const QByteArray &method, const QByteArray &path) {
        return std::get<Response>(
            router.route({.method = method, .path = path, .query = {}, .headers = {}, .body = {}}));
    };
    QCOMPARE(ask("GET", "/a").body, "a");
    QCOMPARE(ask("HEAD", "/a").status, 200);
    QCOMPARE(ask("POST", "/a").status, 405);
    QCOMPARE(ask("POST", "/a").headers.first().value, "GET, HEAD");
    QCOMPARE(ask("PATCH", "/any").body, "any");
    QCOMPARE(ask("GET", "/t/y").body, "tree");
    QCOMPARE(ask("GET", "/t/x").status, 405);
    QCOMPARE(ask("GET", "/A").status, 404);
    QCOMPARE(ask("GET", "/a/").status, 404);
    QVERIFY(ask("GET", "/").body.contains("404 - File or directory not found."));
}

QTEST_APPLESS_MAIN(TestFormsAndScopes)
#include "tst_sandbox_forms_and_scopes.moc"
