// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/Preferences.h"
#include "ui/widgets/Divider.h"

namespace credenza
{

class AuthorityFileField;
class FormField;
class LineEdit;

/// How this computer reaches servers, for every credential that says nothing else: a proxy, certificate authorities
/// besides the system's, and how long an answer may take. There is nothing here that turns certificate checks off.
class NetworkCard final : public Card
{
    Q_OBJECT

public:
    explicit NetworkCard(const Theme &theme, NetworkChoices choices, QWidget *parent = nullptr);

    [[nodiscard]] const NetworkChoices &choices() const { return m_choices; }

Q_SIGNALS:
    /// Told for valid choices only; what is wrong is said below its field and changes nothing.
    void changed(const credenza::NetworkChoices &choices);

private:
    void takeProxy();
    void takeAuthorities(const QByteArray &pem);
    void keep(const NetworkChoices &changed);

    NetworkChoices m_choices;
    LineEdit *m_proxy;
    FormField *m_proxyField;
    AuthorityFileField *m_authorities;
    FormField *m_authorityField;
};

} // namespace credenza
