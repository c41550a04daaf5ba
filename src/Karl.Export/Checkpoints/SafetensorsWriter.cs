using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karl.Export.Checkpoints.Internals;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Checkpoints;

/// <summary>Writes safetensors files tensor by tensor. The same tensors give the same bytes, whatever their order.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file, through a temporary one beside it, which is deleted if anything fails.</summary>
    /// <inheritdoc cref="Write(Stream, IEnumerable{SafetensorsTensor}, IReadOnlyDictionary{string, string}?, CancellationToken)"/>
    public static void Write(
        string path, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var temporary = path + ".partial";
        try
        {
            using (var stream = File.Create(temporary))
            {
                Write(stream, tensors, metadata, cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes into a stream: widest elements first, then by name, as the format's own library does, so that every tensor is aligned.</summary>
    /// <exception cref="ArgumentException">A name is there twice or reserved, or a tensor gives another number of bytes than its shape takes.</exception>
    public static void Write(
        Stream stream, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        SafetensorsTensor[] ordered = [.. tensors.OrderByDescending(static tensor => tensor.Type.SizeInBytes()).ThenBy(static tensor => tensor.Name, StringComparer.Ordinal)];
        CheckNames(ordered);
        WriteHeader(stream, ordered, metadata);
        foreach (var tensor in ordered)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = tensor.ReadBytes();
            if (bytes.Length != Length(tensor))
            {
                throw new ArgumentException($"'{tensor.Name}' {tensor.Type} {ArrayShape.Print([.. tensor.Shape])} takes {Length(tensor)} bytes, but gave {bytes.Length}.", nameof(tensors));
            }

            stream.Write(bytes.Span);
        }
    }

    private static void CheckNames(SafetensorsTensor[] tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (tensor.Name == "__metadata__" || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name '{tensor.Name}' is there twice or is reserved by the format.", nameof(tensors));
            }
        }
    }

    private static void WriteHeader(Stream stream, SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var position = 0L;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", SafetensorsTypes.Name(tensor.Type));
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [position, position += Length(tensor)]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        if (buffer.WrittenCount > SafetensorsReader.MaximumHeaderLength)
        {
            throw new ArgumentException($"The header would take {buffer.WrittenCount} bytes; the format allows {SafetensorsReader.MaximumHeaderLength}.", nameof(tensors));
        }

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, buffer.WrittenCount);
        stream.Write(length);
        stream.Write(buffer.WrittenSpan);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static long Length(SafetensorsTensor tensor)
        => ArrayShape.TryCountElements([.. tensor.Shape], out var count) && count <= long.MaxValue / 8
            ? count * tensor.Type.SizeInBytes()
            : throw new ArgumentException($"'{tensor.Name}' has the impossible shape {ArrayShape.Print([.. tensor.Shape])}.", nameof(tensor));
}
