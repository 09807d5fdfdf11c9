"""Regular expressions of a spaCy tokenizer as plain trees, so that the Rust engine needs no Python syntax.

A pattern becomes nested JSON over one table of character sets (sorted, flat lists of code-point ranges):
`{"s": 3}` one character of set 3, `{"q": [..]}` a sequence, `{"a": [..]}` alternatives in order,
`{"r": [least, most, node]}` a greedy repeat (`most` null: no limit), `{"l": [width, negative, node]}` a
look-around (`width` characters behind, 0 for ahead), `"b"` and `"e"` the begin and end of the text.
"""

from __future__ import annotations

import re
import re._constants as op
import re._parser as parser
import sys

TOP = sys.maxunicode
Ranges = list[tuple[int, int]]


class Patterns:
    """Turns patterns into trees and collects the character sets they use."""

    def __init__(self) -> None:
        self.sets: list[list[int]] = []
        self._known: dict[tuple[int, ...], int] = {}
        self._classes: dict[int, Ranges] = {}

    def tree(self, pattern: re.Pattern) -> object:
        """The tree of a compiled pattern."""
        allowed = re.UNICODE
        if pattern.flags & ~allowed:
            raise ValueError(f"flags {pattern.flags} are not supported: {pattern.pattern[:60]}")
        return self._sequence(parser.parse(pattern.pattern))

    def _sequence(self, items) -> object:
        nodes = [self._node(code, value) for code, value in items]
        return nodes[0] if len(nodes) == 1 else {"q": nodes}

    def _node(self, code, value) -> object:
        if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            return {"s": self._set(self._ranges(code, value))}
        if code is op.BRANCH:
            return {"a": [self._sequence(branch) for branch in value[1]]}
        if code is op.SUBPATTERN:
            return self._sequence(value[3])
        if code is op.MAX_REPEAT:
            least, most, body = value
            return {"r": [least, None if most is op.MAXREPEAT else most, self._sequence(body)]}
        if code in (op.ASSERT, op.ASSERT_NOT):
            direction, body = value
            low, high = body.getwidth()
            if direction < 0 and low != high:
                raise ValueError("a look-behind of varying width")
            return {"l": [low if direction < 0 else 0, code is op.ASSERT_NOT, self._sequence(body)]}
        if code is op.AT and value in (op.AT_BEGINNING, op.AT_END):
            return "b" if value is op.AT_BEGINNING else "e"
        raise ValueError(f"{code} is not supported in tokenizer patterns")

    def _ranges(self, code, value) -> Ranges:
        if code is op.LITERAL:
            return [(value, value)]
        if code is op.NOT_LITERAL:
            return _complement([(value, value)])
        if code is op.ANY:
            return _complement([(10, 10)])
        ranges: Ranges = []
        negative = False
        for kind, item in value:
            if kind is op.NEGATE:
                negative = True
            elif kind is op.LITERAL:
                ranges.append((item, item))
            elif kind is op.RANGE:
                ranges.append(item)
            elif kind is op.CATEGORY:
                ranges.extend(self._category(item))
            else:
                raise ValueError(f"{kind} is not supported in a character class")
        ranges = _merge(ranges)
        return _complement(ranges) if negative else ranges

    def _category(self, category) -> Ranges:
        if category not in self._classes:
            letter = {
                op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
                op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
            }[category]
            match = re.compile(letter).match
            self._classes[category] = _merge([(c, c) for c in range(TOP + 1) if match(chr(c))])
        return self._classes[category]

    def _set(self, ranges: Ranges) -> int:
        flat = tuple(edge for pair in _merge(ranges) for edge in pair)
        if flat not in self._known:
            self._known[flat] = len(self.sets)
            self.sets.append(list(flat))
        return self._known[flat]


def _merge(ranges: Ranges) -> Ranges:
    merged: Ranges = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _complement(ranges: Ranges) -> Ranges:
    gaps, at = [], 0
    for low, high in _merge(ranges):
        if low > at:
            gaps.append((at, low - 1))
        at = high + 1
    return gaps + ([(at, TOP)] if at <= TOP else [])
