// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/FirstSteps.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/FoldingRow.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

FirstSteps::FirstSteps(const Theme &theme, QWidget *parent)
    : Card(theme, Role::Surface, parent), m_theme(theme), m_add(new Button(theme, tr("Add Credential"))),
      m_sandbox(new Button(theme, tr("Try the local sandbox"), ButtonKind::Quiet)),
      m_test(new Button(theme, tr("Test connection")))
{
    m_add->setObjectName(u"firstAdd"_s);
    m_add->setLeadingIcon(Icon::Plus);
    m_sandbox->setObjectName(u"firstSandbox"_s);
    m_sandbox->setToolTip(tr("Starts a stand-in for an EHR on this computer and fills in its credential"));
    m_test->setObjectName(u"firstTest"_s);
    m_test->setLeadingIcon(Icon::Gauge);
    auto *column = new QWidget;
    m_column = new QVBoxLayout(column);
    const int margin = theme.textScale() < 1.5 ? 24 : 12;
    m_column->setContentsMargins(margin, 16, margin, 16);
    m_column->setSpacing(12);
    m_column->addWidget(new TextLabel(theme, tr("First steps"), TextStyle::Section));
    m_steps = {addStep(tr("Create a vault"), tr("One encrypted file; only the passphrase opens it."), {}),
               addStep(tr("Add a credential"), tr("Its FHIR base URL, client ID and private key, checked as you type."),
                       {m_add, m_sandbox}),
               addStep(tr("Test the connection"), tr("Each step shows what was sent and what came back."), {m_test}),
               addStep(tr("Go on with Next"), tr("Browse what the credential can reach, or hand it over."), {})};
    m_column->addStretch(1);
    auto *area = new ColumnScrollArea(u"firstStepsArea"_s);
    area->setColumn(column);
    area->viewport()->setAutoFillBackground(false);
    column->setAutoFillBackground(false);
    auto *frame = new QVBoxLayout(this);
    frame->setContentsMargins(1, 1, 1, 1);
    frame->addWidget(area);
    connect(m_add, &Button::clicked, this, &FirstSteps::addRequested);
    connect(m_sandbox, &Button::clicked, this, &FirstSteps::sandboxRequested);
    connect(m_test, &Button::clicked, this, &FirstSteps::testRequested);
    setProgress(false, false);
}

FirstSteps::Step FirstSteps::addStep(const QString &name, const QString &detail, const QList<Button *> &buttons)
{
    Step step;
    step.name = name;
    step.icon = new IconLabel(m_theme, Icon::DashedCircle, Role::Text3, 20);
    step.title = new TextLabel(m_theme, name, TextStyle::Heading);
    step.title->setWrapping(true);
    step.detail = new TextLabel(m_theme, detail, TextStyle::Small, Role::Text2);
    step.detail->setWrapping(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(step.icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(step.title);
    words->addWidget(step.detail);
    if (!buttons.isEmpty()) {
        auto *deeds = new FoldingRow(8);
        for (Button *button : buttons)
            deeds->addWidget(button);
        words->addSpacing(4);
        words->addWidget(deeds);
    }
    row->addLayout(words, 1);
    m_column->addLayout(row);
    return step;
}

void FirstSteps::mark(const Step &step, bool done, bool next)
{
    step.icon->setIconShown(done ? Icon::CheckCircle : Icon::DashedCircle, done ? Role::Ok : Role::Text3);
    step.title->setRole(next ? Role::Text : Role::Text2);
    const QString state = done ? tr("done") : next ? tr("next") : tr("later");
    step.title->setAccessibleName(tr("%1: %2", "step: state").arg(step.name, state));
}

int FirstSteps::heightForWidth(int width) const
{
    return m_column->totalHeightForWidth(width - 2) + 2;
}

void FirstSteps::setProgress(bool hasCredential, bool testFailed)
{
    mark(m_steps[0], true, false);
    mark(m_steps[1], hasCredential, !hasCredential);
    mark(m_steps[2], false, hasCredential);
    mark(m_steps[3], false, false);
    if (hasCredential && testFailed)
        m_steps[2].icon->setIconShown(Icon::XCircle, Role::Err);
    m_steps[2].detail->setContent(testFailed ? tr("It did not pass. Open the credential: its test says why.")
                                             : tr("Each step shows what was sent and what came back."));
    m_add->setVisible(!hasCredential);
    m_sandbox->setVisible(!hasCredential);
    m_test->setVisible(hasCredential);
}

} // namespace credenza
