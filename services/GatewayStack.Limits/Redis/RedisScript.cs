namespace GatewayStack.Limits.Redis;

/// <summary>The Lua scripts. Each is one atomic step over the keys of one tenant, short whatever the number of tenants and requests.</summary>
internal static class RedisScript
{
    private static readonly string Prelude = Text("prelude");

    public static string Reserve { get; } = Load("reserve");

    public static string Settle { get; } = Load("settle");

    public static string Read { get; } = Load("read");

    public static string Apply { get; } = Load("apply");

    public static string Sweep { get; } = Load("sweep");

    public static string Welcome { get; } = Load("welcome");

    public static string Begin { get; } = Load("begin");

    public static string Stage { get; } = Load("stage");

    public static string Enter { get; } = Load("enter");

    public static string Flip { get; } = Load("flip");

    /// <summary>Those that requests wait for.</summary>
    public static IReadOnlyList<string> OfRequests { get; } = [Reserve, Settle, Read];

    /// <summary>What a script that requests wait for is called in a trace.</summary>
    public static string NameOf(string script) =>
        ReferenceEquals(script, Reserve) ? "reserve" : ReferenceEquals(script, Settle) ? "settle" : ReferenceEquals(script, Read) ? "read" : "script";

    /// <summary>Enters an instance into the turns (key 1), unless a rebuild (key 2) is under way. Gives the store's time, or -1.</summary>
    public static string BeginTurn { get; } = """
        if redis.call('EXISTS', KEYS[2]) == 1 then return '-1' end
        local time = redis.call('TIME')
        local at = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
        redis.call('HSET', KEYS[1], ARGV[1], at)
        redis.call('PEXPIRE', KEYS[1], 3456000000)
        return at
        """;

    /// <summary>Keeps the lock (key 1) while it is still held by this token.</summary>
    public static string KeepLock { get; } = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """;

    /// <summary>Gives the lock (key 1) back.</summary>
    public static string Unlock { get; } = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """;

    /// <summary>Says that the counters are whole (key 2), while the lock (key 1) is still held: nothing was lost meanwhile.</summary>
    public static string Finish { get; } = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[2], 'g', ARGV[2], 'run', ARGV[3], 'began', ARGV[4], 'at', ARGV[5])
        redis.call('PEXPIRE', KEYS[2], 3456000000)
        return 1
        """;

    private static string Load(string name) => Prelude + Text(name);

    private static string Text(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
