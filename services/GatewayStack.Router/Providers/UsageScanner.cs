using System.Text.Json;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Router.Providers;

/// <summary>Finds the top-level <c>usage</c> member of a JSON document that passes in pieces, without keeping the document.</summary>
internal sealed class UsageScanner
{
    private const int MaxUsageBytes = 4096;

    private readonly List<byte> _name = [];
    private readonly List<byte> _usage = [];
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _expectsName;
    private bool _capturing;
    private bool _started;

    /// <summary>True when the document has begun and ended.</summary>
    public bool Complete => _started && _depth == 0 && !_inString;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Next(b);
        }
    }

    public TokenUsage? Usage()
    {
        if (_usage.Count == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse("{\"usage\":" + System.Text.Encoding.UTF8.GetString([.. _usage]) + "}");
            return UsageJson.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Next(byte b)
    {
        if (_capturing && _usage.Count < MaxUsageBytes)
        {
            _usage.Add(b);
        }

        if (_inString)
        {
            InString(b);
            return;
        }

        switch (b)
        {
            case (byte)'"':
                _inString = true;
                _name.Clear();
                break;
            case (byte)'{' or (byte)'[':
                _started = true;
                _depth++;
                _expectsName = _depth == 1;
                break;
            case (byte)'}' or (byte)']':
                _depth--;
                EndOfUsage(b);
                break;
            case (byte)',' when _depth == 1:
                EndOfUsage(b);
                _expectsName = true;
                break;
            case (byte)':' when _depth == 1 && _expectsName:
                _expectsName = false;
                _capturing = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_name).SequenceEqual("usage"u8);
                if (_capturing)
                {
                    _usage.Clear();
                }

                break;
            default:
                break;
        }
    }

    private void InString(byte b)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (b == (byte)'\\')
        {
            _escaped = true;
        }
        else if (b == (byte)'"')
        {
            _inString = false;
            return;
        }

        if (_depth == 1 && _expectsName && _name.Count < 64)
        {
            _name.Add(b);
        }
    }

    /// <summary>The value ends at the comma or brace after it, which is not part of it.</summary>
    private void EndOfUsage(byte b)
    {
        if (!_capturing || (b == (byte)'}' ? _depth > 0 : _depth != 1) || b == (byte)']')
        {
            if (_capturing && b == (byte)'}' && _depth == 1)
            {
                _capturing = false;
            }

            return;
        }

        _usage.RemoveAt(_usage.Count - 1);
        _capturing = false;
    }
}
