"""programs/box_upload.py with Box's own SDK."""

import io
import json
import sys

from box_sdk_gen import (
    BoxClient,
    BoxDeveloperTokenAuth,
    NetworkSession,
    UploadFileAttributes,
    UploadFileAttributesParentField,
)
from box_sdk_gen.networking.base_urls import BaseUrls

urls = json.loads(sys.argv[1])
session = NetworkSession(base_urls=BaseUrls(base_url=urls["api"], upload_url=urls["upload"] + "/api"))
client = BoxClient(auth=BoxDeveloperTokenAuth(token="box-token"), network_session=session)
client.uploads.upload_file(
    UploadFileAttributes(name='Bericht "Q1" ü.pdf', parent=UploadFileAttributesParentField(id="0")),
    io.BytesIO(b"%PDF-1.7\n" + bytes(range(256))),
    file_file_name="report.pdf",
    file_content_type="application/pdf",
)
client.downloads.download_file("12345").read()
