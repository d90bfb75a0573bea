# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make, fetch, rotate and restore backups of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_backup
short_description: Make, fetch, rotate and restore backups of a 3CX PBX
version_added: 0.1.0
description:
  - Makes a backup and waits until it is finished, downloads it, removes backups that are no longer needed, and takes
    the PBX back to one.
  - Also sets when the PBX makes backups by itself, and where it keeps them.
  - Without any option it lists the backups.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.declared.secrets
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
attributes:
  idempotent:
    support: partial
    details:
      - V(restored) restores each time, and O(update_password=always) sends passwords each time.
options:
  name:
    description:
      - Name of the backup file, such as V(before-window.zip). A backup is known by its name, whatever it contains.
      - A PBX of version 20.0.4 takes at most 50 characters.
    type: str
  state:
    description:
      - V(present) makes the backup if there is none of this name.
      - V(absent) removes it.
      - V(restored) takes the PBX back to it. All that the PBX has is replaced, nobody can phone meanwhile, and the API
        is away for minutes.
    type: str
    choices: [present, absent, restored]
    default: present
  contents:
    description:
      - What a new backup contains. All but recordings, not encrypted, unless told otherwise.
    type: dict
    suboptions:
      call_history:
        description:
          - Call history.
        type: bool
      disable_backup_compression:
        description:
          - Whether the file is left uncompressed, which takes less time and more room.
        type: bool
      encrypt_backup:
        description:
          - Whether the file is encrypted. It then needs a password.
        type: bool
      encrypt_backup_password:
        description:
          - Password of the file. Given, the file is encrypted.
        type: str
      fqdn:
        description:
          - The FQDN of the PBX.
        type: bool
      license:
        description:
          - The licence.
        type: bool
      phone_provisioning:
        description:
          - Provisioning of phones and firmware.
        type: bool
      prompts:
        description:
          - Prompts.
        type: bool
      recordings:
        description:
          - Recordings, which may be large.
        type: bool
      voice_mails:
        description:
          - Voicemails.
        type: bool
  dest:
    description:
      - Where the backup is downloaded to, the name of a file in a directory that exists.
      - The file is for its owner only (mode 0600), and gets the time of the backup. A file with the size and time of
        the backup is taken for its copy and not fetched again.
    type: path
  keep:
    description:
      - How many of the backups that match O(keep_pattern) stay. The newest ones stay; the backup called O(name) is one
        of them. Needs O(keep_pattern).
      - Old backups are removed last. If the new one cannot be made or fetched, all stay.
    type: int
  keep_pattern:
    description:
      - Which backups O(keep) is about, so that those of others are left alone. A pattern with V(*) and V(?), such as
        V(nightly-*.zip). Needs O(keep).
    type: str
  max_deletions:
    description:
      - Refuse to do anything if more backups than this would be removed.
    type: int
  schedule:
    description:
      - When the PBX makes backups by itself. What is left out is left alone.
    type: dict
    suboptions:
      schedule_enabled:
        description:
          - Whether it does.
        type: bool
      rotation:
        description:
          - How many of these backups the PBX keeps.
        type: int
      schedule:
        description:
          - When.
        type: dict
        suboptions:
          schedule_type:
            description:
              - How often.
              - V(Minutely) exists from 20.0.8 on.
            type: str
            choices: [Daily, Weekly, Monthly, Hourly, Minutely, Immediate]
          day:
            description:
              - Day of the week, for V(Weekly).
            type: str
            choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
          time:
            description:
              - Time of day, such as V('02:30'). Put it in quotes.
            type: str
          repeat_hours:
            description:
              - Hours between two runs, for V(Hourly).
            type: int
          repeat_minutes:
            description:
              - Minutes between two runs, for V(Minutely). Exists from 20.0.8 on.
            type: int
      contents:
        description:
          - What these backups contain.
        type: dict
        suboptions:
          call_history:
            description:
              - Call history.
            type: bool
          disable_backup_compression:
            description:
              - Whether the file is left uncompressed, which takes less time and more room.
            type: bool
          encrypt_backup:
            description:
              - Whether the file is encrypted. It then needs a password.
            type: bool
          encrypt_backup_password:
            description:
              - Password of these files. See O(update_password) for when it is sent.
            type: str
          fqdn:
            description:
              - The FQDN of the PBX.
            type: bool
          license:
            description:
              - The licence.
            type: bool
          phone_provisioning:
            description:
              - Provisioning of phones and firmware.
            type: bool
          prompts:
            description:
              - Prompts.
            type: bool
          recordings:
            description:
              - Recordings, which may be large.
            type: bool
          voice_mails:
            description:
              - Voicemails.
            type: bool
  repository:
    description:
      - Where the PBX keeps backups. What is left out is left alone.
    type: dict
    suboptions:
      location:
        description:
          - The place.
        type: dict
        suboptions:
          file_system_type:
            description:
              - Kind of place.
              - V(AmazonS3) exists from 20.0.7 on.
            type: str
            choices: [Local, Ftp, GoogleDrive, NetworkShare, Logs, Sftp, GoogleBucket, SharePoint, AmazonS3]
          ftp_password:
            description:
              - Password of the FTP server.
            type: str
          ftp_path:
            description:
              - Address of the FTP server and path on it.
            type: str
          ftp_user:
            description:
              - User on the FTP server.
            type: str
          ftp_validate_certificate:
            description:
              - Whether the certificate of the FTP server is verified.
            type: bool
          gb_json:
            description:
              - Content of the key file of the Google bucket.
            type: str
          gb_path:
            description:
              - Path in the Google bucket.
            type: str
          local_path:
            description:
              - Directory on the PBX.
            type: str
          ns_domain:
            description:
              - Domain of the user of the network share.
            type: str
          ns_password:
            description:
              - Password of the network share.
            type: str
          ns_path:
            description:
              - Address of the network share.
            type: str
          ns_user:
            description:
              - User of the network share.
            type: str
          s3_path:
            description:
              - Path in the Amazon S3 bucket. Exists from 20.0.7 on.
            type: str
          sftp_host_key_fingerprint:
            description:
              - Fingerprint of the host key of the SFTP server. Exists from 20.0.10 on.
            type: str
          sftp_password:
            description:
              - Password of the SFTP server.
            type: str
          sftp_path:
            description:
              - Address of the SFTP server and path on it.
            type: str
          sftp_private_key:
            description:
              - Content of the private key for the SFTP server.
            type: str
          sftp_user:
            description:
              - User on the SFTP server.
            type: str
          share_point_path:
            description:
              - Path in SharePoint.
            type: str
  update_password:
    description:
      - When passwords and keys in O(schedule) and O(repository) are sent to the PBX, which does not show them.
      - V(on_create) sends one if the PBX has none, and along with a change of what stands beside it.
      - V(always) sends them every time, which is then always a change.
    type: str
    choices: [on_create, always]
    default: on_create
  confirm:
    description:
      - The FQDN of the PBX, written out. Needed for O(state=restored), and compared before anything is done, so that no
        other PBX is replaced by mistake.
    type: str
  password:
    description:
      - Password of an encrypted backup, for O(state=restored).
    type: str
  wait_timeout:
    description:
      - Seconds to wait in all, for a backup to be finished or for the PBX to be back. This is not O(timeout), which is
        about one answer of the API.
    type: float
    default: 1800.0
  interval:
    description:
      - Longest pause between two looks, in seconds. The first ones are shorter.
    type: float
    default: 5.0
