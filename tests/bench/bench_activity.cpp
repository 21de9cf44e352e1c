// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/activity/ActivityPage.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/DataTable.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <ctime>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int many = 100'000;

QList<ActivityEntry> manyEntries(const QDateTime &now)
{
    const QStringList actions{u"credential.tested"_s, u"token.issued"_s, u"credential.changed"_s,
                              u"credential.exported"_s, u"vault.passphrase-changed"_s};
    QList<ActivityEntry> list;
    list.reserve(many);
    for (int i = 0; i < many; ++i) {
        ActivityEntry entry;
        entry.sequence = static_cast<quint64>(i) + 1;
        entry.at = now.addSecs(i - many);
        entry.actor = u"user@host"_s;
        entry.program = u"credenza"_s;
        entry.action = actions.at(i % 5);
        entry.credentialId = QUuid::createUuid();
        entry.credentialName = u"Cedar Point %1, immunizations"_s.arg(i % 977);
        entry.detail = i % 3 == 0 ? u"passed"_s : u"failed: invalid_client"_s;
        list << entry;
    }
    return list;
}

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Notes the longest time one event took, in ms of this thread's CPU time: what a person feels as a window that
/// hangs, whatever else the machine does.
class TimedApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_isInside)
            return QApplication::notify(receiver, event);
        m_isInside = true;
        const double start = threadMilliseconds();
        const bool taken = QApplication::notify(receiver, event);
        longest = std::max(longest, threadMilliseconds() - start);
        m_isInside = false;
        return taken;
    }
    double longest = 0;

private:
    bool m_isInside = false;
};

} // namespace

/// How long the window is held up, and how long it takes until the rows are there, with a log of 100 000 entries.
class ActivityBenchmark final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hundredThousandEntries();
};

void ActivityBenchmark::hundredThousandEntries()
{
    const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    const QList<ActivityEntry> entries = manyEntries(now);
    Theme theme{ThemeMode::Light};
    ActivityPage page(theme);
    page.resize(1200, 800);
    QVERIFY(showActive(page));
    auto *table = page.findChild<DataTable *>(u"activityTable"_s);
    auto *filter = page.findChild<QLineEdit *>(u"activityFilter"_s);
    // Layout and paint of what was done before.
    const auto settle = [&page] {
        bool settled = false;
        QTimer::singleShot(0, &page, [&page, &settled] {
            page.repaint();
            settled = true;
        });
        return QTest::qWaitFor([&settled] { return settled; });
    };
    const auto measure = [&](const char *what, const std::function<void()> &deed, int rows) {
        QVERIFY(settle()); // the frame before is no part of this
        auto &application = static_cast<TimedApplication &>(*qApp);
        QElapsedTimer timer;
        timer.start();
        const double start = threadMilliseconds();
        deed();
        application.longest = threadMilliseconds() - start;
        const bool came = QTest::qWaitFor([&] { return table->model()->rowCount() == rows; }, 20'000);
        const qint64 shown = timer.elapsed();
        QVERIFY(settle()); // and what comes of it is
        qInfo("%d entries: %s: window held up %.1f ms (goal 16), shown after %lld ms", many, what, application.longest,
              static_cast<long long>(shown));
        QVERIFY2(came, what);
    };
    measure(
        "read", [&] { page.setEntries(entries, now); }, many);
    measure(
        "chip", [&] { page.findChild<Chip *>(u"activityFilter:keys"_s)->click(); }, many / 5);
    measure(
        "all again", [&] { page.findChild<Chip *>(u"activityFilter:all"_s)->click(); }, many);
    measure(
        "filter", [&] { filter->setText(u"point 976"_s); }, 102);
    measure(
        "clear", [&] { filter->clear(); }, many);
    measure(
        "lock", [&] { page.setEntries({}, now); }, 0);
}

} // namespace credenza::test

int main(int argc, char **argv)
{
    credenza::test::TimedApplication application(argc, argv);
    credenza::test::ActivityBenchmark benchmark;
    return QTest::qExec(&benchmark, argc, argv);
}
#include "bench_activity.moc"
