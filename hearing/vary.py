"""Other ways to write a message that mean the same, so that the ear learns from each message more than once."""
import random
import re
import unicodedata

# How people write a letter with Latin letters; one of several is taken by chance.
BENGALI = {
    "ক": "k", "খ": "kh", "গ": "g", "ঘ": "gh", "ঙ": "ng", "চ": "ch|chh|c", "ছ": "ch|chh|c", "জ": "j", "ঝ": "jh", "ঞ": "n",
    "ট": "t", "ঠ": "th", "ড": "d", "ঢ": "dh", "ণ": "n", "ত": "t", "থ": "th", "দ": "d", "ধ": "dh", "ন": "n", "প": "p",
    "ফ": "f|ph", "ব": "b", "ভ": "v|bh", "ম": "m", "য": "j|y", "র": "r", "ল": "l", "শ": "sh|s", "ষ": "sh|s", "স": "s|s|sh",
    "হ": "h", "ড়": "r", "ঢ়": "rh", "য়": "y", "ৎ": "t", "ং": "ng|n", "ঃ": "", "ঁ": "",
}  # fmt: skip
HINDI = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "ng", "च": "ch", "छ": "chh|ch", "ज": "j", "झ": "jh", "ञ": "n", "ट": "t",
    "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "ph|f",
    "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r", "ल": "l", "व": "v|w", "श": "sh", "ष": "sh", "स": "s", "ह": "h",
    "ड़": "r|d", "ढ़": "rh|dh", "ज़": "z|j", "फ़": "f", "क़": "q|k", "ख़": "kh", "ग़": "gh|g", "ं": "n", "ँ": "n", "ः": "",
}  # fmt: skip
VOWELS = {
    "অ": "o", "আ": "a|aa", "ই": "i", "ঈ": "i|ee", "উ": "u", "ঊ": "u|oo", "ঋ": "ri", "এ": "e", "ঐ": "oi", "ও": "o", "ঔ": "ou",
    "अ": "a", "आ": "aa|a", "इ": "i", "ई": "i|ee", "उ": "u", "ऊ": "u|oo", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au",
    "ऑ": "o",
}  # fmt: skip
SIGNS = {
    "া": "a|a|a|aa", "ি": "i", "ী": "i|i|ee", "ু": "u", "ূ": "u|oo", "ৃ": "ri", "ে": "e", "ৈ": "oi", "ো": "o", "ৌ": "ou",
    "ा": "a|a|aa", "ि": "i", "ी": "i|i|ee", "ु": "u", "ू": "u|u|oo", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o", "ौ": "au",
    "ॉ": "o",
}  # fmt: skip
HALF, NASAL, DOTS = "্्", "ংঃঁংंँः", "\u09bc\u093c"
CONSONANTS = {unicodedata.normalize("NFD", letter): ways for letter, ways in (BENGALI | HINDI).items()}
DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯०१२३४५६७८९", "01234567890123456789")


def one_of(ways: str) -> str:
    return random.choice(ways.split("|"))


def in_latin_letters(text: str) -> str:
    """As somebody types it who has no Bengali or Hindi keyboard."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFC", text.translate(DIGITS)):
        if letter in DOTS and letters:
            letters[-1] += letter
        else:
            letters.append(letter)
    written = []
    for at, letter in enumerate(letters):
        base = unicodedata.normalize("NFD", letter)
        before, after, later = letters[at - 1] if at else " ", *(letters[at + 1 : at + 3] + [" ", " "])[:2]
        if base in CONSONANTS:
            written.append(one_of(CONSONANTS[base]))
            if base not in NASAL:
                written.append(own_vowel(base, before, after, later))
        elif letter in VOWELS or letter in SIGNS:
            written.append(one_of(VOWELS.get(letter) or SIGNS[letter]))
        elif letter not in HALF and letter not in "\u200c\u200d":
            written.append("." if letter == "।" else letter)
    return "".join(written)


def own_vowel(base: str, before: str, after: str, later: str) -> str:
    """The vowel that a consonant has without a sign: it is often not spoken."""
    is_bengali = base < "\u09ff" and base >= "\u0980"
    if after in SIGNS or after in HALF:
        return ""
    if not "\u0900" <= after[0] <= "\u09ff":
        return ("o" if is_bengali else "a") if before in HALF or base == "হ" else ""
    if is_bengali:
        return random.choice("ooooa")
    is_between = before in SIGNS and later in SIGNS
    return "" if is_between and random.random() < 0.8 else "a"


def with_slips(text: str, share: float = 0.24) -> str:
    """Letters left out, doubled, swapped, or another vowel, in some of the longer words."""
    return re.sub(r"[A-Za-z]{4,}", lambda found: slip(found[0]) if random.random() < share else found[0], text)


def slip(word: str) -> str:
    at = random.randrange(1, len(word) - 1)
    vowels = [place for place in range(1, len(word)) if word[place] in "aeiou"] or [at]
    vowel = random.choice(vowels)
    return random.choice(
        [
            word[:vowel] + word[vowel + 1 :],
            word[:vowel] + random.choice("aeiou") + word[vowel + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
        ]
    )


def with_other_places(text: str, places: list[str]) -> tuple[str, list[str]] | None:
    """The same choice of other places of a list; None where digits and places do not fit each other, as in a range."""
    text = text.translate(DIGITS)
    numbers = [place for place in places if place != "last"]
    found = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if not numbers or re.search(r"\d{3}", text) or set(found) != set(numbers):
        return None
    others = dict(zip(numbers, random.sample([str(place) for place in range(1, 11)], len(numbers))))
    return re.sub(r"(?<!\d)\d{1,2}(?!\d)", lambda number: others[number[0]], text), [others.get(each, each) for each in places]
