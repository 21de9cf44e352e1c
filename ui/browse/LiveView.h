// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/BrowseSession.h"
#include "ui/browse/LoadedReferences.h"

#include <QWidget>

class QLabel;
class QListView;
class QSplitter;

namespace credenza
{

struct Canonical;
class ComboBox;
class IconButton;
class LineEdit;
class Note;
class RequestLine;
class ResourcePane;
class ResultsModel;
class ResultsPane;
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

    /// Starts with another server; what was shown before is gone. Null: none. Gives back the session before, which
    /// keeps its token.
    std::unique_ptr<BrowseSession> setSession(std::unique_ptr<BrowseSession> session);
    [[nodiscard]] const BrowseSession *session() const { return m_session.get(); }
    /// Runs a search, or reads a resource, as if it had been asked for in the form.
    void go(const QString &path);
    /// To the place before, or after, as it was left.
    void goBack() { showPlace(m_place - 1); }
    void goForward() { showPlace(m_place + 1); }
    void copyCurl();
    void focusFilter();
    void focusSearch();
    [[nodiscard]] const ResultsModel &results() const;

Q_SIGNALS:
    void copied(const QString &what);
    /// How many requests there were in this session, and the status of the last one.
    void requestCounted(int count, int status);
    void tokenKnown(std::chrono::seconds left);
    void opened(const credenza::ServerFacts &facts);
    /// The resources to be saved, and the columns they are shown in.
    void saveRequested(const QList<credenza::Resource> &resources, const QList<credenza::ResourceColumn> &columns);
    /// An attachment that the person asked for is here.
    void attachmentArrived(const credenza::AttachmentContent &content);

protected:
    void resizeEvent(QResizeEvent *event) override;

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
        bool hasFailed = false;
        QString selected;
    };
    QWidget *makeTypes();
    QWidget *makeCentre();
    void takeFacts(const ServerFacts &facts);
    /// Why the types are guesses.
    [[nodiscard]] QString guessNote() const;
    void countNext();
    void saveAll();
    void chooseType(const QString &type);
    void takePage(int search, const SearchPage &page);
    void takeFailure(int search, const Error &error);
    void showPlace(int index);
    void fillForm(const QString &type, const QString &path);
    void showCounts();
    [[nodiscard]] bool isEpic() const;
    void showCrumbs();
    void showRow(int row);
    void follow(const QString &reference);
    /// Among what is loaded, else by a search of this server.
    void followCanonical(const Canonical &canonical, const QString &reference);
    void openAttachment(const JsonValue &attachment);
    [[nodiscard]] Place *current();

    const Theme &m_theme;
    std::unique_ptr<BrowseSession> m_session;
    ServerFacts m_facts;
    QList<Place> m_places;
    int m_place = -1;
    QString m_patient;       ///< the patient looked at last, offered in the next form
    QStringList m_uncounted; ///< types whose number is still to be asked for
    LoadedReferences m_loaded;
    int m_countFailures = 0;
    int m_savesAll = 0; ///< the search whose rest is being loaded, to be saved; 0: none
    TypeListModel *m_types;
    QWidget *m_typesPane = nullptr;
    QListView *m_typeView;
    LineEdit *m_typeFilter;
    ComboBox *m_typeChoice; // in place of the list where there is no room for it
    IconButton *m_back;
    IconButton *m_forward;
    TextLabel *m_crumbs;
    SearchForm *m_form;
    RequestLine *m_request;
    Note *m_note;
    ResultsPane *m_results;
    ResourcePane *m_resource;
    QSplitter *m_splitter;
};

} // namespace credenza
