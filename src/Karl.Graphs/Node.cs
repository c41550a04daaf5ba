namespace Karl.Graphs;

/// <summary>One step of a graph: an operator, what goes in, what comes out.</summary>
public sealed class Node
{
    internal Node(Operator @operator, IReadOnlyList<Tensor?> inputs, Attributes attributes)
    {
        Operator = @operator;
        Inputs = inputs;
        Attributes = attributes;
    }

    /// <summary>What the node does.</summary>
    public Operator Operator { get; }

    /// <summary>What goes in, in the operator's order; null where an optional input is left out.</summary>
    public IReadOnlyList<Tensor?> Inputs { get; }

    /// <summary>What the outputs' values come from; of <see cref="Operator.StraightThrough"/> only the first input.</summary>
    internal IEnumerable<Tensor?> ValueInputs => Operator == Operator.StraightThrough ? Inputs.Take(1) : Inputs;

    /// <summary>What comes out.</summary>
    public IReadOnlyList<Tensor> Outputs { get; internal set; } = [];

    /// <summary>The fixed settings of the operator.</summary>
    public Attributes Attributes { get; }

    /// <summary>The name: that of the first output.</summary>
    public string Name => Outputs[0].Name;

    /// <summary>One line of the printed form.</summary>
    public override string ToString() => Internals.GraphPrinter.Line(this);
}
