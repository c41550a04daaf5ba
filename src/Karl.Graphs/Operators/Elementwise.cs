using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>Sum, element by element; axes of length 1 stretch.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => left.With(Operator.Add, right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, double right) => left + left.Like(right);

    /// <summary>Adds every element to a number.</summary>
    public static Tensor operator +(double left, Tensor right) => right.Like(left) + right;

    /// <summary>Difference, element by element; axes of length 1 stretch.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => left.With(Operator.Subtract, right);

    /// <summary>Takes a number from every element.</summary>
    public static Tensor operator -(Tensor left, double right) => left - left.Like(right);

    /// <summary>Takes every element from a number.</summary>
    public static Tensor operator -(double left, Tensor right) => right.Like(left) - right;

    /// <summary>Product, element by element; axes of length 1 stretch.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => left.With(Operator.Multiply, right);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor left, double right) => left * left.Like(right);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(double left, Tensor right) => right.Like(left) * right;

    /// <summary>Quotient, element by element; axes of length 1 stretch. Integers are cut towards zero.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => left.With(Operator.Divide, right);

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor left, double right) => left / left.Like(right);

    /// <summary>Divides a number by every element.</summary>
    public static Tensor operator /(double left, Tensor right) => right.Like(left) / right;

    /// <summary>The negative of every element.</summary>
    public static Tensor operator -(Tensor value) => value.Negate();

    /// <summary>The negative of every element.</summary>
    public Tensor Negate() => Alone(Operator.Negate);

    /// <summary>The size of every element without its sign.</summary>
    public Tensor Abs() => Alone(Operator.Abs);

    /// <summary>1, 0 or -1: the sign of every element.</summary>
    public Tensor Sign() => Alone(Operator.Sign);

    /// <summary>The square root of every element.</summary>
    public Tensor Sqrt() => Alone(Operator.Sqrt);

    /// <summary>e to the power of every element.</summary>
    public Tensor Exp() => Alone(Operator.Exp);

    /// <summary>The natural logarithm of every element.</summary>
    public Tensor Log() => Alone(Operator.Log);

    /// <summary>One divided by every element.</summary>
    public Tensor Reciprocal() => Alone(Operator.Reciprocal);

    /// <summary>Every element rounded down.</summary>
    public Tensor Floor() => Alone(Operator.Floor);

    /// <summary>Every element rounded to the nearest whole number, halves to even.</summary>
    public Tensor Round() => Alone(Operator.Round);

    /// <summary>The error function of every element.</summary>
    public Tensor Erf() => Alone(Operator.Erf);

    /// <summary>Every element to the power of another; axes of length 1 stretch.</summary>
    public Tensor Pow(Tensor exponent) => With(Operator.Pow, exponent);

    /// <summary>Every element to a power.</summary>
    public Tensor Pow(double exponent) => Pow(Like(exponent));

    /// <summary>The lesser of two, element by element; axes of length 1 stretch.</summary>
    public Tensor Min(Tensor other) => With(Operator.Min, other);

    /// <summary>The lesser of every element and a number.</summary>
    public Tensor Min(double other) => Min(Like(other));

    /// <summary>The greater of two, element by element; axes of length 1 stretch.</summary>
    public Tensor Max(Tensor other) => With(Operator.Max, other);

    /// <summary>The greater of every element and a number.</summary>
    public Tensor Max(double other) => Max(Like(other));

    /// <summary>Every element held between two numbers; null leaves a side open.</summary>
    public Tensor Clip(double? minimum, double? maximum) => Graph.Apply1(
        Operator.Clip, null, this, minimum is { } low ? Like(low) : null, maximum is { } high ? Like(high) : null);

    /// <summary>A number of this tensor's element type, without axes.</summary>
    public Tensor Like(double value) => Graph.Scalar(value, Type);

    private Tensor Alone(Operator @operator) => Graph.Apply1(@operator, null, this);

    private Tensor With(Operator @operator, Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Graph.Apply1(@operator, null, this, other);
    }
}

internal static class ElementwiseRules
{
    public static TensorFacts[] Binary(NodeDraft node)
    {
        node.RequireSameType(0, 1);
        node.Require(node[0].Type != ElementType.Boolean, "truth values have no arithmetic; cast them");
        return [new(node[0].Type, node.Broadcast(node[0].Shape, node[1].Shape), Lengths(node))];
    }

    public static TensorFacts[] Power(NodeDraft node)
    {
        node.Require(node[0].Type != ElementType.Boolean && node[1].Type != ElementType.Boolean, "truth values have no arithmetic; cast them");
        return [new(node[0].Type, node.Broadcast(node[0].Shape, node[1].Shape))];
    }

    public static TensorFacts[] Unary(NodeDraft node)
    {
        node.Require(node[0].Type != ElementType.Boolean, "truth values have no arithmetic; cast them");
        return [new(node[0].Type, node[0].Shape)];
    }

    public static TensorFacts[] FloatingUnary(NodeDraft node)
    {
        node.RequireFloating(0);
        return [new(node[0].Type, node[0].Shape)];
    }

    public static TensorFacts[] Clip(NodeDraft node)
    {
        for (var bound = 1; bound < node.InputCount; bound++)
        {
            if (node.Optional(bound) is null) continue;
            node.RequireSameType(0, bound);
            node.RequireRank(bound, 0, "a single number");
        }
        return [new(node[0].Type, node[0].Shape)];
    }

    /// <summary>Arithmetic on lengths, so that shapes computed inside a graph stay known.</summary>
    private static Dimension[]? Lengths(NodeDraft node)
    {
        if (node[0].Lengths is not { } left || node[1].Lengths is not { } right) return null;
        if (left.Count != right.Count && left.Count != 1 && right.Count != 1) return null;
        var results = new List<Dimension>();
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (a, b) = (left[left.Count == 1 ? 0 : i], right[right.Count == 1 ? 0 : i]);
            Dimension? result = node.Operator switch
            {
                Operator.Add => a + b,
                Operator.Subtract => a - b,
                Operator.Multiply => a * b,
                Operator.Divide when a.IsFixed && b.IsFixed && b.Value != 0 => a.Value / b.Value,
                Operator.Divide when b.IsFixed && b.Value > 0 => a.FloorDivide(b.Value),
                _ => null,
            };
            if (result is null) return null;
            results.Add(result);
        }
        return [.. results];
    }
}
