// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/OverlayPresenter.h"

#include "core/credentials/FhirBaseUrl.h"

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array readingOrder{Field::Name,          Field::Description,
                                  Field::Connector,     Field::FhirBaseUrl,
                                  Field::ClientId,      Field::PrivateKey,
                                  Field::KeyId,         Field::Algorithm,
                                  Field::Tags,          Field::Scopes,
                                  Field::TokenEndpoint, Field::JwkSetUrl,
                                  Field::Proxy,         Field::AuthorityCertificates,
                                  Field::ExtraHeaders,  Field::KeyExpiry,
                                  Field::Notes};

QStringList words(const QString &text, QChar separator)
{
    QStringList list;
    for (const QString &part : text.split(separator, Qt::SkipEmptyParts)) {
        if (const QString word = part.trimmed(); !word.isEmpty())
            list.append(word);
    }
    return list;
}

QList<std::pair<QString, QString>> headersIn(const QString &text)
{
    QList<std::pair<QString, QString>> headers;
    for (const QString &line : words(text, u'\n')) {
        const qsizetype colon = line.indexOf(u':');
        headers.append(colon < 0 ? std::pair{line, QString()}
                                 : std::pair{line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return headers;
}

/// What is kept for people says nothing a server sees: a test stays valid when it changes.
bool isSeenByServers(Field field)
{
    constexpr std::array unseen{Field::Name, Field::Description, Field::Tags, Field::Notes, Field::KeyExpiry};
    return std::ranges::find(unseen, field) == unseen.end();
}

bool sameContent(const CredentialDraft &one, const CredentialDraft &other)
{
    return one.name == other.name && one.description == other.description && one.connector == other.connector &&
           one.fhirBaseUrl == other.fhirBaseUrl && one.clientId == other.clientId && one.key == other.key &&
           one.keyOwner == other.keyOwner && one.keyId == other.keyId && one.algorithm == other.algorithm &&
           one.tokenEndpoint == other.tokenEndpoint && one.jwkSetUrl == other.jwkSetUrl && one.scopes == other.scopes &&
           one.tags == other.tags && one.authorityPem == other.authorityPem && one.proxy == other.proxy &&
           one.extraHeaders == other.extraHeaders && one.allowsPlainHttp == other.allowsPlainHttp &&
           one.notes == other.notes && one.keyExpiry == other.keyExpiry;
}

} // namespace

OverlayPresenter::OverlayPresenter(QObject *parent) : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (const std::optional<Field> field = std::exchange(m_typing, std::nullopt))
            show(*field);
    });
    m_validation = judged();
}

void OverlayPresenter::startNew(const QString &connectorId)
{
    m_existing = {};
    m_base.reset();
    CredentialDraft draft;
    draft.connector = connectorById(connectorId) ? connectorId : connectors().constFirst().id;
    start(std::move(draft));
}

void OverlayPresenter::startEditing(const Credential &credential)
{
    m_existing = credential.id;
    m_base = credential;
    start(draftOf(credential));
    revealAll();
}

void OverlayPresenter::resume(CredentialDraft draft, const std::optional<Credential> &base)
{
    if (base)
        startEditing(*base);
    else
        startNew(draft.connector);
    m_draft = std::move(draft);
    revalidate(Field::Name);
    for (const Field field : readingOrder)
        Q_EMIT textReplaced(field);
    for (const Field field : readingOrder)
        if (base || !textOf(field).isEmpty() || (field == Field::PrivateKey && m_draft.key)) {
            m_touched.insert(field);
            show(field);
        }
    Q_EMIT changed();
}

void OverlayPresenter::start(CredentialDraft draft)
{
    m_draft = std::move(draft);
    m_saved = m_draft;
    m_shown.clear();
    m_notes.clear();
    m_touched.clear();
    m_typing.reset();
    m_pause.stop();
    m_environment.reset();
    m_report.reset();
    m_testState = DraftTestState::None;
    m_keyPending = false;
    m_validation = judged();
    for (const Field field : readingOrder) {
        Q_EMIT textReplaced(field);
        Q_EMIT shownChanged(field);
    }
    Q_EMIT changed();
}

