// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/PaletteContent.h"

#include "ui/authenticate/TileLook.h"

namespace credenza
{

using namespace Qt::StringLiterals;

QList<PaletteSection> PaletteContent::sections() const
{
    return {credentials(), keys(), actions()};
}

void PaletteContent::show(const QUuid &id) const
{
    m_window.showPage(RailEntry::Authenticate);
    m_page.select(id);
    m_page.start();
}

void PaletteContent::use(Purpose purpose) const
{
    m_window.showPage(RailEntry::Authenticate);
    m_page.setPurpose(purpose);
    m_page.start();
}

PaletteSection PaletteContent::credentials() const
{
    PaletteSection section{tr("Credentials"), {}};
    const QDateTime now = toDateTime(m_session.clock().now()).toLocalTime();
    for (const Credential &credential : m_session.credentials()) {
        const CredentialTile tile = tileFor(credential);
        const TileStatus status = statusOf(tile, now);
        section.entries << PaletteEntry{
            .text = credential.name,
            .detail = u"%1, %2"_s.arg(tile.host, status.spoken),
            .keywords = u"%1 %2 %3"_s.arg(credential.clientId, credential.key.thumbprint, credential.tags.join(u' ')),
            .icon = Icon::Key,
            .badge = environmentBadge(tile.environment),
            .hint = tr("Select"),
            .run = [this, id = credential.id] { show(id); },
            .credential = credential.id};
    }
    return section;
}

PaletteSection PaletteContent::keys() const
{
    PaletteSection section{tr("Keys"), {}};
    QSet<QString> seen;
    for (const Credential &credential : m_session.credentials()) {
        if (credential.key.thumbprint.isEmpty() || seen.contains(credential.effectiveKeyId()))
            continue;
        seen.insert(credential.effectiveKeyId());
        section.entries << PaletteEntry{.text = credential.effectiveKeyId(),
                                        .keywords = credential.name,
                                        .icon = Icon::Fingerprint,
                                        .isMono = true,
                                        .hint = credential.name,
                                        .run = [this] { m_window.showPage(RailEntry::Keys); }};
    }
    return section;
}

PaletteSection PaletteContent::actions() const
{
    const auto screen = [this](RailEntry entry, Icon icon) {
        return PaletteEntry{.text = railText(entry),
                            .keywords = tr("go to screen"),
                            .icon = icon,
                            .keys = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(entry))),
                            .run = [this, entry] { m_window.showPage(entry); }};
    };
    const auto settings = [this](const QString &text, const QString &words, Icon icon, SettingsSection section) {
        return PaletteEntry{.text = text, .keywords = words, .icon = icon, .run = [this, section] {
                                m_settings.showSection(section);
                                m_window.showPage(RailEntry::Settings);
                            }};
    };
    const bool isTable = m_page.view() == CredentialsView::Table;
    return {tr("Actions"),
            {{.text = tr("Add Credential"),
              .keywords = tr("new create"),
              .icon = Icon::Plus,
              .keys = Qt::CTRL | Qt::Key_N,
              .run =
                  [this] {
                      m_window.showPage(RailEntry::Authenticate);
                      Q_EMIT m_page.addRequested(m_page.connectorId());
                  }},
             {.text = tr("Export…"),
              .keywords = tr("hand over bundle nexla kubernetes"),
              .icon = Icon::FileExport,
              .keys = Qt::CTRL | Qt::Key_E,
              .run =
                  [this] {
                      m_window.showPage(RailEntry::Authenticate);
                      Q_EMIT m_page.exportRequested(m_page.selectedIds());
                  }},
             {.text = tr("Import credentials…"),
              .keywords = tr("bundle age pem csv"),
              .icon = Icon::Upload,
              .run =
                  [this] {
                      m_window.showPage(RailEntry::Authenticate);
                      Q_EMIT m_page.importRequested();
                  }},
             {.text = tr("Test all connections"),
              .keywords = tr("check every credential"),
              .icon = Icon::Gauge,
              .run =
                  [this] {
                      m_window.showPage(RailEntry::Authenticate);
                      m_page.testAll();
                  }},
             {.text = tr("Inspect an assertion…"),
              .keywords = tr("jwt token decode client_assertion"),
              .icon = Icon::Stethoscope,
              .run = [this] { m_openInspector(); }},
             {.text = tr("Open a file…"),
              .keywords = tr("vault import bundle"),
              .icon = Icon::FolderOpen,
              .keys = Qt::CTRL | Qt::Key_O,
              .run = [this] { Q_EMIT m_window.openFileRequested(); }},
             {.text = isTable ? tr("Show credentials as tiles") : tr("Show credentials as a table"),
              .keywords = tr("view list grid"),
              .icon = isTable ? Icon::Grid : Icon::Table,
              .run =
                  [this, isTable] {
                      m_window.showPage(RailEntry::Authenticate);
                      m_page.setView(isTable ? CredentialsView::Tiles : CredentialsView::Table);
                      Q_EMIT m_page.viewChanged(m_page.view());
                  }},
             {.text = tr("Use for a new data source"),
              .keywords = tr("purpose read browse"),
              .icon = Icon::Database,
              .run = [this] { use(Purpose::DataSource); }},
             {.text = tr("Use for a new destination"),
              .keywords = tr("purpose write"),
              .icon = Icon::FileExport,
              .run = [this] { use(Purpose::Destination); }},
             {.text = tr("Try the local sandbox"),
              .keywords = tr("start credenza-sandbox demo test server EHR"),
              .icon = Icon::Server,
              .run = [this] { Q_EMIT m_page.sandboxRequested(); }},
             {.text = tr("Lock the vault"),
              .icon = Icon::Lock,
              .keys = Qt::CTRL | Qt::Key_L,
              .run = [this] { Q_EMIT m_window.lockRequested(); }},
             screen(RailEntry::Authenticate, Icon::Key),
             screen(RailEntry::Browse, Icon::Browse),
             screen(RailEntry::Keys, Icon::Fingerprint),
             screen(RailEntry::Activity, Icon::Activity),
             screen(RailEntry::Settings, Icon::Settings),
             settings(tr("Settings: vault and backups"), tr("location file backup"), Icon::Database,
                      SettingsSection::Vault),
             settings(tr("Settings: network"), tr("proxy certificates authorities time-out"), Icon::Globe,
                      SettingsSection::Network),
             settings(tr("Settings: appearance"), tr("theme dark light contrast text size motion"), Icon::Sun,
                      SettingsSection::Appearance),
             settings(tr("Settings: security"), tr("auto-lock clipboard idle"), Icon::ShieldCheck,
                      SettingsSection::Security),
             settings(tr("Identities for encrypted bundles"), tr("age recipient bundle receive"), Icon::Users,
                      SettingsSection::Security),
             settings(tr("Settings: keyboard"), tr("shortcuts keys"), Icon::Terminal, SettingsSection::Keyboard),
             settings(tr("About Credenza"), tr("version licence"), Icon::Info, SettingsSection::About),
             {.text = tr("User guide"),
              .keywords = tr("help manual documentation"),
              .icon = Icon::Help,
              .keys = Qt::Key_F1,
              .run = [this] { Q_EMIT m_window.helpRequested(); }},
             {.text = tr("Quit"),
              .keywords = tr("exit close"),
              .icon = Icon::Power,
              .keys = Qt::CTRL | Qt::Key_Q,
              .run = [this] { Q_EMIT m_window.quitRequested(); }}}};
}

