# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the phone book of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_contacts
short_description: Manage the phone book of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes contacts of the company's phone book.
  - 'A contact is known by four fields together: O(contacts[].phone_number), O(contacts[].first_name),
    O(contacts[].last_name) and O(contacts[].company_name). One that is left out counts as empty, so a contact
    without its company is another contact. Use O(identity) to know contacts by less, such as V([phone_number]).'
  - A phone book of 10,000 contacts is one task, which reads it in portions of 100.
    A few contacts are asked for by number instead.
  - Many are removed in one call, by the call that the version of the PBX has for it.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  contacts:
    description:
      - The contacts.
    type: list
    elements: dict
    required: true
    suboptions:
      phone_number:
        description:
          - The contact's first number, as it is dialled. Part of what the contact is known by.
        type: str
        aliases: [number]
      first_name:
        description:
          - Given name. Part of what the contact is known by.
        type: str
      last_name:
        description:
          - Family name. Part of what the contact is known by.
        type: str
      company_name:
        description:
          - The company that the contact works for. Part of what the contact is known by.
        type: str
        aliases: [company]
      email:
        description:
          - Mail address.
        type: str
      business:
        description:
          - A number at work.
        type: str
      business2:
        description:
          - A second number at work.
        type: str
      business_fax:
        description:
          - A fax number at work.
        type: str
      department:
        description:
          - The department that the contact works in.
        type: str
      home:
        description:
          - A private number.
        type: str
      mobile2:
        description:
          - A mobile number besides O(contacts[].phone_number).
        type: str
      other:
        description:
          - A number of any other kind.
        type: str
      pager:
        description:
          - A pager's number.
        type: str
      tag:
        description:
          - A label for the contact.
        type: str
      title:
        description:
          - Form of address or position.
        type: str
      contact_type:
        description:
          - Where the contact comes from. The PBX decides this; it is shown and never written.
        type: str
        choices: [3CX, CRM, Google, M365]
      id:
        description:
          - ID of the contact on the PBX, to tell double entries apart, or to change the number or the name of a
            contact.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The contact is only removed if the PBX still has this version of it.
        type: str
notes:
  - O(purge) never removes what the PBX fetches from a CRM, from Google or from Microsoft 365; it would come back.
seealso:
  - module: tcx.pbx.tcx_users
  - module: tcx.pbx.tcx_blacklist_numbers
"""

EXAMPLES = r"""
- name: Two contacts
  tcx.pbx.tcx_contacts:
    contacts:
      - first_name: Ada
        last_name: Lovelace
        phone_number: "+442079460000"
        email: ada@example.com
      - company_name: Example Taxis
        phone_number: "+442079460001"

- name: Another mail address; the contact is known by its number alone
  tcx.pbx.tcx_contacts:
    identity: [phone_number]
    contacts:
      - phone_number: "+442079460000"
        email: lovelace@example.com

- name: Remove a contact
  tcx.pbx.tcx_contacts:
    contacts:
      - company_name: Example Taxis
        phone_number: "+442079460001"
    state: absent

- name: Make our part of the phone book exactly this list
  tcx.pbx.tcx_contacts:
    contacts:
      - first_name: Ada
        last_name: Lovelace
        phone_number: "+442079460000"
        tag: suppliers
    purge: true
    purge_filter:
      tag: suppliers
    max_deletions: 50
"""

RETURN = r"""
contacts:
  description: The listed contacts as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 31
      phone_number: "+442079460000"
      first_name: Ada
      last_name: Lovelace
      company_name: ""
      contact_type: 3CX
      email: ada@example.com
created:
  description: Number and names of new contacts.
  returned: success
  type: list
  elements: str
  sample: ["+442079460000 Ada Lovelace"]
updated:
  description: Number and names of changed contacts.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Number and names of removed contacts.
  returned: success
  type: list
  elements: str
  sample: []
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(contacts); null for a contact to be purged.
      type: int
    item:
      description: Number and names of the contact.
      type: str
    action:
      description: V(create), V(update) or V(delete).
      type: str
    status:
      description: V(done), V(failed), V(unknown) if no answer came and looking was impossible, or V(skipped).
      type: str
    msg:
      description: The reason.
      type: str
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 3, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import typed_spec

SPEC = typed_spec("Contacts", option="contacts", aliases={"phone_number": ["number"], "company_name": ["company"]})


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
