using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Payments, shops, delivery. Formats that their issuers made recognisable.</summary>
internal static class PaymentKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("stripe", @"[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,250}", "sk_live_", "sk_test_", "sk_prod_",
            "rk_live_", "rk_test_", "rk_prod_"),
        CredentialRow.Key("revenuecat", @"sk_[A-Za-z0-9]{24,40}", "sk_"),
        CredentialRow.Key("stripe-webhook", @"whsec_[A-Za-z0-9+/=]{24,}", "whsec_"),
        CredentialRow.Key("paypal-braintree", @"access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}",
            CredentialAlphabets.Line, "access_token$production$"),
        CredentialRow.Key("square", @"sq0(?:atp|csp)-[A-Za-z0-9_\-]{22,43}", "sq0atp-", "sq0csp-"),
        CredentialRow.Key("square-access", @"EAAA[lE][A-Za-z0-9_\-]{59}", "EAAAl", "EAAAE"),
        CredentialRow.Key("adyen", @"AQE[a-z]hm[A-Za-z0-9+/=._\-]{60,}", "AQE"),
        CredentialRow.Key("razorpay", @"rzp_(?:live|test)_[A-Za-z0-9]{14}", "rzp_"),
        CredentialRow.Key("plaid", @"access-(?:sandbox|development|production)-" + CredentialRow.Uuid,
            CredentialAlphabets.Line, "access-sandbox-", "access-development-", "access-production-"),
        CredentialRow.Key("flutterwave", @"FLWSECK(?:_TEST)?-[0-9a-f]{12,32}-X", "FLWSECK"),
        CredentialRow.Key("paddle", @"pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}", "pdl_live_", "pdl_sdbx_"),
        CredentialRow.Key("gocardless", @"(?:live|sandbox)_[A-Za-z0-9_\-]{40}", "live_", "sandbox_"),
        CredentialRow.Key("mollie", @"(?:live|test)_[A-Za-z0-9]{30}", "live_", "test_"),
        CredentialRow.Key("easypost", @"EZ[AT]K[A-Za-z0-9]{54}", "EZAK", "EZTK"),
        CredentialRow.Key("duffel", @"duffel_(?:test|live)_[A-Za-z0-9_\-]{43}", "duffel_"),
        CredentialRow.Key("shopify", @"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "shpat_", "shpca_", "shppa_", "shpss_"),
        CredentialRow.Key("woocommerce", @"c[ks]_[0-9a-f]{40}", "ck_", "cs_"),
        CredentialRow.Key("amazon-lwa-refresh", @"Atz[ar]\|[A-Za-z0-9_\-+/=]{60,}", CredentialAlphabets.Line, "Atza|", "Atzr|"),
        CredentialRow.Key("lob", @"(?:live|test)_[0-9a-f]{35}", "live_", "test_"),
        CredentialRow.Key("coinbase-commerce", @"cb_live_[A-Za-z0-9]{30,40}", "cb_live_"),
    ];
}
