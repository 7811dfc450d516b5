"""Teaches the ear more: learns on from ear.onnx with the messages in test/fixtures/messages/, and writes ear.onnx anew.

    pip install -r hearing/requirements.txt && python3 hearing/learn.py --rounds 2

A round over 80,000 messages takes a quarter of an hour on two cores. Messages that are held out are never learnt from; how many
of them are heard rightly is said after each round. `--measure` only says that. `--data` and `--out` name other folders.

The network is a transformer of 12 layers that reads a text as pieces of words (vocabulary.json, pieces.ts) and answers five
questions at once: the wish, the agreement, the choice from a list, the places of it, and the years. Weights lie in ear.onnx as
whole numbers of 8 bits with a scale for each row.
"""
import argparse
import json
import math
import random
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from vary import in_latin_letters, with_other_places, with_slips

HERE = Path(__file__).parent
WIDTH, HEADS, INNER, LONGEST = 384, 12, 1536, 96
START, NOTHING, END, UNKNOWN = 0, 1, 2, 3
vocabulary = json.loads((HERE / "vocabulary.json").read_text())
VERDICTS = vocabulary["verdicts"]
PLACES = VERDICTS["places"]
QUESTIONS = [question for question in VERDICTS if question != "places"]


# ── Pieces: the same as pieces.ts does it ─────────────────────────────────────────────────────────────────────────────────

PIECES = {piece: (number, score) for number, (piece, score) in enumerate(vocabulary["pieces"]) if number > UNKNOWN}
LONGEST_PIECE = max(map(len, PIECES))
UNKNOWN_SCORE = min(score for _, score in PIECES.values()) - 10
DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯०१२३४५६७८९", "01234567890123456789")


def spell(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[\u200b-\u200f\u2060\ufe0f\ufeff\u00ad]", "", text).translate(DIGITS)
    number = lambda found: found[0] if len(re.sub(r"\D", "", found[0])) < 5 else "000"
    text = re.sub(r"[0-9]+(?:[-./][0-9]+)*", number, text)
    text = re.sub(r"(.)\1{3,}", r"\1\1\1", text)
    return re.sub(r"\s+", " ", text).strip()


@lru_cache(maxsize=300_000)
def cut_word(word: str) -> tuple[int, ...]:
    """The likeliest pieces of a word, which begins with the mark of a beginning."""
    best = [(0.0, 0, UNKNOWN)] + [(-math.inf, 0, UNKNOWN)] * len(word)
    for start in range(len(word)):
        score = best[start][0]
        for end in range(start + 1, min(len(word), start + LONGEST_PIECE) + 1):
            known = PIECES.get(word[start:end])
            if known and score + known[1] > best[end][0]:
                best[end] = (score + known[1], start, known[0])
        if score + UNKNOWN_SCORE > best[start + 1][0]:
            best[start + 1] = (score + UNKNOWN_SCORE, start, UNKNOWN)
    pieces, at = [], len(word)
    while at > 0:
        pieces.append(best[at][2])
        at = best[at][1]
    return tuple(reversed(pieces))


def cut(text: str) -> list[int]:
    pieces = [piece for word in spell(text).split(" ") for piece in cut_word("▁" + word)]
    return [START, *pieces[:LONGEST], END]


# ── The network ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.ao = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.aln, self.oln = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        count, length, _ = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), -1)
        weights = F.dropout(weights, self.dropout, self.training)
        seen = (weights @ v).transpose(1, 2).reshape(count, length, WIDTH)
        x = self.aln(x + F.dropout(self.ao(seen), self.dropout, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), self.dropout, self.training))


class Ear(nn.Module):
    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(len(vocabulary["pieces"]), WIDTH)
        self.pos = nn.Parameter(torch.zeros(128, WIDTH))
        self.ln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(12))
        self.heads = nn.ModuleDict({question: nn.Linear(WIDTH, len(each)) for question, each in VERDICTS.items()})
        self.dropout = dropout

    def forward(self, pieces: torch.Tensor) -> dict[str, torch.Tensor]:
        x = self.ln(self.word(pieces) + self.pos[: pieces.shape[1]])
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x)
        x = F.dropout(x.mean(1), self.dropout, self.training)
        return {question: head(x) for question, head in self.heads.items()}


