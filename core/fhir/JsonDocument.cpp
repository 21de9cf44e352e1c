// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/JsonDocument.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct JsonText {
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

namespace ondemand = simdjson::ondemand;

constexpr qsizetype largestText = 0xffff'0000; // simdjson's places are 32 bits wide

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

QString briefly(const char *text, quint32 length)
{
    constexpr quint32 longestBrief = 16 * 1024;
    if (length <= longestBrief)
        return QString::fromUtf8(text, static_cast<qsizetype>(length));
    quint32 end = longestBrief;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) // in the middle of a character
        --end;
    return QString::fromUtf8(text, static_cast<qsizetype>(end)) + u'…';
}

/// The grammar of RFC 8259 §6; simdjson would refuse what does not fit a double, which is a fine FHIR decimal.
bool isNumber(std::string_view text)
{
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at > from;
    };
    if (at < text.size() && text[at] == '-')
        ++at;
    const bool startsWithZero = at < text.size() && text[at] == '0';
    const std::size_t integerFrom = at;
    if (!digits() || (startsWithZero && at > integerFrom + 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits())
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == text.size();
}

std::string_view withoutTrailingSpace(std::string_view text)
{
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

bool isNamed(QByteArrayView name, QStringView wanted)
{
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    if (!std::ranges::all_of(wanted, isAscii))
        return QString::fromUtf8(name) == wanted;
    return name.size() == wanted.size() &&
           std::ranges::equal(name, wanted, [](char c, QChar w) { return static_cast<unsigned char>(c) == w.unicode(); });
}

Failure failure(simdjson::error_code error, qsizetype offset)
{
    if (error == simdjson::DEPTH_ERROR)
        return fail(ErrorKind::InvalidInput, u"json.too-deep"_s,
                    JsonText::tr("It is nested more than %1 levels deep.").arg(JsonDocument::maximumDepth));
    if (error == simdjson::UTF8_ERROR)
        return fail(ErrorKind::InvalidInput, u"json.not-utf8"_s, JsonText::tr("It holds bytes that are not UTF-8."));
    if (error == simdjson::UNCLOSED_STRING)
        return fail(ErrorKind::InvalidInput, u"json.invalid"_s, JsonText::tr("Not JSON: it ends inside a string."));
    if (error == simdjson::EMPTY)
        return fail(ErrorKind::InvalidInput, u"json.invalid"_s, JsonText::tr("Not JSON: there is nothing."));
    return fail(ErrorKind::InvalidInput, u"json.invalid"_s,
                offset < 0 ? JsonText::tr("Not JSON.") : JsonText::tr("Not JSON from byte %1 on.").arg(offset));
}

} // namespace

/// Fills the nodes of a document from simdjson's walk over the text.
class JsonReader
{
public:
    explicit JsonReader(JsonDocument &document) : m_nodes(document.m_nodes), m_unescaped(document.m_unescaped) {}

    simdjson::error_code read(ondemand::document &text);
    [[nodiscard]] bool isScalar() const { return m_scalar; }

private:
    simdjson::error_code readValue(ondemand::value value, quint32 node, int depth);
    template <typename Container> simdjson::error_code readArray(Container array, quint32 node, int depth);
    template <typename Container> simdjson::error_code readObject(Container object, quint32 node, int depth);
    simdjson::error_code readString(ondemand::value value, quint32 node);
    simdjson::error_code readName(ondemand::field &field, std::string_view &name);
    quint32 append(quint32 parent, quint32 &previous, std::string_view name);
    [[nodiscard]] std::string_view kept(std::string_view text);
    void setText(quint32 node, std::string_view text);

    std::vector<JsonDocument::Node> &m_nodes;
    std::pmr::monotonic_buffer_resource &m_unescaped;
    bool m_scalar = false;
};

