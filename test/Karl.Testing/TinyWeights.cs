namespace Karl.Testing;

/// <summary>Random weights by name: the same name, shape and seed give the same numbers.</summary>
public sealed class TinyWeights(int seed)
{
    private readonly Dictionary<string, float[]> _weights = new(StringComparer.Ordinal);

    /// <summary>A weight, uniform about 0 with a variance of 1 / inputs (1 / 12 for vectors, about 1 for scales).</summary>
    public float[] Get(string name, params ReadOnlySpan<long> shape)
    {
        if (_weights.TryGetValue(name, out float[]? known))
        {
            return known;
        }

        int count = 1;
        foreach (long length in shape)
        {
            count *= (int)length;
        }

        Random random = new(unchecked((seed * 31) + name.Aggregate(17, (hash, character) => unchecked((hash * 31) + character))));
        double spread = shape.Length > 1 ? Math.Sqrt(12.0 / shape[^1]) : 1;
        double middle = name.EndsWith(".scale", StringComparison.Ordinal) ? 1 : 0;
        float[] weight = [.. Enumerable.Range(0, count).Select(_ => (float)(middle + (spread * (random.NextDouble() - 0.5))))];
        _weights.Add(name, weight);
        return weight;
    }
}
