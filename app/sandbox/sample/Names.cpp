// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Names.h"

#include <array>

namespace credenza::sandbox
{

namespace
{

constexpr std::array female{u"Ada",   u"Alice", u"Amara",  u"Anna",   u"Beatriz", u"Carla", u"Chloe", u"Clara",
                            u"Diana", u"Elena", u"Emma",   u"Fatima", u"Grace",   u"Hana",  u"Ines",  u"Iris",
                            u"Julia", u"Karin", u"Laila",  u"Leona",  u"Lucia",   u"Maria", u"Mei",   u"Mila",
                            u"Nadia", u"Nora",  u"Olivia", u"Paula",  u"Priya",   u"Rosa",  u"Ruth",  u"Sara",
                            u"Sofia", u"Tessa", u"Uma",    u"Vera",   u"Wanda",   u"Yara",  u"Yuki",  u"Zoë"};
constexpr std::array male{u"Adam",   u"Alan",   u"Amir",  u"Andre", u"Anton",  u"Ben",    u"Boris", u"Carlos",
                          u"Chen",   u"Daniel", u"David", u"Diego", u"Emil",   u"Eric",   u"Felix", u"Finn",
                          u"George", u"Hugo",   u"Ivan",  u"Jakob", u"Jamal",  u"Jonas",  u"José",  u"Karl",
                          u"Kenji",  u"Leo",    u"Liam",  u"Luis",  u"Marco",  u"Mateo",  u"Max",   u"Nils",
                          u"Noah",   u"Omar",   u"Oscar", u"Paul",  u"Rafael", u"Samuel", u"Tariq", u"Viktor"};
constexpr std::array family{
    u"Sample",    u"Testcase",  u"Mockwell",  u"Fakenham",  u"Placeholder", u"Dummett",   u"Exampleton",   u"Synthe",
    u"Trialford", u"Specimen",  u"Protoman",  u"Fixture",   u"Stubbs-Test", u"Demoski",   u"Modelmann",    u"Pretendo",
    u"Simulaki",  u"Draftson",  u"Templater", u"Loremar",   u"Ipsumsen",    u"Faux",      u"Nonesuch",     u"Fictoria",
    u"Imaginer",  u"Unrealty",  u"Madeupson", u"Figment",   u"Showcase",    u"Sandboxer", u"Testino-Ruiz", u"O'Sample",
    u"van Mock",  u"Abstracto", u"Phantomas", u"Virtuanen", u"Seedling",    u"Randomsky", u"Nullmeier",    u"Variable"};

template <std::size_t Size> QString pick(const std::array<const char16_t *, Size> &names, int number)
{
    return QString::fromUtf16(names[static_cast<std::size_t>(number) % Size]);
}

} // namespace

QString givenName(int number, bool isFemale)
{
    return isFemale ? pick(female, number) : pick(male, number);
}

QString familyName(int number)
{
    return pick(family, number);
}

} // namespace credenza::sandbox
