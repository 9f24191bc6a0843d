"""BERT encoders with mean pooling as ONNX graphs, written over the weights of a sentence-transformers folder.

The weights of the folder's ``model.safetensors`` are mapped into memory and given to the session as they are: nothing
is copied or converted, and neither torch nor ``onnx`` is needed. The graph computes what `transformers.BertModel`, mean
pooling and a division by the length compute (https://arxiv.org/abs/1810.04805, https://arxiv.org/abs/1908.10084), with
onnxruntime's fused operators (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). Its
messages are written in protobuf's wire format (https://protobuf.dev/programming-guides/encoding) with the field numbers
of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

__all__ = ["HEAD_BIAS", "HEAD_WEIGHT", "REVISION", "SentenceBert", "Unsupported", "read_tensors"]

Weights = dict[str, NDArray[Any]]

REVISION = 1
"""Raised with each change of the graph, so that the encoder is compared with torch again."""

_FLOAT, _INT8, _INT32, _INT64 = 1, 3, 6, 7
"""Element types, as ``TensorProto.DataType`` numbers them."""
_IR_VERSION = 8
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT = 1, 2
_STORED_OUTSIDE = 1
_MICROSOFT = "com.microsoft"
_OPERATOR_SETS = {"": 17, _MICROSOFT: 1}

_POSITIONS, _TYPES = "positions", "types.difference"
"""Position embeddings with that of the first token type added; and what each type, (2, hidden), differs from it: every
token of a text that is embedded is of the first."""
HEAD_WEIGHT, HEAD_BIAS = "head.weight", "head.bias"
"""Of a cross-encoder's head, (2 · hidden, 1) and (1,)."""
_MODULES = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
_ELEMENTS = {"F32": np.float32, "F16": np.float16, "U8": np.uint8}
_SCALES, _LEVELS = ".scales", 63
_MAX_HEADER = 1 << 24
"""Bytes of a safetensors file's header."""


class Unsupported(ModelError):
    """No graph can be written for this kind of model; the cause says why."""


