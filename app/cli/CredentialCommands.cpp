// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CredentialCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/CredentialText.h"
#include "app/cli/FieldOptions.h"
#include "core/credentials/KeyExpiry.h"
#include "core/credentials/SavedCredentials.h"
#include "core/credentials/Validation.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct CredentialCommandText {
    Q_DECLARE_TR_FUNCTIONS(CredentialCommandText)
};
using Text = CredentialCommandText;

struct ListFilter {
    QString text;
    QString tag;
    bool isFavorite = false;
    std::optional<int> expiringDays; ///< only keys that expire within so many days
    QDateTime now;

    [[nodiscard]] bool accepts(const Credential &credential) const
    {
        if (isFavorite && !credential.isFavorite)
            return false;
        const auto days = daysToKeyExpiry(credential.keyExpiresAt, now);
        if (expiringDays && !(days && *days <= *expiringDays))
            return false;
        if (!tag.isEmpty() && !credential.tags.contains(tag, Qt::CaseInsensitive))
            return false;
        const auto holds = [this](const QString &field) { return field.contains(text, Qt::CaseInsensitive); };
        return text.isEmpty() || holds(credential.name) || holds(credential.description) ||
               holds(credential.fhirBaseUrl) || holds(credential.clientId) || holds(credential.notes) ||
               std::ranges::any_of(credential.tags, holds);
    }
};

/// Prints what was saved: the card for scripts, `note` for people.
void printSaved(Output &output, const Credential &credential, const QString &note)
{
    if (output.isJson())
        output.json(cardJson(credential));
    else
        output.note(note);
}

void warnOfFindings(Output &output, const Validation &validation)
{
    for (const auto &[field, finding] : validation.findings) {
        if (finding.state == Finding::State::Warning)
            output.warning(u"%1: %2 %3"_s.arg(nameOf(field), finding.message, finding.fix).trimmed());
    }
}

Result<ExitStatus> addCredential(CommandContext &context, const FieldOptions &fields)
{
    const CredentialDraft draft = TRY(fields.draft(context));
    Validation validation = validate(draft);
    TRY(requireValid(validation));
    Credential credential = TRY(toCredential(draft, toDateTime(context.clock().now())));
    Vault vault = TRY(context.openVault());
    compareWithSaved(validation, draft, vault.credentials());
    const Credential saved = TRY(vault.add(std::move(credential), draft.key->imported->pkcs8));
    warnOfFindings(context.output(), validation);
    printSaved(context.output(), saved,
               Text::tr("Added %1 (%2).").arg(saved.name, saved.id.toString(QUuid::WithoutBraces)));
    return ExitStatus::Done;
}

Result<ExitStatus> listCredentials(CommandContext &context, const ListFilter &filter)
{
    const Vault vault = TRY(context.openVault());
    const auto eachShown = [&](const std::function<void(const Credential &)> &visit) {
        vault.eachCredential([&](const Credential &credential) {
            if (filter.accepts(credential))
                visit(credential);
        });
    };
    Output &output = context.output();
    if (output.isJson()) {
        output.jsonArray([&eachShown](const auto &element) {
            eachShown([&element](const Credential &credential) { element(cardJson(credential)); });
        });
    } else {
        CredentialListing table;
        eachShown([&table](const Credential &credential) { table.add(credential); });
        if (table.isEmpty())
            output.note(Text::tr("No credentials."));
        else
            output.textLines([&table](const auto &line) { table.eachLine(line); });
    }
    TRY(requireUndamaged(vault));
    return ExitStatus::Done;
}

Result<ExitStatus> showCredential(CommandContext &context, const QString &name)
{
    const Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, name));
    if (context.output().isJson())
        context.output().json(cardJson(credential));
    else
        context.output().text(detailsOf(credential));
    return ExitStatus::Done;
}

/// Whether saving `changed` would say anything new; when it was saved last is not news.
bool isSameContent(const Credential &saved, const Credential &changed)
{
    Credential undated = changed;
    undated.revision = saved.revision;
    undated.updatedAt = saved.updatedAt;
    return toJson(saved) == toJson(undated);
}

