namespace Karl.Graphs.Onnx;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Graph">The network; its weights and constants have their values as views of the memory that was read.</param>
/// <param name="ProducerName">Who made the file; empty where it does not say.</param>
/// <param name="ProducerVersion">Which version of it; empty where it does not say.</param>
/// <param name="Metadata">Facts by name.</param>
/// <param name="OperatorSets">The version of each set of operators by domain; ONNX's own is the empty text.</param>
public sealed record OnnxFile(
    Graph Graph,
    string ProducerName,
    string ProducerVersion,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, long> OperatorSets)
{
    /// <summary>What makes <see cref="OnnxWriter"/> write the same producer and metadata again.</summary>
    public OnnxWriteOptions WriteOptions => new() { ProducerName = ProducerName, ProducerVersion = ProducerVersion, Metadata = Metadata };
}
