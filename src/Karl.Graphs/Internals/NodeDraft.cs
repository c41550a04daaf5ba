namespace Karl.Graphs.Internals;

/// <summary>What a shape rule answers for one output.</summary>
/// <param name="Type">What each element is.</param>
/// <param name="Shape">The lengths of the axes.</param>
/// <param name="Lengths">What each element is known to be, for small integer tensors.</param>
internal readonly record struct TensorFacts(ElementType Type, Shape Shape, IReadOnlyList<Dimension>? Lengths = null);

/// <summary>A node not yet in the graph, as a shape rule sees it: inputs by place, settings, and errors that name the node.</summary>
internal sealed class NodeDraft(Node node, string place)
{
    private const int MostInputsNamed = 8;

    public Operator Operator => node.Operator;

    public Attributes Attributes => node.Attributes;

    public int InputCount => node.Inputs.Count;

    public Tensor this[int index] => Optional(index) ?? throw Error($"input {index} is missing");

    public Tensor? Optional(int index) => index < node.Inputs.Count ? node.Inputs[index] : null;

    /// <summary>An input's elements as plain numbers, where the graph knows them.</summary>
    public long[] Numbers(int index, string role)
    {
        if (this[index].Lengths is not { } lengths || !lengths.All(length => length.IsFixed))
        {
            throw Error($"{role} must be known when the graph is built, but {this[index]} is not");
        }
        return [.. lengths.Select(length => length.Value)];
    }

    /// <summary>An axis counted from the front.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error($"axis {axis} is not among the {rank} axes");

    public void Require(bool condition, string problem)
    {
        if (!condition) throw Error(problem);
    }

    public void RequireSameType(params int[] indices)
    {
        Require(indices.All(index => this[index].Type == this[indices[0]].Type), "the inputs must have one element type; cast one of them");
    }

    public void RequireFloating(int index) =>
        Require(this[index].Type.IsFloating(), $"input {index} must be floating point");

    public void RequireRank(int index, int rank, string wanted) =>
        Require(this[index].Rank == rank, $"input {index} must have {rank} axes, {wanted}");

    /// <summary>The shape that several shapes give together: equal lengths stay, ones stretch.</summary>
    public Shape Broadcast(params IEnumerable<Shape> shapes) => shapes.Aggregate(Broadcast);

    /// <summary>Whether an error names the node already.</summary>
    public bool IsNamedIn(Exception error) => error.Message.StartsWith(place, StringComparison.Ordinal);

    public ArgumentException Error(string problem, Exception? inner = null)
    {
        var inputs = string.Join(", ", node.Inputs.Take(MostInputsNamed).Select(input => input?.ToString() ?? "(none)"));
        var more = node.Inputs.Count > MostInputsNamed ? $" and {node.Inputs.Count - MostInputsNamed} more" : "";
        return new ArgumentException($"{place}: {problem}. Inputs: {inputs}{more}.", inner);
    }

    private Shape Broadcast(Shape left, Shape right)
    {
        var rank = Math.Max(left.Rank, right.Rank);
        return new(Enumerable.Range(0, rank).Select(axis =>
        {
            var first = axis - rank + left.Rank < 0 ? 1 : left[axis - rank + left.Rank];
            var second = axis - rank + right.Rank < 0 ? 1 : right[axis - rank + right.Rank];
            if (first == second || second == 1) return first;
            if (first == 1) return second;
            throw Error($"shapes {left} and {right} do not broadcast: '{first}' against '{second}' on axis {axis}; wanted equal lengths, or 1");
        }));
    }
}
