"""ONNX models as bytes: the few messages of ``onnx.proto`` that a graph over given weights needs.

The package ``onnx`` would write the same bytes and is 31 MB; what is used of the format is protobuf's wire format
(https://protobuf.dev/programming-guides/encoding) and the field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["FLOAT", "INT32", "INT64", "external", "integers", "model", "node", "tensor_type"]

FLOAT, INT32, INT64 = 1, 6, 7
"""Element types, as ``TensorProto.DataType`` numbers them."""

_IR_VERSION = 8
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT = 1, 2
_STORED_OUTSIDE = 1


def node(operator: str, inputs: Sequence[str], output: str, domain: str = "", /, **attributes: float | int) -> bytes:
    """A ``NodeProto`` with one output; an empty name stands for an optional input that is not given."""
    parts = [_text(1, name) for name in inputs]
    parts += [_text(2, output), _text(4, operator)]
    parts += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
    if domain:
        parts.append(_text(7, domain))
    return b"".join(parts)


def external(name: str, shape: Sequence[int]) -> bytes:
    """A float32 ``TensorProto`` whose values the session is given apart from the model."""
    place = _text(1, "location") + _text(2, "weights")
    dimensions = b"".join(_number(1, size) for size in shape)
    return dimensions + _number(2, FLOAT) + _text(8, name) + _bytes(13, place) + _number(14, _STORED_OUTSIDE)


def integers(name: str, values: NDArray[np.int64]) -> bytes:
    """An int64 ``TensorProto`` with its values."""
    dimensions = b"".join(_number(1, size) for size in values.shape)
    return dimensions + _number(2, INT64) + _text(8, name) + _bytes(9, values.astype("<i8").tobytes())


def tensor_type(name: str, element: int, shape: Sequence[int | str]) -> bytes:
    """A ``ValueInfoProto``; a name in ``shape`` stands for a size that each call chooses."""
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    dimensions = b"".join(_bytes(1, size) for size in sizes)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, element) + _bytes(2, dimensions)))


def model(
    nodes: Sequence[bytes],
    tensors: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    operator_sets: Mapping[str, int],
) -> bytes:
    """A ``ModelProto`` of one graph; ``operator_sets`` gives the version for each domain of operators."""
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
    """Seven bits a byte, lowest first; a negative number as its two's complement of 64 bits."""
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
