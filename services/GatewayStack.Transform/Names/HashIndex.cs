namespace GatewayStack.Transform.Names;

/// <summary>Open addressing over indexes into sorted keys, at most half full.</summary>
internal readonly struct HashIndex
{
    private readonly int[] _slots;
    private readonly int _mask;

    /// <summary>Indexes keys.</summary>
    public HashIndex(uint[] keys)
    {
        var size = 16;
        while (size < keys.Length * 2)
        {
            size *= 2;
        }

        _mask = size - 1;
        _slots = new int[size];
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = (int)(keys[i] & (uint)_mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = i + 1;
        }
    }

    /// <summary>Where a key stands; negative when it is none of them.</summary>
    public int IndexOf(uint[] keys, uint key)
    {
        for (var slot = (int)(key & (uint)_mask); _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (keys[_slots[slot] - 1] == key)
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }
}
