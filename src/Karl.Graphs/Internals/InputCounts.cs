namespace Karl.Graphs.Internals;

/// <summary>How many inputs each operator takes, the optional ones included.</summary>
internal static class InputCounts
{
    public static void Check(NodeDraft node)
    {
        var (least, most) = Of(node.Operator);
        node.Require(node.InputCount >= least && node.InputCount <= most, $"wanted {least}{(most == least ? "" : most == int.MaxValue ? " or more" : $" to {most}")} inputs, found {node.InputCount}");
        for (var index = 0; index < least; index++) _ = node[index];
    }

    private static (int Least, int Most) Of(Operator @operator) => @operator switch
    {
        Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide or Operator.Pow or Operator.Min or Operator.Max => (2, 2),
        Operator.Equal or Operator.Greater or Operator.GreaterOrEqual or Operator.Less or Operator.LessOrEqual or Operator.And or Operator.Or => (2, 2),
        Operator.MatMul or Operator.Reshape or Operator.Expand or Operator.Unsqueeze or Operator.Tile or Operator.Gather or Operator.GatherElements or Operator.StraightThrough => (2, 2),
        Operator.CumSum or Operator.TopK => (2, 2),
        Operator.Clip or Operator.Resize => (1, 3),
        Operator.Where or Operator.Range or Operator.OneHot or Operator.ScatterElements or Operator.InstanceNormalization or Operator.Attention => (3, 3),
        Operator.Gemm or Operator.Convolution or Operator.BlockedConvolution or Operator.ConvolutionTranspose or Operator.LayerNormalization => (2, 3),
        Operator.QuantizeLinear or Operator.DequantizeLinear => (2, 3),
        Operator.ReduceSum or Operator.ReduceSumSquare or Operator.ReduceMean or Operator.ReduceMax or Operator.ReduceMin or Operator.Split or Operator.Squeeze => (1, 2),
        Operator.Concat => (1, int.MaxValue),
        Operator.Slice => (3, 5),
        Operator.Pad => (2, 3),
        Operator.MatMulInteger => (2, 4),
        Operator.DynamicQuantizeMatMul => (3, 5),
        Operator.MatMulNBits => (3, 4),
        _ => (1, 1),
    };
}