const Connector &OverlayPresenter::connector() const
{
    const Connector *connector = connectorById(m_draft.connector);
    return connector ? *connector : connectors().constFirst();
}

QString OverlayPresenter::textOf(Field field) const
{
    switch (field) {
    case Field::Name:
        return m_draft.name;
    case Field::Description:
        return m_draft.description;
    case Field::Connector:
        return m_draft.connector;
    case Field::FhirBaseUrl:
        return m_draft.fhirBaseUrl;
    case Field::ClientId:
        return m_draft.clientId;
    case Field::PrivateKey:
        return {}; // a key is never text again
    case Field::KeyId:
        return m_draft.keyId;
    case Field::Algorithm:
        return m_draft.algorithm;
    case Field::TokenEndpoint:
        return m_draft.tokenEndpoint;
    case Field::JwkSetUrl:
        return m_draft.jwkSetUrl;
    case Field::Scopes:
        return m_draft.scopes.join(u' ');
    case Field::Tags:
        return m_draft.tags.join(u", "_s);
    case Field::Notes:
        return m_draft.notes;
    case Field::KeyExpiry:
        return m_draft.keyExpiry;
    case Field::AuthorityCertificates:
        return QString::fromLatin1(m_draft.authorityPem);
    case Field::Proxy:
        return m_draft.proxy;
    case Field::ExtraHeaders: {
        QStringList lines;
        for (const auto &[name, value] : m_draft.extraHeaders)
            lines.append(name + u": "_s + value);
        return lines.join(u'\n');
    }
    }
    return {};
}

void OverlayPresenter::setText(Field field, const QString &text, InputWay way)
{
    switch (field) {
    case Field::Name:
        m_draft.name = text;
        break;
    case Field::Description:
        m_draft.description = text;
        break;
    case Field::Connector:
        m_draft.connector = text;
        break;
    case Field::FhirBaseUrl:
        m_draft.fhirBaseUrl = text;
        break;
    case Field::ClientId:
        m_draft.clientId = text;
        break;
    case Field::PrivateKey:
        return; // only by setKey()
    case Field::KeyId:
        m_draft.keyId = text;
        break;
    case Field::Algorithm:
        m_draft.algorithm = text;
        break;
    case Field::TokenEndpoint:
        m_draft.tokenEndpoint = text;
        break;
    case Field::JwkSetUrl:
        m_draft.jwkSetUrl = text;
        break;
    case Field::Scopes:
        m_draft.scopes = words(text.simplified(), u' ');
        break;
    case Field::Tags:
        m_draft.tags = words(text, u',');
        break;
    case Field::Notes:
        m_draft.notes = text;
        break;
    case Field::KeyExpiry:
        m_draft.keyExpiry = text;
        break;
    case Field::AuthorityCertificates:
        m_draft.authorityPem = text.toUtf8();
        break;
    case Field::Proxy:
        m_draft.proxy = text;
        break;
    case Field::ExtraHeaders:
        m_draft.extraHeaders = headersIn(text);
        break;
    }
    m_touched.insert(field);
    if (m_notes.erase(field) > 0)
        Q_EMIT shownChanged(field);
    if (m_typing && *m_typing != field)
        show(*m_typing); // the focus went on without a word
    revalidate(field);
    if (way == InputWay::Pasted) {
        m_typing.reset();
        m_pause.stop();
        show(field);
    } else {
        m_typing = field;
        m_pause.start();
    }
    Q_EMIT changed();
}

void OverlayPresenter::revalidate(Field changedField)
{
    m_validation = judged();
    markTestOutdated(changedField);
    clearWhatIsFixed();
}

