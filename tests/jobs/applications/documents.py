"""FastAPI: files and forms, downloads, headers and cookies."""

from datetime import date
from typing import Annotated

from fastapi import Cookie, FastAPI, File, Form, Header, HTTPException, Response, UploadFile
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

app = FastAPI(title="Documents", version="1.0")

PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
CONTENT = b"%PDF-1.7\n" + bytes(range(256))


class Document(BaseModel):
    id: int
    title: str
    size: int
    attachments: list[str]
    tags: list[str]
    due: date | None


class Feedback(BaseModel):
    stars: int
    text: str = ""
    topics: list[str] = []


@app.post("/documents", status_code=201)
async def create_document(
    file: UploadFile,
    title: Annotated[str, Form()],
    attachments: Annotated[list[UploadFile], File(default_factory=list)],
    tags: Annotated[list[str], Form(default_factory=list)],
    due: Annotated[date | None, Form()] = None,
) -> Document:
    content = await file.read()
    names = [f"{one.filename} {one.content_type} {len(await one.read())}" for one in attachments]
    if content != CONTENT:
        raise HTTPException(400, "The file is damaged")
    return Document(id=1, title=title, size=len(content), attachments=names, tags=tags, due=due)


@app.get("/documents/{document_id}/content", response_class=Response, responses=PDF)
def download(
    document_id: int, x_trace: Annotated[str, Header()], session: Annotated[str | None, Cookie()] = None
):
    if x_trace != "t-1" or session != "s-1":
        raise HTTPException(403, "No session")
    return Response(CONTENT, media_type="application/pdf")


@app.get("/documents/{document_id}/text", response_class=PlainTextResponse)
def text(document_id: int) -> str:
    return "Grüße\n"


@app.post("/documents/{document_id}/feedback")
def feedback(document_id: int, feedback: Annotated[Feedback, Form()]) -> Feedback:
    return feedback
