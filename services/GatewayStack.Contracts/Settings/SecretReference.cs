namespace GatewayStack.Contracts.Settings;

/// <summary>A secret in the configuration: the value itself, <c>env:NAME</c> or <c>file:PATH</c>.</summary>
public static class SecretReference
{
    /// <summary>Reads a secret.</summary>
    /// <param name="value">The configured text.</param>
    /// <param name="secret">The secret, without the line end a file may have.</param>
    /// <returns>What is wrong, or null. Never contains the secret.</returns>
    public static string? TryResolve(string value, out string secret)
    {
        secret = string.Empty;
        if (value.StartsWith("env:", StringComparison.Ordinal))
        {
            var found = Environment.GetEnvironmentVariable(value[4..]);
            secret = found ?? string.Empty;
            return string.IsNullOrEmpty(found) ? $"the environment variable {value[4..]} is not set" : null;
        }

        if (value.StartsWith("file:", StringComparison.Ordinal))
        {
            try
            {
                secret = File.ReadAllText(value[5..]).TrimEnd('\r', '\n');
                return secret.Length == 0 ? $"the file {value[5..]} is empty" : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"the file {value[5..]} cannot be read";
            }
        }

        secret = value;
        return value.Length == 0 ? "the secret is empty" : null;
    }
}
