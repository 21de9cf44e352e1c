// SPDX-License-Identifier: Apache-2.0
#include "ui/guide/GuidePanel.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/LocalizedText.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TextLabel.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QUrl>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int panelWidth = 928;
constexpr int panelHeight = 640;
constexpr int listWidth = 224;

} // namespace

GuidePanel::GuidePanel(const Theme &theme, QWidget &host)
    : Scrim(theme, host, 8), m_topics(new QListWidget), m_text(new QTextBrowser)
{
    panel().setAccessibleName(tr("User guide"));
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 8);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(24, 12, 12, 12);
    head->addWidget(new TextLabel(theme, tr("User guide"), TextStyle::Section), 1);
    auto *close = new IconButton(theme, Icon::Close, tr("Close the guide (Esc)"));
    close->setObjectName(u"closeGuide"_s);
    head->addWidget(close);
    layout->addLayout(head);
    layout->addWidget(new Divider(theme));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    m_topics->setFixedWidth(theme.scaled(listWidth));
    columns->addWidget(m_topics);
    columns->addWidget(new Divider(theme, Qt::Vertical));
    columns->addWidget(m_text, 1);
    layout->addLayout(columns, 1);

    m_topics->setObjectName(u"guideTopics"_s);
    m_topics->setAccessibleName(tr("Topics"));
    m_topics->setFrameShape(QFrame::NoFrame);
    m_topics->setProperty("ownFocus", true);
    auto *delegate = new RowDelegate(
        theme, 36,
        [this](const QModelIndex &index) {
            const bool current = index.row() == m_topics->currentRow();
            return CellLook{.text = index.data().toString(),
                            .style = current ? TextStyle::Heading : TextStyle::Body,
                            .role = current ? Role::Accent : Role::Text};
        },
        m_topics);
    delegate->setLines(false);
    m_topics->setItemDelegate(delegate);
    m_text->setObjectName(u"guideText"_s);
    m_text->setAccessibleName(tr("Text of the topic"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(24);
    connect(m_text, &QTextBrowser::anchorClicked, this, &GuidePanel::pageRequested);
    connect(m_topics, &QListWidget::currentRowChanged, this, &GuidePanel::show);
    connect(close, &QAbstractButton::clicked, this, &Scrim::close);
    connect(this, &Scrim::requestClose, this, &Scrim::close);
    connect(&theme, &Theme::changed, this, [this] { show(m_topics->currentRow()); });
    load();
}

void GuidePanel::load()
{
    const QDir folder(u":/guide"_s);
    for (const QString &name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name)) {
        QFile file(localizedText(folder.path(), name));
        if (!file.open(QIODevice::ReadOnly))
            continue; // compiled in: it can't be missing
        const QString source = QString::fromUtf8(file.readAll());
        m_sources.append(source);
        m_topics->addItem(source.section(u'\n', 0, 0).mid(2)); // its heading
    }
    m_topics->setCurrentRow(0);
}

void GuidePanel::show(int topic)
{
    QTextDocument *document = m_text->document();
    document->setDefaultFont(theme().font(TextStyle::Body));
    m_text->setMarkdown(m_sources.value(topic));
    // Qt's Markdown has no styles of its own to set: headings and tables get ours here.
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(135, QTextBlockFormat::ProportionalHeight);
        cursor.setBlockFormat(format);
        if (format.headingLevel() > 0) {
            cursor.select(QTextCursor::BlockUnderCursor);
            QTextCharFormat heading;
            heading.setFont(theme().font(TextStyle::PageTitle));
            cursor.mergeCharFormat(heading);
        }
    }
    for (QTextFrame *frame : document->rootFrame()->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorderCollapse(true);
            format.setBorderBrush(theme().color(Role::Line));
            format.setBorder(1);
            format.setCellPadding(6);
            table->setFormat(format);
        }
    }
    m_text->verticalScrollBar()->setValue(0);
}

QStringList GuidePanel::topics() const
{
    QStringList titles;
    for (int row = 0; row < m_topics->count(); ++row)
        titles << m_topics->item(row)->text();
    return titles;
}

void GuidePanel::openGuide()
{
    open(m_topics);
}

QRect GuidePanel::panelGeometry() const
{
    const QSize size(std::min(theme().scaled(panelWidth), width() - 48),
                     std::min(theme().scaled(panelHeight), height() - 48));
    return {QPoint((width() - size.width()) / 2, (height() - size.height()) / 3), size};
}

void GuidePanel::mousePressEvent(QMouseEvent *)
{
    close();
}

} // namespace credenza
