using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>
/// What stands where the name of an account may stand, and names nobody: words of a sentence, words of programs, and what an account is for (a team, a post,
/// a machine). Each word is in one list.
/// </summary>
internal static class NoNames
{
    /// <summary>Words of sentences, forms and code, which stand there alone.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordSet.Of(
        "a active already an and another användare anyone app_user appuser are args as asks at attempt attempts aucun auditor available bar baz be benutzer "
            + "besucher blocked brak busy button by can cancelled cannot celle celui changed class clicks closed config const count created crm das db_user dba "
            + "dbuser de defined dein deleted dem den der des die din disabled ditt do does du each een ein eine einen el email empty en enabled entered enters env "
            + "error errors es est etl ett every everybody exists expected experience expired failed failure field flow foo for form free frei from front-desk "
            + "frontdesk gast gebruiker geen gets git gli goście gość guide gäst gäste gäster has hat here het i ids if ihr ihre il in inactive ingen input int "
            + "integer interface invalid invitado invitados invité invités is ist jak je jest jouw jovyan kein keine keiner kerberos la las le ledig les let libero "
            + "libre list livre lo locked logged los ma management me mein mi missing model moderator mon must my-user name@domain names needed nenhum nessuno new "
            + "new_user newuser nil ninguna ninguno normal not object oidc on open optional or oracle os os.environ ospite ospiti other page params password "
            + "passwort patrz pending process.env profile props pwd read-only receptionen req.body request request.form required response return revoked role "
            + "role-based roles rotated sa same saml screen se see selber selbst self self.username sets settings seu should siehe som somebody someone son soon "
            + "state stories story str string su sua success successful superuser sysadmin taken tbd text that the they this this.username to token ton tried tries "
            + "tu type types um uma un una unchanged undefined une unknown unlocked uno unser updated user.id user.name user.username userid username usual usuario "
            + "utente uw użytkownik value var varchar vedi ver via visitante voir vos votre vrij vscode vsts was we well were when which wie will wird with wolne "
            + "work wurde www-data xxx xxxx you your your-username your_user your_username yourusername zie är è");

    /// <summary>Words of programs and machines: they make part of accounts that somebody set up (<c>svc_crm</c>).</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Programs = WordSet.Of(
        "rsync rclone mkdocs mdadm dpkg rpm npm pnpm npx nvm vsftpd sshd httpd crond rsyslogd systemd journald dnsmasq chronyd fstrim kswapd kworker kubectl kubelet "
            + "ad admin administrator all alpha amd64 analytics android any apache api app apps arm64 auth auto automatic aws azure base64 beta bot bucket buero "
            + "build camera cd centos ci cloud content core curl data db debian deploy deployer design device dhcp dns docker docs documentation ec2 equals false "
            + "family first firstname ftp function gcp github gitlab given global go hook hr http http2 https id imap ios ipv4 ipv6 it java jenkins js k8s kafka "
            + "kasse kube kubernetes lambda last lastname ldap lib linux log logs macos mail manual mariadb md5 metrics mobile mongo mysql name net nginx no none nr "
            + "ntp null oauth oauth2 order payment php pod pos postgres private product py python rc redis ro root rust rw s3 sandbox search sec sftp sha1 sha256 "
            + "smtp some sql srv ssh ssl sso stable surname svc sys task terminal till tls tomcat true ubuntu utf v version vpn web webhook wget win32 windows "
            + "worker www x x86 y z");

    /// <summary>Words for whoever it may be: neither alone nor among others of the kind a name.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Everybody = WordSet.Of(
        "account accounts accueil agent anonymous approver audit backend backup backups balie batch billing builder cache checkout client common compliance "
            + "contributors cron current daemon database default demo dev devops editor empfang engineering event events everyone example export external finance "
            + "frontend gateway group groups guest helpdesk host import infra internal job jobs kiosk lager legal line local login mailer main maintainer "
            + "maintainers manager marketing master member monitor monitoring nobody node office only operator ops orders owner payments platform primary printer "
            + "prod production proxy public qa queue read reader readonly recepción recepcja receptie reception recepção release remote replica report reporting "
            + "reports reviewers rezeption robot router runner sales scanner scheduler secondary security sensor server service services session shared shift shop "
            + "site sre staff stage staging station storage supervisor support sync system team teams test tester testing tests unit user users viewer visitor "
            + "visitors write writer");

    /// <summary>Teams, posts and jobs; alone, some are the name of an account.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Posts = WordSet.Of(
        "accounting administración administracja administratie administration agents almacen almacén ambulanz amministrazione analyser analyzer approvers "
            + "archive archiver armazém atelier automaat automat automate automation av back booking bookings box broadcast buchhaltung builds bureau cart catalog "
            + "catalogue catering center central centre cleaner cleanup clients cluster cocina collector compras consumer contractor contractors contributor "
            + "controller cozinha crawler crew cucina cuisine customer customers daily day department dept desk developer developers development devs devteam "
            + "dispatcher display disposition division dummy early east editorial editors einkauf engineers equipe equipo exporter exports facilities facility "
            + "feeder fetcher firewall floor front general generic guests hall halle handler hourly housekeeper housekeeping importer imports indexer infrastructure "
            + "inventory invoicing keuken kitchen kuchnia kueche kök küche lab labor laboratory lagret late leitung lighting lines listener loader logins logistics "
            + "logistik magasin magazijn magazyn magazzino maintenance managers members metrologie metrology migration migrations migrator mirror monthly news "
            + "newsroom night nightly noc nodes nord north offices officina oficina operador operateur operations operators opérateur orchestrator ost owners "
            + "partner partners payable payroll personal personnel pflege pharmacy pipeline pipelines planning plant planung ploeg poller pricing print process "
            + "processor producer produktion provisioner provisioning publisher quality qualität radiology readers receivable receiver recepcion releases "
            + "replication restore reviewer runners sample samples schema secretaria secrétariat seeder segreteria sekretariat sender servers servicedesk sistema "
            + "sites snapshot soc sound south squadra stationen stock store stores student students studio subscriber sued supervisors supplier suppliers switch "
            + "syncer systeem systemimport systems systemu système süd table tables taller teacher teachers team1 technik testuser ticketing tickets trainee "
            + "trainees triage ufficio vendor vendors ventas verkstad vertrieb verwaltung viewers volunteers ward wards warehouse warsztat wartung watchdog watcher "
            + "weekly werk werkplaats werkstatt west writers zespol zespół équipe");

    /// <summary>True for a word that is no one's name.</summary>
    public static bool IsWord(ReadOnlySpan<char> name) => Words.Contains(name) || IsPart(name);

    /// <summary>True for a word of machines and services, or for everybody.</summary>
    public static bool IsPart(ReadOnlySpan<char> word) => Programs.Contains(word) || Everybody.Contains(word);

    /// <summary>True when every part of the name says what an account is for: <c>night-audit</c>, <c>front_office</c>. A number makes it one account of several.</summary>
    public static bool IsPost(ReadOnlySpan<char> name)
    {
        foreach (var range in name.SplitAny("-_. "))
        {
            if (!Everybody.Contains(name[range]) && !Posts.Contains(name[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when all of it is words of machines and services, whatever their numbers: <c>node-3</c>.</summary>
    public static bool IsThing(ReadOnlySpan<char> name)
    {
        foreach (var range in name.SplitAny("-_."))
        {
            if (name[range].TrimEnd("0123456789") is { IsEmpty: false } stem && !IsPart(stem) && !IsPart(name[range]))
            {
                return false;
            }
        }

        return true;
    }
}