@dataclass(frozen=True)
class SentenceBert:
    """A model's configuration and weights."""

    config: dict[str, Any]
    weights: Weights
    """Shape as torch keeps them: a linear layer's is (outputs, inputs)."""

    @classmethod
    def read(cls, folder: Path, *, types: bool = False) -> "SentenceBert":
        """Read the model in ``folder``; with ``types``, also what a cross-encoder's graph needs.

        Raises:
            Unsupported: it is another kind of model, or its files are not as expected.
        """
        try:
            config = _json(folder / "config.json")
            _require_kind(folder, config)
            tensors = read_tensors(folder / "model.safetensors")
            weights = {
                name: tensor
                for name, tensor in tensors.items()
                if name.startswith(("embeddings.word_embeddings.", "embeddings.LayerNorm.", "encoder.layer."))
            }
            of_types = tensors["embeddings.token_type_embeddings.weight"]
            weights[_POSITIONS] = tensors["embeddings.position_embeddings.weight"] + of_types[0]
            if types:
                weights[_TYPES] = of_types - of_types[0]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            cause = f"The model's files are not those of a BERT encoder ({error})"
            raise Unsupported(cause, place=str(folder)) from error
        return cls(config, weights)

    def quantized(self) -> "SentenceBert":
        """The same with the weights of every layer in eight bits, (inputs, outputs), and a scale for each output.

        Products then take a third of the time, and a quarter of the memory. Seven bits are used: processors without
        VNNI add two products in sixteen bits, which eight bits overflow.
        """
        weights: Weights = {}
        for name, weight in self.weights.items():
            if name.startswith("encoder.layer.") and weight.ndim == 2:
                scales = np.abs(weight).max(axis=1) / _LEVELS
                weights[name] = np.ascontiguousarray(np.rint(weight / scales[:, None]).astype(np.int8).T)
                weights[name + _SCALES] = scales.astype(np.float32)
            else:
                weights[name] = weight
        return SentenceBert(self.config, weights)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.config["hidden_size"])

    def graph(self) -> bytes:
        """Write the ONNX model.

        Inputs: ``ids`` and ``mask``, both (texts, tokens); ``places``, (tokens,), counting from 0; ``shares``,
        (texts, 1, tokens), each token's share in the mean. Output: ``vectors``, (texts, dimension), of length 1.
        """
        head = [_node("Squeeze", ["means", "one"], "mean"), _node("LpNormalization", ["mean"], "vectors", axis=-1, p=2)]
        return self._graph(head, [], _tensor_type("vectors", _FLOAT, ["texts", self.dimension]))

    def cross_encoder_graph(self) -> bytes:
        """Write the ONNX model of a cross-encoder, whose head is linear over the first token's state and the mean.

        Inputs as of `graph`, and ``types``, (texts, tokens), token types 0 and 1. Output: ``logits``, (texts, 1, 1).
        """
        head = [
            _node("Gather", ["states", "zero"], "first", axis=1),
            _node("Concat", ["first", "means"], "both", axis=2),
            _node("MatMul", ["both", HEAD_WEIGHT], "product"),
            _node("Add", ["product", HEAD_BIAS], "logits"),
        ]
        types = [_node("Gather", [_TYPES, "types"], "typed"), _node("Add", ["untyped", "typed"], "summed")]
        return self._graph(head, types, _tensor_type("logits", _FLOAT, ["texts", 1, 1]))

    def _graph(self, head: Sequence[bytes], types: Sequence[bytes], output: bytes) -> bytes:
        """The encoder with a head over ``states``, (texts, tokens, hidden), and ``means``, (texts, 1, hidden)."""
        hidden, epsilon = self.dimension, float(self.config["layer_norm_eps"])
        nodes = [
            _node("Gather", ["embeddings.word_embeddings.weight", "ids"], "words"),
            _node("Gather", [_POSITIONS, "places"], "placed"),
            _node("Add", ["words", "placed"], "untyped" if types else "summed"),
            *types,
            _node("LayerNormalization", ["summed", *_norm("embeddings")], "embedded", epsilon=epsilon, axis=-1),
            _node("Reshape", ["embedded", "flat"], "layer.0"),
            _node("Shape", ["ids"], "texts_tokens"),
            _node("Concat", ["texts_tokens", "hidden"], "cube", axis=0),
        ]
        layers = int(self.config["num_hidden_layers"])
        for layer in range(layers):
            nodes += self._layer(layer, epsilon)
        nodes += [
            _node("Reshape", [f"layer.{layers}", "cube"], "states"),
            _node("MatMul", ["shares", "states"], "means"),
            *head,
        ]
        tensors = [_external(name, weight) for name, weight in self.weights.items()]
        tensors += [
            _integers("flat", np.array([-1, hidden])),
            _integers("hidden", np.array([hidden])),
            _integers("one", np.array([1])),
            _integers("zero", np.array([0])),
        ]
        inputs = [
            _tensor_type("ids", _INT64, ["texts", "tokens"]),
            _tensor_type("mask", _INT32, ["texts", "tokens"]),
            _tensor_type("places", _INT64, ["tokens"]),
            _tensor_type("shares", _FLOAT, ["texts", 1, "tokens"]),
        ]
        inputs += [_tensor_type("types", _INT64, ["texts", "tokens"])] if types else []
        return _model(nodes, tensors, inputs, [output], _OPERATOR_SETS)

    def _layer(self, layer: int, epsilon: float) -> list[bytes]:
        """Attention and feed-forward of one layer, each added to its input and normalised; (tokens, hidden) throughout.

        Biases are added by the operators behind the products, in the same pass over the values.
        """
        prefix, here = f"encoder.layer.{layer}", f"{layer}"
        nodes = []
        for role in ("query", "key", "value"):
            linear = [f"{prefix}.attention.self.{role}.weight", f"{prefix}.attention.self.{role}.bias"]
            nodes.append(self._product(f"layer.{layer}", linear, f"{here}.{role}.flat"))
            nodes.append(_node("Reshape", [f"{here}.{role}.flat", "cube"], f"{here}.{role}"))
        roles = [f"{here}.query", f"{here}.key", f"{here}.value"]
        heads = int(self.config["num_attention_heads"])
        attended, inner, outer = f"{prefix}.attention.output", f"{prefix}.intermediate.dense", f"{prefix}.output"
        return [
            *nodes,
            _node("MultiHeadAttention", [*roles, "", "mask"], f"{here}.context.cube", _MICROSOFT, num_heads=heads),
            _node("Reshape", [f"{here}.context.cube", "flat"], f"{here}.context"),
            self._product(f"{here}.context", [f"{attended}.dense.weight"], f"{here}.mixed"),
            _added(f"{here}.mixed", f"layer.{layer}", attended, f"{here}.attended", epsilon),
            self._product(f"{here}.attended", [f"{inner}.weight"], f"{here}.wide"),
            _node("BiasGelu", [f"{here}.wide", f"{inner}.bias"], f"{here}.active", _MICROSOFT),
            self._product(f"{here}.active", [f"{outer}.dense.weight"], f"{here}.narrow"),
            _added(f"{here}.narrow", f"{here}.attended", outer, f"layer.{layer + 1}", epsilon),
        ]

    def _product(self, state: str, linear: Sequence[str], output: str) -> bytes:
        """The product with a weight, and the bias where ``linear`` names one."""
        weight, *bias = linear
        if self.weights[weight].dtype != np.int8:
            return _node("Gemm", [state, *linear], output, transB=1)
        return _node("DynamicQuantizeMatMul", [state, weight, weight + _SCALES, "", *bias], output, _MICROSOFT)


