# SPDX-License-Identifier: Apache-2.0
"""The file dialogs are the desktop's where it has a portal: a portal that stands in for it on the session bus chooses a
vault for "Open an existing vault…", and one that is dismissed changes nothing. Exit status 77: Qt's plugin is missing."""

import glob
import os
import subprocess
import sys
import threading

from gi.repository import Gio, GLib

from accessible_desktop import application, find, focused, wait

FILE_CHOOSER = """<node><interface name="org.freedesktop.portal.FileChooser">
  <method name="OpenFile">
    <arg type="s" name="parent_window" direction="in"/><arg type="s" name="title" direction="in"/>
    <arg type="a{sv}" name="options" direction="in"/><arg type="o" name="handle" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface></node>"""

if not glob.glob("/usr/lib/*/qt6/plugins/platformthemes/libqxdgdesktopportal.so"):
    print("qt6-xdgdesktopportal-platformtheme is not installed")
    sys.exit(77)

programs = sys.argv[1]
home = os.environ["HOME"]
vault = os.path.join(home, "chosen.credenza")
answers = [(1, []), (0, [GLib.filename_to_uri(vault, None)])]  # dismissed first, then a choice
asked = []


def answer(bus, sender, path, interface, method, parameters, invocation):
    """Answers the way portals do: the request's path at once, its Response a little later."""
    _, title, options = parameters.unpack()
    asked.append(title)
    handle = f"/org/freedesktop/portal/desktop/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
    invocation.return_value(GLib.Variant("(o)", (handle,)))
    code, uris = answers.pop(0)
    response = GLib.Variant("(ua{sv})", (code, {"uris": GLib.Variant("as", uris)}))
    GLib.timeout_add(50, lambda: bus.emit_signal(sender, handle, "org.freedesktop.portal.Request", "Response", response) and False)


def own_portal(bus, _name):
    bus.register_object(
        "/org/freedesktop/portal/desktop", Gio.DBusNodeInfo.new_for_xml(FILE_CHOOSER).interfaces[0],
        answer, lambda *_: GLib.Variant("u", 3), None,
    )


portals = os.path.join(home, "share", "xdg-desktop-portal", "portals")
os.makedirs(portals)
with open(os.path.join(portals, "test.portal"), "w", encoding="utf-8") as file:
    file.write("[portal]\nDBusName=org.freedesktop.impl.portal.desktop.test\n"
               "Interfaces=org.freedesktop.impl.portal.FileChooser;\n")
os.environ["XDG_DATA_DIRS"] = os.path.join(home, "share") + ":/usr/local/share:/usr/share"
subprocess.run(
    [os.path.join(programs, "credenza-cli"), "--vault", vault, "--passphrase-file", "-", "vault", "create",
     "--kdf-memory", "8", "--kdf-passes", "1"],
    input="otter gravel ninth lantern\n", text=True, check=True, stdout=subprocess.DEVNULL,
)
Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE, own_portal, None, None)
loop = GLib.MainLoop()
threading.Thread(target=loop.run, daemon=True).start()

credenza = subprocess.Popen([os.path.join(programs, "credenza")])
try:
    wait("the application is not in the accessibility tree", application)
    find("Open an existing vault").queryAction().doAction(0)
    wait("the portal was not asked", lambda: len(asked) == 1)
    find("Create your vault")
    print("ok: a dismissed dialog changes nothing")
    find("Open an existing vault").queryAction().doAction(0)
    wait("the portal was not asked again", lambda: len(asked) == 2)
    focused("Passphrase")
    find("Unlock chosen")
    print("ok: the vault chosen in the desktop's dialog is opened")
finally:
    credenza.terminate()
    credenza.wait(10)
