// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/AttachmentContent.h"
#include "core/fhir/ResourceWriter.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QListWidget;
class QStackedWidget;
class QTimer;
class QTableView;

namespace credenza
{

class Button;
class ComboBox;
class ElidingLabel;
class EmptyState;
class FileModel;
class IconButton;
class LineEdit;
class ResourcePane;
class TextLabel;

/// Local files: the opened ones, the lines of the one chosen with filter and go to line, and the resource of a line.
/// References are followed into all files that are open.
class FilesView final : public QWidget
{
    Q_OBJECT

public:
    explicit FilesView(const Theme &theme, QWidget *parent = nullptr);
    ~FilesView() override;

    void openFile(const QString &path);
    void clear();
    [[nodiscard]] qsizetype count() const;
    [[nodiscard]] FileModel *current() const;
    void focusLine();
    void focusFilter();
    void focusSearch();
    /// To the line looked at before a reference was followed, or back to where it led.
    void goBack() { walk(-1); }
    void goForward() { walk(1); }

Q_SIGNALS:
    void announced(const QString &text);
    /// An inline attachment that the person asked for.
    void attachmentArrived(const credenza::AttachmentContent &content);
    /// "Indexed 412,806 lines in 4.2 s"; empty while reading.
    void statusChanged(const QString &text);
    void saveRequested(const credenza::ResourceSource &source, const QList<credenza::ResourceColumn> &columns);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// A line looked at, by the path of its file.
    struct Stop {
        QString path;
        qint64 line = 0;
    };
    QWidget *makeList();
    QWidget *makeLines();
    void showFile(int index);
    void showCounts();
    void showRow(int row);
    void goToLine();
    void applyFilter();
    void follow(const QString &reference);
    void followIn(std::size_t file, const QString &reference);
    void openAttachment(const JsonValue &attachment);
    void showResource(int row, const Result<Resource> &resource);
    void showLine(std::size_t file, qint64 line);
    void walk(int by);
    void showTrail();
    void showTable();
    void save();

    const Theme &m_theme;
    std::vector<std::unique_ptr<FileModel>> m_files;
    QListWidget *m_list;
    ElidingLabel *m_name;
    QWidget *m_listPane = nullptr;
    ComboBox *m_fileChoice; // in place of the list where there is no room for it
    IconButton *m_back;
    IconButton *m_forward;
    Button *m_broken;
    ComboBox *m_type;
    LineEdit *m_filter;
    LineEdit *m_line;
    TextLabel *m_count;
    Button *m_save;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_tableStack;
    ResourcePane *m_resource;
    QTimer *m_filterDelay;
    QTimer *m_referrerDelay;
    QList<Stop> m_trail; // where references were followed from, and to
    qsizetype m_trailAt = -1;
};

} // namespace credenza
