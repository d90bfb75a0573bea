# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One registry of everything about the real PBX that is unknown, disputed, or worth varying."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Value = str | float


@dataclass(frozen=True, slots=True)
class Switch:
    """A named behaviour. ``values``: the words it may have, or empty for a number not below ``minimum``."""

    name: str
    default: Value
    why: str
    section: str  # of REALITY.md
    values: tuple[str, ...] = ()
    minimum: float = 0

    def accept(self, value: Any) -> Value:
        """The value in its own type; ValueError says what is possible."""
        if self.values:
            if value not in self.values:
                raise ValueError(f"switch {self.name}: {value!r} is not one of {', '.join(self.values)}")
            return str(value)
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise ValueError(f"switch {self.name}: {value!r} is not a number") from None
        if isinstance(value, bool) or not number >= self.minimum or number == float("inf"):
            raise ValueError(f"switch {self.name}: {value!r} is not a finite number from {self.minimum:g} up")
        return number


def word(name: str, values: str, why: str, section: str) -> Switch:
    """A switch with words; the first one is the default."""
    choices = tuple(values.split())
    return Switch(name, choices[0], why, section, choices)


def number(name: str, default: float, why: str, section: str, minimum: float = 0) -> Switch:
    """A switch with a number."""
    return Switch(name, float(default), why, section, (), minimum)


