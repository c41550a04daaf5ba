using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;

namespace Karl.Training.Steps.Internals;

/// <summary>What the base tokenizer says about an image, which the decoder shall predict.</summary>
/// <param name="Codes">The nearest base codes, int64 <c>[batch, grid * grid]</c>; null over a VAE.</param>
/// <param name="Features">Their vectors, or the scaled latent, <c>[batch, grid * grid, channels]</c>.</param>
internal sealed record BaseTargets(Tensor? Codes, Tensor Features)
{
    /// <summary>Adds the nodes. A distance is that of the squares less what all codes have in common.</summary>
    public static BaseTargets Of(BaseArchitecture architecture, Tensor baseMap)
    {
        var rows = baseMap.Rows().StopGradient();
        if (architecture is not VqganArchitecture vqgan) return new(null, rows);
        var codebook = BaseNetwork.Codebook(vqgan, baseMap.Graph).StopGradient();
        var codes = (rows.MatMul(codebook.Transpose(1, 0)) - codebook.ReduceSumSquare([1]) * 0.5).ArgMax(-1);
        return new(codes, codebook.Gather(codes));
    }
}
