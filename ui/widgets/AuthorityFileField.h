// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"

#include "ui/widgets/LineEdit.h"

namespace credenza
{

class IconButton;

/// The control of CA certificates: shows what was read, chooses a PEM file, removes it again.
class AuthorityFileField final : public LineEdit
{
    Q_OBJECT

public:
    explicit AuthorityFileField(const Theme &theme, QWidget *parent = nullptr);

    /// Shows how many certificates `pem` holds.
    void showPem(const QByteArray &pem);

Q_SIGNALS:
    /// The contents of the chosen file; empty: removed.
    void chosen(const QByteArray &pem);
    void failed(const credenza::Error &error);

private:
    void choose();

    IconButton *m_remove;
    QString m_fileName;
    BackgroundJob m_reading;
};

} // namespace credenza
