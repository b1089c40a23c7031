using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Everything else that is sold as a service, and identity. Formats that their issuers made recognisable.</summary>
internal static class OfficeKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("notion", @"ntn_[0-9]{11}[A-Za-z0-9]{32,40}", "ntn_"),
        CredentialRow.Key("notion-old", @"secret_[A-Za-z0-9]{43}", "secret_"),
        CredentialRow.Key("linear", @"lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,64}", "lin_api_", "lin_oauth_", "lin_wh_"),
        CredentialRow.Key("figma", @"fig(?:d|o|u|or|oh)_[A-Za-z0-9_\-]{40,}", "figd_", "figo_", "figu_", "figor_", "figoh_"),
        CredentialRow.Key("airtable", @"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}", "pat"),
        CredentialRow.Key("dropbox", @"sl\.(?:u\.)?[A-Za-z0-9_\-]{130,}", "sl."),
        CredentialRow.Key("hubspot", @"pat-(?:na|eu|ap)\d-" + CredentialRow.Uuid, CredentialAlphabets.Line, "pat-na", "pat-eu", "pat-ap"),
        CredentialRow.Key("salesforce", @"00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{80,}", CredentialAlphabets.Line, "00D"),
        CredentialRow.Key("zoho", @"1000\.[0-9a-f]{32}\.[0-9a-f]{32}", "1000."),
        CredentialRow.Key("intra42", @"s-s4t2(?:ud|af)-[0-9a-f]{64}", "s-s4t2ud-", "s-s4t2af-"),
        CredentialRow.Key("typeform", @"tfp_[A-Za-z0-9_\-.]{40,}", "tfp_"),
        CredentialRow.Key("contentful", @"CFPAT-[A-Za-z0-9_\-]{43}", "CFPAT-"),
        CredentialRow.Key("mapbox", @"sk\.eyJ[A-Za-z0-9_\-]{20,}\.[A-Za-z0-9_\-]{20,}", "sk.eyJ"),
        CredentialRow.Key("clickup", @"pk_\d{5,10}_[A-Z0-9]{32}", "pk_"),
        CredentialRow.Key("frameio", @"fio-u-[A-Za-z0-9_\-=]{64}", "fio-u-"),
        CredentialRow.Key("onepassword-service-account", @"ops_eyJ[A-Za-z0-9+/]{100,}={0,3}", "ops_eyJ"),
        CredentialRow.Key("onepassword-secret-key",
            @"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}", "A3-"),
        CredentialRow.Key("stytch", @"secret-(?:live|test)-[A-Za-z0-9_\-]{36,52}", "secret-live-", "secret-test-"),
        CredentialRow.Key("adobe", @"p8e-[a-z0-9]{32}", "p8e-"),
        CredentialRow.Led("maxmind", @"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", 36, 36, Alphabets.Token, "_mmk"),
        CredentialRow.Led("terraform-cloud", @"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=\-]{60,70}", 14, 14, Alphabets.Token, ".atlasv1."),
        CredentialRow.Key("age-identity", @"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "AGE-SECRET-KEY-1"),
        CredentialRow.Key("defined-networking", @"dnkey-[a-z0-9=_\-]{26}-[a-z0-9=_\-]{52}", "dnkey-"),
        CredentialRow.Key("canva", @"cnvca[A-Za-z0-9_\-]{40,60}", "cnvca"),
        CredentialRow.Key("ngrok", @"(?:ak|cr)_[0-9][A-Za-z0-9]{26}_?[A-Za-z0-9]{0,24}", "ak_", "cr_"),
        CredentialRow.Key("wakatime", @"waka_" + CredentialRow.Uuid, CredentialAlphabets.Line, "waka_"),
        CredentialRow.Led("azure-client-secret", @"[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.\-]{31,34}", 5, 5, CredentialAlphabets.Value, "~"),
        CredentialRow.Led("azure-service-bus", @"[A-Za-z0-9+/]{33}\+AS(?:b|B)[A-P][A-Za-z0-9+/]{5}=", 33, 33, Alphabets.Base64, "+ASb"),
        CredentialRow.Led("azure-event-hub", @"[A-Za-z0-9+/]{33}\+AEh[A-P][A-Za-z0-9+/]{5}=", 33, 33, Alphabets.Base64, "+AEh"),
        CredentialRow.Led("azure-container-registry", @"[A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9+/]{6}", 42, 42, Alphabets.Base64, "+ACR"),
    ];
}
