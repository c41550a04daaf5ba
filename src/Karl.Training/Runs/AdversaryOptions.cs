using System.Numerics;
using Karl.Training.Steps;

namespace Karl.Training.Runs;

/// <summary>Networks that learn to tell reconstructions from real images while the tokenizer learns to please them.</summary>
public sealed record AdversaryOptions
{
    /// <summary>Each of the networks.</summary>
    public AdversaryArchitecture Architecture { get; init; } = new();

    /// <summary>When they take part, and which.</summary>
    public AdversarySchedule Schedule { get; init; } = new();

    /// <summary>
    /// Adversaries for images of a size, with fewer levels where they are small, and the published schedule with another beginning: the second weight comes in as many times later as published.
    /// </summary>
    /// <param name="firstEpoch">The first epoch of the second stage, counted from 0, in which they take part.</param>
    /// <param name="imageSize">Height and width of an image in pixels.</param>
    public static AdversaryOptions From(int firstEpoch, int imageSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstEpoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageSize, 1);
        AdversarySchedule published = new();
        AdversaryArchitecture usual = new();
        return new()
        {
            Architecture = usual with { Levels = Math.Clamp(BitOperations.Log2((uint)imageSize) - 2, 1, usual.Levels) },
            Schedule = published with { FirstEpoch = firstEpoch, SecondEpoch = (int)((long)firstEpoch * published.SecondEpoch / published.FirstEpoch) },
        };
    }
}
