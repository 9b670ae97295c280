#!/usr/bin/env python3
"""Checks the tables of data/lexicon and data/ontology/contexts.tsv row by row and prints counts.

usage: check_lexicon.py [DATA_DIR]

Every fault is one line `file:line: reason` on standard output; the exit status is 1 when there are any. What the tables mean is
told in data/lexicon/README.md.
"""
import collections
import pathlib
import re
import sys

POS = {"verb", "noun", "adj"}
ROLE_SLOTS = {"subj", "obj", "iobj", "poss", "mod", "clause", "appos"}
PREPOSITIONS = set(
    "with against on to of by from in into at over for between among toward about under upon through after during since near "
    "via as amid before within off across along alongside onto behind".split())
TESTS = {"actor", "place", "person", "state", "plural"}
FLAGS = {"", "both", "mutual"}
EFFECTS = {"agree", "offer", "plan", "threaten", "request", "reject", "cause", "allege", "deny", "attempt", "begin", "go_on",
           "stop", "report", "hope", "support", "oppose"}
TRUTH_KINDS = set(
    "negator negative_pronoun near_miss not_alone alleged_adverb alleged_adjective possible_adverb possible_adjective "
    "future_adjective future_modal would possible_modal condition negative_mark before time_mark free_choice occurrence "
    "negative_phrase perception".split())
FRAMES = {"that", "to", "obj", "ing", "to_ing", "np", "purpose"}
PARTICLES = set("about across ahead along apart around aside away back by down forward home in off on out over through together "
                "under up".split())
CONTEXTS = set(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal "
    "reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic "
    "territory peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber "
    "misinformation crime corruption illegal_drugs trafficking".split())
TIME_VALUES = {
    "month": r"[1-9]|1[0-2]", "weekday": r"[0-6]", "number": r"\d+|X", "ordinal": r"[1-9]\d?", "unit": r"PT?\|0*[A-Z]+",
    "measured": "", "part": r"T[A-Z]{2}|T\d\d:\d\d", "season": r"(SP|SU|FA|WI)\|\d+", "decade": r"[2-9]0",
    "reference": r"(PAST|PRESENT|FUTURE)_REF", "repeated": r"PT?1[A-Z]", "holiday": r"\d+-\d+|\d+\|(-1|[1-5])\|[0-6]",
    "zone": "", "ahead": r"verb|with (infinitive|end|bare date)", "looks ahead": "", "deadline": "", "direction": r"back|on|here"}  # fmt: skip
CODE = re.compile(r"^(0[1-9]|1\d|20)\d{1,2}$")
WORD = re.compile(r"^[^\W_A-Z]?[^A-Z|;:!@\t]*$")


