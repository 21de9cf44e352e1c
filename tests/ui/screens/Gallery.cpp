// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screens/Gallery.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Disclosure.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/SectionHeader.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextArea.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

QHBoxLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(12);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch(1);
    return layout;
}

QWidget *formColumn(const Theme &theme)
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(12);

    auto *name = new LineEdit(theme);
    name->setText(u"Alder Creek, production"_s);
    auto *nameField = new FormField(theme, u"Credential Name"_s, Requirement::Required, name);
    nameField->setHelp(u"Shown on the tile and in every export."_s);
    nameField->setOk(true);
    layout->addWidget(nameField);

    auto *description = new TextArea(theme, 2);
    description->setText(u"Hourly Patient and Encounter feed for the care-gap dashboard. Fresh within 90 minutes."_s);
    auto *descriptionField = new FormField(theme, u"Credential Description"_s, Requirement::Optional, description);
    descriptionField->setHint(u"Recommended"_s);
    descriptionField->setHelp(u"Helps the owner and others understand and use it."_s);
    layout->addWidget(descriptionField);
    layout->addWidget(new SectionHeader(theme, u"EPIC Backend OAuth2 (JWT) Settings"_s));

    auto *url = new LineEdit(theme, TextStyle::Mono);
    url->setText(u"https://aldercreek.epic.com/interconnect-fhir-oauth/api/FHIR/R4/metadata"_s);
    auto *urlField = new FormField(theme, u"FHIR Base URL"_s, Requirement::Required, url);
    urlField->addHeaderWidget(new TextLabel(theme, u"Use"_s, TextStyle::Small, Role::Text3));
    urlField->addHeaderWidget(new Button(theme, u"Epic sandbox"_s, ButtonKind::Quiet, ButtonSize::Small));
    urlField->addHeaderWidget(new Button(theme, u"Local sandbox"_s, ButtonKind::Quiet, ButtonSize::Small));
    urlField->setWarning(u"Ends in /metadata. It will be trimmed when you save."_s);
    urlField->setLineAction(u"Trim now"_s);
    layout->addWidget(urlField);

    auto *client = new LineEdit(theme, TextStyle::Mono);
    client->setObjectName(u"focusHere"_s);
    client->setText(u"c83d5e10-7b2f-4a96-9e41-2f60d7a8b35"_s);
    auto *clientField = new FormField(theme, u"Client ID"_s, Requirement::Required, client);
    clientField->setError(u"One character short: the last group has 11 of 12. Copy it again from My Apps."_s);
    layout->addWidget(clientField);

    auto *secret = new SecretEdit(theme);
    secret->setText(u"otter gravel ninth lantern quay"_s);
    auto *secretField = new FormField(theme, u"Passphrase"_s, Requirement::Required, secret);
    auto *strength = new StrengthBar(theme);
    strength->setLevel(4, Role::Ok, u"Strong"_s);
    secretField->addBelow(strength);
    layout->addWidget(secretField);

    auto *disclosure = new Disclosure(theme, u"Advanced"_s);
    disclosure->setSummary(
        u"Key ID, algorithm, token endpoint, scopes, headers, CA, proxy, tags and many more words"_s);
    layout->addWidget(disclosure);
    layout->addStretch(1);
    return column;
}

