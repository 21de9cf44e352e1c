// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/RetryUntilAccepted.h"
#include "core/vault/TestHistory.h"
#include "ui/connectiontest/ConnectionTestModel.h"

#include <QPointer>
#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace credenza
{

class Button;
class ColumnScrollArea;
class DiagnosisCard;
class EarlierTests;
class IconLabel;
class Spinner;
class TextLabel;
class Theme;
class TimelineStep;

/// A connection test as it runs and as it ended: verdict, timeline of the five steps, diagnosis, copies.
class ConnectionTestView final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionTestView(const Theme &theme, QWidget *parent = nullptr);

    /// Nothing was tested yet.
    void clear();
    /// Shows a report, of a running test or a finished one.
    void showReport(const TestReport &report, const QDateTime &now);
    /// Between two tries of a test that is repeated until it is accepted: the last one, and when the next comes.
    void showWaiting(const TestReport &lastTry, const RetryWait &wait, const QDateTime &now);
    /// What is kept of earlier tests, offered for a look; clear() takes it away.
    void setEarlierTests(const Result<QList<KeptTest>> &tests, const QDateTime &now);
    /// Whether a test may be started now, and if not, why.
    void setRunnable(const QString &reasonWhyNot);
    [[nodiscard]] bool isRunning() const;
    /// Where the focus belongs after a test failed; null if there is no diagnosis.
    [[nodiscard]] QWidget *firstCause() const;

Q_SIGNALS:
    void runRequested();
    void cancelRequested();
    void fieldRequested(credenza::Field field);
    /// Test again and again until the server accepts it.
    void retryRequested();
    /// Sign by the server's clock from now on, and test again.
    void clockCorrectionRequested();
    /// Something was put on the clipboard; say so.
    void copied(const QString &what);

private:
    QWidget *makeEmptyState();
    QWidget *makeVerdict();
    QWidget *makeFoot();
    EarlierTests *makeEarlierTests();
    void showEarlier(const TestReport &report);
    void showModel(const ConnectionTestModel &model);
    void copyReport();

    const Theme &m_theme;
    QStackedLayout *m_pages;
    Spinner *m_spinner;
    IconLabel *m_verdictIcon;
    TextLabel *m_headline;
    TextLabel *m_subline;
    Button *m_start;
    Button *m_run;
    ColumnScrollArea *m_scroll;
    QVBoxLayout *m_content;
    QList<TimelineStep *> m_steps;
    QList<EarlierTests *> m_earlier; ///< on the empty page, and below the timeline
    QPointer<DiagnosisCard> m_diagnosis;
    Button *m_copyReport;
    Button *m_copyCurl;
    ConnectionTestModel m_model;
    TestReport m_report;
    QDateTime m_earlierAsOf; ///< for "today"
    bool m_isWaiting = false; ///< for the next try
};

} // namespace credenza
