using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The character sets that the windows of credentials are cut with.</summary>
internal static class CredentialAlphabets
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Everything: the window is as long as the row says.</summary>
    public static readonly SearchValues<char> Any = Alphabets.Any;

    /// <summary>Everything that stays on a line.</summary>
    public static readonly SearchValues<char> Line = Alphabets.Line;

    /// <summary>What a key without blanks is made of, whoever issued it.</summary>
    public static readonly SearchValues<char> Key = SearchValues.Create(Alphanumeric + "_-.~+/=%!:");

    /// <summary>The beginning of a web address.</summary>
    public static readonly SearchValues<char> Scheme = SearchValues.Create("htps:/");

    /// <summary>The name of a protocol.</summary>
    public static readonly SearchValues<char> Protocol = SearchValues.Create(Alphanumeric + "+.-");

    /// <summary>A host and its port.</summary>
    public static readonly SearchValues<char> Endpoint = SearchValues.Create(Alphanumeric + ".-:");

    /// <summary>A user and a password with a slash between them.</summary>
    public static readonly SearchValues<char> Login = SearchValues.Create(Alphanumeric + "_$#/.!%&*+=?~^-");

    /// <summary>A URL up to where a text goes on.</summary>
    public static readonly SearchValues<char> Url = SearchValues.Create([.. Enumerable.Range(0x21,
        0x7F - 0x21).Select(c => (char)c).Where(c => !"\"'`<>|\\^{}".Contains(c))]);

    /// <summary>A URL with a user and a password, which may hold what a URL should escape.</summary>
    public static readonly SearchValues<char> UserUrl = SearchValues.Create([.. Enumerable.Range(0x21,
        0x7F - 0x21).Select(c => (char)c).Where(c => !"\"'`<>".Contains(c))]);

    /// <summary>A private key as PEM writes it, with the headers of old formats, and with the marks before its lines where a mail or a comment quotes it.</summary>
    public static readonly SearchValues<char> Pem = SearchValues.Create(Alphanumeric + "+/=-:, \r\n\t\\.@()>|#*");

    /// <summary>A member of a key in JSON.</summary>
    public static readonly SearchValues<char> JsonMember = SearchValues.Create(Alphanumeric + "_-=\": ");

    /// <summary>A header's scheme and value.</summary>
    public static readonly SearchValues<char> Header = SearchValues.Create(Alphanumeric + "_-.~+/= ");

    /// <summary>A cookie.</summary>
    public static readonly SearchValues<char> Cookie = SearchValues.Create(Alphanumeric + "_-.%+/=|:");

    /// <summary>What may stand in a key's value itself.</summary>
    public static readonly SearchValues<char> Value = SearchValues.Create(Alphanumeric + "_-.~+/%!");
}
