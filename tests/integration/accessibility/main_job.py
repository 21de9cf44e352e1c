# SPDX-License-Identifier: Apache-2.0
"""The main job, done as somebody does it who neither sees the screen nor uses a pointer: create a vault, add a
credential, test it against a local sandbox, save it, lock, unlock. Everything is found in the accessibility tree by
role and name, and everything is typed on the keyboard."""

import json
import os
import subprocess
import sys
import time

import pyatspi

PASSPHRASE = "otter gravel ninth lantern"
PATIENCE = 30.0

# Roles that must always say what they are.
NAMED_ROLES = {
    pyatspi.ROLE_PUSH_BUTTON,
    pyatspi.ROLE_TOGGLE_BUTTON,
    pyatspi.ROLE_CHECK_BOX,
    pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_COMBO_BOX,
    pyatspi.ROLE_TEXT,
    pyatspi.ROLE_PASSWORD_TEXT,
    pyatspi.ROLE_LIST,
    pyatspi.ROLE_TABLE,
}


def nodes(node, depth=0):
    """Everything that is showing below a node."""
    if depth > 30:
        return
    try:
        children = list(node)
    except Exception:  # it went away meanwhile
        return
    for child in children:
        try:
            if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
                continue
        except Exception:
            continue
        yield child
        yield from nodes(child, depth + 1)


def application():
    desktop = pyatspi.Registry.getDesktop(0)
    for found in desktop:
        if found is not None and found.name.lower() == "credenza":
            return found
    return None


def wait(what, condition):
    """The first truthy value of `condition`, or a failure that shows what there was instead."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    print(f"FAIL: {what}", file=sys.stderr)
    if application():
        for node in nodes(application()):
            if node.name:
                print(f"  {node.getRoleName()}: {node.name}", file=sys.stderr)
    sys.exit(1)


def find(name, role=None):
    def look():
        app = application()
        for node in nodes(app) if app else ():
            try:
                if (role is None or node.getRole() == role) and node.name.startswith(name):
                    return node
            except Exception:
                continue
        return None

    return wait(f"nothing named “{name}”", look)


def focused(name):
    """Waits until the control of that name has the keyboard."""

    def look():
        app = application()
        for node in nodes(app) if app else ():
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED) and node.name.startswith(name):
                    return node
            except Exception:
                continue
        return None

    return wait(f"“{name}” does not get the focus", look)


def key(keys):
    """Presses a key or combination as X names it: "Tab", "ctrl+n"."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)


def tab_to(name):
    """Moves with Tab until the control of that name has the keyboard."""
    for _ in range(40):
        app = application()
        for node in nodes(app):
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED) and node.name.startswith(name):
                    return node
            except Exception:
                continue
        key("Tab")
        time.sleep(0.15)
    return wait(f"Tab does not reach “{name}”", lambda: None)


def check_names(where):
    nameless = []
    for node in nodes(application()):
        try:
            if node.getRole() in NAMED_ROLES and not node.name.strip():
                nameless.append(node.getRoleName())
        except Exception:
            continue
    if nameless:
        print(f"FAIL: without a name on {where}: {nameless}", file=sys.stderr)
        sys.exit(1)
    print(f"ok: {where}: every control has a name")


def main_job(programs, home):
    ready = json.loads(sandbox.stdout.readline())
    find("Create your vault")
    check_names("Welcome")
    tab_to("Passphrase, required")
    type_text(PASSPHRASE)
    tab_to("Repeat, required")
    type_text(PASSPHRASE)
    key("Return")

    find("Add Credential", pyatspi.ROLE_LIST_ITEM)
    focused("")
    check_names("Authenticate")
    key("ctrl+n")
    focused("Credential Name")
    type_text("Spoken sandbox")
    tab_to("FHIR Base URL")
    type_text(ready["fhirBaseUrl"])
    tab_to("Client ID")
    type_text(ready["clientId"])
    tab_to("Choose file")
    key("space")
    focused("File name")
    type_text(ready["privateKeyFile"])
    key("Return")
    find("RSA 2048")
    check_names("Add New Credential")
    tab_to("Test connection")
    key("space")
    find("Passed")
    print("ok: the connection test passed and says so")
    key("ctrl+s")
    find("Spoken sandbox, Local, passed", pyatspi.ROLE_LIST_ITEM)
    print("ok: saved; its tile says what a screen reader needs")

    key("ctrl+k")
    focused("Find a credential or an action")
    type_text("lock the")
    key("Return")
    focused("Passphrase")
    check_names("Unlock")
    type_text(PASSPHRASE)
    key("Return")
    find("Spoken sandbox, Local, passed", pyatspi.ROLE_LIST_ITEM)
    print("ok: locked and unlocked from the keyboard")
    for number, screen in enumerate(["Browse", "Keys", "Activity", "Settings"], start=2):
        key(f"ctrl+{number}")
        time.sleep(0.5)
        check_names(screen)


programs = sys.argv[1]
home = os.environ["HOME"]
sandbox = subprocess.Popen(
    [os.path.join(programs, "credenza-sandbox"), "--patients", "5", "--data-dir", os.path.join(home, "sandbox")],
    stdout=subprocess.PIPE,
)
credenza = subprocess.Popen([os.path.join(programs, "credenza"), "--vault", os.path.join(home, "spoken.credenza")])
try:
    wait("the application is not in the accessibility tree", application)
    main_job(programs, home)
finally:
    credenza.terminate()
    sandbox.terminate()
    credenza.wait(10)
    sandbox.wait(10)
