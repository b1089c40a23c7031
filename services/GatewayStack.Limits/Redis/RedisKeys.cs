using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>Names of the store's keys.</summary>
/// <remarks>
/// Of a tenant, under <c>{prefix}{tenant}:</c>, all in one slot:
/// <c>m</c> meta (g generation in force, b generation being built, st chunks staged, z no reservations until then, q serial of counters, o open holds, fg something
/// unrecorded was forgotten); <c>c:{generation}:{series}:{window}:{scope}</c> a counter (c used, h held, g serial); <c>w:{generation}</c> the counters by end of window;
/// <c>r:{request}</c> a reservation; <c>t:{request}</c> who settled one that was not there; <c>x</c> reservations by end of lease; <c>f</c> finished ones by the time to
/// forget them; <c>n</c> those to be entered into the generation being built. Of the store, under <c>{prefix}{*}:</c>: <c>marker</c>, <c>lock</c>, <c>turns</c>,
/// <c>wanted</c>, <c>tenants</c>, <c>gen:{generation}</c>, <c>ledger</c>. Every key ends by itself.
/// </remarks>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>How long what all tenants share is kept after the last write: longer than the longest window, a month.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(40);

    private readonly string _store = prefix + "{*}:";
    private readonly ConditionalWeakTable<BoundLimit, string> _series = [];

    public RedisKey Marker => _store + "marker";

    public RedisKey Lock => _store + "lock";

    public RedisKey Turns => _store + "turns";

    public RedisKey Wanted => _store + "wanted";

    public RedisKey Tenants => _store + "tenants";

    /// <summary>Which ledger the counters are rebuilt from.</summary>
    public RedisKey Ledger => _store + "ledger";

    public RedisKey Generation(string name) => _store + "gen:" + name;

    /// <summary>What the names of a tenant's keys begin with. A tenant may be any text: what could end the hash tag is escaped.</summary>
    public string Tenant(string tenant) => $"{prefix}{{{Uri.EscapeDataString(tenant)}}}:";

    /// <summary>Names a counter within its tenant.</summary>
    public static string Counter(string generation, string series, CounterKey key)
    {
        var start = new DateTime(key.WindowStart, DateTimeKind.Utc).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        return key.Within is null
            ? $"{generation}:{series}:{start}:{key.Scope}"
            : string.Create(CultureInfo.InvariantCulture, $"{generation}:{series}:{start}:{key.Within.Length}.{key.Within}{key.Scope}");
    }

    /// <summary>Short name of a limit's series, worked out once.</summary>
    public string Series(BoundLimit limit) => _series.GetValue(limit, static l => Series(l.Series));

    /// <summary>Short name of a series; its own text is as long as the rule's conditions.</summary>
    public static string Series(string series) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(series)).AsSpan(0, 10));
}
