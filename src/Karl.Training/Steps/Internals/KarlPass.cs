using Karl.Graphs;
using Karl.Networks;

namespace Karl.Training.Steps.Internals;

/// <summary>Once through KARL, from 2D tokens to what the base decoder is given, with everything that losses look at.</summary>
internal sealed class KarlPass
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="imageTokens">2D tokens, <c>[batch, grid * grid, width]</c>.</param>
    /// <param name="errorBin">The bin of the error asked for, int64 <c>[batch, 1]</c>.</param>
    /// <param name="budget">How many latent tokens, int64 <c>[1]</c>.</param>
    /// <param name="halts">Whether the decoder goes without halted tokens.</param>
    /// <param name="quantization">How far the decoder is given codes in place of latents, 0 to 1, a single number; null for codes alone.</param>
    public KarlPass(KarlArchitecture architecture, Tensor imageTokens, Tensor errorBin, Tensor budget, bool halts, Tensor? quantization = null)
    {
        ErrorBin = errorBin;
        var outputs = KarlEncoder.LatentOutputs(architecture, imageTokens, errorBin, budget);
        HaltingLogits = KarlEncoder.HaltingLogits(architecture, outputs);
        Latents = KarlEncoder.Latents(architecture, outputs);
        var given = Latents;
        if (architecture.Quantized)
        {
            (Codes, CodeVectors, Normalized) = KarlEncoder.Quantized(architecture, Latents);
            given = Tensor.StraightThrough(quantization is null ? CodeVectors : Normalized + (CodeVectors - Normalized) * quantization, Normalized);
        }
        if (halts) Halted = HaltingLogits.Sigmoid().Greater(architecture.HaltingThreshold).Cast(ElementType.Float32);
        Prediction = KarlDecoder.Prediction(architecture, KarlDecoder.ImageTokens(architecture, given, rows => rows.First(0, budget), Halted));
        if (architecture.Base is VqganArchitecture)
        {
            LogProbabilities = Prediction.LogSoftmax();
            DecodedTokens = KarlDecoder.MeanCodes(architecture, LogProbabilities.Exp());
        }
        else
        {
            DecodedTokens = Prediction;
        }
    }

    /// <summary>The bin of the error asked for, int64 <c>[batch, 1]</c>.</summary>
    public Tensor ErrorBin { get; }

    /// <summary><c>[batch, budget]</c>.</summary>
    public Tensor HaltingLogits { get; }

    /// <summary>Before quantization, <c>[batch, budget, latent width]</c>.</summary>
    public Tensor Latents { get; }

    /// <summary>The same, each of length 1; null where latents are not quantized.</summary>
    public Tensor? Normalized { get; }

    /// <summary>The nearest codes, int64 <c>[batch, budget]</c>; null where latents are not quantized.</summary>
    public Tensor? Codes { get; }

    /// <summary>Their vectors, each of length 1; null where latents are not quantized.</summary>
    public Tensor? CodeVectors { get; }

    /// <summary>1 where a token is halted, 0 elsewhere, <c>[batch, budget]</c>; null where none are.</summary>
    public Tensor? Halted { get; }

    /// <summary>Logits of base codes, or the base latent, <c>[batch, grid * grid, ...]</c>.</summary>
    public Tensor Prediction { get; }

    /// <summary>Logarithms of the base codes' probabilities; null over a VAE.</summary>
    public Tensor? LogProbabilities { get; }

    /// <summary>What the base decoder takes, <c>[batch, grid * grid, channels]</c>.</summary>
    public Tensor DecodedTokens { get; }
}
