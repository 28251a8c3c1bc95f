"""Where the core can be altered, and the copy of it in which a run turns one place with MUTANT=n.

Every place becomes an operator or a call of its own. It works out both what the code says and what
the alteration says, and notes when the two differ: a test in which they never differ cannot notice.
"""
import os
import re

CORE = "Sources/PerfusionCore"
FILES = [
    "Interlocks/Arbiter", "Interlocks/InterlockLayout", "Interlocks/Interlocks", "Interlocks/RowBank",
    "Interlocks/RowAlarms", "Interlocks/InterlockFacts", "Alarms/AlarmConditions", "Alarms/AlarmSystem",
    "Alarms/SignalGenerator", "Alarms/StandingAlarm", "Alarms/AlarmLimit", "Control/CircuitFacts",
    "Control/FlowFacts", "Control/PlatformFacts", "Control/PumpFacts", "Control/SupplyFacts",
    "Service/ServiceCounters", "Plausibility/Contradiction", "Plausibility/InletWitness",
    "Plausibility/LineWitness",
]
FLIPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&"}
KIND = {"&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence"}
# Lines that declare rather than compute, and patterns of a switch.
DECLARES = re.compile(
    r"^\s*(///|//|@|import |case \d"
    r"|(public |private |static |internal )*(func|extension|struct|enum|typealias)\b)")
COMPARISON = re.compile(r" (<=|>=|==|!=|<|>|&&|\|\|)(?: |$)")
EXTREME = re.compile(r"(?<![\w.])(min|max)\(")
# Not 0 and 1, which mean none, first and one bit; not the sizes in generic types.
CONSTANT = re.compile(r"(?<![\w.<])(?:\d[\d_]*\.\d+|\d[\d_]*\d|[2-9])(?![\w.]|\.\.)")
LOGICAL = re.compile(r"(?<![\w.])(?<!== )(true|false)(?!\w)")
DENIAL = re.compile(r"(^|[\s(,])!((?:[A-Za-z_$][\w$]*)(?:\.\w+|\([^()]*\)|\[[^\[\]]*\])*)")

SWITCH = """
import CMutant
/// Which alteration is in force; in a copy of the core only.
public enum Mutant {
  @inlinable public static func turned<T: Equatable>(_ place: Int32, _ plain: T, _ other: T) -> T {
    if plain != other { mutant_differs(place) }
    return mutant_is(place) ? other : plain
  }
  @inlinable public static func min<T: Comparable>(_ place: Int32, _ a: T, _ b: T) -> T {
    turned(place, Swift.min(a, b), Swift.max(a, b))
  }
  @inlinable public static func max<T: Comparable>(_ place: Int32, _ a: T, _ b: T) -> T {
    turned(place, Swift.max(a, b), Swift.min(a, b))
  }
  /// The constant; a place of its own each for a larger and a smaller one.
  @inlinable public static func constant<T: BinaryInteger>(_ place: Int32, _ a: T) -> T {
    turned(place + 1, turned(place, a, a + a / 8 + 1), a - a / 8 - 1)
  }
  @inlinable public static func constant<T: BinaryFloatingPoint>(_ place: Int32, _ a: T) -> T {
    turned(place + 1, turned(place, a, a + a / 8), a - a / 8)
  }
  @inlinable public static func not(_ place: Int32, _ a: Bool) -> Bool { turned(place, a, !a) }
}
"""
COUNTER_HEADER = """
extern int mutant_number;
extern unsigned char mutant_different[4096];
static inline _Bool mutant_is(int place) { return mutant_number == place; }
static inline void mutant_differs(int place) { mutant_different[place] = 1; }
"""
COUNTER = """
#include "CMutant.h"
#include <stdio.h>
#include <stdlib.h>
int mutant_number;
unsigned char mutant_different[4096];
__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("MUTANT");
  mutant_number = text ? atoi(text) : 0;
}
__attribute__((destructor)) static void end(void) {
  const char *path = getenv("MUTANT_DIFFERENT");
  FILE *out = path ? fopen(path, "w") : NULL;
  if (!out) return;
  for (int place = 0; place < 4096; place++)
    if (mutant_different[place]) fprintf(out, "%d\\n", place);
  fclose(out);
}
"""
PACKAGE = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
  name: "mutants",
  targets: [
    .target(name: "CMutant"), .target(name: "PerfusionCore", dependencies: ["CMutant"]),
    .target(name: "TestSupport", path: "Tests/Support"),
    .testTarget(
      name: "PerfusionCoreTests", dependencies: ["PerfusionCore", "TestSupport"],
      path: "Tests/PerfusionCore"),
  ])
