using Karl.Graphs;
using Karl.Graphs.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

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
        ArgumentNullException.ThrowIfNull(inputs);
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, options);
        var values = inputs.ToDictionary(input => input.Key, input => ToOrt(input.Value));
        try
        {
            using var runOptions = new RunOptions();
            using var results = session.Run(runOptions, values, session.OutputNames);
            return session.OutputNames.Zip(results, (name, value) => (name, value)).ToDictionary(result => result.name, result => FromOrt(result.value));
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    private static OrtValue ToOrt(TensorData data)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, OrtTypeOf(data.Type), [.. data.Shape]);
        data.Bytes.Span.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static TensorData FromOrt(OrtValue value)
    {
        var information = value.GetTensorTypeAndShape();
        var type = Enum.GetValues<ElementType>().Single(candidate => OrtTypeOf(candidate) == information.ElementDataType);
        var bytes = information.ElementCount == 0 ? [] : value.GetTensorMutableRawData().ToArray();
        return new TensorData(type, information.Shape, bytes);
    }

    private static TensorElementType OrtTypeOf(ElementType type) => type switch
    {
        ElementType.Float32 => TensorElementType.Float,
        ElementType.Float16 => TensorElementType.Float16,
        ElementType.Float64 => TensorElementType.Double,
        ElementType.Int32 => TensorElementType.Int32,
        ElementType.Int64 => TensorElementType.Int64,
        ElementType.Boolean => TensorElementType.Bool,
        ElementType.UInt8 => TensorElementType.UInt8,
        _ => TensorElementType.Int8,
    };
}
