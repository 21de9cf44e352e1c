// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/EarlierTests.h"

#include "core/smart/KeptReport.h"
#include "ui/connectiontest/ConnectionTestModel.h"

#include <QMenu>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int longestReason = 60; ///< characters

/// "today 14:10:08, failed: The clock is wrong"
QString lineOf(const KeptTest &test, const QDateTime &now)
{
    const QString when = timeText(test.summary.at, now);
    if (test.summary.passed)
        return EarlierTests::tr("%1, passed in %2").arg(when, elapsedText(test.summary.milliseconds));
    QString why = test.causes.value(0, test.summary.summary).simplified();
    if (why.size() > longestReason)
        why = why.left(longestReason - 1) + u'…';
    return EarlierTests::tr("%1, failed: %2").arg(when, why);
}

} // namespace

EarlierTests::EarlierTests(const Theme &theme, QWidget *parent)
    : Button(theme, {}, ButtonKind::Quiet, ButtonSize::Small, parent)
{
    setObjectName(u"earlierTests"_s);
    setLeadingIcon(Icon::History);
    setTrailingIcon(Icon::ChevronDown);
    setToolTip(tr("How earlier tests of this credential ended; choose one to see its report"));
    connect(this, &Button::clicked, this, &EarlierTests::showMenu);
    hide();
}

void EarlierTests::setTests(const Result<QList<KeptTest>> &tests, const QDateTime &now)
{
    m_tests = tests ? *tests : QList<KeptTest>();
    m_now = now;
    setText(tr("Earlier tests: %1").arg(m_tests.size()));
    setDisabledReason(tests ? QString() : tests.error().message);
    setVisible(!tests || !m_tests.isEmpty());
}

void EarlierTests::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"earlierTestsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const KeptTest &test : std::as_const(m_tests)) {
        QAction *entry = menu->addAction(lineOf(test, m_now).replace(u'&', u"&&"_s));
        const auto report = reportFromKept(test.report);
        entry->setEnabled(report.has_value()); // of the oldest only the line is kept
        if (report)
            connect(entry, &QAction::triggered, this, [this, report = *report] { Q_EMIT chosen(report); });
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace credenza
