namespace Karl.Networks;

/// <summary>The learned perceptual distance LPIPS (arXiv 1801.03924), version 0.1, over one of two networks for classifying images.</summary>
public sealed record LpipsArchitecture
{
    private static readonly int[] AlexNetChannels = [64, 192, 384, 256, 256];
    private static readonly int[] Vgg16Channels = [64, 128, 256, 512, 512];

    /// <summary>Which network's features are compared.</summary>
    public required LpipsBackbone Backbone { get; init; }

    /// <summary>Channels of the five maps that are compared; the published ones unless something else is tested.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>A published network.</summary>
    public static LpipsArchitecture Of(LpipsBackbone backbone) => new() { Backbone = backbone, Channels = backbone == LpipsBackbone.AlexNet ? AlexNetChannels : Vgg16Channels };

    /// <summary>Refuses what cannot be built.</summary>
    /// <exception cref="ArgumentException">There are not five maps, or one has no channel.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Backbone) || Channels.Count != 5 || Channels.Any(count => count is < 1 or > 65536))
        {
            throw new ArgumentException($"LPIPS over {Backbone} with channels [{string.Join(", ", Channels)}] cannot be; AlexNet or Vgg16 with five numbers of at least 1 was expected.");
        }
    }
}

/// <summary>The networks that LPIPS was published over.</summary>
public enum LpipsBackbone
{
    /// <summary>AlexNet, the usual one for comparing models.</summary>
    AlexNet,

    /// <summary>VGG16.</summary>
    Vgg16,
}
