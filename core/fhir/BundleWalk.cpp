// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/BundleWalk.h"

#include <algorithm>
#include <cstring>

namespace credenza
{

namespace
{

constexpr qsizetype unknown = -1;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

qsizetype passSpace(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

/// Behind the string that begins at `quote`; unknown if it does not end here.
qsizetype passString(QByteArrayView text, qsizetype quote)
{
    for (qsizetype from = quote + 1; from < text.size();) {
        const auto *end = static_cast<const char *>(
            std::memchr(text.data() + from, '"', static_cast<std::size_t>(text.size() - from)));
        if (end == nullptr)
            return unknown;
        const char *before = end;
        while (before > text.data() + quote + 1 && before[-1] == '\\')
            --before;
        from = end - text.data() + 1;
        if ((end - before) % 2 == 0)
            return from;
    }
    return unknown;
}

/// Behind the value that begins at `at`; unknown if it does not end here. Only brackets and strings are looked at:
/// whether it is JSON tells the reader of the entry.
qsizetype passValue(QByteArrayView text, qsizetype at)
{
    qsizetype depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return at; // of what is around it
        if (c == '"') {
            at = passString(text, at);
            if (at == unknown || depth == 0)
                return at;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return unknown;
}

} // namespace

void BundleWalk::report(qsizetype from, qsizetype to, const ScanSink &sink)
{
    FileEntry broken;
    broken.offset = static_cast<std::uint64_t>(from);
    broken.length = static_cast<std::uint32_t>(std::min<qsizetype>(to - from, 0xffff'ffff));
    broken.type = BrokenEntry;
    m_endsBroken = true;
    sink.found(sink.context, broken);
}

void BundleWalk::read(QByteArrayView text, bool isAll, const ScanSink &sink)
{
    constexpr int stepsUntilCheck = 1024;
    for (int steps = 0; m_stage != Stage::Done && step(text, isAll, sink); ++steps) {
        if (steps % stepsUntilCheck == 0 && sink.isStopped(sink.context))
            return;
    }
    if (!isAll)
        return;
    if (m_stage == Stage::Entries && !m_endsBroken)
        report(m_at, text.size(), sink);
    m_stage = Stage::Done;
}

/// Passes one thing. False: there is no more to see in this text.
bool BundleWalk::step(QByteArrayView text, bool isAll, const ScanSink &sink)
{
    m_at = passSpace(text, m_at);
    if (m_at >= text.size())
        return false;
    switch (m_stage) {
    case Stage::Start:
        if (text[m_at] != '{') {
            m_stage = Stage::Done;
            return false;
        }
        ++m_at;
        m_stage = Stage::Members;
        return true;
    case Stage::Members:
        return passMember(text);
    case Stage::Entries:
        return passEntry(text, isAll, sink);
    case Stage::Done:
        break;
    }
    return false;
}

bool BundleWalk::passMember(QByteArrayView text)
{
    if (text[m_at] == ',') {
        ++m_at;
        return true;
    }
    if (text[m_at] != '"') { // the end of the object, or no JSON
        m_stage = Stage::Done;
        return false;
    }
    const qsizetype nameEnd = passString(text, m_at);
    if (nameEnd == unknown)
        return false;
    const QByteArrayView name = text.sliced(m_at, nameEnd - m_at);
    const qsizetype colon = passSpace(text, nameEnd);
    if (colon >= text.size())
        return false;
    const qsizetype value = passSpace(text, colon + 1);
    if (value >= text.size())
        return false;
    if (text[colon] != ':') {
        m_stage = Stage::Done;
        return false;
    }
    if (name == "\"entry\"") {
        m_stage = text[value] == '[' ? Stage::Entries : Stage::Done;
        m_at = value + 1;
        return m_stage == Stage::Entries;
    }
    const qsizetype end = passValue(text, value);
    if (end == unknown)
        return false;
    m_at = end;
    return true;
}

bool BundleWalk::passEntry(QByteArrayView text, bool isAll, const ScanSink &sink)
{
    if (text[m_at] == ',') {
        ++m_at;
        return true;
    }
    if (text[m_at] == ']') {
        m_stage = Stage::Done;
        return false;
    }
    const qsizetype end = passValue(text, m_at);
    const bool isStray = end == m_at; // a bracket that closes nothing
    if (end == unknown && !isAll)
        return false;
    const qsizetype to = end == unknown || isStray ? text.size() : end;
    if (end != unknown && !isStray && scanKernel().entry(text.data(), text.data() + m_at, text.data() + to, sink)) {
        m_at = to;
        m_endsBroken = false;
        return true;
    }
    report(m_at, to, sink);
    m_at = to;
    return m_at < text.size();
}

} // namespace credenza
