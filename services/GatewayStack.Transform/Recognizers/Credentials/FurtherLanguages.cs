namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What is said of secrets in the languages that are written less often beside them: words that announce them, and words that say that none is given.</summary>
internal static class FurtherLanguages
{
    /// <summary>Names of secrets that are one word, or a few: what somebody remembers, or is reminded with.</summary>
    public static readonly string[] Words =
    [
        "memorable word", "secret word", "security word", "code word", "support word", "account word", "reminder word", "codeword", "merkwort", "codewort",
        "erinnerungswort",
        "losungswort", "schlüsselwort", "mot secret", "mot de sécurité", "palabra clave", "palabra secreta", "palabra de seguridad", "parola segreta",
        "parola di sicurezza",
        "palavra secreta", "palavra de segurança", "codewoord", "geheim woord", "tajne słowo", "tajne hasło", "hemligt ord", "minnesord", "hemmelig ord", "salainen sana",
        "tajné slovo", "titkos szó", "cuvânt secret", "gizli kelime", "кодовое слово", "секретное слово", "контрольное слово", "слово-пароль", "слово-подсказка",
        "слово-нагадка",
        "слово-підказка", "кодове слово", "секретне слово", "контрольне слово", "μυστική λέξη", "מילת סוד", "מילת קוד", "كلمة سرية", "合言葉", "合い言葉", "秘密の言葉",
    ];

    /// <summary>Passwords.</summary>
    public static readonly string[] Password =
    [
        "паролю", "пароле", "парола", "паролата", "лозинка", "συνθηματικό", "κωδικό πρόσβασης", "סיסמת", "الرقم السري", "كلمة سر", "رمز عبور", "گذرواژه", "پاس ورڈ",
        "कूटशब्द",
        "পাসওয়ার্ড", "கடவுச்சொல்", "รหัสเข้าระบบ", "รหัสเข้าใช้งาน", "รหัสไวไฟ", "รหัส wifi", "รหัส wi-fi", "解凍パス", "wi-fiのパス", "wifiのパス", "الباسورد", "باسورد", "كلمه السر", "zipパス", "ログインパス", "初期パス", "仮パス", "wifiパス", "wi-fiパス",
        "暗号", "패스워드", "slaptažodį", "fjalëkalimi", "wagwoord", "nenosiri", "cyfrinair", .. Words,
    ];

    /// <summary>Short numbers.</summary>
    public static readonly string[] Pin =
    [
        "пин", "пін", "пін-код", "пінкод", "пін код", "пин код", "код подтверждения", "код підтвердження", "κωδικός pin", "קוד סודי", "קוד פין", "קוד הפין", "הפין",
        "رمز pin",
        "الرمز السري", "رمز التعريف", "पिन", "पिन कोड", "รหัสพิน", "รหัส pin", "mã pin", "mã otp", "mã bảo mật", "핀코드", "비밀 코드", "pin kodu", "pin kód", "pin-koodi",
        "codul pin",
    ];

    /// <summary>What opens a door, an alarm, a safe.</summary>
    public static readonly string[] Doors =
    [
        "код на двері", "код на хвіртці", "код хвіртки", "код на вратата", "кодът за вратата", "кодът на вратата", "オートロック", "kapı kodumuz", "код дверей", "код воріт", "код від воріт", "код під'їзду", "код від під'їзду", "код від домофона", "код від сейфа", "код сейфа", "код на дверь",
        "код калитки", "код от калитки", "код от подъезда", "код замка", "код от замка", "κωδικός της πόρτας", "κωδικός εισόδου", "κωδικός πύλης",
        .. WithAnd(["קוד הדלת", "קוד לדלת", "קוד של הדלת", "הקוד לדלת", "הקוד של הדלת", "קוד כניסה", "קוד הכניסה", "קוד השער", "קוד לשער", "הקוד לשער", "הקוד של השער", "קוד לבניין",
        "קוד האזעקה", "קוד לאזעקה", "קוד הכספת"]),
        "رمز الباب", "كود الباب", "رمز البوابة", "رمز الدخول", "رمز الإنذار", "رمز الخزنة", "दरवाज़े का कोड", "दरवाजे का कोड", "गेट का कोड", "अलार्म का कोड",
        "รหัสประตู", "รหัสเข้าตึก", "รหัสเข้าอาคาร", "รหัสตู้เซฟ", "รหัสล็อก", "รหัสลิฟต์", "mã cửa", "mã cổng", "mật mã cửa",
        "mã mở cửa", "mã báo động", "도어락 번호", "도어락", "출입 코드", "현관 코드", "금고 번호", "门禁码", "开门码", "门锁码", "门禁密码", "門禁密碼", "テンキー", "ドアコード", "解錠番号", "解錠コード",
        "キーボックス", "kode pintu", "kode gerbang", "kode brankas", "kapı kodu", "alarm kodu", "kasa kodu", "ajtókód", "kaputelefon kódja", "ovikoodi", "kód ke dveřím",
    ];

