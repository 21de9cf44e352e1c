// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/http/Router.h"

#include <algorithm>

namespace credenza::sandbox
{

Response methodNotAllowed(QByteArrayList methods)
{
    if (methods.contains("GET") && !methods.contains("HEAD"))
        methods.insert(methods.indexOf("GET") + 1, "HEAD");
    return {.status = 405, .headers = {{"Allow", methods.join(", ")}}, .body = {}};
}

void Router::add(QByteArray path, QByteArrayList methods, Handler handler)
{
    m_paths.push_back({std::move(path), std::move(methods), std::move(handler)});
}

void Router::addTree(QByteArray prefix, Handler handler)
{
    m_trees.push_back({std::move(prefix), {}, std::move(handler)});
}

Reply Router::route(const Request &request) const
{
    const auto exact = std::ranges::find(m_paths, request.path, &Route::path);
    if (exact != m_paths.end()) {
        const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method;
        if (!exact->methods.isEmpty() && !exact->methods.contains(method))
            return methodNotAllowed(exact->methods);
        return exact->handler(request);
    }
    const auto tree =
        std::ranges::find_if(m_trees, [&](const Route &route) { return request.path.startsWith(route.path); });
    if (tree != m_trees.end())
        return tree->handler(request);
    return pageNotFound();
}

} // namespace credenza::sandbox
