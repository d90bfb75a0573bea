# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals as the PBX words them (REALITY.md section 2)."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """Ends a request with this status and body (None: no body, str: plain text, dict: JSON)."""

    def __init__(self, status: int, body: dict[str, Any] | str | None = None, headers: dict[str, str] | None = None):
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.headers = headers or {}


def _error(message: str) -> dict[str, Any]:
    return {"error": {"code": "", "message": message}}


def refused(target: str, code: str, status: int = 400) -> ApiError:
    """A business refusal; the code comes without its WARNINGS prefix."""
    text = f"WARNINGS.{code}"
    body = _error(f"{target}:\n{text}")
    body["error"]["details"] = [{"code": "", "target": target, "message": text}]
    return ApiError(status, body)


def unbindable(parameter: str = "delta") -> ApiError:
    """The body could not be bound; the real server does not say which key is wrong."""
    return ApiError(400, _error(f"The input was not valid.\n\n{parameter}:\nThe {parameter} field is required."))


def bad_query(reason: str) -> ApiError:
    """A query option is wrong or names something unknown."""
    return ApiError(400, _error(f"The query specified in the URI is not valid. {reason}"))


def parameter_required(name: str) -> ApiError:
    """A function was called without one of its parameters."""
    return ApiError(400, _error(f"The {name} field is required"))


def not_found() -> ApiError:
    """No such path or key."""
    return ApiError(404)


def not_offered() -> ApiError:
    """The path exists, but not with this verb."""
    return ApiError(405)
