using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>The words that tell a chat from a list of settings, a log, and a form.</summary>
internal static class ChatWords
{
    private const int LongestWord = 14;
    private const int LongestText = 120;

    /// <summary>Who speaks without being anybody: roles of assistants, of calls and of interviews, and how a transcript numbers its voices.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Roles = WordSet.Of(
        "user assistant agent bot system human ai model tool function customer client support helpdesk caller callee operator advisor adviser rep representative interviewer "
            + "interviewee candidate moderator host guest speaker narrator audience "
        + "doctor patient nurse therapist teacher student pupil seller buyer vendor driver passenger officer judge witness attorney lawyer clerk manager employee admin "
            + "administrator mod me you us i q a question answer reply note staff team "
        + "caretaker reception frontdesk front-desk secretary secretariat archive registry registrar office kitchen ward warehouse stores workshop lab porter cashier till "
            + "foreman shift night-shift finance hr sales billing accounts accounting legal helpline "
        + "security maintenance facilities dispatch logistics production packing maintenance reviewbot sekretariat empfang pforte hausmeister küche lager werkstatt technik "
            + "verwaltung buchhaltung leitstelle schicht secrétariat accueil cuisine atelier comptabilité gardien "
        + "secretaría recepción cocina almacén taller portería administración segreteria archivio portineria cucina magazzino officina ufficio amministrazione secretaria "
            + "receção armazém oficina cozinha portaria receptie keuken magazijn werkplaats administratie conciërge "
        + "recepcja sekretariat kuchnia magazyn warsztat portiernia reception kök köket lager lagret verkstad verkstaden vaktmästare vaktmästaren expedition expeditionen server "
            + "daemon service everyone all channel anonymous unknown developer dev ops reviewer author editor translator coach player dispatcher receptionist waiter chef mom "
            + "mum dad mother father wife husband son daughter "
        + "benutzer nutzer kunde kundin berater beraterin mitarbeiter mitarbeiterin assistent anrufer anruferin frage antwort arzt ärztin patientin moderatorin sprecher ich du "
            + "wir "
        + "utilisateur cliente conseiller conseillère conseil agente assistante médecin patiente moi toi réponse vendeur acheteur "
        + "usuario clienta asistente soporte operador operadora médico paciente yo tú pregunta respuesta vendedor comprador "
        + "utente operatore operatrice assistenza assistente medico paziente io tu domanda risposta venditore "
        + "utilizador usuário suporte atendente operador médica eu você pergunta resposta "
        + "gebruiker klant medewerker medewerkster agent arts patiënt ik jij vraag antwoord "
        + "użytkownik klient klientka konsultant konsultantka doradca lekarz pacjent pacjentka ja ty pytanie odpowiedź "
        + "användare kund handläggare kundtjänst läkare patient jag du fråga svar "
        + "visitor dispatch control tower base ranger janitor lodge gate canteen desk depot yard crew pilot captain editor reader nanny carer "
            + "zentrale leitstelle disponent disposition labor kesselhaus fahrer fahrerin einkauf vertrieb verkauf versand personal personalabteilung kantine wache station schwester pfleger "
            + "meister vorarbeiter kollege kollegin chef chefin pförtner anmeldung bauleitung bauhof leitung vorstand redaktion bote besucher besucherin gast lehrer lehrerin schüler mutter vater "
            + "mama papa oma opa centrale chauffeur livreur régulation régulateur laboratoire infirmière infirmier chef achats ventes magasin visiteur maman "
            + "central conductor chofer repartidor laboratorio enfermera enfermero jefe compras ventas visitante mamá papá autista centralino infermiera infermiere capo acquisti "
            + "visitatore mamma papà motorista laboratório enfermeira enfermeiro chefe mãe pai verpleegkundige bezoeker inkoop verkoop planning mam pap "
            + "kierowca dyspozytor centrala laboratorium pielęgniarka szef gość tata förare chaufför växel sköterska besökare pappa řidič dispečer laboratoř "
            + "vrátnice sestra šéf návštěvník máma táta sofőr diszpécser nővér főnök portás vendég anya apa şoför santral hemşire ziyaretçi anne baba sjåfør sjåför sykepleier kuljettaja "
            + "водитель диспетчер лаборатория медсестра начальник охрана склад бухгалтерия водій лабораторія охорона "
            + "السائق المدير الممرضة الحارس الاستقبال नर्स ड्राइवर 司机 司機 护士 前台 保安 老师 妈妈 爸爸 運転手 受付 看護師 先生 기사 간호사 접수 엄마 아빠 พยาบาล คนขับ แม่ พ่อ "
        + "uživatel asistent operátor zákazník zákaznice lékař lékařka pacient otázka odpověď používateľ zákazník felhasználó asszisztens ügyfél orvos beteg kérdés válasz utilizator "
            + "întrebare răspuns pacient medic kullanıcı asistan müşteri temsilci doktor hasta soru cevap käyttäjä avustaja asiakas lääkäri potilas kysymys vastaus bruger "
            + "bruker kunde læge lege spørgsmål spørsmål korisnik pitanje odgovor uporabnik vprašanje pengguna asisten pelanggan dokter pertanyaan jawaban tanya jawab đáp hỏi "
        + "пользователь ассистент помощник оператор клиент клиентка менеджер бот система врач пациент пациентка вопрос ответ ведущий гость автор мама папа користувач помічник клієнт "
            + "лікар пацієнт питання відповідь ведучий потребител въпрос отговор корисник питање одговор χρήστης βοηθός πελάτης γιατρός ασθενής ερώτηση απάντηση "
        + "المستخدم المساعد العميل الموظف الطبيب المريض سؤال جواب السؤال الجواب س ج کاربر دستیار سوال جواب پاسخ پرسش משתמש עוזר לקוח נציג רופא מטופל שאלה תשובה "
            + "उपयोगकर्ता सहायक ग्राहक डॉक्टर मरीज प्रश्न उत्तर सवाल जवाब ব্যবহারকারী সহকারী প্রশ্ন উত্তর ผู้ใช้ ผู้ช่วย ลูกค้า พนักงาน หมอ คนไข้ คำถาม คำตอบ ถาม ตอบ "
            + "用户 用戶 助手 客户 客戶 客服 医生 医師 病人 患者 问 問 答 问题 問題 回答 质问 質問 主持人 记者 旁白 ユーザー アシスタント お客様 お客さま 担当者 司会 사용자 어시스턴트 고객 상담원 의사 환자 질문 답변 문 답");

    /// <summary>Labels of fields, settings and notes; parts of their names.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Labels = WordSet.Of(
        "as of source currency with note notes warning warn info error errors fatal debug trace notice critical hint tip tips todo fixme example examples usage see returns "
            + "return param raises throws args arguments options option default defaults name names type types value values "
        + "id ids key keys url uri path file files dir folder host hosts port ports mode level status state config settings setting version date time timestamp start end begin "
            + "stop from to cc bcc re fw fwd subject sent attn date-time summary description details "
        + "title tags tag category priority severity labels label image images command entrypoint volumes ports environment env services depends networks restart replicas kind "
            + "metadata spec template containers data count max min size limit timeout interval "
        + "rate length width height color colour font format input output source target result results message messages body header headers query method route routes rule rules "
            + "policy policies role scope scopes step steps stage stages job jobs build run test tests "
        + "deploy script scripts on off if else then when for while with uses needs steps name- http https ftp ssh mailto tel sip file postgres mysql redis mongodb urn arn git "
            + "svn npm pip apt docker kubectl curl wget node python java js ts css html json yaml xml sql csv "
        + "kernel systemd cron sshd nginx apache postfix dovecot dhcpd ntpd postgres mysqld containerd dockerd kubelet audit auth api web app db cache queue worker scheduler "
            + "proxy router gateway client-id total sum average mean price cost amount quantity qty "
        + "address street city country state zip phone mobile fax email mail e-mail web website password passwd pass pw pwd pin code secret token login username nick handle "
            + "account konto born dob age sex gender height weight allergies diagnosis medication dose plan "
        + "ingredients serves prep cook method yields monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning afternoon evening breakfast "
            + "lunch dinner agenda present absent apologies minutes action actions decision decisions "
        + "location place where who what why how pros cons question questions answer answers conclusion introduction abstract keywords references figure table chapter section "
            + "appendix step1 step2 step3 day1 day2 day3 ps nb eg ie etc vs via fyi tldr tl-dr ps2 "
        + "hinweis achtung wichtig betreff anhang datum uhrzeit ort telefon anschrift beispiel schritt frage hinweise wlan wifi nota notas aviso atención asunto fecha hora "
            + "od komu předmět kopie datum pozn poznámka upozornění pozor příklad adresa telefon jméno příjmení predmet komu poznámka feladó címzett tárgy dátum megjegyzés figyelem példa név cím "
            + "telefonszám lakás de la către subiect subiectul notă atenție exemplu nume adresa gönderen kime kimden konu tarih not dikkat örnek ad soyad adres telefon lähettäjä "
            + "vastaanottaja aihe päiväys päivä huom huomautus esimerkki nimi osoite puhelin fra til emne dato merk obs bemærk eksempel navn adresse tlf från till ämne datum från "
            + "pošiljatelj primatelj predmet napomena primjer ime prezime dari kepada perihal tanggal catatan contoh nama alamat từ đến chủ đề ngày ghi chú ví dụ tên địa chỉ "
            + "от кому кого тема копия дата примечание внимание важно пример имя фамилия адрес телефон итого цена від кому тема дата примітка увага приклад ім'я прізвище адреса телефон "
            + "относно бележка από προς θέμα ημερομηνία σημείωση προσοχή παράδειγμα όνομα διεύθυνση τηλέφωνο "
            + "من إلى الى الموضوع موضوع التاريخ ملاحظة تنبيه مثال الاسم العنوان الهاتف الجوال البريد از به تاریخ توجه نام آدرس מאת אל נושא תאריך הערה שים לב דוגמה שם כתובת טלפון "
            + "प्रेषक प्रति विषय दिनांक नोट ध्यान उदाहरण नाम पता फोन फ़ोन থেকে প্রতি বিষয় তারিখ নাম จาก ถึง เรื่อง เรียน วันที่ หมายเหตุ คำเตือน ตัวอย่าง ชื่อ ที่อยู่ โทร โทรศัพท์ "
            + "发件人 收件人 主题 主旨 抄送 日期 时间 時間 地点 地點 注意 备注 備註 例如 例 姓名 地址 电话 電話 手机 差出人 宛先 件名 日時 場所 備考 注 氏名 住所 보낸사람 받는사람 제목 날짜 일시 장소 참고 주의 예 이름 주소 전화 "
            + "articolo motivazione quantità prezzo causale indirizzo telefono cognome nome fornitore descrizione totale artículo motivo cantidad precio nombre apellidos dirección teléfono "
            + "artigo motivo quantidade preço morada telefone descrição article motif quantité prix nom prénom adresse téléphone commentaire artikel menge preis anzahl grund bemerkung "
            + "beschreibung vorname nachname aantal prijs reden opmerking omschrijving naam artykuł ilość cena powód opis uwagi nazwisko imię antal pris orsak beskrivning anmärkning "
            + "položka množství cena důvod popis stav řešení mennyiség ár leírás állapot cantitate preț descriere stare miktar fiyat açıklama durum määrä hinta kuvaus tila pros contras vorteile "
            + "nachteile fazit vantaggi svantaggi avantages inconvénients ventajas desventajas vantagens desvantagens voordelen nadelen zalety wady výhody nevýhody плюсы минусы итог плюси мінуси "
            + "lugar objet remarque attention exemple étape oggetto data luogo assunto data onderwerp let temat uwaga ämne obs "
        + "retry retries user_id created updated modified deleted enabled disabled active required optional min_length max_length first last next previous prev total_count page "
            + "per_page offset cursor order sort filter group field fields column columns row rows index unit units");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Talk = WordSet.Of(
        "he she he's she's hes shes his her him them they they're who whos me ask need yours ours tomorrow tonight er ihn ihm elle lui él ella lei ele ela hij hem haar zij ona "
            + "jego jej han hon honom "
            + "i i'm im i'll i've u ur you your we we're my mine it's its that's what's whats how's who's dont don't can't cant didn't wont lol lmao haha hahaha hehe rofl omg "
                + "wtf idk "
            + "imo btw brb afk kk yes yeah yep yup nope nah hey hi hello hiya morning "
        + "thx thanks tysm ta cheers pls plz please sorry sure nice wow gg np ffs tbh anyone someone guys gonna wanna gotta lemme just think guess know got u2 cya bye night "
        + "ich du wir ihr mir dir mich dich ja nein nee doch danke bitte hallo hi moin servus super genau gut echt mal schon noch halt eben weiß hast kannst bin bist ist's jo "
            + "jep nö "
        + "je j'ai tu t'as vous nous moi toi oui ouais non merci salut coucou mdr ptdr stp svp bonjour bonsoir c'est bien d'accord quoi pourquoi "
        + "yo tú vos nosotros sí gracias hola jaja jajaja porfa vale bueno listo qué cómo dónde está estoy tengo tienes cuál "
        + "io tu noi mi ti sì grazie ciao ragazzi haha ahah ahaha però dai boh certo sono cosa "
        + "eu você vc nós não sim obrigado obrigada valeu oi olá kkk kkkk kkkkk rs gente alguém tá tô tenho tem isso "
        + "ik jij je wij mij jou ja nee bedankt dank hoi hallo oké even nog wel toch hoor heb heeft weet "
        + "ja my mi tak nie dzięki dziękuję cześć hej spoko masz mam jest wiem ktoś "
        + "jag du vi mig dig ja nej tack hej hejsan okej asså har kan vet någon "
        + "já ty my jo jasně ahoj díky dík prosím nevím vím máš mám jsem jsi budeš mňa ťa hej áno dobre én te mi ti igen nem szia sziasztok köszi köszönöm jó oké tudod vagyok van "
            + "eu tu da nu mulțumesc mersi salut bună vreau știu am ești ben sen biz evet hayır tamam teşekkürler selam merhaba var yok minä sinä joo ei kyllä moi kiitos olen onko "
            + "jeg du vi ja nej tak hej okay har kan ikke ikkje takk ja hei bra hvala da ne bok zdravo aku kamu kita ya tidak nggak gak oke makasih iya dong sih em anh chị ạ nhé nha vâng dạ ơi không "
        + "я ты он она мы вы они мне тебе меня тебя да нет ок окей ага угу ладно привет спасибо пожалуйста что кто как где когда ну тут там уже надо можно буду я ти він вона ми ви мені тебе так ні "
            + "ок привіт дякую прошу що хто як де коли ну тут треба можна аз ти да не здравей благодаря ја ти да не хвала εγώ εσύ ναι όχι γεια ευχαριστώ εντάξει τι πού "
        + "أنا انا أنت انت نعم لا شكرا شكراً مرحبا طيب تمام أين متى كيف هل من فضلك والله יש לי אני אתה את כן לא תודה היי שלום מה איפה מתי בסדר من تو بله نه ممنون سلام چی کجا");

    /// <summary>The same for scripts whose words have no blanks round them, or marks inside.</summary>
    private static readonly SearchValues<string> UnblankedTalk = SearchValues.Create(
        ["我", "你", "吗", "嗎", "呢", "吧", "好的", "谢谢", "謝謝", "哪里", "什么", "什麼", "です", "ます", "よね", "かな", "だよ", "ください", "はい", "いいえ", "ありがとう", "네", "예요", "어요", "아요", "습니다", "세요", "ㅋㅋ", "ㅠㅠ",
            "ครับ", "ค่ะ", "คะ", "นะ", "จ้า", "ไหม", "ฉัน", "ผม", "हाँ", "हां", "नहीं", "मैं", "तुम", "आप", "क्या", "ठीक", "हूँ", "हूं", " है", "हो ", "अरे", "मुझे", "कल", "আমি", "তুমি", "আপনি", "হ্যাঁ", "না ", "কী"],
        StringComparison.Ordinal);

    /// <summary>True for role.</summary>
    public static bool IsRole(ReadOnlySpan<char> name) => Roles.Contains(name) || name.Length < 2 || IsNumbered(name);

    /// <summary>True when part of the name is word for fields and settings.</summary>
    public static bool IsLabel(ReadOnlySpan<char> name)
    {
        if (Labels.Contains(name))
        {
            return true;
        }

        foreach (var range in name.SplitAny("_-."))
        {
            if (name[range].TrimEnd("0123456789") is { Length: > 1 } part && Labels.Contains(part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when people talk so: question, greeting, word for oneself.</summary>
    public static bool IsTalk(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, LongestText)];
        if (text.ContainsAnyInRange('\u0900', '\uD7FF') && text.ContainsAny(UnblankedTalk))
        {
            return true;
        }

        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                if (text[at] is '?' or '؟' or '❤' or '♥' || (char.IsHighSurrogate(text[at]) && text[at] is '\uD83D' or '\uD83E'))
                {
                    return true;
                }

                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || text[at] is '\'' or '’'))
            {
                at++;
            }

            // One letter is a word only between blanks, and not in a number written in hexadecimal.
            if (at - start <= LongestWord && (at - start > 1 || (start > 0 && text[start - 1] == ' ' && at < text.Length && text[at] == ' ')) && Talk.Contains(text[start..at]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Speaker 2, user1, agent3.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> name) => name.TrimEnd("0123456789_-") is { Length: > 0 } stem && stem.Length < name.Length && Roles.Contains(stem);
}
