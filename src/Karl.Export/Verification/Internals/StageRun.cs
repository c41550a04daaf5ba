using System.Runtime.InteropServices;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Export.Verification.Internals;

/// <summary>One run of a stage's graph: its outputs by name, and what else quantities are computed from.</summary>
/// <param name="outputs">What the graph gave, with a batch of 1; disposed with this.</param>
/// <param name="manifest">The model.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="state">What is known of the run from earlier stages.</param>
internal sealed class StageRun(Dictionary<string, OrtValue> outputs, BundleManifest manifest, RunSettings settings, RunState state) : IDisposable
{
    private readonly Dictionary<string, Numbers> _numbers = new(StringComparer.Ordinal);

    /// <summary>What was asked for.</summary>
    public RunSettings Settings => settings;

    /// <summary>2D tokens of an image.</summary>
    public int ImageTokens => manifest.ImageTokens;

    /// <summary>Positions of the kept tokens, ascending.</summary>
    public IReadOnlyList<int> Kept => state.Kept;

    /// <summary>The nearest base codes of the image's 2D tokens.</summary>
    public NearestCodes BaseCodes => state.BaseCodes ?? throw new InvalidOperationException("Base codes were not looked for.");

    /// <summary>Whether the graph was run.</summary>
    public bool HasOutputs => outputs.Count > 0;

    /// <summary>Whether the nearest base codes are known.</summary>
    public bool HasBaseCodes => state.BaseCodes is not null;

    /// <summary>1 for each token that stays, 0 for each halted one, <c>[budget]</c>.</summary>
    public Numbers Active
    {
        get
        {
            var probabilities = Numbers(GraphContract.HaltingProbabilities);
            return probabilities with { Values = Array.ConvertAll(probabilities.Values, probability => probability > manifest.HaltingThreshold ? 0.0 : 1.0) };
        }
    }

    /// <summary>Mean absolute difference of the given image and the model's, <c>[1]</c>.</summary>
    public Numbers PixelError
    {
        get
        {
            var image = Numbers(GraphContract.Image).Values;
            var sum = 0.0;
            for (var index = 0; index < image.Length; index++)
            {
                sum += Math.Abs(image[index] - state.Pixels.Span[index]);
            }

            return Internals.Numbers.Row([sum / image.Length]);
        }
    }

    /// <summary>An output without its batch axis.</summary>
    /// <exception cref="KarlFormatException">It is no tensor of numbers with a batch of 1.</exception>
    public Numbers Numbers(string tensor)
    {
        if (!_numbers.TryGetValue(tensor, out var numbers))
        {
            _numbers.Add(tensor, numbers = Read(tensor, outputs[tensor]));
        }

        return numbers;
    }

    public void Dispose()
    {
        foreach (var value in outputs.Values)
        {
            value.Dispose();
        }
    }

    private static Numbers Read(string name, OrtValue value)
    {
        var information = value.GetTensorTypeAndShape();
        var bytes = information.ElementCount == 0 ? [] : value.GetTensorMutableRawData();
        double[]? values = information.ElementDataType switch
        {
            TensorElementType.Float => Convert<float>(bytes, number => number),
            TensorElementType.Float16 => Convert<Half>(bytes, number => (double)number),
            TensorElementType.Double => Convert<double>(bytes, number => number),
            TensorElementType.Int64 => Convert<long>(bytes, number => number),
            _ => null,
        };
        return values is not null && information.Shape is [1, .. var shape]
            ? new Numbers(values, shape)
            : throw new KarlFormatException($"Tensor '{name}' is {information.ElementDataType} [{string.Join(", ", information.Shape)}]; numbers with a batch of 1 were expected.");
    }

    private static double[] Convert<T>(ReadOnlySpan<byte> bytes, Func<T, double> convert)
        where T : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, T>(bytes);
        var to = new double[from.Length];
        for (var index = 0; index < to.Length; index++)
        {
            to[index] = convert(from[index]);
        }

        return to;
    }
}
