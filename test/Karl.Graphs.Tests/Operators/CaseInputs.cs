namespace Karl.Graphs.Tests.Operators;

/// <summary>Declares inputs of a graph and makes up their values, the same at every run.</summary>
internal sealed class CaseInputs(Graph graph)
{
    private readonly Random _random = new(7);
    private readonly List<Slow> _values = [];
    private readonly Dictionary<string, TensorData> _data = [];

    public Graph Graph { get; } = graph;

    public Slow[] Values => [.. _values];

    public IReadOnlyDictionary<string, TensorData> Data => _data;

    /// <summary>float32 between -2 and 2.</summary>
    public Tensor X(params int[] shape) => Between(-2, 2, shape);

    /// <summary>float32 in a range.</summary>
    public Tensor Between(double low, double high, params int[] shape) =>
        Given(ElementType.Float32, Slow.Make(shape, _ => (float)(low + (high - low) * _random.NextDouble())));

    /// <summary>Whole numbers from <paramref name="low"/> up to and with <paramref name="high"/>.</summary>
    public Tensor Whole(ElementType type, int low, int high, params int[] shape) =>
        Given(type, Slow.Make(shape, _ => _random.Next(low, high + 1)));

    /// <summary>Truth values.</summary>
    public Tensor Truth(params int[] shape) => Whole(ElementType.Boolean, 0, 1, shape);

    /// <summary>These numbers in one row, or in another shape.</summary>
    public Tensor These(ElementType type, double[] values, params int[] shape) =>
        Given(type, new Slow(values, shape.Length > 0 ? shape : [values.Length]));

    private Tensor Given(ElementType type, Slow values)
    {
        var name = $"x{_values.Count}";
        _values.Add(values);
        _data.Add(name, values.ToData(type));
        return Graph.Input(name, type, [.. values.Shape.Select(length => (Dimension)length)]);
    }
}
