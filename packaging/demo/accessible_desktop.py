# SPDX-License-Identifier: Apache-2.0
"""Drives the running application as a person does who neither sees the screen nor uses a pointer: everything is found
in the accessibility tree by role and name, everything is typed on the keyboard (xdotool)."""

import subprocess
import sys
import time

import pyatspi

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


def first_node(accepts):
    app = application()
    for node in nodes(app) if app else ():
        try:
            if accepts(node):
                return node
        except Exception:
            continue
    return None


def wait(what, condition, patience=PATIENCE):
    """The first truthy value of `condition`, or a failure that shows what there was instead."""
    end = time.monotonic() + patience
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
    """The first thing showing whose name begins so."""
    return wait(
        f"nothing named “{name}”",
        lambda: first_node(lambda node: (role is None or node.getRole() == role) and node.name.startswith(name)),
    )


def find_text(part):
    """The first thing showing whose name or description has `part` in it."""
    return wait(
        f"nothing says “{part}”", lambda: first_node(lambda node: part in node.name or part in node.description)
    )


def has_focus(node, name):
    return node.getState().contains(pyatspi.STATE_FOCUSED) and node.name.startswith(name)


def focused(name):
    """Waits until the control of that name has the keyboard."""
    return wait(f"“{name}” does not get the focus", lambda: first_node(lambda node: has_focus(node, name)))


def gone(name):
    """Waits until nothing of that name is showing."""
    wait(f"“{name}” stays", lambda: not first_node(lambda node: node.name.startswith(name)))


def key(*keys):
    """Presses keys or combinations as X names them: "Tab", "ctrl+n"."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def type_text(text):
    """Types into what has the keyboard. By standard input: an argument would show in the list of processes."""
    subprocess.run(["xdotool", "type", "--delay", "5", "--file", "-"], input=text, text=True, check=True)


def replace_text(text):
    key("ctrl+a")
    type_text(text)


def tab_to(name, backwards=False):
    """Moves with Tab until the control of that name has the keyboard."""
    for _ in range(60):
        if found := first_node(lambda node: has_focus(node, name)):
            return found
        key("shift+Tab" if backwards else "Tab")
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
