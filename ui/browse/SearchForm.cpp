// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/SearchForm.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMap>
#include <QMenu>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int columns = 3;
constexpr qsizetype fieldsAtFirst = 5;

QString hintFor(const SearchField &field)
{
    if (field.type == u"reference")
        return u"Type/id"_s;
    if (field.type == u"token")
        return SearchForm::tr("code, or system|code");
    if (field.type == u"date")
        return u"YYYY-MM-DD"_s;
    if (field.type == u"quantity" || field.type == u"number")
        return SearchForm::tr("number, such as gt5");
    return {};
}

} // namespace

QString SearchForm::prefixMeaning(const QString &prefix)
{
    static const QMap<QString, const char *> meanings{
        {u"eq"_s, QT_TR_NOOP("equal (eq)")},        {u"ne"_s, QT_TR_NOOP("not equal (ne)")},
        {u"gt"_s, QT_TR_NOOP("greater (gt)")},      {u"ge"_s, QT_TR_NOOP("from (ge)")},
        {u"lt"_s, QT_TR_NOOP("less (lt)")},         {u"le"_s, QT_TR_NOOP("to (le)")},
        {u"sa"_s, QT_TR_NOOP("starts after (sa)")}, {u"eb"_s, QT_TR_NOOP("ends before (eb)")},
        {u"ap"_s, QT_TR_NOOP("about (ap)")}};
    return tr(meanings.value(prefix, ""));
}

QString SearchForm::Entry::value() const
{
    return choice ? choice->currentData().toString() : edit->text().trimmed();
}

SearchForm::SearchForm(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this)), m_actions(new QWidget(this)),
      m_search(new Button(theme, tr("Search"), ButtonKind::Primary, ButtonSize::Compact))
{
    m_grid->setContentsMargins(12, 8, 12, 12);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(8);
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_search->setLeadingIcon(Icon::Search);
    m_search->setObjectName(u"searchButton"_s);
    auto *more = new Button(theme, tr("More…"), ButtonKind::Quiet, ButtonSize::Compact);
    row->addWidget(m_search);
    row->addWidget(more);
    row->addStretch();
    connect(m_search, &QAbstractButton::clicked, this, [this] { Q_EMIT searchRequested(path()); });
    connect(more, &QAbstractButton::clicked, this, &SearchForm::showMore);
    m_actions->hide(); // until there is a form to act on
}

void SearchForm::setType(const CapabilityStatement::ResourceType &type, bool isEpic)
{
    for (Entry &entry : m_entries)
        delete entry.box;
    m_entries.clear();
    m_type = type;
    m_isEpic = isEpic;
    m_fields = searchFields(type);
    for (const SearchField &field : m_fields.first(std::min(fieldsAtFirst, m_fields.size()))) {
        if (field.type == u"date") {
            addField(field, field.name, tr("%1 from").arg(field.name), u"ge"_s);
            addField(field, field.name, tr("%1 to").arg(field.name), u"le"_s);
        } else {
            addField(field, field.name, field.name, {});
        }
    }
    layOut();
}

