using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Chats, mails, notifications, social networks. Formats that their issuers made recognisable.</summary>
internal static class MessageKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("slack", @"xox[abeoprs]-(?:\d-)?[A-Za-z0-9\-]{10,}", "xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"),
        CredentialRow.Key("slack-rotating", @"xoxe\.xox[bp]-\d-[A-Za-z0-9]{100,}", "xoxe.xox"),
        CredentialRow.Key("slack-app", @"xapp-\d-[A-Za-z0-9\-]{10,}", "xapp-"),
        CredentialRow.Webhook("slack-webhook",
            @"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z][A-Za-z0-9]{7,}/[A-Za-z0-9]{8,}/[A-Za-z0-9_]{16,}", "hooks.slack.com/"),
        CredentialRow.Webhook("discord-webhook", @"discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_\-]{60,80}",
            "discord.com/api/webhooks/", "discordapp.com/api/webhooks/"),
        CredentialRow.Webhook("teams-webhook",
            @"webhook\.office\.com/webhookb2/" + CredentialRow.Uuid + @"@" + CredentialRow.Uuid + @"/IncomingWebhook/[0-9a-f]{32}/" + CredentialRow.Uuid + @"(?:/[A-Za-z0-9_\-]{20,60})?", "webhook.office.com/"),
        CredentialRow.Webhook("google-chat-webhook",
            @"chat\.googleapis\.com/v1/spaces/[A-Za-z0-9]{8,16}/messages\?key=AIza[A-Za-z0-9_\-]{35}&token=[A-Za-z0-9_\-]{20,60}", "chat.googleapis.com/"),
        CredentialRow.Webhook("zapier-webhook", @"hooks\.zapier\.com/hooks/catch/\d{4,10}/[a-z0-9]{5,20}", "hooks.zapier.com/"),
        CredentialRow.Led("telegram", @"\d{8,10}:AA[A-Za-z0-9_\-]{33}", 8, 10, Alphabets.Digit, ":AA"),
        CredentialRow.Key("telegram-address", @"/bot\d{8,10}:AA[A-Za-z0-9_\-]{33}", "/bot") with { Verify = FormatVerifier.VerifyBot },
        CredentialRow.Key("twilio-key", @"SK[0-9a-f]{32}", "SK"),
        CredentialRow.Key("vk", @"vk1\.a\.[A-Za-z0-9_\-]{60,}", "vk1.a."),
        CredentialRow.Key("sendgrid", @"SG\.[A-Za-z0-9_\-]{22}\.[A-Za-z0-9_\-]{43}", "SG."),
        CredentialRow.Key("mailgun", @"(?:key|private|pubkey)-[0-9a-f]{32}", "key-", "private-", "pubkey-"),
        CredentialRow.Led("mailchimp", @"[0-9a-f]{32}-us\d{1,2}", 32, 32, Alphabets.Hex, "-us"),
        CredentialRow.Key("mandrill", @"md-[A-Za-z0-9_\-]{22}", "md-"),
        CredentialRow.Key("brevo", @"x(?:keys|smtps)ib-[0-9a-f]{64}-[A-Za-z0-9]{16}", "xkeysib-", "xsmtpsib-"),
        CredentialRow.Key("resend", @"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}", "re_"),
        CredentialRow.Key("onesignal", @"os_v2_(?:app|org)_[a-z2-7]{100,}", "os_v2_"),
        CredentialRow.Key("klaviyo", @"pk_[0-9a-f]{34}", "pk_"),
        CredentialRow.Key("matrix", @"syt_[A-Za-z0-9]{2,64}_[A-Za-z0-9]{10,40}_[A-Za-z0-9]{6}", "syt_"),
        CredentialRow.Key("twitter-bearer", @"A{20,22}[A-Za-z0-9%]{60,}", "AAAAAAAAAAAAAAAAAAAA"),
        CredentialRow.Key("facebook", @"EAA[A-Za-z0-9]{60,}", "EAA"),
        CredentialRow.Key("instagram", @"IG(?:QV|AA)[A-Za-z0-9_\-]{60,}", "IGQV", "IGAA"),
        CredentialRow.Key("linkedin", @"WPL_AP1\.[A-Za-z0-9]{16}\.[A-Za-z0-9+/=]{8,12}", "WPL_AP1."),
        CredentialRow.Key("intercom", @"dG9rO[A-Za-z0-9+/=]{55,}", "dG9rO"),
        CredentialRow.Key("shippo", @"shippo_(?:live|test)_[0-9a-f]{40}", "shippo_"),
        CredentialRow.Key("bluesky", @"bsky-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}", "bsky-"),
    ];
}
