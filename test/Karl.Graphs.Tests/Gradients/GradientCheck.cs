using Karl.Testing;

namespace Karl.Graphs.Tests.Gradients;

/// <summary>
/// Holds gradients to central differences. The loss is the sum of a result's elements, each times a number of its own; the sum is taken outside
/// the graph in float64, so that in float32 only the elements' own rounding enters.
/// </summary>
internal static class GradientCheck
{
    /// <summary>Differentiates what a case builds by every floating-point input, and compares every element.</summary>
    /// <returns>The graph before it was differentiated, as its operators.</returns>
    public static IReadOnlyList<Operator> Run(Func<GradientInputs, Tensor> build, ElementType type)
    {
        var graph = new Graph("case");
        var inputs = new GradientInputs(graph, type);
        var result = graph.Output("result", build(inputs));
        var operators = graph.Nodes.Select(node => node.Operator).ToArray();
        using var plain = new OnnxSession(graph);
        var shape = plain.Run(inputs.Data)["result"].Shape;
        var random = new Random(3);
        var factors = Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => 0.5 + random.NextDouble()).ToArray();

        var weights = graph.Input("factors", result.Type, [.. result.Shape]);
        var loss = (result * weights).ReduceSum();
        var gradients = graph.Gradients(loss, inputs.Wanted);
        for (var index = 0; index < gradients.Count; index++) graph.Output($"gradient of {inputs.Wanted[index].Name}", gradients[index]);
        var data = new Dictionary<string, TensorData>(inputs.Data) { ["factors"] = Typed(factors, result.Type, [.. shape]) };
        using var differentiated = new OnnxSession(graph);
        var found = differentiated.Run(data);

        foreach (var wanted in inputs.Wanted)
        {
            var gradient = found[$"gradient of {wanted.Name}"];
            Assert.AreEqual(wanted.Type, gradient.Type);
            CollectionAssert.AreEqual(inputs.Data[wanted.Name].Shape.ToArray(), gradient.Shape.ToArray());
            Compare(wanted.Name, Differences(plain, inputs.Data, wanted.Name, factors), Doubles(gradient), type);
        }
        return operators;
    }

    private static void Compare(string name, double[] expected, double[] found, ElementType type)
    {
        var allowed = (type == ElementType.Float64 ? 1e-7 : 1e-3) * Math.Max(1, expected.Max(Math.Abs));
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.AreEqual(expected[index], found[index], allowed, $"gradient of {name}, element {index} of {expected.Length}");
        }
    }

    /// <summary>From four places around each element, so that only the fifth derivative is neglected.</summary>
    private static double[] Differences(OnnxSession session, Dictionary<string, TensorData> inputs, string name, double[] factors)
    {
        var original = inputs[name];
        var values = Doubles(original);
        var step = original.Type == ElementType.Float64 ? 1.0 / 1024 : 1.0 / 32;
        return [.. Enumerable.Range(0, values.Length).Select(index => (8 * (At(index, step) - At(index, -step)) - (At(index, 2 * step) - At(index, -2 * step))) / (12 * step))];

        double At(int index, double change)
        {
            var moved = (double[])values.Clone();
            moved[index] += change;
            var data = new Dictionary<string, TensorData>(inputs) { [name] = Typed(moved, original.Type, [.. original.Shape]) };
            return Doubles(session.Run(data)["result"]).Zip(factors, (value, factor) => value * factor).Sum();
        }
    }

    private static TensorData Typed(double[] values, ElementType type, long[] shape) =>
        type == ElementType.Float64 ? TensorData.From(values, shape) : TensorData.From(Array.ConvertAll(values, value => (float)value), shape);

    private static double[] Doubles(TensorData data) =>
        data.Type == ElementType.Float64 ? data.AsSpan<double>().ToArray() : Array.ConvertAll(data.AsSpan<float>().ToArray(), value => (double)value);
}
