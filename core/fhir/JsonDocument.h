// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QHash>
#include <QString>

#include <memory>
#include <memory_resource>
#include <vector>

namespace credenza
{

class JsonDocument;

/// What a JSON value is.
enum class JsonKind : std::uint8_t { Absent, Null, Boolean, Number, String, Array, Object };

/// A place in a JsonDocument, which must outlive it. Cheap to copy. Asking for what is not there gives an absent value,
/// so that paths can be followed without a check at each step.
class JsonValue
{
public:
    JsonValue() = default;

    [[nodiscard]] JsonKind kind() const;
    [[nodiscard]] bool exists() const { return m_document != nullptr; }
    [[nodiscard]] bool isObject() const { return kind() == JsonKind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == JsonKind::Array; }
    [[nodiscard]] bool isString() const { return kind() == JsonKind::String; }
    [[nodiscard]] bool isNumber() const { return kind() == JsonKind::Number; }
    /// The name under which it stands in its object; empty for elements of arrays and for the root.
    [[nodiscard]] QString name() const;
    /// The text of a string; a number just as it was written (FHIR decimals: 37.0 is not 37); "true", "false". Empty
    /// for all else.
    [[nodiscard]] QString text() const;
    /// The same for the eye: of a text of megabytes the first 16 KiB, and "…".
    [[nodiscard]] QString brief() const;
    [[nodiscard]] QString briefName() const;
    /// Of its text, in UTF-8.
    [[nodiscard]] qsizetype textBytes() const;
    /// Members or elements.
    [[nodiscard]] qsizetype size() const;
    /// The first member of that name.
    [[nodiscard]] JsonValue operator[](QStringView member) const;
    [[nodiscard]] JsonValue at(qsizetype index) const;
    [[nodiscard]] JsonValue firstChild() const;
    [[nodiscard]] JsonValue next() const;
    [[nodiscard]] JsonValue parent() const;
    /// Stable within the document; 0 is the root.
    [[nodiscard]] quint32 index() const { return m_index; }
    /// Itself and all below it.
    [[nodiscard]] std::size_t nodes() const;
    /// Its place among its siblings.
    [[nodiscard]] qsizetype position() const;

    /// For range-based loops over members or elements, in the order of the text.
    class Iterator
    {
    public:
        explicit Iterator(JsonValue const *value);
        JsonValue operator*() const;
        Iterator &operator++();
        bool operator!=(const Iterator &other) const { return m_index != other.m_index; }

    private:
        const JsonDocument *m_document = nullptr;
        quint32 m_index = 0; // 0, the root, is nobody's child: the end
    };
    [[nodiscard]] Iterator begin() const { return Iterator(this); }
    [[nodiscard]] Iterator end() const { return Iterator(nullptr); }

private:
    friend class JsonDocument;
    JsonValue(const JsonDocument *document, quint32 index) : m_document(document), m_index(index) {}

    const JsonDocument *m_document = nullptr;
    quint32 m_index = 0;
};

/// JSON as it was written: members in their order, duplicates and all, numbers with their digits. Read with simdjson,
/// strictly by RFC 8259, at most `maximumDepth` levels deep. Immutable, so it may be read from any thread. Names and
/// texts stay where they stand in a copy of the text: nothing is made for each, and nothing is to be freed for each.
class JsonDocument
{
public:
    static constexpr int maximumDepth = 1000;

    /// Errors (InvalidInput): json.invalid with the byte where it ends being JSON, json.too-deep, json.not-utf8,
    /// json.no-object where it is JSON but neither object nor array.
    [[nodiscard]] static Result<std::shared_ptr<const JsonDocument>> parse(QByteArrayView text);

    [[nodiscard]] JsonValue root() const { return {this, 0}; }
    [[nodiscard]] JsonValue value(quint32 index) const { return {this, index}; }
    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }
    /// Bytes of the text it was read from.
    [[nodiscard]] qsizetype textSize() const { return m_textSize; }

private:
    friend class JsonValue;
    friend class JsonReader;
    struct Node {
        const char *name = nullptr; // UTF-8, in m_text or m_unescaped
        const char *text = nullptr;
        quint32 nameLength = 0;
        quint32 textLength = 0;
        quint32 parent = 0;
        quint32 firstChild = 0; // 0: none
        quint32 next = 0;       // 0: none
        quint32 children = 0;
        JsonKind kind = JsonKind::Null;
    };
    static constexpr quint32 wideObject = 64; // members from which on they are found by a table
    void makeTables();
    [[nodiscard]] QByteArrayView nameOf(quint32 node) const
    {
        return {m_nodes[node].name, static_cast<qsizetype>(m_nodes[node].nameLength)};
    }

    qsizetype m_textSize = 0;
    std::unique_ptr<char[]> m_text;
    std::pmr::monotonic_buffer_resource m_unescaped; // what was written with escapes
    std::vector<Node> m_nodes;
    QHash<quint32, QHash<QByteArrayView, quint32>> m_tables; // of wide objects: their members by name
};

/// The value as JSON text again: on one line for NDJSON, or indented by two spaces for people. Digits stay as they
/// were.
[[nodiscard]] QByteArray toCompactJson(JsonValue value);
[[nodiscard]] QByteArray toIndentedJson(JsonValue value);
/// Indented JSON for the eye alone: strings longer than `longestString` are cut, and say how long they are.
[[nodiscard]] QByteArray toShownJson(JsonValue value, qsizetype longestString);
/// A string with its quotes and escapes.
[[nodiscard]] QByteArray toJsonString(const QString &text);

} // namespace credenza
