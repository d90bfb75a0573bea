# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What playbooks/awx brings into AWX fits to AWX's rules, to the playbooks, to the roles and to the modules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import CONNECTION_OPTIONS, connection_of
from tests.awx import FILES, FOLDER, ROOT, Asset, assets, extra_vars, injected, nodes, one, questions

# What AWX takes as the default of a question of each type.
DEFAULTS = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": float,
}
JOBS: list[Asset] = assets()["job_templates"]
[WORKFLOW] = assets()["workflow_job_templates"]
WITH_SURVEY = [job for job in [*JOBS, WORKFLOW] if questions(job)]
# Variables that playbooks take themselves, whatever their role.
OF_PLAYBOOKS = {"tcx_hosts", "tcx_batches", "tcx_max_fail_percentage"}


def name_of(asset: Any) -> str:
    return str(asset["name"])


def options_of(playbook: str) -> dict[str, dict[str, Any]]:
    """The options of the entry point of the role that a playbook runs, and those of the report that it leaves open."""
    [play] = yaml.safe_load((ROOT / playbook).read_text(encoding="utf-8"))
    [task] = play["tasks"]
    role = task["ansible.builtin.import_role"]
    name = role["name"].removeprefix("tcx.pbx.")
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "roles" / name / "tasks").glob("*.yml")]
    report = specs("report")["main"]["options"].items()
    left_open = {option: spec for option, spec in report if not any(f" {option}: " in text for text in texts)}
    found: dict[str, dict[str, Any]] = {**left_open, **specs(name)[role.get("tasks_from", "main")]["options"]}
    return found


def specs(role: str) -> dict[str, Any]:
    path = ROOT / "roles" / role / "meta" / "argument_specs.yml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]
    return found


# The credential


def env_variables() -> set[str]:
    return {name for option in CONNECTION_OPTIONS.values() for name in option.get("fallback", (None, []))[1]}


def test_the_credential_injects_what_the_modules_read() -> None:
    [kind] = assets()["credential_types"]
    assert set(kind["injectors"]["env"]) == env_variables()


def test_the_injectors_use_what_is_asked_for_and_all_of_it() -> None:
    """AWX refuses a template that uses anything else."""
    [kind] = assets()["credential_types"]
    fields = {field["id"] for field in kind["inputs"]["fields"]}
    templates = [*kind["injectors"]["env"].values(), *kind["injectors"]["file"].values()]
    known: dict[str, Any] = {**dict.fromkeys(fields, "EXAMPLE"), "tower": {"filename": "EXAMPLE"}}
    for template in templates:
        ImmutableSandboxedEnvironment(undefined=StrictUndefined).from_string(template).render(known)
    assert not [field for field in fields if not any(field in template for template in templates)]


