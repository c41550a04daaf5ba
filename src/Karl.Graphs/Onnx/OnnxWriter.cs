namespace Karl.Graphs.Onnx;

/// <summary>
/// Writes a graph as an ONNX file: only what its outputs need; the same graph and weights give the same bytes.
/// Weights go from the source straight into the stream, one at a time.
/// </summary>
public static class OnnxWriter
{
    /// <summary>Writes a graph.</summary>
    /// <param name="graph">What to write; it needs at least one output.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="weights">The values of the parameters that came without; may be null where all have theirs.</param>
    /// <param name="options">What is written beside the graph.</param>
    /// <exception cref="ArgumentException">There is no output, a weight has another shape or type than its parameter, or the file would be too large.</exception>
    /// <exception cref="KeyNotFoundException">A weight is missing.</exception>
    public static void Write(Graph graph, Stream stream, IWeightSource? weights = null, OnnxWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        if (graph.Outputs.Count == 0) throw new ArgumentException($"Graph '{graph.Name}' has no output, so there is nothing to write.");
        var needed = graph.Needed(valuesOnly: true);
        var body = OnnxMessages.GraphWithoutWeights(graph, needed);
        var headers = needed.Parameters.Select(parameter => (Parameter: parameter, Header: OnnxMessages.WeightHeader(parameter))).ToList();
        var graphBytes = body.Length + headers.Sum(header => header.Header.Length + ByteCount(header.Parameter));
        var start = OnnxMessages.ModelStart(options, needed, graphBytes);
        if (start.Length + graphBytes > options.MaximumBytes)
        {
            throw new ArgumentException(
                $"Graph '{graph.Name}' takes {start.Length + graphBytes} bytes as an ONNX file, more than the {options.MaximumBytes} allowed; store the weights as float16 or split the graph.");
        }
        stream.Write(start.Span);
        stream.Write(body.Span);
        foreach (var (parameter, header) in headers)
        {
            var data = Values(parameter, weights);
            stream.Write(header.Span);
            stream.Write(data.Bytes.Span);
        }
    }

    /// <summary>Writes a graph into memory.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(Graph graph, IWeightSource? weights = null, OnnxWriteOptions? options = null)
    {
        using var stream = new MemoryStream();
        Write(graph, stream, weights, options);
        return stream.ToArray();
    }

    internal static long ByteCount(Tensor parameter) => TensorData.ByteCount(parameter.Type, parameter.Shape.ToFixed());

    private static TensorData Values(Tensor parameter, IWeightSource? weights)
    {
        var data = parameter.Data ?? weights?.Get(parameter.Name)
            ?? throw new KeyNotFoundException($"Weight '{parameter.Name}' ({parameter.Type.Word()} {parameter.Shape}) has no values, and no source of weights was given.");
        return data.Type == parameter.Type && Shape.Of(data.Shape).Equals(parameter.Shape)
            ? data
            : throw new ArgumentException($"Weight '{parameter.Name}' is {data}; the graph needs {parameter.Type.Word()} {parameter.Shape}.");
    }
}
