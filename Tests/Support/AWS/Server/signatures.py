"""Checks signatures: of requests by botocore's signer, and of chains of events by the published rules."""
import datetime
import hashlib
import hmac
import re
import struct

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ACCESS_KEY = "AKIDSTANDIN"
SECRET_KEY = "stand-in/secret+key"
# The token that requests of temporary credentials have.
SESSION_TOKEN = "stand-in//session+token=="
# The fields that have to be signed where they are sent, beside those that begin with x-amz-.
SIGNED_FIELDS = {"host", "content-type"}
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})")


class Refusal(Exception):
    """An error response: status, type, message."""


class SignedRequest:
    """A request whose signature can be checked once its body is there."""

    def __init__(self, method, authority, path, headers):
        self.method, self.authority, self.path = method, authority, path
        self.headers = [("host", authority)] + [(k, v) for k, v in headers if not k.startswith(":")]
        match = AUTHORIZATION.fullmatch(self.header("authorization") or "")
        if not match:
            raise Refusal(403, "MissingAuthenticationTokenException", "no signature")
        self.key_id, self.day, self.region, self.service, names, self.signature = match.groups()
        self.names = names.split(";")

    def header(self, name):
        return next((value for key, value in self.headers if key == name), None)

    def check(self, service, body=b"", clock_offset=0):
        """Raises a refusal unless the signature is right, fresh, and covers what it has to."""
        if self.key_id != ACCESS_KEY:
            raise Refusal(403, "UnrecognizedClientException", "The security token included in the request is invalid.")
        if self.header("x-amz-security-token") not in (None, SESSION_TOKEN):
            raise Refusal(403, "ExpiredTokenException", "The security token included in the request is expired.")
        time = self.header("x-amz-date") or ""
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=clock_offset)
        sent = datetime.datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        if abs((now - sent).total_seconds()) > 300:
            raise Refusal(403, "InvalidSignatureException", f"Signature expired: {time} is not now.")
        present = {name for name, _ in self.headers}
        needed = {name for name in present if name.startswith("x-amz") or name in SIGNED_FIELDS}
        if self.service != service or not time.startswith(self.day) or needed - set(self.names):
            raise Refusal(403, "SignatureDoesNotMatch", f"not signed: {needed - set(self.names)}")
        request = AWSRequest(self.method, f"https://{self.authority}{self.path}", data=body)
        for name in self.names:
            for key, value in self.headers:
                if key == name:
                    request.headers.add_header(key, value)
        request.context["timestamp"] = time
        signer = SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), self.service, self.region)
        canonical = signer.canonical_request(request)
        signature = signer.signature(signer.string_to_sign(request, canonical), request)
        if not hmac.compare_digest(signature, self.signature):
            raise Refusal(403, "InvalidSignatureException", "The request signature we calculated does not match.")


class Chain:
    """The signatures of the events of a request."""

    def __init__(self, signed):
        self.signed, self.prior = signed, signed.signature

    def check(self, milliseconds, signature, payload):
        """Whether a signature is that of the next event."""
        time = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        date = b"\x05:date\x08" + struct.pack(">q", milliseconds)
        scope = [time[:8], self.signed.region, self.signed.service, "aws4_request"]
        text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", time, "/".join(scope), self.prior,
                          hashlib.sha256(date).hexdigest(), hashlib.sha256(payload).hexdigest()])
        key = ("AWS4" + SECRET_KEY).encode()
        for part in scope + [text]:
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        self.prior = key.hex()
        return hmac.compare_digest(key, signature)