class Checker:
    def __init__(self, root: pathlib.Path) -> None:
        self.root = root
        self.faults = 0
        self.types: dict[str, set[str]] = {}
        self.cameo: set[str] = set()
        self.classes: dict[str, set[str]] = collections.defaultdict(set)

    def fault(self, name: str, line: int, reason: str) -> None:
        self.faults += 1
        print(f"{name}:{line}: {reason}")

    def rows(self, name: str, header: list[str]):
        """Yields (line number, fields) of a table; a wrong header or width is a fault."""
        path = self.root / name
        lines = path.read_text(encoding="utf-8").split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        else:
            self.fault(name, len(lines), "no newline at the end")
        if lines[0].split("\t") != header:
            self.fault(name, 1, f"header is not {header}")
        for number, text in enumerate(lines[1:], 2):
            if text.startswith("#"):
                continue
            fields = text.split("\t")
            if len(fields) != len(header):
                self.fault(name, number, f"{len(fields)} fields, not {len(header)}")
                continue
            for field in fields:
                if field != field.strip() or "  " in field:
                    self.fault(name, number, f"stray blanks in '{field}'")
            yield number, fields

    def load_ontology(self) -> None:
        def lines(name: str):
            path = self.root / name
            text = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
            return [t.split("\t") for t in text if t and not t.startswith("#")][1:]

        self.types = {f[0]: set() for f in lines("ontology/types.tsv")}
        for fields in lines("ontology/modes.tsv"):
            if fields[0] not in self.types:
                self.fault("ontology/modes.tsv", 0, f"unknown type {fields[0]}")
                continue
            self.types[fields[0]].add(fields[1])
        self.cameo = {f[0] for f in lines("ontology/cameo.tsv")}

    def check_act(self, name: str, line: int, type_: str, mode: str, code: str) -> None:
        if type_ not in self.types:
            self.fault(name, line, f"unknown type '{type_}'")
        elif mode and mode not in self.types[type_]:
            self.fault(name, line, f"'{mode}' is no mode of {type_}")
        if code and (not CODE.match(code) or (self.cameo and code not in self.cameo)):
            self.fault(name, line, f"'{code}' is no CAMEO code")

    def check_lemma(self, name: str, line: int, lemma: str, pos: str) -> None:
        if not lemma or lemma != lemma.lower() or not WORD.match(lemma):
            self.fault(name, line, f"bad lemma '{lemma}'")
        words = lemma.split(" ")
        if pos == "verb" and name.endswith("frames.tsv"):
            if len(words) > 2 or (len(words) == 2 and words[1] not in PARTICLES | PREPOSITIONS):
                self.fault(name, line, f"'{lemma}' is no verb with a particle or preposition")
        if len(words) > 3 and pos == "noun":
            self.fault(name, line, f"'{lemma}': a compound has three words at most")

    def check_classes(self) -> int:
        name = "lexicon/classes.tsv"
        for line, (class_, words) in self.rows(name, ["class", "words"]):
            if not re.match(r"^[a-z_]+$", class_):
                self.fault(name, line, f"bad class name '{class_}'")
            for word in words.split("|"):
                if not word or word != word.lower():
                    self.fault(name, line, f"bad word '{word}' in {class_}")
                if word in self.classes[class_]:
                    self.fault(name, line, f"'{word}' twice in {class_}")
                if len(word.split(" ")) > 2:
                    self.fault(name, line, f"'{word}' in {class_}: the matcher sees pairs at most")
                self.classes[class_].add(word)
        return len(self.classes)

    def check_subjects(self) -> int:
        name = "lexicon/subjects.tsv"
        found = set()
        for line, (subject, words) in self.rows(name, ["subject", "words"]):
            if not re.match(r"^[a-z ]+$", subject) or subject in found:
                self.fault(name, line, f"bad or repeated subject '{subject}'")
            found.add(subject)
            parts = words.split("|")
            for word in parts:
                if not word or word != word.lower() or len(word.split(" ")) > 2:
                    self.fault(name, line, f"'{word}' is no lemma or pair of lemmas in lower case")
                if parts.count(word) > 1:
                    self.fault(name, line, f"'{word}' twice")
        return len(found)

    def check_condition(self, name: str, line: int, condition: str, pos: str) -> str:
        """Checks one condition and returns its slot."""
        body = condition[1:] if condition.startswith("!") else condition
        slot, colon, test = body.partition(":")
        if slot not in ROLE_SLOTS | PREPOSITIONS | {"self", "verb"}:
            self.fault(name, line, f"unknown slot in condition '{condition}'")
        if slot in {"self", "verb"} and not colon:
            self.fault(name, line, f"'{condition}' needs a test")
        if slot == "verb" and pos != "noun":
            self.fault(name, line, f"'{condition}': only nouns are carried by a verb")
        if colon and test not in TESTS:
            for word in test.split("|"):
                if word.startswith("@"):
                    if word[1:] not in self.classes:
                        self.fault(name, line, f"unknown class in '{condition}'")
                elif not word or word != word.lower() or len(word.split(" ")) > 2 or not WORD.match(word):
                    self.fault(name, line, f"bad word '{word}' in condition")
        return slot

    def check_frames(self) -> collections.Counter:
        name = "lexicon/frames.tsv"
        counts: collections.Counter = collections.Counter()
        seen: dict[tuple[str, str, str], int] = {}
        header = "lemma pos type mode cameo actor recipient when context flags".split()
        for line, (lemma, pos, type_, mode, code, actor, recipient, when, context, flags) in self.rows(name, header):
            if pos not in POS:
                self.fault(name, line, f"unknown part of speech '{pos}'")
            self.check_lemma(name, line, lemma, pos)
            if type_ == "-":
                if mode or code or actor or recipient or context or flags:
                    self.fault(name, line, "a row that is no act has only a lemma and conditions")
            else:
                self.check_act(name, line, type_, mode, code)
                if not code:
                    self.fault(name, line, "no CAMEO code")
                if not actor:
                    self.fault(name, line, "no actor slot")
            for slots in (actor, recipient):
                listed = slots.split("|") if slots else []
                for slot in listed:
                    if slot not in ROLE_SLOTS | PREPOSITIONS:
                        self.fault(name, line, f"unknown slot '{slot}'")
                if len(set(listed)) != len(listed):
                    self.fault(name, line, f"a slot twice in '{slots}'")
            plain = []
            for condition in when.split(";") if when else []:
                slot = self.check_condition(name, line, condition, pos)
                if not condition.startswith("!"):
                    plain.append((slot, condition))
            words = [s for s, c in plain if ":" in c and c.partition(":")[2] not in TESTS]
            for slot, n in collections.Counter(words).items():
                if n > 1 and slot in {"subj", "obj", "iobj"}:
                    self.fault(name, line, f"'{slot}' must be two words at once in '{when}'")
            for c in context.split("|") if context else []:
                if c not in CONTEXTS:
                    self.fault(name, line, f"unknown context '{c}'")
            if flags not in FLAGS:
                self.fault(name, line, f"unknown flag '{flags}'")
            key = (lemma, pos, ";".join(sorted(when.split(";"))))
            if key in seen:
                self.fault(name, line, f"'{lemma}' {pos} with the same conditions as line {seen[key]}")
            seen[key] = line
            counts[type_] += 1
        return counts

    def check_light(self) -> int:
        name = "lexicon/light.tsv"
        seen = set()
        for line, (verb, nouns) in self.rows(name, ["verb", "nouns"]):
            self.check_lemma(name, line, verb, "verb")
            if verb in seen:
                self.fault(name, line, f"'{verb}' twice")
            seen.add(verb)
            for noun in nouns.split("|") if nouns else []:
                if noun.startswith("@") and noun[1:] not in self.classes:
                    self.fault(name, line, f"unknown class '{noun}'")
                elif noun != noun.lower() or not noun:
                    self.fault(name, line, f"bad noun '{noun}'")
        return len(seen)

    def check_operators(self) -> collections.Counter:
        name = "lexicon/operators.tsv"
        counts: collections.Counter = collections.Counter()
        seen = set()
        for line, (lemma, pos, effect) in self.rows(name, ["lemma", "pos", "effect"]):
            if pos not in POS:
                self.fault(name, line, f"unknown part of speech '{pos}'")
            self.check_lemma(name, line, lemma, pos)
            if effect not in EFFECTS:
                self.fault(name, line, f"unknown effect '{effect}'")
            if (lemma, pos) in seen:
                self.fault(name, line, f"'{lemma}' {pos} twice")
            seen.add((lemma, pos))
            counts[effect] += 1
        return counts

    def check_transforms(self) -> collections.Counter:
        name = "lexicon/transforms.tsv"
        counts: collections.Counter = collections.Counter()
        general: set[tuple[str, str]] = set()
        covered: dict[str, set[str]] = collections.defaultdict(set)
        header = "effect type mode to_type to_mode to_cameo".split()
        for line, (effect, type_, mode, to_type, to_mode, to_code) in self.rows(name, header):
            if effect not in EFFECTS:
                self.fault(name, line, f"unknown effect '{effect}'")
            if type_:
                self.check_act(name, line, type_, mode, "")
            elif mode:
                self.fault(name, line, "a mode without its type")
            if (effect, type_) in general or (effect, "") in general:
                self.fault(name, line, "an earlier row already takes all that this one would")
            if not mode:
                general.add((effect, type_))
                covered[effect].update([type_] if type_ else self.types)
            if to_type not in {"=", "-"}:
                self.check_act(name, line, to_type, "" if to_mode == "=" else to_mode, "" if to_code == "=" else to_code)
            elif to_type == "-" and (to_mode or to_code):
                self.fault(name, line, "no act, but a mode or code")
            counts[effect] += 1
        for effect in sorted(EFFECTS):
            for type_ in sorted(set(self.types) - covered[effect]):
                self.fault(name, 0, f"{effect} says nothing of {type_}")
        return counts

    def check_times(self) -> collections.Counter:
        name = "lexicon/times.tsv"
        counts: collections.Counter = collections.Counter()
        seen = set()
        for line, (word, kind, value) in self.rows(name, ["word", "kind", "value"]):
            if not word or word != word.lower() or word.endswith("."):
                self.fault(name, line, f"bad word '{word}'")
            if kind not in TIME_VALUES:
                self.fault(name, line, f"unknown kind '{kind}'")
            elif not re.fullmatch(TIME_VALUES[kind], value):
                self.fault(name, line, f"'{value}' is no value of a {kind}")
            if (word, kind) in seen:
                self.fault(name, line, f"'{word}' {kind} twice")
            seen.add((word, kind))
            counts[kind] += 1
        return counts

    def check_truth(self) -> collections.Counter:
        name = "lexicon/truth_words.tsv"
        counts: collections.Counter = collections.Counter()
        for line, (kind, words) in self.rows(name, ["kind", "words"]):
            listed = words.split("|")
            if kind not in TRUTH_KINDS:
                self.fault(name, line, f"unknown kind '{kind}'")
            if kind in counts:
                self.fault(name, line, f"'{kind}' twice")
            for word in listed:
                if not word or word != word.lower() or " " in word or listed.count(word) > 1:
                    self.fault(name, line, f"bad word '{word}' in {kind}")
            counts[kind] += len(listed)
        name = "lexicon/signatures.tsv"
        seen = set()
        for line, (lemma, pos, frames, held, negated) in self.rows(name, "lemma pos frame held negated".split()):
            if pos not in POS | {"any"}:
                self.fault(name, line, f"unknown part of speech '{pos}'")
            self.check_lemma(name, line, lemma, pos)
            for frame in frames.split("|"):
                if frame.removesuffix(":past") not in FRAMES | PREPOSITIONS:
                    self.fault(name, line, f"unknown frame '{frame}'")
                if (lemma, pos, frame) in seen:
                    self.fault(name, line, f"'{lemma}' {pos} {frame} twice")
                seen.add((lemma, pos, frame))
            for promise in (held, negated):
                if not re.match(r"^([+=]|[-?>!]+)$", promise) or len(set(promise)) < len(promise):
                    self.fault(name, line, f"bad promise '{promise}'")
            counts["signature"] += 1
        name = "lexicon/veridicality.tsv"
        seen = set()
        for line, (lemma, frame, held, negated) in self.rows(name, "lemma frame held negated".split()):
            if frame not in {"to", "obj"} or (lemma, frame) in seen:
                self.fault(name, line, f"'{lemma}' {frame}: unknown frame, or twice")
            seen.add((lemma, frame))
            for rating in (held, negated):
                if rating and not (re.match(r"^-?\d\.\d$", rating) and abs(float(rating)) <= 3):
                    self.fault(name, line, f"bad rating '{rating}'")
            counts["rating"] += 1
        return counts

    def check_contexts(self) -> collections.Counter:
        name = "ontology/contexts.tsv"
        counts: collections.Counter = collections.Counter()
        seen = set()
        for line, (context, cue, weight) in self.rows(name, ["context", "cue", "weight"]):
            if context not in CONTEXTS:
                self.fault(name, line, f"unknown context '{context}'")
            if not cue or cue != cue.lower() or len(cue.split(" ")) > 4:
                self.fault(name, line, f"bad cue '{cue}'")
            if not re.match(r"^\d(\.\d+)?$", weight) or not 0.5 <= float(weight) <= 3:
                self.fault(name, line, f"weight '{weight}' is not in 0.5..3")
            if (context, cue) in seen:
                self.fault(name, line, f"'{cue}' twice in {context}")
            seen.add((context, cue))
            counts[context] += 1
        for context in sorted(CONTEXTS - set(counts)):
            self.fault(name, 0, f"no cue for {context}")
        return counts

    def check_attribution(self) -> collections.Counter:
        name = "lexicon/attribution.tsv"
        counts: collections.Counter = collections.Counter()
        seen = set()
        for line, (feature, weight) in self.rows(name, ["feature", "weight"]):
            if not re.match(r"^(cue|src|con) \S", feature):
                self.fault(name, line, f"unknown kind of feature '{feature}'")
            if not re.match(r"^-?\d{1,2}\.\d\d$", weight):
                self.fault(name, line, f"bad weight '{weight}'")
            if feature in seen:
                self.fault(name, line, f"'{feature}' twice")
            seen.add(feature)
            counts[feature[:3]] += 1
        return counts


