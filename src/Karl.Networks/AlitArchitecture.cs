namespace Karl.Networks;

/// <summary>
/// Everything that decides the shape of an ALIT network (arXiv 2411.02393, section 3, also called ALITRA; released code 8c0b4ec).
/// The defaults are the published values; <see cref="AlitPresets"/> has the published sizes.
/// </summary>
/// <param name="Base">The convolutional tokenizer underneath, <see cref="VqganArchitecture"/> or <see cref="VaeArchitecture"/>.</param>
/// <param name="Encoder">The transformer that runs once a round, over 2D tokens and all latent tokens so far.</param>
/// <param name="Decoder">The transformer from latent tokens to 2D tokens.</param>
public sealed record AlitArchitecture(BaseArchitecture Base, TransformerSize Encoder, TransformerSize Decoder) : ITokenizerArchitecture
{
    /// <summary>True: a latent token is one of <see cref="LatentCodebookSize"/> codes. False: it is <see cref="LatentWidth"/> numbers.</summary>
    public bool Quantized { get; init; } = true;

    /// <summary>Codes in the codebook of latent tokens; of no effect when the latents are continuous.</summary>
    public int LatentCodebookSize { get; init; } = 4096;

    /// <summary>Features of a latent token.</summary>
    public int LatentWidth { get; init; } = 12;

    /// <summary>Latent tokens that each round adds.</summary>
    public int LatentsPerRound { get; init; } = 32;

    /// <summary>Rounds that have learned embeddings, so the most that can be run.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Edge of the square image in pixels.</summary>
    public int ImageSize { get; init; } = 256;

    /// <summary>Over a VQGAN a 2D token may be halted when its true base code is predicted with at least this probability.</summary>
    public float HaltingThreshold { get; init; } = 0.55f;

    /// <summary>Latent tokens after the last round.</summary>
    public int MaximumLatents => LatentsPerRound * Rounds;

    /// <summary>2D tokens along one edge.</summary>
    public int GridSize => ImageSize / Base.PixelsPerToken;

    /// <summary>2D tokens of an image.</summary>
    public int ImageTokens => GridSize * GridSize;

    /// <summary>Features that the patch embedding contributes to a 2D token; the base tokenizer contributes the rest.</summary>
    public int PatchWidth => Encoder.Width - Base.TokenWidth;

    /// <inheritdoc/>
    public IReadOnlyList<ArchitecturePart> Describe() =>
        [new("encoder", AlitEncoder.Describe(this)), new("round", AlitRound.Describe(this)), new("decoder", AlitDecoder.Describe(this))];

    /// <summary>Checks that such a network can exist.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    public void Validate()
    {
        var problems = Base.Problems().Concat(Encoder.Problems("encoder")).Concat(Decoder.Problems("decoder")).Concat(OwnProblems()).ToList();
        if (problems.Count > 0) throw new ArgumentException("This ALIT architecture cannot be built: " + string.Join("; ", problems) + ".");
    }

    private IEnumerable<string> OwnProblems()
    {
        if (PatchWidth < 1)
        {
            yield return $"the encoder width {Encoder.Width} leaves no room for the patch embedding beside {Base.TokenWidth} base features";
        }
        if (ImageSize < 1 || ImageSize % Base.PixelsPerToken != 0)
        {
            yield return $"the image size {ImageSize} is not a positive multiple of {Base.PixelsPerToken} pixels per token";
        }
        if (LatentWidth < 1 || LatentCodebookSize < 1)
        {
            yield return "latent width and codebook size must be positive";
        }
        if (LatentsPerRound is < 1 or > 1024 || Rounds is < 1 or > 64)
        {
            yield return $"there are {Rounds} rounds of {LatentsPerRound} latent tokens; 1 to 64 rounds of 1 to 1024 are possible";
        }
        if (!(HaltingThreshold is >= 0 and <= 1))
        {
            yield return $"the halting threshold is {HaltingThreshold}; 0 to 1 is possible";
        }
    }
}
