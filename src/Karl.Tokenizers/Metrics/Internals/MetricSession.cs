using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>A loaded graph over two images, which compares them, or over one, of which it gives features.</summary>
internal sealed class MetricSession : IDisposable
{
    private const int LargestSide = 4096;
    private readonly ProbeSession _graph;
    private readonly string _name;

    /// <summary>Loads a graph and finds out what it takes.</summary>
    /// <exception cref="KarlFormatException">It is neither over one image nor over two.</exception>
    public MetricSession(byte[] model, string name, int? threads)
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

    /// <summary>How many images it looks at together: 1 or 2.</summary>
    public int ImageCount => Session.InputNames.Count;

    /// <summary>Pairs, or images, that the graph takes at a time; null where it takes any number.</summary>
    public int? FixedBatch { get; }

    /// <summary>Height of its images; null where it takes any.</summary>
    public int? Height { get; }

    /// <summary>Width of its images; null where it takes any.</summary>
    public int? Width { get; }

    /// <summary>Runs the graph once.</summary>
    /// <param name="inputs">The pixels of each of <see cref="ImageCount"/>.</param>
    /// <param name="count">How many pairs, or images.</param>
    /// <param name="height">Height of each image.</param>
    /// <param name="width">Width of each image.</param>
    /// <param name="cancellationToken">Stops, also in the middle of the run.</param>
    /// <returns>As many numbers for each pair or image, one pair or image after the other.</returns>
    public float[] Run(Memory<float>[] inputs, int count, int height, int width, CancellationToken cancellationToken)
    {
        Dictionary<string, OrtValue> values = [];
        try
        {
            for (int index = 0; index < inputs.Length; index++)
            {
                values.Add(Session.InputNames[index], OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, inputs[index], [count, RgbImage.Channels, height, width]));
            }

            string output = Session.OutputNames[0];
            using OrtValue found = _graph.Run(values, [output], cancellationToken)[output];
            float[] numbers = found.GetTensorDataAsSpan<float>().ToArray();
            return numbers.Length > 0 && numbers.Length % count == 0
                ? numbers
                : throw new InvalidOperationException($"{_name} gave {numbers.Length} numbers for {count} {(ImageCount == 1 ? "images" : "pairs of images")}; as many for each were expected.");
        }
        finally
        {
            foreach (OrtValue value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    private InferenceSession Session => _graph.Session;

    public void Dispose() => _graph.Dispose();

    private IEnumerable<string> Problems()
    {
        if (Session.InputNames.Count is not (1 or 2))
        {
            yield return $"it takes {Session.InputNames.Count} inputs ({string.Join(", ", Session.InputNames)}); two images, or one for features, were expected.";
            yield break;
        }

        int[][] shapes = [.. Session.InputNames.Select(name => Session.InputMetadata[name]).Where(IsImage).Select(input => input.Dimensions)];
        if (shapes.Length != Session.InputNames.Count || !shapes[0].SequenceEqual(shapes[^1]))
        {
            yield return $"it takes {string.Join(" and ", Session.InputNames.Select(Describe))}; images of float32 [batch, 3, height, width] and one size were expected.";
        }
        else if (shapes[0][0] > 1)
        {
            yield return $"it takes {shapes[0][0]} {(shapes.Length == 1 ? "images" : "pairs")} at a time; one, or any number, was expected.";
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
