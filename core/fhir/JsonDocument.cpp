// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/JsonDocument.h"

#include <QCoreApplication>
#include <QHash>

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

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
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

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
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
    explicit JsonReader(JsonDocument &document) : m_nodes(document.m_nodes) {}

    simdjson::error_code read(ondemand::document &text);
    [[nodiscard]] bool isScalar() const { return m_scalar; }

private:
    simdjson::error_code readValue(ondemand::value value, quint32 node, int depth);
    template <typename Container> simdjson::error_code readArray(Container array, quint32 node, int depth);
    template <typename Container> simdjson::error_code readObject(Container object, quint32 node, int depth);
    quint32 append(quint32 parent, quint32 &previous, const QString &name);
    QString shared(std::string_view name);

    std::vector<JsonDocument::Node> &m_nodes;
    QHash<QByteArray, QString> m_names; // the same few names stand in every resource of a Bundle
    bool m_scalar = false;
};

QString JsonReader::shared(std::string_view name)
{
    const auto key = QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size()));
    if (const auto known = m_names.constFind(key); known != m_names.cend())
        return *known;
    const QString text = fromUtf8(name);
    if (m_names.size() < 4096)
        m_names.insert(QByteArray(key.constData(), key.size()), text);
    return text;
}

quint32 JsonReader::append(quint32 parent, quint32 &previous, const QString &name)
{
    const auto index = static_cast<quint32>(m_nodes.size());
    m_nodes.emplace_back();
    m_nodes[index].name = name;
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
        if (const auto error = field.unescaped_key().get(name))
            return error;
        const quint32 child = append(node, previous, shared(name));
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
    case ondemand::json_type::string: {
        std::string_view text;
        if (const auto error = value.get_string().get(text))
            return error;
        m_nodes[node].kind = JsonKind::String;
        m_nodes[node].text = fromUtf8(text);
        return simdjson::SUCCESS;
    }
    case ondemand::json_type::boolean: {
        bool truth = false;
        if (const auto error = value.get_bool().get(truth))
            return error;
        m_nodes[node].kind = JsonKind::Boolean;
        m_nodes[node].text = truth ? u"true"_s : u"false"_s;
        return simdjson::SUCCESS;
    }
    case ondemand::json_type::number: {
        const std::string_view token = withoutTrailingSpace(value.raw_json_token());
        if (!isNumber(token))
            return simdjson::NUMBER_ERROR;
        m_nodes[node].kind = JsonKind::Number;
        m_nodes[node].text = fromUtf8(token);
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
    const simdjson::padded_string padded(text.data(), static_cast<std::size_t>(text.size()));
    ondemand::parser parser;
    // One level more than is read, so that the reader is the one that says "too deep".
    if (parser.allocate(padded.size(), maximumDepth + 2) != simdjson::SUCCESS)
        return failure(simdjson::CAPACITY, -1);
    ondemand::document document;
    if (const auto error = parser.iterate(padded).get(document))
        return failure(error, -1);
    auto read = std::make_shared<JsonDocument>();
    read->m_textSize = text.size();
    JsonReader reader(*read);
    if (const auto error = reader.read(document)) {
        const char *place = nullptr;
        const bool isKnown = document.current_location().get(place) == simdjson::SUCCESS;
        return failure(error, isKnown ? place - padded.data() : -1);
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
        QHash<QString, quint32> table;
        table.reserve(node.children);
        for (quint32 child = node.firstChild; child != 0; child = m_nodes[child].next) {
            if (!table.contains(m_nodes[child].name)) // the first of a name
                table.insert(m_nodes[child].name, child);
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
    return m_document == nullptr ? QString() : m_document->m_nodes[m_index].name;
}

QString JsonValue::text() const
{
    return m_document == nullptr ? QString() : m_document->m_nodes[m_index].text;
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
        const quint32 found = m_document->m_tables.value(m_index).value(member.toString(), 0);
        return found == 0 ? JsonValue() : JsonValue(m_document, found);
    }
    for (const JsonValue child : *this) {
        if (m_document->m_nodes[child.m_index].name == member)
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
