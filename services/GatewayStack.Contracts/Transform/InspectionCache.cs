using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GatewayStack.Contracts.Transform;

/// <summary>The facts of texts that were inspected a short while ago: of a conversation, only what is new in it has to be sent.</summary>
/// <remarks>
/// Safe for concurrent use. Keeps no text, only a hash of it under a key that ends with the process; bounded in entries, bytes and time. Facts of one rule set
/// are used at a time: those of the last answer.
/// </remarks>
internal sealed class InspectionCache(TimeProvider time)
{
    /// <summary>How long facts are kept at most.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>How many texts are kept at most.</summary>
    internal const int MaxEntries = 100_000;

    /// <summary>About how much memory they take at most.</summary>
    internal const long MaxBytes = 32 * 1024 * 1024;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private volatile Generation _young = new(time.GetTimestamp());
    private volatile Generation? _old;
    private volatile Rules _rules = new(string.Empty, -1);

    /// <summary>How many texts are kept.</summary>
    internal int Count => _young.Count + (_old?.Count ?? 0);

    /// <summary>Finds what is known of a request's texts.</summary>
    public InspectionLookup LookUp(InspectionRequest request)
    {
        var rules = _rules;
        var digests = ImmutableArray.CreateBuilder<TextDigest>(request.Segments.Length);
        var known = ImmutableArray.CreateBuilder<KnownText?>(request.Segments.Length);
        using (var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key))
        {
            foreach (var segment in request.Segments)
            {
                var digest = Digest(hash, request.Tenant, segment);
                digests.Add(digest);
                known.Add(Find(digest) is { } found && found.RuleSet == rules.RuleSet ? found : null);
            }
        }

        return new InspectionLookup(this, request, digests.MoveToImmutable(), known.MoveToImmutable(), rules);
    }

    /// <summary>Keeps the facts of one answer.</summary>
    /// <param name="ruleSet">The rules it was found by.</param>
    /// <param name="chars">Length of all texts of its request: as much has been accepted.</param>
    /// <param name="texts">The facts, by text.</param>
    public void Keep(string ruleSet, long chars, IEnumerable<(TextDigest Digest, KnownText Text)> texts)
    {
        lock (_gate)
        {
            var rules = _rules;
            _rules = rules.RuleSet == ruleSet ? rules with { Accepted = Math.Max(rules.Accepted, chars) } : new Rules(ruleSet, chars);
            foreach (var (digest, text) in texts)
            {
                if (_young.Count >= MaxEntries / 2 || _young.Bytes + text.Bytes > MaxBytes / 2)
                {
                    Rotate();
                }

                if (text.Bytes <= MaxBytes / 2 && _young.Entries.TryAdd(digest, text))
                {
                    _young.Count++;
                    _young.Bytes += text.Bytes;
                }
                else if (_young.Entries.TryGetValue(digest, out var other) && other.RuleSet != ruleSet)
                {
                    _young.Entries[digest] = text;
                    _young.Bytes += text.Bytes - other.Bytes;
                }
            }
        }
    }

    private KnownText? Find(TextDigest digest)
    {
        if (time.GetElapsedTime(_young.Began) >= Lifetime / 2)
        {
            lock (_gate)
            {
                if (time.GetElapsedTime(_young.Began) >= Lifetime / 2)
                {
                    Rotate();
                }
            }
        }

        if (_young.Entries.TryGetValue(digest, out var text))
        {
            return text;
        }

        return _old is { } old && time.GetElapsedTime(old.Began) < Lifetime && old.Entries.TryGetValue(digest, out text) ? text : null;
    }

    // What is kept is as old as its generation at most, and goes with it: nobody has to look for what has expired.
    private void Rotate()
    {
        _old = _young;
        _young = new Generation(time.GetTimestamp());
    }

    private static TextDigest Digest(IncrementalHash hash, string tenant, ContentSegment segment)
    {
        // Every part has its length before it, so that no two different texts have the same bytes.
        // Who asks makes no difference: an inspection is not told, but for whose documents wait.
        Span<byte> lengths = stackalloc byte[24];
        // What cannot be edited where it stands may be refused for what is in it: the same text elsewhere is another one.
        BinaryPrimitives.WriteInt32LittleEndian(lengths, (int)segment.Origin | (segment.Editable ? 256 : 0));
        BinaryPrimitives.WriteInt32LittleEndian(lengths[4..], tenant.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[8..], segment.MediaType.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[12..], segment.Text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[16..], segment.Before?.Length ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[20..], segment.After?.Length ?? -1);
        hash.AppendData(lengths);
        hash.AppendData(MemoryMarshal.AsBytes(tenant.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(segment.MediaType.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(segment.Text.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(segment.Before.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(segment.After.AsSpan()));
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = hash.GetHashAndReset(digest);
        return MemoryMarshal.Read<TextDigest>(digest);
    }

    private sealed class Generation(long began)
    {
        public ConcurrentDictionary<TextDigest, KnownText> Entries { get; } = new();

        public long Began { get; } = began;

        /// <summary>Guarded by the cache's lock; the dictionary would take all of its own to count.</summary>
        public int Count { get; set; }

        /// <summary>Guarded by the cache's lock.</summary>
        public long Bytes { get; set; }
    }
}

/// <summary>Names a text without telling it.</summary>
internal readonly record struct TextDigest(UInt128 High, UInt128 Low);

/// <summary>The rules whose facts are used.</summary>
/// <param name="RuleSet">Their revision.</param>
/// <param name="Accepted">The longest request that was inspected by them, in UTF-16 units: any longer one is theirs to judge.</param>
internal sealed record Rules(string RuleSet, long Accepted);

/// <summary>The facts of one text.</summary>
/// <param name="RuleSet">The rules by which they were found.</param>
/// <param name="Facts">What it has; null for nothing.</param>
/// <param name="Findings">Where.</param>
internal sealed record KnownText(string RuleSet, SegmentInspection? Facts, ImmutableArray<Finding> Findings)
{
    /// <summary>About how much memory this takes.</summary>
    public int Bytes { get; } = 200 + Findings.Sum(f => 80 + (f.Also.Length * 60)) + (Facts is null ? 0 : 100 + ((Facts.Types.Length + Facts.Labels.Length + Facts.Topics.Length) * 80));
}
