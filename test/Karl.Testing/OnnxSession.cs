using Karl.Graphs;
using Karl.Graphs.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Testing;

/// <summary>An ONNX file that is run several times on the CPU.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    /// <summary>Loads a graph whose weights have their values, or whose weights a source knows.</summary>
    public OnnxSession(Graph graph, IWeightSource? weights = null, int threads = 1) : this(OnnxWriter.ToBytes(graph, weights), threads, HasDoubles(graph))
    {
    }

    /// <summary>Loads a file.</summary>
    /// <param name="model">Its bytes.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="hasDoubles">Whether it computes in float64, for which ONNX Runtime 1.29 fuses swish into a kernel that it has for float32 alone.</param>
    public OnnxSession(byte[] model, int threads = 1, bool hasDoubles = false)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (hasDoubles) options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "QuickGeluFusion");
        _session = new InferenceSession(model, options);
    }

    /// <summary>Runs it and returns its outputs by name.</summary>
    public IReadOnlyDictionary<string, TensorData> Run(IReadOnlyDictionary<string, TensorData> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var values = inputs.ToDictionary(input => input.Key, input => ToOrt(input.Value));
        try
        {
            using var results = _session.Run(_runOptions, values, _session.OutputNames);
            return _session.OutputNames.Zip(results, (name, value) => (name, value)).ToDictionary(result => result.name, result => FromOrt(result.value));
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static bool HasDoubles(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Inputs.Concat(graph.Parameters).Any(tensor => tensor.Type == ElementType.Float64);
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
