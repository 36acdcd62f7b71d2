"""What a person does on the way in, by the test client."""

import base64
import hmac
import struct
import time
from typing import Any

from django.conf import settings
from django.test import Client

PASSWORD = "granar vid vatten 7"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def log_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/logga-in/", {"login": email, "password": password, **more.pop("data", {})}, **more)


def cookie(client: Client) -> str:
    found = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def is_somebody(client: Client) -> bool:
    return bool(client.get("/konto/").status_code == 200)


def totp(seed: str = SEED, *, steps: int = 0) -> str:
    """RFC 6238, by itself. `steps`: half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(seed), counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
