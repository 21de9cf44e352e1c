// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/AttachmentContent.h"
#include "ui/theme/Theme.h"

#include <QDialog>

namespace credenza
{

/// An attachment before it is saved: images and text are shown, of a PDF what its head tells; with a warning where the
/// bytes are not what was declared. Nothing is run, rendered as markup or fetched. Deletes itself when closed.
class AttachmentWindow final : public QDialog
{
    Q_OBJECT

public:
    AttachmentWindow(const Theme &theme, AttachmentContent content, QWidget *parent = nullptr);

    /// Writes the bytes to `path`, in one step and readable by this user only.
    void save(const QString &path);

Q_SIGNALS:
    void announced(const QString &text);

private:
    [[nodiscard]] QWidget *makePreview();
    void askWhere();

    const Theme &m_theme;
    AttachmentContent m_content;
};

} // namespace credenza
