// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/AuthorityFileField.h"

#include "core/base/File.h"
#include "ui/widgets/Button.h"

#include <QFileDialog>
#include <QFileInfo>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 maxAuthorityBytes = 1024 * 1024;

} // namespace

AuthorityFileField::AuthorityFileField(const Theme &theme, QWidget *parent)
    : LineEdit(theme, TextStyle::Body, 32, parent),
      m_remove(new IconButton(theme, Icon::Close, tr("Remove the CA certificates")))
{
    edit()->setReadOnly(true);
    edit()->setPlaceholderText(tr("The system’s authorities only"));
    m_remove->setObjectName(u"removeAuthorities"_s);
    m_remove->setExtent(24);
    m_remove->hide();
    auto *chooseFile = new IconButton(theme, Icon::FolderOpen, tr("Choose a file of CA certificates"));
    chooseFile->setObjectName(u"chooseAuthorities"_s);
    chooseFile->setExtent(24);
    addTrailing(m_remove);
    addTrailing(chooseFile);
    connect(chooseFile, &IconButton::clicked, this, &AuthorityFileField::choose);
    connect(m_remove, &IconButton::clicked, this, [this] {
        m_fileName.clear();
        Q_EMIT chosen({});
    });
}

void AuthorityFileField::showPem(const QByteArray &pem)
{
    const qsizetype certificates = pem.count("-----BEGIN CERTIFICATE-----");
    m_remove->setVisible(!pem.isEmpty());
    if (pem.isEmpty()) {
        setText({});
        return;
    }
    const QString count = certificates == 1 ? tr("1 certificate") : tr("%1 certificates").arg(certificates);
    setText(m_fileName.isEmpty() ? count : tr("%1 from %2").arg(count, m_fileName));
}

void AuthorityFileField::choose()
{
    auto *dialog =
        new QFileDialog(this, tr("Choose CA certificates"), {}, tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_reading = runInBackground<QByteArray>(
            this, [path](std::stop_token) { return readFile(path, maxAuthorityBytes); },
            [this, path](Result<QByteArray> contents) {
                if (!contents) {
                    Q_EMIT failed(contents.error());
                    return;
                }
                m_fileName = QFileInfo(path).fileName();
                Q_EMIT chosen(*contents);
            });
    });
    dialog->open();
}

} // namespace credenza
