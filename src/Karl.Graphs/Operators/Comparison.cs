using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>Where the elements are the same; axes of length 1 stretch.</summary>
    public Tensor EqualTo(Tensor other) => With(Operator.Equal, other);

    /// <summary>Where the elements are this number.</summary>
    public Tensor EqualTo(double other) => EqualTo(Like(other));

    /// <summary>Where the elements are greater; axes of length 1 stretch.</summary>
    public Tensor Greater(Tensor other) => With(Operator.Greater, other);

    /// <summary>Where the elements are greater than a number.</summary>
    public Tensor Greater(double other) => Greater(Like(other));

    /// <summary>Where the elements are greater or the same; axes of length 1 stretch.</summary>
    public Tensor GreaterOrEqual(Tensor other) => With(Operator.GreaterOrEqual, other);

    /// <summary>Where the elements are at least a number.</summary>
    public Tensor GreaterOrEqual(double other) => GreaterOrEqual(Like(other));

    /// <summary>Where the elements are less; axes of length 1 stretch.</summary>
    public Tensor Less(Tensor other) => With(Operator.Less, other);

    /// <summary>Where the elements are less than a number.</summary>
    public Tensor Less(double other) => Less(Like(other));

    /// <summary>Where the elements are less or the same; axes of length 1 stretch.</summary>
    public Tensor LessOrEqual(Tensor other) => With(Operator.LessOrEqual, other);

    /// <summary>Where the elements are at most a number.</summary>
    public Tensor LessOrEqual(double other) => LessOrEqual(Like(other));

    /// <summary>Where both truth values are true.</summary>
    public Tensor And(Tensor other) => With(Operator.And, other);

    /// <summary>Where at least one truth value is true.</summary>
    public Tensor Or(Tensor other) => With(Operator.Or, other);

    /// <summary>The opposite of every truth value.</summary>
    public Tensor Not() => Alone(Operator.Not);

    /// <summary>Takes the first where this truth value is true, the second elsewhere; axes of length 1 stretch.</summary>
    public Tensor Where(Tensor whenTrue, Tensor whenFalse) => Graph.Apply1(Operator.Where, null, this, whenTrue, whenFalse);

    /// <summary>The same elements as another type; floating point is cut towards zero on the way to integers. Returns this tensor where it is of the type already.</summary>
    public Tensor Cast(ElementType type) => type == Type ? this : Graph.Apply1(Operator.Cast, new() { { "to", Onnx.OnnxElementTypes.Number(type) } }, this);
}

internal static class ComparisonRules
{
    public static TensorFacts[] Compare(NodeDraft node)
    {
        node.RequireSameType(0, 1);
        return [new(ElementType.Boolean, node.Broadcast(node[0].Shape, node[1].Shape))];
    }

    public static TensorFacts[] Logic(NodeDraft node)
    {
        for (var index = 0; index < node.InputCount; index++)
        {
            node.Require(node[index].Type == ElementType.Boolean, $"input {index} must be truth values");
        }
        return [new(ElementType.Boolean, node.Broadcast(Enumerable.Range(0, node.InputCount).Select(index => node[index].Shape)))];
    }

    public static TensorFacts[] Where(NodeDraft node)
    {
        node.Require(node[0].Type == ElementType.Boolean, "input 0 must be truth values");
        node.RequireSameType(1, 2);
        return [new(node[1].Type, node.Broadcast(node[0].Shape, node[1].Shape, node[2].Shape))];
    }

    public static TensorFacts[] Cast(NodeDraft node)
    {
        if (!Onnx.OnnxElementTypes.TryGet(node.Attributes.Integer("to", 0), out var type)) throw node.Error("the wanted element type is not one of ours");
        return [new(type, node[0].Shape, type is ElementType.Int32 or ElementType.Int64 ? node[0].Lengths : null)];
    }
}
