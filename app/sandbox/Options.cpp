// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/Options.h"

#include "app/sandbox/fault/FaultCatalogue.h"

#include <CLI/CLI.hpp>

namespace credenza::sandbox
{

std::expected<Options, int> readOptions(int argc, const char *const *argv)
{
    Options options;
    std::string dataDirectory;
    std::string clientKey;
    std::string clientId;
    std::string stall;
    std::string fault;
    std::string total = "page";
    long long tokenLifetime = options.tokenLifetime.count();
    long long pagingLifetime = options.pagingLifetime.count();

    CLI::App app(
        "A stand-in for an EHR on 127.0.0.1: a strict SMART Backend Services authorization server and a FHIR R4 "
        "server with sample data. Prints one line of JSON when it is ready; ends on SIGTERM or SIGINT.",
        "credenza-sandbox");
    app.set_version_flag("--version", CREDENZA_VERSION);
    app.add_option("--port", options.port, "TCP port; 0 takes a free one")->capture_default_str();
    app.add_flag("--tls", options.tls, "HTTPS, with a certificate of an authority made at start (ca.pem)");
    app.add_option("--data-dir", dataDirectory,
                   "Where client-key.pem and ca.pem are written; a private temporary folder if not given. A "
                   "client-key.pem that is there already is used again");
    app.add_option("--client-key", clientKey, "Private key of the registered client, instead of a fresh RSA 2048 key")
        ->check(CLI::ExistingFile);
    app.add_option("--client-id", clientId, "Client ID of the registered client; else derived from its key");
    app.add_option("--seed", options.seed, "Seed of the sample data")->capture_default_str();
    app.add_option("--patients", options.patients, "Number of patients; each has some 170 resources")
        ->check(CLI::Range(1LL, 10'000'000LL))
        ->capture_default_str();
    app.add_option("--token-lifetime", tokenLifetime, "Seconds until an access token expires")
        ->check(CLI::Range(1LL, 86'400LL))
        ->capture_default_str();
    app.add_option("--paging-lifetime", pagingLifetime, "Seconds until a `next` link expires")
        ->check(CLI::Range(1LL, 86'400LL))
        ->capture_default_str();
    app.add_option("--bundle-total", total, "Bundle.total: resources on the `page`, as Epic, or `omit`")
        ->check(CLI::IsMember({"page", "omit"}))
        ->capture_default_str();
    app.add_flag("--explain", options.explain, "Tell why a token request is refused, which Epic does not");
    app.add_flag("--require-scope", options.scopeRequired, "Refuse token requests without scope, which Epic takes");
    app.add_option("--stall", stall, "Take requests whose path begins with this, and never answer");
    std::vector<std::string> faults;
    for (const Fault &known : faultCatalogue()) {
        if (!known.server.isEmpty())
            faults.push_back(known.id.toStdString());
    }
    app.add_option("--fault", fault,
                   "Behave wrongly from the start. GET /fault lists the names, PUT /fault {\"fault\": NAME or null} "
                   "switches a running sandbox")
        ->type_name("NAME")
        ->check(CLI::IsMember(faults));
    app.add_flag("--exit-with-parent", options.exitWithParent, "End when the process that started this one ends");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        const int status = app.exit(error);
        return std::unexpected(status == 0 ? 0 : 2); // 2: usage (cli.md)
    }
    options.dataDirectory = QString::fromStdString(dataDirectory);
    options.clientKey = QString::fromStdString(clientKey);
    options.clientId = QString::fromStdString(clientId);
    options.stallPrefix = QString::fromStdString(stall);
    options.fault = QString::fromStdString(fault);
    options.pageTotal = total == "page";
    options.tokenLifetime = std::chrono::seconds(tokenLifetime);
    options.pagingLifetime = std::chrono::seconds(pagingLifetime);
    return options;
}

} // namespace credenza::sandbox
