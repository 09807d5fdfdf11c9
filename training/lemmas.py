"""One convention for the lemmas of all French training treebanks: Sequoia's.

Sequoia and GSD give *je, me, moi* the lemma `moi`, *il, elle* `lui`, *se* `soi`; FQB writes `il` and `le/lui`,
ParisStories and Rhapsodie write `lui` for *ils*, and FQB joins words (`près_de`). A network that is shown two answers for
one form learns neither. Measured sets stay as their authors wrote them.
"""

from __future__ import annotations

FORMS = {
    "moi": "je j' -je me m' -m' moi -moi",
    "toi": "tu -tu te t' -t' toi -toi",
    "lui": "il elle -il -elle -t-il -t-elle la l' lui",
    "eux": "ils elles -ils -elles -t-ils -t-elles les leur eux",
    "soi": "se s' soi",
    "on": "on -on -t-on l'on",
    "nous": "nous -nous",
    "vous": "vous -vous",
    "le": "le",
}
PRONOUNS = {form: lemma for lemma, forms in FORMS.items() for form in forms.split()}


def french(text: str, pos: str, lemma: str) -> str:
    """The lemma as Sequoia writes it."""
    if pos == "PRON" and (own := PRONOUNS.get(text.lower().replace("’", "'"))):
        return own
    joined = "_" in lemma.strip("_") and "_" not in text
    return lemma.split("_")[0] if joined else lemma
