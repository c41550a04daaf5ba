using Karl.Graphs;
using Karl.Graphs.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Exporting.Internals;

/// <summary>Runs a small float32 graph once: what computes a folded weight from the original ones.</summary>
internal static class GraphRun
{
    /// <summary>The outputs by name.</summary>
    /// <param name="graph">Its inputs and outputs are float32 of fixed shapes.</param>
    /// <param name="inputs">A value for each input.</param>
    public static IReadOnlyDictionary<string, TensorData> Once(Graph graph, IReadOnlyDictionary<string, TensorData> inputs)
    {
        using var sessionOptions = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(OnnxWriter.ToBytes(graph), sessionOptions);
        using var runOptions = new RunOptions();
        var values = new List<OrtValue>();
        try
        {
            foreach (var input in graph.Inputs) values.Add(Value(inputs[input.Name].AsSpan<float>().ToArray(), inputs[input.Name].Shape));
            var results = new Dictionary<string, TensorData>(StringComparer.Ordinal);
            foreach (var output in graph.Outputs)
            {
                var array = GC.AllocateUninitializedArray<float>(checked((int)output.Shape.ElementCount.Value));
                results.Add(output.Name, TensorData.From(array, output.Shape.ToFixed()));
                values.Add(Value(array, results[output.Name].Shape));
            }
            session.Run(runOptions, [.. graph.Inputs.Select(input => input.Name)], values[..graph.Inputs.Count], [.. graph.Outputs.Select(output => output.Name)], values[graph.Inputs.Count..]);
            return results;
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    private static OrtValue Value(float[] values, IReadOnlyList<long> shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(), [.. shape]);
}
