// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/AttachmentWindow.h"

#include "core/base/File.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QBuffer>
#include <QFileDialog>
#include <QFileInfo>
#include <QImageReader>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype longestText = 200'000;
constexpr int largestSide = 20'000;

} // namespace

AttachmentWindow::AttachmentWindow(const Theme &theme, AttachmentContent content, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_content(std::move(content))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_content.suggestedName);
    resize(theme.scaled(640), theme.scaled(520));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, m_content.suggestedName, TextStyle::Section));
    const QString type = m_content.actualType.isEmpty() ? m_content.declaredType : m_content.actualType;
    QString facts = tr("%1, %2").arg(type.isEmpty() ? tr("unknown type") : type,
                                     QLocale().formattedDataSize(m_content.bytes.size()));
    if (!m_content.detail.isEmpty())
        facts += u", "_s + m_content.detail;
    layout->addWidget(new TextLabel(theme, facts, TextStyle::Small, Role::Text2));
    if (m_content.isMislabelled())
        layout->addWidget(
            new Note(theme, NoteKind::Warning,
                     tr("Declared as %1, but the content is %2.").arg(m_content.declaredType, m_content.actualType)));
    layout->addWidget(makePreview(), 1);
    layout->addStretch(1); // below a short text
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *close = new Button(theme, tr("Close"));
    auto *save = new Button(theme, tr("Save…"), ButtonKind::Primary);
    save->setLeadingIcon(Icon::Save);
    buttons->addWidget(close);
    buttons->addWidget(save);
    layout->addLayout(buttons);
    connect(close, &QAbstractButton::clicked, this, &QDialog::close);
    connect(save, &QAbstractButton::clicked, this, &AttachmentWindow::askWhere);
}

QWidget *AttachmentWindow::makePreview()
{
    if (m_content.actualType.startsWith(u"image/"_s)) {
        QBuffer buffer(&m_content.bytes);
        QImageReader reader(&buffer);
        const QSize size = reader.size();
        const bool isSane = size.isValid() && size.width() <= largestSide && size.height() <= largestSide;
        if (isSane)
            reader.setScaledSize(
                size.scaled(size.boundedTo({m_theme.scaled(600), m_theme.scaled(380)}), Qt::KeepAspectRatio));
        if (const QImage image = isSane ? reader.read() : QImage(); !image.isNull()) {
            auto *label = new QLabel;
            label->setPixmap(QPixmap::fromImage(image));
            label->setAlignment(Qt::AlignCenter);
            label->setAccessibleName(tr("Picture, %1 by %2").arg(size.width()).arg(size.height()));
            return label;
        }
        return new TextLabel(m_theme, tr("The picture can't be shown."), TextStyle::Body, Role::Text2);
    }
    const bool isText = m_content.actualType.startsWith(u"text/"_s) || m_content.actualType.endsWith(u"json"_s) ||
                        m_content.actualType.endsWith(u"xml"_s) || m_content.actualType.endsWith(u"rtf"_s);
    if (!isText)
        return new TextLabel(m_theme, tr("No preview of this type; save it to look at it."), TextStyle::Body,
                             Role::Text2);
    auto *text = new CodeBlock(m_theme, tr("Content of the attachment"));
    text->setMaximumLines(60);
    text->setWrapping(true);
    text->setCode(QString::fromUtf8(m_content.bytes.left(longestText)));
    return text;
}

void AttachmentWindow::askWhere()
{
    auto *dialog = new QFileDialog(this, tr("Save the attachment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_content.suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, &AttachmentWindow::save);
    dialog->open();
}

void AttachmentWindow::save(const QString &path)
{
    const auto saved = writeFileAtomically(path, m_content.bytes);
    Q_EMIT announced(saved ? tr("%1 saved").arg(QFileInfo(path).fileName()) : saved.error().message);
}

} // namespace credenza
