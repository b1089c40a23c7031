using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>Names of accounts that say what an account is for: a team, a post, a job of a program. Who signs in by them is nobody in particular.</summary>
internal static class RoleNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Parts = SpokenWords.Set(
        "accounting accounts accueil administración administracja administratie administration agent agents almacen almacén ambulanz amministrazione analyser "
            + "analyzer anonymous approver approvers archive archiver armazém atelier audit automaat automat automate automation av back backend backup backups balie "
            + "batch billing booking bookings box broadcast buchhaltung builder builds bureau cache cart catalog catalogue catering center central centre checkout "
            + "cleaner cleanup client clients cluster cocina collector common compliance compras consumer contractor contractors contributor contributors controller "
            + "cozinha crawler crew cron cucina cuisine current customer customers daemon daily database day default demo department dept desk dev developer developers "
            + "development devops devs devteam dispatcher display disposition division dummy early east editor editorial editors einkauf empfang engineering "
            + "engineers equipe equipo event events everyone example export exporter exports external facilities facility feeder fetcher finance firewall floor front "
            + "frontend gateway general generic group groups guest guests hall halle handler helpdesk host hourly housekeeper housekeeping import importer imports "
            + "indexer infra infrastructure internal inventory invoicing job jobs keuken kiosk kitchen kuchnia kueche kök küche lab labor laboratory lager lagret "
            + "late legal leitung lighting line lines listener loader local logistics logistik magasin magazijn magazyn magazzino mailer main maintainer maintainers "
            + "maintenance manager managers marketing master member members metrologie metrology migration migrations migrator mirror monitor monitoring monthly news "
            + "newsroom night nightly nobody noc node nodes nord north office offices officina oficina only operador operateur operations operator operators ops "
            + "opérateur orchestrator orders ost owner owners partner partners payable payments payroll personal personnel pflege pharmacy pipeline pipelines "
            + "planning plant planung platform ploeg poller pricing primary print printer process processor prod producer production produktion provisioner "
            + "provisioning proxy public publisher qa quality qualität queue radiology read reader readers readonly receivable receiver recepcion recepción recepcja "
            + "receptie reception recepção release releases remote replica replication report reporting reports restore reviewer reviewers rezeption robot router "
            + "runner runners sales sample samples scanner scheduler schema secondary secretaria secrétariat security seeder segreteria sekretariat sender sensor session "
            + "server servers service servicedesk services shared shift shop sistema site sites snapshot soc sound south squadra sre staff stage staging station "
            + "stationen stock storage store stores student students studio subscriber sued supervisor supervisors supplier suppliers support switch sync syncer "
            + "systeem system systemimport systems systemu système süd table tables taller teacher teachers team team1 teams technik test tester testing tests "
            + "testuser ticketing tickets trainee trainees triage ufficio unit vendor vendors ventas verkstad vertrieb verwaltung user users login logins account viewer "
            + "viewers visitor visitors "
            + "volunteers ward wards warehouse warsztat wartung watchdog watcher weekly werk werkplaats werkstatt west write writer writers zespol zespół équipe");

    /// <summary>True when every part of the name is such a word: <c>night-audit</c>, <c>front_office</c>. A number makes it one account of several.</summary>
    public static bool Is(ReadOnlySpan<char> name)
    {
        foreach (var range in name.SplitAny("-_. "))
        {
            if (!Parts.Contains(name[range]))
            {
                return false;
            }
        }

        return true;
    }
}
