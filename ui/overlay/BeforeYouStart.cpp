// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/BeforeYouStart.h"

#include "ui/overlay/HelpText.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

TextLabel *paragraph(const Theme &theme, const QString &markdown, Role role = Role::Text2)
{
    auto *label = new TextLabel(theme, {}, TextStyle::Small, role);
    label->setWrapping(true);
    label->setMarkup(inlineMarkup(markdown));
    return label;
}

} // namespace

BeforeYouStart::BeforeYouStart(const Theme &theme, const Connector &connector, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_progress(new ProgressLine(theme)),
      m_count(new TextLabel(theme, {}, TextStyle::Small, Role::Text2))
{
    auto *list = new QVBoxLayout(this);
    list->setContentsMargins(24, 16, 24, 16);
    list->setSpacing(0);
    const bool isEpic = connector.hasEpicPathRule;
    list->addWidget(paragraph(
        theme, tr("Your application signs a JSON Web Token with its private key; %1 checks it against the public key "
                  "you registered and returns a short-lived access token. Tick off what is done.")
                   .arg(isEpic ? tr("Epic") : tr("the server"))));
    list->addSpacing(12);
    auto *progress = new QHBoxLayout;
    progress->setSpacing(8);
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_count);
    list->addLayout(progress);
    list->addSpacing(4);

    Button *portal = nullptr;
    if (!connector.portalUrl.isEmpty()) {
        portal = new Button(theme, QUrl(connector.portalUrl).host(), ButtonKind::Quiet, ButtonSize::Small);
        portal->setObjectName(u"openPortal"_s);
        portal->setFlush(true);
        portal->setTrailingIcon(Icon::External);
        portal->setAccessibleName(tr("Open %1 in the browser").arg(portal->text()));
        connect(portal, &Button::clicked, this, [this, url = connector.portalUrl] { Q_EMIT portalRequested(url); });
    }
    QVBoxLayout *registration = addItem(
        *list, isEpic ? tr("Register an app on Epic on FHIR") : tr("Register a backend client at the server"), portal);
    const QStringList steps =
        isEpic ? QStringList{tr("My Apps, then Create."),
                             tr("Application Audience: **Backend Systems**. Type: **Confidential Client** or **Backend "
                                "Services**."),
                             tr("Scopes: `system/Patient.read`, `system/Observation.read`…"),
                             tr("Save. Copy the Client ID of your environment.")}
               : QStringList{tr("Ask for a client of **SMART Backend Services**, authenticated by `private_key_jwt`."),
                             tr("Give your public key, best as the URL of a JWK Set."), tr("Copy the Client ID.")};
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(0);
    for (int i = 0; i < steps.size(); i++) {
        grid->addWidget(new TextLabel(theme, QString::number(i + 1), TextStyle::Small, Role::Text3), i, 0,
                        Qt::AlignTop);
        grid->addWidget(paragraph(theme, steps.at(i)), i, 1);
    }
    grid->setColumnStretch(1, 1);
    registration->addLayout(grid);

    auto *generate = new Button(theme, tr("Generate here…"), ButtonKind::Secondary, ButtonSize::Small);
    generate->setObjectName(u"generateHere"_s);
    generate->setLeadingIcon(Icon::Key);
    connect(generate, &Button::clicked, this, &BeforeYouStart::generateRequested);
    QVBoxLayout *keyPair = addItem(*list, tr("Generate an RSA key pair"), generate);
    keyPair->addWidget(paragraph(
        theme, isEpic ? tr("2048 bits or more. Register the public key under **Public Keys** of the app. By hand:")
                      : tr("2048 bits or more. Register the public key with the app. By hand:")));
    auto *commands = new CodeBlock(theme, tr("Commands that make a key pair"));
    commands->setCode(u"openssl genrsa -out private_key.pem 2048\nopenssl rsa -in private_key.pem -pubout \\\n        "
                      "-out public_key.pem"_s);
    commands->setCopyButton(tr("Copy the commands"));
    connect(commands, &CodeBlock::copied, this, [this] { Q_EMIT copied(tr("Commands copied")); });
    keyPair->addSpacing(6);
    keyPair->addWidget(commands);

    QVBoxLayout *baseUrl = addItem(*list, tr("Identify your FHIR Base URL"), nullptr);
    auto *places = new QGridLayout;
    places->setHorizontalSpacing(8);
    places->setVerticalSpacing(0);
    places->setColumnMinimumWidth(0, theme.scaled(72));
    places->setColumnStretch(1, 1);
    int row = 0;
    if (!connector.sandboxBaseUrl.isEmpty()) {
        const QUrl sandbox(connector.sandboxBaseUrl);
        const QString origin = sandbox.scheme() + u"://"_s + sandbox.authority() + u'/';
        auto *url = new TextLabel(theme, {}, TextStyle::Mono, Role::Text);
        url->setMarkup(origin.toHtmlEscaped() + u"<br>"_s +
                       connector.sandboxBaseUrl.mid(origin.size()).toHtmlEscaped());
        places->addWidget(new TextLabel(theme, tr("Sandbox"), TextStyle::Small, Role::Text3), row, 0, Qt::AlignTop);
        places->addWidget(url, row++, 1);
    }
    places->addWidget(new TextLabel(theme, tr("Production"), TextStyle::Small, Role::Text3), row, 0, Qt::AlignTop);
    places->addWidget(paragraph(theme, tr("From the customer’s integration team, or")), row++, 1);
    places->addWidget(paragraph(theme, u"`/.well-known/smart-configuration`"_s), row, 1);
    baseUrl->addLayout(places);

    auto *warning = new Note(theme, NoteKind::Warning,
                             tr("The private key opens all data your app is authorized for. Don’t paste one that other "
                                "systems share."));
    warning->setIconShown(Icon::ShieldAlert);
    list->addSpacing(12);
    list->addWidget(warning);
    list->addStretch(1);
    count();
}

QVBoxLayout *BeforeYouStart::addItem(QVBoxLayout &list, const QString &title, QWidget *trailing)
{
    list.addWidget(new Divider(m_theme));
    auto *item = new QWidget;
    auto *layout = new QVBoxLayout(item);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    auto *check = new CheckBox(m_theme, title);
    check->setFont(m_theme.font(TextStyle::Heading));
    check->setObjectName(u"prerequisite-%1"_s.arg(m_items.size() + 1));
    connect(check, &CheckBox::toggled, this, &BeforeYouStart::count);
    m_items.append(check);
    head->addWidget(check);
    head->addStretch(1);
    if (trailing)
        head->addWidget(trailing);
    layout->addLayout(head);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(24, 0, 0, 0);
    body->setSpacing(0);
    layout->addLayout(body);
    list.addWidget(item);
    return body;
}

void BeforeYouStart::setDone(Item item, bool done)
{
    m_items.at(static_cast<qsizetype>(item))->setChecked(done);
}

int BeforeYouStart::doneCount() const
{
    return static_cast<int>(std::ranges::count_if(m_items, &QAbstractButton::isChecked));
}

void BeforeYouStart::count()
{
    const QString text = tr("%1 of %2 done").arg(doneCount()).arg(m_items.size());
    m_count->setContent(text);
    m_progress->setProgress(double(doneCount()) / double(m_items.size()), text);
}

} // namespace credenza
