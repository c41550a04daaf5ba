namespace Karl.Training.Steps;

/// <summary>When adversaries take part in the second stage, and which; the defaults are those of KARL's released code.</summary>
public sealed record AdversarySchedule
{
    /// <summary>Tokens that one adversary judges; there is one for each such range: reconstructions from few tokens are told by other signs than those from many.</summary>
    public int BucketWidth { get; init; } = 32;

    /// <summary>How many adversaries there are at most; the last one judges all that is longer.</summary>
    public int MostBuckets { get; init; } = 8;

    /// <summary>The first epoch of the second stage, counted from 0, in which adversaries learn and count.</summary>
    public int FirstEpoch { get; init; } = 21;

    /// <summary>How much they count from then on.</summary>
    public float FirstWeight { get; init; } = 0.2f;

    /// <summary>The first epoch in which they count more.</summary>
    public int SecondEpoch { get; init; } = 101;

    /// <summary>How much they count from then on.</summary>
    public float SecondWeight { get; init; } = 0.8f;

    /// <summary>How much adversaries count in an epoch, counted from 0; 0 before they take part.</summary>
    public float Weight(int epoch) => epoch < FirstEpoch ? 0 : epoch < SecondEpoch ? FirstWeight : SecondWeight;

    /// <summary>How many adversaries there are for a network of so many tokens.</summary>
    public int Buckets(int maximumTokens) => BucketOf(maximumTokens) + 1;

    /// <summary>Which adversary judges what a number of tokens gave, from 0.</summary>
    public int BucketOf(int tokens) => Math.Clamp((tokens - 1) / BucketWidth, 0, MostBuckets - 1);
}
