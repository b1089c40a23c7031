using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>Builds tokens, good ones and every kind of bad one.</summary>
public sealed class TokenBuilder(TestKey key)
{
    private readonly JsonObject _header = new() { ["alg"] = key.DefaultAlgorithm, ["typ"] = "at+jwt", ["kid"] = key.KeyId };
    private readonly JsonObject _payload = [];
    private string? _rawHeader;
    private string? _rawPayload;
    private Func<string, byte[]>? _sign;

    public string Algorithm => _header["alg"]!.GetValue<string>();

    public TokenBuilder Claim(string name, JsonNode? value)
    {
        _payload[name] = value;
        return this;
    }

    public TokenBuilder Without(string name)
    {
        _payload.Remove(name);
        return this;
    }

    public TokenBuilder Header(string name, JsonNode? value)
    {
        _header[name] = value;
        return this;
    }

    public TokenBuilder WithoutHeader(string name)
    {
        _header.Remove(name);
        return this;
    }

    public TokenBuilder RawHeader(Func<string, string> change)
    {
        _rawHeader = change(_header.ToJsonString());
        return this;
    }

    public TokenBuilder RawPayload(Func<string, string> change)
    {
        _rawPayload = change(_payload.ToJsonString());
        return this;
    }

    public TokenBuilder SignedBy(Func<string, byte[]> sign)
    {
        _sign = sign;
        return this;
    }

    public TokenBuilder SignedBy(TestKey other) => SignedBy(input => other.Sign(other.DefaultAlgorithm, input));

    public string Build()
    {
        var input = Encode(_rawHeader ?? _header.ToJsonString()) + "." + Encode(_rawPayload ?? _payload.ToJsonString());
        return input + "." + Base64Url.EncodeToString(_sign is null ? key.Sign(Algorithm, input) : _sign(input));
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
