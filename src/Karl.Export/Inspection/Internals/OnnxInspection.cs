using Karl.Graphs.Onnx;
using Karl.Tokenizers;

namespace Karl.Export.Inspection.Internals;

/// <summary>An ONNX model, whatever operators it has.</summary>
internal static class OnnxInspection
{
    private const int LastField = 25;

    /// <summary>Whether a file begins as protocol buffers of a model can: with a field of ONNX's <c>ModelProto</c> and its kind of content.</summary>
    public static bool MayBe(ReadOnlySpan<byte> head) =>
        head.Length > 1 && head[0] < 0x80 && (head[0] >> 3) is >= 1 and <= LastField && (head[0] & 7) == (head[0] >> 3 is 1 or 5 ? 0 : 2);

    /// <summary>Looks through a file.</summary>
    public static InspectionReport Inspect(string path, bool listTensors)
    {
        var name = Path.GetFileName(path);
        ReadOnlyMemory<byte> bytes = ReadAll(path, name);
        var summary = Summarize(bytes, $"'{name}'");
        return new InspectionReport(
            name,
            "ONNX model",
            [
                Table.Facts(
                    "Model",
                    ("format", $"ONNX {summary.FileFormat}, {Table.Size(summary.FileBytes)}"),
                    ("producer", $"{summary.ProducerName} {summary.ProducerVersion}".Trim()),
                    ("operator sets", string.Join(", ", summary.OperatorSets.Select(set => $"{(set.Key.Length > 0 ? set.Key : "ai.onnx")} {set.Value}"))),
                    ("weights", $"{Table.Count(summary.WeightCount)} with {Table.Count(summary.ParameterCount)} parameters, {Table.Size(summary.ParameterBytes)}{(summary.HasExternalData ? ", partly in other files" : string.Empty)}"),
                    ("nodes", Table.Count(summary.NodeCount))),
                Table.Of("Inputs and outputs", ["", "name", "type", "shape"], Values(summary)),
                Table.Of("Operators", ["operator", "nodes"], summary.Operators.Select(entry => (string[])[entry.Key, Table.Count(entry.Value)])),
                .. summary.Metadata.Count == 0 ? [] : new[] { Table.Facts("Metadata", [.. summary.Metadata.Select(entry => (entry.Key, entry.Value))]) },
                .. listTensors ? new[] { Tensors("Weights", bytes, $"'{name}'") } : [],
            ]);
    }

    /// <summary>The summary of a model; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="KarlFormatException">It is no ONNX model, or is damaged.</exception>
    public static OnnxSummary Summarize(ReadOnlyMemory<byte> model, string name)
    {
        try
        {
            return OnnxSummary.Read(model);
        }
        catch (OnnxFormatException exception)
        {
            throw new KarlFormatException($"{name} is no ONNX model that can be shown: {exception.Message}", exception);
        }
    }

    /// <summary>Rows of inputs and outputs: which, name, type, shape.</summary>
    public static IEnumerable<string[]> Values(OnnxSummary summary) =>
    [
        .. summary.Inputs.Select(value => (string[])["input", value.Name, value.Type, value.Shape]),
        .. summary.Outputs.Select(value => (string[])["output", value.Name, value.Type, value.Shape]),
    ];

    /// <summary>Every weight with type and shape; only of models that consist of our own operators.</summary>
    /// <exception cref="KarlFormatException">It has others.</exception>
    public static InspectionTable Tensors(string title, ReadOnlyMemory<byte> model, string name)
    {
        try
        {
            return Table.Of(title, ["name", "type", "shape"], OnnxReader.Read(model).Graph.Parameters.Select(weight => (string[])[weight.Name, weight.Type.ToString().ToLowerInvariant(), weight.Shape.ToString()]));
        }
        catch (OnnxFormatException exception)
        {
            throw new KarlFormatException($"The weights of {name} cannot be listed: {exception.Message}", exception);
        }
    }

    private static byte[] ReadAll(string path, string name)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > Array.MaxLength)
        {
            throw new KarlFormatException($"'{name}' has {stream.Length} bytes; an ONNX model in one file has at most {Array.MaxLength}.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }
}
