using System.Text.Json;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Families;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Architectures.Internals;

/// <summary>What the <c>config.json</c> of a published One-D-Piece or TiTok says about its architecture; most of it is about training and is passed over.</summary>
/// <param name="FileName">How messages call it.</param>
/// <param name="Type">"one_d_piece" or "titok".</param>
/// <param name="EncoderSize">Published name of the encoder's size.</param>
/// <param name="DecoderSize">Published name of the decoder's size.</param>
/// <param name="Latents">Latent tokens.</param>
internal sealed record OneDPieceConfiguration(string FileName, string Type, string EncoderSize, string DecoderSize, int Latents)
{
    private const int LargestFile = 64 * 1024;

    /// <summary>Reads a file; null where it is the configuration of something else.</summary>
    /// <exception cref="KarlFormatException">It is one of a One-D-Piece, but cannot be used.</exception>
    public static OneDPieceConfiguration? Read(string path)
    {
        var name = Path.GetFileName(path);
        using var stream = File.OpenRead(path);
        if (stream.Length > LargestFile) throw new KarlFormatException($"'{name}' has {stream.Length} bytes; a model's configuration has at most {LargestFile}.");
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(name, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new KarlFormatException($"'{name}' is not the configuration of a One-D-Piece: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>What it says of the heads; null where a size is none of the published ones, whose heads nobody knows.</summary>
    public ArchitectureHint? Hint() =>
        OneDPiecePresets.Sizes.TryGetValue(EncoderSize, out var encoder) && OneDPiecePresets.Sizes.TryGetValue(DecoderSize, out var decoder)
            ? new ArchitectureHint($"'{FileName}'")
            {
                Family = FamilyNames.OneDPiece,
                Encoder = encoder,
                Decoder = decoder,
                Latents = Latents,
                HasFixedLength = Type == "titok",
            }
            : null;

    private static OneDPieceConfiguration? Read(string name, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("vq_model", out var network))
        {
            return null;
        }

        var type = model.TryGetProperty("type", out var named) ? Text(named) : "titok";
        Require(type is "one_d_piece" or "titok", $"model.type is '{Printable.Shorten(type)}'; one_d_piece or titok was expected");
        Require(!network.TryGetProperty("use_l2_norm", out var normalizes) || normalizes.GetBoolean(), "model.vq_model.use_l2_norm is false; only normalized codebooks can be exported");
        Require(!network.TryGetProperty("finetune_decoder", out var makesPixels) || makesPixels.GetBoolean(), "model.vq_model.finetune_decoder is false: a checkpoint of the first stage has no decoder to pixels");
        return new(name, type, Text(Member("vit_enc_model_size")), Text(Member("vit_dec_model_size")), Member("num_latent_tokens").GetInt32());

        JsonElement Member(string member) =>
            network.TryGetProperty(member, out var value) ? value : throw new KarlFormatException($"'{name}': model.vq_model.{member} is missing.");

        void Require(bool holds, string problem)
        {
            if (!holds) throw new KarlFormatException($"'{name}': {problem}.");
        }
    }

    private static string Text(JsonElement element) => element.GetString() ?? string.Empty;
}
