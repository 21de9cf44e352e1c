# SPDX-License-Identifier: Apache-2.0
"""usage: tour.py PROGRAMS SANDBOX_LINE CERTIFICATE OUT

A newcomer's first day in the real application, with pictures of it in OUT: create a vault, type a wrong URL, choose a
certificate instead of the key, mend both, test, save, break the client ID and read the diagnosis, browse, quit, start
again, unlock, select. SANDBOX_LINE is the file with what credenza-sandbox printed when it was ready."""

import json
import os
import subprocess
import sys
import time

import pyatspi

from accessible_desktop import (
    application,
    find,
    find_text,
    focused,
    gone,
    key,
    replace_text,
    tab_to,
    type_text,
    wait,
)

PASSPHRASE = "otter gravel ninth lantern"
NAME = "Local sandbox"

programs, sandbox_line, certificate, out = sys.argv[1:5]
ready = json.loads(open(sandbox_line, encoding="utf-8").readline())
os.makedirs(out, exist_ok=True)


def start(*arguments):
    running = subprocess.Popen(
        [os.path.join(programs, "credenza"), "--sandbox-info", sandbox_line, *arguments]
    )
    wait("the application is not in the accessibility tree", application)
    window = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--class", "credenza"],
        check=True, capture_output=True, text=True,
    ).stdout.split()[-1]
    subprocess.run(
        ["xdotool", "windowmove", window, "0", "0", "windowsize", "--sync", window, "1280", "820",
         "windowfocus", "--sync", window],
        check=True,
    )
    return running, window


def stop(running):
    running.terminate()
    running.wait(20)


def take(window, name):
    """A picture once two in a row are the same, so that nothing is caught half painted."""
    before = b""
    for _ in range(20):
        picture = subprocess.run(
            ["import", "-silent", "-window", window, "-strip", "png:-"], check=True, capture_output=True
        ).stdout
        if picture == before:
            break
        before = picture
        time.sleep(0.3)
    with open(os.path.join(out, f"{name}.png"), "wb") as file:
        file.write(picture)
    print(f"   {name}.png", flush=True)


def say(what):
    print(f"-- {what}", flush=True)


def choose_key(path):
    tab_to("Choose file")
    key("space")
    focused("File name")
    type_text(path)
    key("Return")


def first_day():
    running, window = start()
    try:
        say("creates a vault")
        find("Create your vault")
        take(window, "01-welcome")
        tab_to("Passphrase, required")
        type_text(PASSPHRASE)
        tab_to("Repeat, required")
        type_text(PASSPHRASE)
        key("Return")
        find_text("It opens this vault if the passphrase is lost")
        take(window, "01-recovery-code")
        key("Escape")
        find("Add Credential", pyatspi.ROLE_LIST_ITEM)
        take(window, "02-authenticate-empty")

        say("types a wrong URL and chooses a certificate instead of the key")
        key("ctrl+n")
        focused("Credential Name")
        type_text(NAME)
        tab_to("FHIR Base URL")
        type_text("http://fhir.example.org/api/FHIR/R4")
        tab_to("Client ID")
        type_text(ready["clientId"])
        choose_key(certificate)
        find_text("certificate")
        take(window, "03-overlay-wrong-input")

        say("mends both")
        choose_key(ready["privateKeyFile"])
        find("RSA 2048")
        tab_to("FHIR Base URL", backwards=True)
        replace_text(ready["fhirBaseUrl"])
        tab_to("Client ID")
        take(window, "04-overlay-valid")

        say("tests the connection: it passes")
        tab_to("Test connection")
        key("space")
        find("Passed")
        take(window, "05-test-passed")
        key("ctrl+s")
        find(f"{NAME}, Local, passed", pyatspi.ROLE_LIST_ITEM)
        take(window, "06-authenticate")

        say("tests with another client ID: it fails, and the diagnosis says why")
        key("F2")
        focused("Credential Name")
        tab_to("Client ID")
        replace_text("00000000-0000-4000-8000-000000000000")
        tab_to("Test connection")
        key("space")
        find_text("invalid_client")
        take(window, "07-test-failed")
        key("Escape")
        discard = find("Discard", pyatspi.ROLE_PUSH_BUTTON)
        discard.queryAction().doAction(0)
        find(f"{NAME}, Local", pyatspi.ROLE_LIST_ITEM)

        say("browses what the credential can reach")
        gone("Edit Credential")
        key("ctrl+b")
        find("Patient")
        find("Medical record", pyatspi.ROLE_TABLE_CELL)
        take(window, "08-browse")
    finally:
        stop(running)


def next_day():
    running, window = start("--dark")
    try:
        say("starts again the next day, unlocks, and selects")
        focused("Passphrase")
        take(window, "09-unlock-dark")
        type_text(PASSPHRASE)
        key("Return")
        find(f"{NAME}, Local", pyatspi.ROLE_LIST_ITEM)
        key("Right", "Return")
        take(window, "10-authenticate-dark")
    finally:
        stop(running)


first_day()
next_day()
