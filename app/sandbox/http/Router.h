// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/http/HttpMessage.h"

#include <QByteArrayList>

#include <functional>
#include <vector>

namespace credenza::sandbox
{

/// Hands a request to the handler of its path. Fill it before the server starts; afterwards it is only read.
class Router
{
public:
    using Handler = std::function<Reply(const Request &)>;

    /// `path` exactly, for these methods; "GET" answers HEAD as well, others get 405 with `Allow`. None means any
    /// method.
    void add(QByteArray path, QByteArrayList methods, Handler handler);
    /// Everything below `prefix`, which ends in "/", whatever the method. Exact paths go first.
    void addTree(QByteArray prefix, Handler handler);

    /// The handler's reply; the IIS page if no path fits.
    [[nodiscard]] Reply route(const Request &request) const;

private:
    struct Route {
        QByteArray path;
        QByteArrayList methods;
        Handler handler;
    };
    std::vector<Route> m_paths;
    std::vector<Route> m_trees;
};

/// The 405 answer with its `Allow` header (RFC 9110, section 15.5.6). "GET" brings "HEAD" with it.
[[nodiscard]] Response methodNotAllowed(QByteArrayList methods);

} // namespace credenza::sandbox
