using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Models and what is built round them. Formats that their issuers made recognisable.</summary>
internal static class ModelKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("openai", @"sk-(?:proj-|svcacct-|admin-|None-|service-)?[A-Za-z0-9_\-]{20,}", "sk-"),
        CredentialRow.Key("anthropic", @"sk-ant-[A-Za-z0-9_\-]{20,}", "sk-ant-"),
        CredentialRow.Key("openrouter", @"sk-or-v1-[0-9a-f]{64}", "sk-or-"),
        CredentialRow.Key("langfuse", @"[sp]k-lf-" + CredentialRow.Uuid, CredentialAlphabets.Line, "sk-lf-", "pk-lf-"),
        CredentialRow.Key("hugging-face", @"hf_[A-Za-z0-9]{34,}", "hf_"),
        CredentialRow.Key("hugging-face-organisation", @"api_org_[A-Za-z0-9]{34}", "api_org_"),
        CredentialRow.Key("replicate", @"r8_[A-Za-z0-9]{37,40}", "r8_"),
        CredentialRow.Key("groq", @"gsk_[A-Za-z0-9]{52}", "gsk_"),
        CredentialRow.Key("xai", @"xai-[A-Za-z0-9]{70,84}", "xai-"),
        CredentialRow.Key("perplexity", @"pplx-[A-Za-z0-9]{48,56}", "pplx-"),
        CredentialRow.Key("fireworks", @"fw_[A-Za-z0-9]{22,26}", "fw_"),
        CredentialRow.Key("together", @"tgp_v1_[A-Za-z0-9_\-]{43}", "tgp_v1_"),
        CredentialRow.Key("elevenlabs", @"sk_[0-9a-f]{48}", "sk_"),
        CredentialRow.Key("pinecone", @"pcsk_[A-Za-z0-9_]{40,90}", "pcsk_"),
        CredentialRow.Key("langsmith", @"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}", "lsv2_"),
        CredentialRow.Key("langsmith-old", @"ls__[0-9a-f]{32}", "ls__"),
        CredentialRow.Key("nvidia", @"nvapi-[A-Za-z0-9_\-]{60,70}", "nvapi-"),
        CredentialRow.Key("cerebras", @"csk-[a-z0-9]{48}", "csk-"),
        CredentialRow.Key("tavily", @"tvly-(?:dev-|prod-)?[A-Za-z0-9]{30,40}", "tvly-"),
        CredentialRow.Key("jina", @"jina_[A-Za-z0-9]{32}[A-Za-z0-9_\-]{28}", "jina_"),
        CredentialRow.Key("voyage", @"pa-[A-Za-z0-9_\-]{43}", "pa-"),
        CredentialRow.Key("firecrawl", @"fc-[0-9a-f]{32}", "fc-"),
        CredentialRow.Key("runpod", @"rpa_[A-Z0-9]{40,48}", "rpa_"),
        CredentialRow.Key("weights-and-biases", @"wandb_v1_[A-Za-z0-9_\-]{40,90}", "wandb_v1_"),
        CredentialRow.Key("llama-cloud", @"llx-[A-Za-z0-9]{48}", "llx-"),
        CredentialRow.Key("helicone", @"sk-helicone-[A-Za-z0-9_\-]{20,60}", "sk-helicone-"),
        CredentialRow.Key("modal", @"a[ks]-[A-Za-z0-9]{22}", "ak-", "as-"),
    ];
}
