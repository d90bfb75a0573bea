# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup tcx.pbx.text."""

from __future__ import annotations

DOCUMENTATION = r"""
name: text
short_description: Read a text from a file or a URL
version_added: 0.1.0
description:
  - Reads files that people and programs hand over, such as CSV of a spreadsheet or a feed of networks.
  - A byte order mark is dropped. The text may be UTF-8 or UTF-16, or Windows-1252 if it is no valid UTF-8.
author:
  - tcx.pbx contributors (@tcx-pbx)
options:
  _terms:
    description:
      - Paths or URLs. Only V(https) and V(http) are fetched.
      - A relative path is looked for as C(files) of the role and the playbook, and then in the working directory.
    type: list
    elements: str
    required: true
  max_bytes:
    description:
      - A longer file or answer is refused.
    type: int
    default: 20000000
  headers:
    description:
      - Headers to send with the request for a URL, such as an API key. Redirects are not followed then.
    type: dict
    default: {}
  headers_by_source:
    description:
      - The same for some of the URLs only, by URL.
    type: dict
    default: {}
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
    type: int
    default: 30
  validate_certs:
    description:
      - Whether the certificate of the server is verified.
    type: bool
    default: true
"""

EXAMPLES = r"""
- name: Show which names the controller knows by itself
  ansible.builtin.debug:
    msg: "{{ lookup('tcx.pbx.text', '/etc/hosts').splitlines() }}"
"""

RETURN = r"""
_raw:
  description: The texts.
  type: list
  elements: str
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from ansible.errors import AnsibleError, AnsibleLookupError
from ansible.module_utils.urls import open_url
from ansible.plugins.lookup import LookupBase

from ansible_collections.tcx.pbx.plugins.plugin_utils.decoding import decoded
from ansible_collections.tcx.pbx.plugins.plugin_utils.sources import is_url, shown


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [self._text(str(term).strip(), variables or {}) for term in terms]

    def _text(self, source: str, variables: Mapping[str, Any]) -> str:
        try:
            return decoded(self._fetched(source) if is_url(source) else self._read(source, variables))
        except (OSError, ValueError) as exc:
            raise AnsibleLookupError(f"{shown(source)}: {_reason(exc)}") from exc

    def _read(self, source: str, variables: Mapping[str, Any]) -> bytes:
        with Path(self._path(source, variables)).open("rb") as file:
            return self._limited(file)

    def _path(self, source: str, variables: Mapping[str, Any]) -> str:
        """The file, decrypted elsewhere if it is in a vault."""
        found = self.find_file_in_search_path(variables, "files", source, ignore_missing=True)
        here = Path(source).expanduser()
        if not found and not here.is_file():
            raise FileNotFoundError("there is no such file")
        try:
            return str(self._loader.get_real_file(found or str(here.absolute())))
        except AnsibleError as exc:
            raise ValueError(str(exc)) from exc

    def _fetched(self, source: str) -> bytes:
        headers = {**self.get_option("headers"), **self.get_option("headers_by_source").get(source, {})}
        answer = open_url(
            source,
            headers=headers,
            timeout=self.get_option("timeout"),
            validate_certs=self.get_option("validate_certs"),
            # Another server than the one that was meant must not learn a key.
            follow_redirects="none" if headers else "safe",
            http_agent="tcx.pbx",
        )
        if urlsplit(source).scheme.lower() == "https" and urlsplit(answer.geturl()).scheme.lower() != "https":
            raise ValueError("leads to an address that is not encrypted")
        return self._limited(answer)

    def _limited(self, stream: Any) -> bytes:
        most = self.get_option("max_bytes")
        content: bytes = stream.read(most + 1)
        if len(content) > most:
            raise ValueError(f"is longer than max_bytes={most}")
        return content


def _reason(exc: Exception) -> str:
    """Without the address, which may hold a key and is named already."""
    if isinstance(exc, HTTPError):
        return f"answered {exc.code} {exc.reason}"
    reason = getattr(exc, "reason", None) or getattr(exc, "strerror", None)
    return str(reason or exc)
