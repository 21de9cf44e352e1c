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

from accessible_desktop import (
    application, check_names, find, find_text, focused, gone, key, tab_to, type_text, wait,
)

PASSPHRASE = "otter gravel ninth lantern"


def main_job():
    ready = json.loads(sandbox.stdout.readline())
    find("Create your vault")
    check_names("Welcome")
    tab_to("Passphrase, required")
    type_text(PASSPHRASE)
    tab_to("Repeat, required")
    type_text(PASSPHRASE)
    key("Return")
    find_text("It opens this vault if the passphrase is lost")
    check_names("Recovery code")
    key("Escape")

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
    gone("FHIR Base URL")  # the sheet is still on its way out, and keeps the keys to itself
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


def second_start():
    focused("Passphrase")
    type_text(PASSPHRASE)
    key("Return")
    find("Spoken sandbox, Local, passed", pyatspi.ROLE_LIST_ITEM)
    print("ok: found again by a start that names no vault")


def with_credenza(arguments, work):
    credenza = subprocess.Popen([os.path.join(programs, "credenza"), *arguments])
    try:
        wait("the application is not in the accessibility tree", application)
        work()
    finally:
        credenza.terminate()
        credenza.wait(10)


programs = sys.argv[1]
home = os.environ["HOME"]
sandbox = subprocess.Popen(
    [os.path.join(programs, "credenza-sandbox"), "--patients", "5", "--data-dir", os.path.join(home, "sandbox")],
    stdout=subprocess.PIPE,
)
try:
    with_credenza(["--vault", os.path.join(home, "spoken.credenza")], main_job)
    wait("the first run is still in the accessibility tree", lambda: not application())
    with_credenza([], second_start)
finally:
    sandbox.terminate()
    sandbox.wait(10)
