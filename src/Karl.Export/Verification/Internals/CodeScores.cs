using Karl.Graphs;

namespace Karl.Export.Verification.Internals;

/// <summary>The scores that the encoder chooses latent codes by: cosines of latents and codes, <c>[budget, codes]</c>, the largest wins.</summary>
internal static class CodeScores
{
    /// <summary>The tensor that the codes are the arg-max of; null where they are made otherwise.</summary>
    public static string? Find(Tensor? codes)
    {
        var node = codes?.Producer;
        while (node is { Operator: Operator.Identity or Operator.Cast })
        {
            node = node.Inputs[0]!.Producer;
        }

        return node is { Operator: Operator.ArgMax } ? node.Inputs[0]!.Name : null;
    }

    /// <summary>Second smallest minus smallest squared distance: between vectors of length 1 it is 2 minus twice the cosine.</summary>
    public static Numbers Margins(Numbers scores)
    {
        var margins = new double[scores.Shape[0]];
        for (var row = 0; row < margins.Length; row++)
        {
            var (first, second) = (double.NegativeInfinity, double.NegativeInfinity);
            foreach (var score in scores.At(row))
            {
                (first, second) = score > first ? (score, first) : (first, Math.Max(second, score));
            }

            margins[row] = 2 * (first - second);
        }

        return Numbers.Row(margins);
    }
}
