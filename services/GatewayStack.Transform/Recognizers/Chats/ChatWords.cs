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
        + "användare kund handläggare kundtjänst läkare patient jag du fråga svar");

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
        + "jag du vi mig dig ja nej tack hej hejsan okej asså har kan vet någon");

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
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                if (text[at] is '?' or '❤' or '♥' || (char.IsHighSurrogate(text[at]) && text[at] is '\uD83D' or '\uD83E'))
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