    /// <summary>Hebrew writes "and" as one letter before the word.</summary>
    private static IEnumerable<string> WithAnd(string[] words) => words.Concat(words.Select(w => "ו" + w));

    /// <summary>Said of a secret where it might stand, one word.</summary>
    public static readonly string[] States =
    [
        "falsche", "falscher", "falsches", "ungültige", "ungültiges", "unbekannt", "fehlt", "verborgen", "ausgeblendet", "faux", "invalide", "expirée", "manquant",
        "manquante", "caché", "masqué", "inconnu", "incorrecto", "caducada", "caducado", "vacío", "oculta", "oculto", "desconocida", "errata", "sbagliata", "errato",
        "nascosta",
        "mancante", "sconosciuta", "incorreta", "errada", "inválido", "oculta", "ausente", "onjuist", "ongeldig", "verkeerd", "ontbreekt", "verborgen", "onbekend",
        "nieprawidłowe", "nieprawidłowy", "błędne", "niepoprawne", "złe", "brak", "ukryte", "wygasłe", "nieznane", "felaktigt", "fel", "ogiltigt", "saknas", "dolt",
        "okänt",
        "forkert", "feil", "ugyldig", "ugyldigt", "mangler", "skjult", "udløbet", "utløpt", "väärä", "virheellinen", "puuttuu", "piilotettu", "vanhentunut", "tyhjä",
        "hibás",
        "érvénytelen", "helytelen", "hiányzik", "rejtett", "lejárt", "üres", "neplatné", "nesprávné", "chybné", "chybí", "skryté", "vypršelo", "prázdné", "greșită",
        "incorectă",
        "invalidă", "lipsește", "ascunsă", "expirată", "yanlış", "hatalı", "geçersiz", "eksik", "gizli", "boş", "zorunlu", "gerekli", "неверный", "неверно", "неправильный",
        "недействителен", "отсутствует", "скрыт", "пуст", "истёк", "истек", "обязателен", "невірний", "неправильний", "недійсний", "відсутній", "прихований", "порожній",
        "λάθος", "κενό",
        "שגויה", "חסרה", "ריקה", "خاطئة", "مطلوبة", "गलत", "अमान्य", "sai", "trống", "salah", "kosong", "pflichtfeld", "sechsstellig", "vierstellig", "achtstellig", "obligatorio",
        "obligatoria", "facultatif", "opcional", "facoltativo", "optioneel", "opcjonalne", "valfritt", "obligatoriskt", "obligatorisk", "påkrævet", "påkrevd", "pakollinen", "povinné",
        "kötelező", "obligatoriu", "nesetată", "ayarlanmadı", "isteğe", "wajib", "обов'язково", "обязательно", "wydrukowany", "wydrukowane", "vytištěno", "painettu", "trykt", "tryckt",
        "gedruckt", "aufgedruckt", "imprimé", "impreso", "impresa", "impresso", "stampato", "stampata", "afgedrukt",
    ];

    /// <summary>Words that hold sentences together.</summary>
    public const string Sentence =
        " seit heute gestern früh sofort depuis ce matin hier aujourd'hui désormais desde ayer hoy dalla dal ieri oggi ontem hoje sinds gisteren vandaag od "
        + "wczoraj dzisiaj sedan igår idag "
        + "не и й та в у во на з с із со зі по до от від для за из к о об що что как як это эта если якщо когда коли или або но але он она они він вона вони мы "
        + "ми вы ви уже вже ещё ще "
        + "только лише нет немає є есть быть бути был была було были нужно надо треба можно можна должен должна повинен после після перед через без при под над "
        + "той тот также також кто хто где де "
        + "все всё усі че ако когато само още няма трябва след преди δεν μη να και το η τα τη την του της σε στο στη στην με για από αν όταν είναι θα έχει "
        + "πρέπει μόνο μετά πριν "
        + "ve veya ile için bir bu değil gibi kadar daha çok ise yok olarak olmalı sonra önce her ama sadece artık yeniden ja tai ei ole olla oli että jos kuin "
        + "mutta vain vielä joka pitää täytyy "
        + "és vagy az egy nem volt lesz hogy csak már még kell lehet után előtt nélkül nebo je jsou není byl byla být že když jako ale jen už ještě musí může "
        + "před bez pro ze aby alebo nie sú "
        + "og eller ikke ikkje blir må skal hvis når bare kun nå fra til uden uten și sau este sunt nu fi că dacă când dar doar încă trebuie poate după înainte fără "
        + "là và hoặc không có được đã sẽ nếu khi như nhưng chỉ phải cần cho của với tại từ dan atau yang tidak ada adalah jika hanya harus untuk dengan sudah akan dapat "
        + "לא את של על עם זה היא הוא אם או גם רק כי יש אין لا في من على إلى هو هي أن إذا أو لم لن قد كان هذا هذه مع بعد قبل";