notes:
  - A backup counts as finished when the PBX lists it and its size has not changed for two seconds. While another backup
    is being made, the task waits until it is finished.
  - A call whose answer got lost is not repeated before the list of backups was looked at.
  - The link to a backup works without a token, so it is never part of a result.
  - After a restore the task waits until the API answers, the version is as before, and all services run again that ran
    before. The restored PBX may have other API clients than the present one, and then lets nobody in.
seealso:
  - module: tcx.pbx.tcx_update
  - module: tcx.pbx.tcx_wait
"""

EXAMPLES = r"""
- name: Make a backup before a maintenance window, and fetch it
  tcx.pbx.tcx_backup:
    name: before-window.zip
    dest: "{{ playbook_dir }}/before-window.zip"

- name: Make an encrypted backup with recordings, and keep the newest three of this kind
  tcx.pbx.tcx_backup:
    name: nightly-2027-01-31.zip
    contents:
      recordings: true
      encrypt_backup_password: "{{ backup_password | default('a long sentence that nobody guesses') }}"
    keep: 3
    keep_pattern: nightly-*.zip
    max_deletions: 1

- name: Let the PBX make a backup each night and keep seven
  tcx.pbx.tcx_backup:
    schedule:
      schedule_enabled: true
      rotation: 7
      schedule:
        schedule_type: Daily
        time: '02:30'
      contents:
        recordings: false

- name: Keep backups on an SFTP server
  tcx.pbx.tcx_backup:
    repository:
      location:
        file_system_type: Sftp
        sftp_path: backup.example.com/pbx
        sftp_user: pbx
        sftp_password: "{{ sftp_password | default('of the demo') }}"

- name: Take the PBX back to a backup
  tcx.pbx.tcx_backup:
    name: before-window.zip
    state: restored
    confirm: pbx.example.com

- name: Remove a backup
  tcx.pbx.tcx_backup:
    name: before-window.zip
    state: absent
