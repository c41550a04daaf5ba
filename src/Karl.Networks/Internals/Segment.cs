using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>
/// A part of a sequence before its first block. Where the tokens depend on weights alone (a table of learned tokens), so do their
/// projections, and <see cref="Pick"/> chooses among these: an exporter folds the rest.
/// </summary>
/// <param name="Tokens"><c>[batch or 1, tokens, width]</c>.</param>
/// <param name="Pick">What of them is in the sequence, for each image; all where null.</param>
internal sealed record Segment(Tensor Tokens, Func<Tensor, Tensor>? Pick = null)
{
    /// <summary>The segments one after another, <c>[batch, tokens, width]</c>; those with a batch of 1 are repeated for each image.</summary>
    public static Tensor Joined(IReadOnlyList<Segment> segments)
    {
        var parts = segments.Select(segment => segment.Pick is null ? segment.Tokens : segment.Pick(segment.Tokens)).ToList();
        if (parts.Count == 1) return parts[0];
        var batch = parts.Select(part => part.Shape[0]).First(length => length != 1);
        return Tensor.Concat(1, [.. parts.Select(part => part.Shape[0] == 1 ? part.Expand(batch, part.Shape[1], part.Shape[2]) : part)]);
    }
}
