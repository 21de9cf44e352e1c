// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/keypairs/KeyPairModel.h"
#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class Button;
class CodeBlock;
class DataTable;
class EmptyState;
class FilterBar;
class SegmentedControl;
class TextLabel;
struct CellLook;

/// Every key pair of the vault: who signs with it, how old it is, whether servers accept it; below, what to register
/// with the server, to copy and to save. Shows public parts only.
class KeysPage final : public QWidget
{
    Q_OBJECT

public:
    explicit KeysPage(const Theme &theme, QWidget *parent = nullptr);

    void setPairs(const QList<KeyPair> &pairs, const QDateTime &now);
    /// Puts the focus on the table, or on the filter while there is nothing in it.
    void start();
    /// The button for the window's top bar: saves the JWK Set of all keys.
    [[nodiscard]] QWidget *makeJwkSetButton();

Q_SIGNALS:
    void copyRequested(const QString &what, const QString &text);
    /// Save `contents`, which hold nothing secret, under a name the person chooses.
    void saveRequested(const QString &suggestedName, const QByteArray &contents);
    /// Show the credentials that use a key.
    void showCredentialRequested(const QUuid &id);

private:
    void fillFilterBar();
    [[nodiscard]] QWidget *makeDetail();
    [[nodiscard]] CellLook lookOf(const QModelIndex &index) const;
    void refresh();
    void showPair();
    [[nodiscard]] const KeyPair *current() const;
    [[nodiscard]] QString publicForm(const KeyPair &pair) const;

    const Theme &m_theme;
    KeyPairModel m_model;
    FilterBar *m_filter;
    DataTable *m_table;
    EmptyState *m_empty;
    QWidget *m_detail = nullptr;
    TextLabel *m_title = nullptr;
    TextLabel *m_facts = nullptr;
    TextLabel *m_advice = nullptr;
    Button *m_show = nullptr;
    SegmentedControl *m_form = nullptr;
    CodeBlock *m_code = nullptr;
};

} // namespace credenza
