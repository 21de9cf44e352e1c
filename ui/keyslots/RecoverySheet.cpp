// SPDX-License-Identifier: Apache-2.0
#include "ui/keyslots/RecoverySheet.h"

#include "core/base/File.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct SheetText {
    Q_DECLARE_TR_FUNCTIONS(RecoverySheet)
};

constexpr int dotsPerInch = 300;
constexpr int groupsInLine = 3;

int millimetres(qreal length)
{
    return static_cast<int>(length / 25.4 * dotsPerInch);
}

class Page
{
public:
    explicit Page(QPainter &painter, int width) : m_painter(painter), m_width(width) {}

    void write(const QString &text, const QString &family, qreal points, int weight = QFont::Normal)
    {
        QFont font(family);
        font.setPointSizeF(points);
        font.setWeight(static_cast<QFont::Weight>(weight));
        m_painter.setFont(font);
        const QRect room(0, m_top, m_width, millimetres(250));
        QRect used;
        m_painter.drawText(room, Qt::TextWordWrap | Qt::AlignLeft, text, &used);
        m_top = used.bottom() + millimetres(3);
    }
    void skip(qreal length) { m_top += millimetres(length); }

private:
    QPainter &m_painter;
    int m_width;
    int m_top = 0;
};

void paintSheet(QPdfWriter &pdf, const SecretBytes &code, const RecoverySheetText &text)
{
    QPainter painter(&pdf);
    Page page(painter, pdf.width());
    page.write(SheetText::tr("Credenza recovery code"), u"Inter"_s, 20, QFont::DemiBold);
    page.write(
        SheetText::tr("It opens the vault below if its passphrase is lost. Keep this page away from the computer; who "
                      "has it and the vault’s file can read every key."),
        u"Inter"_s, 11);
    page.skip(6);
    // Line by line: no more of the code than that lies in one text of Qt's.
    const QByteArrayView all = code.charView();
    const qsizetype inLine = groupsInLine * 5;
    for (qsizetype at = 0; at < all.size(); at += inLine) {
        QString line = QString::fromLatin1(all.sliced(at, std::min(inLine, all.size() - at)));
        if (line.endsWith(u'-'))
            line.chop(1);
        page.write(line, u"JetBrains Mono"_s, 22, QFont::Medium);
        wipe(line);
    }
    page.skip(6);
    page.write(SheetText::tr("Vault: %1").arg(text.vaultName), u"Inter"_s, 11);
    page.write(SheetText::tr("File: %1").arg(text.vaultPath), u"Inter"_s, 11);
    page.write(SheetText::tr("Made on: %1").arg(QLocale().toString(text.madeOn, QLocale::LongFormat)), u"Inter"_s, 11);
    page.skip(6);
    page.write(
        SheetText::tr("To use it: open the vault, choose “Use the recovery code…”, type the code, and choose a new "
                      "passphrase. Capitals and dashes do not matter. In a terminal: type it in place of the "
                      "passphrase."),
        u"Inter"_s, 11);
}

} // namespace

Result<void> writeRecoverySheet(const QString &path, const SecretBytes &code, const RecoverySheetText &text)
{
    QByteArray bytes;
    {
        QBuffer buffer(&bytes);
        if (!buffer.open(QIODevice::WriteOnly))
            return fail(ErrorKind::Failed, u"file.unwritable"_s, SheetText::tr("The page could not be made."));
        QPdfWriter pdf(&buffer);
        pdf.setResolution(dotsPerInch);
        pdf.setPageSize(QPageSize(QPageSize::A4));
        pdf.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout::Millimeter);
        pdf.setTitle(SheetText::tr("Credenza recovery code"));
        paintSheet(pdf, code, text);
    }
    const auto written = writeFileAtomically(path, bytes);
    wipe(bytes);
    return written;
}

} // namespace credenza
