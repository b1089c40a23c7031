namespace GatewayStack.Transform.Names;

/// <summary>Open addressing over hashes, with what each stands for beside it: a look at a word is mostly one look at memory, and a text has hundreds.</summary>
internal sealed class HashTable
{
    private readonly Slot[] _slots;
    private readonly uint _mask;

    /// <summary>Makes the table.</summary>
    /// <param name="keys">The hashes, each once.</param>
    /// <param name="valueOf">What the hash at a place stands for; less than <see cref="uint.MaxValue"/>.</param>
    public HashTable(uint[] keys, Func<int, uint> valueOf)
    {
        var size = 16u;
        while (size < keys.Length * 3L / 2)
        {
            size *= 2;
        }

        _mask = size - 1;
        _slots = new Slot[size];
        for (var i = 0; i < keys.Length; i++)
        {
            var at = keys[i] & _mask;
            while (_slots[at].Next != 0)
            {
                at = (at + 1) & _mask;
            }

            _slots[at] = new Slot(keys[i], valueOf(i) + 1);
        }
    }

    /// <summary>What a hash stands for; 0 when it is none of them.</summary>
    public uint Find(uint key)
    {
        for (var at = key & _mask; _slots[at].Next != 0; at = (at + 1) & _mask)
        {
            if (_slots[at].Key == key)
            {
                return _slots[at].Next - 1;
            }
        }

        return 0;
    }

    /// <summary>A hash, and one more than what it stands for; 0 where there is none.</summary>
    private readonly record struct Slot(uint Key, uint Next);
}
