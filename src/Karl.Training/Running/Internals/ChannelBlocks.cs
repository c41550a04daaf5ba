using Karl.Graphs;
using Karl.Graphs.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Running.Internals;

/// <summary>
/// How many channels ONNX Runtime puts into a block on this processor. It does not say, so a small convolution is computed in blocks and as usual: only where both give the
/// same is a number taken.
/// </summary>
internal static class ChannelBlocks
{
    private const int Channels = 32;
    private static readonly int[] Candidates = [16, 8];
    private static readonly Lazy<int?> Found = new(() => Candidates.Select(block => (int?)block).FirstOrDefault(block => GivesTheSame(block!.Value)));

    /// <summary>The number; null where there are no such kernels.</summary>
    public static int? OfThisProcessor => Found.Value;

    private static bool GivesTheSame(int block)
    {
        try
        {
            var (usual, blocked) = (Run(Convolution()), Run(Convolution().BlockConvolutions(block)));
            return usual.Zip(blocked, (left, right) => Math.Abs(left - right)).Max() <= 1e-3;
        }
        catch (OnnxRuntimeException)
        {
            return false;   // Where there are no kernels for blocks the graph cannot be loaded.
        }
    }

    private static Graph Convolution()
    {
        Graph graph = new("block-probe");
        var image = graph.Input("image", ElementType.Float32, 1, Channels, 3, 5);
        graph.Output("result", image.Convolution(graph.Input("weight", ElementType.Float32, Channels, Channels, 3, 3), padding: 1));
        return graph;
    }

    /// <summary>On numbers of which no two are alike, so that another order shows.</summary>
    private static float[] Run(Graph graph)
    {
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        using InferenceSession session = new(OnnxWriter.ToBytes(graph), options);
        using RunOptions runOptions = new();
        using var image = Numbers(1, Channels, 3, 5);
        using var weight = Numbers(Channels, Channels, 3, 3);
        using var results = session.Run(runOptions, ["image", "weight"], [image, weight], ["result"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();

        static OrtValue Numbers(params long[] shape) =>
            OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, (int)shape.Aggregate((product, length) => product * length)).Select(index => MathF.Sin(index)).ToArray(), shape);
    }
}
