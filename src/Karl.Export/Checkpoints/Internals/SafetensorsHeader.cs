using System.Text.Json;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>One tensor as a safetensors header declares it; places count bytes from the end of the header.</summary>
internal sealed record SafetensorsTensorHeader(string Name, ArrayElementType Type, long[] Shape, long Begin, long End);

/// <summary>The JSON header of a safetensors file, read token by token: no duplicate or unknown key, nothing missing, nothing deeper than it should be.</summary>
internal sealed class SafetensorsHeader
{
    private const int MaximumTensors = 200_000;
    private const int MaximumDepth = 4;
    private readonly string _file;

    private SafetensorsHeader(string file) => _file = file;

    public List<SafetensorsTensorHeader> Tensors { get; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the header.</summary>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string file)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            // Writers pad with spaces; JsonException and InvalidOperationException cover whatever is not this JSON.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
            header.ReadAll(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new KarlFormatException($"'{file}' is no sound safetensors file: its header is not the JSON of the format. It is damaged: fetch or write it again.", error);
        }

        return header;
    }

    private void ReadAll(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader) is { } name)
        {
            if (!names.Add(name) || names.Count > MaximumTensors)
            {
                throw Refuse($"the name '{Printable.Shorten(name)}' is there twice, or there are more than {MaximumTensors}");
            }

            if (name == "__metadata__")
            {
                ReadMetadata(ref reader);
            }
            else
            {
                Tensors.Add(ReadTensor(ref reader, name));
            }
        }

        if (reader.Read())
        {
            throw Refuse("something follows the header");
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw Refuse($"the metadata '{Printable.Shorten(key)}' is there twice");
            }
        }
    }

    private SafetensorsTensorHeader ReadTensor(ref Utf8JsonReader reader, string name)
    {
        ArrayElementType? type = null;
        long[]? shape = null, places = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String);
                    var typeName = reader.GetString()!;
                    type = SafetensorsTypes.Find(typeName) ?? throw Refuse($"'{Printable.Shorten(name)}' has elements of type '{Printable.Shorten(typeName)}', which is not read");
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name);
                    break;
                case "data_offsets" when places is null:
                    places = ReadNumbers(ref reader, name);
                    break;
                default:
                    throw Refuse($"'{Printable.Shorten(name)}' has the key '{Printable.Shorten(key)}' twice, or it is unknown");
            }
        }

        return type is null || shape is null || places is not [var begin, var end]
            ? throw Refuse($"'{Printable.Shorten(name)}' lacks one of dtype, shape and two data_offsets")
            : new SafetensorsTensorHeader(name, type.Value, shape, begin, end);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetInt64(out var number) || number < 0 || numbers.Count == ArrayShape.MaximumRank)
            {
                throw Refuse($"'{Printable.Shorten(name)}' has a number that is negative, broken or too large, or more than {ArrayShape.MaximumRank} dimensions");
            }

            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw Refuse($"'{Printable.Shorten(name)}' has a list that is not all numbers");
    }

    private string? ReadKey(ref Utf8JsonReader reader)
        => !reader.Read() ? throw Refuse("it ends too early")
            : reader.TokenType == JsonTokenType.EndObject ? null
            : reader.GetString()!;

    private void Expect(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (!reader.Read() || reader.TokenType != wanted)
        {
            throw Refuse($"{reader.TokenType} stands where {wanted} should");
        }
    }

    private KarlFormatException Refuse(string found) => new($"'{_file}' is no sound safetensors file: in its header, {found}. It is damaged: fetch or write it again.");
}
