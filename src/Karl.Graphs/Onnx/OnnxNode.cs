namespace Karl.Graphs.Onnx;

/// <summary>A node as the file has it, with names in place of tensors.</summary>
internal sealed class OnnxNode
{
    private readonly List<string> _inputs = [];
    private readonly List<string> _outputs = [];
    private readonly List<WireMessage> _attributes = [];

    public OnnxNode(WireMessage message)
    {
        foreach (var field in message.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Node.Inputs: _inputs.Add(field.Text()); break;
                case OnnxFields.Node.Outputs: _outputs.Add(field.Text()); break;
                case OnnxFields.Node.Name: Name = field.Text(); break;
                case OnnxFields.Node.Operator: Operator = field.Text(); break;
                case OnnxFields.Node.Domain: Domain = OperatorTable.Canonical(field.Text()); break;
                case OnnxFields.Node.Attributes: _attributes.Add(field.Message()); break;
            }
        }
    }

    public IReadOnlyList<string> Inputs => _inputs;

    public IReadOnlyList<string> Outputs => _outputs;

    public string Name { get; } = "";

    public string Operator { get; } = "";

    public string Domain { get; } = "";

    public IReadOnlyList<WireMessage> Attributes => _attributes;

    /// <summary>The operator with its domain, where that is not ONNX's own.</summary>
    public string FullOperator => Domain.Length > 0 ? $"{Domain}.{Operator}" : Operator;

    /// <summary>What errors call the node.</summary>
    public string Place => $"Node '{(Name.Length > 0 ? Name : Outputs.FirstOrDefault(output => output.Length > 0, "without a name"))}' ({FullOperator})";

    public OnnxFormatException Error(string problem, Exception? inner = null) => new($"{Place}: {problem}", inner);
}
