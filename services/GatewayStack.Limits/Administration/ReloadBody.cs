using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Limits.Reports;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Limits.Administration;

/// <summary>Body of an administrative write.</summary>
internal sealed record ReloadBody(string? Reason)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReason = 500;

    private const int MaxBytes = 8 * 1024;

    /// <summary>The reason; null when the body is none with a reason of 1 to 500 characters.</summary>
    public static async Task<string?> ReadReasonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBytes)
        {
            return null;
        }

        try
        {
            var reason = JsonSerializer.Deserialize(buffer.AsSpan(0, length), LimitsJson.Default.ReloadBody)?.Reason?.Trim();
            return reason is { Length: > 0 and <= MaxReason } ? reason : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Answer to a reload.</summary>
internal sealed record ReloadAnswer(ReloadedDocument Limits, ReloadedDocument Prices);

/// <summary>What a reload did to one document.</summary>
internal sealed record ReloadedDocument(bool Succeeded, string Before, string After, ImmutableArray<ErrorAnswer> Errors);
