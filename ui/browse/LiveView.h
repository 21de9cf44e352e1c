// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/BrowseSession.h"
#include "ui/browse/SummaryView.h"

#include <QWidget>

class QLabel;
class QListView;
class QSplitter;
class QTableView;

namespace credenza
{

class Button;
class EmptyState;
class IconButton;
class LineEdit;
class Note;
class RequestLine;
class ResourcePane;
class ResultsModel;
class SearchForm;
class TextLabel;
class TypeListModel;

/// Browsing a server: types, search form, request line, results and the resource chosen, with Back and Forward.
class LiveView final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveView(const Theme &theme, QWidget *parent = nullptr);
    ~LiveView() override;

    /// Starts with another server; what was shown before is gone. Null: none.
    void setSession(std::unique_ptr<BrowseSession> session);
    [[nodiscard]] const BrowseSession *session() const { return m_session.get(); }
    /// Runs a search, or reads a resource, as if it had been asked for in the form.
    void go(const QString &path);
    void copyCurl();
    void focusFilter();
    void focusSearch();
    [[nodiscard]] const ResultsModel &results() const { return *m_results; }

Q_SIGNALS:
    void copied(const QString &what);
    void tokenKnown(std::chrono::seconds left);
    void opened(const credenza::ServerFacts &facts);
    /// The resources to be saved, and the columns they are shown in.
    void saveRequested(const QList<credenza::Resource> &resources, const QList<credenza::ResourceColumn> &columns);
    /// An attachment that the person asked for is here.
    void attachmentArrived(const credenza::AttachmentContent &content);

private:
    /// One stop on the way, kept with what it had loaded so that going back asks nobody.
    struct Place {
        QString type;
        QString path;
        QString title;
        int search = 0;
        QList<Resource> loaded;
        QStringList hidden;
        std::optional<qint64> total;
        bool hasMore = false;
        QString selected;
    };
    QWidget *makeTypes();
    QWidget *makeCentre();
    void chooseType(const QString &type);
    void takePage(int search, const SearchPage &page);
    void takeFailure(int search, const Error &error);
    void showPlace(int index);
    void fillForm(const QString &type, const QString &path);
    void showCounts();
    void fitColumns();
    [[nodiscard]] bool isEpic() const;
    void showCrumbs();
    void showRow(int row);
    void follow(const QString &reference);
    void openAttachment(const JsonValue &attachment);
    [[nodiscard]] QList<SummaryView::Referrer> referrersOf(const Resource &resource) const;
    [[nodiscard]] Place *current();

    const Theme &m_theme;
    std::unique_ptr<BrowseSession> m_session;
    ServerFacts m_facts;
    QList<Place> m_places;
    int m_place = -1;
    QString m_patient; ///< the patient looked at last, offered in the next form
    TypeListModel *m_types;
    ResultsModel *m_results;
    QListView *m_typeView;
    LineEdit *m_typeFilter;
    IconButton *m_back;
    IconButton *m_forward;
    TextLabel *m_crumbs;
    SearchForm *m_form;
    RequestLine *m_request;
    Note *m_note;
    TextLabel *m_count;
    TextLabel *m_loaded;
    Button *m_save;
    QTableView *m_table;
    ResourcePane *m_resource;
    QSplitter *m_splitter;
};

} // namespace credenza
