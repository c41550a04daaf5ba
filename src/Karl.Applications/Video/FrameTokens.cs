using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Video;

/// <summary>What became of one frame.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Tokens">The tokens that stand for it: its own, or those of the last kept frame; null where it could not be read.</param>
/// <param name="KeptFrame">Number of the frame whose tokens these are.</param>
/// <param name="Error">How far what these tokens decode to is away from the frame; null where it was not decoded, which only skipping asks for.</param>
/// <param name="Change">How much the picture changed since the frame before, beyond what it did on average in the second before (24 frames): mean absolute difference of pixels; 0 for the first.</param>
/// <param name="BeginsScene">Whether it is the first, or changed so much that a new scene begins.</param>
public sealed record FrameTokens(Frame Frame, TokenSequence? Tokens, int KeptFrame, double? Error, double Change, bool BeginsScene)
{
    /// <summary>Whether it takes no tokens of its own.</summary>
    public bool IsSkipped => Tokens is not null && KeptFrame != Frame.Number;

    /// <summary>Tokens that it takes: 0 where it is skipped.</summary>
    public int TokensTaken => Tokens is null || IsSkipped ? 0 : Tokens.Count;
}
