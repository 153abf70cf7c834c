"""FastAPI: OAuth 2 with a password, errors with details, Decimal, dates and durations."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

app = FastAPI(title="Accounts", version="1.0")
Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="token"))]


class Grant(BaseModel):
    access_token: str
    token_type: str


class Transfer(BaseModel):
    id: UUID
    amount: Annotated[Decimal, Field(gt=0)]
    at: datetime
    due: date
    every: timedelta | None = None
    note: str | None = None


@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Grant:
    if (form.username, form.password) != ("ada", "s&cret ü"):
        raise HTTPException(400, "Incorrect username or password")
    return Grant(access_token="t-1", token_type="bearer")


def user(token: Token) -> str:
    if token != "t-1":
        raise HTTPException(401, "Invalid token", headers={"WWW-Authenticate": "Bearer"})
    return "ada"


@app.post("/transfers", status_code=201)
def create_transfer(transfer: Transfer, user: Annotated[str, Depends(user)]) -> Transfer:
    if transfer.note == "limit":
        raise HTTPException(409, {"code": "E_LIMIT", "message": "The limit of the day is reached"})
    return transfer
