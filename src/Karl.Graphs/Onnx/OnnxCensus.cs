namespace Karl.Graphs.Onnx;

/// <summary>Walks through a file, into graphs within nodes and functions, and counts.</summary>
internal sealed class OnnxCensus
{
    private readonly OnnxHeader _header;
    private readonly long _fileBytes;
    private readonly SortedDictionary<string, int> _operators = new(StringComparer.Ordinal);
    private readonly Stack<WireMessage> _graphs = new();
    private readonly HashSet<string> _weights = new(StringComparer.Ordinal);
    private int _weightCount;
    private Int128 _numbers;
    private Int128 _bits;
    private bool _external;

    public OnnxCensus(ReadOnlyMemory<byte> file)
    {
        _header = new(file);
        _fileBytes = file.Length;
    }

    public OnnxSummary Summary()
    {
        foreach (var function in _header.Functions)
        {
            foreach (var node in function.Fields(OnnxFields.Function.Nodes)) Count(new(node.Message()));
        }
        foreach (var weight in _header.Graph.Fields(OnnxFields.Graph.Initializers)) _weights.Add(OnnxTensors.NameOf(weight.Message()));
        for (_graphs.Push(_header.Graph); _graphs.TryPop(out var graph);) CountGraph(graph);
        return new()
        {
            FileFormat = _header.FileFormat,
            ProducerName = _header.ProducerName,
            ProducerVersion = _header.ProducerVersion,
            OperatorSets = _header.OperatorSets,
            Metadata = _header.Metadata,
            Inputs = [.. Values(OnnxFields.Graph.Inputs).Where(input => !_weights.Contains(input.Name))],
            Outputs = [.. Values(OnnxFields.Graph.Outputs)],
            Operators = _operators,
            WeightCount = _weightCount,
            ParameterCount = Fitting(_numbers),
            ParameterBytes = Fitting((_bits + 7) / 8),
            HasExternalData = _external,
            FileBytes = _fileBytes,
        };
    }

    private IEnumerable<OnnxValueSummary> Values(int field) => _header.Graph.Fields(field).Select(value =>
    {
        var declared = OnnxValue.Read(value.Message());
        return new OnnxValueSummary(
            declared.Name,
            OnnxElementTypes.NameOf(declared.TypeNumber ?? 0),
            declared.Lengths is null ? "" : $"[{string.Join(", ", declared.Lengths.Select(length => length?.ToString() ?? "?"))}]");
    });

    private void CountGraph(WireMessage graph)
    {
        foreach (var field in graph.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Graph.Nodes: Count(new(field.Message())); break;
                case OnnxFields.Graph.Initializers: CountWeight(field.Message()); break;
                case OnnxFields.Graph.SparseInitializers:
                    foreach (var values in field.Message().Fields(OnnxFields.SparseTensor.Values)) CountWeight(values.Message());
                    break;
            }
        }
    }

    private void Count(OnnxNode node)
    {
        _operators[node.FullOperator] = _operators.GetValueOrDefault(node.FullOperator) + 1;
        foreach (var field in node.Attributes.SelectMany(attribute => attribute.Fields()))
        {
            if (field.Number is OnnxFields.Attribute.Subgraph or OnnxFields.Attribute.Subgraphs) _graphs.Push(field.Message());
        }
    }

    private void CountWeight(WireMessage tensor)
    {
        var (count, type) = ((Int128)1, 0L);
        foreach (var field in tensor.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Tensor.Lengths:
                    foreach (var length in field.Integers()) count = length >= 0 ? Fitting(count * length) : throw new OnnxFormatException($"Byte {field.Position}: a weight has the length {length}.");
                    break;
                case OnnxFields.Tensor.Type: type = field.Integer(); break;
                case OnnxFields.Tensor.ExternalData: _external = true; break;
                case OnnxFields.Tensor.DataLocation: _external |= field.Integer() != 0; break;
            }
        }
        _weightCount++;
        _numbers += count;
        _bits += count * OnnxElementTypes.BitsOf(type);
    }

    private static long Fitting(Int128 count) => count <= long.MaxValue
        ? (long)count
        : throw new OnnxFormatException("The weights have more elements than 64 bits can count; the file is damaged.");
}
