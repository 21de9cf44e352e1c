# SPDX-License-Identifier: Apache-2.0
"""A server that does not know the key yet is asked again until it accepts it, and the desktop says so while the window is
minimized; a click on that brings it back. The desktop's notification service is one that stands in for it on the
session bus. The first wait is half a minute, as for everybody."""

import json
import os
import subprocess
import sys
import threading
import urllib.request

import pyatspi
from gi.repository import Gio, GLib

from accessible_desktop import application, find, find_text, focused, key, type_text, wait

SERVICE = """<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
</interface></node>"""
PATH = "/org/freedesktop/Notifications"
PASSPHRASE = "otter gravel ninth lantern"

programs = sys.argv[1]
home = os.environ["HOME"]
vault = os.path.join(home, "waiting.credenza")
buses, shown = [], []


def answer(_bus, _sender, _path, _interface, method, parameters, invocation):
    if method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["body", "actions"],)))
        return
    _, _, _, title, body, _, _, _ = parameters.unpack()
    shown.append((title, body))
    invocation.return_value(GLib.Variant("(u)", (len(shown),)))


def own_service(bus, _name):
    bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(SERVICE).interfaces[0], answer, None, None)
    buses.append(bus)


def set_fault(name):
    body = json.dumps({"fault": name}).encode()
    origin = ready["fhirBaseUrl"].split("/", 3)
    request = urllib.request.Request(f"{origin[0]}//{origin[2]}/fault", data=body, method="PUT")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as reply:
        assert reply.status in (200, 204), reply.status


def cli(*arguments):
    subprocess.run(
        [os.path.join(programs, "credenza-cli"), "--vault", vault, "--passphrase-file", "-", *arguments],
        input=PASSPHRASE + "\n", text=True, check=True, stdout=subprocess.DEVNULL,
    )


def is_on_screen():
    """Whether the window is more than an entry in a task list. What may have the keyboard is the window manager's."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Credenza$"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def waiting_for_acceptance():
    focused("Passphrase")
    type_text(PASSPHRASE)
    key("Return")
    find("Alder Creek, Local, never tested", pyatspi.ROLE_LIST_ITEM)
    key("Right", "Return", "ctrl+k")
    focused("Find a credential or an action")
    type_text("retry until")
    key("Return")
    find_text("again at")
    set_fault(None)
    subprocess.run(["xdotool", "getactivewindow", "windowminimize"], check=True)
    wait("the window stays", lambda: not is_on_screen())
    wait("nothing was notified", lambda: shown, patience=90)
    assert shown == [("Alder Creek", "The server accepts it now.")], shown
    print("ok: accepted at last, and the desktop says so")
    buses[0].emit_signal(
        None, PATH, "org.freedesktop.Notifications", "ActionInvoked", GLib.Variant("(us)", (1, "default"))
    )
    wait("the window does not come back", is_on_screen)
    find("Alder Creek, Local, passed", pyatspi.ROLE_LIST_ITEM)
    print("ok: the notification leads to the window")


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, own_service, None, None)
loop = GLib.MainLoop()
threading.Thread(target=loop.run, daemon=True).start()
wait("the service is not on the bus", lambda: buses)
sandbox = subprocess.Popen(
    [os.path.join(programs, "credenza-sandbox"), "--patients", "5", "--data-dir", os.path.join(home, "sandbox"),
     "--fault", "key-not-synced"],
    stdout=subprocess.PIPE,
)
ready = json.loads(sandbox.stdout.readline())
credenza = None
try:
    cli("vault", "create", "--kdf-memory", "8", "--kdf-passes", "1")
    cli("add", "--name", "Alder Creek", "--base-url", ready["fhirBaseUrl"], "--client-id", ready["clientId"],
        "--key", ready["privateKeyFile"])
    credenza = subprocess.Popen([os.path.join(programs, "credenza"), "--vault", vault])
    wait("the application is not in the accessibility tree", application)
    waiting_for_acceptance()
finally:
    for process in (credenza, sandbox):
        if process is not None:
            process.terminate()
            process.wait(10)
