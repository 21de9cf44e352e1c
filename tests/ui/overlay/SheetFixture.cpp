// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/overlay/SheetFixture.h"

#include "tests/ui/support/UiTest.h"
#include "ui/widgets/FormField.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;

} // namespace

SheetFixture::SheetFixture(QSize size, qreal textScale)
    : theme(ThemeMode::Light, textScale), sheet(theme, window, vault.session)
{
    theme.setReducedMotion(true);
    window.resize(size);
}

bool SheetFixture::start()
{
    theme.apply(*qobject_cast<QApplication *>(QApplication::instance()));
    return vault.create() && showActive(window);
}

void SheetFixture::type(const QString &name, const QString &text)
{
    auto *edit = find<QLineEdit>(sheet, name);
    edit->setFocus();
    QTest::keyClicks(edit, text);
}

void SheetFixture::paste(const QString &name, const QString &text)
{
    auto *edit = find<QLineEdit>(sheet, name);
    edit->setFocus();
    edit->selectAll();
    QApplication::clipboard()->setText(text);
    QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
}

void SheetFixture::pasteKey(const QByteArray &text)
{
    auto *zone = find<QWidget>(sheet, u"keyDropZone"_s);
    QApplication::clipboard()->setText(QString::fromLatin1(text));
    zone->setFocus();
    QTest::keyClick(zone, Qt::Key_V, Qt::ControlModifier);
    QApplication::clipboard()->clear();
}

bool SheetFixture::fillValid(const QString &name)
{
    type(u"nameEdit"_s, name);
    paste(u"fhirBaseUrlEdit"_s, fakeBaseUrl());
    paste(u"clientIdEdit"_s, u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s);
    pasteKey(sampleKeyPem().charView().toByteArray());
    return QTest::qWaitFor([this] { return sheet.findChild<QWidget *>(u"keyCard"_s) != nullptr; }, patience);
}

QString SheetFixture::lineOf(const QString &field) const
{
    return find<FormField>(sheet, field + u"Field"_s)->message();
}

QByteArray sampleCertificatePem()
{
    const KeyInspection key = inspectKey(sampleKeyPem());
    const SystemClock clock;
    SystemRandom random;
    return selfSignedCertificate(key.imported->key, u"example client"_s, std::chrono::days(30), clock, random)->pem;
}

} // namespace credenza::test
