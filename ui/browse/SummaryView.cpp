// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/SummaryView.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int labelWidth = 104;
constexpr qsizetype longestText = 4'000;
constexpr qsizetype longestUnbroken = 800; // of text without a space: laying it out takes long, reading it longer
constexpr qsizetype longestPlainRow = 20; // characters that have room on one line beside a row's label
constexpr qsizetype longestPlainCell = 7; // in a column of a table
constexpr qsizetype mostTableRows = 50;
constexpr qsizetype mostLines = 50; // no type of FHIR R4 has as many that matter; a million cost no frame
constexpr qsizetype longestCell = 400;

/// The longest stretch without a space.
qsizetype longestWord(const QString &text)
{
    qsizetype longest = 0;
    qsizetype from = 0;
    for (qsizetype at = 0; at <= text.size(); ++at) {
        if (at == text.size() || text.at(at).isSpace()) {
            longest = std::max(longest, at - from);
            from = at + 1;
        }
    }
    return longest;
}

QString shortened(const QString &text)
{
    const QString start = text.left(longestText);
    return longestWord(start) > longestUnbroken ? start.left(longestUnbroken) + u'…' : start;
}

QString escaped(const QString &text)
{
    return shortened(text).toHtmlEscaped().replace(u'\n', u"<br/>"_s);
}

BadgeKind kindOf(const QString &status)
{
    static const QStringList good{u"final"_s, u"active"_s, u"completed"_s, u"finished"_s, u"current"_s, u"yes"_s};
    static const QStringList bad{u"entered-in-error"_s, u"cancelled"_s, u"stopped"_s, u"inactive"_s};
    if (good.contains(status.toLower()))
        return BadgeKind::Ok;
    return bad.contains(status.toLower()) ? BadgeKind::Error : BadgeKind::Plain;
}

} // namespace

SummaryView::SummaryView(const Theme &theme, QWidget *parent) : QScrollArea(parent), m_theme(theme)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Summary"));
    startContent();
}

void SummaryView::startContent()
{
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(16, 12, 16, 12);
    m_layout->setSpacing(12);
    m_earlier = nullptr;
    m_referrers = nullptr;
    // A link that was followed goes with what it stood in: the keys must not go with it.
    if (const QWidget *focused = QApplication::focusWidget();
        widget() != nullptr && focused != nullptr && widget()->isAncestorOf(focused))
        setFocus();
    setWidget(content); // deletes the one before
}

void SummaryView::clear()
{
    m_resource = {};
    m_attachments.clear();
    startContent();
}

void SummaryView::showWaiting()
{
    clear();
    m_layout->addWidget(new TextLabel(m_theme, tr("Reading…"), TextStyle::Small, Role::Text2));
    m_layout->addStretch();
}

QWidget *SummaryView::makeHead(const ResourceSummary &summary)
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    if (!summary.headline.isEmpty()) {
        const bool isShort = summary.headline.size() < 16;
        auto *value = new TextLabel(m_theme, summary.headline, isShort ? TextStyle::Display : TextStyle::PageTitle);
        value->setWrapping(!isShort);
        row->addWidget(value, isShort ? 0 : 1);
        if (!summary.unit.isEmpty())
            row->addWidget(new TextLabel(m_theme, summary.unit, TextStyle::Body, Role::Text2), 0, Qt::AlignBottom);
    }
    row->addStretch();
    if (summary.isAbnormal)
        row->addWidget(new Badge(m_theme, {BadgeKind::Warning, tr("Abnormal")}));
    if (!summary.status.isEmpty())
        row->addWidget(new Badge(m_theme, {kindOf(summary.status), summary.status.left(40)}));
    column->addLayout(row);
    if (!summary.subtitle.isEmpty()) {
        auto *subtitle = new TextLabel(m_theme, summary.subtitle.left(200), TextStyle::Small, Role::Text2);
        subtitle->setWrapping(true);
        column->addWidget(subtitle);
    }
    return head;
}

QString SummaryView::markupOf(const SummaryPart &part)
{
    if (part.attachment.exists()) {
        m_attachments.append(part.attachment);
        return u"<a href=\"attachment:%1\">%2</a>"_s.arg(m_attachments.size() - 1).arg(escaped(part.text));
    }
    if (part.reference.isEmpty())
        return escaped(part.text);
    return u"<a href=\"reference:%1\">%2</a>"_s.arg(
        QString::fromLatin1(part.reference.toUtf8().toBase64(QByteArray::Base64UrlEncoding)), escaped(part.text));
}

TextLabel *SummaryView::makeText(const QList<SummaryPart> &parts, qsizetype longestPlain)
{
    QStringList lines;
    bool leads = false;
    for (const SummaryPart &part : parts) {
        lines.append(markupOf(part));
        leads = leads || part.attachment.exists() || !part.reference.isEmpty();
    }
    // A label that need not wrap is made in a fraction of the time.
    constexpr int usualScale = 130; // per cent of the text's size up to which there is room for a short line
    const bool isShort = !leads && parts.size() == 1 && parts.first().text.size() <= longestPlain &&
                         !parts.first().text.contains(u'\n') && m_theme.scaled(100) <= usualScale;
    auto *text = new TextLabel(m_theme, isShort ? parts.first().text : QString(), TextStyle::Small);
    if (!isShort) {
        text->setWrapping(true);
        text->setMarkup(lines.join(u"<br/>"_s));
    }
    // Only what leads somewhere is a stop for the Tab key.
    text->setTextInteractionFlags(leads ? Qt::TextBrowserInteraction : Qt::TextSelectableByMouse);
    text->setOpenExternalLinks(false);
    connect(text, &QLabel::linkActivated, this, &SummaryView::activateLink);
    return text;
}

