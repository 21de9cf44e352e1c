// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/SourcePane.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextLabel.h"
#include "ui/widgets/WireHighlighter.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>
#include <QTextBlock>
#include <QTimer>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype longestSource = 1'500'000; // what is searched, and gone again, within a frame
constexpr qsizetype mostLines = 25'000;
constexpr qsizetype fedAtOnce = 24'000; // characters laid out and coloured within a frame
constexpr int linesAtOnce = 500;
constexpr int mostMarks = 500;

/// How much of a source is shown.
qsizetype shownEnd(const QString &text)
{
    qsizetype end = 0;
    for (qsizetype lines = 0; lines < mostLines; ++lines) {
        const qsizetype lineEnd = text.indexOf(u'\n', end);
        if (lineEnd < 0)
            return std::min(text.size(), longestSource);
        if (lineEnd > longestSource)
            break;
        end = lineEnd + 1;
    }
    return end == text.size() ? end : std::max<qsizetype>(end, 1);
}

} // namespace

NumberedText::NumberedText(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent), m_theme(theme), m_numbers(new QWidget(this)), m_feeder(new QTimer(this))
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setFont(theme.font(TextStyle::Code));
    setAccessibleName(tr("Source of the resource"));
    new WireHighlighter(theme, document());
    m_numbers->installEventFilter(this);
    m_feeder->setInterval(0);
    connect(m_feeder, &QTimer::timeout, this, &NumberedText::feed);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &NumberedText::placeNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, [this] { m_numbers->update(); });
    connect(&theme, &Theme::changed, this, [this] { setFont(m_theme.font(TextStyle::Code)); });
}

void NumberedText::setSource(const QString &text)
{
    m_feeder->stop();
    clear();
    const qsizetype end = shownEnd(text);
    m_text = end == text.size()
                 ? text
                 : text.left(end) + u'\n' + tr("… cut here: %1 characters in all").arg(text.size());
    m_fed = 0;
    feed();
    if (m_fed < m_text.size())
        m_feeder->start();
    placeNumbers();
}

void NumberedText::feed()
{
    qsizetype end = m_fed;
    for (int lines = 0; lines < linesAtOnce && end < m_text.size() && end - m_fed < fedAtOnce; ++lines) {
        const qsizetype lineEnd = m_text.indexOf(u'\n', end);
        end = lineEnd < 0 ? m_text.size() : lineEnd + 1;
    }
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(m_text.sliced(m_fed, end - m_fed));
    m_fed = end;
    if (m_fed < m_text.size())
        return;
    m_feeder->stop();
    m_text.clear();
    m_fed = 0;
    Q_EMIT completed();
}

void NumberedText::placeNumbers()
{
    const int digits = static_cast<int>(QString::number(std::max(1, blockCount())).size());
    const int width = 16 + std::max(3, digits) * fontMetrics().horizontalAdvance(u'9') + 8;
    setViewportMargins(width, 0, 0, 0);
    m_numbers->setGeometry(0, 0, width, height());
}

void NumberedText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

bool NumberedText::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_numbers && event->type() == QEvent::Paint) {
        paintNumbers();
        return true;
    }
    return QPlainTextEdit::eventFilter(watched, event);
}

void NumberedText::paintNumbers()
{
    QPainter painter(m_numbers);
    painter.fillRect(m_numbers->rect(), m_theme.color(Role::Sunken));
    painter.setPen(m_theme.color(Role::Text3));
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > height())
            break;
        painter.drawText(QRectF(0, box.top(), m_numbers->width() - 8, box.height()), Qt::AlignRight | Qt::AlignTop,
                         QString::number(block.blockNumber() + 1));
    }
}

SourcePane::SourcePane(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_text(new NumberedText(theme)),
      m_search(new LineEdit(theme, TextStyle::Mono, 28)),
      m_found(new TextLabel(theme, {}, TextStyle::Small, Role::Text2))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(16, 8, 16, 8);
    m_search->setLeadingIcon(Icon::Search);
    m_search->setPlaceholder(tr("Search the source"));
    m_search->edit()->setAccessibleName(tr("Search in the source"));
    m_search->addTrailing(m_found);
    tools->addWidget(m_search, 1);
    auto *previous = new IconButton(theme, Icon::ArrowUp, tr("Previous match (Shift+F3)"));
    auto *next = new IconButton(theme, Icon::ArrowDown, tr("Next match (F3)"));
    tools->addWidget(previous);
    tools->addWidget(next);
    layout->addLayout(tools);
    layout->addWidget(m_text, 1);
    connect(m_search->edit(), &QLineEdit::textChanged, this, &SourcePane::markAll);
    connect(m_search->edit(), &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_text, &NumberedText::completed, this, &SourcePane::markAll);
    connect(next, &QAbstractButton::clicked, this, [this] { find(false); });
    connect(previous, &QAbstractButton::clicked, this, [this] { find(true); });
    for (const auto &[keys, backward] :
         {std::pair{QKeySequence(Qt::Key_F3), false}, std::pair{QKeySequence(Qt::SHIFT | Qt::Key_F3), true}}) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, backward = backward] { find(backward); });
    }
}

void SourcePane::setSource(const QString &text)
{
    m_text->setSource(text);
    markAll();
}

void SourcePane::focusSearch()
{
    m_search->edit()->setFocus(Qt::ShortcutFocusReason);
    m_search->edit()->selectAll();
}

void SourcePane::find(bool backward)
{
    const QString text = m_search->text();
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (text.isEmpty() || m_text->find(text, flags))
        return;
    m_text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
    m_text->find(text, flags);
}

void SourcePane::markAll()
{
    const QString text = m_search->text();
    QList<QTextEdit::ExtraSelection> marks;
    if (!text.isEmpty()) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(m_theme.color(Role::Mark));
        mark.format.setForeground(m_theme.color(Role::OnMark));
        for (QTextCursor at = m_text->document()->find(text); !at.isNull() && marks.size() < mostMarks;
             at = m_text->document()->find(text, at)) {
            mark.cursor = at;
            marks.append(mark);
        }
        if (!marks.isEmpty()) {
            QTextCursor first = marks.first().cursor;
            first.setPosition(first.selectionStart());
            m_text->setTextCursor(first);
            m_text->centerCursor();
        }
    }
    m_text->setExtraSelections(marks);
    m_found->setContent(text.isEmpty()    ? QString()
                        : marks.isEmpty() ? tr("none")
                                          : tr("%n match(es)", nullptr, static_cast<int>(marks.size())));
}

} // namespace credenza
