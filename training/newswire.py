"""Sentences made more like news for training: other verbs, reported speech, datelines.

Each function takes the rows of one document and returns new rows with the gold kept true; what it
cannot change safely it leaves as it is.
"""

from __future__ import annotations

import random
from dataclasses import replace

import conjugate

VOWELS = "aàâeéèêëiîïoôuùûyhœ"
FRENCH_SAY = "annoncer déclarer affirmer indiquer préciser ajouter expliquer estimer assurer souligner rappeler".split()
FRENCH_SAY += "confirmer répéter lancer dénoncer conclure répondre prévenir regretter révéler marteler rapporter".split()
ENGLISH_SAY = "say say say say announce add tell report warn explain argue insist declare acknowledge".split()
TITLES = (
    "président gouverneur ministre porte-parole général chef député maire ambassadeur procureur dirigeant secrétaire "
    "premier-ministre gouvernement ministère parquet quotidien commandement parti syndicat"
).split()
FEMININE_TITLES = (
    "ministre présidente porte-parole police justice diplomatie presse marine présidence télévision junte armée agence "
    "opposition ambassade"
).split()
ELIDED_TITLES = "ambassadeur état-major exécutif envoyé institut".split()
PEOPLES = (
    "ukrainien russe français américain chinois malien israélien palestinien turc iranien syrien allemand britannique "
    "sénégalais nigérien burkinabè tchadien camerounais congolais rwandais éthiopien soudanais égyptien libyen tunisien "
    "algérien marocain polonais hongrois serbe géorgien arménien indien pakistanais afghan japonais sud-coréen "
    "nord-coréen vénézuélien brésilien haïtien mexicain"
).split()
DAYS = {"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split()}
FIRST_NAMES = "Oleh Volodymyr Moussa Fatou Jean Marie Ahmed Ali Recep Xi Olena Amadou Ismaël Sergueï Anna David".split()
LAST_NAMES = "Kiper Zelensky Traoré Diop Dupont Lavrov Sánchez Haddad Okonkwo Petrov Müller Touré Cohen Tanaka".split()


def reverb(rows: list, rng: random.Random, lang: str) -> list:
    """Put verbs of the news in place of the treebank's, in the same form."""
    verbs, form = (
        (conjugate.FRENCH, conjugate.french) if lang == "fr" else (conjugate.ENGLISH, conjugate.english)
    )
    out = list(rows)
    for index, row in enumerate(rows):
        if row.pos != "VERB" or rng.random() > 0.4 or not row.text.isalpha():
            continue
        feats = dict(pair.split("=") for pair in row.morph.split("|") if "=" in pair)
        if form(row.lemma, feats) != row.text.lower():
            continue  # only a verb the tables know how to read is replaced
        lemma = rng.choice(verbs)
        text = form(lemma, feats)
        if text is None or (lang == "fr" and (text[0] in VOWELS) != (row.text[0].lower() in VOWELS)):
            continue
        if row.text[0].isupper():
            text = text[0].upper() + text[1:]
        out[index] = replace(row, text=text, lemma=lemma)
    return out


def _root(rows: list) -> int | None:
    roots = [i for i, row in enumerate(rows) if row.head == i]
    return roots[0] if len(roots) == 1 else None


def _plain_statement(rows: list) -> int | None:
    """The root of a single declarative sentence that ends in a full stop."""
    root = _root(rows)
    if root is None or not 5 <= len(rows) <= 40 or rows[-1].text != "." or rows[-1].head != root:
        return None
    if any(row.text in ('"', "«", "»", "“", "”", ":", "?", "!") for row in rows):
        return None
    finite = "VerbForm=Fin" in rows[root].morph or any(
        row.head == root and "VerbForm=Fin" in row.morph and row.dep.startswith(("aux", "cop")) for row in rows
    )
    subject = any(row.head == root and row.dep.startswith(("nsubj", "expl")) for row in rows)
    return root if finite and subject else None


def report(rows: list, rng: random.Random, lang: str) -> list:
    """A statement becomes reported speech: `…, a annoncé le ministre.`, `"…," said the minister.`"""
    root = _plain_statement(rows)
    if root is None:
        return rows
    return (_report_french if lang == "fr" else _report_english)(rows[:-1], root, rng)


def _row(like, text, pos, morph, lemma, head, dep, space=True):
    return replace(like, text=text, space=space, pos=pos, morph=morph, lemma=lemma, head=head, dep=dep, tag="O", first=False)


def _quoted(rows: list, root: int, rng: random.Random) -> tuple[list, int]:
    like, shift = rows[0], 1
    opening, closing, wide = rng.choice((("«", "»", True), ('"', '"', False), ("“", "”", False)))
    body = [replace(r, head=r.head + shift, first=False) for r in rows]
    body[-1].space = wide
    first = _row(like, opening, "PUNCT", "", '"' if opening == '"' else opening, root + shift, "punct", wide)
    first.first = True
    last = _row(like, closing, "PUNCT", "", '"' if closing == '"' else closing, root + shift, "punct", False)
    return [first, *body, last], root + shift


def _report_french(rows: list, root: int, rng: random.Random) -> list:
    like = rows[0]
    body = [replace(r) for r in rows]
    if rng.random() < 0.5:
        body, root = _quoted(body, root, rng)
    body[-1].space = False
    comma = len(body)
    past, clitic = rng.random() < 0.75, rng.random() < 0.12
    verb = comma + (2 + clitic if past else 1)
    lemma = rng.choice(FRENCH_SAY)
    out = [*body, _row(like, ",", "PUNCT", "", ",", verb, "punct")]
    person = {"Number": "Sing", "Person": "3", "VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres"}
    if past:
        out.append(_row(like, "a", "AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "avoir", verb, "aux:tense", not clitic))
    said = conjugate.french(lemma, {"VerbForm": "Part", "Tense": "Past", "Gender": "Masc", "Number": "Sing"} if past else person)
    morph = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part" if past else "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    main = _row(like, said, "VERB", morph, lemma, root, "parataxis:insert", past or not clitic)
    if clitic:
        pronoun, gender = rng.choice((("il", "Masc"), ("elle", "Fem")))
        t = "-t-" if past or said[-1] in "ea" else "-"
        subject = _row(like, t + pronoun, "PRON", f"Gender={gender}|Number=Sing|Person=3|PronType=Prs", "il" if gender == "Masc" else "elle", verb, "nsubj")
        out.extend([subject, main] if past else [main, subject])
    else:
        out.append(main)
        if rng.random() < 0.35:
            out.append(_row(like, rng.choice(DAYS["fr"]), "NOUN", "Gender=Masc|Number=Sing", "", verb, "obl:mod"))
            out[-1].lemma = out[-1].text
        out.extend(_french_speaker(like, len(out), verb, rng))
    out[-1].space = False
    return [*out, _row(like, ".", "PUNCT", "", ".", root, "punct")]


def _french_speaker(like, base: int, verb: int, rng: random.Random) -> list:
    """`le président ukrainien, Volodymyr Zelensky`, in one of its shorter or longer forms."""
    name = [
        _row(like, rng.choice(FIRST_NAMES), "PROPN", "", "", 0, ""),
        _row(like, rng.choice(LAST_NAMES), "PROPN", "", "", 0, "flat:name"),
    ]
    for row in name:
        row.lemma = row.text
    if rng.random() < 0.3:
        name[0].head, name[0].dep, name[1].head = verb, "nsubj", base
        return name
    feminine = rng.random() < 0.35
    noun = rng.choice(FEMININE_TITLES if feminine else TITLES + ELIDED_TITLES)
    elided = noun[0] in VOWELS
    agreement = "Gender=Fem|Number=Sing" if feminine else "Gender=Masc|Number=Sing"
    article = "l'" if elided else "la" if feminine else "le"
    morph = "Definite=Def|" + ("Number=Sing" if elided else agreement) + "|PronType=Art"
    out = [_row(like, article, "DET", morph, "le", base + 1, "det", not elided)]
    lemma = {"présidente": "président"}.get(noun, noun)
    out.append(_row(like, noun, "NOUN", agreement, lemma, verb, "nsubj"))
    if rng.random() < 0.7:
        people = rng.choice(PEOPLES)
        form = _feminine(people) if feminine else people
        out.append(_row(like, form, "ADJ", agreement, people, base + 1, "amod"))
    if rng.random() < 0.5:
        at = base + len(out)
        if rng.random() < 0.6:
            out[-1].space = False
            out.append(_row(like, ",", "PUNCT", "", ",", at + 1, "punct"))
            at += 1
        name[0].head, name[0].dep, name[1].head = base + 1, "appos", at
        out.extend(name)
    return out


def _feminine(adjective: str) -> str:
    if adjective == "turc":
        return "turque"
    if adjective[-1] in "eè":
        return adjective
    return adjective + ("ne" if adjective.endswith("en") else "e")


def _report_english(rows: list, root: int, rng: random.Random) -> list:
    like = rows[0]
    body, quoted = [replace(r) for r in rows], rng.random() < 0.6
    if quoted:
        body, root = _quoted(body, root, rng)
        closing = body.pop()
    body[-1].space = False
    after_subject = rng.random() < 0.5
    comma = len(body)
    start = comma + 1 + quoted
    name = [rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)][rng.random() < 0.5 :]
    verb = start + (len(name) if after_subject else 0)
    lemma = rng.choice(ENGLISH_SAY)
    said = conjugate.english(lemma, {"VerbForm": "Fin", "Tense": "Past"})
    out = [*body, _row(like, ",", "PUNCT", "", ",", verb, "punct", not quoted)]
    if quoted:
        closing.space = True
        out.append(replace(closing, head=root))
    main = _row(like, said, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", lemma, verb, "ROOT")
    subject = verb - len(name) if after_subject else verb + 1
    people = [
        _row(like, word, "PROPN", "Number=Sing", word, subject if i else verb, "flat" if i else "nsubj")
        for i, word in enumerate(name)
    ]
    out.extend([*people, main] if after_subject else [main, *people])
    out[root].head, out[root].dep = verb, "ccomp"
    out[-1].space = False
    return [*out, _row(like, ".", "PUNCT", "", ".", verb, "punct")]


def dateline(rows: list, rng: random.Random, places: list) -> list:
    """`KYIV (AFP) — …` before a document of names; the place is one of the corpus."""
    like, place = rows[0], rng.choice(places)
    head = [replace(row, text=row.text.upper() if rng.random() < 0.6 else row.text, space=True) for row in place]
    if rng.random() < 0.5:
        agency = rng.choice(("AFP", "AP", "Reuters"))
        head += [_row(like, "(", "", "", "", 0, "", False), _row(like, agency, "", "", "", 0, "", False)]
        head[-1].tag = "B-ORG"
        head.append(_row(like, ")", "", "", "", 0, ""))
    head.append(_row(like, rng.choice("-–—"), "", "", "", 0, ""))
    return head + list(rows)