REGISTRY: tuple[Switch, ...] = (
    # OAuth2 and access
    word("token_unit", "auto minutes seconds", "unit of expires_in; auto: minutes before 20.0.9, seconds since", "1"),
    number("token_life", 3600, "seconds that a token lives", "1", minimum=1),
    word("token_single", "on off", "a new token of a client kills its previous one", "1"),
    word("token_wrong_secret", "401 400", "status of a wrong secret: documented 401, seen in a stub 400", "1, open 10"),
    number("token_flood_limit", 0, "token requests a minute before the flood refusal; 0: no limit", "1"),
    word("token_flood_status", "403 429", "status of the flood refusal: 403 was seen once", "1, open 14"),
    number("token_flood_cooldown", 180, "seconds that the flood refusal lasts", "1"),
    word("role_groups", "403 401", "what a low role gets from Groups: 401 was seen once", "1"),
    word("console_restriction", "off on", "on: callers get a token that opens nothing", "1"),
    number("throttle_limit", 0, "requests a minute before 429 with Retry-After; 0: no limit", "3"),
    word("version_header", "always xapi", "X-3CX-Version also on the answers of /connect/token, or only below it", "1"),
    word(
        "personal",
        "owner nobody",
        "whose MyUser and MyGroup are; owner: the first system owner, so that all of it "
        "can be tried; nobody: 404, as a client is nobody's extension",
        "1",
    ),
    word("revoked_tokens", "stay vanish", "whether a revoked refresh token is still listed, with its reason", "1"),
    # Errors
    word("body_401", "empty json", "body of a 401", "2, open 5"),
    word("body_403", "empty text", "body of a 403", "2, open 5"),
    word("body_404", "empty string json", 'body of a 404; string: {"error": "..."} as documented', "2, open 5"),
    word("prefer_on_action", "500 ignore", "the header Prefer on an action: one client saw an empty 500", "2"),
    word("delete_missing", "404 204", "deleting what is already gone", "3"),
    # OData
    number("page_size", 100, "rows of a listing without $top", "3, open 3", minimum=1),
    number("top_limit", 100, "largest $top", "3", minimum=1),
    word("next_link", "off on", "on: a page that is not the last carries @odata.nextLink", "3, open 3"),
    word("etag", "none on", "on: entities carry @odata.etag and If-Match is checked", "3, open 4"),
    word("null_keys", "drop keep", "whether properties without a value are left out", "3"),
    word("action_case", "fold exact", "whether action parameters bind in any case", "3, open 9"),
    word("create_body", "entity prefer", "prefer: the body of a 201 only with Prefer: return=representation", "3"),
    word("location_origin", "same fqdn", "origin of Location headers; fqdn: the PBX's own name with port 5001", "1"),
    word("patch_complex", "merge replace", "whether PATCH merges into a complex value or replaces it", "3"),
    number("function_top_limit", 1000, "largest $top of a function; 100 was seen for one of them", "3", minimum=1),
    word("function_count", "works refuse", "$count on a function; some refuse it", "3"),
    word(
        "downloads",
        "file contract",
        "Download and Export functions; file: CSV, WAV or text, as a browser saves it; "
        "contract: JSON by the letter of the contract",
        "3",
    ),
    word(
        "bare_result", "contract wrapped", "an enum as a function's result: bare as the contract says, or in value", "3"
    ),
    word("pairs_write", "replace merge", "what is left out of SetBackupSettings and its like", "9"),
    word("bulk_unknown_ids", "ignore 404", "bulk actions with ids that do not exist, but for the blocklist", "2"),
    # Blocklist
    word(
        "blocklist_notation",
        "cidr dotted bare as_sent",
        "how a network is stored; bare: an address without mask",
        "4, open 1",
    ),
    word("blocklist_duplicates", "refuse tolerate", "the same network twice", "4, open 1"),
    word("blocklist_past_expiry", "refuse accept", "an ExpiresAt in the past", "4"),
    word("blocklist_unknown_ids", "ignore 404", "BulkIpsDelete with ids that do not exist", "4"),
    number("caller_block_limit", 0, "most blocked caller ids; 0: no limit", "4"),
    word("caller_block_duplicates", "refuse tolerate", "the same caller id twice", "4"),
    # Outbound rules
    word("outbound_short_routes", "pad refuse", "fewer than five routes on write", "5, open 2"),
    word("outbound_priority", "ignore stick refuse", "PATCH or POST of Priority", "5, open 2"),
    word("outbound_purge_empty", "refuse all", "Purge without ids", "5, open 6"),
    word("outbound_duplicates", "tolerate refuse", "two rules of one name", "5"),
    word("outbound_empty_slot", "-1 0 absent", "TrunkId of an unused route slot", "5"),
    word("outbound_emergency_listed", "yes no", "whether a plain listing holds emergency rules", "5"),
    number("outbound_limit", 0, "most outbound rules; 0: no limit", "5"),
    # DIDs and inbound rules
    word("did_unknown", "refuse accept", "SetRoutes with a DID that the trunk does not have", "6"),
    word("did_take_over", "take refuse", "SetRoutes with a DID that rings elsewhere", "6"),
    word("setroutes_empty", "clear ignore", "SetRoutes with no routes", "6"),
    word("trunk_delete_emergency", "refuse blank", "deleting the last trunk of an emergency rule", "2"),
    # Numbers, users, apps
    word("dn_delete_in_use", "clear dangle refuse", "deleting a user, queue or IVR that rules lead to", "9"),
    word("app_delete_in_use", "dangle refuse", "deleting a call flow app that rules lead to", "8"),
    word("script_code", "select always", "whether ScriptCode needs $select", "3, 8"),
    word("user_secrets", "clear hidden", "whether a listing of users shows their passwords", "9"),
    number("limit_users", 0, "users that the licence allows; 0: no limit", "2, open 11"),
    number("limit_trunks", 0, "trunks that the licence allows, else TOO_MANY_TRUNKS; 0: no limit", "2, open 11"),
    number("limit_sbcs", 0, "SBCs that the licence allows, else TOO_MANY_SBC; 0: no limit", "2, open 11"),
    word("destination_unknown", "refuse accept", "a destination of a queue, user or department that nobody has", "2"),
    word("prompt_missing", "accept refuse", "a prompt of a queue, ring group or IVR that is no custom prompt", "2"),
    word("limit_status", "400 403", "status when a licence limit is reached", "2, open 11"),
    word("license_keys", "accept refuse", "whether the licence server knows a new key", "2, open 11"),
    word("template_built_in", "refuse accept", "changing or deleting a template of 3CX", "9"),
    number("made_call", 30, "seconds that a call lasts that Users/Pbx.MakeCall made", "9"),
    # Services
    number("service_delay", 0.3, "seconds in StartPending and StopPending", "7"),
    word("service_protected", "400 403 accept", "Stop or Start of a service with StartStopEnabled false", "7"),
    word("service_unknown", "400 404 ignore", "a service name that does not exist", "7"),
    word("service_drag", "on off", "stopping the SIP server stops call flow, IVR and queue servers", "7"),
    word("service_disabled", "stopped hidden", "how a disabled service is listed", "7, open 7"),
    word("service_cut", "on off", "restarting what serves the API cuts that very answer", "7, open 8"),
    number("service_outage", 0.6, "seconds of outage after restarting what serves the API", "7, open 8"),
    word("service_outage_mode", "both refused 502", "both: cut connections first, then 502 pages", "7, open 8"),
    word("service_tokens", "survive die", "whether tokens survive a restart of what serves the API", "7"),
    number("system_restart", 2, "seconds of outage after RestartOperatingSystem", "7, open 8"),
    number("database_maintenance", 1, "seconds that StartDBMaintenance takes", "9"),
    number("firewall_check", 1, "seconds that a firewall check takes", "9"),
    word("firewall_passes", "on off", "result of the firewall check", "9"),
    # Backups and updates
    number("backup_delay", 1, "seconds until a backup is listed", "9"),
    word("backup_running", "refuse accept", "a second backup while one is running", "9, open 12"),
    number("backup_limit", 0, "most backups, else TOO_MANY_BACKUPS; 0: no limit", "9"),
    word("restore_footprint", "check ignore", "whether Restore wants the footprint of GetBackupExtras", "9"),
    number("restore_delay", 0.5, "seconds from Restore until the API goes away", "9"),
    number("restore_outage", 2, "seconds of outage while a backup is restored", "9"),
    word("restore_tokens", "die survive", "whether tokens survive a restore", "9"),
    word("update_stale_key", "refuse accept", "InstallUpdates with a key that is not of the last listing", "9"),
    number("update_delay", 0.5, "seconds from InstallUpdates until its effect", "9"),
    number("update_outage", 2, "seconds of outage while the PBX is updated", "9"),
    word("update_tokens", "survive die", "whether tokens survive an update", "9"),
)

