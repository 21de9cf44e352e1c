// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <span>

#include <yaml.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KubernetesText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

/// A document of a YAML stream, and reading in it. libyaml owns the nodes; texts are views into them.
class Document
{
public:
    explicit Document(yaml_parser_t &parser) : m_isLoaded(yaml_parser_load(&parser, &m_document) == 1) {}
    ~Document()
    {
        if (m_isLoaded)
            yaml_document_delete(&m_document);
    }
    Q_DISABLE_COPY_MOVE(Document)

    /// False where the stream is no YAML from here on.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Null after the last document.
    [[nodiscard]] const yaml_node_t *root() { return yaml_document_get_root_node(&m_document); }

    [[nodiscard]] std::span<const yaml_node_pair_t> members(const yaml_node_t *node) const
    {
        if (node == nullptr || node->type != YAML_MAPPING_NODE)
            return {};
        return {node->data.mapping.pairs.start, node->data.mapping.pairs.top};
    }
    [[nodiscard]] std::span<const yaml_node_item_t> items(const yaml_node_t *node) const
    {
        if (node == nullptr || node->type != YAML_SEQUENCE_NODE)
            return {};
        return {node->data.sequence.items.start, node->data.sequence.items.top};
    }
    [[nodiscard]] const yaml_node_t *node(int index) { return yaml_document_get_node(&m_document, index); }
    /// Null if there is none of that name.
    [[nodiscard]] const yaml_node_t *member(const yaml_node_t *mapping, QByteArrayView name)
    {
        for (const yaml_node_pair_t &pair : members(mapping)) {
            if (text(node(pair.key)) == name)
                return node(pair.value);
        }
        return nullptr;
    }
    /// Of a scalar; empty for anything else.
    [[nodiscard]] QByteArrayView text(const yaml_node_t *node) const
    {
        if (node == nullptr || node->type != YAML_SCALAR_NODE)
            return {};
        return {reinterpret_cast<const char *>(node->data.scalar.value),
                static_cast<qsizetype>(node->data.scalar.length)};
    }

private:
    yaml_document_t m_document{};
    bool m_isLoaded;
};

LooseFields fieldsOf(Document &document, const yaml_node_t *secret)
{
    LooseFields fields;
    const auto text = [&](int index) { return QString::fromUtf8(document.text(document.node(index))); };
    // `data` is what the server gives back, in base64; `stringData` is what is given to it, and wins.
    for (const yaml_node_pair_t &pair : document.members(document.member(secret, "data"))) {
        const QByteArray decoded = QByteArray::fromBase64(text(pair.value).toLatin1());
        fields.set(text(pair.key), QString::fromUtf8(decoded));
    }
    for (const yaml_node_pair_t &pair : document.members(document.member(secret, "stringData")))
        fields.set(text(pair.key), text(pair.value));
    const QByteArrayView name = document.text(document.member(document.member(secret, "metadata"), "name"));
    if (!name.isEmpty())
        fields.set(u"name"_s, QString::fromUtf8(name));
    return fields;
}

Result<void> readSecret(Document &document, const yaml_node_t *secret, const QString &fallbackName,
                        const QDateTime &now, int &found, ImportedCredentialsBuilder &builder)
{
    if (document.text(document.member(secret, "kind")) != QByteArrayView("Secret"))
        return {};
    LooseFields fields = fieldsOf(document, secret);
    if (!fields.isCredential())
        return {};
    ++found;
    const QString position = KubernetesText::tr("Secret %1").arg(fields.value(u"name"_s));
    CredentialDraft draft = TRY(fields.takeDraft());
    return builder.add(std::move(draft), position, fallbackName, now);
}

/// A Secret, or a List of them. Lists hold no lists: by an alias, one could hold itself.
Result<void> readObject(Document &document, const QString &fallbackName, const QDateTime &now, int &found,
                        ImportedCredentialsBuilder &builder)
{
    TRY(readSecret(document, document.root(), fallbackName, now, found, builder));
    for (const yaml_node_item_t item : document.items(document.member(document.root(), "items")))
        TRY(readSecret(document, document.node(item), fallbackName, now, found, builder));
    return {};
}

/// A parser of `text`, which must outlive it.
class Parser
{
public:
    explicit Parser(QByteArrayView text) : m_isMade(yaml_parser_initialize(&m_parser) == 1)
    {
        if (m_isMade)
            yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.data()),
                                         static_cast<std::size_t>(text.size()));
    }
    ~Parser()
    {
        if (m_isMade)
            yaml_parser_delete(&m_parser);
    }
    Q_DISABLE_COPY_MOVE(Parser)

    [[nodiscard]] bool isMade() const { return m_isMade; }
    [[nodiscard]] yaml_parser_t &get() { return m_parser; }

private:
    yaml_parser_t m_parser{};
    bool m_isMade;
};

/// libyaml's work grows with the square of the depth: a hundred thousand brackets would keep it busy for half a minute.
/// A Secret in a List is five deep.
bool isTooDeep(QByteArrayView text)
{
    constexpr int deepest = 32;
    Parser parser(text);
    yaml_event_t event;
    for (int depth = 0; parser.isMade() && yaml_parser_parse(&parser.get(), &event) == 1;) {
        const yaml_event_type_t type = event.type;
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            return false;
        if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT)
            ++depth;
        else if (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT)
            --depth;
        if (depth > deepest)
            return true;
    }
    return false; // where it is no YAML, loading it says so, with the line
}

} // namespace

bool looksLikeKubernetes(QByteArrayView text)
{
    static const QRegularExpression kind(u"[\"']?kind[\"']?\\s*:\\s*[\"']?(Secret|List)\\b"_s);
    return text.contains("apiVersion") && kind.match(QString::fromUtf8(text)).hasMatch();
}

Result<void> readKubernetes(QByteArrayView text, const QString &fallbackName, const QDateTime &now,
                            ImportedCredentialsBuilder &builder)
{
    if (isTooDeep(text))
        return importMalformed(KubernetesText::tr("it is nested deeper than any Secret."));
    int found = 0;
    Parser parser(text);
    if (!parser.isMade())
        return importMalformed(KubernetesText::tr("there is no memory to read it."));
    while (true) {
        Document document(parser.get());
        if (!document.isLoaded()) // Not what the parser says: it may repeat a value.
            return importMalformed(
                KubernetesText::tr("it is not valid YAML (line %1).").arg(parser.get().problem_mark.line + 1));
        if (document.root() == nullptr)
            break;
        TRY(readObject(document, fallbackName, now, found, builder));
    }
    if (found == 0)
        return importMalformed(KubernetesText::tr("no Secret in it has fhir-base-url and client-id."));
    return {};
}

} // namespace credenza