PaletteSection PaletteContent::actionsOf(const QUuid &id) const
{
    const Credential *credential = m_session.credential(id);
    if (credential == nullptr)
        return {};
    AuthenticatePage *page = &m_page;
    const bool testing = m_session.isTesting(id);
    return {
        tr("Actions on %1").arg(credential->name),
        {{.text = testing ? tr("Stop the test") : tr("Test connection"),
          .icon = Icon::Gauge,
          .keys = Qt::CTRL | Qt::Key_T,
          .run =
              [this, page, id, testing] {
                  show(id);
                  testing ? Q_EMIT page->stopTestRequested(id) : Q_EMIT page->testRequested(id);
              }},
         {.text = tr("Retry until accepted"),
          .keywords = tr("wait sync again"),
          .icon = Icon::Retry,
          .run =
              [this, page, id] {
                  show(id);
                  Q_EMIT page->retryRequested(id);
              }},
         {.text = tr("Edit…"),
          .icon = Icon::Edit,
          .keys = Qt::Key_F2,
          .run =
              [this, page, id] {
                  show(id);
                  Q_EMIT page->editRequested(id);
              }},
         {.text = tr("Browse resources"),
          .icon = Icon::Browse,
          .keys = Qt::CTRL | Qt::Key_B,
          .run = [page, id] { Q_EMIT page->browseRequested(id); }},
         {.text = tr("Duplicate"),
          .icon = Icon::Duplicate,
          .keys = Qt::CTRL | Qt::Key_D,
          .run =
              [this, page, id] {
                  show(id);
                  Q_EMIT page->duplicateRequested(id);
              }},
         {.text = tr("Export…"),
          .icon = Icon::FileExport,
          .keys = Qt::CTRL | Qt::Key_E,
          .run =
              [this, page, id] {
                  show(id);
                  Q_EMIT page->exportRequested({id});
              }},
         {.text = tr("Copy client ID"),
          .icon = Icon::Copy,
          .run = [page, clientId = credential->clientId] { Q_EMIT page->copyRequested(tr("Client ID"), clientId); }},
         {.text = tr("Copy FHIR base URL"),
          .icon = Icon::Link,
          .run = [page, url = credential->fhirBaseUrl] { Q_EMIT page->copyRequested(tr("FHIR base URL"), url); }},
         {.text = tr("Delete"), .icon = Icon::Trash, .keys = Qt::Key_Delete, .run = [this, page, id] {
              show(id);
              Q_EMIT page->deleteRequested({id});
          }}}};
}

} // namespace credenza
