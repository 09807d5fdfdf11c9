"""Verb forms for the training reader: the verbs of the news, put where a treebank verb stands.

A treebank of 150,000 words has seen `afficher` in two forms and `limoger` in none, and a lemma is mostly
known by having been seen. The tables below are the regular conjugations and the few irregular families
that news needs, third person only, named by Universal Dependencies features.
"""

from __future__ import annotations

FRENCH = """
accuser abandonner abroger accélérer accepter accorder accueillir acheter achever acquitter adopter adresser affirmer
affronter agresser aggraver ajouter ajourner aider alerter allouer amnistier annexer annoncer annuler apaiser appeler
appliquer approuver appuyer armer arrêter arracher assassiner assaillir assiéger assouplir assurer attaquer attribuer
augmenter autoriser avertir avouer bannir barricader bloquer blesser blâmer boycotter bombarder brandir briser brûler
cambrioler capturer censurer céder cesser chasser chercher citer collaborer commander commenter
condamner conclure condamner confier confirmer confisquer congédier conseiller conserver consulter contester
contraindre convoquer coopérer couper critiquer débarquer débattre débloquer débuter décapiter décerner décider déclarer
déclencher décréter défendre défiler dégager dégrader délivrer demander démanteler démentir démettre
démissionner démolir dénoncer déplorer déployer déporter déposer désarmer désavouer désigner destituer détenir détruire
dévoiler dialoguer différer diminuer diriger discuter disperser dissoudre distribuer donner durcir échanger échouer
écarter éclater écrouer élargir élire emprisonner empêcher encercler encourager enfermer engager enlever enquêter
enterrer entamer envahir envisager envoyer escorter espionner estimer étendre évacuer évoquer exclure exécuter exhorter
exiger exiler expliquer exploser exporter exprimer expulser féliciter fermer financer forcer fouiller fournir franchir
frapper freiner fusiller garantir geler gracier grimper hausser huer humilier immoler imposer importer
incarcérer incendier inculper indiquer infiltrer infliger informer insister inspecter installer insulter interdire
intercepter interpeller intensifier interroger interrompre intervenir inviter investir jeter juger jurer justifier
kidnapper lancer larguer légaliser lever libérer licencier limiter limoger livrer louer lyncher maintenir manifester
manœuvrer marcher massacrer matraquer menacer mener mentionner mitrailler mobiliser modérer moderniser mutiler
nationaliser négocier neutraliser nier nommer normaliser notifier obliger obtenir occuper offrir opposer ordonner
organiser ouvrir paralyser pardonner parrainer parvenir patrouiller pénaliser perquisitionner persécuter piller pilonner
placer plaider plébisciter pointer poignarder porter poser poursuivre pousser préciser préconiser prévenir prier
prolonger promettre promulguer prôner proposer proroger protester provoquer publier punir quitter ratifier rallier
ramener rappeler rapatrier raser ravager ravitailler réaffirmer recevoir réclamer recommander reconnaître recruter
récuser redouter réduire refouler refuser réfuter regagner regretter rejeter rejoindre relâcher relancer relever
remercier remettre remplacer renforcer renoncer rencontrer renverser répéter répliquer répondre repousser reprocher
réprimer réquisitionner résister résumer rétablir retenir retirer réviser révoquer revendiquer révéler riposter rompre
saboter saccager saisir saluer sanctionner secourir séquestrer sévir signaler signer sommer soulever souligner soumettre
soupçonner soutenir souhaiter suggérer supprimer surveiller survoler suspendre témoigner tenter tirer torturer
traduire trahir traiter transférer transmettre traquer trouver tuer unifier vandaliser vendre verser viser violer visiter
voter vanter verrouiller
""".split()

ENGLISH = """
abandon abduct abolish accept accuse acquit adjourn admit adopt advance advise affirm agree aid allege allow ambush
amend annex announce apologize appeal appoint approve argue arm arrest ask assassinate assault assist attack authorize
back ban barricade beat behead besiege blame blast block blockade bomb bombard boycott break burn call cancel
capture cease censor censure challenge charge chase cite claim clash clear collaborate collapse commend concede
condemn confirm confiscate congratulate consider consult contest convene convict convoke cooperate crack criticize
crush curb cut declare decline decry defend defuse delay deliver demand demolish denounce deny deploy deport deplore
deride destroy detain detonate dismantle dismiss dispatch disperse dissolve donate downgrade draft ease eject elect
embrace enact encourage endorse enforce engage enter escort evacuate evict exchange exclude execute exile expand expel
explain explode export express extend extradite fail fall favor fight file fine fire flee force forgive fortify found
free freeze fund give grant greet guard gun hail halt hand hang hijack hit hold host impeach implement impose imprison
indict infiltrate inform injure insist inspect insult intercept interrogate intervene invade investigate invite jail
join kidnap kill launch lead legalize liberate lift limit lob lodge loot lower lynch maim march mass massacre mediate
meet mobilize move murder nationalize negotiate nominate normalize note object occupy offer open oppose order organize
oust overrun overthrow pardon patrol pelt persecute picket pile plead pledge plot plunder postpone pound praise predict
press probe proclaim prohibit promise promote propose prosecute protest provide publish pull punish push quell quit
raid rally ransack rape ratify reach reaffirm rebuff rebuild rebuke recall reconcile recruit reduce refuse refute reign
reinforce reiterate reject release relent relieve remove renew renounce repatriate repeal repel replace reply report
repress request rescue resign resist resolve restore restrict resume retake retaliate retreat reveal revoke reward
rule sabotage sack sanction say seek seize send sentence set shell shelve shoot shut sign slam slash slay smuggle speak
stab stage stall start steal stop storm strike strip subpoena sue suggest summon supply support suppress
surrender suspect suspend swear sweep take target tear tell testify threaten throw torture track train transfer treat
try unveil urge veto violate visit vote vow wage warn weigh welcome win withdraw withhold wound yield
""".split()

