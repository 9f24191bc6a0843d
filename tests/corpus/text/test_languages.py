import doctest

import pytest

from corpus.text import languages
from corpus.text.languages import LANGUAGES, detect_language

TEXTS = {
    "en": (
        "The library keeps every paper that was read, and a question can be answered with the sentences that "
        "stand in them. What is not there is said to be missing, so that nobody has to trust a guess."
    ),
    "de": (
        "Die Bibliothek bewahrt jeden Aufsatz, der gelesen wurde, und eine Frage wird mit den Sätzen beantwortet,"
        " die darin stehen. Was nicht da ist, wird als fehlend genannt, damit niemand einer Vermutung trauen "
        "muss."
    ),
    "fr": (
        "La bibliothèque garde chaque article qui a été lu, et une question reçoit une réponse faite des phrases "
        "qui s'y trouvent. Ce qui n'y est pas est dit manquant, afin que personne ne doive croire une "
        "supposition."
    ),
    "es": (
        "La biblioteca guarda cada artículo que se ha leído, y una pregunta se responde con las frases que están "
        "en ellos. Lo que no está se dice que falta, para que nadie tenga que confiar en una suposición."
    ),
    "pt": (
        "A biblioteca guarda cada artigo que foi lido, e uma pergunta é respondida com as frases que estão neles."
        " O que não está lá é dito em falta, para que ninguém tenha de confiar numa suposição."
    ),
    "it": (
        "La biblioteca conserva ogni articolo che è stato letto, e a una domanda si risponde con le frasi che vi "
        "si trovano. Quello che non c'è viene detto mancante, perché nessuno debba fidarsi di una supposizione."
    ),
    "ro": (
        "Biblioteca păstrează fiecare articol care a fost citit, iar o întrebare primește un răspuns din "
        "propozițiile care se află în ele. Ceea ce nu este acolo este numit lipsă, pentru ca nimeni să nu se "
        "bazeze pe o presupunere."
    ),
    "nl": (
        "De bibliotheek bewaart elk artikel dat gelezen is, en een vraag wordt beantwoord met de zinnen die erin "
        "staan. Wat er niet is, wordt als ontbrekend genoemd, zodat niemand op een vermoeden hoeft te vertrouwen."
    ),
    "sv": (
        "Biblioteket bevarar varje artikel som har lästs, och en fråga besvaras med de meningar som står i dem. "
        "Det som inte finns där sägs saknas, så att ingen behöver lita på en gissning."
    ),
    "da": (
        "Biblioteket gemmer hver artikel, der er blevet læst, og et spørgsmål besvares med de sætninger, som står"
        " i dem. Det, der ikke findes, siges at mangle, så ingen behøver at stole på et gæt af andre. Efter "
        "læsningen kan man også se, hvad der mangler."
    ),
    "no": (
        "Biblioteket tar vare på hver artikkel som er lest, og et spørsmål blir besvart med setningene som står i"
        " dem. Det som ikke finnes, sies å mangle, slik at ingen må stole på en gjetning av andre. Etter lesingen"
        " kan man også se hva som mangler mellom artiklene."
    ),
    "fi": (
        "Kirjasto säilyttää jokaisen artikkelin, joka on luettu, ja kysymykseen vastataan lauseilla, jotka ovat "
        "niissä. Se, mitä ei ole, sanotaan puuttuvaksi, niin että kukaan ei joudu luottamaan arvaukseen."
    ),
    "pl": (
        "Biblioteka przechowuje każdy artykuł, który został przeczytany, a na pytanie odpowiada zdaniami, które "
        "się w nich znajdują. To, czego nie ma, jest nazwane brakującym, aby nikt nie musiał ufać domysłom."
    ),
    "cs": (
        "Knihovna uchovává každý článek, který byl přečten, a na otázku odpovídá větami, které v nich stojí. To, "
        "co v ní není, se označí jako chybějící, aby nikdo nemusel věřit domněnce. Proto je každá věta také "
        "doložena."
    ),
    "hu": (
        "A könyvtár megőriz minden cikket, amelyet elolvastak, és a kérdésre azokkal a mondatokkal válaszol, "
        "amelyek bennük állnak. Ami nincs ott, az hiányzik, hogy senki ne kényszerüljön egy sejtésre."
    ),
    "tr": (
        "Kütüphane okunan her makaleyi saklar ve bir soruya bu makalelerde bulunan cümleler ile cevap verir. "
        "Orada olmayan bir şey için eksik olduğu söylenir, çünkü hiç kimse bir tahmine güvenmek zorunda değil."
    ),
    "ru": (
        "Библиотека хранит каждую статью, которую прочли, и на вопрос отвечает предложениями, которые в них "
        "стоят. О том, чего в ней нет, так и говорится, чтобы никто не был вынужден верить догадке."
    ),
    "uk": (
        "Бібліотека зберігає кожну статтю, яку прочитали, і на запитання відповідає реченнями, які в них стоять. "
        "Про те, чого в ній немає, так і сказано, щоб ніхто не був змушений вірити здогаду."
    ),
    "bg": (
        "Библиотеката пази всяка статия, която е прочетена, и на въпрос се отговаря с изреченията, които са в "
        "нея. За това, което го няма, се казва, че липсва, за да не трябва никой да вярва на догадка."
    ),
    "el": (
        "Η βιβλιοθήκη κρατά κάθε άρθρο που διαβάστηκε, και σε μια ερώτηση απαντά με τις προτάσεις που βρίσκονται "
        "σε αυτά."
    ),
    "he": "הספרייה שומרת כל מאמר שנקרא, ועל שאלה היא עונה במשפטים שכתובים בהם, ומה שאין בה נאמר שהוא חסר.",
    "ar": (
        "تحفظ المكتبة كل مقال تمت قراءته، ويجاب عن السؤال بالجمل الموجودة فيه، وما ليس فيها يقال إنه مفقود حتى لا"
        " يثق أحد بالظن."
    ),
    "fa": (
        "کتابخانه هر مقاله‌ای را که خوانده شده نگه می‌دارد و به هر پرسش با جمله‌هایی که در آن‌ها هست پاسخ "
        "می‌گوید، پس کسی گرفتار گمان نمی‌شود."
    ),
    "ja": (
        "図書館は読まれた論文をすべて保存し、質問にはその中にある文で答えます。見つからな"
        "いものは、ないと言います。だれも推測を信じなくてすむように。"
    ),
    "ko": (
        "도서관은 읽은 논문을 모두 보관하고 질문에는 그 안에 있는 문장으로 대답"
        "한다. 없는 것은 없다고 말하므로 아무도 추측을 믿지 않아도 된다."
    ),
    "zh": ("图书馆保存读过的每一篇论文，并用其中的句子回答问题。没有的内容就说没有，这样谁也不必相信猜测。"),
}
URDU = "کتب خانہ ہر پڑھا ہوا مضمون محفوظ رکھتا ہے اور سوال کا جواب انہی جملوں سے دیتا ہے جو ان میں لکھے ہوئے ہیں۔"
THAI = "ห้องสมุดเก็บบทความทุกชิ้นที่อ่านแล้ว และตอบคำถามด้วยประโยคที่อยู่ในบทความเหล่านั้น สิ่งที่ไม่มีก็บอกว่าไม่มี"
TEXTS |= {"ur": URDU, "th": THAI}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_each_language_is_told_from_the_others(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


def test_every_language_that_is_told_apart_is_tested() -> None:
    assert set(TEXTS) == set(LANGUAGES)
    by_words = {language for weights in languages._function_words().values() for language in weights}
    assert by_words < set(LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The title alone",
        "12 14 17 19 23 " * 30,
        "Lee Chen Adams Brown Clark Davis Evans Frank Ghosh Hills Irwin Jones " * 5,
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore magna " * 3,
        TEXTS["en"] + TEXTS["de"],
        TEXTS["ru"] + TEXTS["de"],
        "x = [[1, 2], [3, 4]]; print(sum(map(len, x)))\n" * 20,
    ],
)
def test_what_is_not_certain_has_no_language(text: str) -> None:
    assert detect_language(text) == ""


def test_a_long_text_with_a_summary_and_references_in_another_language_has_its_own() -> None:
    text = (
        TEXTS["en"] * 3
        + TEXTS["de"] * 200
        + "\nLee, A. (2019). On the jumps of the quokka. The Journal of Jumps.\n" * 40
    )
    assert detect_language(text) == "de"


def test_english_with_foreign_names_and_quotations_is_english() -> None:
    assert detect_language(f"{TEXTS['en'] * 4} “{TEXTS['zh']}” {TEXTS['fr']}") == "en"


def test_the_example_in_the_source_holds() -> None:
    assert doctest.testmod(languages).failed == 0
