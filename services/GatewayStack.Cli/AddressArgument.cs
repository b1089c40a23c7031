using System.CommandLine;
using System.CommandLine.Parsing;

namespace GatewayStack.Cli;

/// <summary>Options that take an address.</summary>
internal static class AddressArgument
{
    /// <summary>An http or https address; <paramref name="usual"/> where none is given.</summary>
    public static Option<Uri?> Option(string name, string description, Uri? usual = null)
    {
        var option = new Option<Uri?>(name) { Description = description, HelpName = "URL", CustomParser = Parse };
        if (usual is not null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        return option;
    }

    private static Uri? Parse(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
        {
            return address;
        }

        result.AddError($"{result.Tokens[0].Value} is no address such as https://gateway.example.com.");
        return null;
    }
}
