// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/RequestLine.h"

#include "core/smart/CurlCommand.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype longestHistory = 50;

QString headerLines(const QList<std::pair<QString, QString>> &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers)
        lines.append(name + u": "_s + value);
    return lines.join(u'\n');
}

} // namespace

RequestLine::RequestLine(const Theme &theme, QWidget *parent)
    : Pane(theme, Role::Sunken, Qt::TopEdge | Qt::BottomEdge, parent), m_theme(theme),
      m_method(new Badge(theme, {BadgeKind::Plain, u"GET"_s})),
      m_path(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono)),
      m_status(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_copy(new IconButton(theme, Icon::Copy, tr("Copy as curl (Ctrl+Shift+C)"))),
      m_headers(new IconButton(theme, Icon::Info, tr("Headers and body of this request"))),
      m_menu(new IconButton(theme, Icon::History, tr("Requests of this session")))
{
    setFixedHeight(theme.scaled(32));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(m_method);
    row->addWidget(m_path, 1);
    row->addWidget(m_status);
    for (IconButton *button : {m_copy, m_headers, m_menu}) {
        button->setExtent(24);
        row->addWidget(button);
    }
    connect(m_copy, &QAbstractButton::clicked, this, &RequestLine::copyCurl);
    connect(m_headers, &QAbstractButton::clicked, this, &RequestLine::showHeaders);
    connect(m_menu, &QAbstractButton::clicked, this, &RequestLine::showHistory);
    clear();
}

void RequestLine::setBase(const QString &base)
{
    m_base = base;
}

QString RequestLine::shortened(const QString &url) const
{
    return !m_base.isEmpty() && url.startsWith(m_base) ? url.sliced(m_base.size()) : url;
}

void RequestLine::clear()
{
    m_history.clear();
    m_requests = 0;
    Q_EMIT counted(0, 0);
    m_shown = {};
    m_path->setText(tr("No request yet"));
    m_path->setRole(Role::Text3);
    m_status->setContent({});
    for (IconButton *button : {m_copy, m_headers, m_menu})
        button->setEnabled(false);
}

void RequestLine::addExchange(const ExchangeRecord &record)
{
    m_history.prepend(record);
    Q_EMIT counted(++m_requests, record.came.status);
    if (m_history.size() > longestHistory)
        m_history.removeLast();
    if (!record.isQuiet || m_shown.sent.url.isEmpty())
        showRecord(record);
}

void RequestLine::recall(const QString &path)
{
    for (const ExchangeRecord &record : std::as_const(m_history)) {
        const QString sent = shortened(record.sent.url);
        if (sent == path || sent == u'/' + path) {
            showRecord(record);
            return;
        }
    }
}

void RequestLine::showRecord(const ExchangeRecord &record)
{
    m_shown = record;
    m_method->setBadge({BadgeKind::Plain, record.sent.method});
    m_path->setRole(Role::Text);
    m_path->setText(shortened(record.sent.url));
    m_status->setRole(record.came.status < 400 ? Role::Text2 : Role::Err);
    m_status->setContent(tr("%1 in %2 ms, %3")
                             .arg(record.came.status)
                             .arg(record.milliseconds, 0, 'f', 0)
                             .arg(QLocale().formattedDataSize(record.bytes, 1, QLocale::DataSizeTraditionalFormat)));
    for (IconButton *button : {m_copy, m_headers, m_menu})
        button->setEnabled(true);
}

QString RequestLine::curl() const
{
    return m_shown.sent.url.isEmpty() ? QString() : curlCommand(m_shown.sent);
}

void RequestLine::copyCurl()
{
    if (curl().isEmpty())
        return;
    copyToClipboard(curl());
    Q_EMIT copied(tr("Copied as curl; set ACCESS_TOKEN before you run it"));
}

void RequestLine::showHistory()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ExchangeRecord &record : std::as_const(m_history)) {
        const QString path = fontMetrics().elidedText(shortened(record.sent.url), Qt::ElideMiddle, m_theme.scaled(420));
        const QString text = u"%1  %2"_s.arg(record.came.status).arg(path);
        connect(menu->addAction(QString(text).replace(u'&', u"&&"_s)), &QAction::triggered, this,
                [this, record] { showRecord(record); });
    }
    menu->popup(m_menu->mapToGlobal(QPoint(0, m_menu->height())));
}

void RequestLine::showHeaders()
{
    auto *window = new QDialog(this);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowTitle(tr("Request and answer"));
    window->resize(m_theme.scaled(720), m_theme.scaled(560));
    auto *layout = new QVBoxLayout(window);
    layout->addWidget(new TextLabel(m_theme, tr("Sent"), TextStyle::Heading));
    auto *sent = new CodeBlock(m_theme, tr("What was sent"));
    const QString body = m_shown.sent.body.isEmpty() ? QString() : u"\n\n"_s + m_shown.sent.body;
    sent->setCode(u"%1 %2\n%3%4"_s.arg(m_shown.sent.method, m_shown.sent.url, headerLines(m_shown.sent.headers), body));
    layout->addWidget(sent);
    layout->addWidget(new TextLabel(m_theme, tr("Came back"), TextStyle::Heading));
    auto *came = new CodeBlock(m_theme, tr("What came back"));
    came->setMaximumLines(40);
    came->setCode(u"HTTP/1.1 %1 %2\n%3\n\n%4"_s.arg(m_shown.came.status)
                      .arg(m_shown.came.reason, headerLines(m_shown.came.headers), m_shown.came.body));
    layout->addWidget(came, 1);
    window->show();
}

} // namespace credenza
