namespace Karl.Networks;

/// <summary>Latent diffusion's KL-16 autoencoder as KARL uses it: the defaults are the published ones.</summary>
public sealed record VaeArchitecture : BaseArchitecture
{
    /// <summary>Channels of the latent, and features of a 2D token.</summary>
    public int LatentChannels { get; init; } = 16;

    /// <summary>2D tokens are the latent times this. The way back does not undo it: the KARL decoder predicts the unscaled latent.</summary>
    public float LatentScale { get; init; } = 0.2325f;

    /// <inheritdoc/>
    public override string Name => "vae";

    /// <inheritdoc/>
    public override int TokenWidth => LatentChannels;

    /// <inheritdoc/>
    public override int PredictionWidth => LatentChannels;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }
        if (LatentChannels < 1 || !(LatentScale > 0))
        {
            yield return $"the base latent has {LatentChannels} channels and scale {LatentScale}; both must be positive";
        }
    }
}
