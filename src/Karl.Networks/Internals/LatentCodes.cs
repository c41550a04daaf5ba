using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>The codebook of latent tokens: vectors of length 1, of which the nearest stands for a latent.</summary>
internal static class LatentCodes
{
    /// <summary>Each row of length 1, <c>[codes, width]</c>.</summary>
    public static Tensor Codebook(Graph graph, int codes, int width) =>
        graph.Parameter("codebook.weight", codes, width).L2Normalize().Labelled("codebook.normalized");

    /// <summary>
    /// The nearest code by squared distance of normalized vectors, which is the one with the greatest product, its normalized vector, and the normalized
    /// vector that it is nearest to.
    /// </summary>
    public static (Tensor Codes, Tensor Latents, Tensor Normalized) Nearest(Tensor codebook, Tensor latents)
    {
        var normalized = latents.L2Normalize();
        var codes = normalized.MatMul(codebook.Transpose(1, 0)).ArgMax(-1);
        return (codes, codebook.Gather(codes), normalized);
    }
}
