using System.Collections;

namespace Karl.Graphs;

/// <summary>
/// The fixed settings of a node, by name, in ordinal order. Names and meanings are those of the ONNX operator
/// (<c>strides</c>, <c>pads</c>, <c>axis</c> ...); values are <see cref="long"/>, <see cref="float"/>,
/// <see cref="string"/> or arrays of <see cref="long"/>.
/// </summary>
public sealed class Attributes : IEnumerable<KeyValuePair<string, object>>
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>No settings.</summary>
    public static Attributes None { get; } = [];

    /// <summary>How many settings there are.</summary>
    public int Count => _values.Count;

    /// <summary>Adds a setting while the collection is being written down: <c>new Attributes { { "axis", 1L } }</c>.</summary>
    internal void Add(string name, object value) => _values.Add(name, value is long or float or string or long[]? value
        : throw new ArgumentException($"Attribute '{name}' is a {value.GetType().Name}; wanted long, float, string or long[]."));

    /// <summary>A whole number, or the default where it is not set.</summary>
    public long Integer(string name, long otherwise) => Get(name, otherwise);

    /// <summary>A number, or the default where it is not set.</summary>
    public float Number(string name, float otherwise) => Get(name, otherwise);

    /// <summary>A text, or the default where it is not set.</summary>
    public string Text(string name, string otherwise) => Get(name, otherwise);

    /// <summary>Whole numbers, or the default where they are not set.</summary>
    public IReadOnlyList<long> Integers(string name, IReadOnlyList<long> otherwise) =>
        _values.ContainsKey(name) ? Get<long[]>(name, []) : otherwise;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Get<T>(string name, T otherwise) where T : notnull => !_values.TryGetValue(name, out var value)
        ? otherwise
        : value is T typed ? typed : throw new ArgumentException($"Attribute '{name}' is a {value.GetType().Name}; wanted {typeof(T).Name}.");
}
