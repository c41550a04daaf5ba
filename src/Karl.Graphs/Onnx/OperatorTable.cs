namespace Karl.Graphs.Onnx;

/// <summary>The ONNX names of our operators: the only place that knows them.</summary>
internal static class OperatorTable
{
    /// <summary>The version of ONNX's own operators that is written.</summary>
    public const long OperatorSet = 21;

    /// <summary>The versions that can be read: since the first, axes are inputs; up to the last, our operators only gained types.</summary>
    public const long OldestOperatorSet = 13, NewestOperatorSet = 23;

    /// <summary>The version of ONNX Runtime's own sets of operators that is written.</summary>
    public const long MicrosoftOperatorSet = 1;

    /// <summary>The version of the file format that goes with <see cref="OperatorSet"/>.</summary>
    public const long FileFormat = 10;

    public const string Microsoft = "com.microsoft", MicrosoftBlocked = "com.microsoft.nchwc";

    private static readonly Dictionary<(string Domain, string Name), Operator> Operators =
        Enum.GetValues<Operator>().Where(value => value is not (Operator.StopGradient or Operator.StraightThrough)).ToDictionary(value => (DomainOf(value), NameOf(value)));

    public static string DomainOf(Operator @operator) => @operator switch
    {
        Operator.Attention or Operator.DynamicQuantizeMatMul or Operator.MatMulNBits => Microsoft,
        Operator.BlockChannels or Operator.UnblockChannels or Operator.BlockedConvolution => MicrosoftBlocked,
        _ => "",
    };

    public static string NameOf(Operator @operator) => @operator switch
    {
        Operator.Subtract => "Sub",
        Operator.Multiply => "Mul",
        Operator.Divide => "Div",
        Operator.Negate => "Neg",
        Operator.Convolution or Operator.BlockedConvolution => "Conv",
        Operator.BlockChannels => "ReorderInput",
        Operator.UnblockChannels => "ReorderOutput",
        Operator.ConvolutionTranspose => "ConvTranspose",
        Operator.ShapeOf => "Shape",
        Operator.StopGradient or Operator.StraightThrough => "Identity",
        Operator.Attention => "MultiHeadAttention",
        _ => @operator.ToString(),
    };

    /// <summary>Our operator of an ONNX name; <c>Identity</c> is read as <see cref="Operator.Identity"/>.</summary>
    public static bool TryGet(string domain, string name, out Operator @operator) =>
        Operators.TryGetValue((Canonical(domain), name), out @operator);

    /// <summary>The one name of a domain that has two.</summary>
    public static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
}
