# SPDX-License-Identifier: Apache-2.0
""""Try the local sandbox" as a newcomer without an account does: from the first screen to a test that passes, and again
after a restart; and what is said where the program is missing."""

import os
import shutil
import subprocess
import sys

import pyatspi

from accessible_desktop import application, find, find_text, focused, key, tab_to, type_text, wait

PASSPHRASE = "otter gravel ninth lantern"

programs = sys.argv[1]
home = os.environ["HOME"]


def with_credenza(work, folder=programs):
    credenza = subprocess.Popen([os.path.join(folder, "credenza")])
    try:
        wait("the application is not in the accessibility tree", application)
        work()
    finally:
        credenza.terminate()
        credenza.wait(10)
    wait("it is still in the accessibility tree", lambda: not application())


def press(name):
    find(name, pyatspi.ROLE_PUSH_BUTTON).queryAction().doAction(0)


def without_the_program():
    press("Try the local sandbox")
    find_text("credenza-sandbox is not installed")
    print("ok: a missing program is said")


def first_day():
    press("Try the local sandbox")
    find_text("The local sandbox runs")
    tab_to("Passphrase, required")
    type_text(PASSPHRASE)
    tab_to("Repeat, required")
    type_text(PASSPHRASE)
    key("Return")
    find_text("It opens this vault if the passphrase is lost")
    key("Escape")
    find("Add New Credential")
    find("RSA 2048")
    tab_to("Test connection")
    key("space")
    find("Passed")
    key("ctrl+s")
    find("Local sandbox, Local, passed", pyatspi.ROLE_LIST_ITEM)
    print("ok: the credential of the sandbox was filled in; its test passes")


def next_day():
    focused("Passphrase")
    type_text(PASSPHRASE)
    key("Return")
    find("Local sandbox, Local, passed", pyatspi.ROLE_LIST_ITEM)
    key("ctrl+k")
    focused("Find a credential or an action")
    type_text("try the local")
    key("Return")
    find_text("The local sandbox runs")
    key("ctrl+t")
    find("Local sandbox, Local, passed just now", pyatspi.ROLE_LIST_ITEM)
    print("ok: the next day it runs again, at the same address")


alone = os.path.join(home, "alone")
os.makedirs(alone)
shutil.copy(os.path.join(programs, "credenza"), alone)
with_credenza(without_the_program, alone)
with_credenza(first_day)
with_credenza(next_day)
