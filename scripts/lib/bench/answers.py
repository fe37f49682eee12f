"""Writes the answers of the upstream that scripts/bench measures against: answer-N.json with N search results.

    answers.py FOLDER FILE-ID
"""

import json
import sys

SENTENCE = "Every employee has 27 days of paid annual leave."
# About 800 tokens, the size of the chunks into which OpenAI cuts files.
FILLER = " ".join(f"Rule {number} of the leave policy applies to every employee of the company." for number in range(46))


def result(number, file_id):
    text = SENTENCE if number == 0 else f"{number}. {FILLER}"
    return {"file_id": file_id, "filename": "leave.md", "score": 0.82, "text": text, "attributes": {}}


def response(results, file_id):
    citation = {"type": "file_citation", "file_id": file_id, "filename": "leave.md", "index": len(SENTENCE) - 1}
    search = {"id": "fs_bench", "type": "file_search_call", "status": "completed", "queries": ["annual leave"],
              "results": [result(number, file_id) for number in range(results)]}
    message = {"id": "msg_bench", "type": "message", "status": "completed", "role": "assistant", "phase": "final_answer",
               "content": [{"type": "output_text", "text": SENTENCE, "logprobs": [],
                            "annotations": [citation] if results else []}]}
    return {"id": "resp_bench", "object": "response", "created_at": 1795219200, "status": "completed", "error": None,
            "incomplete_details": None, "instructions": None, "metadata": {}, "model": "gpt-6-luna",
            "conversation": {"id": "conv_bench"}, "parallel_tool_calls": True, "temperature": 1.0, "tool_choice": "auto",
            "tools": [], "top_p": 1.0, "output": [search, message] if results else [message],
            "usage": {"input_tokens": 412, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 14,
                      "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 426}}


def main():
    folder, file_id = sys.argv[1:]
    for results in (0, 1, 20):
        with open(f"{folder}/answer-{results}.json", "w") as file:
            json.dump(response(results, file_id), file)


if __name__ == "__main__":
    main()
