using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Repositories, packages, builds, quality. Formats that their issuers made recognisable.</summary>
internal static class CodeKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("github", @"gh[pousr]_[A-Za-z0-9]{36,251}", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        CredentialRow.Key("github-fine-grained", @"github_pat_[A-Za-z0-9_]{22,}", "github_pat_"),
        CredentialRow.Key("gitlab", @"glpat-[A-Za-z0-9_\-]{20,}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?", "glpat-"),
        CredentialRow.Key("gitlab-other", @"gl(?:dt|rtr|rt|cbt|ptt|ft|soat|imt|agent|oas|ffct|wt)-[A-Za-z0-9_\-]{20,64}", "gldt-", "glrtr-",
            "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-", "gloas-", "glffct-", "glwt-"),
        CredentialRow.Key("gitlab-runner-registration", @"GR1348941[A-Za-z0-9_\-]{20}", "GR1348941"),
        CredentialRow.Key("bitbucket", @"ATBB[A-Za-z0-9]{32}", "ATBB"),
        CredentialRow.Key("bitbucket-repository", @"ATCTT3xFfG[A-Za-z0-9_=\-]{100,}", "ATCTT3"),
        CredentialRow.Key("atlassian", @"ATATT3[A-Za-z0-9_=\-]{100,}", "ATATT3"),
        CredentialRow.Key("atlassian-admin", @"ATCTT[A-Za-z0-9_=\-]{100,}", "ATCTT"),
        CredentialRow.Key("trello", @"ATTA[0-9a-f]{64}[0-9A-F]{8}", "ATTA"),
        CredentialRow.Key("npm", @"npm_[A-Za-z0-9]{36}", "npm_"),
        CredentialRow.Key("pypi", @"pypi-AgE[A-Za-z0-9_\-]{50,}", "pypi-AgE"),
        CredentialRow.Key("rubygems", @"rubygems_[0-9a-f]{48}", "rubygems_"),
        CredentialRow.Key("nuget", @"oy2[a-z0-9]{43}", "oy2"),
        CredentialRow.Key("crates", @"cio[A-Za-z0-9]{32}", "cio"),
        CredentialRow.Key("docker", @"dckr_[po]at_[A-Za-z0-9_\-]{27,40}", "dckr_pat_", "dckr_oat_"),
        CredentialRow.Key("jfrog", @"AKCp[A-Za-z0-9]{69,}", "AKCp"),
        CredentialRow.Key("jfrog-reference", @"cmVmdGtu[A-Za-z0-9]{56}", "cmVmdGtu"),
        CredentialRow.Key("clojars", @"CLOJARS_[a-z0-9]{60}", "CLOJARS_"),
        CredentialRow.Key("circleci", @"CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}", "CCIPAT_", "CCIPRJ_"),
        CredentialRow.Key("buildkite", @"bk[ua]a_[a-z0-9]{40}", "bkua_", "bkaa_"),
        CredentialRow.Key("sonar", @"sq[apu]_[0-9a-f]{40}", "sqa_", "sqp_", "squ_"),
        CredentialRow.Key("postman", @"PMAK-[0-9a-f]{24}-[0-9a-f]{34}", "PMAK-"),
        CredentialRow.Key("sourcegraph", @"sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}", "sgp_"),
        CredentialRow.Key("launchdarkly", @"(?:api|sdk)-" + CredentialRow.Uuid, CredentialAlphabets.Line, "api-", "sdk-"),
        CredentialRow.Key("harness", @"[ps]at\.[A-Za-z0-9_\-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}", "pat.", "sat."),
        CredentialRow.Key("readme", @"rdme_[a-z0-9]{70}", "rdme_"),
        CredentialRow.Key("sentry-organisation", @"sntrys_[A-Za-z0-9_\-+/=]{60,}", "sntrys_"),
        CredentialRow.Key("sentry-user", @"sntryu_[0-9a-f]{64}", "sntryu_"),
        CredentialRow.Key("snyk", @"snyk_(?:uat|sat)\.[0-9a-f]{8}\.[A-Za-z0-9_\-.]{60,}", "snyk_uat.", "snyk_sat."),
    ];
}