# What a seed is loaded with.
RELAXED: dict[str, Value] = {
    "blocklist_duplicates": "tolerate",
    "blocklist_past_expiry": "accept",
    "outbound_short_routes": "pad",
    "outbound_duplicates": "tolerate",
    "outbound_limit": 0.0,
    "limit_users": 0.0,
    "caller_block_limit": 0.0,
    "limit_trunks": 0.0,
    "limit_sbcs": 0.0,
    "destination_unknown": "accept",
    "prompt_missing": "accept",
    "caller_block_duplicates": "tolerate",
    "template_built_in": "accept",
}
NAMES = {switch.name: switch for switch in REGISTRY}


class Switches:
    """The present values; ``start`` are those to go back to."""

    def __init__(self, chosen: dict[str, Any] | None = None) -> None:
        self.start: dict[str, Value] = {switch.name: switch.default for switch in REGISTRY}
        self.start.update(self.checked(chosen or {}))
        self.values = dict(self.start)

    @staticmethod
    def checked(chosen: dict[str, Any]) -> dict[str, Value]:
        """The chosen values in their types; ValueError for an unknown name or value."""
        accepted = {}
        for name, value in chosen.items():
            if name not in NAMES:
                raise ValueError(f"unknown switch {name!r}; known: {', '.join(sorted(NAMES))}")
            accepted[name] = NAMES[name].accept(value)
        return accepted

    def set(self, chosen: dict[str, Any]) -> None:
        """Changes some values, all or none."""
        self.values.update(self.checked(chosen))

    def reset(self) -> None:
        """Back to the values at start."""
        self.values = dict(self.start)

    @contextmanager
    def relaxed(self) -> Iterator[None]:
        """Within it, whatever would refuse an entity by choice does not: a seed describes what is there."""
        held = self.values
        self.values = {**held, **RELAXED}
        try:
            yield
        finally:
            self.values = held

    def word(self, name: str) -> str:
        """The value of a switch with words."""
        return str(self.values[name])

    def on(self, name: str) -> bool:
        """True when a switch stands on "on"."""
        return self.values[name] == "on"

    def number(self, name: str) -> float:
        """The value of a switch with a number."""
        return float(self.values[name])
