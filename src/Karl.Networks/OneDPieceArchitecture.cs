namespace Karl.Networks;

/// <summary>
/// Everything that decides the shape of a One-D-Piece network (arXiv 2501.10064, section 3; released code 473665d), or of its parent of fixed length, TiTok
/// (arXiv 2406.07550). The defaults are the published values; <see cref="OneDPiecePresets"/> has the published sizes.
/// </summary>
/// <param name="Base">The convolutional tokenizer whose decoder makes the pixels, as published a <see cref="VqganArchitecture"/>; its encoder serves training alone.</param>
/// <param name="Encoder">The transformer from patches to latent tokens.</param>
/// <param name="Decoder">The transformer from the first latent tokens to 2D tokens.</param>
public sealed record OneDPieceArchitecture(BaseArchitecture Base, TransformerSize Encoder, TransformerSize Decoder) : ITokenizerArchitecture
{
    /// <summary>Codes in the codebook of latent tokens.</summary>
    public int LatentCodebookSize { get; init; } = 4096;

    /// <summary>Features of a latent token.</summary>
    public int LatentWidth { get; init; } = 12;

    /// <summary>Latent tokens that the encoder gives, and that have learned rows.</summary>
    public int MaximumLatents { get; init; } = 256;

    /// <summary>Edge of the square image in pixels.</summary>
    public int ImageSize { get; init; } = 256;

    /// <summary>False: any first tokens can be decoded (One-D-Piece). True: only all of them (TiTok, which was not trained with fewer).</summary>
    public bool HasFixedLength { get; init; }

    /// <summary>
    /// Whether each latent is made of numbers of many tokens, as the released code does it, which reads tokens after numbers for numbers after tokens. False makes each latent of its own
    /// token: what small networks learn sooner.
    /// </summary>
    public bool MixesLatents { get; init; } = true;

    /// <summary>2D tokens along one edge, and patches.</summary>
    public int GridSize => ImageSize / Base.PixelsPerToken;

    /// <summary>2D tokens of an image, and patches.</summary>
    public int ImageTokens => GridSize * GridSize;

    /// <inheritdoc/>
    bool ITokenizerArchitecture.Quantized => true;

    /// <inheritdoc/>
    public IReadOnlyList<ArchitecturePart> Describe() => [new("encoder", OneDPieceEncoder.Describe(this)), new("decoder", OneDPieceDecoder.Describe(this))];

    /// <summary>Checks that such a network can exist.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    public void Validate()
    {
        var problems = Base.Problems().Concat(Encoder.Problems("encoder")).Concat(Decoder.Problems("decoder")).Concat(OwnProblems()).ToList();
        if (problems.Count > 0) throw new ArgumentException("This One-D-Piece architecture cannot be built: " + string.Join("; ", problems) + ".");
    }

    private IEnumerable<string> OwnProblems()
    {
        if (ImageSize < 1 || ImageSize % Base.PixelsPerToken != 0)
        {
            yield return $"the image size {ImageSize} is not a positive multiple of {Base.PixelsPerToken} pixels per token";
        }
        if (LatentWidth < 1 || MaximumLatents < 1 || LatentCodebookSize < 1)
        {
            yield return "latent width, number of latents and codebook size must be positive";
        }
    }
}
