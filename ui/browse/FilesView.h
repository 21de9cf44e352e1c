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
class QTableView;

namespace credenza
{

class Badge;
class Button;
class ComboBox;
class ElidingLabel;
class FileModel;
class LineEdit;
class ResourcePane;
class TextLabel;

/// Local files: the opened ones, the lines of the one chosen with filter and go to line, and the resource of a line.
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

Q_SIGNALS:
    void announced(const QString &text);
    /// An inline attachment that the person asked for.
    void attachmentArrived(const credenza::AttachmentContent &content);
    /// "Indexed 412,806 lines in 4.2 s"; empty while reading.
    void statusChanged(const QString &text);
    void saveRequested(const credenza::ResourceSource &source, const QList<credenza::ResourceColumn> &columns);

private:
    QWidget *makeList();
    QWidget *makeLines();
    void showFile(int index);
    void showCounts();
    void showRow(int row);
    void goToLine();
    void applyFilter();
    void follow(const QString &reference);

    const Theme &m_theme;
    std::vector<std::unique_ptr<FileModel>> m_files;
    QListWidget *m_list;
    ElidingLabel *m_name;
    Badge *m_broken;
    ComboBox *m_type;
    LineEdit *m_filter;
    LineEdit *m_line;
    TextLabel *m_count;
    Button *m_save;
    QTableView *m_table;
    ResourcePane *m_resource;
    double m_seconds = 0;
};

} // namespace credenza
