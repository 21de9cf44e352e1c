// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/AssertionInspector.h"

#include "core/base/SecretBytes.h"
#include "core/net/Redaction.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Announce.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextArea.h"
#include "ui/widgets/TextLabel.h"
#include "ui/widgets/WireHighlighter.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

Icon iconOf(AssertionCheck::State state)
{
    switch (state) {
    case AssertionCheck::State::Ok:
        return Icon::CheckCircle;
    case AssertionCheck::State::Warning:
        return Icon::Warning;
    case AssertionCheck::State::Error:
        return Icon::XCircle;
    case AssertionCheck::State::Note:
        break;
    }
    return Icon::MinusCircle;
}

Role roleOf(AssertionCheck::State state)
{
    switch (state) {
    case AssertionCheck::State::Ok:
        return Role::Ok;
    case AssertionCheck::State::Warning:
        return Role::Warn;
    case AssertionCheck::State::Error:
        return Role::Err;
    case AssertionCheck::State::Note:
        break;
    }
    return Role::Text3;
}

QString wordOf(AssertionCheck::State state)
{
    switch (state) {
    case AssertionCheck::State::Ok:
        return AssertionInspector::tr("Right");
    case AssertionCheck::State::Warning:
        return AssertionInspector::tr("Remark");
    case AssertionCheck::State::Error:
        return AssertionInspector::tr("Wrong");
    case AssertionCheck::State::Note:
        break;
    }
    return AssertionInspector::tr("Note");
}

QString pretty(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson()).trimmed().replace(u"    "_s, u"  "_s);
}

} // namespace

AssertionInspector::AssertionInspector(const Theme &theme, QWidget &host, const Clock &clock)
    : Sheet(theme, host, tr("Inspect an assertion")), m_theme(theme), m_clock(clock),
      m_text(new TextArea(theme, 6, TextStyle::Mono)), m_credential(new ComboBox(theme, tr("Compare with"))),
      m_verdictIcon(new IconLabel(theme, Icon::DashedCircle, Role::Text3, 20)),
      m_verdict(new TextLabel(theme, {}, TextStyle::Heading)), m_checks(new QVBoxLayout),
      m_header(new CodeBlock(theme, tr("Header"))), m_claims(new CodeBlock(theme, tr("Claims")))
{
    auto *main = new QWidget;
    auto *column = new QVBoxLayout(main);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    auto *pasted = new FormField(theme, tr("Client assertion (JWT)"), Requirement::Optional, m_text);
    pasted->setHelp(tr("Paste it as it is: alone, quoted, after “Bearer”, or with the whole form around it."));
    m_text->edit()->setObjectName(u"pastedAssertion"_s);
    column->addWidget(pasted);
    m_credential->setObjectName(u"compareWith"_s);
    auto *compare = new FormField(theme, tr("Compare with"), Requirement::Optional, m_credential);
    compare->setHelp(tr("Checks client ID, key ID, token endpoint and signature too."));
    column->addWidget(compare);
    auto *verdict = new QHBoxLayout;
    verdict->setSpacing(8);
    m_verdict->setObjectName(u"inspectionVerdict"_s);
    m_verdict->setWrapping(true);
    verdict->addWidget(m_verdictIcon, 0, Qt::AlignTop);
    verdict->addWidget(m_verdict, 1);
    column->addLayout(verdict);
    column->addLayout(m_checks);
    column->addStretch(1);
    auto *scroll = new ColumnScrollArea(u"inspectionScroll"_s);
    scroll->setColumn(main);
    setMain(scroll, tr("Checks"));

    auto *side = new QWidget;
    auto *decoded = new QVBoxLayout(side);
    decoded->setContentsMargins(24, 16, 24, 16);
    decoded->setSpacing(8);
    for (CodeBlock *block : {m_header, m_claims}) {
        decoded->addWidget(new TextLabel(theme, block == m_header ? tr("Header") : tr("Claims"), TextStyle::Label));
        block->setMaximumLines(16);
        block->setWrapping(true);
        new WireHighlighter(theme, block->document(), redactedMark());
        decoded->addWidget(block);
    }
    m_header->setObjectName(u"decodedHeader"_s);
    m_claims->setObjectName(u"decodedClaims"_s);
    decoded->addStretch(1);
    auto *sideScroll = new ColumnScrollArea(u"decodedScroll"_s);
    sideScroll->setColumn(side);
    setSide(sideScroll, tr("Decoded"));

    footer()->addStretch(1);
    auto *done = new Button(theme, tr("Close"));
    done->setObjectName(u"closeInspector"_s);
    footer()->addWidget(done);
    connect(done, &Button::clicked, this, &AssertionInspector::drop);
    connect(this, &Scrim::requestClose, this, &AssertionInspector::drop);
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &AssertionInspector::inspect);
    connect(m_text->edit(), &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_credential, &QComboBox::currentIndexChanged, this, &AssertionInspector::inspect);
}

