// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"
#include "ui/theme/Theme.h"

#include <QScrollArea>

class QVBoxLayout;

namespace credenza
{

class TextLabel;

/// The Summary tab: headline with unit and status, tables of like elements, rows of label and values with links, the
/// narrative as plain text, and who refers to the resource among what is loaded.
class SummaryView final : public QScrollArea
{
    Q_OBJECT

public:
    explicit SummaryView(const Theme &theme, QWidget *parent = nullptr);

    void setResource(const Resource &resource) { setResource(resource, summarize(resource)); }
    /// `summary` is that of `resource`, made elsewhere.
    void setResource(const Resource &resource, const ResourceSummary &summary);
    /// A resource that refers to the one shown.
    struct Referrer {
        QString type;
        QString title;
        QString path;
    };
    /// `where` says among what was looked for them; empty: among what is loaded.
    void setReferrers(const QList<Referrer> &referrers, const QString &where = {});
    /// The same measured before, among what is loaded.
    struct EarlierValue {
        QString date;
        QString value;
        QString flag; ///< "High"; empty: nothing to say
        QString path;
    };
    void setEarlierValues(const QList<EarlierValue> &values);
    /// Says that the summary is being made.
    void showWaiting();
    void clear();

Q_SIGNALS:
    void referenceActivated(const QString &reference);
    /// The person wants the content of an attachment of the resource shown.
    void attachmentActivated(const credenza::JsonValue &attachment);

private:
    QWidget *makeHead(const ResourceSummary &summary);
    QWidget *makeTable(const SummaryTable &table);
    QWidget *makeRows(const QList<SummaryRow> &rows);
    /// A value of up to `longestPlain` characters stays on one line.
    TextLabel *makeText(const QList<SummaryPart> &parts, qsizetype longestPlain);
    TextLabel *makeLink(const QString &text, const QString &path);
    QString markupOf(const SummaryPart &part);
    void activateLink(const QString &link);
    void addHeading(QVBoxLayout &layout, const QString &title, const QString &detail);
    void startContent();

    const Theme &m_theme;
    Resource m_resource;
    QList<JsonValue> m_attachments;
    QVBoxLayout *m_layout = nullptr;
    QVBoxLayout *m_earlier = nullptr;
    QVBoxLayout *m_referrers = nullptr;
};

} // namespace credenza
