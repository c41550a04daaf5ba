namespace Karl.Training.Steps;

/// <summary>When adversaries take part in the second stage, and which; the defaults are those of the released code.</summary>
public sealed record AdversarySchedule
{
    /// <summary>Adversaries, one for each range of budgets: reconstructions from few tokens are told by other signs than those from many.</summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Tokens that a range spans.</summary>
    public int BucketWidth { get; init; } = 32;

    /// <summary>The first epoch, counted from 0, in which adversaries count.</summary>
    public int FirstEpoch { get; init; } = 20;

    /// <summary>How much they count from then on.</summary>
    public float FirstWeight { get; init; } = 0.2f;

    /// <summary>The first epoch in which they count more.</summary>
    public int SecondEpoch { get; init; } = 100;

    /// <summary>How much they count from then on.</summary>
    public float SecondWeight { get; init; } = 0.8f;

    /// <summary>How much adversaries count in an epoch, counted from 0.</summary>
    public float Weight(int epoch) => epoch < FirstEpoch ? 0 : epoch < SecondEpoch ? FirstWeight : SecondWeight;

    /// <summary>Which adversary judges what a number of tokens gave, from 0.</summary>
    public int BucketOf(int tokens) => Math.Clamp((tokens - 1) / BucketWidth, 0, Buckets - 1);

    /// <summary>Whose turn a step is, counted from 0: null for the tokenizer's, else the number of an adversary. Each comes once in one more than there are adversaries.</summary>
    public int? Turn(long step) => step % (Buckets + 1) is var turn and > 0 ? (int)turn - 1 : null;
}