def main() -> int:
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2] / "data"
    checker = Checker(root)
    checker.load_ontology()
    classes = checker.check_classes()
    subjects = checker.check_subjects()
    frames = checker.check_frames()
    light = checker.check_light()
    operators = checker.check_operators()
    transforms = checker.check_transforms()
    times = checker.check_times()
    truth = checker.check_truth()
    contexts = checker.check_contexts()
    attribution = checker.check_attribution()

    def told(counts: collections.Counter) -> str:
        return "  ".join(f"{k} {v}" for k, v in sorted(counts.items(), key=lambda kv: -kv[1]))

    print(f"frames {sum(frames.values())}: {told(frames)}")
    print(f"classes {classes}, words {sum(map(len, checker.classes.values()))}")
    print(f"light verbs {light}")
    print(f"subjects of agreements {subjects}")
    print(f"operators {sum(operators.values())}: {told(operators)}")
    print(f"transforms {sum(transforms.values())}: {told(transforms)}")
    print(f"words of time {sum(times.values())}: {told(times)}")
    print(f"truth {sum(truth.values())}: {told(truth)}")
    print(f"contexts {len(contexts)}, cues {sum(contexts.values())}: {told(contexts)}")
    print(f"attribution {sum(attribution.values())}: {told(attribution)}")
    print(f"faults {checker.faults}")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
