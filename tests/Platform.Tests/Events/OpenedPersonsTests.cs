using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Events;

public sealed class OpenedPersonsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestKeys _source = new();
    private readonly EventKeys _keys;

    public OpenedPersonsTests()
    {
        _keys = new EventKeys(_source, _time);
        _keys.RefreshAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void What_was_sealed_once_is_opened_once()
    {
        var first = Read(Written("alice"));
        Read(Written("alice")).ShouldBeSameAs(first);
        Read(Written("nora")).UserId.ShouldBe("nora");
        _keys.Opened.Count.ShouldBe(2);
    }

    [Fact]
    public void It_is_bounded()
    {
        for (var i = 0; i < OpenedPersons.MostPerGeneration + 50; i++)
        {
            Read(Written($"user-{i}")).UserId.ShouldBe($"user-{i}");
        }

        _keys.Opened.Count.ShouldBe(OpenedPersons.MostPerGeneration);
    }

    [Fact]
    public void Long_values_are_not_kept()
    {
        var user = new string('u', 4000);
        Read(Written(user)).UserId.ShouldBe(user);
        _keys.Opened.Count.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_kept_for_longer_than_two_minutes()
    {
        _ = Read(Written("alice"));
        _time.Advance(TimeSpan.FromMinutes(1));
        _keys.Opened.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        _keys.Opened.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_of_the_key_empties_it_and_older_events_are_opened_again()
    {
        var older = Written("alice");
        var first = Read(older);
        await _keys.RefreshAsync(TestContext.Current.CancellationToken);
        _keys.Opened.Count.ShouldBe(1);

        _source.Current = "k2";
        await _keys.RefreshAsync(TestContext.Current.CancellationToken);
        _keys.Opened.Count.ShouldBe(0);

        Read(older).ShouldBe(first);
        Read(Written("alice")).ShouldBe(first);
        _keys.Opened.Count.ShouldBe(2);
    }

    [Fact]
    public void What_was_opened_for_one_person_is_found_for_no_other()
    {
        ReadOnlyMemory<byte> sealedText = "c2VhbGVk"u8.ToArray();
        var values = new EventPersonal { UserId = "alice", Subject = "alice-sub" };
        _keys.Opened.Keep("k1", "mercy", "k3Jx", sealedText, values);

        _keys.Opened.Find("k1", "mercy", "k3Jx", sealedText.ToArray()).ShouldBeSameAs(values);
        _keys.Opened.Find("k2", "mercy", "k3Jx", sealedText).ShouldBeNull();
        _keys.Opened.Find("k1", "acme", "k3Jx", sealedText).ShouldBeNull();
        _keys.Opened.Find("k1", "mercy", "other", sealedText).ShouldBeNull();
        _keys.Opened.Find("k1", "mercy", "k3Jx", "c2VhbGVl"u8.ToArray()).ShouldBeNull();
    }

    private byte[] Written(string user)
    {
        var e = EventSamples.Decision();
        e = e with { Caller = e.Caller! with { PersonId = $"p-{user[..Math.Min(user.Length, 40)]}" }, Personal = new EventPersonal { UserId = user, Subject = "s", DisplayName = "d" } };
        return EventWriter.Write(e, new EventPosition { Producer = "p", Epoch = 1, Sequence = 1 }, _keys.Current);
    }

    private EventPersonal Read(byte[] bytes) => EventReader.Read(bytes, _keys).Event!.Personal!;
}
