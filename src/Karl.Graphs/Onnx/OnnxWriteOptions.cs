namespace Karl.Graphs.Onnx;

/// <summary>What is written into an ONNX file beside the graph.</summary>
public sealed record OnnxWriteOptions
{
    /// <summary>Who made the file.</summary>
    public string ProducerName { get; init; } = "karl";

    /// <summary>Which version of it; left out where empty.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>Facts by name, written in ordinal order of the names.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The most bytes that the file may take. Protocol buffers end at 2 GiB, so more cannot be read by anyone.</summary>
    public long MaximumBytes { get; init; } = int.MaxValue;
}
