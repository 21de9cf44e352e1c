// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QMimeData;

namespace credenza
{

class Theme;

/// What the drop zone offers besides a new key.
struct KeyDropChoices {
    bool canUseExisting = false; ///< there are keys in the vault
    bool canKeep = false;        ///< there is a key that would be replaced, and can be kept after all
};

/// The empty private-key field: paste (Ctrl+V or the menu), drop a file or text, choose a file, generate. Holds no
/// text.
class KeyDropZone final : public QWidget
{
    Q_OBJECT

public:
    KeyDropZone(const Theme &theme, KeyDropChoices choices, QWidget *parent = nullptr);

Q_SIGNALS:
    /// What was pasted or dropped; read it in the slot, it does not live longer.
    void given(const QMimeData *mime);
    void chooseRequested();
    void generateRequested();
    void existingRequested();
    void keepRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void paste();

    const Theme &m_theme;
    bool m_dragged = false;
};

} // namespace credenza