void AssertionInspector::openWith(const QList<InspectorChoice> &choices)
{
    m_choices = choices;
    m_credential->clear();
    m_credential->addItem(tr("Nothing: only what holds for all"));
    for (const InspectorChoice &choice : choices)
        m_credential->addItem(choice.name);
    m_text->setText({});
    showNothing(tr("Nothing was pasted yet"));
    showMain();
    open(m_text->edit());
}

void AssertionInspector::inspect()
{
    QByteArray text = m_text->text().toUtf8();
    if (text.trimmed().isEmpty()) {
        showNothing(tr("Nothing was pasted yet"));
        return;
    }
    AssertionExpectations expected;
    if (const int choice = m_credential->currentIndex() - 1; choice >= 0 && choice < m_choices.size())
        expected = m_choices.at(choice).expectations;
    expected.now = toDateTime(m_clock.now());
    const Result<AssertionInspection> inspection = inspectAssertion(text, expected);
    wipe(text);
    if (!inspection) {
        showNothing(inspection.error().message + u' ' + inspection.error().hint);
        return;
    }
    m_header->setCode(pretty(inspection->header));
    m_claims->setCode(pretty(inspection->claims));
    showChecks(*inspection);
}

void AssertionInspector::showNothing(const QString &why)
{
    delete m_rows;
    m_rows = nullptr;
    m_header->setCode({});
    m_claims->setCode({});
    m_verdictIcon->setIconShown(Icon::DashedCircle, Role::Text3);
    m_verdict->setContent(why);
}

void AssertionInspector::showChecks(const AssertionInspection &inspection)
{
    delete m_rows;
    m_rows = new QWidget;
    m_rows->setObjectName(u"inspectionChecks"_s);
    auto *grid = new QGridLayout(m_rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const AssertionCheck &check : inspection.checks) {
        auto *icon = new IconLabel(m_theme, iconOf(check.state), roleOf(check.state), 16);
        icon->setAccessibleName(wordOf(check.state));
        icon->setToolTip(wordOf(check.state));
        grid->addWidget(icon, row, 0, Qt::AlignTop);
        const QString name = check.name.isEmpty() ? tr("signature") : check.name;
        grid->addWidget(new TextLabel(m_theme, name, TextStyle::Mono), row, 1, Qt::AlignTop);
        auto *message = new TextLabel(m_theme, check.message, TextStyle::Small,
                                      check.state == AssertionCheck::State::Error ? Role::Err : Role::Text2);
        message->setObjectName(u"check-"_s + check.code);
        message->setWrapping(true);
        message->setAccessibleName(u"%1, %2: %3"_s.arg(name, wordOf(check.state), check.message));
        grid->addWidget(message, row++, 2);
    }
    m_checks->addWidget(m_rows);
    const auto wrong = std::ranges::count(inspection.checks, AssertionCheck::State::Error, &AssertionCheck::state);
    m_verdictIcon->setIconShown(wrong == 0 ? Icon::CheckCircle : Icon::XCircle, wrong == 0 ? Role::Ok : Role::Err);
    m_verdict->setContent(wrong == 0 ? tr("No value breaks a rule")
                                     : tr("%n value(s) break a rule", nullptr, static_cast<int>(wrong)));
    announceAlert(*m_verdict);
}

void AssertionInspector::drop()
{
    m_pause.stop();
    m_text->setText({});
    m_pause.stop();
    showNothing({});
    close();
}

} // namespace credenza
