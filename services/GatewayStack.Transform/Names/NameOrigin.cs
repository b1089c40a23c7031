using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GatewayStack.Transform.Names;

/// <summary>What a model was learned from: enough to tell that it is not what the data and the code of today would give.</summary>
/// <param name="Seed">Where the random choices began.</param>
/// <param name="Data">SHA-256 of the files that were learned from.</param>
/// <param name="Numbers">SHA-256 of what the finished model made of the documents it learned from: another one with the same weights says that a feature or a number of
/// evidence is computed in another way than it was learned.</param>
internal sealed record NameOrigin(int Seed, ImmutableArray<byte> Data, ImmutableArray<byte> Numbers)
{
    /// <summary>Nobody said.</summary>
    public static readonly NameOrigin Unknown = new(0, [.. new byte[SHA256.HashSizeInBytes]], [.. new byte[SHA256.HashSizeInBytes]]);
}
