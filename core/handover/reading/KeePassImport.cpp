// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KeePassText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

/// The texts of one <Entry>, without those of its <History>.
LooseFields readEntry(QXmlStreamReader &xml)
{
    LooseFields fields;
    while (xml.readNextStartElement()) {
        if (xml.name() != u"String") {
            xml.skipCurrentElement();
            continue;
        }
        QString key;
        QString value;
        while (xml.readNextStartElement()) {
            if (xml.name() == u"Key")
                key = xml.readElementText();
            else if (xml.name() == u"Value")
                value = xml.readElementText();
            else
                xml.skipCurrentElement();
        }
        fields.set(key == u"UserName" ? u"clientId"_s : key == u"URL" ? u"fhirBaseUrl"_s : key, value);
    }
    return fields;
}

} // namespace

bool looksLikeKeePass(QByteArrayView text)
{
    return text.first(std::min<qsizetype>(text.size(), 4096)).contains("<KeePassFile");
}

Result<void> readKeePass(QByteArrayView text, const QDateTime &now, ImportedCredentialsBuilder &builder)
{
    QXmlStreamReader xml(QByteArray::fromRawData(text.data(), text.size()));
    int others = 0;
    int found = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"Entry")
            continue;
        const QString position = KeePassText::tr("line %1").arg(xml.lineNumber());
        LooseFields fields = readEntry(xml);
        if (!fields.isCredential() || fields.value(u"privateKey"_s).isEmpty()) {
            ++others;
            continue;
        }
        CredentialDraft draft = TRY(fields.takeDraft());
        TRY(builder.add(std::move(draft), position, {}, now));
        ++found;
    }
    if (xml.hasError())
        return importMalformed(KeePassText::tr("it is not valid XML (line %1).").arg(xml.lineNumber()));
    if (found == 0)
        return importNoPrivateKey({});
    if (others > 0)
        builder.note(KeePassText::tr("%n entries are no credentials of this kind and were left out.", nullptr, others));
    return {};
}

} // namespace credenza
