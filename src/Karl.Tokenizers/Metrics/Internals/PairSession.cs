using Karl.Tokenizers.Imaging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>A loaded graph over two images.</summary>
internal sealed class PairSession : IDisposable
{
    private const int LargestSide = 4096;
    private readonly InferenceSession _session;
    private readonly string _name;

    /// <summary>Loads a graph and finds out what it takes.</summary>
    /// <exception cref="KarlFormatException">It is not over two images.</exception>
    public PairSession(byte[] model, string name, int? threads)
    {
        _name = name;
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is int count)
        {
            options.IntraOpNumThreads = count;
        }

        try
        {
            _session = new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new KarlFormatException($"{name} cannot be loaded: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        string[] problems = [.. Problems()];
        if (problems.Length > 0)
        {
            _session.Dispose();
            throw new KarlFormatException($"{name}: {string.Join(" ", problems)}");
        }

        int[] shape = _session.InputMetadata[_session.InputNames[0]].Dimensions;
        (FixedBatch, Height, Width) = (Fixed(shape[0]), Fixed(shape[2]), Fixed(shape[3]));
    }

    /// <summary>Pairs that the graph takes at a time; null where it takes any number.</summary>
    public int? FixedBatch { get; }

    /// <summary>Height of its images; null where it takes any.</summary>
    public int? Height { get; }

    /// <summary>Width of its images; null where it takes any.</summary>
    public int? Width { get; }

    /// <summary>Runs the graph once.</summary>
    public void Run(Memory<float> first, Memory<float> second, int count, int height, int width, Span<double> results, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using OrtValue one = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, first, [count, RgbImage.Channels, height, width]);
        using OrtValue other = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, second, [count, RgbImage.Channels, height, width]);
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, _session.InputNames, [one, other], [_session.OutputNames[0]]);
            ReadOnlySpan<float> values = outputs[0].GetTensorDataAsSpan<float>();
            if (values.Length != count)
            {
                throw new InvalidOperationException($"{_name} gave {values.Length} numbers for {count} pairs of images; one a pair was expected.");
            }

            for (int index = 0; index < count; index++)
            {
                results[index] = values[index];
            }
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{_name} failed while running: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    public void Dispose() => _session.Dispose();

    private IEnumerable<string> Problems()
    {
        if (_session.InputNames.Count != 2)
        {
            yield return $"it takes {_session.InputNames.Count} inputs ({string.Join(", ", _session.InputNames)}); two images were expected.";
            yield break;
        }

        int[][] shapes = [.. _session.InputNames.Select(name => _session.InputMetadata[name]).Where(IsImage).Select(input => input.Dimensions)];
        if (shapes.Length != 2 || !shapes[0].SequenceEqual(shapes[1]))
        {
            yield return $"it takes {string.Join(" and ", _session.InputNames.Select(Describe))}; two images of float32 [batch, 3, height, width] and one size were expected.";
        }
        else if (shapes[0][0] > 1)
        {
            yield return $"it takes {shapes[0][0]} pairs at a time; one, or any number, was expected.";
        }

        if (_session.OutputMetadata[_session.OutputNames[0]] is not { IsTensor: true, ElementDataType: TensorElementType.Float })
        {
            yield return $"its output '{_session.OutputNames[0]}' is not of float32.";
        }
    }

    private string Describe(string name) => $"'{name}' [{string.Join(", ", _session.InputMetadata[name].Dimensions.Select(length => length < 0 ? "any" : length.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";

    private static bool IsImage(NodeMetadata input) =>
        input is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions: [_, RgbImage.Channels or < 0, <= LargestSide, <= LargestSide] };

    private static int? Fixed(int length) => length > 0 ? length : null;
}
