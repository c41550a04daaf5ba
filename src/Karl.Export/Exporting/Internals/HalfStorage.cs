using Karl.Graphs;
using Karl.Tokenizers;

namespace Karl.Export.Exporting.Internals;

/// <summary>Large matrices and kernels as float16. The codebook, biases and norms, which decisions hang on, stay float32.</summary>
internal static class HalfStorage
{
    private const long FewestElements = 4096;

    /// <summary>The graph that stores them so, and its weights.</summary>
    public static (Graph Graph, IWeightSource Weights) Apply(Graph graph, IWeightSource originals)
    {
        var stored = graph.StoreAs(ElementType.Float16, IsStored);
        var halved = stored.Parameters.Where(parameter => parameter.Type == ElementType.Float16).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        return (stored, new Source(originals, halved));
    }

    private static bool IsStored(Tensor parameter) =>
        parameter.Rank >= 2 && parameter.Shape.ElementCount.Value >= FewestElements && !parameter.Name.StartsWith("codebook.", StringComparison.Ordinal);

    private sealed class Source(IWeightSource originals, HashSet<string> halved) : IWeightSource
    {
        public TensorData Get(string name)
        {
            var data = originals.Get(name);
            return halved.Contains(name) ? Halved(name, data) : data;
        }

        private static TensorData Halved(string name, TensorData data)
        {
            var values = data.AsSpan<float>();
            var halves = new Half[values.Length];
            for (var index = 0; index < values.Length; index++)
            {
                halves[index] = (Half)values[index];
                if (Half.IsInfinity(halves[index])) throw new KarlFormatException($"Weight '{name}' holds {values[index]}; float16 ends at {Half.MaxValue}. Export without --half.");
            }
            return TensorData.From(halves, [.. data.Shape]);
        }
    }
}
