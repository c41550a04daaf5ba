using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>A loaded graph over two images.</summary>
internal sealed class PairSession : IDisposable
{
    private const int LargestSide = 4096;
    private readonly ProbeSession _graph;
    private readonly string _name;

    /// <summary>Loads a graph and finds out what it takes.</summary>
    /// <exception cref="KarlFormatException">It is not over two images.</exception>
    public PairSession(byte[] model, string name, int? threads)
    {
        _name = name;
        _graph = new ProbeSession(model, name, threads);
        string[] problems = [.. Problems()];
        if (problems.Length > 0)
        {
            _graph.Dispose();
            throw new KarlFormatException($"{name}: {string.Join(" ", problems)}");
        }

        int[] shape = Session.InputMetadata[Session.InputNames[0]].Dimensions;
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
        using OrtValue one = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, first, [count, RgbImage.Channels, height, width]);
        using OrtValue other = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, second, [count, RgbImage.Channels, height, width]);
        string output = Session.OutputNames[0];
        using OrtValue found = _graph.Run(new() { [Session.InputNames[0]] = one, [Session.InputNames[1]] = other }, [output], cancellationToken)[output];
        ReadOnlySpan<float> values = found.GetTensorDataAsSpan<float>();
        if (values.Length != count)
        {
            throw new InvalidOperationException($"{_name} gave {values.Length} numbers for {count} pairs of images; one a pair was expected.");
        }

        for (int index = 0; index < count; index++)
        {
            results[index] = values[index];
        }
    }

    private InferenceSession Session => _graph.Session;

    public void Dispose() => _graph.Dispose();

    private IEnumerable<string> Problems()
    {
        if (Session.InputNames.Count != 2)
        {
            yield return $"it takes {Session.InputNames.Count} inputs ({string.Join(", ", Session.InputNames)}); two images were expected.";
            yield break;
        }

        int[][] shapes = [.. Session.InputNames.Select(name => Session.InputMetadata[name]).Where(IsImage).Select(input => input.Dimensions)];
        if (shapes.Length != 2 || !shapes[0].SequenceEqual(shapes[1]))
        {
            yield return $"it takes {string.Join(" and ", Session.InputNames.Select(Describe))}; two images of float32 [batch, 3, height, width] and one size were expected.";
        }
        else if (shapes[0][0] > 1)
        {
            yield return $"it takes {shapes[0][0]} pairs at a time; one, or any number, was expected.";
        }

        if (Session.OutputMetadata[Session.OutputNames[0]] is not { IsTensor: true, ElementDataType: TensorElementType.Float })
        {
            yield return $"its output '{Session.OutputNames[0]}' is not of float32.";
        }
    }

    private string Describe(string name) => $"'{name}' [{string.Join(", ", Session.InputMetadata[name].Dimensions.Select(length => length < 0 ? "any" : length.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";

    private static bool IsImage(NodeMetadata input) =>
        input is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions: [_, RgbImage.Channels or < 0, <= LargestSide, <= LargestSide] };

    private static int? Fixed(int length) => length > 0 ? length : null;
}
