// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/DiagnosisCard.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// The rank in a filled circle.
class RankMark final : public QWidget
{
public:
    RankMark(const Theme &theme, int rank) : m_theme(theme), m_rank(rank)
    {
        setFixedSize(theme.scaled(16), theme.scaled(16));
        setAccessibleName(QString::number(rank));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Ink));
        painter.drawEllipse(rect());
        painter.setPen(m_theme.color(Role::OnInk));
        painter.setFont(m_theme.font(TextStyle::Badge));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_rank));
    }

private:
    const Theme &m_theme;
    int m_rank;
};

/// A cause: the whole title wraps below the rank; what was seen and how to fix it can be folded away.
class CauseView final : public QWidget
{
public:
    CauseView(const Theme &theme, int rank, const CauseText &cause)
    {
        setObjectName(u"cause-%1"_s.arg(rank));
        setAccessibleName(
            DiagnosisCard::tr("Cause %1: %2. Evidence: %3").arg(rank).arg(cause.title, cause.strengthWord));
        auto *layout = new QGridLayout(this);
        layout->setContentsMargins(16, 8, 16, 8);
        layout->setHorizontalSpacing(8);
        layout->setVerticalSpacing(2);
        layout->setColumnMinimumWidth(0, theme.scaled(16));
        layout->setColumnMinimumWidth(1, theme.scaled(32));
        layout->setColumnStretch(2, 1);
        auto *head = new QHBoxLayout;
        head->setSpacing(8);
        auto *title = new TextLabel(theme, cause.title, TextStyle::Heading);
        title->setObjectName(u"causeTitle"_s);
        title->setWrapping(true);
        head->addWidget(title, 1);
        auto *strength = new StrengthBar(theme, 3);
        strength->setFixedSize(34, 6);
        strength->setLevel(cause.strength, Role::Text2, cause.strengthWord);
        head->addWidget(strength);
        head->addWidget(new TextLabel(theme, cause.strengthWord, TextStyle::Small, Role::Text2));
        layout->addWidget(new RankMark(theme, rank), 0, 0, Qt::AlignTop | Qt::AlignHCenter);
        layout->addLayout(head, 0, 1, 1, 2);
        int row = 1;
        if (!cause.seen.isEmpty())
            addRow(theme, *layout, row++, DiagnosisCard::tr("Seen"), cause.seen, u"causeSeen"_s);
        addRow(theme, *layout, row++, DiagnosisCard::tr("Fix"), cause.fix, u"causeFix"_s);
        if (cause.field) {
            m_action = new Button(theme, DiagnosisCard::tr("Go to field"), ButtonKind::Quiet, ButtonSize::Small);
            m_action->setObjectName(u"goToField"_s);
            m_action->setFlush(true);
            m_action->setAccessibleName(DiagnosisCard::tr("Go to field: %1").arg(cause.title));
            addButton(*layout, row++, m_action);
        }
        if (cause.deed == CauseDeed::None)
            return;
        const bool isRetry = cause.deed == CauseDeed::RetryUntilAccepted;
        const QString text =
            isRetry ? DiagnosisCard::tr("Retry until accepted") : DiagnosisCard::tr("Correct for the server’s clock");
        m_deed = new Button(theme, text, ButtonKind::Quiet, ButtonSize::Small);
        m_deed->setObjectName(isRetry ? u"retryUntilAccepted"_s : u"correctClock"_s);
        m_deed->setFlush(true);
        m_deed->setToolTip(isRetry ? DiagnosisCard::tr("Tests again with growing pauses until the server accepts it, and "
                                                       "tells you")
                                   : DiagnosisCard::tr("Signs with the time the server has, and tests again"));
        addButton(*layout, row, m_deed);
    }

    [[nodiscard]] Button *action() const { return m_action; }
    [[nodiscard]] Button *deed() const { return m_deed; }

private:
    static void addRow(const Theme &theme, QGridLayout &layout, int row, const QString &name, const QString &text,
                       const QString &objectName)
    {
        layout.addWidget(new TextLabel(theme, name, TextStyle::Small, Role::Text3), row, 1, Qt::AlignTop);
        auto *label = new TextLabel(theme, text, TextStyle::Small);
        label->setObjectName(objectName);
        label->setWrapping(true);
        layout.addWidget(label, row, 2);
    }

    static void addButton(QGridLayout &layout, int row, Button *button)
    {
        auto *line = new QHBoxLayout;
        line->setContentsMargins(0, 4, 0, 0); // the ring of the focus lies around it
        line->addWidget(button);
        line->addStretch(1);
        layout.addLayout(line, row, 2);
    }

    Button *m_action = nullptr;
    Button *m_deed = nullptr;
};

} // namespace

DiagnosisCard::DiagnosisCard(const Theme &theme, const ConnectionTestModel &model, QWidget *parent)
    : Card(theme, Role::Surface, parent), m_theme(theme), m_firstFocus(this)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Likely causes, by evidence"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 16, 6);
    head->setSpacing(8);
    head->addWidget(new IconLabel(theme, Icon::Stethoscope, Role::Accent, 16));
    auto *title = new TextLabel(theme, tr("Likely causes, by evidence"), TextStyle::Heading);
    title->setWrappingIfNarrow();
    head->addWidget(title, 1);
    head->addWidget(new TextLabel(theme,
                                  tr("%1 found, %2 ruled out").arg(model.causes.size()).arg(model.ruledOut.size()),
                                  TextStyle::Small, Role::Text3));
    layout->addLayout(head);
    int rank = 1;
    for (const CauseText &cause : model.causes) {
        layout->addWidget(new Divider(theme));
        auto *view = new CauseView(theme, rank++, cause);
        layout->addWidget(view);
        if (view->action() && cause.field) {
            connect(view->action(), &Button::clicked, this,
                    [this, field = *cause.field] { Q_EMIT fieldRequested(field); });
            if (m_firstFocus == this)
                m_firstFocus = view->action();
        }
        if (view->deed()) {
            connect(view->deed(), &Button::clicked, this, [this, deed = cause.deed] { Q_EMIT deedRequested(deed); });
            if (m_firstFocus == this)
                m_firstFocus = view->deed();
        }
    }
    if (m_firstFocus != this)
        setFocusPolicy(Qt::NoFocus);
    if (model.ruledOut.isEmpty())
        return;
    layout->addWidget(new Divider(theme));
    auto *out = new QGridLayout;
    out->setContentsMargins(16, 8, 16, 8);
    out->setHorizontalSpacing(8);
    out->setVerticalSpacing(2);
    out->setColumnMinimumWidth(0, theme.scaled(64));
    out->addWidget(new TextLabel(theme, tr("Ruled out"), TextStyle::Small, Role::Text2), 0, 0);
    constexpr int columns = 3;
    for (int i = 0; i < model.ruledOut.size(); i++) {
        auto *fact = new QHBoxLayout;
        fact->setSpacing(4);
        fact->addWidget(new IconLabel(theme, Icon::Check, Role::Ok, 12));
        fact->addWidget(new ElidingLabel(theme, model.ruledOut.at(i), Qt::ElideRight, TextStyle::Small, Role::Text2),
                        1);
        out->addLayout(fact, i / columns, 1 + i % columns);
        out->setColumnStretch(1 + i % columns, 1);
    }
    layout->addLayout(out);
}

} // namespace credenza
