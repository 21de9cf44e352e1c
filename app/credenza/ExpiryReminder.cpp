// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/ExpiryReminder.h"

#include "core/credentials/KeyExpiry.h"
#include "ui/widgets/Toast.h"

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

ExpiryReminder::ExpiryReminder(VaultSession &session, MainWindow &window, DesktopWiring &desktop,
                               AuthenticatePage &page, QObject *parent)
    : QObject(parent), m_session(session), m_window(window), m_desktop(desktop), m_page(page)
{
    connect(&session, &VaultSession::credentialsChanged, this, &ExpiryReminder::remind);
    m_hour.setTimerType(Qt::VeryCoarseTimer);
    m_hour.setInterval(1h);
    connect(&m_hour, &QTimer::timeout, this, &ExpiryReminder::remind);
    m_hour.start();
}

void ExpiryReminder::remind()
{
    const int before = m_desktop.preferences().keyReminderDays;
    if (before <= 0 || m_session.state() != VaultSession::State::Unlocked)
        return;
    const QDateTime now = toDateTime(m_session.clock().now());
    QStringList names;
    QUuid first;
    int soonest = 0;
    for (const Credential &credential : m_session.credentials()) {
        const auto days = daysToKeyExpiry(credential.keyExpiresAt, now);
        if (!days || *days > before || m_told.value(credential.id) == now.date())
            continue;
        m_told.insert(credential.id, now.date());
        if (names.isEmpty() || *days < soonest) {
            first = credential.id;
            soonest = *days;
            names.prepend(credential.name);
        } else {
            names.append(credential.name);
        }
    }
    if (names.isEmpty())
        return;
    QString text = u"%1: %2."_s.arg(names.first(), keyExpirySentence(soonest));
    if (names.size() > 1)
        text += u' ' + tr("%n more key(s) expire soon.", nullptr, static_cast<int>(names.size()) - 1);
    m_desktop.notify(tr("A key has to be replaced"), text);
    m_window.toast().offer(text, tr("Show"), [this, first] {
        m_window.showPage(RailEntry::Authenticate);
        m_page.select(first);
        m_page.start();
    });
}

} // namespace credenza