Validation OverlayPresenter::judged() const
{
    Validation validation = validate(m_draft);
    compareWithSaved(validation, m_draft, m_others, m_existing);
    return validation;
}

void OverlayPresenter::setSavedCredentials(const QList<Credential> &credentials)
{
    m_others = credentials;
    m_validation = judged();
}

void OverlayPresenter::useKeyOf(const Credential &owner)
{
    m_draft.key.reset();
    m_draft.savedKey = owner.key;
    m_draft.keyOwner = owner.id;
    m_keyPending = false;
    m_touched.insert(Field::PrivateKey);
    m_notes.erase(Field::PrivateKey);
    if (m_draft.keyId.isEmpty() && !owner.keyId.isEmpty()) {
        m_draft.keyId = owner.keyId; // it is registered under that
        Q_EMIT textReplaced(Field::KeyId);
    }
    revalidate(Field::PrivateKey);
    show(Field::PrivateKey);
}

void OverlayPresenter::clearWhatIsFixed()
{
    for (auto &[field, finding] : m_shown) {
        const Finding &now = m_validation.of(field);
        if (finding.state == Finding::State::Ok || now.state != Finding::State::Ok)
            continue;
        finding = now;
        Q_EMIT shownChanged(field);
    }
}

void OverlayPresenter::leave(Field field)
{
    if (m_typing == field) {
        m_typing.reset();
        m_pause.stop();
    }
    if (m_touched.contains(field))
        show(field);
}

void OverlayPresenter::show(Field field)
{
    m_shown.insert_or_assign(field, m_validation.of(field));
    Q_EMIT shownChanged(field);
    // What one field says may hang on another (the algorithm on the key): findings in view are kept true.
    for (auto &[other, finding] : m_shown) {
        const Finding &now = m_validation.of(other);
        if (other == field || m_typing == other || (finding.state == now.state && finding.message == now.message))
            continue;
        finding = now;
        Q_EMIT shownChanged(other);
    }
    if (field == Field::FhirBaseUrl) {
        const FhirBaseUrlReading reading = readFhirBaseUrl(m_draft.fhirBaseUrl, m_draft.allowsPlainHttp);
        m_environment.reset();
        if (!reading.canonical.isEmpty())
            m_environment = environmentOf(reading.canonical);
    }
    Q_EMIT changed();
}

void OverlayPresenter::setKey(std::shared_ptr<const KeyInspection> key, const QString &origin)
{
    m_draft.key = std::move(key);
    m_draft.keyOrigin = origin;
    m_draft.savedKey = m_saved.savedKey; // a key borrowed from another credential is given back
    m_draft.keyOwner = {};
    const QString keyIdBefore = m_draft.keyId;
    adoptKeyId(m_draft);
    if (m_draft.keyId != keyIdBefore)
        Q_EMIT textReplaced(Field::KeyId);
    m_keyPending = false;
    m_touched.insert(Field::PrivateKey);
    m_notes.erase(Field::PrivateKey);
    revalidate(Field::PrivateKey);
    if (m_draft.key) {
        show(Field::PrivateKey);
        return;
    }
    m_shown.erase(Field::PrivateKey);
    Q_EMIT shownChanged(Field::PrivateKey);
    Q_EMIT changed();
}

void OverlayPresenter::fillIn(Field field, const QString &text)
{
    setText(field, text, InputWay::Pasted);
    Q_EMIT textReplaced(field);
}

void OverlayPresenter::setKeyPending(bool pending)
{
    m_keyPending = pending;
    Q_EMIT changed();
}

void OverlayPresenter::setAuthorityPem(const QByteArray &pem)
{
    fillIn(Field::AuthorityCertificates, QString::fromLatin1(pem));
}

void OverlayPresenter::applyReplacement(Field field)
{
    const std::optional<QString> replacement = m_validation.of(field).replacement;
    if (!replacement)
        return;
    setText(field, *replacement, InputWay::Pasted);
    Q_EMIT textReplaced(field);
}