"""


class Places:
    """Every alteration by its number, and the Swift that lets a run turn it."""

    def __init__(self):
        self.words, self.keys, self.swift = [""], [""], []

    def new(self, path, line, text, change):
        """The number of a further place; its key stays when lines above it come or go."""
        key = f"{path}: {change}: {text.strip()}"
        again = sum(1 for other in self.keys if other.partition(" #")[0] == key)
        self.keys.append(key if not again else f"{key} #{again + 1}")
        self.words.append(f"{path}:{line}: {self.keys[-1][len(path) + 2:]}")
        return len(self.keys) - 1

    def operator(self, token, place):
        name, number, other = token[0], place, FLIPS[token]
        for _ in range(6):
            number, digit = divmod(number, 4)
            name += "*+%^"[digit]
        self.swift.append(f"infix operator {name}: {KIND.get(token, 'ComparisonPrecedence')}")
        start = f"@inlinable public func {name} "
        if token in KIND:
            # What the second operand would have said is asked for only when it was to be asked.
            whole, short = ("a", "!a") if token == "&&" else ("!a", "a")
            self.swift.append(
                f"{start}(a: Bool, b: @autoclosure () -> Bool) -> Bool {{\n"
                f"  if {whole} {{ return Mutant.turned({place}, b(), a) }}\n"
                f"  mutant_differs({place})\n"
                f"  return mutant_is({place}) ? b() : a\n}}")
            return name
        body = f"{{ Mutant.turned({place}, a {token} b, a {other} b) }}"
        need = "Equatable" if token in ("==", "!=") else "Comparable"
        self.swift.append(f"{start}<T: {need}>(a: T, b: T) -> Bool {body}")
        if need == "Equatable":
            self.swift.append(f"{start}<T>(a: T?, b: _OptionalNilComparisonType) -> Bool {body}")
        return name


def altered(places, path, text):
    """The text with every place that can be altered made turnable."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(line if DECLARES.match(line) else altered_line(places, path, number, line))
    return "\n".join(lines)


def altered_line(places, path, number, original):
    def new(change):
        return places.new(path, number, original, change)

    def flip(match):
        token = match.group(1)
        return f" {places.operator(token, new(f'{token} -> {FLIPS[token]}'))} "

    def extreme(match):
        word = match.group(1)
        return f"Mutant.{word}({new(word + ' -> ' + ('max' if word == 'min' else 'min'))}, "

    def constant(match):
        place = new(f"{match.group(0)} -> larger")
        new(f"{match.group(0)} -> smaller")
        return f"Mutant.constant({place}, {match.group(0)})"

    def logical(match):
        return f"Mutant.not({new('not ' + match.group(1))}, {match.group(1)})"

    def deny(match):
        return f"{match.group(1)}Mutant.not({new('! taken away')}, !{match.group(2)})"

    # What one change writes, the next must not take for the code's own.
    code, mark, comment = original.partition(" // ")
    code = CONSTANT.sub(constant, code)
    code = LOGICAL.sub(logical, code)
    code = EXTREME.sub(extreme, code)
    code = COMPARISON.sub(flip, code)
    return DENIAL.sub(deny, code) + mark + comment


def put(path, text):
    """Writes a file, unless it is so already: what did not change is not built again."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not os.path.exists(path) or open(path).read() != text:
        with open(path, "w") as out:
            out.write(text)


def write_copy(root, copy):
    """Writes the package with the altered core and its tests; gives the places."""
    places = Places()
    wanted = set()

    def keep(path, text):
        wanted.add(path)
        put(path, text)

    for room in (CORE, "Tests/PerfusionCore", "Tests/Support"):
        for folder, _, names in os.walk(f"{root}/{room}"):
            for name in sorted(name for name in names if name.endswith(".swift")):
                path = os.path.relpath(f"{folder}/{name}", root)
                text = open(f"{root}/{path}").read()
                short = path[len(CORE) + 1:-len(".swift")]
                if path.startswith(CORE) and short in FILES:
                    text = altered(places, short, text)
                keep(f"{copy}/{path}", text)
    keep(f"{copy}/{CORE}/Mutant.swift", SWITCH + "\n".join(places.swift) + "\n")
    keep(f"{copy}/Sources/CMutant/include/CMutant.h", COUNTER_HEADER)
    keep(f"{copy}/Sources/CMutant/CMutant.c", COUNTER)
    keep(f"{copy}/Package.swift", PACKAGE)
    for folder in ("Sources", "Tests"):
        for inside, _, names in os.walk(f"{copy}/{folder}"):
            for name in names:
                if f"{inside}/{name}" not in wanted:
                    os.remove(f"{inside}/{name}")
    return places
