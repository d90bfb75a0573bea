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
  - A web page is refused, since servers that want a login answer with one. So are an answer that ends too early, and
    what is no text.
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
      - Seconds to wait for a connection, and for each part of an answer. After ten times as long the answer has to be
        complete.
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

import zlib
from collections.abc import Mapping
from gzip import GzipFile
from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from ansible.errors import AnsibleError, AnsibleLookupError
from ansible.module_utils.urls import open_url
from ansible.plugins.lookup import LookupBase

from ansible_collections.tcx.pbx.plugins.plugin_utils.decoding import decoded
from ansible_collections.tcx.pbx.plugins.plugin_utils.receiving import received
from ansible_collections.tcx.pbx.plugins.plugin_utils.sources import is_url, shown

# How many timeouts a whole answer may take: a server that sends a byte now and then must not hold a run for good.
TIMEOUTS = 10
# What comes in pieces or packed, and breaks off.
UNFINISHED_ERRORS = (IncompleteRead, EOFError, zlib.error)
UNFINISHED = "the answer ended too early; try again later"


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [self._text(str(term).strip(), variables or {}) for term in terms]

    def _text(self, source: str, variables: Mapping[str, Any]) -> str:
        try:
            return decoded(self._fetched(source) if is_url(source) else self._read(source, variables))
        except UNFINISHED_ERRORS:
            reason = UNFINISHED
        except (OSError, ValueError, HTTPException) as exc:
            reason = _reason(exc)
        # Not from the exception: Ansible would append its words, and they may hold the address with a key in it.
        raise AnsibleLookupError(f"{shown(source)}: {reason}" if source else reason)

    def _read(self, source: str, variables: Mapping[str, Any]) -> bytes:
        with Path(self._path(source, variables)).open("rb") as file:
            return received(file, self.get_option("max_bytes"))

    def _path(self, source: str, variables: Mapping[str, Any]) -> str:
        """The file, decrypted elsewhere if it is in a vault."""
        if not source:
            raise ValueError("no file and no URL is given")
        found = self.find_file_in_search_path(variables, "files", source, ignore_missing=True)
        here = Path(source).expanduser()
        if not found and not here.exists():
            raise FileNotFoundError("there is no such file")
        if Path(found or here).is_dir():
            raise ValueError("this is a directory, not a file")
        try:
            return str(self._loader.get_real_file(found or str(here.absolute())))
        except AnsibleError as exc:
            raise ValueError(str(exc)) from exc

    def _fetched(self, source: str) -> bytes:
        own = self.get_option("headers_by_source").get(source, {})
        if not isinstance(own, Mapping):
            raise ValueError("its headers have to be a dictionary, such as {X-Key: ...}")
        headers = {**self.get_option("headers"), **own}
        try:
            answer = open_url(
                source,
                headers=headers,
                timeout=self.get_option("timeout"),
                validate_certs=self.get_option("validate_certs"),
                # Another server than the one that was meant must not learn a key.
                follow_redirects="none" if headers else "safe",
                http_agent="tcx.pbx",
                # It would unpack an answer that comes in pieces without putting them together.
                decompress=False,
            )
        except HTTPError as exc:
            others = bool(self.get_option("headers_by_source")) and not headers
            raise ValueError(_refusal(exc, followed=not headers, forgotten=others)) from exc
        if urlsplit(source).scheme.lower() == "https" and urlsplit(answer.geturl()).scheme.lower() != "https":
            raise ValueError("leads to an address that is not encrypted")
        return self._content(answer)

    def _content(self, answer: HTTPResponse) -> bytes:
        most = self.get_option("max_bytes")
        content = received(answer, most, TIMEOUTS * self.get_option("timeout"))
        # Of an answer that breaks off, http.client gives what there is, and knows what was still to come.
        if answer.length:
            raise ValueError(UNFINISHED)
        # Nobody asked for it, but some servers keep their files so.
        packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
        return received(GzipFile(fileobj=BytesIO(content)), most) if packed else content


def _refusal(exc: HTTPError, *, followed: bool, forgotten: bool) -> str:
    """followed: whether redirects are. forgotten: whether headers are given for other URLs only."""
    # After the first line comes what urllib has tried.
    told = f"answered {exc.code} " + str(exc.reason).partition("\n")[0]
    if forgotten and exc.code in (401, 403):
        return f"{told}; headers are given for other URLs, but not for exactly this one"
    if followed or not 300 <= exc.code < 400:
        return told
    return f"{told}; a redirect is not followed if headers are sent, so give the address that it leads to"


def _reason(exc: Exception) -> str:
    """Without the address, which may hold a key and is named already."""
    reason = getattr(exc, "reason", None) or getattr(exc, "strerror", None)
    return str(reason or exc)