void OverlayPresenter::revealAll()
{
    m_typing.reset();
    m_pause.stop();
    for (const Field field : readingOrder) {
        m_touched.insert(field);
        show(field);
    }
}

void OverlayPresenter::setNote(Field field, const Finding &note)
{
    m_notes.insert_or_assign(field, note);
    Q_EMIT shownChanged(field);
    Q_EMIT changed();
}

std::optional<Finding> OverlayPresenter::shown(Field field) const
{
    const auto finding = m_shown.find(field);
    const auto note = m_notes.find(field);
    if (note != m_notes.end() && (finding == m_shown.end() || finding->second.state != Finding::State::Error))
        return note->second;
    if (finding == m_shown.end())
        return std::nullopt;
    return finding->second;
}

bool OverlayPresenter::canSave() const
{
    return !m_keyPending && m_validation.isValid();
}

bool OverlayPresenter::canTest() const
{
    return canSave() && m_testState != DraftTestState::Running;
}

bool OverlayPresenter::isDirty() const
{
    return m_keyPending || !sameContent(m_draft, m_saved);
}

QList<Field> OverlayPresenter::missing() const
{
    QList<Field> fields;
    for (const Field field : readingOrder) {
        if (!isRequired(field))
            continue;
        const bool given = field == Field::PrivateKey ? m_draft.key || m_draft.savedKey || m_keyPending
                                                      : !textOf(field).trimmed().isEmpty();
        if (!given)
            fields.append(field);
    }
    return fields;
}

QList<Field> OverlayPresenter::toFix() const
{
    QList<Field> fields;
    const QList<Field> empty = missing();
    for (const Field field : readingOrder) {
        const std::optional<Finding> finding = shown(field);
        if (finding && finding->state == Finding::State::Error && !empty.contains(field))
            fields.append(field);
    }
    return fields;
}

QString OverlayPresenter::summary() const
{
    if (const QList<Field> wrong = toFix(); !wrong.isEmpty()) {
        QStringList labels;
        for (const Field field : wrong)
            labels.append(labelOf(field));
        return (wrong.size() == 1 ? tr("1 field to fix: %1") : tr("%1 fields to fix: %2").arg(wrong.size()))
            .arg(labels.join(u", "_s));
    }
    const qsizetype empty = missing().size();
    if (empty == 1)
        return tr("1 required field to fill in");
    return empty > 1 ? tr("%1 required fields to fill in").arg(empty) : QString();
}

QString OverlayPresenter::advancedSummary() const
{
    const std::optional<SignatureAlgorithm> algorithm = signatureAlgorithm(m_draft.algorithm);
    const bool hasKey = (m_draft.key && m_draft.key->isUsable()) || m_draft.savedKey;
    if (!hasKey && m_draft.algorithm.isEmpty() && m_draft.keyId.isEmpty() && m_draft.scopes.isEmpty() &&
        m_draft.tags.isEmpty() && m_draft.proxy.isEmpty() && m_draft.tokenEndpoint.isEmpty())
        return tr("Key ID, algorithm, token endpoint, scopes, headers, CA, proxy, tags, expiry, notes");
    QStringList parts;
    if (algorithm)
        parts.append(nameOf(*algorithm));
    else if (m_draft.key && m_draft.key->publicKey)
        parts.append(nameOf(m_draft.key->publicKey->defaultAlgorithm()));
    parts.append(m_draft.keyId.isEmpty() ? tr("kid from the key") : tr("kid %1").arg(m_draft.keyId));
    if (m_draft.scopes.isEmpty())
        parts.append(tr("no scopes asked"));
    else
        parts.append(m_draft.scopes.size() == 1 ? tr("1 scope") : tr("%1 scopes").arg(m_draft.scopes.size()));
    if (!m_draft.tokenEndpoint.isEmpty())
        parts.append(tr("own token endpoint"));
    if (!m_draft.authorityPem.isEmpty())
        parts.append(tr("own CA"));
    parts.append(m_draft.proxy.isEmpty() ? tr("no proxy") : tr("proxy"));
    if (!m_draft.tags.isEmpty())
        parts.append((m_draft.tags.size() == 1 ? tr("tag %1") : tr("tags %1")).arg(m_draft.tags.join(u", "_s)));
    if (!m_draft.keyExpiry.trimmed().isEmpty())
        parts.append(tr("key expires on %1").arg(m_draft.keyExpiry.trimmed()));
    if (!m_draft.notes.trimmed().isEmpty())
        parts.append(tr("notes"));
    return parts.join(u", "_s);
}