def _norm(prefix: str) -> list[str]:
    return [f"{prefix}.LayerNorm.weight", f"{prefix}.LayerNorm.bias"]


def _added(change: str, state: str, prefix: str, output: str, epsilon: float) -> bytes:
    inputs = [change, state, *_norm(prefix), f"{prefix}.dense.bias"]
    return _node("SkipLayerNormalization", inputs, output, _MICROSOFT, epsilon=epsilon)


def _require_kind(folder: Path, config: dict[str, Any]) -> None:
    """Raise `Unsupported` for a model whose vectors the graph would not reproduce."""
    modules = [module["type"].rpartition(".")[2] for module in _json(folder / "modules.json")]
    pooling = _json(folder / "1_Pooling" / "config.json")
    modes = [name for name, chosen in pooling.items() if name.startswith("pooling_mode_") and chosen]
    described = folder / "config_sentence_transformers.json"
    requirements = {
        "is no BERT model": config["model_type"] == "bert",
        "has another activation than gelu": config.get("hidden_act") == "gelu",
        "has relative positions": config.get("position_embedding_type", "absolute") == "absolute",
        "has other modules than transformer and pooling": modules in _MODULES,
        "has another pooling than the mean": modes == ["pooling_mode_mean_tokens"],
        "puts words in front of each text": not (
            described.is_file() and _json(described).get("default_prompt_name") is not None
        ),
        "has no tokenizer.json": (folder / "tokenizer.json").is_file(),
    }
    for reason, fulfilled in requirements.items():
        if not fulfilled:
            raise Unsupported(f"The model {reason}", place=str(folder))


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Map the tensors of a safetensors file into memory: a page is read when it is first used.

    Raises:
        ValueError: the file is not of that format (https://github.com/huggingface/safetensors#format).
    """
    data = np.memmap(path, dtype=np.uint8, mode="r")
    size = int.from_bytes(data[:8].tobytes(), "little")
    if size > min(_MAX_HEADER, len(data) - 8):
        raise ValueError("no header of a safetensors file")
    header = json.loads(data[8 : 8 + size].tobytes())
    tensors: dict[str, NDArray[Any]] = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] in _ELEMENTS:
            begin, end = entry["data_offsets"]
            values = data[8 + size + begin : 8 + size + end].view(_ELEMENTS[entry["dtype"]])
            tensors[name.removeprefix("bert.")] = values.reshape(entry["shape"])
    return tensors


def _node(operator: str, inputs: Sequence[str], output: str, domain: str = "", /, **attributes: float | int) -> bytes:
    """Encode a ``NodeProto`` with one output; an empty name stands for an optional input that is not given."""
    parts = [_text(1, name) for name in inputs]
    parts += [_text(2, output), _text(4, operator)]
    parts += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
    if domain:
        parts.append(_text(7, domain))
    return b"".join(parts)


def _external(name: str, values: NDArray[Any]) -> bytes:
    """Encode a ``TensorProto`` whose values the session is given apart from the model."""
    place = _text(1, "location") + _text(2, "weights")
    dimensions = b"".join(_number(1, size) for size in values.shape)
    element = _INT8 if values.dtype == np.int8 else _FLOAT
    return dimensions + _number(2, element) + _text(8, name) + _bytes(13, place) + _number(14, _STORED_OUTSIDE)


def _integers(name: str, values: NDArray[np.int64]) -> bytes:
    """Encode an int64 ``TensorProto`` with its values."""
    dimensions = b"".join(_number(1, size) for size in values.shape)
    return dimensions + _number(2, _INT64) + _text(8, name) + _bytes(9, values.astype("<i8").tobytes())


def _tensor_type(name: str, element: int, shape: Sequence[int | str]) -> bytes:
    """Encode a ``ValueInfoProto``; a name in ``shape`` stands for a size that each call chooses."""
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    dimensions = b"".join(_bytes(1, size) for size in sizes)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, element) + _bytes(2, dimensions)))


def _model(
    nodes: Sequence[bytes],
    tensors: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    operator_sets: Mapping[str, int],
) -> bytes:
    """Encode a ``ModelProto`` of one graph; ``operator_sets`` gives the version for each domain of operators."""
    graph = b"".join(
        [_bytes(1, part) for part in nodes]
        + [_text(2, "graph")]
        + [_bytes(5, part) for part in tensors]
        + [_bytes(11, part) for part in inputs]
        + [_bytes(12, part) for part in outputs]
    )
    sets = b"".join(_bytes(8, _text(1, domain) + _number(2, version)) for domain, version in operator_sets.items())
    return _number(1, _IR_VERSION) + _bytes(7, graph) + sets


def _attribute(name: str, value: float | int) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _ATTRIBUTE_FLOAT)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Encode seven bits a byte, lowest first; a negative number as its two's complement of 64 bits."""
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
