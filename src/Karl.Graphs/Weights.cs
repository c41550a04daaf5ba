namespace Karl.Graphs;

/// <summary>Where the values of weights come from when a graph is written.</summary>
public interface IWeightSource
{
    /// <summary>The values of the weight of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such weight.</exception>
    TensorData Get(string name);
}

/// <summary>Weights held in memory by name.</summary>
public sealed class WeightDictionary : Dictionary<string, TensorData>, IWeightSource
{
    /// <summary>An empty set of weights.</summary>
    public WeightDictionary() : base(StringComparer.Ordinal)
    {
    }

    /// <inheritdoc/>
    public TensorData Get(string name) => TryGetValue(name, out var data)
        ? data
        : throw new KeyNotFoundException($"No weight is named '{name}' among the {Count} that were given.");
}