void OverlayPresenter::testStarted()
{
    m_report.reset();
    m_testState = DraftTestState::Running;
    std::erase_if(m_notes, [this](const auto &note) {
        Q_EMIT shownChanged(note.first);
        return true;
    });
    Q_EMIT changed();
}

void OverlayPresenter::testEnded(const TestReport &report)
{
    const TestStep *failed = report.failedStep();
    const bool cancelled = failed && failed->code == QLatin1String("cancelled");
    const bool outdated = m_testState == DraftTestState::Outdated; // changed while it ran
    m_report = report;
    if (!outdated)
        m_testState = cancelled       ? DraftTestState::Cancelled
                      : report.passed ? DraftTestState::Passed
                                      : DraftTestState::Failed;
    if (!cancelled && !report.diagnosis.isEmpty()) {
        const Cause &cause = report.diagnosis.constFirst();
        // A weak suspicion stays in the diagnosis; marking the field for it would accuse the innocent.
        const bool isSuspected = cause.likelihood != Cause::Likelihood::Possible && !cause.field.isEmpty();
        for (const Field field : readingOrder) {
            if (isSuspected && nameOf(field) == cause.field)
                setNote(field, {Finding::State::Warning, cause.id, cause.title + u'.', {}, {}});
        }
    }
    Q_EMIT changed();
}

void OverlayPresenter::markTestOutdated(Field field)
{
    if (m_testState != DraftTestState::None && isSeenByServers(field))
        m_testState = DraftTestState::Outdated;
}

std::optional<TestReport> OverlayPresenter::currentTest() const
{
    const bool speaksOfThis = m_testState == DraftTestState::Passed || m_testState == DraftTestState::Failed;
    return speaksOfThis ? m_report : std::nullopt;
}

QString OverlayPresenter::labelOf(Field field)
{
    switch (field) {
    case Field::Name:
        return tr("Credential Name");
    case Field::Description:
        return tr("Credential Description");
    case Field::Connector:
        return tr("Connector");
    case Field::FhirBaseUrl:
        return tr("FHIR Base URL");
    case Field::ClientId:
        return tr("Client ID");
    case Field::PrivateKey:
        return tr("Private Key (PEM)");
    case Field::KeyId:
        return tr("Key ID");
    case Field::Algorithm:
        return tr("Algorithm");
    case Field::TokenEndpoint:
        return tr("Token endpoint");
    case Field::JwkSetUrl:
        return tr("JWK Set URL");
    case Field::Scopes:
        return tr("Scopes");
    case Field::Tags:
        return tr("Tags");
    case Field::Notes:
        return tr("Notes");
    case Field::KeyExpiry:
        return tr("Key expires on");
    case Field::AuthorityCertificates:
        return tr("CA certificates");
    case Field::Proxy:
        return tr("Proxy");
    case Field::ExtraHeaders:
        return tr("Extra headers");
    }
    return {};
}

bool OverlayPresenter::isRequired(Field field)
{
    return field == Field::Name || field == Field::FhirBaseUrl || field == Field::ClientId ||
           field == Field::PrivateKey;
}

} // namespace credenza