"""

RETURN = r"""
backups:
  description: All backups of the PBX as they are afterwards, the newest first.
  returned: when O(state) is not V(restored)
  type: list
  elements: dict
  contains:
    file_name:
      description: Name of the file.
      type: str
    creation_time:
      description: When it was made. Null in check mode for one that is not made yet.
      type: str
    size:
      description: Bytes. Null in check mode for one that is not made yet.
      type: int
  sample:
    - file_name: before-window.zip
      creation_time: "2027-01-31T22:00:05Z"
      size: 52428800
created:
  description: Names of backups that were made.
  returned: when O(state) is not V(restored)
  type: list
  elements: str
  sample: [before-window.zip]
deleted:
  description: Names of backups that were removed.
  returned: when O(state) is not V(restored)
  type: list
  elements: str
  sample: []
updated:
  description: V(schedule) and V(repository), as far as they were changed.
  returned: when O(state) is not V(restored)
  type: list
  elements: str
  sample: []
schedule:
  description: The settings as O(schedule) takes them, without passwords.
  returned: when O(schedule) is given
  type: dict
repository:
  description: The settings as O(repository) takes them, without passwords.
  returned: when O(repository) is given
  type: dict
download:
  description: The downloaded file.
  returned: when O(dest) is given
  type: dict
  contains:
    dest:
      description: Path of the file.
      type: str
    size:
      description: Bytes.
      returned: not in check mode
      type: int
    checksum:
      description: SHA-256 of the content.
      returned: not in check mode
      type: str
restored:
  description: Name of the backup that was restored.
  returned: when O(state) is V(restored)
  type: str
  sample: before-window.zip
version:
  description: Version of the PBX after the restore.
  returned: when O(state) is V(restored), not in check mode
  type: str
  sample: 20.0.8.1131
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 9, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.backup import manage_backups
from ansible_collections.tcx.pbx.plugins.module_utils._task.declared import UPDATE_PASSWORD
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
PLACES = [
    "Local",
    "Ftp",
    "GoogleDrive",
    "NetworkShare",
    "Logs",
    "Sftp",
    "GoogleBucket",
    "SharePoint",
    "AmazonS3",
]

CONTENTS = {
    "call_history": {"type": "bool"},
    "disable_backup_compression": {"type": "bool"},
    "encrypt_backup": {"type": "bool"},
    "encrypt_backup_password": {"type": "str", "no_log": True},
    "fqdn": {"type": "bool"},
    "license": {"type": "bool"},
    "phone_provisioning": {"type": "bool"},
    "prompts": {"type": "bool"},
    "recordings": {"type": "bool"},
    "voice_mails": {"type": "bool"},
}

WHEN = {
    "schedule_type": {"type": "str", "choices": ["Daily", "Weekly", "Monthly", "Hourly", "Minutely", "Immediate"]},
    "day": {"type": "str", "choices": DAYS},
    "time": {"type": "str"},
    "repeat_hours": {"type": "int"},
    "repeat_minutes": {"type": "int"},
}

SCHEDULE = {
    "schedule_enabled": {"type": "bool"},
    "rotation": {"type": "int"},
    "schedule": {"type": "dict", "options": WHEN},
    "contents": {"type": "dict", "options": CONTENTS},
}

LOCATION = {
    "file_system_type": {"type": "str", "choices": PLACES},
    "ftp_password": {"type": "str", "no_log": True},
    "ftp_path": {"type": "str"},
    "ftp_user": {"type": "str"},
    "ftp_validate_certificate": {"type": "bool"},
    "gb_json": {"type": "str", "no_log": True},
    "gb_path": {"type": "str"},
    "local_path": {"type": "str"},
    "ns_domain": {"type": "str"},
    "ns_password": {"type": "str", "no_log": True},
    "ns_path": {"type": "str"},
    "ns_user": {"type": "str"},
    "s3_path": {"type": "str"},
    "sftp_host_key_fingerprint": {"type": "str", "no_log": False},
    "sftp_password": {"type": "str", "no_log": True},
    "sftp_path": {"type": "str"},
    "sftp_private_key": {"type": "str", "no_log": True},
    "sftp_user": {"type": "str"},
    "share_point_path": {"type": "str"},
}

SPEC = ModuleSpec(
    manage_backups,
    {
        "name": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent", "restored"], "default": "present"},
        "contents": {"type": "dict", "options": CONTENTS},
        "dest": {"type": "path"},
        "keep": {"type": "int"},
        "keep_pattern": {"type": "str"},
        "max_deletions": {"type": "int"},
        "schedule": {"type": "dict", "options": SCHEDULE},
        "repository": {"type": "dict", "options": {"location": {"type": "dict", "options": LOCATION}}},
        "update_password": UPDATE_PASSWORD,
        "confirm": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        "wait_timeout": {"type": "float", "default": 1800.0},
        "interval": {"type": "float", "default": 5.0},
    },
    required_if=[("state", "absent", ["name"]), ("state", "restored", ["name", "confirm"])],
    required_by={"keep": ["keep_pattern"], "keep_pattern": ["keep"]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
