namespace Karl.Graphs.Tests.Gradients;

/// <summary>Declares inputs of a graph and makes up their values, the same at every run.</summary>
/// <param name="graph">Where to.</param>
/// <param name="type">What the floating-point inputs are.</param>
internal sealed class GradientInputs(Graph graph, ElementType type)
{
    private readonly Random _random = new(11);
    private readonly List<Tensor> _wanted = [];
    private readonly Dictionary<string, TensorData> _data = [];

    public Graph Graph { get; } = graph;

    /// <summary>The inputs by which is differentiated.</summary>
    public IReadOnlyList<Tensor> Wanted => _wanted;

    public Dictionary<string, TensorData> Data => _data;

    /// <summary>Numbers between -2 and 2.</summary>
    public Tensor X(params int[] shape) => Between(-2, 2, shape);

    /// <summary>The same with axes that are known only by name: <c>b.X(["batch", 3], 2, 3)</c>.</summary>
    public Tensor X(Dimension[] declared, params int[] shape) => Given(declared, shape, _ => -2 + 4 * _random.NextDouble());

    /// <summary>Numbers in a range.</summary>
    public Tensor Between(double low, double high, params int[] shape) => Given(Fixed(shape), shape, _ => low + (high - low) * _random.NextDouble());

    /// <summary>Numbers of which no two are closer than a quarter, nor one closer than an eighth to a whole number: far from where a maximum, a bound or a sign changes.</summary>
    public Tensor Apart(params int[] shape)
    {
        var count = Count(shape);
        var places = Enumerable.Range(0, count).Select(place => (place - count / 2) * 0.25 + 0.125).ToArray();
        _random.Shuffle(places);
        return Given(Fixed(shape), shape, index => places[index]);
    }

    /// <summary>Whole numbers, which carry no gradient.</summary>
    public Tensor Whole(int low, int high, params int[] shape)
    {
        var values = Enumerable.Range(0, Count(shape)).Select(_ => (long)_random.Next(low, high + 1)).ToArray();
        return These(values, shape);
    }

    public Tensor These(long[] values, params int[] shape) => These(Fixed(shape), values, shape);

    public Tensor These(Dimension[] declared, long[] values, params int[] shape)
    {
        var name = $"x{_data.Count}";
        _data.Add(name, TensorData.From(values, Lengths(shape)));
        return Graph.Input(name, ElementType.Int64, declared);
    }

    /// <summary>A length that the caller gives, int64 <c>[1]</c>.</summary>
    public Tensor Length(string name, long value)
    {
        _data.Add(name, TensorData.From([value], 1));
        return Graph.Input(name, ElementType.Int64, 1);
    }

    /// <summary>Truth values.</summary>
    public Tensor Truth(params int[] shape) => Whole(0, 1, shape).EqualTo(1);

    private Tensor Given(Dimension[] declared, int[] shape, Func<int, double> value)
    {
        var values = Enumerable.Range(0, Count(shape)).Select(value).ToArray();
        var name = $"x{_data.Count}";
        _data.Add(name, type == ElementType.Float64 ? TensorData.From(values, Lengths(shape)) : TensorData.From(Array.ConvertAll(values, number => (float)number), Lengths(shape)));
        var input = Graph.Input(name, type, declared);
        _wanted.Add(input);
        return input;
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (product, length) => product * length);

    private static Dimension[] Fixed(int[] shape) => [.. shape.Select(length => (Dimension)length)];

    private static long[] Lengths(int[] shape) => [.. shape.Select(length => (long)length)];
}
