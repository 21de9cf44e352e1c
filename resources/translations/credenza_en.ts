<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConnectionTest</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %1 valid, %n with a remark</source>
        <translation>
            <numerusform>%1 of %1 valid, %n with a remark</numerusform>
            <numerusform>%1 of %1 valid, %n with a remark</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n scope(s) granted</source>
        <translation>
            <numerusform>, %n scope granted</numerusform>
            <numerusform>, %n scopes granted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>/metadata: 200, FHIR %1, %n resource type(s)</source>
        <translation>
            <numerusform>/metadata: 200, FHIR %1, %n resource type</numerusform>
            <numerusform>/metadata: 200, FHIR %1, %n resource types</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys of the JWK Set have it</source>
        <translation>
            <numerusform>%n keys of the JWK Set have it</numerusform>
            <numerusform>%n keys of the JWK Set have it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailureProbes</name>
    <message numerus="yes">
        <source>The JWK Set holds %n key(s)</source>
        <translation>
            <numerusform>The JWK Set holds %n key</numerusform>
            <numerusform>The JWK Set holds %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FhirText</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportReading</name>
    <message numerus="yes">
        <source>%n entries are no credentials of this kind and were left out.</source>
        <translation>
            <numerusform>%n entries are no credentials of this kind and were left out.</numerusform>
            <numerusform>%n entries are no credentials of this kind and were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JwkSetCheck</name>
    <message numerus="yes">
        <source>It is a JWK Set that servers can read, with %n key(s).</source>
        <translation>
            <numerusform>It is a JWK Set that servers can read, with %n key.</numerusform>
            <numerusform>It is a JWK Set that servers can read, with %n keys.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyExpiry</name>
    <message numerus="yes">
        <source>Key expires in %n day(s)</source>
        <translation>
            <numerusform>Key expires in %n day</numerusform>
            <numerusform>Key expires in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key expired %n day(s) ago</source>
        <translation>
            <numerusform>Key expired %n day ago</numerusform>
            <numerusform>Key expired %n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SmartText</name>
    <message numerus="yes">
        <source>%1 search: 200, %n match(es)</source>
        <translation>
            <numerusform>%1 search: 200, %n match</numerusform>
            <numerusform>%1 search: 200, %n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sub-type(s) hidden from this client</source>
        <translation>
            <numerusform>%n sub-type hidden from this client</numerusform>
            <numerusform>%n sub-types hidden from this client</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TestText</name>
    <message numerus="yes">
        <source>%n value(s) break a rule</source>
        <translation>
            <numerusform>%n value breaks a rule</numerusform>
            <numerusform>%n values break a rule</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ActivityPage</name>
    <message numerus="yes">
        <source>%n entries; none was removed, added or changed.</source>
        <translation>
            <numerusform>%n entry; it was not changed, and none is missing.</numerusform>
            <numerusform>%n entries; none was removed, added or changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::Application</name>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>%n credential</numerusform>
            <numerusform>%n credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::AssertionInspector</name>
    <message numerus="yes">
        <source>%n value(s) break a rule</source>
        <translation>
            <numerusform>%n value breaks a rule</numerusform>
            <numerusform>%n values break a rule</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::AuthenticatePage</name>
    <message numerus="yes">
        <source>Test %n connection(s)</source>
        <translation>
            <numerusform>Test %n connection</numerusform>
            <numerusform>Test %n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n credential(s)</source>
        <translation>
            <numerusform>Delete %n credential</numerusform>
            <numerusform>Delete %n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::BackupsCard</name>
    <message numerus="yes">
        <source>The last %n</source>
        <translation>
            <numerusform>The last one</numerusform>
            <numerusform>The last %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s), %1</source>
        <translation>
            <numerusform>%n backup, %1</numerusform>
            <numerusform>%n backups, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) in the folder.</source>
        <translation>
            <numerusform>%n older one in the folder.</numerusform>
            <numerusform>%n older ones in the folder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::BrowsePage</name>
    <message numerus="yes">
        <source>Token valid for %n min</source>
        <translation>
            <numerusform>Token valid for %n min</numerusform>
            <numerusform>Token valid for %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Token valid for %n s</source>
        <translation>
            <numerusform>Token valid for %n s</numerusform>
            <numerusform>Token valid for %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::CommandPalette</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ConnectionTestView</name>
    <message numerus="yes">
        <source>Tried %n time(s); again %1, at the latest until %2</source>
        <translation>
            <numerusform>Tried %n time; again %1, at the latest until %2</numerusform>
            <numerusform>Tried %n times; again %1, at the latest until %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::CredentialActions</name>
    <message numerus="yes">
        <source>Deleted %n credential(s).</source>
        <translation>
            <numerusform>Deleted %n credential.</numerusform>
            <numerusform>Deleted %n credentials.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::CredentialPicker</name>
    <message numerus="yes">
        <source>&amp;Take %n credential(s)</source>
        <translation>
            <numerusform>&amp;Take %n credential</numerusform>
            <numerusform>&amp;Take %n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::DesktopWiring</name>
    <message numerus="yes">
        <source>Locks in %n second(s)</source>
        <translation>
            <numerusform>Locks in %n second</numerusform>
            <numerusform>Locks in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ExpiryReminder</name>
    <message numerus="yes">
        <source>%n more key(s) expire soon.</source>
        <translation>
            <numerusform>%n more key expires soon.</numerusform>
            <numerusform>%n more keys expire soon.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ExportDialog</name>
    <message numerus="yes">
        <source>I &amp;understand that this file holds %n private key(s) without encryption</source>
        <translation>
            <numerusform>I &amp;understand that this file holds %n private key without encryption</numerusform>
            <numerusform>I &amp;understand that this file holds %n private keys without encryption</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Copy, clear in %n s</source>
        <translation>
            <numerusform>&amp;Copy, clear in %n s</numerusform>
            <numerusform>&amp;Copy, clear in %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files were written.</source>
        <translation>
            <numerusform>%n file was written.</numerusform>
            <numerusform>%n files were written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s) of production credentials, unencrypted.</source>
        <translation>
            <numerusform>The file holds %n private key of a production credential, unencrypted.</numerusform>
            <numerusform>The file holds %n private keys of production credentials, unencrypted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s), unencrypted; some are of production credentials.</source>
        <translation>
            <numerusform>The file holds %n private key, unencrypted; it is of a production credential.</numerusform>
            <numerusform>The file holds %n private keys, unencrypted; some are of production credentials.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s), unencrypted.</source>
        <translation>
            <numerusform>The file holds %n private key, unencrypted.</numerusform>
            <numerusform>The file holds %n private keys, unencrypted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ExportSubjects</name>
    <message numerus="yes">
        <source>%n Production</source>
        <translation>
            <numerusform>%n Production</numerusform>
            <numerusform>%n Production</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::FootBar</name>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>%n credential</numerusform>
            <numerusform>%n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::HandoverWiring</name>
    <message numerus="yes">
        <source>Imported %n credential(s).</source>
        <translation>
            <numerusform>Imported %n credential.</numerusform>
            <numerusform>Imported %n credentials.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ImportDialog</name>
    <message numerus="yes">
        <source>&amp;Import %n credential(s)</source>
        <translation>
            <numerusform>&amp;Import %n credential</numerusform>
            <numerusform>&amp;Import %n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::KeySlotsCard</name>
    <message numerus="yes">
        <source>Argon2id, %1 MiB, %n pass(es)</source>
        <translation>
            <numerusform>Argon2id, %1 MiB, %n pass</numerusform>
            <numerusform>Argon2id, %1 MiB, %n passes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::NetworkCard</name>
    <message numerus="yes">
        <source>After %n second(s)</source>
        <translation>
            <numerusform>After %n second</numerusform>
            <numerusform>After %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::SettingsPage</name>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>After %n minute</numerusform>
            <numerusform>After %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n second(s)</source>
        <translation>
            <numerusform>After %n second</numerusform>
            <numerusform>After %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) before</source>
        <translation>
            <numerusform>%n day before</numerusform>
            <numerusform>%n days before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::SourcePane</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
</TS>
