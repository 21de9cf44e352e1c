// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/SampleFiles.h"

#include "app/sandbox/sample/SampleData.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <thread>
#include <vector>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

constexpr quint64 seed = 20'261'125;
constexpr qint64 patients = 10'000'000; // more than any file holds: they are made as they are asked for
constexpr qint64 patientsAtOnce = 64;

/// All resources of some patients, each as compact JSON.
QByteArrayList resourcesOf(const sandbox::SampleData &data, qint64 from, qint64 to)
{
    QByteArrayList texts;
    for (qint64 patient = from; patient < to; ++patient) {
        const sandbox::PatientStory story = data.story(patient);
        for (const sandbox::ResourceType type : sandbox::allResourceTypes) {
            if (!sandbox::belongsToPatient(type))
                continue;
            for (int item = 0; item < story.count(type); ++item)
                texts.append(QJsonDocument(data.ofPatient(type, story, item)).toJson(QJsonDocument::Compact));
        }
    }
    return texts;
}

bool writeResources(const QString &path, qint64 bytes, const QByteArray &head, const QByteArray &between,
                    const QByteArray &tail, const std::function<QByteArray(const QByteArray &)> &wrap)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(head) != head.size())
        return false;
    const sandbox::SampleData data(seed, patients);
    const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
    bool isFirst = true;
    for (qint64 patient = 0; file.pos() < bytes; patient += patientsAtOnce * processors) {
        std::vector<QByteArrayList> pieces(processors);
        {
            std::vector<std::jthread> workers;
            for (unsigned worker = 0; worker < processors; ++worker)
                workers.emplace_back([&, worker] {
                    const qint64 from = patient + worker * patientsAtOnce;
                    pieces[worker] = resourcesOf(data, from, from + patientsAtOnce);
                });
        }
        for (const QByteArrayList &piece : pieces) {
            for (const QByteArray &text : piece) {
                if (file.pos() >= bytes)
                    break;
                const QByteArray whole = (isFirst ? QByteArray() : between) + wrap(text);
                isFirst = false;
                if (file.write(whole) != whole.size())
                    return false;
            }
        }
    }
    return file.write(tail) == tail.size() && file.flush();
}

} // namespace

bool writeSampleLines(const QString &path, qint64 bytes)
{
    return writeResources(path, bytes, {}, "\n", "\n", [](const QByteArray &text) { return text; });
}

bool writeSampleBundle(const QString &path, qint64 bytes)
{
    return writeResources(path, bytes, R"({"resourceType":"Bundle","type":"collection","entry":[)", ",", "]}",
                          [](const QByteArray &text) { return "{\"resource\":" + text + '}'; });
}

} // namespace credenza::test
