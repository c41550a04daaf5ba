using System.Diagnostics.CodeAnalysis;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>A Python tuple.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A Python list or set.</summary>
internal sealed class PickleList(bool isSet = false)
{
    public bool IsSet { get; } = isSet;

    public List<object?> Items { get; } = [];
}

/// <summary>An <c>argparse.Namespace</c>.</summary>
internal sealed class PickleNamespace
{
    public PickleDictionary Values { get; } = new(isOrdered: false);
}

/// <summary>Something that is known by its text only, such as a device or an element type.</summary>
internal sealed record PickleLabel(string Text);

/// <summary>A Python dict or OrderedDict with keys that are texts, numbers, booleans or None.</summary>
internal sealed class PickleDictionary(bool isOrdered)
{
    private readonly Dictionary<object, int> _places = new(KeyComparer.Instance);

    /// <summary>An OrderedDict, whose attributes PyTorch uses for version notes.</summary>
    public bool IsOrdered { get; } = isOrdered;

    /// <summary>Keys and values in order of insertion.</summary>
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>Adds an item; false where the key cannot be one or is there already.</summary>
    public bool TryAdd(object? key, object? value)
    {
        if (key is not (null or string or long or bool or double) || !_places.TryAdd(key ?? DBNull.Value, Items.Count))
        {
            return false;
        }

        Items.Add(new(key, value));
        return true;
    }

    /// <summary>The value under a text.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out object? value)
    {
        value = _places.TryGetValue(key, out var place) ? Items[place].Value : null;
        return value is not null;
    }

    /// <summary>Seeded hashes, so that keys cannot be chosen to collide.</summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static readonly KeyComparer Instance = new();

        public new bool Equals(object? left, object? right) => object.Equals(left, right);

        public int GetHashCode(object value) => value switch
        {
            string text => text.GetHashCode(StringComparison.Ordinal),
            long number => HashCode.Combine((int)number, (int)(number >> 32)),
            double number => GetHashCode(BitConverter.DoubleToInt64Bits(number)),
            _ => HashCode.Combine(value),
        };
    }
}
