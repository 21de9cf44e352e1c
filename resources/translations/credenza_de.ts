<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActivityWords</name>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Key replaced</source>
        <translation>Schlüssel ersetzt</translation>
    </message>
    <message>
        <source>Tested</source>
        <translation>Getestet</translation>
    </message>
    <message>
        <source>Moved to the trash</source>
        <translation>In den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Removed for good</source>
        <translation>Endgültig entfernt</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Token issued</source>
        <translation>Token ausgestellt</translation>
    </message>
    <message>
        <source>Key shown</source>
        <translation>Schlüssel angezeigt</translation>
    </message>
    <message>
        <source>Passphrase changed</source>
        <translation>Passphrase geändert</translation>
    </message>
    <message>
        <source>Way to unlock added</source>
        <translation>Weg zum Entsperren hinzugefügt</translation>
    </message>
    <message>
        <source>Way to unlock removed</source>
        <translation>Weg zum Entsperren entfernt</translation>
    </message>
    <message>
        <source>Salvaged from a damaged vault</source>
        <translation>Aus einem beschädigten Vault gerettet</translation>
    </message>
    <message>
        <source>Identity made</source>
        <translation>Identität angelegt</translation>
    </message>
    <message>
        <source>Identity added</source>
        <translation>Identität hinzugefügt</translation>
    </message>
    <message>
        <source>Identity removed</source>
        <translation>Identität entfernt</translation>
    </message>
    <message>
        <source>Identity exported</source>
        <translation>Identität exportiert</translation>
    </message>
</context>
<context>
    <name>AgeErrorText</name>
    <message>
        <source>Ask for the file again, or copy it once more.</source>
        <translation>Um die Datei noch einmal bitten oder sie noch einmal kopieren.</translation>
    </message>
    <message>
        <source>The text form of this encrypted file is damaged: %1</source>
        <translation>Die Textform dieser verschlüsselten Datei ist beschädigt: %1</translation>
    </message>
    <message>
        <source>This is not a valid age file: %1</source>
        <translation>Das ist keine gültige age-Datei: %1</translation>
    </message>
    <message>
        <source>The head of this encrypted file was changed.</source>
        <translation>Der Kopf dieser verschlüsselten Datei wurde verändert.</translation>
    </message>
    <message>
        <source>The contents of this encrypted file are damaged: %1</source>
        <translation>Der Inhalt dieser verschlüsselten Datei ist beschädigt: %1</translation>
    </message>
    <message>
        <source>This passphrase does not open the encrypted file.</source>
        <translation>Diese Passphrase öffnet die verschlüsselte Datei nicht.</translation>
    </message>
    <message>
        <source>Check Caps Lock and the keyboard layout, or ask the sender.</source>
        <translation>Feststelltaste und Tastaturbelegung prüfen, oder beim Absender nachfragen.</translation>
    </message>
    <message>
        <source>The file was not encrypted for any of these identities.</source>
        <translation>Die Datei wurde für keine dieser Identitäten verschlüsselt.</translation>
    </message>
    <message>
        <source>Give the identity whose recipient the sender used.</source>
        <translation>Die Identität angeben, für deren Recipient verschlüsselt wurde.</translation>
    </message>
    <message>
        <source>The file is encrypted with a passphrase, and none was given.</source>
        <translation>Die Datei ist mit einer Passphrase verschlüsselt, und es wurde keine angegeben.</translation>
    </message>
    <message>
        <source>Ask the sender for it; it is not your vault&apos;s passphrase.</source>
        <translation>Beim Absender danach fragen; es ist nicht die Passphrase des Vaults.</translation>
    </message>
    <message>
        <source>The file is encrypted for recipients, and no identity was given.</source>
        <translation>Die Datei ist für Recipients verschlüsselt, und es wurde keine Identität angegeben.</translation>
    </message>
    <message>
        <source>Give the file that holds your AGE-SECRET-KEY-1…</source>
        <translation>Die Datei angeben, in der AGE-SECRET-KEY-1… steht.</translation>
    </message>
</context>
<context>
    <name>AgePrimitives</name>
    <message>
        <source>There is not enough memory to open this file: its passphrase takes %1 MiB to check.</source>
        <translation>Der Speicher reicht nicht, um diese Datei zu öffnen: ihre Passphrase zu prüfen braucht %1 MiB.</translation>
    </message>
    <message>
        <source>Close other programs, or ask for a file with a lower work factor.</source>
        <translation>Andere Programme schließen oder um eine Datei mit kleinerem Work Factor bitten.</translation>
    </message>
</context>
<context>
    <name>AgeText</name>
    <message>
        <source>an X25519 recipient is a point of low order.</source>
        <translation>ein X25519-Recipient ist ein Punkt kleiner Ordnung.</translation>
    </message>
    <message>
        <source>This recipient is no real key: %1</source>
        <translation>Dieser Recipient ist kein echter Schlüssel: %1</translation>
    </message>
    <message>
        <source>Ask for another one.</source>
        <translation>Um einen anderen bitten.</translation>
    </message>
    <message>
        <source>An encrypted file is either for a passphrase or for recipients.</source>
        <translation>Eine verschlüsselte Datei ist entweder für eine Passphrase oder für Recipients.</translation>
    </message>
    <message>
        <source>Give one of the two.</source>
        <translation>Eines von beiden angeben.</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>Die Passphrase ist leer.</translation>
    </message>
    <message>
        <source>Choose one, and tell it to the receiver on another way than the file.</source>
        <translation>Eine wählen und sie dem Empfänger auf einem anderen Weg mitteilen als die Datei.</translation>
    </message>
    <message>
        <source>The contents of the encrypted file are larger than %1 bytes.</source>
        <translation>Der Inhalt der verschlüsselten Datei ist größer als %1 Byte.</translation>
    </message>
</context>
<context>
    <name>ArmorText</name>
    <message>
        <source>it ends too early.</source>
        <translation>sie endet zu früh.</translation>
    </message>
    <message>
        <source>a line follows one that is shorter than %1 characters.</source>
        <translation>auf eine Zeile mit weniger als %1 Zeichen folgt noch eine.</translation>
    </message>
    <message>
        <source>there is an empty line in it.</source>
        <translation>darin ist eine leere Zeile.</translation>
    </message>
    <message>
        <source>a line is longer than %1 characters.</source>
        <translation>eine Zeile ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>a line is not canonical base64.</source>
        <translation>eine Zeile ist kein kanonisches base64.</translation>
    </message>
    <message>
        <source>its first line is not “%1”.</source>
        <translation>ihre erste Zeile ist nicht „%1“.</translation>
    </message>
    <message>
        <source>something follows its last line.</source>
        <translation>nach der letzten Zeile folgt noch etwas.</translation>
    </message>
</context>
<context>
    <name>AssertionInspection</name>
    <message>
        <source>It is not signed.</source>
        <translation>Es ist nicht signiert.</translation>
    </message>
    <message>
        <source>Not checked: there is no public key to check it with.</source>
        <translation>Nicht geprüft: es gibt keinen öffentlichen Schlüssel dafür.</translation>
    </message>
    <message>
        <source>Verifies with the key of thumbprint %1.</source>
        <translation>Stimmt mit dem Schlüssel mit Thumbprint %1.</translation>
    </message>
    <message>
        <source>Does not verify with the key of thumbprint %1: another key signed, or the text was changed.</source>
        <translation>Stimmt nicht mit dem Schlüssel mit Thumbprint %1: ein anderer Schlüssel hat signiert, oder der Text wurde verändert.</translation>
    </message>
    <message>
        <source>This is an encrypted JWT (five parts); nothing in it can be read.</source>
        <translation>Das ist ein verschlüsseltes JWT (fünf Teile); nichts darin ist lesbar.</translation>
    </message>
    <message>
        <source>A client assertion is a signed JWT of three parts.</source>
        <translation>Eine Client Assertion ist ein signiertes JWT aus drei Teilen.</translation>
    </message>
    <message>
        <source>It must name the algorithm of the signature.</source>
        <translation>Es muss den Algorithmus der Signatur nennen.</translation>
    </message>
    <message>
        <source>An assertion must be signed.</source>
        <translation>Eine Assertion muss signiert sein.</translation>
    </message>
    <message>
        <source>Signed with a shared secret; SMART wants a private key: RS384 or ES384.</source>
        <translation>Mit einem gemeinsamen Geheimnis signiert; SMART will einen privaten Schlüssel: RS384 oder ES384.</translation>
    </message>
    <message>
        <source>Servers take RS256, RS384, RS512, ES256 and ES384.</source>
        <translation>Server nehmen RS256, RS384, RS512, ES256 und ES384.</translation>
    </message>
    <message>
        <source>Does not fit the %1 key.</source>
        <translation>Passt nicht zum %1-Schlüssel.</translation>
    </message>
    <message>
        <source>Epic takes ES algorithms only from a registered JWK Set URL.</source>
        <translation>Epic nimmt ES-Algorithmen nur von einer registrierten JWK-Set-URL.</translation>
    </message>
    <message>
        <source>An algorithm that SMART servers take.</source>
        <translation>Ein Algorithmus, den SMART-Server annehmen.</translation>
    </message>
    <message>
        <source>Without kid the server can&apos;t tell which public key to use.</source>
        <translation>Ohne kid weiß der Server nicht, welchen öffentlichen Schlüssel er nehmen soll.</translation>
    </message>
    <message>
        <source>It must be a text.</source>
        <translation>Es muss ein Text sein.</translation>
    </message>
    <message>
        <source>The key ID here is %1.</source>
        <translation>Die Key ID ist hier %1.</translation>
    </message>
    <message>
        <source>Must name exactly one key of the JWK Set.</source>
        <translation>Muss genau einen Schlüssel des JWK Set benennen.</translation>
    </message>
    <message>
        <source>The key ID of this credential.</source>
        <translation>Die Key ID dieses Credentials.</translation>
    </message>
    <message>
        <source>It must be an https: address.</source>
        <translation>Es muss eine https:-Adresse sein.</translation>
    </message>
    <message>
        <source>The registered one is %1; it must be the same to the letter.</source>
        <translation>Registriert ist %1; es muss buchstabengetreu dieselbe sein.</translation>
    </message>
    <message>
        <source>Must be the registered JWK Set URL to the letter.</source>
        <translation>Muss buchstabengetreu die registrierte JWK-Set-URL sein.</translation>
    </message>
    <message>
        <source>It must be the client ID.</source>
        <translation>Es muss die Client-ID sein.</translation>
    </message>
    <message>
        <source>It is empty or has spaces around it.</source>
        <translation>Es ist leer oder von Leerzeichen umgeben.</translation>
    </message>
    <message>
        <source>iss and sub must be the same: the client ID.</source>
        <translation>iss und sub müssen gleich sein: die Client-ID.</translation>
    </message>
    <message>
        <source>The client ID here is %1.</source>
        <translation>Die Client-ID ist hier %1.</translation>
    </message>
    <message>
        <source>Must be the client ID.</source>
        <translation>Muss die Client-ID sein.</translation>
    </message>
    <message>
        <source>The client ID of this credential.</source>
        <translation>Die Client-ID dieses Credentials.</translation>
    </message>
    <message>
        <source>This is the FHIR base URL; it must be the token endpoint %1.</source>
        <translation>Das ist die FHIR-Base-URL; es muss der Token-Endpoint %1 sein.</translation>
    </message>
    <message>
        <source>This is the authorize endpoint; it must be the token endpoint %1.</source>
        <translation>Das ist der Authorize-Endpoint; es muss der Token-Endpoint %1 sein.</translation>
    </message>
    <message>
        <source>Only the “/” at the end differs from %1, and it counts.</source>
        <translation>Nur das „/“ am Ende ist anders als bei %1, und es zählt.</translation>
    </message>
    <message>
        <source>Only upper and lower case differ from %1, and they count.</source>
        <translation>Nur Groß- und Kleinschreibung ist anders als bei %1, und sie zählt.</translation>
    </message>
    <message>
        <source>http: and https: differ from %1, and they count.</source>
        <translation>http: und https: sind anders als bei %1, und sie zählen.</translation>
    </message>
    <message>
        <source>Another host than that of %1.</source>
        <translation>Ein anderer Host als der von %1.</translation>
    </message>
    <message>
        <source>Must be the token endpoint to the letter: %1.</source>
        <translation>Muss buchstabengetreu der Token-Endpoint sein: %1.</translation>
    </message>
    <message>
        <source>It must be the token endpoint.</source>
        <translation>Es muss der Token-Endpoint sein.</translation>
    </message>
    <message>
        <source>It must be a text: the token endpoint.</source>
        <translation>Es muss ein Text sein: der Token-Endpoint.</translation>
    </message>
    <message>
        <source>A list; some servers take a single text only.</source>
        <translation>Eine Liste; manche Server nehmen nur einen einzelnen Text.</translation>
    </message>
    <message>
        <source>It must be the token endpoint&apos;s full URL.</source>
        <translation>Es muss die vollständige URL des Token-Endpoints sein.</translation>
    </message>
    <message>
        <source>Must be the URL it is posted to, to the letter.</source>
        <translation>Muss buchstabengetreu die URL sein, an die gesendet wird.</translation>
    </message>
    <message>
        <source>The token endpoint, to the letter.</source>
        <translation>Der Token-Endpoint, buchstabengetreu.</translation>
    </message>
    <message>
        <source>It must be there, and new for each assertion.</source>
        <translation>Es muss da sein, und neu in jeder Assertion.</translation>
    </message>
    <message>
        <source>It must be a text; Epic refuses numbers since November 2024.</source>
        <translation>Es muss ein Text sein; Zahlen lehnt Epic seit November 2024 ab.</translation>
    </message>
    <message>
        <source>Epic takes at most %1 characters.</source>
        <translation>Epic nimmt höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>Must be new for each assertion; good for one request.</source>
        <translation>Muss in jeder Assertion neu sein; gilt für eine Anfrage.</translation>
    </message>
    <message>
        <source>It must be a number of seconds since 1970, not a text.</source>
        <translation>Es muss eine Zahl von Sekunden seit 1970 sein, kein Text.</translation>
    </message>
    <message>
        <source>It must be whole seconds; some servers refuse fractions.</source>
        <translation>Es müssen ganze Sekunden sein; manche Server lehnen Bruchteile ab.</translation>
    </message>
    <message>
        <source>These are milliseconds; it must be seconds.</source>
        <translation>Das sind Millisekunden; es müssen Sekunden sein.</translation>
    </message>
    <message>
        <source>It must be there, at most five minutes ahead.</source>
        <translation>Es muss da sein, höchstens fünf Minuten voraus.</translation>
    </message>
    <message>
        <source>At most five minutes ahead when the server receives it.</source>
        <translation>Höchstens fünf Minuten voraus, wenn der Server es erhält.</translation>
    </message>
    <message>
        <source>Expired %1 s ago.</source>
        <translation>Seit %1 s abgelaufen.</translation>
    </message>
    <message>
        <source>%1 s ahead; at most 300 are allowed.</source>
        <translation>%1 s voraus; höchstens 300 sind erlaubt.</translation>
    </message>
    <message>
        <source>Expires in %1 s; a slow request would be too late.</source>
        <translation>Läuft in %1 s ab; eine langsame Anfrage käme zu spät.</translation>
    </message>
    <message>
        <source>Expires in %1 s; at most 300 are allowed.</source>
        <translation>Läuft in %1 s ab; höchstens 300 sind erlaubt.</translation>
    </message>
    <message>
        <source>It is after exp.</source>
        <translation>Es liegt nach exp.</translation>
    </message>
    <message>
        <source>%1 s before exp; at most 300 are allowed.</source>
        <translation>%1 s vor exp; höchstens 300 sind erlaubt.</translation>
    </message>
    <message>
        <source>Must not be in the future, and at most 300 s before exp.</source>
        <translation>Darf nicht in der Zukunft liegen, und höchstens 300 s vor exp.</translation>
    </message>
    <message>
        <source>%1 s in the future.</source>
        <translation>%1 s in der Zukunft.</translation>
    </message>
    <message>
        <source>A server whose clock is a second behind refuses it: leave it out, or set it back by half a minute.</source>
        <translation>Ein Server, dessen Uhr eine Sekunde nachgeht, lehnt es ab: weglassen oder eine halbe Minute zurücksetzen.</translation>
    </message>
    <message>
        <source>In the past, and at most 300 s before exp.</source>
        <translation>In der Vergangenheit, und höchstens 300 s vor exp.</translation>
    </message>
    <message>
        <source>Must be JWT where it is given.</source>
        <translation>Muss JWT sein, wo es angegeben ist.</translation>
    </message>
    <message>
        <source>It must be JWT where it is given.</source>
        <translation>Es muss JWT sein, wo es angegeben ist.</translation>
    </message>
    <message>
        <source>Left out; the registered JWK Set URL is used.</source>
        <translation>Weggelassen; die registrierte JWK-Set-URL wird verwendet.</translation>
    </message>
    <message>
        <source>Servers that do not know these extensions refuse it.</source>
        <translation>Server, die diese Erweiterungen nicht kennen, lehnen es ab.</translation>
    </message>
    <message>
        <source>SMART has no rule for it.</source>
        <translation>SMART hat dafür keine Regel.</translation>
    </message>
</context>
<context>
    <name>BundleText</name>
    <message>
        <source>What is in the file is not a bundle of credentials: %1</source>
        <translation>In der Datei ist kein Bundle von Credentials: %1</translation>
    </message>
    <message>
        <source>Ask the sender to export it again.</source>
        <translation>Den Absender um einen neuen Export bitten.</translation>
    </message>
    <message>
        <source>it is not a JSON object.</source>
        <translation>es ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>“%1” is there twice.</source>
        <translation>„%1“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>something follows its end.</source>
        <translation>am Ende folgt noch etwas.</translation>
    </message>
    <message>
        <source>“%1” is missing.</source>
        <translation>„%1“ fehlt.</translation>
    </message>
    <message>
        <source>it is not valid JSON.</source>
        <translation>es ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>its format is another.</source>
        <translation>sein Format ist ein anderes.</translation>
    </message>
    <message>
        <source>its version is no number.</source>
        <translation>seine Version ist keine Zahl.</translation>
    </message>
    <message>
        <source>This bundle was written by a newer Credenza (version %1).</source>
        <translation>Dieses Bundle wurde von einem neueren Credenza geschrieben (Version %1).</translation>
    </message>
    <message>
        <source>Update Credenza to import it.</source>
        <translation>Credenza aktualisieren, um es zu importieren.</translation>
    </message>
    <message>
        <source>“%1” is no text.</source>
        <translation>„%1“ ist kein Text.</translation>
    </message>
    <message>
        <source>“%1” is no list.</source>
        <translation>„%1“ ist keine Liste.</translation>
    </message>
    <message>
        <source>it has a member “%1” that its version does not know.</source>
        <translation>es hat ein Feld „%1“, das seine Version nicht kennt.</translation>
    </message>
    <message>
        <source>a credential is no object.</source>
        <translation>ein Credential ist kein Objekt.</translation>
    </message>
    <message>
        <source>a private key is no text.</source>
        <translation>ein privater Schlüssel ist kein Text.</translation>
    </message>
    <message>
        <source>A private key in the bundle can&apos;t be used.</source>
        <translation>Ein privater Schlüssel im Bundle ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The private key of “%1” is not the one the bundle says it is, or can&apos;t sign.</source>
        <translation>Der private Schlüssel von „%1“ ist nicht der, den das Bundle nennt, oder kann nicht signieren.</translation>
    </message>
    <message>
        <source>a credential has a member “%1” that its version does not know.</source>
        <translation>ein Credential hat ein Feld „%1“, das seine Version nicht kennt.</translation>
    </message>
    <message>
        <source>a credential lacks what it needs.</source>
        <translation>einem Credential fehlt Nötiges.</translation>
    </message>
</context>
<context>
    <name>ByteSource</name>
    <message>
        <source>The file can&apos;t be read: %1.</source>
        <translation>Die Datei ist nicht lesbar: %1.</translation>
    </message>
</context>
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
    <message>
        <source>Not reached</source>
        <translation>Nicht erreicht</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Und noch %n.</numerusform>
            <numerusform>Und noch %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no private key to sign with.</source>
        <translation>Es gibt keinen privaten Schlüssel zum Signieren.</translation>
    </message>
    <message>
        <source>Paste one, choose a file, or generate a key pair.</source>
        <translation>Einen einfügen, eine Datei wählen oder ein Schlüsselpaar erzeugen.</translation>
    </message>
    <message>
        <source>%1 of %1 valid</source>
        <translation>%1 von %1 gültig</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %1 valid, %n with a remark</source>
        <translation>
            <numerusform>%1 von %1 gültig, %n mit einer Anmerkung</numerusform>
            <numerusform>%1 von %1 gültig, %n mit einer Anmerkung</numerusform>
        </translation>
    </message>
    <message>
        <source>, clock offset %1 s</source>
        <translation>, Uhrenabweichung %1 s</translation>
    </message>
    <message>
        <source>SMART configuration found%1</source>
        <translation>SMART-Konfiguration gefunden%1</translation>
    </message>
    <message>
        <source>Token endpoint taken from the CapabilityStatement%1. Tried: %2</source>
        <translation>Token-Endpoint aus dem CapabilityStatement genommen%1. Versucht: %2</translation>
    </message>
    <message>
        <source>The server has no SMART configuration; it may be an older version.</source>
        <translation>Der Server hat keine SMART-Konfiguration; vielleicht ist es eine ältere Version.</translation>
    </message>
    <message>
        <source>Token endpoint guessed by Epic&apos;s path rule%1. Tried: %2</source>
        <translation>Token-Endpoint nach der Pfadregel von Epic erraten%1. Versucht: %2</translation>
    </message>
    <message>
        <source>If the token is refused, check the path of the FHIR base URL.</source>
        <translation>Wird das Token verweigert, den Pfad der FHIR-Base-URL prüfen.</translation>
    </message>
    <message>
        <source>The given token endpoint is the server&apos;s own%1</source>
        <translation>Der angegebene Token-Endpoint ist der des Servers selbst%1</translation>
    </message>
    <message>
        <source>Token endpoint as given; the server does not confirm it%1. %2</source>
        <translation>Token-Endpoint wie angegeben; der Server bestätigt ihn nicht%1. %2</translation>
    </message>
    <message>
        <source>Leave the token endpoint empty where the server can be asked for it.</source>
        <translation>Den Token-Endpoint leer lassen, wo der Server danach gefragt werden kann.</translation>
    </message>
    <message>
        <source>Token endpoint as given; the server itself names %1</source>
        <translation>Token-Endpoint wie angegeben; der Server selbst nennt %1</translation>
    </message>
    <message>
        <source>Leave the token endpoint empty to use the server&apos;s own.</source>
        <translation>Den Token-Endpoint leer lassen, um den des Servers zu verwenden.</translation>
    </message>
    <message>
        <source>The signature does not verify with the key&apos;s own public half.</source>
        <translation>Die Signatur lässt sich mit der öffentlichen Hälfte des Schlüssels nicht bestätigen.</translation>
    </message>
    <message>
        <source>The key may be damaged: replace it.</source>
        <translation>Der Schlüssel ist vielleicht beschädigt: ihn ersetzen.</translation>
    </message>
    <message>
        <source>%1, kid %2, expires in %3</source>
        <translation>%1, kid %2, läuft ab in %3</translation>
    </message>
    <message>
        <source>, by the server&apos;s clock (%1 s)</source>
        <translation>, nach der Uhr des Servers (%1 s)</translation>
    </message>
    <message>
        <source>; the first try was refused (%1, invalid_client)</source>
        <translation>; der erste Versuch wurde abgelehnt (%1, invalid_client)</translation>
    </message>
    <message>
        <source>The server refuses now and then for no reason: try such requests again.</source>
        <translation>Der Server lehnt hin und wieder ohne Grund ab: solche Anfragen noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 %2, without a reason</source>
        <translation>%1 %2, ohne Begründung</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2: %3</translation>
    </message>
    <message>
        <source>See the likely causes.</source>
        <translation>Siehe die wahrscheinlichen Ursachen.</translation>
    </message>
    <message>
        <source>%1: the token endpoint redirects to %2. The assertion was not sent there.</source>
        <translation>%1: Der Token-Endpoint leitet weiter zu %2. Die Assertion wurde dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>Check the FHIR base URL, or give the right token endpoint under Advanced.</source>
        <translation>Die FHIR-Base-URL prüfen oder unter „Erweitert“ den richtigen Token-Endpoint angeben.</translation>
    </message>
    <message>
        <source>The token endpoint answered with status %1 and no OAuth error.</source>
        <translation>Der Token-Endpoint antwortete mit Status %1 und ohne OAuth-Fehler.</translation>
    </message>
    <message>
        <source>It may not be a token endpoint: check the path.</source>
        <translation>Vielleicht ist es kein Token-Endpoint: den Pfad prüfen.</translation>
    </message>
    <message>
        <source>, expires in %1</source>
        <translation>, läuft ab in %1</translation>
    </message>
    <message>
        <source>, %1 of %2 scopes granted</source>
        <translation>, %1 von %2 Scopes gewährt</translation>
    </message>
    <message numerus="yes">
        <source>, %n scope(s) granted</source>
        <translation>
            <numerusform>, %n Scope gewährt</numerusform>
            <numerusform>, %n Scopes gewährt</numerusform>
        </translation>
    </message>
    <message>
        <source>; not %1</source>
        <translation>; nicht %1</translation>
    </message>
    <message>
        <source>Tick the missing APIs for this client ID and this environment, and wait for the sync.</source>
        <translation>Die fehlenden APIs für diese Client-ID und diese Umgebung ankreuzen und den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>/metadata: %1</source>
        <translation>/metadata: %1</translation>
    </message>
    <message numerus="yes">
        <source>/metadata: 200, FHIR %1, %n resource type(s)</source>
        <translation>
            <numerusform>/metadata: 200, FHIR %1, %n Ressourcentyp</numerusform>
            <numerusform>/metadata: 200, FHIR %1, %n Ressourcentypen</numerusform>
        </translation>
    </message>
    <message>
        <source>The server&apos;s CapabilityStatement could not be read.</source>
        <translation>Das CapabilityStatement des Servers war nicht lesbar.</translation>
    </message>
    <message>
        <source>The server speaks FHIR %1, not R4.</source>
        <translation>Der Server spricht FHIR %1, nicht R4.</translation>
    </message>
    <message>
        <source>Use the address that ends in R4.</source>
        <translation>Die Adresse verwenden, die auf R4 endet.</translation>
    </message>
    <message>
        <source>This is not a FHIR R4 server: use the address that ends in R4.</source>
        <translation>Das ist kein FHIR-R4-Server: die Adresse verwenden, die auf R4 endet.</translation>
    </message>
</context>
<context>
    <name>Credential</name>
    <message>
        <source>A saved credential can&apos;t be read.</source>
        <translation>Ein gespeichertes Credential ist nicht lesbar.</translation>
    </message>
    <message>
        <source>It may have been written by a newer version of Credenza.</source>
        <translation>Vielleicht wurde es von einer neueren Version von Credenza geschrieben.</translation>
    </message>
</context>
<context>
    <name>CredentialDraft</name>
    <message>
        <source>The member &quot;%1&quot; must be %2.</source>
        <translation>Das Feld „%1“ muss %2 sein.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>eine Liste von Texten</translation>
    </message>
    <message>
        <source>a text in PEM form</source>
        <translation>ein Text im PEM-Format</translation>
    </message>
    <message>
        <source>There is no member &quot;%1&quot;.</source>
        <translation>Ein Feld „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The fields must be one JSON object.</source>
        <translation>Die Felder müssen ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>The fields are not valid JSON: %1 at byte %2.</source>
        <translation>Die Felder sind kein gültiges JSON: %1 bei Byte %2.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>Known are name, description, connector, fhirBaseUrl, clientId, privateKey, keyId, algorithm, tokenEndpoint, jwkSetUrl, proxy, scopes, tags, notes, favorite and keyExpiresAt.</source>
        <translation>Bekannt sind name, description, connector, fhirBaseUrl, clientId, privateKey, keyId, algorithm, tokenEndpoint, jwkSetUrl, proxy, scopes, tags, notes, favorite und keyExpiresAt.</translation>
    </message>
</context>
<context>
    <name>DatabaseFileText</name>
    <message>
        <source>its pages can&apos;t be given checksums.</source>
        <translation>seine Seiten lassen sich nicht mit Prüfsummen versehen.</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>This is not the client ID that passed here with this key</source>
        <translation>Das ist nicht die Client-ID, die hier mit diesem Schlüssel bestanden hat</translation>
    </message>
    <message>
        <source>With %1 the same key passed at this address, %2 ago</source>
        <translation>Mit %1 hat derselbe Schlüssel an dieser Adresse bestanden, vor %2</translation>
    </message>
    <message>
        <source>Compare the two client IDs, and copy it again from the app&apos;s page.</source>
        <translation>Die beiden Client-IDs vergleichen und sie von der Seite der App neu kopieren.</translation>
    </message>
    <message>
        <source>; the server lists SMART 2 scopes only</source>
        <translation>; der Server nennt nur Scopes von SMART 2</translation>
    </message>
    <message>
        <source>; the server lists SMART 1 scopes only</source>
        <translation>; der Server nennt nur Scopes von SMART 1</translation>
    </message>
    <message>
        <source>The server does not grant one of the scopes</source>
        <translation>Der Server gewährt einen der Scopes nicht</translation>
    </message>
    <message>
        <source>; asked one by one it refuses %1</source>
        <translation>; einzeln gefragt lehnt er %1 ab</translation>
    </message>
    <message>
        <source>Leave out or rename: %1</source>
        <translation>Weglassen oder umbenennen: %1</translation>
    </message>
    <message>
        <source>; without scope it grants %1</source>
        <translation>; ohne scope gewährt er %1</translation>
    </message>
    <message>
        <source>Write scopes as system/Patient.rs.</source>
        <translation>Scopes in der Form system/Patient.rs schreiben.</translation>
    </message>
    <message>
        <source>Test with fewer scopes to find the one. Some servers know only system/Patient.read, some only system/Patient.rs.</source>
        <translation>Mit weniger Scopes testen, um den einen zu finden. Manche Server kennen nur system/Patient.read, manche nur system/Patient.rs.</translation>
    </message>
    <message>
        <source>The API is not ticked for this client, or not synced yet</source>
        <translation>Die API ist für diesen Client nicht angekreuzt oder noch nicht abgeglichen</translation>
    </message>
    <message>
        <source>403 with an empty body, although a token was granted</source>
        <translation>403 ohne Inhalt, obwohl ein Token gewährt wurde</translation>
    </message>
    <message>
        <source>403, although a token was granted</source>
        <translation>403, obwohl ein Token gewährt wurde</translation>
    </message>
    <message>
        <source>The token lacks scopes</source>
        <translation>Dem Token fehlen Scopes</translation>
    </message>
    <message>
        <source>The token was granted without any scope</source>
        <translation>Das Token wurde ganz ohne Scope gewährt</translation>
    </message>
    <message>
        <source>Asked for and not granted: %1</source>
        <translation>Gefragt und nicht gewährt: %1</translation>
    </message>
    <message>
        <source>Tick the APIs for this client ID and this environment, wait for the sync, then test again.</source>
        <translation>Die APIs für diese Client-ID und diese Umgebung ankreuzen, den Abgleich abwarten, dann noch einmal testen.</translation>
    </message>
    <message>
        <source>Break-the-Glass keeps this record closed</source>
        <translation>Break-the-Glass hält diese Akte verschlossen</translation>
    </message>
    <message>
        <source>This is the hospital&apos;s policy: do not retry; search for other patients.</source>
        <translation>So will es das Krankenhaus: nicht wiederholen, sondern nach anderen Patienten suchen.</translation>
    </message>
    <message>
        <source>The daily limit is reached</source>
        <translation>Das Tageslimit ist erreicht</translation>
    </message>
    <message>
        <source>Stop for today.</source>
        <translation>Für heute aufhören.</translation>
    </message>
    <message>
        <source>The server does not take application/fhir+json</source>
        <translation>Der Server nimmt application/fhir+json nicht an</translation>
    </message>
    <message>
        <source>Status %1</source>
        <translation>Status %1</translation>
    </message>
    <message>
        <source>A proxy may change the Accept header, or the server speaks XML only; ask its operator.</source>
        <translation>Ein Proxy ändert vielleicht den Accept-Header, oder der Server spricht nur XML; den Betreiber fragen.</translation>
    </message>
    <message>
        <source>This is not a FHIR R4 server</source>
        <translation>Das ist kein FHIR-R4-Server</translation>
    </message>
    <message>
        <source>Use the address that ends in R4, if the server has one.</source>
        <translation>Die Adresse verwenden, die auf R4 endet, falls der Server eine hat.</translation>
    </message>
    <message>
        <source>The answer is larger than any answer to this request should be</source>
        <translation>Die Antwort ist größer, als eine Antwort auf diese Anfrage sein sollte</translation>
    </message>
    <message>
        <source>Check that the address is the FHIR server&apos;s; tell its operator.</source>
        <translation>Prüfen, ob die Adresse die des FHIR-Servers ist; dem Betreiber Bescheid geben.</translation>
    </message>
    <message>
        <source>The background user lacks rights</source>
        <translation>Dem Background User fehlen Rechte</translation>
    </message>
    <message>
        <source>The client may not use this part of the API</source>
        <translation>Der Client darf diesen Teil der API nicht verwenden</translation>
    </message>
    <message>
        <source>Token and FHIR server belong to different environments</source>
        <translation>Token und FHIR-Server gehören zu verschiedenen Umgebungen</translation>
    </message>
    <message>
        <source>The token came from %1, the FHIR server is %2</source>
        <translation>Das Token kam von %1, der FHIR-Server ist %2</translation>
    </message>
    <message>
        <source>401 with a token that was issued a moment ago</source>
        <translation>401 mit einem eben erst ausgestellten Token</translation>
    </message>
    <message>
        <source>Check that the FHIR base URL and the token endpoint are the same environment&apos;s.</source>
        <translation>Prüfen, ob FHIR-Base-URL und Token-Endpoint zur selben Umgebung gehören.</translation>
    </message>
    <message>
        <source>This path is not the FHIR server&apos;s</source>
        <translation>Dieser Pfad ist nicht der des FHIR-Servers</translation>
    </message>
    <message>
        <source>Check the path of the FHIR base URL: the token was granted, so client and key are right.</source>
        <translation>Den Pfad der FHIR-Base-URL prüfen: das Token wurde gewährt, also stimmen Client und Schlüssel.</translation>
    </message>
    <message>
        <source>The server is in trouble or too busy</source>
        <translation>Der Server hat Schwierigkeiten oder ist überlastet</translation>
    </message>
    <message>
        <source>%1; it asks to wait: %2</source>
        <translation>%1; er bittet zu warten: %2</translation>
    </message>
    <message>
        <source>Try again later; if it stays so, tell the server&apos;s operator.</source>
        <translation>Später noch einmal versuchen; bleibt es so, dem Betreiber des Servers Bescheid geben.</translation>
    </message>
    <message>
        <source>A field is not valid</source>
        <translation>Ein Feld ist nicht gültig</translation>
    </message>
    <message>
        <source>The key can&apos;t make this signature</source>
        <translation>Der Schlüssel kann diese Signatur nicht leisten</translation>
    </message>
    <message>
        <source>The host name is unknown</source>
        <translation>Der Hostname ist unbekannt</translation>
    </message>
    <message>
        <source>Check the spelling of the host. Non-production hosts of hospitals are often visible only in their VPN.</source>
        <translation>Die Schreibweise des Hosts prüfen. Testsysteme von Krankenhäusern sind oft nur in deren VPN sichtbar.</translation>
    </message>
    <message>
        <source>Nobody listens there</source>
        <translation>Dort nimmt niemand Verbindungen an</translation>
    </message>
    <message>
        <source>Check host and port; ask whether the server is up.</source>
        <translation>Host und Port prüfen; fragen, ob der Server läuft.</translation>
    </message>
    <message>
        <source>A firewall, or a server that admits only known addresses</source>
        <translation>Eine Firewall, oder ein Server, der nur bekannte Adressen zulässt</translation>
    </message>
    <message>
        <source>Try once more. If it stays so, give the hospital the IP address you connect from, or use its VPN.</source>
        <translation>Noch einmal versuchen. Bleibt es so, dem Krankenhaus die IP-Adresse nennen, von der die Verbindung kommt, oder dessen VPN verwenden.</translation>
    </message>
    <message>
        <source>Your network inspects TLS connections</source>
        <translation>Dieses Netz untersucht TLS-Verbindungen</translation>
    </message>
    <message>
        <source>The certificate&apos;s issuer is not trusted</source>
        <translation>Dem Aussteller des Zertifikats wird nicht vertraut</translation>
    </message>
    <message>
        <source>Get that issuer&apos;s CA certificate from your administrator and add it under Advanced, CA certificates.</source>
        <translation>Das CA-Zertifikat dieses Ausstellers von der Administration holen und unter „Erweitert“, CA-Zertifikate, hinzufügen.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate can&apos;t be accepted</source>
        <translation>Das Zertifikat des Servers ist nicht annehmbar</translation>
    </message>
    <message>
        <source>The proxy does not let the request through</source>
        <translation>Der Proxy lässt die Anfrage nicht durch</translation>
    </message>
    <message>
        <source>Check address, user name and password of the proxy under Advanced.</source>
        <translation>Adresse, Benutzername und Passwort des Proxys unter „Erweitert“ prüfen.</translation>
    </message>
    <message>
        <source>The FHIR base URL is not the right one</source>
        <translation>Die FHIR-Base-URL ist nicht die richtige</translation>
    </message>
    <message>
        <source>%1; %2 answers with FHIR %3</source>
        <translation>%1; %2 antwortet mit FHIR %3</translation>
    </message>
    <message>
        <source>Use %1.</source>
        <translation>%1 verwenden.</translation>
    </message>
    <message>
        <source>This server seems not to offer R4: ask its operator for the R4 address.</source>
        <translation>Dieser Server scheint R4 nicht anzubieten: den Betreiber nach der R4-Adresse fragen.</translation>
    </message>
    <message>
        <source>Take the base from the organization&apos;s entry in Epic&apos;s endpoint directory (open.epic.com/Endpoints/R4), to the letter: paths differ in case.</source>
        <translation>Die Base-URL buchstabengetreu aus dem Eintrag der Organisation in Epics Endpoint-Verzeichnis (open.epic.com/Endpoints/R4) nehmen: bei Pfaden zählt Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>Discovery found nothing, and the token endpoint guessed from the path answered %1</source>
        <translation>Discovery fand nichts, und der aus dem Pfad erratene Token-Endpoint antwortete %1</translation>
    </message>
    <message>
        <source>%1 answered %2</source>
        <translation>%1 antwortete %2</translation>
    </message>
    <message>
        <source>Check the path of the FHIR base URL against Epic&apos;s endpoint directory (open.epic.com/Endpoints/R4).</source>
        <translation>Den Pfad der FHIR-Base-URL mit Epics Endpoint-Verzeichnis (open.epic.com/Endpoints/R4) vergleichen.</translation>
    </message>
    <message>
        <source>The server answers in XML</source>
        <translation>Der Server antwortet in XML</translation>
    </message>
    <message>
        <source>It ignores Accept: application/fhir+json, or a proxy removes it. Give the token endpoint under Advanced, and ask the operator for JSON.</source>
        <translation>Er beachtet Accept: application/fhir+json nicht, oder ein Proxy entfernt es. Den Token-Endpoint unter „Erweitert“ angeben und den Betreiber um JSON bitten.</translation>
    </message>
    <message>
        <source>The given token endpoint is no token endpoint</source>
        <translation>Der angegebene Token-Endpoint ist kein Token-Endpoint</translation>
    </message>
    <message>
        <source>%1 answered %2 without an OAuth error</source>
        <translation>%1 antwortete %2 ohne OAuth-Fehler</translation>
    </message>
    <message>
        <source>Clear the token endpoint under Advanced to have it discovered.</source>
        <translation>Den Token-Endpoint unter „Erweitert“ leeren, damit er gesucht wird.</translation>
    </message>
    <message>
        <source>Use %1, which the server names.</source>
        <translation>%1 verwenden, wie der Server es nennt.</translation>
    </message>
    <message>
        <source>This is the authorize endpoint, not the token endpoint</source>
        <translation>Das ist der Authorize-Endpoint, nicht der Token-Endpoint</translation>
    </message>
    <message>
        <source>Epic&apos;s page “Something went wrong trying to authorize the client”</source>
        <translation>Epics Seite „Something went wrong trying to authorize the client“</translation>
    </message>
    <message>
        <source>The path ends in /authorize</source>
        <translation>Der Pfad endet auf /authorize</translation>
    </message>
    <message>
        <source>The address must end in /token. Clear the override under Advanced.</source>
        <translation>Die Adresse muss auf /token enden. Die Vorgabe unter „Erweitert“ leeren.</translation>
    </message>
    <message>
        <source>A firewall, login page or captive portal answered</source>
        <translation>Eine Firewall, Anmeldeseite oder ein Captive Portal antwortete</translation>
    </message>
    <message>
        <source>A web page with status %1</source>
        <translation>Eine Webseite mit Status %1</translation>
    </message>
    <message>
        <source>A web page with status %1 from “%2”</source>
        <translation>Eine Webseite mit Status %1 von „%2“</translation>
    </message>
    <message>
        <source>Open the FHIR base URL in a browser on this computer. If a page asks you to log in, this network or the hospital&apos;s firewall is in the way: use its VPN, or give it the IP address you connect from.</source>
        <translation>Die FHIR-Base-URL auf diesem Computer im Browser öffnen. Verlangt eine Seite eine Anmeldung, steht dieses Netz oder die Firewall des Krankenhauses im Weg: dessen VPN verwenden oder ihm die IP-Adresse nennen, von der die Verbindung kommt.</translation>
    </message>
    <message>
        <source>The token endpoint has moved, or a login page is in the way</source>
        <translation>Der Token-Endpoint ist umgezogen, oder eine Anmeldeseite steht im Weg</translation>
    </message>
    <message>
        <source>Ask discovery again with the address it points to, if that is the same organization&apos;s.</source>
        <translation>Discovery noch einmal mit der Adresse fragen, auf die er verweist, falls sie derselben Organisation gehört.</translation>
    </message>
    <message>
        <source>What answered is not a SMART token endpoint</source>
        <translation>Was antwortete, ist kein SMART-Token-Endpoint</translation>
    </message>
    <message>
        <source>Compare the token endpoint with the one in the server&apos;s SMART configuration.</source>
        <translation>Den Token-Endpoint mit dem in der SMART-Konfiguration des Servers vergleichen.</translation>
    </message>
    <message>
        <source>The token endpoint has a “?” in it</source>
        <translation>Der Token-Endpoint enthält ein „?“</translation>
    </message>
    <message>
        <source>Something on the way changes the request</source>
        <translation>Unterwegs wird die Anfrage verändert</translation>
    </message>
    <message>
        <source>Remove everything from the “?” on.</source>
        <translation>Alles ab dem „?“ entfernen.</translation>
    </message>
    <message>
        <source>A proxy may rewrite the form, or this server wants a parameter that SMART does not have. Compare what was sent with the server&apos;s documentation.</source>
        <translation>Vielleicht schreibt ein Proxy das Formular um, oder dieser Server will einen Parameter, den SMART nicht kennt. Was gesendet wurde mit der Dokumentation des Servers vergleichen.</translation>
    </message>
    <message>
        <source>This token endpoint does not serve backend services</source>
        <translation>Dieser Token-Endpoint bedient keine Backend Services</translation>
    </message>
    <message>
        <source>Check that the address is the token endpoint of this FHIR server.</source>
        <translation>Prüfen, ob die Adresse der Token-Endpoint dieses FHIR-Servers ist.</translation>
    </message>
    <message>
        <source>This group was exported less than 24 hours ago</source>
        <translation>Diese Gruppe wurde vor weniger als 24 Stunden exportiert</translation>
    </message>
    <message>
        <source>The server says that the client requested this group too recently</source>
        <translation>Der Server sagt, der Client habe diese Gruppe vor zu kurzer Zeit angefragt</translation>
    </message>
    <message>
        <source>Export it again 24 hours after the last kick-off.</source>
        <translation>Sie 24 Stunden nach dem letzten Kick-off erneut exportieren.</translation>
    </message>
    <message>
        <source>One of the four bulk APIs is not ticked</source>
        <translation>Eine der vier Bulk-APIs ist nicht angekreuzt</translation>
    </message>
    <message>
        <source>Status 403</source>
        <translation>Status 403</translation>
    </message>
    <message>
        <source>Tick kick-off, status, file and delete requests for this client, and wait for the sync.</source>
        <translation>Kick-off-, Status-, Datei- und Löschanfragen für diesen Client ankreuzen und den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>The token is older than the export</source>
        <translation>Das Token ist älter als der Export</translation>
    </message>
    <message>
        <source>Status 401</source>
        <translation>Status 401</translation>
    </message>
    <message>
        <source>Get a new token before polling and before each file.</source>
        <translation>Vor der Statusabfrage und vor jeder Datei ein neues Token holen.</translation>
    </message>
    <message>
        <source>The export was cleaned up already</source>
        <translation>Der Export wurde schon aufgeräumt</translation>
    </message>
    <message>
        <source>Status 404 for DELETE</source>
        <translation>Status 404 auf DELETE</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>Es ist nichts zu tun.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong</source>
        <translation>Die Uhr dieses Computers geht falsch</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 s ahead of this one</source>
        <translation>Die Uhr des Servers geht dieser um %1 s vor</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 s behind this one</source>
        <translation>Die Uhr des Servers geht dieser um %1 s nach</translation>
    </message>
    <message>
        <source>The server finds the assertion&apos;s times wrong</source>
        <translation>Der Server hält die Zeiten der Assertion für falsch</translation>
    </message>
    <message>
        <source>Compare this computer&apos;s clock with the server&apos;s.</source>
        <translation>Die Uhr dieses Computers mit der des Servers vergleichen.</translation>
    </message>
    <message>
        <source>aud is not the server&apos;s token endpoint</source>
        <translation>aud ist nicht der Token-Endpoint des Servers</translation>
    </message>
    <message>
        <source>The assertion is for %1, the server names %2. %3</source>
        <translation>Die Assertion gilt für %1, der Server nennt %2. %3</translation>
    </message>
    <message>
        <source>Clear the token endpoint under Advanced, or use the server&apos;s to the letter.</source>
        <translation>Den Token-Endpoint unter „Erweitert“ leeren oder den des Servers buchstabengetreu verwenden.</translation>
    </message>
    <message>
        <source>The server does not accept this audience</source>
        <translation>Der Server nimmt diese Audience nicht an</translation>
    </message>
    <message>
        <source>The server may stand behind a proxy and not know its outer address: ask its operator to accept %1 as audience.</source>
        <translation>Der Server steht vielleicht hinter einem Proxy und kennt seine äußere Adresse nicht: den Betreiber bitten, %1 als Audience anzunehmen.</translation>
    </message>
    <message>
        <source>The server names two token endpoints</source>
        <translation>Der Server nennt zwei Token-Endpoints</translation>
    </message>
    <message>
        <source>The assertion is for %1, the CapabilityStatement names %2</source>
        <translation>Die Assertion gilt für %1, das CapabilityStatement nennt %2</translation>
    </message>
    <message>
        <source>Give the other one under Advanced, token endpoint, and test again; ask the operator which belongs in aud.</source>
        <translation>Den anderen unter „Erweitert“, Token-Endpoint, angeben und noch einmal testen; den Betreiber fragen, welcher in aud gehört.</translation>
    </message>
    <message>
        <source>aud may not be what the server expects</source>
        <translation>aud ist vielleicht nicht, was der Server erwartet</translation>
    </message>
    <message>
        <source>The token endpoint %1 is not confirmed by the server</source>
        <translation>Der Token-Endpoint %1 ist vom Server nicht bestätigt</translation>
    </message>
    <message>
        <source>Ask the operator which token endpoint, byte for byte, belongs in aud.</source>
        <translation>Den Betreiber fragen, welcher Token-Endpoint Byte für Byte in aud gehört.</translation>
    </message>
    <message>
        <source>This is the sandbox client ID</source>
        <translation>Das ist die Client-ID der Sandbox</translation>
    </message>
    <message>
        <source>This is the client ID of another environment</source>
        <translation>Das ist die Client-ID einer anderen Umgebung</translation>
    </message>
    <message>
        <source>The same ID passed at %1, %2 ago</source>
        <translation>Mit derselben ID gelang es bei %1, vor %2</translation>
    </message>
    <message>
        <source>Copy Client ID from My Apps, not the Non-Production Client ID.</source>
        <translation>Aus „My Apps“ die Client ID kopieren, nicht die Non-Production Client ID.</translation>
    </message>
    <message>
        <source>Copy the client ID that belongs to this environment: production and non-production differ.</source>
        <translation>Die Client-ID kopieren, die zu dieser Umgebung gehört: Produktion und Nicht-Produktion unterscheiden sich.</translation>
    </message>
    <message>
        <source>The server does not know the new public key yet</source>
        <translation>Der Server kennt den neuen öffentlichen Schlüssel noch nicht</translation>
    </message>
    <message>
        <source>The key is %1 old; Epic&apos;s sandbox takes up to an hour</source>
        <translation>Der Schlüssel ist %1 alt; Epics Sandbox braucht bis zu einer Stunde</translation>
    </message>
    <message>
        <source>The key is %1 old; copying to production takes up to 12 hours</source>
        <translation>Der Schlüssel ist %1 alt; die Übernahme in die Produktion dauert bis zu 12 Stunden</translation>
    </message>
    <message>
        <source>Check that the public key is registered, wait, then test again.</source>
        <translation>Prüfen, ob der öffentliche Schlüssel registriert ist, warten, dann noch einmal testen.</translation>
    </message>
    <message>
        <source>The server refuses now and then for no reason</source>
        <translation>Der Server lehnt hin und wieder ohne Grund ab</translation>
    </message>
    <message>
        <source>The same credential passed %1 ago</source>
        <translation>Mit demselben Credential gelang es vor %1</translation>
    </message>
    <message>
        <source>Test again in a minute; each try signs a new assertion.</source>
        <translation>In einer Minute noch einmal testen; jeder Versuch signiert eine neue Assertion.</translation>
    </message>
    <message>
        <source>The server does not take %1</source>
        <translation>Der Server nimmt %1 nicht an</translation>
    </message>
    <message>
        <source>It lists %1</source>
        <translation>Er nennt %1</translation>
    </message>
    <message>
        <source>Choose one of those under Advanced.</source>
        <translation>Unter „Erweitert“ einen davon wählen.</translation>
    </message>
    <message>
        <source>The server does not take this algorithm</source>
        <translation>Der Server nimmt diesen Algorithmus nicht an</translation>
    </message>
    <message>
        <source>Choose another algorithm under Advanced.</source>
        <translation>Unter „Erweitert“ einen anderen Algorithmus wählen.</translation>
    </message>
    <message>
        <source>EC keys need a JWK Set URL at Epic</source>
        <translation>EC-Schlüssel brauchen bei Epic eine JWK-Set-URL</translation>
    </message>
    <message>
        <source>The assertion is signed with %1</source>
        <translation>Die Assertion ist mit %1 signiert</translation>
    </message>
    <message>
        <source>Register a JWK Set URL for this application, or use an RSA key.</source>
        <translation>Für diese Anwendung eine JWK-Set-URL registrieren oder einen RSA-Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>The server finds no key for this kid</source>
        <translation>Der Server findet zu dieser kid keinen Schlüssel</translation>
    </message>
    <message>
        <source>Publish this key under that kid in the JWK Set the server reads, or set the key ID it has there.</source>
        <translation>Diesen Schlüssel unter dieser kid in dem JWK Set veröffentlichen, das der Server liest, oder die Key ID eintragen, die er dort hat.</translation>
    </message>
    <message>
        <source>The server believes to have seen this assertion before</source>
        <translation>Der Server glaubt, diese Assertion schon gesehen zu haben</translation>
    </message>
    <message>
        <source>Test again. If it stays so, something on the way sends requests twice.</source>
        <translation>Noch einmal testen. Bleibt es so, sendet unterwegs etwas die Anfragen zweimal.</translation>
    </message>
    <message>
        <source>The server does not know this client ID</source>
        <translation>Der Server kennt diese Client-ID nicht</translation>
    </message>
    <message>
        <source>Copy the client ID anew from the application&apos;s page, for this environment.</source>
        <translation>Die Client-ID von der Seite der Anwendung neu kopieren, für diese Umgebung.</translation>
    </message>
    <message>
        <source>The server gives a reason</source>
        <translation>Der Server nennt einen Grund</translation>
    </message>
    <message>
        <source>Follow the server&apos;s words.</source>
        <translation>Den Worten des Servers folgen.</translation>
    </message>
    <message>
        <source>This client may not use client_credentials</source>
        <translation>Dieser Client darf client_credentials nicht verwenden</translation>
    </message>
    <message>
        <source>The hospital has not mapped this client to a background user</source>
        <translation>Das Krankenhaus hat diesem Client keinen Background User zugeordnet</translation>
    </message>
    <message>
        <source>Key and client ID were accepted. Send the client ID to the hospital&apos;s Epic team and ask them to map it to a background user.</source>
        <translation>Schlüssel und Client-ID wurden angenommen. Die Client-ID an das Epic-Team des Krankenhauses senden und bitten, ihr einen Background User zuzuordnen.</translation>
    </message>
    <message>
        <source>The registered key is another one, or has another kid</source>
        <translation>Der registrierte Schlüssel ist ein anderer oder hat eine andere kid</translation>
    </message>
    <message>
        <source>Register a JWK Set URL: Epic no longer takes keys that were only uploaded (2026). Compare the thumbprint with the key there, or the certificate&apos;s SHA-1 in the portal.</source>
        <translation>Eine JWK-Set-URL registrieren: Epic nimmt Schlüssel, die nur hochgeladen wurden, nicht mehr an (2026). Den Thumbprint mit dem Schlüssel dort vergleichen oder den SHA-1 des Zertifikats mit dem im Portal.</translation>
    </message>
    <message>
        <source>Compare the thumbprint with the key in the registered JWK Set. The kid must name exactly one key there.</source>
        <translation>Den Thumbprint mit dem Schlüssel im registrierten JWK Set vergleichen. Die kid muss dort genau einen Schlüssel benennen.</translation>
    </message>
    <message>
        <source>This client ID is not set up here as a backend system</source>
        <translation>Diese Client-ID ist hier nicht als Backend-System eingerichtet</translation>
    </message>
    <message>
        <source>The sandbox wants the Non-Production Client ID. On the application&apos;s page choose the user type Backend Systems and tick Use OAuth 2.0.</source>
        <translation>Die Sandbox will die Non-Production Client ID. Auf der Seite der Anwendung als User Type „Backend Systems“ wählen und „Use OAuth 2.0“ ankreuzen.</translation>
    </message>
    <message>
        <source>Production wants the Client ID, sandboxes the Non-Production Client ID. Check the user type Backend Systems and Use OAuth 2.0, and that this hospital has downloaded the application.</source>
        <translation>Die Produktion will die Client ID, Sandboxes die Non-Production Client ID. User Type „Backend Systems“ und „Use OAuth 2.0“ prüfen, und ob dieses Krankenhaus die Anwendung heruntergeladen hat.</translation>
    </message>
    <message>
        <source>This does not look like a client ID of Epic</source>
        <translation>Das sieht nicht nach einer Client-ID von Epic aus</translation>
    </message>
    <message>
        <source>Client ID “%1”; Epic&apos;s have the form of a UUID</source>
        <translation>Client-ID „%1“; die von Epic haben die Form einer UUID</translation>
    </message>
    <message>
        <source>Copy the Client ID, not the application&apos;s name, from its page.</source>
        <translation>Die Client ID von der Seite der Anwendung kopieren, nicht deren Namen.</translation>
    </message>
    <message>
        <source>The token endpoint differs from client to client here</source>
        <translation>Der Token-Endpoint ist hier von Client zu Client verschieden</translation>
    </message>
    <message>
        <source>With Epic-Client-ID discovery names %1, without it %2</source>
        <translation>Mit Epic-Client-ID nennt Discovery %1, ohne %2</translation>
    </message>
    <message>
        <source>The first should be right. If it is not, give the second under Advanced, token endpoint, and tell the hospital.</source>
        <translation>Der erste sollte stimmen. Wenn nicht, den zweiten unter „Erweitert“, Token-Endpoint, angeben und dem Krankenhaus Bescheid geben.</translation>
    </message>
    <message>
        <source>The server refuses the grant, not the client</source>
        <translation>Der Server lehnt den Grant ab, nicht den Client</translation>
    </message>
    <message>
        <source>The application may be registered for users to log in. Have it set up for backend services (client_credentials with a signed assertion), and wait for the sync.</source>
        <translation>Die Anwendung ist vielleicht für die Anmeldung von Personen registriert. Sie für Backend Services einrichten lassen (client_credentials mit signierter Assertion) und den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>Clock %1%2 s</source>
        <translation>Uhr %1%2 s</translation>
    </message>
    <message>
        <source>aud matches</source>
        <translation>aud stimmt</translation>
    </message>
    <message>
        <source>exp %1 min</source>
        <translation>exp %1 min</translation>
    </message>
    <message>
        <source>%1 listed</source>
        <translation>%1 genannt</translation>
    </message>
    <message>
        <source>jti new</source>
        <translation>jti neu</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>no reason</source>
        <translation>kein Grund</translation>
    </message>
    <message>
        <source>Status %1, %2, %3</source>
        <translation>Status %1, %2, %3</translation>
    </message>
    <message>
        <source>The server says: “%1”</source>
        <translation>Der Server sagt: „%1“</translation>
    </message>
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
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>Serve the JWK Set as plain JSON, public, over TLS with a complete certificate chain, without login or redirects.</source>
        <translation>Das JWK Set als einfaches JSON bereitstellen: öffentlich, über TLS mit vollständiger Zertifikatskette, ohne Anmeldung und ohne Weiterleitung.</translation>
    </message>
    <message>
        <source>It answers with a web page</source>
        <translation>Sie antwortet mit einer Webseite</translation>
    </message>
    <message>
        <source>It redirects to %1</source>
        <translation>Sie leitet weiter zu %1</translation>
    </message>
    <message>
        <source>It answers with something that is not JSON</source>
        <translation>Sie antwortet mit etwas, das kein JSON ist</translation>
    </message>
    <message>
        <source>Its JSON has no “keys”</source>
        <translation>Ihr JSON hat kein „keys“</translation>
    </message>
    <message>
        <source>It answers with status %1</source>
        <translation>Sie antwortet mit Status %1</translation>
    </message>
    <message>
        <source>The JWK Set URL serves no JWK Set</source>
        <translation>Die JWK-Set-URL liefert kein JWK Set</translation>
    </message>
    <message>
        <source>The server can&apos;t read the JWK Set</source>
        <translation>Der Server kann das JWK Set nicht lesen</translation>
    </message>
    <message>
        <source>The JWK Set shows a private key</source>
        <translation>Das JWK Set zeigt einen privaten Schlüssel</translation>
    </message>
    <message>
        <source>A key there has private members; anybody can read them</source>
        <translation>Ein Schlüssel dort hat private Teile; alle können sie lesen</translation>
    </message>
    <message>
        <source>Make a new key pair, and publish its public half only.</source>
        <translation>Ein neues Schlüsselpaar anlegen und nur dessen öffentliche Hälfte veröffentlichen.</translation>
    </message>
    <message>
        <source>The kid names more than one key</source>
        <translation>Die kid benennt mehr als einen Schlüssel</translation>
    </message>
    <message numerus="yes">
        <source>%n keys of the JWK Set have it</source>
        <translation>
            <numerusform>%n Schlüssel des JWK Set hat sie</numerusform>
            <numerusform>%n Schlüssel des JWK Set haben sie</numerusform>
        </translation>
    </message>
    <message>
        <source>Give each key there a kid of its own.</source>
        <translation>Jedem Schlüssel dort eine eigene kid geben.</translation>
    </message>
    <message>
        <source>The key is published under another kid</source>
        <translation>Der Schlüssel ist unter einer anderen kid veröffentlicht</translation>
    </message>
    <message>
        <source>The assertion says %1, the JWK Set %2</source>
        <translation>Die Assertion sagt %1, das JWK Set %2</translation>
    </message>
    <message>
        <source>Set the key ID to that of the JWK Set.</source>
        <translation>Als Key ID die des JWK Set eintragen.</translation>
    </message>
    <message>
        <source>The key is not the one that is registered</source>
        <translation>Der Schlüssel ist nicht der registrierte</translation>
    </message>
    <message>
        <source>Compare the thumbprint with the registered key, and register this one or use that one.</source>
        <translation>Den Thumbprint mit dem registrierten Schlüssel vergleichen; diesen registrieren oder jenen verwenden.</translation>
    </message>
    <message>
        <source>The published key of this kid is another one</source>
        <translation>Der unter dieser kid veröffentlichte Schlüssel ist ein anderer</translation>
    </message>
    <message>
        <source>Its thumbprint differs from that of the private key</source>
        <translation>Sein Thumbprint ist ein anderer als der des privaten Schlüssels</translation>
    </message>
    <message>
        <source>Publish this key&apos;s public half, or choose the private key that belongs to it.</source>
        <translation>Die öffentliche Hälfte dieses Schlüssels veröffentlichen oder den dazugehörigen privaten Schlüssel wählen.</translation>
    </message>
    <message>
        <source>The JWK Set does not hold this key</source>
        <translation>Das JWK Set enthält diesen Schlüssel nicht</translation>
    </message>
    <message>
        <source>It is empty</source>
        <translation>Es ist leer</translation>
    </message>
    <message>
        <source>It has other keys: %1</source>
        <translation>Es hat andere Schlüssel: %1</translation>
    </message>
    <message>
        <source>Publish this key&apos;s public half there. A new key is read at once; servers keep old sets for up to 29 hours.</source>
        <translation>Die öffentliche Hälfte dieses Schlüssels dort veröffentlichen. Ein neuer Schlüssel wird sofort gelesen; alte Sets behalten Server bis zu 29 Stunden.</translation>
    </message>
    <message>
        <source>The published key is not meant for signatures</source>
        <translation>Der veröffentlichte Schlüssel ist nicht für Signaturen gedacht</translation>
    </message>
    <message>
        <source>Its “use” is “%1”</source>
        <translation>Sein „use“ ist „%1“</translation>
    </message>
    <message>
        <source>Publish it with “use”: “sig”.</source>
        <translation>Ihn mit „use“: „sig“ veröffentlichen.</translation>
    </message>
    <message>
        <source>The server wants to be asked for scopes</source>
        <translation>Der Server will nach Scopes gefragt werden</translation>
    </message>
    <message>
        <source>Give scopes under Advanced, such as system/Patient.rs or system/*.read.</source>
        <translation>Unter „Erweitert“ Scopes angeben, etwa system/Patient.rs oder system/*.read.</translation>
    </message>
    <message>
        <source>%1, issued by %2</source>
        <translation>%1, ausgestellt von %2</translation>
    </message>
    <message>
        <source>It came with: %1.</source>
        <translation>Mitgeliefert wurde: %1.</translation>
    </message>
    <message>
        <source>The server does not send its whole certificate chain</source>
        <translation>Der Server sendet seine Zertifikatskette nicht vollständig</translation>
    </message>
    <message>
        <source>The last certificate that came is issued by “%1”, whose own did not come</source>
        <translation>Das letzte erhaltene Zertifikat ist von „%1“ ausgestellt, dessen eigenes nicht kam</translation>
    </message>
    <message>
        <source>Browsers repair that silently. Ask the server&apos;s administrator to install the intermediate certificate, or add it under Advanced, CA certificates.</source>
        <translation>Browser ergänzen das stillschweigend. Die Administration des Servers bitten, das Zwischenzertifikat zu installieren, oder es unter „Erweitert“, CA-Zertifikate, hinzufügen.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock by the network (NTP), then test again. Until then exp can be corrected by what was measured: “Correct for the server&apos;s clock”, or --correct-clock on the command line.</source>
        <translation>Die Uhr dieses Computers über das Netz (NTP) stellen, dann noch einmal testen. Bis dahin lässt sich exp um das Gemessene berichtigen: „Nach der Uhr des Servers richten“, oder --correct-clock auf der Kommandozeile.</translation>
    </message>
    <message>
        <source>The server wants this client to prove itself in another way</source>
        <translation>Der Server will, dass sich dieser Client auf andere Weise ausweist</translation>
    </message>
    <message>
        <source>Have the client registered for private_key_jwt (a signed assertion with a public key or JWK Set URL) instead of a secret or a client certificate.</source>
        <translation>Den Client für private_key_jwt registrieren lassen (eine signierte Assertion mit öffentlichem Schlüssel oder JWK-Set-URL), statt für ein Secret oder ein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>A policy of the server keeps this client out</source>
        <translation>Eine Richtlinie des Servers lässt diesen Client nicht ein</translation>
    </message>
    <message>
        <source>Client and key were read. Ask the server&apos;s operator which policy, scope or address list applies to this client.</source>
        <translation>Client und Schlüssel wurden gelesen. Den Betreiber des Servers fragen, welche Richtlinie, welcher Scope oder welche Adressliste für diesen Client gilt.</translation>
    </message>
    <message>
        <source>The server refuses with an error of its own</source>
        <translation>Der Server lehnt mit einem eigenen Fehler ab</translation>
    </message>
    <message>
        <source>Look the error up in the server&apos;s documentation, or copy the report for its support.</source>
        <translation>Den Fehler in der Dokumentation des Servers nachschlagen oder den Bericht für dessen Support kopieren.</translation>
    </message>
    <message>
        <source>This failure is not in the table of known ones</source>
        <translation>Dieser Fehlschlag steht nicht in der Tabelle der bekannten</translation>
    </message>
    <message>
        <source>Copy the report for the server&apos;s support.</source>
        <translation>Den Bericht für den Support des Servers kopieren.</translation>
    </message>
    <message>
        <source>The server can&apos;t reach the JWK Set</source>
        <translation>Der Server kann das JWK Set nicht erreichen</translation>
    </message>
    <message>
        <source>Serve it at a public https: address, and register that.</source>
        <translation>Es unter einer öffentlichen https:-Adresse bereitstellen und diese registrieren.</translation>
    </message>
    <message>
        <source>The FHIR server refuses this search</source>
        <translation>Der FHIR-Server lehnt diese Suche ab</translation>
    </message>
    <message>
        <source>The token was granted, so client and key are right. Follow the server&apos;s words, or copy the report for its support.</source>
        <translation>Das Token wurde gewährt, also stimmen Client und Schlüssel. Den Worten des Servers folgen oder den Bericht für dessen Support kopieren.</translation>
    </message>
    <message>
        <source>Try once more. If it stays so, check that host and port are those of a web server that speaks HTTP/1.1; give the hospital the IP address you connect from, or use its VPN.</source>
        <translation>Noch einmal versuchen. Bleibt es so, prüfen, ob Host und Port die eines Webservers sind, der HTTP/1.1 spricht; dem Krankenhaus die IP-Adresse nennen, von der die Verbindung kommt, oder dessen VPN verwenden.</translation>
    </message>
    <message>
        <source>The certificate is for another host name</source>
        <translation>Das Zertifikat gilt für einen anderen Hostnamen</translation>
    </message>
    <message>
        <source>The certificate has run out, or this computer&apos;s date is wrong</source>
        <translation>Das Zertifikat ist abgelaufen, oder das Datum dieses Computers ist falsch</translation>
    </message>
    <message>
        <source>The server speaks only TLS older than 1.2</source>
        <translation>Der Server spricht nur TLS älter als 1.2</translation>
    </message>
    <message>
        <source>No TLS connection can be made there</source>
        <translation>Dort kommt keine TLS-Verbindung zustande</translation>
    </message>
    <message>
        <source>The FHIR server has moved, or a login page is in the way</source>
        <translation>Der FHIR-Server ist umgezogen, oder eine Anmeldeseite steht im Weg</translation>
    </message>
    <message>
        <source>It points to %1</source>
        <translation>Er verweist auf %1</translation>
    </message>
    <message>
        <source>Use the address it points to, if that is the same organization&apos;s FHIR server; else ask its operator.</source>
        <translation>Die Adresse, auf die er verweist, verwenden, falls sie die des FHIR-Servers derselben Organisation ist; sonst dessen Betreiber fragen.</translation>
    </message>
    <message>
        <source>The token endpoint, or a gateway in front of it, asks for a password. Have the client registered for private_key_jwt, and ask the operator to let token requests pass the gateway.</source>
        <translation>Der Token-Endpoint oder ein Gateway davor verlangt ein Passwort. Den Client für private_key_jwt registrieren lassen und den Betreiber bitten, Token-Anfragen durch das Gateway zu lassen.</translation>
    </message>
    <message>
        <source>The server does not take signed assertions</source>
        <translation>Der Server nimmt keine signierten Assertions an</translation>
    </message>
    <message>
        <source>Ask its operator to allow private_key_jwt for this client, or for the token endpoint that does.</source>
        <translation>Den Betreiber bitten, private_key_jwt für diesen Client zu erlauben, oder nach dem Token-Endpoint fragen, der es erlaubt.</translation>
    </message>
    <message>
        <source>Have the client registered for the grant type client_credentials; Keycloak calls it a service account.</source>
        <translation>Den Client für den Grant Type client_credentials registrieren lassen; Keycloak nennt das Service Account.</translation>
    </message>
    <message>
        <source>The token endpoint names a tenant that is not there</source>
        <translation>Der Token-Endpoint nennt einen Tenant, den es dort nicht gibt</translation>
    </message>
    <message>
        <source>The tenant is a part of the address of the token endpoint: take that from the server&apos;s SMART configuration, or ask its operator.</source>
        <translation>Der Tenant ist ein Teil der Adresse des Token-Endpoints: diese der SMART-Konfiguration des Servers entnehmen oder den Betreiber fragen.</translation>
    </message>
    <message>
        <source>The token endpoint is not protected by TLS</source>
        <translation>Der Token-Endpoint ist nicht durch TLS geschützt</translation>
    </message>
    <message>
        <source>Nothing was sent there. A gateway in front of the server may end TLS without telling it so: ask the operator to publish the https: address, or give that under Advanced, token endpoint.</source>
        <translation>Dorthin wurde nichts gesendet. Vielleicht beendet ein Gateway vor dem Server TLS, ohne es ihm mitzuteilen: den Betreiber bitten, die https:-Adresse zu veröffentlichen, oder diese unter „Erweitert“, Token-Endpoint, angeben.</translation>
    </message>
    <message>
        <source>This FHIR server names no token endpoint</source>
        <translation>Dieser FHIR-Server nennt keinen Token-Endpoint</translation>
    </message>
    <message>
        <source>The address is a FHIR server&apos;s. It may be open to all and need no token, or be protected in another way: ask its operator for the token endpoint, and give it under Advanced.</source>
        <translation>Die Adresse ist die eines FHIR-Servers. Vielleicht ist er für alle offen und braucht kein Token, oder er ist auf andere Weise geschützt: den Betreiber nach dem Token-Endpoint fragen und ihn unter „Erweitert“ angeben.</translation>
    </message>
    <message>
        <source>A gateway wants a login before anything may be asked</source>
        <translation>Ein Gateway verlangt eine Anmeldung, bevor irgendetwas gefragt werden darf</translation>
    </message>
    <message>
        <source>SMART configuration and CapabilityStatement should be open to all. Give the token endpoint under Advanced, with the headers the gateway wants if it needs some, or ask the operator to open both.</source>
        <translation>SMART-Konfiguration und CapabilityStatement sollten für alle offen sein. Den Token-Endpoint unter „Erweitert“ angeben, mit den Headern, die das Gateway verlangt, falls es welche braucht, oder den Betreiber bitten, beide zu öffnen.</translation>
    </message>
    <message>
        <source>The answer came damaged</source>
        <translation>Die Antwort kam beschädigt an</translation>
    </message>
    <message>
        <source>%1 It begins like JSON and does not end so.</source>
        <translation>%1 Sie beginnt wie JSON und endet nicht so.</translation>
    </message>
    <message>
        <source>A proxy on the way cuts or changes answers, or the server writes wrong ones. Test from another network to tell which, then copy the report for its operator.</source>
        <translation>Ein Proxy unterwegs kürzt oder verändert Antworten, oder der Server schreibt falsche. Aus einem anderen Netz testen, um es zu unterscheiden, dann den Bericht für den zuständigen Betreiber kopieren.</translation>
    </message>
    <message>
        <source>The server does not take HTTP/1.1</source>
        <translation>Der Server nimmt HTTP/1.1 nicht an</translation>
    </message>
    <message>
        <source>Ask its operator to let the gateway take HTTP/1.1 as well.</source>
        <translation>Den Betreiber bitten, das Gateway auch HTTP/1.1 annehmen zu lassen.</translation>
    </message>
    <message>
        <source>The server wants a client certificate (mutual TLS)</source>
        <translation>Der Server verlangt ein Client-Zertifikat (Mutual TLS)</translation>
    </message>
    <message>
        <source>Backend services prove themselves by a signed assertion. Ask the operator for an address without mutual TLS, or to admit this client without a certificate.</source>
        <translation>Backend Services weisen sich durch eine signierte Assertion aus. Den Betreiber um eine Adresse ohne Mutual TLS bitten oder darum, diesen Client ohne Zertifikat zuzulassen.</translation>
    </message>
    <message>
        <source>A gateway wants a client certificate (mutual TLS)</source>
        <translation>Ein Gateway verlangt ein Client-Zertifikat (Mutual TLS)</translation>
    </message>
    <message>
        <source>Status %1 from the gateway</source>
        <translation>Status %1 vom Gateway</translation>
    </message>
    <message>
        <source>The port speaks https, and was asked in http</source>
        <translation>Der Port spricht https und wurde in http gefragt</translation>
    </message>
    <message>
        <source>Write the address with https:.</source>
        <translation>Die Adresse mit https: schreiben.</translation>
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
    <name>EndpointDirectory</name>
    <message>
        <source>This is no list of endpoints.</source>
        <translation>Das ist keine Liste von Endpoints.</translation>
    </message>
    <message>
        <source>Take the JSON that the vendor publishes: a Bundle of Endpoint resources.</source>
        <translation>Das JSON nehmen, das der Hersteller veröffentlicht: ein Bundle von Endpoint-Ressourcen.</translation>
    </message>
    <message>
        <source>There is no endpoint in this list that can be used.</source>
        <translation>In dieser Liste ist kein verwendbarer Endpoint.</translation>
    </message>
    <message>
        <source>Take the list of R4 endpoints.</source>
        <translation>Die Liste der R4-Endpoints nehmen.</translation>
    </message>
    <message>
        <source>The list can&apos;t be had now: status %1.</source>
        <translation>Die Liste ist jetzt nicht zu haben: Status %1.</translation>
    </message>
    <message>
        <source>Try again later, or open the list from a file.</source>
        <translation>Später noch einmal versuchen oder die Liste aus einer Datei öffnen.</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Any program for the age format opens it: age -d FILE.</source>
        <translation>Jedes Programm für das age-Format öffnet sie: age -d FILE.</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>Es gibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Name at least one credential.</source>
        <translation>Mindestens ein Credential nennen.</translation>
    </message>
    <message>
        <source>There is no format “%1”.</source>
        <translation>Ein Format „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Add --help to see the formats.</source>
        <translation>Mit --help die Formate anzeigen.</translation>
    </message>
    <message>
        <source>‹hidden, about %1 characters›</source>
        <translation>‹verborgen, etwa %1 Zeichen›</translation>
    </message>
</context>
<context>
    <name>ExportFormat</name>
    <message>
        <source>AWS Secrets Manager</source>
        <translation>AWS Secrets Manager</translation>
    </message>
    <message>
        <source>JSON for a secret&apos;s text</source>
        <translation>JSON für den Text eines Secrets</translation>
    </message>
    <message>
        <source>Store it with: aws secretsmanager create-secret --name epic/NAME --secret-string file://FILE.</source>
        <translation>Speichern mit: aws secretsmanager create-secret --name epic/NAME --secret-string file://FILE.</translation>
    </message>
    <message>
        <source>Bruno environment</source>
        <translation>Bruno-Umgebung</translation>
    </message>
    <message>
        <source>Variables, and the key beside them</source>
        <translation>Variablen, und der Schlüssel daneben</translation>
    </message>
    <message>
        <source>Put the file into environments/ of the collection. Bruno keeps no secret in it: give the key with --env-var privateKey=&quot;$(cat FILE.private-key.pem)&quot;.</source>
        <translation>Die Datei in environments/ der Collection legen. Bruno bewahrt kein Geheimnis darin auf: den Schlüssel mit --env-var privateKey=&quot;$(cat FILE.private-key.pem)&quot; übergeben.</translation>
    </message>
    <message>
        <source>bulk-data-client must be told the token endpoint, and “%1” has none.</source>
        <translation>bulk-data-client muss den Token-Endpoint kennen, und „%1“ hat keinen.</translation>
    </message>
    <message>
        <source>Enter it under Advanced, as a test of the connection shows it.</source>
        <translation>Ihn unter „Erweitert“ eintragen, wie ein Verbindungstest ihn zeigt.</translation>
    </message>
    <message>
        <source>bulk-data-client</source>
        <translation>bulk-data-client</translation>
    </message>
    <message>
        <source>Configuration of the SMART reference client</source>
        <translation>Konfiguration des SMART-Referenz-Clients</translation>
    </message>
    <message>
        <source>bulk-data-client looks for its configuration below its own folder: give it an absolute path.</source>
        <translation>bulk-data-client sucht seine Konfiguration unterhalb seines eigenen Ordners: einen absoluten Pfad angeben.</translation>
    </message>
    <message>
        <source>dotenv</source>
        <translation>dotenv</translation>
    </message>
    <message>
        <source>.env with the key as one line</source>
        <translation>.env mit dem Schlüssel in einer Zeile</translation>
    </message>
    <message>
        <source>Programs that don&apos;t turn \n into line breaks take …_PRIVATE_KEY_B64, the same PEM in base64.</source>
        <translation>Programme, die \n nicht in Zeilenumbrüche verwandeln, nehmen …_PRIVATE_KEY_B64, dasselbe PEM in base64.</translation>
    </message>
    <message>
        <source>Inferno signs with RS384 or ES384 only; “%1” is set to %2.</source>
        <translation>Inferno signiert nur mit RS384 oder ES384; „%1“ steht auf %2.</translation>
    </message>
    <message>
        <source>Set the credential to RS384 if its server takes that, or use a key on P-384.</source>
        <translation>Das Credential auf RS384 stellen, falls sein Server das nimmt, oder einen Schlüssel auf P-384 verwenden.</translation>
    </message>
    <message>
        <source>Inferno preset</source>
        <translation>Inferno-Preset</translation>
    </message>
    <message>
        <source>For the Bulk Data test kit</source>
        <translation>Für das Bulk-Data-Testkit</translation>
    </message>
    <message>
        <source>Put the file into config/presets of the test kit, and enter the group&apos;s id there.</source>
        <translation>Die Datei in config/presets des Testkits legen und dort die ID der Gruppe eintragen.</translation>
    </message>
    <message>
        <source>JWK Set</source>
        <translation>JWK Set</translation>
    </message>
    <message>
        <source>Public keys only, to host or register</source>
        <translation>Nur öffentliche Schlüssel, zum Bereitstellen oder Registrieren</translation>
    </message>
    <message>
        <source>KeePass XML</source>
        <translation>KeePass-XML</translation>
    </message>
    <message>
        <source>To import into KeePassXC or KeePass</source>
        <translation>Zum Import in KeePassXC oder KeePass</translation>
    </message>
    <message>
        <source>keepassxc-cli import FILE NEW.kdbx makes a database with a weak key derivation: switch it to Argon2 in the database settings. Then delete the XML file.</source>
        <translation>keepassxc-cli import FILE NEW.kdbx legt eine Datenbank mit schwacher Schlüsselableitung an: sie in den Datenbankeinstellungen auf Argon2 umstellen. Danach die XML-Datei löschen.</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a Secret.</source>
        <translation>„%1“ kann kein Name eines Secrets sein.</translation>
    </message>
    <message>
        <source>Use lower-case letters, digits, &apos;-&apos; and &apos;.&apos;; {name} stands for the credential.</source>
        <translation>Kleinbuchstaben, Ziffern, „-“ und „.“ verwenden; {name} steht für das Credential.</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a namespace.</source>
        <translation>„%1“ kann kein Namespace sein.</translation>
    </message>
    <message>
        <source>Use lower-case letters, digits and &apos;-&apos;.</source>
        <translation>Kleinbuchstaben, Ziffern und „-“ verwenden.</translation>
    </message>
    <message>
        <source>“%1” is larger than a Secret may be.</source>
        <translation>„%1“ ist größer, als ein Secret sein darf.</translation>
    </message>
    <message>
        <source>Shorten its scopes.</source>
        <translation>Seine Scopes kürzen.</translation>
    </message>
    <message>
        <source>Kubernetes Secret</source>
        <translation>Kubernetes Secret</translation>
    </message>
    <message>
        <source>YAML, one Secret a credential</source>
        <translation>YAML, ein Secret je Credential</translation>
    </message>
    <message>
        <source>A cluster keeps Secrets unencrypted unless it was set up otherwise.</source>
        <translation>Ein Cluster bewahrt Secrets unverschlüsselt auf, wenn er nicht anders eingerichtet ist.</translation>
    </message>
    <message>
        <source>Nexla credential</source>
        <translation>Nexla-Credential</translation>
    </message>
    <message>
        <source>JSON for the EPIC EHR connector</source>
        <translation>JSON für den Connector EPIC EHR</translation>
    </message>
    <message>
        <source>Nexla does not publish the names of connector and parameters. Check them: GET /connectors/search?q=epic, then GET /connectors/describe/{name}/credential/{auth_mode}, or look at the vendor&apos;s auth template.</source>
        <translation>Nexla veröffentlicht die Namen von Connector und Parametern nicht. Sie prüfen: GET /connectors/search?q=epic, dann GET /connectors/describe/{name}/credential/{auth_mode}, oder im Auth-Template des Anbieters nachsehen.</translation>
    </message>
    <message>
        <source>1Password</source>
        <translation>1Password</translation>
    </message>
    <message>
        <source>Item template for the op program</source>
        <translation>Item-Vorlage für das Programm op</translation>
    </message>
    <message>
        <source>Store it with: op item create --template FILE. Arguments would stay in the shell&apos;s history.</source>
        <translation>Speichern mit: op item create --template FILE. Argumente blieben im Verlauf der Shell stehen.</translation>
    </message>
    <message>
        <source>Postman environment</source>
        <translation>Postman-Umgebung</translation>
    </message>
    <message>
        <source>Bruno imports it too</source>
        <translation>Auch Bruno importiert sie</translation>
    </message>
    <message>
        <source>Postman syncs environments to its cloud: move the key to a current value only.</source>
        <translation>Postman gleicht Umgebungen mit seiner Cloud ab: den Schlüssel nur als „current value“ eintragen.</translation>
    </message>
    <message>
        <source>smart-fetch</source>
        <translation>smart-fetch</translation>
    </message>
    <message>
        <source>TOML with the key as a JWK Set</source>
        <translation>TOML mit dem Schlüssel als JWK Set</translation>
    </message>
    <message>
        <source>Cumulus ETL no longer takes a key itself: run smart-fetch first.</source>
        <translation>Cumulus ETL nimmt selbst keinen Schlüssel mehr: zuerst smart-fetch ausführen.</translation>
    </message>
    <message>
        <source>Vault KV</source>
        <translation>Vault KV</translation>
    </message>
    <message>
        <source>JSON for a key-value engine</source>
        <translation>JSON für eine Key-Value-Engine</translation>
    </message>
    <message>
        <source>Store it with: vault kv put -mount=secret epic/NAME @FILE. Over HTTP, wrap it: {&quot;options&quot;:{&quot;cas&quot;:0},&quot;data&quot;:{…}}.</source>
        <translation>Speichern mit: vault kv put -mount=secret epic/NAME @FILE. Über HTTP einwickeln: {&quot;options&quot;:{&quot;cas&quot;:0},&quot;data&quot;:{…}}.</translation>
    </message>
</context>
<context>
    <name>FailureProbes</name>
    <message>
        <source>The CapabilityStatement names no token endpoint</source>
        <translation>Das CapabilityStatement nennt keinen Token-Endpoint</translation>
    </message>
    <message>
        <source>The CapabilityStatement names %1</source>
        <translation>Das CapabilityStatement nennt %1</translation>
    </message>
    <message>
        <source>Without Epic-Client-ID discovery names %1</source>
        <translation>Ohne Epic-Client-ID nennt Discovery %1</translation>
    </message>
    <message>
        <source>The JWK Set URL does not answer: %1</source>
        <translation>Die JWK-Set-URL antwortet nicht: %1</translation>
    </message>
    <message numerus="yes">
        <source>The JWK Set holds %n key(s)</source>
        <translation>
            <numerusform>Das JWK Set enthält %n Schlüssel</numerusform>
            <numerusform>Das JWK Set enthält %n Schlüssel</numerusform>
        </translation>
    </message>
    <message>
        <source>The JWK Set URL answers %1, without a JWK Set</source>
        <translation>Die JWK-Set-URL antwortet %1, ohne ein JWK Set</translation>
    </message>
    <message>
        <source>%1 answers with FHIR %2</source>
        <translation>%1 antwortet mit FHIR %2</translation>
    </message>
    <message>
        <source>Without scope the server grants: %1</source>
        <translation>Ohne scope gewährt der Server: %1</translation>
    </message>
    <message>
        <source>%1 scopes are granted one by one, %2 are not</source>
        <translation>Einzeln gefragt werden %1 Scopes gewährt, %2 nicht</translation>
    </message>
</context>
<context>
    <name>FhirBaseUrl</name>
    <message>
        <source>This is the %1 endpoint; Credenza reads FHIR R4.</source>
        <translation>Das ist der %1-Endpoint; Credenza liest FHIR R4.</translation>
    </message>
    <message>
        <source>Use the same address with R4 in place of %1.</source>
        <translation>Dieselbe Adresse mit R4 an Stelle von %1 verwenden.</translation>
    </message>
    <message>
        <source>It begins with https:// and at Epic ends with /api/FHIR/R4.</source>
        <translation>Sie beginnt mit https:// und endet bei Epic auf /api/FHIR/R4.</translation>
    </message>
    <message>
        <source>This is longer than any address (%1 characters).</source>
        <translation>Das ist länger als jede Adresse (%1 Zeichen).</translation>
    </message>
    <message>
        <source>This is not a web address.</source>
        <translation>Das ist keine Webadresse.</translation>
    </message>
    <message>
        <source>An address that begins with %1: can&apos;t be used.</source>
        <translation>Eine Adresse, die mit %1: beginnt, ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The address has a user name or password in it.</source>
        <translation>Die Adresse enthält einen Benutzernamen oder ein Passwort.</translation>
    </message>
    <message>
        <source>Remove the part before the @; the client ID and the key go into their own fields.</source>
        <translation>Den Teil vor dem @ entfernen; Client-ID und Schlüssel kommen in ihre eigenen Felder.</translation>
    </message>
    <message>
        <source>This is the address of the authorization server, not of the FHIR API.</source>
        <translation>Das ist die Adresse des Authorization-Servers, nicht die der FHIR-API.</translation>
    </message>
    <message>
        <source>Give the FHIR base URL; the token endpoint is discovered from it.</source>
        <translation>Die FHIR-Base-URL angeben; der Token-Endpoint wird von ihr aus gefunden.</translation>
    </message>
    <message>
        <source>Ends in %1. It will be trimmed when you save.</source>
        <translation>Endet auf %1. Das wird beim Speichern abgeschnitten.</translation>
    </message>
    <message>
        <source>The base URL is %1.</source>
        <translation>Die Base-URL ist %1.</translation>
    </message>
    <message>
        <source>Patient data and tokens will cross the network unencrypted.</source>
        <translation>Patientendaten und Token gehen unverschlüsselt über das Netz.</translation>
    </message>
    <message>
        <source>Use https:// unless this is a test system on a closed network.</source>
        <translation>https:// verwenden, es sei denn, dies ist ein Testsystem in einem geschlossenen Netz.</translation>
    </message>
    <message>
        <source>http: is not encrypted and is refused except on this computer.</source>
        <translation>http: ist unverschlüsselt und wird außer auf diesem Computer abgelehnt.</translation>
    </message>
    <message>
        <source>Use https://.</source>
        <translation>https:// verwenden.</translation>
    </message>
    <message>
        <source>https:// is missing. It will be added when you save.</source>
        <translation>https:// fehlt. Es wird beim Speichern ergänzt.</translation>
    </message>
    <message>
        <source>There is a double slash in the path. It will be removed when you save.</source>
        <translation>Im Pfad steht ein doppelter Schrägstrich. Er wird beim Speichern entfernt.</translation>
    </message>
    <message>
        <source>There is no path after the host name.</source>
        <translation>Nach dem Hostnamen kommt kein Pfad.</translation>
    </message>
    <message>
        <source>At Epic the base URL ends with /api/FHIR/R4.</source>
        <translation>Bei Epic endet die Base-URL auf /api/FHIR/R4.</translation>
    </message>
    <message>
        <source>The FHIR base URL is missing.</source>
        <translation>Die FHIR-Base-URL fehlt.</translation>
    </message>
    <message>
        <source>Copy it from the EHR&apos;s documentation, or pick a sandbox.</source>
        <translation>Sie aus der Dokumentation des EHR kopieren oder eine Sandbox wählen.</translation>
    </message>
    <message>
        <source>There is a space or a quote in the address. It will be removed when you save.</source>
        <translation>In der Adresse steht ein Leer- oder Anführungszeichen. Es wird beim Speichern entfernt.</translation>
    </message>
</context>
<context>
    <name>FhirText</name>
    <message>
        <source>PDF %1</source>
        <translation>PDF %1</translation>
    </message>
    <message>
        <source>PDF %1, pages: %2</source>
        <translation>PDF %1, Seiten: %2</translation>
    </message>
    <message>
        <source>The content of the Binary is not base64.</source>
        <translation>Der Inhalt des Binary ist kein base64.</translation>
    </message>
    <message>
        <source>The server answered in XML, not in JSON.</source>
        <translation>Der Server antwortete in XML, nicht in JSON.</translation>
    </message>
    <message>
        <source>It ignored the Accept header; a proxy on the way may have dropped it.</source>
        <translation>Er beachtete den Accept-Header nicht; vielleicht hat ihn ein Proxy unterwegs entfernt.</translation>
    </message>
    <message>
        <source>A web page came back, not a FHIR answer.</source>
        <translation>Zurück kam eine Webseite, keine FHIR-Antwort.</translation>
    </message>
    <message>
        <source>Check that the address is a FHIR base URL and not a portal&apos;s.</source>
        <translation>Prüfen, ob die Adresse eine FHIR-Base-URL ist und nicht die eines Portals.</translation>
    </message>
    <message>
        <source>The answer is not JSON.</source>
        <translation>Die Antwort ist kein JSON.</translation>
    </message>
    <message>
        <source>Check that the address is a FHIR base URL.</source>
        <translation>Prüfen, ob die Adresse eine FHIR-Base-URL ist.</translation>
    </message>
    <message>
        <source>The answer is JSON, but not a FHIR resource.</source>
        <translation>Die Antwort ist JSON, aber keine FHIR-Ressource.</translation>
    </message>
    <message>
        <source>A %1 came back, not a CapabilityStatement.</source>
        <translation>Zurück kam %1, kein CapabilityStatement.</translation>
    </message>
    <message>
        <source>%1 is on another server than %2.</source>
        <translation>%1 liegt auf einem anderen Server als %2.</translation>
    </message>
    <message>
        <source>The token is not sent there, so it was not opened.</source>
        <translation>Das Token wird dorthin nicht gesendet, also wurde es nicht geöffnet.</translation>
    </message>
    <message>
        <source>%1 is no path below the FHIR base URL.</source>
        <translation>%1 ist kein Pfad unterhalb der FHIR-Base-URL.</translation>
    </message>
    <message>
        <source>Check the parameters of the search.</source>
        <translation>Die Parameter der Suche prüfen.</translation>
    </message>
    <message>
        <source>Check the id; ids differ between environments.</source>
        <translation>Die id prüfen; ids sind in jeder Umgebung andere.</translation>
    </message>
    <message>
        <source>The resource was deleted on the server.</source>
        <translation>Die Ressource wurde auf dem Server gelöscht.</translation>
    </message>
    <message>
        <source>The patient was merged into another one: open that.</source>
        <translation>Die Patientin oder der Patient wurde mit einer anderen Akte zusammengeführt: jene öffnen.</translation>
    </message>
    <message>
        <source>Give at least one parameter to search by.</source>
        <translation>Mindestens einen Suchparameter angeben.</translation>
    </message>
    <message>
        <source>Add the parameter the server asks for.</source>
        <translation>Den Parameter ergänzen, den der Server verlangt.</translation>
    </message>
    <message>
        <source>Use fewer parameters at once.</source>
        <translation>Weniger Parameter auf einmal verwenden.</translation>
    </message>
    <message>
        <source>Run the search again.</source>
        <translation>Die Suche noch einmal ausführen.</translation>
    </message>
    <message>
        <source>Correct the value the server names.</source>
        <translation>Den Wert berichtigen, den der Server nennt.</translation>
    </message>
    <message>
        <source>The client is fine, the user behind it may not see this: ask the hospital to give the background user of this client ID the security it needs.</source>
        <translation>Mit dem Client ist alles gut, aber der User dahinter darf dies nicht sehen: das Krankenhaus bitten, dem Background User dieser Client-ID die nötigen Rechte zu geben.</translation>
    </message>
    <message>
        <source>Leave out the parameter the server does not know.</source>
        <translation>Den Parameter weglassen, den der Server nicht kennt.</translation>
    </message>
    <message>
        <source>Narrow the search.</source>
        <translation>Die Suche einengen.</translation>
    </message>
    <message>
        <source>The record is restricted; don&apos;t try again.</source>
        <translation>Die Akte ist gesperrt; nicht noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The limit of documents for today is reached.</source>
        <translation>Das Limit an Dokumenten für heute ist erreicht.</translation>
    </message>
    <message>
        <source>Tick the wanted variants of this API on the application&apos;s page, then wait for the sync.</source>
        <translation>Die gewünschten Varianten dieser API auf der Seite der Anwendung ankreuzen, dann den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>Search by _id.</source>
        <translation>Mit _id suchen.</translation>
    </message>
    <message>
        <source>Tick that variant of the API on the application&apos;s page, then wait for the sync.</source>
        <translation>Diese Variante der API auf der Seite der Anwendung ankreuzen, dann den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>this</source>
        <translation>dies</translation>
    </message>
    <message>
        <source>401: the server does not accept the token. %1</source>
        <translation>401: Der Server nimmt das Token nicht an. %1</translation>
    </message>
    <message>
        <source>FHIR base URL and token endpoint may belong to different environments: run the connection test.</source>
        <translation>FHIR-Base-URL und Token-Endpoint gehören vielleicht zu verschiedenen Umgebungen: den Verbindungstest ausführen.</translation>
    </message>
    <message>
        <source>403: the token is valid, but not for %1.</source>
        <translation>403: Das Token ist gültig, aber nicht für %1.</translation>
    </message>
    <message>
        <source>Tick %1.Read and %1.Search (R4) on the application&apos;s page, wait up to an hour for the sync, then get a new token.</source>
        <translation>%1.Read und %1.Search (R4) auf der Seite der Anwendung ankreuzen, bis zu einer Stunde auf den Abgleich warten, dann ein neues Token holen.</translation>
    </message>
    <message>
        <source>403: %1</source>
        <translation>403: %1</translation>
    </message>
    <message>
        <source>The server&apos;s operator must allow this client to see it.</source>
        <translation>Der Betreiber des Servers muss diesem Client erlauben, es zu sehen.</translation>
    </message>
    <message>
        <source>%1: this server does not offer %2.</source>
        <translation>%1: Dieser Server bietet %2 nicht an.</translation>
    </message>
    <message>
        <source>Check the type against the server&apos;s CapabilityStatement, and the path of the FHIR base URL.</source>
        <translation>Den Typ mit dem CapabilityStatement des Servers vergleichen und den Pfad der FHIR-Base-URL prüfen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: the server does not answer in FHIR JSON. %2</source>
        <translation>%1: Der Server antwortet nicht in FHIR-JSON. %2</translation>
    </message>
    <message>
        <source>Check that the server speaks FHIR R4 in JSON.</source>
        <translation>Prüfen, ob der Server FHIR R4 in JSON spricht.</translation>
    </message>
    <message>
        <source>%1: the server is too busy just now. %2</source>
        <translation>%1: Der Server ist gerade überlastet. %2</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1: redirected to another server; the token was not sent there.</source>
        <translation>%1: auf einen anderen Server weitergeleitet; das Token wurde dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>Use the address it points to as FHIR base URL, if it is the right one.</source>
        <translation>Die Adresse, auf die er verweist, als FHIR-Base-URL verwenden, falls es die richtige ist.</translation>
    </message>
    <message>
        <source>%1: a web page came back, not a FHIR answer.</source>
        <translation>%1: Zurück kam eine Webseite, keine FHIR-Antwort.</translation>
    </message>
    <message>
        <source>Check that the address is a FHIR base URL; a proxy may have answered.</source>
        <translation>Prüfen, ob die Adresse eine FHIR-Base-URL ist; vielleicht hat ein Proxy geantwortet.</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>ein Grund wurde nicht genannt</translation>
    </message>
    <message>
        <source>Look at what came back.</source>
        <translation>Ansehen, was zurückkam.</translation>
    </message>
    <message>
        <source>XML or a web page came back, not JSON.</source>
        <translation>Zurück kam XML oder eine Webseite, kein JSON.</translation>
    </message>
    <message>
        <source>A proxy or login page may have answered; look at what came back.</source>
        <translation>Vielleicht hat ein Proxy oder eine Anmeldeseite geantwortet; ansehen, was zurückkam.</translation>
    </message>
    <message>
        <source>The server sends one empty page after another.</source>
        <translation>Der Server sendet eine leere Seite nach der anderen.</translation>
    </message>
    <message>
        <source>It is larger than %1 MiB.</source>
        <translation>Es ist größer als %1 MiB.</translation>
    </message>
    <message>
        <source>not given: %1</source>
        <translation>nicht angegeben: %1</translation>
    </message>
    <message>
        <source>It is JSON, but not a FHIR resource: `resourceType` is missing.</source>
        <translation>Es ist JSON, aber keine FHIR-Ressource: `resourceType` fehlt.</translation>
    </message>
    <message>
        <source>more in the tree</source>
        <translation>mehr im Baum</translation>
    </message>
    <message>
        <source>Contained</source>
        <translation>Enthalten</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Check that the folder exists, that you may write to it, and that there is space.</source>
        <translation>Prüfen, ob es den Ordner gibt, ob er beschreibbar ist und ob Platz ist.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und noch %n</numerusform>
            <numerusform>und noch %n</numerusform>
        </translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 (by identifier only)</source>
        <translation>%1 (nur der Identifier)</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>as needed</source>
        <translation>bei Bedarf</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis zu %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>sampled data, from %1</source>
        <translation>Messreihe ab %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>The server asks to wait %1 s before the next try.</source>
        <translation>Der Server bittet, vor dem nächsten Versuch %1 s zu warten.</translation>
    </message>
    <message>
        <source>%1, “%2”: this server does not offer %3.</source>
        <translation>%1, „%2“: Dieser Server bietet %3 nicht an.</translation>
    </message>
    <message>
        <source>The server&apos;s link to the next page leads to %1, which is another server than %2. The token was not sent there.</source>
        <translation>Der Link des Servers zur nächsten Seite führt zu %1, einem anderen Server als %2. Das Token wurde dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>The server does not know the address it is reached by: its operator can set that. What was loaded so far stays.</source>
        <translation>Der Server kennt die Adresse nicht, unter der er erreicht wird: sein Betreiber kann sie einstellen. Was bisher geladen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponente</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>geboren %1</translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation>Zuletzt aktualisiert</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Implicit rules</source>
        <translation>Implizite Regeln</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>%1… (%2 characters)</source>
        <translation>%1… (%2 Zeichen)</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 Sekunden</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 Minuten</translation>
    </message>
    <message>
        <source>an hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 Stunden</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>a week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1 Wochen</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1 Monate</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 Jahre</translation>
    </message>
    <message>
        <source>once %1</source>
        <translation>einmal je %1</translation>
    </message>
    <message>
        <source>%1 times %2</source>
        <translation>%1-mal je %2</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>%1 times every %2</source>
        <translation>%1-mal alle %2</translation>
    </message>
    <message>
        <source>The answer is %1 of %2 bytes, not a FHIR resource in JSON.</source>
        <translation>Die Antwort ist %1 (%2 Byte), keine FHIR-Ressource in JSON.</translation>
    </message>
    <message>
        <source>Content such as a document is opened from the attachment that refers to it.</source>
        <translation>Inhalte wie ein Dokument werden über den Anhang geöffnet, der auf sie verweist.</translation>
    </message>
</context>
<context>
    <name>FieldRules</name>
    <message>
        <source>This is not a web address.</source>
        <translation>Das ist keine Webadresse.</translation>
    </message>
    <message>
        <source>It begins with https://.</source>
        <translation>Sie beginnt mit https://.</translation>
    </message>
    <message>
        <source>The address has a user name or password in it.</source>
        <translation>Die Adresse enthält einen Benutzernamen oder ein Passwort.</translation>
    </message>
    <message>
        <source>Remove the part before the @.</source>
        <translation>Den Teil vor dem @ entfernen.</translation>
    </message>
    <message>
        <source>The address has a #… part, which servers never see.</source>
        <translation>Die Adresse hat einen Teil #…, den Server nie sehen.</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Ihn entfernen.</translation>
    </message>
    <message>
        <source>http: is not encrypted and is refused except on this computer.</source>
        <translation>http: ist unverschlüsselt und wird außer auf diesem Computer abgelehnt.</translation>
    </message>
    <message>
        <source>Use https://.</source>
        <translation>https:// verwenden.</translation>
    </message>
    <message>
        <source>The key ID has %1 characters; %2 fit.</source>
        <translation>Die Key ID hat %1 Zeichen; %2 passen.</translation>
    </message>
    <message>
        <source>The key ID has spaces or invisible characters in it.</source>
        <translation>Die Key ID enthält Leerzeichen oder unsichtbare Zeichen.</translation>
    </message>
    <message>
        <source>Copy the kid from the JWK Set again.</source>
        <translation>Die kid noch einmal aus dem JWK Set kopieren.</translation>
    </message>
    <message>
        <source>There is no algorithm &quot;%1&quot; here.</source>
        <translation>Einen Algorithmus „%1“ gibt es hier nicht.</translation>
    </message>
    <message>
        <source>Known are %1.</source>
        <translation>Bekannt sind %1.</translation>
    </message>
    <message>
        <source>This key can&apos;t sign with %1.</source>
        <translation>Dieser Schlüssel kann nicht mit %1 signieren.</translation>
    </message>
    <message>
        <source>Choose %1.</source>
        <translation>%1 wählen.</translation>
    </message>
    <message>
        <source>Register a JWK Set URL for the app, or use an RSA key.</source>
        <translation>Für die Anwendung eine JWK-Set-URL registrieren oder einen RSA-Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>This is the authorize endpoint; tokens come from another.</source>
        <translation>Das ist der Authorize-Endpoint; Token kommen von einem anderen.</translation>
    </message>
    <message>
        <source>It usually ends in /token; leave the field empty to discover it.</source>
        <translation>Er endet meist auf /token; das Feld leer lassen, damit er gesucht wird.</translation>
    </message>
    <message>
        <source>There are %1 scopes; %2 fit.</source>
        <translation>Es sind %1 Scopes; %2 passen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can&apos;t be a scope.</source>
        <translation>„%1“ kann kein Scope sein.</translation>
    </message>
    <message>
        <source>A scope reads like system/Patient.read or system/Patient.rs.</source>
        <translation>Ein Scope sieht aus wie system/Patient.read oder system/Patient.rs.</translation>
    </message>
    <message>
        <source>The letters of %1 are not in the order c, r, u, d, s.</source>
        <translation>Die Buchstaben von %1 stehen nicht in der Reihenfolge c, r, u, d, s.</translation>
    </message>
    <message>
        <source>Servers may ignore or refuse it; put them in order.</source>
        <translation>Server ignorieren ihn vielleicht oder lehnen ihn ab; die Buchstaben ordnen.</translation>
    </message>
    <message>
        <source>%1 is not a system scope.</source>
        <translation>%1 ist kein system-Scope.</translation>
    </message>
    <message>
        <source>Backend services are granted system/… scopes only.</source>
        <translation>Backend Services bekommen nur Scopes der Form system/… gewährt.</translation>
    </message>
    <message>
        <source>%1 is not a scope that SMART defines.</source>
        <translation>%1 ist kein Scope, den SMART definiert.</translation>
    </message>
    <message>
        <source>Scopes of version 1 (.read) and version 2 (.rs) are mixed.</source>
        <translation>Scopes der Version 1 (.read) und der Version 2 (.rs) sind gemischt.</translation>
    </message>
    <message>
        <source>Use the one that the server lists in its SMART configuration.</source>
        <translation>Die Form verwenden, die der Server in seiner SMART-Konfiguration nennt.</translation>
    </message>
    <message>
        <source>There are %1 tags; %2 fit.</source>
        <translation>Es sind %1 Tags; %2 passen.</translation>
    </message>
    <message>
        <source>A tag has 1 to %1 characters.</source>
        <translation>Ein Tag hat 1 bis %1 Zeichen.</translation>
    </message>
    <message>
        <source>This file holds a private key.</source>
        <translation>Diese Datei enthält einen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>Choose the file with only the CA&apos;s certificates.</source>
        <translation>Die Datei wählen, in der nur die Zertifikate der CA stehen.</translation>
    </message>
    <message>
        <source>There is no certificate in this file.</source>
        <translation>In dieser Datei ist kein Zertifikat.</translation>
    </message>
    <message>
        <source>It must be in PEM form: -----BEGIN CERTIFICATE-----.</source>
        <translation>Es muss im PEM-Format sein: -----BEGIN CERTIFICATE-----.</translation>
    </message>
    <message>
        <source>This is not the address of a proxy.</source>
        <translation>Das ist keine Proxy-Adresse.</translation>
    </message>
    <message>
        <source>It reads like http://proxy.example.org:3128 or socks5://proxy.example.org:1080.</source>
        <translation>Sie sieht aus wie http://proxy.example.org:3128 oder socks5://proxy.example.org:1080.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can&apos;t be sent as a header.</source>
        <translation>„%1“ lässt sich nicht als Header senden.</translation>
    </message>
    <message>
        <source>A header has a name without spaces and a value on one line.</source>
        <translation>Ein Header hat einen Namen ohne Leerzeichen und einen Wert in einer Zeile.</translation>
    </message>
    <message>
        <source>%1 is set by Credenza itself.</source>
        <translation>%1 setzt Credenza selbst.</translation>
    </message>
    <message>
        <source>Remove this header.</source>
        <translation>Diesen Header entfernen.</translation>
    </message>
    <message>
        <source>This is a private key.</source>
        <translation>Das ist ein privater Schlüssel.</translation>
    </message>
    <message>
        <source>It goes into the field Private Key, where it is kept encrypted.</source>
        <translation>Er kommt in das Feld „Private Key“, wo er verschlüsselt aufbewahrt wird.</translation>
    </message>
    <message>
        <source>Epic&apos;s client IDs are 36 characters long; copy it again from the app&apos;s page.</source>
        <translation>Client-IDs von Epic sind 36 Zeichen lang; sie noch einmal von der Seite der Anwendung kopieren.</translation>
    </message>
    <message>
        <source>Group %1 has %2 characters of %3.</source>
        <translation>Gruppe %1 hat %2 von %3 Zeichen.</translation>
    </message>
    <message>
        <source>This does not look like one of Epic&apos;s client IDs.</source>
        <translation>Das sieht nicht nach einer Client-ID von Epic aus.</translation>
    </message>
    <message>
        <source>The name is missing.</source>
        <translation>Der Name fehlt.</translation>
    </message>
    <message>
        <source>Give it one that tells organization and environment apart.</source>
        <translation>Einen wählen, der Organisation und Umgebung unterscheidet.</translation>
    </message>
    <message>
        <source>The name has %1 characters; %2 fit.</source>
        <translation>Der Name hat %1 Zeichen; %2 passen.</translation>
    </message>
    <message>
        <source>Shorten it; details go into the description.</source>
        <translation>Ihn kürzen; Einzelheiten kommen in die Beschreibung.</translation>
    </message>
    <message>
        <source>The name has line breaks or control characters in it.</source>
        <translation>Der Name enthält Zeilenumbrüche oder Steuerzeichen.</translation>
    </message>
    <message>
        <source>Type it on one line.</source>
        <translation>Ihn in einer Zeile schreiben.</translation>
    </message>
    <message>
        <source>The description has %1 characters; %2 fit.</source>
        <translation>Die Beschreibung hat %1 Zeichen; %2 passen.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Sie kürzen.</translation>
    </message>
    <message>
        <source>The description has control characters in it.</source>
        <translation>Die Beschreibung enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>Sie neu eingeben.</translation>
    </message>
    <message>
        <source>There is no connector &quot;%1&quot;.</source>
        <translation>Einen Connector „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The client ID is missing.</source>
        <translation>Die Client-ID fehlt.</translation>
    </message>
    <message>
        <source>Copy it from the app&apos;s page in the EHR&apos;s developer portal.</source>
        <translation>Sie von der Seite der Anwendung im Entwicklerportal des EHR kopieren.</translation>
    </message>
    <message>
        <source>The client ID has %1 characters; %2 fit.</source>
        <translation>Die Client-ID hat %1 Zeichen; %2 passen.</translation>
    </message>
    <message>
        <source>Copy only the client ID.</source>
        <translation>Nur die Client-ID kopieren.</translation>
    </message>
    <message>
        <source>There are spaces in the client ID. They will be removed when you save.</source>
        <translation>In der Client-ID stehen Leerzeichen. Sie werden beim Speichern entfernt.</translation>
    </message>
    <message>
        <source>Check that nothing else was copied along.</source>
        <translation>Prüfen, ob nichts anderes mitkopiert wurde.</translation>
    </message>
    <message>
        <source>The client ID has control characters in it.</source>
        <translation>Die Client-ID enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>Sie noch einmal kopieren.</translation>
    </message>
    <message>
        <source>The braces do not belong to the client ID. They will be removed when you save.</source>
        <translation>Die Klammern gehören nicht zur Client-ID. Sie werden beim Speichern entfernt.</translation>
    </message>
    <message>
        <source>This is a web address; few servers use one as client ID.</source>
        <translation>Das ist eine Webadresse; wenige Server verwenden eine als Client-ID.</translation>
    </message>
    <message>
        <source>Check that the field is the right one.</source>
        <translation>Prüfen, ob es das richtige Feld ist.</translation>
    </message>
    <message>
        <source>The private key is missing.</source>
        <translation>Der private Schlüssel fehlt.</translation>
    </message>
    <message>
        <source>Paste it, choose its file, or generate a key pair.</source>
        <translation>Ihn einfügen, seine Datei wählen oder ein Schlüsselpaar erzeugen.</translation>
    </message>
    <message>
        <source>This can&apos;t be used as a private key.</source>
        <translation>Das ist als privater Schlüssel nicht verwendbar.</translation>
    </message>
    <message>
        <source>Paste another one, or generate a key pair.</source>
        <translation>Einen anderen einfügen oder ein Schlüsselpaar erzeugen.</translation>
    </message>
    <message>
        <source>%1 bits are accepted, but little for a client that lives long in production.</source>
        <translation>%1 Bit werden angenommen, sind aber wenig für einen Client, der lange in Produktion ist.</translation>
    </message>
    <message>
        <source>Prefer 3072 bits or more, or EC on P-384, for the next key.</source>
        <translation>Für den nächsten Schlüssel besser 3072 Bit oder mehr nehmen, oder EC auf P-384.</translation>
    </message>
    <message>
        <source>%1 does not take %2.</source>
        <translation>%1 nimmt %2 nicht an.</translation>
    </message>
    <message>
        <source>Use a key that signs with %1.</source>
        <translation>Einen Schlüssel verwenden, der mit %1 signiert.</translation>
    </message>
    <message>
        <source>Host the JWK Set, register its address, and enter it here to check it.</source>
        <translation>Das JWK Set bereitstellen, seine Adresse registrieren und sie hier eintragen, um sie zu prüfen.</translation>
    </message>
    <message>
        <source>This address shows a page around the file.</source>
        <translation>Diese Adresse zeigt eine Seite um die Datei herum.</translation>
    </message>
    <message>
        <source>Use the address of the file itself (raw, download).</source>
        <translation>Die Adresse der Datei selbst verwenden (raw, download).</translation>
    </message>
    <message>
        <source>This address is on this computer: the server can&apos;t read it.</source>
        <translation>Diese Adresse liegt auf diesem Computer: der Server kann sie nicht lesen.</translation>
    </message>
    <message>
        <source>Host the set at a public address over TLS.</source>
        <translation>Das Set unter einer öffentlichen Adresse über TLS bereitstellen.</translation>
    </message>
    <message>
        <source>The path is not one that %1 uses.</source>
        <translation>Der Pfad ist keiner, den %1 verwendet.</translation>
    </message>
    <message>
        <source>This does not look like a client ID of %1.</source>
        <translation>Das sieht nicht nach einer Client-ID von %1 aus.</translation>
    </message>
    <message>
        <source>Copy it again from the app&apos;s registration.</source>
        <translation>Sie noch einmal aus der Registrierung der Anwendung kopieren.</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>There is already a credential named “%1”.</source>
        <translation>Ein Credential namens „%1“ gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name; upper and lower case count as the same.</source>
        <translation>Einen anderen Namen wählen; Groß- und Kleinschreibung zählt nicht als Unterschied.</translation>
    </message>
    <message>
        <source>“%1” uses this client ID at a %2 host; this host is %3.</source>
        <translation>„%1“ verwendet diese Client-ID bei einem Host der Art %2; dieser Host ist %3.</translation>
    </message>
    <message>
        <source>Most servers issue one client ID for production and another for everything else.</source>
        <translation>Die meisten Server vergeben eine Client-ID für die Produktion und eine andere für alles Übrige.</translation>
    </message>
    <message>
        <source>These notes have %1 characters; %2 fit.</source>
        <translation>Diese Notizen haben %1 Zeichen; %2 passen.</translation>
    </message>
    <message>
        <source>This is not a date.</source>
        <translation>Das ist kein Datum.</translation>
    </message>
    <message>
        <source>A date reads like 2027-03-31.</source>
        <translation>Ein Datum sieht aus wie 2027-03-31.</translation>
    </message>
</context>
<context>
    <name>FileText</name>
    <message>
        <source>Check that this is the file you meant.</source>
        <translation>Prüfen, ob es die richtige Datei ist.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Eine Datei %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>Check that the file may be read by you.</source>
        <translation>Prüfen, ob die Datei gelesen werden darf.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Check that the folder exists, that you may write to it, and that there is space.</source>
        <translation>Prüfen, ob es den Ordner gibt, ob er beschreibbar ist und ob Platz ist.</translation>
    </message>
    <message>
        <source>%1 is a damaged or unfinished gzip file.</source>
        <translation>%1 ist eine beschädigte oder unvollständige gzip-Datei.</translation>
    </message>
    <message>
        <source>Get the file once more; &apos;gzip -t&apos; checks it.</source>
        <translation>Die Datei noch einmal holen; „gzip -t“ prüft sie.</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>kein Speicher mehr</translation>
    </message>
    <message>
        <source>There is no space to unpack %1 in %2.</source>
        <translation>In %2 ist kein Platz, um %1 zu entpacken.</translation>
    </message>
    <message>
        <source>Set TMPDIR to a folder with more space.</source>
        <translation>TMPDIR auf einen Ordner mit mehr Platz setzen.</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>it can&apos;t be mapped</source>
        <translation>sie lässt sich nicht in den Speicher einblenden</translation>
    </message>
    <message>
        <source>%1 is larger than %2.</source>
        <translation>%1 ist größer als %2.</translation>
    </message>
    <message>
        <source>Standard input</source>
        <translation>Standardeingabe</translation>
    </message>
</context>
<context>
    <name>FormatText</name>
    <message>
        <source>“%1” is larger than the 64 KiB a secret may have.</source>
        <translation>„%1“ ist größer als die 64 KiB, die ein Secret haben darf.</translation>
    </message>
    <message>
        <source>Shorten its scopes.</source>
        <translation>Seine Scopes kürzen.</translation>
    </message>
</context>
<context>
    <name>HeaderText</name>
    <message>
        <source>it is empty.</source>
        <translation>sie ist leer.</translation>
    </message>
    <message>
        <source>its head is cut off.</source>
        <translation>ihr Kopf ist abgeschnitten.</translation>
    </message>
    <message>
        <source>a recipient&apos;s line is malformed.</source>
        <translation>die Zeile eines Recipients ist fehlerhaft.</translation>
    </message>
    <message>
        <source>a recipient&apos;s data is not canonical base64 in lines of %1.</source>
        <translation>die Daten eines Recipients sind kein kanonisches base64 in Zeilen von %1.</translation>
    </message>
    <message>
        <source>an X25519 recipient is malformed.</source>
        <translation>ein X25519-Recipient ist fehlerhaft.</translation>
    </message>
    <message>
        <source>the data for the passphrase is malformed.</source>
        <translation>die Daten zur Passphrase sind fehlerhaft.</translation>
    </message>
    <message>
        <source>checking its passphrase would take hours and all memory (work factor %1; up to %2 is accepted).</source>
        <translation>ihre Passphrase zu prüfen würde Stunden und den ganzen Speicher brauchen (Work Factor %1; bis %2 wird angenommen).</translation>
    </message>
    <message>
        <source>it names no recipient.</source>
        <translation>sie nennt keinen Recipient.</translation>
    </message>
    <message>
        <source>a passphrase must be the only way to open it.</source>
        <translation>eine Passphrase muss der einzige Weg sein, sie zu öffnen.</translation>
    </message>
    <message>
        <source>its version is not one that is known.</source>
        <translation>ihre Version ist keine bekannte.</translation>
    </message>
    <message>
        <source>its first line is another.</source>
        <translation>ihre erste Zeile ist eine andere.</translation>
    </message>
    <message>
        <source>the line that ends its head is malformed.</source>
        <translation>die Zeile, die ihren Kopf beendet, ist fehlerhaft.</translation>
    </message>
</context>
<context>
    <name>IdentityText</name>
    <message>
        <source>This is not an age identity.</source>
        <translation>Das ist keine age-Identität.</translation>
    </message>
    <message>
        <source>An identity is one line that starts with AGE-SECRET-KEY-1, as age-keygen makes it. Copy all of it.</source>
        <translation>Eine Identität ist eine Zeile, die mit AGE-SECRET-KEY-1 beginnt, wie age-keygen sie erzeugt. Sie ganz kopieren.</translation>
    </message>
    <message>
        <source>This identity is for a plug-in, or for post-quantum recipients.</source>
        <translation>Diese Identität ist für ein Plug-in oder für Post-Quanten-Recipients.</translation>
    </message>
    <message>
        <source>Open the file with the age program, or ask the sender to use an age1… recipient of yours as age-keygen makes it.</source>
        <translation>Die Datei mit dem Programm age öffnen, oder den Absender bitten, einen Recipient age1… zu verwenden, wie age-keygen ihn erzeugt.</translation>
    </message>
    <message>
        <source>Recipients of this kind are not supported: %1</source>
        <translation>Recipients dieser Art werden nicht unterstützt: %1</translation>
    </message>
    <message>
        <source>Ask for a recipient as age-keygen makes it: age1 and 58 more characters.</source>
        <translation>Um einen Recipient bitten, wie age-keygen ihn erzeugt: age1 und 58 weitere Zeichen.</translation>
    </message>
    <message>
        <source>This is a secret identity, not a recipient.</source>
        <translation>Das ist eine geheime Identität, kein Recipient.</translation>
    </message>
    <message>
        <source>This is not an age recipient: %1</source>
        <translation>Das ist kein age-Recipient: %1</translation>
    </message>
    <message>
        <source>A recipient starts with age1 and has 62 characters. Copy all of it.</source>
        <translation>Ein Recipient beginnt mit age1 und hat 62 Zeichen. Ihn ganz kopieren.</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ImportComparison</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>ImportPlan</name>
    <message>
        <source>Its name now belongs to another credential of the vault.</source>
        <translation>Sein Name gehört jetzt einem anderen Credential des Vaults.</translation>
    </message>
    <message>
        <source>The one in the vault was changed later than the one in the file.</source>
        <translation>Das im Vault wurde später geändert als das in der Datei.</translation>
    </message>
    <message>
        <source>Another credential of the vault has this name.</source>
        <translation>Ein anderes Credential des Vaults hat diesen Namen.</translation>
    </message>
    <message>
        <source>The file has another credential of this name.</source>
        <translation>Die Datei hat noch ein Credential dieses Namens.</translation>
    </message>
    <message>
        <source>The file has no private key for it.</source>
        <translation>Die Datei hat dafür keinen privaten Schlüssel.</translation>
    </message>
</context>
<context>
    <name>ImportReading</name>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>…_FHIR_BASE_URL and …_CLIENT_ID are missing.</source>
        <translation>…_FHIR_BASE_URL und …_CLIENT_ID fehlen.</translation>
    </message>
    <message>
        <source>JWK Set</source>
        <translation>JWK Set</translation>
    </message>
    <message>
        <source>This is no file that credentials can be imported from.</source>
        <translation>Das ist keine Datei, aus der sich Credentials importieren lassen.</translation>
    </message>
    <message>
        <source>Choose an encrypted bundle (.credenza.age), a file of a format that holds a key, or a folder of PEM files with a CSV file.</source>
        <translation>Ein verschlüsseltes Bundle (.credenza.age), eine Datei eines Formats, das einen Schlüssel enthält, oder einen Ordner mit PEM-Dateien und einer CSV-Datei wählen.</translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>it is not valid XML (line %1).</source>
        <translation>es ist kein gültiges XML (Zeile %1).</translation>
    </message>
    <message numerus="yes">
        <source>%n entries are no credentials of this kind and were left out.</source>
        <translation>
            <numerusform>%n Eintrag ist kein Credential dieser Art und wurde weggelassen.</numerusform>
            <numerusform>%n Einträge sind keine Credentials dieser Art und wurden weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>Secret %1</translation>
    </message>
    <message>
        <source>it is not valid YAML (line %1).</source>
        <translation>es ist kein gültiges YAML (Zeile %1).</translation>
    </message>
    <message>
        <source>no Secret in it has fhir-base-url and client-id.</source>
        <translation>kein Secret darin hat fhir-base-url und client-id.</translation>
    </message>
    <message>
        <source>The file can&apos;t be read: %1</source>
        <translation>Die Datei ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>Ask the sender to export it again.</source>
        <translation>Den Absender um einen neuen Export bitten.</translation>
    </message>
    <message>
        <source>The file holds no private key.</source>
        <translation>Die Datei enthält keinen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>The file holds no private key for “%1”.</source>
        <translation>Die Datei enthält keinen privaten Schlüssel für „%1“.</translation>
    </message>
    <message>
        <source>Ask for an encrypted bundle, which holds all of a credential.</source>
        <translation>Um ein verschlüsseltes Bundle bitten; es enthält alles von einem Credential.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>key_file names a file in the same folder, such as northlake.pem.</source>
        <translation>key_file nennt eine Datei im selben Ordner, etwa northlake.pem.</translation>
    </message>
    <message>
        <source>There is no CSV file in the folder.</source>
        <translation>In dem Ordner ist keine CSV-Datei.</translation>
    </message>
    <message>
        <source>There is more than one CSV file in the folder.</source>
        <translation>In dem Ordner ist mehr als eine CSV-Datei.</translation>
    </message>
    <message>
        <source>Put one beside the keys, with the columns name, fhir_base_url, client_id and key_file.</source>
        <translation>Eine neben die Schlüssel legen, mit den Spalten name, fhir_base_url, client_id und key_file.</translation>
    </message>
    <message>
        <source>the table has no column “%1”.</source>
        <translation>die Tabelle hat keine Spalte „%1“.</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>“%1” is no file of this folder.</source>
        <translation>„%1“ ist keine Datei dieses Ordners.</translation>
    </message>
    <message>
        <source>The table does not name %1.</source>
        <translation>Die Tabelle nennt %1 nicht.</translation>
    </message>
    <message>
        <source>line %1 is no text in quotation marks.</source>
        <translation>Zeile %1 ist kein Text in Anführungszeichen.</translation>
    </message>
    <message>
        <source>fhir-url or smart-client-id is missing.</source>
        <translation>fhir-url oder smart-client-id fehlt.</translation>
    </message>
    <message>
        <source>smart-key, which names another file</source>
        <translation>smart-key, das eine andere Datei nennt</translation>
    </message>
    <message>
        <source>it is nested deeper than any Secret.</source>
        <translation>es ist tiefer verschachtelt als jedes Secret.</translation>
    </message>
    <message>
        <source>there is no memory to read it.</source>
        <translation>zum Lesen fehlt der Speicher.</translation>
    </message>
</context>
<context>
    <name>JsonText</name>
    <message>
        <source>It is nested more than %1 levels deep.</source>
        <translation>Es ist mehr als %1 Ebenen tief verschachtelt.</translation>
    </message>
    <message>
        <source>It holds bytes that are not UTF-8.</source>
        <translation>Es enthält Bytes, die kein UTF-8 sind.</translation>
    </message>
    <message>
        <source>Not JSON: it ends inside a string.</source>
        <translation>Kein JSON: Es endet mitten in einer Zeichenkette.</translation>
    </message>
    <message>
        <source>Not JSON: there is nothing.</source>
        <translation>Kein JSON: Es ist leer.</translation>
    </message>
    <message>
        <source>Not JSON.</source>
        <translation>Kein JSON.</translation>
    </message>
    <message>
        <source>Not JSON from byte %1 on.</source>
        <translation>Kein JSON ab Byte %1.</translation>
    </message>
    <message>
        <source>Neither a JSON object nor an array.</source>
        <translation>Weder ein JSON-Objekt noch ein Array.</translation>
    </message>
    <message>
        <source>%1… (%2 characters in all)</source>
        <translation>%1… (%2 Zeichen insgesamt)</translation>
    </message>
</context>
<context>
    <name>JwkSetCheck</name>
    <message>
        <source>Serve it as plain JSON, public, over TLS with a complete certificate chain, without log-in or redirects.</source>
        <translation>Es als einfaches JSON bereitstellen: öffentlich, über TLS mit vollständiger Zertifikatskette, ohne Anmeldung und ohne Weiterleitung.</translation>
    </message>
    <message>
        <source>The address is this computer: only a server here can read it.</source>
        <translation>Die Adresse ist dieser Computer: nur ein Server hier kann sie lesen.</translation>
    </message>
    <message>
        <source>For any other server, host the set at a public address.</source>
        <translation>Für jeden anderen Server das Set unter einer öffentlichen Adresse bereitstellen.</translation>
    </message>
    <message>
        <source>The host is not on the public internet.</source>
        <translation>Der Host ist nicht im öffentlichen Internet.</translation>
    </message>
    <message>
        <source>Host the set where the EHR&apos;s servers can reach it.</source>
        <translation>Das Set dort bereitstellen, wo es die Server des EHR erreichen.</translation>
    </message>
    <message>
        <source>The address is not https:.</source>
        <translation>Die Adresse ist nicht https:.</translation>
    </message>
    <message>
        <source>The check was cancelled.</source>
        <translation>Die Prüfung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Its TLS certificate is not trusted: %1</source>
        <translation>Seinem TLS-Zertifikat wird nicht vertraut: %1</translation>
    </message>
    <message>
        <source>It does not answer: %1</source>
        <translation>Es antwortet nicht: %1</translation>
    </message>
    <message>
        <source>Use a certificate of a public authority, and send its whole chain.</source>
        <translation>Ein Zertifikat einer öffentlichen Stelle verwenden und dessen ganze Kette senden.</translation>
    </message>
    <message>
        <source>It redirects to %1.</source>
        <translation>Es leitet weiter zu %1.</translation>
    </message>
    <message>
        <source>Register the address it leads to, or serve the set here: servers don&apos;t follow.</source>
        <translation>Die Adresse registrieren, zu der es führt, oder das Set hier bereitstellen: Server folgen nicht.</translation>
    </message>
    <message>
        <source>It asks for a log-in (status %1).</source>
        <translation>Es verlangt eine Anmeldung (Status %1).</translation>
    </message>
    <message>
        <source>It answers with status %1.</source>
        <translation>Es antwortet mit Status %1.</translation>
    </message>
    <message>
        <source>Check the address, and that the file is there.</source>
        <translation>Die Adresse prüfen, und ob die Datei dort ist.</translation>
    </message>
    <message>
        <source>It answers with a web page.</source>
        <translation>Es antwortet mit einer Webseite.</translation>
    </message>
    <message>
        <source>Use the address of the file itself (often named “raw” or “download”).</source>
        <translation>Die Adresse der Datei selbst verwenden (oft „raw“ oder „download“ genannt).</translation>
    </message>
    <message>
        <source>It is sent without a content type.</source>
        <translation>Es wird ohne Content-Type gesendet.</translation>
    </message>
    <message>
        <source>It is sent as %1.</source>
        <translation>Es wird als %1 gesendet.</translation>
    </message>
    <message>
        <source>Send it as application/json.</source>
        <translation>Es als application/json senden.</translation>
    </message>
    <message>
        <source>It took %1 s to answer.</source>
        <translation>Die Antwort brauchte %1 s.</translation>
    </message>
    <message>
        <source>Host it where it answers at once: the server waits for it before it gives a token.</source>
        <translation>Es dort bereitstellen, wo es sofort antwortet: der Server wartet darauf, bevor er ein Token gibt.</translation>
    </message>
    <message>
        <source>On rotation, publish the new key beside the old one, and remove the old one after that time.</source>
        <translation>Beim Wechsel den neuen Schlüssel neben dem alten veröffentlichen und den alten nach dieser Zeit entfernen.</translation>
    </message>
    <message>
        <source>Cache-Control keeps servers from holding it: each token request may fetch it anew.</source>
        <translation>Cache-Control hindert Server am Aufbewahren: jede Token-Anfrage holt es vielleicht neu.</translation>
    </message>
    <message>
        <source>An hour (max-age=3600) is kinder to your host.</source>
        <translation>Eine Stunde (max-age=3600) schont den Host.</translation>
    </message>
    <message>
        <source>There is no Cache-Control: servers keep it as long as they like, Epic 29 hours.</source>
        <translation>Es gibt kein Cache-Control: Server behalten es nach Belieben, Epic 29 Stunden.</translation>
    </message>
    <message>
        <source>Cache-Control allows %1 hours; Epic keeps it 29 hours at most.</source>
        <translation>Cache-Control erlaubt %1 Stunden; Epic behält es höchstens 29 Stunden.</translation>
    </message>
    <message>
        <source>Servers keep it for %1 minutes.</source>
        <translation>Server behalten es %1 Minuten lang.</translation>
    </message>
    <message>
        <source>A key without kid</source>
        <translation>Ein Schlüssel ohne kid</translation>
    </message>
    <message>
        <source>The key %1</source>
        <translation>Der Schlüssel %1</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>Write it again, with base64url members of full length.</source>
        <translation>Es neu schreiben, mit base64url-Feldern in voller Länge.</translation>
    </message>
    <message>
        <source>A key has no kid.</source>
        <translation>Ein Schlüssel hat keine kid.</translation>
    </message>
    <message>
        <source>Give each key a kid: servers look it up by that.</source>
        <translation>Jedem Schlüssel eine kid geben: danach suchen Server.</translation>
    </message>
    <message>
        <source>%1 has only %2 bits.</source>
        <translation>%1 hat nur %2 Bit.</translation>
    </message>
    <message>
        <source>Servers refuse fewer than 2048 bits.</source>
        <translation>Weniger als 2048 Bit lehnen Server ab.</translation>
    </message>
    <message>
        <source>%1 names the algorithm %2, which does not fit it.</source>
        <translation>%1 nennt den Algorithmus %2, der nicht dazu passt.</translation>
    </message>
    <message>
        <source>Write %1.</source>
        <translation>%1 schreiben.</translation>
    </message>
    <message>
        <source>The kid %1 names more than one key.</source>
        <translation>Die kid %1 benennt mehr als einen Schlüssel.</translation>
    </message>
    <message>
        <source>Give each key a kid of its own: servers refuse what is not unique.</source>
        <translation>Jedem Schlüssel eine eigene kid geben: was nicht eindeutig ist, lehnen Server ab.</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>The kid %1 is there, but it names another key.</source>
        <translation>Die kid %1 ist da, benennt aber einen anderen Schlüssel.</translation>
    </message>
    <message>
        <source>Publish this key&apos;s public half, or choose the private key that belongs to the one there.</source>
        <translation>Die öffentliche Hälfte dieses Schlüssels veröffentlichen oder den privaten Schlüssel wählen, der zu jenem gehört.</translation>
    </message>
    <message>
        <source>This key is not in the set.</source>
        <translation>Dieser Schlüssel ist nicht im Set.</translation>
    </message>
    <message>
        <source>Add its public JWK to the set; a new key is read at once.</source>
        <translation>Sein öffentliches JWK dem Set hinzufügen; ein neuer Schlüssel wird sofort gelesen.</translation>
    </message>
    <message>
        <source>This key is there under the kid %1; the assertion says %2.</source>
        <translation>Dieser Schlüssel ist unter der kid %1 da; die Assertion sagt %2.</translation>
    </message>
    <message>
        <source>Set the key ID to %1, or publish the key as %2.</source>
        <translation>Als Key ID %1 eintragen oder den Schlüssel als %2 veröffentlichen.</translation>
    </message>
    <message>
        <source>This key is there %1 times.</source>
        <translation>Dieser Schlüssel ist %1-mal da.</translation>
    </message>
    <message>
        <source>Publish it once.</source>
        <translation>Ihn einmal veröffentlichen.</translation>
    </message>
    <message>
        <source>This key is there once, as %1.</source>
        <translation>Dieser Schlüssel ist einmal da, als %1.</translation>
    </message>
    <message>
        <source>This key&apos;s “use” is “%1”.</source>
        <translation>„use“ dieses Schlüssels ist „%1“.</translation>
    </message>
    <message>
        <source>Publish it with “use”: “sig”.</source>
        <translation>Ihn mit „use“: „sig“ veröffentlichen.</translation>
    </message>
    <message>
        <source>This key&apos;s “key_ops” lack “verify”.</source>
        <translation>In „key_ops“ dieses Schlüssels fehlt „verify“.</translation>
    </message>
    <message>
        <source>Publish it with “key_ops”: [“verify”].</source>
        <translation>Ihn mit „key_ops“: [„verify“] veröffentlichen.</translation>
    </message>
    <message>
        <source>It is not JSON: %1 at byte %2.</source>
        <translation>Es ist kein JSON: %1 bei Byte %2.</translation>
    </message>
    <message>
        <source>Copy the JWK Set again as it was written.</source>
        <translation>Das JWK Set noch einmal so kopieren, wie es geschrieben wurde.</translation>
    </message>
    <message>
        <source>It is a single JWK, not a set.</source>
        <translation>Es ist ein einzelnes JWK, kein Set.</translation>
    </message>
    <message>
        <source>It has no array “keys”.</source>
        <translation>Es hat kein Array „keys“.</translation>
    </message>
    <message>
        <source>Put it as {&quot;keys&quot;: […]}.</source>
        <translation>Es als {&quot;keys&quot;: […]} schreiben.</translation>
    </message>
    <message>
        <source>A private key is published here.</source>
        <translation>Hier ist ein privater Schlüssel veröffentlicht.</translation>
    </message>
    <message>
        <source>Anybody can read it: make a new key pair at once, and publish its public half only.</source>
        <translation>Alle können ihn lesen: sofort ein neues Schlüsselpaar anlegen und nur dessen öffentliche Hälfte veröffentlichen.</translation>
    </message>
    <message>
        <source>The set holds no key.</source>
        <translation>Das Set enthält keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Add the public JWK of your key.</source>
        <translation>Das öffentliche JWK des eigenen Schlüssels hinzufügen.</translation>
    </message>
    <message>
        <source>A PRIVATE KEY is published here, for everybody to read (kid %1).</source>
        <translation>Hier ist ein PRIVATER SCHLÜSSEL veröffentlicht, für alle lesbar (kid %1).</translation>
    </message>
    <message>
        <source>Make a new key pair at once, and publish its public half only.</source>
        <translation>Sofort ein neues Schlüsselpaar anlegen und nur dessen öffentliche Hälfte veröffentlichen.</translation>
    </message>
    <message numerus="yes">
        <source>It is a JWK Set that servers can read, with %n key(s).</source>
        <translation>
            <numerusform>Es ist ein JWK Set, das Server lesen können, mit %n Schlüssel.</numerusform>
            <numerusform>Es ist ein JWK Set, das Server lesen können, mit %n Schlüsseln.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its certificate is trusted only with the CA certificates given here.</source>
        <translation>Seinem Zertifikat wird nur mit den hier angegebenen CA-Zertifikaten vertraut.</translation>
    </message>
    <message>
        <source>Servers of an EHR do not have them: use a certificate of a public authority.</source>
        <translation>Server eines EHR haben sie nicht: ein Zertifikat einer öffentlichen Stelle verwenden.</translation>
    </message>
</context>
<context>
    <name>KeptDraft</name>
    <message>
        <source>The draft that was kept when the vault was locked can’t be read.</source>
        <translation>Der Entwurf, der beim Sperren des Vaults aufbewahrt wurde, ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>KeptReport</name>
    <message>
        <source>‹%1 characters more were not kept›</source>
        <translation>‹%1 weitere Zeichen wurden nicht aufbewahrt›</translation>
    </message>
    <message>
        <source>‹%1 characters were not kept›</source>
        <translation>‹%1 Zeichen wurden nicht aufbewahrt›</translation>
    </message>
</context>
<context>
    <name>KeyExpiry</name>
    <message>
        <source>Key expires today</source>
        <translation>Schlüssel läuft heute ab</translation>
    </message>
    <message numerus="yes">
        <source>Key expires in %n day(s)</source>
        <translation>
            <numerusform>Schlüssel läuft in %n Tag ab</numerusform>
            <numerusform>Schlüssel läuft in %n Tagen ab</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key expired %n day(s) ago</source>
        <translation>
            <numerusform>Schlüssel vor %n Tag abgelaufen</numerusform>
            <numerusform>Schlüssel vor %n Tagen abgelaufen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyInspection</name>
    <message>
        <source>This passphrase does not open the key.</source>
        <translation>Diese Passphrase öffnet den Schlüssel nicht.</translation>
    </message>
    <message>
        <source>Check capitals and spaces; it is the passphrase the key was saved with.</source>
        <translation>Großbuchstaben und Leerzeichen prüfen; es ist die Passphrase, mit der der Schlüssel gespeichert wurde.</translation>
    </message>
    <message>
        <source>This key is encrypted.</source>
        <translation>Dieser Schlüssel ist verschlüsselt.</translation>
    </message>
    <message>
        <source>Enter the passphrase it was saved with.</source>
        <translation>Die Passphrase eingeben, mit der er gespeichert wurde.</translation>
    </message>
    <message>
        <source>This key is encrypted with an old cipher that is no longer supported.</source>
        <translation>Dieser Schlüssel ist mit einem alten Verfahren verschlüsselt, das nicht mehr unterstützt wird.</translation>
    </message>
    <message>
        <source>Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW -provider legacy -provider default.</source>
        <translation>Ihn umwandeln: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW -provider legacy -provider default.</translation>
    </message>
    <message>
        <source>Opening this key would take minutes: its passphrase is stretched too far.</source>
        <translation>Diesen Schlüssel zu öffnen würde Minuten dauern: seine Passphrase ist zu aufwendig gestreckt.</translation>
    </message>
    <message>
        <source>Save it again with fewer iterations: openssl pkcs8 -topk8 -iter 600000 -in KEY -out NEW.</source>
        <translation>Ihn mit weniger Iterationen neu speichern: openssl pkcs8 -topk8 -iter 600000 -in KEY -out NEW.</translation>
    </message>
    <message>
        <source>This encrypted key is damaged.</source>
        <translation>Dieser verschlüsselte Schlüssel ist beschädigt.</translation>
    </message>
    <message>
        <source>Copy the key again from where it was made.</source>
        <translation>Den Schlüssel noch einmal von dort kopieren, wo er entstand.</translation>
    </message>
    <message>
        <source>Copy the key again, whole: from the BEGIN line to the END line.</source>
        <translation>Den Schlüssel noch einmal ganz kopieren: von der BEGIN-Zeile bis zur END-Zeile.</translation>
    </message>
    <message>
        <source>The key is cut off: %1 of %2 bytes are there.</source>
        <translation>Der Schlüssel ist abgeschnitten: %1 von %2 Byte sind da.</translation>
    </message>
    <message>
        <source>The key is damaged: its contents can&apos;t be read.</source>
        <translation>Der Schlüssel ist beschädigt: sein Inhalt ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The key is cut off: its END line is missing.</source>
        <translation>Der Schlüssel ist abgeschnitten: die END-Zeile fehlt.</translation>
    </message>
    <message>
        <source>The key begins as %1 but ends as %2.</source>
        <translation>Der Schlüssel beginnt als %1, endet aber als %2.</translation>
    </message>
    <message>
        <source>The key is damaged: character %1 of its text can&apos;t be in a key.</source>
        <translation>Der Schlüssel ist beschädigt: Zeichen %1 seines Textes kann in keinem Schlüssel stehen.</translation>
    </message>
    <message>
        <source>There is nothing between the BEGIN and the END line.</source>
        <translation>Zwischen BEGIN- und END-Zeile steht nichts.</translation>
    </message>
    <message>
        <source>The text was in UTF-16; it was converted.</source>
        <translation>Der Text war in UTF-16; er wurde umgewandelt.</translation>
    </message>
    <message>
        <source>Line breaks written as \n were made real ones.</source>
        <translation>Zeilenumbrüche, die als \n geschrieben waren, wurden zu echten.</translation>
    </message>
    <message>
        <source>Characters that word processors and web pages insert were put right.</source>
        <translation>Zeichen, die Textprogramme und Webseiten einfügen, wurden berichtigt.</translation>
    </message>
    <message>
        <source>The BEGIN or END line did not have five dashes; it was put right.</source>
        <translation>Die BEGIN- oder END-Zeile hatte nicht fünf Striche; sie wurde berichtigt.</translation>
    </message>
    <message>
        <source>The key&apos;s lines were wrapped anew.</source>
        <translation>Die Zeilen des Schlüssels wurden neu umbrochen.</translation>
    </message>
    <message>
        <source>Text around the key was left out.</source>
        <translation>Text um den Schlüssel herum wurde weggelassen.</translation>
    </message>
    <message>
        <source>The public key that came along belongs to another private key.</source>
        <translation>Der mitgelieferte öffentliche Schlüssel gehört zu einem anderen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>Check that this is the key you registered.</source>
        <translation>Prüfen, ob es der registrierte Schlüssel ist.</translation>
    </message>
    <message>
        <source>There are %1 private keys in this text.</source>
        <translation>In diesem Text stehen %1 private Schlüssel.</translation>
    </message>
    <message>
        <source>This JWK holds only the public half of the key.</source>
        <translation>Dieses JWK enthält nur die öffentliche Hälfte des Schlüssels.</translation>
    </message>
    <message>
        <source>Give the private JWK (with the member &quot;d&quot;), or the private key in PEM form.</source>
        <translation>Das private JWK (mit dem Feld „d“) oder den privaten Schlüssel im PEM-Format angeben.</translation>
    </message>
    <message>
        <source>This JWK Set holds only public keys.</source>
        <translation>Dieses JWK Set enthält nur öffentliche Schlüssel.</translation>
    </message>
    <message>
        <source>It is what the server gets. Give the private key.</source>
        <translation>Das bekommt der Server. Hier den privaten Schlüssel angeben.</translation>
    </message>
    <message>
        <source>Check that this is the key file.</source>
        <translation>Prüfen, ob es die Schlüsseldatei ist.</translation>
    </message>
    <message>
        <source>The BEGIN and END lines were missing; the key was read without them.</source>
        <translation>BEGIN- und END-Zeile fehlten; der Schlüssel wurde ohne sie gelesen.</translation>
    </message>
    <message>
        <source>The JWK says that it is not for signatures (“use”: “%1”).</source>
        <translation>Das JWK sagt, dass es nicht für Signaturen ist („use“: „%1“).</translation>
    </message>
    <message>
        <source>Check that this is the key you registered; publish it with “use”: “sig”.</source>
        <translation>Prüfen, ob es der registrierte Schlüssel ist; ihn mit „use“: „sig“ veröffentlichen.</translation>
    </message>
    <message>
        <source>The JWK names the algorithm %1, which does not fit its key.</source>
        <translation>Das JWK nennt den Algorithmus %1, der nicht zu seinem Schlüssel passt.</translation>
    </message>
    <message>
        <source>Publish it with %1.</source>
        <translation>Es mit %1 veröffentlichen.</translation>
    </message>
    <message>
        <source>This JWK is a shared secret, not a key pair.</source>
        <translation>Dieses JWK ist ein gemeinsames Geheimnis, kein Schlüsselpaar.</translation>
    </message>
    <message>
        <source>SMART Backend Services uses no shared secret: give the private key whose public half is registered.</source>
        <translation>SMART Backend Services verwendet kein gemeinsames Geheimnis: den privaten Schlüssel angeben, dessen öffentliche Hälfte registriert ist.</translation>
    </message>
    <message>
        <source>This JWK Set holds no key.</source>
        <translation>Dieses JWK Set enthält keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Give the private key.</source>
        <translation>Den privaten Schlüssel angeben.</translation>
    </message>
    <message>
        <source>There are only certificates in this file.</source>
        <translation>In dieser Datei sind nur Zertifikate.</translation>
    </message>
    <message>
        <source>Export it again together with its private key.</source>
        <translation>Sie noch einmal zusammen mit dem privaten Schlüssel exportieren.</translation>
    </message>
    <message>
        <source>This encrypted key is damaged; its passphrase is not the trouble.</source>
        <translation>Dieser verschlüsselte Schlüssel ist beschädigt; an der Passphrase liegt es nicht.</translation>
    </message>
    <message>
        <source>The file was encrypted with an old, weak cipher (DES, RC2 or RC4); the vault encrypts the key anew.</source>
        <translation>Die Datei war mit einem alten, schwachen Verfahren verschlüsselt (DES, RC2 oder RC4); der Vault verschlüsselt den Schlüssel neu.</translation>
    </message>
    <message>
        <source>Choose the one that is registered for this client, by its kid or thumbprint.</source>
        <translation>Den wählen, der für diesen Client registriert ist, nach kid oder Thumbprint.</translation>
    </message>
    <message>
        <source>It is labelled %1; it was read as what it is.</source>
        <translation>Er ist als %1 bezeichnet; gelesen wurde er als das, was er ist.</translation>
    </message>
    <message>
        <source>The key was base64 once more, as in a Kubernetes Secret.</source>
        <translation>Der Schlüssel war noch einmal in base64, wie in einem Kubernetes Secret.</translation>
    </message>
    <message>
        <source>The certificate that came along belongs to this key.</source>
        <translation>Das mitgelieferte Zertifikat gehört zu diesem Schlüssel.</translation>
    </message>
    <message>
        <source>The certificate that came along belongs to another private key.</source>
        <translation>Das mitgelieferte Zertifikat gehört zu einem anderen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>It is labelled %1, but it is a private key.</source>
        <translation>Es ist als %1 bezeichnet, ist aber ein privater Schlüssel.</translation>
    </message>
    <message>
        <source>If this is the right key, write PRIVATE KEY into its BEGIN and END lines.</source>
        <translation>Ist es der richtige Schlüssel, PRIVATE KEY in die BEGIN- und END-Zeile schreiben.</translation>
    </message>
    <message>
        <source>It is also cut off: its END line is missing.</source>
        <translation>Er ist außerdem abgeschnitten: die END-Zeile fehlt.</translation>
    </message>
    <message>
        <source>It is also damaged: its contents can&apos;t be read.</source>
        <translation>Er ist außerdem beschädigt: sein Inhalt ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The JWK says that it is not for signing (“key_ops” lacks “sign”).</source>
        <translation>Das JWK sagt, dass es nicht zum Signieren ist (in „key_ops“ fehlt „sign“).</translation>
    </message>
    <message>
        <source>The JWK names the algorithm %1, which SMART servers don&apos;t take.</source>
        <translation>Das JWK nennt den Algorithmus %1, den SMART-Server nicht annehmen.</translation>
    </message>
    <message>
        <source>This looks like a JWK, but it is not JSON: character %1 is wrong, or something is missing there.</source>
        <translation>Das sieht nach einem JWK aus, ist aber kein JSON: Zeichen %1 ist falsch, oder dort fehlt etwas.</translation>
    </message>
    <message>
        <source>Copy the JWK again, whole. JSON has double quotes, and no comma after the last member.</source>
        <translation>Das JWK noch einmal ganz kopieren. JSON hat doppelte Anführungszeichen und kein Komma nach dem letzten Feld.</translation>
    </message>
    <message>
        <source>This RSA key has the public exponent %1; some servers take none below 65537.</source>
        <translation>Dieser RSA-Schlüssel hat den öffentlichen Exponenten %1; manche Server nehmen keinen unter 65537 an.</translation>
    </message>
    <message>
        <source>Where the server refuses it, generate a new key.</source>
        <translation>Wo der Server ihn ablehnt, einen neuen Schlüssel erzeugen.</translation>
    </message>
    <message>
        <source>This RSA key has %1 bits: it signs slowly, and many servers refuse it.</source>
        <translation>Dieser RSA-Schlüssel hat %1 Bit: er signiert langsam, und viele Server lehnen ihn ab.</translation>
    </message>
    <message>
        <source>2048 to 4096 bits are usual.</source>
        <translation>Üblich sind 2048 bis 4096 Bit.</translation>
    </message>
    <message>
        <source>This is more than %1 MB; no key is that long.</source>
        <translation>Das sind mehr als %1 MB; so lang ist kein Schlüssel.</translation>
    </message>
</context>
<context>
    <name>KeyPairText</name>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 T.</translation>
    </message>
    <message>
        <source>%1 mo</source>
        <translation>%1 Mon.</translation>
    </message>
</context>
<context>
    <name>KeyRecognition</name>
    <message>
        <source>This is a certificate: the public half, which the server gets.</source>
        <translation>Das ist ein Zertifikat: die öffentliche Hälfte, die der Server bekommt.</translation>
    </message>
    <message>
        <source>Give the private key that belongs to it. Its first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY; it is often in the file next to the certificate (.key, .pem).</source>
        <translation>Den dazugehörigen privaten Schlüssel angeben. Seine erste Zeile lautet BEGIN PRIVATE KEY oder BEGIN RSA PRIVATE KEY; oft steht er in der Datei neben dem Zertifikat (.key, .pem).</translation>
    </message>
    <message>
        <source>This is a certificate request; it holds only the public half.</source>
        <translation>Das ist eine Zertifikatsanforderung; sie enthält nur die öffentliche Hälfte.</translation>
    </message>
    <message>
        <source>Give the private key that was made together with the request.</source>
        <translation>Den privaten Schlüssel angeben, der mit der Anforderung zusammen entstand.</translation>
    </message>
    <message>
        <source>This is the public key: the half that the server gets.</source>
        <translation>Das ist der öffentliche Schlüssel: die Hälfte, die der Server bekommt.</translation>
    </message>
    <message>
        <source>Give the private key. Its first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY.</source>
        <translation>Den privaten Schlüssel angeben. Seine erste Zeile lautet BEGIN PRIVATE KEY oder BEGIN RSA PRIVATE KEY.</translation>
    </message>
    <message>
        <source>This is a private key in OpenSSH&apos;s own format.</source>
        <translation>Das ist ein privater Schlüssel in OpenSSHs eigenem Format.</translation>
    </message>
    <message>
        <source>Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY, then give the copy.</source>
        <translation>Eine Kopie davon umwandeln: ssh-keygen -p -m PKCS8 -f COPY, dann die Kopie angeben.</translation>
    </message>
    <message>
        <source>Give a private key whose first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY.</source>
        <translation>Einen privaten Schlüssel angeben, dessen erste Zeile BEGIN PRIVATE KEY oder BEGIN RSA PRIVATE KEY lautet.</translation>
    </message>
    <message>
        <source>This is an OpenSSH public key.</source>
        <translation>Das ist ein öffentlicher OpenSSH-Schlüssel.</translation>
    </message>
    <message>
        <source>Give the private key: the file of the same name without .pub, converted with ssh-keygen -p -m PKCS8 -f COPY.</source>
        <translation>Den privaten Schlüssel angeben: die Datei gleichen Namens ohne .pub, umgewandelt mit ssh-keygen -p -m PKCS8 -f COPY.</translation>
    </message>
    <message>
        <source>This is a PuTTY key file (.ppk).</source>
        <translation>Das ist eine PuTTY-Schlüsseldatei (.ppk).</translation>
    </message>
    <message>
        <source>Convert it: puttygen KEY.ppk -O private-openssh-new -o KEY, then ssh-keygen -p -m PKCS8 -f KEY.</source>
        <translation>Sie umwandeln: puttygen KEY.ppk -O private-openssh-new -o KEY, dann ssh-keygen -p -m PKCS8 -f KEY.</translation>
    </message>
    <message>
        <source>This is a fingerprint of a key, not the key.</source>
        <translation>Das ist der Fingerabdruck eines Schlüssels, nicht der Schlüssel.</translation>
    </message>
    <message>
        <source>Give the private key file itself.</source>
        <translation>Die Datei des privaten Schlüssels selbst angeben.</translation>
    </message>
    <message>
        <source>This is a signed token (JWT), not the key that signs.</source>
        <translation>Das ist ein signiertes Token (JWT), nicht der Schlüssel, der signiert.</translation>
    </message>
    <message>
        <source>Give the private key that the token was signed with.</source>
        <translation>Den privaten Schlüssel angeben, mit dem das Token signiert wurde.</translation>
    </message>
    <message>
        <source>This looks like a client ID.</source>
        <translation>Das sieht nach einer Client-ID aus.</translation>
    </message>
    <message>
        <source>Put it into the field Client ID, and give the private key here.</source>
        <translation>Sie in das Feld „Client ID“ eintragen und hier den privaten Schlüssel angeben.</translation>
    </message>
    <message>
        <source>This is the path of a file, not its contents.</source>
        <translation>Das ist der Pfad einer Datei, nicht ihr Inhalt.</translation>
    </message>
    <message>
        <source>Choose the file, or paste what is in it.</source>
        <translation>Die Datei wählen oder ihren Inhalt einfügen.</translation>
    </message>
    <message>
        <source>This is a web page.</source>
        <translation>Das ist eine Webseite.</translation>
    </message>
    <message>
        <source>Download the key file itself (often a button named Raw or Download).</source>
        <translation>Die Schlüsseldatei selbst herunterladen (oft eine Schaltfläche „Raw“ oder „Download“).</translation>
    </message>
    <message>
        <source>This is no key; it looks like a client secret or a password.</source>
        <translation>Das ist kein Schlüssel; es sieht nach einem Client Secret oder einem Passwort aus.</translation>
    </message>
    <message>
        <source>SMART Backend Services uses no client secret: give the private key whose public half is registered.</source>
        <translation>SMART Backend Services verwendet kein Client Secret: den privaten Schlüssel angeben, dessen öffentliche Hälfte registriert ist.</translation>
    </message>
    <message>
        <source>There is no key here.</source>
        <translation>Hier ist kein Schlüssel.</translation>
    </message>
    <message>
        <source>Paste the private key, or choose its file.</source>
        <translation>Den privaten Schlüssel einfügen oder seine Datei wählen.</translation>
    </message>
    <message>
        <source>There is no private key in this text.</source>
        <translation>In diesem Text ist kein privater Schlüssel.</translation>
    </message>
    <message>
        <source>A private key in PEM form begins with the line BEGIN PRIVATE KEY and ends with END PRIVATE KEY; copy both lines and all between.</source>
        <translation>Ein privater Schlüssel im PEM-Format beginnt mit der Zeile BEGIN PRIVATE KEY und endet mit END PRIVATE KEY; beide Zeilen und alles dazwischen kopieren.</translation>
    </message>
    <message>
        <source>This is a bundle of certificates (PKCS#7); it holds no private key.</source>
        <translation>Das ist ein Bündel von Zertifikaten (PKCS#7); es enthält keinen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>Give the private key that was made before its certificate was requested.</source>
        <translation>Den privaten Schlüssel angeben, der vor der Anforderung des Zertifikats entstand.</translation>
    </message>
    <message>
        <source>This is an encrypted private key in OpenSSH&apos;s own format.</source>
        <translation>Das ist ein verschlüsselter privater Schlüssel in OpenSSHs eigenem Format.</translation>
    </message>
    <message>
        <source>Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY asks for its passphrase and for a new one; then give the copy.</source>
        <translation>Eine Kopie davon umwandeln: ssh-keygen -p -m PKCS8 -f COPY fragt nach der Passphrase und nach einer neuen; dann die Kopie angeben.</translation>
    </message>
    <message>
        <source>This is a PuTTY key file (.ppk), version %1.</source>
        <translation>Das ist eine PuTTY-Schlüsseldatei (.ppk), Version %1.</translation>
    </message>
    <message>
        <source>Convert it: puttygen KEY.ppk -O private-openssh-new -o KEY asks for its passphrase; then ssh-keygen -p -m PKCS8 -f KEY.</source>
        <translation>Sie umwandeln: puttygen KEY.ppk -O private-openssh-new -o KEY fragt nach der Passphrase; dann ssh-keygen -p -m PKCS8 -f KEY.</translation>
    </message>
    <message>
        <source>This is an RSA key in the XML form of .NET.</source>
        <translation>Das ist ein RSA-Schlüssel in der XML-Form von .NET.</translation>
    </message>
    <message>
        <source>Export it as PKCS#8: RSA.ExportPkcs8PrivateKeyPem() in .NET.</source>
        <translation>Ihn als PKCS#8 exportieren: RSA.ExportPkcs8PrivateKeyPem() in .NET.</translation>
    </message>
    <message>
        <source>The key is cut off: its BEGIN line is missing.</source>
        <translation>Der Schlüssel ist abgeschnitten: die BEGIN-Zeile fehlt.</translation>
    </message>
    <message>
        <source>Copy the key again, whole: from the BEGIN line to the END line.</source>
        <translation>Den Schlüssel noch einmal ganz kopieren: von der BEGIN-Zeile bis zur END-Zeile.</translation>
    </message>
    <message>
        <source>This is a Java keystore.</source>
        <translation>Das ist ein Java-Keystore.</translation>
    </message>
    <message>
        <source>Convert it: keytool -importkeystore -srckeystore KEYSTORE -destkeystore KEY.p12 -deststoretype PKCS12, then give KEY.p12.</source>
        <translation>Ihn umwandeln: keytool -importkeystore -srckeystore KEYSTORE -destkeystore KEY.p12 -deststoretype PKCS12, dann KEY.p12 angeben.</translation>
    </message>
    <message>
        <source>This is a Microsoft PVK file.</source>
        <translation>Das ist eine PVK-Datei von Microsoft.</translation>
    </message>
    <message>
        <source>Convert it: openssl rsa -inform PVK -in KEY -out KEY.pem.</source>
        <translation>Sie umwandeln: openssl rsa -inform PVK -in KEY -out KEY.pem.</translation>
    </message>
    <message>
        <source>This is a Microsoft key blob.</source>
        <translation>Das ist ein Schlüssel-Blob von Microsoft.</translation>
    </message>
    <message>
        <source>Convert it: openssl rsa -inform MSBLOB -in KEY -out KEY.pem.</source>
        <translation>Ihn umwandeln: openssl rsa -inform MSBLOB -in KEY -out KEY.pem.</translation>
    </message>
    <message>
        <source>This is a list of revoked certificates (CRL), not a private key.</source>
        <translation>Das ist eine Liste gesperrter Zertifikate (CRL), kein privater Schlüssel.</translation>
    </message>
    <message>
        <source>This is an encrypted message (CMS, S/MIME). There may be a key in it.</source>
        <translation>Das ist eine verschlüsselte Nachricht (CMS, S/MIME). Vielleicht ist ein Schlüssel darin.</translation>
    </message>
    <message>
        <source>Decrypt it: openssl cms -decrypt -inform DER -in FILE -inkey YOURS -out KEY, then give KEY.</source>
        <translation>Sie entschlüsseln: openssl cms -decrypt -inform DER -in FILE -inkey YOURS -out KEY, dann KEY angeben.</translation>
    </message>
    <message>
        <source>This is a private key in the format of SSH2 (ssh.com).</source>
        <translation>Das ist ein privater Schlüssel im Format von SSH2 (ssh.com).</translation>
    </message>
    <message>
        <source>Convert it: puttygen KEY -O private-openssh-new -o NEW, then ssh-keygen -p -m PKCS8 -f NEW, and give NEW.</source>
        <translation>Ihn umwandeln: puttygen KEY -O private-openssh-new -o NEW, dann ssh-keygen -p -m PKCS8 -f NEW, und NEW angeben.</translation>
    </message>
    <message>
        <source>These are only the parameters that keys are made from.</source>
        <translation>Das sind nur die Parameter, aus denen Schlüssel entstehen.</translation>
    </message>
    <message>
        <source>Give the private key; in the same file, it comes after them.</source>
        <translation>Den privaten Schlüssel angeben; in derselben Datei steht er nach ihnen.</translation>
    </message>
    <message>
        <source>This is of OpenPGP; SMART servers don&apos;t take its keys.</source>
        <translation>Das ist von OpenPGP; dessen Schlüssel nehmen SMART-Server nicht an.</translation>
    </message>
    <message>
        <source>Generate an RSA key with at least 2048 bits, or an EC key on P-384.</source>
        <translation>Einen RSA-Schlüssel mit mindestens 2048 Bit oder einen EC-Schlüssel auf P-384 erzeugen.</translation>
    </message>
    <message>
        <source>This is a file encrypted with age. There may be a key in it.</source>
        <translation>Das ist eine mit age verschlüsselte Datei. Vielleicht ist ein Schlüssel darin.</translation>
    </message>
    <message>
        <source>Decrypt it: age -d -i IDENTITY -o KEY FILE, then give KEY. A bundle of credentials is imported instead.</source>
        <translation>Sie entschlüsseln: age -d -i IDENTITY -o KEY FILE, dann KEY angeben. Ein Bundle von Credentials wird stattdessen importiert.</translation>
    </message>
    <message>
        <source>This key lies in a security chip (TPM), which does not give it away.</source>
        <translation>Dieser Schlüssel liegt in einem Sicherheitschip (TPM), der ihn nicht herausgibt.</translation>
    </message>
    <message>
        <source>Generate a key for this client, and register its public half.</source>
        <translation>Für diesen Client einen Schlüssel erzeugen und seine öffentliche Hälfte registrieren.</translation>
    </message>
    <message>
        <source>This is labelled %1; it is not a private key.</source>
        <translation>Das ist als %1 bezeichnet; es ist kein privater Schlüssel.</translation>
    </message>
    <message>
        <source>This is encrypted (JWE). There may be a JWK in it.</source>
        <translation>Das ist verschlüsselt (JWE). Vielleicht ist ein JWK darin.</translation>
    </message>
    <message>
        <source>Decrypt it: jose jwe dec -i FILE -k YOURS -O KEY, then give KEY.</source>
        <translation>Es entschlüsseln: jose jwe dec -i FILE -k YOURS -O KEY, dann KEY angeben.</translation>
    </message>
    <message>
        <source>This is a key of age: it is for encrypted files, it can&apos;t sign.</source>
        <translation>Das ist ein Schlüssel von age: er ist für verschlüsselte Dateien, signieren kann er nicht.</translation>
    </message>
    <message>
        <source>This is an address, not a key.</source>
        <translation>Das ist eine Adresse, kein Schlüssel.</translation>
    </message>
    <message>
        <source>If it is where your public keys are published, put it into the field JWK Set URL; give the private key here.</source>
        <translation>Sind dort die öffentlichen Schlüssel veröffentlicht, sie in das Feld „JWK Set URL“ eintragen; hier den privaten Schlüssel angeben.</translation>
    </message>
    <message>
        <source>This names a key that lies elsewhere; it is not the key.</source>
        <translation>Das benennt einen Schlüssel, der anderswo liegt; es ist nicht der Schlüssel.</translation>
    </message>
    <message>
        <source>Export the key from there as PKCS#8; where that is not possible, generate one for this client.</source>
        <translation>Den Schlüssel von dort als PKCS#8 exportieren; wo das nicht möglich ist, für diesen Client einen erzeugen.</translation>
    </message>
    <message>
        <source>This is a key as openssl prints it for people to read.</source>
        <translation>Das ist ein Schlüssel, wie openssl ihn für Menschen lesbar ausgibt.</translation>
    </message>
    <message>
        <source>Give the key file itself; or run the command again without -text -noout.</source>
        <translation>Die Schlüsseldatei selbst angeben; oder den Befehl noch einmal ohne -text -noout ausführen.</translation>
    </message>
    <message>
        <source>Decrypt it: openssl cms -decrypt -in FILE -inkey YOURS -out KEY, then give KEY.</source>
        <translation>Sie entschlüsseln: openssl cms -decrypt -in FILE -inkey YOURS -out KEY, dann KEY angeben.</translation>
    </message>
    <message>
        <source>This is a ZIP archive or an Office document.</source>
        <translation>Das ist ein ZIP-Archiv oder ein Office-Dokument.</translation>
    </message>
    <message>
        <source>Unpack it and give the key file that is in it.</source>
        <translation>Es entpacken und die Schlüsseldatei darin angeben.</translation>
    </message>
    <message>
        <source>This is a compressed file (gzip).</source>
        <translation>Das ist eine komprimierte Datei (gzip).</translation>
    </message>
    <message>
        <source>This is a PDF document.</source>
        <translation>Das ist ein PDF-Dokument.</translation>
    </message>
    <message>
        <source>Open it and copy the key out of it, or ask for the key file.</source>
        <translation>Es öffnen und den Schlüssel daraus kopieren oder um die Schlüsseldatei bitten.</translation>
    </message>
    <message>
        <source>This is a picture.</source>
        <translation>Das ist ein Bild.</translation>
    </message>
    <message>
        <source>Give the key file itself.</source>
        <translation>Die Schlüsseldatei selbst angeben.</translation>
    </message>
    <message>
        <source>This is a KeePass database.</source>
        <translation>Das ist eine KeePass-Datenbank.</translation>
    </message>
    <message>
        <source>Open it in KeePass and copy the key out of its entry.</source>
        <translation>Sie in KeePass öffnen und den Schlüssel aus seinem Eintrag kopieren.</translation>
    </message>
    <message>
        <source>This is a database file (SQLite).</source>
        <translation>Das ist eine Datenbankdatei (SQLite).</translation>
    </message>
    <message>
        <source>This is a file encrypted with openssl enc.</source>
        <translation>Das ist eine mit openssl enc verschlüsselte Datei.</translation>
    </message>
    <message>
        <source>Decrypt it: openssl enc -d -aes-256-cbc -pbkdf2 -in FILE -out KEY, then give KEY.</source>
        <translation>Sie entschlüsseln: openssl enc -d -aes-256-cbc -pbkdf2 -in FILE -out KEY, dann KEY angeben.</translation>
    </message>
</context>
<context>
    <name>KeySlotText</name>
    <message>
        <source>The passphrase slot of this vault holds settings that can&apos;t be right.</source>
        <translation>Der Passphrasen-Slot dieses Vaults enthält Einstellungen, die nicht stimmen können.</translation>
    </message>
    <message>
        <source>The %1 MiB of memory that unlocking needs are not free.</source>
        <translation>Die %1 MiB Speicher, die das Entsperren braucht, sind nicht frei.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>Die Passphrase ist leer.</translation>
    </message>
    <message>
        <source>Choose a passphrase: it is what protects every key in the vault.</source>
        <translation>Eine Passphrase wählen: sie schützt jeden Schlüssel im Vault.</translation>
    </message>
    <message>
        <source>Unlocking can&apos;t be set to %1 MiB and %2 passes.</source>
        <translation>Das Entsperren lässt sich nicht auf %1 MiB und %2 Durchgänge stellen.</translation>
    </message>
    <message>
        <source>Choose %1 to %2 MiB and 1 to %3 passes.</source>
        <translation>%1 bis %2 MiB und 1 bis %3 Durchgänge wählen.</translation>
    </message>
</context>
<context>
    <name>KeyringText</name>
    <message>
        <source>The system&apos;s keyring gave no access.</source>
        <translation>Der Schlüsselbund des Systems gab keinen Zugang.</translation>
    </message>
    <message>
        <source>Unlock it, or unlock the vault with the passphrase.</source>
        <translation>Ihn entsperren oder den Vault mit der Passphrase entsperren.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring can&apos;t be used: %1</source>
        <translation>Der Schlüsselbund des Systems ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>Unlock the vault with the passphrase. A keyring needs a desktop session with a Secret Service, such as GNOME Keyring or KWallet.</source>
        <translation>Den Vault mit der Passphrase entsperren. Ein Schlüsselbund braucht eine Desktop-Sitzung mit einem Secret Service, etwa GNOME Keyring oder KWallet.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer.</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht.</translation>
    </message>
    <message>
        <source>Unlock the vault with the passphrase.</source>
        <translation>Den Vault mit der Passphrase entsperren.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>The certificate could not be made.</source>
        <translation>Das Zertifikat konnte nicht erstellt werden.</translation>
    </message>
    <message>
        <source>The JWK&apos;s member &quot;%1&quot; is missing or is not base64url.</source>
        <translation>Das Feld „%1“ des JWK fehlt oder ist kein base64url.</translation>
    </message>
    <message>
        <source>Copy the JWK again, whole.</source>
        <translation>Das JWK noch einmal ganz kopieren.</translation>
    </message>
    <message>
        <source>The JWK&apos;s members are no valid key.</source>
        <translation>Die Felder des JWK sind kein gültiger Schlüssel.</translation>
    </message>
    <message>
        <source>The JWK lacks &quot;%1&quot;.</source>
        <translation>Dem JWK fehlt „%1“.</translation>
    </message>
    <message>
        <source>Export the JWK again with all its private members (d, p, q, dp, dq, qi).</source>
        <translation>Das JWK noch einmal mit allen privaten Feldern exportieren (d, p, q, dp, dq, qi).</translation>
    </message>
    <message>
        <source>The JWK&apos;s curve &quot;%1&quot; is not one that servers take.</source>
        <translation>Die Kurve „%1“ des JWK nehmen Server nicht an.</translation>
    </message>
    <message>
        <source>Use a key on P-384 or P-256, or an RSA key.</source>
        <translation>Einen Schlüssel auf P-384 oder P-256 verwenden, oder einen RSA-Schlüssel.</translation>
    </message>
    <message>
        <source>The JWK&apos;s type &quot;%1&quot; is not one that servers take.</source>
        <translation>Den Typ „%1“ des JWK nehmen Server nicht an.</translation>
    </message>
    <message>
        <source>Use an RSA key, or an EC key on P-384.</source>
        <translation>Einen RSA-Schlüssel oder einen EC-Schlüssel auf P-384 verwenden.</translation>
    </message>
    <message>
        <source>Keys of this type or size are not made.</source>
        <translation>Schlüssel dieses Typs oder dieser Größe werden nicht erzeugt.</translation>
    </message>
    <message>
        <source>Choose RSA with 2048, 3072 or 4096 bits, or EC with P-256 or P-384.</source>
        <translation>RSA mit 2048, 3072 oder 4096 Bit wählen, oder EC mit P-256 oder P-384.</translation>
    </message>
    <message>
        <source>No key could be made.</source>
        <translation>Es konnte kein Schlüssel erzeugt werden.</translation>
    </message>
    <message>
        <source>Generate an RSA key with at least 2048 bits, or an EC key on P-384.</source>
        <translation>Einen RSA-Schlüssel mit mindestens 2048 Bit oder einen EC-Schlüssel auf P-384 erzeugen.</translation>
    </message>
    <message>
        <source>This RSA key has %1 bits; servers refuse fewer than 2048.</source>
        <translation>Dieser RSA-Schlüssel hat %1 Bit; weniger als 2048 lehnen Server ab.</translation>
    </message>
    <message>
        <source>Generate a key with 2048 bits or more and register its public half.</source>
        <translation>Einen Schlüssel mit 2048 Bit oder mehr erzeugen und seine öffentliche Hälfte registrieren.</translation>
    </message>
    <message>
        <source>This RSA key has %1 bits; more than %2 are not used.</source>
        <translation>Dieser RSA-Schlüssel hat %1 Bit; mehr als %2 werden nicht verwendet.</translation>
    </message>
    <message>
        <source>This is a key of type %1; SMART servers take RSA and EC keys.</source>
        <translation>Das ist ein Schlüssel vom Typ %1; SMART-Server nehmen RSA- und EC-Schlüssel.</translation>
    </message>
    <message>
        <source>This EC key is on the curve %1; only P-256 and P-384 are taken.</source>
        <translation>Dieser EC-Schlüssel liegt auf der Kurve %1; nur P-256 und P-384 werden angenommen.</translation>
    </message>
    <message>
        <source>given by its parameters</source>
        <translation>durch ihre Parameter angegeben</translation>
    </message>
    <message>
        <source>The parts of this key don&apos;t belong together: it was edited or damaged.</source>
        <translation>Die Teile dieses Schlüssels gehören nicht zusammen: er wurde bearbeitet oder beschädigt.</translation>
    </message>
    <message>
        <source>Copy the key again from where it was made, or generate a new one.</source>
        <translation>Den Schlüssel noch einmal von dort kopieren, wo er entstand, oder einen neuen erzeugen.</translation>
    </message>
    <message>
        <source>The key can&apos;t be written as PKCS#8.</source>
        <translation>Der Schlüssel lässt sich nicht als PKCS#8 schreiben.</translation>
    </message>
    <message>
        <source>The private key is damaged.</source>
        <translation>Der private Schlüssel ist beschädigt.</translation>
    </message>
    <message>
        <source>Replace the key, or restore the vault from a backup.</source>
        <translation>Den Schlüssel ersetzen oder den Vault aus einer Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>A key of type %1 can&apos;t sign with %2.</source>
        <translation>Ein Schlüssel vom Typ %1 kann nicht mit %2 signieren.</translation>
    </message>
    <message>
        <source>Choose %1, or another key.</source>
        <translation>%1 oder einen anderen Schlüssel wählen.</translation>
    </message>
    <message>
        <source>The key could not sign.</source>
        <translation>Der Schlüssel konnte nicht signieren.</translation>
    </message>
    <message>
        <source>The key may be damaged: replace it.</source>
        <translation>Der Schlüssel ist vielleicht beschädigt: ihn ersetzen.</translation>
    </message>
    <message>
        <source>This is not an RSA or EC public key in PEM form.</source>
        <translation>Das ist kein öffentlicher RSA- oder EC-Schlüssel im PEM-Format.</translation>
    </message>
    <message>
        <source>This RSA key is made of more than two large primes.</source>
        <translation>Dieser RSA-Schlüssel besteht aus mehr als zwei großen Primzahlen.</translation>
    </message>
    <message>
        <source>Generate a usual one: RSA with 2048 to 4096 bits.</source>
        <translation>Einen üblichen erzeugen: RSA mit 2048 bis 4096 Bit.</translation>
    </message>
    <message>
        <source>The JWK lacks &quot;p&quot; and &quot;q&quot;; they can be computed up to %1 bits only.</source>
        <translation>Dem JWK fehlen „p“ und „q“; berechnen lassen sie sich nur bis %1 Bit.</translation>
    </message>
    <message>
        <source>The JWK&apos;s key is made of more than two primes (&quot;oth&quot;); servers don&apos;t take it.</source>
        <translation>Der Schlüssel des JWK besteht aus mehr als zwei Primzahlen („oth“); Server nehmen ihn nicht an.</translation>
    </message>
    <message>
        <source>Use a usual RSA key with 2048 to 4096 bits, or an EC key on P-384.</source>
        <translation>Einen üblichen RSA-Schlüssel mit 2048 bis 4096 Bit oder einen EC-Schlüssel auf P-384 verwenden.</translation>
    </message>
</context>
<context>
    <name>NetText</name>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>an unnamed issuer</source>
        <translation>einem Aussteller ohne Namen</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid today (it ends %2).</source>
        <translation>Das Zertifikat von %1 ist heute nicht gültig (es endet am %2).</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date; if it is right, the server&apos;s administrator must renew the certificate.</source>
        <translation>Das Datum dieses Computers prüfen; stimmt es, muss die Administration des Servers das Zertifikat erneuern.</translation>
    </message>
    <message>
        <source>The certificate of %1 is issued by “%2”, which this computer does not trust.</source>
        <translation>Das Zertifikat von %1 ist von „%2“ ausgestellt, dem dieser Computer nicht vertraut.</translation>
    </message>
    <message>
        <source>If that name is your own network&apos;s (TLS inspection) or the hospital&apos;s authority, add its CA certificate under Advanced. Otherwise somebody may be listening in.</source>
        <translation>Gehört dieser Name zum eigenen Netz (TLS-Inspektion) oder zum Krankenhaus, dessen CA-Zertifikat unter „Erweitert“ hinzufügen. Sonst hört vielleicht jemand mit.</translation>
    </message>
    <message>
        <source>The certificate of %1 was refused: %2.</source>
        <translation>Das Zertifikat von %1 wurde abgelehnt: %2.</translation>
    </message>
    <message>
        <source>The server&apos;s administrator must replace the certificate.</source>
        <translation>Die Administration des Servers muss das Zertifikat ersetzen.</translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made: %2.</source>
        <translation>Zu %1 kam keine sichere Verbindung zustande: %2.</translation>
    </message>
    <message>
        <source>The port may not speak TLS, the server may be older than TLS 1.2, or it may ask for a client certificate.</source>
        <translation>Vielleicht spricht der Port kein TLS, der Server ist älter als TLS 1.2, oder er verlangt ein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 asks for a user name and password.</source>
        <translation>Der Proxy auf dem Weg zu %1 verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>Give them in the proxy address: http://user:password@proxy:port.</source>
        <translation>Sie in der Proxy-Adresse angeben: http://user:password@proxy:port.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 could not be used: %2.</source>
        <translation>Der Proxy auf dem Weg zu %1 war nicht verwendbar: %2.</translation>
    </message>
    <message>
        <source>Check the proxy under Advanced, or the system&apos;s proxy settings.</source>
        <translation>Den Proxy unter „Erweitert“ prüfen, oder die Proxy-Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>No computer named %1 was found.</source>
        <translation>Ein Computer namens %1 wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the spelling. Some hospital hosts can only be found from inside their VPN.</source>
        <translation>Die Schreibweise prüfen. Manche Hosts von Krankenhäusern sind nur in deren VPN zu finden.</translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation>%1 hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>Check host and port. The server may be down, or may admit only addresses it knows.</source>
        <translation>Host und Port prüfen. Vielleicht läuft der Server nicht oder lässt nur bekannte Adressen zu.</translation>
    </message>
    <message>
        <source>%1 closed the connection without a whole answer.</source>
        <translation>%1 hat die Verbindung ohne vollständige Antwort geschlossen.</translation>
    </message>
    <message>
        <source>Try again. If it stays so, a firewall may drop the connection.</source>
        <translation>Noch einmal versuchen. Bleibt es so, unterbricht vielleicht eine Firewall die Verbindung.</translation>
    </message>
    <message>
        <source>%1 could not be reached in time.</source>
        <translation>%1 war nicht rechtzeitig erreichbar.</translation>
    </message>
    <message>
        <source>A firewall may drop packets without a word. Check host and port, VPN and proxy.</source>
        <translation>Vielleicht verwirft eine Firewall die Pakete stillschweigend. Host und Port, VPN und Proxy prüfen.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>Die Verbindung zu %1 schlug fehl: %2.</translation>
    </message>
    <message>
        <source>Check the network connection and try again.</source>
        <translation>Die Netzverbindung prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 did not finish its answer within %2 s.</source>
        <translation>%1 hat die Antwort nicht innerhalb von %2 s beendet.</translation>
    </message>
    <message>
        <source>Try again, or allow more time.</source>
        <translation>Noch einmal versuchen oder mehr Zeit geben.</translation>
    </message>
    <message>
        <source>Nothing came from %1 for %2 s.</source>
        <translation>Von %1 kam %2 s lang nichts.</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than the %2 allowed.</source>
        <translation>Die Antwort von %1 ist größer als die erlaubten %2.</translation>
    </message>
    <message>
        <source>Check that the address is a FHIR server&apos;s and not a download.</source>
        <translation>Prüfen, ob die Adresse die eines FHIR-Servers ist und kein Download.</translation>
    </message>
    <message>
        <source>The answer of %1 is damaged or is not HTTP.</source>
        <translation>Die Antwort von %1 ist beschädigt oder kein HTTP.</translation>
    </message>
    <message>
        <source>Check host and port; a proxy on the way may change answers.</source>
        <translation>Host und Port prüfen; vielleicht verändert ein Proxy unterwegs die Antworten.</translation>
    </message>
    <message>
        <source>The certificate that came is not for %1: it has no subjectAltName.</source>
        <translation>Das erhaltene Zertifikat gilt nicht für %1: es hat keinen subjectAltName.</translation>
    </message>
    <message>
        <source>The certificate that came is not for %1 but for %2.</source>
        <translation>Das erhaltene Zertifikat gilt nicht für %1, sondern für %2.</translation>
    </message>
    <message>
        <source>Check the host name. A common name alone no longer counts (RFC 9525).</source>
        <translation>Den Hostnamen prüfen. Ein Common Name allein zählt nicht mehr (RFC 9525).</translation>
    </message>
    <message>
        <source>%1 redirects from https: to an unprotected address at %2.</source>
        <translation>%1 leitet von https: weiter zu einer ungeschützten Adresse bei %2.</translation>
    </message>
    <message>
        <source>It was not followed. Use the address that the server&apos;s documentation gives.</source>
        <translation>Dem wurde nicht gefolgt. Die Adresse aus der Dokumentation des Servers verwenden.</translation>
    </message>
    <message>
        <source>%1 redirects more than %2 times.</source>
        <translation>%1 leitet mehr als %2 Mal weiter.</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>Die Adresse prüfen.</translation>
    </message>
    <message>
        <source>“%1” is not a proxy address.</source>
        <translation>„%1“ ist keine Proxy-Adresse.</translation>
    </message>
    <message>
        <source>Give it as http://host:port or socks5://host:port.</source>
        <translation>Sie als http://host:port oder socks5://host:port angeben.</translation>
    </message>
    <message>
        <source>“%1” is not a web address that can be used.</source>
        <translation>„%1“ ist keine verwendbare Webadresse.</translation>
    </message>
    <message>
        <source>Give a full https: address without a user name in it.</source>
        <translation>Eine vollständige https:-Adresse ohne Benutzernamen angeben.</translation>
    </message>
    <message>
        <source>“%1” is not a header that can be sent.</source>
        <translation>„%1“ lässt sich nicht als Header senden.</translation>
    </message>
    <message>
        <source>A header&apos;s name has letters, digits and dashes; its value is one line.</source>
        <translation>Der Name eines Headers besteht aus Buchstaben, Ziffern und Strichen; sein Wert ist eine Zeile.</translation>
    </message>
</context>
<context>
    <name>NexlaNames</name>
    <message>
        <source>There is no name “%1” for Nexla.</source>
        <translation>Einen Namen „%1“ gibt es für Nexla nicht.</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a name at Nexla.</source>
        <translation>„%1“ kann bei Nexla kein Name sein.</translation>
    </message>
    <message>
        <source>Known are %1; each is one word.</source>
        <translation>Bekannt sind %1; jeder ist ein Wort.</translation>
    </message>
</context>
<context>
    <name>PaletteContent</name>
    <message>
        <source>Credentials</source>
        <translation>Credentials</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>go to screen</source>
        <translation>gehe zu Bildschirm Ansicht</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Add Credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
    <message>
        <source>new create</source>
        <translation>neu anlegen</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>vault import bundle</source>
        <translation>Vault Bundle importieren</translation>
    </message>
    <message>
        <source>Show credentials as tiles</source>
        <translation>Credentials als Kacheln zeigen</translation>
    </message>
    <message>
        <source>Show credentials as a table</source>
        <translation>Credentials als Tabelle zeigen</translation>
    </message>
    <message>
        <source>view list grid</source>
        <translation>Ansicht Liste Raster</translation>
    </message>
    <message>
        <source>Use for a new data source</source>
        <translation>Für eine neue Datenquelle verwenden</translation>
    </message>
    <message>
        <source>purpose read browse</source>
        <translation>Zweck lesen Daten</translation>
    </message>
    <message>
        <source>Use for a new destination</source>
        <translation>Für ein neues Ziel verwenden</translation>
    </message>
    <message>
        <source>purpose write</source>
        <translation>Zweck schreiben</translation>
    </message>
    <message>
        <source>Try the local sandbox</source>
        <translation>Die lokale Sandbox ausprobieren</translation>
    </message>
    <message>
        <source>start credenza-sandbox demo test server EHR</source>
        <translation>starten credenza-sandbox Demo Testserver EHR</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Vault sperren</translation>
    </message>
    <message>
        <source>Settings: vault and backups</source>
        <translation>Einstellungen: Vault und Sicherungen</translation>
    </message>
    <message>
        <source>location file backup</source>
        <translation>Ort Datei Backup Sicherung</translation>
    </message>
    <message>
        <source>Settings: appearance</source>
        <translation>Einstellungen: Darstellung</translation>
    </message>
    <message>
        <source>theme dark light contrast text size motion</source>
        <translation>Thema dunkel hell Kontrast Textgröße Bewegung</translation>
    </message>
    <message>
        <source>Settings: security</source>
        <translation>Einstellungen: Sicherheit</translation>
    </message>
    <message>
        <source>auto-lock clipboard idle</source>
        <translation>automatisch sperren Zwischenablage untätig</translation>
    </message>
    <message>
        <source>Settings: keyboard</source>
        <translation>Einstellungen: Tastatur</translation>
    </message>
    <message>
        <source>shortcuts keys</source>
        <translation>Tastenkürzel Tasten</translation>
    </message>
    <message>
        <source>About Credenza</source>
        <translation>Über Credenza</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>Version Lizenz</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>help manual documentation</source>
        <translation>Hilfe Anleitung Dokumentation</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>exit close</source>
        <translation>Schließen Ende</translation>
    </message>
    <message>
        <source>Actions on %1</source>
        <translation>Aktionen zu %1</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Test anhalten</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Browse resources</source>
        <translation>Ressourcen ansehen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Copy client ID</source>
        <translation>Client ID kopieren</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Copy FHIR base URL</source>
        <translation>FHIR Base URL kopieren</translation>
    </message>
    <message>
        <source>FHIR base URL</source>
        <translation>FHIR Base URL</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>hand over bundle nexla kubernetes</source>
        <translation>übergeben Bundle nexla kubernetes</translation>
    </message>
    <message>
        <source>Import credentials…</source>
        <translation>Credentials importieren…</translation>
    </message>
    <message>
        <source>bundle age pem csv</source>
        <translation>Bundle age pem csv</translation>
    </message>
    <message>
        <source>Test all connections</source>
        <translation>Alle Verbindungen testen</translation>
    </message>
    <message>
        <source>check every credential</source>
        <translation>jedes Credential prüfen</translation>
    </message>
    <message>
        <source>Inspect an assertion…</source>
        <translation>Eine Assertion prüfen…</translation>
    </message>
    <message>
        <source>jwt token decode client_assertion</source>
        <translation>jwt Token decodieren client_assertion</translation>
    </message>
    <message>
        <source>Retry until accepted</source>
        <translation>Wiederholen, bis es gelingt</translation>
    </message>
    <message>
        <source>wait sync again</source>
        <translation>warten Abgleich noch einmal</translation>
    </message>
    <message>
        <source>Settings: network</source>
        <translation>Einstellungen: Netzwerk</translation>
    </message>
    <message>
        <source>proxy certificates authorities time-out</source>
        <translation>Proxy Zertifikate Zertifizierungsstellen CA Zeitlimit Timeout</translation>
    </message>
    <message>
        <source>Identities for encrypted bundles</source>
        <translation>Identitäten für verschlüsselte Bundles</translation>
    </message>
    <message>
        <source>age recipient bundle receive</source>
        <translation>age Recipient Bundle empfangen</translation>
    </message>
</context>
<context>
    <name>PayloadText</name>
    <message>
        <source>it is cut off behind its head.</source>
        <translation>sie ist nach ihrem Kopf abgeschnitten.</translation>
    </message>
    <message>
        <source>its end is missing.</source>
        <translation>ihr Ende fehlt.</translation>
    </message>
    <message>
        <source>it is cut off.</source>
        <translation>sie ist abgeschnitten.</translation>
    </message>
    <message>
        <source>a part of it was changed or cut off.</source>
        <translation>ein Teil von ihr wurde verändert oder abgeschnitten.</translation>
    </message>
    <message>
        <source>it ends with an empty part.</source>
        <translation>sie endet mit einem leeren Teil.</translation>
    </message>
    <message>
        <source>something follows its end.</source>
        <translation>am Ende folgt noch etwas.</translation>
    </message>
</context>
<context>
    <name>ProcessHardening</name>
    <message>
        <source>The process can&apos;t protect its memory.</source>
        <translation>Der Prozess kann seinen Speicher nicht schützen.</translation>
    </message>
</context>
<context>
    <name>RailText</name>
    <message>
        <source>Authenticate</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeText</name>
    <message>
        <source>Group %1 of the recovery code has a character that no code has.</source>
        <translation>Gruppe %1 des Wiederherstellungscodes hat ein Zeichen, das in keinem Code vorkommt.</translation>
    </message>
    <message>
        <source>Codes have digits and the letters A to Z without I, L, O and U.</source>
        <translation>Codes bestehen aus Ziffern und den Buchstaben A bis Z ohne I, L, O und U.</translation>
    </message>
    <message>
        <source>A recovery code has %1 characters, not %2.</source>
        <translation>Ein Wiederherstellungscode hat %1 Zeichen, nicht %2.</translation>
    </message>
    <message>
        <source>Compare it group by group with the printed one.</source>
        <translation>Ihn Gruppe für Gruppe mit dem gedruckten vergleichen.</translation>
    </message>
    <message>
        <source>This recovery code has a typing error: its last characters don&apos;t fit.</source>
        <translation>Dieser Wiederherstellungscode hat einen Tippfehler: seine letzten Zeichen passen nicht.</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Credenza recovery code</source>
        <translation>Wiederherstellungscode für Credenza</translation>
    </message>
    <message>
        <source>It opens the vault below if its passphrase is lost. Keep this page away from the computer; who has it and the vault’s file can read every key.</source>
        <translation>Er öffnet den unten genannten Vault, wenn dessen Passphrase verloren ist. Dieses Blatt getrennt vom Computer aufbewahren; wer es und die Vault-Datei hat, kann jeden Schlüssel lesen.</translation>
    </message>
    <message>
        <source>Vault: %1</source>
        <translation>Vault: %1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Datei: %1</translation>
    </message>
    <message>
        <source>Made on: %1</source>
        <translation>Erstellt am: %1</translation>
    </message>
    <message>
        <source>To use it: open the vault, choose “Use the recovery code…”, type the code, and choose a new passphrase. Capitals and dashes do not matter. In a terminal: type it in place of the passphrase.</source>
        <translation>Anwendung: den Vault öffnen, „Wiederherstellungscode verwenden…“ wählen, den Code eingeben und eine neue Passphrase wählen. Großbuchstaben und Striche sind ohne Bedeutung. Im Terminal: ihn an Stelle der Passphrase eingeben.</translation>
    </message>
    <message>
        <source>The page could not be made.</source>
        <translation>Die Seite konnte nicht erstellt werden.</translation>
    </message>
</context>
<context>
    <name>RegistrationSheet</name>
    <message>
        <source>RSA, %1 bits</source>
        <translation>RSA, %1 Bit</translation>
    </message>
    <message>
        <source>EC, curve %1</source>
        <translation>EC, Kurve %1</translation>
    </message>
    <message>
        <source>Registration of a SMART Backend Services client</source>
        <translation>Registrierung eines Clients für SMART Backend Services</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>FHIR base URL</source>
        <translation>FHIR Base URL</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Grant type</source>
        <translation>Grant Type</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>JWK Set URL</source>
        <translation>JWK Set URL</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Key ID (kid)</source>
        <translation>Key ID (kid)</translation>
    </message>
    <message>
        <source>Thumbprint (RFC 7638)</source>
        <translation>Thumbprint (RFC 7638)</translation>
    </message>
    <message>
        <source>Certificate SHA-1</source>
        <translation>Zertifikat SHA-1</translation>
    </message>
    <message>
        <source>Certificate SHA-256</source>
        <translation>Zertifikat SHA-256</translation>
    </message>
    <message>
        <source>JWK Set to host at the JWK Set URL</source>
        <translation>JWK Set, unter der JWK Set URL bereitzustellen</translation>
    </message>
    <message>
        <source>Certificate (X.509), where a portal asks for one</source>
        <translation>Zertifikat (X.509), wo ein Portal eines verlangt</translation>
    </message>
    <message>
        <source>Public key (PEM)</source>
        <translation>Öffentlicher Schlüssel (PEM)</translation>
    </message>
</context>
<context>
    <name>RelativeTimeText</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>vor %1 T.</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>vor 1 Minute</translation>
    </message>
    <message>
        <source>%1 minutes ago</source>
        <translation>vor %1 Minuten</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>vor 1 Stunde</translation>
    </message>
    <message>
        <source>%1 hours ago</source>
        <translation>vor %1 Stunden</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>vor %1 Tagen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>Seen: %1</source>
        <translation>Gesehen: %1</translation>
    </message>
    <message>
        <source>Fix: %1</source>
        <translation>Abhilfe: %1</translation>
    </message>
    <message>
        <source>Ruled out: %1</source>
        <translation>Ausgeschlossen: %1</translation>
    </message>
</context>
<context>
    <name>ResourceColumns</name>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>The operation was cancelled.</source>
        <translation>Der Vorgang wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>ShortcutText</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Find a credential or an action</source>
        <translation>Credential oder Aktion finden</translation>
    </message>
    <message>
        <source>Go to a screen of the rail</source>
        <translation>Zu einem Bildschirm der Leiste gehen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Vault sperren</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Authenticate</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Add a credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
    <message>
        <source>Arrows, Home, End</source>
        <translation>Pfeile, Pos1, Ende</translation>
    </message>
    <message>
        <source>Move over the credentials</source>
        <translation>Über die Credentials bewegen</translation>
    </message>
    <message>
        <source>Enter or Space</source>
        <translation>Eingabe oder Leertaste</translation>
    </message>
    <message>
        <source>Select the credential</source>
        <translation>Credential auswählen</translation>
    </message>
    <message>
        <source>Add it to those selected, or take it away</source>
        <translation>Zur Auswahl hinzunehmen oder herausnehmen</translation>
    </message>
    <message>
        <source>Select all that are shown</source>
        <translation>Alle gezeigten auswählen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Test the connection, or stop the test</source>
        <translation>Verbindung testen oder Test anhalten</translation>
    </message>
    <message>
        <source>Browse with the credential</source>
        <translation>Daten mit dem Credential ansehen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Undo the deletion</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Ctrl+F or /</source>
        <translation>Strg+F oder /</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Menu of the credential</source>
        <translation>Menü des Credentials</translation>
    </message>
    <message>
        <source>Add and Edit Credential</source>
        <translation>Credential hinzufügen und bearbeiten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Help for the field</source>
        <translation>Hilfe zum Feld</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Close; asks if something was changed</source>
        <translation>Schließen; fragt, wenn etwas geändert wurde</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Search the resource</source>
        <translation>In der Ressource suchen</translation>
    </message>
    <message>
        <source>Filter the types, or the lines of a file</source>
        <translation>Die Typen oder die Zeilen einer Datei filtern</translation>
    </message>
    <message>
        <source>F3, Shift+F3</source>
        <translation>F3, Umschalt+F3</translation>
    </message>
    <message>
        <source>Next match, previous match</source>
        <translation>Nächster Treffer, voriger Treffer</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+Links, Alt+Rechts</translation>
    </message>
    <message>
        <source>Back, forward</source>
        <translation>Zurück, vorwärts</translation>
    </message>
    <message>
        <source>Go to a line</source>
        <translation>Zu einer Zeile gehen</translation>
    </message>
    <message>
        <source>Copy the request as curl</source>
        <translation>Die Anfrage als curl kopieren</translation>
    </message>
</context>
<context>
    <name>SmartText</name>
    <message>
        <source>no OAuth error in the answer</source>
        <translation>kein OAuth-Fehler in der Antwort</translation>
    </message>
    <message>
        <source>The token endpoint refused with status %1: %2.</source>
        <translation>Der Token-Endpoint lehnte mit Status %1 ab: %2.</translation>
    </message>
    <message>
        <source>Run the connection test for the likely causes.</source>
        <translation>Den Verbindungstest ausführen; er nennt die wahrscheinlichen Ursachen.</translation>
    </message>
    <message>
        <source>This is not a signed JWT.</source>
        <translation>Das ist kein signiertes JWT.</translation>
    </message>
    <message>
        <source>A JWT is three parts of base64url text with dots between: header.claims.signature.</source>
        <translation>Ein JWT besteht aus drei Teilen base64url-Text mit Punkten dazwischen: header.claims.signature.</translation>
    </message>
    <message>
        <source>%1 is another server than this credential&apos;s.</source>
        <translation>%1 ist ein anderer Server als der dieses Credentials.</translation>
    </message>
    <message>
        <source>The token is not sent there.</source>
        <translation>Das Token wird dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>The token endpoint %1 is not protected by https:.</source>
        <translation>Der Token-Endpoint %1 ist nicht durch https: geschützt.</translation>
    </message>
    <message>
        <source>Nothing was sent there. Ask the server&apos;s operator for the https: address.</source>
        <translation>Dorthin wurde nichts gesendet. Den Betreiber des Servers nach der https:-Adresse fragen.</translation>
    </message>
    <message>
        <source>SMART configuration: %1</source>
        <translation>SMART-Konfiguration: %1</translation>
    </message>
    <message>
        <source>CapabilityStatement: %1</source>
        <translation>CapabilityStatement: %1</translation>
    </message>
    <message>
        <source>names no token endpoint</source>
        <translation>nennt keinen Token-Endpoint</translation>
    </message>
    <message>
        <source>Web pages came back, not FHIR answers (%1).</source>
        <translation>Zurück kamen Webseiten, keine FHIR-Antworten (%1).</translation>
    </message>
    <message>
        <source>This is a portal or a login page. Use the FHIR base URL of the organization&apos;s endpoint directory.</source>
        <translation>Das ist ein Portal oder eine Anmeldeseite. Die FHIR-Base-URL aus dem Endpoint-Verzeichnis der Organisation verwenden.</translation>
    </message>
    <message>
        <source>The server names no token endpoint (%1).</source>
        <translation>Der Server nennt keinen Token-Endpoint (%1).</translation>
    </message>
    <message>
        <source>Check the path of the FHIR base URL, or give the token endpoint under Advanced.</source>
        <translation>Den Pfad der FHIR-Base-URL prüfen oder den Token-Endpoint unter „Erweitert“ angeben.</translation>
    </message>
    <message>
        <source>The search for %1 was answered with something that is not a Bundle.</source>
        <translation>Die Suche nach %1 wurde mit etwas beantwortet, das kein Bundle ist.</translation>
    </message>
    <message>
        <source>Look at what came back; a proxy or login page may have answered.</source>
        <translation>Ansehen, was zurückkam; vielleicht hat ein Proxy oder eine Anmeldeseite geantwortet.</translation>
    </message>
    <message numerus="yes">
        <source>%1 search: 200, %n match(es)</source>
        <translation>
            <numerusform>Suche nach %1: 200, %n Treffer</numerusform>
            <numerusform>Suche nach %1: 200, %n Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sub-type(s) hidden from this client</source>
        <translation>
            <numerusform>%n Untertyp ist diesem Client verborgen</numerusform>
            <numerusform>%n Untertypen sind diesem Client verborgen</numerusform>
        </translation>
    </message>
    <message>
        <source>403: the client is fine, but the user behind it may not see this: %1</source>
        <translation>403: Mit dem Client ist alles gut, aber der User dahinter darf dies nicht sehen: %1</translation>
    </message>
    <message>
        <source>Ask the hospital to give the background user of this client ID the security it needs.</source>
        <translation>Das Krankenhaus bitten, dem Background User dieser Client-ID die nötigen Rechte zu geben.</translation>
    </message>
    <message>
        <source>403: a variant of %1 is not ticked for this client: %2</source>
        <translation>403: Eine Variante von %1 ist für diesen Client nicht angekreuzt: %2</translation>
    </message>
    <message>
        <source>Tick that variant of the API on the application&apos;s page, then wait for the sync.</source>
        <translation>Diese Variante der API auf der Seite der Anwendung ankreuzen, dann den Abgleich abwarten.</translation>
    </message>
    <message>
        <source>403: the token is valid, but not for %1.</source>
        <translation>403: Das Token ist gültig, aber nicht für %1.</translation>
    </message>
    <message>
        <source>Tick %1.Read and %1.Search (R4) on the application&apos;s page, wait up to an hour for the sync, then get a new token.</source>
        <translation>%1.Read und %1.Search (R4) auf der Seite der Anwendung ankreuzen, bis zu einer Stunde auf den Abgleich warten, dann ein neues Token holen.</translation>
    </message>
    <message>
        <source>403 for %1: %2</source>
        <translation>403 für %1: %2</translation>
    </message>
    <message>
        <source>The server&apos;s operator must allow this client to search %1.</source>
        <translation>Der Betreiber des Servers muss diesem Client erlauben, %1 zu suchen.</translation>
    </message>
    <message>
        <source>400: no variant of %1 is ticked for this client: %2</source>
        <translation>400: Keine Variante von %1 ist für diesen Client angekreuzt: %2</translation>
    </message>
    <message>
        <source>Tick the wanted variants of %1.Search on the application&apos;s page.</source>
        <translation>Die gewünschten Varianten von %1.Search auf der Seite der Anwendung ankreuzen.</translation>
    </message>
    <message>
        <source>400 for the search of %1, without a reason.</source>
        <translation>400 für die Suche nach %1, ohne Begründung.</translation>
    </message>
    <message>
        <source>Look at what came back.</source>
        <translation>Ansehen, was zurückkam.</translation>
    </message>
    <message>
        <source>Token accepted; a search of %1 needs more parameters here: %2</source>
        <translation>Token angenommen; eine Suche nach %1 braucht hier mehr Parameter: %2</translation>
    </message>
    <message>
        <source>401: the server does not accept its own token.</source>
        <translation>401: Der Server nimmt sein eigenes Token nicht an.</translation>
    </message>
    <message>
        <source>FHIR base URL and token endpoint may belong to different environments.</source>
        <translation>FHIR-Base-URL und Token-Endpoint gehören vielleicht zu verschiedenen Umgebungen.</translation>
    </message>
    <message>
        <source>404: this server does not offer %1 here.</source>
        <translation>404: Dieser Server bietet %1 hier nicht an.</translation>
    </message>
    <message>
        <source>Check the path of the FHIR base URL.</source>
        <translation>Den Pfad der FHIR-Base-URL prüfen.</translation>
    </message>
    <message>
        <source>%1: the search was redirected to another server; the token was not sent there.</source>
        <translation>%1: Die Suche wurde auf einen anderen Server weitergeleitet; das Token wurde dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>Use the address it points to as FHIR base URL, if it is the right one.</source>
        <translation>Die Adresse, auf die er verweist, als FHIR-Base-URL verwenden, falls es die richtige ist.</translation>
    </message>
    <message>
        <source>%1: the server is too busy just now.</source>
        <translation>%1: Der Server ist gerade überlastet.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The search of %1 was answered with status %2. %3</source>
        <translation>Die Suche nach %1 wurde mit Status %2 beantwortet. %3</translation>
    </message>
    <message>
        <source>The SMART configuration is not a JSON object.</source>
        <translation>Die SMART-Konfiguration ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>Check that the address is a FHIR base URL and not a web page&apos;s.</source>
        <translation>Prüfen, ob die Adresse eine FHIR-Base-URL ist und nicht die einer Webseite.</translation>
    </message>
    <message>
        <source>The SMART configuration names no token endpoint.</source>
        <translation>Die SMART-Konfiguration nennt keinen Token-Endpoint.</translation>
    </message>
    <message>
        <source>Give the token endpoint under Advanced.</source>
        <translation>Den Token-Endpoint unter „Erweitert“ angeben.</translation>
    </message>
    <message>
        <source>A web page came back with status %1, not a token.</source>
        <translation>Zurück kam eine Webseite mit Status %1, kein Token.</translation>
    </message>
    <message>
        <source>A login page, firewall or captive portal answered in the server&apos;s place, or the address is not the token endpoint.</source>
        <translation>An Stelle des Servers antwortete eine Anmeldeseite, Firewall oder ein Captive Portal, oder die Adresse ist nicht der Token-Endpoint.</translation>
    </message>
    <message>
        <source>The answer with status %1 is not JSON.</source>
        <translation>Die Antwort mit Status %1 ist kein JSON.</translation>
    </message>
    <message>
        <source>Check that the address is the token endpoint.</source>
        <translation>Prüfen, ob die Adresse der Token-Endpoint ist.</translation>
    </message>
    <message>
        <source>The answer has status %1 but holds no access token.</source>
        <translation>Die Antwort hat Status %1, enthält aber kein Access Token.</translation>
    </message>
    <message>
        <source>Check that the address is the token endpoint, and look at what came back.</source>
        <translation>Prüfen, ob die Adresse der Token-Endpoint ist, und ansehen, was zurückkam.</translation>
    </message>
    <message>
        <source>The answer does not say what type the token is of.</source>
        <translation>Die Antwort sagt nicht, von welchem Typ das Token ist.</translation>
    </message>
    <message>
        <source>The token is of type “%1”, not “bearer”.</source>
        <translation>Das Token ist vom Typ „%1“, nicht „bearer“.</translation>
    </message>
    <message>
        <source>SMART allows bearer tokens only; ask the server&apos;s operator.</source>
        <translation>SMART erlaubt nur Bearer-Token; den Betreiber des Servers fragen.</translation>
    </message>
    <message>
        <source>The search for %1 was answered in XML, although JSON was asked for.</source>
        <translation>Die Suche nach %1 wurde in XML beantwortet, obwohl JSON verlangt war.</translation>
    </message>
    <message>
        <source>A proxy may change the Accept header, or the server speaks XML only.</source>
        <translation>Ein Proxy ändert vielleicht den Accept-Header, oder der Server spricht nur XML.</translation>
    </message>
    <message>
        <source>The search for %1 was answered with status %2 and an error: %3</source>
        <translation>Die Suche nach %1 wurde mit Status %2 und einem Fehler beantwortet: %3</translation>
    </message>
    <message>
        <source>Follow the server&apos;s words.</source>
        <translation>Der Meldung des Servers folgen.</translation>
    </message>
</context>
<context>
    <name>TestHistory</name>
    <message>
        <source>The earlier test results can&apos;t be read.</source>
        <translation>Die früheren Testergebnisse sind nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>TestReport</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>No answer came (%1).</source>
        <translation>Es kam keine Antwort (%1).</translation>
    </message>
    <message>
        <source>Came back after %1</source>
        <translation>Kam zurück nach %1</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>Code: %1</translation>
    </message>
    <message>
        <source>Header and claims (the signature is left out)</source>
        <translation>Header und Claims (die Signatur ist weggelassen)</translation>
    </message>
    <message>
        <source>Connection test: %1</source>
        <translation>Verbindungstest: %1</translation>
    </message>
    <message>
        <source>Result: %1</source>
        <translation>Ergebnis: %1</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>nicht bestanden</translation>
    </message>
    <message>
        <source>Started: %1</source>
        <translation>Begonnen: %1</translation>
    </message>
    <message>
        <source>Server&apos;s clock minus this computer&apos;s: %1 s</source>
        <translation>Uhr des Servers minus die dieses Computers: %1 s</translation>
    </message>
    <message>
        <source>Token: %1, expires in %2 s, scopes: %3</source>
        <translation>Token: %1, läuft ab in %2 s, Scopes: %3</translation>
    </message>
    <message>
        <source>Made with Credenza %1. Private key, signature and token are not in it.</source>
        <translation>Erstellt mit Credenza %1. Privater Schlüssel, Signatur und Token sind nicht darin.</translation>
    </message>
    <message>
        <source>Likely causes, by evidence</source>
        <translation>Wahrscheinliche Ursachen, nach Beleglage</translation>
    </message>
    <message>
        <source>Seen: %1</source>
        <translation>Gesehen: %1</translation>
    </message>
    <message>
        <source>Fix: %1</source>
        <translation>Abhilfe: %1</translation>
    </message>
    <message>
        <source>Ruled out: %1</source>
        <translation>Ausgeschlossen: %1</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Asked after the failure</source>
        <translation>Nach dem Fehlschlag gefragt</translation>
    </message>
    <message>
        <source>Came back to another test of the same run</source>
        <translation>Kam zu einem anderen Test desselben Laufs zurück</translation>
    </message>
    <message>
        <source>Public key: %1 %2 bits, thumbprint (RFC 7638) %3, SHA-1 of its DER %4</source>
        <translation>Öffentlicher Schlüssel: %1 %2 Bit, Thumbprint (RFC 7638) %3, SHA-1 seines DER %4</translation>
    </message>
    <message>
        <source>Certificate: %1, issued by %2, valid until %3, SHA-256 %4</source>
        <translation>Zertifikat: %1, ausgestellt von %2, gültig bis %3, SHA-256 %4</translation>
    </message>
</context>
<context>
    <name>TestText</name>
    <message>
        <source>%1 times the same</source>
        <translation>%1-mal dasselbe</translation>
    </message>
    <message>
        <source>… %1 more characters</source>
        <translation>… %1 weitere Zeichen</translation>
    </message>
    <message>
        <source>(no body)</source>
        <translation>(kein Inhalt)</translation>
    </message>
    <message>
        <source>(%1 more headers in the report)</source>
        <translation>(%1 weitere Header im Bericht)</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Kam zurück</translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>Es kam keine Antwort.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>Claims</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>Möglich</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>Schwach</translation>
    </message>
    <message>
        <source>Some fields need a fix</source>
        <translation>Einige Felder sind zu berichtigen</translation>
    </message>
    <message>
        <source>The server was not found</source>
        <translation>Der Server wurde nicht gefunden</translation>
    </message>
    <message>
        <source>The assertion could not be signed</source>
        <translation>Die Assertion konnte nicht signiert werden</translation>
    </message>
    <message>
        <source>No answer from the token endpoint</source>
        <translation>Keine Antwort vom Token-Endpoint</translation>
    </message>
    <message>
        <source>Token refused: %1</source>
        <translation>Token verweigert: %1</translation>
    </message>
    <message>
        <source>Token granted, but the FHIR API refused it</source>
        <translation>Token gewährt, aber die FHIR-API lehnte es ab</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>%1, not reached</source>
        <translation>%1, nicht erreicht</translation>
    </message>
    <message>
        <source>Testing the connection</source>
        <translation>Verbindung wird getestet</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Connection works</source>
        <translation>Die Verbindung funktioniert</translation>
    </message>
    <message>
        <source>%1 of %2 steps in %3, %4</source>
        <translation>%1 von %2 Schritten in %3, %4</translation>
    </message>
    <message>
        <source>Test cancelled</source>
        <translation>Test abgebrochen</translation>
    </message>
    <message>
        <source>Nothing was kept, %1</source>
        <translation>Nichts wurde behalten, %1</translation>
    </message>
    <message>
        <source>The test did not pass</source>
        <translation>Der Test wurde nicht bestanden</translation>
    </message>
    <message>
        <source>Stopped at step %1 of %2, %3</source>
        <translation>Angehalten bei Schritt %1 von %2, %3</translation>
    </message>
    <message>
        <source>Check fields</source>
        <translation>Felder prüfen</translation>
    </message>
    <message>
        <source>Discover</source>
        <translation>Discovery</translation>
    </message>
    <message>
        <source>Sign the assertion</source>
        <translation>Assertion signieren</translation>
    </message>
    <message>
        <source>Request the token</source>
        <translation>Token anfordern</translation>
    </message>
    <message>
        <source>Call the FHIR API</source>
        <translation>FHIR-API aufrufen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>each value keeps its rule</source>
        <translation>jeder Wert hält seine Regel ein</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) break a rule</source>
        <translation>
            <numerusform>%n Wert verletzt eine Regel</numerusform>
            <numerusform>%n Werte verletzen eine Regel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TileText</name>
    <message>
        <source>Testing…</source>
        <translation>Test läuft…</translation>
    </message>
    <message>
        <source>Testing: %1</source>
        <translation>Test: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>testing, step %1</source>
        <translation>Test läuft, Schritt %1</translation>
    </message>
    <message>
        <source>Never tested</source>
        <translation>Nie getestet</translation>
    </message>
    <message>
        <source>never tested</source>
        <translation>nie getestet</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>failed: %1 %2</source>
        <translation>Fehler: %1 %2</translation>
    </message>
    <message>
        <source>Passed, key %1 months old</source>
        <translation>OK, Schlüssel %1 Monate alt</translation>
    </message>
    <message>
        <source>passed %1, key %2 months old</source>
        <translation>bestanden %1, Schlüssel %2 Monate alt</translation>
    </message>
    <message>
        <source>Passed %1</source>
        <translation>Bestanden: %1</translation>
    </message>
    <message>
        <source>passed %1</source>
        <translation>bestanden %1</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Key expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>%1 d left</source>
        <comment>days until a key expires</comment>
        <translation>noch %1 T.</translation>
    </message>
    <message>
        <source>favorite</source>
        <translation>Favorit</translation>
    </message>
</context>
<context>
    <name>Validation</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>VaultActivityText</name>
    <message>
        <source>An entry of the activity log is missing.</source>
        <translation>Ein Eintrag des Aktivitätsprotokolls fehlt.</translation>
    </message>
    <message>
        <source>The activity log has an entry that does not belong to it.</source>
        <translation>Das Aktivitätsprotokoll hat einen Eintrag, der nicht hineingehört.</translation>
    </message>
    <message>
        <source>An entry of the activity log is damaged or was changed.</source>
        <translation>Ein Eintrag des Aktivitätsprotokolls ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>The end of the activity log was changed.</source>
        <translation>Das Ende des Aktivitätsprotokolls wurde verändert.</translation>
    </message>
</context>
<context>
    <name>VaultBackupText</name>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1 ist beschädigt.</translation>
    </message>
    <message>
        <source>the present vault can&apos;t be put aside.</source>
        <translation>der jetzige Vault lässt sich nicht beiseitelegen.</translation>
    </message>
    <message>
        <source>the folder for backups can&apos;t be made.</source>
        <translation>der Ordner für Sicherungen lässt sich nicht anlegen.</translation>
    </message>
</context>
<context>
    <name>VaultCheckingText</name>
    <message>
        <source>A page of the vault&apos;s file was changed.</source>
        <translation>Eine Seite der Vault-Datei wurde verändert.</translation>
    </message>
    <message>
        <source>The vault&apos;s header is damaged.</source>
        <translation>Der Kopf des Vaults ist beschädigt.</translation>
    </message>
    <message>
        <source>The vault&apos;s header was changed.</source>
        <translation>Der Kopf des Vaults wurde verändert.</translation>
    </message>
    <message>
        <source>A key slot of the vault, or its copy, is damaged or missing.</source>
        <translation>Ein Schlüssel-Slot des Vaults oder seine Kopie ist beschädigt oder fehlt.</translation>
    </message>
    <message>
        <source>This vault is older than it was when last seen on this computer: it was put back from the past, or its last saves were lost.</source>
        <translation>Dieser Vault ist älter als beim letzten Mal auf diesem Computer: er wurde auf einen früheren Stand zurückgesetzt, oder seine letzten Änderungen gingen verloren.</translation>
    </message>
</context>
<context>
    <name>VaultContentsText</name>
    <message>
        <source>The list of what belongs into the vault is damaged. Whether records are missing or old can&apos;t be told.</source>
        <translation>Die Liste dessen, was in den Vault gehört, ist beschädigt. Ob Datensätze fehlen oder alt sind, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>A part of the vault&apos;s list does not belong to it.</source>
        <translation>Ein Teil der Liste des Vaults gehört nicht zu ihm.</translation>
    </message>
    <message>
        <source>A part of the vault&apos;s list was put back from the past.</source>
        <translation>Ein Teil der Liste des Vaults wurde auf einen früheren Stand zurückgesetzt.</translation>
    </message>
    <message>
        <source>A part of the vault&apos;s list is damaged.</source>
        <translation>Ein Teil der Liste des Vaults ist beschädigt.</translation>
    </message>
    <message>
        <source>A part of the vault&apos;s list is missing.</source>
        <translation>Ein Teil der Liste des Vaults fehlt.</translation>
    </message>
    <message>
        <source>A saved credential is missing from the vault.</source>
        <translation>Ein gespeichertes Credential fehlt im Vault.</translation>
    </message>
    <message>
        <source>A credential is stored twice.</source>
        <translation>Ein Credential ist doppelt gespeichert.</translation>
    </message>
    <message>
        <source>A record was put into the vault that does not belong to it.</source>
        <translation>In den Vault wurde ein Datensatz gelegt, der nicht hineingehört.</translation>
    </message>
    <message>
        <source>A credential was put back to what it was in the past.</source>
        <translation>Ein Credential wurde auf einen früheren Stand zurückgesetzt.</translation>
    </message>
    <message>
        <source>A credential is damaged or was changed.</source>
        <translation>Ein Credential ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>The private key of a credential is missing from the vault.</source>
        <translation>Der private Schlüssel eines Credentials fehlt im Vault.</translation>
    </message>
    <message>
        <source>A private key was put into the vault that does not belong to it.</source>
        <translation>In den Vault wurde ein privater Schlüssel gelegt, der nicht hineingehört.</translation>
    </message>
    <message>
        <source>The private key of a credential is not the one that was saved last.</source>
        <translation>Der private Schlüssel eines Credentials ist nicht der zuletzt gespeicherte.</translation>
    </message>
    <message>
        <source>The private key of a credential is damaged or was changed.</source>
        <translation>Der private Schlüssel eines Credentials ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>The vault was put back to an older state while it was open.</source>
        <translation>Der Vault wurde auf einen älteren Stand zurückgesetzt, während er offen war.</translation>
    </message>
</context>
<context>
    <name>VaultCreationText</name>
    <message>
        <source>its folder can&apos;t be made.</source>
        <translation>sein Ordner lässt sich nicht anlegen.</translation>
    </message>
</context>
<context>
    <name>VaultDatabaseText</name>
    <message>
        <source>The vault file is empty.</source>
        <translation>Die Vault-Datei ist leer.</translation>
    </message>
    <message>
        <source>The vault file is shorter than it was.</source>
        <translation>Die Vault-Datei ist kürzer, als sie war.</translation>
    </message>
    <message>
        <source>The vault file is damaged: %1.</source>
        <translation>Die Vault-Datei ist beschädigt: %1.</translation>
    </message>
    <message>
        <source>there is no space left on the disk, or no quota</source>
        <translation>auf dem Datenträger ist kein Platz oder kein Kontingent mehr</translation>
    </message>
    <message>
        <source>the file, its folder or the medium is read-only</source>
        <translation>die Datei, ihr Ordner oder das Medium ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the disk or network drive reports an error</source>
        <translation>der Datenträger oder das Netzlaufwerk meldet einen Fehler</translation>
    </message>
</context>
<context>
    <name>VaultErrorText</name>
    <message>
        <source>There is no vault at %1.</source>
        <translation>Unter %1 gibt es keinen Vault.</translation>
    </message>
    <message>
        <source>Create one, or check the path.</source>
        <translation>Einen anlegen oder den Pfad prüfen.</translation>
    </message>
    <message>
        <source>There is already a file at %1.</source>
        <translation>Unter %1 gibt es schon eine Datei.</translation>
    </message>
    <message>
        <source>Open it, or choose another path for the new vault.</source>
        <translation>Sie öffnen oder für den neuen Vault einen anderen Pfad wählen.</translation>
    </message>
    <message>
        <source>%1 is not a Credenza vault.</source>
        <translation>%1 ist kein Vault von Credenza.</translation>
    </message>
    <message>
        <source>Choose a vault file.</source>
        <translation>Eine Vault-Datei wählen.</translation>
    </message>
    <message>
        <source>This vault was written by a newer Credenza (format %1).</source>
        <translation>Dieser Vault wurde von einem neueren Credenza geschrieben (Format %1).</translation>
    </message>
    <message>
        <source>Update Credenza to open it.</source>
        <translation>Credenza aktualisieren, um ihn zu öffnen.</translation>
    </message>
    <message>
        <source>Keep this file as it is and open a backup copy of the vault.</source>
        <translation>Diese Datei lassen, wie sie ist, und eine Sicherungskopie des Vaults öffnen.</translation>
    </message>
    <message>
        <source>This passphrase does not open the vault.</source>
        <translation>Diese Passphrase öffnet den Vault nicht.</translation>
    </message>
    <message>
        <source>Check Caps Lock and the keyboard layout, then try again.</source>
        <translation>Feststelltaste und Tastaturbelegung prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Another program is writing to the vault.</source>
        <translation>Ein anderes Programm schreibt gerade in den Vault.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The vault at %1 can&apos;t be written: %2</source>
        <translation>Der Vault unter %1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Check free space and permissions of its folder. What was saved before is unharmed.</source>
        <translation>Freien Platz und Rechte seines Ordners prüfen. Was vorher gespeichert wurde, ist unversehrt.</translation>
    </message>
    <message>
        <source>There is already a credential named “%1”.</source>
        <translation>Ein Credential namens „%1“ gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name; upper and lower case count as the same.</source>
        <translation>Einen anderen Namen wählen; Groß- und Kleinschreibung zählt nicht als Unterschied.</translation>
    </message>
    <message>
        <source>“%1” was changed elsewhere meanwhile.</source>
        <translation>„%1“ wurde inzwischen anderswo geändert.</translation>
    </message>
    <message>
        <source>Look at the saved version, then make your change again.</source>
        <translation>Die gespeicherte Fassung ansehen, dann noch einmal ändern.</translation>
    </message>
    <message>
        <source>There is no credential “%1” in this vault.</source>
        <translation>Ein Credential „%1“ gibt es in diesem Vault nicht.</translation>
    </message>
    <message>
        <source>List the credentials to see their names.</source>
        <translation>Die Credentials auflisten, um ihre Namen zu sehen.</translation>
    </message>
    <message>
        <source>The vault at %1 can&apos;t be read.</source>
        <translation>Der Vault unter %1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Check the disk or the network drive it is on. Copy what can still be read.</source>
        <translation>Den Datenträger oder das Netzlaufwerk prüfen. Kopieren, was noch lesbar ist.</translation>
    </message>
    <message>
        <source>Nothing but this passphrase or recovery code opens the vault.</source>
        <translation>Nichts außer dieser Passphrase oder diesem Wiederherstellungscode öffnet den Vault.</translation>
    </message>
    <message>
        <source>Add another passphrase or a recovery code first.</source>
        <translation>Zuerst eine weitere Passphrase oder einen Wiederherstellungscode hinzufügen.</translation>
    </message>
    <message>
        <source>There is no key slot %1 in this vault.</source>
        <translation>Einen Schlüssel-Slot %1 gibt es in diesem Vault nicht.</translation>
    </message>
    <message>
        <source>List the key slots to see their ids.</source>
        <translation>Die Schlüssel-Slots auflisten, um ihre ids zu sehen.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not open this vault.</source>
        <translation>Der Schlüsselbund des Systems öffnet diesen Vault nicht.</translation>
    </message>
    <message>
        <source>It may be locked, or was never set up for this vault. Unlock with the passphrase.</source>
        <translation>Vielleicht ist er gesperrt oder wurde für diesen Vault nie eingerichtet. Mit der Passphrase entsperren.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring did not keep what was given to it.</source>
        <translation>Der Schlüsselbund des Systems hat nicht behalten, was er bekam.</translation>
    </message>
    <message>
        <source>Nothing was changed. Go on with the passphrase.</source>
        <translation>Nichts wurde geändert. Mit der Passphrase fortfahren.</translation>
    </message>
    <message>
        <source>There is no version %1 of this credential.</source>
        <translation>Eine Version %1 dieses Credentials gibt es nicht.</translation>
    </message>
    <message>
        <source>List its versions to see which are kept.</source>
        <translation>Seine Versionen auflisten, um zu sehen, welche aufbewahrt sind.</translation>
    </message>
</context>
<context>
    <name>VaultIdentities</name>
    <message>
        <source>The vault keeps no identity for %1.</source>
        <translation>Der Vault enthält keine Identität für %1.</translation>
    </message>
    <message>
        <source>Look at the list of identities and give one of their recipients.</source>
        <translation>In der Liste der Identitäten nachsehen und einen ihrer Recipients angeben.</translation>
    </message>
    <message>
        <source>The vault keeps this identity already: %1.</source>
        <translation>Der Vault enthält diese Identität schon: %1.</translation>
    </message>
</context>
<context>
    <name>VaultItemText</name>
    <message>
        <source>Something that the vault keeps beside credentials is damaged.</source>
        <translation>Etwas, das der Vault neben Credentials aufbewahrt, ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>VaultRescueText</name>
    <message>
        <source>Every key slot of this vault is damaged.</source>
        <translation>Jeder Schlüssel-Slot dieses Vaults ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>VaultSavingText</name>
    <message>
        <source>Nothing can be saved here: the list of what belongs into the vault is damaged.</source>
        <translation>Hier lässt sich nichts speichern: die Liste dessen, was in den Vault gehört, ist beschädigt.</translation>
    </message>
    <message>
        <source>The private key of this credential is damaged or missing.</source>
        <translation>Der private Schlüssel dieses Credentials ist beschädigt oder fehlt.</translation>
    </message>
</context>
<context>
    <name>VaultSchemaText</name>
    <message>
        <source>The tables of this vault are not those that Credenza makes.</source>
        <translation>Die Tabellen dieses Vaults sind nicht die, die Credenza anlegt.</translation>
    </message>
    <message>
        <source>The format version of this vault is damaged.</source>
        <translation>Die Formatversion dieses Vaults ist beschädigt.</translation>
    </message>
    <message>
        <source>Almost all of this vault file is missing.</source>
        <translation>Fast alles von dieser Vault-Datei fehlt.</translation>
    </message>
</context>
<context>
    <name>VaultText</name>
    <message>
        <source>Every key slot of this vault is damaged.</source>
        <translation>Jeder Schlüssel-Slot dieses Vaults ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>credenza::ActivityModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Credential</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
</context>
<context>
    <name>credenza::ActivityPage</name>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Filter by credential, action, person</source>
        <translation>Nach Credential, Vorgang, Person filtern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Tests and tokens</source>
        <translation>Tests und Token</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Vault</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>&amp;Check the chain</source>
        <translation>&amp;Kette prüfen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Save the whole log as NDJSON, one entry a line</source>
        <translation>Das ganze Protokoll als NDJSON speichern, ein Eintrag je Zeile</translation>
    </message>
    <message>
        <source>Each entry vouches for the one before; the chain shows whether any was removed, added or changed.</source>
        <translation>Jeder Eintrag verbürgt den vorigen; die Kette zeigt, ob einer entfernt, hinzugefügt oder geändert wurde.</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Unversehrt</translation>
    </message>
    <message numerus="yes">
        <source>%n entries; none was removed, added or changed.</source>
        <translation>
            <numerusform>%n Eintrag; er wurde nicht verändert, und keiner fehlt.</numerusform>
            <numerusform>%n Einträge; keiner wurde entfernt, hinzugefügt oder geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>What happens to your credentials will stand here.</source>
        <translation>Hier wird stehen, was mit Ihren Credentials geschieht.</translation>
    </message>
    <message>
        <source>Created, changed, tested, token issued, exported: each with its time. Never a secret.</source>
        <translation>Angelegt, geändert, getestet, Token ausgestellt, exportiert: jedes mit seiner Zeit. Nie ein Geheimnis.</translation>
    </message>
    <message>
        <source>No entry matches the filter.</source>
        <translation>Kein Eintrag passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
<context>
    <name>credenza::ActivityWiring</name>
    <message>
        <source>Export the activity log</source>
        <translation>Das Aktivitätsprotokoll exportieren</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
</context>
<context>
    <name>credenza::Application</name>
    <message>
        <source>Open a vault</source>
        <translation>Vault öffnen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>number of credentials, number of keys</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>%n Credential</numerusform>
            <numerusform>%n Credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n Schlüssel</numerusform>
            <numerusform>%n Schlüssel</numerusform>
        </translation>
    </message>
    <message>
        <source>The recovery code opened the vault. Choose a new passphrase in place of the one that is lost; the code stays as it is.</source>
        <translation>Der Wiederherstellungscode hat den Vault geöffnet. Eine neue Passphrase an Stelle der verlorenen wählen; der Code bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>credenza::AssertionInspector</name>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Inspect an assertion</source>
        <translation>Eine Assertion prüfen</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>Claims</translation>
    </message>
    <message>
        <source>Client assertion (JWT)</source>
        <translation>Client Assertion (JWT)</translation>
    </message>
    <message>
        <source>Paste it as it is: alone, quoted, after “Bearer”, or with the whole form around it.</source>
        <translation>Sie einfügen, wie sie ist: allein, in Anführungszeichen, nach „Bearer“ oder mit dem ganzen Formular darum.</translation>
    </message>
    <message>
        <source>Checks client ID, key ID, token endpoint and signature too.</source>
        <translation>Prüft auch Client-ID, Key ID, Token-Endpoint und Signatur.</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>Decodiert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing: only what holds for all</source>
        <translation>Nichts: nur, was für alle gilt</translation>
    </message>
    <message>
        <source>Nothing was pasted yet</source>
        <translation>Es wurde noch nichts eingefügt</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>No value breaks a rule</source>
        <translation>Kein Wert verletzt eine Regel</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) break a rule</source>
        <translation>
            <numerusform>%n Wert verletzt eine Regel</numerusform>
            <numerusform>%n Werte verletzen eine Regel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::AttachmentWindow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation>unbekannter Typ</translation>
    </message>
    <message>
        <source>Declared as %1, but the content is %2.</source>
        <translation>Als %1 angegeben, aber der Inhalt ist %2.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Picture, %1 by %2</source>
        <translation>Bild, %1 mal %2</translation>
    </message>
    <message>
        <source>The picture can&apos;t be shown.</source>
        <translation>Das Bild lässt sich nicht zeigen.</translation>
    </message>
    <message>
        <source>No preview of this type; save it to look at it.</source>
        <translation>Für diesen Typ gibt es keine Vorschau; zum Ansehen speichern.</translation>
    </message>
    <message>
        <source>Content of the attachment</source>
        <translation>Inhalt des Anhangs</translation>
    </message>
    <message>
        <source>Save the attachment</source>
        <translation>Anhang speichern</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>credenza::AuthenticatePage</name>
    <message>
        <source>Use this credential for</source>
        <translation>Credential verwenden für</translation>
    </message>
    <message>
        <source>Connector</source>
        <translation>Connector</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>New data source</source>
        <translation>Neue Datenquelle</translation>
    </message>
    <message>
        <source>New destination</source>
        <translation>Neues Ziel</translation>
    </message>
    <message>
        <source>Next: Browse</source>
        <translation>Weiter: Daten</translation>
    </message>
    <message>
        <source>Next: Write</source>
        <translation>Weiter: Schreiben</translation>
    </message>
    <message>
        <source>Filter by name, host, tag or key</source>
        <translation>Nach Name, Host, Tag, Schlüssel filtern</translation>
    </message>
    <message>
        <source>Ctrl+F or /</source>
        <translation>Strg+F oder /</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Last tested</source>
        <translation>Zuletzt getestet</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Browse resources</source>
        <translation>Ressourcen ansehen</translation>
    </message>
    <message>
        <source>Rotate key…</source>
        <translation>Schlüssel wechseln…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Copy client ID</source>
        <translation>Client ID kopieren</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Copy FHIR base URL</source>
        <translation>FHIR Base URL kopieren</translation>
    </message>
    <message>
        <source>FHIR base URL</source>
        <translation>FHIR Base URL</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Show as tiles</source>
        <translation>Als Kacheln zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Test %n connection(s)</source>
        <translation>
            <numerusform>%n Verbindung testen</numerusform>
            <numerusform>%n Verbindungen testen</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Test anhalten</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n credential(s)</source>
        <translation>
            <numerusform>%n Credential löschen</numerusform>
            <numerusform>%n Credentials löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Your credentials will stand here, one row each.</source>
        <translation>Hier stehen die Credentials, je eine Zeile.</translation>
    </message>
    <message>
        <source>Add the first one: its base URL, client ID and private key, tested before it is saved.</source>
        <translation>Das erste hinzufügen: Base-URL, Client-ID und privater Schlüssel, vor dem Speichern getestet.</translation>
    </message>
    <message>
        <source>No credential matches “%1”.</source>
        <translation>Kein Credential passt zu „%1“.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Test all</source>
        <translation>Alle testen</translation>
    </message>
    <message>
        <source>Retry until accepted</source>
        <translation>Wiederholen, bis es gelingt</translation>
    </message>
    <message>
        <source>Stop testing, %1</source>
        <translation>Tests anhalten, %1</translation>
    </message>
    <message>
        <source>Add to favorites</source>
        <translation>Zu Favoriten hinzufügen</translation>
    </message>
    <message>
        <source>Remove from favorites</source>
        <translation>Aus Favoriten entfernen</translation>
    </message>
</context>
<context>
    <name>credenza::AuthorityFileField</name>
    <message>
        <source>Remove the CA certificates</source>
        <translation>CA-Zertifikate entfernen</translation>
    </message>
    <message>
        <source>The system’s authorities only</source>
        <translation>Nur die Zertifizierungsstellen des Systems</translation>
    </message>
    <message>
        <source>Choose a file of CA certificates</source>
        <translation>Datei mit CA-Zertifikaten wählen</translation>
    </message>
    <message>
        <source>1 certificate</source>
        <translation>1 Zertifikat</translation>
    </message>
    <message>
        <source>%1 certificates</source>
        <translation>%1 Zertifikate</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 aus %2</translation>
    </message>
    <message>
        <source>Choose CA certificates</source>
        <translation>CA-Zertifikate wählen</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>credenza::BackupWiring</name>
    <message>
        <source>A backup was made.</source>
        <translation>Eine Sicherung wurde angelegt.</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>Ordner für Sicherungen</translation>
    </message>
    <message>
        <source>Restore the backup of %1?</source>
        <translation>Die Sicherung vom %1 wiederherstellen?</translation>
    </message>
    <message>
        <source>The vault becomes what it was then: what was saved since is not in it. The vault of today is kept beside it under another name. It locks now, and opens with the passphrase it had on that day.</source>
        <translation>Der Vault wird, was er damals war: Was seitdem gespeichert wurde, fehlt darin. Der heutige Vault bleibt unter einem anderen Namen daneben erhalten. Er wird jetzt gesperrt und öffnet mit der Passphrase von jenem Tag.</translation>
    </message>
    <message>
        <source>Keep the vault of today</source>
        <translation>Den heutigen Vault behalten</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>The backup of %1 was restored. The vault that was there is “%2” now.</source>
        <translation>Die Sicherung vom %1 wurde wiederhergestellt. Der bisherige Vault heißt jetzt „%2“.</translation>
    </message>
</context>
<context>
    <name>credenza::BackupsCard</name>
    <message>
        <source>Make a &amp;backup once a day the vault is used</source>
        <translation>An jedem Tag, an dem der Vault benutzt wird, eine &amp;Sicherung anlegen</translation>
    </message>
    <message>
        <source>How many are kept</source>
        <translation>Wie viele bleiben</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Beside the vault</source>
        <translation>Neben dem Vault</translation>
    </message>
    <message>
        <source>Back up &amp;now</source>
        <translation>Jetzt s&amp;ichern</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>A sealed copy of the whole file. It opens with the passphrase of its day.</source>
        <translation>Eine versiegelte Kopie der ganzen Datei. Sie öffnet mit der Passphrase ihres Tages.</translation>
    </message>
    <message>
        <source>The oldest goes when one more is made.</source>
        <translation>Die älteste weicht, wenn eine weitere angelegt wird.</translation>
    </message>
    <message>
        <source>Choose the folder for backups</source>
        <translation>Ordner für Sicherungen wählen</translation>
    </message>
    <message>
        <source>Keep backups beside the vault</source>
        <translation>Sicherungen neben dem Vault aufbewahren</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>On another disk they outlive this one. Those made before stay where they are.</source>
        <translation>Auf einem anderen Datenträger überleben sie diesen. Frühere bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>What there is</source>
        <translation>Was da ist</translation>
    </message>
    <message numerus="yes">
        <source>The last %n</source>
        <translation>
            <numerusform>Die letzte</numerusform>
            <numerusform>Die letzten %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Unlock the vault to see them.</source>
        <translation>Den Vault entsperren, um sie zu sehen.</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s), %1</source>
        <translation>
            <numerusform>%n Sicherung, %1</numerusform>
            <numerusform>%n Sicherungen, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) in the folder.</source>
        <translation>
            <numerusform>%n ältere im Ordner.</numerusform>
            <numerusform>%n ältere im Ordner.</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen…</translation>
    </message>
    <message>
        <source>Restore the backup of %1</source>
        <translation>Die Sicherung vom %1 wiederherstellen</translation>
    </message>
    <message>
        <source>Unlock the vault first.</source>
        <translation>Zuerst den Vault entsperren.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>That is where they go.</source>
        <translation>Dorthin kommen sie.</translation>
    </message>
</context>
<context>
    <name>credenza::BeforeYouStart</name>
    <message>
        <source>Your application signs a JSON Web Token with its private key; %1 checks it against the public key you registered and returns a short-lived access token. Tick off what is done.</source>
        <translation>Die Anwendung signiert ein JSON Web Token mit ihrem privaten Schlüssel; %1 prüft es mit dem registrierten öffentlichen Schlüssel und gibt ein kurzlebiges Access Token zurück. Abhaken, was erledigt ist.</translation>
    </message>
    <message>
        <source>Epic</source>
        <translation>Epic</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message>
        <source>Open %1 in the browser</source>
        <translation>%1 im Browser öffnen</translation>
    </message>
    <message>
        <source>Register an app on Epic on FHIR</source>
        <translation>Eine Anwendung bei Epic on FHIR registrieren</translation>
    </message>
    <message>
        <source>Register a backend client at the server</source>
        <translation>Einen Backend-Client beim Server registrieren</translation>
    </message>
    <message>
        <source>My Apps, then Create.</source>
        <translation>My Apps, dann Create.</translation>
    </message>
    <message>
        <source>Application Audience: **Backend Systems**. Type: **Confidential Client** or **Backend Services**.</source>
        <translation>Application Audience: **Backend Systems**. Typ: **Confidential Client** oder **Backend Services**.</translation>
    </message>
    <message>
        <source>Scopes: `system/Patient.read`, `system/Observation.read`…</source>
        <translation>Scopes: `system/Patient.read`, `system/Observation.read`…</translation>
    </message>
    <message>
        <source>Save. Copy the Client ID of your environment.</source>
        <translation>Speichern. Die Client ID der Umgebung kopieren.</translation>
    </message>
    <message>
        <source>Ask for a client of **SMART Backend Services**, authenticated by `private_key_jwt`.</source>
        <translation>Um einen Client für **SMART Backend Services** bitten, mit Authentifizierung durch `private_key_jwt`.</translation>
    </message>
    <message>
        <source>Give your public key, best as the URL of a JWK Set.</source>
        <translation>Den öffentlichen Schlüssel angeben, am besten als URL eines JWK Set.</translation>
    </message>
    <message>
        <source>Copy the Client ID.</source>
        <translation>Die Client ID kopieren.</translation>
    </message>
    <message>
        <source>Generate here…</source>
        <translation>Hier erzeugen…</translation>
    </message>
    <message>
        <source>Generate an RSA key pair</source>
        <translation>Ein RSA-Schlüsselpaar erzeugen</translation>
    </message>
    <message>
        <source>2048 bits or more. Register the public key under **Public Keys** of the app. By hand:</source>
        <translation>2048 Bit oder mehr. Den öffentlichen Schlüssel bei der Anwendung unter **Public Keys** registrieren. Von Hand:</translation>
    </message>
    <message>
        <source>2048 bits or more. Register the public key with the app. By hand:</source>
        <translation>2048 Bit oder mehr. Den öffentlichen Schlüssel bei der Anwendung registrieren. Von Hand:</translation>
    </message>
    <message>
        <source>Commands that make a key pair</source>
        <translation>Befehle, die ein Schlüsselpaar erzeugen</translation>
    </message>
    <message>
        <source>Copy the commands</source>
        <translation>Die Befehle kopieren</translation>
    </message>
    <message>
        <source>Commands copied</source>
        <translation>Befehle kopiert</translation>
    </message>
    <message>
        <source>Identify your FHIR Base URL</source>
        <translation>Die FHIR Base URL feststellen</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>From the customer’s integration team, or</source>
        <translation>Vom Integrationsteam des Kunden, oder</translation>
    </message>
    <message>
        <source>The private key opens all data your app is authorized for. Don’t paste one that other systems share.</source>
        <translation>Der private Schlüssel öffnet alle Daten, für die die Anwendung berechtigt ist. Keinen einfügen, den andere Systeme mitbenutzen.</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 erledigt</translation>
    </message>
</context>
<context>
    <name>credenza::BrowsePage</name>
    <message>
        <source>Credential to browse with</source>
        <translation>Credential für die Ansicht</translation>
    </message>
    <message>
        <source>Cancel saving</source>
        <translation>Speichern abbrechen</translation>
    </message>
    <message>
        <source>Select a credential to see what it can reach.</source>
        <translation>Ein Credential auswählen, um zu sehen, was es erreicht.</translation>
    </message>
    <message>
        <source>Back to Authenticate</source>
        <translation>Zurück zum Zugang</translation>
    </message>
    <message>
        <source>FHIR %1</source>
        <translation>FHIR %1</translation>
    </message>
    <message>
        <source>%1, FHIR %2</source>
        <translation>%1, FHIR %2</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>NDJSON, a Bundle or a resource (Ctrl+O)</source>
        <translation>NDJSON, ein Bundle oder eine Ressource (Strg+O)</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Open FHIR files</source>
        <translation>FHIR-Dateien öffnen</translation>
    </message>
    <message>
        <source>FHIR data (*.ndjson *.jsonl *.json *.gz)</source>
        <translation>FHIR-Daten (*.ndjson *.jsonl *.json *.gz)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save resources</source>
        <translation>Ressourcen speichern</translation>
    </message>
    <message>
        <source>NDJSON (*.ndjson)</source>
        <translation>NDJSON (*.ndjson)</translation>
    </message>
    <message>
        <source>Bundle (*.json)</source>
        <translation>Bundle (*.json)</translation>
    </message>
    <message>
        <source>CSV, the columns as seen (*.csv)</source>
        <translation>CSV, die Spalten wie gezeigt (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>%1 saved…</source>
        <translation>%1 gespeichert…</translation>
    </message>
    <message>
        <source>%1 resources saved as %2</source>
        <translation>%1 Ressourcen gespeichert als %2</translation>
    </message>
    <message numerus="yes">
        <source>Token valid for %n min</source>
        <translation>
            <numerusform>Token noch %n min gültig</numerusform>
            <numerusform>Token noch %n min gültig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Token valid for %n s</source>
        <translation>
            <numerusform>Token noch %n s gültig</numerusform>
            <numerusform>Token noch %n s gültig</numerusform>
        </translation>
    </message>
    <message>
        <source>1 request, answered %1</source>
        <translation>1 Anfrage, Antwort %1</translation>
    </message>
    <message>
        <source>%1 requests, last %2</source>
        <translation>%1 Anfragen, zuletzt %2</translation>
    </message>
    <message>
        <source>Choose a credential, or files</source>
        <translation>Ein Credential oder Dateien wählen</translation>
    </message>
</context>
<context>
    <name>credenza::BundleFields</name>
    <message>
        <source>Very weak</source>
        <translation>Sehr schwach</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>Schwach</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Very strong</source>
        <translation>Sehr stark</translation>
    </message>
    <message>
        <source>Encrypt for</source>
        <translation>Verschlüsseln für</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Recipients</translation>
    </message>
    <message>
        <source>Passphrase of the bundle</source>
        <translation>Passphrase des Bundles</translation>
    </message>
    <message>
        <source>Tell it to the receiver on another way than the file. It can&apos;t be recovered.</source>
        <translation>Sie dem Empfänger auf einem anderen Weg mitteilen als die Datei. Sie lässt sich nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>One a line: age1…, as age-keygen prints it. Each of them can open the bundle.</source>
        <translation>Je Zeile einer: age1…, wie age-keygen ihn ausgibt. Jeder davon kann das Bundle öffnen.</translation>
    </message>
    <message>
        <source>The two are not the same. Type the passphrase once more.</source>
        <translation>Die beiden sind nicht gleich. Die Passphrase noch einmal eingeben.</translation>
    </message>
    <message>
        <source>Enter at least one recipient.</source>
        <translation>Mindestens einen Recipient eingeben.</translation>
    </message>
    <message>
        <source>Choose a passphrase for the bundle.</source>
        <translation>Eine Passphrase für das Bundle wählen.</translation>
    </message>
    <message>
        <source>This passphrase is too easy to guess.</source>
        <translation>Diese Passphrase ist zu leicht zu erraten.</translation>
    </message>
    <message>
        <source>Type the passphrase once more.</source>
        <translation>Die Passphrase noch einmal eingeben.</translation>
    </message>
    <message>
        <source>&amp;Add my own</source>
        <translation>&amp;Eigene hinzufügen</translation>
    </message>
    <message>
        <source>Adds the recipients of the identities in this vault, which then opens the bundle too</source>
        <translation>Fügt die Recipients der Identitäten in diesem Vault hinzu; auch er öffnet dann das Bundle</translation>
    </message>
</context>
<context>
    <name>credenza::Button</name>
    <message>
        <source>Working…</source>
        <translation>Arbeitet…</translation>
    </message>
</context>
<context>
    <name>credenza::Chip</name>
    <message>
        <source>%1, %2 of them</source>
        <comment>a filter and how many it would show</comment>
        <translation>%1, %2 davon</translation>
    </message>
    <message>
        <source>Delete removes it</source>
        <translation>Entf entfernt es</translation>
    </message>
</context>
<context>
    <name>credenza::ClientIdAnatomy</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Characters in each group: %1</source>
        <translation>Zeichen in jeder Gruppe: %1</translation>
    </message>
</context>
<context>
    <name>credenza::CommandPalette</name>
    <message>
        <source>Nothing found. Try a name, a host, a key or a deed.</source>
        <translation>Nichts gefunden. Einen Namen, einen Host, einen Schlüssel oder eine Aktion versuchen.</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Find a credential or an action</source>
        <translation>Credential oder Aktion finden</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Gefundenes</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>move</source>
        <translation>bewegen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>run</source>
        <translation>ausführen</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>actions of the credential</source>
        <translation>Aktionen des Credentials</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ConnectionTestView</name>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Five steps, from the fields to a first FHIR search, each with what was sent and what came back.</source>
        <translation>Fünf Schritte, von den Feldern bis zu einer ersten FHIR-Suche, jeder mit dem, was gesendet wurde und was zurückkam.</translation>
    </message>
    <message>
        <source>A report in Markdown for the server&apos;s support, without secrets</source>
        <translation>Ein Bericht in Markdown für den Support des Servers, ohne Geheimnisse</translation>
    </message>
    <message>
        <source>curl command copied, without secrets</source>
        <translation>curl-Befehl ohne Geheimnisse kopiert</translation>
    </message>
    <message>
        <source>Secrets redacted</source>
        <translation>Geheimnisse geschwärzt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The test is still running</source>
        <translation>Der Test läuft noch</translation>
    </message>
    <message>
        <source>No request was sent yet</source>
        <translation>Es wurde noch keine Anfrage gesendet</translation>
    </message>
    <message>
        <source>Report copied, without secrets</source>
        <translation>Bericht ohne Geheimnisse kopiert</translation>
    </message>
    <message>
        <source>Waiting for the server to accept it</source>
        <translation>Wartet darauf, dass der Server es annimmt</translation>
    </message>
    <message numerus="yes">
        <source>Tried %n time(s); again %1, at the latest until %2</source>
        <translation>
            <numerusform>%n Mal versucht; wieder %1, spätestens bis %2</numerusform>
            <numerusform>%n Mal versucht; wieder %1, spätestens bis %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Earlier test. %1</source>
        <translation>Früherer Test. %1</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialActions</name>
    <message>
        <source>Deleted “%1”.</source>
        <translation>„%1“ gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n credential(s).</source>
        <translation>
            <numerusform>%n Credential gelöscht.</numerusform>
            <numerusform>%n Credentials gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Duplicated as “%1”, with the same key.</source>
        <translation>Als „%1“ dupliziert, mit demselben Schlüssel.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>%1 copied.</source>
        <translation>%1 kopiert.</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialForm</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>For example: Northlake Health, production</source>
        <translation>Zum Beispiel: Northlake Health, Produktion</translation>
    </message>
    <message>
        <source>Shown on the tile and in every export.</source>
        <translation>Steht auf der Kachel und in jedem Export.</translation>
    </message>
    <message>
        <source>Purpose, data freshness, who to ask</source>
        <translation>Zweck, Aktualität der Daten, wen fragen</translation>
    </message>
    <message>
        <source>Helps the owner and others understand and use it.</source>
        <translation>Hilft allen, es zu verstehen und zu verwenden.</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Both the API root and where the token endpoint is discovered.</source>
        <translation>Wurzel der API, und von hier aus wird der Token-Endpoint gefunden.</translation>
    </message>
    <message>
        <source>Epic issues one for non-production and another for production.</source>
        <translation>Epic vergibt eine für Nicht-Produktion und eine andere für die Produktion.</translation>
    </message>
    <message>
        <source>In the vault only</source>
        <translation>Nur im Vault</translation>
    </message>
    <message>
        <source>Use %1 as FHIR Base URL</source>
        <translation>%1 als FHIR Base URL verwenden</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Epic sandbox</source>
        <translation>Epic-Sandbox</translation>
    </message>
    <message>
        <source>Local sandbox</source>
        <translation>Lokale Sandbox</translation>
    </message>
    <message>
        <source>The thumbprint</source>
        <translation>Der Thumbprint</translation>
    </message>
    <message>
        <source>By the key</source>
        <translation>Nach dem Schlüssel</translation>
    </message>
    <message>
        <source>With commas between</source>
        <translation>Mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>None asked: what the registration allows</source>
        <translation>Keine angefragt: was die Registrierung erlaubt</translation>
    </message>
    <message>
        <source>Discovered from the FHIR Base URL</source>
        <translation>Von der FHIR Base URL aus gefunden</translation>
    </message>
    <message>
        <source>Not sent (jku)</source>
        <translation>Nicht gesendet (jku)</translation>
    </message>
    <message>
        <source>The system’s setting</source>
        <translation>Die Einstellung des Systems</translation>
    </message>
    <message>
        <source>Name: value, one a line</source>
        <translation>Name: Wert, je eine Zeile</translation>
    </message>
    <message>
        <source>Kept only in the encrypted vault; decrypted only to sign.</source>
        <translation>Nur im verschlüsselten Vault aufbewahrt; nur zum Signieren entschlüsselt.</translation>
    </message>
    <message>
        <source>Trim now</source>
        <translation>Jetzt kürzen</translation>
    </message>
    <message>
        <source>Use that</source>
        <translation>Das nehmen</translation>
    </message>
    <message>
        <source>Key and PEM are intact; a trial signature verifies.</source>
        <translation>Schlüssel und PEM sind unversehrt; eine Probesignatur stimmt.</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Find the FHIR Base URL by the name of the organization</source>
        <translation>Die FHIR Base URL nach dem Namen der Organisation finden</translation>
    </message>
    <message>
        <source>Complete by the name of an organization</source>
        <translation>Nach dem Namen einer Organisation ergänzen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check the hosted JWK Set as a server would</source>
        <translation>Das bereitgestellte JWK Set so prüfen, wie ein Server es täte</translation>
    </message>
    <message>
        <source>It is being fetched</source>
        <translation>Es wird geholt</translation>
    </message>
    <message>
        <source>Enter the address first</source>
        <translation>Zuerst die Adresse eingeben</translation>
    </message>
    <message>
        <source>Correct the address first</source>
        <translation>Zuerst die Adresse berichtigen</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>2027-03-31, or empty: no reminder</source>
        <translation>2027-03-31, oder leer: keine Erinnerung</translation>
    </message>
    <message>
        <source>Anything worth knowing later; never sent to a server</source>
        <translation>Was später wissenswert ist; wird nie an einen Server gesendet</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialPicker</name>
    <message>
        <source>Choose credentials</source>
        <translation>Credentials wählen</translation>
    </message>
    <message>
        <source>Filter by name, host, tag</source>
        <translation>Nach Name, Host, Tag filtern</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Credentials</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose &amp;none</source>
        <translation>&amp;Keine wählen</translation>
    </message>
    <message>
        <source>Choose &amp;all</source>
        <translation>&amp;Alle wählen</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Take %n credential(s)</source>
        <translation>
            <numerusform>%n Credential &amp;nehmen</numerusform>
            <numerusform>%n Credentials &amp;nehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick at least one.</source>
        <translation>Mindestens eines ankreuzen.</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialSheet</name>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>%1 asked, %2 granted</source>
        <translation>%1 angefragt, %2 gewährt</translation>
    </message>
    <message>
        <source>Add New Credential</source>
        <translation>Neues Credential hinzufügen</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formular</translation>
    </message>
    <message>
        <source>Help and test</source>
        <translation>Hilfe und Test</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Strg+T</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Strg+S</translation>
    </message>
    <message>
        <source>Edit Credential</source>
        <translation>Credential bearbeiten</translation>
    </message>
    <message>
        <source>Changes, not saved</source>
        <translation>Geändert, nicht gespeichert</translation>
    </message>
    <message>
        <source>Draft, not saved</source>
        <translation>Entwurf, nicht gespeichert</translation>
    </message>
    <message>
        <source>A field is being looked at</source>
        <translation>Ein Feld wird gerade geprüft</translation>
    </message>
    <message>
        <source>The test is running</source>
        <translation>Der Test läuft</translation>
    </message>
    <message>
        <source>Discard your changes?</source>
        <translation>Änderungen verwerfen?</translation>
    </message>
    <message>
        <source>Discard this draft?</source>
        <translation>Diesen Entwurf verwerfen?</translation>
    </message>
    <message>
        <source>%1 stays as it was saved.</source>
        <translation>%1 bleibt, wie es gespeichert wurde.</translation>
    </message>
    <message>
        <source>What you entered is not saved; a key that was generated here is lost.</source>
        <translation>Die Eingaben sind nicht gespeichert; ein hier erzeugter Schlüssel geht verloren.</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>List of organizations opened</source>
        <translation>Liste der Organisationen geöffnet</translation>
    </message>
    <message>
        <source>List of organizations fetched</source>
        <translation>Liste der Organisationen geholt</translation>
    </message>
    <message>
        <source>Changed elsewhere meanwhile</source>
        <translation>Inzwischen anderswo geändert</translation>
    </message>
    <message>
        <source>What was saved there stays among its earlier versions.</source>
        <translation>Was dort gespeichert wurde, bleibt als frühere Version erhalten.</translation>
    </message>
    <message>
        <source>Save over it</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>The draft could not be kept: %1</source>
        <translation>Der Entwurf konnte nicht aufbewahrt werden: %1</translation>
    </message>
    <message>
        <source>Your draft from before the vault was locked is back.</source>
        <translation>Der Entwurf von vor dem Sperren des Vaults ist wieder da.</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialTable</name>
    <message>
        <source>Credentials</source>
        <translation>Credentials</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Last test</source>
        <translation>Letzter Test</translation>
    </message>
</context>
<context>
    <name>credenza::CredentialTileModel</name>
    <message>
        <source>Add Credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
</context>
<context>
    <name>credenza::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>credenza::DesktopWiring</name>
    <message numerus="yes">
        <source>Locks in %n second(s)</source>
        <translation>
            <numerusform>Sperrt in %n Sekunde</numerusform>
            <numerusform>Sperrt in %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Stay unlocked</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>Locks in %1 min</source>
        <translation>Sperrt in %1 min</translation>
    </message>
    <message>
        <source>Save the public key</source>
        <translation>Öffentlichen Schlüssel speichern</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
</context>
<context>
    <name>credenza::DiagnosisCard</name>
    <message>
        <source>Cause %1: %2. Evidence: %3</source>
        <translation>Ursache %1: %2. Beleglage: %3</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>Go to field</source>
        <translation>Zum Feld</translation>
    </message>
    <message>
        <source>Go to field: %1</source>
        <translation>Zum Feld: %1</translation>
    </message>
    <message>
        <source>Likely causes, by evidence</source>
        <translation>Wahrscheinliche Ursachen, nach Beleglage</translation>
    </message>
    <message>
        <source>%1 found, %2 ruled out</source>
        <translation>%1 gefunden, %2 ausgeschlossen</translation>
    </message>
    <message>
        <source>Ruled out</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Retry until accepted</source>
        <translation>Wiederholen, bis es gelingt</translation>
    </message>
    <message>
        <source>Correct for the server’s clock</source>
        <translation>Nach der Uhr des Servers richten</translation>
    </message>
    <message>
        <source>Tests again with growing pauses until the server accepts it, and tells you</source>
        <translation>Testet mit wachsenden Pausen noch einmal, bis der Server annimmt, und meldet es</translation>
    </message>
    <message>
        <source>Signs with the time the server has, and tests again</source>
        <translation>Signiert mit der Zeit, die der Server hat, und testet noch einmal</translation>
    </message>
</context>
<context>
    <name>credenza::Disclosure</name>
    <message>
        <source>Folded</source>
        <translation>Zugeklappt</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>Aufgeklappt</translation>
    </message>
</context>
<context>
    <name>credenza::DiscoveryLine</name>
    <message>
        <source>FHIR %1</source>
        <translation>FHIR %1</translation>
    </message>
    <message>
        <source>Token endpoint</source>
        <translation>Token-Endpoint</translation>
    </message>
    <message>
        <source>Token endpoint %1</source>
        <translation>Token-Endpoint %1</translation>
    </message>
    <message>
        <source>Discovered: FHIR %1, token endpoint %2</source>
        <translation>Gefunden: FHIR %1, Token-Endpoint %2</translation>
    </message>
    <message>
        <source>Not found. Tried: %1</source>
        <translation>Nicht gefunden. Versucht: %1</translation>
    </message>
    <message>
        <source>Discovery found nothing</source>
        <translation>Discovery fand nichts</translation>
    </message>
</context>
<context>
    <name>credenza::DraftStatus</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>1 field to fix:</source>
        <translation>1 Feld zu berichtigen:</translation>
    </message>
    <message>
        <source>%1 fields to fix, first:</source>
        <translation>%1 Felder zu berichtigen, zuerst:</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Test läuft…</translation>
    </message>
    <message>
        <source>Passed %1</source>
        <translation>Bestanden: %1</translation>
    </message>
    <message>
        <source>Failed %1. You can save it anyway.</source>
        <translation>Test fehlgeschlagen (%1). Speichern geht trotzdem.</translation>
    </message>
    <message>
        <source>Test cancelled</source>
        <translation>Test abgebrochen</translation>
    </message>
    <message>
        <source>Changed since the test</source>
        <translation>Seit dem Test geändert</translation>
    </message>
</context>
<context>
    <name>credenza::EarlierTests</name>
    <message>
        <source>%1, passed in %2</source>
        <translation>%1, bestanden in %2</translation>
    </message>
    <message>
        <source>%1, failed: %2</source>
        <translation>%1, Fehler: %2</translation>
    </message>
    <message>
        <source>How earlier tests of this credential ended; choose one to see its report</source>
        <translation>Wie frühere Tests dieses Credentials ausgingen; einen wählen, um seinen Bericht zu sehen</translation>
    </message>
    <message>
        <source>Earlier tests: %1</source>
        <translation>Frühere Tests: %1</translation>
    </message>
</context>
<context>
    <name>credenza::ExchangeView</name>
    <message>
        <source>Part of the exchange</source>
        <translation>Teil des Austauschs</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>curl command copied, without secrets</source>
        <translation>curl-Befehl ohne Geheimnisse kopiert</translation>
    </message>
</context>
<context>
    <name>credenza::ExpiryReminder</name>
    <message numerus="yes">
        <source>%n more key(s) expire soon.</source>
        <translation>
            <numerusform>%n weiterer Schlüssel läuft bald ab.</numerusform>
            <numerusform>%n weitere Schlüssel laufen bald ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>A key has to be replaced</source>
        <translation>Ein Schlüssel muss ersetzt werden</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>credenza::ExportDialog</name>
    <message>
        <source>Export credentials</source>
        <translation>Credentials exportieren</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Preview of the credential before</source>
        <translation>Vorschau des vorigen Credentials</translation>
    </message>
    <message>
        <source>Preview of the next credential</source>
        <translation>Vorschau des nächsten Credentials</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Recorded in Activity</source>
        <translation>Wird in der Aktivität vermerkt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <source>Encrypted bundle</source>
        <translation>Verschlüsseltes Bundle</translation>
    </message>
    <message>
        <source>%1 of %2, key hidden</source>
        <translation>%1 von %2, Schlüssel verborgen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Tick the box above first: the file holds private keys.</source>
        <translation>Zuerst das Kästchen darüber ankreuzen: die Datei enthält private Schlüssel.</translation>
    </message>
    <message>
        <source>Private key in the open</source>
        <translation>Privater Schlüssel offen</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>Verschlüsselt</translation>
    </message>
    <message>
        <source>No private key</source>
        <translation>Kein privater Schlüssel</translation>
    </message>
    <message>
        <source>Credenza and every program for the age format open it: age -d FILE.</source>
        <translation>Credenza und jedes Programm für das age-Format öffnen es: age -d FILE.</translation>
    </message>
    <message>
        <source>Public keys only: nothing in it is secret.</source>
        <translation>Nur öffentliche Schlüssel: nichts darin ist geheim.</translation>
    </message>
    <message numerus="yes">
        <source>I &amp;understand that this file holds %n private key(s) without encryption</source>
        <translation>
            <numerusform>&amp;Verstanden: diese Datei enthält %n privaten Schlüssel ohne Verschlüsselung</numerusform>
            <numerusform>&amp;Verstanden: diese Datei enthält %n private Schlüssel ohne Verschlüsselung</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save with private keys…</source>
        <translation>Mit privaten Schlüsseln &amp;speichern…</translation>
    </message>
    <message>
        <source>Drag a file from here to where it shall go: a folder, a mail, an upload form.</source>
        <translation>Eine Datei von hier an ihr Ziel ziehen: in einen Ordner, eine Mail, ein Upload-Formular.</translation>
    </message>
    <message>
        <source>Use a &amp;bundle</source>
        <translation>&amp;Bundle verwenden</translation>
    </message>
    <message>
        <source>Open the &amp;folder</source>
        <translation>Ordner ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>Fer&amp;tig</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Copy, clear in %n s</source>
        <translation>
            <numerusform>&amp;Kopieren, in %n s löschen</numerusform>
            <numerusform>&amp;Kopieren, in %n s löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Geschrieben nach %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n files were written.</source>
        <translation>
            <numerusform>%n Datei wurde geschrieben.</numerusform>
            <numerusform>%n Dateien wurden geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s) of production credentials, unencrypted.</source>
        <translation>
            <numerusform>Die Datei enthält %n privaten Schlüssel von Produktions-Credentials, unverschlüsselt.</numerusform>
            <numerusform>Die Datei enthält %n private Schlüssel von Produktions-Credentials, unverschlüsselt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s), unencrypted; some are of production credentials.</source>
        <translation>
            <numerusform>Die Datei enthält %n privaten Schlüssel, unverschlüsselt; er gehört auch zu Produktions-Credentials.</numerusform>
            <numerusform>Die Datei enthält %n private Schlüssel, unverschlüsselt; einige gehören zu Produktions-Credentials.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n private key(s), unencrypted.</source>
        <translation>
            <numerusform>Die Datei enthält %n privaten Schlüssel, unverschlüsselt.</numerusform>
            <numerusform>Die Datei enthält %n private Schlüssel, unverschlüsselt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Anyone who can read it can do everything these apps may. Prefer an encrypted bundle where the receiver can open one.</source>
        <translation>Wer sie lesen kann, kann alles tun, was diese Anwendungen dürfen. Besser ein verschlüsseltes Bundle nehmen, wo der Empfänger eines öffnen kann.</translation>
    </message>
    <message>
        <source>Without private keys, the receiver can&apos;t import them as new ones.</source>
        <translation>Ohne private Schlüssel kann der Empfänger sie nicht als neue importieren.</translation>
    </message>
</context>
<context>
    <name>credenza::ExportFields</name>
    <message>
        <source>Vendor</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Connector</source>
        <translation>Connector</translation>
    </message>
    <message>
        <source>Name of the base URL</source>
        <translation>Name der Base-URL</translation>
    </message>
    <message>
        <source>Name of the client ID</source>
        <translation>Name der Client-ID</translation>
    </message>
    <message>
        <source>Name of the private key</source>
        <translation>Name des privaten Schlüssels</translation>
    </message>
    <message>
        <source>Key format</source>
        <translation>Form des Schlüssels</translation>
    </message>
    <message>
        <source>&amp;Without private keys</source>
        <translation>&amp;Ohne private Schlüssel</translation>
    </message>
    <message>
        <source>PKCS #8 PEM</source>
        <translation>PKCS #8 PEM</translation>
    </message>
    <message>
        <source>PKCS #1 PEM, for old programs</source>
        <translation>PKCS #1 PEM, für alte Programme</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Name of each Secret</source>
        <translation>Name jedes Secrets</translation>
    </message>
</context>
<context>
    <name>credenza::ExportSubjects</name>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Credentials</translation>
    </message>
    <message numerus="yes">
        <source>%n Production</source>
        <translation>
            <numerusform>%n in Produktion</numerusform>
            <numerusform>%n in Produktion</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und noch %n</numerusform>
            <numerusform>und noch %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::ExportedFileList</name>
    <message>
        <source>Files that were written</source>
        <translation>Geschriebene Dateien</translation>
    </message>
    <message>
        <source>They can be dragged to another program.</source>
        <translation>Sie lassen sich in ein anderes Programm ziehen.</translation>
    </message>
</context>
<context>
    <name>credenza::FileModel</name>
    <message>
        <source>%1, too large for a summary here</source>
        <translation>%1, zu groß für eine Zusammenfassung hier</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
</context>
<context>
    <name>credenza::FilesView</name>
    <message>
        <source>Filter by type</source>
        <translation>Nach Typ filtern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>The attachment is not in the file: %1</source>
        <translation>Der Anhang ist nicht in der Datei: %1</translation>
    </message>
    <message>
        <source>Opened files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
    <message>
        <source>Drop a Bundle, a resource or NDJSON here, plain or gzip.</source>
        <translation>Ein Bundle, eine Ressource oder NDJSON hier ablegen, roh oder gzip.</translation>
    </message>
    <message>
        <source>Filter by text in the line</source>
        <translation>Nach Text in der Zeile filtern</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Zu Zeile</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>%1 lines, %2</source>
        <translation>%1 Zeilen, %2</translation>
    </message>
    <message>
        <source>Choose a line to see its resource.</source>
        <translation>Eine Zeile wählen, um ihre Ressource zu sehen.</translation>
    </message>
    <message>
        <source>No file is open.</source>
        <translation>Keine Datei ist geöffnet.</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle Typen</translation>
    </message>
    <message>
        <source>1 bad line</source>
        <translation>1 fehlerhafte Zeile</translation>
    </message>
    <message>
        <source>%1 bad lines</source>
        <translation>%1 fehlerhafte Zeilen</translation>
    </message>
    <message>
        <source>%1 of %2 lines</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>%1 lines so far</source>
        <translation>bisher %1 Zeilen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Liest…</translation>
    </message>
    <message>
        <source>Indexed %1 lines in %2 s</source>
        <translation>%1 Zeilen in %2 s indiziert</translation>
    </message>
    <message>
        <source>line %1, %2 bytes</source>
        <translation>Zeile %1, %2 Byte</translation>
    </message>
    <message>
        <source>There is no such line.</source>
        <translation>Diese Zeile gibt es nicht.</translation>
    </message>
    <message>
        <source>contained</source>
        <translation>enthalten</translation>
    </message>
    <message>
        <source>Opened file</source>
        <translation>Geöffnete Datei</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vorwärts (Alt+Rechts)</translation>
    </message>
    <message>
        <source>in this file</source>
        <translation>in dieser Datei</translation>
    </message>
    <message>
        <source>Show only what is broken, with its line</source>
        <translation>Nur zeigen, was fehlerhaft ist, mit seiner Zeile</translation>
    </message>
    <message>
        <source>Filter: text, or code=8480-6</source>
        <translation>Filter: Text, oder code=8480-6</translation>
    </message>
    <message>
        <source>%1 entries, %2</source>
        <translation>%1 Einträge, %2</translation>
    </message>
    <message>
        <source>%1 of %2 entries</source>
        <translation>%1 von %2 Einträgen</translation>
    </message>
    <message>
        <source>looking for broken lines…</source>
        <translation>sucht fehlerhafte Zeilen…</translation>
    </message>
    <message>
        <source>Nothing here matches the filter.</source>
        <translation>Nichts hier passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>The file holds no resources.</source>
        <translation>Die Datei enthält keine Ressourcen.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>Liest %1…</translation>
    </message>
    <message>
        <source>Entry %1: %2</source>
        <translation>Eintrag %1: %2</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>entry %1, %2 bytes</source>
        <translation>Eintrag %1, %2 Byte</translation>
    </message>
    <message>
        <source>There is no contained resource %1.</source>
        <translation>Eine enthaltene Ressource %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is in none of the opened files.</source>
        <translation>%1 ist in keiner der geöffneten Dateien.</translation>
    </message>
    <message>
        <source>%1 is not in this file.</source>
        <translation>%1 ist nicht in dieser Datei.</translation>
    </message>
</context>
<context>
    <name>credenza::FindButton</name>
    <message>
        <source>Find a credential or an action</source>
        <translation>Credential oder Aktion finden</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Strg K</translation>
    </message>
</context>
<context>
    <name>credenza::FirstSteps</name>
    <message>
        <source>Add Credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
    <message>
        <source>Try the local sandbox</source>
        <translation>Die lokale Sandbox ausprobieren</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Starts a stand-in for an EHR on this computer and fills in its credential</source>
        <translation>Startet einen Stellvertreter für ein EHR auf diesem Computer und trägt sein Credential ein</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Create a vault</source>
        <translation>Einen Vault anlegen</translation>
    </message>
    <message>
        <source>One encrypted file; only the passphrase opens it.</source>
        <translation>Eine verschlüsselte Datei; nur die Passphrase öffnet sie.</translation>
    </message>
    <message>
        <source>Add a credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
    <message>
        <source>Its FHIR base URL, client ID and private key, checked as you type.</source>
        <translation>FHIR Base URL, Client ID und privater Schlüssel, geprüft schon beim Tippen.</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Each step shows what was sent and what came back.</source>
        <translation>Jeder Schritt zeigt, was gesendet wurde und was zurückkam.</translation>
    </message>
    <message>
        <source>Go on with Next</source>
        <translation>Mit „Weiter“ fortfahren</translation>
    </message>
    <message>
        <source>Browse what the credential can reach, or hand it over.</source>
        <translation>Ansehen, was das Credential erreicht, oder es übergeben.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>next</source>
        <translation>als Nächstes</translation>
    </message>
    <message>
        <source>later</source>
        <translation>später</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>step: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It did not pass. Open the credential: its test says why.</source>
        <translation>Nicht bestanden. Das Credential öffnen: sein Test sagt, warum.</translation>
    </message>
</context>
<context>
    <name>credenza::FootBar</name>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Next: Browse</source>
        <translation>Weiter: Daten</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Strg+T</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Select a credential to go on</source>
        <translation>Zum Fortfahren ein Credential auswählen</translation>
    </message>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>%n Credential</numerusform>
            <numerusform>%n Credentials</numerusform>
        </translation>
    </message>
    <message>
        <source>Test all</source>
        <translation>Alle testen</translation>
    </message>
    <message>
        <source>Select a credential first</source>
        <translation>Zuerst ein Credential auswählen</translation>
    </message>
    <message>
        <source>Select one credential to go on with</source>
        <translation>Zum Fortfahren genau ein Credential auswählen</translation>
    </message>
</context>
<context>
    <name>credenza::FormField</name>
    <message>
        <source>%1, required</source>
        <translation>%1, erforderlich</translation>
    </message>
</context>
<context>
    <name>credenza::FormatList</name>
    <message>
        <source>Key stays protected</source>
        <translation>Schlüssel bleibt geschützt</translation>
    </message>
    <message>
        <source>Encrypted bundle</source>
        <translation>Verschlüsseltes Bundle</translation>
    </message>
    <message>
        <source>.age, for a passphrase or recipients</source>
        <translation>.age, für eine Passphrase oder Recipients</translation>
    </message>
    <message>
        <source>Private key in the open</source>
        <translation>Privater Schlüssel offen</translation>
    </message>
</context>
<context>
    <name>credenza::GuidePanel</name>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Close the guide (Esc)</source>
        <translation>Handbuch schließen (Esc)</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Text of the topic</source>
        <translation>Text des Themas</translation>
    </message>
</context>
<context>
    <name>credenza::HandoverWiring</name>
    <message numerus="yes">
        <source>Imported %n credential(s).</source>
        <translation>
            <numerusform>%n Credential importiert.</numerusform>
            <numerusform>%n Credentials importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The import was taken back.</source>
        <translation>Der Import wurde zurückgenommen.</translation>
    </message>
</context>
<context>
    <name>credenza::HelpView</name>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>Where to find it</source>
        <translation>Wo es zu finden ist</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Common mistakes</source>
        <translation>Häufige Fehler</translation>
    </message>
    <message>
        <source>Before you start</source>
        <translation>Vorher zu erledigen</translation>
    </message>
    <message>
        <source>What you entered</source>
        <translation>Die Eingabe</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Name in My Apps</source>
        <translation>Name in My Apps</translation>
    </message>
    <message>
        <source>Works at</source>
        <translation>Gilt bei</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Non-Production Client ID</source>
        <translation>Non-Production Client ID</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>hospital hosts</source>
        <translation>Hosts von Krankenhäusern</translation>
    </message>
    <message>
        <source>Your FHIR Base URL is a production host, so you need the second one.</source>
        <translation>Die FHIR Base URL ist ein Produktionshost, also wird die zweite gebraucht.</translation>
    </message>
    <message>
        <source>Your FHIR Base URL is a sandbox, so you need the first one.</source>
        <translation>Die FHIR Base URL ist eine Sandbox, also wird die erste gebraucht.</translation>
    </message>
</context>
<context>
    <name>credenza::IdentitiesCard</name>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
    <message>
        <source>&amp;Make an identity</source>
        <translation>Identität &amp;erzeugen</translation>
    </message>
    <message>
        <source>Identities for encrypted bundles</source>
        <translation>Identitäten für verschlüsselte Bundles</translation>
    </message>
    <message>
        <source>Give the recipient (age1…) to whoever shall send you bundles: this vault then opens them by itself, without a passphrase. The secret half stays in the vault.</source>
        <translation>Den Recipient (age1…) allen geben, die Bundles senden sollen: dieser Vault öffnet sie dann von selbst, ohne Passphrase. Die geheime Hälfte bleibt im Vault.</translation>
    </message>
    <message>
        <source>What it is for, if you like</source>
        <translation>Wofür sie ist, falls gewünscht</translation>
    </message>
    <message>
        <source>What the identity is for</source>
        <translation>Wofür die Identität ist</translation>
    </message>
    <message>
        <source>Unlock the vault first.</source>
        <translation>Zuerst den Vault entsperren.</translation>
    </message>
    <message>
        <source>Made %1</source>
        <translation>Erzeugt am %1</translation>
    </message>
    <message>
        <source>%1, made %2</source>
        <translation>%1, erzeugt am %2</translation>
    </message>
    <message>
        <source>Copy the recipient</source>
        <translation>Recipient kopieren</translation>
    </message>
    <message>
        <source>Remove the identity</source>
        <translation>Identität entfernen</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>Remove this identity?</source>
        <translation>Diese Identität entfernen?</translation>
    </message>
    <message>
        <source>Bundles that were encrypted for %1 can&apos;t be opened any more, also those that are under way.</source>
        <translation>Für %1 verschlüsselte Bundles lassen sich dann nicht mehr öffnen, auch die nicht, die schon unterwegs sind.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>credenza::ImportDialog</name>
    <message>
        <source>Import credentials</source>
        <translation>Credentials importieren</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Passphrase of the file</source>
        <translation>Passphrase der Datei</translation>
    </message>
    <message>
        <source>For all that differ</source>
        <translation>Für alle, die sich unterscheiden</translation>
    </message>
    <message>
        <source>For the chosen credential</source>
        <translation>Für das gewählte Credential</translation>
    </message>
    <message>
        <source>What the import would do</source>
        <translation>Was der Import tun würde</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
    <message>
        <source>Choose another &amp;file…</source>
        <translation>Andere &amp;Datei wählen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>The sender chose it; it is not your vault&apos;s passphrase.</source>
        <translation>Der Absender hat sie gewählt; es ist nicht die Passphrase des Vaults.</translation>
    </message>
    <message>
        <source>AGE-SECRET-KEY-1…, whose recipient the sender used.</source>
        <translation>AGE-SECRET-KEY-1…, für deren Recipient verschlüsselt wurde.</translation>
    </message>
    <message>
        <source>%1: “%2” in the vault, “%3” in the file</source>
        <translation>%1: „%2“ im Vault, „%3“ in der Datei</translation>
    </message>
    <message>
        <source>There is nothing to choose here.</source>
        <translation>Hier gibt es nichts zu wählen.</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Enter what opens the file.</source>
        <translation>Eingeben, was die Datei öffnet.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n credential(s)</source>
        <translation>
            <numerusform>%n Credential &amp;importieren</numerusform>
            <numerusform>%n Credentials &amp;importieren</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation>Es gibt nichts zu importieren.</translation>
    </message>
    <message>
        <source>%1 new, %2 identical, %3 changed, %4 in conflict</source>
        <translation>%1 neu, %2 gleich, %3 geändert, %4 im Konflikt</translation>
    </message>
</context>
<context>
    <name>credenza::ImportPlanModel</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>No private key</source>
        <translation>Kein privater Schlüssel</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Add as a copy</source>
        <translation>Als Kopie hinzufügen</translation>
    </message>
    <message>
        <source>Add as “%1”</source>
        <translation>Als „%1“ hinzufügen</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Credential</translation>
    </message>
    <message>
        <source>In the vault</source>
        <translation>Im Vault</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was geschieht</translation>
    </message>
</context>
<context>
    <name>credenza::JsonTreeModel</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>the first %1 are shown</source>
        <translation>die ersten %1 werden gezeigt</translation>
    </message>
</context>
<context>
    <name>credenza::KeyCardView</name>
    <message>
        <source>Form of the public key</source>
        <translation>Form des öffentlichen Schlüssels</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Private key: %1, %2, thumbprint %3</source>
        <translation>Privater Schlüssel: %1, %2, Thumbprint %3</translation>
    </message>
    <message>
        <source>Thumbprint %1</source>
        <translation>Thumbprint %1</translation>
    </message>
    <message>
        <source>Replace the private key</source>
        <translation>Den privaten Schlüssel ersetzen</translation>
    </message>
    <message>
        <source>X.509</source>
        <translation>X.509</translation>
    </message>
    <message>
        <source>JWK</source>
        <translation>JWK</translation>
    </message>
    <message>
        <source>Certificate copied</source>
        <translation>Zertifikat kopiert</translation>
    </message>
    <message>
        <source>Public JWK copied</source>
        <translation>Öffentliches JWK kopiert</translation>
    </message>
    <message>
        <source>Public key copied</source>
        <translation>Öffentlicher Schlüssel kopiert</translation>
    </message>
    <message>
        <source>Copy the public key as PEM</source>
        <translation>Öffentlichen Schlüssel als PEM kopieren</translation>
    </message>
    <message>
        <source>Copy the certificate</source>
        <translation>Zertifikat kopieren</translation>
    </message>
    <message>
        <source>Copy the public key as JWK</source>
        <translation>Öffentlichen Schlüssel als JWK kopieren</translation>
    </message>
    <message>
        <source>Save the public key as PEM</source>
        <translation>Öffentlichen Schlüssel als PEM speichern</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>Zertifikat speichern</translation>
    </message>
    <message>
        <source>Save the public key as JWK</source>
        <translation>Öffentlichen Schlüssel als JWK speichern</translation>
    </message>
    <message>
        <source>SHA-1 %1</source>
        <translation>SHA-1 %1</translation>
    </message>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
    <message>
        <source>JWK Set</source>
        <translation>JWK Set</translation>
    </message>
    <message>
        <source>JWK Set copied</source>
        <translation>JWK Set kopiert</translation>
    </message>
    <message>
        <source>Registration sheet…</source>
        <translation>Registrierungsblatt…</translation>
    </message>
    <message>
        <source>Everything that has to be registered, as one text file</source>
        <translation>Alles, was zu registrieren ist, als eine Textdatei</translation>
    </message>
    <message>
        <source>Copy the JWK Set to host</source>
        <translation>Das bereitzustellende JWK Set kopieren</translation>
    </message>
    <message>
        <source>Save the JWK Set to host</source>
        <translation>Das bereitzustellende JWK Set speichern</translation>
    </message>
    <message>
        <source>SHA-256 %1</source>
        <translation>SHA-256 %1</translation>
    </message>
</context>
<context>
    <name>credenza::KeyDropZone</name>
    <message>
        <source>Private key, required: paste it here, or drop a .pem file</source>
        <translation>Privater Schlüssel, erforderlich: hier einfügen oder eine .pem-Datei ablegen</translation>
    </message>
    <message>
        <source>Paste the key here, or drop a &lt;code&gt;.pem&lt;/code&gt; file</source>
        <translation>Den Schlüssel hier einfügen oder eine &lt;code&gt;.pem&lt;/code&gt;-Datei ablegen</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Generate key pair…</source>
        <translation>Schlüsselpaar erzeugen…</translation>
    </message>
    <message>
        <source>Keep current key</source>
        <translation>Jetzigen Schlüssel behalten</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Use an existing key…</source>
        <translation>Vorhandenen Schlüssel verwenden…</translation>
    </message>
</context>
<context>
    <name>credenza::KeyField</name>
    <message>
        <source>RSA 2048-bit</source>
        <translation>RSA 2048 Bit</translation>
    </message>
    <message>
        <source>RSA 3072-bit</source>
        <translation>RSA 3072 Bit</translation>
    </message>
    <message>
        <source>RSA 4096-bit</source>
        <translation>RSA 4096 Bit</translation>
    </message>
    <message>
        <source>EC P-384 (needs a JWK Set URL)</source>
        <translation>EC P-384 (braucht eine JWK-Set-URL)</translation>
    </message>
    <message>
        <source>EC P-256 (needs a JWK Set URL)</source>
        <translation>EC P-256 (braucht eine JWK-Set-URL)</translation>
    </message>
    <message>
        <source>RSA %1-bit</source>
        <translation>RSA %1 Bit</translation>
    </message>
    <message>
        <source>EC %1</source>
        <translation>EC %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>generated here</source>
        <translation>hier erzeugt</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>eingefügt</translation>
    </message>
    <message>
        <source>A fresh key pair: the private half stays in the vault, the public half is registered.</source>
        <translation>Ein neues Schlüsselpaar: die private Hälfte bleibt im Vault, die öffentliche wird registriert.</translation>
    </message>
    <message>
        <source>Kind of key</source>
        <translation>Art des Schlüssels</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Generating: %1. Large keys take a few seconds.</source>
        <translation>Wird erzeugt: %1. Große Schlüssel brauchen ein paar Sekunden.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This key is encrypted. Its passphrase opens it once; the vault then protects the key.</source>
        <translation>Dieser Schlüssel ist verschlüsselt. Seine Passphrase öffnet ihn ein Mal; danach schützt ihn der Vault.</translation>
    </message>
    <message>
        <source>Passphrase of the private key</source>
        <translation>Passphrase des privaten Schlüssels</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>, also used by %1</source>
        <translation>, auch verwendet von %1</translation>
    </message>
    <message>
        <source>, used nowhere else</source>
        <translation>, sonst nirgends verwendet</translation>
    </message>
    <message>
        <source>Register with Epic</source>
        <translation>Bei Epic registrieren</translation>
    </message>
    <message>
        <source>Register with the server</source>
        <translation>Beim Server registrieren</translation>
    </message>
    <message>
        <source>Paste only the block from BEGIN PRIVATE KEY to END PRIVATE KEY.</source>
        <translation>Nur den Block von BEGIN PRIVATE KEY bis END PRIVATE KEY einfügen.</translation>
    </message>
    <message>
        <source>Choose the private key</source>
        <translation>Den privaten Schlüssel wählen</translation>
    </message>
    <message>
        <source>Save the public key</source>
        <translation>Öffentlichen Schlüssel speichern</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>Gespeichert unter %1</translation>
    </message>
    <message>
        <source>Key of the vault</source>
        <translation>Schlüssel des Vaults</translation>
    </message>
    <message>
        <source>%1, %2 (%3)</source>
        <translation>%1, %2 (%3)</translation>
    </message>
    <message>
        <source>One key may serve several credentials: the same app at many hospitals.</source>
        <translation>Ein Schlüssel darf mehreren Credentials dienen: dieselbe Anwendung bei vielen Krankenhäusern.</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Diesen Schlüssel verwenden</translation>
    </message>
    <message>
        <source>Private key to take</source>
        <translation>Zu verwendender privater Schlüssel</translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation>%1 %2 Bit</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>kid %1</source>
        <translation>kid %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>There are several private keys in it. Take the one that is registered.</source>
        <translation>Darin sind mehrere private Schlüssel. Den registrierten nehmen.</translation>
    </message>
    <message>
        <source>Take this key</source>
        <translation>Diesen Schlüssel nehmen</translation>
    </message>
    <message>
        <source>Keys (*.pem *.key *.p8 *.der *.pfx *.p12 *.jwk *.json *.txt);;All files (*)</source>
        <translation>Schlüssel (*.pem *.key *.p8 *.der *.pfx *.p12 *.jwk *.json *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>This text is longer than 10 MB; no private key is.</source>
        <translation>Dieser Text ist länger als 10 MB; so lang ist kein privater Schlüssel.</translation>
    </message>
</context>
<context>
    <name>credenza::KeyPairModel</name>
    <message>
        <source>Unused</source>
        <translation>Ungenutzt</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Nicht angenommen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Key ID</source>
        <translation>Key ID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Thumbprint (SHA-256)</source>
        <translation>Thumbprint (SHA-256)</translation>
    </message>
    <message>
        <source>Last signed</source>
        <translation>Zuletzt signiert</translation>
    </message>
</context>
<context>
    <name>credenza::KeySlotWiring</name>
    <message>
        <source>It replaces the present one. Copies of the vault made before still open with that.</source>
        <translation>Sie ersetzt die jetzige. Früher gemachte Kopien des Vaults lassen sich weiter mit der jetzigen öffnen.</translation>
    </message>
    <message>
        <source>The vault opens with the new passphrase.</source>
        <translation>Der Vault öffnet sich mit der neuen Passphrase.</translation>
    </message>
    <message>
        <source>Measure the cost of a try anew?</source>
        <translation>Aufwand eines Versuchs neu messen?</translation>
    </message>
    <message>
        <source>Each try of the passphrase is made to take about a second on this computer, and never less than now. Type the passphrase: it is derived anew.</source>
        <translation>Jeder Versuch mit der Passphrase soll auf diesem Computer etwa eine Sekunde dauern, und nie kürzer als jetzt. Die Passphrase eingeben: sie wird neu abgeleitet.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Strengthen</source>
        <translation>Verstärken</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>A try of the passphrase now takes about a second on this computer.</source>
        <translation>Ein Versuch mit der Passphrase dauert auf diesem Computer jetzt etwa eine Sekunde.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Recovery code copied.</source>
        <translation>Wiederherstellungscode kopiert.</translation>
    </message>
    <message>
        <source>There is no recovery code. Settings can make one at any time.</source>
        <translation>Es gibt keinen Wiederherstellungscode. In den Einstellungen lässt sich jederzeit einer erstellen.</translation>
    </message>
    <message>
        <source>The system keyring opens this vault.</source>
        <translation>Der Schlüsselbund des Systems öffnet diesen Vault.</translation>
    </message>
    <message>
        <source>The system keyring no longer opens this vault.</source>
        <translation>Der Schlüsselbund des Systems öffnet diesen Vault nicht mehr.</translation>
    </message>
    <message>
        <source>the passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>the recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>No longer unlock with %1?</source>
        <translation>Nicht mehr mit %1 entsperren?</translation>
    </message>
    <message>
        <source>From then on only the recovery code opens this vault, wherever it is kept. Who loses that loses the vault.</source>
        <translation>Von da an öffnet nur der Wiederherstellungscode diesen Vault, wo immer er liegt. Wer den Code verliert, verliert den Vault.</translation>
    </message>
    <message>
        <source>Copies of the vault made before still open with it.</source>
        <translation>Früher gemachte Kopien des Vaults lassen sich damit weiter öffnen.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>The passphrase was wrong three times: the vault was locked.</source>
        <translation>Die Passphrase war dreimal falsch: Der Vault wurde gesperrt.</translation>
    </message>
</context>
<context>
    <name>credenza::KeySlotsCard</name>
    <message>
        <source>Ways to unlock</source>
        <translation>Wege zum Entsperren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A vault must keep a passphrase or a recovery code</source>
        <translation>Ein Vault muss eine Passphrase oder einen Wiederherstellungscode behalten</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>Strengthen…</source>
        <translation>Verstärken…</translation>
    </message>
    <message>
        <source>Make each try of the passphrase cost more</source>
        <translation>Jeden Versuch mit der Passphrase aufwendiger machen</translation>
    </message>
    <message>
        <source>Remove the passphrase</source>
        <translation>Passphrase entfernen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Eine Passphrase wählen</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nicht vorhanden</translation>
    </message>
    <message numerus="yes">
        <source>Argon2id, %1 MiB, %n pass(es)</source>
        <translation>
            <numerusform>Argon2id, %1 MiB, %n Durchgang</numerusform>
            <numerusform>Argon2id, %1 MiB, %n Durchgänge</numerusform>
        </translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Gesetzt</translation>
    </message>
    <message>
        <source>Copies of the vault made before still open with the passphrase they had.</source>
        <translation>Früher gemachte Kopien des Vaults öffnen sich weiter mit der Passphrase, die sie hatten.</translation>
    </message>
    <message>
        <source>Make a new one…</source>
        <translation>Neuen erstellen…</translation>
    </message>
    <message>
        <source>Make one…</source>
        <translation>Erstellen…</translation>
    </message>
    <message>
        <source>Make a recovery code</source>
        <translation>Wiederherstellungscode erstellen</translation>
    </message>
    <message>
        <source>Remove the recovery code</source>
        <translation>Wiederherstellungscode entfernen</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>On paper, for the day the passphrase is lost.</source>
        <translation>Auf Papier, für den Tag, an dem die Passphrase verloren ist.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>No longer unlock with the system keyring</source>
        <translation>Nicht mehr mit dem Schlüsselbund des Systems entsperren</translation>
    </message>
    <message>
        <source>Unlock with the system keyring</source>
        <translation>Mit dem Schlüsselbund des Systems entsperren</translation>
    </message>
    <message>
        <source>System keyring</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Opens without typing while you are logged in; every program of your session could ask it.</source>
        <translation>Öffnet ohne Eingabe, solange man angemeldet ist; jedes Programm der Sitzung könnte ihn fragen.</translation>
    </message>
    <message>
        <source>Of a newer version</source>
        <translation>Aus einer neueren Version</translation>
    </message>
    <message>
        <source>Remove this way to unlock</source>
        <translation>Diesen Weg zum Entsperren entfernen</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
</context>
<context>
    <name>credenza::KeysPage</name>
    <message>
        <source>Key pairs</source>
        <translation>Schlüsselpaare</translation>
    </message>
    <message>
        <source>Filter by key ID, credential, thumbprint</source>
        <translation>Nach Key ID, Credential, Thumbprint filtern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show the credential</source>
        <translation>Credential zeigen</translation>
    </message>
    <message>
        <source>Register with the server</source>
        <translation>Beim Server registrieren</translation>
    </message>
    <message>
        <source>Form of the public key</source>
        <translation>Form des öffentlichen Schlüssels</translation>
    </message>
    <message>
        <source>Public PEM</source>
        <translation>Öffentl. PEM</translation>
    </message>
    <message>
        <source>JWK</source>
        <translation>JWK</translation>
    </message>
    <message>
        <source>JWK Set</source>
        <translation>JWK Set</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>JWK Set…</source>
        <translation>JWK Set…</translation>
    </message>
    <message>
        <source>Save the public keys of all credentials as one JWK Set to host</source>
        <translation>Die öffentlichen Schlüssel aller Credentials als ein JWK Set zum Bereitstellen speichern</translation>
    </message>
    <message>
        <source>The key pairs of your credentials will stand here.</source>
        <translation>Hier stehen die Schlüsselpaare der Credentials.</translation>
    </message>
    <message>
        <source>A key comes with a credential: pasted, chosen from a file, or generated.</source>
        <translation>Ein Schlüssel kommt mit einem Credential: eingefügt, aus einer Datei gewählt oder erzeugt.</translation>
    </message>
    <message>
        <source>No key matches the filter.</source>
        <translation>Kein Schlüssel passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>%1, signs with %2. Used by %3.</source>
        <translation>%1, signiert mit %2. Verwendet von %3.</translation>
    </message>
    <message>
        <source>Never used: test a connection to see whether the server accepts it.</source>
        <translation>Nie benutzt: eine Verbindung testen, um zu sehen, ob der Server ihn annimmt.</translation>
    </message>
    <message>
        <source>The server accepted it at the last test.</source>
        <translation>Der Server hat ihn beim letzten Test angenommen.</translation>
    </message>
    <message>
        <source>Older than a year: generate a new one, register it, then replace this one.</source>
        <translation>Älter als ein Jahr: einen neuen erzeugen, ihn registrieren, dann diesen ersetzen.</translation>
    </message>
    <message>
        <source>The server refused the client at the last test: see whether this public key is registered for the client ID and this environment.</source>
        <translation>Der Server hat den Client beim letzten Test abgelehnt: prüfen, ob dieser öffentliche Schlüssel für die Client-ID und diese Umgebung registriert ist.</translation>
    </message>
</context>
<context>
    <name>credenza::LiveView</name>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vorwärts (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Filter the types</source>
        <translation>Typen filtern</translation>
    </message>
    <message>
        <source>Resource types</source>
        <translation>Ressourcentypen</translation>
    </message>
    <message>
        <source>Choose a type, then a resource.</source>
        <translation>Einen Typ wählen, dann eine Ressource.</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>Nichts ist geöffnet.</translation>
    </message>
    <message>
        <source>Getting a token and asking what the server offers…</source>
        <translation>Ein Token wird geholt und gefragt, was der Server bietet…</translation>
    </message>
    <message>
        <source>%1 types</source>
        <translation>%1 Typen</translation>
    </message>
    <message>
        <source>%1 can be read by its id here, not searched.</source>
        <translation>%1 lässt sich hier mit der id lesen, nicht suchen.</translation>
    </message>
    <message>
        <source>No granted scope covers %1; the server will most likely refuse.</source>
        <translation>Kein gewährter Scope deckt %1; der Server wird wohl ablehnen.</translation>
    </message>
    <message>
        <source>Fill in what is marked, then search.</source>
        <translation>Ausfüllen, was markiert ist, dann suchen.</translation>
    </message>
    <message>
        <source>Choose a resource to see it here.</source>
        <translation>Eine Ressource wählen, um sie hier zu sehen.</translation>
    </message>
    <message>
        <source>The server had forgotten the search, so it was run again.</source>
        <translation>Der Server hatte die Suche vergessen; sie wurde noch einmal ausgeführt.</translation>
    </message>
    <message>
        <source>Sub-types hidden from this client (%1): %2</source>
        <translation>Diesem Client verborgene Untertypen (%1): %2</translation>
    </message>
    <message>
        <source>contained</source>
        <translation>enthalten</translation>
    </message>
    <message>
        <source>There is no contained resource %1.</source>
        <translation>Eine enthaltene Ressource %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is on another server; the token is not sent there.</source>
        <translation>%1 liegt auf einem anderen Server; das Token wird dorthin nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be followed.</source>
        <translation>%1 lässt sich nicht verfolgen.</translation>
    </message>
    <message>
        <source>The attachment has neither content nor address.</source>
        <translation>Der Anhang hat weder Inhalt noch Adresse.</translation>
    </message>
    <message>
        <source>Resource type</source>
        <translation>Ressourcentyp</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Ort in der Ressource</translation>
    </message>
    <message>
        <source>The server&apos;s CapabilityStatement can&apos;t be used: %1 The usual types are offered; whether the server has them shows when they are searched.</source>
        <translation>Das CapabilityStatement des Servers ist nicht verwendbar: %1 Angeboten werden die üblichen Typen; ob der Server sie hat, zeigt sich beim Suchen.</translation>
    </message>
    <message>
        <source>%1, not in scope</source>
        <translation>%1, nicht im Scope</translation>
    </message>
    <message>
        <source>Epic finds patients by _id, by identifier, or by name with birth date or other demographics: fill in one of these, then search.</source>
        <translation>Epic findet Patienten mit _id, mit identifier oder mit Namen und Geburtsdatum oder anderen Angaben zur Person: eines davon ausfüllen, dann suchen.</translation>
    </message>
    <message>
        <source>Nothing that is loaded has the URL %1, and this server offers no search for it.</source>
        <translation>Nichts Geladenes hat die URL %1, und dieser Server bietet keine Suche danach.</translation>
    </message>
</context>
<context>
    <name>credenza::LocalSandbox</name>
    <message>
        <source>The local sandbox could not be started.</source>
        <translation>Die lokale Sandbox konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The program credenza-sandbox is not installed.</source>
        <translation>Das Programm credenza-sandbox ist nicht installiert.</translation>
    </message>
    <message>
        <source>It comes with Credenza’s package. Built from source, it is the target credenza-sandbox.</source>
        <translation>Es gehört zum Paket von Credenza. Aus den Quellen gebaut ist es das Ziel credenza-sandbox.</translation>
    </message>
    <message>
        <source>The folder %1 can’t be made.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>The sandbox keeps its key there. Check who may write to the folder above it.</source>
        <translation>Die Sandbox bewahrt dort ihren Schlüssel auf. Prüfen, wer in den Ordner darüber schreiben darf.</translation>
    </message>
    <message>
        <source>The local sandbox has ended.</source>
        <translation>Die lokale Sandbox hat sich beendet.</translation>
    </message>
    <message>
        <source>Start it again from the palette (Ctrl+K).</source>
        <translation>Sie in der Befehlspalette (Strg+K) neu starten.</translation>
    </message>
</context>
<context>
    <name>credenza::MainWindow</name>
    <message>
        <source>Help (F1)</source>
        <translation>Hilfe (F1)</translation>
    </message>
</context>
<context>
    <name>credenza::NetworkCard</name>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>For credentials without a proxy of their own, such as http://proxy.example.org:3128.</source>
        <translation>Für Credentials ohne eigenen Proxy, etwa http://proxy.example.org:3128.</translation>
    </message>
    <message>
        <source>Trusted besides the system’s; for networks that inspect TLS.</source>
        <translation>Ihnen wird neben denen des Systems vertraut; für Netze, die TLS untersuchen.</translation>
    </message>
    <message>
        <source>Give up on an answer</source>
        <translation>Auf Antwort nicht länger warten</translation>
    </message>
    <message numerus="yes">
        <source>After %n second(s)</source>
        <translation>
            <numerusform>Nach %n Sekunde</numerusform>
            <numerusform>Nach %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>From the first byte sent to the last received.</source>
        <translation>Vom ersten gesendeten bis zum letzten empfangenen Byte.</translation>
    </message>
</context>
<context>
    <name>credenza::NewPassphraseDialog</name>
    <message>
        <source>Its strength shows as you type</source>
        <translation>Ihre Stärke zeigt sich beim Tippen</translation>
    </message>
    <message>
        <source>Very weak, about %1 bits: add words</source>
        <translation>Sehr schwach, etwa %1 Bit: Wörter hinzufügen</translation>
    </message>
    <message>
        <source>Weak, about %1 bits: one or two more words help</source>
        <translation>Schwach, etwa %1 Bit: ein oder zwei Wörter mehr helfen</translation>
    </message>
    <message>
        <source>Fair, about %1 bits</source>
        <translation>Mittel, etwa %1 Bit</translation>
    </message>
    <message>
        <source>Strong, about %1 bits</source>
        <translation>Stark, etwa %1 Bit</translation>
    </message>
    <message>
        <source>Very strong, about %1 bits</source>
        <translation>Sehr stark, etwa %1 Bit</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Use this passphrase</source>
        <translation>Diese Passphrase nehmen</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Eine Passphrase wählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Caps Lock is on; capitals count.</source>
        <translation>Die Feststelltaste ist an; Großbuchstaben zählen.</translation>
    </message>
    <message>
        <source>The two differ. Type the passphrase again.</source>
        <translation>Die beiden unterscheiden sich. Die Passphrase noch einmal eingeben.</translation>
    </message>
    <message>
        <source>The passphrase is too easy to guess</source>
        <translation>Die Passphrase ist zu leicht zu erraten</translation>
    </message>
    <message>
        <source>Repeat the passphrase</source>
        <translation>Die Passphrase wiederholen</translation>
    </message>
</context>
<context>
    <name>credenza::NumberedText</name>
    <message>
        <source>Source of the resource</source>
        <translation>Quelltext der Ressource</translation>
    </message>
    <message>
        <source>… cut here: %1 characters in all</source>
        <translation>… hier gekürzt: %1 Zeichen insgesamt</translation>
    </message>
</context>
<context>
    <name>credenza::OrganizationPicker</name>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 – %2, shared by %3 organizations</source>
        <translation>%1 – %2, gemeinsam für %3 Organisationen</translation>
    </message>
    <message>
        <source>Organizations</source>
        <translation>Organisationen</translation>
    </message>
    <message>
        <source>%1 organizations, as of %2</source>
        <translation>%1 Organisationen, Stand %2</translation>
    </message>
    <message>
        <source>No list of organizations yet</source>
        <translation>Noch keine Liste von Organisationen</translation>
    </message>
    <message>
        <source>Type a name: %1</source>
        <translation>Einen Namen eingeben: %1</translation>
    </message>
    <message>
        <source>&amp;Fetch the published list</source>
        <translation>Die veröffentlichte Liste &amp;holen</translation>
    </message>
    <message>
        <source>&amp;Fetch it anew</source>
        <translation>Sie neu &amp;holen</translation>
    </message>
    <message>
        <source>&amp;Open the list from a file…</source>
        <translation>Die Liste aus einer Datei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a list of endpoints</source>
        <translation>Liste von Endpoints öffnen</translation>
    </message>
    <message>
        <source>FHIR Bundles (*.json);;All files (*)</source>
        <translation>FHIR-Bundles (*.json);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>credenza::OverlayPresenter</name>
    <message>
        <source>1 field to fix: %1</source>
        <translation>1 Feld zu berichtigen: %1</translation>
    </message>
    <message>
        <source>%1 fields to fix: %2</source>
        <translation>%1 Felder zu berichtigen: %2</translation>
    </message>
    <message>
        <source>1 required field to fill in</source>
        <translation>1 erforderliches Feld auszufüllen</translation>
    </message>
    <message>
        <source>%1 required fields to fill in</source>
        <translation>%1 erforderliche Felder auszufüllen</translation>
    </message>
    <message>
        <source>kid from the key</source>
        <translation>kid vom Schlüssel</translation>
    </message>
    <message>
        <source>kid %1</source>
        <translation>kid %1</translation>
    </message>
    <message>
        <source>no scopes asked</source>
        <translation>keine Scopes angefragt</translation>
    </message>
    <message>
        <source>1 scope</source>
        <translation>1 Scope</translation>
    </message>
    <message>
        <source>%1 scopes</source>
        <translation>%1 Scopes</translation>
    </message>
    <message>
        <source>own token endpoint</source>
        <translation>eigener Token-Endpoint</translation>
    </message>
    <message>
        <source>own CA</source>
        <translation>eigene CA</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>kein Proxy</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>Tag %1</translation>
    </message>
    <message>
        <source>tags %1</source>
        <translation>Tags %1</translation>
    </message>
    <message>
        <source>Credential Name</source>
        <translation>Credential Name</translation>
    </message>
    <message>
        <source>Credential Description</source>
        <translation>Credential Description</translation>
    </message>
    <message>
        <source>Connector</source>
        <translation>Connector</translation>
    </message>
    <message>
        <source>FHIR Base URL</source>
        <translation>FHIR Base URL</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Private Key (PEM)</source>
        <translation>Private Key (PEM)</translation>
    </message>
    <message>
        <source>Key ID</source>
        <translation>Key ID</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Token endpoint</source>
        <translation>Token-Endpoint</translation>
    </message>
    <message>
        <source>JWK Set URL</source>
        <translation>JWK Set URL</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>Zusätzliche Header</translation>
    </message>
    <message>
        <source>Key ID, algorithm, token endpoint, scopes, headers, CA, proxy, tags, expiry, notes</source>
        <translation>Key ID, Algorithmus, Token-Endpoint, Scopes, Header, CA, Proxy, Tags, Ablauf, Notizen</translation>
    </message>
    <message>
        <source>key expires on %1</source>
        <translation>Schlüssel läuft am %1 ab</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Key expires on</source>
        <translation>Schlüssel läuft ab am</translation>
    </message>
</context>
<context>
    <name>credenza::PaletteDelegate</name>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
</context>
<context>
    <name>credenza::Rail</name>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
</context>
<context>
    <name>credenza::RecoveryCodeDialog</name>
    <message>
        <source>Save as PDF to print…</source>
        <translation>Als PDF zum Drucken speichern…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>I keep the recovery code in a safe place, away from this computer</source>
        <translation>Der Wiederherstellungscode liegt an einem sicheren Ort, getrennt von diesem Computer</translation>
    </message>
    <message>
        <source>Do without</source>
        <translation>Darauf verzichten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>It opens this vault if the passphrase is lost, which can’t be reset. It is shown once, now.</source>
        <translation>Er öffnet diesen Vault, wenn die Passphrase verloren ist, die sich nicht zurücksetzen lässt. Er wird nur einmal gezeigt, jetzt.</translation>
    </message>
    <message>
        <source>The code is being made</source>
        <translation>Der Code wird erstellt</translation>
    </message>
    <message>
        <source>Say first that you keep the code</source>
        <translation>Zuerst bestätigen, dass der Code aufbewahrt ist</translation>
    </message>
    <message>
        <source>Group %1: %2</source>
        <translation>Gruppe %1: %2</translation>
    </message>
    <message>
        <source>Save the recovery code</source>
        <translation>Wiederherstellungscode speichern</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>recovery code of %1</source>
        <translation>Wiederherstellungscode von %1</translation>
    </message>
</context>
<context>
    <name>credenza::RequestLine</name>
    <message>
        <source>Copy as curl (Ctrl+Shift+C)</source>
        <translation>Als curl kopieren (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>Headers and body of this request</source>
        <translation>Header und Inhalt dieser Anfrage</translation>
    </message>
    <message>
        <source>Requests of this session</source>
        <translation>Anfragen dieser Sitzung</translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>Noch keine Anfrage</translation>
    </message>
    <message>
        <source>%1 in %2 ms, %3</source>
        <translation>%1 in %2 ms, %3</translation>
    </message>
    <message>
        <source>Copied as curl; set ACCESS_TOKEN before you run it</source>
        <translation>Als curl kopiert; vor dem Ausführen ACCESS_TOKEN setzen</translation>
    </message>
    <message>
        <source>Request and answer</source>
        <translation>Anfrage und Antwort</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>Was gesendet wurde</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Kam zurück</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Was zurückkam</translation>
    </message>
</context>
<context>
    <name>credenza::ResourcePane</name>
    <message>
        <source>View of the resource</source>
        <translation>Ansicht der Ressource</translation>
    </message>
    <message>
        <source>Previous resource</source>
        <translation>Vorige Ressource</translation>
    </message>
    <message>
        <source>Next resource</source>
        <translation>Nächste Ressource</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>Choose a resource to see it here.</source>
        <translation>Eine Ressource wählen, um sie hier zu sehen.</translation>
    </message>
    <message>
        <source>Copy type and id</source>
        <translation>Typ und id kopieren</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>JSON kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>JSON copied</source>
        <translation>JSON kopiert</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>credenza::ResultsPane</name>
    <message>
        <source>Stop loading</source>
        <translation>Laden anhalten</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>Choose which columns are seen, and saved as CSV</source>
        <translation>Wählen, welche Spalten gezeigt und als CSV gespeichert werden</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht…</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>Keine Ergebnisse</translation>
    </message>
    <message>
        <source>Nothing on this server matches the search.</source>
        <translation>Nichts auf diesem Server passt zur Suche.</translation>
    </message>
    <message>
        <source>Clear the fields</source>
        <translation>Felder leeren</translation>
    </message>
    <message>
        <source>1 result</source>
        <translation>1 Ergebnis</translation>
    </message>
    <message>
        <source>%1 results</source>
        <translation>%1 Ergebnisse</translation>
    </message>
    <message>
        <source>%1 or more results</source>
        <translation>%1 oder mehr Ergebnisse</translation>
    </message>
    <message>
        <source>%1 loaded, more as you scroll</source>
        <translation>%1 geladen, mehr beim Blättern</translation>
    </message>
    <message>
        <source>The %1 chosen…</source>
        <translation>Die %1 gewählten…</translation>
    </message>
    <message>
        <source>The %1 loaded…</source>
        <translation>Die %1 geladenen…</translation>
    </message>
    <message>
        <source>All %1 results…</source>
        <translation>Alle %1 Ergebnisse…</translation>
    </message>
    <message>
        <source>All results, loading the rest first…</source>
        <translation>Alle Ergebnisse, der Rest wird zuerst geladen…</translation>
    </message>
    <message>
        <source>The one result…</source>
        <translation>Das eine Ergebnis…</translation>
    </message>
</context>
<context>
    <name>credenza::SandboxWiring</name>
    <message>
        <source>The local sandbox is starting…</source>
        <translation>Die lokale Sandbox startet…</translation>
    </message>
    <message>
        <source>The local sandbox runs. Create a vault; then its credential is filled in for you.</source>
        <translation>Die lokale Sandbox läuft. Einen Vault anlegen; danach ist ihr Credential schon eingetragen.</translation>
    </message>
    <message>
        <source>The local sandbox runs; “%1” is its credential.</source>
        <translation>Die lokale Sandbox läuft; „%1“ ist ihr Credential.</translation>
    </message>
    <message>
        <source>Local sandbox</source>
        <translation>Lokale Sandbox</translation>
    </message>
    <message>
        <source>A stand-in for an EHR on this computer, with made-up patients.</source>
        <translation>Ein Stellvertreter für ein EHR auf diesem Computer, mit erfundenen Patienten.</translation>
    </message>
</context>
<context>
    <name>credenza::SearchForm</name>
    <message>
        <source>code, or system|code</source>
        <translation>Code, oder System|Code</translation>
    </message>
    <message>
        <source>number, such as gt5</source>
        <translation>Zahl, etwa gt5</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <source>%1 from</source>
        <translation>%1 von</translation>
    </message>
    <message>
        <source>%1 to</source>
        <translation>%1 bis</translation>
    </message>
    <message>
        <source>Epic usually refuses a search without it.</source>
        <translation>Epic lehnt eine Suche ohne diesen Wert meist ab.</translation>
    </message>
    <message>
        <source>%1, usually required</source>
        <translation>%1, meist erforderlich</translation>
    </message>
    <message>
        <source>any</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>equal (eq)</source>
        <translation>gleich (eq)</translation>
    </message>
    <message>
        <source>not equal (ne)</source>
        <translation>ungleich (ne)</translation>
    </message>
    <message>
        <source>greater (gt)</source>
        <translation>größer (gt)</translation>
    </message>
    <message>
        <source>from (ge)</source>
        <translation>ab (ge)</translation>
    </message>
    <message>
        <source>less (lt)</source>
        <translation>kleiner (lt)</translation>
    </message>
    <message>
        <source>to (le)</source>
        <translation>bis (le)</translation>
    </message>
    <message>
        <source>starts after (sa)</source>
        <translation>beginnt nach (sa)</translation>
    </message>
    <message>
        <source>ends before (eb)</source>
        <translation>endet vor (eb)</translation>
    </message>
    <message>
        <source>about (ap)</source>
        <translation>ungefähr (ap)</translation>
    </message>
    <message>
        <source>The server asks for it.</source>
        <translation>Der Server verlangt es.</translation>
    </message>
    <message>
        <source>Other parameters</source>
        <translation>Weitere Parameter</translation>
    </message>
</context>
<context>
    <name>credenza::SecretEdit</name>
    <message>
        <source>Hide the passphrase</source>
        <translation>Passphrase verbergen</translation>
    </message>
    <message>
        <source>Show the passphrase</source>
        <translation>Passphrase zeigen</translation>
    </message>
</context>
<context>
    <name>credenza::SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Vault and backups</source>
        <translation>Vault und Sicherungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock when idle</source>
        <translation>Bei Untätigkeit sperren</translation>
    </message>
    <message>
        <source>After 1 minute</source>
        <translation>Nach 1 Minute</translation>
    </message>
    <message>
        <source>After 5 minutes</source>
        <translation>Nach 5 Minuten</translation>
    </message>
    <message>
        <source>After 10 minutes</source>
        <translation>Nach 10 Minuten</translation>
    </message>
    <message>
        <source>After 15 minutes</source>
        <translation>Nach 15 Minuten</translation>
    </message>
    <message>
        <source>After 30 minutes</source>
        <translation>Nach 30 Minuten</translation>
    </message>
    <message>
        <source>After 1 hour</source>
        <translation>Nach 1 Stunde</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>Nach %n Minute</numerusform>
            <numerusform>Nach %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a key or a move of the pointer in this window. A warning comes 30 seconds before.</source>
        <translation>Ohne Tastendruck oder Zeigerbewegung in diesem Fenster. Eine Warnung kommt 30 Sekunden vorher.</translation>
    </message>
    <message>
        <source>Lock when the window is minimized</source>
        <translation>Beim Minimieren des Fensters sperren</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Clear what was copied</source>
        <translation>Kopiertes löschen</translation>
    </message>
    <message>
        <source>After 10 seconds</source>
        <translation>Nach 10 Sekunden</translation>
    </message>
    <message>
        <source>After 30 seconds</source>
        <translation>Nach 30 Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>After %n second(s)</source>
        <translation>
            <numerusform>Nach %n Sekunde</numerusform>
            <numerusform>Nach %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Only if the clipboard still holds it. Also when Credenza locks or quits.</source>
        <translation>Nur wenn die Zwischenablage es noch enthält. Auch wenn Credenza sperrt oder endet.</translation>
    </message>
    <message>
        <source>This vault</source>
        <translation>Dieser Vault</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Open another vault…</source>
        <translation>Anderen Vault öffnen…</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>System follows the desktop’s setting.</source>
        <translation>System folgt der Einstellung des Desktops.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Takes effect the next time Credenza starts.</source>
        <translation>Wirkt beim nächsten Start von Credenza.</translation>
    </message>
    <message>
        <source>High contrast: stronger text, lines and focus</source>
        <translation>Hoher Kontrast: kräftigere Schrift, Linien und Fokus</translation>
    </message>
    <message>
        <source>Reduce motion: nothing slides or spins</source>
        <translation>Weniger Bewegung: nichts gleitet oder dreht sich</translation>
    </message>
    <message>
        <source>Keep running in the system tray when the window is closed</source>
        <translation>Nach dem Schließen des Fensters im Benachrichtigungsfeld weiterlaufen</translation>
    </message>
    <message>
        <source>Credentials for SMART Backend Services: added, tested, kept, handed over.</source>
        <translation>Credentials für SMART Backend Services: hinzufügen, testen, aufbewahren, übergeben.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0, without warranty.</source>
        <translation>Freie Software unter der Apache License 2.0, ohne Gewähr.</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>Sign by the server’s clock where this computer’s is off by more than 5 s</source>
        <translation>Nach der Uhr des Servers signieren, wo die dieses Computers mehr als 5 s abweicht</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Keys that expire</source>
        <translation>Ablaufende Schlüssel</translation>
    </message>
    <message>
        <source>Remind of them</source>
        <translation>An sie erinnern</translation>
    </message>
    <message>
        <source>A week before</source>
        <translation>Eine Woche vorher</translation>
    </message>
    <message>
        <source>Two weeks before</source>
        <translation>Zwei Wochen vorher</translation>
    </message>
    <message>
        <source>30 days before</source>
        <translation>30 Tage vorher</translation>
    </message>
    <message>
        <source>60 days before</source>
        <translation>60 Tage vorher</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) before</source>
        <translation>
            <numerusform>%n Tag vorher</numerusform>
            <numerusform>%n Tage vorher</numerusform>
        </translation>
    </message>
    <message>
        <source>On the tile and with a notification, where the day is known.</source>
        <translation>Auf der Kachel und mit einer Benachrichtigung, wo der Tag bekannt ist.</translation>
    </message>
</context>
<context>
    <name>credenza::Sheet</name>
    <message>
        <source>Parts of this panel</source>
        <translation>Teile dieses Bereichs</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>credenza::SideColumn</name>
    <message>
        <source>Side column</source>
        <translation>Seitenspalte</translation>
    </message>
    <message>
        <source>Before you start</source>
        <translation>Vorher zu erledigen</translation>
    </message>
    <message>
        <source>Connection test</source>
        <translation>Verbindungstest</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help: %1</source>
        <translation>Hilfe: %1</translation>
    </message>
</context>
<context>
    <name>credenza::SingleInstance</name>
    <message>
        <source>Other starts of Credenza can&apos;t be heard: %1</source>
        <translation>Andere Starts von Credenza bleiben ungehört: %1</translation>
    </message>
    <message>
        <source>Check the folder XDG_RUNTIME_DIR names.</source>
        <translation>Den Ordner prüfen, den XDG_RUNTIME_DIR nennt.</translation>
    </message>
</context>
<context>
    <name>credenza::SourcePane</name>
    <message>
        <source>Search the source</source>
        <translation>Quelltext durchsuchen</translation>
    </message>
    <message>
        <source>Search in the source</source>
        <translation>Im Quelltext suchen</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>credenza::Spinner</name>
    <message>
        <source>Working…</source>
        <translation>Arbeitet…</translation>
    </message>
</context>
<context>
    <name>credenza::StatusBar</name>
    <message>
        <source>Clock %1</source>
        <translation>Uhr %1</translation>
    </message>
    <message>
        <source>The server’s clock minus this computer’s, as the last test saw it</source>
        <translation>Uhr des Servers minus die dieses Computers, wie der letzte Test sie sah</translation>
    </message>
</context>
<context>
    <name>credenza::SummaryView</name>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Abnormal</source>
        <translation>Auffällig</translation>
    </message>
    <message>
        <source>More in the tree</source>
        <translation>Mehr im Baum</translation>
    </message>
    <message>
        <source>Narrative</source>
        <translation>Erzähltext</translation>
    </message>
    <message>
        <source>Referenced by</source>
        <translation>Verwiesen von</translation>
    </message>
    <message>
        <source>among what is loaded</source>
        <translation>unter dem Geladenen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Liest…</translation>
    </message>
    <message>
        <source>Earlier values</source>
        <translation>Frühere Werte</translation>
    </message>
    <message>
        <source>in these results</source>
        <translation>in diesen Ergebnissen</translation>
    </message>
</context>
<context>
    <name>credenza::TagChips</name>
    <message>
        <source>Filter by tag</source>
        <translation>Nach Tag filtern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Favorites</source>
        <translation>Favoriten</translation>
    </message>
</context>
<context>
    <name>credenza::TestWiring</name>
    <message>
        <source>check the fields</source>
        <translation>Felder prüfen</translation>
    </message>
    <message>
        <source>discover</source>
        <translation>Discovery</translation>
    </message>
    <message>
        <source>sign the assertion</source>
        <translation>Assertion signieren</translation>
    </message>
    <message>
        <source>request the token</source>
        <translation>Token anfordern</translation>
    </message>
    <message>
        <source>call the FHIR API</source>
        <translation>FHIR-API aufrufen</translation>
    </message>
    <message>
        <source>again at %1</source>
        <translation>wieder um %1</translation>
    </message>
    <message>
        <source>No longer waiting</source>
        <translation>Wartet nicht mehr</translation>
    </message>
    <message>
        <source>The vault was locked: tests that were to be repeated ended.</source>
        <translation>Der Vault wurde gesperrt: Tests, die wiederholt werden sollten, sind beendet.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>The server accepts it now.</source>
        <translation>Der Server nimmt es jetzt an.</translation>
    </message>
    <message>
        <source>“%1” is accepted now.</source>
        <translation>„%1“ wird jetzt angenommen.</translation>
    </message>
    <message>
        <source>The connection test passed.</source>
        <translation>Der Verbindungstest wurde bestanden.</translation>
    </message>
    <message>
        <source>The connection test did not pass.</source>
        <translation>Der Verbindungstest wurde nicht bestanden.</translation>
    </message>
    <message>
        <source>%1 tested: %2 passed, %3 failed</source>
        <translation>%1 getestet: %2 bestanden, %3 fehlgeschlagen</translation>
    </message>
    <message>
        <source>, %1 not tested</source>
        <translation>, %1 nicht getestet</translation>
    </message>
    <message>
        <source>Test all</source>
        <translation>Alle testen</translation>
    </message>
    <message>
        <source>Show the first</source>
        <translation>Den ersten zeigen</translation>
    </message>
</context>
<context>
    <name>credenza::TileDelegate</name>
    <message>
        <source>Test now</source>
        <translation>Jetzt testen</translation>
    </message>
    <message>
        <source>Import a bundle…</source>
        <translation>Bundle importieren…</translation>
    </message>
    <message>
        <source>Ctrl N</source>
        <translation>Strg N</translation>
    </message>
    <message>
        <source>Add Credential</source>
        <translation>Credential hinzufügen</translation>
    </message>
    <message>
        <source>EPIC Backend OAuth2 (JWT)</source>
        <translation>EPIC Backend OAuth2 (JWT)</translation>
    </message>
    <message>
        <source>No description</source>
        <translation>Keine Beschreibung</translation>
    </message>
</context>
<context>
    <name>credenza::TileView</name>
    <message>
        <source>Credentials</source>
        <translation>Credentials</translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <translation>Menü von %1</translation>
    </message>
    <message>
        <source>Client ID %1</source>
        <translation>Client ID %1</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>Tested %1</source>
        <translation>Getestet %1</translation>
    </message>
</context>
<context>
    <name>credenza::TimelineStep</name>
    <message>
        <source>Working…</source>
        <translation>Arbeitet…</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>passed in %1</source>
        <translation>bestanden in %1</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>fehlgeschlagen nach %1</translation>
    </message>
    <message>
        <source>passed with a warning in %1</source>
        <translation>mit einer Warnung bestanden in %1</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source> Unfolded.</source>
        <translation> Aufgeklappt.</translation>
    </message>
    <message>
        <source> Folded.</source>
        <translation> Zugeklappt.</translation>
    </message>
</context>
<context>
    <name>credenza::TrayIcon</name>
    <message>
        <source>Show Credenza</source>
        <translation>Credenza zeigen</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>credenza::TreePane</name>
    <message>
        <source>Search keys and values</source>
        <translation>Schlüssel und Werte durchsuchen</translation>
    </message>
    <message>
        <source>Search in the tree</source>
        <translation>Im Baum suchen</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>Unfold all, or fold all but the first level</source>
        <translation>Alles aufklappen, oder alles bis auf die erste Ebene zuklappen</translation>
    </message>
    <message>
        <source>Tree of the resource</source>
        <translation>Baum der Ressource</translation>
    </message>
    <message>
        <source>FHIRPath</source>
        <translation>FHIRPath</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>Pointer</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>Pfad kopiert</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>sucht…</translation>
    </message>
    <message>
        <source>%1 of %2, in what is not shown</source>
        <translation>%1 von %2, im nicht Gezeigten</translation>
    </message>
</context>
<context>
    <name>credenza::TypeListModel</name>
    <message>
        <source>In scope</source>
        <translation>Im Scope</translation>
    </message>
    <message>
        <source>Not in scope</source>
        <translation>Nicht im Scope</translation>
    </message>
    <message>
        <source>No granted scope covers this type.</source>
        <translation>Kein gewährter Scope deckt diesen Typ.</translation>
    </message>
</context>
<context>
    <name>credenza::UnlockPage</name>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Enter the passphrase of this vault.</source>
        <translation>Die Passphrase dieses Vaults eingeben.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Caps Lock is on; capitals count.</source>
        <translation>Die Feststelltaste ist an; Großbuchstaben zählen.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Tests and exports wait until you unlock.</source>
        <translation>Tests und Exporte warten auf das Entsperren.</translation>
    </message>
    <message>
        <source>Open another vault…</source>
        <translation>Anderen Vault öffnen…</translation>
    </message>
    <message>
        <source>Create a new vault…</source>
        <translation>Neuen Vault anlegen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>Keys are decrypted only while the vault is open.</source>
        <translation>Schlüssel werden nur entschlüsselt, solange der Vault offen ist.</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Vault</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Wrong passphrase. Nothing was opened or changed.</source>
        <translation>Falsche Passphrase. Nichts wurde geöffnet oder geändert.</translation>
    </message>
    <message>
        <source>%1 tries so far; the next one waits %2 s.</source>
        <translation>Bisher %1 Versuche; der nächste wartet %2 s.</translation>
    </message>
    <message>
        <source>Unlock in %1 s</source>
        <translation>Entsperren in %1 s</translation>
    </message>
    <message>
        <source>After a wrong passphrase the next try waits</source>
        <translation>Nach einer falschen Passphrase wartet der nächste Versuch</translation>
    </message>
    <message>
        <source>Type the passphrase first</source>
        <translation>Zuerst die Passphrase eingeben</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>Unlock with the system keyring</source>
        <translation>Mit dem Schlüsselbund des Systems entsperren</translation>
    </message>
    <message>
        <source>Use the recovery code…</source>
        <translation>Wiederherstellungscode verwenden…</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Nine groups of four. Capitals, blanks and dashes do not matter.</source>
        <translation>Neun Vierergruppen. Großschreibung, Leerzeichen und Striche sind gleichgültig.</translation>
    </message>
    <message>
        <source>Enter the recovery code of this vault, as it was printed.</source>
        <translation>Den Wiederherstellungscode dieses Vaults eingeben, wie er gedruckt wurde.</translation>
    </message>
    <message>
        <source>Use the passphrase…</source>
        <translation>Passphrase verwenden…</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>Wrong recovery code. Nothing was opened or changed.</source>
        <translation>Falscher Wiederherstellungscode. Nichts wurde geöffnet oder geändert.</translation>
    </message>
    <message>
        <source>Type the recovery code first</source>
        <translation>Zuerst den Wiederherstellungscode eingeben</translation>
    </message>
</context>
<context>
    <name>credenza::VaultSession</name>
    <message>
        <source>No backup was made: %1</source>
        <translation>Es wurde kein Backup gemacht: %1</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Vault ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>Ihn entsperren und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>A new credential needs a private key.</source>
        <translation>Ein neues Credential braucht einen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>Paste, choose or generate one.</source>
        <translation>Einen einfügen, wählen oder erzeugen.</translation>
    </message>
    <message>
        <source>%1, copy</source>
        <translation>%1, Kopie</translation>
    </message>
    <message>
        <source>%1, copy %2</source>
        <translation>%1, Kopie %2</translation>
    </message>
    <message>
        <source>%1 was changed elsewhere while you edited it.</source>
        <translation>%1 wurde während des Bearbeitens anderswo geändert.</translation>
    </message>
    <message>
        <source>Close this form to see what is saved now, or save yours over it.</source>
        <translation>Dieses Formular schließen, um zu sehen, was jetzt gespeichert ist, oder das eigene darüber speichern.</translation>
    </message>
</context>
<context>
    <name>credenza::WelcomePage</name>
    <message>
        <source>Vault name</source>
        <translation>Name des Vaults</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Create vault</source>
        <translation>Vault anlegen</translation>
    </message>
    <message>
        <source>my-credentials</source>
        <translation>meine-credentials</translation>
    </message>
    <message>
        <source>Credentials for Epic and SMART Backend Services</source>
        <translation>Credentials für Epic und SMART Backend Services</translation>
    </message>
    <message>
        <source>Works first time, or says why not</source>
        <translation>Gelingt beim ersten Mal oder sagt, warum nicht</translation>
    </message>
    <message>
        <source>Every field is checked as you type. Every step of a connection test shows what was sent and what came back.</source>
        <translation>Jedes Feld wird beim Tippen geprüft. Jeder Schritt eines Verbindungstests zeigt, was gesendet wurde und was zurückkam.</translation>
    </message>
    <message>
        <source>The private key stays here</source>
        <translation>Der private Schlüssel bleibt hier</translation>
    </message>
    <message>
        <source>It lives in the encrypted vault, is decrypted only to sign, and never leaves without being asked for.</source>
        <translation>Er liegt im verschlüsselten Vault, wird nur zum Signieren entschlüsselt und geht nie ungefragt hinaus.</translation>
    </message>
    <message>
        <source>No account with Epic yet?</source>
        <translation>Noch kein Konto bei Epic?</translation>
    </message>
    <message>
        <source>Try the local sandbox</source>
        <translation>Die lokale Sandbox ausprobieren</translation>
    </message>
    <message>
        <source>Caps Lock is on; capitals count.</source>
        <translation>Die Feststelltaste ist an; Großbuchstaben zählen.</translation>
    </message>
    <message>
        <source>Create your vault</source>
        <translation>Einen Vault anlegen</translation>
    </message>
    <message>
        <source>Open an existing vault…</source>
        <translation>Vorhandenen Vault öffnen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Four or five words that don’t belong together are easy to keep in mind and hard to guess.</source>
        <translation>Vier oder fünf Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten.</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere. A vault works without a network.</source>
        <translation>Nichts wird irgendwohin gesendet. Ein Vault braucht kein Netz.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Where to keep the vault</source>
        <translation>Ort für den Vault</translation>
    </message>
    <message>
        <source>Vaults (*.credenza)</source>
        <translation>Vaults (*.credenza)</translation>
    </message>
    <message>
        <source>Open a vault</source>
        <translation>Vault öffnen</translation>
    </message>
    <message>
        <source>Vaults (*.credenza);;All files (*)</source>
        <translation>Vaults (*.credenza);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Its strength shows as you type</source>
        <translation>Ihre Stärke zeigt sich beim Tippen</translation>
    </message>
    <message>
        <source>Very weak, about %1 bits: add words</source>
        <translation>Sehr schwach, etwa %1 Bit: Wörter hinzufügen</translation>
    </message>
    <message>
        <source>Weak, about %1 bits: one or two more words help</source>
        <translation>Schwach, etwa %1 Bit: ein oder zwei Wörter mehr helfen</translation>
    </message>
    <message>
        <source>Fair, about %1 bits</source>
        <translation>Mittel, etwa %1 Bit</translation>
    </message>
    <message>
        <source>Strong, about %1 bits</source>
        <translation>Stark, etwa %1 Bit</translation>
    </message>
    <message>
        <source>Very strong, about %1 bits</source>
        <translation>Sehr stark, etwa %1 Bit</translation>
    </message>
    <message>
        <source>The two differ. Type the passphrase again.</source>
        <translation>Die beiden unterscheiden sich. Die Passphrase noch einmal eingeben.</translation>
    </message>
    <message>
        <source>Give the vault a name</source>
        <translation>Dem Vault einen Namen geben</translation>
    </message>
    <message>
        <source>Choose where to keep the vault</source>
        <translation>Einen Ort für den Vault wählen</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Eine Passphrase wählen</translation>
    </message>
    <message>
        <source>The passphrase is too easy to guess</source>
        <translation>Die Passphrase ist zu leicht zu erraten</translation>
    </message>
    <message>
        <source>Repeat the passphrase</source>
        <translation>Die Passphrase wiederholen</translation>
    </message>
    <message>
        <source>Hand over in one click</source>
        <translation>Übergeben mit einem Klick</translation>
    </message>
    <message>
        <source>Encrypted bundle, Nexla credential, JWK Set, Kubernetes Secret, dotenv, client configurations.</source>
        <translation>Verschlüsseltes Bundle, Nexla-Credential, JWK Set, Kubernetes Secret, dotenv, Client-Konfigurationen.</translation>
    </message>
    <message>
        <source>Also unlock with the system keyring</source>
        <translation>Auch mit dem Schlüsselbund des Systems entsperren</translation>
    </message>
    <message>
        <source>Then show a recovery code to print</source>
        <translation>Danach einen Wiederherstellungscode zum Drucken zeigen</translation>
    </message>
    <message>
        <source>One encrypted file on this computer. Only the passphrase or the recovery code opens it; neither can be reset.</source>
        <translation>Eine verschlüsselte Datei auf diesem Computer. Nur die Passphrase oder der Wiederherstellungscode öffnet sie; keines von beiden lässt sich zurücksetzen.</translation>
    </message>
    <message>
        <source>While you are logged in to this computer. You can turn it off in Settings.</source>
        <translation>Solange man an diesem Computer angemeldet ist. In den Einstellungen lässt es sich ausschalten.</translation>
    </message>
    <message>
        <source>It opens the vault if the passphrase is lost, which can’t be reset.</source>
        <translation>Er öffnet den Vault, wenn die Passphrase verloren ist, die sich nicht zurücksetzen lässt.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>The vault file.</source>
        <translation>Die Vault-Datei.</translation>
    </message>
    <message>
        <source>The ready line of a local credenza-sandbox, in a file.</source>
        <translation>Die Bereit-Zeile einer lokalen credenza-sandbox, in einer Datei.</translation>
    </message>
    <message>
        <source>Start with the dark theme.</source>
        <translation>Mit dem dunklen Thema starten.</translation>
    </message>
    <message>
        <source>A vault to open, or FHIR files to look at once unlocked.</source>
        <translation>Ein zu öffnender Vault oder FHIR-Dateien, die nach dem Entsperren gezeigt werden.</translation>
    </message>
</context>
</TS>
