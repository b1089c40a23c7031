namespace GatewayStack.Identity.Keys;

/// <summary>Where a key ring stands. One writer at a time, by the ring's lock; a shared store keeps its other users apart by versions.</summary>
/// <typeparam name="T">The ring, as it is stored.</typeparam>
internal interface IKeyStore<T>
    where T : class
{
    /// <summary>True where other replicas use the same ring, and may change it.</summary>
    bool IsShared { get; }

    /// <summary>Reads the ring; null when there is none yet.</summary>
    /// <exception cref="KeyFileException">It is there and cannot be used.</exception>
    /// <exception cref="IOException">The store cannot be read.</exception>
    StoredRing<T>? Read();

    /// <summary>Replaces the ring, unless another replica changed it since: then false, and nothing is written.</summary>
    /// <param name="content">The ring.</param>
    /// <param name="replaces">The version that was read; 0 where there was none.</param>
    /// <exception cref="IOException">The store cannot be written; the ring is as it was.</exception>
    bool TryWrite(T content, long replaces);

    /// <summary>True when the ring stands there in the clear although a master key is configured.</summary>
    bool NeedsWrapping();
}

/// <summary>A ring as it was read.</summary>
/// <param name="Content">The ring.</param>
/// <param name="Version">Changes with every write.</param>
internal sealed record StoredRing<T>(T Content, long Version)
    where T : class;
