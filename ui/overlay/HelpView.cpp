// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/HelpView.h"

#include "ui/overlay/ClientIdAnatomy.h"
#include "ui/overlay/HelpText.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QPainter>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// One row of the table of client IDs; the one that is needed is marked by tint and edge.
class TableRow final : public QWidget
{
public:
    enum class Kind { Head, Plain, Chosen };

    TableRow(const Theme &theme, const QStringList &cells, Kind kind) : m_theme(theme), m_kind(kind)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(9, 0, 8, 0);
        row->setSpacing(8);
        setFixedHeight(theme.scaled(32));
        const TextStyle style = kind == Kind::Plain ? TextStyle::Small : TextStyle::SmallStrong;
        const Role role = kind == Kind::Head ? Role::Text2 : Role::Text;
        static constexpr std::array widths{84, 144, 0};
        for (std::size_t i = 0; i < widths.size(); i++) {
            const bool isHost = i == 2 && kind != Kind::Head;
            auto *cell = new ElidingLabel(theme, cells.at(static_cast<qsizetype>(i)), Qt::ElideMiddle,
                                          isHost ? TextStyle::Mono : style, role);
            if (widths.at(i) > 0)
                cell->setFixedWidth(theme.scaled(widths.at(i)));
            row->addWidget(cell, widths.at(i) > 0 ? 0 : 1);
        }
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Role fill = m_kind == Kind::Head ? Role::Sunken : m_kind == Kind::Chosen ? Role::Selected : Role::Surface;
        painter.fillRect(rect(), m_theme.color(fill));
        if (m_kind == Kind::Chosen)
            painter.fillRect(0, 0, 3, height(), m_theme.color(Role::Accent));
        else
            painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Role::Line));
    }

private:
    const Theme &m_theme;
    Kind m_kind;
};

/// A list item with a short dash before it.
class Bullet final : public QWidget
{
public:
    Bullet(const Theme &theme, const QString &markdown) : m_theme(theme)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(12, 1, 0, 1);
        auto *text = new TextLabel(theme, {}, TextStyle::Small, Role::Text2);
        text->setWrapping(true);
        text->setMarkup(inlineMarkup(markdown));
        row->addWidget(text);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(0, m_theme.scaled(9), 4, 2, m_theme.color(Role::Text3));
    }

private:
    const Theme &m_theme;
};

} // namespace

HelpView::HelpView(const Theme &theme, const OverlayPresenter &presenter, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(24, 16, 24, 16);
}

void HelpView::showField(Field field)
{
    if (m_field == field && m_connector == m_presenter.connector().id)
        return;
    m_field = field;
    m_connector = m_presenter.connector().id;
    fill();
}

void HelpView::refresh()
{
    // Only these pages speak of what was entered.
    if (m_field != Field::ClientId)
        return;
    const QString entered = m_presenter.textOf(Field::ClientId) + u'\n' + m_presenter.textOf(Field::FhirBaseUrl);
    if (entered != m_entered)
        fill();
}

void HelpView::fill()
{
    m_entered = m_presenter.textOf(Field::ClientId) + u'\n' + m_presenter.textOf(Field::FhirBaseUrl);
    const HelpText help = helpTextOf(*m_field, &m_presenter.connector());
    delete m_page;
    m_page = new QWidget;
    m_content = new QVBoxLayout(m_page);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(0);
    m_layout->addWidget(m_page);

    addHeading(tr("What it is"));
    addParagraph(help.whatItIs);
    if (*m_field == Field::ClientId)
        addEntered();
    addHeading(tr("Where to find it"));
    addParagraph(help.whereToFind);
    if (*m_field == Field::ClientId && m_presenter.connector().hasEpicPathRule)
        addClientIdTable();
    addHeading(tr("Example"));
    auto *example = new CodeBlock(m_theme, tr("Example"));
    example->setCode(help.example);
    example->setWrapping(true);
    m_content->addSpacing(6);
    m_content->addWidget(example);
    addHeading(tr("Common mistakes"));
    for (const QString &mistake : help.mistakes)
        m_content->addWidget(new Bullet(m_theme, mistake));
    m_content->addSpacing(16);
    auto *checklist = new Button(m_theme, tr("Before you start"), ButtonKind::Quiet, ButtonSize::Small);
    checklist->setObjectName(u"backToChecklist"_s);
    checklist->setFlush(true);
    checklist->setLeadingIcon(Icon::Book);
    connect(checklist, &Button::clicked, this, &HelpView::checklistRequested);
    m_content->addWidget(checklist, 0, Qt::AlignLeft);
    m_content->addStretch(1);
}

void HelpView::addHeading(const QString &text)
{
    if (m_content->count() > 0)
        m_content->addSpacing(16);
    m_content->addWidget(new TextLabel(m_theme, text, TextStyle::Heading));
}

void HelpView::addParagraph(const QString &markdown)
{
    auto *text = new TextLabel(m_theme, {}, TextStyle::Small, Role::Text2);
    text->setWrapping(true);
    text->setMarkup(inlineMarkup(markdown));
    m_content->addWidget(text);
}

void HelpView::addEntered()
{
    auto *anatomy = new ClientIdAnatomy(m_theme);
    if (!anatomy->setClientId(m_presenter.draft().clientId)) {
        delete anatomy;
        return;
    }
    anatomy->setObjectName(u"clientIdAnatomy"_s);
    addHeading(tr("What you entered"));
    m_content->addSpacing(6);
    m_content->addWidget(anatomy);
}

void HelpView::addClientIdTable()
{
    const std::optional<Environment> environment = m_presenter.environment();
    const QString host = QUrl(m_presenter.draft().fhirBaseUrl).host();
    const bool isProduction = environment == Environment::Production;
    const bool isSandbox = environment == Environment::Sandbox;
    auto *table = new Card(m_theme);
    auto *rows = new QVBoxLayout(table);
    rows->setContentsMargins(1, 1, 1, 1);
    rows->setSpacing(0);
    using Kind = TableRow::Kind;
    rows->addWidget(new TableRow(m_theme, {tr("Environment"), tr("Name in My Apps"), tr("Works at")}, Kind::Head));
    rows->addWidget(new TableRow(
        m_theme,
        {tr("Sandbox"), tr("Non-Production Client ID"), isSandbox && !host.isEmpty() ? host : u"fhir.epic.com"_s},
        isSandbox ? Kind::Chosen : Kind::Plain));
    rows->addWidget(new TableRow(
        m_theme, {tr("Production"), tr("Client ID"), isProduction && !host.isEmpty() ? host : tr("hospital hosts")},
        isProduction ? Kind::Chosen : Kind::Plain));
    m_content->addSpacing(6);
    m_content->addWidget(table);
    m_content->addSpacing(6);
    if (isProduction)
        addParagraph(tr("Your FHIR Base URL is a production host, so you need the second one."));
    else if (isSandbox)
        addParagraph(tr("Your FHIR Base URL is a sandbox, so you need the first one."));
}

} // namespace credenza