# past, past participle; the rest is regular
ENGLISH_IRREGULAR = {
    "beat": ("beat", "beaten"), "break": ("broke", "broken"), "cut": ("cut", "cut"), "fall": ("fell", "fallen"),
    "fight": ("fought", "fought"), "flee": ("fled", "fled"), "forgive": ("forgave", "forgiven"),
    "freeze": ("froze", "frozen"), "give": ("gave", "given"), "hit": ("hit", "hit"), "hold": ("held", "held"),
    "lead": ("led", "led"), "meet": ("met", "met"), "overrun": ("overran", "overrun"),
    "overthrow": ("overthrew", "overthrown"), "quit": ("quit", "quit"), "rebuild": ("rebuilt", "rebuilt"),
    "retake": ("retook", "retaken"), "say": ("said", "said"), "seek": ("sought", "sought"), "send": ("sent", "sent"),
    "set": ("set", "set"), "shoot": ("shot", "shot"), "shut": ("shut", "shut"), "slay": ("slew", "slain"),
    "speak": ("spoke", "spoken"), "steal": ("stole", "stolen"), "strike": ("struck", "struck"),
    "swear": ("swore", "sworn"), "sweep": ("swept", "swept"), "take": ("took", "taken"), "tear": ("tore", "torn"),
    "tell": ("told", "told"), "throw": ("threw", "thrown"), "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"), "withhold": ("withheld", "withheld"), "hang": ("hanged", "hanged"),
}  # fmt: skip
ENGLISH_DOUBLING = {
    "admit", "acquit", "ban", "cut", "expel", "gun", "hit", "kidnap", "plan", "plot", "quit", "rebut", "set", "shut",
    "slam", "stab", "stop", "strip", "transfer", "win", "lob", "repel", "compel", "patrol", "overrun",
}  # fmt: skip

# ending of the infinitive -> stems: participle, plural, singular present, third plural, future, past, subjunctive
FRENCH_FAMILIES = [
    ("prendre", "pris|pren|prend|prennent|prendr|prit|prenn"),
    ("mettre", "mis|mett|met|mettent|mettr|mit|mett"),
    ("tenir", "tenu|ten|tient|tiennent|tiendr|tint|tienn"),
    ("venir", "venu|ven|vient|viennent|viendr|vint|vienn"),
    ("battre", "battu|batt|bat|battent|battr|battit|batt"),
    ("truire", "truit|truis|truit|truisent|truir|truisit|truis"),
    ("duire", "duit|duis|duit|duisent|duir|duisit|duis"),
    ("interdire", "interdit|interdis|interdit|interdisent|interdir|interdit|interdis"),
    ("élire", "élu|élis|élit|élisent|élir|élut|élis"),
    ("clure", "clu|clu|clut|cluent|clur|clut|clu"),
    ("poursuivre", "poursuivi|poursuiv|poursuit|poursuivent|poursuivr|poursuivit|poursuiv"),
    ("traindre", "traint|traign|traint|traignent|traindr|traignit|traign"),
    ("joindre", "joint|joign|joint|joignent|joindr|joignit|joign"),
    ("dissoudre", "dissous|dissolv|dissout|dissolvent|dissoudr||dissolv"),
    ("rompre", "rompu|romp|rompt|rompent|rompr|rompit|romp"),
    ("recevoir", "reçu|recev|reçoit|reçoivent|recevr|reçut|reçoiv"),
    ("connaître", "connu|connaiss|connaît|connaissent|connaîtr|connut|connaiss"),
    ("accueillir", "accueilli|accueill|accueille|accueillent|accueiller|accueillit|accueill"),
    ("assaillir", "assailli|assaill|assaille|assaillent|assaillir|assaillit|assaill"),
    ("secourir", "secouru|secour|secourt|secourent|secourr|secourut|secour"),
    ("ouvrir", "ouvert|ouvr|ouvre|ouvrent|ouvrir|ouvrit|ouvr"),
    ("offrir", "offert|offr|offre|offrent|offrir|offrit|offr"),
    ("mentir", "menti|ment|ment|mentent|mentir|mentit|ment"),
    ("pondre", "pondu|pond|pond|pondent|pondr|pondit|pond"),
    ("endre", "endu|end|end|endent|endr|endit|end"),
    ("ir", "i|iss|it|issent|ir|it|iss"),
]


