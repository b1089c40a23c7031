using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Clouds, hosting, infrastructure, databases. Formats that their issuers made recognisable.</summary>
internal static class CloudKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("aws-access-key-id", @"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", "AKIA", "ASIA", "ABIA", "ACCA"),
        CredentialRow.Key("aws-session-token", @"(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+=]{50,}", "IQoJb3JpZ2lu",
            "FwoGZXIvYXdz", "FQoGZXIvYXdz"),
        CredentialRow.Key("aws-bedrock", @"ABSK[A-Za-z0-9+/]{100,}={0,2}", "ABSK"),
        CredentialRow.Key("aws-marketplace", @"amzn\.mws\." + CredentialRow.Uuid, CredentialAlphabets.Line, "amzn.mws."),
        CredentialRow.Key("amazon-oauth-secret", @"amzn1\.oa2-cs\.v1\.[0-9a-f]{64}", "amzn1.oa2-cs."),
        CredentialRow.Key("google-api", @"AIza[A-Za-z0-9_\-]{35}", "AIza"),
        CredentialRow.Key("google-gemini", @"AQ\.Ab8RN6[A-Za-z0-9_\-]{40,}", "AQ.Ab8RN6"),
        CredentialRow.Key("google-oauth-secret", @"GOCSPX-[A-Za-z0-9_\-]{28}", "GOCSPX-"),
        CredentialRow.Key("google-oauth-access", @"ya29\.[A-Za-z0-9_\-.]{20,}", "ya29."),
        CredentialRow.Key("google-oauth-refresh", @"1//0[A-Za-z0-9_\-]{38,}", "1//0"),
        CredentialRow.Key("google-hmac", @"GOOG[A-Z0-9]{20,57}", "GOOG"),
        CredentialRow.Key("alibaba-access-key", @"LTAI[A-Za-z0-9]{12,24}", "LTAI"),
        CredentialRow.Key("tencent-secret-id", @"AKID[A-Za-z0-9]{28,36}", "AKID"),
        CredentialRow.Key("yandex-api", @"AQVN[A-Za-z0-9_\-]{35,38}", "AQVN"),
        CredentialRow.Key("yandex-access-key", @"YC(?:AJ|AB|P[A-Za-z0-9])[A-Za-z0-9_\-]{36}", "YCAJ", "YCAB", "YCP"),
        CredentialRow.Key("scaleway-access-key", @"SCW[A-Z0-9]{17}", "SCW"),
        CredentialRow.Key("digitalocean", @"do[opr]_v1_[0-9a-f]{64}", "dop_v1_", "doo_v1_", "dor_v1_"),
        CredentialRow.Key("fly", @"(?:fo1_[A-Za-z0-9_\-]{40,}|fm[12][ar]?_[A-Za-z0-9+/]{80,}={0,3})", "fo1_", "fm1_", "fm1a_", "fm1r_", "fm2_"),
        CredentialRow.Key("netlify", @"nf[pcou]_[A-Za-z0-9]{36,40}", "nfp_", "nfc_", "nfo_", "nfu_"),
        CredentialRow.Key("vercel", @"vc[pirak]_[A-Za-z0-9]{24,80}", "vcp_", "vci_", "vcr_", "vca_", "vck_"),
        CredentialRow.Key("heroku", @"HRKU-[A-Za-z0-9_\-]{36,64}", "HRKU-"),
        CredentialRow.Key("render", @"rnd_[A-Za-z0-9]{28,40}", "rnd_"),
        CredentialRow.Key("cloudflare-origin-ca", @"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}", "v1.0-"),
        CredentialRow.Key("doppler", @"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9\-_]{2,35}\.)?[A-Za-z0-9]{40,44}", "dp.pt.",
            "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."),
        CredentialRow.Key("pulumi", @"pul-[0-9a-f]{40}", "pul-"),
        CredentialRow.Key("vault", @"hv[bsr]\.[A-Za-z0-9_\-]{24,300}", "hvs.", "hvb.", "hvr."),
        CredentialRow.Key("infracost", @"ico-[A-Za-z0-9]{32}", "ico-"),
        CredentialRow.Key("supabase", @"sbp_[0-9a-f]{40}", "sbp_"),
        CredentialRow.Key("supabase-secret", @"sb_secret_[A-Za-z0-9_\-]{22,40}", "sb_secret_"),
        CredentialRow.Key("planetscale", @"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.\-]{32,64}", "pscale_"),
        CredentialRow.Key("neon", @"napi_[a-z0-9]{64}", "napi_"),
        CredentialRow.Key("mongodb-atlas", @"mdb_sa_sk_[A-Za-z0-9_\-]{40}", "mdb_sa_sk_"),
        CredentialRow.Key("databricks", @"dapi[0-9a-f]{32}(?:-\d)?", "dapi"),
        CredentialRow.Key("databricks-oauth", @"dose[0-9a-f]{32}", "dose"),
        CredentialRow.Key("tailscale", @"tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{6,}(?:-[A-Za-z0-9]{20,})?", "tskey-"),
        CredentialRow.Key("scalingo", @"tk-us-[A-Za-z0-9_\-]{48}", "tk-us-"),
        CredentialRow.Key("openshift", @"sha256~[A-Za-z0-9_\-]{43}", "sha256~"),
        CredentialRow.Key("prefect", @"pn[ub]_[a-z0-9]{36}", "pnu_", "pnb_"),
        CredentialRow.Key("dbt", @"dbt[uc]_[A-Za-z0-9_\-]{30,}", "dbtu_", "dbtc_"),
        CredentialRow.Key("octopus-deploy", @"API-[A-Z0-9]{26}", "API-"),
        CredentialRow.Key("cockroach", @"CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}", "CCDB1_"),
        CredentialRow.Key("upcloud", @"ucat_[A-Z0-9]{26}", "ucat_"),
    ];
}
