namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>For each wanted output pixel along one side: the input pixels it is made of, and their weights in 22-bit fixed point.</summary>
/// <remarks>Step by step PIL's <c>precompute_coeffs</c> and <c>normalize_coeffs_8bpc</c>, in double precision and the same order.</remarks>
internal sealed class ResamplingWeights
{
    /// <summary>Weights are integers of 1 / 2^22: 32 bits less 8 of a pixel and 2 for overshoot.</summary>
    public const int FractionBits = 22;

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _weights;
    private readonly int _stride;

    private ResamplingWeights(int outputCount, int stride)
    {
        (_starts, _counts, _weights, _stride) = (new int[outputCount], new int[outputCount], new int[outputCount * stride], stride);
    }

    /// <summary>Input pixels that any output needs: first, and the one after the last.</summary>
    public (int First, int End) InputRange { get; private set; }

    /// <summary>Computes outputs <paramref name="firstOutput"/> and following of a side resized from <paramref name="inputSize"/> to <paramref name="outputSize"/>.</summary>
    public static ResamplingWeights Compute(int inputSize, long outputSize, long firstOutput, int outputCount, Resampling resampling)
    {
        double scale = (double)inputSize / outputSize;
        double filterScale = Math.Max(scale, 1.0);
        double support = Support(resampling) * filterScale;
        double inverse = 1.0 / filterScale;
        int stride = ((int)Math.Ceiling(support) * 2) + 1;
        ResamplingWeights result = new(outputCount, stride);
        double[] exact = new double[stride];
        (int lowest, int highest) = (inputSize, 0);
        for (int output = 0; output < outputCount; output++)
        {
            double center = (firstOutput + output + 0.5) * scale;
            int start = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), inputSize) - start;
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                exact[i] = Filter((i + start - center + 0.5) * inverse, resampling);
                sum += exact[i];
            }

            for (int i = 0; i < count; i++)
            {
                double weight = sum != 0 ? exact[i] / sum : exact[i];
                result._weights[(output * stride) + i] = (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << FractionBits)));
            }

            (result._starts[output], result._counts[output]) = (start, count);
            (lowest, highest) = (Math.Min(lowest, start), Math.Max(highest, start + count));
        }

        result.InputRange = (lowest, highest);
        return result;
    }

    /// <summary>First input pixel of an output.</summary>
    public int Start(int output) => _starts[output];

    /// <summary>Weights of the input pixels from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<int> Of(int output) => _weights.AsSpan(output * _stride, _counts[output]);

    private static double Support(Resampling resampling) => resampling == Resampling.Bicubic ? 2.0 : 1.0;

    private static double Filter(double x, Resampling resampling)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return resampling == Resampling.Bilinear
            ? (x < 1.0 ? 1.0 - x : 0.0)
            : x < 1.0 ? ((((A + 2.0) * x) - (A + 3.0)) * x * x) + 1
            : x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * A
            : 0.0;
    }
}
