namespace Karl.Graphs.Internals;

/// <summary>Which rule says what an operator's outputs are.</summary>
internal static class ShapeRules
{
    public static TensorFacts[] Infer(NodeDraft node)
    {
        InputCounts.Check(node);
        try
        {
            return Rule(node);
        }
        catch (Exception error) when (error is OverflowException || (error is ArgumentException && !node.IsNamedIn(error)))
        {
            throw node.Error(error.Message.TrimEnd('.'), error);
        }
    }

    private static TensorFacts[] Rule(NodeDraft node) => node.Operator switch
    {
        Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide or Operator.Min or Operator.Max => ElementwiseRules.Binary(node),
        Operator.Pow => ElementwiseRules.Power(node),
        Operator.Negate or Operator.Abs or Operator.Sign => ElementwiseRules.Unary(node),
        Operator.Sqrt or Operator.Exp or Operator.Log or Operator.Reciprocal or Operator.Floor or Operator.Round or Operator.Erf => ElementwiseRules.FloatingUnary(node),
        Operator.Clip => ElementwiseRules.Clip(node),
        Operator.Tanh or Operator.Sigmoid or Operator.Relu or Operator.Gelu => ElementwiseRules.FloatingUnary(node),
        Operator.Softmax or Operator.LogSoftmax => ActivationRules.AlongAxis(node),
        Operator.Equal or Operator.Greater or Operator.GreaterOrEqual or Operator.Less or Operator.LessOrEqual => ComparisonRules.Compare(node),
        Operator.And or Operator.Or or Operator.Not => ComparisonRules.Logic(node),
        Operator.Where => ComparisonRules.Where(node),
        Operator.Cast => ComparisonRules.Cast(node),
        Operator.MatMul => MatrixProductRules.MatMul(node),
        Operator.Gemm => MatrixProductRules.Gemm(node),
        Operator.Convolution or Operator.BlockedConvolution => ConvolutionRules.Convolution(node),
        Operator.BlockChannels or Operator.UnblockChannels => BlockingRules.Same(node),
        Operator.ConvolutionTranspose => ConvolutionRules.ConvolutionTranspose(node),
        Operator.AveragePool or Operator.MaxPool => PoolingRules.Pool(node),
        Operator.Resize => PoolingRules.Resize(node),
        Operator.DepthToSpace => PoolingRules.DepthToSpace(node),
        Operator.SpaceToDepth => PoolingRules.SpaceToDepth(node),
        Operator.LayerNormalization => NormalizationRules.Layer(node),
        Operator.InstanceNormalization => NormalizationRules.Instance(node),
        Operator.ReduceSum or Operator.ReduceSumSquare or Operator.ReduceMean or Operator.ReduceMax or Operator.ReduceMin => ReductionRules.Reduce(node),
        Operator.ArgMax or Operator.ArgMin => ReductionRules.Place(node),
        Operator.CumSum => ReductionRules.CumSum(node),
        Operator.TopK => ReductionRules.TopK(node),
        Operator.Reshape => ReshapeRules.Reshape(node),
        Operator.Transpose => ReshapeRules.Transpose(node),
        Operator.Concat => JoiningRules.Concat(node),
        Operator.Split => JoiningRules.Split(node),
        Operator.Slice => JoiningRules.Slice(node),
        Operator.Pad => JoiningRules.Pad(node),
        Operator.Expand => ReshapeRules.Expand(node),
        Operator.Squeeze => ReshapeRules.Squeeze(node),
        Operator.Unsqueeze => ReshapeRules.Unsqueeze(node),
        Operator.Tile => ReshapeRules.Tile(node),
        Operator.ShapeOf => ReshapeRules.ShapeOf(node),
        Operator.Range => ReshapeRules.Range(node),
        Operator.Identity or Operator.StopGradient => ReshapeRules.Same(node),
        Operator.StraightThrough => ReshapeRules.StraightThrough(node),
        Operator.Gather => IndexingRules.Gather(node),
        Operator.GatherElements => IndexingRules.GatherElements(node),
        Operator.ScatterElements => IndexingRules.ScatterElements(node),
        Operator.OneHot => IndexingRules.OneHot(node),
        Operator.Attention => AttentionRules.Attention(node),
        Operator.QuantizeLinear => QuantizationRules.Quantize(node),
        Operator.DequantizeLinear => QuantizationRules.Dequantize(node),
        Operator.DynamicQuantizeLinear => QuantizationRules.Dynamic(node),
        Operator.MatMulInteger => QuantizationRules.MatMulInteger(node),
        Operator.DynamicQuantizeMatMul => QuantizationRules.DynamicMatMul(node),
        Operator.MatMulNBits => QuantizationRules.MatMulNBits(node),
        _ => throw node.Error("the operator has no shape rule"),
    };
}
