using System.Globalization;
using System.Text;

namespace Karl.Graphs.Onnx;

/// <summary>One input or output of an ONNX file, as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The element type as printed, for example <c>float32</c>; <c>undefined</c> where it is no tensor.</param>
/// <param name="Shape">The shape as printed, for example <c>[batch, 3, 256, 256]</c>, a length that is not known as <c>?</c>; empty where nothing is said.</param>
public sealed record OnnxValueSummary(string Name, string Type, string Shape)
{
    /// <summary>For example <c>image: float32 [batch, 3, 256, 256]</c>.</summary>
    public override string ToString() => $"{Name}: {Type} {Shape}".TrimEnd();
}

/// <summary>
/// What can be said of any ONNX file, whatever operators and types it has: for tools that show files.
/// Graphs within nodes and functions are counted too. Prints as a few lines of text.
/// </summary>
public sealed record OnnxSummary
{
    internal OnnxSummary()
    {
    }

    /// <summary>The version of the file format.</summary>
    public required long FileFormat { get; init; }

    /// <summary>Who made the file; empty where it does not say.</summary>
    public required string ProducerName { get; init; }

    /// <summary>Which version of it; empty where it does not say.</summary>
    public required string ProducerVersion { get; init; }

    /// <summary>The version of each set of operators by domain; ONNX's own is the empty text.</summary>
    public required IReadOnlyDictionary<string, long> OperatorSets { get; init; }

    /// <summary>Facts by name.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What the caller gives; weights that a file lists among its inputs are left out.</summary>
    public required IReadOnlyList<OnnxValueSummary> Inputs { get; init; }

    /// <summary>What the caller gets.</summary>
    public required IReadOnlyList<OnnxValueSummary> Outputs { get; init; }

    /// <summary>How often each operator occurs, by ONNX name in ordinal order, with its domain where that is not ONNX's own.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>How many weights there are.</summary>
    public required int WeightCount { get; init; }

    /// <summary>How many numbers the weights have together.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>How many bytes the weights take together, wherever they lie.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>Whether values of weights lie in other files.</summary>
    public required bool HasExternalData { get; init; }

    /// <summary>How many bytes the file takes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>How many nodes there are.</summary>
    public int NodeCount => Operators.Values.Sum();

    /// <summary>Looks through a file in memory.</summary>
    /// <exception cref="OnnxFormatException">The bytes are not an ONNX model, or are damaged.</exception>
    public static OnnxSummary Read(ReadOnlyMemory<byte> file) => new OnnxCensus(file).Summary();

    /// <summary>Looks through a stream to its end.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static OnnxSummary Read(Stream stream) => Read(OnnxReader.ReadAll(stream));

    /// <summary>The summary as lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, "format", $"ONNX {FileFormat}, {FileBytes} bytes");
        Line(text, "producer", $"{ProducerName} {ProducerVersion}".Trim());
        Line(text, "operator sets", string.Join(", ", OperatorSets.Select(set => $"{(set.Key.Length > 0 ? set.Key : "ai.onnx")} {set.Value}")));
        foreach (var input in Inputs) Line(text, "input", $"{input}");
        foreach (var output in Outputs) Line(text, "output", $"{output}");
        Line(text, "weights", string.Create(CultureInfo.InvariantCulture, $"{WeightCount} with {ParameterCount} numbers in {ParameterBytes} bytes{(HasExternalData ? ", partly in other files" : "")}"));
        Line(text, "nodes", $"{NodeCount}: {string.Join(", ", Operators.Select(entry => $"{entry.Key} {entry.Value}"))}");
        foreach (var (key, value) in Metadata) Line(text, key, value);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string title, string content) => text.Append($"{title}: {content}".TrimEnd()).Append('\n');
}
