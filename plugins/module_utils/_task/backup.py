# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_backup: check, read, plan, carry out, report. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._engine.problems import InvalidInput
from .._engine.wanting import given
from .._resources.backups import LONGEST_NAME, backups_of, surplus
from .._resources.backups_create import contents_of
from .._resources.declared.names import Names
from .._resources.declared.shapes import Shapes
from .._resources.declared.taking import Taking
from .._resources.declared.writing import Writing
from .._resources.model import Body, Item, Problem
from .._resources.pairs import BACKUP_REPOSITORY, BACKUP_SETTINGS, Settings
from .backup_checks import check
from .backup_download import Copy
from .backup_restore import restore_backup
from .backup_work import Plan, carried_out, foretold
from .offers import catalog_of
from .options import OptionError
from .task import Task

PAIRS = (BACKUP_SETTINGS, BACKUP_REPOSITORY)
ALWAYS = "always"


def manage_backups(task: Task) -> dict[str, Any]:
    check(task.params)
    if task.params["state"] == "restored":
        return restore_backup(task)
    plan = _planned(task)
    return foretold(task, plan) if task.check_mode else carried_out(task, plan)


def _planned(task: Task) -> Plan:
    """Everything is read and checked here; nothing is written."""
    params, client = task.params, task.client
    shapes = Shapes(catalog_of(client))
    copy = None if params["dest"] is None else Copy(params["dest"])
    settings = [
        Settings(pair, shapes, given(params[pair.option]), always=params["update_password"] == ALWAYS)
        for pair in PAIRS
        if params[pair.option] is not None
    ]
    contents, problems = _contents(shapes, given(params["contents"] or {}))
    problems += [problem for one in settings for problem in one.problems]
    problems += _too_long(params["name"], shapes)
    if problems:
        raise InvalidInput("contents", problems)
    plan = Plan(backups_of(client), settings, params["name"], copy=copy)
    for one in settings:
        one.read(client)
    _plan_files(params, plan, contents)
    return plan


def _contents(shapes: Shapes, wanted: Item) -> tuple[Body, list[Problem]]:
    """As the XAPI takes them."""
    shape, taking = shapes.of("BackupContents"), Taking(shapes)
    item = taking.item(shape, contents_of(wanted))
    problems = [Problem(None, "", f"contents.{where}", words) for where, words in taking.problems]
    return ({}, problems) if problems else (Writing(shapes, Names()).body(shape, item), [])


def _too_long(name: str | None, shapes: Shapes) -> list[Problem]:
    if name is None or len(name) <= LONGEST_NAME or shapes.catalog.version != "20.0.4":
        return []
    return [Problem(None, "", "name", f"version 20.0.4 of the PBX takes names of at most {LONGEST_NAME} characters")]


def _plan_files(params: dict[str, Any], plan: Plan, contents: Body) -> None:
    there = plan.existing
    if params["state"] == "absent":
        plan.delete = [] if there is None else [there]
    else:
        plan.create = contents if plan.name is not None and there is None else None
        if params["keep"] is not None:
            plan.delete = surplus(plan.there, params["keep"], params["keep_pattern"], plan.name)
    limit = params["max_deletions"]
    if limit is not None and len(plan.delete) > limit:
        names = ", ".join(one.name for one in plan.delete)
        raise OptionError(
            f"Nothing was changed. {len(plan.delete)} backups would be removed, max_deletions is {limit}: {names}"
        )
