using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class JoiningGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Concat] = GradientRule.Whole(Concat),
        [Operator.Split] = GradientRule.Whole(node => [Tensor.Concat(node.Axis("axis", 0, node[0].Rank), [.. node.Outputs.Select((_, index) => node.GradientOf(index))])]),
        [Operator.Slice] = GradientRule.PerInput(Slice),
        [Operator.Pad] = GradientRule.PerInput(Pad, (_, _) => null, (gradient, node) => gradient.ReduceSum() - Pad(gradient, node).ReduceSum()),
    };

    /// <summary>To each input its own part.</summary>
    private static List<Tensor?> Concat(GradientStep node)
    {
        var axis = node.Axis("axis", 0, node.Output.Rank);
        var parts = new List<Tensor?>();
        Dimension start = 0;
        for (var index = 0; index < node.Inputs.Count; index++)
        {
            var length = node[index].Shape[axis];
            parts.Add(node.Wants(index) ? node.Gradient.Part(axis, start, length) : null);
            start += length;
        }
        return parts;
    }

    /// <summary>Back to where the elements were cut from, among zeros.</summary>
    private static Tensor Slice(Tensor gradient, GradientStep node)
    {
        var shape = node[0].Shape;
        var (starts, ends) = (node[1].Lengths!, node[2].Lengths!);
        var before = Enumerable.Repeat((Dimension)0, shape.Rank).ToArray();
        var after = before.ToArray();
        for (var index = 0; index < starts.Count; index++)
        {
            var axis = node.Inputs.Count > 3 && node.Inputs[3] is not null ? node.Draft.Axis(node.Draft.Numbers(3, "the axes")[index], shape.Rank) : index;
            var step = node.Inputs.Count > 4 && node.Inputs[4] is not null ? node.Draft.Numbers(4, "the steps")[index] : 1;
            var cut = new AxisCut(node.Draft, shape[axis], starts[index], ends[index], step);
            if (cut.Length == 0) return node[0].Zeros(shape);
            gradient = (step < 0 ? gradient.Slice(axis, -1, null, -1) : gradient).Spaced(axis, Math.Abs(step) - 1);
            before[axis] = step < 0 ? cut.Start - (cut.Length - 1) * -step : cut.Start;
            after[axis] = shape[axis] - before[axis] - gradient.Shape[axis];
        }
        return gradient.Surrounded(before, after);
    }

    private static Tensor Pad(Tensor gradient, GradientStep node)
    {
        var pads = node.Draft.Numbers(1, "the counts");
        for (var axis = 0; axis < gradient.Rank; axis++)
        {
            var (start, end) = (Math.Max(0, pads[axis]), Math.Max(0, pads[axis + gradient.Rank]));
            if (start > 0 || end > 0) gradient = gradient.Slice(axis, start, end > 0 ? -end : null);
        }
        return gradient.Surrounded([.. pads[..gradient.Rank].Select(Cut)], [.. pads[gradient.Rank..].Select(Cut)]);
    }

    /// <summary>How many elements a negative pad cut off.</summary>
    private static Dimension Cut(long pad) => Math.Max(0, -pad);
}