def test_secrets_are_marked_as_such() -> None:
    [kind] = assets()["credential_types"]
    marked = {field["id"] for field in kind["inputs"]["fields"] if field.get("secret")}
    assert marked == {name for name, option in CONNECTION_OPTIONS.items() if option.get("no_log")}


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (
            {"url": "https://pbx.example.com", "client_id": "awx", "client_secret": "s"},
            {"client_id": "awx", "client_secret": "s", "access_token": None, "validate_certs": True, "timeout": 30.0},
        ),
        (
            {"url": "https://pbx.example.com", "access_token": "t0ken", "accept_any_certificate": True, "timeout": "5"},
            {"client_id": None, "access_token": "t0ken", "validate_certs": False, "timeout": 5.0, "ca_path": None},
        ),
    ],
)
def test_what_is_injected_makes_a_connection(
    inputs: dict[str, Any], expected: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in injected(inputs, tmp_path).items():
        monkeypatch.setenv(name, value)
    checked = ArgumentSpecValidator(CONNECTION_OPTIONS).validate({})
    assert not checked.error_messages
    connection = connection_of(checked.validated_parameters)
    assert {name: getattr(connection, name) for name in expected} == expected


def test_a_certificate_authority_is_injected_as_a_file(tmp_path: Path) -> None:
    env = injected({"url": "https://pbx.example.com", "ca_certificate": "-----BEGIN"}, tmp_path)
    assert Path(env["TCX_CA_PATH"]).read_text(encoding="utf-8") == "-----BEGIN"


# Job templates and their surveys


@pytest.mark.parametrize("job", JOBS, ids=name_of)
def test_the_playbook_of_a_job_template_exists(job: Asset) -> None:
    assert (ROOT / job["playbook"]).is_file()


def test_each_runbook_has_a_job_template() -> None:
    playbooks = {f"playbooks/{path.name}" for path in (ROOT / "playbooks").glob("*.yml")}
    assert playbooks - {job["playbook"] for job in JOBS} == set()


@pytest.mark.parametrize("job", [job for job in JOBS if job["related"]], ids=name_of)
def test_each_variable_belongs_to_the_role_of_the_playbook(job: Asset) -> None:
    known = OF_PLAYBOOKS | set(options_of(job["playbook"]))
    assert {*extra_vars(job), *(question["variable"] for question in questions(job))} - known == set()


@pytest.mark.parametrize("job", [job for job in JOBS if job["related"]], ids=name_of)
def test_what_outlasts_a_job_is_kept_where_it_outlasts_its_container(job: Asset) -> None:
    """A path in the working directory of a job is gone with its container."""
    inside = {
        name
        for name, option in options_of(job["playbook"]).items()
        if option["type"] == "path" and "'.' | realpath" in str(option.get("default"))
    }
    assert inside - set(extra_vars(job)) == set()
    assert all(extra_vars(job)[name].startswith("/var/lib/tcx/") for name in inside)


@pytest.mark.parametrize("asset", WITH_SURVEY, ids=name_of)
def test_awx_takes_the_survey(asset: Asset) -> None:
    survey = asset["related"]["survey_spec"]
    assert {"name", "description", "spec"} == set(survey)
    assert asset["survey_enabled"] is True
    variables = [question["variable"] for question in survey["spec"]]
    assert len(variables) == len(set(variables))
    for question in survey["spec"]:
        assert {"question_name", "variable", "type", "default", "required"} <= set(question), question
        assert question["default"].__class__ is DEFAULTS[question["type"]] or question["default"] == "", question
        assert all(question.get(limit, 0).__class__ is int for limit in ("min", "max")), question
        if question["type"] in ("multiplechoice", "multiselect"):
            assert question["default"] in question["choices"].split("\n"), question


def asked() -> Iterator[tuple[str, Asset, dict[str, Any]]]:
    for job in JOBS:
        options = options_of(job["playbook"]) if job["related"] else {}
        for question in questions(job):
            yield f"{job['name']}: {question['variable']}", question, options[question["variable"]]
    options = options_of(one("job_templates", "3CX maintenance window")["playbook"])
    for question in questions(WORKFLOW):
        yield f"{WORKFLOW['name']}: {question['variable']}", question, options[question["variable"]]


ASKED = list(asked())


@pytest.mark.parametrize(("question", "option"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_the_answer_to_a_question_is_what_the_role_takes(question: Asset, option: dict[str, Any]) -> None:
    kind = option["type"]
    if kind in ("int", "float"):
        assert question["type"] == {"int": "integer", "float": "float"}[kind]
    elif kind == "bool":
        assert sorted(question["choices"].split()) == ["false", "true"]
    elif "choices" in option:
        assert set(question["choices"].split("\n")) == set(option["choices"])
    elif option.get("no_log"):
        assert question["type"] == "password"
    else:
        assert question["type"] in ("text", "textarea")
    # What is not answered is left to the inventory, so only what has to be answered may bring an answer along.
    assert question["required"] or question["default"] == "" or kind == "str"


# What refers to each other


def references(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that names an asset by its natural key."""
    if isinstance(value, dict):
        if "type" in value and ("name" in value or "identifier" in value) and "variable" not in value:
            yield value
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_whatever_is_named_is_there_and_comes_first() -> None:
    known: list[Any] = [{"name": "Default", "type": "organization"}]
    for path in FILES:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert len(content) == 1
        for asset in next(iter(content.values())):
            known.append(asset["natural_key"])
            known += [inner["natural_key"] for inner in asset.get("related", {}).get("workflow_nodes", [])]
            known += [inner["natural_key"] for inner in asset.get("related", {}).get("hosts", [])]
            inputs = {"inputs", "injectors"}
            named = references({key: value for key, value in asset.items() if key not in inputs})
            assert [one for one in named if one not in known] == []


def test_a_credential_names_what_its_type_asks_for() -> None:
    [kind] = assets()["credential_types"]
    [credential] = assets()["credentials"]
    fields = {field["id"]: field for field in kind["inputs"]["fields"]}
    assert set(credential["inputs"]) <= set(fields)
    secrets = [name for name in credential["inputs"] if fields[name].get("secret")]
    assert secrets and all(credential["inputs"][name] == "$encrypted$" for name in secrets)


@pytest.mark.parametrize("job", [job for job in JOBS if job["related"]], ids=name_of)
def test_no_two_jobs_use_one_api_client_at_a_time(job: Asset) -> None:
    assert (job["allow_simultaneous"], job["job_slice_count"]) == (False, 1)


# The workflow


def test_nothing_is_written_before_the_approval_and_all_nodes_are_reached() -> None:
    every = nodes(WORKFLOW)
    followers = {name for node in every.values() for names in node.next.values() for name in names}
    [first] = set(every) - followers
    before = []
    name = first
    while every[name].template is not None:
        before.append(every[name])
        assert not every[name].next["failure"] + every[name].next["always"]
        [name] = every[name].next["success"]
    assert [node.asset.get("job_type") for node in before] == ["run", "check"]
    assert one("job_templates", str(before[0].template))["playbook"] == "playbooks/health_check.yml"
    assert followers | {first} == set(every)


def test_a_window_that_fails_is_followed_by_the_rollback() -> None:
    every = nodes(WORKFLOW)
    [rollback] = every["window"].next["failure"]
    job = one("job_templates", str(every[rollback].template))
    assert job["playbook"] == "playbooks/maintenance_rollback.yml"
    assert set(every[rollback].asset["extra_data"]) <= set(options_of(job["playbook"]))
    # Else a window that was refused would undo the one before it.
    assert every[rollback].asset["extra_data"]["maintenance_window_rollback_open_only"] == "true"


def test_the_jobs_of_the_workflow_take_its_answers() -> None:
    window = one("job_templates", "3CX maintenance window")
    assert {question["variable"] for question in questions(WORKFLOW)} <= {
        question["variable"] for question in questions(window)
    }
    assert all(one("job_templates", str(node.template)) for node in nodes(WORKFLOW).values() if node.template)


# The execution environment


def test_ansible_builder_takes_the_execution_environment(tmp_path: Path) -> None:
    context = tmp_path / "context"
    builder = Path(sys.executable).parent / "ansible-builder"
    definition = FOLDER / "execution-environment.yml"
    command = [builder, "create", "-f", definition, "-c", context, "--output-filename", "Containerfile"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tcx.pbx" in (context / "_build" / "requirements.yml").read_text(encoding="utf-8")
    assert "ansible_runner" in (context / "Containerfile").read_text(encoding="utf-8").lower().replace("-", "_")


def test_an_execution_environment_gets_what_the_collection_needs() -> None:
    builder = Path(sys.executable).parent / "ansible-builder"
    command = [builder, "introspect", ROOT / "collections", "--sanitize"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "requests>=2.31" in done.stdout
