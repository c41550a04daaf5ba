using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>What every adaptive tokenizer takes from its base tokenizer and gives to it, whichever that is.</summary>
internal static class BaseNetwork
{
    /// <summary>
    /// What the base tokenizer says of an image, <c>[batch, channels, grid, grid]</c>: features before quantization (VQGAN), or the scaled latent (VAE),
    /// of which the graph then has the input <c>noise</c>, zeros for the posterior's mean.
    /// </summary>
    public static Tensor Map(BaseArchitecture architecture, Tensor image)
    {
        if (architecture is VqganArchitecture vqgan) return VqganNetwork.Encode(vqgan, image);
        var vae = (VaeArchitecture)architecture;
        var (mean, logVariance) = VaeNetwork.Encode(vae, image);
        var noise = image.Graph.Input("noise", ElementType.Float32, [.. mean.Shape]);
        return (mean + (logVariance * 0.5).Exp() * noise) * vae.LatentScale;
    }

    /// <summary>A linear picture of each patch, <c>[batch, grid * grid, width]</c>: what the adaptive tokenizer sees of the pixels beside the base tokenizer.</summary>
    public static Tensor Patches(BaseArchitecture architecture, Tensor image, int width)
    {
        var graph = image.Graph;
        var patch = architecture.PixelsPerToken;
        return image.Convolution(
            graph.Parameter("encoder.patch_embedding.weight", width, 3, patch, patch),
            graph.Parameter("encoder.patch_embedding.bias", width),
            stride: patch).Labelled("encoder.patch_embedding").Rows();
    }

    /// <summary>For each 2D token, a logit for each base code, or the base tokenizer's latent itself, <c>[batch, grid * grid, prediction width]</c>.</summary>
    /// <param name="architecture">The base tokenizer.</param>
    /// <param name="tokens">What the decoder's transformer gives for the 2D tokens, <c>[batch, grid * grid, width]</c>.</param>
    public static Tensor Prediction(BaseArchitecture architecture, Tensor tokens)
    {
        using (tokens.Graph.Scope("decoder.prediction"))
        {
            tokens = tokens.Projected("hidden", 2 * tokens.Shape[-1]).Tanh().Projected("output", architecture.PredictionWidth);
        }
        return tokens.Labelled(architecture is VqganArchitecture ? "logits" : "decoded_tokens");
    }

    /// <summary>The codebook of a VQGAN, <c>[codes, channels]</c>.</summary>
    public static Tensor Codebook(VqganArchitecture architecture, Graph graph) =>
        graph.Parameter("base.codebook.weight", architecture.CodebookSize, architecture.CodeWidth);

    /// <summary>The mean of all base codes by their probabilities <c>[batch, grid * grid, codes]</c>: what a VQGAN's decoder takes, <c>[batch, grid * grid, channels]</c>.</summary>
    public static Tensor MeanCodes(VqganArchitecture architecture, Tensor probabilities) =>
        probabilities.MatMul(Codebook(architecture, probabilities.Graph)).Labelled("decoded_tokens");

    /// <summary>The image that the base decoder makes of what it takes, <c>[batch, 3, size, size]</c>, about 0 to 1.</summary>
    public static Tensor Image(BaseArchitecture architecture, Tensor decodedTokens, int gridSize)
    {
        var map = decodedTokens.Map(gridSize);
        return architecture is VqganArchitecture vqgan ? VqganNetwork.Decode(vqgan, map) : VaeNetwork.Decode((VaeArchitecture)architecture, map);
    }
}