    /// <summary>Words that begin what is said of a secret.</summary>
    public const string Opening =
        " it's it’s that's that’s c'est c’est das es ist está jest är er on è é seit depuis desde dal dalla sinds od sedan since не без за по до от від из із на у с з уже вже введите введіть смотри "
        + "дивись δεν ei nem ikke není nu không tidak printed written valid changed changes handed never always choose pick random any gedruckt aufgedruckt gültig gilt wechselt niemals nie ihre ihr "
        + "zufällige persönliche imprimé imprimée valable jamais votre impreso impresa válida cambia nunca su stampato stampata valida mai impresso impressa muda "
        + "afgedrukt geldig wisselt nooit je willekeurige wydrukowane wydrukowany ważne zmienia nigdy twój twoje wybierasz ustawiasz tryckt gäller byts aldrig ditt väljs "
        + "trykt gælder gjelder skifter aldri dit vælges velges painettu voimassa älä valitaan sama vytištěno platí nikdy vaše volí zvolte stejné nyomtatva érvényes soha ugyanaz "
        + "tipărit valabilă niciodată aceeași geçen kartın elden rastgele ilk asla jangan pilih sama tự giống";

    /// <summary>Words of rules for secrets, and of what a screen says of one.</summary>
    public const string Rules =
        " words wörter mots palabras parole palavras woorden słowa słów ord slova szó sanaa cuvinte kelime kata từ zufällige random ungültig ungültige falsche falschen falsches inkorrekt anmeldung anmelden selbst vergeben incorrects incorrectes périmé connexion incorrectos "
        + "incorrectas sesión incorretos incorretas "
        + "errate errati accesso onjuiste ongeldige inloggen zelf logowaniu logowania sama felaktiga ogiltiga själv forkerte ugyldige selv itse kirjautumisessa "
        + "přihlášení sami belépéskor "
        + "conectare singuri kendiniz girişte içermeli вход входе входу вході вхід придумайте сами самі έξι đăng nhập lần đầu invalide erroné inválida inválido "
        + "incorrecta incorrecto errónea caducada errata sbagliata scaduta incorreta errada onjuist ongeldig "
        + "verkeerd nieprawidłowe nieprawidłowy nieprawidłowa błędne błędny błędna niepoprawne niepoprawny wygasłe cyfra litery znaki min felaktigt ogiltigt "
        + "символ символа символов символы символів символи знак знака знаков знаки знаків букв буквы літер літери цифр цифры цифри минимум мінімум менее менше "
        + "короче коротше неверный неверно неправильный "
        + "неправильно невірний введите введіть истёк истек обязателен обов'язковий символа цифри χαρακτήρες χαρακτήρων τουλάχιστον γράμματα ψηφία λάθος "
        + "karakter karakterli karakterden harf harfi rakam rakamlı hane haneli yanlış "
        + "hatalı geçersiz olmalı olmalıdır merkkiä merkki merkin numeroa kirjainta vähintään väärä virheellinen karakteres betű számjegy legalább hibás "
        + "helytelen érvénytelen znak znakov číslic písmen "
        + "alespoň minimálně nejméně neplatné neplatný nesprávné nesprávný chybné zadejte tegn bogstaver cifre siffer sifre mindst minst forkert feil ugyldig "
        + "ugyldigt caractere litere puțin greșită "
        + "incorectă invalidă tự chữ thiểu nhất huruf angka minimal salah";

    /// <summary>Pieces of sentences about secrets in scripts without blanks.</summary>
    public static readonly string[] Unblanked =
    [
        "文字", "入力", "ください", "下さい", "以上で", "必要", "ません", "してい", "忘れ", "のみ", "各自", "请", "請", "不能", "不正确", "不正確", "错误", "錯誤", "至少", "不少于", "不少於", "字符", "字元", "位以上", "필요", "입력",
        "하세요", "글자", "이상", "않습니다", "없습니다", "않았습니다", "틀렸", "เท่านั้น", "อย่างน้อย", "ตัวอักษร", "ไม่ถูกต้อง", "กรุณา",
    ];
}
