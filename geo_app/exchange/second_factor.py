"""Time-based codes (RFC 6238): 30-second steps, six digits, and the QR a phone reads."""

import hmac
import re
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
ISSUER = "geo-app"


def new_secret() -> str:
    """Return a new secret of 160 bits in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step whose code this is: the present one, or one beside it (clocks differ); None: a wrong code."""
    written = re.sub(r"\s", "", code)
    present = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    right = [
        step
        for step in (present - 1, present, present + 1)
        if hmac.compare_digest(generator.generate_otp(step).encode(), written.encode())
    ]
    return right[-1] if right else None


def picture(secret: str, name: str) -> str:
    """Return the QR of a secret for the account `name`, as the address of an SVG picture that holds itself."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    return str(segno.make(uri, error="m").svg_data_uri(scale=4, border=4))
