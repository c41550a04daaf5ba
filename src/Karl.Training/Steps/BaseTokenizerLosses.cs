using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;

namespace Karl.Training.Steps;

/// <summary>How much each part of a base tokenizer's loss counts.</summary>
public sealed record BaseLossWeights
{
    /// <summary>Mean squared error of pixels, beside the mean absolute error, which counts 1. Raise it to punish large mistakes more.</summary>
    public float SquaredError { get; init; } = 1;

    /// <summary>Squared distance of features to their codes (VQGAN). Raise it where features run away from the codebook.</summary>
    public float Commitment { get; init; } = 0.25f;

    /// <summary>Divergence of the posterior from a standard normal distribution (VAE). Raise it for a smoother latent and coarser images.</summary>
    public float Divergence { get; init; } = 1e-6f;
}

/// <summary>An image through a base tokenizer and back, with its losses: named graph nodes under the names that people read.</summary>
internal static class BaseTokenizerLosses
{
    /// <summary>Adds both networks and returns the reconstruction and the losses, the sum first.</summary>
    public static (Tensor Reconstruction, IReadOnlyList<(string Name, Tensor Loss)> Losses) Describe(BaseArchitecture architecture, Tensor image, BaseLossWeights weights)
    {
        var (latents, regularization) = architecture is VqganArchitecture vqgan ? Quantized(vqgan, image, weights) : Sampled((VaeArchitecture)architecture, image, weights);
        var reconstruction = architecture is VqganArchitecture pixels ? VqganNetwork.Decode(pixels, latents) : VaeNetwork.Decode((VaeArchitecture)architecture, latents);
        var difference = reconstruction - image;
        var (absolute, squared) = (difference.Abs().ReduceMean(), (difference * difference).ReduceMean());
        var total = regularization.Aggregate(absolute + squared * weights.SquaredError, (sum, part) => sum + part.Loss);
        return (reconstruction, [("loss", total), ("pixel_l1", absolute), ("pixel_mse", squared), .. regularization]);
    }

    /// <summary>The nearest code for each feature vector, through which the gradient goes straight.</summary>
    private static (Tensor Codes, IReadOnlyList<(string Name, Tensor Loss)> Losses) Quantized(VqganArchitecture architecture, Tensor image, BaseLossWeights weights)
    {
        var graph = image.Graph;
        var features = VqganNetwork.Encode(architecture, image).Rows();                                             // [batch, tokens, width]
        var codebook = graph.Parameter("base.codebook.weight", architecture.CodebookSize, architecture.CodeWidth);
        var distances = (codebook * codebook).ReduceSum([1]) - features.MatMul(codebook.Transpose(1, 0)) * 2;       // up to each feature's own length
        var nearest = codebook.Gather(distances.ArgMin(-1));
        var grid = (int)Math.Round(Math.Sqrt(features.Shape[1].Value));
        var (towardsCodes, towardsFeatures) = (features - nearest.StopGradient(), nearest - features.StopGradient());
        return (
            (features + (nearest - features).StopGradient()).Map(grid),
            [
                ("commitment", (towardsCodes * towardsCodes).ReduceMean() * weights.Commitment),
                ("codebook", (towardsFeatures * towardsFeatures).ReduceMean()),
            ]);
    }

    /// <summary>A sample of the posterior: input <c>noise</c> is standard normal, or zeros for its mean.</summary>
    private static (Tensor Latents, IReadOnlyList<(string Name, Tensor Loss)> Losses) Sampled(VaeArchitecture architecture, Tensor image, BaseLossWeights weights)
    {
        var (mean, logVariance) = VaeNetwork.Encode(architecture, image);
        var noise = image.Graph.Input("noise", ElementType.Float32, [.. mean.Shape]);
        var divergence = ((mean * mean + logVariance.Exp() - logVariance - 1) * 0.5).ReduceSum([1, 2, 3]).ReduceMean();
        return (mean + (logVariance * 0.5).Exp() * noise, [("divergence", divergence * weights.Divergence)]);
    }
}
