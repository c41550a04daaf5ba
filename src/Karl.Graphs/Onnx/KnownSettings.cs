namespace Karl.Graphs.Onnx;

/// <summary>
/// The attributes that each operator is understood with. A file that sets another one asks for something
/// else than our shape rules say, so it is refused.
/// </summary>
internal static class KnownSettings
{
    /// <summary>Attributes that are understood only where they change nothing.</summary>
    private static readonly Dictionary<string, long> Neutral = new(StringComparer.Ordinal)
    {
        ["ceil_mode"] = 0,
        ["storage_order"] = 0,
        ["select_last_index"] = 0,
        ["saturate"] = 1,
        ["stash_type"] = 1,
        ["antialias"] = 0,
        ["exclude_outside"] = 0,
        ["block_size"] = 0,
        ["unidirectional"] = 0,
        ["start"] = 0,
    };

    public static void Check(OnnxNode node, Operator @operator, string name, object value)
    {
        if (Of(@operator).Split(' ').Contains(name)) return;
        if (Neutral.TryGetValue(name, out var neutral) && value is long number && number == neutral) return;
        throw node.Error($"attribute '{name}' = {value} is not understood; wanted {(Of(@operator).Length > 0 ? $"only {Of(@operator).Replace(" ", ", ", StringComparison.Ordinal)}" : "none")}.");
    }

    private static string Of(Operator @operator) => @operator switch
    {
        Operator.Gelu => "approximate",
        Operator.Softmax or Operator.LogSoftmax or Operator.Concat or Operator.Gather or Operator.GatherElements or Operator.OneHot => "axis",
        Operator.ScatterElements => "axis reduction",
        Operator.QuantizeLinear or Operator.DequantizeLinear => "axis",
        Operator.Cast => "to",
        Operator.Gemm => "alpha beta transA transB",
        Operator.UnblockChannels => "channels",
        Operator.Convolution or Operator.BlockedConvolution => "auto_pad dilations group kernel_shape pads strides",
        Operator.ConvolutionTranspose => "auto_pad dilations group kernel_shape output_padding pads strides",
        Operator.AveragePool => "auto_pad count_include_pad dilations kernel_shape pads strides",
        Operator.MaxPool => "auto_pad dilations kernel_shape pads strides",
        Operator.Resize => "coordinate_transformation_mode cubic_coeff_a extrapolation_value mode nearest_mode",
        Operator.DepthToSpace => "blocksize mode",
        Operator.SpaceToDepth => "blocksize",
        Operator.LayerNormalization => "axis epsilon",
        Operator.InstanceNormalization => "epsilon",
        Operator.ReduceSum or Operator.ReduceSumSquare or Operator.ReduceMean or Operator.ReduceMax or Operator.ReduceMin => "axes keepdims noop_with_empty_axes",
        Operator.ArgMax or Operator.ArgMin => "axis keepdims",
        Operator.CumSum => "exclusive reverse",
        Operator.TopK => "axis largest sorted",
        Operator.Reshape => "allowzero",
        Operator.Transpose => "perm",
        Operator.Split => "axis num_outputs",
        Operator.Pad => "mode",
        Operator.Attention => "num_heads scale",
        Operator.MatMulNBits => "K N accuracy_level bits block_size",
        _ => "",
    };
}
