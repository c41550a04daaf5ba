namespace Karl.Graphs.Onnx;

/// <summary>Builds a <see cref="Graph"/> from the graph message of a file, name by name.</summary>
internal sealed class OnnxGraphReader
{
    private readonly OnnxHeader _header;
    private readonly WireMessage _message;
    private readonly Graph _graph;
    private long _shapeCharacters;

    public OnnxGraphReader(OnnxHeader header)
    {
        _header = header;
        _message = header.Graph;
        _graph = new(_message.Fields(OnnxFields.Graph.Name).LastOrDefault() is { Number: > 0 } name ? name.Text() : "");
    }

    public Graph Read()
    {
        CheckOperators();
        _graph.Reserve(NamesOfResults());
        try
        {
            foreach (var field in _message.Fields(OnnxFields.Graph.Initializers)) AddWeight(field.Message());
            foreach (var field in _message.Fields(OnnxFields.Graph.Inputs)) AddInput(OnnxValue.Read(field.Message()));
            foreach (var field in _message.Fields(OnnxFields.Graph.Nodes)) AddNode(new(field.Message()));
            foreach (var field in _message.Fields(OnnxFields.Graph.Outputs)) AddOutput(OnnxValue.Read(field.Message()));
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new OnnxFormatException($"Graph '{_graph.Name}': {error.Message}", error);
        }
        return _graph;
    }

    /// <summary>All operators that are not ours at once.</summary>
    private void CheckOperators()
    {
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in _message.Fields(OnnxFields.Graph.Nodes))
        {
            var node = new OnnxNode(field.Message());
            if (IsConstant(node)) continue;
            if (!OperatorTable.TryGet(node.Domain, node.Operator, out _)) unknown[node.FullOperator] = unknown.GetValueOrDefault(node.FullOperator) + 1;
            else if (!_header.OperatorSets.ContainsKey(node.Domain)) throw node.Error($"the model names no version of the operators '{node.Domain}'.");
        }
        if (unknown.Count > 0)
        {
            var list = string.Join(", ", unknown.Take(20).Select(entry => $"{entry.Key} ({entry.Value})"));
            throw new OnnxFormatException($"Graph '{_graph.Name}' has {unknown.Count} operators that are not known here: {list}{(unknown.Count > 20 ? " ..." : "")}.");
        }
        if (_message.Fields(OnnxFields.Graph.SparseInitializers).Any()) throw new OnnxFormatException($"Graph '{_graph.Name}' has sparse weights; wanted dense ones.");
    }

    private IEnumerable<string> NamesOfResults() =>
        _message.Fields(OnnxFields.Graph.Nodes).SelectMany(field => field.Message().Fields(OnnxFields.Node.Outputs)).Select(field => field.Text());

    private void AddWeight(WireMessage message)
    {
        var (name, data) = OnnxTensors.Read(message, "A weight without a name");
        if (name.Length == 0) throw new OnnxFormatException($"A weight, {data}, has no name.");
        _graph.AddParameter(name, data.Type, Shape.Of(data.Shape), data);
    }

    private void AddInput(OnnxValue value)
    {
        if (_graph.Find(value.Name) is { Kind: TensorKind.Parameter } weight)
        {
            CheckDeclared(value, weight, "Weight");
            return;
        }
        if (value.TypeNumber is not { } number || value.Lengths is null) throw new OnnxFormatException($"Input '{value.Name}' is declared without type or shape; wanted a tensor with both.");
        if (!OnnxElementTypes.TryGet(number, out var type)) throw new OnnxFormatException($"Input '{value.Name}' is {OnnxElementTypes.NameOf(number)}, an element type that is not known here.");
        _graph.Input(value.Name, type, [.. value.Lengths.Select((length, axis) => length ?? Dimension.Named($"{value.Name}.{axis}"))]);
    }

    private void AddNode(OnnxNode node)
    {
        if (IsConstant(node))
        {
            if (node.Outputs is not [{ Length: > 0 } name]) throw node.Error($"it has {node.Outputs.Count} outputs; wanted one with a name.");
            _graph.AddConstant(name, OnnxAttributes.Constant(node));
            return;
        }
        OperatorTable.TryGet(node.Domain, node.Operator, out var @operator);
        var inputs = Trimmed(node.Inputs).Select((name, index) => Input(node, name, index)).ToList();
        var attributes = OlderForms.Renew(_graph, node, @operator, inputs, OnnxAttributes.Read(node, @operator));
        if (attributes.Integer("num_outputs", 0) > node.Outputs.Count) throw node.Error($"{attributes.Integer("num_outputs", 0)} outputs are announced, {node.Outputs.Count} are named.");
        try
        {
            CountShapes(_graph.Apply(@operator, inputs, attributes, [.. Trimmed(node.Outputs).Select(name => name.Length > 0 ? name : null)], node.Place));
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw error.Message.StartsWith(node.Place, StringComparison.Ordinal) ? new OnnxFormatException(error.Message, error) : node.Error(error.Message, error);
        }
    }

    private Tensor? Input(OnnxNode node, string name, int index)
    {
        if (name.Length == 0) return null;
        return _graph.Find(name) ?? throw node.Error(_graph.IsReserved(name)
            ? $"input {index}, '{name}', is computed by a later node; wanted every node after those it needs, without a circle."
            : $"input {index}, '{name}', is neither an input, a weight nor the output of a node.");
    }

    private void AddOutput(OnnxValue value)
    {
        var tensor = _graph.Find(value.Name) ?? throw new OnnxFormatException($"Output '{value.Name}' is computed nowhere in graph '{_graph.Name}'.");
        CheckDeclared(value, tensor, "Output");
        _graph.AddOutput(tensor);
    }

    private static void CheckDeclared(OnnxValue value, Tensor tensor, string role)
    {
        var fits = value.TypeNumber is not { } number || number == OnnxElementTypes.Number(tensor.Type);
        fits &= value.Lengths is not { } lengths
            || (lengths.Count == tensor.Rank && lengths.Zip(tensor.Shape).All(pair => pair.First is not { IsFixed: true } || !pair.Second.IsFixed || pair.First == pair.Second));
        if (!fits)
        {
            var declared = value.Lengths is null ? "any shape" : $"[{string.Join(", ", value.Lengths.Select(length => length?.ToString() ?? "?"))}]";
            throw new OnnxFormatException($"{role} '{value.Name}' is declared as {OnnxElementTypes.NameOf(value.TypeNumber ?? 0)} {declared}, but it is {tensor}.");
        }
    }

    /// <summary>Without the trailing ones that are left out.</summary>
    private static IEnumerable<string> Trimmed(IEnumerable<string> names) => names.Reverse().SkipWhile(name => name.Length == 0).Reverse();

    /// <summary>Keeps symbolic lengths from growing with every node of a file that is made to do so.</summary>
    private void CountShapes(IReadOnlyList<Tensor> outputs)
    {
        foreach (var output in outputs)
        {
            _shapeCharacters += output.Shape.Concat(output.Lengths ?? []).Sum(length => (long)length.ToString().Length);
        }
        var most = 1_000_000 + 8L * _message.Length;
        if (_shapeCharacters > most) throw new OnnxFormatException($"Graph '{_graph.Name}': the lengths up to '{outputs[0].Name}' take {_shapeCharacters} characters; wanted at most {most} for a file of its size.");
    }

    private static bool IsConstant(OnnxNode node) => node is { Domain: "", Operator: "Constant" };
}
