using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace GatewayStack.Demo.Issuer.Pages;

/// <summary>Markup. Made from an interpolated string, whose holes are encoded unless they are markup themselves: nothing that a caller supplied gets in as it is.</summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlHandler html) => new(html.ToString());

    /// <summary>One after the other.</summary>
    public static Html Concat(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Markup)));

    public override string ToString() => Markup;
}

/// <summary>Encodes the holes of an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler
{
    private readonly StringBuilder _text;

    public HtmlHandler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(Html value) => _text.Append(value.Markup);

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public override string ToString() => _text.ToString();
}
