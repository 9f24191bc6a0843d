"""Which components a question means: ``pre-training data``, ``alignment`` alone, ``data … in pretraining``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.taxonomy.mentions import EXCEPT, Mention, Scan, Sort, distinct

__all__ = ["Part", "read_parts"]

_STAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "pretraining": {"code": ("pretraining_code",), "data": ("pretraining_data",)},
    "finetuning": {"code": ("finetuning_code",), "data": ("sft_data",)},
    "sft": {"code": ("finetuning_code",), "data": ("sft_data",), "": ("sft_data",)},
    "alignment": {"code": ("alignment_code",), "data": ("alignment_data",)},
    "general": {"code": ("general_eval_code",), "data": ("utility_benchmarks_data",), "": ("general_eval_code",)},
    "safety": {"code": ("safety_eval_code",), "data": ("safety_eval_data",)},
    "utility": {
        "code": ("utility_benchmarks_data",),
        "data": ("utility_benchmarks_data",),
        "": ("utility_benchmarks_data",),
    },
    "inference": {"code": ("inference_code",), "data": ("weights",), "": ("inference_code",)},
    "weights": {"code": ("weights",), "data": ("weights",), "": ("weights",)},
    "training": {
        "code": ("pretraining_code", "finetuning_code", "alignment_code"),
        "data": ("pretraining_data", "sft_data", "alignment_data"),
    },
    "evaluation": {
        "code": ("general_eval_code", "safety_eval_code"),
        "data": ("utility_benchmarks_data", "safety_eval_data"),
    },
    "": {
        "code": (
            "pretraining_code",
            "finetuning_code",
            "alignment_code",
            "general_eval_code",
            "safety_eval_code",
            "inference_code",
        ),
        "data": ("pretraining_data", "sft_data", "alignment_data", "utility_benchmarks_data", "safety_eval_data"),
    },
}
_PRIMARY = {
    ("training", "code"): "pretraining_code",
    ("training", "data"): "pretraining_data",
    ("evaluation", "code"): "general_eval_code",
    ("", "data"): "pretraining_data",
}
"""What a condition on a wide phrase is tested on: "open training data" speaks of the data trained on first."""
_ALONE = ("weights", "inference", "utility", "general")
"""Stages that need no word for code or data."""
_JOINING = ("and", "or", "the", "its", "their", "both")


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase of the question with the components that it names."""

    components: tuple[str, ...]
    start: int
    end: int
    text: str
    primary: str = ""
    """The component that the phrase means first, where it is a wide one."""


def read_parts(scan: Scan) -> tuple[Part, ...]:
    """The parts that a question names, in order."""
    stages, matters = list(scan.of(Sort.STAGE)), list(scan.of(Sort.MATTER))
    bound: dict[Mention, list[Mention]] = {}
    taken: set[Mention] = set()
    for stage in stages:
        bound[stage] = _following(scan, stage, stages, matters)
        taken.update(bound[stage])
    spare = [matter for matter in matters if matter not in taken]
    parts, used = [], set[Mention]()
    for stage in stages:
        if not bound[stage] and stage.value not in _ALONE and spare:
            matter = min((item for item in spare), key=lambda item: abs(item.start - stage.start))
            bound[stage] = [matter]
            used.add(matter)
        parts.append(_part(scan, stage, bound[stage]))
    parts += [_bare(matter) for matter in spare if matter not in used]
    kept = sorted(_whole(parts), key=lambda part: part.start)
    return tuple(_others(part) if EXCEPT.search(scan.text[: part.start]) else part for part in kept)


def _others(part: Part) -> Part:
    """All components but those of a part."""
    everything = (*_STAGES[""]["code"], *_STAGES[""]["data"], "weights")
    components = tuple(name for name in everything if name not in part.components)
    return Part(components, part.start, part.end, f"not {part.text}")


def _following(scan: Scan, stage: Mention, stages: list[Mention], matters: list[Mention]) -> list[Mention]:
    """The words for code and data that belong to a stage: right behind it, across other stages and ``and``."""
    found: list[Mention] = []
    end = stage.end
    for mention in scan.mentions:
        if mention.start < end or mention.text.lower() in _JOINING:
            continue
        gap = re.sub(r"\b(?:and|or|the|its|their|both)\b|[,&/\s]|'s|-", "", scan.text[end : mention.start])
        joined = scan.text[end : mention.start].strip()
        if gap or mention.sort not in (Sort.MATTER, Sort.STAGE) or (stage.value in _ALONE and joined):
            break
        if mention in matters:
            found.append(mention)
        elif found or mention.value in _ALONE:
            break
        end = mention.end
    return found


def _part(scan: Scan, stage: Mention, matters: list[Mention]) -> Part:
    choices = _STAGES[stage.value]
    kinds = distinct(matter.value for matter in matters)
    if not kinds:
        components = choices.get("") or (*choices["code"], *choices["data"])
    else:
        components = distinct(component for kind in kinds for component in choices[kind])
    end = max([stage.end, *(matter.end for matter in matters if matter.start > stage.end)])
    primary = _PRIMARY.get((stage.value, kinds[0]), "") if len(kinds) == 1 else ""
    start = min([stage.start, *(matter.start for matter in matters)])
    return Part(components, start, end, scan.text[start:end], primary)


def _bare(matter: Mention) -> Part:
    return Part(_STAGES[""][matter.value], matter.start, matter.end, matter.text, _PRIMARY.get(("", matter.value), ""))


def _whole(parts: list[Part]) -> list[Part]:
    """Drop a wide part where a narrower one of the same words is there: ``training`` beside ``pre-training``."""
    narrow = {
        component for part in parts if not part.primary and len(part.components) == 1 for component in part.components
    }
    return [part for part in parts if len(part.components) == 1 or not narrow & set(part.components)]
