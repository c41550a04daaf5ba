using Karl.Graphs;
using Karl.Graphs.Onnx;

namespace Karl.Testing;

/// <summary>Runs ONNX files once, on the CPU.</summary>
public static class OnnxRun
{
    /// <summary>Writes a graph, runs it, and returns its outputs by name.</summary>
    public static IReadOnlyDictionary<string, TensorData> Run(Graph graph, IReadOnlyDictionary<string, TensorData> inputs, IWeightSource? weights = null) =>
        Run(OnnxWriter.ToBytes(graph, weights), inputs);

    /// <summary>Runs an ONNX file and returns its outputs by name.</summary>
    public static IReadOnlyDictionary<string, TensorData> Run(byte[] model, IReadOnlyDictionary<string, TensorData> inputs)
    {
        using var session = new OnnxSession(model);
        return session.Run(inputs);
    }
}