SearchForm::Entry &SearchForm::addField(const SearchField &field, const QString &parameter, const QString &label,
                                        const QString &prefix)
{
    Entry entry{parameter, prefix, new QWidget(this), nullptr, nullptr, nullptr};
    auto *column = new QVBoxLayout(entry.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    entry.caption = new TextLabel(m_theme, label, TextStyle::Small);
    column->addWidget(entry.caption);
    if (!field.choices.isEmpty() && parameter == field.name) {
        entry.choice = new ComboBox(m_theme, label);
        entry.choice->setFixedHeight(m_theme.scaled(28));
        entry.choice->setObjectName(u"field-"_s + parameter);
        entry.choice->addItem(tr("any"), QString());
        offerChoices(entry, field.choices);
        column->addWidget(entry.choice);
    } else {
        const bool isText = field.type == u"string";
        entry.edit = new LineEdit(m_theme, isText ? TextStyle::Body : TextStyle::Mono, 28);
        entry.edit->setPlaceholder(parameter.isEmpty() ? u"name=value&name:exact=value"_s : hintFor(field));
        entry.edit->edit()->setAccessibleName(label);
        entry.edit->edit()->setObjectName(u"field-"_s + parameter + prefix);
        connect(entry.edit->edit(), &QLineEdit::returnPressed, this, [this] { Q_EMIT searchRequested(path()); });
        column->addWidget(entry.edit);
    }
    if (field.isWanted && m_isEpic)
        mark(entry, tr("Epic usually refuses a search without it."));
    entry.box->show();
    m_entries.push_back(entry);
    return m_entries.back();
}

void SearchForm::mark(Entry &entry, const QString &why)
{
    const QString label = entry.caption->content().section(u" <span"_s, 0, 0);
    entry.caption->setMarkup(label.toHtmlEscaped() +
                             u" <span style=\"color:%1\">*</span>"_s.arg(m_theme.color(Role::Err).name()));
    entry.caption->setToolTip(why);
    QWidget *field = entry.choice ? static_cast<QWidget *>(entry.choice) : entry.edit->edit();
    field->setAccessibleName(tr("%1, usually required").arg(label));
    field->setAccessibleDescription(why);
}

void SearchForm::offerChoices(Entry &entry, const QStringList &choices)
{
    for (const QString &choice : choices) {
        const QString value = choice.section(u'=', 0, 0);
        const QString meaning = choice.section(u'=', 1);
        if (entry.choice->findData(value) < 0)
            entry.choice->addItem(meaning.isEmpty() ? value : u"%1 (%2)"_s.arg(meaning, value), value);
    }
}

void SearchForm::want(const AskedFor &asked)
{
    bool isFirst = true;
    for (const QString &name : asked.parameters) {
        const auto field = std::ranges::find(m_fields, name, &SearchField::name);
        auto entry = std::ranges::find(m_entries, name, &Entry::parameter);
        if (entry == m_entries.end() && field != m_fields.end()) {
            SearchField added = *field;
            if (name == u"category" && added.choices.isEmpty())
                added.choices = asked.choices;
            addField(added, name, name, {});
            layOut();
            entry = std::prev(m_entries.end());
        }
        if (entry == m_entries.end())
            continue;
        mark(*entry, tr("The server asks for it."));
        if (entry->choice != nullptr)
            offerChoices(*entry, asked.choices);
        if (std::exchange(isFirst, false) && entry->value().isEmpty())
            (entry->choice ? static_cast<QWidget *>(entry->choice) : entry->edit->edit())->setFocus();
    }
}

void SearchForm::clearValues()
{
    for (const Entry &entry : m_entries) {
        if (entry.edit)
            entry.edit->setText({});
        else
            entry.choice->setCurrentIndex(0);
    }
}

void SearchForm::layOut()
{
    int at = 0;
    for (const Entry &entry : m_entries) {
        m_grid->addWidget(entry.box, at / columns, at % columns);
        ++at;
    }
    m_grid->addWidget(m_actions, at / columns, at % columns, Qt::AlignBottom);
    m_actions->show();
    QWidget *before = nullptr;
    for (const Entry &entry : m_entries) {
        QWidget *field = entry.choice ? static_cast<QWidget *>(entry.choice) : entry.edit->edit();
        if (before)
            setTabOrder(before, field);
        before = field;
    }
    if (before)
        setTabOrder(before, m_search);
}

void SearchForm::showMore()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto offer = [this](QMenu *into, const SearchField &field, const QString &parameter, const QString &label,
                              const QString &prefix = {}) {
        connect(into->addAction(label), &QAction::triggered, this, [this, field, parameter, label, prefix] {
            addField(field, parameter, label, prefix);
            layOut();
            m_entries.back().edit ? m_entries.back().edit->edit()->setFocus() : m_entries.back().choice->setFocus();
        });
    };
    for (const SearchField &field : std::as_const(m_fields)) {
        const QStringList modifiers = searchModifiers(field.type);
        const QStringList prefixes = searchPrefixes(field.type, m_isEpic);
        if (modifiers.isEmpty() && prefixes.isEmpty()) {
            offer(menu, field, field.name, field.name);
            continue;
        }
        QMenu *variants = menu->addMenu(field.name);
        offer(variants, field, field.name, field.name);
        for (const QString &prefix : prefixes)
            offer(variants, field, field.name, u"%1 %2"_s.arg(field.name, prefixMeaning(prefix)), prefix);
        for (const QString &modifier : modifiers)
            offer(variants, field, field.name + modifier, field.name + modifier);
    }
    menu->addSeparator();
    for (const QString &common :
         {u"_id"_s, u"_count"_s, u"_sort"_s, u"_include"_s, u"_revinclude"_s, u"_lastUpdated"_s}) {
        if (std::ranges::find(m_fields, common, &SearchField::name) == m_fields.end())
            offer(menu, SearchField{common, u"special"_s, false, {}}, common, common);
    }
    offer(menu, SearchField{{}, u"special"_s, false, {}}, {}, tr("Other parameters"));
    menu->popup(m_search->mapToGlobal(QPoint(m_search->width() + 8, m_search->height())));
}

void SearchForm::setValues(const QList<std::pair<QString, QString>> &values)
{
    for (const auto &[parameter, value] : values) {
        auto entry = std::ranges::find_if(m_entries, [&](const Entry &candidate) {
            return candidate.parameter == parameter &&
                   (candidate.prefix.isEmpty() || value.startsWith(candidate.prefix));
        });
        if (entry == m_entries.end()) {
            addField({parameter, {}, false, {}}, parameter, parameter, {});
            layOut();
            entry = std::prev(m_entries.end());
        }
        const QString shown = value.sliced(entry->prefix.size());
        if (entry->edit) {
            entry->edit->setText(shown);
        } else {
            if (entry->choice->findData(shown) < 0)
                entry->choice->addItem(shown, shown);
            entry->choice->setCurrentIndex(entry->choice->findData(shown));
        }
    }
}

QString SearchForm::path() const
{
    const auto id = std::ranges::find(m_entries, u"_id"_s, &Entry::parameter);
    if (isReadOnly(m_type) && id != m_entries.end() && !id->value().isEmpty())
        return m_type.name + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(id->value()));
    QStringList parts;
    for (const Entry &entry : m_entries) {
        QString value = entry.value();
        if (value.isEmpty())
            continue;
        if (entry.parameter.isEmpty()) { // a piece of query as it was typed
            parts.append(QString::fromLatin1(QUrl::toPercentEncoding(value, "=&,:/|$%", {})));
            continue;
        }
        // A prefix that was typed is meant: it replaces the field's own.
        const bool hasPrefix = value.size() > 2 && value.front().isLetter() && value.at(1).isLetter();
        if (!entry.prefix.isEmpty() && !hasPrefix)
            value.prepend(entry.prefix);
        parts.append(entry.parameter + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value, ",:/|$", {})));
    }
    return parts.isEmpty() ? m_type.name : m_type.name + u'?' + parts.join(u'&');
}

void SearchForm::setBusy(bool busy)
{
    m_search->setBusy(busy);
}

void SearchForm::focusFirst()
{
    if (m_entries.empty())
        m_search->setFocus();
    else if (m_entries.front().edit)
        m_entries.front().edit->edit()->setFocus();
    else
        m_entries.front().choice->setFocus();
}

} // namespace credenza
