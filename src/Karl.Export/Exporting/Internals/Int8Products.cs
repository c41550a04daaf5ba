using Karl.Graphs;

namespace Karl.Export.Exporting.Internals;

/// <summary>
/// The products in the transformer blocks, nine tenths of their arithmetic, in 8 bits: weights symmetric with one scale per output,
/// activations quantized at every run. Convolutions, heads and codebooks stay float32.
/// </summary>
internal static class Int8Products
{
    private const int Largest = 127;

    /// <summary>The graph that computes so, and its weights.</summary>
    public static (Graph Graph, IWeightSource Weights) Apply(Graph graph, IWeightSource originals) =>
        (graph.QuantizeProducts(weight => weight.Name.Contains(".blocks.", StringComparison.Ordinal)), new Source(originals));

    private sealed class Source(IWeightSource originals) : IWeightSource
    {
        public TensorData Get(string name)
        {
            if (Original(name, Graph.Int8Suffix) is { } values)
            {
                var data = originals.Get(values);
                return TensorData.From(Quantized(data, Scales(data)), [.. data.Shape]);
            }
            if (Original(name, Graph.ScaleSuffix) is { } scaled)
            {
                var data = originals.Get(scaled);
                return TensorData.From(Scales(data), data.Shape[1]);
            }
            return originals.Get(name);
        }

        private static string? Original(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;
    }

    /// <summary>For each column of <c>[in, out]</c>, what one step of int8 stands for; 1 for a column of zeros.</summary>
    private static float[] Scales(TensorData weight)
    {
        var values = weight.AsSpan<float>();
        var columns = (int)weight.Shape[1];
        var scales = new float[columns];
        for (var index = 0; index < values.Length; index++) scales[index % columns] = Math.Max(scales[index % columns], Math.Abs(values[index]) / Largest);
        for (var column = 0; column < columns; column++) scales[column] = scales[column] > 0 ? scales[column] : 1;
        return scales;
    }

    private static sbyte[] Quantized(TensorData weight, float[] scales)
    {
        var values = weight.AsSpan<float>();
        var quantized = new sbyte[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            quantized[index] = (sbyte)Math.Clamp(MathF.Round(values[index] / scales[index % scales.Length]), -Largest, Largest);
        }
        return quantized;
    }
}
