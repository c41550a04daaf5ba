namespace Karl.Graphs;

/// <summary>What a node does. One shape rule (<c>Operators/</c>) and one ONNX name (<c>Onnx/OperatorTable.cs</c>) stand for each.</summary>
public enum Operator
{
#pragma warning disable CS1591 // The method of the same name on Tensor says what each does.
    Add, Subtract, Multiply, Divide, Pow, Min, Max,
    Negate, Abs, Sign, Sqrt, Exp, Log, Reciprocal, Floor, Round, Erf, Clip,
    Tanh, Sigmoid, Relu, Gelu, Softmax, LogSoftmax,
    Equal, Greater, GreaterOrEqual, Less, LessOrEqual, And, Or, Not, Where, Cast,
    MatMul, Gemm,
    Convolution, ConvolutionTranspose, AveragePool, MaxPool, Resize, DepthToSpace, SpaceToDepth,
    BlockChannels, UnblockChannels, BlockedConvolution,
    LayerNormalization, InstanceNormalization,
    ReduceSum, ReduceSumSquare, ReduceMean, ReduceMax, ReduceMin, ArgMax, ArgMin, CumSum, TopK,
    Reshape, Transpose, Concat, Split, Slice, Pad, Expand, Squeeze, Unsqueeze, Tile, ShapeOf, Range,
    Identity, StopGradient, StraightThrough,
    Gather, GatherElements, ScatterElements, OneHot,
    Attention,
    QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear, MatMulInteger, DynamicQuantizeMatMul, MatMulNBits,
#pragma warning restore CS1591
}