Result<ExitStatus> editCredential(CommandContext &context, const QString &name, const FieldOptions &fields)
{
    if (fields.isEmpty())
        return usageError(Text::tr("There is nothing to change."));
    Vault vault = TRY(context.openVault());
    const Credential saved = TRY(findCredential(vault, name));
    CredentialDraft draft = TRY(fields.changed(draftOf(saved), context));
    Validation validation = validate(draft);
    TRY(requireValid(validation));
    compareWithSaved(validation, draft, vault.credentials(), saved.id);
    const bool hasNewKey = draft.key && draft.key->thumbprint != saved.key.thumbprint;
    if (!hasNewKey)
        draft.key.reset(); // the same key again: what the vault knows of it stays as it is
    Credential changed = TRY(toCredential(draft, toDateTime(context.clock().now()), &saved));
    if (!hasNewKey && isSameContent(saved, changed)) {
        printSaved(context.output(), saved, Text::tr("%1 is like this already; nothing was written.").arg(saved.name));
        return ExitStatus::Done;
    }
    const Credential stored = TRY(vault.update(std::move(changed), hasNewKey ? &draft.key->imported->pkcs8 : nullptr));
    warnOfFindings(context.output(), validation);
    printSaved(context.output(), stored, Text::tr("Changed %1.").arg(stored.name));
    return ExitStatus::Done;
}

Result<ExitStatus> removeCredential(CommandContext &context, const QString &name)
{
    Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, name));
    TRY(vault.remove(credential.id));
    printSaved(context.output(), credential, Text::tr("Moved %1 to the trash.").arg(credential.name));
    return ExitStatus::Done;
}

} // namespace

void addCredentialCommands(CLI::App &app, Command &selected)
{
    const QString nameDescription = Text::tr("Name or id of the credential");

    CLI::App *add = app.add_subcommand("add", utf8(Text::tr("Save a new credential")));
    const auto newFields = std::make_shared<FieldOptions>();
    newFields->addTo(*add);
    add->callback([&selected, newFields] {
        selected = [newFields](CommandContext &context) { return addCredential(context, *newFields); };
    });

    CLI::App *list = app.add_subcommand("list", utf8(Text::tr("List credentials, in order of name")));
    const auto filter = std::make_shared<ListFilter>();
    addText(*list, "--filter", filter->text,
            Text::tr("Only those with this in name, description, base URL, client ID, notes or a tag"), "TEXT");
    addText(*list, "--tag", filter->tag, Text::tr("Only those with this tag"), "TAG");
    list->add_flag("--favorite,--favourite", filter->isFavorite, utf8(Text::tr("Only favorites")));
    list->add_option("--expiring", filter->expiringDays,
                     utf8(Text::tr("Only those whose key expires within so many days, or has expired")))
        ->type_name("DAYS");
    list->callback([&selected, filter] {
        selected = [filter](CommandContext &context) {
            filter->now = toDateTime(context.clock().now());
            return listCredentials(context, *filter);
        };
    });

    CLI::App *show = app.add_subcommand("show", utf8(Text::tr("Show a credential, without its private key")));
    const auto shownName = std::make_shared<QString>();
    addText(*show, "NAME", *shownName, nameDescription, "")->required();
    show->callback([&selected, shownName] {
        selected = [shownName](CommandContext &context) { return showCredential(context, *shownName); };
    });

    CLI::App *edit =
        app.add_subcommand("edit", utf8(Text::tr("Change a credential; fields that are not given stay as they are")));
    const auto editedName = std::make_shared<QString>();
    const auto changes = std::make_shared<FieldOptions>();
    addText(*edit, "NAME", *editedName, nameDescription, "")->required();
    changes->addTo(*edit);
    edit->callback([&selected, editedName, changes] {
        selected = [editedName, changes](CommandContext &context) {
            return editCredential(context, *editedName, *changes);
        };
    });

    CLI::App *remove = app.add_subcommand("rm", utf8(Text::tr("Move a credential and its private key to the trash")));
    const auto removedName = std::make_shared<QString>();
    addText(*remove, "NAME", *removedName, nameDescription, "")->required();
    remove->callback([&selected, removedName] {
        selected = [removedName](CommandContext &context) { return removeCredential(context, *removedName); };
    });
}

} // namespace credenza::cli