# ── ear.onnx ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Whole(nn.Module):
    """A matrix as whole numbers of 8 bits, with a scale for each row."""

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("whole", (weight / scale).round().to(torch.int8))


class WholeLinear(Whole):
    def __init__(self, linear: nn.Linear) -> None:
        super().__init__(linear.weight.data)
        self.register_buffer("bias", linear.bias.data)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ (self.whole.float() * self.scale).t() + self.bias


class WholeEmbedding(Whole):
    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        return self.whole[pieces].float() * self.scale[pieces]


def write(ear: Ear, file: Path) -> None:
    ear = ear.eval()
    parts = {name: part for name, part in ear.named_modules() if isinstance(part, (nn.Linear, nn.Embedding))}
    for name, part in parts.items():
        whole = WholeLinear(part) if isinstance(part, nn.Linear) else WholeEmbedding(part.weight.data)
        *path, last = name.split(".")
        owner = ear.get_submodule(".".join(path))
        if isinstance(owner, nn.ModuleDict):
            owner[last] = whole
        else:
            setattr(owner, last, whole)
    for parameter in ear.parameters():
        parameter.requires_grad_(False)
    torch.onnx.export(
        ear,
        (torch.tensor([[START, 5, 6, 7, END]], dtype=torch.int32),),
        str(file),
        input_names=["pieces"],
        output_names=list(VERDICTS),
        dynamic_axes={"pieces": {1: "length"}},
        opset_version=17,
        do_constant_folding=False,
        dynamo=False,
    )


def read(file: Path) -> Ear:
    values = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in onnx.load(file).graph.initializer}
    ear = Ear()
    state = {}
    for name in ear.state_dict():
        part = name.removesuffix(".weight")
        whole = values.get(f"{part}.whole")
        state[name] = values[name] if whole is None else whole.float() * values[f"{part}.scale"]
    ear.load_state_dict(state)
    return ear


# ── Messages ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

FAIR_SHARE = 0.25
OFFERED_YEARS = set(VERDICTS["years"])


def verdict_of(question: str, asked: str | None, reading: dict) -> str | None:
    """What a reading says to a question; None where the message was no answer to it."""
    intent = reading.get("intent")
    other = "leaves" if intent else "neither"
    if question == "wishes":
        return None if asked in ("allRight", "bills", "place", "years") and intent is None else intent or "none"
    if question == "agreement" and asked == "allRight":
        return reading.get("agreement") or other
    if question == "choice" and asked in ("bills", "place"):
        places = reading.get("places")
        if not places:
            return other
        return "some" if places[0] != "all" else "all" if len(places) == 1 else "allBut"
    if question == "years" and asked == "years":
        years = reading.get("years")
        return other if years is None else str(years) if str(years) in OFFERED_YEARS else "other"
    return None


def lesson_of(message: dict) -> dict:
    asked, reading, also = message.get("asked"), message["reading"], message.get("also", [])
    right = {}
    for question in QUESTIONS:
        best = verdict_of(question, asked, reading)
        if best is None:
            continue
        others = [each for each in (verdict_of(question, asked, other) for other in also) if each]
        share = dict.fromkeys(VERDICTS[question], 0.0)
        share[best] += 1 - FAIR_SHARE if others else 1
        for other in others:
            share[other] += FAIR_SHARE / len(others)
        right[question] = torch.tensor([share[verdict] for verdict in VERDICTS[question]])
    named = [str(place).lstrip("-") for place in reading.get("places", []) if place != "all"]
    if named and asked in ("bills", "place"):
        right["places"] = torch.tensor([float(place in named) for place in PLACES])
    return {"pieces": cut(message["text"]), "right": right, "message": message}


def read_messages(folder: Path) -> list[dict]:
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines() if line.strip()]


# ── Learning ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def batches(lessons: list[dict], size: int = 48) -> list[list[dict]]:
    """Lessons of one length belong together, so that nothing is filled up."""
    by_length: dict[int, list[dict]] = {}
    for lesson in lessons:
        by_length.setdefault(len(lesson["pieces"]), []).append(lesson)
    return [same[at : at + size] for same in by_length.values() for at in range(0, len(same), size)]


