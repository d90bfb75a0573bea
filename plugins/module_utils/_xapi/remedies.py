# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What to do about a refusal, by XAPI code or HTTP status. PRIVATE to the collection.

The codes are names of the enum Pbx.Warnings in the contract; the sentences are ours.
"""

from __future__ import annotations

_BY_CODE = {
    "ALREADY_IN_USE": "Another object has this value already: choose another one, or manage that object instead.",
    "DUPLICATE": "An object with this name exists already: choose another name, or manage that object instead.",
    "NOT_FOUND": "Something that the request refers to does not exist on this PBX: check names and numbers.",
    "FILE_NOT_FOUND": "The prompt or recording is not on this PBX: upload it first.",
    "REQUIRED": "Give this field a value.",
    "CAN_NOT_BE_EMPTY_STRING": "Give this field a value that is not empty.",
    "OUT_OF_THE_RANGE": "Use a value within the range that this PBX allows.",
    "FORBIDDEN_CHANGE": "This field cannot be changed after creation: delete the object and create it anew.",
    "NOT_SUPPORTED": "This PBX version or licence does not support it.",
    "INVALID_LICENSE_TYPE": "The licence of this PBX does not include it.",
    "LICENSE_NOT_FOUND": "The PBX has no valid licence: activate one.",
    "LIMIT_REACHED": "A limit of the PBX or its licence is reached: remove something first.",
    "OUTBOUND_RULES_LIMIT_REACHED": "The PBX takes no more outbound rules: remove some first.",
    "BLACKLIST_NUMBER_LIMIT_EXCEEDED": "The PBX takes no more blocked numbers: remove some first.",
    "NO_MORE_NUMBERS_AVAILABLE": "No free internal number is left: free one, or widen the number range.",
    "GROUP_WITH_MEMBERS_CANNOT_BE_DELETED": "Move the members of the department elsewhere first.",
    "OPERATOR_CANNOT_BE_DELETED": "Make another extension the operator first.",
    "INVALID_IP_MASK": "Write the network as an address, as address/prefix length, or as address/mask.",
    "ALREADY_EXPIRED": "Give a time in the future, or leave the expiry out.",
    "TOO_MANY_BACKUPS": "Delete old backups first.",
    "INVALID_CALL_FLOW_FILE": "The PBX cannot use this call flow script: compile it in the Call Flow Designer first.",
    "UNABLE_REACH_UPDATES_SERVER": "The PBX cannot reach the update server: check its internet access.",
}

_BY_STATUS = {
    400: "Check the values given; nothing of this request was carried out.",
    402: "The licence of this PBX does not include it.",
    404: "It does not exist on this PBX, or this PBX version does not offer the call.",
    405: "This PBX version does not offer the call.",
    409: "It collides with the present state of the PBX: read it again and repeat.",
    412: "Somebody changed or removed it in the meantime: read it again and repeat.",
    428: "The PBX wants an ETag for this: give if_match.",
    429: "The PBX limits the rate of requests: wait, or raise retry_for.",
    500: "This is a fault inside the PBX: look at its event log.",
    502: "The management service of the PBX is down or restarting: wait, or raise retry_for.",
    503: "The management service of the PBX is down or restarting: wait, or raise retry_for.",
    504: "The management service of the PBX is down or overloaded: wait, or raise retry_for.",
}

LIMITS = "The PBX takes no more of these: remove some, or extend the licence."


def remedy(status: int, codes: tuple[str, ...]) -> str:
    """One sentence for a person, "" when there is nothing sensible to say."""
    for code in codes:
        if code in _BY_CODE:
            return _BY_CODE[code]
        if code.startswith("TOO_MANY_"):
            return LIMITS
    return _BY_STATUS.get(status, "")
