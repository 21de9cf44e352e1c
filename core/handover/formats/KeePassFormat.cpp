// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

/// Text of an XML 1.0 element. Control characters, which XML has no way to write, are left out.
void appendXml(SecretText &file, QByteArrayView utf8)
{
    for (const char c : utf8) {
        switch (c) {
        case '&':
            file.append("&amp;");
            break;
        case '<':
            file.append("&lt;");
            break;
        case '>':
            file.append("&gt;");
            break;
        case '\r':
            file.append("&#13;"); // a bare one would be read as a line feed
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
                file.append(c);
        }
    }
}

void field(SecretText &file, QByteArrayView key, QByteArrayView value, bool isProtected = false)
{
    if (value.isEmpty())
        return;
    file.append("        <String><Key>");
    file.append(key);
    file.append(QByteArrayView(isProtected ? "</Key><Value ProtectInMemory=\"True\">" : "</Key><Value>"));
    appendXml(file, value);
    file.append("</Value></String>\n");
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const Credential &credential = subject.credential;
    file.append("      <Entry>\n");
    field(file, "Title", credential.name.toUtf8());
    field(file, "UserName", credential.clientId.toUtf8());
    field(file, "URL", credential.fhirBaseUrl.toUtf8());
    field(file, "Notes", credential.description.toUtf8());
    field(file, "Connector", credential.connector.toUtf8());
    field(file, "Token URL", subject.tokenUrl.toUtf8());
    field(file, "Key ID", credential.effectiveKeyId().toUtf8());
    field(file, "Algorithm", nameOf(credential.algorithm).toUtf8());
    field(file, "Scopes", credential.scopes.join(u' ').toUtf8());
    field(file, "Private Key (PEM)", subject.privatePem.charView(), true);
    file.append("      </Entry>\n");
    return {};
}

} // namespace

ExportFormat keePassFormat()
{
    return {.id = QStringLiteral("keepass"),
            .title = FormatText::tr("KeePass XML"),
            .summary = FormatText::tr("To import into KeePassXC or KeePass"),
            .extension = QStringLiteral(".xml"),
            .isOneFileEach = false,
            .write = write,
            .prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<KeePassFile>\n  <Meta/>\n  <Root>\n    <Group>\n"
                        "      <Name>Credenza</Name>\n",
            .separator = {},
            .epilogue = "    </Group>\n  </Root>\n</KeePassFile>\n",
            .companions = {},
            .note = FormatText::tr("keepassxc-cli import FILE NEW.kdbx makes a database with a weak key derivation: "
                                   "switch it to Argon2 in the database settings. Then delete the XML file.")};
}

} // namespace credenza
