using System.Text.Json;
using Karl.Export.Architectures.Internals;
using Karl.Export.Families;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Architectures;

/// <summary>
/// A small JSON file that says what a checkpoint's shapes cannot:
/// <c>{"family": "karl", "base": "vqgan", "encoder": {"width": 1024, "layers": 8, "heads": 8}, "decoder": {...}}</c>,
/// with <c>"quantized": true</c> if wanted. Families are <c>karl</c>, <c>alit</c> and <c>one-d-piece</c>; a TiTok is the latter with <c>"fixedLength": true</c>. The
/// <c>config.json</c> that a One-D-Piece was published with serves as well.
/// </summary>
public static class ArchitectureFile
{
    private const int LargestFile = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="KarlFormatException">It is not such a file; the message says what was wanted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ArchitectureHint Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path);
        using var stream = File.OpenRead(path);
        if (stream.Length > LargestFile) throw new KarlFormatException($"'{name}' has {stream.Length} bytes; an architecture file has at most {LargestFile}.");
        return OneDPieceConfiguration.Read(path) is { } configuration
            ? configuration.Hint() ?? throw new KarlFormatException(
                $"'{name}' names the sizes '{Printable.Shorten(configuration.EncoderSize)}' and '{Printable.Shorten(configuration.DecoderSize)}'; published ones are {string.Join(", ", OneDPiecePresets.Sizes.Keys)}. Say width, layers and heads in an architecture file.")
            : Convert(name, Parse(name, stream));
    }

    private static Content Parse(string name, Stream stream)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(stream, ArchitectureJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new KarlFormatException(
                $"'{name}' is not an architecture file: {exception.Message} Wanted: {{\"family\": \"karl\", \"base\": \"vqgan\", \"encoder\": {{\"width\": 1024, \"layers\": 8, \"heads\": 8}}, \"decoder\": {{...}}}}.",
                exception);
        }
    }

    private static ArchitectureHint Convert(string name, Content content)
    {
        if (ExportFamily.Find(content.Family) is null) throw new KarlFormatException($"'{name}' is of family '{content.Family}'; those that can be exported are {ExportFamily.Names}.");
        if (content.Base is not (null or "vqgan" or "vae")) throw new KarlFormatException($"'{name}' names the base '{content.Base}'; wanted 'vqgan' or 'vae'.");
        return new ArchitectureHint($"'{name}'")
        {
            Family = content.Family,
            Base = content.Base,
            Quantized = content.Quantized,
            Encoder = content.Encoder,
            Decoder = content.Decoder,
            HasFixedLength = content.FixedLength,
        };
    }

    private sealed record Content(string Family, TransformerSize Encoder, TransformerSize Decoder, string? Base = null, bool? Quantized = null, bool? FixedLength = null);
}
