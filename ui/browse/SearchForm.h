// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/SearchSuggestions.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <vector>

class QGridLayout;

namespace credenza
{

class Button;
class ComboBox;
class LineEdit;
class TextLabel;

/// The fields to search one type by, made from the server's CapabilityStatement. Parameters that the server is known to
/// need are marked; further ones, and modifiers, come by More.
class SearchForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SearchForm(const Theme &theme, QWidget *parent = nullptr);

    /// `isEpic`: mark what Epic refuses a search without.
    void setType(const CapabilityStatement::ResourceType &type, bool isEpic);
    /// Fills in values, by parameter.
    void setValues(const QList<std::pair<QString, QString>> &values);
    /// "Observation?patient=…&category=…", percent-encoded, empty fields left out.
    [[nodiscard]] QString path() const;
    /// Marks what a refusal asked for, adds the fields that are not there yet, and offers the values it listed.
    void want(const AskedFor &asked);
    [[nodiscard]] const QList<SearchField> &fields() const { return m_fields; }
    /// Empties all fields.
    void clearValues();
    void setBusy(bool busy);
    void focusFirst();

Q_SIGNALS:
    void searchRequested(const QString &path);

private:
    /// One field as it stands in the form.
    struct Entry {
        QString parameter; ///< with its modifier
        QString prefix;    ///< put before the value: "ge"
        QWidget *box = nullptr;
        TextLabel *caption = nullptr;
        LineEdit *edit = nullptr;
        ComboBox *choice = nullptr; ///< in place of the edit

        [[nodiscard]] QString value() const;
    };
    Entry &addField(const SearchField &field, const QString &parameter, const QString &label, const QString &prefix);
    void mark(Entry &entry, const QString &why);
    void offerChoices(Entry &entry, const QStringList &choices);
    void showMore();
    [[nodiscard]] static QString prefixMeaning(const QString &prefix);
    void layOut();

    const Theme &m_theme;
    CapabilityStatement::ResourceType m_type;
    QList<SearchField> m_fields;
    std::vector<Entry> m_entries;
    QGridLayout *m_grid;
    QWidget *m_actions;
    Button *m_search;
    bool m_isEpic = false;
};

} // namespace credenza
