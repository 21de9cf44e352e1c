// SPDX-License-Identifier: Apache-2.0
#include "core/base/File.h"
#include "core/handover/reading/ImportReading.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QDir>
#include <QSet>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct FolderText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

constexpr qint64 largestTable = 16 * 1024 * 1024;
constexpr qint64 largestKeyFile = 1024 * 1024;

/// A table of RFC 4180: commas, or semicolons as spreadsheets of many countries write; quotation marks doubled inside.
class CsvTable
{
public:
    explicit CsvTable(QString text) : m_text(std::move(text))
    {
        m_text.remove(u'\r');
        if (m_text.startsWith(QChar(QChar::ByteOrderMark)))
            m_text.remove(0, 1);
        const QString head = m_text.section(u'\n', 0, 0);
        m_separator = head.count(u';') > head.count(u',') ? u';' : u',';
    }
    /// False at the end.
    bool next(QStringList &row)
    {
        row.clear();
        if (m_at >= m_text.size())
            return false;
        ++m_line;
        for (;;) {
            row.append(readField());
            if (m_at >= m_text.size() || m_text[m_at++] == u'\n')
                return true;
        }
    }
    [[nodiscard]] int line() const { return m_line; }

private:
    QString readField()
    {
        QString field;
        if (m_at < m_text.size() && m_text[m_at] == u'"') {
            for (++m_at; m_at < m_text.size(); ++m_at) {
                if (m_text[m_at] != u'"') {
                    field.append(m_text[m_at]);
                } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"') {
                    field.append(m_text[m_at++]);
                } else {
                    ++m_at;
                    break;
                }
            }
        }
        while (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != u'\n')
            field.append(m_text[m_at++]);
        return field.trimmed();
    }

    QString m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 0;
};

Failure keyFile(const QString &position, const QString &detail)
{
    return fail(ErrorKind::InvalidInput, u"import.key-file"_s, FolderText::tr("%1: %2").arg(position, detail),
                FolderText::tr("key_file names a file in the same folder, such as northlake.pem."));
}

Result<QString> tableOf(const QDir &folder)
{
    const QStringList tables = folder.entryList({u"*.csv"_s, u"*.CSV"_s}, QDir::Files, QDir::Name);
    if (tables.size() == 1)
        return folder.filePath(tables.first());
    return fail(
        ErrorKind::InvalidInput, u"import.no-table"_s,
        tables.isEmpty() ? FolderText::tr("There is no CSV file in the folder.")
                         : FolderText::tr("There is more than one CSV file in the folder."),
        FolderText::tr("Put one beside the keys, with the columns name, fhir_base_url, client_id and key_file."));
}

} // namespace

Result<ImportedCredentials> readPemFolder(const QString &folder, const QDateTime &now)
{
    const QDir dir(folder);
    const QString tablePath = TRY(tableOf(dir));
    CsvTable table(QString::fromUtf8(TRY(readFile(tablePath, largestTable))));
    QStringList columns;
    table.next(columns);
    QSet<QString> plainColumns;
    for (const QString &column : columns)
        plainColumns.insert(LooseFields::plain(column));
    for (const QString &needed : {u"fhir_base_url"_s, u"client_id"_s, u"key_file"_s})
        if (!plainColumns.contains(LooseFields::plain(needed)))
            return importMalformed(FolderText::tr("the table has no column “%1”.").arg(needed));
    ImportedCredentialsBuilder builder;
    QSet<QString> used;
    QStringList row;
    while (table.next(row)) {
        if (row.join(QString()).isEmpty())
            continue;
        LooseFields fields;
        for (qsizetype i = 0; i < std::min(row.size(), columns.size()); ++i)
            fields.set(columns[i], row[i]);
        const QString position = FolderText::tr("row %1").arg(table.line());
        const QString name = fields.value(u"key_file"_s);
        if (name.isEmpty() || QFileInfo(name).fileName() != name || name.startsWith(u'.'))
            return keyFile(position, FolderText::tr("“%1” is no file of this folder.").arg(name));
        auto pem = readSecretFile(dir.filePath(name), largestKeyFile);
        if (!pem)
            return keyFile(position, pem.error().message);
        used.insert(name);
        // The file lies in the open beside us; the copy is wiped with the fields.
        fields.set(u"privateKey"_s, QString::fromUtf8(pem->charView()));
        CredentialDraft draft = TRY(fields.takeDraft());
        TRY(builder.add(std::move(draft), position, QFileInfo(name).completeBaseName(), now));
    }
    for (const QString &file : dir.entryList({u"*.pem"_s, u"*.key"_s}, QDir::Files, QDir::Name))
        if (!used.contains(file))
            builder.note(FolderText::tr("The table does not name %1.").arg(file));
    return builder.take();
}

} // namespace credenza