void SummaryView::activateLink(const QString &link)
{
    const QString target = link.section(u':', 1);
    if (link.startsWith(u"attachment:"_s))
        Q_EMIT attachmentActivated(m_attachments.value(target.toInt()));
    else
        Q_EMIT referenceActivated(
            QString::fromUtf8(QByteArray::fromBase64(target.toLatin1(), QByteArray::Base64UrlEncoding)));
}

QWidget *SummaryView::makeTable(const SummaryTable &table)
{
    auto *box = new Card(m_theme);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(8, 6, 8, 6);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    for (int column = 0; column < table.head.size(); ++column) {
        auto *head = new TextLabel(m_theme, table.head.at(column), TextStyle::SmallStrong, Role::Text2);
        head->setWrapping(true);
        grid->addWidget(head, 0, column, Qt::AlignTop);
        grid->setColumnStretch(column, 1);
    }
    int line = 1;
    for (const QList<SummaryPart> &row : table.rows) {
        if (line > mostTableRows) {
            grid->addWidget(new TextLabel(m_theme, tr("More in the tree"), TextStyle::Small, Role::Text3), line, 0, 1,
                            -1);
            break;
        }
        for (int column = 0; column < row.size(); ++column) {
            SummaryPart cell = row.at(column);
            cell.text = cell.text.left(longestCell);
            grid->addWidget(makeText({cell}, longestPlainCell), line, column, Qt::AlignTop);
        }
        ++line;
    }
    return box;
}

QWidget *SummaryView::makeRows(const QList<SummaryRow> &rows)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, m_theme.scaled(labelWidth));
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const SummaryRow &row : rows) {
        if (line == mostLines) {
            grid->addWidget(new TextLabel(m_theme, tr("More in the tree"), TextStyle::Small, Role::Text3), line, 1);
            break;
        }
        auto *label = new TextLabel(m_theme, row.label.left(60), TextStyle::Small, Role::Text3);
        label->setWrapping(true);
        label->setFixedWidth(m_theme.scaled(labelWidth));
        grid->addWidget(label, line, 0, Qt::AlignTop);
        grid->addWidget(makeText(row.parts, longestPlainRow), line++, 1, Qt::AlignTop);
    }
    return box;
}

void SummaryView::setResource(const Resource &resource, const ResourceSummary &summary)
{
    m_resource = resource;
    m_attachments.clear();
    startContent();
    m_layout->addWidget(makeHead(summary));
    for (const SummaryTable &table : summary.tables) {
        if (table.head.value(0) != table.title)
            m_layout->addWidget(new TextLabel(m_theme, table.title, TextStyle::SmallStrong, Role::Text2));
        m_layout->addWidget(makeTable(table));
    }
    if (!summary.rows.isEmpty())
        m_layout->addWidget(makeRows(summary.rows));
    m_earlier = new QVBoxLayout;
    m_earlier->setSpacing(6);
    m_layout->addLayout(m_earlier);
    if (!summary.narrative.isEmpty()) {
        addHeading(*m_layout, tr("Narrative"), {});
        auto *text = new TextLabel(m_theme, summary.narrative.left(longestText), TextStyle::Small, Role::Text2);
        text->setWrapping(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_layout->addWidget(text);
    }
    m_referrers = new QVBoxLayout;
    m_referrers->setSpacing(6);
    m_layout->addLayout(m_referrers);
    m_layout->addStretch();
}

void SummaryView::addHeading(QVBoxLayout &layout, const QString &title, const QString &detail)
{
    layout.addWidget(new Divider(m_theme));
    auto *head = new QHBoxLayout;
    head->addWidget(new TextLabel(m_theme, title, TextStyle::Heading), 1);
    if (!detail.isEmpty())
        head->addWidget(new TextLabel(m_theme, detail, TextStyle::Small, Role::Text3));
    layout.addLayout(head);
}

TextLabel *SummaryView::makeLink(const QString &text, const QString &path)
{
    auto *link = new TextLabel(m_theme, {}, TextStyle::Small);
    link->setWrapping(true);
    link->setMarkup(u"<a href=\"x\">%1</a>"_s.arg(escaped(text)));
    link->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(link, &QLabel::linkActivated, this, [this, path] { Q_EMIT referenceActivated(path); });
    return link;
}

void SummaryView::setEarlierValues(const QList<EarlierValue> &values)
{
    if (m_earlier == nullptr || values.isEmpty())
        return;
    addHeading(*m_earlier, tr("Earlier values"), tr("in these results"));
    for (const EarlierValue &value : values) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new TextLabel(m_theme, value.date, TextStyle::Mono, Role::Text2));
        row->addWidget(makeLink(value.value, value.path), 1);
        if (!value.flag.isEmpty())
            row->addWidget(new Badge(m_theme, {BadgeKind::Warning, value.flag.left(24)}));
        m_earlier->addLayout(row);
    }
}

void SummaryView::setReferrers(const QList<Referrer> &referrers, const QString &where)
{
    if (m_referrers == nullptr || referrers.isEmpty())
        return;
    addHeading(*m_referrers, tr("Referenced by"), where.isEmpty() ? tr("among what is loaded") : where);
    for (const Referrer &referrer : referrers) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new Badge(m_theme, {BadgeKind::Plain, referrer.type}));
        row->addWidget(makeLink(referrer.title, referrer.path), 1);
        m_referrers->addLayout(row);
    }
}

} // namespace credenza
