using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Karl.Tokenizers.Sessions;

/// <summary>Where graphs run: <c>cpu</c>, <c>cuda</c> (the first GPU) or <c>cuda:n</c>.</summary>
public readonly record struct TokenizerDevice
{
    private const string CudaName = "cuda";
    private const int LargestIndex = 255;

    private TokenizerDevice(int cudaIndexPlusOne) => CudaIndexPlusOne = cudaIndexPlusOne;

    /// <summary>The processor; the default.</summary>
    public static TokenizerDevice Cpu => default;

    /// <summary>Whether this is a GPU.</summary>
    public bool IsCuda => CudaIndexPlusOne > 0;

    /// <summary>Number of the GPU, from 0; 0 for the processor as well.</summary>
    public int Index => Math.Max(0, CudaIndexPlusOne - 1);

    private int CudaIndexPlusOne { get; }

    /// <summary>An NVIDIA GPU, numbered from 0 as CUDA numbers them.</summary>
    public static TokenizerDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, LargestIndex);
        return new TokenizerDevice(index + 1);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; upper and lower case are the same.</summary>
    /// <exception cref="FormatException">It is none of <c>cpu</c>, <c>cuda</c>, <c>cuda:0</c> to <c>cuda:255</c>.</exception>
    public static TokenizerDevice Parse(string text) =>
        TryParse(text, out TokenizerDevice device)
            ? device
            : throw new FormatException($"'{text}' is not a device; cpu, cuda or cuda:n with n from 0 to {LargestIndex} was expected.");

    /// <summary>Reads what <see cref="ToString"/> writes, or says that it cannot.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenizerDevice device)
    {
        device = Cpu;
        if (string.Equals(text, "cpu", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (string.Equals(text, CudaName, StringComparison.OrdinalIgnoreCase))
        {
            device = Cuda();
            return true;
        }

        if (text is null
            || !text.StartsWith(CudaName + ":", StringComparison.OrdinalIgnoreCase)
            || !int.TryParse(text.AsSpan(CudaName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || index > LargestIndex)
        {
            return false;
        }

        device = Cuda(index);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"{CudaName}:{Index}") : "cpu";
}
