// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace credenza::sandbox
{

/// One thing that goes wrong between a client and an EHR: what the sandbox does about it, what the client or the vault
/// must be like to meet it, and what a connection test should find. The data is `faults.json`, shared by the sandbox,
/// the matrix test and the documentation made from it.
///
/// Each entry of `server` is an intervention. `at` names the requests it changes: "configuration", "metadata", "token",
/// "jwks", "fhir", or "every". With it go one of
///  * `status`, `headers`, and `json` or `body`: the whole answer; `{origin}` and `{base}` stand for the addresses,
///  * `merge`: members put into the JSON of the honest answer (null takes one away),
///  * `keys`: for "jwks": members put into each key, `twice` doubles every key,
///  * `withhold`, `drop`: no answer; the connection stays, or ends,
///  * `dripMilliseconds`: one byte each so often; `floodBytes`: that many bytes as fast as they go,
///  * `clockSeconds`: the server's clock is off by so much,
/// and to limit it `times` (only the first so many requests) and `without` (only requests without that header).
struct Fault {
    QString id;           ///< "clock-ahead"
    QString row;          ///< of the failure table: "T2g"
    QString title;        ///< one line for a person
    QString cause;        ///< the diagnosis that should stand first; empty where the test passes all the same
    bool isAlike = false; ///< cannot be told from its neighbours from outside: among the first three is enough
    QJsonArray server;    ///< interventions; empty where the client alone causes it
    QJsonObject client;   ///< changes of the draft under test, for the matrix test
    QJsonObject vault;    ///< what the vault knows, for the matrix test
};

/// All faults. Errors: sandbox.fault-catalogue where the data is not what the above says.
[[nodiscard]] Result<QList<Fault>> readFaults(const QByteArray &json);
/// Those built into the program.
[[nodiscard]] const QList<Fault> &faultCatalogue();
/// Null if there is none of that name.
[[nodiscard]] const Fault *findFault(const QString &id);

} // namespace credenza::sandbox
