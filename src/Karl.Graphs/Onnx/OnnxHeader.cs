namespace Karl.Graphs.Onnx;

/// <summary>Everything that an ONNX file says outside its graph, and where that is.</summary>
internal sealed class OnnxHeader
{
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _operatorSets = new(StringComparer.Ordinal);
    private readonly List<WireMessage> _functions = [];

    public OnnxHeader(ReadOnlyMemory<byte> file)
    {
        WireMessage? graph = null;
        foreach (var field in new WireMessage(file).Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Model.FileFormat: FileFormat = field.Integer(); break;
                case OnnxFields.Model.ProducerName: ProducerName = field.Text(); break;
                case OnnxFields.Model.ProducerVersion: ProducerVersion = field.Text(); break;
                case OnnxFields.Model.OperatorSets: AddOperatorSet(field.Message()); break;
                case OnnxFields.Model.Metadata: AddMetadata(field.Message()); break;
                case OnnxFields.Model.Functions: _functions.Add(field.Message()); break;
                case OnnxFields.Model.Graph when graph is not null:
                    throw new OnnxFormatException($"Byte {field.Position}: a second graph begins; wanted one.");
                case OnnxFields.Model.Graph: graph = field.Message(); break;
            }
        }
        Graph = graph ?? throw new OnnxFormatException($"There is no graph in these {file.Length} bytes; wanted an ONNX model.");
    }

    public long FileFormat { get; }

    public string ProducerName { get; } = "";

    public string ProducerVersion { get; } = "";

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public IReadOnlyDictionary<string, long> OperatorSets => _operatorSets;

    public IReadOnlyList<WireMessage> Functions => _functions;

    public WireMessage Graph { get; }

    private void AddOperatorSet(WireMessage message)
    {
        var (domain, version) = ("", 0L);
        foreach (var field in message.Fields())
        {
            if (field.Number == OnnxFields.OperatorSet.Domain) domain = field.Text();
            if (field.Number == OnnxFields.OperatorSet.Version) version = field.Integer();
        }
        _operatorSets[OperatorTable.Canonical(domain)] = version;
    }

    private void AddMetadata(WireMessage message)
    {
        var (key, value) = ("", "");
        foreach (var field in message.Fields())
        {
            if (field.Number == OnnxFields.Entry.Key) key = field.Text();
            if (field.Number == OnnxFields.Entry.Value) value = field.Text();
        }
        _metadata[key] = value;
    }
}