def french(lemma: str, feats: dict[str, str]) -> str | None:
    """The form of a French verb, or nothing when the tables do not reach."""
    if lemma.endswith("er"):
        return _first_group(lemma, feats)
    for ending, stems in FRENCH_FAMILIES:
        if lemma.endswith(ending):
            base = lemma[: -len(ending)]
            return _other_groups(lemma, [base + s if s else "" for s in stems.split("|")], feats)
    return None


def _cell(feats: dict[str, str]) -> str:
    if feats.get("VerbForm") in ("Inf", "Part"):
        return feats["VerbForm"] + feats.get("Tense", "")
    if feats.get("Person") != "3" or "Number" not in feats:
        return ""
    return feats.get("Mood", "") + feats.get("Tense", "") + feats["Number"]


def _agree(participle: str, feats: dict[str, str]) -> str:
    feminine, plural = feats.get("Gender") == "Fem", feats.get("Number") == "Plur"
    out = participle + ("e" if feminine else "")
    return out if not plural or out.endswith("s") else out + "s"


FIRST = {
    "Inf": "er", "PartPres": "ant", "IndPresSing": "e", "IndPresPlur": "ent", "IndImpSing": "ait",
    "IndImpPlur": "aient", "IndFutSing": "era", "IndFutPlur": "eront", "CndPresSing": "erait",
    "CndPresPlur": "eraient", "IndPastSing": "a", "IndPastPlur": "èrent", "SubPresSing": "e", "SubPresPlur": "ent",
}  # fmt: skip


def _first_group(lemma: str, feats: dict[str, str]) -> str | None:
    stem, cell = lemma[:-2], _cell(feats)
    if cell == "PartPast":
        return _agree(stem + "é", feats)
    ending = FIRST.get(cell)
    if ending is None:
        return None
    if cell != "Inf" and ending[0] in "e":
        future = ending.startswith("er")
        if stem.endswith("y"):
            if lemma.endswith("envoyer") and future:
                return stem[:-2] + "err" + ending[2:]
            stem = stem[:-1] + "i"
        elif stem.endswith(("ppel", "jet")):
            stem += stem[-1]
        else:
            stem = _open_vowel(stem, future)
    if ending[0] in "a":
        stem = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return stem + ending


def _open_vowel(stem: str, future: bool) -> str:
    at = len(stem) - 1
    while at > 0 and stem[at] not in "aeéèêiouyâîôûœ":
        at -= 1
    if at == len(stem) - 1 or at == 0 or len(stem) - at > 3:
        return stem
    single = len(stem) - at == 2 or stem[at + 1 :] in ("gu", "ch", "gn", "br", "tr", "vr")
    if single and (stem[at] == "e" or (stem[at] == "é" and not future)):
        return stem[:at] + "è" + stem[at + 1 :]
    return stem


def _other_groups(lemma: str, stems: list[str], feats: dict[str, str]) -> str | None:
    participle, plural, present, third, future, past, subjunctive = stems
    feminine = {"dissous": "dissout"}.get(participle, participle)
    past_plural = past[:-1] + "rent" if past else None
    if past and past.endswith("int"):
        past_plural = past[:-1] + "rent"
    table = {
        "Inf": lemma, "PartPres": plural + "ant", "IndPresSing": present, "IndPresPlur": third,
        "IndImpSing": plural + "ait", "IndImpPlur": plural + "aient", "IndFutSing": future + "a",
        "IndFutPlur": future + "ont", "CndPresSing": future + "ait", "CndPresPlur": future + "aient",
        "IndPastSing": past or None, "IndPastPlur": past_plural, "SubPresSing": subjunctive + "e",
        "SubPresPlur": subjunctive + "ent",
    }  # fmt: skip
    cell = _cell(feats)
    if cell == "PartPast":
        return _agree(feminine if feats.get("Gender") == "Fem" else participle, feats)
    return table.get(cell)


def english(lemma: str, feats: dict[str, str]) -> str | None:
    """The form of an English verb."""
    form, tense = feats.get("VerbForm"), feats.get("Tense")
    if form == "Inf" or (form == "Fin" and tense == "Pres" and feats.get("Person") != "3"):
        return lemma
    if form == "Fin" and tense == "Pres" and feats.get("Number") == "Sing":
        return _plus_s(lemma)
    if form == "Ger" or (form == "Part" and tense == "Pres"):
        return _joined(lemma, "ing")
    if (form == "Fin" or form == "Part") and tense == "Past":
        irregular = ENGLISH_IRREGULAR.get(lemma)
        return irregular[form == "Part"] if irregular else _joined(lemma, "ed")
    return lemma if form == "Fin" and tense == "Pres" else None


def _plus_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "to")) else "s")


def _joined(lemma: str, ending: str) -> str:
    if lemma in ENGLISH_DOUBLING:
        return lemma + ("l" if lemma.endswith("l") else lemma[-1]) + ending
    if ending == "ed" and lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + ending
    return lemma + ("d" if lemma.endswith("ee") and ending == "ed" else ending)
