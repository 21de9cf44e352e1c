# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on the way, by keyboard and accessibility tree: a wrong passphrase, a test that hangs and is stopped, a
lock in the middle of one, a server that is gone, a deletion taken back, a draft kept and discarded; and a display that
goes away under an open vault."""

import json
import os
import select
import subprocess
import sys
import time

import pyatspi

from accessible_desktop import application, find, find_text, focused, gone, key, tab_to, type_text, wait

PASSPHRASE = "otter gravel ninth lantern"

programs = sys.argv[1]
home = os.environ["HOME"]
vault = os.path.join(home, "mishaps.credenza")


def program(name):
    return os.path.join(programs, name)


def cli(*arguments):
    return subprocess.run(
        [program("credenza-cli"), "--json", "--vault", vault, "--passphrase-file", "-", *arguments],
        input=PASSPHRASE + "\n", text=True, check=True, capture_output=True,
    ).stdout


def start_sandbox(*options):
    process = subprocess.Popen(
        [program("credenza-sandbox"), "--patients", "5", "--data-dir", os.path.join(home, "sandbox"), *options],
        stdout=subprocess.PIPE,
    )
    return process, json.loads(process.stdout.readline())


def tile(state):
    return find(f"Alder Creek, Local, {state}", pyatspi.ROLE_LIST_ITEM)


def unlock():
    focused("Passphrase")
    type_text(PASSPHRASE)
    key("Return")


def mishaps():
    focused("Passphrase")
    type_text("not the passphrase")
    key("Return")
    find_text("Wrong passphrase")
    unlock()
    tile("never tested")
    print("ok: a wrong passphrase is said, the right one opens")

    key("Right", "Return", "ctrl+t")
    tile("testing, step 4")
    key("ctrl+t")
    gone("Alder Creek, Local, testing")
    print("ok: a test that hangs is stopped")

    key("ctrl+t")
    tile("testing, step 4")
    key("ctrl+l")
    unlock()
    tile("never tested")
    print("ok: locked in the middle of a test; nothing of it stays")

    sandbox.terminate()
    sandbox.wait(10)
    key("Right", "Return", "ctrl+t")
    tile("failed")
    key("F2")
    focused("Credential Name")
    tab_to("Test connection")
    key("space")
    find_text("Nobody listens there")
    print("ok: a server that is gone is said")
    tab_to("Credential Name")
    type_text("changed")
    key("Escape")
    find("Discard your changes?")
    key("Escape")
    gone("Discard your changes?")
    find("Edit Credential")
    key("Escape")
    find("Discard", pyatspi.ROLE_PUSH_BUTTON).queryAction().doAction(0)
    gone("Edit Credential")
    tile("failed")
    print("ok: a draft is kept or discarded, as asked")

    key("Delete")
    gone("Alder Creek, Local")
    key("ctrl+z")
    tile("failed")
    print("ok: a deletion is taken back")


def with_credenza(work):
    credenza = subprocess.Popen([program("credenza"), "--vault", vault])
    try:
        wait("the application is not in the accessibility tree", application)
        work(credenza)
    finally:
        if credenza.poll() is None:
            credenza.terminate()
            credenza.wait(10)
    wait("it is still in the accessibility tree", lambda: not application())


def display_goes_away():
    """On a display of its own, which is killed while the vault and a form are open: the application says so with its exit
    status, the vault is whole, and the form comes back."""
    own = os.environ["DISPLAY"]
    reader, writer = os.pipe()
    display = subprocess.Popen(["Xvfb", "-displayfd", str(writer)], pass_fds=[writer], stderr=subprocess.DEVNULL)
    assert select.select([reader], [], [], 20)[0], "Xvfb does not start"
    os.environ["DISPLAY"] = f":{os.read(reader, 16).decode().strip()}"

    def work(credenza):
        # Nothing manages windows there: the keyboard has to be given to it.
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--class", "credenza", "windowfocus", "--sync"], check=True
        )
        unlock()
        tile("failed")
        key("ctrl+n")
        focused("Credential Name")
        before = os.stat(vault + "-wal").st_mtime_ns
        type_text("Dogwood, typed before")
        wait("the draft is not kept", lambda: os.stat(vault + "-wal").st_mtime_ns > before)
        display.kill()
        display.wait(10)
        status = credenza.wait(20)
        assert status > 0, f"exit status {status}"

    try:
        with_credenza(work)
    finally:
        if display.poll() is None:
            display.terminate()
        os.environ["DISPLAY"] = own
    assert "Alder Creek" in cli("list")
    print("ok: the display went away; the application ended and said so, the vault is whole")

    def comes_back(_):
        unlock()
        name = focused("Credential Name").queryText()
        wait("the name is not in the form again", lambda: name.getText(0, -1) == "Dogwood, typed before")

    with_credenza(comes_back)
    print("ok: what was typed then is in the form again")


def logged_out():
    """SIGTERM, as a session sends it when it ends: what was typed a moment ago is sealed, and nothing crashes."""

    def work(credenza):
        unlock()
        focused("Credential Name")
        type_text(" and to the very end")
        credenza.terminate()
        assert credenza.wait(20) == 0

    def comes_back(_):
        unlock()
        name = focused("Credential Name").queryText()
        wait("what was typed last is lost", lambda: name.getText(0, -1).endswith("to the very end"))

    with_credenza(work)
    with_credenza(comes_back)
    print("ok: told to end, the application seals what is open and ends")


cli("vault", "create", "--kdf-memory", "8", "--kdf-passes", "1")
sandbox, ready = start_sandbox()
sandbox.terminate()
sandbox.wait(10)
port = ready["fhirBaseUrl"].split(":")[2].split("/")[0]
token_path = "/" + ready["tokenEndpoint"].split("/", 3)[3]
sandbox, ready = start_sandbox("--port", port, "--stall", token_path)
try:
    cli("add", "--name", "Alder Creek", "--base-url", ready["fhirBaseUrl"], "--client-id", ready["clientId"],
        "--key", ready["privateKeyFile"])
    with_credenza(lambda _: mishaps())
    display_goes_away()
    logged_out()
finally:
    if sandbox.poll() is None:
        sandbox.terminate()
        sandbox.wait(10)
