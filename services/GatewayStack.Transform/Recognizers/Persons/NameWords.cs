using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Words of names, and words that no name has.</summary>
internal static class NameWords
{
    private const int Longest = 16;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Given = WordSet.Of(
        "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian "
            + "george timothy ronald "
        + "edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis "
            + "jerry tyler aaron jose "
        + "adam nathan henry douglas zachary peter kyle ethan walter noah jeremy christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse "
            + "bryan billy bruce "
        + "gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene liam oliver oscar harry charlie alfie "
            + "freddie theo leo max felix "
        + "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa "
            + "deborah stephanie "
        + "rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria "
            + "heather diane ruth "
        + "julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances "
            + "kathryn janice jean "
        + "alice abigail sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori jane jenny lucy "
            + "chloe mia ella zoe ivy "
        + "hans klaus peter jürgen wolfgang dieter uwe günter horst helmut werner stefan andreas markus matthias tobias jan lukas jonas leon finn paul moritz florian sebastian "
            + "philipp tim niklas "
        + "fritz karl heinz otto kurt ernst rolf bernd ralf jörg thorsten sven ute ursula monika petra renate helga karin brigitte ingrid erika gisela sabine claudia susanne "
            + "katja anja heike "
        + "birgit lena lea anna hannah sophie johanna katharina greta frieda jean pierre michel philippe alain jacques bernard andré françois luc marc louis hugo jules antoine "
            + "mathieu nicolas "
        + "camille léa manon chloé inès sylvie nathalie isabelle catherine françoise monique élodie céline aurélie juan josé luis carlos miguel javier manuel antonio francisco "
            + "pedro alejandro "
        + "fernando diego pablo sergio jorge alberto ricardo eduardo rafael ángel carmen josefa isabel dolores pilar teresa lucía elena cristina marta paula sofía valentina "
            + "camila gabriela daniela "
        + "marco giuseppe giovanni luigi francesco paolo andrea matteo lorenzo alessandro davide simone luca giulia chiara francesca sara martina elisa alessia silvia roberta "
            + "paola joão pedro "
        + "tiago rui nuno miguel bruno rodrigo gustavo felipe thiago vinícius ana beatriz mariana inês catarina fernanda juliana larissa jan piotr krzysztof andrzej tomasz "
            + "paweł marcin michał "
        + "agnieszka katarzyna małgorzata ewa magdalena joanna zofia sven lars erik anders johan karl mikael björn olof ingrid astrid freya maja elin kari ole knut nils mette "
            + "hanne søren jens "
        + "mikko juha antti jari aino sanna willem pieter kees jeroen bas daan sanne femke anouk jiří jan petr pavel tomáš eva jana lenka ferenc lászló istván zoltán katalin "
            + "andrei mihai ioana "
        + "elena ivan dmitry sergei alexei vladimir nikolai mikhail olga natalia tatiana irina svetlana anastasia yuri boris dmitri oleg igor mehmet mustafa ahmet ali hüseyin "
            + "emre can ayşe fatma "
        + "zeynep elif merve mohamed mohammed muhammad ahmed omar hassan hussein ibrahim khalid youssef yusuf abdul fatima aisha layla noor amina zainab maryam raj rahul amit "
            + "sanjay vijay arjun "
        + "rohan vikram anil suresh ravi deepak priya anjali neha pooja sunita kavita divya aditi ananya lakshmi meera wei li wang jing ming xin yan hui fang mei lin jun hao "
            + "chen yuki hiroshi "
        + "takashi kenji haruto sakura yui akira kenta naoko keiko ji-woo min-jun seo-yeon soo-jin hyun-woo nguyen anh minh linh kwame kofi ama chidi ngozi emeka adaeze tunde "
            + "thabo sipho lerato");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others = WordSet.Of(
        "string str none null nil true false unknown n/a na tbd todo test tests testing user users admin administrator root system default example sample demo foo bar baz name "
            + "names first last full "
        + "middle the a an this that your my our their his her its enter please select choose type value field label text number date time email phone address city country "
            + "state street customer "
        + "customers client clients support sales service services team department office company group bank hospital clinic university school college church hotel inc llc ltd "
            + "gmbh corp project build "
        + "deploy run check install setup configure create update delete remove add edit view open close start stop old use using used see read write set get list item items "
            + "order orders invoice "
        + "account accounts payment payments report reports data database server servers node nodes cluster production staging development release version main master branch "
            + "pipeline workflow job "
        + "jobs task tasks step steps action actions event events message messages error errors warning info debug log logs file files folder path directory image images code "
            + "source target input "
        + "output result results request response key keys token api http https url link page pages home dashboard settings profile all everyone anyone someone nobody people "
            + "person sir madam "
        + "colleague colleagues friend friends member members reader readers hiring recruiter recruitment human resources it hr marketing finance legal engineering product "
            + "design operations security "
        + "quality assurance help desk info contact manager director head chief officer president assistant engineer developer analyst consultant technician nurse doctor "
            + "patient physician general "
        + "public private internal external local remote global world hello hi hey dear thanks thank regards sincerely best kind yes no ok not and or of for with to from by in "
            + "on at is are was were "
        + "be monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december spring summer autumn "
            + "winter today tomorrow "
        + "front rear left right top bottom pending active inactive completed done failed success approved rejected draft final total amount "
        + "premium basic standard pro enterprise free trial plan monthly annual primary secondary required optional available notification notifications subscription "
            + "subscriptions delivery shipping "
        + "billing special important urgent high low medium critical normal small large unassigned anonymous various multiple several other others same above below herr frau "
            + "kunde kunden damen herren "
        + "mitglieder mitglied vorstand european asian african equipe equipa todos todas pessoal colegas secretaria zespole koledzy państwo všichni mindenki csapat ekip herkes arkadaşlar kaikki kollegat alle allemaal allesammen alla tutti ragazzi "
            + "colleghi amici tous toutes collègues chicos chicas compañeros коллеги всем друзья колеги всім συνάδελφοι kollegen zusammen leute "
            + "one two three four five six seven eight nine ten yetkili ilgili müşteri müşterimiz üyemiz ziyaretçi zákazníku zákazníci kolego kolegové doktore řediteli klient klienci klienta doktorze dyrektorze prezesie director directora professor professora "
            + "monsieur madame equipo equipo equipe team mannschaft sehr geehrte word excel access sql teams paint visio powerpoint outlook apache google microsoft amazon oracle "
            + "linux windows ubuntu debian docker kubernetes github gitlab python java javascript");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Titles = WordSet.Of(
        "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr hon judge herr frau hr fr dipl-ing ing mag monsieur madame mademoiselle mme mlle sr sra srta don "
            + "doña señor señora "
        + "dra drª eng engª exmo exma prof.ª mgr judr mudr phdr bc rndr hanım bey sayın mgr.art "
        + "sig signor signora sig.ra dott dottor dottoressa ing avv dhr mevr mw pan pani");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Particles = WordSet.Of("de da do dos das di del della van von der den ten ter la le el al bin "
        + "bint "
        + "ibn ben y e af av zu zum zur du des san st");

    /// <summary>A given name.</summary>
    public static bool IsGiven(ReadOnlySpan<char> word) => word.Length <= Longest && Given.Contains(word);

    /// <summary>A word that no name has.</summary>
    public static bool IsOther(ReadOnlySpan<char> word) => word.Length <= Longest && Others.Contains(word);

    /// <summary>A title before a name.</summary>
    public static bool IsTitle(ReadOnlySpan<char> word) => word.Length <= Longest && Titles.Contains(word.TrimEnd('.'));

    /// <summary>A small word inside a name.</summary>
    public static bool IsParticle(ReadOnlySpan<char> word) => word.Length <= 5 && Particles.Contains(word);
}
