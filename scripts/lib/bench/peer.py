"""The same service as an async FastAPI program, which scripts/bench measures beside POST /chat.

It maps users to conversations in Redis, asks the Responses API through OpenAI's own SDK, and answers with citations,
whole or as a stream of events. It has no locks, no limits, no sign-in and no resumption.

    uvicorn peer:app      with REDIS_SOCKET, OPENAI_BASE_URL and OPENAI_API_KEY in the environment
"""

import json
import os

import redis.asyncio
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from openai import AsyncOpenAI
from pydantic import BaseModel

app = FastAPI()
threads = redis.asyncio.Redis(unix_socket_path=os.environ["REDIS_SOCKET"], db=2, decode_responses=True)
openai = AsyncOpenAI(max_retries=2)


class Question(BaseModel):
    user_id: str
    message: str
    stream: bool = False


async def conversation(user):
    key = f"peer:{user}"
    if thread := await threads.get(key):
        return thread
    created = await openai.conversations.create()
    await threads.set(key, created.id)
    return created.id


def citations(response):
    texts = {}
    for item in response.output:
        if item.type == "file_search_call":
            for result in item.results or []:
                texts.setdefault(result.file_id, result.text)
    return [
        {"file_id": mark.file_id, "filename": mark.filename, "quote": texts.get(mark.file_id, "")[:400]}
        for item in response.output if item.type == "message"
        for part in item.content if part.type == "output_text"
        for mark in part.annotations if mark.type == "file_citation"
    ]


def answer(response, thread):
    return {"answer": response.output_text, "citations": citations(response), "thread_id": thread,
            "response_id": response.id}


async def events(question, thread):
    stream = await openai.responses.create(**request(question, thread), stream=True)
    async for event in stream:
        if event.type == "response.output_text.delta":
            yield f"event: delta\ndata: {json.dumps({'text': event.delta})}\n\n"
        elif event.type == "response.completed":
            yield f"event: done\ndata: {json.dumps(answer(event.response, thread))}\n\n"


def request(question, thread):
    return {"model": "gpt-6-luna", "input": question.message, "conversation": thread,
            "tools": [{"type": "file_search", "vector_store_ids": ["vs_bench"]}],
            "include": ["file_search_call.results"]}


@app.post("/chat")
async def chat(question: Question):
    thread = await conversation(question.user_id)
    if question.stream:
        return StreamingResponse(events(question, thread), media_type="text/event-stream")
    return answer(await openai.responses.create(**request(question, thread)), thread)
