using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Addresses;
using GatewayStack.Transform.Recognizers.Chats;
using GatewayStack.Transform.Recognizers.Codes;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Handles;
using GatewayStack.Transform.Recognizers.Nations;
using GatewayStack.Transform.Recognizers.Papers;
using GatewayStack.Transform.Recognizers.Persons;
using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The table: what is built in, and what the operator adds.</summary>
internal static class RecognizerTable
{
    /// <summary>The rows that every gateway has.</summary>
    public static ImmutableArray<Recognizer> BuiltIn { get; } = [.. PersonalRows.All, .. DocumentRows.All, .. NationalRows.All, .. CredentialRows.All, .. AddressRows.All,
        .. DateRows.All, .. PersonRows.All, .. ColumnRows.All, .. MessageSegments.All, .. ChatRows.All, .. HandleRows.All, .. PaperRows.All, .. NationRows.All];

    /// <summary>The whole table.</summary>
    /// <exception cref="InvalidOperationException">A recogniser of the operator's is wrong; the settings check says all that is.</exception>
    public static RecognizerSet Create(TransformOptions options)
    {
        var errors = new List<Contracts.Settings.SettingsError>();
        var own = OperatorRows.Compile(options.Recognizers, errors);
        return errors.Count == 0
            ? new RecognizerSet(BuiltIn.AddRange(own))
            : throw new InvalidOperationException(string.Join("; ", errors.Select(e => $"{e.Key} {e.Problem}: {e.Remedy}")));
    }
}
