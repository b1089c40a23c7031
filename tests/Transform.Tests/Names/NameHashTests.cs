using GatewayStack.Transform.Names;

namespace GatewayStack.Transform.Tests.Names;

public sealed class NameHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(85)]
    public void Several_are_mixed_as_each_is(int count)
    {
        var random = new Random(count);
        var hashes = Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
        var expected = hashes.Select(NameHash.Mix).ToArray();

        NameHash.Mix(hashes);

        hashes.ShouldBe(expected);
    }

    [Fact]
    public void A_table_knows_its_keys_and_no_others()
    {
        var random = new Random(1);
        uint[] keys = [0, uint.MaxValue, .. Enumerable.Range(0, 5_000).Select(_ => (uint)random.NextInt64(1L << 32)).Distinct().Where(k => k is not (0 or uint.MaxValue)).Order()];
        var table = new HashTable(keys, i => (uint)i);

        for (var i = 0; i < keys.Length; i++)
        {
            table.Find(keys[i]).ShouldBe((uint)i);
        }

        keys.Select(k => k ^ 0x55AA1234).Except(keys).ShouldAllBe(k => table.Find(k) == 0);
    }
}
