using System.Globalization;

namespace Karl.Tokenizers.Metrics;

/// <summary>How images are given to a <see cref="GraphMetric"/>.</summary>
public sealed record GraphMetricOptions
{
    private const int LargestSize = 4096;

    /// <summary>What black is: 0 for many graphs, -1 for some.</summary>
    public float Least { get; init; }

    /// <summary>What white is; below <see cref="Least"/> is an error.</summary>
    public float Most { get; init; } = 1;

    /// <summary>Height and width that images are brought to, bicubic; null is what the graph's inputs say, else that of the images.</summary>
    public int? Size { get; init; }

    /// <summary>Threads that compute; null is ONNX Runtime's choice.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        List<string> problems = [];
        if (!float.IsFinite(Least) || !float.IsFinite(Most) || Least >= Most)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"A metric's range is {Least} to {Most}; two ascending numbers such as 0 and 1 were expected."));
        }

        if (Size is < 1 or > LargestSize)
        {
            problems.Add($"A metric's size is {Size}; 1 to {LargestSize} pixels were expected.");
        }

        if (Threads is < 1 or > 1024)
        {
            problems.Add($"Threads is {Threads}; 1 to 1024, or null, was expected.");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }
}
