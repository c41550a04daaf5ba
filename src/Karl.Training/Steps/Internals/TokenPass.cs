using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;

namespace Karl.Training.Steps.Internals;

/// <summary>The way from latent tokens to what the base decoder is given, with everything that losses look at, whichever family they are of.</summary>
internal class TokenPass
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="latents">Before quantization, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="predict">What the decoder predicts from latents that it is given, quantized where they are: logits of base codes, or the base latent, <c>[batch, grid * grid, ...]</c>.</param>
    /// <param name="quantization">How far the decoder is given codes in place of latents, 0 to 1, a single number; null for codes alone.</param>
    public TokenPass(ITokenizerArchitecture architecture, Tensor latents, Func<Tensor, Tensor> predict, Tensor? quantization = null)
    {
        Latents = latents;
        var given = latents;
        if (architecture.Quantized)
        {
            (Codes, CodeVectors, Normalized) = LatentCodes.Nearest(LatentCodes.Codebook(latents.Graph, architecture.LatentCodebookSize, architecture.LatentWidth), latents);
            given = Tensor.StraightThrough(quantization is null ? CodeVectors : Normalized + (CodeVectors - Normalized) * quantization, Normalized);
        }
        Prediction = predict(given);
        if (architecture.Base is VqganArchitecture vqgan)
        {
            LogProbabilities = Prediction.LogSoftmax();
            DecodedTokens = BaseNetwork.MeanCodes(vqgan, LogProbabilities.Exp());
        }
        else
        {
            DecodedTokens = Prediction;
        }
    }

    /// <summary>Before quantization, <c>[batch, tokens, latent width]</c>.</summary>
    public Tensor Latents { get; }

    /// <summary>The same, each of length 1; null where latents are not quantized.</summary>
    public Tensor? Normalized { get; }

    /// <summary>The nearest codes, int64 <c>[batch, tokens]</c>; null where latents are not quantized.</summary>
    public Tensor? Codes { get; }

    /// <summary>Their vectors, each of length 1; null where latents are not quantized.</summary>
    public Tensor? CodeVectors { get; }

    /// <summary>Logits of base codes, or the base latent, <c>[batch, grid * grid, ...]</c>.</summary>
    public Tensor Prediction { get; }

    /// <summary>Logarithms of the base codes' probabilities; null over a VAE.</summary>
    public Tensor? LogProbabilities { get; }

    /// <summary>What the base decoder takes, <c>[batch, grid * grid, channels]</c>.</summary>
    public Tensor DecodedTokens { get; }
}
