// SPDX-License-Identifier: Apache-2.0
// Where links of the resource shown lead.
#include "core/fhir/ReferenceTarget.h"
#include "ui/browse/LiveView.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/ResultsPane.h"
#include "ui/browse/TypeListModel.h"

#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

void LiveView::follow(const QString &reference)
{
    if (!m_session)
        return;
    const ReferenceTarget target = referenceTarget(reference, QUrl(m_session->credential().fhirBaseUrl));
    const auto canonical = canonicalOf(reference);
    if (canonical && (target.kind != ReferenceKind::SameServer || !canonical->version.isEmpty())) {
        followCanonical(*canonical, reference);
        return;
    }
    switch (target.kind) {
    case ReferenceKind::Contained: {
        const Resource holder = m_resource->resource();
        const Resource contained = containedResource(holder, target.path);
        if (!contained.document) {
            Q_EMIT copied(tr("There is no contained resource %1.").arg(reference));
            return;
        }
        m_resource->setResource(contained, {{holder.type(), resourceTitle(holder.root), holder.path()}});
        m_resource->setDetail(tr("contained"));
        return;
    }
    case ReferenceKind::SameServer:
        if (const int row = m_results->model().rowOf(target.path); row >= 0) {
            if (row == m_results->currentRow())
                showRow(row); // a contained resource stood in its place
            m_results->selectRow(row);
            return;
        }
        go(target.path);
        return;
    case ReferenceKind::Uuid:
    case ReferenceKind::OtherServer:
        Q_EMIT copied(tr("%1 is on another server; the token is not sent there.").arg(QUrl(reference).host()));
        return;
    case ReferenceKind::None:
        Q_EMIT copied(tr("%1 can't be followed.").arg(reference));
        return;
    }
}

void LiveView::followCanonical(const Canonical &canonical, const QString &reference)
{
    const QList<Resource> &shown = m_results->model().resources();
    for (qsizetype row = 0; row < shown.size(); ++row) {
        if (shown.at(row).fullUrl == reference || isNamedBy(shown.at(row), canonical)) {
            m_results->selectRow(static_cast<int>(row));
            return;
        }
    }
    for (int at = 0; at < m_places.size(); ++at) {
        for (const Resource &loaded : m_places.at(at).loaded) {
            if (loaded.fullUrl == reference || isNamedBy(loaded, canonical)) {
                m_places[at].selected = loaded.path();
                showPlace(at);
                return;
            }
        }
    }
    // The URL says who defined it, not where it is kept: this server may have a copy, other hosts are not asked.
    const TypeAccess *access = canonical.type.isEmpty() ? nullptr : m_types->access(canonical.type);
    if (access == nullptr || !access->canSearch) {
        Q_EMIT copied(tr("Nothing that is loaded has the URL %1, and this server offers no search for it.")
                          .arg(reference));
        return;
    }
    QString path = canonical.type + u"?url="_s + QString::fromLatin1(QUrl::toPercentEncoding(canonical.url, ":/"));
    if (!canonical.version.isEmpty())
        path += u"&version="_s + QString::fromLatin1(QUrl::toPercentEncoding(canonical.version));
    go(path);
}

void LiveView::openAttachment(const JsonValue &attachment)
{
    const AttachmentSource source = attachmentSource(attachment);
    if (!source.data.isEmpty())
        Q_EMIT attachmentArrived(attachmentContent(source, source.data, source.contentType));
    else if (source.url.isEmpty())
        Q_EMIT copied(tr("The attachment has neither content nor address."));
    else if (m_session)
        m_session->fetchAttachment(source);
}

} // namespace credenza