std::string_view JsonReader::kept(std::string_view text)
{
    if (text.empty())
        return {};
    auto *copy = static_cast<char *>(m_unescaped.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

void JsonReader::setText(quint32 node, std::string_view text)
{
    m_nodes[node].text = text.data();
    m_nodes[node].textLength = static_cast<quint32>(text.size());
}

simdjson::error_code JsonReader::readName(ondemand::field &field, std::string_view &name)
{
    const char *start = field.key().raw();
    const std::size_t length = std::strcspn(start, "\"\\"); // there is a quote: the text was scanned
    if (start[length] == '"') {
        name = {start, length};
        return simdjson::SUCCESS;
    }
    std::string_view unescaped;
    if (const auto error = field.unescaped_key().get(unescaped))
        return error;
    name = kept(unescaped);
    return simdjson::SUCCESS;
}

simdjson::error_code JsonReader::readString(ondemand::value value, quint32 node)
{
    m_nodes[node].kind = JsonKind::String;
    const std::string_view token = withoutTrailingSpace(value.raw_json_token());
    const bool isPlain = token.size() >= 2 && token.back() == '"' && std::memchr(token.data(), '\\', token.size()) == nullptr;
    if (isPlain) {
        setText(node, token.substr(1, token.size() - 2));
        return simdjson::SUCCESS;
    }
    std::string_view text;
    if (const auto error = value.get_string().get(text))
        return error;
    setText(node, kept(text));
    return simdjson::SUCCESS;
}

quint32 JsonReader::append(quint32 parent, quint32 &previous, std::string_view name)
{
    const auto index = static_cast<quint32>(m_nodes.size());
    m_nodes.emplace_back();
    m_nodes[index].name = name.data();
    m_nodes[index].nameLength = static_cast<quint32>(name.size());
    m_nodes[index].parent = parent;
    m_nodes[parent].children++;
    if (previous == 0)
        m_nodes[parent].firstChild = index;
    else
        m_nodes[previous].next = index;
    previous = index;
    return index;
}

template <typename Container> simdjson::error_code JsonReader::readArray(Container array, quint32 node, int depth)
{
    m_nodes[node].kind = JsonKind::Array;
    quint32 previous = 0;
    for (auto element : array) {
        ondemand::value value;
        if (const auto error = element.get(value))
            return error;
        const quint32 child = append(node, previous, {});
        if (const auto error = readValue(value, child, depth + 1))
            return error;
    }
    return simdjson::SUCCESS;
}

template <typename Container> simdjson::error_code JsonReader::readObject(Container object, quint32 node, int depth)
{
    m_nodes[node].kind = JsonKind::Object;
    quint32 previous = 0;
    for (auto member : object) {
        ondemand::field field;
        if (const auto error = std::move(member).get(field))
            return error;
        std::string_view name;
        if (const auto error = readName(field, name))
            return error;
        const quint32 child = append(node, previous, name);
        if (const auto error = readValue(field.value(), child, depth + 1))
            return error;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code JsonReader::readValue(ondemand::value value, quint32 node, int depth)
{
    if (depth > JsonDocument::maximumDepth)
        return simdjson::DEPTH_ERROR;
    ondemand::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    switch (type) {
    case ondemand::json_type::array: {
        ondemand::array array;
        if (const auto error = value.get_array().get(array))
            return error;
        return readArray(array, node, depth);
    }
    case ondemand::json_type::object: {
        ondemand::object object;
        if (const auto error = value.get_object().get(object))
            return error;
        return readObject(object, node, depth);
    }
    case ondemand::json_type::string:
        return readString(value, node);
    case ondemand::json_type::boolean: {
        bool truth = false;
        if (const auto error = value.get_bool().get(truth))
            return error;
        m_nodes[node].kind = JsonKind::Boolean;
        setText(node, truth ? "true" : "false");
        return simdjson::SUCCESS;
    }
    case ondemand::json_type::number: {
        const std::string_view token = withoutTrailingSpace(value.raw_json_token());
        if (!isNumber(token))
            return simdjson::NUMBER_ERROR;
        m_nodes[node].kind = JsonKind::Number;
        setText(node, token);
        return simdjson::SUCCESS;
    }
    case ondemand::json_type::null:
        break;
    }
    return withoutTrailingSpace(value.raw_json_token()) == "null" ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
}

simdjson::error_code JsonReader::read(ondemand::document &text)
{
    m_nodes.emplace_back();
    ondemand::json_type type{};
    if (const auto error = text.type().get(type))
        return error;
    simdjson::error_code error = simdjson::SUCCESS;
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        error = text.get_object().get(object);
        if (!error)
            error = readObject(object, 0, 1);
    } else if (type == ondemand::json_type::array) {
        ondemand::array array;
        error = text.get_array().get(array);
        if (!error)
            error = readArray(array, 0, 1);
    } else {
        m_scalar = true;
        return simdjson::SUCCESS;
    }
    const char *place = nullptr; // known as long as there is something left to read
    if (!error && text.current_location().get(place) == simdjson::SUCCESS)
        return simdjson::TRAILING_CONTENT;
    return error;
}

Result<std::shared_ptr<const JsonDocument>> JsonDocument::parse(QByteArrayView text)
{
    if (text.startsWith("\xef\xbb\xbf"))
        text = text.sliced(3);
    if (text.size() > largestText)
        return failure(simdjson::CAPACITY, -1);
    auto read = std::make_shared<JsonDocument>();
    const auto size = static_cast<std::size_t>(text.size());
    read->m_textSize = text.size();
    read->m_text = std::make_unique_for_overwrite<char[]>(size + simdjson::SIMDJSON_PADDING);
    std::ranges::copy(text, read->m_text.get());
    std::memset(read->m_text.get() + size, 0, simdjson::SIMDJSON_PADDING);
    ondemand::parser parser;
    // One level more than is read, so that the reader is the one that says "too deep".
    if (parser.allocate(size, maximumDepth + 2) != simdjson::SUCCESS)
        return failure(simdjson::CAPACITY, -1);
    ondemand::document document;
    if (const auto error = parser.iterate(read->m_text.get(), size, size + simdjson::SIMDJSON_PADDING).get(document))
        return failure(error, -1);
    constexpr std::size_t bytesOfNode = 24; // about, in what people write
    read->m_nodes.reserve(std::min<std::size_t>(size / bytesOfNode + 8, 1U << 20U));
    JsonReader reader(*read);
    if (const auto error = reader.read(document)) {
        const char *place = nullptr;
        const bool isKnown = document.current_location().get(place) == simdjson::SUCCESS;
        return failure(error, isKnown ? place - read->m_text.get() : -1);
    }
    read->makeTables();
    if (reader.isScalar())
        return fail(ErrorKind::InvalidInput, u"json.no-object"_s, JsonText::tr("Neither a JSON object nor an array."));
    return std::shared_ptr<const JsonDocument>(std::move(read));
}

void JsonDocument::makeTables()
{
    for (quint32 at = 0; at < m_nodes.size(); ++at) {
        const Node &node = m_nodes[at];
        if (node.kind != JsonKind::Object || node.children < wideObject)
            continue;
        QHash<QByteArrayView, quint32> table;
        table.reserve(node.children);
        for (quint32 child = node.firstChild; child != 0; child = m_nodes[child].next) {
            if (!table.contains(nameOf(child))) // the first of a name
                table.insert(nameOf(child), child);
        }
        m_tables.insert(at, std::move(table));
    }
}

JsonKind JsonValue::kind() const
{
    return m_document == nullptr ? JsonKind::Absent : m_document->m_nodes[m_index].kind;
}

QString JsonValue::name() const
{
    return m_document == nullptr ? QString() : QString::fromUtf8(m_document->nameOf(m_index));
}

QString JsonValue::text() const
{
    if (m_document == nullptr)
        return {};
    const JsonDocument::Node &node = m_document->m_nodes[m_index];
    return QString::fromUtf8(node.text, static_cast<qsizetype>(node.textLength));
}

QString JsonValue::brief() const
{
    if (m_document == nullptr)
        return {};
    const JsonDocument::Node &node = m_document->m_nodes[m_index];
    return briefly(node.text, node.textLength);
}

qsizetype JsonValue::textBytes() const
{
    return m_document == nullptr ? 0 : static_cast<qsizetype>(m_document->m_nodes[m_index].textLength);
}

QString JsonValue::briefName() const
{
    if (m_document == nullptr)
        return {};
    const JsonDocument::Node &node = m_document->m_nodes[m_index];
    return briefly(node.name, node.nameLength);
}

qsizetype JsonValue::size() const
{
    return m_document == nullptr ? 0 : m_document->m_nodes[m_index].children;
}

JsonValue JsonValue::operator[](QStringView member) const
{
    if (!isObject())
        return {};
    if (m_document->m_nodes[m_index].children >= JsonDocument::wideObject) {
        const quint32 found = m_document->m_tables.value(m_index).value(QByteArrayView(member.toUtf8()), 0);
        return found == 0 ? JsonValue() : JsonValue(m_document, found);
    }
    for (const JsonValue child : *this) {
        if (isNamed(m_document->nameOf(child.m_index), member))
            return child;
    }
    return {};
}

JsonValue JsonValue::at(qsizetype index) const
{
    JsonValue child = firstChild();
    while (index-- > 0 && child.exists())
        child = child.next();
    return child;
}

JsonValue JsonValue::firstChild() const
{
    if (m_document == nullptr)
        return {};
    const quint32 child = m_document->m_nodes[m_index].firstChild;
    return child == 0 ? JsonValue() : JsonValue(m_document, child);
}

JsonValue JsonValue::next() const
{
    if (m_document == nullptr)
        return {};
    const quint32 sibling = m_document->m_nodes[m_index].next;
    return sibling == 0 ? JsonValue() : JsonValue(m_document, sibling);
}

JsonValue JsonValue::parent() const
{
    return m_document == nullptr || m_index == 0 ? JsonValue()
                                                 : JsonValue(m_document, m_document->m_nodes[m_index].parent);
}

std::size_t JsonValue::nodes() const
{
    if (m_document == nullptr)
        return 0;
    // Nodes stand in the order of the text: what is below a value ends where the next value after it begins.
    for (JsonValue value = *this; value.exists(); value = value.parent()) {
        if (const JsonValue behind = value.next(); behind.exists())
            return behind.m_index - m_index;
    }
    return m_document->m_nodes.size() - m_index;
}

qsizetype JsonValue::position() const
{
    qsizetype position = 0;
    for (JsonValue sibling = parent().firstChild(); sibling.exists() && sibling.m_index != m_index;
         sibling = sibling.next())
        ++position;
    return position;
}

JsonValue::Iterator::Iterator(const JsonValue *value)
{
    if (value == nullptr || !value->exists())
        return;
    m_document = value->m_document;
    m_index = m_document->m_nodes[value->m_index].firstChild;
}

JsonValue JsonValue::Iterator::operator*() const
{
    return {m_document, m_index};
}

JsonValue::Iterator &JsonValue::Iterator::operator++()
{
    m_index = m_document->m_nodes[m_index].next;
    return *this;
}

} // namespace credenza
