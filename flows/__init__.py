"""Prefect flows: the thin shell that fans the verbs of scanfix out, and the only importer of Prefect.

Importing this package first makes sure that nothing leaves the machine; Prefect reads these names when it is
imported (design/orchestration.md, "Nothing leaves the machine").
"""

import os

PRIVATE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
}

os.environ.update(PRIVATE)
