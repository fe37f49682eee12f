"""Signs requests with botocore: a JSON list of requests on standard input, a JSON list of signatures on standard output."""
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

signatures = []
for case in json.load(sys.stdin):
    token = case.get("token")
    request = AWSRequest(case["method"], f"https://{case['host']}{case['target']}", data=bytes(case["body"]))
    for name, value in case["headers"]:
        request.headers.add_header(name, value)
    request.headers["X-Amz-Date"] = request.context["timestamp"] = case["time"]
    if token:
        request.headers["X-Amz-Security-Token"] = token
    signer = SigV4Auth(Credentials("AKID", case["secret"], token), case["service"], case["region"])
    canonical = signer.canonical_request(request)
    signatures.append(signer.signature(signer.string_to_sign(request, canonical), request))
json.dump(signatures, sys.stdout)
