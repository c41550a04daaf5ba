namespace Karl.Graphs.Onnx;

/// <summary>
/// Reads ONNX files back into graphs: whatever <see cref="OnnxWriter"/> writes (writing it again gives the same bytes),
/// and what other exporters write as far as our operators go. Files may come from anywhere: nothing in them is trusted.
/// </summary>
/// <remarks>For a look at files with other operators, see <see cref="OnnxSummary"/>.</remarks>
public static class OnnxReader
{
    /// <summary>Reads a file in memory. Weights and constants are views of this memory, so leave it unchanged while the graph is in use.</summary>
    /// <exception cref="OnnxFormatException">The bytes are not an ONNX model, are damaged, or hold what a <see cref="Graph"/> cannot: other operators, versions or element types, graphs within nodes, functions, sparse weights, values in other files.</exception>
    public static OnnxFile Read(ReadOnlyMemory<byte> file)
    {
        var header = new OnnxHeader(file);
        if (header.Functions.Count > 0) throw new OnnxFormatException($"The model brings {header.Functions.Count} functions of its own; wanted plain operators. Inline them first.");
        var version = header.OperatorSets.GetValueOrDefault("", OperatorTable.OperatorSet);
        if (version is < OperatorTable.OldestOperatorSet or > OperatorTable.NewestOperatorSet)
        {
            throw new OnnxFormatException($"The model uses version {version} of ONNX's operators; wanted {OperatorTable.OldestOperatorSet} to {OperatorTable.NewestOperatorSet}. Convert it to {OperatorTable.OperatorSet} first.");
        }
        return new(new OnnxGraphReader(header).Read(), header.ProducerName, header.ProducerVersion, header.Metadata, header.OperatorSets);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static OnnxFile Read(Stream stream) => Read(ReadAll(stream));

    /// <summary>A stream's bytes up to the 2 GiB at which protocol buffers end.</summary>
    internal static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            var length = stream.Length - stream.Position;
            if (length > Array.MaxLength) throw new OnnxFormatException($"The file takes {length} bytes; wanted at most {Array.MaxLength}, where protocol buffers end.");
            var bytes = new byte[length];
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        using var memory = new MemoryStream();
        var part = new byte[1 << 16];
        for (int count; (count = stream.Read(part)) > 0;)
        {
            if (memory.Length + count > Array.MaxLength) throw new OnnxFormatException($"The stream gives more than {Array.MaxLength} bytes, where protocol buffers end.");
            memory.Write(part, 0, count);
        }
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
