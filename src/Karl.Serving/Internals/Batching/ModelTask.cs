using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Internals.Batching;

/// <summary>What a model is to do.</summary>
internal enum ModelTask
{
    /// <summary>Pixels into tokens.</summary>
    Encode,

    /// <summary>Pixels into tokens, and these into pixels.</summary>
    EncodeAndDecode,

    /// <summary>Tokens into pixels.</summary>
    Decode,
}

/// <summary>What works of one batch have in common.</summary>
/// <param name="Model">The model.</param>
/// <param name="Task">What it is to do.</param>
/// <param name="Options">How; the same for all where tokens are decoded.</param>
internal sealed record ModelSettings(ServedModel Model, ModelTask Task, TokenizeOptions Options);

/// <summary>One image for a model: as pixels <c>[3, size, size]</c>, 0 to 1, or as tokens.</summary>
internal sealed record ModelInput(float[] Pixels, TokenSequence? Tokens)
{
    public static ModelInput Of(float[] pixels) => new(pixels, null);

    public static ModelInput Of(TokenSequence tokens) => new([], tokens);
}

/// <summary>What came of one image.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Reconstruction"><c>[3, size, size]</c>, about 0 to 1, not clamped; empty where it was not decoded.</param>
/// <param name="Milliseconds">Its share of the time that its batch took.</param>
/// <param name="BatchSize">Images in its batch.</param>
internal sealed record ModelOutput(TokenSequence Tokens, float[] Reconstruction, double Milliseconds, int BatchSize);
