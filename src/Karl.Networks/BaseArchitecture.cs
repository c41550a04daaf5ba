namespace Karl.Networks;

/// <summary>The convolutional tokenizer that KARL stands on: it turns an image into a grid of 2D tokens and back.</summary>
public abstract record BaseArchitecture
{
    /// <summary>Channels at full resolution; every level has a multiple of it.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>One factor for <see cref="Channels"/> per level, finest first. Each level but the last halves height and width.</summary>
    public IReadOnlyList<int> ChannelMultipliers { get; init; } = [1, 1, 2, 2, 4];

    /// <summary>Residual blocks per level of the encoder.</summary>
    public int BlocksPerLevel { get; init; } = 2;

    /// <summary>Groups of channels that are normalized together; divides <see cref="Channels"/>. With as many as channels, a layer cannot tell a flat image's colour.</summary>
    public int NormalizationGroups { get; init; } = 32;

    /// <summary>"vqgan" or "vae".</summary>
    public abstract string Name { get; }

    /// <summary>Features of one 2D token.</summary>
    public abstract int TokenWidth { get; }

    /// <summary>What the KARL decoder predicts per 2D token: one logit per code (VQGAN) or the latent itself (VAE).</summary>
    public abstract int PredictionWidth { get; }

    /// <summary>Resolution levels.</summary>
    public int Levels => ChannelMultipliers.Count;

    /// <summary>Pixels per 2D token along one edge: 16 as published.</summary>
    public int PixelsPerToken => 1 << (Levels - 1);

    /// <summary>Channels at a level, 0 being the finest.</summary>
    public int ChannelsAt(int level) => Channels * ChannelMultipliers[level];

    /// <summary>Compares the values, the multipliers one by one.</summary>
    public virtual bool Equals(BaseArchitecture? other) =>
        other is not null && EqualityContract == other.EqualityContract && Channels == other.Channels
        && BlocksPerLevel == other.BlocksPerLevel && NormalizationGroups == other.NormalizationGroups && ChannelMultipliers.SequenceEqual(other.ChannelMultipliers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Channels, BlocksPerLevel, Levels);

    internal virtual IEnumerable<string> Problems()
    {
        if (NormalizationGroups < 1 || Channels < 1 || Channels % NormalizationGroups != 0)
        {
            yield return $"base channels are {Channels}; they must be a positive multiple of {NormalizationGroups}, the number of normalization groups";
        }
        if (BlocksPerLevel is < 1 or > 64)
        {
            yield return $"base blocks per level are {BlocksPerLevel}; 1 to 64 are possible";
        }
        if (Levels is < 2 or > 8 || ChannelMultipliers.Any(multiplier => multiplier is < 1 or > 64))
        {
            yield return $"base channel multipliers are [{string.Join(", ", ChannelMultipliers)}]; 2 to 8 numbers from 1 to 64 are possible";
        }
    }
}
