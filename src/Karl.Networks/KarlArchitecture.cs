namespace Karl.Networks;

/// <summary>
/// Everything that decides the shape of a KARL network (arXiv 2507.07995, section 3; released code 5c1a569).
/// The defaults are the published values; <see cref="KarlPresets"/> has the published sizes.
/// </summary>
/// <param name="Base">The convolutional tokenizer underneath, <see cref="VqganArchitecture"/> or <see cref="VaeArchitecture"/>.</param>
/// <param name="Encoder">The transformer from 2D tokens to latent tokens.</param>
/// <param name="Decoder">The transformer from kept latent tokens to 2D tokens.</param>
public sealed record KarlArchitecture(BaseArchitecture Base, TransformerSize Encoder, TransformerSize Decoder) : ITokenizerArchitecture
{
    /// <summary>True: a latent token is one of <see cref="LatentCodebookSize"/> codes. False: it is <see cref="LatentWidth"/> numbers.</summary>
    public bool Quantized { get; init; } = true;

    /// <summary>Codes in the codebook of latent tokens; of no effect when the latents are continuous.</summary>
    public int LatentCodebookSize { get; init; } = 4096;

    /// <summary>Features of a latent token.</summary>
    public int LatentWidth { get; init; } = 12;

    /// <summary>The largest budget: how many latent tokens have learned rows.</summary>
    public int MaximumLatents { get; init; } = 512;

    /// <summary>Edge of the learned square of positions, which is resized by nearest to the grid of 2D tokens.</summary>
    public int PositionGrid { get; init; } = 64;

    /// <summary>Hidden features of the halting head.</summary>
    public int HaltingHidden { get; init; } = 512;

    /// <summary>Edge of the square image in pixels.</summary>
    public int ImageSize { get; init; } = 256;

    /// <summary>A token is halted when its probability is strictly above this: hard-coded in the released code.</summary>
    public float HaltingThreshold { get; init; } = 0.75f;

    /// <summary>The reconstruction errors that can be asked for, ascending; the checkpoint has one learned row for each.</summary>
    public IReadOnlyList<float> ErrorBins { get; init; } =
    [
        0.005f, 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 0.07f, 0.09f, 0.1f,
        0.12f, 0.14f, 0.16f, 0.18f, 0.2f, 0.24f, 0.28f, 0.32f, 0.38f,
    ];

    /// <summary>2D tokens along one edge.</summary>
    public int GridSize => ImageSize / Base.PixelsPerToken;

    /// <summary>2D tokens of an image.</summary>
    public int ImageTokens => GridSize * GridSize;

    /// <summary>Features that the patch embedding contributes to a 2D token; the base tokenizer contributes the rest.</summary>
    public int PatchWidth => Encoder.Width - Base.TokenWidth;

    /// <summary>Compares the values, the error bins one by one.</summary>
    public bool Equals(KarlArchitecture? other) =>
        other is not null && Base.Equals(other.Base) && Encoder == other.Encoder && Decoder == other.Decoder
        && Quantized == other.Quantized && LatentCodebookSize == other.LatentCodebookSize && LatentWidth == other.LatentWidth
        && MaximumLatents == other.MaximumLatents && PositionGrid == other.PositionGrid && HaltingHidden == other.HaltingHidden
        && ImageSize == other.ImageSize && HaltingThreshold == other.HaltingThreshold && ErrorBins.SequenceEqual(other.ErrorBins);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Base, Encoder, Decoder, Quantized, LatentCodebookSize, LatentWidth, MaximumLatents, PositionGrid);

    /// <inheritdoc/>
    public IReadOnlyList<ArchitecturePart> Describe() => [new("encoder", KarlEncoder.Describe(this)), new("decoder", KarlDecoder.Describe(this))];

    /// <summary>Checks that such a network can exist.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    public void Validate()
    {
        var problems = Problems().ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException("This KARL architecture cannot be built: " + string.Join("; ", problems) + ".");
        }
    }

    private IEnumerable<string> Problems() =>
        Base.Problems()
            .Concat(Encoder.Problems("encoder"))
            .Concat(Decoder.Problems("decoder"))
            .Concat(OwnProblems());

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
        if (PositionGrid < 1 || LatentWidth < 1 || MaximumLatents < 1 || HaltingHidden < 1 || LatentCodebookSize < 1)
        {
            yield return "position grid, latent width, maximum of latents, halting features and codebook size must be positive";
        }
        if (ErrorBins.Count == 0 || ErrorBins.Zip(ErrorBins.Skip(1)).Any(pair => !(pair.First < pair.Second)))
        {
            yield return "error bins must be ascending, and at least one";
        }
    }
}
