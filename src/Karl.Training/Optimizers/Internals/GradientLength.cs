using Karl.Graphs;

namespace Karl.Training.Optimizers.Internals;

/// <summary>The length of all gradients together.</summary>
internal static class GradientLength
{
    /// <summary>
    /// The root of the sum of all squares. ONNX Runtime adds up one number after the other, which in float32 loses digits over millions of them, so rows are added
    /// up in float32 and everything else in float64.
    /// </summary>
    public static Tensor Of(IReadOnlyList<Tensor> gradients)
    {
        List<Tensor> squares = [.. gradients.Where(gradient => gradient.Rank > 1).Select(gradient => gradient.ReduceSumSquare([-1]).Reshape(-1))];
        Tensor[] rows = [.. gradients.Where(gradient => gradient.Rank < 2).Select(gradient => gradient.Rank == 1 ? gradient : gradient.Reshape(1))];
        if (rows.Length > 0)
        {
            var row = rows.Length == 1 ? rows[0] : Tensor.Concat(0, rows);
            squares.Add(row * row);
        }
        return (squares.Count == 1 ? squares[0] : Tensor.Concat(0, [.. squares])).Cast(ElementType.Float64).ReduceSum().Sqrt().Cast(ElementType.Float32);
    }
}
