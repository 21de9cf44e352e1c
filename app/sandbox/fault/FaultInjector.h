// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/fault/FaultCatalogue.h"
#include "app/sandbox/fhir/Conformance.h"
#include "app/sandbox/http/HttpMessage.h"

#include <QMutex>

#include <chrono>
#include <functional>

namespace credenza::sandbox
{

/// Puts one fault of the catalogue between the requests and their honest answers. Safe from several threads; it can be
/// switched at any time.
class FaultInjector
{
public:
    explicit FaultInjector(Endpoints endpoints) : m_endpoints(std::move(endpoints)) {}

    /// From now on this fault, counted anew; null: none.
    void select(const Fault *fault);
    /// What is sent for `request`, whose honest answer `honest` makes.
    [[nodiscard]] Reply answer(const Request &request, const std::function<Reply()> &honest);
    /// How far the server's clock is off.
    [[nodiscard]] std::chrono::seconds clockOffset() const;
    /// The control endpoint, `/fault`: GET tells the present fault and all there are; PUT `{"fault": "name"}` switches,
    /// `{"fault": null}` ends it. JSON only, so that no web page can send it without asking the browser first.
    [[nodiscard]] Response control(const Request &request);

private:
    [[nodiscard]] Reply apply(const QJsonObject &intervention, const std::function<Reply()> &honest) const;
    [[nodiscard]] QString filledIn(QString text) const;

    Endpoints m_endpoints;
    mutable QMutex m_mutex;
    const Fault *m_fault = nullptr; // of the catalogue, which lives as long as the program
    QList<int> m_used;              // how often each intervention was made
};

} // namespace credenza::sandbox
