using System.Collections.Immutable;

namespace Karl.Applications.Explanation;

/// <summary>Which part of an image one token serves.</summary>
/// <param name="Position">The token's place in the budget.</param>
/// <param name="Code">Its code; null where tokens are continuous.</param>
/// <param name="Change">
/// By how much each place of the grid changes when the token is left out: mean absolute difference of pixels, about 0 to 1, <c>[grid, grid]</c>, row after row.
/// </param>
/// <param name="Attention">
/// The share of its attention that the decoder pays to the token at each place of the grid, mean over heads and blocks, 0 to 1, <c>[grid, grid]</c>; empty where
/// it is not known.
/// </param>
public sealed record TokenMap(int Position, int? Code, ImmutableArray<float> Change, ImmutableArray<float> Attention)
{
    /// <summary>The map of one kind.</summary>
    public ImmutableArray<float> Of(TokenMeasure measure) => measure == TokenMeasure.Attention ? Attention : Change;

    /// <summary>The mean of one kind over all places.</summary>
    public double Mean(TokenMeasure measure) => Of(measure).Select(value => (double)value).DefaultIfEmpty(0).Average();
}

/// <summary>How it is told which part of an image a token serves.</summary>
public enum TokenMeasure
{
    /// <summary>By leaving the token out: what changes, it has served.</summary>
    Change,

    /// <summary>By the decoder's attention.</summary>
    Attention,
}
