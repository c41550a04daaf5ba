namespace Karl.Graphs.Internals;

/// <summary>Copies tensors and nodes of one graph into another under their own names; what is bound before is used in place of a copy.</summary>
internal sealed class GraphCopy
{
    private readonly Graph _target;
    private readonly Dictionary<Tensor, Tensor> _copies = [];

    public GraphCopy(Graph source, Graph target)
    {
        _target = target;
        target.Reserve(source.AllNames);
    }

    /// <summary>Lets a tensor of the target stand for one of the source.</summary>
    public void Bind(Tensor original, Tensor copy) => _copies[original] = copy;

    /// <summary>The tensor that stands for one of the source; inputs, weights and constants are copied when first asked for.</summary>
    public Tensor this[Tensor original]
    {
        get
        {
            if (_copies.TryGetValue(original, out var known)) return known;
            var copy = original.Kind switch
            {
                TensorKind.Input => _target.Input(original.Name, original.Type, [.. original.Shape]),
                TensorKind.Parameter => _target.AddParameter(original.Name, original.Type, original.Shape, original.Data),
                TensorKind.Constant => _target.Constant(original.Data!),
                _ => throw new InvalidOperationException($"'{original.Name}' was not copied before it was needed."),
            };
            _copies.Add(original, copy);
            return copy;
        }
    }

    /// <summary>Copies a node whose inputs are known, and names its outputs as they were.</summary>
    public void Add(Node node)
    {
        var outputs = _target.Apply(node.Operator, [.. node.Inputs.Select(input => input is null ? null : this[input])], node.Attributes);
        foreach (var (original, copy) in node.Outputs.Zip(outputs)) Put(original, copy);
    }

    /// <summary>Lets a new result stand for one of the source, under its name.</summary>
    public void Put(Tensor original, Tensor copy)
    {
        _target.Rename(copy, original.Name, original.HasAutomaticName);
        _copies[original] = copy;
    }
}
