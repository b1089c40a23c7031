using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>Turns a ring into the bytes that are stored, wrapped where there is a master key, and back.</summary>
internal sealed class KeySeal<T>(string name, MasterKey? master, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>Name of the ring: a ring's bytes open under no other name.</summary>
    public string Name => name;

    public bool Wraps => master is not null;

    public byte[] Seal(T content)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, type);
        return master is null ? bytes : JsonSerializer.SerializeToUtf8Bytes(master.Wrap(name, bytes), KeyFileJson.Default.WrappedFile);
    }

    /// <param name="bytes">What is stored.</param>
    /// <param name="place">Where, for people.</param>
    /// <exception cref="KeyFileException">It cannot be used.</exception>
    public T Open(byte[] bytes, string place)
    {
        if (TryParse(bytes, KeyFileJson.Default.WrappedFile) is { } wrapped)
        {
            bytes = Unwrap(wrapped, place);
        }

        return TryParse(bytes, type) ?? throw Unusable(place, "is damaged", "restore it from a backup; a new one would make what it protects unreadable");
    }

    public static bool IsWrapped(byte[] bytes) => TryParse(bytes, KeyFileJson.Default.WrappedFile) is not null;

    private byte[] Unwrap(WrappedFile wrapped, string place)
    {
        if (master is null)
        {
            throw Unusable(place, "is wrapped by a master key and none is configured", "set Keys:Master to that key");
        }

        if (wrapped.Master != master.Id)
        {
            throw Unusable(place, "is wrapped by another master key", "set Keys:Master to that key; the file was not changed");
        }

        return master.Unwrap(name, wrapped) ?? throw Unusable(place, "was changed since it was written", "restore it from a backup");
    }

    private static KeyFileException Unusable(string place, string problem, string remedy) => new(new SettingsError("Keys:Master", $"{place} {problem}", remedy));

    private static TFile? TryParse<TFile>(byte[] bytes, JsonTypeInfo<TFile> type)
        where TFile : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