def varied(lesson: dict) -> dict:
    """The lesson in other letters, with slips, or with other places; and some pieces are not heard, so that none is relied on."""
    message, right = lesson["message"], lesson["right"]
    text = message["text"]
    if "places" in right and random.random() < 0.7:
        named = [place for place, is_named in zip(PLACES, right["places"]) if is_named]
        if other := with_other_places(text, named):
            text, named = other
            right = {**right, "places": torch.tensor([float(place in named) for place in PLACES])}
    if message["language"] in ("bn", "hi", "mixed") and random.random() < 0.35:
        text = in_latin_letters(text)
    if random.random() < 0.3:
        text = with_slips(text)
    pieces = lesson["pieces"] if text == message["text"] else cut(text)
    heard = [piece if piece in (START, END) or random.random() > 0.08 else UNKNOWN for piece in pieces]
    return {"pieces": heard, "right": right, "message": message}


def loss_of(said: dict[str, torch.Tensor], batch: list[dict]) -> torch.Tensor:
    loss = torch.zeros(())
    for question, points in said.items():
        rows = [row for row, lesson in enumerate(batch) if question in lesson["right"]]
        if not rows:
            continue
        right = torch.stack([batch[row]["right"][question] for row in rows])
        if question == "places":
            loss = loss + 2 * F.binary_cross_entropy_with_logits(points[rows].float(), right, reduction="sum")
        else:
            loss = loss - (right * F.log_softmax(points[rows].float(), 1)).sum()
    return loss / len(batch)


def measure(ear: Ear, lessons: list[dict]) -> None:
    ear.eval()
    counts = {question: [0, 0] for question in VERDICTS}
    with torch.no_grad():
        for batch in batches(lessons):
            said = ear(torch.tensor([lesson["pieces"] for lesson in batch]))
            for question, points in said.items():
                for lesson, row in zip(batch, points):
                    right = lesson["right"].get(question)
                    if right is None:
                        continue
                    hit = bool(((row > 0).float() == right).all()) if question == "places" else right[row.argmax()] > 0
                    counts[question][0] += int(hit)
                    counts[question][1] += 1
    print({question: f"{100 * right / max(1, of):.2f} % of {of}" for question, (right, of) in counts.items()}, flush=True)
    ear.train()


def learn(ear: Ear, lessons: list[dict], held_out: list[dict], rounds: int, step: float) -> None:
    parameters = dict(ear.named_parameters())
    groups = [
        {"params": [each for name, each in parameters.items() if name.startswith("word")], "lr": 3 * step, "weight_decay": 0.0},
        {"params": [each for name, each in parameters.items() if not name.startswith("word")], "lr": step},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = rounds * len(batches(lessons))
    rate = lambda done: min((done + 1) / (0.03 * total), (total - done) / (0.97 * total))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    ear.train()
    for _ in range(rounds):
        random.shuffle(lessons)
        turns = batches([varied(lesson) for lesson in lessons])
        random.shuffle(turns)
        for batch in turns:
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(ear(torch.tensor([lesson["pieces"] for lesson in batch])), batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(ear.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
        measure(ear, held_out)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--step", type=float, default=1e-4)
    options.add_argument("--measure", action="store_true")
    options.add_argument("--data", type=Path, default=HERE.parent / "test" / "fixtures" / "messages")
    options.add_argument("--out", type=Path, default=HERE / "ear.onnx")
    chosen = options.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    lessons = [lesson_of(message) for message in read_messages(chosen.data)]
    held_out = [lesson for lesson in lessons if lesson["message"].get("heldOut")]
    taught = [lesson for lesson in lessons if not lesson["message"].get("heldOut") and lesson["right"]]
    ear = read(HERE / "ear.onnx")
    print(f"{len(taught)} messages to learn from, {len(held_out)} held out", flush=True)
    measure(ear, held_out)
    if not chosen.measure:
        learn(ear, taught, held_out, chosen.rounds, chosen.step)
        write(ear, chosen.out)


if __name__ == "__main__":
    main()