QWidget *sideColumn(const Theme &theme)
{
    auto *column = new Pane(theme, Role::Sunken, Qt::LeftEdge);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *tabs = new SegmentedTabs(theme, u"Side"_s);
    tabs->addSegment(u"Help: Client ID"_s, Icon::Help);
    tabs->addSegment(u"Connection test"_s, Icon::Gauge);
    layout->addWidget(tabs);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(24, 12, 24, 16);
    body->setSpacing(12);
    layout->addLayout(body, 1);

    body->addLayout(
        row({new Button(theme, u"Save"_s, ButtonKind::Primary), new Button(theme, u"Cancel"_s, ButtonKind::Secondary),
             new Button(theme, u"Discard"_s, ButtonKind::Danger),
             new Button(theme, u"Open another…"_s, ButtonKind::Quiet)}));
    auto *test = new Button(theme, u"Test connection"_s);
    test->setLeadingIcon(Icon::Gauge);
    test->setDisabledReason(u"4 required fields to fill in"_s);
    auto *next = new Button(theme, u"Next: Browse"_s, ButtonKind::Primary);
    next->setTrailingIcon(Icon::ArrowRight);
    auto *busy = new Button(theme, u"Unlock"_s, ButtonKind::Primary, ButtonSize::Large);
    busy->setBusy(true);
    body->addLayout(row({test, next, busy}));
    auto *replace = new Button(theme, u"Replace"_s, ButtonKind::Secondary, ButtonSize::Small);
    replace->setLeadingIcon(Icon::Refresh);
    auto *copy = new Button(theme, u"Copy report"_s, ButtonKind::Secondary, ButtonSize::Small);
    copy->setLeadingIcon(Icon::Copy);
    body->addLayout(
        row({replace, copy, new IconButton(theme, Icon::Close, u"Close"_s), new KeyCap(theme, u"Ctrl N"_s)}));
    body->addLayout(
        row({new Badge(theme, {BadgeKind::Plain, u"EPIC EHR"_s, Icon::HeartPulse}),
             new Badge(theme, {BadgeKind::Production, u"Production"_s}),
             new Badge(theme, {BadgeKind::Sandbox, u"Sandbox"_s}), new Badge(theme, {BadgeKind::Local, u"Local"_s}),
             new Badge(theme, {BadgeKind::Warning, u"Rotating key"_s, Icon::Refresh}),
             new Badge(theme, {BadgeKind::Ok, u"RS384"_s}),
             new Badge(theme, {BadgeKind::Error, u"Expired"_s, Icon::XCircle})}));
    auto *all = new Chip(theme, u"All"_s);
    all->setCheckable(true);
    all->setChecked(true);
    all->setCount(7);
    auto *tag = new Chip(theme, u"population-health"_s);
    tag->setCount(3);
    auto *token = new Chip(theme, u"bulk"_s);
    token->setRemovable(true);
    body->addLayout(row({all, tag, token}));
    auto *segments = new SegmentedControl(theme, u"Use"_s);
    segments->addSegment(u"New data source"_s, Icon::Database);
    segments->addSegment(u"New destination"_s, Icon::FileExport);
    auto *dense = new SegmentedControl(theme, u"Form"_s, 24);
    dense->addSegment(u"Public PEM"_s);
    dense->addSegment(u"X.509"_s);
    dense->addSegment(u"JWK"_s);
    body->addLayout(row({segments, dense}));
    auto *combo = new ComboBox(theme, u"Connector"_s);
    combo->addItem(theme.icon(Icon::HeartPulse, Role::Accent), u"EPIC EHR"_s);
    combo->setFixedWidth(256);
    auto *check = new CheckBox(theme, u"I keep it safe"_s);
    check->setChecked(true);
    body->addLayout(row({combo, check}));
    auto *code = new CodeBlock(theme, u"Commands"_s);
    code->setCode(u"openssl genrsa -out private_key.pem 2048\nopenssl rsa -in private_key.pem -pubout \\\n"
                  "       -out public_key.pem"_s);
    code->setCopyButton(u"Copy the commands"_s);
    body->addWidget(code);
    body->addWidget(new Note(theme, NoteKind::Warning,
                             u"The private key opens all data your app is authorized for. Don’t paste one that other "
                             "systems share."_s));
    body->addWidget(new Note(theme, NoteKind::Info, u"A plain note about something."_s));
    auto *progress = new ProgressLine(theme);
    progress->setProgress(0.34, u"1 of 3 done"_s);
    body->addWidget(progress);
    body->addWidget(new ElidingLabel(theme, u"~/.local/share/credenza/a/very/long/path/that/is/cut/northlake.vault"_s,
                                     Qt::ElideMiddle, TextStyle::Mono, Role::Text2));
    auto *help = new TextLabel(theme, {}, TextStyle::Small, Role::Text2);
    help->setWrapping(true);
    help->setMarkup(
        u"Identifies your application to Epic’s authorization server: the OAuth 2.0 <code>client_id</code>. "
        "The signed JWT carries it as <code>iss</code> and <b>sub</b>."_s);
    body->addWidget(help);
    body->addStretch(1);
    return column;
}

} // namespace

QWidget *makeFormColumn(const Theme &theme)
{
    return formColumn(theme);
}

std::unique_ptr<QWidget> makeGallery(const Theme &theme)
{
    auto window = std::make_unique<Pane>(theme, Role::Surface);
    auto *layout = new QHBoxLayout(window.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *form = formColumn(theme);
    form->setFixedWidth(552);
    layout->addWidget(form);
    layout->addWidget(sideColumn(theme), 1);
    new FocusRing(theme, *window);
    window->resize(1280, 820);
    return window;
}

} // namespace credenza::test
