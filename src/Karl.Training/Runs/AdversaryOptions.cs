using Karl.Training.Steps;

namespace Karl.Training.Runs;

/// <summary>Networks that learn to tell reconstructions from real images while the tokenizer learns to please them.</summary>
public sealed record AdversaryOptions
{
    /// <summary>Each of the networks.</summary>
    public AdversaryArchitecture Architecture { get; init; } = new();

    /// <summary>When they take part, and which.</summary>
    public AdversarySchedule Schedule { get; init; } = new();

    /// <summary>The published schedule with another beginning: the second weight comes in as many times later as published.</summary>
    /// <param name="firstEpoch">The first epoch of the second stage, counted from 0, in which they take part.</param>
    public static AdversaryOptions From(int firstEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstEpoch);
        AdversarySchedule published = new();
        return new() { Schedule = published with { FirstEpoch = firstEpoch, SecondEpoch = (int)((long)firstEpoch * published.SecondEpoch / published.FirstEpoch) } };
    }
}
