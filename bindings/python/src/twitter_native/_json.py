"""JSON as the library takes and gives it. A module of its own because it is imported by the first call: `json` takes
longer to import than all the rest of this package."""

from __future__ import annotations

import json

encode = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode
decode = json.JSONDecoder().decode
